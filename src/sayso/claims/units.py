"""Amounts: numbers with the unit, the money, the per cent or the age that stands at them."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec

from sayso.claims.atoms import either
from sayso.claims.digits import whole_if_whole
from sayso.claims.numbers import Numeral, numerals_in
from sayso.core.records import Number
from sayso.core.spans import Span
from sayso.language.lexicon.figures import number_words, unit_words

AmountKind = Literal["count", "percent", "money", "measure", "age", "ordinal"]
_PERIODS = {"year": "year", "month": "month", "week": "week", "day": "day"}
_LOOK_BACK = 24  # code points in which a sign of money or "aged" stands before a number
_HUNDRED = 100
_INCHES = 12  # in a foot
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")
_JOIN = re.compile(r"\s+(?:and\s+)?\Z")
_CLOSES = re.compile(r"\s*(?:\Z|[.,;:?!)](?!\d)|more\b)")
_AGE = re.compile(
    r"[\s-]+(?P<period>year|month|week|day)s?[\s-]+(?:old\b|of\s+age\b)|\s?(?:yo|y\.?/?o\.?|yrs?\s+old)(?![\w])"
)
_LISTED = re.compile(r",\s+(?:and\s+)?|\s+(?:and|to|or)\s+|-")
_CLOSES_LIST = re.compile(r"\s*(?:\Z|[.,;:)]|and\s+\d)|\s+(?:was|were|who|from|had|died)\b")
_AGED = re.compile(
    r"\b(?:age(?:d|s)?|aged\s+(?:between|from)|in\s+age\s+from|age\s+of|(?:between\s+the\s+)?ages\s+of)\s+\Z"
)
_PER = re.compile(
    r"(?:\s+(?:per|an?)\s+|\s?/\s?)"
    r"(?P<time>milliseconds?|ms|seconds?|sec|s|minutes?|min|hours?|hrs?|h|days?)(?!\w)"
)
_TIMES = {"m": "min", "h": "h", "d": "d", "s": "s"}
# Names of money that with a capital are people's: "12 Guarani were displaced".
_PEOPLES = frozenset({"afghani", "afghanis", "guarani", "guaranis", "guaraní", "guaraníes"})
_LENGTHS = frozenset({"mm", "cm", "dm", "m", "km", "mi", "ft", "in", "yd"})


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """A number and its unit; offsets in code points, sign and unit included."""

    start: int
    end: int
    value: Number
    kind: AmountKind
    unit: str | None = None
    numeral: Numeral


def amounts_in(text: str, lower: str, taken: Sequence[Span] = ()) -> list[Amount]:
    """Return the amounts of a text in order; `lower` is its `folded` form.

    None reaches into `taken`, spans in order that are read already, nor into an address of the web.
    """
    closed = sorted([*taken, *(Span(*match.span()) for match in _ADDRESS.finditer(lower))])
    amounts: list[Amount] = []
    at = 0
    for span in [*closed, Span(len(text), len(text) + 1)]:
        if span.start > at:
            amounts += _joined_to_units(text, lower, list(numerals_in(text, lower, at, span.start)))
        at = max(at, span.end)
    return amounts


def _joined_to_units(text: str, lower: str, numerals: Sequence[Numeral]) -> list[Amount]:
    """Join each number to its unit; "3 dollars 50 cents" and "5 feet 2 inches" become one amount."""
    amounts: list[Amount] = []
    floor = 0
    for number, numeral in enumerate(numerals):
        if numeral.start < floor:
            continue
        limit = numerals[number + 1].start if number + 1 < len(numerals) else len(text)
        one = _amount(text, lower, numeral, floor, limit)
        if amounts and one.kind == "count" and _is_further_age(lower, amounts[-1], one):
            one = msgspec.structs.replace(one, kind="age", unit=amounts[-1].unit)
        joined = _joined(lower, amounts[-1], one) if amounts else None
        if joined is not None:
            amounts[-1] = joined
        else:
            amounts.append(one)
        floor = amounts[-1].end
    return amounts


def _amount(text: str, lower: str, numeral: Numeral, floor: int, limit: int) -> Amount:
    if numeral.form == "ordinal":
        return Amount(
            start=numeral.start, end=numeral.end, value=numeral.value, kind="ordinal", numeral=numeral
        )
    return (
        _money(text, lower, numeral, floor, limit)
        or _aged(lower, numeral, floor)
        or _measure(text, lower, numeral)
        or Amount(start=numeral.start, end=numeral.end, value=numeral.value, kind="count", numeral=numeral)
    )


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<sign>{either(unit_words().money_before)})\s?\Z")


@cache
def _after() -> re.Pattern[str]:
    # A sign may touch what follows, a word may not: "5$", "5 dollars".
    return re.compile(rf"[\s-]?(?P<sign>{either(unit_words().money)})(?:(?<=\w)(?!\w)|(?<!\w)(?!\w|\d))")


@cache
def _scaled_money() -> re.Pattern[str]:
    """Return what matches "48.5 MGBP" and "75 USD million"."""
    codes = either(form for form, code in unit_words().money.items() if form == code.lower())
    scales = either(number_words().scales)
    return re.compile(rf"\s?(?:m(?P<code>{codes})|(?P<first>{codes})\s(?P<scale>{scales}))(?!\w)")


@cache
def _unit() -> re.Pattern[str]:
    units = either(unit_words().measures)
    return re.compile(rf"[\s-]?(?P<unit>{units})(?![\w²³])|\s?(?P<open>[(\[{{])(?P<in>{units})[)\]}}]")


@cache
def _cased_unit() -> re.Pattern[str]:
    return re.compile(rf"\s?(?P<unit>{either(unit_words().cased)})(?![\w'’²³/-])")


def _money(text: str, lower: str, numeral: Numeral, floor: int, limit: int) -> Amount | None:
    table = unit_words()
    start, end, value, unit = numeral.start, numeral.end, numeral.value, None
    begin = max(floor, start - _LOOK_BACK)
    before = _before().search(lower[begin:start]) if start > begin else None
    if before is not None:
        start, unit = begin + before.start("sign"), table.money_before[before["sign"]]
    scaled = _scaled_money().match(lower, end)
    after = _after().match(lower, end) if scaled is None else None
    if after is not None and after["sign"] in _PEOPLES and text[after.start("sign")].isupper():
        after = None
    if scaled is not None:
        unit = table.money[scaled["code"] or scaled["first"]]
        scale = number_words().scales[scaled["scale"]] if scaled["scale"] else 10**6
        end, value = scaled.end(), whole_if_whole(value * scale)
    elif after is not None and _belongs(lower, after, unit, limit):
        unit, end = unit or table.money[after["sign"]], after.end()
    if unit is None or (numeral.code and before is None and scaled is None):
        return None
    return Amount(start=start, end=end, value=value, kind="money", unit=unit, numeral=numeral)


def _belongs(lower: str, after: re.Match[str], unit: str | None, limit: int) -> bool:
    """Whether a name of money behind a number is its own and not the next one's: "5 $10 bills"."""
    sign = after["sign"]
    if unit is not None and unit_words().money[sign] != unit:
        return False
    touches = after.end() == limit < len(lower)
    # "Dong", "mark" and "won" are words too; pounds of something are weighed.
    weighed = sign in {"pound", "pounds"} and lower.startswith(" of ", after.end())
    verb = sign == "won" and not lower.startswith((".", ",", " a "), after.end())
    return not touches and not weighed and not verb


