"""Plain text: stored as it stands, without a byte order mark; offsets count the characters as given."""

import re
from collections.abc import Iterator
from typing import ClassVar

from sayso.core.ids import text_sha256
from sayso.core.ports import Example
from sayso.core.records import Capture, Document, Problem
from sayso.language.heads import head
from sayso.readers import problems
from sayso.readers.encoding import decoded

_LONE_RETURN = re.compile(r"\r(?!\n)")


class TextReader:
    """Reads plain text in UTF-8, UTF-16 with a byte order mark, or a guess that is said to be one."""

    name: ClassVar[str] = "text"
    version: ClassVar[str] = "4"
    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".text", ".md")
    media_types: ClassVar[tuple[str, ...]] = ("text/plain",)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            content=b" date 2031-03-04 By Kestrel\r\n\r\nThe port office said the bridge was closed.\r\n",
            origin="bridge.txt",
            yields=("date 2031-03-04 By Kestrel", "The port office said the bridge was closed."),
        ),
        Example(
            content="\ufeffDie Straße nach Tollen ist gesperrt, teilte der Hafen mit.".encode("utf-16"),
            origin="roads.txt",
            yields=("Die Straße nach Tollen ist gesperrt, teilte der Hafen mit.",),
        ),
    )

    def read(self, capture: Capture, content: bytes) -> Iterator[Document | Problem]:
        """Yield the text as one document; its first lines may give title, byline and date, and stay in it."""
        found = decoded(content)
        if found is None:
            yield problems.not_text(capture)
            return
        # A line end that no other stage knows is replaced one for one, so that every offset stays true.
        text = _LONE_RETURN.sub("\n", found.text)
        if not text.strip():
            yield problems.empty_file(capture)
            return
        first = head(text)
        document = Document(
            capture=capture.id,
            text=text,
            text_sha256=text_sha256(text),
            title=first.title,
            byline=first.byline,
            published_at=first.published_at,
            url=capture.url,
            reader=f"{self.name} {self.version}",
        )
        yield document
        yield from problems.of_encoding(capture, found, document=document.id)
