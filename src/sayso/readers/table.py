"""JSON lines: one document a line, `{"id","text","published"?,"publisher"?,"url"?,"title"?,"byline"?}`.

A `.json` file may hold one such object or a list of them. The text is stored as it is given, line ends
included, because others point into it; only NUL and half characters become U+FFFD, one for one. Where a line
has no title, byline or date, the first lines of its text may give them.
"""

import json
from collections.abc import Iterator, Sequence
from typing import ClassVar

import msgspec

from sayso.core.errors import BadRecord
from sayso.core.ids import text_sha256
from sayso.core.ports import Example
from sayso.core.records import Capture, Document, Problem, checked_date
from sayso.language.heads import head
from sayso.readers import problems
from sayso.readers.encoding import decoded, storable


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line. Other keys are passed over."""

    text: str
    id: str | int | None = None
    published: str | None = None  # ISO 8601
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None


class JsonLinesReader:
    """Reads JSON lines, and JSON that holds one object or a list of them."""

    name: ClassVar[str] = "table"
    version: ClassVar[str] = "3"
    suffixes: ClassVar[tuple[str, ...]] = (".jsonl", ".ndjson", ".json")
    media_types: ClassVar[tuple[str, ...]] = ("application/jsonl", "application/json")
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            content=(
                b'{"id": "k1", "text": "The port office said no ship sails.", "published": "2031-03-04"}\n'
                b'{"id": "k2"}\n'
                b'{"id": "k3", "text": "The mayor denied it."}\n'
            ),
            origin="wire.jsonl",
            yields=("The port office said no ship sails.", "The mayor denied it."),
        ),
    )

    def read(self, capture: Capture, content: bytes) -> Iterator[Document | Problem]:
        """Yield one document for each line, or a Problem that names the line and says why not."""
        found = decoded(content)
        if found is None:
            yield problems.not_text(capture)
            return
        if not found.text.strip():
            yield problems.empty_file(capture)
            return
        yield from problems.of_encoding(capture, found)
        parts: dict[str, str] = {}
        for where, written in _rows(found.text, whole=capture.media_type == "application/json"):
            for one in self.row(capture, where, written):
                yield one
                if isinstance(one, Document) and one.part is not None:
                    first = parts.setdefault(one.part, where)
                    if first != where:
                        yield problems.bad_line(
                            capture, where, f"line {first} has the same id, {one.part!r}", document=one.id
                        )

    def row(self, capture: Capture, where: str, written: object) -> Iterator[Document | Problem]:
        """Yield the document of one row, as written or parsed; `where` is its number."""
        try:
            row = msgspec.convert(_parsed(written) if isinstance(written, str) else written, Row)
        except (ValueError, RecursionError) as error:
            yield problems.bad_line(capture, where, _why(error))
            return
        if not row.text.strip():
            yield problems.bad_line(capture, where, "its text is empty")
            return
        text = storable(row.text)
        first = head(text)
        published = (row.published or "").strip() or None
        document = Document(
            capture=capture.id,
            part=where if row.id is None else storable(str(row.id)),
            text=text,
            text_sha256=text_sha256(text),
            title=_given(row.title) or first.title,
            byline=_given(row.byline) or first.byline,
            publisher=_given(row.publisher),
            published_at=first.published_at if published is None else _date(published),
            url=_given(row.url) or capture.url,
            reader=f"{self.name} {self.version}",
        )
        yield document
        if published and not document.published_at:
            why = f"read without its date: {published!r} is not ISO 8601"
            yield problems.bad_line(capture, where, why, document=document.id)


def _rows(text: str, *, whole: bool) -> Iterator[tuple[str, object]]:
    """Yield each row with its number: as written, or parsed already where the file is one JSON value."""
    value = _value(text) if whole else None
    if isinstance(value, list):
        yield from ((str(number), item) for number, item in enumerate(value, 1))
    elif isinstance(value, dict):
        yield "1", value
    else:
        lines = ((str(number), line) for number, line in enumerate(text.split("\n"), 1))
        yield from ((number, line) for number, line in lines if line.strip())


def _value(text: str) -> object:
    try:
        return _parsed(text)
    except (ValueError, RecursionError):
        return None


def _parsed(written: str) -> object:
    # Not msgspec: it refuses half characters, and one emoji cut in two is no reason to lose a text.
    parsed: object = json.loads(written, object_pairs_hook=_once)
    return parsed


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Return an object; one that says a name twice is refused, or half of what it says would be lost."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        message = f"it has {twice!r} twice"
        raise ValueError(message)
    return found


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON: {error.msg} at character {error.pos + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _date(stated: str) -> str | None:
    try:
        checked_date(stated)
    except BadRecord:
        return None
    return stated


def _given(stated: str | None) -> str | None:
    return storable(stated).strip() or None if stated else None
