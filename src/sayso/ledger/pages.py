"""Records joined for a reader: the views that `Case` answers."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, exists, false, func, or_, select

from sayso.core.errors import BadInput, BadRecord, NotFound, Tampered
from sayso.core.ids import ClaimId, DocumentId, PartyId
from sayso.core.records import Attribution, Claim, Document, Link, LinkKind, Problem, checked_date
from sayso.core.spans import Span, Spans, hull, words
from sayso.core.views import (
    ChainLink,
    ClaimFilter,
    ClaimPage,
    ClaimView,
    DocumentHead,
    DocumentPage,
    Hit,
    LinkEnd,
    LinkView,
    PartyView,
)
from sayso.language.segments import Segments
from sayso.ledger import index, log, rows, schema, search
from sayso.ledger.parties import Fold, folded_parties, party_views

_OPEN_AT_ONCE = 64  # documents kept at hand: links go back and forth between a few


class _Open:
    """A document at hand, with what its claims are joined to."""

    def __init__(
        self,
        document: Document,
        origin: str,
        attributions: Iterable[Attribution],
        folds: Mapping[PartyId, Fold],
    ) -> None:
        self.document = document
        self._folds = folds
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
        self._segments = Segments(document.text)

    def around(self, spans: Spans) -> Span:
        """Return the sentences that spans stand in, as one span."""
        sentences = self._segments.sentences_in(hull(spans))
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
        )

    def _chain(self, claim: Claim) -> tuple[ChainLink, ...]:
        found = rows.source_chain(claim.attribution, self.attributions)
        if not found:
            raise Tampered(
                "no-attribution",
                f"the attribution of {claim.id} is gone",
                hint="`sayso verify` lists every change; a copy of the case brings it back",
            )
        chain = tuple(self._voice(attribution) for attribution in found)
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
            words=words(spans, self.document.text) or self.document.title or self.head.origin,
            speaker=self.outlet,
            document=self.head,
            spans=spans,
        )


class Pages:
    """Answers questions about a case, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._records = index.LedgerIndex(connection)
        self._at_hand = lru_cache(_OPEN_AT_ONCE)(self._open)

    def documents(self) -> Iterator[DocumentPage]:
        """Yield every document with its claims: by publication date, then origin; undated ones last."""
        for document in self._in_order(select(schema.documents.c.document)):
            yield self._page(document)

    def claims(self, wanted: ClaimFilter) -> Iterator[ClaimView]:
        """Yield the claims that were asked for, document by document, in text order."""
        chosen = _chosen(wanted, self._folds.values())
        holding = exists().where(schema.claims.c.document == schema.documents.c.document, *chosen)
        documents = select(schema.documents.c.document).where(holding, *_published(wanted))
        for document in self._in_order(documents):
            yield from self._claims_of(document, *chosen)

    def claim(self, beginning: str) -> ClaimPage:
        """Return all about the claim whose id begins so; raises NotFound for none or several."""
        claim = self._records.claim(self._claim_id(beginning))
        held = self._at_hand(self._document_of(claim.id))
        sentence = held.around(claim.content)
        linked = or_(schema.links.c.left == claim.id, schema.links.c.right == claim.id)
        return ClaimPage(
            view=held.view(claim),
            sentence=sentence,
            sentence_words=sentence.of(held.document.text),
            links=tuple(self._links(linked)),
        )

    def links(self, kind: LinkKind | None = None) -> Iterator[LinkView]:
        """Yield the links of one kind or all: kind by kind, the surest first."""
        return self._links() if kind is None else self._links(schema.links.c.kind == kind)

    def hits(self, query: str, limit: int) -> Iterator[Hit]:
        """Yield the places where all words and "quoted phrases" of a query stand together, the best first."""
        wanted = search.phrases(query)
        for document, passage in search.passages(self._connection, wanted, limit):
            held = self._at_hand(DocumentId(document))
            marks = search.marks(held.document.text, passage, wanted)
            around = held.around(marks)
            yield Hit(
                document=held.head,
                span=around,
                words=around.of(held.document.text),
                marks=marks,
                claims=tuple(claim.id for claim in self._claims_at(held.document.id, marks)),
            )

    def parties(self) -> Iterator[PartyView]:
        """Yield every party: the one that speaks most first, then by name and id."""
        return party_views(self._connection)

    def title(self) -> str:
        """Return what the case was called when it was made."""
        return log.title(self._connection)

    def log_head(self) -> str:
        """Return the hash of the log's last entry."""
        return log.head(self._connection)

    @cached_property
    def _folds(self) -> Mapping[PartyId, Fold]:
        return folded_parties(self._connection)

    def _in_order(self, documents: Select[tuple[str]]) -> Iterator[DocumentId]:
        columns = schema.documents.c
        ordered = documents.order_by(columns.published.nulls_last(), columns.origin, columns.document)
        return (DocumentId(row.document) for row in self._connection.execute(ordered))

    def _open(self, document: DocumentId) -> _Open:
        origin = select(schema.documents.c.origin).where(schema.documents.c.document == document)
        return _Open(
            self._records.document(document),
            self._connection.execute(origin).scalar() or "",
            index.of_document(self._connection, document, Attribution),
            self._folds,
        )

    def _page(self, document: DocumentId) -> DocumentPage:
        held = self._at_hand(document)
        return DocumentPage(
            document=held.document,
            head=held.head,
            attributions=tuple(sorted(held.attributions.values(), key=_in_text)),
            claims=tuple(self._claims_of(document)),
            problems=tuple(index.of_document(self._connection, document, Problem)),
        )

    def _claims_of(self, document: DocumentId, *chosen: ColumnElement[bool]) -> Iterator[ClaimView]:
        held = self._at_hand(document)
        bodies = (
            select(schema.records.c.body)
            .join(schema.claims, schema.claims.c.claim == schema.records.c.id)
            .where(schema.claims.c.document == document, *chosen)
        )
        found = [index.record(row.body, Claim) for row in self._connection.execute(bodies)]
        return (held.view(claim) for claim in sorted(found, key=_in_text))

    def _claims_at(self, document: DocumentId, marks: Spans) -> list[Claim]:
        claims = index.of_document(self._connection, document, Claim)
        return sorted((c for c in claims if _touches(c.content, marks)), key=_in_text)

    def _claim_id(self, beginning: str) -> ClaimId:
        start = index.id_start(beginning, Claim)
        if start is None:
            raise NotFound("no-claim", f"{beginning!r} is no claim's id", hint="`sayso claims` lists them")
        # "g" comes after every hex digit.
        column = schema.claims.c.claim
        wanted = select(column).where(column >= start, column < f"{start}g").order_by(column).limit(2)
        found = [ClaimId(row.claim) for row in self._connection.execute(wanted)]
        if not found:
            raise NotFound("no-claim", f"no claim's id begins with {start}", hint="`sayso claims` lists them")
        if len(found) > 1:
            raise NotFound(
                "ambiguous-claim",
                f"more than one claim's id begins with {start}",
                hint=f"write more of it: {found[0]}, {found[1]} …",
            )
        return found[0]

    def _document_of(self, claim: ClaimId) -> DocumentId:
        wanted = select(schema.claims.c.document).where(schema.claims.c.claim == claim)
        return DocumentId(self._connection.execute(wanted).scalar_one())

    def _links(self, *chosen: ColumnElement[bool]) -> Iterator[LinkView]:
        columns = schema.links.c
        wanted = (
            select(schema.records.c.body)
            .join(schema.links, columns.link == schema.records.c.id)
            .where(*chosen)
            .order_by(columns.kind, columns.score.desc(), columns.link)
        )
        for row in self._connection.execute(wanted):
            link = index.record(row.body, Link)
            yield LinkView(
                link=link,
                left=self._end(link.left, link.left_spans),
                right=self._end(link.right, link.right_spans),
            )

    def _end(self, end: str, spans: Spans) -> LinkEnd:
        if end.startswith(f"{Document.prefix}_"):
            return self._at_hand(DocumentId(end)).own_end(spans)
        claim = self._records.claim(ClaimId(end))
        return self._at_hand(self._document_of(claim.id)).end(claim, spans)


