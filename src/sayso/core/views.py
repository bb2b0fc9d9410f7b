"""What `Case` answers: records joined for a reader. Views are computed, never stored."""

from datetime import datetime
from typing import Literal

import msgspec

from sayso.core.ids import AttributionId, CaptureId, ClaimId, DocumentId, LinkId, PartyId
from sayso.core.records import (
    Act,
    Annotation,
    Attribution,
    Basis,
    Bound,
    Claim,
    Document,
    Evidence,
    Judged,
    Judgement,
    Link,
    LinkJudgement,
    LinkKind,
    Number,
    PartyKind,
    Problem,
    Quantity,
    Review,
    Standing,
    Verdict,
    Voice,
)
from sayso.core.spans import Span, Spans


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all answers; encoded by `core.codec` as it stands."""


UNNAMED = "somebody unnamed"


class DocumentHead(View, frozen=True, kw_only=True):
    """A document without its text."""

    id: DocumentId
    origin: str  # the file's name, and the line's id in JSON lines
    title: str | None
    publisher: str | None
    published_at: str | None
    byline: str | None = None

    @property
    def outlet(self) -> str | None:
        """Who published it, or signed it where no publisher is known."""
        return self.publisher or self.byline

    @property
    def name(self) -> str:
        """What it is called: its title, or its file where it has none."""
        return self.title or self.origin

    @property
    def whose(self) -> str:
        """What it is cited by: its outlet, or its name where nobody published or signed it."""
        return self.outlet or self.name


class ChainLink(View, frozen=True, kw_only=True):
    """One voice of a source chain."""

    attribution: AttributionId | None  # None: the outlet itself, at the outer end of every chain
    voice: Voice
    speaker: str | None  # None: nobody is named
    basis: Basis | None
    source_words: str = ""
    cue_words: str = ""
    party: PartyId | None = None  # the one that the machine's party is folded into; the claim keeps its own


def _nameless(voice: Voice, document: DocumentHead) -> str:
    return document.whose if voice == "outlet" else UNNAMED


class ClaimView(View, frozen=True, kw_only=True):
    """A claim with its words, its document and its source chain, innermost voice first."""

    claim: Claim
    words: str
    voice: Voice
    document: DocumentHead
    chain: tuple[ChainLink, ...]
    annotation: Annotation | None = None  # by which a person brought it here; None: the machine found it

    @property
    def speaker(self) -> str | None:
        """The innermost voice's name."""
        return self.chain[0].speaker if self.chain else None

    def who(self, link: ChainLink) -> str:
        """Return what a voice of the chain is called, the outlet's own by its document where need be."""
        return link.speaker or _nameless(link.voice, self.document)


class ClaimFilter(View, frozen=True, kw_only=True):
    """Which claims to show. Names match without regard to case, as parts of the whole name.

    A party that people judged to be one with others is found by the names of all of them.
    """

    speaker: str | None = None  # any voice of the source chain but the outlet's
    act: Act | None = None
    target: str | None = None
    since: str | None = None  # ISO 8601 date: published on that day or later
    until: str | None = None  # ISO 8601 date: published on that day or before
    voice: Voice | None = None
    words: str | None = None  # words and "quoted phrases" that all stand in the claim's own words
    place: str | None = None  # as the claim names it
    outlet: str | None = None  # who published the document, or signed it where no publisher is known
    links: tuple[LinkKind, ...] = ()  # it has a link of one of these kinds that nobody rejected
    concluded: bool | None = None  # whether somebody's verdict on it stands
    checkworthy: float = 0.0  # at least; 0 to 1
    said_by: str | None = None  # a party's id: exactly that party is the innermost voice, an outlet's own too
    said_of: str | None = None  # a party's id: exactly that party is the target


ClaimSort = Literal["published", "checkworthy"]


class LinkCount(View, frozen=True, kw_only=True):
    """How many links of one kind and direction a claim has, but for the rejected ones."""

    kind: LinkKind
    acts: bool  # it is the claim that denies, updates … the other; False: the other does so to it
    count: int


class ClaimRow(View, frozen=True, kw_only=True):
    """A claim in a list."""

    view: ClaimView
    links: tuple[LinkCount, ...]
    rating: str | None  # of the verdict that stands; None: nobody concluded anything


class ClaimRows(View, frozen=True, kw_only=True):
    """A page of a list of claims. `after` asks for the next one; None: this is the last."""

    rows: tuple[ClaimRow, ...]
    after: str | None


