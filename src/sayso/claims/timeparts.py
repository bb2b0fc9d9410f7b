"""Parts of periods: the first week of a year, the end of a month, the rest of the week."""

from collections.abc import Sequence
from datetime import date
from typing import cast

import msgspec

from sayso.claims import calendar as cal
from sayso.claims.calendar import Stretch, When
from sayso.claims.timephrases import (
    for_duration_from,
    read_afterwards,
    read_ago,
    read_from_date,
    read_in_duration,
    read_within,
    says,
    unit_of,
)
from sayso.claims.timepoints import day_before
from sayso.claims.timeunits import unit_at
from sayso.claims.timewords import Context, Duration, Rules, Word, tagged
from sayso.core.records import TimeModifier


def _part_of(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the first week of 2021", "the last three months of this year", "the 15th day of June"."""
    whole = cal.resolved(says(words, When), context.written)
    return _part(words, whole, context)


def _part_of_unit(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the last week of the month", with the month of writing."""
    units = [cast("tuple[int, str]", word.says) for word in words if word.tag == "unit"]
    if units[-1][1].startswith("T") or units[0] == (1, "Y"):
        return None
    return _part(words, unit_at(units[-1][1], units[-1][0], 0, context.written), context)


def _part_of_duration(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the first two weeks of the year"."""
    many, letter = unit_of(words)
    return (
        None if letter.startswith("T") else _part(words, unit_at(letter, many, 0, context.written), context)
    )


def _part(words: Sequence[Word], whole: When, context: Context) -> Word | None:
    last = any(word.tag == "last" for word in words)
    number = next((cast("int", word.says) for word in words if word.tag == "ord"), 1)
    duration = next((word.says for word in words if isinstance(word.says, Duration)), None)
    count = None
    if duration is None:
        many, letter = unit_of(words)
    else:
        (count, letter), many = duration.parts[0], 1
        if count is None or len(duration.parts) > 1 or (number > 1 and not last):
            return None
    del context
    bounds = bounds_of(whole)
    if bounds is None:
        return None if duration is not None else _open_part(words, whole, number)
    begin, end = bounds
    if letter == "W" and whole.grain in {"year", "month"}:
        return _week_of_period(words, whole, number=number, count=count, last=last)
    if letter.startswith("T") or letter in {"WE", "WW", "WD"}:
        return None
    size = int(count or 1) * many
    if last:
        after = cal.shifted(end, 1)
        first = None if after is None else cal.later(after, -size, letter)
        stop: date | None = end
    else:
        skip = number - 1 if count is None else 0
        first = cal.later(begin, skip * many, letter)
        after = None if first is None else cal.later(first, size, letter)
        stop = None if after is None else cal.shifted(after, -1)
    if first is None or stop is None or first < begin or stop > end:
        return None
    return _as_unit(words, first, stop, whole.anchor, single=(letter, many) if count is None else None)


def _as_unit(
    words: Sequence[Word], first: date, last: date, anchor: date | None, *, single: tuple[str, int] | None
) -> Word:
    if single == ("D", 1):
        return tagged("when", words, cal.day_of(first, anchor))
    if single == ("M", 1):
        return tagged("when", words, When(grain="month", year=first.year, month=first.month, anchor=anchor))
    if single == ("Y", 1):
        return tagged("when", words, When(grain="year", year=first.year, anchor=anchor))
    return tagged("stretch", words, Stretch(first=cal.day_of(first, anchor), last=cal.day_of(last, anchor)))


def _week_of_period(
    words: Sequence[Word],
    whole: When,
    *,
    number: int,
    count: float | None,
    last: bool,
) -> Word | None:
    """Return a week by ISO 8601: the first of a year or month holds its first Thursday."""
    begin, end = bounds_of(whole) or (date.min, date.max)
    first = cal.monday(cal.shifted(begin, 3) or begin)
    final = cal.monday(cal.shifted(end, -3) or end) if whole.grain == "year" else cal.monday(end)
    size = int(count or 1)
    day = (
        cal.shifted(final, -7 * (size - 1))
        if last
        else cal.shifted(first, 7 * (number - 1 if count is None else 0))
    )
    if day is None or not begin <= (cal.shifted(day, 6) or day) or day > end:
        return None
    if count is None:
        return tagged("when", words, cal.week_of(day, whole.anchor))
    stop = cal.shifted(day, 7 * size - 1)
    if stop is None:
        return None
    return tagged(
        "stretch", words, Stretch(first=cal.day_of(day, whole.anchor), last=cal.day_of(stop, whole.anchor))
    )


def _open_part(words: Sequence[Word], whole: When, number: int) -> Word | None:
    """Keep "the 15th day of June" and "the first week of June" of an unknown year open."""
    letter = unit_of(words)[1]
    if whole.grain != "month" or whole.month is None or any(word.tag == "last" for word in words):
        return None
    if letter == "D":
        return tagged("when", words, When(grain="day", year=whole.year, month=whole.month, day=number))
    if letter == "W":
        return tagged("when", words, When(grain="fixed", fixed=f"{cal.value_of(whole)}-W{number:02}"))
    return None


def bounds_of(when: When) -> tuple[date, date] | None:
    """Return the first and the last day of a time whose year is known, or None."""
    begin = cal.first_day(when)
    lengths = {
        "month": (1, "M"),
        "quarter": (3, "M"),
        "half": (6, "M"),
        "year": (1, "Y"),
        "decade": (10, "Y"),
        "century": (100, "Y"),
        "week": (1, "W"),
        "day": (1, "D"),
    }
    if begin is None or when.grain not in lengths:
        return None
    after = cal.later(begin, *lengths[when.grain])
    last = date.max if after is None else cal.shifted(after, -1)
    return None if last is None else (begin, last)


def _numbered_week(words: Sequence[Word], context: Context) -> Word | None:
    """Read "week 27 of last year", "week 23"."""
    number = next(cast("int", word.says) for word in words if word.tag in {"d", "n"})
    number = int(str(number))
    if unit_of(words) != (1, "W") or not 1 <= number <= 53:  # noqa: PLR2004 - ISO weeks of the longest year
        return None
    whole = next((word.says for word in words if isinstance(word.says, When)), None)
    year = next((cast("int", word.says) for word in words if word.tag == "y"), None)
    anchor = None
    if whole is not None:
        if whole.grain != "year":
            return None
        year, anchor = whole.year, whole.anchor
    elif year is None and context.written is not None:
        year, anchor = context.written.year, context.written
    return tagged("when", words, When(grain="week", year=year, number=number, anchor=anchor))


def _week_of_day(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the week of 4 February", "the week starting on Monday"."""
    if unit_of(words) != (1, "W"):
        return None
    stated = next((word.says for word in words if isinstance(word.says, When)), None)
    if stated is None:
        stated = When(grain="day of month", day=cast("int", words[-1].says))
    when = cal.resolved(stated, context.written)
    begin = cal.first_day(when) if when.grain == "day" else None
    if begin is None:
        return None
    if any(word.tag == "of" for word in words):
        begin = cal.monday(begin)
    last = cal.shifted(begin, 6)
    if last is None:
        return None
    return tagged(
        "stretch", words, Stretch(first=cal.day_of(begin, when.anchor), last=cal.day_of(last, when.anchor))
    )


def _phase(words: Sequence[Word], context: Context) -> Word | None:
    """Read "early November", "the end of 2000", "mid-2015"."""
    when = says(words, When)
    if when.grain in {"day", "weekday", "fixed"} and not when.fixed.startswith("XXXX"):
        return None
    phase = next(cast("TimeModifier", word.says) for word in words if word.tag == "phase")
    del context
    return tagged("when", words, cal.with_modifiers(when, (phase,)))


def _phase_of_unit(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the end of the year", "end of month"."""
    many, letter = unit_of(words)
    if (
        letter.startswith("T")
        or letter in {"D", "WE", "WD"}
        or context.follows(words[-1]) in {"of", "that", "when"}
    ):
        return None
    phase = next(cast("TimeModifier", word.says) for word in words if word.tag == "phase")
    return tagged("when", words, cal.with_modifiers(unit_at(letter, many, 0, context.written), (phase,)))


def _earlier_in(words: Sequence[Word], context: Context) -> Word | None:
    """Read "earlier this month", "later in the week": to the day of writing, or from it on."""
    when = next((word.says for word in words if isinstance(word.says, When)), None)
    if when is None:
        many, letter = unit_of(words)
        when = unit_at(letter, many, 0, context.written)
    early = context.text[words[0].start : words[0].end].lower() == "earlier"
    bounds = bounds_of(when)
    if when.grain not in {"week", "month", "year"} or bounds is None or context.written is None:
        if when.grain not in {"week", "month", "year", "fixed"}:
            return None
        return tagged("when", words, cal.with_modifiers(when, ("start" if early else "end",)))
    if not bounds[0] <= context.written <= bounds[1]:
        return tagged("when", words, cal.with_modifiers(when, ("start" if early else "end",)))
    ends = (bounds[0], cal.shifted(context.written, -1)) if early else (context.written, bounds[1])
    if ends[1] is None or ends[1] < ends[0]:
        return tagged("when", words, cal.with_modifiers(when, ("start",)))
    first, last = (cal.day_of(cast("date", day), context.written) for day in ends)
    return tagged("stretch", words, Stretch(first=first, last=last))


def _day_in_month(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the 21st of this month", "the 5th of last month"."""
    when = says(words, When)
    number = next(cast("int", word.says) for word in words if word.tag == "ord")
    if when.grain != "month":
        return None
    day = msgspec.structs.replace(when, grain="day", day=number)
    del context
    return tagged("when" if cal.is_possible(day) else "impossible", words, day)


def _current_unit(words: Sequence[Word], context: Context) -> Word | None:
    """Read "in the year", "events of the week", of the day of writing; "the year when" is another one."""
    many, letter = unit_of(words)
    if (many, letter) not in {(1, "W"), (1, "M"), (1, "Y")} or context.text[
        words[-1].end : words[-1].end + 2
    ] == "-":
        return None
    if context.follows(words[-1]) not in {"", "and", "but", "in", "at", "to", "is", "was", "will"}:
        return None
    plural = context.text[words[-1].start : words[-1].end].lower().endswith("s")
    if plural:
        return None
    return tagged("when", words, unit_at(letter, many, 0, context.written))


def _to_date(words: Sequence[Word], context: Context) -> Word | None:
    if unit_of(words) != (1, "Y") or context.written is None:
        return None
    year = When(grain="year", year=context.written.year, anchor=context.written)
    begin = cal.first_day(year)
    last = cal.shifted(context.written, -1)
    if begin is None or last is None or last < begin:
        return None
    first, final = (cal.day_of(day, context.written) for day in (begin, last))
    return tagged("stretch", words, Stretch(first=first, last=final))


def _lone_ordinal(words: Sequence[Word], context: Context) -> Word | None:
    """Read "on the 18th" of the last such day, where nothing is counted by it."""
    number = cast("int", words[-1].says)
    after = context.text[words[-1].end : words[-1].end + 1]
    digits = context.text[words[-1].start : words[-1].end][:1].isdigit()
    if not digits or after.isalnum() or after == "-" or context.follows(words[-1]):
        return None
    return tagged("when", words, When(grain="day of month", day=number))


def _rest_of(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the rest of the year": from the day of writing on."""
    when = next((word.says for word in words if isinstance(word.says, When)), None)
    if when is None:
        many, letter = unit_of(words)
        when = unit_at(letter, many, 0, context.written)
    bounds = bounds_of(when)
    if bounds is None or context.written is None or not bounds[0] <= context.written <= bounds[1]:
        return None
    first, last = (cal.day_of(day, context.written) for day in (context.written, bounds[1]))
    return tagged("stretch", words, Stretch(first=first, last=last))


PARTS = Rules(
    ("for dur comma? from when", for_duration_from),
    ("(?: the )? (?: ord | last ) dur of when", _part_of),
    ("(?: the )? (?: ord | last ) dur of (?: the )? unit", _part_of_duration),
    ("(?: the )? (?: ord | last ) unit of when", _part_of),
    ("(?: the )? (?: ord | last ) unit of (?: the )? unit", _part_of_unit),
    ("unit (?: d | n ) (?: of (?: y | when ) )?", _numbered_week),
    ("(?: the )? unit (?: of | starting (?: on )? | phase (?: on )? ) (?: when | the ord )", _week_of_day),
    ("(?: the )? ord (?: of | in )? when", _day_in_month),
    ("phase dash? when", _phase),
    ("phase of (?: the )? when", _phase),
    ("phase of (?: the )? unit", _phase_of_unit),
    ("phase unit", _phase_of_unit),
    ("later (?: in )? when", _earlier_in),
    ("earlier (?: in )? when", _earlier_in),
    ("(?: earlier | later ) in the unit", _earlier_in),
    ("dur ago", read_ago),
    ("dur (?: later | earlier )", read_afterwards),
    ("(?: dur ) (?: before | after | from | since ) when", read_from_date),
    ("in dur (?! ago | later | earlier | before )", read_in_duration),
    ("within (?: the )? next? dur", read_within),
    ("unit to date", _to_date),
    ("the unit (?: before | after ) (?! when )", day_before),
    ("rest of the unit", _rest_of),
    ("rest of when", _rest_of),
    ("(?<= on | of | until | by ) the ord", _lone_ordinal),
    (
        "(?<= in | for | of | during | over | at ) the unit (?! d | n | to date | of | before | after )",
        _current_unit,
    ),
)