def _chosen(wanted: ClaimFilter, folds: Iterable[Fold]) -> list[ColumnElement[bool]]:
    """Return what a filter asks of a claim, as conditions."""
    columns = schema.claims.c
    conditions: list[ColumnElement[bool]] = []
    if wanted.speaker is not None:
        speaker = rows.folded_name(wanted.speaker)
        found = _in_role(folds, speaker, rows.SPEAKER, rows.TELLER)
        conditions.append(or_(columns.speakers.contains(speaker, autoescape=True), found))
    if wanted.target is not None:
        target = rows.folded_name(wanted.target)
        found = _in_role(folds, target, rows.TARGET)
        conditions.append(or_(columns.target.contains(target, autoescape=True), found))
    if wanted.act is not None:
        conditions.append(columns.act == wanted.act)
    if wanted.voice is not None:
        conditions.append(columns.voice == wanted.voice)
    return conditions


def _in_role(folds: Iterable[Fold], name: str, *roles: str) -> ColumnElement[bool]:
    """Return the condition that a party which others' names find has one of these roles in a claim."""
    found = sorted(
        {
            member
            for fold in folds
            if any(name in rows.folded_name(known) for known in fold.names)
            for member in fold.members
        }
    )
    if not found:
        return false()
    columns = schema.roles.c
    # One parameter, however many there are: databases limit the parameters of a statement.
    listed = func.json_each(msgspec.json.encode(found).decode()).table_valued("value")
    held = select(columns.claim).where(columns.role.in_(roles), columns.party.in_(select(listed.c.value)))
    return schema.claims.c.claim.in_(held)


def _published(wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    """Return what a filter asks of a document, as conditions."""
    if wanted.since is None:
        return []
    try:
        since = checked_date(wanted.since)
    except BadRecord as error:
        raise BadInput("bad-date", error.message, hint="write the day as 2020-11-05") from error
    return [schema.documents.c.published >= since.isoformat()]


def _in_text(found: Attribution | Claim) -> tuple[Span, str]:
    # By where it begins, then by where it ends, then by what it is.
    return hull(found.content), found.id


def _touches(content: Spans, marks: Spans) -> bool:
    return any(span.overlaps(mark) for span in content for mark in marks)
