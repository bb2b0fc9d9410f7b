"""Tables of figures: number words, units of measure, currencies, outcomes and populations."""

from collections import defaultdict
from functools import cache
from itertools import product
from typing import Literal, TypeAlias

import msgspec

from sayso.core.records import Bound
from sayso.language.lexicon import forms_of, read_table


class NumberWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of numbers by lower-case form; `multipliers` alone are in their own case."""

    counted_in_millions: frozenset[str]
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


WhomTold: TypeAlias = Literal["people", "forces", "captives", "objects", "others"]


class OutcomeWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What befalls the counted and who they are, by lower-case form.

    `doing` tells it of an object alone: "killing". `no_nouns` are never what is counted, `things` are never
    killed or freed, unless they are `bands` of people; `heavy` things crush to death; `adjectives` look like
    verbs; who captured `won` things captured nobody. What befell the `kin` and the `heads` of somebody, "the
    families of those killed", "the leader of two gangs", is told of one of the two alone. `plurals` are those
    of people that end neither in s nor in men. What `shelters` hold, they house, unless a word of
    `jails` is before it.
    """

    outcomes: dict[str, str]
    doing: frozenset[str]
    outcome_phrases: dict[str, str]
    of_object: dict[str, str]
    by_counted: dict[str, dict[WhomTold, str]]
    parted: dict[str, dict[str, str]]
    counted_nouns: dict[str, str]
    populations: dict[str, str]
    people: frozenset[str]
    forces: frozenset[str]
    captives: frozenset[str]
    objects: frozenset[str]
    exclusive: tuple[frozenset[str], ...]
    rejecting: frozenset[str]
    retracting: frozenset[str]
    no_nouns: frozenset[str]
    things: frozenset[str]
    bands: frozenset[str]
    heavy: frozenset[str]
    won: frozenset[str]
    adjectives: frozenset[str]
    kin: frozenset[str]
    heads: frozenset[str]
    plurals: frozenset[str]
    shelters: frozenset[str]
    jails: frozenset[str]


class _OutcomeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    people: list[str]
    forces: list[str]
    captives: list[str]
    objects: list[str]
    exclusive: list[list[str]]
    rejecting: str
    retracting: str
    no_nouns: str
    things: str
    bands: str
    heavy: str
    won: str
    adjectives: str
    kin: str
    heads: str
    plurals: str
    shelters: str
    jails: str
    doing_or_suffering: str
    outcomes: dict[str, str]
    outcome_verbs: dict[str, str]
    outcome_phrases: dict[str, str]
    of_object: dict[str, str]
    by_counted: dict[str, dict[WhomTold, str]]
    parted: dict[str, str]
    counted_nouns: dict[str, str]
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
    outcomes = _by_verb(table.outcome_verbs, {"participle", "ing"}) | _by_form(table.outcomes)
    of_object = _by_verb(table.outcome_verbs, {"base", "third"}) | _by_phrase(table.of_object)
    return OutcomeWords(
        outcomes=outcomes,
        doing=frozenset(_by_verb(table.outcome_verbs, {"ing"})) - frozenset(table.doing_or_suffering.split()),
        outcome_phrases=_by_phrase(table.outcome_phrases),
        # "Hurt" is a participle too.
        of_object={form: code for form, code in of_object.items() if form not in outcomes},
        by_counted={form: told for forms, told in table.by_counted.items() for form in _phrases(forms)},
        parted=_by_verb_parted(table.parted),
        counted_nouns=_by_form(table.counted_nouns),
        populations=_by_form(table.populations),
        people=frozenset(table.people),
        forces=frozenset(table.forces),
        captives=frozenset(table.captives),
        objects=frozenset(table.objects),
        exclusive=tuple(map(frozenset, table.exclusive)),
        rejecting=frozenset(table.rejecting.split()),
        retracting=frozenset(table.retracting.split()),
        no_nouns=frozenset(table.no_nouns.split()),
        things=frozenset(table.things.split()),
        bands=frozenset(table.bands.split()),
        heavy=frozenset(table.heavy.split()),
        won=frozenset(table.won.split()),
        adjectives=frozenset(table.adjectives.split()),
        kin=frozenset(table.kin.split()),
        heads=frozenset(table.heads.split()),
        plurals=frozenset(table.plurals.split()),
        shelters=frozenset(table.shelters.split()),
        jails=frozenset(table.jails.split()),
    )


def _by_form(table: dict[str, str]) -> dict[str, str]:
    """Turn a row of forms for each code into the code of each form."""
    return {
        form.strip(): code for code, forms in table.items() for form in forms.replace("\n", " ").split(",")
    }


def _by_verb(table: dict[str, str], wanted: set[str]) -> dict[str, str]:
    """Turn a row of verbs for each code into the code of their forms of some kinds."""
    return {
        form: code
        for verb, code in _by_form(table).items()
        for kind, form in forms_of(verb)
        if kind in wanted
    }


def _by_verb_parted(table: dict[str, str]) -> dict[str, dict[str, str]]:
    """Turn a row of verbs and their other halves for each code into the code of each half by its verb."""
    parted: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for entry, code in _by_form(table).items():
        verbs, halves = entry.split(" ~ ")
        for verb in verbs.split("|"):
            parted[verb] |= dict.fromkeys(halves.split("|"), code)
    return dict(parted)


def _by_phrase(table: dict[str, str]) -> dict[str, str]:
    """Turn a row of phrases for each code into the code of each form of a phrase."""
    return {form: code for phrase, code in _by_form(table).items() for form in _phrases(phrase)}


def _phrases(phrase: str) -> list[str]:
    """Return each form of a phrase whose words may be one of several, "-" for none."""
    choices = [word.split("|") for word in phrase.split()]
    return [" ".join(word for word in words if word != "-") for words in product(*choices)]
