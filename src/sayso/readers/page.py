"""HTML pages: the main text as trafilatura finds it, in the very characters of the page.

Trafilatura says which words are the main text. The stored text is then taken from the page itself, so that
every character keeps its offset (`offsets.source_offsets`) and nothing is normalised on the way: paragraphs
are separated by a blank line, lines and list items by a line feed, table cells by a tab, and a list item
begins with "- ".
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from sayso.core.ids import text_sha256
from sayso.core.ports import Example
from sayso.core.records import Capture, Document, Problem
from sayso.readers import problems
from sayso.readers.alignment import NOWHERE
from sayso.readers.encoding import Decoded, decoded, storable
from sayso.readers.markup import LINE, PARAGRAPH, Visible, body_start, visible, without_hidden
from sayso.readers.offsets import placed

_DASH = "\ue000"  # the dash of a list item until the text is written: a sign that no visible text holds
_PARAGRAPHS = frozenset(("p", "head", "quote", "list", "table", "ab", "div", "body"))
_EDGES = {"lb": "\n", "row": "\n", "p": "\n", "cell": "\t"}  # within a paragraph, a table or a list item
_SPACE = re.compile(r"\s+")
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_:.-]+)|<\?xml[^>]{0,100}?encoding=["']([a-z0-9_:.-]+)""",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_STATED_TIMES = (
    '//meta[contains(@property, "published_time") or @itemprop="datePublished"]/@content | //time/@datetime'
)
# Only dates that the page states as its own, never one found in its prose; and no limit that moves with
# the clock, because a page must be read alike on every day.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}


class PageReader:
    """Reads HTML."""

    name: ClassVar[str] = "page"
    version: ClassVar[str] = "2"
    suffixes: ClassVar[tuple[str, ...]] = (".html", ".htm", ".xhtml")
    media_types: ClassVar[tuple[str, ...]] = ("text/html",)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            content=(
                b"<!doctype html><html lang=en><title>Bridge closed</title><nav>Home</nav><article>"
                b"<p>The port office said the bridge at Tollen was closed &amp; guarded until "
                b"further notice.</p>"
                b"<p>It named two reasons for what it called a measure of precaution on Monday evening:</p>"
                b"<ul><li>the river stands higher than in any spring since the bridge was built;</li>"
                b"<li>no ferry runs.</li></ul><p>The mayor denied both.</p></article></html>"
            ),
            origin="bridge.html",
            yields=(
                "bridge at Tollen was closed & guarded until",
                "- no ferry runs.\n\nThe mayor denied both.",
            ),
        ),
    )

    def read(self, capture: Capture, content: bytes) -> Iterator[Document | Problem]:
        """Yield the page's main text as one document."""
        page = decoded_page(content)
        if page is None:
            yield problems.not_text(capture)
            return
        if not page.text.strip():
            yield problems.empty_file(capture)
            return
        document = self._document(capture, page.text)
        if document is None:
            yield problems.no_main_text(capture)
            return
        yield document
        yield from problems.of_encoding(capture, page, document=document.id)

    def _document(self, capture: Capture, page: str) -> Document | None:
        from trafilatura import bare_extraction, extract_metadata, load_html  # noqa: PLC0415 - slow to import

        tree = load_html(_with_all_tags(page))
        if tree is None:
            return None
        about = extract_metadata(tree, capture.url, _DATES)
        published = _published(tree, about.date)
        # Scripts may say what the page is, but its text must stand in the mark-up, where it has offsets.
        for script in tuple(tree.iter("script")):
            script.drop_tree()
        main = bare_extraction(tree, fast=True, include_comments=False)
        text = _as_on_the_page(_extract(main), visible(page)) if main is not None else ""
        if not text:
            return None
        return Document(
            capture=capture.id,
            text=text,
            text_sha256=text_sha256(text),
            title=_line(about.title),
            byline=_line(about.author),
            publisher=_line(about.sitename),
            published_at=published,
            language=_language(tree),
            url=capture.url or _line(about.url),
            reader=f"{self.name} {self.version}",
        )


