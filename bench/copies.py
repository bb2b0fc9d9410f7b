"""Fingerprints of texts, alignment and edits: documents a second of CPU, and how the time grows."""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bench.timing import TIMES_LONGER, Figure, seconds
from sayso.core.ids import CaptureId, text_sha256
from sayso.core.reading import Reading
from sayso.core.records import Document, Link, Run
from sayso.flow.contract import Memory
from sayso.linking.copies import Copies
from sayso.linking.edits import edits_of
from sayso.linking.minhash import band_keys, marks, signature, tokens_of
from sayso.linking.sharing import Shared, Text, shared_by

_WORDS = 300
_TEXTS = 400
_LONG = 20_000  # words
_MANY = 500
_SEED = 20_310_503


def figures() -> Iterator[Figure]:
    """Yield the speed of each step on texts of 300 words, and how it grows with the text and the case."""
    texts = _texts(_TEXTS, _WORDS)
    for name, read in (("MinHash signatures and bands", _signed), ("MinHash, bands and marks", _marked)):
        speed = len(texts) / seconds(partial(_each, read, texts))
        yield Figure(f"copies: {name}", f"{speed:,.0f} documents/s", f"{_TEXTS} texts of {_WORDS} words")
    once, longer = (seconds(_edited(length)) for length in (_LONG, _LONG * TIMES_LONGER))
    yield Figure(
        "copies: align two texts and tell the edits",
        f"{longer / once / TIMES_LONGER:.2f} ({_LONG * TIMES_LONGER / longer / 1000:,.0f} thousand words/s)",
        f"{TIMES_LONGER} × {_LONG:,} words against {_LONG:,}, every ninth changed, per word",
    )
    yield _identical()


def _each(read: Callable[[str], object], texts: Sequence[str]) -> None:
    for text in texts:
        read(text)


def _texts(number: int, words: int) -> list[str]:
    draw = random.Random(_SEED)  # noqa: S311 - a test set, no secret
    syllables = ["ba", "dor", "el", "kin", "mar", "no", "rush", "tal", "vi", "zen"]
    vocabulary = ["".join(draw.choices(syllables, k=draw.randint(1, 5))) for _ in range(20_000)]
    return [" ".join(draw.choices(vocabulary, k=words)) for _ in range(number)]


def _signed(text: str) -> None:
    band_keys(signature(tokens_of(text).hashes)[None, :])


def _marked(text: str) -> None:
    words = tokens_of(text).hashes
    band_keys(signature(words)[None, :])
    marks(words)


def _edited(length: int) -> Callable[[], object]:
    (source,) = _texts(1, length)
    copy = " ".join("changed" if at % 9 == 0 else word for at, word in enumerate(source.split()))

    def read() -> list[int]:
        left, right = Text(_document(copy, 0), str), Text(_document(source, 1), str)
        shared = shared_by(left, right)
        found = () if shared is None else (_link(shared, left, right),)
        return [len(edits_of(link, copy, source)) for link in found]

    return read


def _link(shared: Shared, left: Text, right: Text) -> Link:
    return Link(
        kind="copies",
        left=left.document.id,
        right=right.document.id,
        score=1,
        left_spans=shared.own_spans,
        right_spans=shared.other_spans,
        rule=shared.rule,
        why="It is a copy.",
    )


def _identical() -> Figure:
    (text,) = _texts(1, _WORDS)
    few, many = (_MANY, _MANY * TIMES_LONGER)
    once, longer = (seconds(_linked([text] * number)) for number in (few, many))
    return Figure(
        "copies: link identical documents",
        f"{longer / once / TIMES_LONGER:.2f} ({many / longer:,.0f} documents/s)",
        f"{many:,} documents against {few:,}, per document, in memory",
    )


def _linked(texts: Sequence[str]) -> Callable[[], object]:
    run = Run(tool="bench", version="1")
    readings = [
        Reading(document=_document(text, number), run=run, records=()) for number, text in enumerate(texts)
    ]
    return lambda: Memory(readings).link(Copies())


def _document(text: str, number: int) -> Document:
    return Document(
        capture=CaptureId(f"cap_{number}"),
        text=text,
        text_sha256=text_sha256(text),
        publisher=f"Outlet {number}",
        published_at="2031-05-03",
        reader="bench",
    )
