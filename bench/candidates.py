"""New documents linked into a case of ten times as many: what one of them costs, on one thread in one run.

python -m bench.candidates [--documents 1000 10000] [--linkers same clash copies]
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random

import numpy as np

from bench.timing import Figure
from sayso.core import plugins
from sayso.core.ids import sha256_hex, text_sha256
from sayso.core.ports import Linker
from sayso.core.reading import Reading
from sayso.core.records import Attribution, Capture, Claim, Document, Link, Quantity, Run, Speaker
from sayso.core.spans import Span
from sayso.ledger.arrival import Arrival
from sayso.ledger.lots import Lot
from sayso.ledger.nearest import Floats, Model
from sayso.ledger.store import Store

NEW = 1_000
CASES = (1_000, 10_000)
_PUT_AT_ONCE = 500
_RUN = Run(tool="bench", version="1")
_WIDTH = 384
_LONGEST_WORD = 12  # letters that the stand-in for the network reads


class _News:
    """Invented documents: a story is told by a few of them, in other words, with other figures, or copied."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)  # noqa: S311 - not for secrets
        syllables = [c + v for c in "bdfgklmnprstvz" for v in ("a", "e", "i", "o", "u", "an", "er", "il")]
        self._words = ["".join(self._chance.choices(syllables, k=3)) for _ in range(20_000)]
        # Words as they are in news: the second half as often as the first.
        self._often = list(accumulate(1 / (rank + 10) for rank in range(len(self._words))))
        self._names = ["".join(self._chance.choices(syllables, k=2)).capitalize() for _ in range(4_000)]
        self._told: list[tuple[str, str, int]] = []

    def arrival(self, number: int) -> Arrival:
        """Return the next document: three claims, one with a figure."""
        sentences = [self._sentence(number) for _ in range(3)]
        words = "\n\n".join(f"{said}, {by} said." for said, by, _ in sentences)
        content = words.encode()
        name = f"{number:07}.txt"
        capture = Capture(sha256=sha256_hex(content), size=len(content), origin=name, media_type="text/plain")
        day = 1 + number * 300 // 100_000
        document = Document(
            capture=capture.id,
            text=words,
            text_sha256=text_sha256(words),
            publisher=self._names[number % 50],
            published_at=f"{2031 + day // 336}-{1 + day // 28 % 12:02}-{1 + day % 28:02}",
            reader="bench",
        )
        records = [one for said in sentences for one in self._records(document, *said)]
        reading = Reading(document=document, run=_RUN).plus(records)
        return Arrival(origin=name, capture=capture, readings=(reading,))

    def _sentence(self, number: int) -> tuple[str, str, int]:
        if self._told and self._chance.random() < 0.3:  # noqa: PLR2004 - three in ten are told before
            words, by, killed = self._told[-1 - self._chance.randrange(min(200, len(self._told)))]
            if self._chance.random() < 0.5:  # noqa: PLR2004 - half of them in other words
                words = f"{words} {' '.join(self._said(2))}"
            return words, by, killed
        killed = 2 + number % 97
        place, other = self._chance.choices(self._names, k=2)
        said = self._said(7)
        words = f"{killed} people were killed in {place} when {' '.join(said)} hit the {said[0]} of {other}"
        self._told.append((words, self._chance.choice(self._names), killed))
        return self._told[-1]

    def _said(self, count: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._often, k=count)

    def _records(self, document: Document, words: str, by: str, killed: int) -> Iterator[Attribution | Claim]:
        start = document.text.index(words)
        figure = Quantity(
            span=Span(start, start + len(str(killed))),
            kind="count",
            low=killed,
            best=killed,
            high=killed,
            bound="exact",
            unit="person",
            outcome="killed",
        )
        attribution = Attribution(
            document=document.id,
            content=(Span(start, start + len(words)),),
            source=(Span(start + len(words) + 2, start + len(words) + 2 + len(by)),),
            voice="indirect",
            speaker=Speaker(name=by, basis="stated"),
        )
        yield attribution
        yield Claim(
            attribution=attribution.id, content=attribution.content, act="report", quantities=(figure,)
        )


def stand_in(texts: Sequence[str]) -> Floats:
    """Return vectors that are near where words are shared: what the network costs is the same at any size."""
    found = np.zeros((len(texts), _WIDTH), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.casefold().split():
            found[row, int.from_bytes(word.encode()[:_LONGEST_WORD], "big") % _WIDTH] += 1
    norms = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.where(norms > 0, norms, 1), dtype=np.float32)


_MODEL = Model("stand-in", _WIDTH, stand_in)


def figures(
    cases: Sequence[int] = CASES, linkers: Sequence[Linker] | None = None, *, new: int = NEW
) -> Iterator[Figure]:
    """Yield what linking a new document costs in cases of these sizes, and how it grows."""
    chosen = plugins.linkers() if linkers is None else linkers
    once = 0.0
    for size in cases:
        took, links, bytes_held = _into_case(size, new, chosen)
        grown = f", {took / once:.2f} × the case before" if once else ""
        yield Figure(
            f"a document linked into a case of {size:,}",
            f"{1000 * took / new:.1f} ms{grown}",
            f"{new:,} of three claims each, without the network; {links:,} links; "
            f"ledger {bytes_held / 1e6:,.0f} MB, peak {_peak():,.0f} MB",
        )
        once = took


def _into_case(size: int, new: int, linkers: Sequence[Linker]) -> tuple[float, int, int]:
    """Return the CPU seconds to link new documents into a case, the links found and the ledger's bytes."""
    news = _News(seed=7)
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        path = Path(folder, "ledger.sqlite")
        store = Store.create(path, title="bench")
        _put(store, news, 0, size)
        for lot in store.to_link([linker.name for linker in linkers], _MODEL):
            # The links of the case itself are no part of this.
            _file(lot, linkers)
            store.put_links(_RUN, (), lot)
        _put(store, news, size, new)
        began, links = time.process_time(), 0
        for lot in store.to_link([linker.name for linker in linkers], _MODEL):
            _file(lot, linkers)
            found = [one for linker in linkers for one in linker(lot.seen_by(linker.name))]
            links += store.put_links(_RUN, (one for one in found if isinstance(one, Link)), lot)
        took = time.process_time() - began
        store.close()
        return took, links, sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())


def _put(store: Store, news: _News, first: int, count: int) -> None:
    for at in range(first, first + count, _PUT_AT_ONCE):
        store.put([news.arrival(number) for number in range(at, min(at + _PUT_AT_ONCE, first + count))])


def _file(lot: Lot, linkers: Sequence[Linker]) -> None:
    for linker in linkers:
        index = lot.seen_by(linker.name)
        for document in index.news():
            for filing in linker.keys(index.document(document), index):
                index.file(filing)
    for document in lot.documents:
        if claims := index.claims_of(document):
            index.alike(claims[0].id, 1)  # the vectors of the whole lot
            return


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print a line for each size of case."""
    arguments = argparse.ArgumentParser(description="What linking one more document costs.")
    arguments.add_argument("--documents", type=int, nargs="+", default=CASES, help="sizes of cases")
    arguments.add_argument("--new", type=int, default=NEW, help="documents linked into each")
    arguments.add_argument("--linkers", nargs="*", help="their names; all")
    chosen = arguments.parse_args()
    linkers = [one for one in plugins.linkers() if not chosen.linkers or one.name in chosen.linkers]
    for name, value, how in figures(chosen.documents, linkers, new=chosen.new):
        print(f"{name}: {value}  ({how})", flush=True)


if __name__ == "__main__":
    main()
