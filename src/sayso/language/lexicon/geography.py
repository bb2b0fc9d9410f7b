"""How newspapers shorten the names of states and provinces, and what they call kinds of areas."""

from functools import cache

import msgspec

from sayso.language.lexicon import read_table


class _Geography(msgspec.Struct, frozen=True):
    """What of `geography.toml` is needed to read; the gazetteer holds the rest."""

    kinds: str
    area: tuple[str, ...]


@cache
def _tables() -> _Geography:
    return msgspec.convert(read_table("geography"), _Geography)


@cache
def shortened() -> frozenset[str]:
    """Return the short forms without their last full stop: "Ky", "KY", "N.Y"."""
    return frozenset(form.strip().removesuffix(".") for row in _tables().area for form in row.split("|")[1:])


@cache
def area_kinds() -> frozenset[str]:
    """Return the words behind a name that say what kind of area it is."""
    return frozenset(_tables().kinds.split())
