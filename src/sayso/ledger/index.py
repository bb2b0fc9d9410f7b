"""Records read back from the ledger, each checked: by id, by document, or all of a kind in their order."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Select, bindparam, select

from sayso.core import codec
from sayso.core.errors import NotFound
from sayso.core.ids import AttributionId, ClaimId, DocumentId, RunId
from sayso.core.records import Attribution, Claim, Document, Problem, Record, Run
from sayso.ledger import cursors, schema
from sayso.ledger.values import streamed

_R = TypeVar("_R", bound=Record)

PERSON = "person"  # the tool of the run that says so of a record
_TOO_SLOW = "extraction-timeout"

# A linker goes back and forth between records that were read together; the texts are the big ones.
_RECORDS_AT_HAND = 32_768
_LETTERS_AT_HAND = 16_000_000  # of the documents' texts
_READ_TOGETHER = tuple(kind.__name__.lower() for kind in (Document, Claim, Attribution))
_HEX = frozenset("0123456789abcdef")


def record(body: str, kind: type[_R]) -> _R:
    """Read a stored record back; raises BadRecord when it is not what was stored."""
    # The bytes as they are in the file, be they UTF-8 or not: the codec says what is wrong with them.
    return codec.decode(body.encode("utf-8", "surrogateescape"), kind)


def id_start(typed: str, kind: type[Record]) -> str | None:
    """Return how ids begin that a person typed the beginning of, with or without the kind's prefix.

    None when no id of the kind can begin so, and for nothing, with which all of them begin.
    """
    digits = typed.lower().removeprefix(f"{kind.prefix}_")
    return f"{kind.prefix}_{digits}" if digits and _HEX.issuperset(digits) else None


def of_document(connection: Connection, document: str, kind: type[_R]) -> Iterator[_R]:
    """Yield the records of a kind that were read from a document, in the order of ids."""
    columns = schema.records.c
    wanted = select(columns.body).where(columns.document == document, columns.kind == kind.__name__.lower())
    for row in connection.execute(wanted.order_by(columns.id)):
        yield record(row.body, kind)


def problems(
    connection: Connection, document: str | None = None, *, after: str | None = None
) -> Iterator[Problem]:
    """Yield the stored problems of a document or all that still stand, in the order of ids, behind one.

    That there was too little time to read a text stands until it is read again. `after` is the id of the
    one before the first; raises BadInput where no such problem is stored.
    """
    columns = schema.records.c
    wanted = select(columns.body).where(columns.kind == Problem.__name__.lower())
    if document is not None:
        wanted = wanted.where(columns.document == document)
    if after is not None:
        if connection.execute(wanted.where(columns.id == after)).first() is None:
            raise cursors.no_cursor()
        wanted = wanted.where(columns.id > after)
    for row in connection.execute(streamed(wanted.order_by(columns.id))):
        found = record(row.body, Problem)
        if found.code != _TOO_SLOW or _last_run(connection, found.document or "") == found.run:
            yield found


def _last_run(connection: Connection, document: str) -> RunId | None:
    """Return the machine's last run over a document."""
    runs = machine_runs(connection, schema.records.c.document == document)
    return next((run.id for _, run in runs), None)


def machine_runs(connection: Connection, *of: ColumnElement[bool]) -> Iterator[tuple[str, Run]]:
    """Yield the machine's runs over some documents, each with its document, the last one first."""
    columns = schema.records.c
    # There are as many runs as documents, and but a few of any one: the index by kind is of no use here.
    kind = columns.kind.concat("")
    wanted = select(columns.document, columns.body).where(kind == Run.__name__.lower(), *of)
    for row in connection.execute(wanted.order_by(columns.entry.desc())):
        run = record(row.body, Run)
        if run.tool != PERSON:
            yield row.document, run


class _Held(NamedTuple):
    """A document with what was read from it."""

    document: Document | None
    claims: Mapping[str, Claim]
    attributions: Mapping[str, Attribution]

    @property
    def records(self) -> int:
        return 1 + len(self.claims) + len(self.attributions)

    @property
    def letters(self) -> int:
        return 0 if self.document is None else len(self.document.text)


