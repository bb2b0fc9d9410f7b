"""Figures of a text as bounds, with unit, outcome and population; a range is never a mean."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import msgspec

from sayso.claims.numbers import ambiguous, number_of, number_pattern, scale_of
from sayso.core.records import Bound, Number, Quantity, QuantityKind
from sayso.core.spans import Span
from sayso.language.lexicon import acts, grammar, values
from sayso.language.segments import Segments, Sentence, Token

_LONGEST_NOUN_PHRASE = 5  # tokens after a figure
_OUTCOME_REACH = 14  # tokens on either side of a figure within its clause
_PART = re.compile(r"\b(?:among them|including|of whom|of them|among whom)\b", re.IGNORECASE)
_ADJECTIVES = frozenset({"armed", "occupied", "displaced", "united", "unarmed", "so-called", "masked"})
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP"}
_BEFORE_REACH = 4  # tokens before a figure
_MARKS = frozenset({",", ";", ":"})
_NEGATION_REACH = 4  # tokens before the word it negates
_STRESSED = frozenset({"only", "just", "but", "least", "merely"})  # "not only" affirms
_OF_THEM = frozenset({"of", "the", "a", "these", "those", "single", "one", "any"})


class _Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure before its sentence is looked at."""

    span: Span
    low: Number | None
    best: Number | None
    high: Number | None
    bound: Bound
    bound_words: Span | None = None
    currency: str | None = None
    ambiguous: bool = False  # "1.200"

    @property
    def following(self) -> int:
        """The code point after the figure."""
        return self.span.end


