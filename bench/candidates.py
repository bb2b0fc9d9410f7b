"""New documents linked into a case of ten times as many: what one of them costs, on one thread in one run.

python -m bench.candidates [--documents 1000 10000] [--new 1000] [--linkers same clash] [--folder FOLDER]

The documents are those of `bench.candidates_news`. Those of the case itself are filed in the linkers' index
and their claims have vectors, but no links are sought among them: no linker reads links, and in a case of
4,000 documents that were all linked a new one cost as much (29.2 ms against 29.0). To file a hundred thousand
takes a quarter of an hour of processor time and 2 GB of disk. With a folder the filed cases are kept there,
and one that was cut short goes on.

The vectors of claims are those of a stand-in, as the network costs the same in a case of any size. The
network that reads pairs of claims is the real one: how many pairs it is asked for is what grows, if it does.
"""

import argparse
import resource
import shutil
import tempfile
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sqlalchemy import func, select

from bench.candidates_news import RUN, News
from bench.timing import Figure
from sayso.core import plugins
from sayso.core.ports import Linker
from sayso.core.records import Link
from sayso.ledger import database, schema
from sayso.ledger.lots import Lot
from sayso.ledger.nearest import Floats, Model
from sayso.ledger.store import Store

NEW = 1_000
CASES = (1_000, 10_000)
_PUT_AT_ONCE = 500
_SEED = 7
_WIDTH = 384
_SHORT = 6  # letters of the words that all news has in common


def stand_in(texts: Sequence[str]) -> Floats:
    """Return vectors that are near where long words are shared; names make no difference to them."""
    found = np.zeros((len(texts), _WIDTH), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.split():
            if len(word) > _SHORT and word.islower():
                hashed = zlib.crc32(word.encode())
                found[row, hashed % _WIDTH] += 1 if hashed & 1 << 31 else -1
    norms = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.where(norms > 0, norms, 1), dtype=np.float32)


_MODEL = Model("stand-in-2", _WIDTH, stand_in)


class _Cost(NamedTuple):
    """What it took to link new documents."""

    seconds: float  # of processor time
    parts: Mapping[str, float]  # the same, by what it was spent on
    links: int
    bytes_held: int  # of the case on disk


def figures(
    cases: Sequence[int] = CASES,
    linkers: Sequence[Linker] | None = None,
    *,
    new: int = NEW,
    folder: Path | None = None,
) -> Iterator[Figure]:
    """Yield what linking a new document costs in cases of these sizes, and how it grows.

    The filed cases are kept in `folder`, and taken from there.
    """
    chosen = plugins.linkers() if linkers is None else linkers
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as passing:
        kept = Path(passing, "cases") if folder is None else folder
        once = 0.0
        for size in sorted(cases):
            _make(kept, size, chosen)
            cost = _into_case(kept / str(size), Path(passing, "measured"), size, new, chosen)
            grown = f", {cost.seconds / once:.2f} × the case before" if once else ""
            parts = ", ".join(f"{part} {1000 * took / new:.1f}" for part, took in cost.parts.items())
            yield Figure(
                f"a document linked into a case of {size:,}",
                f"{1000 * cost.seconds / new:.1f} ms{grown}",
                f"{new:,} of three claims each: {parts}; {cost.links:,} links; "
                f"ledger {cost.bytes_held / 1e6:,.0f} MB, peak {_peak():,.0f} MB",
            )
            once = cost.seconds


def _make(folder: Path, size: int, linkers: Sequence[Linker]) -> None:
    """Make the filed case of a size, from the next smaller one; one that is there goes on where it was."""
    case = folder / str(size)
    made = sorted((int(one.name) for one in folder.glob("*") if one.name.isdecimal()), reverse=True)
    smaller = next((one for one in made if one < size), None)
    if size not in made and smaller is not None:
        _make(folder, smaller, linkers)  # it may have been cut short
        shutil.copytree(folder / str(smaller), case)
    case.mkdir(parents=True, exist_ok=True)
    path = case / "ledger.sqlite"
    store = Store(path) if path.exists() else Store.create(path, title="bench")
    news = News(_SEED)
    held = _documents(store)
    news.skip(held)
    _put(store, news, size - held)
    for lot in store.to_link([_key(linker) for linker in linkers], _MODEL):
        _file(lot, linkers)
        store.put_links(RUN, (), lot)
    store.close()


def _key(linker: Linker) -> str:
    """Return the key under which a linker's work is stored."""
    return f"{linker.name}@{linker.version}"


def _documents(store: Store) -> int:
    with database.reading(store.engine) as connection:
        return connection.execute(select(func.count()).select_from(schema.documents)).scalar() or 0


def _into_case(case: Path, folder: Path, size: int, new: int, linkers: Sequence[Linker]) -> _Cost:
    """Return what it costs to link new documents into a copy of a case, which is made in a folder."""
    shutil.copytree(case, folder)
    store = Store(folder / "ledger.sqlite")
    news = News(_SEED)
    news.skip(size)
    _put(store, news, new)
    began, links = time.process_time(), 0
    parts: defaultdict[str, float] = defaultdict(float)
    for lot in store.to_link([_key(linker) for linker in linkers], _MODEL):
        at = time.process_time()
        _file(lot, linkers)
        parts["filing"] += time.process_time() - at
        found: list[Link] = []
        for linker in linkers:
            at = time.process_time()
            found += [one for one in linker(lot.seen_by(_key(linker))) if isinstance(one, Link)]
            parts[linker.name] += time.process_time() - at
        at = time.process_time()
        links += store.put_links(RUN, found, lot)
        parts["storing"] += time.process_time() - at
    took = time.process_time() - began
    store.close()
    held = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    shutil.rmtree(folder)
    return _Cost(took, parts, links, held)


def _put(store: Store, news: News, count: int) -> None:
    for at in range(0, count, _PUT_AT_ONCE):
        store.put(news.arrivals(min(_PUT_AT_ONCE, count - at)))


def _file(lot: Lot, linkers: Sequence[Linker]) -> None:
    for linker in linkers:
        index = lot.seen_by(_key(linker))
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
    arguments.add_argument("--folder", type=Path, help="where the filed cases are kept; a passing one")
    chosen = arguments.parse_args()
    linkers = [one for one in plugins.linkers() if not chosen.linkers or one.name in chosen.linkers]
    for name, value, how in figures(chosen.documents, linkers, new=chosen.new, folder=chosen.folder):
        print(f"{name}: {value}  ({how})", flush=True)


if __name__ == "__main__":
    main()