class ClaimCells(View, frozen=True, kw_only=True):
    """A claim as one row of a table for other programs. Several values in a cell stand between " | "."""

    claim: ClaimId
    document: DocumentId
    spans: str  # of its words, as JSON: [start, end] in code points of the document's text, half open
    words: str
    act: Act
    polarity: Literal["affirmed", "negated"]  # negated: its speaker says that it is not so
    voice: Voice
    speaker: str | None  # the innermost voice
    chain: str  # every voice, the outermost first
    actor: str | None
    target: str | None
    places: str  # as named
    times: str  # as TIMEX or EDTF values
    checkworthy: float | None
    verdict: str | None  # the rating that stands
    denies: int  # links of each kind and direction that nobody rejected
    denied_by: int
    conflicts: int
    updates: int
    updated_by: int
    same: int
    quotes: int
    quoted_by: int
    reviews: int  # published fact-checks
    annotated_by: str | None  # who brought it here; None: the machine
    outlet: str | None
    title: str | None
    origin: str
    published: str | None


class FacetValue(View, frozen=True, kw_only=True):
    """One value that claims of a list have, and how many of those that were counted have it."""

    value: str
    count: int


class Facets(View, frozen=True, kw_only=True):
    """The commonest values among the claims that a filter wants, each facet the most frequent first.

    Only the first `counted` claims by publication are looked at; where they are not all of them, every count
    means "at least".
    """

    counted: int
    complete: bool  # these are all
    acts: tuple[FacetValue, ...]
    voices: tuple[FacetValue, ...]
    speakers: tuple[FacetValue, ...]
    targets: tuple[FacetValue, ...]
    places: tuple[FacetValue, ...]
    outlets: tuple[FacetValue, ...]
    links: tuple[FacetValue, ...]
    verdicts: int  # claims with a verdict


class SearchView(View, frozen=True, kw_only=True):
    """A search that somebody gave a name."""

    name: str
    wanted: ClaimFilter
    sort: ClaimSort
    by: str
    at: datetime
    finds: bool | None = None  # whether it found a claim when it was saved; None: nobody looked


MOST_ALIKE = 100  # of a party's namesakes that a view names; more are too many to judge one by one


class PartyView(View, frozen=True, kw_only=True):
    """A party as people see it: what the machine found, folded by the judgements that stand."""

    id: PartyId  # the smallest id of those that are folded together
    name: str  # the fullest
    names: tuple[str, ...]  # all it goes by, in alphabetical order
    kind: PartyKind
    identities: tuple[str, ...]  # what the machine knew it by; empty: by its name alone
    claims: int  # of which it is the innermost voice, its own documents' among them
    folded: tuple[PartyId, ...] = ()  # the other ids that are this party
    judgements: tuple[Judgement, ...] = ()  # those that stand and name one of its ids
    alike: tuple[PartyId, ...] = ()  # parties that share its name and nobody judged, not all of very many


class PartyRows(View, frozen=True, kw_only=True):
    """A page of the parties: whoever speaks most comes first. `after` asks for the next; None: the last."""

    rows: tuple[PartyView, ...]
    after: str | None


class LinkEnd(View, frozen=True, kw_only=True):
    """One side of a link: a claim, a whole document or a review, with the words the link rests on.

    A review is somebody else's published fact-check: `words` are the claim it reviewed, `speaker` is who
    reviewed it, and of its `document` the title is the rating and the origin the address.
    """

    id: str
    kind: Literal["claim", "document", "review"]
    words: str
    speaker: str | None
    document: DocumentHead
    voice: Voice = "outlet"  # with no speaker: the outlet's own, or somebody whom the text does not name
    spans: tuple[Span, ...] = ()

    @property
    def who(self) -> str:
        """Whose words they are; those of an outlet's own voice are its document's where need be."""
        return self.speaker or _nameless(self.voice, self.document)


class LinkView(View, frozen=True, kw_only=True):
    """A link with both of its sides, and what a person made of it.

    The link's `judgement` and `judged_by` are those of the judgement that stands, not what was stored with
    it.
    """

    link: Link
    left: LinkEnd
    right: LinkEnd
    judged: LinkJudgement | None = None  # the one that stands; None: nobody has judged it


class LinkFilter(View, frozen=True, kw_only=True):
    """Which links to show. Rejected ones are shown only when they are asked for."""

    kind: LinkKind | None = None
    judged: tuple[Judged, ...] = ("unjudged", "confirmed")
    claim: str | None = None  # a claim's or a document's id, that is one of the two sides
    speaker: str | None = None  # any voice of either side's source chain but the outlet's; part of its name
    score: float = 0.0  # at least


