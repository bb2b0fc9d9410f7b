"""Reads the captures of a ledger again and compares: the same bytes and versions give the same records."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from sayso.core.errors import SaysoError
from sayso.core.reading import Reading
from sayso.core.records import Capture
from sayso.core.settings import Settings
from sayso.core.views import Finding
from sayso.flow import local
from sayso.ledger.captures import Captures

if TYPE_CHECKING:
    from sayso.ledger.verify import Held, HeldDocument


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """How many documents gave records that could be compared, and what differs."""

    documents: int
    findings: tuple[Finding, ...]


def compare(held: "Iterable[Held]", captures: Captures, settings: Settings) -> Compared:
    """Read every capture again.

    A document that another version of its reader or of a stage made is left alone: it may rightly differ.
    """
    documents = 0
    findings: list[Finding] = []
    reading_again: deque[Held] = deque()
    for file in local.read_again(_captured(held, captures, reading_again), settings):
        for stored in reading_again.popleft().documents:
            again = _counterpart(stored, file)
            if again is None:
                continue
            documents += again.run.id in stored.runs
            findings += _differences(stored, again)
    return Compared(documents=documents, findings=tuple(findings))


def _captured(
    held: "Iterable[Held]", captures: Captures, reading_again: "deque[Held]"
) -> Iterator[tuple[Capture, bytes]]:
    for one in held:
        try:
            content = captures.read(one.capture.sha256)
        except SaysoError:
            continue  # the check of the files says what is wrong with it
        reading_again.append(one)
        yield one.capture, content


def _counterpart(stored: "HeldDocument", file: local.FileRead) -> Reading | None:
    """Return what the same reader makes of the same part now, the same text first."""
    alike = [
        reading
        for reading in file.readings
        if reading.document.part == stored.document.part and reading.document.reader == stored.document.reader
    ]
    same = (reading for reading in alike if reading.document.id == stored.document.id)
    return next(same, alike[0] if alike else None)


def _differences(stored: "HeldDocument", again: Reading) -> Iterator[Finding]:
    where = stored.document.id
    if again.document.id != where:
        yield Finding(code="text-differs", message="its capture does not give this text", where=where)
        return
    if again.run.id not in stored.runs:
        return
    found = {getattr(record, "id") for record in again.records}  # noqa: B009 - the base class does not declare it
    kept = frozenset().union(*stored.runs.values())
    if not (stored.runs[again.run.id] <= found <= kept):
        yield Finding(code="records-differ", message="its text does not give these records", where=where)
