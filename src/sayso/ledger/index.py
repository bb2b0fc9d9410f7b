"""Records read back from the ledger, each checked: by id, or all of a kind in the order of ids."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from sqlalchemy import Column, Connection, select

from sayso.core import codec
from sayso.core.errors import NotFound
from sayso.core.ids import AttributionId, ClaimId, DocumentId
from sayso.core.records import Attribution, Claim, Document, Problem, Record
from sayso.ledger import schema

_R = TypeVar("_R", bound=Record)

# A linker goes back and forth between records that were read together; the texts are the big ones.
_DOCUMENTS_AT_HAND = 256
_RECORDS_AT_HAND = 8192
_ASKED_AT_ONCE = 500
_HEX = frozenset("0123456789abcdef")


def record(body: str, kind: type[_R]) -> _R:
    """Read a stored record back; raises BadRecord when it is not what was stored."""
    # The bytes as they are in the file, be they UTF-8 or not: the codec says what is wrong with them.
    return codec.decode(body.encode("utf-8", "surrogateescape"), kind)


def id_start(typed: str, kind: type[Record]) -> str | None:
    """Return how ids begin that a person typed the beginning of, with or without the kind's prefix.

    None when no id of the kind can begin so.
    """
    digits = typed.lower().removeprefix(f"{kind.prefix}_")
    return f"{kind.prefix}_{digits}" if _HEX.issuperset(digits) else None


def of_document(connection: Connection, document: str, kind: type[_R]) -> Iterator[_R]:
    """Yield the records of a kind that were read from a document, in the order of ids."""
    columns = schema.records.c
    wanted = select(columns.body).where(columns.document == document, columns.kind == kind.__name__.lower())
    for row in connection.execute(wanted.order_by(columns.id)):
        yield record(row.body, kind)


def problems(connection: Connection) -> Iterator[Problem]:
    """Yield every stored problem, in the order of ids."""
    wanted = select(schema.records.c.body).where(schema.records.c.kind == Problem.__name__.lower())
    for row in connection.execute(wanted.order_by(schema.records.c.id)):
        yield record(row.body, Problem)


class LedgerIndex:
    """What `core.ports.Index` asks for, on one connection: all of it shows one state of the ledger.

    Holds a bounded number of records in memory, however large the case is.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._documents = lru_cache(_DOCUMENTS_AT_HAND)(self._read_document)
        self._claims = lru_cache(_RECORDS_AT_HAND)(self._read_claim)
        self._attributions = lru_cache(_RECORDS_AT_HAND)(self._read_attribution)
        self._expected: dict[AttributionId, Attribution] = {}

    def documents(self) -> Iterator[Document]:
        """Yield every document."""
        return self._every(Document, schema.documents.c.document)

    def claims(self) -> Iterator[Claim]:
        """Yield every claim."""
        every = self._every(Claim, schema.claims.c.claim)
        while lot := list(islice(every, _ASKED_AT_ONCE)):
            # Whoever walks over the claims asks for the attribution of each.
            self._expected = self._attributions_of(lot)
            yield from lot

    def document(self, document: DocumentId) -> Document:
        """Return one document, or raise NotFound."""
        return self._documents(document)

    def claim(self, claim: ClaimId) -> Claim:
        """Return one claim, or raise NotFound."""
        return self._claims(claim)

    def attribution(self, attribution: AttributionId) -> Attribution:
        """Return one attribution, or raise NotFound."""
        return self._expected.get(attribution) or self._attributions(attribution)

    def _attributions_of(self, claims: Iterable[Claim]) -> dict[AttributionId, Attribution]:
        ids = {claim.attribution for claim in claims}
        wanted = select(schema.records.c.body).where(schema.records.c.id.in_(ids))
        found = (record(row.body, Attribution) for row in self._connection.execute(wanted))
        return {attribution.id: attribution for attribution in found}

    def _every(self, kind: type[_R], ids: Column[str]) -> Iterator[_R]:
        wanted = select(schema.records.c.body).join(ids.table, schema.records.c.id == ids).order_by(ids)
        for row in self._connection.execute(wanted):
            yield record(row.body, kind)

    def _read_document(self, wanted: DocumentId) -> Document:
        return self._one(Document, wanted)

    def _read_claim(self, wanted: ClaimId) -> Claim:
        return self._one(Claim, wanted)

    def _read_attribution(self, wanted: AttributionId) -> Attribution:
        return self._one(Attribution, wanted)

    def _one(self, kind: type[_R], wanted: str) -> _R:
        stored = select(schema.records.c.body).where(schema.records.c.id == wanted).limit(1)
        body = self._connection.execute(stored).scalar()
        if body is None:
            name = kind.__name__.lower()
            raise NotFound(
                f"no-{name}", f"no {name} {wanted}", hint="`sayso verify` tells whether the case is whole"
            )
        return record(body, kind)
