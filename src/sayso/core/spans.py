"""Spans: code points into a text that never changes, half open."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

import msgspec

from sayso.core.errors import BadSpan


class Span(msgspec.Struct, frozen=True, order=True, array_like=True):
    """The code points `text[start:end]` of one stored text; never empty.

    Positional, and `[start, end]` in JSON, because spans are written more often than anything else.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise BadSpan(
                "bad-span",
                f"a span needs 0 <= start < end, not [{self.start}, {self.end}]",
                hint="offsets are code points, half open",
            )

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words this span points at, or raise BadSpan when the text is too short for it."""
        if self.end > len(text):
            raise BadSpan(
                "span-outside",
                f"[{self.start}, {self.end}] ends after the text, which has {len(text)} code points",
                hint="is this the text the span was made for? Compare text_sha256.",
            )
        return text[self.start : self.end]

    def within(self, other: "Span") -> bool:
        """Tell whether every code point of this span lies in `other`."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share a code point."""
        return self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]


def hull(spans: Iterable[Span]) -> Span:
    """Return the smallest span that holds all of `spans`; raises ValueError when there are none."""
    spans = tuple(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def words(spans: Iterable[Span], text: str) -> str:
    """Return the words of discontinuous spans, joined by an ellipsis."""
    return " … ".join(span.of(text) for span in spans)


def covers(outer: Spans, inner: Spans) -> bool:
    """Tell whether each of `inner` lies within one of `outer`."""
    return all(any(i.within(o) for o in outer) for i in inner)


class Pieces:
    """Spans that may overlap, asked whether one of them holds another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        # The furthest end of all that start here or before.
        self._ends = list(accumulate((span.end for span in ordered), max))

    def hold(self, span: Span) -> bool:
        """Whether one of the spans has every code point of this one."""
        at = bisect_right(self._starts, span.start) - 1
        return at >= 0 and self._ends[at] >= span.end


def trimmed(span: Span, text: str, *, edges: str = " \t\r\n\u00a0\u200b\ufeff") -> Span | None:
    """Return the span without `edges` at its two ends, or None when nothing else is in it."""
    start, end = span.start, span.end
    while start < end and text[start] in edges:
        start += 1
    while start < end and text[end - 1] in edges:
        end -= 1
    return Span(start, end) if start < end else None


class Utf16:
    """Converts between code points and the UTF-16 units that browsers and UIMA count.

    The one place where this happens. Build it once for a text; each conversion is a binary search over
    the characters outside the basic multilingual plane.
    """

    def __init__(self, text: str) -> None:
        self._wide = [i for i, character in enumerate(text) if character > "\uffff"]
        self._wide_units = [i + n for n, i in enumerate(self._wide)]

    def units(self, point: int) -> int:
        """Return the offset in UTF-16 units of a code-point offset."""
        return point + bisect_left(self._wide, point)

    def point(self, unit: int) -> int:
        """Return the code-point offset of a UTF-16 offset; inside a pair, that of its character."""
        return unit - bisect_left(self._wide_units, unit)
