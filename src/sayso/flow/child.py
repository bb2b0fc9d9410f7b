"""The child process in which readers run: it takes a capture with its bytes and answers with what was read.

`children.LimitedReaders` starts it as `python -m sayso.flow.child MEGABYTES SECONDS [MODULE:CLASS …]`. On its
standard input and output go frames, each led by its length (4 bytes, big endian), in MessagePack. A `Ready`
goes out first; then for each file a frame with its Capture and one with its bytes come in, and an `Answer`
goes out. The end of the input ends it.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pkgutil import resolve_name
from typing import BinaryIO

import msgspec

from sayso.core import plugins
from sayso.core.errors import BadPlugin, SaysoError
from sayso.core.ports import Reader
from sayso.core.records import Capture, Document, Problem, Review
from sayso.readers import problems
from sayso.readers.kinds import is_told_by_bytes

if sys.platform != "win32":
    import resource
    import signal

_LENGTH_BYTES = 4
_MEGABYTE = 1024 * 1024
# Python may keep a compiled module, the largest of which is smaller; no parser fills a disk.
_FILE_BYTES = 2 * _MEGABYTE
# The parent ends a child that takes too long. This is for a child whose parent was killed meanwhile.
_ORPHAN_SECONDS = 10
_REFUSED = frozenset(
    (
        *("os.exec", "os.fork", "os.posix_spawn", "os.system", "subprocess.Popen"),
        *("socket.bind", "socket.connect", "socket.getaddrinfo", "socket.sendto"),
    )
)


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """The first thing a child says: whether its readers could be loaded."""

    code: str | None = None  # of the error; None: they could
    message: str = ""
    hint: str = ""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a reader gave; exactly one of them is set."""

    document: Document | None = None
    problem: Problem | None = None
    review: Review | None = None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """All that a reader gave for one capture. `exhausted`: it ran out of memory, so start another child."""

    items: tuple[Item, ...]
    exhausted: bool = False


def send(stream: BinaryIO, content: bytes) -> None:
    """Write one frame."""
    stream.write(len(content).to_bytes(_LENGTH_BYTES, "big"))
    stream.write(content)
    stream.flush()


def receive(stream: BinaryIO, *, most: int = 2**32) -> bytes | None:
    """Read one frame; None at the end of the stream. Raises OverflowError for more than `most` bytes."""
    lead = stream.read(_LENGTH_BYTES)
    length = int.from_bytes(lead, "big")
    if len(lead) < _LENGTH_BYTES:
        return None
    if length > most:
        raise OverflowError(length)
    content = stream.read(length)
    return content if len(content) == length else None


def main(arguments: Sequence[str]) -> None:
    """Answer until the input ends."""
    megabytes, seconds, *paths = arguments
    requests, answers = _own_pipes()
    try:
        readers = _from_paths(paths) if paths else plugins.readers()
    except SaysoError as error:
        send(answers, msgspec.msgpack.encode(Ready(code=error.code, message=error.message, hint=error.hint)))
        return
    _limit(int(megabytes))
    send(answers, msgspec.msgpack.encode(Ready()))
    while (about := receive(requests)) is not None and (content := receive(requests)) is not None:
        with ending_if_orphaned(float(seconds)):
            capture = msgspec.msgpack.decode(about, type=Capture)
            send(answers, msgspec.msgpack.encode(_answer(readers, capture, content)))


def _answer(readers: Sequence[Reader], capture: Capture, content: bytes) -> Answer:
    reader = _reader_of(readers, capture)
    if reader is None:
        readable = (suffix for known in readers for suffix in known.suffixes)
        return _only(problems.unknown_type(capture, readable))
    try:
        return Answer(items=tuple(_item(found) for found in reader.read(capture, content)))
    except MemoryError:
        return msgspec.structs.replace(_only(problems.out_of_memory(capture)), exhausted=True)
    except RecursionError:
        return _only(problems.crashed(capture, "it is nested too deeply for its reader"))
    except Exception as error:  # noqa: BLE001 - a parser may raise anything; the next file goes on
        return _only(problems.crashed(capture, f"its reader failed: {type(error).__name__}: {error}"))


def _reader_of(readers: Sequence[Reader], capture: Capture) -> Reader | None:
    name = capture.origin.lower()
    for reader in readers:
        if capture.media_type in reader.media_types:
            return reader
    if is_told_by_bytes(capture.media_type):
        return None  # a PDF that is called notes.txt is no text
    return next((reader for reader in readers if name.endswith(reader.suffixes)), None)


def _item(found: Document | Review | Problem) -> Item:
    match found:
        case Document():
            return Item(document=found)
        case Review():
            return Item(review=found)
        case _:
            return Item(problem=found)


def _only(problem: Problem) -> Answer:
    return Answer(items=(Item(problem=problem),))


def _from_paths(paths: Iterable[str]) -> tuple[Reader, ...]:
    try:
        return tuple(resolve_name(path)() for path in paths)
    except (ImportError, AttributeError, ValueError) as error:
        raise BadPlugin("plugin-broken", f"a reader cannot be loaded: {error}") from error


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes for the frames alone: what a library prints goes nowhere."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return requests, answers


def _limit(megabytes: int) -> None:
    """Leave a reader `megabytes` of memory beyond what is taken now, and neither network nor programs."""
    sys.addaudithook(_refuse)
    if sys.platform != "win32":
        _at_most(resource.RLIMIT_FSIZE, _FILE_BYTES)
    limit_memory(megabytes)


def limit_memory(megabytes: int) -> None:
    """Leave this process `megabytes` of memory beyond what is taken now, and no file of it when it dies.

    Memory is limited only where the system tells how much is taken.
    """
    if sys.platform == "win32":
        return
    _at_most(resource.RLIMIT_CORE, 0)
    if taken := _address_space():
        _at_most(resource.RLIMIT_AS, taken + megabytes * _MEGABYTE)


def _at_most(kind: int, wanted: int) -> None:
    hard = resource.getrlimit(kind)[1]
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(kind, (most, most))


def _address_space() -> int:
    """Return the bytes of address space this process has, or 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123 - pathlib is no shorter for a pseudo-file
            return int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


@contextmanager
def ending_if_orphaned(seconds: float) -> Iterator[None]:
    """End this process where nobody ends it a while after `seconds`: its parent was killed."""
    if sys.platform == "win32":
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds + _ORPHAN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _refuse(event: str, _: object) -> None:
    if event in _REFUSED:
        raise PermissionError(event)


if __name__ == "__main__":
    main(sys.argv[1:])
