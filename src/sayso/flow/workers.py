"""A child process that finds claims: what crashes in there costs one document, not the work.

The two speak through pipes: the settings first, then a document and its records in turn, as canonical JSON
led by its length. Nothing is unpickled, and the script that called us is not run again in the child.
"""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import BinaryIO, cast

import msgspec

from sayso.core import codec
from sayso.core.reading import Reading, Values
from sayso.core.records import KINDS, Document, Problem, kind_of
from sayso.core.settings import Settings
from sayso.flow import child
from sayso.flow.pipeline import read_claims, run_of

_SERVE = "from sayso.flow.workers import serve; serve()"
# What killed a child may have passed, such as want of memory: it gets a second chance.
_ATTEMPTS = 2


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
        self._questions = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        self._settings: bytes | None = codec.encode(settings)

    def ask(self, question: bytes) -> bytes | None:
        """Send one message and wait for the answer; None when the process is dead."""
        try:
            if self._settings is not None:
                child.send(self._questions, self._settings)
                self._settings = None
            child.send(self._questions, question)
        except BrokenPipeError:
            return None
        return child.receive(self._answers)

    def end(self) -> str:
        """End the process and say how it went."""
        self._answers.close()
        with suppress(BrokenPipeError):
            self._questions.close()
        code = self._process.wait()
        return f"exit status {code}" if code >= 0 else signal.Signals(-code).name


class ClaimWorker:
    """Finds claims in a child process, which is started when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._run = run_of(settings)
        self._child: _Child | None = None

    def read(self, document: Document) -> Reading:
        """Find the claims of a document; one that kills the child twice gets a Problem instead."""
        question = codec.encode(document)
        how = ""
        for _ in range(_ATTEMPTS):
            self._child = self._child or _Child(self._settings)
            answer = self._child.ask(question)
            if answer is not None:
                return self._reading(document, codec.decode(answer, _Answer))
            how = self.close()
        return Reading(document=document, run=self._run, records=(self._fatal(document, how),))

    def close(self) -> str:
        """End the child process, if there is one, and say how it went."""
        running, self._child = self._child, None
        return "" if running is None else running.end()

    def _reading(self, document: Document, answer: _Answer) -> Reading:
        records = tuple(codec.decode(bytes(body), KINDS[kind]) for kind, body in answer.records)
        return Reading(document=document, run=self._run, records=records, values=answer.values)

    def _fatal(self, document: Document, how: str) -> Problem:
        return Problem(
            code="extraction-died",
            message=f"the process that read the text died ({how})",
            stage="workers",
            document=document.id,
            hint="the text is stored, without claims; please report it",
            run=self._run.id,
        )


def serve() -> None:
    """Answer documents with their records until the pipe is closed: what a child process runs."""
    with os.fdopen(os.dup(0), "rb") as questions, os.fdopen(os.dup(1), "wb") as answers:
        # What a plugin prints must not get between the answers.
        os.dup2(2, 1)
        first = child.receive(questions)
        if first is None:
            return
        settings = codec.decode(first, Settings)
        while (question := child.receive(questions)) is not None:
            reading = read_claims(codec.decode(question, Document), settings)
            records = tuple(
                (kind_of(record), msgspec.Raw(codec.encode(record))) for record in reading.records
            )
            child.send(answers, codec.encode(_Answer(records=records, values=reading.values)))
