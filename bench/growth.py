"""Time by length: reading a text twice as long takes twice as long, whatever the text."""

import time
from collections.abc import Iterator

from sayso.flow.pipeline import extract

_TIMES_LONGER = 4
_TEXTS = {
    "sentences in one line": "The ministry said that Keldovia shelled three villages on Monday. ",
    "paragraphs": "“We went,” Colonel Oren Halt said. “We came.”\n\n",
    "no sentence end": "word said ",
    "quotation marks": "“a ",
    "capitalised words": "Aaa Bbb ",
    "figures": "1,2,3,4 ",
    "full stops": ".",
    "semicolons": "a; ",
    "speech of many paragraphs": "“We saw it all there.\n\n",
    "nouns with a content": "the claim that ",
    "cues inside each other": "he said that ",
    "cues after each other": "rain fell, he said, ",
    "adjuncts": "according to the mayor, ",
    "clauses inside each other": "when the rain fell ",
}
_LETTERS = 60_000


def figures() -> Iterator[tuple[str, str, str]]:
    """Yield how the time grows for each kind of text; 1.0 is linear."""
    extract("The first call loads tables and plugins, the mayor said.")
    for name, piece in _TEXTS.items():
        short = piece * (_LETTERS // len(piece))
        once, longer = _seconds(short), _seconds(short * _TIMES_LONGER)
        speed = len(short) * _TIMES_LONGER / longer / 1000
        yield (
            f"growth: {name}",
            f"{longer / once / _TIMES_LONGER:.2f} ({speed:,.0f} kchar/s)",
            f"{_TIMES_LONGER} × {_LETTERS:,} characters against {_LETTERS:,}, per character",
        )


def _seconds(text: str) -> float:
    """Return the shortest of three readings: the machine's other work only ever adds."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        extract(text)
        times.append(time.perf_counter() - began)
    return min(times)