def _aged(lower: str, numeral: Numeral, floor: int) -> Amount | None:
    if numeral.code:
        return None
    after = _AGE.match(lower, numeral.end)
    if after is not None:
        unit = _PERIODS[after["period"]] if after["period"] else "year"
        return Amount(
            start=numeral.start, end=after.end(), value=numeral.value, kind="age", unit=unit, numeral=numeral
        )
    begin = max(floor, numeral.start - _LOOK_BACK)
    before = _AGED.search(lower[begin : numeral.start]) if numeral.start > begin else None
    if before is None:
        return None
    start = begin + before.start()
    return Amount(start=start, end=numeral.end, value=numeral.value, kind="age", unit="year", numeral=numeral)


def _is_further_age(lower: str, age: Amount, one: Amount) -> bool:
    """Whether a number goes on with a list of ages: "aged 9, 11 and 14"."""
    told_before = age.kind == "age" and age.end == age.numeral.end
    listed = told_before and _LISTED.fullmatch(lower, age.end, one.start) is not None
    return listed and _CLOSES_LIST.match(lower, one.end) is not None


def _measure(text: str, lower: str, numeral: Numeral) -> Amount | None:
    if numeral.code:
        return None
    table = unit_words()
    match = _unit().match(lower, numeral.end)
    cased = _cased_unit().match(text, numeral.end) if match is None else None
    if match is not None:
        unit, end = table.measures[match["unit"] or match["in"]], match.end()
    elif cased is not None:
        unit, end = table.cased[cased["unit"]], cased.end()
    else:
        return None
    per = _PER.match(lower, end)
    if per is not None and unit in _LENGTHS:
        time = per["time"]
        unit, end = f"{unit}/{'ms' if time.startswith(('ms', 'milli')) else _TIMES[time[0]]}", per.end()
    kind: AmountKind = "percent" if unit == "percent" else "measure"
    return Amount(start=numeral.start, end=end, value=numeral.value, kind=kind, unit=unit, numeral=numeral)


def _joined(lower: str, one: Amount, other: Amount) -> Amount | None:
    """Join the two amounts of "3 dollars 50 cents", "15 dollars 50" and "5 feet 2 inches"."""
    if one.unit is None or other.kind == "ordinal" or not _JOIN.fullmatch(lower, one.end, other.start):
        return None
    if one.unit == "ft" and other.value < _INCHES:
        inches = other.unit == "in"
        short = other.kind == "count" and re.match(r"\s+in\b(?!\s+[\w\d])", lower[other.end : other.end + 8])
        end = other.end if inches else other.end + short.end() if short else None
        return None if end is None else _sum(one, end, one.value + other.value / _INCHES)
    if one.kind != "money" or not isinstance(one.value, int) or not 0 <= other.value < _HUNDRED:
        return None
    part = unit_words().hundredths.get(other.unit or "", "").split()
    bare = other.kind == "count" and isinstance(other.value, int) and _CLOSES.match(lower, other.end)
    if one.unit not in part and not bare:
        return None
    return _sum(one, other.end, round(one.value + other.value / _HUNDRED, 2))


def _sum(one: Amount, end: int, value: Number) -> Amount:
    return msgspec.structs.replace(one, end=end, value=whole_if_whole(value))
