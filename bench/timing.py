"""The CPU time of work, and how it grows with the length of what is worked on."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeVar

TIMES_LONGER = 4
_ROUNDS = 3
_LETTERS = 10_000
_T = TypeVar("_T")


class Figure(NamedTuple):
    """One row of the table: its name, its value, how it was measured."""

    name: str
    value: str
    how: str


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of the shortest of three rounds: the machine's other work only ever adds."""
    times = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def growth(
    step: str,
    read: Callable[[_T], object],
    texts: Mapping[str, str],
    *,
    prepared: Callable[[str], _T],
    letters: int = _LETTERS,
) -> Iterator[Figure]:
    """Yield how the time to read grows for each kind of text; 1.0 is linear.

    `texts` are short pieces by name, repeated to so many `letters`; preparing them is not measured.
    """
    read(prepared(next(iter(texts.values()))))  # the first call loads tables
    for name, piece in texts.items():
        short = piece * (letters // len(piece))
        once, longer = (_seconds_of(read, prepared, text) for text in (short, short * TIMES_LONGER))
        speed = len(short) * TIMES_LONGER / longer / 1000
        yield Figure(
            f"{step}: {name}",
            f"{longer / once / TIMES_LONGER:.2f} ({speed:,.0f} kchar/s)",
            f"{TIMES_LONGER} × {letters:,} characters against {letters:,}, per character",
        )


def _seconds_of(read: Callable[[_T], object], prepared: Callable[[str], _T], text: str) -> float:
    # What is prepared may keep what is computed from it, so each round has its own.
    rounds = iter([prepared(text) for _ in range(_ROUNDS)])
    return seconds(lambda: read(next(rounds)))