class _Line:
    """The tokens of one sentence, found by where they start."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._starts = [token.start for token in tokens]

    def after(self, start: int, limit: int, most: int) -> Sequence[Token]:
        """Return the next tokens from `start`, `most` of them and none from `limit` on."""
        low = bisect_left(self._starts, start)
        return self._tokens[low : min(low + most, bisect_left(self._starts, limit))]

    def before(self, end: int, most: int) -> Sequence[Token]:
        """Return the last tokens before `end`, in order."""
        high = bisect_left(self._starts, end)
        return self._tokens[max(0, high - most) : high]


def quantities_in(segments: Segments, taken: Sequence[Span]) -> tuple[Quantity, ...]:
    """Return the figures of a text in order, but those in `taken`, which is sorted by where spans start.

    `taken` are parts of a date, a law's number.
    """
    found: list[Quantity] = []
    at = 0
    for sentence in segments.sentences:
        while at < len(taken) and taken[at].end <= sentence.span.start:
            at += 1
        figures = list(_figures(segments.text, sentence.span, taken, at))
        found.extend(_in_sentence(segments, sentence, figures))
    return tuple(found)


@cache
def _pattern() -> re.Pattern[str]:
    words = values()
    vague = "|".join(sorted(map(re.escape, words.vague), key=len, reverse=True))
    bound = "|".join(sorted(map(re.escape, words.bounds), key=len, reverse=True))
    sign = "(?:(?:US)?[$€£][ ]?)"
    end = r"(?=[.,;)]?(?:\s|$))"
    low, high = number_pattern("g1"), number_pattern("g2")
    least, most = number_pattern("g3"), number_pattern("g4")
    return re.compile(
        rf"(?<![\w.,/-])(?:(?P<bound>{bound})\s+)?(?P<sign>{sign})?(?:"
        rf"between\s+{sign}?(?P<least>{least})\s+and\s+{sign}?(?P<most>{most}){end}"
        rf"|(?P<low>{low})(?:(?<=\d)\s?[-–]\s?(?=\d+(?:[.,]\d+)*\s)|\s+to\s+{sign}?)(?P<high>{high}){end}"
        rf"|(?P<number>{number_pattern('g5')})(?![\w]|[.,]\d|-(?:year|day)|:\d)(?P<after>\s?[$€£](?!\d))?"
        rf"|(?P<vague>{vague})\b)",
        re.IGNORECASE,
    )


def _figures(text: str, sentence: Span, taken: Sequence[Span], at: int) -> Iterator[_Figure]:
    start = sentence.start
    while match := _pattern().search(text, start, sentence.end):
        while at < len(taken) and taken[at].end <= match.start():
            at += 1
        other = taken[at] if at < len(taken) else None
        if other is None or match.end() <= other.start:
            yield from _read(match)
            start = match.end()
        elif other.start <= match.start() and other.end < match.end():
            # "May 10 200 people": what follows the date is a figure of its own.
            start = other.end
        else:
            start = max(match.end(), other.end)


def _read(match: re.Match[str]) -> Iterator[_Figure]:
    bound_words = Span(*match.span("bound")) if match["bound"] else None
    if match["vague"] is not None:
        low = values().vague[match["vague"].lower()]
        yield _Figure(
            span=Span(*match.span()), low=low, best=None, high=None, bound="vague", bound_words=bound_words
        )
        return
    if match["number"] is None:
        yield from _pair(match)
        return
    word = match["bound"]
    bound: Bound = "exact" if word is None else values().bounds[word.lower()]
    value = number_of(match["number"])
    yield _Figure(
        span=Span(*match.span()),
        low=None if bound in {"at_most", "less_than", "about"} else value,
        best=value,
        high=None if bound in {"at_least", "more_than", "about"} else value,
        bound=bound,
        bound_words=bound_words,
        currency=_currency(match),
        ambiguous=ambiguous(match["number"]),
    )


def _pair(match: re.Match[str]) -> Iterator[_Figure]:
    """Read "between 10 and 15" and "10 to 15" as one range, "10 to 5" as two figures."""
    ends = ("least", "most") if match["least"] is not None else ("low", "high")
    low, high = (number_of(match[end]) for end in ends)
    # "5 to 10 million": the scale is that of both, where the lower end stays the lower one.
    scaled = number_of(f"{match[ends[0]]} {scale_of(match[ends[1]])}".strip())
    if not scale_of(match[ends[0]]) and scaled < high:
        low = scaled
    currency = _currency(match)
    if low < high:
        yield _Figure(
            span=Span(*match.span()), low=low, best=None, high=high, bound="range", currency=currency
        )
        return
    for end, value in zip(ends, (low, high), strict=True):
        yield _Figure(
            span=Span(*match.span(end)), low=value, best=value, high=value, bound="exact", currency=currency
        )


def _currency(match: re.Match[str]) -> str | None:
    found = [sign for sign in _CURRENCIES if sign in match.group()]
    return _CURRENCIES[found[0]] if found else None


def _in_sentence(segments: Segments, sentence: Sentence, figures: Sequence[_Figure]) -> list[Quantity]:
    line = _Line(segments.tokens_in(sentence.span) if figures else ())
    made: list[Quantity] = []
    whole: Quantity | None = None
    opened = False  # by "among them", and by no outcome closed
    looked = sentence.span.start
    for number, figure in enumerate(figures):
        limit = figures[number + 1].span.start if number + 1 < len(figures) else sentence.span.end
        between = Span(looked, max(looked + 1, figure.span.start))
        looked = figure.following
        one = _quantity(line, figure, limit)
        opens = _PART.search(segments.text, between.start, between.end) is not None
        opened = (opened or opens) and not _tells_outcome(segments, between)
        if one is None:
            continue
        part = opened and whole is not None and _smaller(one, whole, or_equal=opens)
        if part and whole is not None:
            one = msgspec.structs.replace(one, part_of=whole.span, outcome=one.outcome or whole.outcome)
        else:
            whole, opened, looked = one, False, max(looked, one.span.end)
        made.append(one)
    return _shared_outcomes(made)


def _tells_outcome(segments: Segments, span: Span) -> bool:
    table = values()
    return any(
        token.lower in table.outcomes or token.lower in table.outcomes_by_counted
        for token in segments.tokens_in(span)
    )


def _smaller(part: Quantity, whole: Quantity, *, or_equal: bool) -> bool:
    """Whether a figure can be a part of another; what is not known speaks for it."""
    least = part.low if part.low is not None else part.best
    if least is None or whole.high is None:
        return True
    return least < whole.high or (or_equal and least == whole.high)


def _noun_phrase(line: _Line, start: int, limit: int) -> list[Token]:
    phrase: list[Token] = []
    tokens = line.after(start, limit, _LONGEST_NOUN_PHRASE)
    if len(tokens) > 1 and [token.lower for token in tokens[:2]] == ["per", "cent"]:
        return list(tokens)
    for token in tokens:
        verb = phrase and token.lower.endswith("ed") and token.lower not in _ADJECTIVES
        if (
            verb
            or token.lower == "per"
            or token.lower in grammar().ends_noun_phrase
            or not (token.lower[0].isalnum() or token.lower in {"%", "-"})
        ):
            break
        phrase.append(token)
    return phrase


def _quantity(line: _Line, figure: _Figure, limit: int) -> Quantity | None:
    phrase = _noun_phrase(line, figure.following, limit)
    words = [token.lower for token in phrase]
    unit = figure.currency or _unit(words)
    kind = _kind(unit, words)
    population = _population(words)
    outcome = _outcome(line, figure, phrase, population, limit) if kind == "count" else None
    if unit is None and not words and figure.bound == "exact" and outcome is None:
        return None
    if unit == "percent":
        phrase = phrase[: 2 if words[0] == "per" else 1]
    one = Quantity(
        span=Span(figure.span.start, max([figure.span.end, *(token.end for token in phrase)])),
        kind=kind,
        low=figure.low,
        best=figure.best,
        high=figure.high,
        bound=figure.bound,
        bound_words=figure.bound_words,
        unit=unit or ("person" if population in values().people else words[-1] if words else None),
        outcome=outcome,
        population=population,
    )
    return _uncounted(one) if kind == "count" and _no_count(figure, population) else one


def _no_count(figure: _Figure, population: str | None) -> bool:
    """Whether a figure states no count of things.

    Two and a half people are a rate; 1.200 of anything is 1200 or 1.2, and nothing in the text tells which.
    """
    return figure.ambiguous or (population is not None and isinstance(figure.best, float))


def _uncounted(one: Quantity) -> Quantity:
    return msgspec.structs.replace(one, low=None, best=None, high=None, bound="vague", outcome=None)


def _unit(words: Sequence[str]) -> str | None:
    units = values().units
    if " ".join(words[:2]) in units:
        return units[" ".join(words[:2])]
    return next((units[word] for word in words[:2] if word in units), None)


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


def _outcome(
    line: _Line, figure: _Figure, phrase: Sequence[Token], population: str | None, limit: int
) -> str | None:
    """Find what befell the counted: after the figure up to the next one, else before it in the clause.

    A text that denies the outcome of a figure tells none.
    """
    if _denied_figure(line, figure):
        return None
    if figure.best != 1 and any(token.lower == "lives" for token in phrase):
        return "killed"
    after = line.after(figure.following, limit, _OUTCOME_REACH)
    before = line.before(figure.span.start, _BEFORE_REACH)
    for number, token in enumerate(after):
        told = _told(token.lower, [other.lower for other in after[number + 1 : number + 3]], population)
        if told is not None:
            return None if _negated(line, token.start) else told
    for number, token in reversed(list(enumerate(before))):
        if token.lower in _MARKS:
            break
        told = _told(token.lower, [other.lower for other in before[number + 1 : number + 3]], population)
        if told is not None:
            return None if _negated(line, token.start) else told
    return None if phrase else _toll(line, figure)


def _told(word: str, following: Sequence[str], population: str | None) -> str | None:
    """Return the outcome a word tells of the counted: "lost 5 tanks" and "lost 5 men" are two things."""
    table = values()
    if word in table.outcomes:
        return table.outcomes[word]
    told = table.outcomes_by_counted.get(word)
    if told is None or any(other in table.outcomes for other in following):  # "shot dead"
        return None
    if population in table.people:
        return told.get("people")
    # What is shot down flies.
    return told.get("objects" if population in table.objects or following[:1] == ["down"] else "others")


def _negated(line: _Line, start: int) -> bool:
    """Whether the word at `start` is denied: "were not killed", "no deaths"."""
    words = [token.lower for token in line.before(start, _NEGATION_REACH)]
    for number, word in reversed(list(enumerate(words))):
        if word in _MARKS:
            return False
        if word in _negations():
            return words[number + 1 : number + 2] not in ([other] for other in _STRESSED)
    return False


def _denied_figure(line: _Line, figure: _Figure) -> bool:
    """Whether a denial stands right before a figure: "not 5 but 7", "none of the 5"."""
    words = [token.lower for token in line.before(figure.span.start, _NEGATION_REACH)]
    while words and words[-1] in _OF_THEM:
        words.pop()
    return bool(words) and words[-1] in _negations()


def _negations() -> frozenset[str]:
    return acts().negations | {"without"}


def _toll(line: _Line, figure: _Figure) -> str | None:
    """Find what "the toll has risen to 25" or "the number of dead stands at 25" counts."""
    before = [token.lower for token in line.before(figure.span.start, _OUTCOME_REACH)]
    if not before or before[-1] not in {"to", "at", "is", "was"}:
        return None
    if "toll" in before:
        return "killed"
    counted = any(word in {"number", "count", "figure"} and after == "of" for word, after in pairwise(before))
    return next((values().outcomes[w] for w in before if w in values().outcomes), None) if counted else None


def _shared_outcomes(made: Sequence[Quantity]) -> list[Quantity]:
    """Give a whole the outcome that stands after its parts: "34 civilians, among them 5 children, died"."""
    of_parts = {one.part_of: one.outcome for one in made if one.part_of is not None and one.outcome}
    wholes = [
        msgspec.structs.replace(one, outcome=of_parts[one.span])
        if one.outcome is None
        and one.kind == "count"
        and one.population is not None
        and one.part_of is None
        and one.span in of_parts
        else one
        for one in made
    ]
    outcome_of = {one.span: one.outcome for one in wholes}
    return [
        msgspec.structs.replace(one, outcome=outcome_of[one.part_of])
        if one.part_of is not None and one.outcome is None
        else one
        for one in wholes
    ]
