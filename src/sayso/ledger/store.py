"""Where records are stored: once, never changed, one transaction an act."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Self

from sqlalchemy import Column, ColumnElement, Connection, Table, func, insert, select

from sayso.core import codec
from sayso.core.errors import BadInput, NotACase
from sayso.core.ids import AttributionId, RunId
from sayso.core.records import (
    Attribution,
    Capture,
    Claim,
    Document,
    Judgement,
    Link,
    Problem,
    Record,
    Run,
    Sameness,
)
from sayso.core.version import __version__
from sayso.core.views import LogEntry
from sayso.ledger import database, index, log, pages, parties, rows, schema, search, upgrade, verify
from sayso.ledger.arrival import Arrival
from sayso.ledger.captures import Captures
from sayso.ledger.judgements import Folds, need_agreement

_ASKED_AT_ONCE = 500  # ids in one question: databases limit the parameters of a statement


class _Placed(NamedTuple):
    """A record, its row, and the attributions that its source chain is looked up in."""

    record: Record
    row: rows.Row
    attributions: dict[AttributionId, Attribution]

    @property
    def key(self) -> tuple[str, str]:
        return self.row["id"], self.row["document"]


def _placed(arrival: Arrival) -> Iterator[_Placed]:
    """Yield every record of a file under the document it was read from."""
    if arrival.capture is not None:
        yield _Placed(arrival.capture, rows.record_row(arrival.capture, document=""), {})
    for problem in arrival.problems:
        yield _Placed(problem, rows.record_row(problem, document=problem.document or ""), {})
    for reading in arrival.readings:
        attributions = {attribution.id: attribution for attribution in reading.attributions}
        for record in (reading.document, reading.run, *reading.records):
            yield _Placed(record, rows.record_row(record, document=reading.document.id), attributions)


class _Lot:
    """Rows on their way into one transaction, table by table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last_passage = connection.execute(select(func.max(schema.passages.c.number))).scalar() or 0
        # In the order in which foreign keys need them.
        self._rows: dict[Table, list[rows.Row]] = {
            schema.records: [],
            schema.captures: [],
            schema.documents: [],
            schema.claims: [],
            schema.roles: [],
            schema.links: [],
            schema.judgements: [],
            schema.passages: [],
        }

    def put(self, new: Iterable[_Placed], entry: LogEntry, *, origin: str = "") -> None:
        """Take what one log entry stores; `origin` is the capture's."""
        for placed in new:
            self._rows[schema.records].append(placed.row | {"entry": entry.number})
            self._project(placed, origin)

    def _project(self, placed: _Placed, origin: str) -> None:
        match placed.record:
            case Capture() as capture:
                self._rows[schema.captures].append(rows.capture_row(capture))
            case Document() as document:
                self._rows[schema.documents].append(rows.document_row(document, origin))
                self._put_passages(document)
            case Claim() as claim:
                row = rows.claim_row(claim, placed.row["document"], placed.attributions)
                self._rows[schema.claims].append(row)
                self._rows[schema.roles] += rows.role_rows(claim, placed.attributions)
            case Link() as link:
                self._rows[schema.links].append(rows.link_row(link))
            case Judgement() as judgement:
                self._rows[schema.judgements].append(rows.judgement_row(judgement))

    def _put_passages(self, document: Document) -> None:
        for row in rows.passage_rows(document):
            self._last_passage += 1
            self._rows[schema.passages].append({"number": self._last_passage, **row})

    def write(self) -> None:
        """Insert everything."""
        for table, found in self._rows.items():
            if found:
                self._connection.execute(insert(table), found)
        passages = self._rows[schema.passages]
        search.index(self._connection, [(row["number"], row["words"]) for row in passages])


