"""Lay texts and pairs of texts out for the network: pieces, anonymous names, and what both texts share."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sayso.language.encoder.pieces import Pieces
from sayso.language.encoder.words import BREAK, NAME, PLAIN, Ints, Words, cut, ordinary
from sayso.language.pairing.figures import Figure, figures_of, nearest

LONGEST = 1500  # code points read of a text: claims are sentences, and longer ones end in detail
PIECES = 160  # of a text that stands alone
PIECES_EACH = 112  # of each text of a pair
NAMES = 32  # names told apart; the later ones share the last number

# What a mark says of a piece: how it stands to the other text of the pair.
ALONE, SHARED, EQUAL, LITTLE_LESS, LESS, LITTLE_MORE, MORE, NO_OTHER = range(8)
MARKS = 8
STEM = 6  # letters by which two words are one: "attacked" and "attacks"
LITTLE = 1.1  # a tenth more or less may be rounding or a later count


class Text(NamedTuple):
    """A text cut into units: words, with each run of name words as one unit."""

    keys: list[str]  # folded
    pieces: list[tuple[int, ...]]  # of the unit as written; a name has them too
    name: list[bool]
    figure: list[int]  # number of the figure that the unit belongs to, or -1
    figures: list[Figure]


class Row(NamedTuple):
    """What the network reads of a text or a pair: lists of one length."""

    pieces: list[int]
    part: list[int]  # 0 the first text, 1 the second
    mark: list[int]


class Laid(NamedTuple):
    """Rows of pieces, padded; all [rows, pieces]."""

    pieces: Ints
    part: Ints  # 0 the first text, 1 the second
    mark: Ints
    seen: Ints  # 1 on real pieces


@cache
def pieces() -> Pieces:
    """Return the vocabulary, which the attribution model brings."""
    return Pieces.read(Path(str(files("sayso.language") / "model" / "vocab.txt")))


def read(text: str) -> Text:
    """Cut a text into units; any string is accepted, and what stands behind `LONGEST` is not read."""
    words = cut(text[:LONGEST], ordinary())
    figures = figures_of(words)
    of_word = {at: n for n, figure in enumerate(figures) for at in range(figure.begin, figure.end)}
    found = Text([], [], [], [], figures)
    of = pieces().of
    for at, (word, case) in enumerate(zip(words.surface, words.case.tolist(), strict=True)):
        if case == BREAK:
            continue
        own = of(word, PLAIN)
        if case == NAME and _goes_on(words, at) and found.name and found.name[-1]:
            found.keys[-1] += " " + _folded(word)
            found.pieces[-1] += own
            continue
        found.keys.append(_folded(word))
        found.pieces.append(own)
        found.name.append(case == NAME)
        found.figure.append(of_word.get(at, -1))
    return found


def _folded(word: str) -> str:
    return word.casefold().replace(".", "") or word


def _goes_on(words: Words, at: int) -> bool:
    """Tell whether a word of a name continues the name before it: "Ada Berg" is one name."""
    return at > 0 and int(words.case[at - 1]) == NAME and bool(words.start[at] - words.end[at - 1] <= 1)


def numbered(texts: Sequence[Text]) -> dict[str, int]:
    """Return a number for each name, in the order of appearance over the texts.

    A shorter form of one longer name ("Berg" beside "Ada Berg") has its number. Nothing but identity counts:
    names that change places change numbers, and nothing else.
    """
    names = dict.fromkeys(
        key for text in texts for key, name in zip(text.keys, text.name, strict=True) if name
    )
    words = {name: frozenset(name.split()) for name in names}
    long = [name for name in names if len(words[name]) > 1]
    numbers: dict[str, int] = {}
    for name in names:
        holding = [other for other in long if words[name] < words[other]]
        whole = holding[0] if len(holding) == 1 else name
        numbers[name] = numbers.setdefault(whole, len(set(numbers.values())))
    return numbers


def alone(text: Text) -> Row:
    """Lay one text out, its names numbered."""
    return _single(_blind(text, numbered([text])))


def alone_named(text: Text) -> Row:
    """Lay one text out as it is written, for the search among published claims."""
    return _single(text.pieces)


def together(left: Text, right: Text) -> Row:
    """Lay a pair out: its names numbered alike, each piece marked with how it stands to the other text."""
    numbers = numbered([left, right])
    first = _marked(_blind(left, numbers), _marks(left, right, numbers))
    second = _marked(_blind(right, numbers), _marks(right, left, numbers))
    start, stop = (pieces().start, ALONE), (pieces().stop, ALONE)
    every = [start, *first, stop, *second, stop]
    return Row([p for p, _ in every], [0] * (len(first) + 2) + [1] * (len(second) + 1), [m for _, m in every])


def _single(units: Sequence[tuple[int, ...]]) -> Row:
    held = [pieces().start, *islice(chain.from_iterable(units), PIECES - 2), pieces().stop]
    return Row(held, [0] * len(held), [ALONE] * len(held))


def _blind(text: Text, numbers: dict[str, int]) -> list[tuple[int, ...]]:
    first = pieces().name
    return [
        (first + min(numbers[key], NAMES - 1),) if name else own
        for key, name, own in zip(text.keys, text.name, text.pieces, strict=True)
    ]


def _marked(units: Sequence[tuple[int, ...]], marks: Sequence[int]) -> list[tuple[int, int]]:
    every = ((piece, mark) for own, mark in zip(units, marks, strict=True) for piece in own)
    return list(islice(every, PIECES_EACH))


def _marks(text: Text, other: Text, numbers: dict[str, int]) -> list[int]:
    """Return the mark of each unit of a text that stands beside another."""
    theirs = {_sign(key, numbers, name=name) for key, name in zip(other.keys, other.name, strict=True)}
    of_figure = [_compared(figure, other.figures) for figure in text.figures]
    return [
        of_figure[figure] if figure >= 0 else SHARED if _sign(key, numbers, name=name) in theirs else ALONE
        for key, name, figure in zip(text.keys, text.name, text.figure, strict=True)
    ]


def _sign(key: str, numbers: dict[str, int], *, name: bool) -> str | int:
    """Return what a unit is recognised by in the other text: its number, or the stem of the word."""
    return numbers[key] if name else key[:STEM]


def _compared(figure: Figure, others: Sequence[Figure]) -> int:
    if any(other.value == figure.value for other in others):
        return EQUAL
    other = nearest(figure, others)
    if other is None:
        return NO_OTHER
    low, high = sorted((figure.value, other.value))
    little = high <= low * LITTLE
    if figure.value < other.value:
        return LITTLE_LESS if little else LESS
    return LITTLE_MORE if little else MORE


def padded(rows: Sequence[Row]) -> Laid:
    """Lay rows out side by side, padded to the longest."""
    width = max(len(row.pieces) for row in rows)
    shape = (len(rows), width)
    laid = Laid(
        pieces=np.full(shape, pieces().padding, dtype=np.int64),
        part=np.zeros(shape, dtype=np.int64),
        mark=np.zeros(shape, dtype=np.int64),
        seen=np.zeros(shape, dtype=np.int64),
    )
    for at, row in enumerate(rows):
        size = len(row.pieces)
        laid.pieces[at, :size] = row.pieces
        laid.part[at, :size] = row.part
        laid.mark[at, :size] = row.mark
        laid.seen[at, :size] = 1
    return laid
