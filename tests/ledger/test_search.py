"""What the index finds is exactly what is marked, in any script."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.core.spans import Span
from sayso.core.views import Hit
from sayso.ledger import search
from sayso.ledger.arrival import Arrival
from sayso.ledger.store import Store


def hits(store: Store, query: str, limit: int = 50) -> list[Hit]:
    with store.pages() as pages:
        return list(pages.hits(query, limit))


def marked(store: Store, query: str) -> list[list[str]]:
    with store.pages() as pages:
        texts = {page.document.id: page.document.text for page in pages.documents()}
    return [[mark.of(texts[hit.document.id]) for mark in hit.marks] for hit in hits(store, query)]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("lunde bridge", ["Lunde", "bridge"]),
        ('"lunde bridge"', ["Lunde bridge"]),
        ("“LUNDE bridge”", ["Lunde bridge"]),
        ("cafe", ["café"]),
        ("حذّر", ["حذر"]),
        ("القصف المتحدث", ["المتحدث", "القصف"]),
    ],
)
def test_words_and_phrases_are_marked_where_they_stand(filled: Store, query: str, words: list[str]) -> None:
    found = marked(filled, query)
    assert found
    assert all(marks == words for marks in found)


def test_a_phrase_needs_its_words_side_by_side(filled: Store) -> None:
    assert len(hits(filled, "army bridge")) == 1
    assert not hits(filled, '"army bridge"')


def test_a_hit_shows_the_sentence_and_its_claims(filled: Store) -> None:
    (hit,) = hits(filled, "ministry")
    assert hit.words == "The Orvale ministry said shells hit the Lunde bridge."
    assert len(hit.claims) == 2
    assert hit.document.origin == "orvale.txt"


def test_at_most_so_many_hits_are_given(filled: Store) -> None:
    assert len(hits(filled, "orvale")) == 2
    assert len(hits(filled, "orvale", 1)) == 1


@pytest.mark.parametrize(
    "query", ["", '"', '""', "!!", "NEAR(", "AND", 'words:"', "a* OR ^b -c", "'; DROP", "🌉"]
)
def test_no_query_is_an_error(filled: Store, query: str) -> None:
    assert not [hit for hit in hits(filled, query) if not hit.marks]


def test_offsets_count_code_points_after_emoji_and_combining_marks(
    store: Store, arrival: Callable[..., Arrival]
) -> None:
    text = "👩‍👩‍👧 cafe\u0301 at Lunde. 👍🏽 The bridge."
    store.put([arrival(text)])
    (hit,) = hits(store, "café bridge")
    assert [mark.of(text) for mark in hit.marks] == ["cafe\u0301", "bridge"]


WRITTEN = st.text(
    alphabet=st.sampled_from("aBé\u0301ßİ 🌉\u064e\u200dشد-_.'\"1½\n\u0915\u093f\ufe0f"), max_size=30
)


@given(WRITTEN)
def test_the_words_of_a_text_lie_in_it_in_order_and_hold_no_blank(text: str) -> None:
    found = list(search.words(text))
    assert all(before.end <= after.start for (before, _), (after, _) in pairwise(found))
    assert all(span.end <= len(text) and folded and not set(folded) & set(' "') for span, folded in found)


@given(WRITTEN)
def test_every_word_of_a_text_is_found_in_it(text: str) -> None:
    everything = Span(0, len(text) + 1)
    for span, _ in search.words(text):
        wanted = search.phrases(span.of(text))
        marks = search.marks(f"{text} ", everything, wanted)
        assert any(span.within(mark) for mark in marks)
