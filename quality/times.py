"""Times and law: the days, ranges, durations and repetitions of Recognizers-Text, and one seed's gold.

Of the English DateTimeModel the cases are taken with at least one result where every result is a `date`, a
`daterange`, or a `duration` or `set` without a time of day or a unit below the day. A case is right when
the times found are the results, no more and no fewer, span and value both. Left out are all cases with a
time, a time range, a date-time, a time zone or an untyped result. The cases without any result are a
measure of their own: nothing may be found in them.

A value is right when it stands for the days of one of a result's resolutions, or is its TIMEX; the
resolutions of "November 5" are the last and the next one, and a text of news means one of them. Where a
result names both ends of a range ("from August to October"), its end is the first day of what is named, and
ours holds all of it: there the first days of both ends are compared. A modifier ("since", "before", "mid",
"more than") has to be the result's. The reference day is the case's own, a day no calendar has ("not
resolved") is right as a Problem, and 5/12 is read as the culture of the set (en-us) does.
"""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from quality.measure import Measure
from quality.shared import SHARED
from sayso.claims.calendar import When, first_day
from sayso.claims.law import law_in
from sayso.claims.timeparts import bounds_of
from sayso.claims.times import times_in
from sayso.core.records import Law, Problem, Time
from sayso.core.spans import Span
from sayso.language.heads import head
from sayso.language.segments import segments_of

CASES = SHARED / "data" / "values" / "recognizers" / "DateTime" / "DateTimeModel.json"
_TAKEN = {"datetimeV2.date", "datetimeV2.daterange", "datetimeV2.duration", "datetimeV2.set"}
_CLOCK = re.compile(r"T\d|T[A-Z]|^T")
_NAMED_ENDS = re.compile(
    r"\d\s*[-~]\s*\d|\s[-–]\s|[a-z]-[a-z]|\b(?:to|through|till|until|and)\b|-", re.IGNORECASE
)
_MODIFIERS = {
    "before": {"before", "on_or_before"},
    "until": {"before", "on_or_before"},
    "after": {"after"},
    "since": {"on_or_after"},
    "start": {"start"},
    "mid": {"mid"},
    "end": {"end"},
    "approx": {"approx"},
    "more": {"more_than", "equal_or_more"},
    "less": {"less_than", "equal_or_less"},
    "ref_undef": set(),
}
Case = dict[str, Any]
Result = dict[str, Any]


def measures() -> Iterator[Measure]:
    """Yield shares of cases in per cent."""
    every = cases()
    dated = [case for case in every if taken(case)]
    empty = [case for case in every if not case["Results"]]
    yield Measure(
        name="recognizers dates and durations exact", value=_share(sum(map(right, dated)), len(dated))
    )
    spans = sum(spans_of(case) == sorted(map(_span, case["Results"])) for case in dated)
    yield Measure(name="recognizers dates and durations spans", value=_share(spans, len(dated)))
    nothing = sum(not found(case) for case in empty)
    yield Measure(name="recognizers no date where none is", value=_share(nothing, len(empty)))
    yield from trend_measures()


def cases() -> list[Case]:
    """Return all cases of the set."""
    loaded: list[Case] = json.loads(CASES.read_text(encoding="utf-8-sig"))
    return loaded


def taken(case: Case) -> bool:
    """Whether every result of a case is of the measured kinds."""
    results = case["Results"]
    return bool(results) and all(
        result.get("TypeName") in _TAKEN and not _clock(result) for result in results
    )


def _clock(result: Result) -> bool:
    return any(_CLOCK.search(value.get("timex", "")) for value in _resolutions(result))


def _resolutions(result: Result) -> list[dict[str, str]]:
    found: list[dict[str, str]] = result.get("Resolution", {}).get("values", [])
    return found


def found(case: Case) -> list[Time]:
    """Return the times found in a case's text, counted from its own reference day."""
    stated = case.get("Context", {}).get("ReferenceDateTime")
    written = None if stated is None else date.fromisoformat(stated[:10])
    made = times_in(case["Input"], written, month_first=True)
    impossible = [
        one.span for one in made if isinstance(one, Problem) and one.code == "impossible-date" and one.span
    ]
    held = [Time(span=span, value="impossible", kind="date") for span in impossible]
    return [one for one in made if isinstance(one, Time)] + held


def spans_of(case: Case) -> list[tuple[int, int]]:
    """Return where the times found stand."""
    return sorted((one.span.start, one.span.end) for one in found(case))


def _span(result: Result) -> tuple[int, int]:
    return result["Start"], result["End"] + 1


def right(case: Case) -> bool:
    """Whether the times found are the results."""
    by_span = {(one.span.start, one.span.end): one for one in found(case)}
    results = case["Results"]
    if set(by_span) != set(map(_span, results)):
        return False
    return all(_same(by_span[_span(result)], result) for result in results)


def _same(time: Time, result: Result) -> bool:
    return any(_is(time, value, result["Text"]) for value in _resolutions(result))


