"""Checks a ledger against itself: every stored byte is compared with something computed from another one."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Engine, Row, Table, select

from sayso.core import codec
from sayso.core.errors import BadInput, BadRecord, SaysoError
from sayso.core.ids import AttributionId, sha256_hex
from sayso.core.records import KINDS, Attribution, Capture, Claim, Document, Judgement, Link, Record
from sayso.core.spans import Span, trimmed
from sayso.core.views import Finding
from sayso.ledger import (
    database,
    fulltext,
    index,
    listing,
    log,
    lookups,
    rows,
    schema,
    search,
    stretches,
    tallies,
)
from sayso.ledger.captures import Captures
from sayso.ledger.findings import finding
from sayso.ledger.values import streamed

_R = TypeVar("_R", bound=Record)


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """How much was checked, and what was found."""

    records: int
    captures: int
    log_entries: int
    findings: tuple[Finding, ...]


class HeldDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A stored document, and the ids of the records that each run left in it."""

    document: Document
    runs: dict[str, frozenset[str]]


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A stored capture with its documents."""

    capture: Capture
    documents: tuple[HeldDocument, ...]


class _Check:
    """One pass over a ledger. Each step is a connection of its own, so a broken page stops only that step."""

    def __init__(self, engine: Engine, captures: Captures) -> None:
        self._engine = engine
        self._captures = captures
        self._log = log.LogCheck()
        self._records = 0
        self._capture_files = 0

    def run(self) -> Checked:
        steps = (
            _database,
            self._log.findings,
            self._stored,
            self._files,
            _captures,
            _documents,
            _claims,
            _roles,
            _links,
            _judgements,
            _passages,
            listing.findings,
            tallies.findings,
            stretches.findings,
            lookups.findings,
        )
        found = [one for step in steps for one in self._step(step)]
        found += self._search_index()
        return Checked(
            records=self._records,
            captures=self._capture_files,
            log_entries=self._log.entries,
            findings=tuple(found),
        )

    def _step(self, step: Callable[[Connection], Iterable[Finding]]) -> list[Finding]:
        found: list[Finding] = []
        try:
            with database.reading(self._engine) as connection:
                found.extend(step(connection))
        except BadInput:  # busy or out of reach: that says nothing about what is stored
            raise
        except SaysoError as error:
            found.append(finding(error.code, error.message, "the ledger"))
        return found

    def _search_index(self) -> list[Finding]:
        try:
            # SQLite takes the question as an insert, so it needs the write lock.
            with database.writing(self._engine) as connection:
                fulltext.of(connection).compare(connection)
                fulltext.of(connection).compare_claims(connection)
        except BadInput:  # as above
            raise
        except SaysoError as error:
            return [
                finding(
                    "changed-index", f"the search index differs from the texts: {error.message}", "search"
                )
            ]
        return []

    def _stored(self, connection: Connection) -> Iterator[Finding]:
        """Compare the records of each log entry with what the entry says it stored."""
        wanted = select(schema.records).order_by(schema.records.c.entry)
        missing = dict(self._log.anchors)
        for entry, group in groupby(connection.execute(streamed(wanted)), key=lambda row: row.entry):
            found = list(group)
            self._records += len(found)
            for row in found:
                yield from _record(row)
            yield from _anchored(entry, found, missing.pop(entry, None))
        for entry, anchor in missing.items():
            if anchor.records:
                yield finding(
                    "missing-record", f"its {anchor.records} records are gone", f"log entry {entry}"
                )

    def _files(self, connection: Connection) -> Iterator[Finding]:
        """Compare the bytes of each captured file with its digest."""
        wanted = select(schema.captures.c.sha256).distinct().order_by(schema.captures.c.sha256)
        for (sha256,) in connection.execute(streamed(wanted)):
            self._capture_files += 1
            try:
                self._captures.read(str(sha256))
            except SaysoError as error:
                yield finding(error.code, error.message, f"capture {sha256}")


def check(engine: Engine, captures: Captures) -> Checked:
    """Check everything that the ledger can compare by itself; never raises for what was changed in it.

    Raises BadInput when the ledger is busy or out of reach.
    """
    return _Check(engine, captures).run()


def report(engine: Engine, path: Path) -> tuple[Finding, ...]:
    """Compare a report with those that the log says were written under its name; nothing where none is there.

    An earlier report is no finding: it says itself from which state of the log it was made.
    """
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ()
    except OSError as error:
        return (finding("unread-report", f"the report cannot be read: {error.strerror}", path.name),)
    try:
        with database.reading(engine) as connection:
            entries = connection.execute(select(schema.log.c.details).where(schema.log.c.act == "report"))
            written = [_reported(entry.details) for entry in entries]
    except BadInput:  # busy or out of reach
        raise
    except SaysoError:  # `check` tells what is broken
        return ()
    if any(one is not None and one.name == path.name and one.sha256 == found for one in written):
        return ()
    told = "the report is not one that was written here; `sayso report` writes it anew"
    return (finding("changed-report", told, path.name),)


def _reported(details: object) -> log.Reported | None:
    """Return what an entry says was written, or None where the check of the log tells what is wrong."""
    try:
        return codec.decode(str(details).encode("utf-8", "surrogateescape"), log.Reported)
    except BadRecord:
        return None


def _database(connection: Connection) -> Iterator[Finding]:
    for fault in database.faults(connection):
        yield finding("broken-ledger", fault, "the database")


def _record(row: Row[Any]) -> Iterator[Finding]:
    """Yield what does not fit between the columns of one record."""
    if not isinstance(row.body, str) or row.kind not in KINDS:
        yield finding("changed-record", "the record is of no kind that is known", row.id)
        return
    if sha256_hex(row.body.encode("utf-8", "surrogateescape")) != row.digest:
        yield finding("changed-record", "the record is not what its digest was made from", row.id)
    try:
        record = index.record(row.body, KINDS[row.kind])
    except BadRecord as error:
        yield finding("changed-record", error.message, row.id)
        return
    expected = rows.record_row(record, document=row.document)
    # The body is compared by its digest: an older sayso wrote it without the fields that came later.
    if any(expected[name] != getattr(row, name) for name in expected.keys() - {"body", "digest"}):
        yield finding("changed-record", "the columns beside the record do not repeat what it says", row.id)


def _anchored(entry: int, found: list[Row[Any]], anchor: log.Anchor | None) -> Iterator[Finding]:
    where = f"log entry {entry}"
    if anchor is None:
        yield finding("unaccounted-record", f"{len(found)} records are there that no entry stored", where)
        return
    actual = log.anchor(log.Stored(str(row.id), str(row.document), str(row.digest)) for row in found)
    if actual.records < anchor.records:
        yield finding("missing-record", f"{anchor.records - actual.records} records are gone", where)
    elif actual != anchor:
        yield finding("changed-record", "its records are not those that it stored", where)


def _captures(connection: Connection) -> Iterator[Finding]:
    return _projected(connection, schema.captures, Capture, lambda capture, _: rows.capture_row(capture))


def _documents(connection: Connection) -> Iterator[Finding]:
    def expected(document: Document, _: str) -> rows.Row:
        of_capture = schema.captures.c.capture == document.capture
        origin = connection.execute(select(schema.captures.c.origin).where(of_capture)).scalar()
        return rows.document_row(document, str(origin))

    return _projected(connection, schema.documents, Document, expected)


def _claims(connection: Connection) -> Iterator[Finding]:
    # The claims come document by document.
    attributions = lru_cache(1)(lambda document: _attributions(connection, document))
    return _projected(
        connection,
        schema.claims,
        Claim,
        lambda claim, document: rows.claim_row(claim, document, attributions(document)),
    )


def _links(connection: Connection) -> Iterator[Finding]:
    return _projected(connection, schema.links, Link, lambda link, _: rows.link_row(link))


def _judgements(connection: Connection) -> Iterator[Finding]:
    return _projected(
        connection, schema.judgements, Judgement, lambda judgement, _: rows.judgement_row(judgement)
    )


def _roles(connection: Connection) -> Iterator[Finding]:
    """Compare the parties' roles with the claims, document by document."""
    of_claim = schema.roles.join(schema.claims, schema.claims.c.claim == schema.roles.c.claim)
    roles = select(*schema.roles.columns).select_from(of_claim)
    for (document,) in connection.execute(streamed(select(schema.claims.c.document).distinct())):
        if not document.isascii():  # a damaged id, which no database takes as a question; _claims tells of it
            continue
        attributions = _attributions(connection, document)
        expected = {
            tuple(row.values())
            for claim in _of_document(connection, document, Claim)
            for row in rows.role_rows(claim, attributions)
        }
        if {*map(tuple, connection.execute(roles.where(schema.claims.c.document == document)))} != expected:
            yield finding("changed-column", "the rows in roles are not what its claims give", document)
    stray = select(schema.roles.c.claim).where(schema.roles.c.claim.not_in(select(schema.claims.c.claim)))
    for (found,) in connection.execute(streamed(stray)):
        yield finding("stray-row", "a row of roles belongs to no claim", found)


