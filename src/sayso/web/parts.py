"""The parts of a claim in words: what each is, where it stands, and the value that was read from it."""

import re
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Final

import msgspec

from sayso.core.records import (
    Claim,
    Embedding,
    EventCategory,
    Hedge,
    LawKind,
    Place,
    Quantity,
    Time,
    TimeModifier,
)
from sayso.core.spans import Spans
from sayso.core.views import ChainLink, Quoted
from sayso.exchange.figures import value_words
from sayso.exchange.papers import day_words
from sayso.language.lexicon.calendar import calendar

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_HEDGES: Final[Mapping[str, str]] = {
    "hedge": "the speaker is not certain",
    "distancing": "the reporter keeps distance: somebody's say-so",
    "scare_quotes": "the reporter keeps distance by quotation marks",
}
_EMBEDDINGS: Final[Mapping[Embedding, str]] = {
    "relative": "said in passing, in a relative clause",
    "adverbial": "said in passing, in a side clause",
    "presupposed": "taken for granted by another claim",
}
_EVENTS: Final[Mapping[EventCategory, str]] = {
    "agree": "agreement", "consult": "consultation", "support": "support", "cooperate": "cooperation",
    "aid": "aid", "yield": "yielding", "request": "request", "accuse": "accusation", "reject": "rejection",
    "threaten": "threat", "protest": "protest", "sanction": "sanction", "mobilize": "mobilisation",
    "coerce": "coercion", "assault": "assault",
}  # fmt: skip
_LAWS: Final[Mapping[LawKind, str]] = {
    "resolution": "a resolution", "convention": "a convention", "treaty": "a treaty",
    "agreement": "an agreement", "article": "an article", "case": "a case before a court",
}  # fmt: skip
_MODIFIERS: Final[Mapping[TimeModifier, str]] = {
    "before": "before", "after": "after", "on_or_before": "on or before", "on_or_after": "on or after",
    "start": "the start of", "mid": "the middle of", "end": "the end of", "approx": "about",
    "less_than": "less than", "more_than": "more than", "equal_or_less": "at most",
    "equal_or_more": "at least",
}  # fmt: skip
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(?::\d\d)?)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
_LENGTH = re.compile(r"P(T)?(\d{1,9}(?:\.\d{1,9})?)([YMWDHS])", re.ASCII)
_UNITS: Final = {
    "Y": "years",
    "M": "months",
    "W": "weeks",
    "D": "days",
    "TH": "hours",
    "TM": "minutes",
    "TS": "seconds",
}


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a claim."""

    letter: str  # by which it is marked in its sentence; empty: its words do not stand there
    role: str
    words: str  # as the text has them; empty where they stand elsewhere
    value: str  # what was read from them; empty where the words say it all
    spans: Spans


def parts(quoted: Quoted) -> tuple[Told, ...]:
    """Return the parts of a claim as they stand in its sentence, then those that stand elsewhere."""
    found = [(role, spans, value, quoted_words(quoted, spans)) for role, spans, value in _parts(quoted)]
    marked = sorted((one for one in found if one[3]), key=lambda one: one[1])
    letters = (_LETTERS[number % 26] * (1 + number // 26) for number in count())
    return tuple(
        Told(letter=letter, role=role, words=words, value=value, spans=spans)
        for (role, spans, value, words), letter in (
            *zip(marked, letters, strict=False),
            *((one, "") for one in found if not one[3]),
        )
    )


def quoted_words(quoted: Quoted, spans: Spans) -> str:
    """Return the words of spans as far as they stand in what is quoted."""
    whole = quoted.span
    inside = (span for span in spans if span.within(whole))
    return " … ".join(quoted.words[span.start - whole.start : span.end - whole.start] for span in inside)


def _parts(quoted: Quoted) -> Iterator[tuple[str, Spans, str]]:
    claim = quoted.view.claim
    if quoted.source:
        yield "source", quoted.source, _speaker(quoted.view.chain[0])
    if quoted.cue:
        yield "cue", quoted.cue, ""
    yield from _roles(claim)
    for hedge in claim.hedges:
        yield _hedge(hedge)
    for quantity in claim.quantities:
        bound = quantity.bound_words
        spans = (quantity.span,) if bound is None or bound.within(quantity.span) else (bound, quantity.span)
        yield "figure", tuple(sorted(spans)), figure_words(quantity)
    for time in claim.times:
        yield "time", (time.span,), time_words(time)
    for place in claim.places:
        yield "place", (place.span,), place_words(place)
    for law in claim.law:
        yield "law", (law.span,), law.identifier or f"{_LAWS[law.kind]}, named without a number"


def _roles(claim: Claim) -> Iterator[tuple[str, Spans, str]]:
    event = "" if claim.event is None else f"an event of {_EVENTS[claim.event.category]}"
    mode = "" if claim.event is None or claim.event.mode is None else f", {claim.event.mode}"
    for role, part in (("actor", claim.actor), ("action", claim.action), ("target", claim.target)):
        if part is not None:
            yield role, (part.span,), part.name if role != "action" else f"{event}{mode}"
    if claim.action is None and claim.event is not None:
        yield "event", (claim.event.span,), f"{event}{mode}"
    if claim.negation is not None:
        yield "negation", (claim.negation,), "the claim is a negative one"
    if claim.embedded is not None:
        yield "standing", (), _EMBEDDINGS[claim.embedded]


def _speaker(link: ChainLink) -> str:
    if link.speaker is None:
        return "nobody is named"
    return link.speaker if link.basis in {None, "stated"} else f"{link.speaker} ({link.basis})"


def _hedge(hedge: Hedge) -> tuple[str, Spans, str]:
    return "hedge" if hedge.kind == "hedge" else "distance", (hedge.span,), _HEDGES[hedge.kind]


def figure_words(quantity: Quantity) -> str:
    """Say a figure with its bounds, what it counts, and whether it is upheld."""
    one = quantity.bound != "range" and {quantity.low, quantity.best, quantity.high} <= {1, None}
    people = "person" if one else "people"
    unit = {"person": people, "percent": ""}.get(quantity.unit or "", quantity.unit or "")
    counted = quantity.population if quantity.population not in {None, "person", quantity.unit} else ""
    stated = {
        "held": "",
        "denied": "rejected or not confirmed",
        "retracted": "since withdrawn or replaced",
        "supposed": "of what would or will happen",
    }
    what = " ".join(word for word in (value_words(quantity), unit, quantity.outcome) if word)
    said = (what, counted, "a part of another figure" if quantity.part_of else "", stated[quantity.stated])
    return ", ".join(word for word in said if word)


def time_words(time: Time) -> str:
    """Say a time, with what it was counted from."""
    before = " ".join(_MODIFIERS[modifier] for modifier in time.modifiers)
    first, to, last = time.value.partition("/")
    value = f"{_point(first)} to {_point(last)}" if to else _point(time.value)
    counted = f", counted from {_point(time.anchor)}" if time.anchor else ""
    return f"{before} {value}".lstrip() + counted


def _point(value: str) -> str:
    if day := _DAY.fullmatch(value):
        words = _day(f"{day[1]}-{day[2]}-{day[3]}")
        return f"{words}, {day[4]}" if day[4] else words
    if (month := _MONTH.fullmatch(value)) and 1 <= int(month[2]) <= len(calendar().month_names):
        return f"{calendar().month_names[int(month[2]) - 1].capitalize()} {month[1]}"
    if length := _LENGTH.fullmatch(value):
        unit = _UNITS.get(f"{length[1] or ''}{length[3]}")
        if unit:
            return f"{length[2]} {unit if length[2] != '1' else unit[:-1]}"
    return value


def _day(iso: str) -> str:
    try:
        return day_words(iso)
    except ValueError:  # a day that no month has
        return iso


def place_words(place: Place) -> str:
    """Say which place a name was resolved to, or that the text leaves it open."""
    if place.gazetteer is None:
        kind = f"{place.kind}; " if place.kind else ""
        return f"{kind}which one is open" if place.candidates else place.kind or "not in the gazetteer"
    found = next((one for one in place.candidates if one.gazetteer == place.gazetteer), None)
    if found is None:
        return place.kind or place.gazetteer
    where = f", {' or '.join(found.countries)}" if found.countries else ""
    others = len(place.candidates) - 1
    more = f"; {others} other{'s' if others > 1 else ''} of that name" if others else ""
    return f"{found.name}, {found.kind}{where}{more}"
