"""Figures: amounts with the words that bound them, and two ends as one range, never as a mean."""

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from sayso.claims.atoms import either
from sayso.claims.cardinals import HUNDRED, THOUSAND
from sayso.claims.units import Amount
from sayso.core.records import Bound, Number
from sayso.core.spans import Span
from sayso.language.lexicon.figures import number_words

_LOOK_BACK = 48  # code points in which the words of a bound stand before a figure
_BETWEEN = re.compile(r"\b(?P<words>between|from)\s+(?:the\s+)?\Z")
# What changed from one figure to another was never between them.
_CHANGED = re.compile(
    r"\b(?:rose|risen|rising|rises|rise|grew|grown|grow|climbed|jumped|increas|rais|lower|reduc|cut|fell|fallen|dropp|"
    r"revis|correct|amend|adjust|updat|chang|doubl|tripl|went)[a-z]*\b[^.;]{0,60}\Z"
)
_TO = re.compile(r"\s*[-‐‑–—~]\s*|\s+(?:to|through)\s+(?:the\s+)?|-to-")
# The word that an upper end shares with the lower one, and an upper end in round thousands.
_SHARED_WORD = re.compile(r"[a-z][ -](?P<word>hundred|dozens?)\b")
_ROUND_THOUSANDS = re.compile(r"\d{1,3},000\b")
_DASHES = "-‐‑–—~"
_AND = re.compile(r"\s+and\s+(?:the\s+)?")
_JOINS_BOUNDS = re.compile(r",?\s+(?:and|but)\s+|\s*")
_OR_EQUAL = re.compile(r"\s+(?P<words>or\s+equal(?:\s+to)?)\b(?!\s+[\d-])")
_LOWER: frozenset[Bound] = frozenset({"at_least", "more_than"})
_UPPER: frozenset[Bound] = frozenset({"at_most", "less_than"})
_WITH_EQUAL: dict[Bound, Bound] = {"less_than": "at_most", "more_than": "at_least"}


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """What a text states of one amount; offsets in code points, bound and unit included."""

    start: int
    end: int
    low: Number | None
    best: Number | None
    high: Number | None
    bound: Bound
    words: Span | None = None  # of the bound
    strict: tuple[bool, bool] = (False, False)  # whether low and high themselves are shut out
    joined: bool = False  # two bounds of one range: "more than 10 but less than 40"
    amount: Amount | None  # the last, where there are two; None: vague


class _Bounded(msgspec.Struct, frozen=True, kw_only=True):
    amount: Amount
    bound: Bound | None
    words: Span | None
    start: int
    end: int


def figures_of(lower: str, amounts: Sequence[Amount]) -> list[Figure]:
    """Bound each amount and join the two ends of a range; amounts are in text order."""
    bounded: list[_Bounded] = []
    floor = 0
    for number, amount in enumerate(amounts):
        limit = amounts[number + 1].start if number + 1 < len(amounts) else len(lower)
        bounded.append(_bounded(lower, amount, floor, limit))
        floor = bounded[-1].end
    figures: list[Figure] = []
    at = 0
    while at < len(bounded):
        other = bounded[at + 1] if at + 1 < len(bounded) else None
        pair = (
            None if other is None else _range(lower, bounded, at) or _both_bounds(lower, bounded[at], other)
        )
        figures.append(_figure(bounded[at]) if pair is None else pair)
        at += 1 if pair is None else 2
    return figures


_VERB_OVER = re.compile(r"\b(?:hand|turn|pass|sign|tak|took|ran|run|fir|flew|fly|roll|driv|drov)[a-z]*\s+\Z")


