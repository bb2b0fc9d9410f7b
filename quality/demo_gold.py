"""What a reader finds in the bundled case: the rows of tests/demo/expected.jsonl, with words as spans."""

import re

import msgspec

from quality.shared import ROOT
from sayso.core.records import Act, LinkKind, Polarity, Voice
from sayso.core.spans import Span, Spans
from sayso.core.views import DocumentHead

Snippet = tuple[str, int]  # words, and the nth place where they stand as whole words
Key = tuple[str, str]  # file and part
Letters = frozenset[int]  # the letters and digits of a passage, by code point


class Row(msgspec.Struct, frozen=True, tag_field="record", tag="attribution"):
    """One attribution as a reader sees it; the outlet's own sentences are rows too."""

    id: str
    file: str
    part: str
    voice: Voice
    act: Act
    polarity: Polarity
    source: tuple[Snippet, ...]
    cue: tuple[Snippet, ...]
    content: tuple[Snippet, ...]
    speaker: str | None
    within: str | None

    @property
    def key(self) -> Key:
        """The document it stands in."""
        return self.file, self.part

    @property
    def cited(self) -> bool:
        """Whether anybody is cited, were it the outlet by its own name."""
        return bool(self.cue or self.source or self.voice != "outlet")


class Side(msgspec.Struct, frozen=True):
    """One side of a link."""

    file: str
    part: str
    words: tuple[Snippet, ...]

    @property
    def key(self) -> Key:
        """The document it stands in."""
        return self.file, self.part


class Pair(msgspec.Struct, frozen=True, tag_field="record", tag="link"):
    """Two passages that belong side by side."""

    id: str
    kind: LinkKind
    left: Side
    right: Side
    why: str


class Expected(msgspec.Struct, frozen=True):
    """The whole of it."""

    rows: tuple[Row, ...]
    pairs: tuple[Pair, ...]


def expected() -> Expected:
    """Read the expectations."""
    lines = (ROOT / "tests" / "demo" / "expected.jsonl").read_bytes()
    records = msgspec.json.Decoder(Row | Pair).decode_lines(lines)
    return Expected(
        rows=tuple(one for one in records if isinstance(one, Row)),
        pairs=tuple(one for one in records if isinstance(one, Pair)),
    )


def spans_of(snippets: tuple[Snippet, ...], text: str) -> Spans:
    """Return where the words stand, in code points; raises LookupError when they do not."""
    return tuple(_place(words, nth, text) for words, nth in snippets)


def letters(spans: Spans, text: str) -> Letters:
    """Return where the letters and digits of some words stand: marks and white space count for nothing."""
    return frozenset(at for span in spans for at in range(span.start, span.end) if text[at].isalnum())


def key_of(document: DocumentHead) -> Key:
    """Return the file and part that a document was read from."""
    file, _, part = document.origin.partition("#")
    return file, part


def _place(words: str, nth: int, text: str) -> Span:
    # Places may overlap, so that only their beginnings are consumed.
    whole = re.compile(rf"(?<!\w)(?=({re.escape(words)})(?!\w))")
    places = [Span(*match.span(1)) for match in whole.finditer(text)]
    if len(places) < nth:
        message = f"{words!r} stands {len(places)} times in the text, not {nth}"
        raise LookupError(message)
    return places[nth - 1]
