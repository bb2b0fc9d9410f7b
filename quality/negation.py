"""Negation cues on the *SEM 2012 stories: token F1 of cues, affixes counted as their word, and of scopes."""

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from quality.measure import Measure
from quality.shared import SHARED
from sayso.claims.negation import negations

_FIRST_NEGATION, _COLUMNS = 7, 3  # each negation has a column for its cue, its scope and its event


class Sentence(msgspec.Struct, frozen=True):
    """The words of a sentence, and which of them are cues or stand in a scope."""

    words: tuple[str, ...]
    cues: frozenset[int]
    scopes: frozenset[int]


def measures() -> Iterator[Measure]:
    """Yield F1 in per cent."""
    read = list(sentences(SHARED / "data" / "negation" / "dev.txt.gz"))
    found = [list(negations([word.lower() for word in one.words])) for one in read]
    cues = [frozenset(at for one in here for at in one.cue) for here in found]
    scopes = [
        frozenset(at for one in here for at in range(*one.scope)) - cue
        for here, cue in zip(found, cues, strict=True)
    ]
    yield Measure(name="ConanDoyle dev cue token F1", value=f1([one.cues for one in read], cues))
    yield Measure(name="ConanDoyle dev scope token F1", value=f1([one.scopes for one in read], scopes))


def sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a file in the shared task's columns."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows: list[list[str]] = []
        for line in lines:
            if line.strip():
                rows.append(line.rstrip("\n").split("\t"))
            elif rows:
                yield _sentence(rows)
                rows = []
        if rows:
            yield _sentence(rows)


def _sentence(rows: Sequence[Sequence[str]]) -> Sentence:
    # A sentence without negation has "***" in its only column.
    columns = range(_FIRST_NEGATION, len(rows[0]) - _COLUMNS + 1, _COLUMNS)
    return Sentence(
        words=tuple(row[3] for row in rows),
        cues=frozenset(at for at, row in enumerate(rows) for column in columns if row[column] != "_"),
        scopes=frozenset(at for at, row in enumerate(rows) for column in columns if row[column + 1] != "_"),
    )


def f1(gold: Sequence[frozenset[int]], found: Sequence[frozenset[int]]) -> float:
    """Return the F1 of the words found in all sentences together, in per cent."""
    both = sum(len(one & other) for one, other in zip(gold, found, strict=True))
    all_of_them = sum(map(len, gold)) + sum(map(len, found))
    return round(200 * both / all_of_them, 1) if all_of_them else 100.0
