"""Times of a text as TIMEX/EDTF values, counted from the publication date; what is unknown stays open."""

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache

from sayso.claims.numbers import ambiguous, number_of, number_pattern
from sayso.core.records import Problem, Time
from sayso.core.spans import Span
from sayso.language.lexicon import values

# A date this many days ahead of the publication is announced; one further ahead was last year's.
_ANNOUNCED_DAYS = 60
_WEEK = 7
_LONGEST_WITHOUT_LEAP_DAY = 8  # years, as from 1896 to 1904
_UNKNOWN_YEAR = "XXXX"
_UNKNOWN_DAY = "XXXX-XX-XX"
_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_SHIFTS = {"last": -1, "this": 0, "next": 1}
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"}
_KINDS = (
    "iso",
    "dmy",
    "mdy",
    "month",
    "my",
    "year",
    "bare",
    "duration",
    "weekday",
    "relative",
    "following",
    "reference",
    "season",
)


def times_in(text: str, published: date | None) -> tuple[Time | Problem, ...]:
    """Return the times of a text in order; an impossible date is a Problem and stays text."""
    found: list[Time | Problem] = []
    end = 0
    for match in _pattern().finditer(text):
        if match.start() < end:
            continue
        one = _read(match, published)
        if one is not None:
            found.append(one)
            end = match.end()
    return tuple(found)


@cache
def _pattern() -> re.Pattern[str]:
    words = values()
    # Months have a capital, also where nothing else is told by case: "may 2020 votes" is no month, and
    # neither is the "May" of a heading before "have died".
    names = sorted(
        (form for m in words.months for form in (m.capitalize(), m.upper())), key=len, reverse=True
    )
    month = rf"(?-i:{'|'.join(map(re.escape, names))})\b(?!\s+(?:have|be|not|also|still|never)\b)"
    weekday = "|".join(words.weekdays)
    reference = "|".join(words.references)
    period = "|".join(sorted(words.periods, key=len, reverse=True))
    # "To 2000 people" counts people; "in 2000 people died" is the year.
    units = (unit for unit in words.units if unit[0].isalpha())
    counted = "|".join(
        sorted((*words.populations, *words.scales, *words.periods, *units), key=len, reverse=True)
    )
    count = rf"(?!(?:\s+(?:and|to)\s+[\d,]{{1,12}})?(?:\s+(?:{counted})\b|\s?%))"
    return re.compile(
        rf"\b(?P<iso>(?P<iy>\d{{4}})-(?P<im>\d\d)-(?P<id>\d\d))\b"
        rf"|\b(?P<dmy>(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{month})\.?(?:,?\s+(?P<y1>\d{{4}})\b)?)"
        # "In May 10 people died": what is in May is no day of it, unless a year or "th" makes it one.
        rf"|(?<=\bin\s)(?P<month>(?P<m4>{month}))(?!\.?,?\s+(?:of\s+)?\d{{4}}\b)"
        r"(?!\.?\s+\d{1,2}(?:(?:st|nd|rd|th)\b|,?\s+\d{4}\b))"
        rf"|\b(?P<mdy>(?P<m2>{month})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:,.]\d)(?:,?\s+(?P<y2>\d{{4}})\b)?)"
        rf"|\b(?P<my>(?P<m3>{month})\.?,?\s+(?:of\s+)?(?P<y3>\d{{4}}))\b"
        r"|\b(?:(?:in|since|until|during|early|late)\s+(?P<year>(?:1[89]|20)\d\d)\b(?![-,.]\d)"
        rf"|(?:from|by|of|the|before|after|between|and|to)\s+(?P<bare>(?:1[89]|20)\d\d)\b(?![-,.]\d){count})"
        r"|(?<![\w.,/-])(?P<duration>(?:(?:almost|nearly|about|over|more than)\s+)?"
        rf"(?P<n>{number_pattern('g')}|several|a|the)[-\s](?P<period>{period}))\b"
        rf"|\b(?P<weekday>{weekday})\b"
        rf"|\b(?P<relative>today|yesterday|tomorrow|(?P<which>last|this|next)\s+(?P<unit>week|month|year))\b"
        rf"|\b(?P<following>the following days|the same day|the next day)\b"
        rf"|\b(?P<reference>{reference})\b"
        rf"|\b(?P<season>(?:this|last|next)\s+(?:spring|summer|autumn|winter))\b",
        re.IGNORECASE,
    )


