"""The figures of a case, one chart for each outcome and population, with bounds as bars."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from sayso.core.records import Number, Quantity

MOST_ROWS = 60  # of one chart
_TICKS = 5  # at most, so that their labels do not touch on a phone
_LABELLED = 24  # more marks than these stand too close to be numbered
_DAYS_LABELLED = 6
# The drawing, in its own units: the frame, and what its scales take of it.
WIDTH, HEIGHT = 720, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 22, 28
_SPREAD = 15  # between marks of one day
_HEADROOM = 1.04  # the largest figure keeps clear of the edge, and an open end has room to point beyond it


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """A figure in a claim: who states it, when, and where it stands."""

    quantity: Quantity
    day: str  # ISO 8601, or empty when the document has no date
    speaker: str
    places: tuple[str, ...] = ()  # that the claim names
    number: str  # of the claim in the page
    anchor: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a chart. Positions are per cent of the chart's width."""

    day: str
    speaker: str
    value: str  # as a reader says it: "at least 40"
    places: tuple[str, ...]
    claims: tuple[tuple[str, str], ...]  # number and anchor of every claim that states it
    left: float
    right: float
    point: float | None
    open_left: bool
    open_right: bool


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """A mark of the scale."""

    at: float  # per cent of the width
    label: str


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """All that is said about one outcome for one population, oldest first, undated last."""

    outcome: str
    population: str  # empty when any person counts
    unit: str  # empty for persons
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    more: int = 0  # rows that are left out
    plot: "Plot | None" = None  # None: fewer than two days are known

    @property
    def told(self) -> str:
        """Say in words what the drawing shows."""
        named = f"{self.outcome}, {self.population}" if self.population else self.outcome
        dated = [row for row in self.rows if row.day]
        first, last = (dated[0], dated[-1]) if dated else (self.rows[0], self.rows[-1])
        return (
            f"{len(self.rows)} figures for {named}: {first.speaker} states {first.value} on "
            f"{first.day or 'no known day'}, {last.speaker} {last.value} on {last.day or 'no known day'}. "
            "The table below has all of them."
        )


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One row in the drawing, in the drawing's own units."""

    x: float
    top: float
    bottom: float
    point: float | None
    open_up: bool
    open_down: bool
    label: str  # the row's number; empty where marks stand too close
    title: str