def _projected(
    connection: Connection, table: Table, kind: type[_R], expected: Callable[[_R, str], rows.Row]
) -> Iterator[Finding]:
    """Compare a table with the records that it was computed from, in both directions."""
    (key,) = table.primary_key.columns
    of_kind = schema.records.c.kind == kind.__name__.lower()
    pairs = (
        select(schema.records.c.id, schema.records.c.document, schema.records.c.body, *table.columns)
        .join_from(schema.records, table, schema.records.c.id == key, isouter=True)
        .where(of_kind)
        .order_by(schema.records.c.document)
    )
    for stored_id, document, body, *actual in connection.execute(streamed(pairs)):
        record = _readable(body, kind)
        if record is not None and actual != list(expected(record, document).values()):
            yield finding(
                "changed-column", f"its row in {table.name} is not what the record gives", stored_id
            )
    stray = select(key).where(key.not_in(select(schema.records.c.id).where(of_kind)))
    for (found,) in connection.execute(streamed(stray)):
        yield finding("stray-row", f"a row of {table.name} belongs to no record", found)


def _readable(body: object, kind: type[_R]) -> _R | None:
    """Return the record, or None where `_record` has told already that it is none."""
    try:
        return index.record(body, kind) if isinstance(body, str) else None
    except BadRecord:
        return None


