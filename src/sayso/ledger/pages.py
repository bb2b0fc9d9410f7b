"""Records joined for a reader: the views that `Case` answers."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple, get_args

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
)

from sayso.core.errors import BadInput, BadRecord, NotFound
from sayso.core.ids import AttributionId, CaptureId, ClaimId, DocumentId, PartyId
from sayso.core.records import (
    Attribution,
    Capture,
    Claim,
    Document,
    Link,
    LinkJudgement,
    LinkKind,
    Place,
    Record,
    Review,
    Verdict,
    checked_date,
)
from sayso.core.spans import Span, Spans, hull
from sayso.core.version import __version__
from sayso.core.views import (
    About,
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
    PartyRows,
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
    linkjudgements,
    listing,
    log,
    partylists,
    rows,
    schema,
    search,
    stretches,
    verdicts,
)
from sayso.ledger.opened import Kept, Open, Shelf, Text
from sayso.ledger.parties import Fold, folded_parties, parties_asked
from sayso.ledger.shelves import in_lots
from sayso.ledger.ties import Ties
from sayso.ledger.values import Words, one_of, streamed

_UNDATED = "9999"  # sorts after every day
_OPEN_AT_ONCE = 64  # documents kept at hand with all their attributions
_LINKS_AT_ONCE = 128  # whose two sides are read together


class WithFigure(NamedTuple):
    """A claim that states a figure."""

    number: int  # in the list of claims: it begins with the day
    view: ClaimView
    before: tuple[Place, ...]  # places that its document named last, where it names none itself


class Pages:
    """Answers questions about a case, on one connection; `kept` is what others before it read back."""

    def __init__(self, connection: Connection, kept: Kept | None = None) -> None:
        self._connection = connection
        self._kept = Kept() if kept is None else kept
        self._at_hand = lru_cache(_OPEN_AT_ONCE)(self._open)
        self._placed = lru_cache(_OPEN_AT_ONCE)(self._claims_with_places)

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
        links = self._ties.counted(one.id for one in claims)
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
            problems=tuple(index.problems(self._connection, document_id)),
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
        return DocumentRow(head=self._shelf.document(document).head, claims=claims, own=own)

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
        links, ratings = self._ties.counted(claims), self._lists.ratings(claims)
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
        """Yield claims of many documents, which are read together."""
        self._shelf.read(claims)
        return (self.view(claim) for claim in claims)

    def read(self, claims: Iterable[str]) -> None:
        """Read claims that are going to be asked for, with all that they rest on, together."""
        self._shelf.read(claims)

    def claim(self, beginning: str, most: int | None = None) -> ClaimPage:
        """Return all about the claim whose id begins so; raises NotFound for none or several.

        With at most `most` links of each kind and direction, the surest; None: with all of them.
        """
        claim = self._shelf.claim(self._claim_id(beginning))
        held = self._shelf.holding(claim)
        sentence = held.around(claim.content)
        shown = one_of(schema.links.c.link, self._ties.surest_of(claim.id, most))
        links = tuple(self._link_views(self._judged(shown, of=claim.id)))
        return ClaimPage(
            view=held.view(claim),
            sentence=sentence,
            sentence_words=sentence.of(held.document.text),
            links=tuple(view for view in links if view.link.judgement != "rejected"),
            rejected=tuple(view for view in links if view.link.judgement == "rejected"),
            linked=self._ties.counted([claim.id]).get(claim.id, ()),
            annotations=self._annotated.naming(claim.id),
            rating=self._lists.ratings([claim.id]).get(claim.id),
        )

    @cached_property
    def _ties(self) -> Ties:
        return Ties(self._connection, self._annotated.replaced)

    def claim_id(self, beginning: str) -> ClaimId:
        """Return the claim whose id begins so; raises NotFound for none or several."""
        return self._claim_id(beginning)

    def view(self, claim: ClaimId) -> ClaimView:
        """Return a claim with its words and its source chain; raises NotFound."""
        found = self._shelf.claim(claim)
        return self._shelf.holding(found).view(found)

    def source(self, claim: ClaimId) -> tuple[Claim, Attribution, Document]:
        """Return a claim with the records that it rests on; raises NotFound."""
        found = self._shelf.claim(claim)
        held = self._shelf.holding(found)
        return found, held.chain(found)[0], held.document

    def text(self, document: DocumentId) -> str:
        """Return the text of a document; raises NotFound."""
        return self._shelf.document(document).document.text

    def appearance(self, document: DocumentId) -> tuple[str, str, int, str]:
        """Return what documents are sorted by: the first to say something comes first; raises NotFound."""
        return self._shelf.document(document).appearance

    def segments(self, document: DocumentId) -> Segments:
        """Return the sentences and paragraphs of a document; raises NotFound."""
        return self._shelf.document(document).segments

    def head(self, document: DocumentId) -> DocumentHead:
        """Return where a document is from; raises NotFound."""
        return self._shelf.document(document).head

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
        """Yield the links that a filter wants: kind by kind, the surest first.

        Raises NotFound where its claim or document is none, or the beginning of several.
        """
        wanted = self._resolved(wanted)
        return self._links(wanted, *self._tied(wanted))

    def _resolved(self, wanted: LinkFilter) -> LinkFilter:
        """Return a filter with the whole id of its claim or document; raises NotFound for none or several."""
        if wanted.claim is None:
            return wanted
        is_document = wanted.claim.startswith(f"{Document.prefix}_")
        whole = self.document_id(wanted.claim) if is_document else self._claim_id(wanted.claim)
        return msgspec.structs.replace(wanted, claim=whole)

    def _tied(self, wanted: LinkFilter) -> list[ColumnElement[bool]]:
        """Return what a filter asks of a link, as conditions; what people made of it is not among them."""
        columns = schema.links.c
        chosen: list[ColumnElement[bool]] = []
        if wanted.kind is not None:
            chosen.append(columns.kind == wanted.kind)
        if wanted.score > 0:
            chosen.append(columns.score >= wanted.score)
        if wanted.claim is not None:
            chosen.append(columns.link.in_(self._ties.of(wanted.claim)))
        if "unjudged" not in wanted.judged:
            # Few among many: they are looked up, and none of the others is read.
            judged = schema.judged_links.c
            chosen.append(columns.link.in_(select(judged.link).where(judged.judged.in_(wanted.judged))))
        if wanted.speaker is not None:
            chosen.append(self._said_by(wanted.speaker))
        return chosen

    def _said_by(self, speaker: str) -> ColumnElement[bool]:
        """Return the condition that a link is of a claim with such a voice.

        The links of a few claims are looked up. Those of many soon come by in the order of the list.
        """
        of, columns = ClaimFilter(speaker=speaker), schema.links.c
        few = self._lists.few(of)
        if few is not None:
            # By the record, or a database goes through all links of a kind for them.
            return one_of(schema.records.c.id, self._ties.every(few))
        return or_(self._lists.is_wanted(of, columns.left), self._lists.is_wanted(of, columns.right))

    def link_rows(self, wanted: LinkFilter, after: str | None, limit: int) -> LinkRows:
        """Return `limit` links that a filter wants, in the order of `links`; raises NotFound as they do."""
        wanted = self._resolved(wanted)
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
            parts: tuple[tuple[ColumnElement[bool], ...], ...] = ((),)
            if kind == last:
                # One after the other, so that each is read along the index from where it begins.
                parts = (columns.score == score, columns.link > link), (columns.score < score,)
            for part in parts:
                yield from self._links(wanted, columns.kind == kind, *chosen, *part)

    def ties(self, ends: Collection[str], kinds: Collection[LinkKind]) -> Iterator[Link]:
        """Yield the links of some kinds at any of these claims or documents, as people judged them.

        Rejected ones are left out.
        """
        for link, _ in self._judged(one_of(schema.links.c.link, self._ties.standing(ends, kinds))):
            if link.judgement != "rejected":
                yield link

    def surest_ties(
        self, ends: Collection[str], kinds: Collection[LinkKind], most: int
    ) -> tuple[Sequence[Link], int]:
        """Return the surest links of each kind at any of these claims, at most `most`, and how many are left.

        Those that a person confirmed come first, rejected ones are left out.
        """
        shown, left = self._ties.surest(ends, kinds, most)
        links = (
            link
            for lot in in_lots(shown)
            for link, _ in self._judged(schema.links.c.link.in_(lot))
            if link.judgement != "rejected"
        )
        return tuple(links), left

    def ties_beyond(self, ends: Collection[str], kinds: Collection[LinkKind]) -> int:
        """Return how many links of some kinds have one side among these; rejected ones do not count."""
        return self._ties.beyond(frozenset(ends), kinds)

    def ties_among(self, ends: Collection[str], kinds: Collection[LinkKind]) -> Iterator[Link]:
        """Yield the links of some kinds both of whose sides are among these; rejected ones are left out."""
        columns = schema.links.c
        among = select(columns.link).where(
            one_of(columns.left, ends),
            one_of(columns.right.concat(""), ends),
            columns.kind.concat("").in_(kinds),
        )
        for link, _ in self._judged(columns.link.in_(among)):
            if link.judgement != "rejected":
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
        self,
        outcome: str | None,
        wanted: ClaimFilter,
        fits: Callable[[Claim, tuple[Place, ...]], bool],
        first: int = 0,
    ) -> Iterator[WithFigure]:
        """Yield the claims that a filter wants and that state a figure for an outcome (None: for any).

        By publication, undated ones last, from the number `first` of the list of claims on. `fits` is asked
        of each, with the places before it: of those that do not fit, neither document nor voices are read.
        """
        found = self._lists.with_figures(wanted, outcome, first)
        while lot := list(islice(found, _LINKS_AT_ONCE)):
            self._shelf.read_alone(claim for _, claim in lot)
            placed = [(number, claim, self._places_before(claim)) for number, claim in lot]
            shown = [one for one in placed if fits(self._shelf.claim(one[1]), one[2])]
            self._shelf.read(claim for _, claim, _ in shown)
            for number, claim, before in shown:
                yield WithFigure(number, self.view(claim), before)

    def _places_before(self, claim: ClaimId) -> tuple[Place, ...]:
        """Return the places that a claim's document named last before it; nothing for one with its own."""
        found = self._shelf.claim(claim)
        if found.places:
            return ()
        whole = hull(found.content)
        named = self._placed(self._shelf.document_of(claim))
        at = bisect_left(named, (whole.start, whole.end, str(claim)))
        return self._shelf.claim(ClaimId(named[at - 1][2])).places if at else ()

    def _claims_with_places(self, document: DocumentId) -> Sequence[tuple[int, int, str]]:
        """Return where the claims of a document stand that name places, in text order."""
        columns, listed = schema.stands.c, schema.listed.c
        wanted = (
            select(columns.start, columns.end, columns.claim)
            .join(schema.listed, listed.claim == columns.claim)
            .where(columns.document == document, listed.marks.contains(f" {listing.TERMS['place']}"))
            .order_by(columns.start, columns.end, columns.claim)
        )
        gone = self._annotated.replaced
        return [tuple(row) for row in self._connection.execute(wanted) if row.claim not in gone]

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

    def verdicts(self, claim: ClaimId | None) -> Iterator[Verdict]:
        """Yield the verdicts on a claim or on all, superseded ones too, in the order of their making."""
        return verdicts.verdicts(self._connection, claim)

    def parties(self) -> Iterator[PartyView]:
        """Yield every party: the one that speaks most first, then by name and id."""
        return partylists.every(self._connection)

    def party_rows(self, after: str | None, limit: int) -> PartyRows:
        """Return `limit` parties in the order of `parties`; raises BadInput for a wrong cursor."""
        return partylists.page(self._connection, after, limit)

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

    def _open(self, document: DocumentId) -> Open:
        attributions = index.of_document(self._connection, document, Attribution)
        return self._held(self._shelf.document(document).document, attributions)

    def _held(self, document: Document, attributions: Iterable[Attribution]) -> Open:
        origin = select(schema.documents.c.origin).where(schema.documents.c.document == document.id)
        return Open(
            Text(document),
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
            problems=tuple(index.problems(self._connection, document)),
        )

    def _attributions_of(self, held: Open) -> Iterator[Attribution]:
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

    @cached_property
    def _shelf(self) -> Shelf:
        return Shelf(self._connection, self._folds, self._annotated, self._kept)

    @cached_property
    def _annotated(self) -> annotations.Standing:
        return annotations.Standing(annotations.annotations(self._connection))

    @cached_property
    def _standing(self) -> linkjudgements.Standing:
        return linkjudgements.Standing(linkjudgements.judgements(self._connection))

    def _links(self, wanted: LinkFilter, *chosen: ColumnElement[bool]) -> Iterator[LinkView]:
        judged = self._judged(*chosen, of=wanted.claim)
        found = (one for one in judged if one[0].judgement in wanted.judged)
        yield from self._link_views(found)

    def _link_views(self, found: Iterable[tuple[Link, LinkJudgement | None]]) -> Iterator[LinkView]:
        left = iter(found)
        while lot := list(islice(left, _LINKS_AT_ONCE)):
            ends = {end for link, _ in lot for end in (link.left, link.right)}
            self._shelf.read(end for end in ends if end.startswith(f"{Claim.prefix}_"))
            yield from (self._link_view(link, judged) for link, judged in lot)

    def _judged(
        self, *chosen: ColumnElement[bool], of: str | None = None
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
            return self._shelf.document(DocumentId(end)).own_end(spans)
        if end.startswith(f"{Review.prefix}_"):
            return _review_end(self._review(end))
        claim = self._shelf.claim(ClaimId(end))
        return self._shelf.holding(claim).end(claim, spans)


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
