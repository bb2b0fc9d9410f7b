"""Figures of a text as bounds, with unit, outcome and population; a range is never a mean."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import msgspec

from sayso.core.records import Bound, Number, Quantity, QuantityKind
from sayso.core.spans import Span
from sayso.language.lexicon import grammar, values
from sayso.language.segments import Segments, Sentence, Token

_LONGEST_NOUN_PHRASE = 5  # tokens after a figure
_OUTCOME_REACH = 14  # tokens on either side of a figure within its clause
_PART = re.compile(r"\b(?:among them|including|of whom|of them|among whom)\b", re.IGNORECASE)
_ADJECTIVES = frozenset({"armed", "occupied", "displaced", "united", "unarmed", "so-called", "masked"})
_PEOPLE = frozenset(
    {
        "person",
        "civilian",
        "child",
        "woman",
        "man",
        "soldier",
        "elderly",
        "journalist",
        "medic",
        "teacher",
        "worker",
    }
)
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP"}


class _Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure before its sentence is looked at."""

    span: Span
    low: Number | None
    best: Number | None
    high: Number | None
    bound: Bound
    bound_words: Span | None
    following: int  # code point after the figure


def quantities_in(segments: Segments, taken: Sequence[Span]) -> tuple[Quantity, ...]:
    """Return the figures of a text in order, but those in `taken`: parts of a date, a law's number."""
    found: list[Quantity] = []
    for sentence in segments.sentences:
        figures = [f for f in _figures(segments.text, sentence.span) if not _overlaps(f.span, taken)]
        found.extend(_in_sentence(segments, sentence, figures))
    return tuple(found)


def _overlaps(span: Span, taken: Sequence[Span]) -> bool:
    at = bisect_left(taken, Span(span.start, span.start + 1))
    return any(span.overlaps(other) for other in taken[max(0, at - 1) : at + 2])


@cache
def _pattern() -> re.Pattern[str]:
    words = values()
    word = "|".join(sorted(words.numbers, key=len, reverse=True))
    scale = "|".join(words.scales)
    # Longer ones are codes and keys, not counts.
    digits = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,9})?|\d{1,18}(?:\.\d{1,9})?"
    spelled = rf"(?:{word})(?:[-\s](?:{word}))?"
    number = rf"(?:(?:{digits})(?:\s+(?:{scale}))*|(?:{spelled}|a|half a)(?:\s+(?:{scale}))+|{spelled})"
    vague = "|".join(sorted(map(re.escape, words.vague), key=len, reverse=True))
    bound = "|".join(sorted(map(re.escape, words.bounds), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,/-])(?:(?P<bound>{bound})\s+)?(?:"
        rf"(?:between\s+)?(?P<from>{number})(?:(?<=\d)\s?[-–]\s?(?=\d)|\s+(?:to|and)\s+)(?P<to>{number})(?=\s)"
        rf"|(?P<number>{number})(?![\w]|,\d|-(?:year|day)|:\d)"
        rf"|(?P<vague>{vague})\b)",
        re.IGNORECASE,
    )


def _figures(text: str, sentence: Span) -> Iterator[_Figure]:
    for match in _pattern().finditer(text, sentence.start, sentence.end):
        bound_words = Span(*match.span("bound")) if match["bound"] else None
        if match["vague"] is not None:
            low = values().vague[match["vague"].lower()]
            yield _figure(Span(*match.span()), (low, None, None), "vague", bound_words)
        elif match["from"] is not None:
            yield from _pair(match)
        else:
            yield _bounded(Span(*match.span()), _value(match["number"]), match["bound"], bound_words)


def _pair(match: re.Match[str]) -> Iterator[_Figure]:
    """Read "between 10 and 15" and "10 to 15" as one range, "5 and 9" as two figures."""
    low, high = _value(match["from"]), _value(match["to"])
    joined_by_and = "and" in match.group().lower().split()
    if low < high and (match.group().lower().startswith("between") or not joined_by_and):
        yield _figure(Span(*match.span()), (low, None, high), "range", None)
        return
    for part in ("from", "to"):
        value = _value(match[part])
        yield _figure(Span(*match.span(part)), (value, value, value), "exact", None)


def _figure(
    span: Span, bounds: tuple[Number | None, Number | None, Number | None], bound: Bound, words: Span | None
) -> _Figure:
    low, best, high = bounds
    return _Figure(
        span=span, low=low, best=best, high=high, bound=bound, bound_words=words, following=span.end
    )


def _bounded(span: Span, value: Number, word: str | None, bound_words: Span | None) -> _Figure:
    bound: Bound = "exact" if word is None else values().bounds[word.lower()]
    low = None if bound in {"at_most", "less_than", "about"} else value
    high = None if bound in {"at_least", "more_than", "about"} else value
    return _figure(span, (low, value, high), bound, bound_words)


def _value(words: str) -> Number:
    """Read digits or words: "1,200", "twenty-five", "two dozen", "1.5 million"."""
    table = values()
    total: Number = 0
    current: Number = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in table.scales:
            current = (current or 1) * table.scales[word]
            if table.scales[word] > 100:  # noqa: PLR2004 - "two thousand five hundred"
                total, current = total + current, 0
        elif word in table.numbers:
            current += table.numbers[word]
        elif word == "half":
            current = 0.5
        elif word[0].isdigit():
            plain = word.replace(",", "")
            current = float(plain) if "." in plain else int(plain)
    value = total + current
    return int(value) if value == int(value) else value


