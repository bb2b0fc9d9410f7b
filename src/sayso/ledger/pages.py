"""Records joined for a reader: the views that `Case` answers."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache
from itertools import islice
from typing import TypeVar, get_args

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    exists,
    false,
    func,
    or_,
    select,
    tuple_,
    union,
)

from sayso.core.errors import BadInput, BadRecord, NotFound, Tampered
from sayso.core.ids import AttributionId, CaptureId, ClaimId, DocumentId, PartyId
from sayso.core.records import (
    Attribution,
    Capture,
    Claim,
    Document,
    Link,
    LinkJudgement,
    LinkKind,
    Problem,
    Record,
    Review,
    Verdict,
    checked_date,
)
from sayso.core.spans import Span, Spans, hull, words
from sayso.core.version import __version__
from sayso.core.views import (
    About,
    ChainLink,
    ClaimFilter,
    ClaimPage,
    ClaimRow,
    ClaimRows,
    ClaimSort,
    ClaimView,
    DocumentHead,
    DocumentPage,
    DocumentRow,
    DocumentRows,
    Facets,
    Hit,
    LinkEnd,
    LinkFilter,
    LinkRows,
    LinkView,
    PartyView,
    ReadClaim,
    ReadingPage,
)
from sayso.language.segments import Segments
from sayso.ledger import (
    annotations,
    claimlists,
    cursors,
    fulltext,
    index,
    linkcounts,
    linkjudgements,
    log,
    rows,
    schema,
    search,
    stretches,
    verdicts,
)
from sayso.ledger.parties import Fold, folded_parties, parties_asked, party_views
from sayso.ledger.values import Words, one_of, streamed

_R = TypeVar("_R", bound=Record)
_UNDATED = "9999"  # sorts after every day
_OPEN_AT_ONCE = 64  # documents kept at hand: links go back and forth between a few


class _Open:
    """A document at hand, with what its claims are joined to."""

    def __init__(
        self,
        document: Document,
        origin: str,
        attributions: Iterable[Attribution],
        folds: Mapping[PartyId, Fold],
        annotated: annotations.Standing,
    ) -> None:
        self.document = document
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
        self.segments = Segments(document.text)

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
        self._begun = lru_cache(_OPEN_AT_ONCE)(self._begin)

    def documents(self) -> Iterator[DocumentPage]:
        """Yield every document with its claims: by publication date, then origin; undated ones last."""
        for document in self._in_order(select(schema.documents.c.document)):
            yield self._page(document)

    def document(self, beginning: str) -> DocumentPage:
        """Return the document whose id begins so; raises NotFound for none or several."""
        return self._page(self.document_id(beginning))

    def document_id(self, beginning: str) -> DocumentId:
        """Return the document whose id begins so; raises NotFound for none or several."""
        return DocumentId(self._whole_id(beginning, Document, schema.documents.c.document))

    def reading(self, beginning: str, start: int, claim: str | None) -> ReadingPage:
        """Return a part of the document whose id begins so; raises as `document` does.

        It begins at a code point of the text, or a little before a claim.
        """
        document_id = self.document_id(beginning)
        document = next(index.of_document(self._connection, document_id, Document))
        if claim is not None:
            found = stretches.claim_of(self._connection, document_id, self._claim_id(claim))
            start = stretches.before(document.text, found.content[0].start)
        span = stretches.stretch(document.text, max(start, 0))
        empty = stretches.Stretch(Span(0, 1), (), 0)
        gone = self._annotated.replaced
        read = empty if span is None else stretches.read(self._connection, document_id, span, gone)
        claims = [one.claim for one in read.claims]
        held = self._held(document, stretches.attributions(self._connection, document_id, claims))
        links = linkcounts.of_claims(self._connection, [one.id for one in claims], gone)
        return ReadingPage(
            document=document,
            head=held.head,
            span=span,
            claims=tuple(
                ReadClaim(
                    number=number,
                    view=held.view(one),
                    attributions=held.chain(one),
                    links=links.get(one.id, ()),
                )
                for number, one in read.claims
            ),
            total=read.total,
            problems=tuple(index.of_document(self._connection, document_id, Problem)),
            annotations=tuple(annotations.annotations(self._connection, document_id)),
        )

    def rows(self, after: str | None, limit: int) -> DocumentRows:
        """Return `limit` documents by publication date, then origin; undated ones last."""
        found = self._documents_after(after, limit + 1)
        shown = found[:limit]
        return DocumentRows(
            rows=tuple(self._row(DocumentId(row.document)) for row in shown),
            after=cursors.written(shown[-1].published or _UNDATED, shown[-1].origin, shown[-1].document)
            if len(found) > limit
            else None,
        )

    def _documents_after(self, after: str | None, limit: int) -> Sequence[Row[str | None, str, str]]:
        """Return documents in order: those with a day first, so that they are read along its index."""
        columns = schema.documents.c
        wanted = select(columns.published, columns.origin, columns.document).order_by(
            columns.published, columns.origin, columns.document
        )
        dated = wanted.where(columns.published.is_not(None))
        undated = wanted.where(columns.published.is_(None))
        if after is not None:
            day, origin, document = cursors.read(after, 3)
            behind = tuple_(columns.origin, columns.document) > tuple_(
                origin, document, types=[Words(), Words()]
            )
            if day == _UNDATED:
                return self._connection.execute(undated.where(behind).limit(limit)).all()
            later = (columns.published > day) | ((columns.published == day) & behind)
            dated = dated.where(columns.published >= day, later)
        found = list(self._connection.execute(dated.limit(limit)))
        return [*found, *self._connection.execute(undated.limit(limit - len(found)))]

    def _row(self, document: DocumentId) -> DocumentRow:
        columns = schema.claims.c
        counted = select(func.count(), func.count().filter(columns.voice == "outlet"))
        of_document = counted.where(columns.document == document)
        gone = self._annotated.replaced
        claims, own = self._connection.execute(
            of_document.where(~one_of(columns.claim, gone)) if gone else of_document
        ).one()
        return DocumentRow(head=self._begun(document).head, claims=claims, own=own)

    def claims(self, wanted: ClaimFilter) -> Iterator[ClaimView]:
        """Yield the claims that were asked for, document by document, in text order."""
        chosen = _chosen(wanted, self._folds.values())
        listed = _only_listed(wanted)
        if listed != ClaimFilter():
            chosen.append(schema.claims.c.claim.in_(self._lists.wanted(listed)))
        holding = exists().where(schema.claims.c.document == schema.documents.c.document, *chosen)
        documents = select(schema.documents.c.document).where(holding, *_published(wanted))
        for document in self._in_order(documents):
            yield from self._claims_of(document, *chosen)

    def claim_rows(self, wanted: ClaimFilter, sort: ClaimSort, after: str | None, limit: int) -> ClaimRows:
        """Return `limit` claims that a filter wants, in the order of `sort`; raises as `Lists.page` does."""
        claims, following = self._lists.page(wanted, sort, after, limit)
        links, ratings = self._lists.links(claims), self._lists.ratings(claims)
        return ClaimRows(
            rows=tuple(
                ClaimRow(view=view, links=links.get(view.claim.id, ()), rating=ratings.get(view.claim.id))
                for view in self._views(claims)
            ),
            after=following,
        )

    def facets(self, wanted: ClaimFilter) -> Facets:
        """Return the commonest values among the claims that a filter wants."""
        return self._lists.facets(wanted)

    @cached_property
    def _lists(self) -> claimlists.Lists:
        return claimlists.Lists(self._connection, self._folds.values(), self._annotated.replaced)

    def _views(self, claims: Sequence[ClaimId]) -> Iterator[ClaimView]:
        """Yield claims of many documents; of each no more is read than they rest on."""
        found = {one.id: one for one in self._by_id(Claim, claims)}
        of = schema.claims.c
        wanted = select(of.claim, of.document).where(one_of(of.claim, claims))
        document_of = {row.claim: row.document for row in self._connection.execute(wanted)}
        texts = set(document_of.values())
        attributions = self._chains({claim.attribution for claim in found.values()})
        held = {
            document.id: _Open(
                document,
                self._origin(document.id),
                (one for one in attributions if one.document == document.id),
                self._folds,
                self._annotated,
            )
            for document in self._by_id(Document, texts)
        }
        return (held[document_of[claim]].view(found[claim]) for claim in claims)

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
        wanted = select(columns.body).where(one_of(columns.id, ids))
        for body in self._connection.execute(wanted).scalars():
            yield index.record(body, kind)

    def _origin(self, document: DocumentId) -> str:
        origin = select(schema.documents.c.origin).where(schema.documents.c.document == document)
        return self._connection.execute(origin).scalar() or ""

    def claim(self, beginning: str) -> ClaimPage:
        """Return all about the claim whose id begins so; raises NotFound for none or several."""
        claim = self._records.claim(self._claim_id(beginning))
        held = self._holding(claim)
        sentence = held.around(claim.content)
        linked = or_(schema.links.c.left == claim.id, schema.links.c.right == claim.id)
        links = tuple(self._link_view(*tie) for tie in self._judged(linked, of=claim.id))
        return ClaimPage(
            view=held.view(claim),
            sentence=sentence,
            sentence_words=sentence.of(held.document.text),
            links=tuple(view for view in links if view.link.judgement != "rejected"),
            rejected=tuple(view for view in links if view.link.judgement == "rejected"),
            annotations=self._annotated.naming(claim.id),
        )

    def claim_id(self, beginning: str) -> ClaimId:
        """Return the claim whose id begins so; raises NotFound for none or several."""
        return self._claim_id(beginning)

    def view(self, claim: ClaimId) -> ClaimView:
        """Return a claim with its words and its source chain; raises NotFound."""
        found = self._records.claim(claim)
        return self._holding(found).view(found)

    def source(self, claim: ClaimId) -> tuple[Claim, Attribution, Document]:
        """Return a claim with the records that it rests on; raises NotFound."""
        found = self._records.claim(claim)
        held = self._holding(found)
        return found, held.chain(found)[0], held.document

    def text(self, document: DocumentId) -> str:
        """Return the text of a document; raises NotFound."""
        return self._begun(document).document.text

    def segments(self, document: DocumentId) -> Segments:
        """Return the sentences and paragraphs of a document; raises NotFound."""
        return self._begun(document).segments

    def head(self, document: DocumentId) -> DocumentHead:
        """Return where a document is from; raises NotFound."""
        return self._begun(document).head

    def origin(self, capture: CaptureId) -> str:
        """Return the name of a capture's file; empty where the case does not hold it."""
        body = select(schema.records.c.body).where(schema.records.c.id == capture).limit(1)
        found = self._connection.execute(body).scalar()
        return "" if found is None else index.record(found, Capture).origin

    def claim_end(self, claim: ClaimId) -> LinkEnd:
        """Return a claim as one side of a link, with the word that denies it where it denies."""
        found, attribution, _ = self.source(claim)
        return self._end(claim, found.stated(attribution.cue))

    def links(self, wanted: LinkFilter = LinkFilter()) -> Iterator[LinkView]:  # noqa: B008 - it is frozen
        """Yield the links that a filter wants: kind by kind, the surest first."""
        return self._links(wanted, *self._tied(wanted))

    def _tied(self, wanted: LinkFilter) -> list[ColumnElement[bool]]:
        """Return what a filter asks of a link, as conditions; what people made of it is not among them."""
        columns = schema.links.c
        chosen: list[ColumnElement[bool]] = []
        if wanted.kind is not None:
            chosen.append(columns.kind == wanted.kind)
        if wanted.score > 0:
            chosen.append(columns.score >= wanted.score)
        if wanted.speaker is not None:
            said = _chosen(ClaimFilter(speaker=wanted.speaker), self._folds.values())
            by = select(schema.claims.c.claim).where(*said)
            chosen.append(or_(columns.left.in_(by), columns.right.in_(by)))
        return chosen

    def link_rows(self, wanted: LinkFilter, after: str | None, limit: int) -> LinkRows:
        """Return `limit` links that a filter wants, in the order of `links`."""
        chosen = self._tied(wanted)
        found = list(islice(self._links_after(after, wanted, chosen), limit + 1))
        shown = tuple(found[:limit])
        return LinkRows(rows=shown, after=_cursor(shown[-1].link) if len(found) > limit else None)

    def _links_after(
        self, after: str | None, wanted: LinkFilter, chosen: Sequence[ColumnElement[bool]]
    ) -> Iterator[LinkView]:
        """Yield links kind by kind, so that each is read along the index of kinds and scores."""
        columns = schema.links.c
        last, score, link = ("", 0.0, "") if after is None else _place(after)
        for kind in sorted(get_args(LinkKind) if wanted.kind is None else (wanted.kind,)):
            if kind < last:
                continue
            behind = or_(columns.score < score, (columns.score == score) & (columns.link > link))
            yield from self._links(
                wanted, columns.kind == kind, *chosen, *((behind,) if kind == last else ())
            )

    def ties(self, ends: Collection[str], kinds: Collection[LinkKind]) -> Iterator[Link]:
        """Yield the links of some kinds at any of these claims or documents, as people judged them.

        Rejected ones are left out.
        """
        columns = schema.links.c
        # By their ends alone: asked for the kind too, a database may go through all links of that kind.
        at = (select(columns.link).where(one_of(end, ends)) for end in (columns.left, columns.right))
        for link, _ in self._judged(columns.link.in_(union(*at))):
            if link.kind in kinds and link.judgement != "rejected":
                yield link

    def every_tie(self, kinds: Collection[LinkKind]) -> Iterator[Link]:
        """Yield all links of some kinds as people judged them; rejected ones are left out."""
        for link, _ in self._judged(schema.links.c.kind.in_(kinds)):
            if link.judgement != "rejected":
                yield link

    def link(self, beginning: str) -> LinkView:
        """Return the link whose id begins so, also a rejected one; raises NotFound for none or several."""
        return self._link_view(*self._standing.applied(linkjudgements.link_of(self._connection, beginning)))

    def link_view(self, link: Link) -> LinkView:
        """Return a link that `ties` yielded with both of its sides."""
        return self._link_view(link, self._standing.of(link))

    def claims_with_figure(
        self, outcome: str | None, wanted: ClaimFilter
    ) -> Iterator[tuple[list[ClaimView], Collection[ClaimId]]]:
        """Yield, document by document, all claims in text order and the ids of those that are wanted.

        Only documents that state a figure for the outcome (None: for any) in a claim that the filter wants.
        All claims of a document come with it: a figure can belong to a place that was named before.
        """
        counted = '"outcome":"' if outcome is None else f'"outcome":{msgspec.json.encode(outcome).decode()}'
        records, columns = schema.records.c, schema.claims.c
        stating = select(records.id).where(
            records.kind == "claim", records.body.contains(counted, autoescape=True)
        )
        chosen = _chosen(wanted, self._folds.values())
        holding = columns.document == schema.documents.c.document
        documents = select(schema.documents.c.document).where(
            exists().where(holding, columns.claim.in_(stating), *chosen), *_published(wanted)
        )
        for document in self._in_order(documents):
            ids = select(columns.claim).where(
                columns.claim.in_(stating.where(records.document == document)), *chosen
            )
            found = {ClaimId(row.claim) for row in self._connection.execute(ids)}
            yield list(self._claims_of(document)), found

    def hits(self, query: str, limit: int) -> Iterator[Hit]:
        """Yield the places where all words and "quoted phrases" of a query stand together, the best first."""
        wanted = search.phrases(query)
        for document, passage in fulltext.of(self._connection).passages(self._connection, wanted, limit):
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

    def verdicts(self, claim: ClaimId) -> Iterator[Verdict]:
        """Yield the verdicts on a claim, superseded ones too, in the order in which they were made."""
        return verdicts.verdicts(self._connection, claim)

    def parties(self) -> Iterator[PartyView]:
        """Yield every party: the one that speaks most first, then by name and id."""
        return party_views(self._connection)

    def title(self) -> str:
        """Return what the case was called when it was made."""
        return log.title(self._connection)

    def log_head(self) -> str:
        """Return the hash of the log's last entry."""
        return log.head(self._connection)

    def _count(self, table: Table) -> int:
        return self._connection.execute(select(func.count()).select_from(table)).scalar_one()

    def about(self, ratings: tuple[str, ...]) -> About:
        """Return what the case is called and how much is in it; `ratings` is the scale of its verdicts."""
        kinds = schema.records.c.kind
        concluded = select(func.count()).where(kinds == Verdict.__name__.lower())
        return About(
            title=self.title(),
            version=__version__,
            documents=self._count(schema.documents),
            claims=self._count(schema.claims),
            links=self._count(schema.links),
            reviews=self._count(schema.reviews),
            verdicts=self._connection.execute(concluded).scalar_one(),
            ratings=ratings,
            log_entries=self._count(schema.log),
            log_head=self.log_head(),
        )

    @cached_property
    def _folds(self) -> Mapping[PartyId, Fold]:
        return folded_parties(self._connection)

    def _in_order(self, documents: Select[tuple[str]]) -> Iterator[DocumentId]:
        columns = schema.documents.c
        ordered = documents.order_by(columns.published.nulls_last(), columns.origin, columns.document)
        return (DocumentId(row.document) for row in self._connection.execute(streamed(ordered)))

    def _open(self, document: DocumentId) -> _Open:
        attributions = index.of_document(self._connection, document, Attribution)
        return self._held(self._records.document(document), attributions)

    def _begin(self, document: DocumentId) -> _Open:
        return self._held(self._records.document(document), ())

    def _holding(self, claim: Claim) -> _Open:
        """Return the document of a claim; of its attributions no more is read than claims rest on."""
        document = self._document_of(claim.id)
        held = self._begun(document)
        if claim.attribution not in held.attributions:
            chain = stretches.attributions(self._connection, document, [claim])
            held.attributions.update((one.id, one) for one in chain)
        return held

    def _held(self, document: Document, attributions: Iterable[Attribution]) -> _Open:
        origin = select(schema.documents.c.origin).where(schema.documents.c.document == document.id)
        return _Open(
            document,
            self._connection.execute(origin).scalar() or "",
            attributions,
            self._folds,
            self._annotated,
        )

    def _page(self, document: DocumentId) -> DocumentPage:
        held = self._at_hand(document)
        return DocumentPage(
            document=held.document,
            head=held.head,
            attributions=tuple(sorted(self._attributions_of(held), key=_in_text)),
            claims=tuple(self._claims_of(document)),
            problems=tuple(index.of_document(self._connection, document, Problem)),
        )

    def _attributions_of(self, held: _Open) -> Iterator[Attribution]:
        """Yield the attributions of a document but for those that only replaced claims rest on."""
        unused: frozenset[AttributionId] = frozenset()
        if any(annotations.annotations(self._connection, held.document.id)):
            claims = index.of_document(self._connection, held.document.id, Claim)
            unused = annotations.unused(claims, held.attributions, self._annotated.replaced)
        return (one for one in held.attributions.values() if one.id not in unused)

    def _claims_of(self, document: DocumentId, *chosen: ColumnElement[bool]) -> Iterator[ClaimView]:
        held = self._at_hand(document)
        bodies = (
            select(schema.records.c.body)
            .join(schema.claims, schema.claims.c.claim == schema.records.c.id)
            .where(schema.claims.c.document == document, *chosen)
        )
        found = [index.record(row.body, Claim) for row in self._connection.execute(bodies)]
        standing = (claim for claim in found if claim.id not in self._annotated.replaced)
        return (held.view(claim) for claim in sorted(standing, key=_in_text))

    def _claims_at(self, document: DocumentId, marks: Spans) -> list[Claim]:
        claims = index.of_document(self._connection, document, Claim)
        standing = (claim for claim in claims if claim.id not in self._annotated.replaced)
        return sorted((claim for claim in standing if _touches(claim.content, marks)), key=_in_text)

    def _claim_id(self, beginning: str) -> ClaimId:
        return ClaimId(self._whole_id(beginning, Claim, schema.claims.c.claim))

    def _whole_id(self, beginning: str, kind: type[Record], column: Column[str]) -> str:
        """Return the one id of a column that begins so, or raise NotFound."""
        name = kind.__name__.lower()
        hint = f"`sayso {name}s` lists them"
        start = index.id_start(beginning, kind)
        if start is None:
            raise NotFound(f"no-{name}", f"{beginning!r} is no {name}'s id", hint=hint)
        # "g" comes after every hex digit.
        wanted = select(column).where(column >= start, column < f"{start}g").order_by(column).limit(2)
        found = list(self._connection.execute(wanted).scalars())
        if not found:
            raise NotFound(f"no-{name}", f"no {name}'s id begins with {start}", hint=hint)
        if len(found) > 1:
            raise NotFound(
                f"ambiguous-{name}",
                f"more than one {name}'s id begins with {start}",
                hint=f"write more of it: {found[0]}, {found[1]} …",
            )
        return found[0]

    def _review(self, review: str) -> Review:
        wanted = select(schema.records.c.body).where(schema.records.c.id == review).limit(1)
        body = self._connection.execute(wanted).scalar()
        if body is None:
            raise NotFound(
                "no-review", f"no review {review}", hint="`sayso verify` tells whether the case is whole"
            )
        return index.record(body, Review)

    def _document_of(self, claim: ClaimId) -> DocumentId:
        wanted = select(schema.claims.c.document).where(schema.claims.c.claim == claim)
        return DocumentId(self._connection.execute(wanted).scalar_one())

    @cached_property
    def _annotated(self) -> annotations.Standing:
        return annotations.Standing(annotations.annotations(self._connection))

    @cached_property
    def _standing(self) -> linkjudgements.Standing:
        return linkjudgements.Standing(linkjudgements.judgements(self._connection))

    def _links(self, wanted: LinkFilter, *chosen: ColumnElement[bool]) -> Iterator[LinkView]:
        for link, judged in self._judged(*chosen):
            if link.judgement in wanted.judged:
                yield self._link_view(link, judged)

    def _judged(
        self, *chosen: ColumnElement[bool], of: ClaimId | None = None
    ) -> Iterator[tuple[Link, LinkJudgement | None]]:
        """Yield links as people judged them: kind by kind, the surest first.

        Those to claims that somebody replaced are left out, but for the claim that is asked for.
        """
        gone = self._annotated.replaced - {of}
        columns = schema.links.c
        wanted = (
            select(schema.records.c.body)
            .join(schema.links, columns.link == schema.records.c.id)
            .where(*chosen)
            .order_by(columns.kind, columns.score.desc(), columns.link)
        )
        for row in self._connection.execute(streamed(wanted)):
            link = index.record(row.body, Link)
            if link.left not in gone and link.right not in gone:
                yield self._standing.applied(link)

    def _link_view(self, link: Link, judged: LinkJudgement | None) -> LinkView:
        return LinkView(
            link=link,
            left=self._end(link.left, link.left_spans),
            right=self._end(link.right, link.right_spans),
            judged=judged,
        )

    def _end(self, end: str, spans: Spans) -> LinkEnd:
        if end.startswith(f"{Document.prefix}_"):
            return self._begun(DocumentId(end)).own_end(spans)
        if end.startswith(f"{Review.prefix}_"):
            return _review_end(self._review(end))
        claim = self._records.claim(ClaimId(end))
        return self._holding(claim).end(claim, spans)


