"""Documents that are open, with the claims in them: read many at a time, and kept within bounds.

One by one, each claim would cost a question for itself, its document and every voice of its source chain.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from threading import Lock
from typing import Final, Generic, TypeVar, cast

from sqlalchemy import Connection, select

from sayso.core.errors import NotFound, Tampered
from sayso.core.ids import AttributionId, ClaimId, DocumentId, PartyId
from sayso.core.records import Attribution, Claim, Document, Record, first_appearance
from sayso.core.spans import Span, Spans, hull, words
from sayso.core.views import ChainLink, ClaimView, DocumentHead, LinkEnd
from sayso.language.segments import Segments
from sayso.ledger import annotations, index, rows, schema
from sayso.ledger.parties import Fold
from sayso.ledger.shelves import in_lots
from sayso.ledger.values import one_of

_R = TypeVar("_R", bound=Record)
_V = TypeVar("_V")

_LETTERS_AT_HAND: Final = 16_000_000  # of the documents' texts
_CLAIMS_AT_HAND: Final = 32_768
_RECORDS_KEPT: Final = 8_192
_TEXTS_KEPT: Final = 512
_LETTERS_KEPT: Final = 4_000_000  # of the records of each sort


class Text:
    """A document with its sentences."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.segments = Segments(document.text)

    @cached_property
    def appearance(self) -> tuple[str, str, int, str]:
        """What it is sorted by, so that the first to say something comes first."""
        return first_appearance(self.document)


class _LastRead(Generic[_V]):
    """What was read from records last: so many at most, of so many letters; the very last one in any case."""

    def __init__(self, most: int, letters: int) -> None:
        self._most = most
        self._letters_at_most = letters
        self._found: OrderedDict[str, _V] = OrderedDict()
        self._letters = 0
        self._lock = Lock()  # several requests may ask at a time

    def of(self, body: str, read: Callable[[str], _V]) -> _V:
        """Return what a record says, read now where it is not at hand."""
        with self._lock:
            if body in self._found:
                self._found.move_to_end(body)
                return self._found[body]
        found = read(body)
        with self._lock:
            if body not in self._found:
                self._letters += len(body)
            self._found[body] = found
            while len(self._found) > 1 and (
                len(self._found) > self._most or self._letters > self._letters_at_most
            ):
                gone, _ = self._found.popitem(last=False)
                self._letters -= len(gone)
        return found

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._found.clear()
            self._letters = 0


class Kept:
    """What of a ledger was read back once and stays for the next question, for one page asks several.

    The bytes of a record are the key, so that a record which was changed is another.
    """

    def __init__(self) -> None:
        self._texts = _LastRead[Text](_TEXTS_KEPT, _LETTERS_KEPT)
        self._records = _LastRead[Record](_RECORDS_KEPT, _LETTERS_KEPT)

    def text(self, body: str) -> Text:
        """Return the document that a record is."""
        return self._texts.of(body, lambda new: Text(index.record(new, Document)))

    def record(self, body: str, kind: type[_R]) -> _R:
        """Return a record of a kind."""
        return cast("_R", self._records.of(body, lambda new: index.record(new, kind)))

    def clear(self) -> None:
        """Forget everything."""
        self._texts.clear()
        self._records.clear()


