"""Days and months by name and number: "5 November 2020", 05/11/2020, "September 27-29", "last Wednesday"."""

import re
from collections.abc import Sequence
from typing import cast

import msgspec

from sayso.claims import calendar as cal
from sayso.claims.calendar import Stretch, When
from sayso.claims.timenumbers import (
    DAYS_OF_MONTH,
    LIKELY_YEARS,
    TWO_DIGITS,
    counted_by,
    is_counted,
    numbers_of,
)
from sayso.claims.timewords import Context, Word, tagged

_MONTHS_OF_YEAR = 12
SHIFTS = {"last": -1, "this": 0, "same": 0, "that": 0, "next": 1, "following": 1}
# Months that are nobody's name and no other word need nothing before them.
_PLAIN_MONTHS = frozenset({"January", "February", "July", "September", "October", "November", "December"})


def day_in(year: int | None, month: int, day: int) -> When:
    """Return a day of a month, in an unknown year where none is stated."""
    return When(grain="day", year=year, month=month, day=day)


def as_when(words: Sequence[Word], when: When, context: Context | None = None) -> Word:
    """Return a time; a day the calendar does not have is impossible."""
    del context
    if not cal.is_possible(when) and when.also is None:
        return tagged("impossible", words, when)
    return tagged("when", words, when)


def year_stated(words: Sequence[Word]) -> int | None:
    """Return the year among words, or None."""
    return next((cast("int", word.says) for word in words if word.tag == "y"), None)


def _month_of(words: Sequence[Word]) -> int:
    return next(cast("int", word.says) for word in words if word.tag in {"month", "lowmonth"})


def read_named_day(words: Sequence[Word], context: Context) -> Word | None:
    """Read "5 November 2020", "November 5", "Thursday, 5 November", "Nov-5"."""
    day = numbers_of(words)[-1]
    year = year_stated(words)
    when = day_in(year, _month_of(words), day)
    shift = next((SHIFTS[word.tag] for word in words if word.tag in SHIFTS), None)
    if year is None and shift == 1 and context.written is not None:
        when = day_in(context.written.year, when.month or 1, day)
        if (found := cal.first_day(when)) is None or found <= context.written:
            when = day_in(context.written.year + 1, when.month or 1, day)
    return as_when(words, when)


def read_month_then_count(words: Sequence[Word], context: Context) -> Word | None:
    """Read "In May 10 people died": what is in May is no day of it, unless a year or "th" makes it one."""
    return read_lone_month(words[:1], context) if is_counted(context, words[-1]) else None


def read_dotted(words: Sequence[Word], context: Context) -> Word:
    """Read "27.09.2020"."""
    del context
    return as_when(words, cast("When", words[0].says))


def read_full_numeric(words: Sequence[Word], context: Context) -> Word | None:
    """Read 2020-11-05, 5/11/2020, 05-Nov-2020, 2020/Nov/05, 23-2020-September."""
    own = next((context.text[word.start] for word in words if word.tag in {"dash", "slash"}), " ")
    if words[0].tag == "d" and words[0].start and context.text[words[0].start - 1] in {own, "/"} - {" "}:
        return None  # the end of a longer code
    parts = [word for word in words if word.tag in {"d", "n", "y", "month"}]
    month = next((cast("int", word.says) for word in parts if word.tag == "month"), None)
    year = year_stated(parts)
    numbers = [int(str(word.says)) for word in parts if word.tag in {"d", "n"}]
    if month is not None:
        return None if year is None else as_when(words, day_in(year, month, numbers[0]))
    if parts[0].tag == "y":
        return _iso(words, year, numbers)
    if year is None:
        year = with_century(numbers.pop(), parts[-1], context)
    if year is None or len(numbers) != TWO_DIGITS:
        return None
    return _either_order(words, year, numbers[0], numbers[1], context)


def _iso(words: Sequence[Word], year: int | None, numbers: Sequence[int]) -> Word | None:
    month, day = numbers
    if not 1 <= month <= _MONTHS_OF_YEAR or not 1 <= day <= DAYS_OF_MONTH:
        return None
    return as_when(words, day_in(year, month, day))


