"""Checks what candidates for links are looked up in, as far as the records and the tables themselves tell.

What linkers filed cannot be computed without linking all again. But whatever they filed must be of records
that are there, be counted as often as it stands there, and come from runs that the log knows.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select

from sayso.core.errors import BadRecord, NotFound
from sayso.core.ids import ClaimId
from sayso.core.records import Review
from sayso.core.spans import words
from sayso.core.views import Finding
from sayso.ledger import index, lots, schema
from sayso.ledger.findings import finding
from sayso.ledger.shelves import hashed, unpacked
from sayso.ledger.values import streamed

_CHANGED = "changed-column"
_ASKED_AT_ONCE = 500  # ids in one question: databases limit the parameters of a statement


def findings(connection: Connection) -> Iterator[Finding]:
    """Yield what does not fit in the tables of linkers, of meanings and of fact-checks."""
    yield from _linkers(connection)
    yield from _seen(connection)
    yield from _counts(connection)
    yield from _shelved(connection)
    yield from _meanings(connection)
    yield from _reviews(connection)


def _linkers(connection: Connection) -> Iterator[Finding]:
    """Compare how far linkers say they have come with the runs that the log knows."""
    columns = schema.log.c
    of_runs = select(func.count(), func.max(columns.number)).where(columns.act == "link")
    runs, last = connection.execute(of_runs).one()
    for row in connection.execute(select(schema.linkers)):
        known = isinstance(row.entry, int) and 0 <= row.entry < (last or 0)
        if not (known and isinstance(row.lots, int) and 0 < row.lots <= runs):
            told = "its row in linkers says more than the runs that the log knows"
            yield finding(_CHANGED, told, f"linker {row.linker}")


def _seen(connection: Connection) -> Iterator[Finding]:
    known = select(schema.documents.c.document)
    stray = select(schema.seen.c.document).where(schema.seen.c.document.not_in(known))
    for stored in _strays(connection.execute(streamed(stray)).scalars(), connection):
        yield finding("stray-row", "a row of seen belongs to no document", stored)
    yield from _of_no_linker(connection, schema.seen)


def _strays(stored: Iterable[str], connection: Connection) -> Iterator[str]:
    """Yield what names no document, also none that was offered again."""
    columns = schema.documents.c
    for one in stored:
        again = lots.offered_again(one)
        if again is None or not _count(connection, schema.documents, columns.document == again.document):
            yield one


def _count(connection: Connection, table: Table, of: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(table).where(of)).scalar() or 0


def _counts(connection: Connection) -> Iterator[Finding]:
    """Compare how many records stand under a key, as it was counted, with those that do."""
    counts, shelves = schema.counts.c, schema.shelves.c
    there = (
        select(
            shelves.linker, shelves.key, func.count().label("records"), func.max(shelves.place).label("last")
        )
        .group_by(shelves.linker, shelves.key)
        .subquery()
    )
    records = func.coalesce(there.c.records, 0)
    wrong = (
        select(counts.linker, counts.key)
        .join(there, and_(there.c.linker == counts.linker, there.c.key == counts.key), isouter=True)
        .where(
            or_(
                counts.shelved != records,
                counts.counted < counts.shelved,
                counts.counted < 1,
                there.c.last != records - 1,
            )
        )
    )
    for row in connection.execute(streamed(wrong)):
        told = "its row in counts is not what stands in shelves"
        yield finding(_CHANGED, told, f"key {row.key} of linker {row.linker}")
    yield from _of_no_linker(connection, schema.counts)


def _of_no_linker(connection: Connection, table: Table) -> Iterator[Finding]:
    if found := _count(connection, table, table.c.linker.not_in(select(schema.linkers.c.number))):
        yield finding("stray-row", f"{found} rows of {table.name} belong to no linker", table.name)


def _shelved(connection: Connection) -> Iterator[Finding]:
    """Yield filed records that are not there, and keys under which some stand uncounted."""
    counts, shelves = schema.counts.c, schema.shelves.c
    uncounted = (
        select(shelves.linker, shelves.key)
        .distinct()
        .join(schema.counts, and_(counts.linker == shelves.linker, counts.key == shelves.key), isouter=True)
        .where(counts.key.is_(None))
    )
    for row in connection.execute(streamed(uncounted)):
        yield finding("stray-row", "rows of shelves are not counted", f"key {row.key} of linker {row.linker}")
    filed = connection.execute(streamed(select(shelves.record).distinct())).scalars()
    for some in filed.partitions(_ASKED_AT_ONCE):
        ids = {_id(stored) for stored in some}
        wanted = select(schema.records.c.id).where(schema.records.c.id.in_(ids - {""}))
        for gone in sorted(ids - set(connection.execute(wanted).scalars())):
            yield finding("stray-row", "a row of shelves belongs to no record", gone)


def _id(stored: object) -> str:
    """Return the id that a shelf names; empty where its bytes are none."""
    try:
        found = unpacked(stored) if isinstance(stored, bytes) else ""
    except UnicodeDecodeError:
        return ""
    return found if found.isascii() else ""


def _meanings(connection: Connection) -> Iterator[Finding]:
    """Compare the hashes by which vectors are found with the words of the claims that they are of."""
    records = index.LedgerIndex(connection)
    columns = schema.meanings.c
    wanted = select(columns.number, columns.claim, columns.words).order_by(columns.number)
    for number, row in enumerate(connection.execute(streamed(wanted))):
        if row.number != number:
            yield finding(_CHANGED, "the rows of meanings are not numbered without a gap", f"number {number}")
            return
        if _hash_of(records, row.claim) != row.words:
            yield finding(_CHANGED, "its row in meanings is not what its words give", row.claim)


def _hash_of(records: index.LedgerIndex, claim: object) -> int | None:
    """Return the hash of a claim's words; None where it cannot be read, which is told by itself."""
    if not isinstance(claim, str) or not claim.isascii():
        return None
    try:
        found = records.claim(ClaimId(claim))
        text = records.document(records.attribution(found.attribution).document).text
    except (BadRecord, NotFound, AttributeError):  # a body that is no text at all has no bytes
        return None
    return hashed(words(found.content, text).strip())


def _reviews(connection: Connection) -> Iterator[Finding]:
    """Compare the fact-checks that are looked up with those stored, and their words with the counts."""
    numbered, records = schema.reviews.c, schema.records.c
    of_kind = records.kind == Review.__name__.lower()
    missing = select(records.id).where(of_kind, records.id.not_in(select(numbered.review)))
    for review in connection.execute(streamed(missing)).scalars():
        yield finding(_CHANGED, "the fact-check has no row in reviews", review)
    stray = select(numbered.review).where(numbered.review.not_in(select(records.id).where(of_kind)))
    for review in connection.execute(streamed(stray)).scalars():
        yield finding("stray-row", "a row of reviews belongs to no record", review)
    held, counts = schema.review_words.c, schema.review_counts.c
    there = select(held.key, func.count().label("reviews")).group_by(held.key).subquery()
    joined = select(counts.key).join(there, there.c.key == counts.key, isouter=True)
    wrong = joined.where(counts.counted != func.coalesce(there.c.reviews, 0))
    uncounted = select(held.key).distinct().where(held.key.not_in(select(counts.key)))
    for key in (*connection.execute(wrong).scalars(), *connection.execute(uncounted).scalars()):
        yield finding(_CHANGED, "its row in review_counts is not what stands in review_words", f"word {key}")
    of_none = held.review.not_in(select(numbered.number))
    if found := _count(connection, schema.review_words, of_none):
        yield finding("stray-row", f"{found} rows of review_words belong to no fact-check", "review_words")
