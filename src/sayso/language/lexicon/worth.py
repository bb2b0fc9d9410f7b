"""What tells a claim that is worth checking: classes of words, and the weights of its reasons."""

from collections.abc import Mapping
from functools import cache

import msgspec

from sayso.language.lexicon import read_table


class WorthWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Classes of words, in lower case; the table says what each is for."""

    past: frozenset[str]
    no_past: frozenset[str]
    comparing: frozenset[str]
    sweeping: frozenset[str]
    recorded: frozenset[str]
    minding: frozenset[str]
    courteous: frozenset[str]
    valuing: frozenset[str]
    ought: frozenset[str]
    supposing: frozenset[str]
    coming: frozenset[str]
    first_singular: frozenset[str]
    first_plural: frozenset[str]
    second: frozenset[str]
    asking: frozenset[str]
    presenting: frozenset[str]
    opening: frozenset[str]
    clitics: frozenset[str]
    joining: frozenset[str]


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A logistic regression: log odds of a claim without any reason, and what each reason adds to them."""

    intercept: float
    reasons: Mapping[str, float]


@cache
def worth_words() -> WorthWords:
    """Return the classes of words."""
    table = msgspec.convert(read_table("worth"), dict[str, str])
    return msgspec.convert({name: words.split() for name, words in table.items()}, WorthWords)


@cache
def worth_weights() -> Weights:
    """Return the weights, as training/worth.py wrote them."""
    return msgspec.convert(read_table("worth_weights"), Weights)
