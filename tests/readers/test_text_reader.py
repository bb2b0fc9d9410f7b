"""Plain text is stored as it stands, once its encoding is known."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.core.ids import sha256_hex
from sayso.core.records import Capture, Document, Problem
from sayso.language.segments import Segments
from sayso.readers.text import TextReader


def read(content: bytes) -> list[Document | Problem]:
    capture = Capture(
        sha256=sha256_hex(content), size=len(content), origin="note.txt", media_type="text/plain"
    )
    return list(TextReader().read(capture, content))


def document(content: bytes) -> Document:
    found = read(content)[0]
    assert isinstance(found, Document)
    return found


def problem(content: bytes) -> Problem:
    found = read(content)[-1]
    assert isinstance(found, Problem)
    return found


def test_a_first_line_gives_date_and_byline_and_stays_in_the_text() -> None:
    found = document(b" date 2031-03-04 By Kestrel\n\nThe port office closed the bridge.\n")
    assert (found.published_at, found.byline, found.publisher) == ("2031-03-04", "Kestrel", None)
    assert found.text == " date 2031-03-04 By Kestrel\n\nThe port office closed the bridge.\n"
    assert found.reader == "text 4"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_stay_as_they_are_and_part_paragraphs(end: str) -> None:
    text = f" date 2031-03-04 By Kestrel{end}{end}It is shut.{end}{end}It was open.{end}"
    found = document(text.encode())
    assert (found.text, found.published_at) == (text, "2031-03-04")
    paragraphs = [span.of(text) for span in Segments(text).paragraphs]
    assert paragraphs == ["date 2031-03-04 By Kestrel", "It is shut.", "It was open."]


def test_a_lone_carriage_return_becomes_a_line_feed_in_its_place() -> None:
    assert document(b"One.\r\rTwo.\r").text == "One.\n\nTwo.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_no_part_of_the_text(encoding: str) -> None:
    text = "Die Brücke sei zu, sagte „jemand“ 👩‍👧."
    assert document(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Die Straße über die Brücke sei gesperrt, sagte die Ministerin für Verkehr."),
        ("cp1252", "Señor Núñez, mayor of São João, said it was “not closed” – it cost him £3m, or €4m."),
        ("cp1252", "The mayor of Münster said the café was closed."),
        ("cp1250", "Młody minister powiedział w środę, że most jest zamknięty, a straż go pilnuje od rana."),
        ("cp1251", "Министерство заявило, что мост закрыт и охраняется с понедельника."),
        ("utf-16-le", "The port office said that the bridge was closed."),
    ],
)
def test_an_encoding_that_nothing_names_is_told_from_the_bytes(encoding: str, text: str) -> None:
    content = text.encode(encoding)
    assert document(content).text == text
    assert problem(content).code == "guessed-encoding"


def test_one_damaged_byte_costs_one_character_and_is_named() -> None:
    content = "Die Brücke führt über den Fluß; sie blieb geöffnet.".encode() + b"\xff"
    assert document(content).text.endswith("geöffnet.\ufffd")
    assert problem(content).code == "broken-encoding"
    assert problem(content).document == document(content).id


def test_a_nul_becomes_a_replacement_character_in_its_place_and_is_named() -> None:
    content = b"The port office said\0 that the bridge was closed."
    assert document(content).text == "The port office said\ufffd that the bridge was closed."
    assert "1 unreadable" in problem(content).message


def test_a_replacement_character_that_was_written_is_no_problem() -> None:
    assert len(read("It said \ufffd.".encode())) == 1


@pytest.mark.parametrize("content", [b"\0" * 64, bytes(range(256)) * 20, b"\x01\x02\x03"])
def test_bytes_that_are_no_text_are_a_problem_that_names_the_file(content: bytes) -> None:
    (found,) = read(content)
    assert isinstance(found, Problem)
    assert (found.code, found.origin) == ("broken-encoding", "note.txt")


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf"])
def test_nothing_but_white_space_is_an_empty_file(content: bytes) -> None:
    assert problem(content).code == "empty-file"


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_utf8_text_is_stored_character_for_character(text: str) -> None:
    assert document(b"\xef\xbb\xbf" + text.encode()).text == text


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail(content: bytes) -> None:
    assert read(content)
    assert read(content) == read(content)
