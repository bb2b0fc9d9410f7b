"""Where records are stored: once, never changed, one transaction an act."""

from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Self
from weakref import finalize

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Select, Table, func, insert, select

from sayso.core.errors import BadInput, NotACase
from sayso.core.ids import AttributionId, ClaimId, DocumentId
from sayso.core.records import (
    Annotation,
    Attribution,
    Capture,
    Claim,
    Document,
    Evidence,
    Judged,
    Judgement,
    Link,
    LinkJudgement,
    LinkKind,
    Party,
    Problem,
    Record,
    Review,
    Run,
    Sameness,
    SavedSearch,
    Verdict,
)
from sayso.core.version import __version__
from sayso.core.views import Annotated, LogEntry, SearchView
from sayso.ledger import (
    annotations,
    database,
    fulltext,
    index,
    linkjudgements,
    listing,
    log,
    lots,
    nearest,
    opened,
    outlets,
    pages,
    parties,
    reviews,
    rows,
    schema,
    searches,
    stretches,
    tallies,
    upgrade,
    verdicts,
    verify,
)
from sayso.ledger.arrival import Arrival, FeedArrival
from sayso.ledger.captures import Captures
from sayso.ledger.judgements import Folds, need_agreement
from sayso.ledger.meanings import Meanings
from sayso.ledger.places import Place, folder_of
from sayso.ledger.shelves import in_lots
from sayso.ledger.transfer import transfer

_NEAREST = "nearest"  # the folder beside the ledger that holds the claims' vectors


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
    if arrival.archive is not None:
        yield _Placed(arrival.archive, rows.record_row(arrival.archive, document=""), {})
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
            schema.stands: [],
        }
        self._documents: dict[str, Document] = {}
        self._claims: list[_Placed] = []
        self._changed: list[LinkJudgement | Verdict | Annotation] = []

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
                self._documents[document.id] = document
                self._put_passages(document)
            case Claim() as claim:
                row = rows.claim_row(claim, placed.row["document"], placed.attributions)
                self._rows[schema.claims].append(row)
                self._rows[schema.roles] += rows.role_rows(claim, placed.attributions)
                self._rows[schema.stands].append(stretches.row(placed.row["document"], claim))
                self._claims.append(placed)
            case Link() as link:
                self._rows[schema.links].append(rows.link_row(link))
            case Judgement() as judgement:
                self._rows[schema.judgements].append(rows.judgement_row(judgement))
            case LinkJudgement() | Verdict() | Annotation() as changed:
                self._changed.append(changed)

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
        words = [(row["number"], row["words"]) for row in passages]
        fulltext.of(self._connection).index(self._connection, words)
        parties = Party.__name__.lower()
        said = [row for row in self._rows[schema.records] if row["kind"] == parties]
        tallies.put_parties(self._connection, said)
        tallies.put_documents(self._connection, self._rows[schema.documents])
        tallies.put(self._connection, [row["claim"] for row in self._rows[schema.claims]])
        self._list()

    def _list(self) -> None:
        """Bring the lists of claims up to date with what was inserted."""
        listing.put(self._connection, list(self._told()))
        ends = [end for row in self._rows[schema.links] for end in (row["left"], row["right"])]
        for changed in self._changed:
            match changed:
                case Verdict():
                    listing.conclude(self._connection, changed)
                    ends.append(changed.claim)
                case LinkJudgement():
                    ends += listing.judge(self._connection, changed)
                case Annotation():
                    ends += listing.replace(self._connection, changed)
        listing.renew(self._connection, ends)
        annotated = (changed for changed in self._changed if isinstance(changed, Annotation))
        tallies.replace(self._connection, annotated)

    def _told(self) -> Iterator[listing.Told]:
        for placed in self._claims:
            of = placed.row["document"]
            if of not in self._documents:  # read again: only its claims are new
                self._documents |= {one.id: one for one in index.of_document(self._connection, of, Document)}
            if isinstance(placed.record, Claim):
                yield listing.Told(placed.record, self._documents[of], placed.attributions)


