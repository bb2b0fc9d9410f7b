"""The log of what people did with a case: append-only, each entry chained to the one before by its hash."""

import getpass
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, Select, insert, select, update

from sayso.core import codec, records
from sayso.core.errors import BadRecord, Tampered
from sayso.core.ids import (
    AnnotationId,
    CaptureId,
    ClaimId,
    DocumentId,
    JudgementId,
    LinkId,
    PartyId,
    RunId,
    SearchId,
    VerdictId,
)
from sayso.core.records import Capture, Sameness
from sayso.core.views import Finding, LogEntry
from sayso.ledger import schema
from sayso.ledger.findings import finding
from sayso.ledger.values import streamed

_MOST_ENTRIES = 2**31 - 1
START = "0" * 64  # what the first entry is chained to
_ACTING: ContextVar[str | None] = ContextVar("sayso-acting", default=None)
_FIELDS = LogEntry.__struct_fields__
_ENTRIES = select(*(schema.log.c[name] for name in _FIELDS))


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """What an act stored: how many records, and one digest over the ids and digests of all of them."""

    records: int
    digest: str


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """What every entry says beside its act."""

    stored: Anchor | None = None


class Opened(Details, frozen=True, kw_only=True):
    """`init`: a case was made."""

    title: str
    sayso: str  # the version


class Filed(Details, frozen=True, kw_only=True):
    """`add`: a file was stored, or what was wrong with it."""

    origin: str
    capture: CaptureId | None
    sha256: str | None
    documents: tuple[DocumentId, ...]


class FiledPage(Filed, frozen=True, kw_only=True):
    """`add`: a page was fetched from its address and stored, with the answers as they came."""

    url: str | None  # where it came from, after all redirects
    archive: CaptureId  # a WARC file

    @classmethod
    def of(cls, filed: Filed, archive: Capture) -> "FiledPage":
        """Return the same entry with the answers that brought the page."""
        return cls(**msgspec.structs.asdict(filed), url=archive.url, archive=archive.id)


class Linked(Details, frozen=True, kw_only=True):
    """`link`: the linkers of a run went over the case."""

    run: RunId
    links: int  # the new ones


class Judged(Details, frozen=True, kw_only=True):
    """`judge`: a person said whether two parties are one."""

    judgement: JudgementId
    left: PartyId
    right: PartyId
    judged: Sameness
    by: str
    supersedes: JudgementId | None


class LinkJudged(Details, frozen=True, kw_only=True):
    """`judge`: a person said whether a link holds."""

    judgement: JudgementId
    link: LinkId
    judged: records.Judged
    by: str
    supersedes: JudgementId | None


class Imported(Details, frozen=True, kw_only=True):
    """`import`: published fact-checks of a file were stored, or what was wrong with it."""

    origin: str
    sha256: str | None  # None: it stayed unread
    reviews: int  # the new ones


class Concluded(Details, frozen=True, kw_only=True):
    """`verdict`: a person concluded something about a claim."""

    verdict: VerdictId
    claim: ClaimId
    rating: str
    by: str
    supersedes: VerdictId | None


class Annotated(Details, frozen=True, kw_only=True):
    """`annotate`: a person added a claim to a document, replaced one, or took one out."""

    annotation: AnnotationId
    document: DocumentId
    claim: ClaimId | None
    replaces: ClaimId | None
    by: str


class SearchSaved(Details, frozen=True, kw_only=True):
    """`search`: a person gave a list of claims a name, or gave the name up."""

    search: SearchId
    name: str
    kept: bool
    by: str


class Reported(Details, frozen=True, kw_only=True):
    """`report`: a report was written from the state after the entry before this one."""

    name: str
    sha256: str


class Stored(NamedTuple):
    """What an anchor covers of a record."""

    id: str
    document: str
    digest: str


class Said(NamedTuple):
    """What an entry says, as it is stored."""

    number: int
    at: str
    who: str
    act: str
    details: str


def anchor(stored: Iterable[Stored]) -> Anchor:
    """Return the anchor of records, in whatever order they come."""
    ordered = sorted(stored)
    digest = _digest(part for record in ordered for part in record)
    return Anchor(records=len(ordered), digest=digest)


def append(connection: Connection, act: str, details: Details) -> LogEntry:
    """Write the next entry; the caller's transaction must hold the write lock."""
    # A database that locks rows, not files, makes the second writer wait here.
    last = connection.execute(select(schema.log_head).with_for_update()).one_or_none()
    number, previous = (1, START) if last is None else (last.number + 1, last.hash)
    at = datetime.now(UTC)
    said = Said(number, at.isoformat(), _user(), act, codec.encode(details).decode())
    row = said._asdict() | {"previous": previous, "hash": entry_hash(previous, said)}
    connection.execute(insert(schema.log), row)
    moved = insert(schema.log_head) if last is None else update(schema.log_head)
    connection.execute(moved.values(number=number, hash=row["hash"]))
    return LogEntry(**row | {"at": at})