# "Bringing the number of dead up to 94", "the toll has gone up to 94": the 94 is no upper bound.
_UP_TO = re.compile(
    r"\b(?:bring|brought|tak|took|push|rais|lift|driv|drov|mov|send|sent)[a-z]*\s+(?:(?:the|its|their|his|that)\s+)?"
    r"(?:[\w'’-]+\s+){0,3}?(?:toll|number|count|figure|tally|total|deaths|dead|fatalities|casualties)\s+"
    r"(?:(?:of|from|in|for)\s+(?:[\w'’-]+\s+){1,6}?)?\Z"
    r"|\b(?:toll|number|count|figure|tally|total)\s+(?:[\w'’-]+\s+){0,6}?"
    r"(?:went|gone|goes|going|crept|jumped|rose|risen|climbed|moved)\s+\Z"
)
_TOLL_REACH = 110  # code points before "up to" in which the toll stands
_PASSED = frozenset({"passed", "passes", "passing"})
_TOLL = re.compile(r"\b(?:toll|number|count|figure|tally|total|deaths|dead|casualties|population)\b[^.;]*\Z")
_SAID_ABOUT = re.compile(
    r"\b(?:word|news|information|details?|questions?|concern(?:s|ed)?|worr(?:y|ies|ied)|reports?|know[sn]?|knew|"
    r"heard?|ask(?:s|ed|ing)?|speak(?:s|ing)?|spoke|talk(?:s|ed|ing)?|story|stories|film|evidence|"
    r"disputes?|tensions?|rows?|sovereignty|outrage|anger|alarm(?:ed)?|fears?|debates?|controversy|charges|protests?|criticism)\s+\Z"
)


@cache
def _before() -> re.Pattern[str]:
    bounds = number_words().bounds
    words = either(word for word in bounds if word[0].isalpha())
    signs = either(word for word in bounds if not word[0].isalpha())
    filler = r"(?:\s+(?:another|a\s+further|a\s+total\s+of|an\s+additional|the|a))?"
    return re.compile(rf"(?:(?<![\w-])(?P<words>{words}){filler}\s+|(?<![<>=\d])(?P<sign>{signs})\s*)\Z")


@cache
def _after() -> re.Pattern[str]:
    words = either(number_words().bounds_after)
    return re.compile(rf"\s+(?P<words>{words})\b(?!\s+(?:than\b|[\d-]|{either(number_words().ones)}\b))")


def _bounded(lower: str, amount: Amount, floor: int, limit: int) -> _Bounded:
    table = number_words()
    begin = max(floor, amount.start - _LOOK_BACK)
    before = _before().search(lower, begin, amount.start)
    if before is not None and before["words"] == "over" and _VERB_OVER.search(lower, begin, before.start()):
        before = None  # "handed over 29 prisoners"
    if before is not None and before["words"] in _PASSED and not _TOLL.search(lower, begin, before.start()):
        before = None  # "passed 12 laws"
    if (
        before is not None
        and before["words"] in {"about", "over"}
        and _SAID_ABOUT.search(lower, begin, before.start())
    ):
        before = None  # "no word about three reporters"
    if before is not None and before["words"] == "up to":
        reach = max(floor, before.start() - _TOLL_REACH)
        before = None if _UP_TO.search(lower, reach, before.start()) else before
    bound: Bound | None = None
    words, start, end = None, amount.start, amount.end
    if before is not None:
        name = "words" if before["words"] else "sign"
        definite = before.group().split()[-1] == "the" and amount.kind != "ordinal"
        compared = definite and before[name].endswith("than")
        # "Fewer than the 150 claimed" compares two figures and bounds none.
        bound = None if compared else table.bounds[before[name]]
        words = None if compared else Span(*before.span(name))
        start = amount.start if compared else before.start(name)
    after = _after().match(lower, end) or (_OR_EQUAL.match(lower, end) if bound in _WITH_EQUAL else None)
    if after is not None and after.end("words") <= limit:
        stated = after["words"].split()
        if stated[:2] == ["or", "equal"] and bound is not None:
            return _Bounded(
                amount=amount, bound=_WITH_EQUAL[bound], words=words, start=start, end=after.end()
            )
        bound = table.bounds_after[after["words"]]
        start = (
            start
            if before is not None and table.bounds.get(before["words"] or "") == "exact"
            else amount.start
        )
        return _Bounded(
            amount=amount, bound=bound, words=Span(*after.span("words")), start=start, end=after.end("words")
        )
    return _Bounded(amount=amount, bound=bound, words=words, start=start, end=end)


