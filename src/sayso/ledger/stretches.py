"""A part of a document with what is said in it: of a long text no more is read than is shown."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from sayso.core.errors import NotFound, Tampered
from sayso.core.ids import AttributionId, ClaimId, DocumentId
from sayso.core.records import Attribution, Claim
from sayso.core.spans import Span, Spans, hull
from sayso.ledger import index, schema
from sayso.ledger.shelves import in_lots

REACH = 30_000  # code points of a text that are shown at once: longer than nearly all news
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


def read(connection: Connection, document: DocumentId, span: Span, replaced: Collection[ClaimId]) -> Stretch:
    """Return the standing claims that reach into a span of a document."""
    records, claims = schema.records.c, schema.claims.c
    wanted = (
        select(records.id, records.body)
        .join(schema.claims, claims.claim == records.id)
        .where(claims.document == document)
    )
    found = [
        (hull(_where(body)), claim, body)
        for claim, body in connection.execute(wanted)
        if claim not in replaced
    ]
    found.sort(key=lambda one: one[:2])
    reaching = tuple(
        Numbered(number, index.record(body, Claim))
        for number, (where, _, body) in enumerate(found, 1)
        if where.overlaps(span)
    )
    return Stretch(span, reaching, len(found))


def _where(body: str) -> Spans:
    try:
        return msgspec.json.decode(body.encode("utf-8", "surrogateescape"), type=_Stands).content
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise Tampered(
            "bad-record", f"a claim cannot be read: {error}", hint="`sayso verify` lists every change"
        ) from error


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