class Plot(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a chart over time, in the drawing's own units."""

    marks: tuple[Mark, ...]
    days: tuple[Tick, ...]
    values: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT


def charts(stated: Iterable[Stated]) -> tuple[Chart, ...]:
    """Return the charts worth drawing: those with two or more different figures or speakers or days."""
    groups: defaultdict[tuple[str, str, str, str], list[Stated]] = defaultdict(list)
    for figure in stated:
        quantity = figure.quantity
        if quantity.outcome is not None and _known(quantity):
            groups[quantity.outcome, _population(quantity), quantity.kind, _unit(quantity)].append(figure)
    drawn = [_chart(figures) for _, figures in sorted(groups.items())]
    return tuple(sorted((chart for chart in drawn if len(chart.rows) > 1), key=lambda c: -len(c.rows)))


def value_words(quantity: Quantity) -> str:
    """Say a quantity's bounds in words, without what is counted."""
    low, best, high = quantity.low, quantity.best, quantity.high
    unit = " %" if quantity.kind == "percent" else ""
    stated = best if best is not None else low if low is not None else high
    match quantity.bound:
        case "range" if low is not None and high is not None:
            return f"{_number(low)} to {_number(high)}{unit}"
        case "at_least" | "at_most" | "more_than" | "less_than" | "about":
            return f"{quantity.bound.replace('_', ' ')} {_number(stated)}{unit}"
        case "vague":
            return _vague(low, high) + unit
        case _:
            return f"{_number(stated)}{unit}"


def _vague(low: Number | None, high: Number | None) -> str:
    if low is not None and high is not None:
        return f"vague, {_number(low)} to {_number(high)}"
    return f"vague, up to {_number(high)}" if low is None else f"vague, {_number(low)} or more"


def _number(value: Number | None) -> str:
    return "?" if value is None else f"{value:,}".replace(",", "\u202f")


def outcome_words(quantity: Quantity) -> str:
    """Say what a quantity counts, with its bounds: "at least 40 killed (civilian)"."""
    population = _population(quantity)
    return f"{value_words(quantity)} {quantity.outcome}" + (f" ({population})" if population else "")


def _unit(quantity: Quantity) -> str:
    # "17 dead" and "17 people killed" are counted alike.
    return "" if quantity.unit == "person" else quantity.unit or ""


def _population(quantity: Quantity) -> str:
    return "" if quantity.population == "person" else quantity.population or ""


def _known(quantity: Quantity) -> list[Number]:
    return [value for value in (quantity.low, quantity.best, quantity.high) if value is not None]


def _chart(figures: list[Stated]) -> Chart:
    first = figures[0].quantity
    values = [value for figure in figures for value in _known(figure.quantity)]
    ticks = list(_scale(min(0, *values), max(0, *values) * _HEADROOM))
    bottom, top = ticks[0], max(ticks[-1], max(values) * _HEADROOM)
    width = top - bottom

    def at(value: Number) -> float:
        return round(100 * (value - bottom) / width, 2)

    alike: defaultdict[tuple[bool, str, str, str, tuple[str, ...]], list[Stated]] = defaultdict(list)
    for figure in figures:
        held = figure.quantity.stated == "held"
        value = value_words(figure.quantity) + ("" if held else f", {figure.quantity.stated}")
        alike[not figure.day, figure.day, figure.speaker, value, figure.places].append(figure)
    rows = []
    for (_, day, speaker, value, places), same in sorted(alike.items(), key=lambda item: item[0]):
        quantity = same[0].quantity
        known = _known(quantity)
        open_left = quantity.low is None and quantity.bound in {"at_most", "less_than", "vague"}
        open_right = quantity.high is None and quantity.bound in {"at_least", "more_than", "vague"}
        rows.append(
            Row(
                day=day,
                speaker=speaker,
                value=value,
                places=places,
                claims=tuple(dict.fromkeys((figure.number, figure.anchor) for figure in same)),
                left=0.0 if open_left else at(min(known)),
                right=100.0 if open_right else at(max(known)),
                point=None if quantity.best is None else at(quantity.best),
                open_left=open_left,
                open_right=open_right,
            )
        )
    scale = tuple(Tick(at=at(tick), label=_number(tick)) for tick in ticks)
    shown = tuple(rows[:MOST_ROWS])
    return Chart(
        outcome=first.outcome or "",
        population=_population(first),
        unit=_unit(first),
        rows=shown,
        ticks=scale,
        more=len(rows) - len(shown),
        plot=_plot(shown, scale),
    )


def _plot(rows: Sequence[Row], scale: Sequence[Tick]) -> Plot | None:
    days = sorted({row.day for row in rows if row.day})
    if len(days) < 2:  # noqa: PLR2004 - one day is no course of time
        return None
    first = date.fromisoformat(days[0])
    length = (date.fromisoformat(days[-1]) - first).days
    of_day = Counter(row.day for row in rows if row.day)
    placed: Counter[str] = Counter()
    # The widest day must not run out of the frame.
    spread = min(_SPREAD, 80 / max(of_day.values()))
    margin = spread * max(of_day.values()) / 2

    def across(day: str) -> float:
        room = WIDTH - _LEFT - _RIGHT - 2 * margin
        return _LEFT + margin + room * (date.fromisoformat(day) - first).days / length

    marks = []
    for number, row in enumerate(rows, 1):
        if not row.day:
            continue
        aside = (placed[row.day] - (of_day[row.day] - 1) / 2) * spread
        placed[row.day] += 1
        marks.append(
            Mark(
                x=round(across(row.day) + aside, 1),
                top=_up(row.right),
                bottom=_up(row.left),
                point=None if row.point is None else _up(row.point),
                open_up=row.open_right,
                open_down=row.open_left,
                label=str(number) if len(rows) <= _LABELLED else "",
                title=f"{row.day}, {row.speaker}: {row.value}",
            )
        )
    step = max(1, math.ceil(len(days) / _DAYS_LABELLED))
    return Plot(
        marks=tuple(marks),
        days=tuple(Tick(at=round(across(day), 1), label=day) for day in days[::step]),
        values=tuple(Tick(at=_up(tick.at), label=tick.label) for tick in scale),
    )


def _up(per_cent: float) -> float:
    """Return how far down the drawing a share of the scale stands: SVG counts from the top."""
    return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * per_cent / 100, 1)


def _scale(low: Number, high: Number) -> Iterator[Number]:
    """Yield round numbers from at or below `low` up to at most `high`, with steps of 1, 2 or 5 times ten."""
    span = (high - low) or 1
    power = math.floor(math.log10(span / _TICKS))
    unit: Number = 10**power if power >= 0 else 1 / 10**-power
    step = next(unit * factor for factor in (1, 2, 5, 10, 20) if span / (unit * factor) <= _TICKS)
    for count in range(math.floor(low / step), math.floor(high / step) + 1):
        yield step * count if isinstance(step, int) else round(step * count, -power)
