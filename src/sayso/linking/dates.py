"""Which days a TIMEX/EDTF date can mean, and whether two dates can mean the same one."""

import math
import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache
from typing import NamedTuple

from sayso.core.records import Time, TimeModifier, published_moment

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
# After so many days every day of a month has fallen on every day of the week: no later day need be tried.
_CYCLE = 28 * 366
_MONTHS_OF_YEAR = 12
_LEAP_YEAR = 2000
_QUARTER, _HALF = 3, 6  # months
_DECEMBER, _APRIL = 11, 3  # months after January
_MOST: Mapping[str, int] = {"month": 12, "day": 31, "week": 53, "quarter": 4, "half": 2}

_VALUE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|XXXX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?"
    r"|-W(?P<week>[0-9]{2}|XX)(?:-(?P<weekday>[1-7]|WE|WD))?"
    r"|-(?P<part>[QH])(?P<number>[1-4])|-(?P<season>SP|SU|FA|WI))?(?:T.*)?"
)
# A fiscal or a school year begins and ends somewhere in the years beside the one it is called by.
_OTHER_YEAR = re.compile(r"[FS]Y([0-9]{4})")
_OF_DAY: Mapping[str, Callable[[date], int]] = {
    "month": lambda day: day.month,
    "day": lambda day: day.day,
    "weekday": lambda day: day.isoweekday(),
    "quarter": lambda day: (day.month - 1) // _QUARTER + 1,
    "half": lambda day: (day.month - 1) // _HALF + 1,
    "week": lambda day: day.isocalendar().week,
}


class Days(NamedTuple):
    """The days from `first` to `last`, proleptic Gregorian ordinals, of which `parts` hold.

    A part is what is stated of a day whose year is not: its month 11, its day 5. Of a season the months are
    not known, because they are others south of the equator; two seasons differ all the same.
    """

    first: int = _FIRST
    last: int = _LAST
    parts: tuple[tuple[str, int | str], ...] = ()

    @property
    def is_one(self) -> bool:
        """Whether it names one day, in whatever year."""
        return self.first == self.last or {"month", "day"} <= dict(self.parts).keys()


def days_of(time: Time) -> tuple[Days, ...]:
    """Return what a date can mean, several for one of a set; nothing where it tells no day from another.

    "Recently", "since the outbreak" and what is no TIMEX/EDTF date tell none.
    """
    if time.kind != "date":
        return ()
    value = time.value
    listed = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
    found = [days for one in listed if (days := _days(one.strip(), time.modifiers)) is not None]
    # Of a set with one member that can be anything, nothing is known.
    return tuple(found) if len(found) == len(listed) else ()


def days_between(one: str | None, other: str | None) -> float:
    """Return how many days lie between two dates of publication; infinity where one is not stated."""
    if one is None or other is None:
        return math.inf
    first, second = (date.fromisoformat(published_moment(stated)[0]) for stated in (one, other))
    return abs((first - second).days)


@lru_cache(maxsize=1 << 12)
def can_be(left: Days, right: Days) -> bool:
    """Tell whether some day is meant by both."""
    first, last = max(left.first, right.first), min(left.last, right.last)
    if first > last:
        return False
    ours = dict(left.parts)
    if any(ours.get(part, value) != value for part, value in right.parts):
        return False
    asked = [(_OF_DAY[part], value) for part, value in {*left.parts, *right.parts} if part in _OF_DAY]
    if not asked:
        return True
    days = map(date.fromordinal, range(first, min(last, first + _CYCLE) + 1))
    return any(all(of(day) == value for of, value in asked) for day in days)


def _days(value: str, modifiers: tuple[TimeModifier, ...]) -> Days | None:
    days = _interval(value) if "/" in value else _period(value)
    for modifier in reversed(modifiers):  # the innermost first
        days = None if days is None else _modified(days, modifier)
    return None if days == Days() else days


def _interval(value: str) -> Days | None:
    """Read "2020-09-27/2020-09-29"; an open end is empty or ".."."""
    ends = value.split("/")
    if len(ends) != 2:  # noqa: PLR2004 - from and to
        return None
    first, last = (Days() if end in {"", ".."} else _period(end) for end in ends)
    if first is None or last is None or first.first > last.last:
        return None
    shared = tuple(part for part in first.parts if part in last.parts and part[0] in {"month", "quarter"})
    return Days(first.first, last.last, shared)


