"""Units of time: the last week, the next three months, almost 30 years, every two days."""

import re
from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, date
from typing import cast

from sayso.claims import calendar as cal
from sayso.claims.calendar import Stretch, When
from sayso.claims.timedays import SHIFTS
from sayso.claims.timenumbers import THREE_DIGITS, count_of
from sayso.claims.timewords import Context, Duration, Word, tagged
from sayso.core.records import Number, TimeModifier

_FRIDAY = 4  # as date.weekday counts
# "It will last three days" counts from nowhere.
_VERB_BEFORE = re.compile(
    r"\b(?:will|would|to|may|might|could|can|should|not|n't|didn\W?t)\s\Z", re.IGNORECASE
)


def unit_at(letter: str, many: int, shift: int, written: date | None) -> When:
    """Return the day, week, weekend, month, quarter, year … that a day lies in, or one so many later."""
    anchor = written
    if written is None:
        return _open_unit(letter, many)
    found: When | None = None
    if letter == "D":
        day = cal.shifted(written, shift)
        found = None if day is None else cal.day_of(day, anchor)
    elif letter in {"W", "WE", "WW"}:
        day = cal.shifted(cal.monday(written), 7 * many * shift)
        grain = {"W": "week", "WE": "weekend", "WW": "workweek"}[letter]
        found = None if day is None else cal.week_of(day, anchor)
        if found is not None:
            found = When(grain=cast("cal.Grain", grain), year=found.year, number=found.number, anchor=anchor)
    elif letter == "M":
        begins = (written.month - 1) // many * many + 1
        day = cal.months_later(date(written.year, begins, 1), many * shift)
        if day is not None and many == THREE_DIGITS:
            found = When(grain="quarter", year=day.year, number=(day.month + 2) // 3, anchor=anchor)
        elif day is not None:
            found = When(grain="month", year=day.year, month=day.month, anchor=anchor)
    elif letter == "Y":
        year = written.year // many * many + many * shift
        if year + 1 >= MINYEAR and year <= MAXYEAR:
            found = _years(year, many, anchor)
    return found or _open_unit(letter, many)


def _years(year: int, many: int, anchor: date | None) -> When:
    if many == 1:
        return When(grain="year", year=year, anchor=anchor)
    return When(grain="decade" if many == 10 else "century", number=year, anchor=anchor)  # noqa: PLR2004 - years of a decade


def _open_unit(letter: str, many: int) -> When:
    fixed = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "WW": "XXXX-WXX-WD", "M": "XXXX-XX"}
    value = "XXXX-QX" if (letter, many) == ("M", 3) else fixed.get(letter, "XXXX")
    return When(grain="fixed", fixed=value)


def read_relative_unit(words: Sequence[Word], context: Context) -> Word | None:
    """Read "last week", "the same day", "next quarter"; a narrative's "that week" is of its last day."""
    shift_word = next(word.tag for word in words if word.tag in SHIFTS)
    many, letter = cast("tuple[int, str]", words[-1].says)
    told = shift_word in {"same", "that", "following"} or (letter == "D")
    said = context.text[words[-1].start : words[-1].end].lower()
    if letter == "D" and shift_word == "last" and said == "day":
        return None  # of something else
    if shift_word == "last" and context.written is not None and _says_past(words, context):
        found = span_of(context.written, many, letter, forward=False)
        return None if found is None else tagged("stretch", words, found)
    if letter.startswith("T") or (shift_word == "that" and letter == "D" and context.told is None):
        return None
    if (many, letter) == (2, "W"):
        found = (
            None
            if context.written is None
            else span_of(context.written, many, letter, forward=SHIFTS[shift_word] >= 0)
        )
        return None if found is None else tagged("stretch", words, found)
    if any(word.tag in {"fiscal", "school"} for word in words):
        year = None if context.written is None else context.written.year + SHIFTS[shift_word]
        grain = cast("cal.Grain", next(word.tag for word in words if word.tag in {"fiscal", "school"}))
        return tagged("when", words, When(grain=grain, year=year, anchor=context.written))
    return tagged(
        "when", words, unit_at(letter, many, SHIFTS[shift_word], context.told if told else context.written)
    )


def _says_past(words: Sequence[Word], context: Context) -> bool:
    """Whether it is the past year, which ends today, and not the last one."""
    return any(context.text[word.start : word.end].lower() == "past" for word in words)