def _in_sentence(segments: Segments, sentence: Sentence, figures: Sequence[_Figure]) -> list[Quantity]:
    tokens = segments.tokens_in(sentence.span)
    made: list[Quantity] = []
    whole: Quantity | None = None
    for number, figure in enumerate(figures):
        limit = figures[number + 1].span.start if number + 1 < len(figures) else sentence.span.end
        phrase = _noun_phrase(tokens, figure.following, limit)
        outcome = _outcome(tokens, figure, limit)
        if outcome is None and not phrase:
            outcome = _toll(tokens, figure)
        one = _quantity(segments.text, figure, phrase, outcome)
        if one is None:
            continue
        part = whole is not None and _is_part(segments, whole.span.end, one.span.start)
        one = msgspec.structs.replace(
            one,
            part_of=whole.span if part and whole is not None else None,
            outcome=one.outcome or (whole.outcome if part and whole is not None else None),
        )
        made.append(one)
        if not part:
            whole = one
    return _shared_outcomes(made)


def _is_part(segments: Segments, start: int, end: int) -> bool:
    """Whether "among them" stands between two figures, and no outcome has closed the first one yet."""
    between = Span(start, end)
    opened = _PART.search(segments.text, start, end)
    return opened is not None and not any(
        token.lower in values().outcomes for token in segments.tokens_in(between)
    )


def _noun_phrase(tokens: Sequence[Token], start: int, limit: int) -> list[Token]:
    phrase: list[Token] = []
    for token in tokens:
        if token.start < start or token.start >= limit:
            continue
        verb = phrase and token.lower.endswith("ed") and token.lower not in _ADJECTIVES
        if (
            verb
            or token.lower in grammar().ends_noun_phrase
            or not (token.lower[0].isalnum() or token.lower in {"%", "-"})
        ):
            break
        phrase.append(token)
        if len(phrase) == _LONGEST_NOUN_PHRASE:
            break
    return phrase


def _quantity(text: str, figure: _Figure, phrase: Sequence[Token], outcome: str | None) -> Quantity | None:
    words = [token.lower for token in phrase]
    unit = _unit(text, figure.span.start, words)
    if unit is None and not words and figure.bound == "exact" and outcome is None:
        return None
    kind = _kind(unit, words)
    if unit == "percent":
        phrase = phrase[: 2 if words[0] == "per" else 1]
    population = _population(words)
    start = (
        figure.span.start - 1
        if kind == "money" and text[figure.span.start - 1] in _CURRENCIES
        else figure.span.start
    )
    return Quantity(
        span=Span(start, max([figure.span.end, *(token.end for token in phrase)])),
        kind=kind,
        low=figure.low,
        best=figure.best,
        high=figure.high,
        bound=figure.bound,
        bound_words=figure.bound_words,
        unit=unit or ("person" if population in _PEOPLE else words[-1] if words else None),
        outcome=outcome if kind == "count" else None,
        population=population,
    )


def _unit(text: str, start: int, words: Sequence[str]) -> str | None:
    if start and text[start - 1] in _CURRENCIES:
        return _CURRENCIES[text[start - 1]]
    return next((values().units[word] for word in words[:2] if word in values().units), None)


def _kind(unit: str | None, words: Sequence[str]) -> QuantityKind:
    if words and words[0] in values().periods:
        return "duration"
    if unit is None:
        return "count"
    if unit == "percent":
        return "percent"
    return "money" if unit in _CURRENCIES.values() else "measure"


def _population(words: Sequence[str]) -> str | None:
    """Return whom a figure counts: "elderly people" are elderly, "people" are persons."""
    named = [values().populations[word] for word in words if word in values().populations]
    return next((one for one in named if one != "person"), named[0] if named else None)


def _outcome(tokens: Sequence[Token], figure: _Figure, limit: int) -> str | None:
    """Find what befell the counted: after the figure up to the next one, else before it in the clause."""
    table = values().outcomes
    after = [t for t in tokens if figure.following <= t.start < limit][:_OUTCOME_REACH]
    for token in after:
        if token.lower in table:
            return table[token.lower]
    before = [t for t in tokens if t.end <= figure.span.start][-4:]
    for token in reversed(before):
        if token.lower in {",", ";", ":"}:
            break
        if token.lower in table:
            return table[token.lower]
    return None


def _toll(tokens: Sequence[Token], figure: _Figure) -> str | None:
    """Find what "the toll has risen to 25" or "the number of dead stands at 25" counts."""
    before = [token.lower for token in tokens if token.end <= figure.span.start][-_OUTCOME_REACH:]
    if not before or before[-1] not in {"to", "at", "is", "was"}:
        return None
    if "toll" in before:
        return "killed"
    counted = [
        word for word, after in pairwise(before) if word in {"number", "count", "figure"} and after == "of"
    ]
    return (
        next((values().outcomes[word] for word in before if word in values().outcomes), None)
        if counted
        else None
    )


def _shared_outcomes(made: Sequence[Quantity]) -> list[Quantity]:
    """Give a whole the outcome that stands after its parts: "34 civilians, among them 5 children, died"."""
    shared: list[Quantity] = []
    for number, one in enumerate(made):
        if one.outcome is None and one.kind == "count" and one.population is not None and one.part_of is None:
            parts = [p for p in made[number + 1 :] if p.part_of == one.span and p.outcome]
            one = msgspec.structs.replace(one, outcome=parts[-1].outcome if parts else None)  # noqa: PLW2901
        shared.append(one)
    outcome_of = {one.span: one.outcome for one in shared}
    return [
        one
        if one.part_of is None or one.outcome
        else msgspec.structs.replace(one, outcome=outcome_of[one.part_of])
        for one in shared
    ]
