"""Places as a text names them, each with the records it may be, ranked by what else the text names."""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from sayso.claims.toponyms import Named, demonym, mentioned, prior, with_kind
from sayso.core.records import Mention, Place, PlaceCandidate
from sayso.core.spans import Span
from sayso.language.gazetteer import Entry
from sayso.language.lexicon import names
from sayso.language.segments import Segments

_SHOWN = 5  # candidates that are kept
_SURER = 2.0  # so many times heavier than any other place must the first be, else the name stays open
_EARTH = 6371.0  # kilometres
_ITS_OWN = 75.0  # kilometres between a city and the middle of an area that bears its name
_NEAR = 300.0  # kilometres: neighbours speak for each other

_LINE = re.compile(
    r"\b(?:along|on|at|across|near|over|from|to|towards?|behind) "
    r"(?P<line>the (?:(?:entire|whole|former|northern|southern|eastern|western|central) ){0,2}"
    r"(?:fronts?|front ?lines?|(?:contact|demarcation|ceasefire|armistice|separation|battle) lines?"
    r"|lines? of (?:contact|control|separation|demarcation)|buffer zones?|demilitari[sz]ed zone))\b"
    r"(?! (?:of|page|door|row|seat|end|cover)\b)"
)

_SAME_COUNTRY = 1.2  # nats for each e-fold of the text's mentions of the country
_CONTAINED = 5.0  # "Paris, Texas"
_NEIGHBOUR = 1.0
_ANCHORS = 64  # towns of a text that speak for their neighbours: the work stays linear in its length


def places_in(segments: Segments, mentions: Sequence[Mention]) -> tuple[Place, ...]:
    """Return the places of a text in order: those of the gazetteer, and what else the text treats as one.

    What a people is called is no place.
    """
    known = [one for one in mentioned(segments) if not demonym(one)]
    lines = [Named(span, span.of(segments.text), ()) for span in _lines(segments)]
    known = sorted((*known, *(one for one in lines if not _meets(one.span, known))), key=lambda one: one.span)
    others = [
        Named(span, mention.span.of(segments.text), ())
        for mention in mentions
        if mention.kind == "place" and not _meets(span := with_kind(segments, mention.span), known)
    ]
    return tuple(resolved(segments, sorted((*known, *others), key=lambda one: one.span)))


def _lines(segments: Segments) -> Iterator[Span]:
    """Yield the lines of a war that bear no name: "along the entire front", "on the line of contact"."""
    for found in _LINE.finditer(segments.text):
        yield Span(found.start("line"), found.end("line"))


def _meets(span: Span, known: Sequence[Named]) -> bool:
    """Tell whether a span shares a code point with one of some names, which stand in order."""
    at = bisect_left(known, span.end, key=lambda one: one.span.start)
    return at > 0 and known[at - 1].span.end > span.start


def resolved(segments: Segments, named: Sequence[Named]) -> Iterator[Place]:
    """Yield a place for each name, ranked by what else the text names."""
    around = _Context(segments, named)
    for number, one in enumerate(named):
        ranked = around.ranked(number)
        first = ranked[0] if ranked and _is_sure(ranked) else None
        yield Place(
            span=one.span,
            name=one.name,
            kind=_kind(segments.text, one, first),
            gazetteer=first.gazetteer if first is not None else None,
            candidates=ranked[:_SHOWN],
        )


def _is_sure(ranked: Sequence[PlaceCandidate]) -> bool:
    """Tell whether the first candidate is the one meant; a city and its own area speak for each other."""
    first = ranked[0]
    here = elsewhere = 0.0
    for one in ranked:
        distance = _kilometres(one.latitude, one.longitude, first.latitude, first.longitude)
        if one.countries == first.countries and distance < _ITS_OWN:
            here += one.score
        else:
            elsewhere = max(elsewhere, one.score)
    return here >= _SURER * elsewhere


def _kind(text: str, named: Named, first: PlaceCandidate | None) -> str | None:
    last = named.span.of(text).rsplit(None, 1)[-1].lower()
    if last in names().place:
        return last
    return first.kind if first is not None else None


def _distance(left: Entry, right: Entry) -> float:
    return _kilometres(left.latitude, left.longitude, right.latitude, right.longitude)