def _attributions(connection: Connection, document: str) -> dict[AttributionId, Attribution]:
    return {attribution.id: attribution for attribution in _of_document(connection, document, Attribution)}


def _of_document(connection: Connection, document: str, kind: type[_R]) -> Iterator[_R]:
    """Yield a document's records of a kind, but for those that are unreadable."""
    columns = schema.records.c
    wanted = select(columns.body).where(columns.document == document, columns.kind == kind.__name__.lower())
    for (body,) in connection.execute(wanted):
        record = _readable(body, kind)
        if record is not None:
            yield record


def _passages(connection: Connection) -> Iterator[Finding]:
    """Compare the passages with the texts: together they are all of a text but the gaps between them."""
    columns = schema.passages.c
    texts = select(schema.records.c.body).where(schema.records.c.kind == "document")
    for (body,) in connection.execute(streamed(texts)):
        document = _readable(body, Document)
        if document is None:
            continue
        wanted = select(columns.start, columns.end, columns.words).where(columns.document == document.id)
        found = connection.execute(wanted.order_by(columns.start))
        if not _covers(document, (tuple(row) for row in found)):
            yield finding("changed-passage", "the passages that are searched are not its text", document.id)
    stray = select(columns.number).where(columns.document.not_in(select(schema.documents.c.document)))
    for (number,) in connection.execute(streamed(stray)):
        yield finding("stray-row", "a row of passages belongs to no document", number)


def _covers(document: Document, passages: Iterable[tuple[Any, Any, Any]]) -> bool:
    text, at = document.text, 0
    for start, end, words in passages:
        if not (isinstance(start, int) and isinstance(end, int) and at <= start < end <= len(text)):
            return False
        span = Span(start, end)
        if not _is_gap(text, at, start) or trimmed(span, text) != span:
            return False
        if words != search.folded_words(span.of(text)):
            return False
        at = end
    return _is_gap(text, at, len(text))


def _is_gap(text: str, start: int, end: int) -> bool:
    return start == end or trimmed(Span(start, end), text) is None


def held(connection: Connection) -> Iterator[Held]:
    """Yield each capture with its documents, but for records that `check` finds unreadable."""
    columns = schema.records.c
    of_capture = select(columns.document, columns.body).join(
        schema.documents, schema.documents.c.document == columns.id
    )
    captures = select(columns.body).where(columns.kind == "capture").order_by(columns.id)
    for (body,) in connection.execute(streamed(captures)):
        capture = _readable(body, Capture)
        if capture is None:
            continue
        stored = connection.execute(of_capture.where(schema.documents.c.capture == capture.id))
        documents = [_readable(body, Document) for _, body in stored]
        found = tuple(_held(connection, document) for document in documents if document is not None)
        if not found:
            continue  # the answers that brought a page are read by nobody
        yield Held(capture=capture, documents=found)


def _held(connection: Connection, document: Document) -> HeldDocument:
    columns = schema.records.c
    wanted = select(columns.id, columns.run, columns.kind).where(columns.document == document.id)
    runs: dict[str, set[str]] = defaultdict(set)
    for found, run, kind in connection.execute(wanted):
        if kind == "run":
            runs[found]  # a run that found nothing
        elif run is not None:
            runs[run].add(found)
    return HeldDocument(document=document, runs={run: frozenset(ids) for run, ids in runs.items()})