class Store:
    """The database of one case."""

    def __init__(self, place: Place) -> None:
        """Open the ledger that is kept there, at the schema of this release; raises NotACase.

        Raises BadInput for a database that is out of reach.
        """
        folder = folder_of(place)
        if isinstance(place, Path) and not place.is_file():
            raise NotACase("no-case", f"{folder} holds no case", hint=f"`sayso init {folder}` makes one")
        self.place = place
        self.engine = database.connect(place)
        # Whoever forgets to close it must not leave a server with a connection that nobody asks anything.
        finalize(self, database.close, self.engine).atexit = False
        self._kept = opened.Kept()
        self._nearest = folder / _NEAREST
        try:
            self._bring_forward(folder)
        except BaseException:
            self.close()
            raise

    def _bring_forward(self, folder: Path) -> None:
        with database.reading(self.engine) as connection:
            version = upgrade.version(connection)
        if version is None:
            raise NotACase(
                "no-case",
                f"{database.where(self.engine)} holds no ledger",
                hint=f"`sayso init {folder}` makes the case anew",
            )
        if version != upgrade.HEAD:
            with database.writing(self.engine) as connection:
                upgrade.to_head(connection)
                listing.fill(connection)
                outlets.fill(connection)
                tallies.fill(connection)
                stretches.fill(connection)

    @classmethod
    def create(cls, place: Place, *, title: str) -> Self:
        """Make the ledger and its first log entry in one transaction; raises BadInput when there is one."""
        engine = database.connect(place)
        try:
            with database.making(engine) as connection:
                if upgrade.version(connection) is not None:
                    raise _taken(place)
                upgrade.to_head(connection)
                log.append(connection, "init", log.Opened(title=title, sayso=__version__))
        finally:
            engine.dispose()
        return cls(place)

    def copy(self, place: Place) -> Self:
        """Make a ledger elsewhere with all that this one holds, in one transaction, and return it opened.

        Ids and the log are the same there. Raises BadInput when there is one, and Tampered for one that is
        broken.
        """
        engine = database.connect(place)
        try:
            with database.making(engine) as connection, database.reading(self.engine) as source:
                if upgrade.version(connection) is not None:
                    raise _taken(place)
                upgrade.to_head(connection)
                transfer(source, connection)
        finally:
            engine.dispose()
        return type(self)(place)

    def captured(self) -> tuple[str, ...]:
        """Return the digests of all files that the ledger names."""
        digests = select(schema.captures.c.sha256).distinct().order_by(schema.captures.c.sha256)
        with database.reading(self.engine) as connection:
            return tuple(connection.execute(digests).scalars())

    def close(self) -> None:
        """Close every connection, and forget what was read.

        One that another thread still uses is closed when it is given back.
        """
        database.close(self.engine)
        self._kept.clear()

    def holds(self, sha256: str, origin: str, *, seconds: float) -> bool:
        """Tell whether documents of these bytes under this name are stored with what is claimed in them.

        `seconds` is how long their claims may be looked for now: where a shorter time was not enough, another
        look is worth while.
        """
        last: dict[str, Run] = {}
        with database.reading(self.engine) as connection:
            documents = [row.document for row in connection.execute(_read_from(sha256, origin))]
            for lot in _in_lots(schema.records.c.document, documents):
                for document, run in index.machine_runs(connection, lot):
                    last.setdefault(document, run)
        return bool(last) and all(seconds <= (run.given_up_after or seconds) for run in last.values())

    def read_from(self, sha256: str, origin: str) -> tuple[DocumentId, ...]:
        """Return the documents of these bytes under this name, in the order of ids."""
        wanted = _read_from(sha256, origin).order_by(schema.documents.c.document)
        with database.reading(self.engine) as connection:
            return tuple(DocumentId(row.document) for row in connection.execute(wanted))

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
        if arrival.archive is not None:
            details = log.FiledPage.of(details, arrival.archive)
        entry = log.append(connection, "add", details)
        lot.put(new, entry, origin=details.origin)
        came = {one.record.id for one in new if isinstance(one.record, Document)}
        for document in {DocumentId(one.row["document"]) for one in new} - {DocumentId(""), *came}:
            lots.offer_again(connection, document, entry.number)
        return True

    def to_link(self, linkers: Collection[str], model: nearest.Model) -> Generator[lots.Lot]:
        """Yield the documents that are news to any of these linkers, lot by lot, the early ones first.

        Whoever asks calls `put_links` with each lot before the next. A lot that was not stored comes again.
        """
        meanings = Meanings(self._nearest, model)
        while True:
            with database.reading(self.engine) as connection:
                pending = lots.pending(connection, linkers)
            if not pending.documents:
                break
            yield from self._in_lots(pending, meanings)
        with database.reading(self.engine) as connection:
            meanings.save(connection)

    def _in_lots(self, pending: lots.Pending, meanings: Meanings) -> Iterator[lots.Lot]:
        left = pending.documents
        while left:
            with database.reading(self.engine) as connection:
                size = lots.cut(connection, left)
                last = pending.entry if size == len(left) else None
                lot = lots.Lot(connection, left[:size], pending.news, meanings, all_up_to=last)
                yield lot
            if not lot.stored:
                # Somebody else linked in the meantime, or the caller left it: look again at what is news.
                meanings.forget()
                return
            left = left[size:]

    def put_links(self, run: Run, found: Iterable[Link | Problem], lot: lots.Lot | None = None) -> int:
        """Store what linkers found, and the act; returns how many links are new.

        With a lot, what its linkers filed is stored in the same transaction; where others linked since the
        lot was opened, nothing is.
        """
        placed = [_Placed(record, rows.record_row(record, document=""), {}) for record in (run, *found)]
        with database.writing(self.engine) as connection:
            if lot is not None and not lot.write(connection):
                return 0
            new = _new(placed, _present(connection, placed))
            links = sum(isinstance(one.record, Link) for one in new)
            entry = log.append(connection, "link", log.Linked(stored=_anchor(new), run=run.id, links=links))
            rows_of_it = _Lot(connection)
            rows_of_it.put(new, entry)
            rows_of_it.write()
        if lot is not None:
            lot.stored = True
        return links

    def put_reviews(self, feed: FeedArrival) -> int:
        """Store the published fact-checks of a file, and the act; returns how many are new.

        A file that brings nothing new leaves no trace.
        """
        words = {review.id: stems for review, stems in feed.reviews}
        records = (*(review for review, _ in feed.reviews), *feed.problems)
        placed = [_Placed(record, rows.record_row(record, document=""), {}) for record in records]
        with database.writing(self.engine) as connection:
            new = _new(placed, _present(connection, placed))
            if not new:
                return 0
            found = [one.record.id for one in new if isinstance(one.record, Review)]
            details = log.Imported(
                stored=_anchor(new), origin=feed.origin, sha256=feed.sha256, reviews=len(found)
            )
            lot = _Lot(connection)
            lot.put(new, log.append(connection, "import", details))
            lot.write()
            reviews.file(connection, [(review, words[review]) for review in found])
        return len(found)

    @contextmanager
    def reviews(self) -> Iterator[reviews.ReviewShelf]:
        """Open the published fact-checks: all answers show one state of them."""
        with database.reading(self.engine) as connection:
            yield reviews.ReviewShelf(connection)

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
        details = log.Judged(
            judgement=judgement.id,
            left=judgement.left,
            right=judgement.right,
            judged=judgement.judgement,
            by=judgement.by,
            supersedes=judgement.supersedes,
        )
        _keep_act(connection, "judge", judgement, details)

    def judge_link(self, link: str, judged: Judged, *, by: str, reason: str | None) -> LinkJudgement:
        """Store what a person said about a link, given by the beginning of its id, and log it.

        It supersedes the judgement that stood on the same link. Raises NotFound for no or several links.
        """
        with database.writing(self.engine) as connection:
            judgement = linkjudgements.judged_now(connection, link, judged, by=by, reason=reason)
            self._keep_link_judgements((judgement,), connection)
        return judgement

    def judge_suggestions(
        self, claims: Sequence[str], kind: LinkKind, judged: Judged, *, by: str, reason: str | None
    ) -> tuple[LinkJudgement, ...]:
        """Store what a person said about all links of a kind at some claims that nobody has judged.

        Each is an entry of the log. Raises NotFound when no claim or several begin so, and stores nothing.
        """
        with database.writing(self.engine) as connection:
            known = pages.Pages(connection)
            ends = [known.claim_id(claim) for claim in claims]
            judgements = tuple(
                linkjudgements.judgement_on(link, former, judged, by=by, reason=reason)
                for link, former in linkjudgements.unjudged(connection, ends, kind)
            )
            self._keep_link_judgements(judgements, connection)
        return judgements

    def _keep_link_judgements(self, judgements: Iterable[LinkJudgement], connection: Connection) -> None:
        for judgement in judgements:
            details = log.LinkJudged(
                judgement=judgement.id,
                link=judgement.link,
                judged=judgement.judgement,
                by=judgement.by,
                supersedes=judgement.supersedes,
            )
            _keep_act(connection, "judge", judgement, details)

    def keep_search(self, search: SavedSearch) -> None:
        """Store that a person gave a list a name or gave the name up, and log it."""
        with database.writing(self.engine) as connection:
            details = log.SearchSaved(
                search=search.id, name=search.name, kept=search.wanted is not None, by=search.by
            )
            _keep_act(connection, "search", search, details)

    def searches(self) -> tuple[SearchView, ...]:
        """Return the searches that are kept, by name."""
        with database.reading(self.engine) as connection:
            return tuple(searches.searches(connection))

    def link_judgements(self, after: str | None = None) -> Iterator[LinkJudgement]:
        """Yield every judgement on a link, the superseded ones too, in the order in which they were made."""
        with database.reading(self.engine) as connection:
            yield from linkjudgements.judgements(connection, after=after)

    def conclude(
        self, claim: ClaimId, rating: str, reason: str, *, evidence: Sequence[Evidence], by: str
    ) -> Verdict:
        """Store what a person concluded about a claim, and log it; it supersedes the verdict that stands.

        Raises BadInput for evidence that is not in the case.
        """
        with database.writing(self.engine) as connection:
            for one in evidence:
                verdicts.need_evidence(connection, one)
            last = verdicts.standing(verdicts.verdicts(connection, claim))
            verdict = Verdict(
                claim=claim,
                rating=rating,
                reason=reason,
                evidence=tuple(evidence),
                supersedes=None if last is None else last.id,
                by=by,
                at=datetime.now(UTC),
            )
            details = log.Concluded(
                verdict=verdict.id, claim=claim, rating=rating, by=by, supersedes=verdict.supersedes
            )
            _keep_act(connection, "verdict", verdict, details)
        return verdict

    def annotate(
        self,
        document: DocumentId,
        said: Annotated | None,
        *,
        replaces: ClaimId | None,
        signed: annotations.Signed,
    ) -> Annotation:
        """Store what a person reads in a document, and log it; the linkers get the document anew.

        Raises BadInput as `annotations.annotated_now` does.
        """
        # The lock is held from the first look: nobody replaces the same claim in between.
        with database.writing(self.engine) as connection:
            made = annotations.annotated_now(connection, document, said, replaces=replaces, signed=signed)
            self._keep_annotation(made, connection)
        return made.annotation

    def take_back(self, annotation: str, signed: annotations.Signed) -> Annotation:
        """Store that an annotation no longer holds, and log it.

        Raises NotFound and BadInput as `annotations.taken_back_now` does.
        """
        with database.writing(self.engine) as connection:
            undoing = annotations.taken_back_now(connection, annotation, signed)
            self._keep_annotation(annotations.Made(undoing, (undoing,), {}), connection)
        return undoing

    def _keep_annotation(self, made: annotations.Made, connection: Connection) -> None:
        annotation = made.annotation
        placed = [
            _Placed(record, rows.record_row(record, document=annotation.document), made.attributions)
            for record in made.records
        ]
        new = _new(placed, _present(connection, placed))
        details = log.Annotated(
            stored=_anchor(new),
            annotation=annotation.id,
            document=annotation.document,
            claim=annotation.claim,
            replaces=annotation.replaces,
            by=annotation.by,
        )
        lot, entry = _Lot(connection), log.append(connection, "annotate", details)
        lot.put(new, entry)
        lot.write()
        lots.offer_again(connection, annotation.document, entry.number)

    def annotations(self, document: DocumentId | None, after: str | None = None) -> Iterator[Annotation]:
        """Yield what people annotated in a document or in all, in the order in which they did."""
        with database.reading(self.engine) as connection:
            yield from annotations.annotations(connection, document, after=after)

    def verdicts(self, claim: ClaimId | None, after: str | None = None) -> Iterator[Verdict]:
        """Yield the verdicts on a claim or on all, in the order in which they were made."""
        with database.reading(self.engine) as connection:
            yield from verdicts.verdicts(connection, claim, after=after)

    def judgements(self, after: str | None = None) -> Iterator[Judgement]:
        """Yield every judgement, the superseded ones too, in the order in which they were made."""
        with database.reading(self.engine) as connection:
            yield from parties.judgements(connection, after=after)

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
            yield pages.Pages(connection, self._kept)

    def problems(self, after: str | None = None) -> Iterator[Problem]:
        """Yield every stored problem, in the order of ids."""
        with database.reading(self.engine) as connection:
            yield from index.problems(connection, after=after)

    def log_rows(self, before: int | None, limit: int) -> tuple[LogEntry, ...]:
        """Return the newest entries of the log, or those before a number; the newest first."""
        with database.reading(self.engine) as connection:
            return tuple(log.newest(connection, before, limit))

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


def _taken(place: Place) -> BadInput:
    return BadInput(
        "case-exists", f"{folder_of(place)} holds a case already", hint="`sayso add` adds files to it"
    )


def _read_from(sha256: str, origin: str) -> Select[tuple[str]]:
    captures = schema.captures.c
    found = select(schema.documents.c.document).join(schema.captures)
    return found.where(captures.sha256 == sha256, captures.origin == origin)


def _keep_act(connection: Connection, act: str, record: Record, details: log.Details) -> None:
    """Store the one record that a person's act made, and log the act with what it stored."""
    placed = (_Placed(record, rows.record_row(record, document=""), {}),)
    lot = _Lot(connection)
    lot.put(placed, log.append(connection, act, msgspec.structs.replace(details, stored=_anchor(placed))))
    lot.write()


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
    return (column.in_(lot) for lot in in_lots(dict.fromkeys(wanted)))


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