def _kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the distance on the great circle of two points in degrees (haversine)."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    across = math.radians(other_longitude - longitude)
    chord = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(chord)))


class _Context:
    """What a text names, to weigh the records of each name by."""

    def __init__(self, segments: Segments, named: Sequence[Named]) -> None:
        self.text = segments.text
        self.named = named
        self.countries: defaultdict[str, float] = defaultdict(float)
        first: dict[str, Entry] = {}
        for one in named:
            if not one.entries:
                continue
            for country, share in _countries(one).items():
                self.countries[country] += share
            first.setdefault(one.entries[0].id, one.entries[0])
        # Countries stand anywhere; towns tell where the text happens, and the first ones tell enough.
        towns = (entry for entry in first.values() if entry.kind in ("city", "area", "district", "disputed"))
        self.anchors = list(islice(towns, _ANCHORS))
        self._weights: dict[tuple[str, str | None], tuple[PlaceCandidate, ...]] = {}

    def ranked(self, number: int) -> tuple[PlaceCandidate, ...]:
        """Return the candidates of a name with their shares of the weight, the heaviest first."""
        one = self.named[number]
        holder = self._holder(number)
        key = (one.name, holder.name if holder else None)
        known = self._weights.get(key)
        if known is None:
            known = self._weights[key] = self._ranked(one, holder)
        return known

    def _ranked(self, one: Named, holder: Named | None) -> tuple[PlaceCandidate, ...]:
        own = _countries(one)
        held = _weighed(holder) if holder else ()
        weights = [
            prior(entry)
            + self._told(entry, own)
            + _CONTAINED * max((share for other, share in held if _holds(other, entry)), default=0.0)
            for entry in one.entries
        ]
        found = [
            PlaceCandidate(
                gazetteer=entry.id,
                name=entry.name,
                kind=entry.kind,
                countries=entry.countries,
                latitude=entry.latitude,
                longitude=entry.longitude,
                score=round(share, 3),
            )
            for entry, share in zip(one.entries, _shares(weights), strict=True)
        ]
        return tuple(sorted(found, key=lambda candidate: (-candidate.score, candidate.gazetteer)))

    def _told(self, entry: Entry, own: Mapping[str, float]) -> float:
        """Return what the other names of the text say for a record: its country, and its neighbours."""
        country = max((self.countries[c] - own.get(c, 0.0) for c in entry.countries), default=0.0)
        weight = _SAME_COUNTRY * math.log1p(max(0.0, country))
        if entry.kind not in ("city", "district", "area"):
            return weight
        neighbours = (
            anchor.id != entry.id and anchor.name != entry.name and _distance(anchor, entry) < _NEAR
            for anchor in self.anchors
        )
        return weight + (_NEIGHBOUR if any(neighbours) else 0.0)

    def _holder(self, number: int) -> Named | None:
        """Return the name after a comma or a bracket: what a town's name is made clear with."""
        if number + 1 >= len(self.named):
            return None
        here, after = self.named[number], self.named[number + 1]
        between = self.text[here.span.end : after.span.start].strip()
        return after if between in (",", "(", "in", ", in") else None


def _weighed(named: Named) -> list[tuple[Entry, float]]:
    """Return the records of a name with their shares when nothing else is known."""
    return list(zip(named.entries, _shares([prior(entry) for entry in named.entries]), strict=True))


def _countries(named: Named) -> dict[str, float]:
    """Return how much a name speaks for each country."""
    found: defaultdict[str, float] = defaultdict(float)
    for entry, share in _weighed(named):
        for country in entry.countries:
            found[country] += share / len(entry.countries)
    return found


def _holds(outer: Entry, inner: Entry) -> bool:
    if outer.id == inner.id or not set(outer.countries) & set(inner.countries):
        return False
    if outer.kind == "country":
        return inner.kind != "country"
    return (
        outer.kind in ("area", "district", "disputed")
        and inner.kind == "city"
        and _distance(outer, inner) < 2 * _NEAR
    )


def _shares(weights: Sequence[float]) -> list[float]:
    """Return weights in nats as shares of one."""
    top = max(weights, default=0.0)
    each = [math.exp(weight - top) for weight in weights]
    return [one / sum(each) for one in each]
