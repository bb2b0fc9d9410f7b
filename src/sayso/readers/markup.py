"""The visible characters of an HTML page in the order of the page, each with its place in the page.

The page is scanned as it stands, without a tree: a tree forgets offsets. Entities are decoded, comments,
scripts and styles passed over, and the edges of blocks kept as separators.
"""

import html
import re
from bisect import bisect_right
from itertools import groupby

import msgspec

PARAGRAPH = "\u2029"  # the edge of a block
LINE = "\u2028"  # a line break, or the edge of a table cell

_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "center",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
        ),
        *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *(
            "header",
            "hgroup",
            "hr",
            "html",
            "legend",
            "li",
            "main",
            "menu",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
        ),
        *("summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    )
)
_HEAD = frozenset(("html", "head", "meta", "link", "base", "noscript"))
_LINES = frozenset(("br", "td", "th", "option"))
_ATTRIBUTES = r"""(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+)*+(?:>|\Z)"""
# Where a word may be broken is the page's business. What joins emoji or turns the writing is the text's.
_LAYOUT = re.compile("[\0-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff]")
_PIECE = re.compile(
    rf"""
      <!--.*?(?:-->|\Z)
    | <(?P<raw>script|style|title|textarea|iframe)\b{_ATTRIBUTES}.*?(?:</(?P=raw)\b[^>]*>|\Z)
    | <[!?][^>]*+(?:>|\Z)
    | </?(?P<tag>[a-z][^\s/>]*+){_ATTRIBUTES}
    | (?P<entity>&(?:\#[0-9]+;?|\#x[0-9a-f]+;?|[a-z][a-z0-9]*;?))
    | (?P<text>[^<&]++|[<&])
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


class Piece(msgspec.Struct, frozen=True):
    """Characters `start:end` of the visible text, and the page's code points they were decoded from.

    Where both are of one length they match one for one; else each character comes from the whole.
    """

    start: int
    end: int
    page_start: int
    page_end: int

    @property
    def even(self) -> bool:
        """Whether the characters match one for one."""
        return self.end - self.start == self.page_end - self.page_start

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters `start:end` of this piece stand in the page."""
        if not self.even:
            return self.page_start, self.page_end
        return self.page_start + start - self.start, self.page_start + end - self.start


class Visible(msgspec.Struct, frozen=True):
    """The visible text of a page, and its pieces in order."""

    text: str
    pieces: tuple[Piece, ...]
    joiners: dict[int, str]  # what shapes its neighbours, by the offset in `text` of what it stands before

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters `start:end` of the visible text stand in the page."""
        first, last = self._piece(start), self._piece(end - 1)
        return first.source(start, start + 1)[0], last.source(end - 1, end)[1]

    def _piece(self, at: int) -> Piece:
        return self.pieces[bisect_right(self.pieces, at, key=lambda piece: piece.start) - 1]


def is_hidden(character: str) -> bool:
    """Tell whether a character is neither seen nor a space, like a joiner or a direction mark."""
    return not (character.isprintable() or character.isspace())


def all_seen(text: str) -> bool:
    """Tell whether a text holds no hidden character."""
    return "".join(text.split()).isprintable()


def without_hidden(text: str) -> str:
    """Return the text without its hidden characters."""
    if all_seen(text):
        return text
    return "".join(character for character in text if not is_hidden(character))


def visible(page: str) -> Visible:
    """Return the visible text of a decoded page; offsets are code points into `page`."""
    scan = _Scan()
    for match in _PIECE.finditer(page):
        if match["text"]:
            scan.characters(match["text"], match.start())
        elif match["entity"]:
            scan.entity(match["entity"], match.start())
        elif match["tag"]:
            scan.tag(match["tag"].lower(), match.start(), match.end())
    return scan.result()


def body_start(page: str) -> int:
    """Return where the body of a page begins that has no tag for it: at its first text or body element."""
    for match in _PIECE.finditer(page):
        tag, text = match["tag"], match["text"] or match["entity"]
        if (tag and tag.lower() not in _HEAD) or (text and not text.isspace()):
            return match.start()
    return len(page)


class _Scan:
    """What has been seen of a page so far."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._joiners: dict[int, str] = {}
        self._length = 0

    def characters(self, text: str, at: int) -> None:
        if all_seen(text):
            self._add(text, at, at + len(text))
            return
        for hidden, group in groupby(text, is_hidden):
            run = "".join(group)
            if hidden:
                self._hide(run)
            else:
                self._add(run, at, at + len(run))
            at += len(run)

    def entity(self, entity: str, at: int) -> None:
        text = html.unescape(entity)
        if text == entity:
            self.characters(text, at)
        elif any(map(is_hidden, text)):
            self._hide(text)
        else:
            self._add(text, at, at + len(entity))

    def tag(self, name: str, start: int, end: int) -> None:
        if name in _BLOCKS:
            self._add(PARAGRAPH, start, end)
        elif name in _LINES:
            self._add(LINE, start, end)

    def result(self) -> Visible:
        return Visible("".join(self._parts), tuple(self._pieces), self._joiners)

    def _add(self, text: str, start: int, end: int) -> None:
        self._parts.append(text)
        self._pieces.append(Piece(self._length, self._length + len(text), start, end))
        self._length += len(text)

    def _hide(self, text: str) -> None:
        if joiners := _LAYOUT.sub("", text):
            self._joiners[self._length] = self._joiners.get(self._length, "") + joiners
