"""Lines that announce what stands behind them: who is read to issue it, and in what time."""

import time

import pytest

from sayso.core.ports import Found
from sayso.core.spans import Span
from sayso.language.encoder.finder import with_headers
from sayso.language.finder import headers, is_issuing
from sayso.language.segments import Segments, begins_document, ends_document

HEADER = "The following statement is attributable to the Spokesman of the Council:"
BEHIND = "\n\nThe market burned.\n\nIt was full.\n"
LETTERS = 6000
TIMES_LONGER = 4
MOST = 10  # times as long; reading in quadratic time would take 16


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def read(text: str) -> list[tuple[str, str, bool]]:
    return [
        (one.found.source[0].of(text), one.found.cue[0].of(text), one.issued)
        for one in headers(Segments(text))
    ]


@pytest.mark.parametrize(
    ("line", "source", "cue", "issued"),
    [
        (HEADER, "the Spokesman of the Council", "is attributable to", True),
        ("The text below was jointly released by Ordania:", "Ordania", "was jointly released by", True),
        ("The mayor told reporters:", "The mayor", "told", False),
    ],
)
def test_a_line_with_a_colon_announces_what_stands_behind_it(
    line: str, source: str, cue: str, *, issued: bool
) -> None:
    assert read(line + BEHIND) == [(source, cue, issued)]


def test_a_header_without_a_colon_needs_a_line_that_begins_the_text() -> None:
    line = "The text of the following statement was released by the Council."
    assert read(line + "\n\nBegin text:" + BEHIND) == [("the Council", "was released by", True)]
    assert read(line + "\n\nBeginning on Monday, the harbour is closed." + BEHIND) == []


@pytest.mark.parametrize(
    ("line", "begins", "ends"),
    [
        ("Begin text:", True, False),
        ("BEGIN STATEMENT", True, False),
        ("Begin the joint statement", True, False),
        ("End text.", False, True),
        ("END OF TRANSCRIPT", False, True),
        ("Ends", False, True),
        ("—END—", False, True),
        ("Beginning on Monday, the harbour is closed.", False, False),
        ("Begin now.", False, False),
        ("End the war.", False, False),
        ("The end", False, False),
    ],
)
def test_lines_that_only_say_where_a_text_begins_and_ends(line: str, *, begins: bool, ends: bool) -> None:
    assert (begins_document(line), ends_document(line)) == (begins, ends)


@pytest.mark.parametrize(
    ("cue", "issuing"),
    [
        ("was released by", True),
        ("is attributable to", True),
        ("released", False),
        ("", False),
        ("by", False),
    ],
)
def test_a_cue_of_issuing_has_its_verb_and_its_preposition(cue: str, *, issuing: bool) -> None:
    assert is_issuing(cue) is issuing


def test_an_issued_header_takes_the_place_of_another_reading_of_its_sentence() -> None:
    text = HEADER + BEHIND
    content = (span_of(text, "The market burned."),)
    misread = Found(
        source=(span_of(text, "statement"),), cue=(span_of(text, "is attributable"),), content=content
    )
    other = Found(source=(span_of(text, "The market"),), cue=(span_of(text, "burned"),), content=content)
    [first, second] = with_headers([misread, other], Segments(text))
    assert first.source[0].of(text) == "the Spokesman of the Council"
    assert second == other


def test_a_header_of_speech_does_not_double_what_is_read() -> None:
    text = "The mayor told reporters:" + BEHIND
    known = Found(
        source=(span_of(text, "The mayor"),),
        cue=(span_of(text, "told"),),
        content=(span_of(text, "The market burned."),),
    )
    assert with_headers([known], Segments(text)) == [known]


def seconds(text: str) -> float:
    """Return the shorter of two readings: other work of the machine only ever adds."""
    times = []
    for _ in range(2):
        segments = Segments(text)
        assert segments.tokens
        assert segments.sentences
        began = time.process_time()
        list(headers(segments))
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.parametrize(
    "piece", ["released by ", "is released by ", "the text is attributable to ", "text "]
)
def test_a_header_four_times_as_long_takes_less_than_ten_times_the_time(piece: str) -> None:
    once = piece * (10 * LETTERS // len(piece))
    assert seconds(once * TIMES_LONGER + ":" + BEHIND) < MOST * seconds(once + ":" + BEHIND)
