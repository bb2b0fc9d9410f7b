import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.core.records import Link
from sayso.core.spans import Span
from sayso.linking.edits import edits_of
from sayso.linking.minhash import tokens_of
from sayso.linking.passages import Places, spans_of


def link(copy: str, source: str) -> Link:
    """Return a link that says what two texts share, as runs of three words and more."""
    left, right = tokens_of(copy), tokens_of(source)
    blocks = Places(right.hashes).shared(Places(left.hashes))
    return Link(
        kind="copies",
        left="doc_1",
        right="doc_2",
        score=1,
        left_spans=spans_of(((block.left, block.length) for block in blocks), left),
        right_spans=spans_of(((block.right, block.length) for block in blocks), right),
        rule="near-duplicate",
        why="They share words.",
    )


def told(copy: str, source: str) -> list[tuple[str, str, str]]:
    """Return each edit with its words in the copy and in the source."""
    return [
        (edit.kind, edit.copy.of(copy) if edit.copy else "", edit.source.of(source) if edit.source else "")
        for edit in edits_of(link(copy, source), copy, source)
    ]


def test_an_equal_text_is_kept_as_a_whole() -> None:
    assert told("Shells hit the market. ", "Shells hit the market.") == [
        ("kept", "Shells hit the market", "Shells hit the market")
    ]


def test_changed_added_and_cut_words_stand_where_they_were() -> None:
    source = "Shells hit the fish market of Brenna at dawn. Three stalls burned down on Saturday morning."
    copy = (
        "Breaking: shells hit the covered market of Brenna at dawn. Three stalls burned down, officials say."
    )
    assert told(copy, source) == [
        ("inserted", "Breaking", ""),
        ("kept", "shells hit the", "Shells hit the"),
        ("replaced", "covered", "fish"),
        (
            "kept",
            "market of Brenna at dawn. Three stalls burned down",
            "market of Brenna at dawn. Three stalls burned down",
        ),
        ("replaced", "officials say", "on Saturday morning"),
    ]


def test_a_paragraph_that_was_moved_is_no_addition() -> None:
    source = "One two three four.\n\nFive six seven eight nine.\n\nTen eleven twelve."
    copy = "Ten eleven twelve.\n\nOne two three four.\n\nFive six seven eight nine."
    assert [edit[:2] for edit in told(copy, source)] == [
        ("moved", "Ten eleven twelve"),
        ("kept", "One two three four.\n\nFive six seven eight nine"),
    ]


def test_words_cut_between_moved_ones_are_still_told() -> None:
    source = "One two three four. Cut away here. Five six seven eight nine."
    copy = "Five six seven eight nine. One two three four."
    assert ("deleted", "", "Cut away here") in told(copy, source)


@given(st.lists(st.sampled_from("abcdefgh"), max_size=60), st.lists(st.sampled_from("abcdefgh"), max_size=60))
def test_the_edits_hold_every_word_of_both_texts_once(left: list[str], right: list[str]) -> None:
    copy, source = " ".join(left), " ".join(right)
    edits = edits_of(link(copy, source), copy, source)
    assert [word for edit in edits if edit.copy for word in edit.copy.of(copy).split()] == left
    from_source = sorted(edit.source for edit in edits if edit.source)
    assert [word for span in from_source for word in span.of(source).split()] == right
    for edit in edits:
        assert (edit.copy is None) == (edit.kind == "deleted")
        assert (edit.source is None) == (edit.kind == "inserted")
        if edit.kind in ("kept", "moved"):
            assert edit.copy is not None
            assert edit.source is not None
            assert edit.copy.of(copy) == edit.source.of(source)


def test_spans_that_do_not_fit_the_texts_are_no_error() -> None:
    stale = Link(
        kind="copies",
        left="doc_1",
        right="doc_2",
        score=1,
        left_spans=(Span(0, 7), Span(90, 99)),
        right_spans=(Span(4, 7),),
        rule="near-duplicate",
        why="They share words.",
    )
    assert [edit.kind for edit in edits_of(stale, "One two", "Two one")] == ["inserted", "kept", "deleted"]


@pytest.mark.parametrize("step", [7, 5])
def test_a_megabyte_of_edits_takes_bounded_time(step: int) -> None:
    source = " ".join(f"w{n}" for n in range(150_000))
    copy = " ".join(f"w{n}" if n % step else f"v{n}" for n in range(150_000))
    shared = link(copy, source)
    began = time.process_time()
    edits = edits_of(shared, copy, source)
    assert len(edits) > 40_000
    assert time.process_time() - began < 20