def _is(time: Time, value: dict[str, str], words: str) -> bool:
    stated = [part for part in value.get("Mod", "").split("-") if part]
    if not _modified_alike(time.modifiers, stated):
        return False
    timex = value["timex"]
    if time.value == "impossible":
        return value.get("value") == "not resolved"
    if time.value == timex:
        return True
    if value["type"] == "date":
        return time.value == value.get("value")
    if value["type"] != "daterange":
        return False
    if set(stated) - {"ref_undef"}:
        return _is_open(time.value, timex) and _year_listed(time.value, value)
    ours = days_of(time.value)
    if ours is None or "start" not in value or "end" not in value:
        return False
    start, end = (date.fromisoformat(value[name]) for name in ("start", "end"))
    if (ours[0], ours[1] + timedelta(days=1)) == (start, end):
        return True
    return (
        _NAMED_ENDS.search(words) is not None
        and "/" in time.value
        and (ours[0], _last_part(time.value)) == (start, end)
    )


def _modified_alike(ours: Sequence[str], stated: Sequence[str]) -> bool:
    wanted = [_MODIFIERS.get(part, {part}) for part in stated if part != "ref_undef"]
    return len(ours) == len(wanted) and all(one in allowed for one, allowed in zip(ours, wanted, strict=True))


def _is_open(value: str, timex: str) -> bool:
    """Whether a value is a TIMEX with its unknown digits filled in."""
    return re.fullmatch(re.escape(timex).replace("X", r"[\dX]"), value) is not None


def _year_listed(value: str, resolution: dict[str, str]) -> bool:
    ends = [date.fromisoformat(resolution[name]) for name in ("start", "end") if resolution.get(name)]
    years = {day.year for day in ends} | {(day - timedelta(days=1)).year for day in ends}
    return not value[:4].isdigit() or not ends or int(value[:4]) in years


_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-W(?P<week>\d\d)(?P<part>-W[ED])?|-Q(?P<quarter>\d)|-H(?P<half>\d)"
    r"|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|(?P<decade>\d{3})X|(?P<century>\d\d)XX"
)


def days_of(value: str) -> tuple[date, date] | None:
    """Return the first and last day a value stands for, or None when it leaves them open."""
    parts = [_of_part(part) for part in value.split("/")]
    if any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    return known[0][0], known[-1][1]


def _of_part(value: str) -> tuple[date, date] | None:
    when = _parsed(value)
    if when is None:
        return None
    if when.grain in {"weekend", "workweek"}:
        begin = first_day(when)
        return None if begin is None else (begin, begin + timedelta(days=1 if when.grain == "weekend" else 4))
    return bounds_of(when)


def _last_part(value: str) -> date | None:
    when = _parsed(value.rsplit("/", maxsplit=1)[-1])
    return None if when is None else first_day(when)


def _parsed(value: str) -> When | None:
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    if match["decade"]:
        return When(grain="decade", number=int(match["decade"]) * 10)
    if match["century"]:
        return When(grain="century", number=int(match["century"]) * 100)
    year = int(match["year"])
    if match["week"]:
        number = int(match["week"])
        if match["part"] is None:
            return When(grain="week", year=year, number=number)
        return When(grain="weekend" if match["part"] == "-WE" else "workweek", year=year, number=number)
    if match["quarter"] or match["half"]:
        return When(
            grain="quarter" if match["quarter"] else "half",
            year=year,
            number=int(match["quarter"] or match["half"]),
        )
    if match["day"]:
        return When(grain="day", year=year, month=int(match["month"]), day=int(match["day"]))
    if match["month"]:
        return When(grain="month", year=year, month=int(match["month"]))
    return When(grain="year", year=year)


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0


# -- the gold of one seed article


class GoldDate(msgspec.Struct):
    """A time as annotated by hand; `alt` is a value just as good."""

    span: Span
    value: str
    alt: str = ""


class GoldReference(msgspec.Struct):
    """A legal document, or a list of them, as annotated by hand."""

    span: Span
    numbers: list[int] = []


class GoldRow(msgspec.Struct):
    """What one claim of the article says of times and law."""

    dates: list[GoldDate]
    legal_refs: list[GoldReference]


def trend_measures() -> Iterator[Measure]:
    """Yield shares of the gold's times and legal references that are found with their values, in per cent."""
    text = (SHARED / "seeds" / "trend-2020-11-01.txt").read_text(encoding="utf-8")
    rows = msgspec.json.Decoder(GoldRow).decode_lines((SHARED / "seeds" / "gold-trend.jsonl").read_bytes())
    published = (head(text).published_at or "")[:10]
    times = [
        one
        for one in times_in(text, date.fromisoformat(published) if published else None)
        if isinstance(one, Time)
    ]
    laws = [one for one in law_in(segments_of(text)) if isinstance(one, Law)]
    dates = [gold for row in rows for gold in row.dates]
    references = [gold for row in rows for gold in row.legal_refs]
    met = [gold for gold in dates if any(one.span.overlaps(gold.span) for one in times)]
    yield Measure(name="trend times found", value=_share(len(met), len(dates)))
    right = [gold for gold in met if any(one.span.overlaps(gold.span) and _alike(one, gold) for one in times)]
    yield Measure(name="trend times with their value", value=_share(len(right), len(dates)))
    resolved = [gold for gold in references if _refers(gold, laws)]
    yield Measure(name="trend legal references", value=_share(len(resolved), len(references)))


def _alike(time: Time, gold: GoldDate) -> bool:
    return time.value in {gold.value, gold.alt}


def _refers(gold: GoldReference, laws: Sequence[Law]) -> bool:
    """Whether every document of a reference is found by its number, or one without a number by its words."""
    held = {one.identifier for one in laws if one.span.overlaps(gold.span)}
    if gold.numbers:
        return all(any(str(number) in (identifier or "") for identifier in held) for number in gold.numbers)
    return bool(held)