class LedgerIndex:
    """The records of a case on one connection: all of it shows one state of the ledger.

    Holds a bounded number of records in memory, however large the case is.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._records_held = self._letters_held = 0
        self._document_of: dict[str, str] = {}  # of the records that are held

    def documents(self) -> Iterator[Document]:
        """Yield every document."""
        return self._every(Document, schema.documents.c.document)

    def claims(self) -> Iterator[Claim]:
        """Yield every claim."""
        return self._every(Claim, schema.claims.c.claim)

    def document(self, document: DocumentId) -> Document:
        """Return one document, or raise NotFound."""
        found = self._of(document).document
        if found is None:
            raise _not_found("document", document)
        return found

    def claim(self, claim: ClaimId) -> Claim:
        """Return one claim, or raise NotFound."""
        found = self._beside(claim).claims.get(claim)
        if found is None:
            raise _not_found("claim", claim)
        return found

    def attribution(self, attribution: AttributionId) -> Attribution:
        """Return one attribution, or raise NotFound."""
        found = self._beside(attribution).attributions.get(attribution)
        if found is None:
            raise _not_found("attribution", attribution)
        return found

    def claims_of(self, document: DocumentId) -> Sequence[Claim]:
        """Return the claims of a document in the order of ids; nothing for one that is not there."""
        return tuple(self._of(document).claims.values())

    def origin(self, document: DocumentId) -> str:
        """Return the name of a document's file, with its line's id; or raise NotFound."""
        columns = schema.documents.c
        wanted = select(columns.origin).where(columns.document == document)
        for row in self._connection.execute(wanted):
            return str(row.origin)
        raise _not_found("document", document)

    def _every(self, kind: type[_R], ids: Column[str]) -> Iterator[_R]:
        wanted = select(schema.records.c.body).join(ids.table, schema.records.c.id == ids).order_by(ids)
        for row in self._connection.execute(streamed(wanted)):
            yield record(row.body, kind)

    def _beside(self, wanted: str) -> _Held:
        """Return what was read from the document that a record stands in."""
        document = self._document_of.get(wanted)
        if document is not None:
            return self._of(document)
        # Whoever asks for one claim of a document asks for its text and its attribution, and for others.
        return self._keep(_BESIDE, wanted)

    def _of(self, document: str) -> _Held:
        if document not in self._held:
            return self._keep(_WHOLE, document)
        self._held.move_to_end(document)
        return self._held[document]

    def _keep(self, asked: Select[tuple[str, str, str]], of: str) -> _Held:
        """Read a document with its claims and attributions, and let go of those not asked for longest."""
        held = self._read(asked, of)
        if held.document is None or held.document.id in self._held:
            return held
        self._held[held.document.id] = held
        records = (*held.claims, *held.attributions)
        self._document_of |= dict.fromkeys(records, held.document.id)
        self._records_held += held.records
        self._letters_held += held.letters
        while self._is_full() and len(self._held) > 1:
            _, gone = self._held.popitem(last=False)
            self._records_held -= gone.records
            self._letters_held -= gone.letters
            for one in (*gone.claims, *gone.attributions):
                del self._document_of[one]
        return held

    def _is_full(self) -> bool:
        return self._records_held > _RECORDS_AT_HAND or self._letters_held > _LETTERS_AT_HAND

    def _read(self, asked: Select[tuple[str, str, str]], of: str) -> _Held:
        found: dict[str, dict[str, str]] = {kind: {} for kind in _READ_TOGETHER}
        for row in self._connection.execute(asked, {"of": of}):
            found[row.kind][row.id] = row.body
        documents, claims, attributions = found.values()
        return _Held(
            next((record(body, Document) for body in documents.values()), None),
            {one: record(body, Claim) for one, body in claims.items()},
            {one: record(body, Attribution) for one, body in attributions.items()},
        )


def _read_together(document: ColumnElement[str]) -> Select[tuple[str, str, str]]:
    """Return what asks for a document's records; made once, as to make it takes as long as to run it."""
    columns = schema.records.c
    wanted = select(columns.id, columns.kind, columns.body)
    of_it = wanted.where(columns.document == document, columns.kind.in_(_READ_TOGETHER))
    return of_it.order_by(columns.id)


_WHOLE = _read_together(bindparam("of"))
_BESIDE = _read_together(
    select(schema.records.c.document).where(schema.records.c.id == bindparam("of")).limit(1).scalar_subquery()
)


def _not_found(kind: str, wanted: str) -> NotFound:
    hint = "`sayso verify` tells whether the case is whole"
    return NotFound(f"no-{kind}", f"no {kind} {wanted}", hint=hint)
