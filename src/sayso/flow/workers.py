"""A child process that finds claims: a text that crashes it, hangs or eats memory costs itself alone.

The two speak through pipes: the settings first, which the child answers with an empty message once it has
loaded all it needs; then a document and its records in turn, as canonical JSON led by its length. Nothing is
unpickled, and the script that called us is not run again in the child.

| code | what it says |
|---|---|
| `extraction-died` | the process that looked for claims died, and so did the next one over this text |
| `extraction-timeout` | looking for the claims of a text took longer than `limits.seconds` |
"""

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import BinaryIO, cast

import msgspec

from sayso.core import codec
from sayso.core.ids import CaptureId, RunId, text_sha256
from sayso.core.reading import Reading, Values
from sayso.core.records import KINDS, LIMIT_THAT_ENDED_IT, Document, Problem, Run, kind_of
from sayso.core.settings import Settings
from sayso.flow import child
from sayso.flow.pipeline import read_claims, run_of

_SERVE = "from sayso.flow.workers import serve; serve()"
# What killed a child may have passed, such as want of memory: it gets a second chance.
_ATTEMPTS = 2
_START_SECONDS = 60.0  # a slow disk may take long to load the stages; this only ends a child that hangs
_LAST_SECONDS = 5.0  # how long a process that closed its output may take to end
_FIRST_WORDS = "The mayor said that the bridge was open."


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a child sends back: each record with its kind, in the order they were found."""

    records: tuple[tuple[str, msgspec.Raw], ...]
    values: Values


class _Child:
    """A running process and the two pipes to it."""

    def __init__(self, settings: Settings) -> None:
        # -P: a folder that a person works in must not lend its files as modules.
        command = [sys.executable, "-P", "-c", _SERVE]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the parent, which then ends the child
        )
        self._expired = False
        self._questions = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        self._settings = settings
        self._is_ready = False

    def ask(self, question: bytes) -> bytes | None:
        """Send one message and wait for the answer; None when the process died or was killed."""
        if not self._is_ready:
            # What is loaded once is no part of any document's time.
            if self._exchange(codec.encode(self._settings), _START_SECONDS) is None:
                return None
            self._is_ready = True
        return self._exchange(question, self._settings.limits.seconds)

    @property
    def took_too_long(self) -> bool:
        """Whether the time for a document ended it."""
        return self._is_ready and self._expired

    def kill(self) -> None:
        """End the process, also while another thread waits for its answer."""
        self._process.kill()

    def end(self) -> str:
        """Kill the process if it still runs, and say how it went."""
        with suppress(OSError):  # what was still to be written no longer matters
            self._questions.close()
        try:
            code = self._process.wait(_LAST_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._answers.close()
        return f"exit status {code}" if code >= 0 else signal.Signals(-code).name

    def _exchange(self, message: bytes, seconds: float) -> bytes | None:
        watch = threading.Timer(seconds, self._expire)
        watch.daemon = True
        watch.start()
        try:
            child.send(self._questions, message)
            return child.receive(self._answers)
        except OSError:
            return None
        finally:
            watch.cancel()
            watch.join()

    def _expire(self) -> None:
        self._expired = True
        self._process.kill()


class ClaimWorker:
    """Finds claims in a child process, which is started when it is first needed.

    For one thread at a time, but for `stop`.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._run = run_of(settings)
        self._child: _Child | None = None
        self._changing = threading.Lock()
        self._stopped = False

    def read(self, document: Document) -> Reading:
        """Find the claims of a document.

        One that kills the child twice or takes too long gets a Problem instead, as all do after `stop`.
        """
        question = codec.encode(document)
        how = "it was stopped"
        for _ in range(_ATTEMPTS):
            running = self._running()
            if running is None:
                break
            answer = running.ask(question)
            if answer is not None:
                return self._reading(document, codec.decode(answer, _Answer))
            how = self.close()
            if running.took_too_long:
                return self._too_slow(document)
        return self._without_claims(document, self._fatal(document, how), self._run)

    def stop(self) -> None:
        """Kill the child, whatever it does, and start no other; any thread may call it."""
        with self._changing:
            self._stopped = True
            if self._child is not None:
                self._child.kill()

    def close(self) -> str:
        """End the child process, if there is one, and say how it went."""
        with self._changing:
            running, self._child = self._child, None
        return "" if running is None else running.end()

    def _running(self) -> _Child | None:
        """Return the child, a new one if need be; None once stopped."""
        with self._changing:
            if not self._stopped:
                self._child = self._child or _Child(self._settings)
            return None if self._stopped else self._child

    def _reading(self, document: Document, answer: _Answer) -> Reading:
        records = tuple(codec.decode(bytes(body), KINDS[kind]) for kind, body in answer.records)
        return Reading(document=document, run=self._run, records=records, values=answer.values)

    def _without_claims(self, document: Document, problem: Problem, run: Run) -> Reading:
        problem = msgspec.structs.replace(problem, id="", run=run.id)
        return Reading(document=document, run=run, records=(problem,))

    def _fatal(self, document: Document, how: str) -> Problem:
        return Problem(
            code="extraction-died",
            message=f"the process that read the text died ({how})",
            stage="workers",
            document=document.id,
            hint="a case keeps its text, without claims; please report it",
        )

    def _too_slow(self, document: Document) -> Reading:
        """Return a reading by a run of its own: whoever has more time can tell that nothing was found."""
        seconds = self._settings.limits.seconds
        problem = Problem(
            code="extraction-timeout",
            message=f"finding its claims took longer than {seconds:g} s",
            stage="workers",
            document=document.id,
            hint="split it, or raise seconds under [limits] (SAYSO_LIMITS_SECONDS) and give it again:"
            " a case keeps its text, without claims, and looks for them then",
        )
        run = msgspec.structs.replace(
            self._run, id=RunId(""), settings={**self._run.settings, LIMIT_THAT_ENDED_IT: repr(seconds)}
        )
        return self._without_claims(document, problem, run)


def serve() -> None:
    """Answer documents with their records until the pipe is closed: what a child process runs."""
    with os.fdopen(os.dup(0), "rb") as questions, os.fdopen(os.dup(1), "wb") as answers:
        # What a plugin prints must not get between the answers.
        os.dup2(2, 1)
        first = child.receive(questions)
        if first is None:
            return
        settings = codec.decode(first, Settings)
        _load(settings)
        child.limit_memory(settings.limits.memory_megabytes)
        child.send(answers, b"")
        while (question := child.receive(questions)) is not None:
            with child.ending_if_orphaned(settings.limits.seconds):
                reading = read_claims(codec.decode(question, Document), settings)
                records = tuple(
                    (kind_of(record), msgspec.Raw(codec.encode(record))) for record in reading.records
                )
                child.send(answers, codec.encode(_Answer(records=records, values=reading.values)))


def _load(settings: Settings) -> None:
    """Load what the stages load when they first read: a model's size is no text's fault."""
    document = Document(
        capture=CaptureId("cap_0"),
        text=_FIRST_WORDS,
        text_sha256=text_sha256(_FIRST_WORDS),
        reader="given",
    )
    with child.ending_if_orphaned(_START_SECONDS):
        read_claims(document, settings)
