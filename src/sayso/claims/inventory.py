"""The values and names of a reading, found by where they stand."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeVar

from sayso.core.reading import Reading, Values
from sayso.core.records import Law, Mention, Part, Party, Place, Quantity, Time
from sayso.core.spans import Span
from sayso.language.segments import Segments

_V = TypeVar("_V", Quantity, Time, Place, Law)


class Inventory:
    """The values and names of a reading, found by where they stand."""

    def __init__(self, reading: Reading, segments: Segments) -> None:
        self.values = reading.values
        self.mentions = sorted(reading.mentions, key=lambda one: one.span)
        self.parties = {party.id: party for party in reading.parties}
        self.segments = segments
        self._starts = [one.span.start for one in self.mentions]

    def mentions_in(self, span: Span) -> list[Mention]:
        """Return the mentions inside a span."""
        low = bisect_left(self._starts, span.start)
        high = bisect_left(self._starts, span.end)
        return [one for one in self.mentions[low:high] if one.span.within(span)]

    def within(self, span: Span) -> Values:
        """Return the values inside a span."""
        return Values(
            quantities=tuple(standing_in(self.values.quantities, span)),
            times=tuple(standing_in(self.values.times, span)),
            places=tuple(standing_in(self.values.places, span)),
            law=tuple(standing_in(self.values.law, span)),
        )

    def part(self, mention: Mention) -> Part:
        """Return a mention as a part of a claim, under its party's name."""
        party: Party | None = self.parties.get(mention.party) if mention.party is not None else None
        name = mention.span.of(self.segments.text) if party is None else party.name
        return Part(span=mention.span, name=name, party=mention.party)


def standing_in(found: Sequence[_V], span: Span) -> Iterator[_V]:
    """Yield the values inside a span, of some that stand in text order."""
    at = bisect_left(found, span.start, key=lambda one: one.span.start)
    while at < len(found) and found[at].span.start < span.end:
        if found[at].span.within(span):
            yield found[at]
        at += 1