class Open:
    """A document at hand, with what its claims are joined to."""

    def __init__(
        self,
        text: Text,
        origin: str,
        attributions: Iterable[Attribution],
        folds: Mapping[PartyId, Fold],
        annotated: annotations.Standing,
    ) -> None:
        document = text.document
        self.document = document
        self._text = text
        self._folds = folds
        self._annotated = annotated
        self.head = DocumentHead(
            id=document.id,
            origin=origin,
            title=document.title,
            publisher=document.publisher,
            published_at=document.published_at,
            byline=document.byline,
        )
        self.outlet = self.head.outlet
        self.attributions = {attribution.id: attribution for attribution in attributions}
        self.segments = text.segments

    @property
    def appearance(self) -> tuple[str, str, int, str]:
        """What it is sorted by, so that the first to say something comes first."""
        return self._text.appearance

    def around(self, spans: Spans) -> Span:
        """Return the sentences that spans stand in, as one span."""
        sentences = self.segments.sentences_in(hull(spans))
        return hull((*spans, *(sentence.span for sentence in sentences)))

    def view(self, claim: Claim) -> ClaimView:
        """Return a claim with its words and its source chain."""
        chain = self._chain(claim)
        return ClaimView(
            claim=claim,
            words=words(claim.content, self.document.text),
            voice=chain[0].voice,
            document=self.head,
            chain=chain,
            annotation=self._annotated.brought(claim.id),
        )

    def chain(self, claim: Claim) -> tuple[Attribution, ...]:
        """Return the attributions of a claim from the innermost outwards; raises Tampered for one without."""
        found = rows.source_chain(claim.attribution, self.attributions)
        if not found:
            raise Tampered(
                "no-attribution",
                f"the attribution of {claim.id} is gone",
                hint="`sayso verify` lists every change; a copy of the case brings it back",
            )
        return found

    def _chain(self, claim: Claim) -> tuple[ChainLink, ...]:
        chain = tuple(self._voice(attribution) for attribution in self.chain(claim))
        if chain[-1].voice == "outlet":
            return chain
        return (*chain, ChainLink(attribution=None, voice="outlet", speaker=self.outlet, basis=None))

    def _voice(self, attribution: Attribution) -> ChainLink:
        speaker = attribution.speaker
        nameless = self.outlet if attribution.voice == "outlet" else None
        party = None if speaker is None else speaker.party
        fold = None if party is None else self._folds.get(party)
        named = nameless if speaker is None else speaker.name
        return ChainLink(
            attribution=attribution.id,
            voice=attribution.voice,
            speaker=named if fold is None else fold.name,
            basis=None if speaker is None else speaker.basis,
            source_words=words(attribution.source, self.document.text),
            cue_words=words(attribution.cue, self.document.text),
            party=party if fold is None else fold.id,
        )

    def end(self, claim: Claim, spans: Spans) -> LinkEnd:
        """Return a claim as one side of a link."""
        view = self.view(claim)
        rests_on = spans or claim.content
        return LinkEnd(
            id=claim.id,
            kind="claim",
            words=words(rests_on, self.document.text),
            speaker=view.speaker,
            document=self.head,
            voice=view.voice,
            spans=rests_on,
        )

    def own_end(self, spans: Spans) -> LinkEnd:
        """Return the whole document as one side of a link."""
        return LinkEnd(
            id=self.document.id,
            kind="document",
            words=words(spans, self.document.text) or self.head.name,
            speaker=self.outlet,
            document=self.head,
            spans=spans,
        )


