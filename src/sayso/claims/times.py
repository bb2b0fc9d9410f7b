"""Times of a text as TIMEX/EDTF values, counted from the publication date; what is unknown stays open."""

import re
from bisect import bisect_left
from datetime import MAXYEAR, date
from typing import cast

from sayso.claims import calendar as cal
from sayso.claims.calendar import Stretch, When
from sayso.claims.timeatoms import ATOMS
from sayso.claims.timenumbers import NUMBERS
from sayso.claims.timeparts import PARTS
from sayso.claims.timeranges import DIRECTIONS, RANGES
from sayso.claims.timewords import Context, Duration, Word, runs
from sayso.core.records import Problem, Time, TimeModifier
from sayso.core.spans import Span

_LEVELS = (NUMBERS, ATOMS, PARTS, RANGES, DIRECTIONS)
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d/-])")
_MONTHS_OF_YEAR = 12
# Counts that the years of the calendar hold; shorter ones than a thousandth are no count.
_MOST = {
    unit: MAXYEAR * many
    for unit, many in {
        "Y": 1, "M": 12, "W": 53, "WE": 53, "WW": 53, "D": 366, "WD": 366, "TH": 366 * 24, "TM": 366 * 1440,
    }.items()
}  # fmt: skip
_SHORTEST = 0.001
_UNKNOWN_DAY = "XXXX-XX-XX"
# What began or ended is named by words that are no time: "since the outbreak of hostilities".
_EVENT_SIDE = re.compile(
    r"\b(since|after|before|until)\s+the\s+(?:[a-z]{1,20}\s+)?"
    r"(?:outbreak|onset|outset|start|beginning|end|signing|escalation|resumption|eruption)\s+of\s+"
    r"(?:(?:the|this|these|its|their|an?)\s+)?(?:[a-z][\w\u2019'-]{1,30}\s+){0,2}?[a-z][\w\u2019'-]{1,30}"
    r"(?=\s*(?:[^\w\s]|$)|\s+(?:in|on|at|by|with|and|or|to|for|as|the|a|were|was|is|are|has|have|had|that|which"
    r"|who|when|until|near|from|against|between|while|of|he|she|it|they|we|more|at)\b)",
    re.IGNORECASE,
)
_SIDES: dict[str, TimeModifier] = {
    "since": "on_or_after", "after": "after", "before": "before", "until": "on_or_before",
}  # fmt: skip


def times_in(
    text: str, published: date | None, *, month_first: bool | None = None
) -> tuple[Time | Problem, ...]:
    """Return the times of a text in order; an impossible date is a Problem and stays text.

    `month_first` says how the outlet's country writes 05/11/2020; left out, the text's other dates decide,
    and where they do not both readings are kept with a Problem.
    """
    order = _evident_order(text) if month_first is None else month_first
    context = Context(text=text, written=published, month_first=order)
    found: list[Time | Problem] = []
    for run in runs(text):
        for word in _read(run, context):
            made = _made(word, context)
            found += made
            if made and isinstance(word.says, When):
                context.note(word.says)
    return _with_events(found, text)


def _read(words: list[Word], context: Context) -> list[Word]:
    """Apply every level of the grammar; each counts from the days before a word, never from one behind it."""
    begun = last = context.named
    for level in _LEVELS:
        context.named = begun
        words = level.over(words, context)
        if context.named is not begun:
            last = context.named
    context.named = last
    return words


def _with_events(found: list[Time | Problem], text: str) -> tuple[Time | Problem, ...]:
    """Return the times with those that an event alone names; when it was, the text does not say."""
    # The word every such phrase holds is rarer than its first one.
    events = [] if " of " not in text else list(_EVENT_SIDE.finditer(text))
    if not events:
        return tuple(found)
    taken = [one.span for one in found if one.span is not None]
    starts = [span.start for span in taken]
    for event in events:
        near = taken[max(0, bisect_left(starts, event.start()) - 1) : bisect_left(starts, event.end())]
        if not any(span.start < event.end() and event.start() < span.end for span in near):
            side = _SIDES[event[1].lower()]
            found.append(Time(span=Span(*event.span()), value=_UNKNOWN_DAY, kind="date", modifiers=(side,)))
    return tuple(
        sorted(found, key=lambda one: (0, 0) if one.span is None else (one.span.start, one.span.end))
    )


def _evident_order(text: str) -> bool | None:
    """Tell whether a text writes the month first, where one of its dates shows it and none the contrary."""
    if "/" not in text and "-" not in text:
        return None
    month_first = day_first = False
    for found in _NUMERIC.finditer(text):
        first, second = int(found[1]), int(found[3])
        month_first = month_first or second > _MONTHS_OF_YEAR >= first
        day_first = day_first or first > _MONTHS_OF_YEAR >= second
    return month_first if month_first != day_first else None


def _made(word: Word, context: Context) -> list[Time | Problem]:
    match word.tag:
        case "when":
            return _of_when(word, cast("When", word.says), context)
        case "stretch":
            return [_of_stretch(word, cast("Stretch", word.says), context)]
        case "dur":
            return _of_duration(word, cast("Duration", word.says))
        case "set":
            return [Time(span=word.span, value=cast("str", word.says), kind="set")]
        case "impossible":
            return [_impossible(word, cast("When", word.says))]
        case _:
            return []


def _of_when(word: Word, when: When, context: Context) -> list[Time | Problem]:
    full = cal.resolved(when, context.written)
    time = Time(
        span=word.span,
        value=cal.value_of(full),
        kind="date",
        anchor=None if full.anchor is None else full.anchor.isoformat(),
        modifiers=full.modifiers,
    )
    if full.also is None:
        return [time]
    doubt = Problem(
        code="ambiguous-date",
        message=f"nothing in the text tells which day is meant: {time.value}",
        stage="times",
        span=word.span,
        hint="every reading is kept",
    )
    return [time, doubt]


def _of_stretch(word: Word, stretch: Stretch, context: Context) -> Time:
    full = cal.resolved_stretch(stretch, context.written)
    anchor = full.first.anchor or full.last.anchor
    return Time(
        span=word.span,
        value=f"{cal.value_of(full.first)}/{cal.value_of(full.last)}",
        kind="date",
        anchor=None if anchor is None else anchor.isoformat(),
        modifiers=full.modifiers,
    )


def _of_duration(word: Word, duration: Duration) -> list[Time | Problem]:
    """Write a duration as ISO 8601 does; an open count is X, and hours stand behind a T.

    One longer than the calendar, or with a count that only an exponent could write, is none.
    """
    if not all(count is None or _SHORTEST <= count <= _MOST[unit] for count, unit in duration.parts):
        return []
    days = "".join(_counted(count, unit) for count, unit in duration.parts if not unit.startswith("T"))
    hours = "".join(_counted(count, unit[1:]) for count, unit in duration.parts if unit.startswith("T"))
    value = f"P{days}" + (f"T{hours}" if hours else "")
    return [Time(span=word.span, value=value, kind="duration", modifiers=duration.modifiers)]


def _counted(count: float | None, unit: str) -> str:
    return f"X{unit}" if count is None else f"{count:.15g}{unit}"


def _impossible(word: Word, when: When) -> Problem:
    return Problem(
        code="impossible-date",
        message=f"there is no day {when.day} in month {when.month}",
        stage="times",
        span=word.span,
        hint="kept as text; check the source",
    )
