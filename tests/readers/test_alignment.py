"""An extract is placed in its source in order, as closely together as it can be."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.readers.alignment import NOWHERE, aligned

WORDS = st.sampled_from(["the", "port", "office", "closed", "bridge", "mayor", "denied", "it", ".", ","])
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=8)


def first_place(extract: str, source: str) -> int:
    return next(place for place in aligned(extract, source) if place != NOWHERE)


@settings(deadline=None)
@given(PARAGRAPHS, PARAGRAPHS)
def test_places_rise_and_hold_the_same_characters(extract: list[str], source: list[str]) -> None:
    text, whole = "\n\n".join(extract), " ".join(source)
    placed = [(at, place) for at, place in enumerate(aligned(text, whole)) if place != NOWHERE]
    assert all(text[at] == whole[place] for at, place in placed)
    assert [place for _, place in placed] == sorted({place for _, place in placed})


@settings(deadline=None)
@given(PARAGRAPHS)
def test_a_text_is_placed_in_itself_from_end_to_end(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    assert all(place == at or text[at].isspace() for at, place in enumerate(aligned(text, text))), (
        "every visible character stands where it stands"
    )


@settings(deadline=None)
@given(st.lists(st.text("abcdef .\n", min_size=1), min_size=1, max_size=6))
def test_white_space_is_placed_nowhere(parts: list[str]) -> None:
    text = "".join(parts)
    assert all(place == NOWHERE for at, place in enumerate(aligned(text, text)) if text[at].isspace())


def test_a_teaser_that_repeats_the_first_paragraph_does_not_attract_it() -> None:
    first, second = "The port office closed the bridge at noon.", "The mayor denied that it had."
    source = f"Home {first} More news {first} {second}"
    assert first_place(f"{first}\n\n{second}", source) == source.rindex(first)


def test_the_nearest_of_two_equal_paragraphs_is_taken() -> None:
    first, second = "The port office closed the bridge at noon.", "The mayor denied that it had."
    source = f"{first} Read on {first} An advertisement {second}"
    assert first_place(f"{first}\n\n{second}", source) == source.rindex(first)


def test_repeated_paragraphs_keep_their_order() -> None:
    again = "The mayor denied it again and again."
    text = f"{again}\n\nThe port office closed the bridge.\n\n{again}"
    source = f"Home {again} x The port office closed the bridge. y {again} z"
    places = aligned(text, source)
    assert places[0] == source.index(again)
    assert places[text.rindex(again)] == source.rindex(again)


def test_a_word_parted_in_the_extract_is_found_in_one() -> None:
    places = aligned("T he office closed.", "Home The office closed.")
    assert [place for place in places if place != NOWHERE] == [5, 6, 7, *range(9, 15), *range(16, 23)]


def test_a_lone_subheading_is_found_between_its_paragraphs() -> None:
    before, after = "The port office closed the bridge.", "The mayor denied that it had."
    source = f"Why Home {before} Advertisement Why {after} Why"
    text = f"{before}\n\nWhy\n\n{after}"
    assert aligned(text, source)[text.index("Why")] == source.index("Why", 5)


def test_what_the_source_does_not_hold_is_placed_nowhere() -> None:
    text = "The port office closed the bridge.\n\nA script wrote this."
    places = aligned(text, "The port office closed the bridge. A dog barked.")
    assert set(places[text.index("A script") :]) == {NOWHERE}


def test_a_source_that_repeats_itself_over_and_over_is_still_placed_quickly() -> None:
    sentence = "The ministry said no. "
    text = sentence * 300
    assert aligned(text, f"Home {text}")[0] == len("Home ")
    assert NOWHERE not in aligned("a\n" * 2000, "b a " * 3000)[::2]
