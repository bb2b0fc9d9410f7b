"""Tables of words as linkers read them: the type of a field says as what its words are read."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from sayso.language.lexicon import read_table
from sayso.linking.lexicon import stem

_T = TypeVar("_T")


class Words(frozenset[str]):
    """Words as they are written; in the table, with blanks between them."""

    __slots__ = ()


class Stems(frozenset[str]):
    """The stems of words; in the table, these with blanks between them."""

    __slots__ = ()


class Firsts(dict[str, str]):
    """Of each stem the first one of its line; in the table, lines of words that are one noun or one deed."""

    __slots__ = ()


def word_table(name: str, of: type[_T]) -> _T:
    """Read one of the lexicon's tables as a record; raises msgspec.ValidationError where it is none."""
    return msgspec.convert(read_table(name), of, dec_hook=_listed)


def _listed(kind: type, written: object) -> object:
    if kind is Firsts:
        lines = [list(map(stem, line.split())) for line in msgspec.convert(written, Sequence[str])]
        return Firsts({word: first for first, *others in lines for word in (first, *others)})
    words = msgspec.convert(written, str).split()
    return Stems(map(stem, words)) if kind is Stems else Words(words)