class Shelf:
    """The documents and claims of a case on one connection, as they are asked for."""

    def __init__(
        self,
        connection: Connection,
        folds: Mapping[PartyId, Fold],
        annotated: annotations.Standing,
        kept: Kept,
    ) -> None:
        self._connection = connection
        self._kept = kept
        self._folds = folds
        self._annotated = annotated
        self._open: OrderedDict[str, Open] = OrderedDict()
        self._letters = 0
        self._claims: dict[str, Claim] = {}
        self._document_of: dict[str, DocumentId] = {}

    def read(self, claims: Iterable[str]) -> None:
        """Read claims with their documents and source chains together; those that are gone are left out."""
        asked = list(claims)
        self.read_alone(asked)
        held = [self._claims[one] for one in asked if one in self._claims]
        self._read_documents({self._document_of[claim.id] for claim in held})
        self._read_chains(held)

    def read_alone(self, claims: Iterable[str]) -> None:
        """Read claims together, and in which document each stands; those that are gone are left out."""
        if len(self._claims) > _CLAIMS_AT_HAND:  # before it is told what is missing
            self._claims.clear()
            self._document_of.clear()
        missing = sorted({claim for claim in claims if claim not in self._claims})
        columns = schema.claims.c
        for lot in in_lots(missing):
            found = {claim.id: claim for claim in self._by_id(Claim, lot)}
            of = select(columns.claim, columns.document).where(one_of(columns.claim, list(found)))
            document_of = {row.claim: DocumentId(row.document) for row in self._connection.execute(of)}
            self._document_of |= document_of
            self._claims |= {one: claim for one, claim in found.items() if one in document_of}

    def _read_chains(self, claims: Iterable[Claim]) -> None:
        """Read the source chains of claims whose documents are open."""
        missing: set[AttributionId] = set()
        for claim in claims:
            held = self._open.get(self._document_of[claim.id])
            if held is not None and claim.attribution not in held.attributions:
                missing.add(claim.attribution)
        for attribution in self._chains(missing):
            held = self._open.get(attribution.document)
            if held is not None:
                held.attributions[attribution.id] = attribution

    def claim(self, claim: ClaimId) -> Claim:
        """Return a claim; raises NotFound."""
        if claim not in self._claims:
            self.read_alone([claim])
        found = self._claims.get(claim)
        if found is None:
            raise _not_found("claim", claim)
        return found

    def document_of(self, claim: ClaimId) -> DocumentId:
        """Return the document that a claim stands in; raises NotFound."""
        self.claim(claim)
        return self._document_of[claim]

    def document(self, document: DocumentId) -> Open:
        """Return a document; of its attributions no more is read than claims rest on. Raises NotFound."""
        if document not in self._open:
            self._read_documents([document])
        found = self._open.get(document)
        if found is None:
            raise _not_found("document", document)
        self._open.move_to_end(document)
        return found

    def holding(self, claim: Claim) -> Open:
        """Return the document of a claim, with the claim's source chain."""
        held = self.document(self.document_of(claim.id))
        if claim.attribution not in held.attributions:
            held.attributions.update((one.id, one) for one in self._chains({claim.attribution}))
        return held

    def _read_documents(self, documents: Iterable[DocumentId]) -> None:
        missing = sorted({one for one in documents if one not in self._open})
        if not missing:
            return
        records, columns = schema.records.c, schema.documents.c
        wanted = (
            select(records.body, columns.origin)
            .join(schema.documents, columns.document == records.id)
            .where(one_of(records.id, missing))
        )
        new = [
            Open(self._kept.text(row.body), row.origin, (), self._folds, self._annotated)
            for row in self._connection.execute(wanted)
        ]
        self._letters += sum(len(one.document.text) for one in new)
        while self._open and self._letters > _LETTERS_AT_HAND:
            _, gone = self._open.popitem(last=False)
            self._letters -= len(gone.document.text)
        self._open.update((one.document.id, one) for one in new)

    def _chains(self, innermost: AbstractSet[AttributionId]) -> Sequence[Attribution]:
        """Return attributions with all those that hold them."""
        found: dict[AttributionId, Attribution] = {}
        wanted: AbstractSet[AttributionId] = innermost
        while wanted:
            found |= {one.id: one for one in self._by_id(Attribution, wanted)}
            outer = {one.within for one in found.values() if one.within is not None}
            # What is gone stays gone: `view` says so of the claim that rests on it.
            wanted = (outer - found.keys()) - wanted
        return tuple(found.values())

    def _by_id(self, kind: type[_R], ids: Iterable[str]) -> Iterator[_R]:
        columns = schema.records.c
        for lot in in_lots(sorted(ids)):
            wanted = select(columns.body).where(one_of(columns.id, lot))
            for body in self._connection.execute(wanted).scalars():
                yield self._kept.record(body, kind)


def _not_found(kind: str, wanted: str) -> NotFound:
    hint = "`sayso verify` tells whether the case is whole"
    return NotFound(f"no-{kind}", f"no {kind} {wanted}", hint=hint)
