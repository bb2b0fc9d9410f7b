"""The comparison of places and of dates, by how many a case has of them."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from bench.timing import TIMES_LONGER, Figure, seconds
from sayso.core.records import Place, PlaceCandidate, Time
from sayso.core.spans import Span
from sayso.linking.dates import can_be, days_of
from sayso.linking.where import names_of_place, one_place

_MANY = 2_000
_HERE = Span(0, 1)
_PLACES: dict[str, Callable[[int], Place]] = {
    "names without a record": lambda at: _place(f"Brenna {at}", None),
    "names of one record": lambda at: _place(f"Brenna {at}", 0),
    "records": lambda at: _place(f"Brenna {at}", at),
    "one name": lambda at: _place("Brenna", 0 if at % 2 else None),
    "a name of twenty records": lambda at: _place("Brenna", at % 20),
}
_DATES: dict[str, Callable[[int], str]] = {
    "days": lambda at: f"{1000 + at % 9000}-05-05",
    "months and years": lambda at: f"{1000 + at % 9000}-05" if at % 2 else f"{999 + at % 9000}",
    "weekdays that no day is": lambda at: f"{1000 + at % 9000}-02" if at % 2 else "XXXX-02-29",
}


def figures() -> Iterator[Figure]:
    """Yield how the time to compare grows with their number; 1.0 is linear."""
    for name, place in _PLACES.items():
        yield _grown(f"places that can be one: {name}", _keyed, place)
    for name, value in _DATES.items():
        yield _grown(f"dates that can be one: {name}", _compared, value)


_T = TypeVar("_T")


def _grown(name: str, read: Callable[[Sequence[_T]], object], made: Callable[[int], _T]) -> Figure:
    few, more = ([made(at) for at in range(number)] for number in (_MANY, _MANY * TIMES_LONGER))
    once, longer = seconds(lambda: read(few)), seconds(lambda: read(more))
    return Figure(
        name,
        f"{longer / once / TIMES_LONGER:.2f} ({len(more) / longer / 1000:,.0f} thousand/s)",
        f"{TIMES_LONGER} × {_MANY:,} values against {_MANY:,}, per value",
    )


def _place(name: str, record: int | None) -> Place:
    """Return a place; records stand far from each other."""
    if record is None:
        return Place(span=_HERE, name=name)
    candidate = PlaceCandidate(
        gazetteer=f"g:{record}",
        name=name,
        kind="city",
        countries=("VL",),
        latitude=record // 360 * 2 - 80,
        longitude=record % 360 - 180,
        score=1,
    )
    return Place(span=_HERE, name=name, gazetteer=candidate.gazetteer, candidates=(candidate,))


def _keyed(places: Sequence[Place]) -> None:
    for left, right in pairwise(places):
        names_of_place(left)
        one_place(left, right)


def _compared(values: Sequence[str]) -> None:
    can_be.cache_clear()  # else the second round would only look answers up
    known = [days_of(Time(span=_HERE, value=value, kind="date")) for value in values]
    for left, right in pairwise(known):
        any(can_be(one, other) for one in left for other in right)
