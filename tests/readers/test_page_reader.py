"""Pages: the main text in the page's own characters, each with its place in the page."""

import html
import json
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.core.errors import BadSpan
from sayso.core.ids import sha256_hex
from sayso.core.records import Capture, Document, Problem
from sayso.core.spans import Span
from sayso.readers.offsets import source_offsets
from sayso.readers.page import PageReader, decoded_page

PAGE = """<!doctype html>
<html lang="en-GB">
<head>
  <title>Port office denies closing bridge - Kestrel Wire</title>
  <meta property="og:site_name" content="Kestrel Wire">
  <meta name="author" content="Ana Duarte">
  <meta property="article:published_time" content="2031-03-04T10:00:00+02:00">
  <link rel="canonical" href="https://kestrel.example/bridge">
  <script>var teaser = "<p>The port office said the bridge was open.</p>";</script>
  <style>p > b { color: red }</style>
</head>
<body>
<nav><ul><li><a href="/">Home</a></li></ul><p>The port office said the bridge was open.</p></nav>
<article>
  <h1>Port office denies closing bridge</h1>
  <!-- <p>The port office said the bridge was shut.</p> -->
  <p><span class="drop">T</span>he port office said the bridge at <b>Tollen</b> was
     &ldquo;open&nbsp;&amp; guarded&rdquo; 👩‍👩‍👧, <a href="/x" title="a > b">it said</a>.
     Soon&shy;er, &lt;later&gt;&#8230;</p>
  <p>The office listed:</p>
  <ul><li>the bridge;</li><li><p>the ferry.</p></li></ul>
  <p>The port office said the bridge was open.</p>
  <blockquote>We closed nothing.<br>Not one lane.</blockquote>
  <table><tr><th>Road</th><th>Closed</th></tr><tr><td>Bridge</td><td>0</td></tr></table>
  <p>قال المكتب إن الجسر مفتوح‎.</p>
  <p>The port office said the bridge was open.</p>
</article>
<footer><p>All rights reserved by Kestrel Wire.</p></footer>
</body></html>
"""


def read(content: bytes, url: str | None = None) -> list[Document | Problem]:
    capture = Capture(
        sha256=sha256_hex(content), size=len(content), origin="page.html", media_type="text/html", url=url
    )
    return list(PageReader().read(capture, content))


def document(page: str, encoding: str = "utf-8") -> Document:
    found = read(page.encode(encoding))[0]
    assert isinstance(found, Document), found
    return found


def problem(content: bytes) -> Problem:
    (found,) = read(content)
    assert isinstance(found, Problem)
    return found


def check_offsets(text: str, page: str) -> None:
    """Every visible character has its own place in the page, decodes from there, and the places rise."""
    offsets = source_offsets(text, page)
    last = -1
    dashes = {at for at in range(len(text)) if text[at : at + 2] == "- " and text[at - 1 : at] in ("", "\n")}
    for at, character in enumerate(text):
        if character.isspace() or not character.isprintable() or at in dashes:
            continue
        place = offsets.of(Span(at, at + 1))
        assert html.unescape(page[place.start : place.end]) == character
        assert place.start > last
        last = place.start


def test_the_text_is_the_main_text_in_paragraphs_lines_and_items() -> None:
    assert document(PAGE).text == (
        "Port office denies closing bridge\n\n"
        "The port office said the bridge at Tollen was “open & guarded” 👩‍👩‍👧, it said. Sooner, <later>…\n\n"
        "The office listed:\n\n"
        "- the bridge;\n- the ferry.\n\n"
        "The port office said the bridge was open.\n\n"
        "We closed nothing.\nNot one lane.\n\n"
        "Road\tClosed\nBridge\t0\n\n"
        "قال المكتب إن الجسر مفتوح‎.\n\n"
        "The port office said the bridge was open."
    )


def test_what_the_page_says_of_itself_reaches_the_document() -> None:
    found = document(PAGE)
    assert found.title == "Port office denies closing bridge"
    assert (found.publisher, found.byline, found.language) == ("Kestrel Wire", "Ana Duarte", "en-GB")
    assert (found.published_at, found.url) == ("2031-03-04T10:00:00+02:00", "https://kestrel.example/bridge")


