"""Time by length: reading a text twice as long takes twice as long, whatever the text."""

from collections.abc import Iterator

from bench.timing import Figure, growth
from sayso.flow.pipeline import extract

_LETTERS = 60_000
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


def figures() -> Iterator[Figure]:
    """Yield how the time of the whole pipeline grows."""
    yield from growth("growth", extract, _TEXTS, prepared=str, letters=_LETTERS)