class LinkRows(View, frozen=True, kw_only=True):
    """A page of a list of links. `after` asks for the next one; None: this is the last."""

    rows: tuple[LinkView, ...]
    after: str | None


class LinkCells(View, frozen=True, kw_only=True):
    """A link as one row of a table for other programs."""

    link: LinkId
    kind: LinkKind
    score: float  # 0 to 1
    judgement: Judged
    judged_by: str | None
    reason: str | None  # of the judgement
    left: str  # the id of a claim, a document or a review
    left_speaker: str | None
    left_words: str
    left_outlet: str | None
    left_published: str | None
    right: str
    right_speaker: str | None
    right_words: str
    right_outlet: str | None
    right_published: str | None
    left_spans: str  # that decide, as JSON: [start, end] in code points of the left document's text
    right_spans: str
    rule: str
    why: str


class SuggestionsJudged(View, frozen=True, kw_only=True):
    """How many links were judged at once."""

    judged: int


class Proposition(View, frozen=True, kw_only=True):
    """Claims that say the same, wherever they stand: one point of the story, not several.

    They are tied by `same` links that nobody rejected. A claim that denies another of them, gives another
    figure or has a figure that theirs excludes is never among them, whatever links lead to it.
    """

    words: str  # the earliest claim's, with the word that denies where it denies
    claims: tuple[ClaimView, ...]  # by time of publication, undated ones last
    speakers: tuple[str, ...]  # the innermost voices that say it, each once, in the order of the claims
    outlets: tuple[str, ...]  # that carry it, in the order of the claims
    links: tuple[LinkView, ...]  # the `same` links that hold it together
    left_out: int = 0  # links to further claims that were not followed: the least sure of very many

    @property
    def head(self) -> ClaimView:
        """The earliest claim."""
        return self.claims[0]

    @property
    def first_seen(self) -> str | None:
        """When its earliest dated document was published, as stated; None when none is dated."""
        return self.head.document.published_at


TraceKind = Literal[
    "first seen", "repeated", "denied", "denies", "conflict", "updated", "updates", "reviewed"
]


class TraceEvent(View, frozen=True, kw_only=True):
    """One moment of a claim's life, by the publication of the document that brings it."""

    kind: TraceKind
    published_at: str | None
    end: LinkEnd  # the claim that says, denies or counters it, or the review
    link: LinkView | None = None  # what ties it to the proposition; None: it is one of its claims
    copies: tuple[LinkEnd, ...] = ()  # the same words where documents carry them from the same source


class Source(View, frozen=True, kw_only=True):
    """One source of a proposition that is left once copies are folded together and credits are followed."""

    name: str  # its outlet
    documents: tuple[DocumentHead, ...]  # that go back to it; the first of them first
    why: tuple[str, ...] = ()  # why they count as one; nothing for a document that stands alone


class Trace(View, frozen=True, kw_only=True):
    """The life of a claim in time order: first seen, repeated, denied, countered, updated, reviewed."""

    claim: ClaimId  # the one that was asked for
    proposition: Proposition
    events: tuple[TraceEvent, ...]  # undated ones last
    sources: tuple[Source, ...]  # the earliest first
    voices: int  # how many speakers, or outlets in their own voice, they all have it from
    left_out: int = 0  # answers that are not among the events: the least sure of very many


class FigureFilter(View, frozen=True, kw_only=True):
    """Which figures to compare. Names match without regard to case; a place matches by part of its name."""

    outcome: str | None = None  # killed, wounded, displaced …
    population: str | None = None  # civilian, child, soldier …
    place: str | None = None
    speaker: str | None = None  # any voice of the source chain but the outlet's
    since: str | None = None  # ISO 8601 date: published on that day or later
    until: str | None = None  # ISO 8601 date: published on that day or before


class Clash(View, frozen=True, kw_only=True):
    """Another figure that excludes this one, or takes its place."""

    link: LinkId
    kind: Literal["contradicts", "updates", "updated by"]
    claim: ClaimId  # that holds the other figure
    score: float
    judgement: Judged
    why: str


class FigureView(View, frozen=True, kw_only=True):
    """A figure somebody states: how much, of what, where, on whose say-so, and what stands against it."""

    view: ClaimView
    quantity: Quantity
    words: str  # of the figure, with what bounds it
    places: tuple[str, ...]  # as named; empty where neither the claim nor one before it names any
    carried: bool = False  # the places stand in an earlier claim of the document
    clashes: tuple[Clash, ...] = ()