def entry_hash(previous: str, said: Said) -> str:
    """Return SHA-256 over the hash of the entry before and all that this one says, each led by its length."""
    return _digest((previous, *map(str, said)))


def _digest(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogateescape")
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


@contextmanager
def acting(name: str) -> Iterator[None]:
    """Let the log name this person, instead of the machine's user, for what is done meanwhile."""
    before = _ACTING.set(name)
    try:
        yield
    finally:
        _ACTING.reset(before)


def _user() -> str:
    acts = _ACTING.get()
    if acts is not None:
        return acts
    try:
        # A name in an old encoding must not keep its bearer from writing.
        return getpass.getuser().encode("utf-8", "replace").decode()
    except (KeyError, OSError, ImportError):
        return "unknown"  # a container may run under a number without a name


def entries(connection: Connection) -> Iterator[LogEntry]:
    """Yield the entries in order."""
    return _read(connection, _ENTRIES.order_by(schema.log.c.number))


def newest(connection: Connection, before: int | None, limit: int) -> Iterator[LogEntry]:
    """Yield the last `limit` entries, or those before a number; the newest first."""
    wanted = _ENTRIES
    if before is not None:
        # No log is longer, and a database takes no larger number.
        wanted = wanted.where(schema.log.c.number < min(before, _MOST_ENTRIES))
    return _read(connection, wanted.order_by(schema.log.c.number.desc()).limit(limit))


def _read(connection: Connection, wanted: Select[Any]) -> Iterator[LogEntry]:
    for row in connection.execute(streamed(wanted)):
        try:
            yield msgspec.convert(dict(zip(_FIELDS, row, strict=True)), LogEntry)
        except msgspec.ValidationError as error:
            raise Tampered(
                "broken-log",
                f"log entry {row.number} cannot be read: {error}",
                hint="`sayso verify` lists every change",
            ) from error


def details_of(entry: str) -> Details:
    """Read what every entry says; raises BadRecord."""
    return codec.decode(entry.encode("utf-8", "surrogateescape"), Details)


def title(connection: Connection) -> str:
    """Return what the case was called when it was made."""
    details = connection.execute(select(schema.log.c.details).where(schema.log.c.number == 1)).scalar_one()
    return codec.decode(details.encode("utf-8", "surrogateescape"), Opened).title


def head(connection: Connection) -> str:
    """Return the hash of the last entry."""
    return str(connection.execute(select(schema.log_head.c.hash)).scalar_one())


class LogCheck:
    """Goes through the log once; afterwards `anchors` holds what each entry stored."""

    def __init__(self) -> None:
        self.anchors: dict[int, Anchor] = {}
        self.entries = 0

    def findings(self, connection: Connection) -> Iterator[Finding]:
        """Yield what is wrong with the chain, its order and its end."""
        number, previous = 0, START
        for row in connection.execute(streamed(select(schema.log).order_by(schema.log.c.number))):
            self.entries += 1
            number += 1
            yield from self._entry_findings(row, number, previous)
            number, previous = row.number, row.hash
        heads = connection.execute(select(schema.log_head)).all()
        if [tuple(found) for found in heads] != [(number, previous)]:
            yield finding(
                "log-end", f"entry {number} is not the last one that was written", f"log entry {number}"
            )

    def _entry_findings(self, row: Row[Any], number: int, previous: str) -> Iterator[Finding]:
        if row.number != number:
            yield finding(
                "log-gap", f"entry {number} is missing; {row.number} follows", f"log entry {number}"
            )
        if number == 1 and row.act != "init":
            yield finding(
                "log-start", "the log does not begin with the making of the case", f"log entry {number}"
            )
        if row.previous != previous:
            yield finding(
                "log-order", "the entry is not chained to the one before it", f"log entry {row.number}"
            )
        if not _is_hashed(row):
            yield finding(
                "log-changed",
                "the entry is not what was hashed when it was written",
                f"log entry {row.number}",
            )
            return
        try:
            stored = details_of(row.details).stored
        except BadRecord as error:
            yield finding("log-changed", error.message, f"log entry {row.number}")
            return
        if stored is not None:
            self.anchors[row.number] = stored


def _is_hashed(row: Row[Any]) -> bool:
    said = Said(row.number, row.at, row.who, row.act, row.details)
    # A value of another type can read the same.
    as_written = all(
        isinstance(value, kind) for value, kind in zip(said, (int, str, str, str, str), strict=True)
    )
    return as_written and bool(row.hash == entry_hash(str(row.previous), said))
