"""Numbers, units and casualties: the public cases of a recogniser, and sentences of our own.

A case of the recogniser's counts when the figures found are those it names, no more and no fewer, each with
its words (case and runs of spaces aside), its place where the case states it, its value to fourteen digits
and its unit. Units are compared by code, a bare "dollar" as the US one. Ranges are compared with their open
and shut ends; the recogniser writes the two ends of "between" and "to" as shut and open, and so do we here.
Kinds of dimension (the cases call a gallon a weight) are not compared.

Of casualty sentences never seen before about three in four are right as a whole. Every set was written
before any of it was run, and mended on afterwards; so what stands in the file has been read, and its share
is a floor that nothing falls below, no promise. Right at first, in per cent, as written and, behind the
stroke, once slips of the annotation itself are mended:

- `fresh`, five sets of 60: 53/58, 70/80, 77/78, 77/77, 70/73; before them four sets of 25: 64/64, 44/68,
  68/72, 68/76.
- `blind`, `tuned`, `last`: ten sets, of which 60 to 95 were right, 73 at the middle.
- `held-out`: 20 sentences by one who knew the rules; 85.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec

from quality.measure import Measure
from quality.shared import SHARED
from sayso.claims.atoms import folded
from sayso.claims.bounds import Figure, figures_of
from sayso.claims.numbers import numerals_in
from sayso.claims.ordinals import ordinals_in
from sayso.claims.quantities import quantities_in
from sayso.claims.times import times_in
from sayso.claims.units import Amount, amounts_in
from sayso.core.records import Quantity, Standing, Time
from sayso.core.spans import Span
from sayso.flow.pipeline import extract
from sayso.language.lexicon.figures import unit_words
from sayso.language.segments import Segments

CASUALTIES = Path(__file__).parent / "casualties.jsonl"
_SAME = 1e-14  # relative; the cases state fifteen digits
_MODELS = ("Percent", "Ordinal", "NumberRange", "Age", "Currency", "Dimension")
_FOLDERS = {
    "Number": "Number", "Percent": "Number", "Ordinal": "Number", "NumberRange": "Number",
    "Age": "NumberWithUnit", "Currency": "NumberWithUnit", "Dimension": "NumberWithUnit",
}  # fmt: skip
_TEMPERATURES = frozenset({"Cel", "degF"})  # a model of their own
# The cases' names of units that are no form of a word in our table.
_UNITS = {
    "age": "year", "united states dollar": "USD", "hong kong dollar": "HKD", "costa rican colón": "CRC",
    "mile per hour": "mi/h", "kilometer per hour": "km/h", "meter per millisecond": "m/ms",
    "centimeter per millisecond": "cm/ms", "kilometer per millisecond": "km/ms", "sen": "sen",
    "year": "year", "month": "month", "week": "week", "day": "day",
}  # fmt: skip


class Stated(msgspec.Struct, frozen=True):
    """One value of a text: its words in lower case with single spaces, its start, value and unit."""

    words: str
    start: int | None
    value: str | float | None
    unit: str | None = None


class Case(msgspec.Struct):
    """One public case. `NotSupported` names the recogniser's own platforms that fail it."""

    Input: str
    Results: list[dict[str, object]]
    NotSupported: str = ""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a sentence tells by one figure; `part_of` is the number of another in the list."""

    low: float | None
    best: float | None
    high: float | None
    bound: str
    outcome: str | None
    population: str | None
    part_of: int | None
    stated: Standing = "held"


class GoldFigure(Told, frozen=True, kw_only=True):
    """A figure by its words."""

    words: str


class GoldSentence(msgspec.Struct, frozen=True):
    """An invented sentence. `written` tells whether it was written before any result was seen."""

    id: str
    written: str
    text: str
    figures: list[GoldFigure]


def measures() -> Iterator[Measure]:
    """Yield the shares of cases that are right, in per cent, of all and of those every platform supports."""
    shares = {model: _shares(model) for model in _FOLDERS}
    for model, (all_cases, supported) in shares.items():
        yield Measure(name=f"recognizers {model} cases", value=all_cases)
        yield Measure(name=f"recognizers {model} cases that its platforms support", value=supported)
    mean = sum(shares[model][0] for model in _MODELS) / len(_MODELS)
    yield Measure(name="recognizers mean but Number", value=round(mean, 1))
    yield _trend()
    for written in ("blind", "tuned", "last", "held-out", "fresh"):
        of_kind = [one for one in sentences() if one.written == written]
        right = sum(sentence_is_right(one) for one in of_kind)
        yield Measure(name=f"casualty sentences {written}", value=_share(right, len(of_kind)))


class GoldQuantity(msgspec.Struct):
    """One figure of the article annotated by hand; `low` stands where it is vague."""

    span: Span
    value: float | None
    unit: str
    low: float | None = None
    outcome: str | None = None
    part_of: str | None = None


class TrendRow(msgspec.Struct):
    """The figures of one claim of the article."""

    quantities: list[GoldQuantity]


def _trend() -> Measure:
    """Measure the article's figures: bounds, unit, outcome, and whether they are parts."""
    text = (SHARED / "seeds" / "trend-2020-11-01.txt").read_text(encoding="utf-8")
    rows = msgspec.json.Decoder(TrendRow).decode_lines((SHARED / "seeds" / "gold-trend.jsonl").read_bytes())
    found = extract(text).quantities
    gold = [one for row in rows for one in row.quantities]
    right = sum(any(_is_as_annotated(one, q) for q in found if q.span.overlaps(one.span)) for one in gold)
    return Measure(name="trend figures right", value=_share(right, len(gold)))


