"""Ordinals: places counted from the start, the end, or from what is spoken of."""

import re
from functools import cache
from typing import Literal

import msgspec

from sayso.claims.atoms import either
from sayso.claims.numbers import numerals_in
from sayso.language.lexicon.figures import number_words


class Ordinal(msgspec.Struct, frozen=True, kw_only=True):
    """A place in an order; offsets in code points."""

    start: int
    end: int
    counted_from: Literal["start", "current", "end"]
    places: int


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){either(number_words().relative)}(?!\w)")


def ordinals_in(text: str, lower: str) -> list[Ordinal]:
    """Return the ordinals of a text in order; "second to last" is no second. `lower` is `folded`."""
    found = [
        Ordinal(start=match.start(), end=match.end(), counted_from=anchor, places=places)
        for match in _relative().finditer(lower)
        for anchor, places in [number_words().relative[match.group()]]
    ]
    taken = {place for one in found for place in range(one.start, one.end)}
    found += [
        Ordinal(start=one.start, end=one.end, counted_from="start", places=int(one.value))
        for one in numerals_in(text, lower)
        if one.form == "ordinal" and one.start not in taken
    ]
    return sorted(found, key=lambda one: one.start)
