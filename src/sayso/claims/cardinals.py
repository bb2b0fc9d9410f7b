"""Cardinals: "two hundred and five thousand three hundred", from the words and digits they are made of."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from sayso.claims.atoms import Atom
from sayso.claims.digits import whole_if_whole
from sayso.core.records import Number

Form = Literal["whole", "decimal", "fraction", "ordinal"]
LARGEST = 10**18  # what a ledger's 64-bit integers hold
TEN, HUNDRED, THOUSAND = 10, 100, 1000
_YEARS = range(1500, 2100)
_CLOSE = frozenset({" ", "-"})


class Read(msgspec.Struct, frozen=True, array_like=True):
    """What a run of atoms says: its value, the atom after it, and whether an article belongs to it."""

    value: Number
    after: int
    form: Form = "whole"
    article: bool = False
    scale: Number = 1  # the last one: "million" of "three million"
    loose: int = 0  # the tens at its end, which may belong to what follows: "hundred thirty fifths"


class _Group(msgspec.Struct, frozen=True, array_like=True):
    """A number below its scale, with that scale."""

    value: Number  # without the scale
    after: int  # the atom after it
    loose: int  # the tens at its end
    times: int = 1  # its scale


def cardinal(atoms: Sequence[Atom], at: int, *, article: bool, joins: bool = True) -> Read | None:
    """Read groups from an atom on, each below the scale of the one before.

    `article` tells that "a" stands before it, `joins` whether "and" joins groups.
    """
    total: Number = 0
    last: _Group | None = None
    after = at
    while after < len(atoms):
        group = _scaled_group(atoms, after, article=article and after == at, joins=joins)
        if group is None or group.value * group.times >= LARGEST:
            break
        if last is not None and not _continues(atoms, last, group, joins=joins):
            break
        total, last, after = total + group.value * group.times, group, group.after
        if group.times == 1:
            break
    if last is None:
        return None
    uses_article = atoms[at].kind in {"hundred", "scale", "dozen"}
    loose = last.loose if last.times == 1 else 0
    return Read(whole_if_whole(total), after, article=uses_article, scale=last.times, loose=loose)


def _scaled_group(atoms: Sequence[Atom], at: int, *, article: bool, joins: bool) -> _Group | None:
    group = _group(atoms, at, article=article, joins=joins)
    if group is None:
        return None
    value, after, loose = group
    times = 1
    while (
        after < len(atoms) and atoms[after].kind == "scale" and (after == at or atoms[after].link in _CLOSE)
    ):
        times = min(times * int(atoms[after].value), LARGEST)
        after += 1
    return _Group(value, after, loose, times)


def _continues(atoms: Sequence[Atom], last: _Group, group: _Group, *, joins: bool) -> bool:
    """Whether a further group belongs to a number: "two thousand five hundred", not "2000 500"."""
    first = atoms[last.after]
    if first.link not in _CLOSE and not (joins and first.link == "and"):
        return False
    if first.link == "and" and _begins_fraction(atoms, group):
        return False
    bare_digits = first.kind == "digits" and group.after == last.after + 1 and first.link != "and"
    value = group.value * group.times
    return 0 < value < last.times and group.times < last.times and isinstance(value, int) and not bare_digits


def _begins_fraction(atoms: Sequence[Atom], group: _Group) -> bool:
    """Whether what follows a scale is a part of it: "two million and three fifths"."""
    if group.after >= len(atoms):
        return False
    kind = atoms[group.after].kind
    return kind in {"parts", "part"} or (kind == "ordinal" and group.value == 1)


def _group(atoms: Sequence[Atom], at: int, *, article: bool, joins: bool) -> tuple[Number, int, int] | None:
    """Read a number below its scale: value, the atom after it, and the tens at its end."""
    first = atoms[at]
    if first.kind == "digits":
        value, after, loose = first.value, at + 1, 0
    elif first.kind in {"ones", "tens"}:
        value, after, loose = small(atoms, at)
    elif article and first.kind in {"hundred", "scale", "dozen"}:
        value, after, loose = 1, at, 0
    else:
        return None
    following = atoms[after] if after < len(atoms) else None
    if following is None or (after > at and following.link not in _CLOSE):
        return value, after, loose
    if first.kind == "digits" and value in _YEARS:
        return value, after, loose  # "in 1992 hundreds fled": nobody counts so many hundreds or dozens
    if following.kind == "dozen":
        return whole_if_whole(value * following.value), after + 1, 0
    if following.kind != "hundred":
        return value, after, loose
    value, after, loose = whole_if_whole(value * HUNDRED), after + 1, 0
    rest = _rest(atoms, after, joins=joins)
    return (value, after, loose) if rest is None else (value + rest[0], rest[1], rest[2])


def small(atoms: Sequence[Atom], at: int) -> tuple[int, int, int]:
    """Read "twenty-five": value, the atom after it, and the tens when they stand alone."""
    value = int(atoms[at].value)
    if atoms[at].kind == "ones":
        return value, at + 1, 0
    if at + 1 < len(atoms):
        one = atoms[at + 1]
        if one.kind == "ones" and one.link in _CLOSE and 0 < one.value < TEN:
            return value + int(one.value), at + 2, 0
    return value, at + 1, value


def _rest(atoms: Sequence[Atom], at: int, *, joins: bool) -> tuple[int, int, int] | None:
    """Read what follows a hundred; "three hundred and four hundred" are two numbers."""
    if at >= len(atoms) or not (atoms[at].link in _CLOSE or (joins and atoms[at].link == "and")):
        return None
    first = atoms[at]
    if first.kind == "digits" and isinstance(first.value, int) and first.link == "and":
        value, after, loose = first.value, at + 1, 0
    elif first.kind in {"ones", "tens"}:
        value, after, loose = small(atoms, at)
    else:
        return None
    followed = after < len(atoms) and atoms[after].kind in {"hundred", "dozen"} and atoms[after].link == " "
    if followed or not 0 < value < HUNDRED:
        return None
    return value, after, loose if first.link != "and" else 0
