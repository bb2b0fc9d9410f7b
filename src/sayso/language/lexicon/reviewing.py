"""From when on a published fact-check is suggested for a claim."""

from functools import cache

import msgspec

from sayso.language.lexicon import read_table


class ReviewMethod(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one way of finding a review asks for, each 0 to 1."""

    held: float
    alike: float
    score: float  # what a suggestion is rated: how many in a hundred are right


class ReviewThresholds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The methods, and below which size a claim is too general."""

    fewest_words: int
    fewest_names: int
    same_words: ReviewMethod
    rare_words: ReviewMethod


@cache
def review_thresholds() -> ReviewThresholds:
    """Return the thresholds; the table says where they come from."""
    return msgspec.convert(read_table("reviews"), ReviewThresholds)