def _read(match: re.Match[str], published: date | None) -> Time | Problem | None:
    kind = next((name for name in _KINDS if match[name] is not None), None)
    if kind is None:
        return None
    span = Span(*match.span(kind))
    months = values().months
    match kind:
        case "iso":
            return _day(span, match["iy"], int(match["im"]), int(match["id"]), None)
        case "dmy":
            return _day(span, match["y1"], months[match["m1"].lower()], int(match["d1"]), published)
        case "mdy":
            return _day(span, match["y2"], months[match["m2"].lower()], int(match["d2"]), published)
        case "my":
            return Time(span=span, value=f"{match['y3']}-{months[match['m3'].lower()]:02}", kind="date")
        case "month":
            return _month(span, months[match["m4"].lower()], published)
        case "year" | "bare":
            return Time(span=span, value=match[kind], kind="date")
        case "duration":
            return _duration(span, match)
        case "reference":
            return Time(span=span, value=values().references[match["reference"].lower()], kind="date")
        case _:
            return _relative(span, kind, match, published)


def _day(span: Span, year: str | None, month: int, day: int, published: date | None) -> Time | Problem:
    anchor = None
    if year is None and published is not None:
        meant = _year_of(month, day, published)
        if meant is not None:
            year, anchor = f"{meant:04}", published.isoformat()
    # 2000 is a leap year: 29 February of an unknown year is possible.
    if _date(int(year or 2000), month, day) is None:
        return Problem(
            code="impossible-date",
            message=f"there is no day {day} in month {month}",
            stage="times",
            span=span,
            hint="kept as text; check the source",
        )
    return Time(span=span, value=f"{year or _UNKNOWN_YEAR}-{month:02}-{day:02}", kind="date", anchor=anchor)


def _month(span: Span, month: int, published: date | None) -> Time:
    year = _year_of(month, 1, published) if published is not None else None
    return Time(
        span=span,
        value=f"{_UNKNOWN_YEAR}-{month:02}" if year is None else f"{year:04}-{month:02}",
        kind="date",
        anchor=published.isoformat() if published is not None and year is not None else None,
    )


def _year_of(month: int, day: int, published: date) -> int | None:
    """News speaks of the last such day, unless it announces one soon; None where no year has it."""
    for year in range(published.year + 1, published.year - _LONGEST_WITHOUT_LEAP_DAY - 1, -1):
        meant = _date(year, month, day)
        if meant is not None and (meant - published).days <= _ANNOUNCED_DAYS:
            return year
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shifted(day: date, days: int) -> date | None:
    """Return the date so many days later, or None where the calendar has ended."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _duration(span: Span, match: re.Match[str]) -> Time | None:
    number, unit = match["n"].lower(), values().periods[match["period"].lower()]
    if number in {"a", "the"} or ambiguous(number):
        return None
    many = 10 if unit == "DE" else 1
    count = "X" if number == "several" else f"{number_of(number) * many:.15g}"
    unit = "Y" if unit == "DE" else unit
    prefix = "PT" if unit.startswith("T") else "P"
    return Time(span=span, value=f"{prefix}{count}{unit.removeprefix('T')}", kind="duration")


def _relative(span: Span, kind: str, match: re.Match[str], published: date | None) -> Time:
    words = match[kind].lower()
    if kind == "following":
        return Time(span=span, value="FUTURE_REF" if "days" in words else _UNKNOWN_DAY, kind="date")
    if published is None:
        return Time(span=span, value=_unanchored(kind, words), kind="date")
    value = _anchored(kind, words, published)
    anchor = published.isoformat() if value is not None else None
    return Time(span=span, value=value or _unanchored(kind, words), kind="date", anchor=anchor)


def _unanchored(kind: str, words: str) -> str:
    """Return what a relative time tells where nobody knows the day it was written."""
    if kind == "weekday":
        return f"XXXX-WXX-{values().weekdays[words] + 1}"
    if kind == "season":
        return f"{_UNKNOWN_YEAR}-{_SEASONS[words.split()[1]]}"
    return "PRESENT_REF" if words == "today" else _UNKNOWN_DAY


def _anchored(kind: str, words: str, published: date) -> str | None:
    """Return a relative time counted from a day, or None where the calendar does not reach so far."""
    if kind == "weekday":
        day = _shifted(published, -((published.weekday() - values().weekdays[words]) % _WEEK))
    elif words in _DAYS:
        day = _shifted(published, _DAYS[words])
    else:
        which, unit = words.split()
        return _period(_SHIFTS[which], unit, published)
    return day.isoformat() if day is not None else None


def _period(shift: int, unit: str, published: date) -> str | None:
    if unit == "week":
        day = _shifted(published, shift * _WEEK)
        return None if day is None else "{:04}-W{:02}".format(*day.isocalendar()[:2])
    months = published.year * 12 + published.month - 1 + (shift if unit == "month" else 12 * shift)
    year, month = divmod(months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    if unit in _SEASONS:
        return f"{year:04}-{_SEASONS[unit]}"
    return f"{year:04}-{month + 1:02}" if unit == "month" else f"{year:04}"
