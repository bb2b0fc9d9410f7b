"""Cut a text into words and say which of them belong to names, so that the encoder never sees who speaks."""

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.language.lexicon import blind

Ints = npt.NDArray[np.int64]

# "U.S." is one word, else an abbreviated country would have more pieces than the other side's name.
# Digits and letters stay together; combining marks belong to their letter; any other visible character
# stands alone. Paragraph breaks are words of their own: the encoder must see them and no span may cross them.
WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:[\u0300-\u036f\u200d\u00ad]+[^\W_]*)*"
    r"|[\n\r\u2028\u2029](?:[^\S\n\r]*[\n\r\u2028\u2029]+)*"
    r"|[^\s]"
)

PLAIN, TITLE, UPPER, NAME, DIGIT, MARK, BREAK = range(7)

OPENING, CLOSING, STRAIGHT = "\u201c\u00ab\u201e", "\u201d\u00bb", '"'


class Words(NamedTuple):
    """The words of a text, as arrays of one length. Offsets are code points, half open."""

    surface: list[str]
    start: Ints
    end: Ints
    case: Ints
    quoted: Ints


@cache
def ordinary() -> frozenset[str]:
    """Return the words that are common in lower case, as counted in training/names.py."""
    path = files("sayso.language") / "model" / "ordinary.txt"
    return frozenset(path.read_text(encoding="utf-8").split("\n"))


def is_name(word: str, ordinary: frozenset[str]) -> bool:
    """Say whether a word is part of a name: capitalised, and rare in lower case.

    The decision looks at the word alone and never at its place: two names that change places keep their kind.
    Letters without case (Arabic, Chinese) give no hint, so they are hidden too rather than shown.
    """
    first = word[0]
    if first.isdigit():
        return False
    if not first.isupper():
        return first.isalpha() and first.upper() == first.lower()
    lower, table = word.lower(), blind()
    acronym = len(word) > 1 and word.isupper() and lower in table.capitals
    if lower in table.never:
        return acronym
    if acronym or lower in table.capitalised:
        return True
    return lower != "a" if len(word) == 1 else lower not in ordinary


def case_of(word: str, ordinary: frozenset[str]) -> int:
    """Return the letter-case feature of a word; every name has the same: "NATO" and "Niger" look alike."""
    first = word[0]
    if first in "\n\r\u2028\u2029":
        return BREAK
    if first.isdigit():
        return DIGIT
    if not first.isalpha():
        return MARK
    if is_name(word, ordinary):
        return NAME
    if not first.isupper():
        return PLAIN
    return UPPER if len(word) > 1 and word.isupper() else TITLE


def inside_quotes(surface: list[str]) -> Ints:
    """Mark the words inside double quotation marks, the marks included; a paragraph end closes what is open.

    `''` and two backticks count as one straight mark. Single curly marks open only before a word.
    """
    inside = False
    single = False
    marks = np.zeros(len(surface), dtype=np.int64)
    last = len(surface) - 1
    for i, word in enumerate(surface):
        first = word[0]
        if first.isalnum():
            marks[i] = inside or single
            continue
        if first in "\n\r\u2028\u2029":
            inside = single = False
        elif first in OPENING:
            inside = True
        elif first in CLOSING:
            marks[i] = inside
            inside = False
            continue
        elif first == STRAIGHT or (first in "'`" and i < last and surface[i + 1] == first):
            marks[i] = 1
            inside = not inside
            continue
        elif first in "'`" and i and surface[i - 1] == first:
            marks[i] = marks[i - 1]
            continue
        elif first == "\u2018":
            single = True
        elif first == "\u2019" and single and (i == last or not surface[i + 1][0].isalnum()):
            marks[i] = 1
            single = False
            continue
        marks[i] = inside or single
    return marks


def soft_break(surface: str, text: str, end: int) -> bool:
    """Say whether a line break only wraps a line: one break, and the next line goes on in lower case."""
    return surface.count("\n") <= 1 and end < len(text) and text[end].islower()


def cut(text: str, ordinary: frozenset[str]) -> Words:
    """Cut a text into words, in time linear in its length; any string is accepted, lone surrogates too."""
    surface: list[str] = []
    start: list[int] = []
    end: list[int] = []
    case: list[int] = []
    known: dict[str, int] = {}
    for found in WORD.finditer(text):
        word = found.group()
        kind = known.get(word)
        if kind is None:
            kind = known[word] = case_of(word, ordinary)
        if kind == BREAK and (not surface or soft_break(word, text, found.end())):
            continue
        surface.append(word)
        start.append(found.start())
        end.append(found.end())
        case.append(kind)
    # A file may end in a line break or not: of several paragraphs each ends in one, and a lone one in none.
    several = BREAK in case[:-1]
    if case and case[-1] == BREAK and not several:
        for row in (surface, start, end, case):
            row.pop()
    elif several and case[-1] != BREAK:
        surface.append("\n")
        start.append(end[-1])
        end.append(end[-1])
        case.append(BREAK)
    return Words(
        surface,
        np.array(start, dtype=np.int64),
        np.array(end, dtype=np.int64),
        np.array(case, dtype=np.int64),
        inside_quotes(surface),
    )
