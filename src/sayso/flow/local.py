"""Runs the work on this machine: files in, readings out, in the order of the files.

Files are read and claims are found in child processes. Threads wait for them, and only a bounded lot of files
is under way at a time, so that memory does not grow with the number of files.
"""

import hashlib
import os
import threading
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

import msgspec

from sayso.core.reading import Reading
from sayso.core.records import Capture, Document, Problem
from sayso.core.settings import Settings
from sayso.flow import files
from sayso.flow.children import Found, LimitedReaders, Retrieved
from sayso.flow.pipeline import run_of
from sayso.flow.workers import ClaimWorker

_FILES_UNDER_WAY = 64
_BYTES_UNDER_WAY = 64_000_000
_MEGABYTE = 1024 * 1024

# Whether documents of these bytes (SHA-256, hex) under this name are stored already.
Known = Callable[[str, str], bool]


class Archived(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of a server as they came: a WARC file."""

    capture: Capture
    content: bytes


class FileRead(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file. `known`: its documents are stored, so it was not read again."""

    origin: str  # the path, pattern or address as given
    sha256: str | None = None  # of a known file
    capture: Capture | None = None
    content: bytes = b""
    readings: tuple[Reading, ...] = ()
    problems: tuple[Problem, ...] = ()
    known: bool = False
    archived: Archived | None = None  # only of a page that was fetched

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return Path(self.origin).name if self.capture is None else self.capture.origin


class _Opened(NamedTuple):
    """A file that its reader is done with; its claims are on their way."""

    file: FileRead
    readings: tuple[Future[Reading], ...] = ()


class _UnderWay(NamedTuple):
    """A file somewhere between its reader and its last claim."""

    size: int  # bytes
    opened: Future[_Opened]

    def is_done(self) -> bool:
        return self.opened.done() and all(reading.done() for reading in self.opened.result().readings)

    def result(self) -> FileRead:
        """Wait for the file."""
        file, readings = self.opened.result()
        return msgspec.structs.replace(file, readings=tuple(reading.result() for reading in readings))


_Hired = TypeVar("_Hired", LimitedReaders, ClaimWorker)
# What a thread does with its readers: the capture, its bytes, what is in it.
_Read = Callable[[LimitedReaders], tuple[Capture | None, bytes, Found]]


def read_files(
    paths: Iterable[Path | str], settings: Settings, *, known: Known, apart_from: Path | None = None
) -> Generator[tuple[FileRead, ...]]:
    """Read files, folders and patterns; yield what became of each in order, those that are done together.

    A file that is known already is only hashed. `apart_from` is a folder that is passed over.
    """
    under_way: deque[_UnderWay] = deque()
    with _Crew(settings) as crew:
        for found in files.expand(paths, apart_from=apart_from):
            under_way.append(
                _at_once(FileRead(origin=found.origin or "", problems=(found,)))
                if isinstance(found, Problem)
                else crew.file(found, known)
            )
            while _is_plenty(under_way):
                yield _done(under_way)
        while under_way:
            yield _done(under_way)


def read_again(captured: Iterable[tuple[Capture, bytes]], settings: Settings) -> Iterator[FileRead]:
    """Read bytes that were captured before, and yield what is in them now, in order."""
    under_way: deque[_UnderWay] = deque()
    with _Crew(settings) as crew:
        for capture, content in captured:
            under_way.append(crew.take(capture.origin, len(content), _anew(capture, content)))
            while _is_plenty(under_way):
                yield from _done(under_way)
        while under_way:
            yield from _done(under_way)


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes that came from an address, and the name they get."""

    name: str
    content: bytes
    retrieved: Retrieved


def read_fetched(pages: Iterable[Fetched | Problem], settings: Settings) -> Generator[FileRead]:
    """Read what was fetched, one after another; a Problem in its place is passed on."""
    with _Crew(settings) as crew:
        for page in pages:
            if isinstance(page, Problem):
                yield FileRead(origin=page.origin or "", problems=(page,))
                continue
            read = _fetched(page.content, page.name, page.retrieved)
            yield crew.take(page.name, len(page.content), read).result()


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _anew(capture: Capture, content: bytes) -> _Read:
    retrieved = None
    if capture.url is not None:
        # What the server stated decided only where name and bytes did not, and will again.
        retrieved = Retrieved(url=capture.url, at=capture.retrieved_at, media_type=capture.media_type)
    return _fetched(content, capture.origin, retrieved)


def _fetched(content: bytes, origin: str, retrieved: Retrieved | None) -> _Read:
    def read(readers: LimitedReaders) -> tuple[Capture, bytes, Found]:
        capture, found = readers.read_content(content, origin=origin, retrieved=retrieved)
        return capture, content, found

    return read


def _is_plenty(under_way: Collection[_UnderWay]) -> bool:
    return len(under_way) >= _FILES_UNDER_WAY or sum(file.size for file in under_way) >= _BYTES_UNDER_WAY


def _done(under_way: deque[_UnderWay]) -> tuple[FileRead, ...]:
    """Wait for the first file, and take those after it that are done as well."""
    done = [under_way.popleft().result()]
    while under_way and under_way[0].is_done():
        done.append(under_way.popleft().result())
    return tuple(done)


class _Crew:
    """Threads that read files and find claims, each with a child process of its own; a context manager."""

    def __init__(self, settings: Settings) -> None:
        # A plugin that cannot be loaded is the caller's to know, before any file is read.
        run_of(settings)
        self._settings = settings
        threads = settings.work.processes or cores()
        self._reading = ThreadPoolExecutor(threads, "sayso-reading")
        self._claiming = ThreadPoolExecutor(threads, "sayso-claiming")
        self._mine = threading.local()
        self._children = ExitStack()
        self._at_work: list[LimitedReaders | ClaimWorker] = []
        self._hiring = threading.Lock()
        self._stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            # Nobody waits for the answers any more, so the threads should not either.
            self._reading.shutdown(wait=False, cancel_futures=True)
            self._claiming.shutdown(wait=False, cancel_futures=True)
            self._stop()
        # The readers' threads first: they hand over to the others.
        self._reading.shutdown(cancel_futures=True)
        self._claiming.shutdown(cancel_futures=True)
        self._children.close()

    def file(self, path: Path, known: Known) -> _UnderWay:
        """Set out to read a file, unless its documents are known."""
        size, digest = _fingerprint(path, self._settings)
        if digest is not None and known(digest, path.name):
            return _at_once(FileRead(origin=str(path), sha256=digest, known=True))
        return self.take(str(path), size, lambda readers: readers.read(path))

    def take(self, origin: str, size: int, read: _Read) -> _UnderWay:
        """Set out to read something."""
        return _UnderWay(size, self._reading.submit(self._open, origin, read))

    def _open(self, origin: str, read: _Read) -> _Opened:
        capture, content, found = read(self._readers())
        problems = tuple(one for one in found if isinstance(one, Problem))
        documents = tuple(one for one in found if isinstance(one, Document))
        return _Opened(
            FileRead(origin=origin, capture=capture, content=content, problems=problems),
            tuple(self._claiming.submit(self._claims, document) for document in documents),
        )

    def _claims(self, document: Document) -> Reading:
        return self._worker().read(document)

    def _readers(self) -> LimitedReaders:
        """Return the readers of the thread that asks."""
        if not hasattr(self._mine, "readers"):
            self._mine.readers = self._hired(LimitedReaders(self._settings.limits))
        readers: LimitedReaders = self._mine.readers
        return readers

    def _worker(self) -> ClaimWorker:
        """Return the worker of the thread that asks."""
        if not hasattr(self._mine, "worker"):
            self._mine.worker = self._hired(ClaimWorker(self._settings))
        worker: ClaimWorker = self._mine.worker
        return worker

    def _hired(self, one: _Hired) -> _Hired:
        with self._hiring:
            self._at_work.append(one)
            if self._stopped:
                one.stop()
        self._children.callback(one.close)
        return one

    def _stop(self) -> None:
        with self._hiring:
            self._stopped = True
            for one in self._at_work:
                one.stop()


def _fingerprint(path: Path, settings: Settings) -> tuple[int, str | None]:
    """Return a file's size and digest; without a digest, its reader is to say what is wrong with it."""
    try:
        size = path.stat().st_size
        if size > settings.limits.megabytes * _MEGABYTE:
            return 0, None
        with path.open("rb") as file:
            return size, hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return 0, None


def _at_once(file: FileRead) -> _UnderWay:
    """Return a file that there is nothing to do for."""
    opened: Future[_Opened] = Future()
    opened.set_result(_Opened(file))
    return _UnderWay(0, opened)
