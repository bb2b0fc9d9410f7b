"""Figures by length: reading four times the text takes four times as long, whatever is repeated in it."""

import time
from collections.abc import Iterator

from sayso.claims.quantities import quantities_in
from sayso.language.segments import Segments

_TIMES_LONGER = 4
_LETTERS = 60_000
_TEXTS = {
    "prose": "The ministry said at least 21 civilians, among them 3 children, died in Halm on Monday. ",
    "digits": "9",
    "digits in groups": "1,234,",
    "digits in threes": "123 456 ",
    "list": "1,2,3,4,",
    "number words": "five thousand and six ",
    "scales": "million ",
    "fractions": "one and a half ",
    "ranges": "between 5 and 7 to ",
    "bounds": "more than less than at least ",
    "money": "$5 dollars 50 cents ",
    "parts": "12 people, among them 3 children, ",
    "toll": "the toll of the number of ",
    "spaces": "some   ",
    "outcomes": "killed wounded lost 5 ",
    "ages": "aged 9, ",
}


def figures() -> Iterator[tuple[str, str, str]]:
    """Yield how the time grows for each kind of text; 1.0 is linear."""
    quantities_in(Segments("The first call loads tables: 5 people."), ())
    for name, piece in _TEXTS.items():
        short = piece * (_LETTERS // len(piece))
        once, longer = _seconds(short), _seconds(short * _TIMES_LONGER)
        speed = len(short) * _TIMES_LONGER / longer / 1000
        yield (
            f"figures' growth: {name}",
            f"{longer / once / _TIMES_LONGER:.2f} ({speed:,.0f} kchar/s)",
            f"{_TIMES_LONGER} × {_LETTERS:,} characters against {_LETTERS:,}, per character",
        )


def _seconds(text: str) -> float:
    """Return the shortest of three readings: the machine's other work only ever adds."""
    times = []
    for _ in range(3):
        segments = Segments(text)
        began = time.process_time()
        quantities_in(segments, ())
        times.append(time.process_time() - began)
    return min(times)