def _period(value: str) -> Days | None:
    if other := _OTHER_YEAR.fullmatch(value):
        return _years(int(other[1]) - 1, int(other[1]) + 1)
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    if any(not 1 <= int(number) <= _MOST.get(part, 7) for part, number in _parts(found) if part != "season"):
        return None
    if not _is_of_some_year(found):
        return None
    stated = found["year"]
    if stated == "XXXX":
        return Days(parts=tuple(_parts(found)))
    if "X" in stated:
        return _years(int(stated.replace("X", "0")), int(stated.replace("X", "9")))
    return _in_year(found, int(stated))


def _is_of_some_year(found: re.Match[str]) -> bool:
    """Tell whether a month has its day in some year: there is no 30 February."""
    month, day = found["month"] or "XX", found["day"] or "XX"
    return "XX" in {month, day} or int(day) <= monthrange(_LEAP_YEAR, int(month))[1]


def _parts(found: re.Match[str]) -> Iterator[tuple[str, int | str]]:
    """Yield what is stated of a day beside its year."""
    for part in ("month", "day", "week", "weekday"):
        if (found[part] or "X").isdigit():
            yield part, int(found[part])
    if found["part"]:
        yield ("quarter" if found["part"] == "Q" else "half"), int(found["number"])
    if found["season"]:
        yield "season", found["season"]


def _in_year(found: re.Match[str], year: int) -> Days | None:
    parts = tuple(_parts(found))
    stated = dict(parts)
    months = {"month": 1, "quarter": _QUARTER, "half": _HALF}
    try:
        if "season" in stated:  # a winter or a southern summer runs over the end of a year
            begin = _begin(year, 0) if year == MINYEAR else _begin(year - 1, _DECEMBER)
            return Days(begin, min(_LAST, _begin(year + 1, _APRIL) - 1), parts)
        if "week" in stated:
            return _of_week(year, int(stated["week"]), found["weekday"] or "")
        if "day" in stated and "month" in stated:
            day = date(year, int(stated["month"]), int(stated["day"])).toordinal()
            return Days(day, day)
        for part, length in months.items():
            if part in stated:
                begun = (int(stated[part]) - 1) * length
                return Days(_begin(year, begun), _begin(year, begun + length) - 1)
    except ValueError:
        return None
    whole = _years(year, year)
    return None if whole is None else whole._replace(parts=parts)


def _of_week(year: int, week: int, part: str) -> Days:
    monday = date.fromisocalendar(year, week, 1).toordinal()
    begin, end = {"": (0, 6), "WE": (5, 6), "WD": (0, 4)}.get(part, (None, None))
    if begin is None or end is None:
        begin = end = int(part) - 1
    return Days(monday + begin, min(_LAST, monday + end))


def _begin(year: int, months: int) -> int:
    """Return the first day of the month so many months after January."""
    year, month = year + months // _MONTHS_OF_YEAR, months % _MONTHS_OF_YEAR + 1
    return _LAST + 1 if year > MAXYEAR else date(year, month, 1).toordinal()


def _years(first: int, last: int) -> Days | None:
    if last < MINYEAR:
        return None
    return Days(date(max(MINYEAR, first), 1, 1).toordinal(), date(min(MAXYEAR, last), 12, 31).toordinal())


def _modified(days: Days, modifier: TimeModifier) -> Days | None:
    """Return the days that a modifier leaves, or None where they can be any: "late" of what never ends."""
    if modifier in {"start", "mid", "end"}:
        if days.parts:
            return days
        return None if days.first == _FIRST or days.last == _LAST else _share(days, modifier)
    return None if (days.first, days.last) == (_FIRST, _LAST) else _side(days, modifier)


def _share(days: Days, modifier: TimeModifier) -> Days:
    """Return the half that "early", "mid" or "late" leaves: nobody says more exactly where they end."""
    length = days.last - days.first + 1
    match modifier:
        case "start":
            return days._replace(last=days.first + (length - 1) // 2)
        case "end":
            return days._replace(first=days.last - (length - 1) // 2)
        case _:
            return days._replace(first=days.first + length // 4, last=days.last - length // 4)


def _side(days: Days, modifier: TimeModifier) -> Days | None:
    # Of a season the first and the last day are not known.
    exact = not days.parts
    length = days.last - days.first + 1
    match modifier:
        case "before":
            return _clipped(_FIRST, days.first - 1 if exact else days.last)
        case "on_or_before":
            return _clipped(_FIRST, days.last)
        case "after":
            return _clipped(days.last + 1 if exact else days.first, _LAST)
        case "on_or_after":
            return _clipped(days.first, _LAST)
        case "approx":  # "about" reaches as far on either side as what is named is long
            return _clipped(days.first - length, days.last + length)
        case _:  # of durations
            return days


def _clipped(first: int, last: int) -> Days | None:
    first, last = max(_FIRST, first), min(_LAST, last)
    return Days(first, last) if first <= last else None
