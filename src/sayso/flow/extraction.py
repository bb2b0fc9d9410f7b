"""Extraction without a case: files or a stream in, one line of the machine interface a document out.

Claims are found in a child process, within the same limits as those of a case.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sayso.core import settings
from sayso.core.ids import sha256_hex
from sayso.core.records import Capture, Document, Problem
from sayso.core.settings import Limits, Settings
from sayso.exchange import lines
from sayso.exchange.lines import Line, RefusedLine
from sayso.flow import files
from sayso.flow.children import Found, LimitedReaders
from sayso.flow.workers import ClaimWorker
from sayso.readers import problems
from sayso.readers.table import JsonLinesReader

STANDARD_INPUT = "-"
_BOM = b"\xef\xbb\xbf"
_MEGABYTE = 1024 * 1024


def extract_files(paths: Iterable[Path | str], *, with_text: bool = False) -> Iterator[Line | RefusedLine]:
    """Yield a line for each document of files, folders and patterns; what gives none yields its problems."""
    chosen = settings.load()
    with LimitedReaders(chosen.limits) as readers, closing(ClaimWorker(chosen)) as worker:
        for found in files.expand(paths):
            if isinstance(found, Problem):
                yield lines.refused(found.origin or "", (found,))
                continue
            _, _, read = readers.read(found)
            yield from _lines(read, str(found), worker, with_text=with_text)


def extract_stream(stream: BinaryIO, *, with_text: bool = False) -> Iterator[Line | RefusedLine]:
    """Yield a line for each document of a stream.

    JSON lines are answered one by one, as they come, when the first line that is not blank is a JSON
    object. Anything else is read to its end as one file named `-`: text, or HTML.
    """
    chosen = settings.load()
    with closing(ClaimWorker(chosen)) as worker:
        yield from _of_stream(stream, chosen, worker, with_text=with_text)


def _of_stream(
    stream: BinaryIO, chosen: Settings, worker: ClaimWorker, *, with_text: bool
) -> Iterator[Line | RefusedLine]:
    head = _through_first_line(stream, most=chosen.limits.megabytes * _MEGABYTE)
    if _is_object(head):
        yield from _of_rows(head, stream, chosen.limits, worker, with_text=with_text)
        return
    # One byte too many is enough to tell that it is too large; the rest stays unread.
    content = head + stream.read(max(0, chosen.limits.megabytes * _MEGABYTE - len(head)) + 1)
    with LimitedReaders(chosen.limits) as readers:
        _, read = readers.read_content(content, origin=STANDARD_INPUT)
    yield from _lines(read, STANDARD_INPUT, worker, with_text=with_text)


def _through_first_line(stream: BinaryIO, *, most: int) -> bytes:
    """Return the bytes up to the end of the first line that is not blank: blank ones are part of a text."""
    read: list[bytes] = []
    size = 0
    while size <= most and (line := stream.readline(most)):
        read.append(line)
        size += len(line)
        if line.strip():
            break
    return b"".join(read)


def _is_object(head: bytes) -> bool:
    try:
        return isinstance(json.loads(head.removeprefix(_BOM)), dict)
    except (ValueError, RecursionError):
        return False


def _of_rows(
    head: bytes, stream: BinaryIO, limits: Limits, worker: ClaimWorker, *, with_text: bool
) -> Iterator[Line | RefusedLine]:
    reader = JsonLinesReader()
    most = limits.megabytes * _MEGABYTE
    number = len(head.splitlines())
    row = head.removeprefix(_BOM)
    while row:
        if row.strip():
            name = f"{STANDARD_INPUT}:{number}"
            yield from _lines(_of_row(reader, row, str(number)), name, worker, with_text=with_text)
        row = stream.readline(most + 1)
        number += 1
        while len(row) > most:
            while row and not row.endswith(b"\n"):
                row = stream.readline(most)
            name = f"{STANDARD_INPUT}:{number}"
            yield lines.refused(name, (problems.too_large(name, limits),))
            row = stream.readline(most + 1)
            number += 1


def _of_row(reader: JsonLinesReader, row: bytes, number: str) -> tuple[Document | Problem, ...]:
    capture = Capture(
        sha256=sha256_hex(row),
        size=len(row),
        origin=STANDARD_INPUT,
        media_type="application/jsonl",
        retrieved_at=datetime.now(UTC),
    )
    try:
        return tuple(reader.row(capture, number, row.decode()))
    except UnicodeDecodeError:
        # As a file of one row: its reader tells the encoding, and what was lost.
        return tuple(reader.read(capture, row))


def _lines(found: Found, name: str, worker: ClaimWorker, *, with_text: bool) -> Iterator[Line | RefusedLine]:
    """Yield one file's documents; its problems stand with its only document, or in a line of their own."""
    own_problems = tuple(item for item in found if isinstance(item, Problem))
    documents = [item for item in found if isinstance(item, Document)]
    own = own_problems if len(documents) == 1 and not documents[0].part else ()
    for document in documents:
        reading = worker.read(document)
        yield lines.line(reading, name=document.part or name, problems=own, with_text=with_text)
    if own_problems and not own:
        yield lines.refused(name, own_problems)