class FigureRows(View, frozen=True, kw_only=True):
    """A page of the figures, by publication. `after` asks for the next one; None: this is the last."""

    rows: tuple[FigureView, ...]
    after: str | None


class FigureCells(View, frozen=True, kw_only=True):
    """A figure as one row of a table for other programs. Several values in a cell stand between " | "."""

    claim: ClaimId
    document: DocumentId
    start: int  # of the figure, in code points of the document's text
    end: int
    words: str
    low: Number | None  # None: open
    best: Number | None  # None: no single figure is stated
    high: Number | None
    bound: Bound
    unit: str | None
    outcome: str | None
    population: str | None
    stated: Standing
    places: str
    speaker: str | None
    chain: str  # every voice, the outermost first
    conflicts: int  # figures that exclude it
    updated_by: str  # ids of the claims whose figures take its place
    outlet: str | None
    origin: str
    published: str | None


class ClaimPage(View, frozen=True, kw_only=True):
    """All about one claim: in its sentence, with its source chain and its links."""

    view: ClaimView
    sentence: Span
    sentence_words: str
    links: tuple[LinkView, ...]  # that nobody has rejected; of each kind and direction the surest, if not all
    rejected: tuple[LinkView, ...] = ()  # the same
    linked: tuple[LinkCount, ...] = ()  # how many there are of each kind and direction but for these
    annotations: tuple[Annotation, ...] = ()  # that name it, the last one last: they tell whether it stands
    rating: str | None = None  # of the verdict that stands; None: nobody concluded anything


class Quoted(View, frozen=True, kw_only=True):
    """A claim where it stands: its sentences with those around them, and who is cited by which word."""

    view: ClaimView
    capture: CaptureId  # that its document was read from
    span: Span  # of what is shown of the document's text
    words: str  # of this span
    cut_before: bool  # a sentence goes on before it, or after it
    cut_after: bool
    sentences: Spans  # that make up the span; those that the claim stands in are one
    source: Spans  # of the claim's own attribution
    cue: Spans


class EvidenceView(View, frozen=True, kw_only=True):
    """What a verdict rests on, in its words."""

    evidence: Evidence
    origin: str  # the name of the capture's file
    document: DocumentHead | None = None  # None: a whole capture
    words: str = ""  # empty: the whole document, or the whole capture


class VerdictView(View, frozen=True, kw_only=True):
    """A verdict with what it rests on, and whether it stands."""

    verdict: Verdict
    stands: bool  # False: a later one supersedes it
    evidence: tuple[EvidenceView, ...]


class Passage(View, frozen=True, kw_only=True):
    """Words of a document that a person points at: where they stand, and what stands there as they see it."""

    span: Span
    words: str


class Annotated(View, frozen=True, kw_only=True):
    """A claim as a person reads it in a document: whose it is, and in which words.

    In the outlet's own voice nobody is cited. Any other voice needs a speaker's name, a source or a cue.
    """

    content: tuple[Passage, ...]
    act: Act
    voice: Voice
    speaker: str | None = None  # by name; None: who the source words name, or nobody
    source: tuple[Passage, ...] = ()
    cue: tuple[Passage, ...] = ()


class DocumentPage(View, frozen=True, kw_only=True):
    """All about one document: its text, its attributions and its claims in text order."""

    document: Document
    head: DocumentHead
    attributions: tuple[Attribution, ...]
    claims: tuple[ClaimView, ...]
    problems: tuple[Problem, ...]


class ReadClaim(View, frozen=True, kw_only=True):
    """A claim beside the text that it stands in."""

    number: int  # in its document, from 1, in text order
    view: ClaimView
    attributions: tuple[Attribution, ...]  # its source chain, innermost first
    links: tuple[LinkCount, ...]


class ReadingPage(View, frozen=True, kw_only=True):
    """A document to be read: a part of its text, all of it where it is not very long."""

    document: Document
    head: DocumentHead
    span: Span | None  # the part; None: nothing is left of the text there
    claims: tuple[ReadClaim, ...]  # that reach into the part, in text order
    total: int  # claims of the whole document
    problems: tuple[Problem, ...]
    annotations: tuple[Annotation, ...]  # what people did to its claims, in the order in which they did


class DocumentRow(View, frozen=True, kw_only=True):
    """A document in a list."""

    head: DocumentHead
    claims: int
    own: int  # of these in the outlet's own voice


