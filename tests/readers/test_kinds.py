"""What kind of file it is, by its first bytes and its name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.readers.kinds import in_words, media_type


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("note.txt", b"Hello", "text/plain"),
        ("note", b"Hello", "text/plain"),
        ("-", b"Hello", "text/plain"),
        ("Note of 5.11", b"Hello", "text/plain"),
        ("NOTE.TXT", b"Hello", "text/plain"),
        ("page.html", b"<p>Hello", "text/html"),
        ("page.HTM", b"", "text/html"),
        ("page", b"\xef\xbb\xbf\n<!DOCTYPE html><p>", "text/html"),
        ("page.txt", b"<!-- saved --><html lang=en>", "text/html"),
        ("page.php", b'<?xml version="1.0"?>\n<html>', "text/html"),
        ("rows.jsonl", b'{"text": ""}', "application/jsonl"),
        ("rows.ndjson", b"", "application/jsonl"),
        ("rows.json", b"[]", "application/json"),
        ("rows", b'{"text": "a"}\n', "application/jsonl"),
        ("notes.txt", b"%PDF-1.7", "application/pdf"),
        ("a.docx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.zip", b"PK\x03\x04", "application/zip"),
        ("a", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("a", b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        ("a", b"\0\0\0\x18ftypheic", "image/heic"),
        ("a.mp4", b"\0\0\0\x18ftypisom", "video/mp4"),
        ("a.xyz", b"Hello", "application/octet-stream"),
    ],
)
def test_the_kind_of_a_file_is_told(name: str, head: bytes, kind: str) -> None:
    assert media_type(name, head) == kind


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("application/pdf", "a PDF"),
        ("image/png", "a picture (image/png)"),
        ("video/mp4", "a video (video/mp4)"),
        ("application/octet-stream", "of no known type"),
    ],
)
def test_a_kind_has_a_name_for_people(kind: str, words: str) -> None:
    assert in_words(kind) == words


@settings(deadline=None)
@given(st.text(max_size=20), st.binary(max_size=64))
def test_any_name_and_any_bytes_have_a_kind(name: str, head: bytes) -> None:
    assert "/" in media_type(name, head)
