"""The outlets of a case: whose the documents are, how many claims they hold, and which share passages."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, bindparam, func, or_, select, tuple_, update

from sayso.core.errors import BadRecord
from sayso.core.ids import DocumentId, LinkId
from sayso.core.records import Document
from sayso.core.views import DocumentHead
from sayso.ledger import annotations, index, rows, schema
from sayso.ledger.values import Words, one_of, streamed

# Canonical JSON has its keys in order: whose a document is stands before its text.
_BEFORE_TEXT: Final = ',"text":'
_LETTERS_READ: Final = 2_000


class Held(NamedTuple):
    """A document as a list of outlets needs it."""

    document: DocumentId
    outlet: str | None  # who published it, or signed it
    published_at: str | None

    @property
    def key(self) -> str:
        """What tells outlets apart: the folded name, or "" for none."""
        return rows.folded_name(self.outlet or "")


class Copy(NamedTuple):
    """A link between two documents that hold the same passages."""

    link: LinkId
    copy: DocumentId
    source: DocumentId


class Tally(NamedTuple):
    """How much there is of an outlet."""

    outlet: str  # the folded name; empty: documents that name nobody
    documents: int
    claims: int
    own: int  # of these in its own voice


class _Head(msgspec.Struct, frozen=True):
    byline: str | None
    publisher: str | None
    published_at: str | None


def tallies(connection: Connection, after: tuple[int, str] | None, limit: int) -> Sequence[Tally]:
    """Return `limit` outlets: the one with most documents first, then by folded name.

    `after`: how many documents the last one had, and its folded name.
    """
    columns = schema.tallied_outlets.c
    wanted = select(columns.outlet, columns.documents, columns.claims, columns.own)
    if after is not None:
        documents, last = after
        fewer = columns.documents < documents
        wanted = wanted.where(fewer | ((columns.documents == documents) & (columns.outlet > last)))
    ordered = wanted.order_by(columns.documents.desc(), columns.outlet).limit(limit)
    return [Tally(*row) for row in connection.execute(ordered)]


def tally(connection: Connection, outlet: str) -> Tally | None:
    """Return how much there is of an outlet, given by its folded name; None: no document is of it."""
    columns = schema.tallied_outlets.c
    wanted = select(columns.outlet, columns.documents, columns.claims, columns.own)
    row = connection.execute(wanted.where(columns.outlet == outlet)).one_or_none()
    return None if row is None else Tally(*row)


def folded_names(connection: Connection) -> Sequence[str]:
    """Return the folded names of all outlets."""
    return connection.scalars(select(schema.tallied_outlets.c.outlet)).all()


def held(connection: Connection, documents: Collection[str]) -> Sequence[Held]:
    """Return documents by day of publication, undated ones last; no text is read."""
    columns = schema.documents.c
    return _held(connection, one_of(columns.document, documents), columns.published.nulls_last())


def published(connection: Connection, outlet: str, limit: int, after: str | None = None) -> Sequence[Held]:
    """Return `limit` documents of an outlet by day of publication, undated ones last; no text is read.

    `after`: the document behind which they come; those that the outlet does not have lead nowhere.
    """
    columns = schema.documents.c
    of_outlet = columns.outlet == outlet
    place = None
    if after is not None:
        wanted = select(columns.published, columns.origin, columns.document).where(of_outlet)
        place = connection.execute(wanted.where(columns.document == after)).one_or_none()
        if place is None:
            return ()
    found: list[Held] = []
    # Those with a day first, so that they are read along the index of outlets and days.
    if place is None or place.published is not None:
        dated: ColumnElement[bool] = columns.published.is_not(None)
        if place is not None:
            later = tuple_(columns.published, columns.origin, columns.document)
            dated &= later > tuple_(*place, types=[Words()] * 3)
        found += _held(connection, of_outlet & dated, columns.published, limit=limit)
        place = None
    if len(found) < limit:
        undated: ColumnElement[bool] = columns.published.is_(None)
        if place is not None:
            later = tuple_(columns.origin, columns.document)
            undated &= later > tuple_(place.origin, place.document, types=[Words()] * 2)
        found += _held(connection, of_outlet & undated, limit=limit - len(found))
    return found


def _held(
    connection: Connection, which: ColumnElement[bool], *first: ColumnElement[Any], limit: int | None = None
) -> Sequence[Held]:
    documents, records = schema.documents.c, schema.records.c
    wanted = (
        select(documents.document, func.substr(records.body, 1, _LETTERS_READ).label("start"))
        .join(schema.records, records.id == documents.document)
        .where(which)
        .order_by(*first, documents.origin, documents.document)
        .limit(limit)
    )
    heads = (
        (row.document, _head(connection, row.document, row.start)) for row in connection.execute(wanted).all()
    )
    return [
        Held(DocumentId(document), head.publisher or head.byline, head.published_at)
        for document, head in heads
    ]


def fill(connection: Connection) -> None:
    """Note whose all documents are that an older sayso stored; what cannot be read is passed over."""
    columns = schema.documents.c
    of = update(schema.documents).where(columns.document == bindparam("of_document"))
    records = schema.records.c
    wanted = select(records.id, records.body).where(records.kind == Document.__name__.lower())
    stored = connection.execute(streamed(wanted)).partitions()
    for lot in stored:
        found = [
            {"of_document": document, "of_outlet": key}
            for document, body in lot
            if (key := _folded_outlet(body))
        ]
        if found:
            connection.execute(of.values(outlet=bindparam("of_outlet")), found)


def _folded_outlet(body: object) -> str:
    try:
        return rows.folded_name(index.record(body, Document).outlet or "") if isinstance(body, str) else ""
    except BadRecord:
        return ""


def _head(connection: Connection, document: str, start: str) -> _Head:
    before, found, _ = start.partition(_BEFORE_TEXT)
    if found:
        return msgspec.json.decode(before.encode("utf-8", "surrogateescape") + b"}", type=_Head)
    # Somebody's byline is longer than a page.
    whole, _ = opened(connection, DocumentId(document))
    return _Head(whole.byline, whole.publisher, whole.published_at)


def opened(connection: Connection, document: DocumentId) -> tuple[Document, DocumentHead]:
    """Return a document with its text, and its head."""
    columns = schema.documents.c
    wanted = (
        select(schema.records.c.body, columns.origin)
        .join(schema.documents, columns.document == schema.records.c.id)
        .where(schema.records.c.id == document)
    )
    row = connection.execute(wanted).one()
    whole = index.record(row.body, Document)
    head = DocumentHead(
        id=whole.id,
        origin=row.origin,
        title=whole.title,
        publisher=whole.publisher,
        published_at=whole.published_at,
        byline=whole.byline,
    )
    return whole, head


class Claims(NamedTuple):
    """How many claims a document holds, and how many of them in its outlet's own voice."""

    every: int
    own: int