class Store:
    """The database of one case."""

    def __init__(self, path: Path) -> None:
        """Open the ledger in a file, at the schema of this release; raises NotACase."""
        if not path.is_file():
            raise NotACase(
                "no-case", f"{path.parent} holds no case", hint=f"`sayso init {path.parent}` makes one"
            )
        self.engine = database.connect(path)
        try:
            self._bring_forward(path)
        except BaseException:
            self.close()
            raise

    def _bring_forward(self, path: Path) -> None:
        with database.reading(self.engine) as connection:
            version = upgrade.version(connection)
        if version is None:
            raise NotACase(
                "no-case", f"{path} holds no ledger", hint=f"`sayso init {path.parent}` makes the case anew"
            )
        if version != upgrade.HEAD:
            with database.writing(self.engine) as connection:
                upgrade.to_head(connection)

    @classmethod
    def create(cls, path: Path, *, title: str) -> Self:
        """Make the ledger and its first log entry in one transaction; raises BadInput when there is one."""
        engine = database.connect(path)
        try:
            with database.writing(engine) as connection:
                if upgrade.version(connection) is not None:
                    raise BadInput(
                        "case-exists",
                        f"{path.parent} holds a case already",
                        hint="`sayso add` adds files to it",
                    )
                upgrade.to_head(connection)
                log.append(connection, "init", log.Opened(title=title, sayso=__version__))
        finally:
            engine.dispose()
        return cls(path)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def holds(self, sha256: str, origin: str) -> bool:
        """Tell whether documents of these bytes under this name are stored."""
        wanted = (
            select(schema.documents.c.document)
            .join(schema.captures)
            .where(schema.captures.c.sha256 == sha256, schema.captures.c.origin == origin)
            .limit(1)
        )
        with database.reading(self.engine) as connection:
            return connection.execute(wanted).scalar() is not None

    def put(self, arrivals: Sequence[Arrival]) -> tuple[bool, ...]:
        """Store files in one transaction, with a log entry for each that brings something new.

        Returns which of them did. When this returns, all of it is durable.
        """
        # Encoded before the lock is taken: other writers wait for the database, not for JSON.
        placed = [tuple(_placed(arrival)) for arrival in arrivals]
        with database.writing(self.engine) as connection:
            present = _present(connection, [one for found in placed for one in found])
            lot = _Lot(connection)
            news = [
                self._file(arrival, _new(found, present), connection, lot)
                for arrival, found in zip(arrivals, placed, strict=True)
            ]
            lot.write()
        return tuple(news)

    def _file(self, arrival: Arrival, new: Sequence[_Placed], connection: Connection, lot: _Lot) -> bool:
        if not new:
            return False
        capture = arrival.capture
        details = log.Filed(
            stored=_anchor(new),
            origin=arrival.origin if capture is None else capture.origin,
            capture=None if capture is None else capture.id,
            sha256=None if capture is None else capture.sha256,
            documents=tuple(reading.document.id for reading in arrival.readings),
        )
        lot.put(new, log.append(connection, "add", details), origin=details.origin)
        return True

    def put_links(self, run: Run, found: Iterable[Link | Problem]) -> int:
        """Store what linkers found, and the act; returns how many links are new."""
        placed = [_Placed(record, rows.record_row(record, document=""), {}) for record in (run, *found)]
        with database.writing(self.engine) as connection:
            new = _new(placed, _present(connection, placed))
            links = sum(isinstance(one.record, Link) for one in new)
            entry = log.append(connection, "link", log.Linked(stored=_anchor(new), run=run.id, links=links))
            lot = _Lot(connection)
            lot.put(new, entry)
            lot.write()
        return links

    def is_linked(self, run: RunId) -> bool:
        """Tell whether this run's linkers went over the case after the last file was added."""
        last = select(schema.log.c.act, schema.log.c.details).where(schema.log.c.act.in_(("add", "link")))
        with database.reading(self.engine) as connection:
            entry = connection.execute(last.order_by(schema.log.c.number.desc()).limit(1)).one_or_none()
        return (
            entry is not None and entry.act == "link" and codec.decode(entry.details, log.Linked).run == run
        )

    def judge(self, ends: tuple[str, str], judged: Sameness, *, by: str, reason: str | None) -> Judgement:
        """Store what a person said about two parties, given by the beginnings of their ids, and log it.

        It supersedes the judgement that stood on the same two. Raises NotFound for no or several parties,
        BadInput for one that is both ends or for what would make two parties both one and different.
        """
        # The lock is held from the first look: two people who judge at once see each other's judgement.
        with database.writing(self.engine) as connection:
            left, right = sorted(parties.party_id(connection, end) for end in ends)
            if left == right:
                raise BadInput("one-party", f"{left} is one party already", hint="name two different ids")
            standing = parties.standing(connection)
            former = Folds(standing).of(left, right)
            judgement = Judgement(
                left=left,
                right=right,
                judgement=judged,
                by=by,
                at=datetime.now(UTC),
                reason=reason,
                supersedes=None if former is None else former.id,
            )
            need_agreement(judgement, standing)
            self._keep_judgement(judgement, connection)
        return judgement

    def _keep_judgement(self, judgement: Judgement, connection: Connection) -> None:
        placed = (_Placed(judgement, rows.record_row(judgement, document=""), {}),)
        details = log.Judged(
            stored=_anchor(placed),
            judgement=judgement.id,
            left=judgement.left,
            right=judgement.right,
            judged=judgement.judgement,
            by=judgement.by,
            supersedes=judgement.supersedes,
        )
        lot = _Lot(connection)
        lot.put(placed, log.append(connection, "judge", details))
        lot.write()

    def judgements(self) -> Iterator[Judgement]:
        """Yield every judgement, the superseded ones too, in the order in which they were made."""
        with database.reading(self.engine) as connection:
            yield from parties.judgements(connection)

    def note_report(self, name: str, sha256: str) -> None:
        """Log that a report was written."""
        with database.writing(self.engine) as connection:
            log.append(connection, "report", log.Reported(name=name, sha256=sha256))

    def missing(self, wanted: Iterable[str]) -> set[str]:
        """Return which of some ids no record has."""
        asked = set(wanted)
        ids = schema.records.c.id
        with database.reading(self.engine) as connection:
            return asked.difference(
                *(connection.execute(select(ids).where(lot)).scalars() for lot in _in_lots(ids, asked))
            )

    @contextmanager
    def pages(self) -> Iterator[pages.Pages]:
        """Open the case for a reader: all answers show one state of it."""
        with database.reading(self.engine) as connection:
            yield pages.Pages(connection)

    @contextmanager
    def index(self) -> Iterator[index.LedgerIndex]:
        """Open the case for linkers: all they see is one state of it."""
        with database.reading(self.engine) as connection:
            yield index.LedgerIndex(connection)

    def problems(self) -> Iterator[Problem]:
        """Yield every stored problem, in the order of ids."""
        with database.reading(self.engine) as connection:
            yield from index.problems(connection)

    def log(self) -> Iterator[LogEntry]:
        """Yield what people did, in order."""
        with database.reading(self.engine) as connection:
            yield from log.entries(connection)

    def check(self, captures: Captures) -> verify.Checked:
        """Compare all that is stored with what it was made from; never raises for what was changed."""
        return verify.check(self.engine, captures)

    def held(self) -> Iterator[verify.Held]:
        """Yield each capture with its documents and their records' ids, but for what cannot be read."""
        with database.reading(self.engine) as connection:
            yield from verify.held(connection)


