"""Readers in a child process with limits: a file that crashes, hangs or eats memory costs itself alone."""

import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

import msgspec

from sayso.core.errors import BadPlugin
from sayso.core.ids import sha256_hex
from sayso.core.records import Capture, Document, Problem, Review
from sayso.core.settings import Limits
from sayso.flow import child
from sayso.readers import problems
from sayso.readers.kinds import HEAD_BYTES, media_type

Found = tuple[Document | Review | Problem, ...]

_SIGNALS = {one.value: one.name for one in signal.Signals}
_MEGABYTE = 1024 * 1024
_START_SECONDS = 60.0  # a slow disk may take long to load the readers; this only ends a child that hangs
_LAST_SECONDS = 5.0  # how long a process that closed its output may take to end
# Replacement characters and ids make an answer longer than its file, never this much.
_ANSWER_FACTOR = 32


class Retrieved(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when bytes were fetched, and what the server called them."""

    url: str
    at: datetime | None
    media_type: str  # without parameters; "" where the server does not say


class LimitedReaders:
    """Reads files in one child process, which is replaced when it dies; a context manager.

    `readers` names the readers to use as `module:Class`; none: the installed ones. For one thread at a time,
    but for `stop`.
    """

    def __init__(self, limits: Limits, *, readers: Sequence[str] = ()) -> None:
        self._limits = limits
        self._readers = tuple(readers)
        self._child: _Child | None = None
        self._changing = threading.Lock()
        self._stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child process."""
        with self._changing:
            running, self._child = self._child, None
        if running is not None:
            running.end()

    def stop(self) -> None:
        """Kill the child, whatever it does, and start no other; any thread may call it.

        What is read then ends with a Problem.
        """
        with self._changing:
            self._stopped = True
            if self._child is not None:
                self._child.kill()

    def read(self, path: Path) -> tuple[Capture | None, bytes, Found]:
        """Return the file's capture and bytes, and its documents and problems; no capture if it stays unread.

        Raises nothing for what a file does wrong; raises BadPlugin when the readers cannot be loaded.
        """
        content = _content(path, self._limits)
        if isinstance(content, Problem):
            return None, b"", (content,)
        capture, found = self.read_content(content, origin=path.name)
        return capture, content, found

    def read_content(
        self, content: bytes, *, origin: str, retrieved: Retrieved | None = None
    ) -> tuple[Capture, Found]:
        """Return the capture of some bytes, with their documents and problems; `origin` is their name."""
        capture = Capture(
            sha256=sha256_hex(content),
            size=len(content),
            origin=origin,
            media_type=media_type(
                origin, content[:HEAD_BYTES], stated=retrieved.media_type if retrieved else ""
            ),
            url=retrieved.url if retrieved else None,
            retrieved_at=retrieved.at if retrieved else None,
        )
        if not content:
            return capture, (problems.empty_file(capture),)
        if len(content) > self._limits.megabytes * _MEGABYTE:
            return capture, (problems.too_large(origin, self._limits),)
        return capture, self._found(capture, content)

    def _found(self, capture: Capture, content: bytes) -> Found:
        used = self._child is not None
        running = self._running()
        if running is None:
            return (problems.crashed(capture, "its reader was stopped"),)
        try:
            found = running.found(capture, content)
        except _Died as died:
            self.close()
            # Earlier files may have worn the child out. What a file gives must not depend on them.
            return self._found(capture, content) if used and not running.expired else (died.problem,)
        except BaseException:
            # Interrupted within a frame: the child's next answer would be one to this file.
            self.close()
            raise
        if running.expired:  # its time ran out while it was answering
            self.close()
        return found

    def _running(self) -> "_Child | None":
        """Return the child, a new one if need be; None once stopped."""
        with self._changing:
            if not self._stopped:
                self._child = self._child or _Child(self._limits, self._readers)
            return None if self._stopped else self._child


class _Died(Exception):
    """The child is of no more use; `problem` is what to say of its file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Child:
    """One child process. After `_Died` it must be ended and never be asked again."""

    def __init__(self, limits: Limits, readers: Sequence[str]) -> None:
        self._limits = limits
        # -P: a folder of evidence may hold files named like modules.
        command = [sys.executable, "-P", "-m", child.__name__]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [*command, str(limits.memory_megabytes), str(limits.seconds), *readers],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the parent, which then ends the child
        )
        self.expired = False  # whether a time limit ended it
        self._to = cast("BinaryIO", self._process.stdin)
        self._from = cast("BinaryIO", self._process.stdout)
        self._await_readers()

    def found(self, capture: Capture, content: bytes) -> Found:
        """Return what the readers give, or raise _Died."""
        frames = (msgspec.msgpack.encode(capture), content)
        most = _ANSWER_FACTOR * len(content) + _MEGABYTE
        try:
            frame = self._exchange(frames, seconds=self._limits.seconds, most=most)
        except OverflowError as error:
            raise _Died(problems.crashed(capture, "its reader's answer is too long")) from error
        if frame is None:
            raise _Died(self._last_words(capture))
        try:
            answer = msgspec.msgpack.decode(frame, type=child.Answer)
        except msgspec.DecodeError as error:
            raise _Died(problems.crashed(capture, "its reader's answer is damaged")) from error
        found = tuple(item.document or item.review or cast("Problem", item.problem) for item in answer.items)
        if answer.exhausted:
            raise _Died(cast("Problem", found[0]))
        return found

    def kill(self) -> None:
        """End the process, also while another thread waits for its answer."""
        self._process.kill()

    def end(self) -> None:
        """Kill the process: it holds nothing that could be lost."""
        self._process.kill()
        self._process.wait()
        self._from.close()
        with suppress(OSError):  # what was still to be written no longer matters
            self._to.close()

    def _await_readers(self) -> None:
        frame = self._exchange((), seconds=_START_SECONDS, most=_MEGABYTE)
        ready = None if frame is None else msgspec.msgpack.decode(frame, type=child.Ready)
        if ready is not None and ready.code is None:
            return
        self.end()
        if ready is None or ready.code is None:
            raise BadPlugin(
                "readers-do-not-start",
                "the process that runs the readers does not start",
                hint=f"see why: {sys.executable} -m {child.__name__} 1024 30",
            )
        raise BadPlugin(ready.code, ready.message, hint=ready.hint)

    def _exchange(self, frames: Sequence[bytes], *, seconds: float, most: int) -> bytes | None:
        """Send the frames and return the answer, or None when the child dies or takes too long."""
        watch = threading.Timer(seconds, self._expire)
        watch.daemon = True
        watch.start()
        try:
            for frame in frames:
                child.send(self._to, frame)
            return child.receive(self._from, most=most)
        except OSError:
            return None
        finally:
            watch.cancel()
            watch.join()

    def _expire(self) -> None:
        self.expired = True
        self._process.kill()

    def _last_words(self, capture: Capture) -> Problem:
        if self.expired:
            return problems.too_slow(capture, self._limits)
        try:
            status = self._process.wait(_LAST_SECONDS)
        except subprocess.TimeoutExpired:
            return problems.crashed(capture, "its reader stopped answering")
        if status >= 0:
            return problems.crashed(capture, f"its reader ended with exit status {status}")
        name = _SIGNALS.get(-status, f"signal {-status}")
        return problems.crashed(capture, f"its reader died of {name}")


def _content(path: Path, limits: Limits) -> bytes | Problem:
    """Return the bytes of an ordinary file of at most the size allowed, without waiting for anybody."""
    most = limits.megabytes * _MEGABYTE
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return problems.unreadable(path.name, f"it is {_kind(about.st_mode)}")
        if about.st_size > most:
            return problems.too_large(path.name, limits)
        with open(path, "rb", opener=_without_waiting) as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return problems.unreadable(path.name, reason or str(error))
    # It may have grown since it was measured.
    return content if len(content) <= most else problems.too_large(path.name, limits)


def _without_waiting(path: str, flags: int) -> int:
    # A pipe that took the file's place would make the opening wait for a writer.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a pipe" if stat.S_ISFIFO(mode) else "no ordinary file"