def read_relative_units(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the last three months", "the following days": so many units up to a day, or after it."""
    shift_word = next(word.tag for word in words if word.tag in SHIFTS)
    many, letter = cast("tuple[int, str]", words[-1].says)
    if letter.startswith("T") or shift_word in {"same", "that"}:
        return None
    if shift_word == "last" and _VERB_BEFORE.search(
        context.text, max(0, words[0].start - 12), words[0].start
    ):
        return None
    count = next((count_of(word, context) for word in words if word.tag in {"d", "n", "dec"}), None)
    if count is None:
        return _open_units(words, shift_word, context)
    if context.written is None:
        return tagged("when", words, reference_of(SHIFTS[shift_word]))
    if letter == "M" and many > 1:
        return _whole_quarters(words, SHIFTS[shift_word], int(count), context.written)
    counted_from = context.told if shift_word == "following" else context.written
    found = span_of(counted_from or context.written, count * many, letter, forward=SHIFTS[shift_word] >= 0)
    return None if found is None else tagged("stretch", words, found)


def read_relative_units_after_count(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the 5 past years", not "only 3 next week"."""
    return read_relative_units(words, context) if _is_plural(words[-1], context) else None


def _is_plural(word: Word, context: Context) -> bool:
    return context.text[word.start : word.end].lower().endswith("s")


def read_within_next(words: Sequence[Word], context: Context) -> Word | None:
    """Read "within the next 10 months": from the day of writing on."""
    many, letter = cast("tuple[int, str]", words[-1].says)
    count = count_of(words[-2], context)
    if context.written is None or count is None or letter.startswith("T"):
        return None
    day = cal.shifted(context.written, -1)
    found = None if day is None else span_of(day, count * many, letter, forward=True)
    return None if found is None else tagged("stretch", words, found)


def _open_units(words: Sequence[Word], shift_word: str, context: Context) -> Word | None:
    if not any(word.tag == "some" for word in words) and not _is_plural(words[-1], context):
        return None
    return tagged("when", words, reference_of(SHIFTS[shift_word]))


def reference_of(shift: int) -> When:
    """Return TimeML's reference to the past (-1), the present (0) or the future (1)."""
    return When(grain="fixed", fixed={-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[shift])


def _whole_quarters(words: Sequence[Word], shift: int, count: int, written: date) -> Word | None:
    begins = date(written.year, (written.month - 1) // 3 * 3 + 1, 1)
    first = cal.months_later(begins, -3 * count if shift < 0 else 3)
    last = cal.months_later(begins, -3 if shift < 0 else 3 * count)
    if first is None or last is None:
        return None
    ends = [
        When(grain="quarter", year=d.year, number=(d.month + 2) // 3, anchor=written) for d in (first, last)
    ]
    return tagged("stretch", words, Stretch(first=ends[0], last=ends[1]))


def span_of(day: date, count: Number, letter: str, *, forward: bool) -> Stretch | None:
    """Return the days of a duration that begins the day after `day`, or that ends the day before it."""
    begin = cal.shifted(day, 1) if forward else cal.later(day, -count, letter)
    end = cal.later(begin or day, count, letter) if forward else day
    last = None if end is None else cal.shifted(end, -1)
    if begin is None or last is None or last < begin:
        return None
    return Stretch(first=cal.day_of(begin, day), last=cal.day_of(last, day))


_BOUNDS: dict[str, TimeModifier] = {"about": "approx", "almost": "less_than", "over": "more_than"}
_COMPARED: dict[str, TimeModifier] = {
    "more": "more_than",
    "less": "less_than",
    "least": "equal_or_more",
    "most": "equal_or_less",
    "up": "equal_or_less",
    "no": "equal_or_less",
}


def _bound(words: Sequence[Word]) -> tuple[TimeModifier, ...]:
    tags = [word.tag for word in words]
    if tags[:2] == ["no", "less"] or tags[:2] == ["not", "less"]:
        return ("equal_or_more",)
    if tags[:1] == ["not"]:
        return ("equal_or_less",)
    return tuple((_BOUNDS | _COMPARED)[tag] for tag in tags if tag in _BOUNDS or tag in _COMPARED)[:1]


def read_duration(words: Sequence[Word], context: Context) -> Word | None:
    """Read "almost 30 years", "2 weeks and 3 days", "a year and a half", "several weeks"."""
    units = [number for number, word in enumerate(words) if word.tag == "unit"]
    parts: list[tuple[Number | None, str]] = []
    start = 0
    for at in units:
        many, letter = cast("tuple[int, str]", words[at].says)
        counted = words[start:at]
        count = _stated(counted, context)
        if count is _UNREADABLE:
            return None
        parts.append((None if count is None else cast("Number", count) * many, letter))
        start = at + 1
    if any(word.tag == "half" for word in words[start:]) and parts[-1][0] is not None:
        parts[-1] = (parts[-1][0] + 0.5 * cast("tuple[int, str]", words[units[-1]].says)[0], parts[-1][1])
    if letter == "M" and many > 1 and any(word.tag == "a" for word in words):
        return None  # "a quarter" of something
    head = next(
        number
        for number, word in enumerate(words)
        if word.tag in {"d", "n", "dec", "a", "some", "half", "couple"}
    )
    return tagged("dur", words, Duration(parts=tuple(parts), modifiers=_bound(words[:head])))


_UNREADABLE = object()


def _stated(words: Sequence[Word], context: Context) -> object:
    tags = [word.tag for word in words]
    number = next((word for word in words if word.tag in {"d", "n", "dec"}), None)
    half = 0.5 if "half" in tags else 0
    if number is not None:
        count = count_of(number, context)
        return _UNREADABLE if count is None else count + half
    if "some" in tags:
        return None
    if "couple" in tags:
        return 2
    return half or 1


def read_whole_unit(words: Sequence[Word], context: Context) -> Word | None:
    """Read "all day", "another week"."""
    del context
    many, letter = cast("tuple[int, str]", words[-1].says)
    return tagged("dur", words, Duration(parts=((many, letter),)))


def read_weekend(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the weekend", up to Thursday the one gone by; "weekends" are all of them."""
    if words[-1].says != (1, "WE"):
        return None
    if _is_plural(words[-1], context):
        return tagged("set", words, "P1WE")
    gone = context.written is not None and context.written.weekday() < _FRIDAY
    return tagged("when", words, unit_at("WE", 1, -1 if gone else 0, context.written))


def read_repeated(words: Sequence[Word], context: Context) -> Word:
    """Read "daily", "annually"."""
    del context
    return tagged("set", words, words[0].says)


def read_each_unit(words: Sequence[Word], context: Context) -> Word | None:
    """Read "every two weeks", "each year", "every other day", "once a month"."""
    many, letter = cast("tuple[int, str]", words[-1].says)
    tags = [word.tag for word in words]
    if letter.startswith("T") or words[0].says == "all" or (tags[0] == "all"):
        return None
    counts = [word for word in words[:-1] if word.tag in {"d", "ord", "n"}]
    count: Number | None = 1
    if tags[0] == "each" and counts:
        count = cast("int", counts[0].says) if counts[0].tag != "n" else count_of(counts[0], context)
    if "other" in tags:
        count = 2
    return None if count is None else tagged("set", words, f"P{count * many:.15g}{letter}")


def read_each_weekday(words: Sequence[Word], context: Context) -> Word:
    """Read "every Friday", "Thursdays"."""
    del context
    number = next(word.says for word in words if word.tag in {"weekday", "weekdays", "wd"})
    return tagged("set", words, f"XXXX-WXX-{number}")


def read_all_weekends(words: Sequence[Word], context: Context) -> Word | None:
    """Read "every weekend"."""
    del context
    return tagged("set", words, "P1WE") if words[-1].says == (1, "WE") else None


def _soon_after(day: date, letter: str) -> When:
    """Return the month or year in which the days after a named day lie: how many there are is open."""
    following = cal.shifted(day, 1) or day
    grain: cal.Grain = "month" if letter in {"D", "W", "WE", "WD"} else "year"
    return When(
        grain=grain, year=following.year, month=following.month if grain == "month" else None, anchor=day
    )


def read_day_named(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the next day", "the following days"."""
    if words[0].tag != "the":
        return None
    unit = words[-1]
    plural = context.text[unit.start : unit.end].lower().endswith("s")
    letter = cast("tuple[int, str]", unit.says)[1]
    shift = SHIFTS[words[1].tag]
    if plural and not letter.startswith("T") and words[1].tag == "following" and context.named is not None:
        return tagged("when", words, _soon_after(context.named, letter))
    if plural and not letter.startswith("T") and words[1].tag != "same":
        return tagged("when", words, reference_of(shift))
    return read_relative_unit(words, context) if letter == "D" and words[1].tag != "last" else None