def _present(connection: Connection, placed: Sequence[_Placed]) -> set[tuple[str, str]]:
    """Return the keys of the stored records that may be among these."""
    columns = schema.records.c
    # By document, not by id: a run or a party stands under every document that it was found in.
    asked = _in_lots(columns.document, (one.row["document"] for one in placed if one.row["document"]))
    alone = _in_lots(columns.id, (one.row["id"] for one in placed if not one.row["document"]))
    keys = select(columns.id, columns.document)
    wanted = [keys.where(lot) for lot in asked] + [keys.where(lot, columns.document == "") for lot in alone]
    return {(row.id, row.document) for lot in wanted for row in connection.execute(lot)}


def _in_lots(column: Column[str], wanted: Iterable[str]) -> Iterator[ColumnElement[bool]]:
    """Yield conditions that together mean "one of these", each short enough for a statement."""
    values = list(dict.fromkeys(wanted))
    for at in range(0, len(values), _ASKED_AT_ONCE):
        yield column.in_(values[at : at + _ASKED_AT_ONCE])


def _new(placed: Iterable[_Placed], present: set[tuple[str, str]]) -> tuple[_Placed, ...]:
    """Return what is not present yet, each once, and count it as present from now on."""
    new = []
    for one in placed:
        if one.key not in present:
            present.add(one.key)
            new.append(one)
    return tuple(new)


def _anchor(new: Iterable[_Placed]) -> log.Anchor:
    return log.anchor(log.Stored(one.row["id"], one.row["document"], one.row["digest"]) for one in new)