class DocumentRows(View, frozen=True, kw_only=True):
    """A page of a list of documents. `after` asks for the next one; None: this is the last."""

    rows: tuple[DocumentRow, ...]
    after: str | None


OTHERS = "others"  # stands for every party beside those that are named
NOBODY = "nobody"  # stands for claims whose text names no speaker, or nobody whom they are of


class RelationFilter(View, frozen=True, kw_only=True):
    """Which claims to count, and how many parties to name."""

    act: Act | None = None
    voice: Voice | None = None
    since: str | None = None  # ISO 8601 date: published on that day or later
    until: str | None = None  # ISO 8601 date: published on that day or before
    most: int = 12  # speakers, and as many targets; the others are summed up


class Actor(View, frozen=True, kw_only=True):
    """A party, folded as people judged, with the claims that it is the speaker or the target of."""

    id: PartyId
    name: str  # the fullest
    claims: int
    aimed: int  # of these at somebody who is named


class Relation(View, frozen=True, kw_only=True):
    """How often somebody performs an act towards somebody."""

    speaker: str  # a party's id, OTHERS or NOBODY
    target: str  # the same
    act: Act
    claims: int


class Period(View, frozen=True, kw_only=True):
    """How much was accused and denied from one day to another, by publication."""

    since: str  # ISO 8601 date
    until: str  # the last day
    accusations: int
    denials: int


class OwnVoice(View, frozen=True, kw_only=True):
    """How many claims an outlet brings, and how many of them it makes itself."""

    name: str | None  # as its first document writes it; None: documents that name nobody
    claims: int
    own: int


class Relations(View, frozen=True, kw_only=True):
    """Who says what of whom. Speakers are innermost voices, and outlets where they speak for themselves.

    Those with most claims aimed at somebody come first, then those with most claims, then by name: no party
    is placed by anything else.
    """

    claims: int  # that the filter wants
    aimed: int  # of these at somebody who is named
    speakers: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    more_speakers: int  # parties that OTHERS stands for
    more_targets: int
    relations: tuple[Relation, ...]  # every one once; their claims add up to `claims`
    periods: tuple[Period, ...]  # in order, days if they are few, else months or years; whatever the act
    undated: Period | None  # of documents that do not say when they were published; its days are empty
    outlets: tuple[OwnVoice, ...]  # those with most documents, whatever the filter


class OutletRow(View, frozen=True, kw_only=True):
    """An outlet in a list: how much it brings, how much of it in its own voice, and where that is from."""

    name: str | None  # as its first document writes it; None: documents that name nobody
    documents: int
    claims: int
    own: int  # of these in its own voice
    first: DocumentHead  # its first document; undated ones come last
    families: int  # of documents with the same passages that it takes part in
    first_in: int  # of these in which nobody's document is known to be earlier, and only its own may be first
    credits: tuple[tuple[str, int], ...]  # whom its documents credit, and how many do; the commonest first
    credits_read: int  # documents that were read for it, from the first on


class OutletRows(View, frozen=True, kw_only=True):
    """A page of a list of outlets. `after` asks for the next one; None: this is the last."""

    rows: tuple[OutletRow, ...]
    after: str | None


class CreditView(View, frozen=True, kw_only=True):
    """An agency or outlet that a document names as where it has its text from."""

    name: str  # as written; "agencies" where none is named
    covers: Literal["text", "sentence", "part"]  # part: some of the text, nobody says which
    words: str  # of the credit in its line or sentence; empty where it stands in the byline


class OutletDocument(View, frozen=True, kw_only=True):
    """A document of an outlet, with whom it credits and what it shares."""

    head: DocumentHead
    claims: int
    own: int  # of these in the outlet's own voice
    credits: tuple[CreditView, ...]
    shares: tuple["Reprint", ...]  # what ties it to others, the surest first; not all of very many


class OutletPage(View, frozen=True, kw_only=True):
    """An outlet with its documents. `after` asks for more of them; None: these are the last."""

    row: OutletRow
    documents: tuple[OutletDocument, ...]
    after: str | None


class Reprint(View, frozen=True, kw_only=True):
    """Two documents that hold the same passages."""

    link: LinkId
    copy: DocumentHead  # the later one, as far as that is known
    source: DocumentHead
    share: float  # of the copy's characters that stand in the other, 0 to 1
    why: str


