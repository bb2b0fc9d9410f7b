"""The outlets of a case: whose the documents are, how many claims they hold, and which share passages."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, func, or_, select

from sayso.core.ids import DocumentId, LinkId
from sayso.core.records import Document
from sayso.core.views import DocumentHead
from sayso.ledger import annotations, index, rows, schema
from sayso.ledger.shelves import in_lots

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


class _Head(msgspec.Struct, frozen=True):
    byline: str | None
    publisher: str | None
    published_at: str | None


def held(connection: Connection) -> Iterator[Held]:
    """Yield every document by day of publication, undated ones last; no text is read."""
    documents, records = schema.documents.c, schema.records.c
    wanted = (
        select(documents.document, func.substr(records.body, 1, _LETTERS_READ).label("start"))
        .join(schema.records, records.id == documents.document)
        .order_by(documents.published.nulls_last(), documents.origin, documents.document)
    )
    for row in connection.execute(wanted):
        head = _head(connection, row.document, row.start)
        yield Held(DocumentId(row.document), head.publisher or head.byline, head.published_at)


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
    replaced = sorted(annotations.Standing(annotations.annotations(connection)).replaced)
    conditions: list[ColumnElement[bool]] = [columns.claim.not_in(some) for some in in_lots(replaced)]
    if documents is not None:
        conditions.append(columns.document.in_(documents))
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
    for row in connection.execute(wanted):
        yield Copy(LinkId(row.link), DocumentId(row.left), DocumentId(row.right))