def claims(
    connection: Connection, documents: Collection[DocumentId] | None = None
) -> Mapping[DocumentId, Claims]:
    """Count the claims of all documents, or of some; documents without any are left out.

    What somebody corrected is there twice; the correction counts.
    """
    columns = schema.claims.c
    replaced = annotations.Standing(annotations.annotations(connection)).replaced
    conditions: list[ColumnElement[bool]] = [~one_of(columns.claim, replaced)] if replaced else []
    if documents is not None:
        conditions.append(one_of(columns.document, documents))
    own = func.count().filter(columns.voice == "outlet").label("own")
    counted = select(columns.document, func.count().label("every"), own)
    found = connection.execute(counted.where(*conditions).group_by(columns.document))
    return {DocumentId(row.document): Claims(row.every, row.own) for row in found}


def copies(connection: Connection) -> Iterator[Copy]:
    """Yield the copies-links that nobody rejected, the surest first."""
    columns, judged = schema.links.c, schema.judged_links.c
    wanted = (
        select(columns.link, columns.left, columns.right)
        .join(schema.judged_links, judged.link == columns.link, isouter=True)
        .where(columns.kind == "copies", or_(judged.judged.is_(None), judged.judged != "rejected"))
        .order_by(columns.score.desc(), columns.link)
    )
    for row in connection.execute(streamed(wanted)):
        yield Copy(LinkId(row.link), DocumentId(row.left), DocumentId(row.right))
