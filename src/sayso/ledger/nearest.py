"""The vectors of claims in files beside the ledger, searched for the nearest by a navigable graph (HNSW).

The files follow from the ledger and the model: those that are missing or belong to another state are made
anew. One thread and a fixed order make the same files of the same claims.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Kept = npt.NDArray[np.int8]
Texts = Callable[[int, int], Sequence[str]]  # the words of the claims from a number on, up to another
Mark = Callable[[int], str]  # what tells the claim of a number from others; empty where there is none

# Of the graph: neighbours of a vector, and vectors looked at to add one and to find its nearest. The
# library's defaults; on claims of news they find more than 95 in 100 of the sixteen nearest.
_CONNECTIVITY = 16
_LOOKED_AT = 96
_FORMAT = "1"  # raise it when the files change
# Vectors in the file that is written anew with each run; the other is only mapped, however large it is.
_YOUNG = 16_384
_YOUNG_SHARE = 4  # or as many as a quarter of the old ones, so that each is moved a few times in all
_READ_AT_ONCE = 1024
_EDGE = 1 << 16  # bytes at the beginning and at the end of a file that its name has a digest of
_DIGITS = 16  # of the digests in a file's name
_NAME = re.compile(r"(\d+)-(\d+)-([0-9a-f]{16})-([0-9a-f]{16})\.usearch")


class Model(NamedTuple):
    """What makes vectors of texts: unit length, one row a text."""

    digest: str
    width: int
    vectors: Callable[[Sequence[str]], Floats]


class Nearest:
    """Vectors by number, from 0 without a gap: an old graph on disk, and a young one in memory."""

    def __init__(self, folder: Path, model: Model) -> None:
        """Look at nothing yet: the files lie in `folder`, which may not be there."""
        self._folder = folder
        self._model = model
        self._old: Any = None
        self._young: Any = None
        self._old_size = 0
        self._mapped: Path | None = None  # the old graph's file, while it can only be searched
        self._saved = 0

    def __len__(self) -> int:
        return self._old_size + (0 if self._young is None else len(self._young))

    def open(self, size: int, texts: Texts, mark: Mark) -> None:
        """Read the files, and make the vectors up to a size that are in none of them."""
        found = {first: path for first, count, path in self._files(mark) if first + count <= size}
        self._old = self._read(found.get(0), view=True)
        self._old_size = 0 if self._old is None else len(self._old)
        self._mapped = found[0] if self._old_size else None
        if self._old_size:
            self._young = self._read(found.get(self._old_size), view=False)
        self._saved = len(self)
        for start in range(len(self), size, _READ_AT_ONCE):
            self.add(self._model.vectors(texts(start, min(size, start + _READ_AT_ONCE))))

    def _files(self, mark: Mark) -> Iterator[tuple[int, int, Path]]:
        """Yield the first number, the size and the path of the files that belong to this ledger and model."""
        for path in sorted(self._folder.glob("*.usearch")):
            named = _NAME.fullmatch(path.name)
            if named is None:
                continue
            first, count = int(named[1]), int(named[2])
            if named[3] == self._state(first, count, mark) and named[4] == _edges(path):
                yield first, count, path

    def _state(self, first: int, count: int, mark: Mark) -> str:
        """Return what tells the model and the claims of a file from others."""
        said = "\n".join((_FORMAT, self._model.digest, mark(first), mark(first + count - 1)))
        return hashlib.sha256(said.encode()).hexdigest()[:_DIGITS]

    def _read(self, path: Path | None, *, view: bool) -> Any:  # noqa: ANN401 - the library has no types
        if path is None:
            return None
        graph = _graph(self._model.width)
        if view:
            graph.view(path)
        else:
            graph.load(path)
        return graph

    def add(self, vectors: Floats) -> None:
        """Add vectors under the numbers that come next."""
        if self._young is None:
            self._young = _graph(self._model.width)
        numbers = np.arange(len(self), len(self) + len(vectors), dtype=np.uint64)
        self._young.add(numbers, vectors, threads=1)
        if len(self._young) > max(_YOUNG, self._old_size // _YOUNG_SHARE):
            self._settle()

    def vector(self, number: int) -> Kept:
        """Return the vector of a number as it is kept."""
        graph = self._old if number < self._old_size else self._young
        found: Kept = graph.get(number, np.int8)
        return found

    def near(self, vector: Floats | Kept, most: int) -> list[tuple[int, float]]:
        """Return the numbers of at most `most` vectors with their cosine, the nearest first."""
        found = [
            (float(distance), int(number))
            for graph in (self._old, self._young)
            if graph is not None and len(graph)
            for matches in (graph.search(vector, min(most, len(graph)), threads=1),)
            for number, distance in zip(matches.keys, matches.distances, strict=True)
        ]
        return [(number, 1 - distance) for distance, number in sorted(found)[:most]]

    def _settle(self) -> None:
        """Move the young vectors into the old graph, and its file with them."""
        numbers = np.arange(self._old_size, len(self), dtype=np.uint64)
        vectors = np.stack(self._young.get(numbers, np.int8))
        if self._old is None:
            self._old = _graph(self._model.width)
        elif self._mapped is not None:
            self._old = _graph(self._model.width)
            self._old.load(self._mapped)
        self._old.add(numbers, vectors, threads=1)
        self._young, self._mapped, self._old_size = None, None, len(self._old)

    def save(self, mark: Mark) -> None:
        """Write what no file has, each file as a whole or not at all, and remove outdated ones."""
        if len(self) == self._saved:
            return
        self._folder.mkdir(exist_ok=True)
        graphs = ((self._old, 0), (self._young, self._old_size))
        kept = {
            self._written(graph, first, mark) for graph, first in graphs if graph is not None and len(graph)
        }
        for path in self._folder.glob("*.usearch"):
            if path.name not in kept:
                path.unlink(missing_ok=True)
        self._saved = len(self)

    def _written(self, graph: Any, first: int, mark: Mark) -> str:  # noqa: ANN401 - the library has no types
        if first == 0 and self._mapped is not None:
            return self._mapped.name
        unfinished = self._folder / f"{secrets.token_hex(8)}.part"
        try:
            graph.save(unfinished)
            count = len(graph)
            name = f"{first}-{count}-{self._state(first, count, mark)}-{_edges(unfinished)}.usearch"
            unfinished.replace(self._folder / name)
        finally:
            unfinished.unlink(missing_ok=True)
        return name


def _edges(path: Path) -> str:
    """Return a digest of a file's size, its beginning and its end: the library trusts what it reads.

    A file that was cut or overwritten is told so without reading all of it.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        held = [str(size).encode(), file.read(_EDGE)]
        file.seek(max(0, size - _EDGE))
        held.append(file.read(_EDGE))
    return hashlib.sha256(b"\n".join(held)).hexdigest()[:_DIGITS]


def _graph(width: int) -> Any:  # noqa: ANN401 - the library has no types
    # To load ONNX Runtime after the kernels of this library ends the process, so that it comes first.
    import onnxruntime  # noqa: F401, PLC0415 - see above
    from usearch.index import Index  # noqa: PLC0415 - slow to load, and only linking needs it

    return Index(
        ndim=width,
        metric="cos",
        dtype="i8",
        connectivity=_CONNECTIVITY,
        expansion_add=_LOOKED_AT,
        expansion_search=_LOOKED_AT,
    )