class ReprintFamily(View, frozen=True, kw_only=True):
    """Documents that hold the same passages, directly or by way of others."""

    documents: int
    members: tuple[DocumentHead, ...]  # by publication, undated ones last; not all of very many
    first: tuple[DocumentHead, ...]  # several where the order is not known, none where no date is
    undated: int  # members that may be older than the first
    pairs: int
    reprints: tuple[Reprint, ...]  # the surest of the pairs


class FamilyRows(View, frozen=True, kw_only=True):
    """A page of a list of reprint families. `after` asks for the next one; None: this is the last."""

    rows: tuple[ReprintFamily, ...]
    after: str | None


EditKind = Literal["kept", "moved", "inserted", "deleted", "replaced"]


class Edit(View, frozen=True, kw_only=True):
    """Words of a copy, of what it was copied from, or of both, and what became of them.

    `kept` and `moved` words stand in both texts, moved ones in another order; `inserted` ones only in the
    copy, `deleted` ones only in the other; `replaced` ones differ.
    """

    kind: EditKind
    copy: Span | None = None
    source: Span | None = None


class Edits(View, frozen=True, kw_only=True):
    """What a copy changed, from its first word to its last; cut words stand behind what they followed."""

    link: LinkId
    edits: tuple[Edit, ...]


class About(View, frozen=True, kw_only=True):
    """What a case is called, and how much is in it."""

    title: str
    version: str  # of the sayso that answers
    documents: int
    claims: int
    links: int  # rejected ones too
    reviews: int
    verdicts: int  # superseded ones too
    ratings: tuple[str, ...]  # the scale of its verdicts
    log_entries: int
    log_head: str  # the hash of the log's last entry: as long as it is the same, so is the case


class ReprintPage(View, frozen=True, kw_only=True):
    """Two documents that hold the same passages, with all that one changed of the other."""

    reprint: Reprint
    copy_text: str
    source_text: str
    edits: tuple[Edit, ...]  # their spans point into the two texts
    judgement: Judged
    judged: LinkJudgement | None = None  # the one that stands; None: nobody has judged it


class CaseReport(View, frozen=True, kw_only=True):
    """A whole case, for a report."""

    title: str
    version: str  # of the sayso that made it
    documents: tuple[DocumentPage, ...]  # by publication date, then origin; undated ones last
    links: tuple[LinkView, ...]  # rejected ones too
    traces: tuple[Trace, ...] = ()  # of what most documents carry
    edits: tuple[Edits, ...] = ()  # of the surest copies
    log_head: str  # the hash of the log's last entry: what the report was made from


class Added(View, frozen=True, kw_only=True):
    """What became of one file."""

    origin: str
    outcome: Literal["added", "unchanged", "refused"]
    documents: int = 0  # that were read now; a file that is in the case already is not read again
    claims: int = 0
    problems: tuple[Problem, ...] = ()
    ids: tuple[DocumentId, ...] = ()  # of its documents in the case, whether they are new or not


class Imported(View, frozen=True, kw_only=True):
    """What became of one file of published fact-checks."""

    origin: str
    reviews: int  # that could be read
    new: int  # of these
    problems: tuple[Problem, ...] = ()


class RankedReview(View, frozen=True, kw_only=True):
    """A published fact-check that may be of a claim, for a person to look at."""

    review: Review
    score: float  # 0 to 1, as `sayso.match` gives it


class ReviewRows(View, frozen=True, kw_only=True):
    """A page of published fact-checks, as they came. `after` asks for the next one; None: the last."""

    rows: tuple[Review, ...]
    after: str | None


class Hit(View, frozen=True, kw_only=True):
    """A place where a search found its words."""

    document: DocumentHead
    span: Span  # of the sentence or line around the words
    words: str
    marks: tuple[Span, ...]  # the words searched for, in the document's text
    claims: tuple[str, ...] = ()  # ids of the claims that overlap the words


class LogEntry(View, frozen=True, kw_only=True):
    """One act of a person, in the order it happened. `hash` covers the entry and the hash before it."""

    number: int
    at: datetime
    who: str
    act: str  # init, add, link, judge, verdict, export …
    details: str  # canonical JSON
    previous: str
    hash: str


class Finding(View, frozen=True, kw_only=True):
    """Something `verify` found to be not as it was written."""

    code: str
    message: str
    where: str


class Verified(View, frozen=True, kw_only=True):
    """What `verify` checked, and what it found."""

    records: int
    captures: int
    log_entries: int
    rederived: int  # documents whose records were computed again and compared
    findings: tuple[Finding, ...]
