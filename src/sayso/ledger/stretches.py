"""A part of a document with what is said in it: of a long text no more is read than is shown."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from sayso.core.errors import NotFound, Tampered
from sayso.core.ids import AttributionId, ClaimId, DocumentId
from sayso.core.records import Attribution, Claim
from sayso.core.spans import Span, Spans, hull
from sayso.core.views import Finding
from sayso.ledger import index, rows, schema
from sayso.ledger.findings import finding
from sayso.ledger.shelves import in_lots
from sayso.ledger.values import one_of, streamed

REACH = 15_000  # code points of a text that are shown at once: longer than nearly all news
_WRITTEN_AT_ONCE = 5000  # rows
_BREAKS = ("\n\n", "\n", " ")  # where a text is cut, the best first


class _Stands(msgspec.Struct, frozen=True):
    """What of a claim's record tells where it stands: checking whole records would cost seconds."""

    content: Spans


class Numbered(NamedTuple):
    """A claim and its number in its document, from 1, in text order."""

    number: int
    claim: Claim


class Stretch(NamedTuple):
    """A part of a text, with the claims that reach into it."""

    span: Span
    claims: tuple[Numbered, ...]
    total: int  # claims of the whole document


def stretch(text: str, start: int) -> Span | None:
    """Return the part of a text that begins at a code point, to the end of a line; None: nothing is left."""
    if start >= len(text):
        return None
    limit = start + REACH
    if limit + REACH // 2 >= len(text):
        return Span(start, len(text))
    for mark in _BREAKS:
        at = text.rfind(mark, start + REACH // 2, limit)
        if at >= 0:
            return Span(start, at + len(mark))
    return Span(start, limit)


def before(text: str, point: int) -> int:
    """Return where a part of a text begins that a point stands in, some lines before it."""
    at = max(0, point - REACH // 8)
    if not at:
        return 0
    found = text.find("\n", at, point)
    return found + 1 if found >= 0 else at


def claim_of(connection: Connection, document: DocumentId, claim: ClaimId) -> Claim:
    """Return a claim of a document without reading any other; raises NotFound for another document's."""
    records = schema.records.c
    wanted = select(records.body).where(records.id == claim, records.document == document)
    body = connection.execute(wanted).scalar()
    if body is None:
        raise NotFound("no-claim", f"{claim} is no claim of {document}", hint="`show` tells whose it is")
    return index.record(body, Claim)


def row(document: str, claim: Claim) -> rows.Row:
    """Return the row of `stands` for a claim."""
    return _row(document, claim.id, claim.content)


def _row(document: str, claim: str, content: Spans) -> rows.Row:
    whole = hull(content)
    return {"document": document, "start": whole.start, "end": whole.end, "claim": claim}


def read(connection: Connection, document: DocumentId, span: Span, replaced: Collection[ClaimId]) -> Stretch:
    """Return the standing claims that reach into a span of a document."""
    columns = schema.stands.c
    ordered = columns.start, columns.end, columns.claim
    of_document = [columns.document == document]
    if replaced:
        of_document.append(~one_of(columns.claim, replaced))
    number = func.row_number().over(order_by=ordered)
    numbered = select(*ordered, number.label("number")).where(*of_document).subquery()
    reaching = numbered.c.start < span.end, numbered.c.end > span.start
    wanted = select(numbered.c.claim, numbered.c.number).where(*reaching).order_by(numbered.c.number)
    numbers = {row.claim: row.number for row in connection.execute(wanted)}
    total = connection.execute(select(func.count()).select_from(numbered)).scalar_one()
    records = schema.records.c
    bodies = select(records.body).where(records.document == document, one_of(records.id, numbers))
    claims = {claim.id: claim for body in connection.scalars(bodies) for claim in [index.record(body, Claim)]}
    if claims.keys() != numbers.keys():
        raise Tampered(
            "bad-record",
            f"claims of {document} are gone: {', '.join(sorted(numbers.keys() - claims.keys()))}",
            hint="`sayso verify` lists every change",
        )
    return Stretch(span, tuple(Numbered(n, claims[ClaimId(claim)]) for claim, n in numbers.items()), total)


def fill(connection: Connection) -> None:
    """Note where all claims stand that an older sayso stored; those that cannot be read are passed over."""
    connection.execute(delete(schema.stands))
    stored = _stored(connection)
    while lot := [_row(*one) for one in islice(stored, _WRITTEN_AT_ONCE)]:
        connection.execute(insert(schema.stands), lot)


def findings(connection: Connection) -> Iterator[Finding]:
    """Compare the places with those in the claims' records, document by document."""
    columns = schema.stands.c
    for document, of in groupby(_stored(connection), key=itemgetter(0)):
        expected = {tuple(_row(*one).values()) for one in of}
        kept = connection.execute(select(schema.stands).where(columns.document == document))
        if {tuple(one) for one in kept} != expected:
            yield finding("changed-column", "the rows in stands are not what its claims give", document)
    stray = select(columns.claim).where(columns.claim.not_in(select(schema.claims.c.claim)))
    for claim in connection.scalars(stray):
        yield finding("stray-row", "a row of stands belongs to no claim", claim)


def _stored(connection: Connection) -> Iterator[tuple[str, str, Spans]]:
    """Yield the document, the id and the words of every claim that can be read, document by document."""
    records, claims = schema.records.c, schema.claims.c
    wanted = (
        select(claims.document, claims.claim, records.body)
        .join(schema.records, (records.id == claims.claim) & (records.document == claims.document))
        .order_by(claims.document)
    )
    for document, claim, body in connection.execute(streamed(wanted)):
        try:
            yield document, claim, _where(body)
        except Tampered:  # `verify` tells of it by itself
            continue


def _where(body: str) -> Spans:
    try:
        content = msgspec.json.decode(body.encode("utf-8", "surrogateescape"), type=_Stands).content
        hull(content)
    except (AttributeError, msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise Tampered(
            "bad-record", f"a claim cannot be read: {error}", hint="`sayso verify` lists every change"
        ) from error
    return content


def attributions(
    connection: Connection, document: DocumentId, claims: Iterable[Claim]
) -> Iterator[Attribution]:
    """Yield the attributions that the source chains of claims are made of, each once."""
    records = schema.records.c
    missing: set[AttributionId] = {claim.attribution for claim in claims}
    known: set[AttributionId] = set()
    while missing:
        known |= missing
        outer: set[AttributionId] = set()
        for some in in_lots(sorted(missing)):
            wanted = select(records.body).where(records.document == document, records.id.in_(some))
            for body in connection.execute(wanted).scalars():
                found = index.record(body, Attribution)
                yield found
                if found.within is not None:
                    outer.add(found.within)
        missing = outer - known