def _cursor(link: Link) -> str:
    return cursors.written(link.kind, repr(link.score), link.id)


def _place(after: str) -> tuple[str, float, str]:
    """Return the kind, the score and the id of the link that a cursor stands for; raises BadInput."""
    kind, score, link = cursors.read(after, 3)
    try:
        return kind, float(score), link
    except ValueError as error:
        raise cursors.no_cursor() from error


def _review_end(review: Review) -> LinkEnd:
    """Return somebody's published fact-check as one side of a link."""
    return LinkEnd(
        id=review.id,
        kind="review",
        words=review.claim_reviewed,
        speaker=review.author,
        document=DocumentHead(
            id=DocumentId(review.id),
            origin=review.url,
            title=review.rating,
            publisher=review.author,
            published_at=review.published_at,
        ),
    )


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
    conditions += (columns.claim.in_(side.claims) for side in parties_asked(wanted, folds))
    return conditions


def _only_listed(wanted: ClaimFilter) -> ClaimFilter:
    """Return the part of a filter that only the lists of claims can answer."""
    return ClaimFilter(
        words=wanted.words,
        place=wanted.place,
        outlet=wanted.outlet,
        links=wanted.links,
        concluded=wanted.concluded,
        checkworthy=wanted.checkworthy,
    )


def _in_role(folds: Iterable[Fold], name: str, *roles: str) -> ColumnElement[bool]:
    """Return the condition that a party which others' names find has one of these roles in a claim."""
    found = {
        member
        for fold in folds
        if any(name in rows.folded_name(known) for known in fold.names)
        for member in fold.members
    }
    if not found:
        return false()
    columns = schema.roles.c
    held = select(columns.claim).where(columns.role.in_(roles), one_of(columns.party, found))
    return schema.claims.c.claim.in_(held)


def _published(wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    """Return what a filter asks of a document, as conditions."""
    published = schema.documents.c.published
    conditions: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        conditions.append(published >= _day(wanted.since))
    if wanted.until is not None:
        conditions.append(published <= _day(wanted.until))
    return conditions


def _day(stated: str) -> str:
    try:
        return checked_date(stated).isoformat()
    except BadRecord as error:
        raise BadInput("bad-date", error.message, hint="write the day as 2020-11-05") from error


def _in_text(found: Attribution | Claim) -> tuple[Span, str]:
    # By where it begins, then by where it ends, then by what it is.
    return hull(found.content), found.id


def _touches(content: Spans, marks: Spans) -> bool:
    return any(span.overlaps(mark) for span in content for mark in marks)