_AHEAD = 20  # years a date of two digits may lie ahead


def with_century(short: int, word: Word, context: Context) -> int | None:
    """Return the last year so far, or soon, that ends in two digits; None without a day of writing."""
    if word.end - word.start != TWO_DIGITS or context.written is None:
        return None
    latest = context.written.year + _AHEAD
    return latest - (latest - short) % 100


def _either_order(
    words: Sequence[Word], year: int | None, first: int, second: int, context: Context
) -> Word | None:
    """Read 05/11 by what is possible, else as the document writes its dates, else both ways."""
    if first > DAYS_OF_MONTH or second > DAYS_OF_MONTH or not first or not second:
        return None
    day_first = day_in(year, second, first) if second <= _MONTHS_OF_YEAR else None
    month_first = day_in(year, first, second) if first <= _MONTHS_OF_YEAR else None
    if day_first is None or month_first is None or day_first == month_first:
        found = day_first or month_first
        return None if found is None else as_when(words, found)
    if context.month_first is not None:
        return as_when(words, month_first if context.month_first else day_first)
    return tagged("when", words, msgspec.structs.replace(day_first, also=month_first))


# The attacks of 2001 are named by their day, in every country's texts: alone it is no date of last year.
_EVENT = (9, 11)


def read_short_numeric(words: Sequence[Word], context: Context) -> Word | None:
    """Read 5/11, but not "2/3 of the votes"."""
    if context.follows(words[-1]) == "of":
        return None  # a fraction
    numbers = [cast("int", word.says) for word in words if word.tag == "d"]
    if tuple(numbers) == _EVENT and words[0].tag == "d" and year_stated(words) is None:
        return None
    return _either_order(words, year_stated(words), numbers[-2], numbers[-1], context)


def read_days_of_month(words: Sequence[Word], context: Context) -> list[Word] | None:
    """Read "4, 5 and 6 October 2020" as three days; the words of the last hold month and year."""
    month, year = _month_of(words), year_stated(words)
    days = [number for number, word in enumerate(words) if word.tag in {"d", "ord"}]
    month_at = next(number for number, word in enumerate(words) if word.tag in {"month", "lowmonth"})
    if words[-1].tag == "d" and counted_by(context.follows(words[-1])):
        return None
    made: list[Word] = []
    after = 0
    for at in days:
        span = words[at : at + 1]
        if month_at < at == days[0]:
            span = words[month_at : at + 1]
        elif month_at > at == days[-1] or at == days[-1]:
            span = words[at:]
        made += words[after : words.index(span[0])]
        made.append(as_when(span, day_in(year, month, cast("int", words[at].says))))
        after = words.index(span[-1]) + 1
    return made


def read_day_range(words: Sequence[Word], context: Context) -> Word | None:
    """Read "27-29 September", "November 19-20", "from the 9th to the 12th of June"."""
    if words[-1].tag == "d" and counted_by(context.follows(words[-1])):
        return None
    month, year = _month_of(words), year_stated(words)
    first, last = (day_in(year, month, day) for day in numbers_of(words))
    if not cal.is_possible(first) or not cal.is_possible(last):
        return tagged("impossible", words, last if cal.is_possible(first) else first)
    if (first.day or 0) > (last.day or 0):
        month_before = month - 1 or _MONTHS_OF_YEAR
        first = day_in(None if year is None else year - (month == 1), month_before, first.day or 1)
    return tagged("stretch", words, Stretch(first=first, last=last))


def read_month_of_year(words: Sequence[Word], context: Context) -> Word:
    """Read "November 2020", "Nov/2020"."""
    del context
    return tagged("when", words, When(grain="month", year=year_stated(words), month=_month_of(words)))


def read_relative_month(words: Sequence[Word], context: Context) -> Word | None:
    """Read "this September", "last March": the one of the year named, and "last" the one gone by."""
    month = _month_of(words)
    if words[-1].tag == "lowmonth":
        return None
    if context.written is None:
        return tagged("when", words, When(grain="month", month=month))
    year = context.written.year
    shift = SHIFTS[words[0].tag]
    if shift < 0 and month >= context.written.month:
        year -= 1
    if shift > 0 and month <= context.written.month:
        year += 1
    return tagged("when", words, When(grain="month", year=year, month=month, anchor=context.written))