def _is_as_annotated(gold: GoldQuantity, found: Quantity) -> bool:
    unit = "person" if gold.unit == "persons" else gold.unit
    return (
        found.best == gold.value
        and (gold.value is not None or found.low == gold.low)
        and (found.unit, found.outcome) == (unit, gold.outcome)
        and (found.part_of is not None) == (gold.part_of is not None)
    )


def sentences() -> list[GoldSentence]:
    """Return the sentences of our own."""
    return msgspec.json.Decoder(GoldSentence).decode_lines(CASUALTIES.read_bytes())


def sentence_is_right(gold: GoldSentence) -> bool:
    """Whether a sentence of our own is read as annotated."""
    return is_read(gold.text, gold.figures, _places(gold))


def is_read(text: str, figures: Sequence[Told], places: Sequence[int]) -> bool:
    """Whether every figure has its bounds, outcome, population and whole, and no other has an outcome.

    `places` are the code points at which the figures are looked for.
    """
    found = _quantities(text)
    by_gold = [next((q for q in found if q.span.start <= at < q.span.end), None) for at in places]
    if any(q.outcome and q not in by_gold for q in found):
        return False
    return all(_figure_is_right(one, q, by_gold) for one, q in zip(figures, by_gold, strict=True))


def _quantities(text: str) -> tuple[Quantity, ...]:
    """Read the figures of a sentence as the stage of values does, without who says it."""
    taken = [one.span for one in times_in(text, None) if isinstance(one, Time) and one.kind != "duration"]
    return quantities_in(Segments(text), sorted(taken))


def _places(gold: GoldSentence) -> list[int]:
    places, at = [], 0
    for one in gold.figures:
        at = gold.text.index(one.words, at) + len(one.words) - 1
        places.append(at)
    return places


def _figure_is_right(gold: Told, found: Quantity | None, by_gold: list[Quantity | None]) -> bool:
    if found is None:
        return gold.outcome is None and gold.part_of is None
    whole = None if gold.part_of is None else by_gold[gold.part_of]
    return (
        (found.low, found.best, found.high, found.bound) == (gold.low, gold.best, gold.high, gold.bound)
        and (found.outcome, found.stated) == (gold.outcome, gold.stated)
        and _anybody(found.population) == _anybody(gold.population)
        and found.part_of == (None if whole is None else whole.span)
        and (whole is not None) == (gold.part_of is not None)
    )


def _anybody(population: str | None) -> str | None:
    return None if population == "person" else population


def cases(model: str) -> list[Case]:
    """Return the public cases of one model."""
    path = SHARED / "data" / "values" / "recognizers" / _FOLDERS[model] / f"{model}Model.json"
    return msgspec.convert(json.loads(path.read_text(encoding="utf-8")), list[Case])


