"""Times of a text as TIMEX/EDTF values, counted from the publication date; what is unknown stays open."""

import re
from datetime import date, timedelta
from functools import cache

from sayso.core.records import Problem, Time
from sayso.core.spans import Span
from sayso.language.lexicon import values

# A date this many days ahead of the publication is announced; one further ahead was last year's.
_ANNOUNCED_DAYS = 60
_WEEK = 7
_UNKNOWN_YEAR = "XXXX"
_KINDS = (
    "iso",
    "dmy",
    "mdy",
    "my",
    "year",
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
    month = "|".join(sorted((re.escape(m) for m in words.months), key=len, reverse=True))
    weekday = "|".join(words.weekdays)
    reference = "|".join(words.references)
    period = "|".join(sorted(words.periods, key=len, reverse=True))
    number = "|".join(sorted((*words.numbers, r"\d{1,4}", "several", "a", "the"), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<iso>(?P<iy>\d{{4}})-(?P<im>\d\d)-(?P<id>\d\d))\b"
        rf"|\b(?P<dmy>(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{month})\b\.?(?:,?\s+(?P<y1>\d{{4}})\b)?)"
        rf"|\b(?P<mdy>(?P<m2>{month})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<y2>\d{{4}})\b)?)"
        rf"|\b(?P<my>(?P<m3>{month})\b\.?,?\s+(?:of\s+)?(?P<y3>\d{{4}}))\b"
        r"|\b(?:in|since|from|by|of|until|during|the|before|after|between|and|to|early|late)\s+"
        r"(?P<year>(?:1[89]|20)\d\d)\b(?![-,.]\d)"
        r"|\b(?P<duration>(?:(?:almost|nearly|about|over|more than)\s+)?"
        rf"(?P<n>{number})[-\s](?P<period>{period}))\b"
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
            # "may 2020 votes" is no month: months have a capital.
            if not match["m3"][0].isupper():
                return None
            return Time(span=span, value=f"{match['y3']}-{months[match['m3'].lower()]:02}", kind="date")
        case "year":
            return Time(span=span, value=match["year"], kind="date")
        case "duration":
            return _duration(span, match)
        case "reference":
            return Time(span=span, value=values().references[match["reference"].lower()], kind="date")
        case _:
            return _relative(span, kind, match, published)


def _day(span: Span, year: str | None, month: int, day: int, published: date | None) -> Time | Problem:
    anchor = None
    if year is None and published is not None:
        anchor = published.isoformat()
        year = str(_year_of(month, day, published))
    try:
        # 2000 is a leap year: 29 February of an unknown year is possible.
        date(int(year or 2000), month, day)
    except ValueError:
        return Problem(
            code="impossible-date",
            message=f"there is no day {day} in month {month}",
            stage="times",
            span=span,
            hint="kept as text; check the source",
        )
    return Time(span=span, value=f"{year or _UNKNOWN_YEAR}-{month:02}-{day:02}", kind="date", anchor=anchor)


def _year_of(month: int, day: int, published: date) -> int:
    """News speaks of the last such day, unless it announces one soon."""
    latest = published + timedelta(days=_ANNOUNCED_DAYS)
    return (
        published.year
        if (month, day) <= (latest.month, latest.day) or latest.year > published.year
        else published.year - 1
    )


def _duration(span: Span, match: re.Match[str]) -> Time | None:
    words = values()
    number, unit = match["n"].lower(), words.periods[match["period"].lower()]
    if number in {"a", "the"}:
        return None
    count = "X" if number == "several" else str(words.numbers.get(number, number))
    if unit == "DE":
        count, unit = (count if count == "X" else str(int(count) * 10)), "Y"
    prefix = "PT" if unit.startswith("T") else "P"
    return Time(span=span, value=f"{prefix}{count}{unit.removeprefix('T')}", kind="duration")


def _relative(span: Span, kind: str, match: re.Match[str], published: date | None) -> Time:
    anchor = published.isoformat() if published is not None else None
    value = "XXXX-XX-XX"
    if kind == "following":
        value, anchor = "FUTURE_REF" if "days" in match["following"].lower() else value, None
    elif kind == "season":
        value = _season(match["season"].lower(), published)
    elif kind == "weekday":
        value = _weekday(values().weekdays[match["weekday"].lower()], published)
    elif match["which"] is None:
        shift = {"today": 0, "yesterday": -1, "tomorrow": 1}[match["relative"].lower()]
        if published is not None:
            value = (published + timedelta(days=shift)).isoformat()
        elif shift == 0:
            value = "PRESENT_REF"
    elif published is not None:
        value = _period(match["which"].lower(), match["unit"].lower(), published)
    return Time(span=span, value=value, kind="date", anchor=anchor)


def _weekday(weekday: int, published: date | None) -> str:
    if published is None:
        return f"XXXX-WXX-{weekday + 1}"
    return (published - timedelta(days=(published.weekday() - weekday) % _WEEK)).isoformat()


def _period(which: str, unit: str, published: date) -> str:
    shift = {"last": -1, "this": 0, "next": 1}[which]
    if unit == "year":
        return str(published.year + shift)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + shift
        return f"{months // 12:04}-{months % 12 + 1:02}"
    year, week, _ = (published + timedelta(weeks=shift)).isocalendar()
    return f"{year:04}-W{week:02}"


def _season(words: str, published: date | None) -> str:
    which, season = words.split()
    name = {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"}[season]
    if published is None:
        return f"{_UNKNOWN_YEAR}-{name}"
    return f"{published.year + {'last': -1, 'this': 0, 'next': 1}[which]}-{name}"