def read_lone_month(words: Sequence[Word], context: Context) -> Word | None:
    """Read a month that the word before it tells from a name."""
    (month,) = words
    return None if month.tag == "lowmonth" else read_month_of_year(words, context)


def read_plain_month(words: Sequence[Word], context: Context) -> Word | None:
    """Read a month whose name is no other word."""
    (month,) = words
    return (
        read_month_of_year(words, context) if context.text[month.start : month.end] in _PLAIN_MONTHS else None
    )


def read_year_and_month(words: Sequence[Word], context: Context) -> Word | None:
    """Read 2015-3, but not the seasons 2014-15."""
    del context
    year, month = year_stated(words), cast("int", words[-1].says)
    if month > _MONTHS_OF_YEAR or year not in LIKELY_YEARS:
        return None
    return tagged("when", words, When(grain="month", year=year, month=month))


# "On Saturday, two of them", "Monday, 12 Ordanians": a name is counted too.
# "On Friday 12 were killed", "on Friday, 12 in Varn died": no day of a month.
_COUNTS_MANY = re.compile(r"\s+(?:were|are|have|died|fled)\b")
_COUNTS_SOMEWHERE = re.compile(r"\s+(?:on|in|at|near|from)\b")
_COUNTS_MORE = re.compile(r"[^\S\n]+(?:of\b|[A-Z])|-\w")


def read_weekday(words: Sequence[Word], context: Context) -> Word | None:
    """Read "Wednesday", "Monday 21"."""
    days = numbers_of(words)
    end = words[-1].end
    counts = is_counted(context, words[-1]) or _COUNTS_MORE.match(context.text, end)
    counts = counts or _COUNTS_MANY.match(context.text, end)
    if any(word.tag == "comma" for word in words):
        spelled = not context.text[words[-1].start].isdecimal()
        counts = counts or spelled or _COUNTS_SOMEWHERE.match(context.text, end)
    if words[-1].tag == "d" and counts:
        return None
    number = next(cast("int", word.says) for word in words if word.tag in {"weekday", "wd"})
    if days and context.written is not None:
        this = cal.exact(context.written.year, context.written.month, days[0])
        if this is not None and this.isoweekday() == number:
            return tagged("when", words, cal.day_of(this, context.written))
    return tagged("when", words, When(grain="weekday", number=number, day=days[0] if days else None))


def read_weekday_of_week(words: Sequence[Word], context: Context) -> Word | None:
    """Read "last Wednesday", "next week on Tuesday", "on Monday of the following week"."""
    number = next(cast("int", word.says) for word in words if word.tag in {"weekday", "wd"})
    shifts = [SHIFTS[word.tag] for word in words if word.tag in SHIFTS]
    unit = next((word.says for word in words if word.tag == "unit"), (1, "W"))
    if unit != (1, "W") or not shifts:
        return None
    if context.written is None:
        return tagged("when", words, When(grain="weekday", number=number))
    past = [word.tag for word in words if word.tag in SHIFTS] == ["this", "last"]
    if past:  # "this past Wednesday"
        return tagged("when", words, cal.resolved(When(grain="weekday", number=number), context.written))
    day = cal.shifted(cal.monday(context.written), 7 * shifts[-1] + number - 1)
    return tagged("when", words, unknown_day() if day is None else cal.day_of(day, context.written))


def read_weekday_and_date(words: Sequence[Word], context: Context) -> Word | None:
    """Read "Friday 7/6", "Friday 7.6"."""
    if words[-1].tag != "dec":
        found = read_short_numeric(words, context)
        return None if found is None else tagged(found.tag, words, found.says)
    first, _, second = str(words[-1].says).partition(".")
    if not second.isdigit() or len(first) > TWO_DIGITS or len(second) > TWO_DIGITS:
        return None
    return _either_order(words, None, int(first), int(second), context)


def unknown_day() -> When:
    """Return a day nobody can tell."""
    return When(grain="fixed", fixed="XXXX-XX-XX")