def test_the_address_it_was_fetched_from_comes_first() -> None:
    found = read(PAGE.encode(), url="https://archive.example/1")[0]
    assert isinstance(found, Document)
    assert found.url == "https://archive.example/1"


def test_every_character_keeps_its_place_in_the_page() -> None:
    check_offsets(document(PAGE).text, PAGE)


def test_a_span_leads_to_the_very_mark_up_it_was_read_from() -> None:
    text = document(PAGE).text
    offsets = source_offsets(text, PAGE)

    def source(words: str, start: int = 0) -> str:
        at = text.index(words, start)
        place = offsets.of(Span(at, at + len(words)))
        return PAGE[place.start : place.end]

    assert source("“open & guarded”") == "&ldquo;open&nbsp;&amp; guarded&rdquo;"
    assert source("The port") == "T</span>he port"
    assert source("👩‍👩‍👧") == "👩‍👩‍👧"
    assert source("Sooner") == "Soon&shy;er"
    assert source("Road\tClosed") == "Road</th><th>Closed"


def test_a_repeated_paragraph_leads_to_its_own_place() -> None:
    text = document(PAGE).text
    words = "The port office said the bridge was open."
    offsets = source_offsets(text, PAGE)
    first, last = text.index(words), text.rindex(words)
    assert offsets.of(Span(first, first + len(words))).start == PAGE.index(f"<p>{words}</p>\n  <block") + 3
    assert offsets.of(Span(last, last + len(words))).start == PAGE.rindex(words)


def test_what_stands_between_two_characters_leads_to_all_between_them() -> None:
    text = document(PAGE).text
    at = text.index("\n\nWe closed")
    place = source_offsets(text, PAGE).of(Span(at, at + 2))
    assert PAGE[place.start : place.end] == "</p>\n  <blockquote>"


def test_a_dash_before_everything_comes_from_nowhere() -> None:
    with pytest.raises(BadSpan, match="no-source"):
        source_offsets("- One item alone.", "<ul><li>One item alone.</li></ul>").of(Span(0, 2))


WORDS = st.sampled_from(
    (
        *(
            "office",
            "bridge",
            "&amp;",
            "<b>closed</b>",
            "sooner&nbsp;or",
            "👩‍👧",
            "&lt;b&gt;",
            "<i>T</i>he",
            "said,",
        ),
        *(
            "a&shy;ble",
            "<!-- never -->",
            "“no”",
            "&mdash;",
            "<a href='?a=1&amp;b=2'>here</a>",
            "جسر",
            "e\u0301t",
        ),
    )
)
PARAGRAPH = st.lists(WORDS, min_size=3, max_size=20).map(" ".join)
BLOCK = st.one_of(
    PARAGRAPH.map("<p>{}</p>".format),
    PARAGRAPH.map("<blockquote><p>{}</p></blockquote>".format),
    PARAGRAPH.map("<h2>{}</h2>".format),
    st.lists(PARAGRAPH, min_size=1, max_size=3).map(lambda items: f"<ul><li>{'</li><li>'.join(items)}</ul>"),
    st.lists(PARAGRAPH, min_size=2, max_size=3).map(lambda lines: f"<div>{'<br>'.join(lines)}</div>"),
    st.just("<script>if (a < b) { '<p>never</p>' }</script>"),
    st.just("<div class='advertisement'>Buy now</div>"),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=12))
def test_every_character_of_any_page_keeps_its_place(blocks: list[str]) -> None:
    page = f"<html><body><nav>Home</nav><article>{' '.join(blocks)}</article></body></html>"
    found = read(page.encode())[0]
    if isinstance(found, Document):
        check_offsets(found.text, page)
        assert "never" not in found.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_a_page_is_decoded_before_anything_is_counted(encoding: str) -> None:
    page = (
        "<html><head><meta charset='windows-1251'></head><body><p>Министерство заявило, что мост закрыт "
        "и охраняется с понедельника, и что паром пойдёт завтра утром.</p></body></html>"
    )
    found = document(page, encoding)
    decoded = decoded_page(page.encode(encoding))
    assert decoded is not None
    assert decoded.text == page
    assert found.text.startswith("Министерство заявило")


