"""Documents that are news to linkers, lot by lot: what a linker sees, and what is stored of its work."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Select, delete, func, insert, or_, select, update

from sayso.core.ids import AttributionId, ClaimId, DocumentId
from sayso.core.ports import Filing
from sayso.core.records import Annotation, Attribution, Claim, Document, Run, first_appearance
from sayso.ledger import annotations, schema
from sayso.ledger.index import LedgerIndex
from sayso.ledger.meanings import LotMeanings, Meanings
from sayso.ledger.shelves import Shelves, in_lots
from sayso.ledger.values import streamed

# What one transaction brings. Many, so that the words of a lot tell which of them are rare; few enough for
# memory. A document with more claims is a lot of its own.
_MOST_DOCUMENTS = 256
_MOST_CLAIMS = 16_384
# What a document gets after it was stored: a person's annotation, or a run that read it again.
_CHANGES = (Annotation.__name__.lower(), Run.__name__.lower())
# In `seen`, before a document that is news again and the log entry that changed it: what was stored of it
# before that entry is linked. No id begins so, and all that do stand together.
_AGAIN = "@"


class Pending(NamedTuple):
    """What is news to each linker."""

    entry: int  # the last log entry that was looked at
    documents: tuple[DocumentId, ...]  # by day, undated ones last; of one day as their files are named
    news: Mapping[str, frozenset[DocumentId]]  # by linker


def pending(connection: Connection, linkers: Collection[str]) -> Pending:
    """Return all that is news to any of these linkers."""
    entry = connection.execute(select(func.max(schema.log.c.number))).scalar() or 0
    news = {linker: dict.fromkeys(_news(connection, linker)) for linker in linkers}
    whole = {tuple(found) for found in news.values()}
    ordered = next(iter(whole)) if len(whole) == 1 else _in_order(connection, news.values())
    return Pending(entry, ordered, {linker: frozenset(found) for linker, found in news.items()})


def _news(connection: Connection, linker: str) -> Iterator[DocumentId]:
    stored = _stored(connection, linker)
    records, documents = schema.records.c, schema.documents.c
    wanted = select(records.id).join(schema.documents, documents.document == records.id)
    if stored is None:
        wanted = wanted.where(records.kind == Document.__name__.lower())
    else:
        known = select(schema.seen.c.document).where(schema.seen.c.linker == stored.number)
        new = or_(records.entry > stored.entry, records.id.in_(_changed_since(stored.entry)))
        wanted = wanted.where(new, records.id.not_in(known))
    in_order = wanted.order_by(documents.published.is_(None), documents.published, documents.origin)
    yield from connection.execute(streamed(in_order)).scalars()


def _changed_since(entry: int) -> Select[tuple[str]]:
    """Return the documents that people annotated or that were read again after a log entry."""
    records = schema.records.c
    # Every document has a run, and but few came lately: the index by kind is of no use here.
    return select(records.document).where(records.kind.concat("").in_(_CHANGES), records.entry > entry)


def offer_again(connection: Connection, document: DocumentId, entry: int) -> None:
    """Make a document that a log entry changed news to linkers whose run was cut short after they linked it.

    The others notice by themselves.
    """
    linker, own = schema.seen.c.linker, schema.seen.c.document
    again = update(schema.seen).where(own == document).values(document=f"{_AGAIN}{document} {entry}")
    # One linker after the other: the key of the table begins with it.
    for number in connection.execute(select(schema.linkers.c.number)).scalars().all():
        connection.execute(again.where(linker == number))


def _in_order(connection: Connection, news: Collection[Collection[DocumentId]]) -> tuple[DocumentId, ...]:
    documents = schema.documents.c
    wanted = {document for found in news for document in found}
    keys = {
        row.document: (row.published is None, row.published or "", row.origin)
        for some in in_lots(sorted(wanted))
        for row in connection.execute(select(schema.documents).where(documents.document.in_(some)))
    }
    return tuple(sorted(wanted, key=lambda document: keys[document]))


class _Stored(NamedTuple):
    """What is stored of a linker."""

    number: int
    entry: int
    lots: int


def _stored(connection: Connection, linker: str) -> _Stored | None:
    columns = schema.linkers.c
    wanted = select(columns.number, columns.entry, columns.lots).where(columns.linker == linker)
    row = connection.execute(wanted).one_or_none()
    return None if row is None else _Stored(*row)


def cut(connection: Connection, documents: Sequence[DocumentId]) -> int:
    """Return how many of the first documents make a lot; at least one of those that are there."""
    claims = schema.claims.c
    first = documents[:_MOST_DOCUMENTS]
    counted = (
        select(claims.document, func.count()).where(claims.document.in_(first)).group_by(claims.document)
    )
    of = {document: int(count) for document, count in connection.execute(counted)}
    held = 0
    for number, document in enumerate(first):
        held += of.get(document, 0)
        if held > _MOST_CLAIMS and number:
            return number
    return len(first)


class Lot:
    """Some documents that are news, and one state of the ledger to link them in."""

    def __init__(
        self,
        connection: Connection,
        documents: Sequence[DocumentId],
        news: Mapping[str, frozenset[DocumentId]],
        meanings: Meanings,
        *,
        all_up_to: int | None,
    ) -> None:
        """`news` says which of all documents are news to each linker.

        `all_up_to` is the log entry up to which nothing is news after this lot; None: more is to come.
        """
        self.stored = False
        self._all_up_to = all_up_to
        self._records = LedgerIndex(connection)
        ordered = sorted(map(self._records.document, documents), key=first_appearance)
        self.documents = tuple(document.id for document in ordered)
        self.meanings = LotMeanings(meanings, connection, self._records, self.documents)
        self._linkers = {linker: _stored(connection, linker) for linker in news}
        replaced = annotations.Standing(annotations.annotations(connection)).replaced
        self._seen_by = {
            linker: LinkerIndex(
                self._records,
                self._of(of_linker),
                Shelves(connection, stored and stored.number),
                self.meanings,
                Past(replaced, _filed_before(connection, self._of(of_linker), stored)),
            )
            for (linker, of_linker), stored in zip(news.items(), self._linkers.values(), strict=True)
        }

    def _of(self, news: Collection[DocumentId]) -> tuple[DocumentId, ...]:
        return tuple(document for document in self.documents if document in news)

    def seen_by(self, linker: str) -> "LinkerIndex":
        """Return what a linker sees of the case."""
        return self._seen_by[linker]

    def write(self, connection: Connection) -> bool:
        """Store what was filed and who has seen what; where others linked since it was opened, nothing.

        Returns whether it is stored.
        """
        now = {linker: _stored(connection, linker) for linker in self._linkers}
        if now != self._linkers or not self.meanings.fits(connection):
            return False
        _drop_all_but(connection, self._linkers)
        for linker, stored in now.items():
            self._write_of(linker, stored, connection)
        self.meanings.write(connection)
        return True

    def _write_of(self, linker: str, stored: _Stored | None, connection: Connection) -> None:
        columns, index = schema.linkers.c, self._seen_by[linker]
        if stored is None:
            last = connection.execute(select(func.max(columns.number))).scalar() or 0
            stored = _Stored(last + 1, 0, 0)
            row = {"number": stored.number, "linker": linker, "entry": 0, "lots": 0}
            connection.execute(insert(schema.linkers), row)
        index.shelves.write(connection, stored.number)
        own = update(schema.linkers).where(columns.number == stored.number)
        connection.execute(own.values(lots=stored.lots + 1))
        if self._all_up_to is not None:
            connection.execute(own.values(entry=self._all_up_to))
            connection.execute(delete(schema.seen).where(schema.seen.c.linker == stored.number))
        elif index.news():
            rows = [{"linker": stored.number, "document": document} for document in index.news()]
            connection.execute(insert(schema.seen), rows)


def _drop_all_but(connection: Connection, linkers: Collection[str]) -> None:
    """Remove what linkers filed that are no more, or that have another version or model now."""
    columns = schema.linkers.c
    gone = connection.execute(select(columns.number).where(columns.linker.not_in(linkers))).scalars().all()
    for number in gone:
        for table in (schema.seen, schema.shelves, schema.counts):
            connection.execute(delete(table).where(table.c.linker == number))
        connection.execute(delete(schema.linkers).where(columns.number == number))


def _filed_before(
    connection: Connection, documents: Sequence[DocumentId], stored: _Stored | None
) -> frozenset[str]:
    """Return the records of documents that a linker filed before they were changed."""
    if stored is None:
        return frozenset()
    records = schema.records.c
    found: set[str] = set()
    for some in in_lots(documents):
        wanted = select(records.id).where(records.document.in_(some), records.entry <= stored.entry)
        found.update(connection.execute(wanted).scalars())
    of_lot = set(documents)
    for document, entry in _offered_again(connection, stored.number):
        if document in of_lot:
            wanted = select(records.id).where(records.document == document, records.entry < entry)
            found.update(connection.execute(wanted).scalars())
    return frozenset(found)


def _offered_again(connection: Connection, linker: int) -> "Iterator[Again]":
    """Return the documents that changed after a run that was cut short linked them."""
    seen = schema.seen.c
    marked = select(seen.document).where(seen.linker == linker, seen.document >= _AGAIN, seen.document < "A")
    return filter(None, map(offered_again, connection.execute(marked).scalars().all()))


class Again(NamedTuple):
    """A document that is news again, and the log entry that changed it."""

    document: str
    entry: int


def offered_again(stored: str) -> Again | None:
    """Return what a row of `seen` says is news again; None for a document that is not."""
    document, blank, entry = stored.removeprefix(_AGAIN).partition(" ")
    return Again(document, int(entry)) if stored[:1] == _AGAIN and blank and entry.isdecimal() else None


class Past(NamedTuple):
    """What a linker must leave out."""

    replaced: Collection[str]  # claims that people put others in the place of
    filed: Collection[str]  # records that it filed before


class LinkerIndex:
    """What `core.ports.Index` asks for, as one linker sees it while one lot is linked."""

    def __init__(
        self,
        records: LedgerIndex,
        news: Sequence[DocumentId],
        shelves: Shelves,
        meanings: LotMeanings,
        past: Past,
    ) -> None:
        self.shelves = shelves
        self._past = past
        self._records = records
        self._news = news
        self._meanings = meanings

    def documents(self) -> Iterator[Document]:
        """Yield every document."""
        return self._records.documents()

    def claims(self) -> Iterator[Claim]:
        """Yield every claim."""
        return (claim for claim in self._records.claims() if claim.id not in self._past.replaced)

    def document(self, document: DocumentId) -> Document:
        """Return one document, or raise NotFound."""
        return self._records.document(document)

    def claim(self, claim: ClaimId) -> Claim:
        """Return one claim, or raise NotFound."""
        return self._records.claim(claim)

    def attribution(self, attribution: AttributionId) -> Attribution:
        """Return one attribution, or raise NotFound."""
        return self._records.attribution(attribution)

    def claims_of(self, document: DocumentId) -> Sequence[Claim]:
        """Return the claims of a document in the order of ids."""
        found = self._records.claims_of(document)
        return tuple(claim for claim in found if claim.id not in self._past.replaced)

    def origin(self, document: DocumentId) -> str:
        """Return the name of a document's file, or raise NotFound."""
        return self._records.origin(document)

    def news(self) -> Sequence[DocumentId]:
        """Return the documents of the lot that are news to the linker."""
        return self._news

    def file(self, filing: Filing) -> None:
        """File a record; it is found at once, and stored with the lot. What was filed before stays once."""
        if filing.record not in self._past.filed:
            self.shelves.file(filing)

    def filed(self, keys: Collection[str], most: int) -> Mapping[str, Sequence[str]]:
        """Return the first records that the linker filed under each key."""
        gone = self._past.replaced
        found = self.shelves.filed(keys, most)
        if not gone:
            return found
        left = {key: [one for one in records if one not in gone] for key, records in found.items()}
        return {key: records for key, records in left.items() if records}

    def counts(self, keys: Collection[str]) -> Mapping[str, int]:
        """Return how often the linker filed each key."""
        return self.shelves.counts(keys)

    def alike(self, claim: ClaimId, most: int) -> Sequence[tuple[ClaimId, float]]:
        """Return the claims nearest in meaning."""
        found = self._meanings.alike(claim, most)
        return tuple(near for near in found if near[0] not in self._past.replaced)
