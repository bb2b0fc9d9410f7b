"""From a stored text back to the page it was read from, character by character."""

import re
from bisect import bisect_right

import msgspec

from sayso.core.errors import BadSpan
from sayso.core.spans import Span
from sayso.readers.alignment import NOWHERE, aligned
from sayso.readers.markup import Piece, Visible, all_seen, is_hidden, visible

_DASHES = re.compile(r"^- ", re.MULTILINE)


class OffsetMap(msgspec.Struct, frozen=True):
    """Which code points of the decoded page each code point of the stored text comes from.

    Only characters with a place in the page are listed. The white space between paragraphs and the dash of a
    list item stand for the mark-up between two such characters, so they come from all that lies between.
    """

    pieces: tuple[Piece, ...]

    def of(self, span: Span) -> Span:
        """Return the code points of the decoded page that the span of the stored text comes from.

        Raises BadSpan for a span whose characters come from nowhere, such as the dash of the first item.
        """
        start, end = self._start(span.start), self._end(span.end)
        if start >= end:
            raise BadSpan(
                "no-source",
                f"[{span.start}, {span.end}] holds no character of the page",
                hint="only the dash of a list item or white space has no place of its own",
            )
        return Span(start, end)

    def _start(self, at: int) -> int:
        number = bisect_right(self.pieces, at, key=lambda piece: piece.start)
        if number and at < self.pieces[number - 1].end:
            return self.pieces[number - 1].source(at, at + 1)[0]
        if number:
            return self.pieces[number - 1].page_end
        return self.pieces[0].page_start if self.pieces else 0

    def _end(self, at: int) -> int:
        number = bisect_right(self.pieces, at - 1, key=lambda piece: piece.start)
        if number and at <= self.pieces[number - 1].end:
            return self.pieces[number - 1].source(at - 1, at)[1]
        if number < len(self.pieces):
            return self.pieces[number].page_start
        return self.pieces[-1].page_end if self.pieces else 0


def source_offsets(text: str, page: str) -> OffsetMap:
    """Return where each character of a stored text stands in the decoded page it was read from.

    Pure, so it is computed when somebody asks and never stored: capture and document are enough. Decode the
    capture with `page.decoded_page`.
    """
    seen = visible(page)
    # A dash before an item is the reader's. One that the page has lies in the same gap.
    undashed = _DASHES.sub("  ", text)
    return OffsetMap(tuple(_joined(placed(undashed, seen), seen)))


def placed(text: str, seen: Visible) -> list[int]:
    """Return, for each character of a text, its offset in the visible text of a page, or `NOWHERE`."""
    if all_seen(text):
        return aligned(text, seen.text)
    shown = [at for at, character in enumerate(text) if not is_hidden(character)]
    places = [NOWHERE] * len(text)
    for at, place in zip(shown, aligned("".join(text[at] for at in shown), seen.text), strict=True):
        places[at] = place
    return places


def _joined(places: list[int], seen: Visible) -> list[Piece]:
    joined: list[Piece] = []
    for at, place in enumerate(places):
        if place == NOWHERE:
            continue
        start, end = seen.source(place, place + 1)
        last = joined[-1] if joined else None
        if last and last.end == at and last.page_end == start and last.even and end == start + 1:
            joined[-1] = Piece(last.start, at + 1, last.page_start, end)
        else:
            joined.append(Piece(at, at + 1, start, end))
    return joined