def decoded_page(content: bytes) -> Decoded | None:
    """Return the page that `offsets.source_offsets` counts in, or None when the bytes are no text."""
    declared = _CHARSET.search(content[:4096])
    name = (declared[1] or declared[2]).decode("ascii") if declared else None
    return decoded(content, declared=name)


def _with_all_tags(page: str) -> str:
    """Return the page with the tags that may be left out: without, the parser puts articles into the head."""
    tags = page.lower()
    if "<body" not in tags:
        start = body_start(page)
        page = f"{page[:start]}<body>{page[start:]}"
    return page if "<html" in tags else f"<html>{page}"


def _line(stated: str | None) -> str | None:
    return storable(_SPACE.sub(" ", stated).strip()) or None if stated else None


def _published(tree: Any, day: str | None) -> str | None:  # noqa: ANN401 - lxml has no types
    """Return the day, or the moment where the page states one of that day."""
    if day is None:
        return None
    for stated in tree.xpath(_STATED_TIMES):
        try:
            moment = datetime.fromisoformat(str(stated).strip())
        except ValueError:
            continue
        if str(stated).strip().startswith(f"{day}T"):
            return moment.isoformat()
    return day


def _language(tree: Any) -> str | None:  # noqa: ANN401 - lxml has no types
    stated = (tree.get("lang") or "").strip()
    return stated if _LANGUAGE.fullmatch(stated) else None


def _extract(main: Any) -> str:  # noqa: ANN401 - trafilatura's document, or a dict where it is asked for one
    """Write what trafilatura found as lines. Its words are right; their spaces may not be."""
    parts: list[str] = []
    items = 0
    waiting = [(main.body, False)]
    while waiting:
        element, closing = waiting.pop()
        parts.append(_edge(element.tag, closing=closing, in_item=items > 0))
        items += (element.tag == "item") * (-1 if closing else 1)
        parts.append(_shown(element.tail if closing else element.text))
        if not closing:
            waiting.append((element, True))
            waiting.extend((child, False) for child in reversed(element))
    return "".join(parts)


def _edge(tag: str, *, closing: bool, in_item: bool) -> str:
    if tag in _PARAGRAPHS and not in_item:
        return "\n\n"
    if closing:
        return ""
    if tag == "item":
        return f"\n{_DASH}"
    return _EDGES.get(tag, "")


def _shown(text: str | None) -> str:
    if not text:
        return ""
    return _SPACE.sub(" ", without_hidden(text))


def _as_on_the_page(extract: str, seen: Visible) -> str:
    """Write the extract again in the page's own characters; what is not on the page is left out."""
    written: list[str] = []
    between = ""
    last = NOWHERE
    for character, place in zip(extract, placed(extract.replace(_DASH, " "), seen), strict=True):
        if place == last + 1 and place not in seen.joiners and written:
            written.append(character)
            between, last = "", place
        elif place != NOWHERE:
            written.append(_separator(between, seen, last, place) if written else _first(between))
            written.append(character)
            between, last = "", place
        elif character == _DASH or character.isspace():
            between += character
    return "".join(written)


def _first(between: str) -> str:
    return "- " if _DASH in between else ""


def _separator(between: str, seen: Visible, last: int, place: int) -> str:
    """Return what separates two characters: what the extract has there, mended by what the page has."""
    passed = seen.text[last + 1 : place]
    if _DASH in between:
        lines = between.partition(_DASH)[0].count("\n")
        return "\n\n- " if lines > 1 else "\n- "
    if passed.strip():  # something was left out here, so the extract alone knows
        return _settled(between)
    joiners = "".join(seen.joiners.get(at, "") for at in range(last + 1, place + 1))
    if not passed:  # one word on the page, whatever the extract made of it
        return joiners
    if PARAGRAPH in passed and not {"\n", "\t"}.intersection(between):
        return "\n\n"
    if LINE in passed and not {"\n", "\t"}.intersection(between):
        return "\n"
    return (_settled(between) or " ") + joiners


def _settled(between: str) -> str:
    lines = between.count("\n")
    if lines:
        return "\n\n" if lines > 1 else "\n"
    return "\t" if "\t" in between else between[:1]
