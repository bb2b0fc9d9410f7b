"""Times so long before or after others: two weeks before a date, three years ago, within nine months."""

from collections.abc import Sequence
from datetime import MAXYEAR, date
from typing import TypeVar, cast

import msgspec

from sayso.claims import calendar as cal
from sayso.claims.calendar import Stretch, When
from sayso.claims.timewords import Context, Duration, Word, tagged
from sayso.core.records import TimeModifier

_DAYS_OF_WEEK = 7
_MOST_WEEKS = 28  # days
_Said = TypeVar("_Said", When, Duration)


def says(words: Sequence[Word], kind: type[_Said]) -> _Said:
    """Return what the first word of a kind says."""
    return next(word.says for word in words if isinstance(word.says, kind))


def unit_of(words: Sequence[Word]) -> tuple[int, str]:
    """Return the first unit among words: how many, and its ISO 8601 letter."""
    return next(cast("tuple[int, str]", word.says) for word in words if word.tag == "unit")


def _from(day: date | None, duration: Duration, *, back: bool) -> When:
    """Return the day, or the coarser unit where the count is not stated, that lies so long from a day."""
    found = day
    for count, unit in duration.parts:
        found = None if found is None or count is None else cal.later(found, -count if back else count, unit)
    if found is not None:
        return cal.with_modifiers(cal.day_of(found, day), _of_distance(duration, back=back))
    return When(grain="fixed", fixed="PAST_REF" if back else "FUTURE_REF", anchor=None)


def _of_distance(duration: Duration, *, back: bool) -> tuple[TimeModifier, ...]:
    """Return on which side such a day lies: "more than two weeks ago" before it, "almost" after it."""
    farther: TimeModifier = "before" if back else "after"
    nearer: TimeModifier = "after" if back else "before"
    names: dict[TimeModifier, TimeModifier] = {
        "more_than": farther,
        "equal_or_more": farther,
        "less_than": nearer,
        "equal_or_less": nearer,
        "approx": "approx",
    }
    return tuple(names[one] for one in duration.modifiers)


def _clock(duration: Duration) -> bool:
    return any(unit.startswith("T") for _, unit in duration.parts)


def read_ago(words: Sequence[Word], context: Context) -> Word | None:
    """Read "three years ago"."""
    duration = says(words, Duration)
    if _clock(duration):
        return None
    return tagged("when", words, _from(context.written, duration, back=True))


def read_afterwards(words: Sequence[Word], context: Context) -> Word | None:
    """Read "two days earlier", "3 weeks later": from the last day named, as narratives count."""
    duration = says(words, Duration)
    if _clock(duration):
        return None
    back = context.text[words[-1].start : words[-1].end].lower() == "earlier"
    if context.named is None and any(unit == "Y" for _, unit in duration.parts):
        return tagged("when", words, When(grain="fixed", fixed="XXXX-XX-XX"))  # nobody says than what
    return tagged("when", words, _from(context.told, duration, back=back))


def read_from_date(words: Sequence[Word], context: Context) -> Word | None:
    """Read "two days after 5 May", "three weeks from tomorrow", "2 weeks before Easter"."""
    duration, when = says(words, Duration), says(words, When)
    if _clock(duration):
        return None
    back = any(word.tag == "before" for word in words)
    begun = _ahead(when, context)
    if words[1].tag == "from" and when.grain == "weekday" and begun is not None:
        begun = cal.shifted(begun, _DAYS_OF_WEEK)  # from the coming one
    if begun is None:
        return None
    return tagged("when", words, _from(begun, duration, back=back))


def _ahead(when: When, context: Context) -> date | None:
    """Return the first day a time stands for; "now" is the day of writing."""
    if when.fixed == "PRESENT_REF":
        return context.written
    if when.also is not None:
        return None  # nobody can tell from which
    return cal.first_day(cal.resolved(when, context.written))


def read_in_duration(words: Sequence[Word], context: Context) -> Word | None:
    """Read "in two weeks"."""
    duration = says(words, Duration)
    if _clock(duration) or duration.modifiers or duration.parts[0][0] is None:
        return None
    if context.text[words[-1].end : words[-1].end + 3].lower().startswith((" of", "-")):
        return None
    return tagged("when", words, _from(context.written, duration, back=False))


def read_within(words: Sequence[Word], context: Context) -> Word | None:
    """Read "within 9 months": from the day of writing on."""
    duration = says(words, Duration)
    if (
        _clock(duration)
        or context.written is None
        or len(duration.parts) != 1
        or duration.parts[0][0] is None
    ):
        return None
    count, unit = duration.parts[0]
    begin = context.written
    end = cal.later(begin, cast("int", count), unit)
    last = None if end is None else cal.shifted(end, -1)
    if last is None or last < begin:
        return None
    return tagged("stretch", words, Stretch(first=cal.day_of(begin, begin), last=cal.day_of(last, begin)))


def for_duration_from(words: Sequence[Word], context: Context) -> Word | None:
    """Read "3 days starting from next Monday", "for 1 week, from 20 December"."""
    duration, when = says(words, Duration), says(words, When)
    if _clock(duration) or len(duration.parts) != 1 or duration.parts[0][0] is None:
        return None
    ahead = when if when.year is not None or context.written is None else _soonest(when, context.written)
    begin = _ahead(ahead, context)
    end = None if begin is None else cal.later(begin, duration.parts[0][0], duration.parts[0][1])
    last = None if end is None else cal.shifted(end, -1)
    if begin is None or last is None or last < begin:
        return None
    anchor = context.written if when.year is None else when.anchor
    return tagged("stretch", words, Stretch(first=cal.day_of(begin, anchor), last=cal.day_of(last, anchor)))


def _soonest(when: When, written: date) -> When:
    if when.grain != "day" or when.month is None:
        return when
    this = msgspec.structs.replace(when, year=written.year)
    day = cal.first_day(this)
    if (day is not None and day >= written) or written.year == MAXYEAR:
        return this
    return msgspec.structs.replace(when, year=written.year + 1)


def read_apposed(words: Sequence[Word], context: Context) -> list[Word] | None:
    """Read "Christmas Eve, 6 January 2023": of the readings of the first, the one that the second names."""
    first, second = words[0].says, words[-1].says
    if not isinstance(first, When) or not isinstance(second, When) or first.also is None:
        return None
    del context
    named = (second.grain, second.month, second.day)
    if second.also is not None or named not in {
        (one.grain, one.month, one.day) for one in cal.readings_of(first)
    }:
        return None
    return [tagged("when", words[:1], second), *words[1:]]


def weekday_near(words: Sequence[Word], context: Context) -> Word | None:
    """Read "Monday two weeks from now", "in 3 days on Friday": such a weekday at or after that day."""
    whens = [word.says for word in words if isinstance(word.says, When)]
    weekday = next((one for one in whens if one.grain == "weekday" and one.day is None), None)
    other = next((one for one in whens if one is not weekday and one.grain == "day" and one.anchor), None)
    if weekday is None or other is None:
        return None
    begun = cal.first_day(other)
    if begun is None:
        return None
    distance = (weekday.number or 0) - begun.isoweekday()
    # Weeks from now it is a day of that week; months from now the next such day.
    far = other.anchor is not None and abs((begun - other.anchor).days) > _MOST_WEEKS
    day = cal.shifted(begun, distance % _DAYS_OF_WEEK if far else distance)
    del context
    return None if day is None else tagged("when", words, cal.day_of(day, other.anchor))