def _in_windows_1252(declared: str) -> list[Document | Problem]:
    head = f"<html><head><meta charset='{declared}'></head><body>"
    said = "<p>The mayor of Münster called it “a scandal” on Monday – and left at once, his office said.</p>"
    return read(f"{head}{said}</body></html>".encode("cp1252"))


@pytest.mark.parametrize("declared", ["iso-8859-1", "latin1", "us-ascii", "windows-1252"])
def test_a_label_means_what_browsers_take_it_for(declared: str) -> None:
    (found,) = _in_windows_1252(declared)
    assert isinstance(found, Document)
    assert "Münster called it “a scandal” on Monday – and" in found.text


@pytest.mark.parametrize("declared", ["unicode_escape", "utf-7", "punycode", "rot13", "no-such-thing"])
def test_a_label_that_no_browser_knows_is_none(declared: str) -> None:
    head = f"<html><head><meta charset='{declared}'></head><body>"
    page = f"{head}<p>The mayor’s \\u0041 is no letter.</p></body></html>"
    found = [one for one in read(page.encode("cp1252")) if isinstance(one, Document)]
    assert [one.text for one in found] == ["The mayor’s \\u0041 is no letter."]


def test_a_page_that_lies_about_its_encoding_is_guessed_and_says_so() -> None:
    found, problem = _in_windows_1252("utf-8")
    assert isinstance(found, Document)
    assert "Münster called it “a scandal” on Monday – and" in found.text
    assert isinstance(problem, Problem)
    assert (problem.code, problem.document) == ("guessed-encoding", found.id)


def test_a_page_may_leave_out_the_tags_of_head_and_body() -> None:
    start, _, rest = PAGE.partition("<head>")
    page = start + rest.replace("</head>", "").replace("<body>", "").replace("</body></html>", "")
    assert document(page).text == document(PAGE).text
    assert (document(page).title, document(page).language) == (document(PAGE).title, "en-GB")
    check_offsets(document(page).text, page)


def test_a_fragment_is_a_page() -> None:
    assert document("<p>The port office closed the bridge.</p>").text == "The port office closed the bridge."


def test_a_short_page_keeps_its_paragraphs() -> None:
    ld = json.dumps({"@type": "NewsArticle", "articleBody": "The office closed it. The mayor denied it." * 4})
    page = (
        f"<html><head><script type='application/ld+json'>{ld}</script></head><body><article>"
        "<p>The office closed it.</p><p>The mayor denied it.</p></article></body></html>"
    )
    assert document(page).text == "The office closed it.\n\nThe mayor denied it."


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"\0\1\2" * 30, "broken-encoding"),
        (b"<html><body><script>draw()</script></body></html>", "no-text"),
        (b"<html>", "no-text"),
        (b"\xff\xfe", "empty-file"),
    ],
)
def test_a_page_without_text_is_a_problem_that_names_the_file(content: bytes, code: str) -> None:
    assert (problem(content).code, problem(content).origin) == (code, "page.html")


@pytest.mark.parametrize(
    "page",
    [
        "<" * 5000,
        "<a " * 2000,
        "<p =\"'" * 2000,
        "&" * 5000,
        "<!--" * 2000,
        "<p>" * 3000 + "The end.",
        "<![CDATA[" * 500,
    ],
)
def test_broken_mark_up_is_no_reason_to_fail(page: str) -> None:
    assert read(page.encode())
    source_offsets("The end.", page)


def test_no_entity_of_the_page_opens_a_file_or_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("The secret word is Merganser.", encoding="utf-8")

    def refuse(*_: object) -> None:
        pytest.fail("the page reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<html><head><base href="http://127.0.0.1:9/"><link rel="canonical" href="/a"></head><body>'
        "<p>&x; The port office closed the bridge.</p><img src='http://127.0.0.1:9/i'></body></html>"
    )
    assert "Merganser" not in document(page).text


def test_the_same_bytes_give_the_same_document() -> None:
    assert read(PAGE.encode()) == read(PAGE.encode())