def case_is_right(model: str, case: Case) -> bool:
    """Whether the figures found are those that the case names."""
    found, wanted = list(_FOUND[model](case.Input)), list(_wanted(model, case))
    return len(found) == len(wanted) and all(map(_agree, found, wanted))


def _shares(model: str) -> tuple[float, float]:
    right = [(case_is_right(model, case), not case.NotSupported) for case in cases(model)]
    supported = [ok for ok, everywhere in right if everywhere]
    return _share(sum(ok for ok, _ in right), len(right)), _share(sum(supported), len(supported))


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0


def _agree(found: Stated, wanted: Stated) -> bool:
    if found.words != wanted.words or found.unit != wanted.unit:
        return False
    if wanted.start is not None and wanted.start != found.start:
        return False
    if isinstance(found.value, float) and isinstance(wanted.value, float):
        return abs(found.value - wanted.value) <= _SAME * abs(wanted.value)
    return found.value == wanted.value


def _wanted(model: str, case: Case) -> Iterator[Stated]:
    for result in case.Results:
        resolution = msgspec.convert(result["Resolution"], dict[str, str | None])
        value = resolution.get("value")
        number: str | float | None = value
        if value is not None and model in {"Number", "Age", "Currency", "Dimension"}:
            number = float(value)
        elif value is not None and model == "Percent":
            number = None if value == "null" else float(value.rstrip("%"))
        unit = _unit_code(model, resolution)
        start = result.get("Start")
        yield Stated(_plain(str(result["Text"])), start if isinstance(start, int) else None, number, unit)


def _unit_code(model: str, resolution: dict[str, str | None]) -> str | None:
    name = resolution.get("unit")
    if name is None:
        return None
    code = resolution.get("isoCurrency")
    forms = {"Currency": unit_words().money, "Dimension": _measures()}.get(model, {})
    return code or _UNITS.get(name.lower()) or forms.get(name.lower(), name)


@cache
def _measures() -> dict[str, str]:
    return {**unit_words().cased, **unit_words().measures}


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _amounts(text: str) -> list[Amount]:
    return amounts_in(text, folded(text))


def _numbers(text: str) -> Iterator[Stated]:
    for one in numerals_in(text, folded(text)):
        if one.form != "ordinal" and not one.glued:
            yield Stated(_plain(text[one.start : one.end]), one.start, float(one.value))


def _of_kind(text: str, kind: str) -> Iterator[Stated]:
    for one in _amounts(text):
        if one.kind == kind:
            unit = None if kind == "percent" else one.unit
            yield Stated(_plain(text[one.start : one.end]), one.start, float(one.value), unit)


def _ordinals(text: str) -> Iterator[Stated]:
    for one in ordinals_in(text, folded(text)):
        value = str(one.places) if one.counted_from == "start" else f"{one.counted_from}{one.places:+}"
        yield Stated(_plain(text[one.start : one.end]), one.start, value)


def _ranges(text: str) -> Iterator[Stated]:
    lower = folded(text)
    for one in figures_of(lower, amounts_in(text, lower)):
        bounded = one.bound == "range" or (one.words is not None and one.bound not in {"about", "vague"})
        if bounded and one.amount is not None:
            end = max(one.amount.numeral.end, one.words.end if one.words is not None else 0)
            end = one.end if one.end > one.amount.end else end
            yield Stated(_plain(text[one.start : end]), one.start, _interval(one))


def _interval(one: Figure) -> str:
    low, high = ("" if end is None else f"{end:.15g}" for end in (one.low, one.high))
    opens = "(" if one.low is None or one.strict[0] else "["
    shuts = ")" if one.high is None or one.strict[1] or _half_open(one) else "]"
    return f"{opens}{low},{high}{shuts}"


def _half_open(one: Figure) -> bool:
    """Whether the recogniser writes the upper end as open: that of "between" and "to"."""
    return one.bound == "range" and not one.joined


_FOUND: dict[str, Callable[[str], Iterable[Stated]]] = {
    "Number": _numbers,
    "Percent": lambda text: _of_kind(text, "percent"),
    "Ordinal": _ordinals,
    "NumberRange": _ranges,
    "Age": lambda text: _of_kind(text, "age"),
    "Currency": lambda text: _of_kind(text, "money"),
    "Dimension": lambda text: (one for one in _of_kind(text, "measure") if one.unit not in _TEMPERATURES),
}
