"""Cutting a text loses nothing, adds nothing, and puts the innermost voice on top."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.core.spans import Span
from sayso.exchange.passages import Layer, around, cut, paragraphs
from sayso.language.segments import Segments


def claim(*offsets: tuple[int, int], anchor: str = "c", depth: int = 1) -> Layer:
    return Layer(
        spans=tuple(Span(*o) for o in offsets), kind="claim", anchor=anchor, label=anchor, depth=depth
    )


def test_the_deeper_claim_comes_first_whatever_its_length() -> None:
    outer, inner = claim((0, 6), anchor="outer", depth=2), claim((2, 10), anchor="inner", depth=3)
    pieces = list(cut("0123456789", Span(0, 10), [outer, inner]))
    assert [(p.words, p.anchors) for p in pieces] == [
        ("01", "outer"),
        ("2345", "inner outer"),
        ("6789", "inner"),
    ]


def test_of_two_claims_of_one_depth_the_shorter_lies_on_top() -> None:
    pieces = cut("0123456789", Span(0, 10), [claim((0, 10), anchor="long"), claim((3, 5), anchor="short")])
    assert [p.anchors for p in pieces] == ["long", "short long", "long"]


def test_spans_that_touch_stay_one_claim() -> None:
    pieces = list(cut("0123456789", Span(0, 10), [claim((0, 4), (4, 8))]))
    assert "".join(p.words for p in pieces if p.claims) == "01234567"
    assert [p.labels for p in pieces] == ["c", "", ""]


def test_a_claim_is_labelled_once_where_it_begins() -> None:
    found = paragraphs(
        "One two.\n\nThree four.", [claim((4, 7), (10, 15), anchor="a"), claim((16, 20), anchor="b")]
    )
    assert [[c.anchor for c in paragraph.begins] for paragraph in found] == [["a"], ["b"]]


def test_an_empty_line_sets_paragraphs_apart() -> None:
    assert [p.apart for p in paragraphs("One.\nTwo.\n\nThree.", [])] == [False, True, False]


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 199), st.integers(1, 200)), max_size=8))
def test_paragraphs_joined_are_the_text(text: str, offsets: list[tuple[int, int]]) -> None:
    spans = [(start, min(end, len(text))) for start, end in offsets if start < min(end, len(text))]
    found = paragraphs(text, [claim(span, anchor=str(n)) for n, span in enumerate(spans)])
    assert "".join(piece.words for paragraph in found for piece in paragraph.pieces) == text


def test_a_card_shows_whole_sentences() -> None:
    text = "The road was open. The bridge was closed, the mayor said. Nobody crossed."
    window = around(Segments(text), Span(23, 29), reach=200)
    assert window.span.of(text) == "The bridge was closed, the mayor said."
    assert not window.cut_before
    assert not window.cut_after


def test_a_card_never_shows_a_whole_text_without_sentence_ends() -> None:
    text = "water " * 10_000
    window = around(Segments(text), Span(30_000, 30_005), reach=200)
    assert len(window.span) == 405
    assert window.cut_before
    assert window.cut_after