def _range(lower: str, bounded: Sequence[_Bounded], at: int) -> Figure | None:
    """Read "between 10 and 15", "from 10 to 15" and "10-15" as one range, "10 to 5" as two figures."""
    one, other = bounded[at].amount, bounded[at + 1].amount
    opened = _BETWEEN.search(lower[max(0, one.start - _LOOK_BACK) : one.start])
    gap = (_AND if opened is not None and opened["words"] == "between" else _TO).fullmatch(
        lower, one.end, other.start
    )
    if gap is None or (one.kind == "ordinal") != (other.kind == "ordinal"):
        return None
    if one.unit not in {None, other.unit} or one.numeral.code or bounded[at + 1].words is not None:
        return None
    chained = at + 2 < len(bounded) and lower[other.end : bounded[at + 2].start] == "-"
    if "-" in gap.group() and (chained or lower[one.start - 1 : one.start] == "-" or one.kind == "ordinal"):
        return None
    if opened is not None and opened["words"] == "from" and _has_changed(lower, one):
        return None
    if (
        opened is None
        and "to" in gap.group()
        and lower.endswith(" by ", 0, one.start)
        and _has_changed(lower, one)
    ):
        return None  # "the toll rose by 12 to 40"
    low, high = one.value, other.value
    # "5 to 10 million": the scale is that of both, where the lower end stays the lower one.
    scale = _shared_scale(lower[other.start : other.end], gap.group(), other)
    if one.numeral.scale == 1 and low < scale and low * scale < high:
        low *= scale
    if not low < high:
        return None
    start = one.start if opened is None else one.start - len(opened.group())
    return Figure(start=start, end=other.end, low=low, best=None, high=high, bound="range", amount=other)


def _shared_scale(words: str, gap: str, amount: Amount) -> Number:
    """Return the scale of a range's upper end: "two to three dozen", "four to five hundred", "5-6,000"."""
    if amount.numeral.scale > 1:
        return amount.numeral.scale
    spelled = _SHARED_WORD.search(words)
    if spelled is not None:
        return HUNDRED if spelled["word"] == "hundred" else number_words().dozens[spelled["word"]]
    return THOUSAND if gap.strip() in _DASHES and _ROUND_THOUSANDS.match(words) else 1


def _has_changed(lower: str, one: Amount) -> bool:
    start = max(0, one.start - 2 * _LOOK_BACK)
    return _CHANGED.search(lower, start, one.start) is not None


def _both_bounds(lower: str, one: _Bounded, other: _Bounded) -> Figure | None:
    """Read "more than 10 but less than 40" as one range."""
    if other.words is None or not _JOINS_BOUNDS.fullmatch(lower, one.end, other.start):
        return None
    ends = (one, other) if one.bound in _LOWER else (other, one)
    low, high = ends
    if low.bound not in _LOWER or high.bound not in _UPPER or not low.amount.value < high.amount.value:
        return None
    if one.amount.unit not in {None, other.amount.unit} and other.amount.unit is not None:
        return None
    return Figure(
        start=one.start,
        end=other.end,
        low=low.amount.value,
        best=None,
        high=high.amount.value,
        bound="range",
        strict=(low.bound == "more_than", high.bound == "less_than"),
        joined=True,
        amount=other.amount,
    )


def _figure(one: _Bounded) -> Figure:
    bound: Bound = one.bound or "exact"
    value = one.amount.value
    return Figure(
        start=one.start,
        end=one.end,
        low=None if bound in _UPPER or bound == "about" else value,
        best=value,
        high=None if bound in _LOWER or bound == "about" else value,
        bound=bound,
        words=one.words,
        strict=(bound == "more_than", bound == "less_than"),
        amount=one.amount,
    )
