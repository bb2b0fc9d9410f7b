"""The words and digits that numbers are made of, and where they begin: one scan of the text."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

import msgspec

from sayso.claims.digits import digits_at
from sayso.core.records import Number
from sayso.language.lexicon.figures import number_words

Kind = Literal["digits", "ones", "tens", "hundred", "scale", "dozen", "ordinal", "parts", "part"]
_HUNDRED = 100
_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
# A wrapped line is one space; an empty line parts what stands around it.
_LINK = re.compile(
    r"[^\S\n]*[-\u2010\u2011][^\S\n]*"
    r"|(?:[^\S\n]+\n?[^\S\n]*|\n[^\S\n]*)(?:(?P<with>and an?|and|an?|of an?|point|over|in|out of)\s{1,2})?"
    r"|(?=[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
)
_SLASHED = re.compile(r"(?<![\d/])(?<!\d-)(\d{1,6})/(\d{1,6})(?![\d/.]|,\d)")
_ORDINAL_SIGN = re.compile(r"(?:st|nd|rd|th)\b")


class Atom(msgspec.Struct, frozen=True, array_like=True):
    """One word or run of digits of a number."""

    kind: Kind
    value: Number
    start: int
    end: int
    link: str = ""  # what joins it to the atom before: "", "-", "and", "and a", "of a", "point", …
    ambiguous: bool = False


def folded(text: str) -> str:
    """Return the text in lower case, each code point where it was."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def either(words: Iterable[str]) -> str:
    """Return what matches one of several words, the longest first, grouped by their first letters."""
    shelves: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda one: (-len(one), one)):
        shelves.setdefault(word[0], []).append(re.escape(word[1:]))
    return (
        "(?:" + "|".join(f"{re.escape(first)}(?:{'|'.join(shelf)})" for first, shelf in shelves.items()) + ")"
    )


@cache
def _words() -> dict[str, tuple[Kind, int]]:
    table = number_words()
    words: dict[str, tuple[Kind, int]] = {}
    words |= {word: ("ones", value) for word, value in table.ones.items()}
    words |= {word: ("tens", value) for word, value in table.tens.items()}
    words |= {
        word: ("hundred" if value == _HUNDRED else "scale", value) for word, value in table.scales.items()
    }
    words |= {word: ("dozen", value) for word, value in table.dozens.items()}
    words |= {word: ("ordinal", value) for word, value in table.ordinals.items()}
    words |= {f"{word}s": ("parts", value) for word, value in table.ordinals.items() if word != "second"}
    return words | {
        word: ("parts" if word.endswith("s") else "part", value) for word, value in table.parts.items()
    }


@cache
def number_starts() -> re.Pattern[str]:
    """Return what finds where a number begins: a digit, or a number's word."""
    # "USD115": a currency's letters may touch the digits, what stands there is looked at later.
    return re.compile(
        rf"(?<!\w)(?:(?<!\.)\.\d|\d|{either(_words())}(?!\w))|(?<=\b[a-z]{{3}})\d|[{''.join(_VULGAR)}]"
    )


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"{either(_words())}(?!\w)")


def atoms_from(text: str, lower: str, start: int, end: int) -> tuple[list[Atom], int]:
    """Collect the atoms from `start` as far as they are linked, and where the scan goes on."""
    atoms: list[Atom] = []
    at, link = start, ""
    while True:
        found, after = _atom(text, lower, at, end, link)
        if not found:
            return atoms, max(after, start + 1) if not atoms else max(atoms[-1].end, start + 1)
        atoms += found
        joint = _LINK.match(lower, after, end)
        if joint is None:
            return atoms, after
        at = joint.end()
        link = joint["with"] or ("-" if joint.group().strip() else " ")


def _atom(text: str, lower: str, at: int, end: int, link: str) -> tuple[list[Atom], int]:
    if at >= end:
        return [], at
    first = lower[at]
    if first.isdecimal() or (first == "." and lower[at + 1 : at + 2].isdecimal()):
        return _digit_atoms(text, lower, at, end, link)
    if first in _VULGAR:
        above, below = _VULGAR[first]
        return [Atom("part", above / below, at, at + 1, link)], at + 1
    word = _word().match(lower, at, end)
    if word is None:
        return [], at
    kind, value = _words()[word.group()]
    return [Atom(kind, value, at, word.end(), link)], word.end()


def _digit_atoms(text: str, lower: str, at: int, end: int, link: str) -> tuple[list[Atom], int]:
    slashed = _SLASHED.match(lower, at, end)
    if slashed is not None and int(slashed[2]) != 0:
        return [Atom("part", int(slashed[1]) / int(slashed[2]), at, slashed.end(), link)], slashed.end()
    numbers, after = digits_at(text, at, end)
    if not numbers:
        # The digits are no number, and neither is any part of them.
        return [], after
    sign = _ORDINAL_SIGN.match(lower, after, end)
    atoms = [
        Atom("digits", one.value, one.start, one.end, link if one.start == at else ",", one.ambiguous)
        for one in numbers
    ]
    if sign is not None and numbers[-1].end == after and isinstance(numbers[-1].value, int):
        last = numbers[-1]
        return [*atoms[:-1], Atom("ordinal", last.value, last.start, sign.end(), atoms[-1].link)], sign.end()
    return atoms, after
