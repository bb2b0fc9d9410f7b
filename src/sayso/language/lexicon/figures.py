"""Tables of figures: number words, units of measure, currencies, outcomes and populations."""

from functools import cache
from typing import Literal

import msgspec

from sayso.core.records import Bound
from sayso.language.lexicon import read_table


class NumberWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of numbers by lower-case form; `multipliers` alone are in their own case."""

    ones: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    dozens: dict[str, int]
    multipliers: dict[str, int]
    ordinals: dict[str, int]
    parts: dict[str, int]
    relative: dict[str, tuple[Literal["current", "end"], int]]
    vague: dict[str, int]
    bounds: dict[str, Bound]
    bounds_after: dict[str, Bound]


class UnitWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names and signs of units, each with its code; money's are ISO 4217 codes where there is one."""

    measures: dict[str, str]
    cased: dict[str, str]
    money: dict[str, str]
    money_before: dict[str, str]
    hundredths: dict[str, str]
    periods: frozenset[str]


class _UnitTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    measures: dict[str, str]
    cased: dict[str, str]
    money: dict[str, str]
    money_before: dict[str, str]
    hundredths: dict[str, str]
    periods: str


class OutcomeWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What befalls the counted and who they are, by lower-case form; `openers` begin an outcome's phrase."""

    outcomes: dict[str, str]
    outcome_phrases: dict[str, str]
    of_object: dict[str, str]
    by_counted: dict[str, dict[Literal["people", "captives", "objects", "others"], str]]
    populations: dict[str, str]
    people: frozenset[str]
    captives: frozenset[str]
    objects: frozenset[str]
    exclusive: tuple[frozenset[str], ...]
    rejecting: frozenset[str]
    retracting: frozenset[str]
    openers: frozenset[str]


class _OutcomeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    people: list[str]
    captives: list[str]
    objects: list[str]
    exclusive: list[list[str]]
    rejecting: str
    retracting: str
    outcomes: dict[str, str]
    outcome_phrases: dict[str, str]
    of_object: dict[str, str]
    by_counted: dict[str, dict[Literal["people", "captives", "objects", "others"], str]]
    populations: dict[str, str]


@cache
def number_words() -> NumberWords:
    """Return the words of numbers."""
    return msgspec.convert(read_table("numbers"), NumberWords)


@cache
def unit_words() -> UnitWords:
    """Return the words and signs of units."""
    table = msgspec.convert(read_table("units"), _UnitTable)
    return UnitWords(
        measures=_by_form(table.measures),
        cased=_by_form(table.cased),
        money=_by_form(table.money),
        money_before=_by_form(table.money_before),
        hundredths=table.hundredths,
        periods=frozenset(table.periods.split()),
    )


@cache
def outcome_words() -> OutcomeWords:
    """Return the words of outcomes and populations."""
    table = msgspec.convert(read_table("outcomes"), _OutcomeTable)
    phrases = _by_form(table.outcome_phrases)
    return OutcomeWords(
        outcomes=_by_form(table.outcomes),
        outcome_phrases=phrases,
        of_object=_by_form(table.of_object),
        by_counted=table.by_counted,
        populations=_by_form(table.populations),
        people=frozenset(table.people),
        captives=frozenset(table.captives),
        objects=frozenset(table.objects),
        exclusive=tuple(map(frozenset, table.exclusive)),
        rejecting=frozenset(table.rejecting.split()),
        retracting=frozenset(table.retracting.split()),
        openers=frozenset(phrase.partition(" ")[0] for phrase in phrases),
    )


def _by_form(table: dict[str, str]) -> dict[str, str]:
    """Turn a row of forms for each code into the code of each form."""
    return {
        form.strip(): code for code, forms in table.items() for form in forms.replace("\n", " ").split(",")
    }
