"""The words that set claims of like words apart, from their table."""

from collections.abc import Mapping
from functools import cache

import msgspec

from sayso.linking.lexicon import COMPASS, HAPPENINGS
from sayso.linking.tables import Firsts, Stems, Words, word_table

Hours = tuple[int, int]


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What narrows down a counted noun behind it."""

    bare: Words
    any: Words
    elsewhere: Stems
    some_of_all: Words


class Offices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes of an office another one, and who holds one beside those whom the table of names lists."""

    others: Firsts
    holders: Stems


class ApartWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words that set claims apart; the table says what each list is for."""

    things: Firsts
    settlements: Stems
    naming: Words
    one_particle: Firsts
    modals: Words
    not_done_with_have: Words
    leading: Words
    short_of: Words
    passed_over: Words
    perceived: Stems
    past_as_base: Words
    conditions: Words
    no_condition_after: Words
    hours: Mapping[str, Hours]
    limits: Limits
    offices: Offices
    opening: Words
    anybody: Stems


@cache
def apart_words() -> ApartWords:
    """Return the words that set claims apart."""
    return word_table("apart", ApartWords)


@cache
def elsewhere() -> frozenset[str]:
    """Return the stems that say after "in" or "on" where, when or how, and not who."""
    return apart_words().limits.elsewhere | COMPASS.union(*HAPPENINGS)
