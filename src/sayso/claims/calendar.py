"""Times before they are written down: what a text states of a date, and what a day of writing adds to it."""

from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

import msgspec

from sayso.core.records import TimeModifier

# A date this many days ahead of the publication is announced; one further ahead was last year's.
_ANNOUNCED_DAYS = 60
_LONGEST_WITHOUT_LEAP_DAY = 8  # years, as from 1896 to 1904
_DAYS_OF_WEEK = 7
_MONTHS_OF_YEAR = 12
UNKNOWN_YEAR = "XXXX"

Grain = Literal["day", "month", "year", "season", "quarter", "half", "week", "weekend", "workweek", "weekday",
                "decade", "century", "day of month", "fiscal", "school", "fixed"]  # fmt: skip


class When(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the calendar as far as the text states it; None is not stated.

    `number` is the grain's own: quarter 1 to 4, half 1 or 2, ISO week, ISO weekday, the first year of a
    decade or century; `fixed` is a value no arithmetic changes, as PAST_REF or a season's letters. `anchor`
    is the day that was counted from. `also` is the other reading of 05/11/2020 or of a feast, with its own.
    """

    grain: Grain
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int | None = None
    fixed: str = ""
    anchor: date | None = None
    modifiers: tuple[TimeModifier, ...] = ()
    also: "When | None" = None


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """From one time to another, both included; None is open."""

    first: When
    last: When
    modifiers: tuple[TimeModifier, ...] = ()


def day_of(day: date, anchor: date | None = None) -> When:
    """Return one day."""
    return When(grain="day", year=day.year, month=day.month, day=day.day, anchor=anchor)


def exact(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shifted(day: date, days: int) -> date | None:
    """Return the date so many days later, or None where the calendar has ended."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def months_later(day: date, months: int) -> date | None:
    """Return the same day of a later month, its last where it is shorter, or None outside the calendar."""
    year, month = divmod(day.year * _MONTHS_OF_YEAR + day.month - 1 + months, _MONTHS_OF_YEAR)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return next(found for last in range(day.day, 0, -1) if (found := exact(year, month + 1, last)))


def later(day: date, count: float, unit: str) -> date | None:
    """Return the day so many ISO units later ("D", "W", "M", "Y"), or None outside the calendar."""
    if unit in {"M", "Y"}:
        months = count * (_MONTHS_OF_YEAR if unit == "Y" else 1)
        return months_later(day, round(months)) if abs(months) <= MAXYEAR * _MONTHS_OF_YEAR else None
    days = {"D": 1, "WD": 1, "WE": _DAYS_OF_WEEK, "W": _DAYS_OF_WEEK}.get(unit)
    most = MAXYEAR * 366
    return shifted(day, round(count * days)) if days and abs(count) <= most else None


def monday(day: date) -> date:
    """Return the Monday of a day's ISO week; the calendar's first week begins with its first day."""
    return shifted(day, -day.weekday()) or date.min


def week_of(day: date, anchor: date | None = None) -> When:
    """Return the ISO week of a day."""
    year, number, _ = day.isocalendar()
    return When(grain="week", year=year, number=number, anchor=anchor)


def easter(year: int) -> date | None:
    """Return Western Easter (Meeus/Jones/Butcher, Astronomical Algorithms, 1991), or None before 1583."""
    if not 1583 <= year <= MAXYEAR:  # noqa: PLR2004 - the first whole Gregorian year
        return None
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def julian_easter(year: int) -> date | None:
    """Return Easter of the Julian reckoning as a Gregorian date, or None before 1583.

    The formula is Meeus, Astronomical Algorithms, 1991, chapter 8; the calendars lie so many days apart as
    the Gregorian one left out leap days.
    """
    if not 1583 <= year <= MAXYEAR:  # noqa: PLR2004 - the first whole Gregorian year
        return None
    full_moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - full_moon + 34) % 7
    month, day = divmod(full_moon + weekday + 114, 31)
    century = year // 100
    return shifted(date(year, month, day + 1), century - century // 4 - 2)


def either_of(readings: Sequence[When]) -> When:
    """Return a time that is one of several; readings of one and the same day are one."""
    found: When | None = None
    for one in reversed(list(dict.fromkeys(readings))):
        found = one if found is None else msgspec.structs.replace(one, also=found)
    return found or readings[0]


def readings_of(when: When) -> Iterator[When]:
    """Yield every reading of a time, each alone."""
    one: When | None = when
    while one is not None:
        yield msgspec.structs.replace(one, also=None)
        one = one.also


def year_meant(month: int, day: int, written: date) -> int | None:
    """News speaks of the last such day, unless it announces one soon; None where no year has it."""
    for year in range(written.year + 1, written.year - _LONGEST_WITHOUT_LEAP_DAY - 1, -1):
        meant = exact(year, month, day)
        if meant is not None and (meant - written).days <= _ANNOUNCED_DAYS:
            return year
    return None


def gone_by(when: When, written: date) -> When:
    """Return a day or month without a year in the last year in which it had begun: "since July"."""
    if when.year is not None or when.grain not in {"day", "month"} or when.month is None:
        return when
    for year in range(written.year, max(MINYEAR, written.year - _LONGEST_WITHOUT_LEAP_DAY) - 1, -1):
        day = exact(year, when.month, when.day or 1)
        if day is not None and day <= written:
            return msgspec.structs.replace(when, year=year, anchor=written)
    return when


def nearest(when: When, written: date) -> When:
    """Return a day or month without a year in the year that brings it nearest: "by 31 October"."""
    if when.year is not None or when.grain not in {"day", "month"} or when.month is None:
        return when
    years = range(max(MINYEAR, written.year - 1), min(MAXYEAR, written.year + 1) + 1)
    days = [day for year in years if (day := exact(year, when.month, when.day or 1)) is not None]
    if not days:
        return when
    day = min(days, key=lambda one: (abs((one - written).days), one))
    return msgspec.structs.replace(when, year=day.year, anchor=written)


def is_possible(when: When) -> bool:
    """Whether the calendar has such a day; in an unknown year 29 February is one."""
    if when.grain != "day" or when.month is None or when.day is None:
        return True
    return exact(when.year or 2000, when.month, when.day) is not None


def resolved(when: When, written: date | None) -> When:
    """Return a time with what the day of writing tells of it, and that day as its anchor."""
    if when.also is not None:
        when = msgspec.structs.replace(when, also=resolved(when.also, written))
    if written is None or when.year is not None:
        return when
    match when.grain:
        case "day" | "month" if when.month is not None:
            year = year_meant(when.month, when.day or 1, written)
            return when if year is None else msgspec.structs.replace(when, year=year, anchor=written)
        case "weekday" if when.number is not None:
            found = _last_weekday(when, written)
            return when if found is None else with_modifiers(day_of(found, written), when.modifiers)
        case "day of month" if when.day is not None:
            found = _last_day_of_month(when.day, written)
            return when if found is None else with_modifiers(day_of(found, written), when.modifiers)
        case "quarter" | "half":
            year = _year_begun(when, written)
            return msgspec.structs.replace(when, year=year, anchor=written)
        case _:
            return when


def with_modifiers(when: When, modifiers: tuple[TimeModifier, ...]) -> When:
    """Return a time with modifiers before its own."""
    return msgspec.structs.replace(when, modifiers=(*modifiers, *when.modifiers))


def _last_weekday(when: When, written: date) -> date | None:
    """Return the last such weekday up to the day of writing; with a day of the month, the last such both."""
    day = shifted(written, -((written.isoweekday() - (when.number or 0)) % _DAYS_OF_WEEK))
    while day is not None and when.day is not None and day.day != when.day:
        day = shifted(day, -_DAYS_OF_WEEK)
    return day


def _last_day_of_month(day: int, written: date) -> date | None:
    year, month = written.year, written.month
    for _ in range(_MONTHS_OF_YEAR):
        found = exact(year, month, day) if year >= MINYEAR else None
        if found is not None and found <= written:
            return found
        year, month = (year, month - 1) if month > 1 else (year - 1, _MONTHS_OF_YEAR)
    return None


def _year_begun(when: When, written: date) -> int:
    months = 3 if when.grain == "quarter" else 6
    begins = ((when.number or 1) - 1) * months + 1
    return written.year if written.month >= begins or written.year == MINYEAR else written.year - 1


def resolved_stretch(stretch: Stretch, written: date | None) -> Stretch:
    """Return both ends: a year stated of one is the other's too, unless the months run over its end."""
    first, last = stretch.first, stretch.last
    if first.year is None and last.year is not None and first.grain in {"day", "month"}:
        year = last.year - 1 if last.month and _month_day(first) > _month_day(last) else last.year
        first = msgspec.structs.replace(first, year=max(year, MINYEAR))
    first = resolved(first, written)
    if last.year is None and first.year is not None and last.grain in {"day", "month"}:
        year = first.year + 1 if first.month and _month_day(first) > _month_day(last) else first.year
        last = msgspec.structs.replace(last, year=min(year, MAXYEAR), anchor=first.anchor)
    if last.grain == "weekday" and first.grain == "day" and (begun := first_day(first)) is not None:
        day = shifted(begun, ((last.number or 0) - begun.isoweekday()) % _DAYS_OF_WEEK)
        last = last if day is None else day_of(day, first.anchor or begun)
    return msgspec.structs.replace(stretch, first=first, last=resolved(last, written))


def _month_day(when: When) -> tuple[int, int]:
    return when.month or 0, when.day or 0


def first_day(when: When) -> date | None:
    """Return the first day of a time whose year is known, or None."""
    year = when.number if when.grain in {"decade", "century"} else when.year
    if year is None or not MINYEAR <= year <= MAXYEAR:
        return None
    number = when.number or 1
    match when.grain:
        case "day":
            return exact(year, when.month or 1, when.day or 1)
        case "month":
            return date(year, when.month or 1, 1)
        case "quarter":
            return date(year, 3 * number - 2, 1)
        case "half":
            return date(year, 6 * number - 5, 1)
        case "week" | "weekend" | "workweek":
            return _of_week(year, number, 6 if when.grain == "weekend" else 1)
        case "year" | "decade" | "century":
            return date(year, 1, 1)
        case _:
            return None


def _of_week(year: int, week: int, weekday: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, weekday)
    except ValueError:
        return None


def value_of(when: When) -> str:
    """Return a time as TIMEX3 or EDTF writes it: 2020-11, XXXX-11-05, 2020-W45, 2020-Q1, 199X."""
    if when.also is not None:
        # EDTF's "one of a set".
        return f"[{','.join(sorted(map(value_of, readings_of(when))))}]"
    if when.grain == "fixed":
        return when.fixed
    year = UNKNOWN_YEAR if when.year is None else f"{when.year:04}"
    number = when.number or 0
    match when.grain:
        case "decade":
            return f"{number // 10:03}X"
        case "century":
            return f"{number // 100:02}XX"
        case "fiscal" | "school":
            return f"{'FY' if when.grain == 'fiscal' else 'SY'}{year}"
        case _:
            return year + _within_year(when, number)


def _within_year(when: When, number: int) -> str:
    match when.grain:
        case "day" | "month" | "day of month":
            month = "XX" if when.month is None else f"{when.month:02}"
            return f"-{month}" + ("" if when.day is None else f"-{when.day:02}")
        case "quarter" | "half":
            return f"-{'Q' if when.grain == 'quarter' else 'H'}{number}"
        case "week" | "weekend" | "workweek":
            part = {"week": "", "weekend": "-WE", "workweek": "-WD"}[when.grain]
            return f"-W{number or 'XX':0>2}{part}"
        case "weekday":
            return f"-WXX-{number}"
        case "season":
            return f"-{when.fixed}"
        case _:
            return ""
