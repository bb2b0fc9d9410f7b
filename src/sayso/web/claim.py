"""A claim as whoever checks it sees it: in its sentence, beside its links, over time, with its verdicts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple

import msgspec

from sayso.case import Case
from sayso.core.errors import BadInput
from sayso.core.excerpts import left_out, shortened, window
from sayso.core.ids import CaptureId, DocumentId
from sayso.core.records import Claim, Evidence, LinkKind
from sayso.core.spans import Span, Spans, hull
from sayso.core.views import (
    ClaimPage,
    ClaimView,
    DocumentHead,
    LinkEnd,
    LinkView,
    Quoted,
    RankedReview,
    Trace,
    VerdictView,
)
from sayso.exchange import stories
from sayso.exchange.cards import deciding
from sayso.exchange.figures import Chart, Stated, charts
from sayso.exchange.papers import ACTS, VOICES, basis
from sayso.exchange.passages import Layer, LayerKind, Piece, cut
from sayso.exchange.stories import Story
from sayso.web.parts import Told, parts

MOST_BESIDE: Final = 10  # links of one section
_TOLD: Final = 16  # claims that say the same, and answers of each kind, whose story is told
_AROUND: Final = 4  # sentences on either side of the claim's own that can be read and picked
_REVIEWS: Final = 8  # that are only ranked
_SHORT_ID: Final = slice(len("clm_"), len("clm_") + 6)

# The order of the sections, and what each is called; the second name is for links that point at this claim.
_KINDS: Final[tuple[tuple[LinkKind, str, str], ...]] = (
    ("denies", "What it denies", "Denied by"),
    ("contradicts", "Stands against", "Stands against"),
    ("updates", "Takes the place of", "Since updated by"),
    ("same", "The same claim", "The same claim"),
    ("quotes", "Quotes", "Quoted by"),
)


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a verdict can rest on."""

    value: str  # what the form sends for it
    words: str  # empty: a whole file
    origin: str
    document: DocumentHead | None
    chosen: bool
    note: str = ""  # what is said about it


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a link in its sentence."""

    end: LinkEnd
    pieces: tuple[Piece, ...]
    cut_before: bool = False
    cut_after: bool = False
    left_out: str = ""  # how much of its sentence is shown
    view: ClaimView | None = None  # of a claim
    choice: Choice | None = None


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """A link from the side of the claim that is looked at."""

    view: LinkView
    own: Side
    other: Side
    basis: str  # what it rests on, and what a person made of it


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Links of one kind and direction."""

    kind: LinkKind
    title: str
    links: tuple[Beside, ...]
    left_out: int = 0


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence near the claim, or the claim's own."""

    own: bool
    words: str
    choice: Choice


class Noted(NamedTuple):
    """What somebody says about a piece of evidence, which is as the form sends it."""

    value: str
    note: str


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the page's forms: as typed before an error, or as the verdict that stands has it."""

    rating: str = ""
    reason: str = ""
    evidence: tuple[str, ...] = ()
    notes: tuple[Noted, ...] = ()
    link: str = ""  # whose judgement was refused, and the reason that was given for it
    link_reason: str = ""


class _Addresses:
    """Where the moments of a story stand: each claim has a page of its own."""

    def of(self, end: str) -> None:
        """Say that nothing is numbered here."""

    def anchored(self, end: str) -> tuple[str, str]:
        """Return what to call a claim, and its id."""
        return (f"claim {end[_SHORT_ID]}", end) if end.startswith(f"{Claim.prefix}_") else ("", "")


class Dossier:
    """All that the page shows of a claim."""

    def __init__(self, case: Case, claim: str, typed: Typed | None = None) -> None:
        self.page: ClaimPage = case.show(claim, most=MOST_BESIDE)
        self.trace: Trace = case.trace(self.claim.id, most=_TOLD)
        self.verdicts: tuple[VerdictView, ...] = case.concluded(self.claim.id)
        self.ratings = case.settings.verdicts.ratings
        [self.quoted] = case.quoted([self.claim.id], around=_AROUND)
        # What a person confirmed first, as the case chose them; else some might have no room below.
        self._links = sorted(self.page.links, key=lambda view: view.link.judgement != "confirmed")
        self._beside = {view.link.id: view for view in (*self._links, *self.page.rejected)}
        self._others: Mapping[str, Quoted] = {
            one.view.claim.id: one for one in case.quoted(sorted(self._ends_shown()))
        }
        self._ranked = case.reviews_of(self.claim.id, top=_REVIEWS)
        self.typed = typed or self._as_it_stands()

    @property
    def view(self) -> ClaimView:
        """The claim with its source chain."""
        return self.page.view

    @property
    def claim(self) -> Claim:
        """The claim as it is stored."""
        return self.page.view.claim

    @property
    def act(self) -> str:
        """What the speaker does, as a verb."""
        return ACTS[self.claim.act]

    @property
    def voice(self) -> str:
        """How the words are conveyed."""
        return VOICES[self.view.voice]

    @cached_property
    def parts(self) -> tuple[Told, ...]:
        """The parts of the claim, in words."""
        return parts(self.quoted)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The sentence that it stands in, with its own words and every part marked."""
        return _marked(self.quoted, self._shown, told=self.parts)

    @property
    def left_out(self) -> str:
        """How much of the sentence is shown; empty where that is all."""
        return left_out(self._own_sentence, self._shown)

    @cached_property
    def around(self) -> tuple[Around, ...]:
        """The sentences before and after it, its own among them."""
        return tuple(
            Around(
                own=span == self._own_sentence,
                words=_words(self.quoted, span),
                choice=self._choice(self.quoted, span),
            )
            for span in self.quoted.sentences
        )

    @property
    def own_choice(self) -> Choice:
        """The claim's own sentence, to be picked as evidence."""
        return self._choice(self.quoted, self._own_sentence)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The links by kind, those that say most about it first; sections without links are left out."""
        return tuple(self._sections())

    @cached_property
    def suggested(self) -> tuple[Beside, ...]:
        """Published fact-checks that a rule takes to be of this claim: links to be judged."""
        return tuple(self._side_by_side(view) for view in self._links if view.link.kind == "reviewed_by")

    @cached_property
    def ranked(self) -> tuple[RankedReview, ...]:
        """Published fact-checks that are merely near to it in words and meaning."""
        linked = {end.id for view in self._beside.values() for end in (view.left, view.right)}
        return tuple(one for one in self._ranked if one.review.id not in linked)

    @cached_property
    def rejected(self) -> tuple[Beside, ...]:
        """Links that somebody rejected, to be taken back."""
        return tuple(self._side_by_side(view) for view in self.page.rejected[:MOST_BESIDE])

    @cached_property
    def story(self) -> Story:
        """What came when: who said it first, who repeated it, what stands against it or follows it."""
        return stories.story(_Addresses(), self.trace)

    @property
    def not_followed(self) -> int:
        """How many links its story leaves out."""
        return self.trace.left_out + self.trace.proposition.left_out

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        """The figures of the claim beside those of the claims that say the same, exclude it or update it."""
        drawn = charts(self._stated())
        return tuple(
            chart
            for chart in drawn
            if any((self.claim.id in dict(row.claims).values()) for row in chart.rows)
        )

    @property
    def standing(self) -> VerdictView | None:
        """The verdict that stands."""
        return next((one for one in self.verdicts if one.stands), None)

    @cached_property
    def files(self) -> tuple[Choice, ...]:
        """The files that the claim and its links were read from, to be picked as a whole."""
        found = {one.capture: one.view.document for one in (self.quoted, *self._others.values())}
        return tuple(
            Choice(
                value=capture,
                words="",
                origin=head.origin,
                document=head,
                chosen=capture in self.typed.evidence,
                note=self._notes.get(capture, ""),
            )
            for capture, head in found.items()
        )

    @cached_property
    def kept(self) -> tuple[Choice, ...]:
        """What the verdict that stands rests on and nothing else on the page offers."""
        offered = {choice.value for choice in self._offered()}
        evidence = () if self.standing is None else self.standing.evidence
        return tuple(
            Choice(
                value=value,
                words=one.words,
                origin=one.origin,
                document=one.document,
                chosen=value in self.typed.evidence,
                note=self._notes.get(value, ""),
            )
            for one in evidence
            if (value := _written(one.evidence)) not in offered
        )

    @cached_property
    def _notes(self) -> Mapping[str, str]:
        return dict(self.typed.notes)

    @cached_property
    def picked(self) -> tuple[Choice, ...]:
        """What is picked as evidence, each once."""
        chosen = (one for one in (*self._offered(), self.own_choice, *self.kept) if one.chosen)
        return tuple({one.value: one for one in chosen}.values())

    def reason_for(self, link: str) -> str:
        """Return the reason that was typed for judging a link, where it was refused."""
        return self.typed.link_reason if self.typed.link == link else ""

    def _as_it_stands(self) -> Typed:
        if self.standing is None:
            return Typed()
        verdict = self.standing.verdict
        return Typed(
            rating=verdict.rating,
            reason=verdict.reason,
            evidence=tuple(map(_written, verdict.evidence)),
            notes=tuple(Noted(_written(one), one.note) for one in verdict.evidence),
        )

    def _offered(self) -> Iterator[Choice]:
        yield from (around.choice for around in self.around)
        yield from self.files
        for links in (*(section.links for section in self.sections), self.rejected):
            yield from (beside.other.choice for beside in links if beside.other.choice is not None)

    def _ends_shown(self) -> set[str]:
        """Return the ids of the other claims whose sentences or figures the page shows."""
        counted: Counter[tuple[str, bool]] = Counter()
        found: set[str] = set()
        for view in self._beside.values():
            end, from_here = self._other(view), view.left.id == self.claim.id
            counted[view.link.kind, from_here] += 1
            if end.kind == "claim" and counted[view.link.kind, from_here] <= MOST_BESIDE:
                found.add(end.id)
        events = self.trace.events[: stories.MOST_MOMENTS]
        return found | {event.end.id for event in events if event.end.kind == "claim"} - {self.claim.id}

    def _other(self, view: LinkView) -> LinkEnd:
        return view.right if view.left.id == self.claim.id else view.left

    @cached_property
    def _own_sentence(self) -> Span:
        return _own_sentence(self.quoted)

    @cached_property
    def _shown(self) -> Span:
        return window(self._own_sentence, hull(self.claim.content))

    def _sections(self) -> Iterator[Section]:
        for kind, acting, acted_upon in _KINDS:
            of_kind = [view for view in self._links if view.link.kind == kind]
            both = [(acting, True), (acted_upon, False)] if acting != acted_upon else [(acting, None)]
            for title, from_here in both:
                views = [
                    view
                    for view in of_kind
                    if from_here is None or (view.link.left == self.claim.id) is from_here
                ]
                if views:
                    every = count_of(self.page, kind, from_here=from_here)
                    yield Section(
                        kind=kind,
                        title=title,
                        links=tuple(self._side_by_side(view) for view in views[:MOST_BESIDE]),
                        left_out=max(0, every - MOST_BESIDE),
                    )

    def _side_by_side(self, view: LinkView) -> Beside:
        left_is_own = view.link.left == self.claim.id
        own_key, other_key = view.link.left_spans, view.link.right_spans
        if not left_is_own:
            own_key, other_key = other_key, own_key
        own = view.left if left_is_own else view.right
        return Beside(
            view=view,
            own=_side(own, self.quoted, own_key),
            other=self._other_side(self._other(view), other_key),
            basis=basis(view),
        )

    def _other_side(self, end: LinkEnd, key: Spans) -> Side:
        quoted = self._others.get(end.id)
        if quoted is None:
            return Side(end=end, pieces=(Piece(words=shortened(end.words)),))
        return _side(end, quoted, key, self._choice(quoted, _own_sentence(quoted)))

    def _choice(self, quoted: Quoted, span: Span) -> Choice:
        document = quoted.view.document
        value = _written(Evidence(capture=quoted.capture, document=document.id, span=span))
        return Choice(
            value=value,
            words=_words(quoted, span),
            origin=document.origin,
            document=document,
            chosen=value in self.typed.evidence,
            note=self._notes.get(value, ""),
        )

    def _stated(self) -> Iterator[Stated]:
        against = {
            event.end.id for event in self.trace.events if event.kind in {"conflict", "updated", "updates"}
        }
        views = [
            *self.trace.proposition.claims,
            *(one.view for end, one in self._others.items() if end in against),
        ]
        for view in views:
            number, anchor = _Addresses().anchored(view.claim.id)
            for quantity in view.claim.quantities:
                yield Stated(
                    quantity=quantity,
                    day=(view.document.published_at or "")[:10],
                    speaker=view.who(view.chain[0]),
                    places=tuple(dict.fromkeys(place.name for place in view.claim.places)),
                    number=number,
                    anchor=anchor,
                )


def count_of(page: ClaimPage, kind: LinkKind, *, from_here: bool | None = None) -> int:
    """Return how many links of a kind a claim has, in one direction or (None) in both."""
    return sum(one.count for one in page.linked if one.kind == kind and from_here in {None, one.acts})


def _side(end: LinkEnd, quoted: Quoted, key: Spans, choice: Choice | None = None) -> Side:
    whole = _own_sentence(quoted)
    span = window(whole, hull(quoted.view.claim.content))
    return Side(
        end=end,
        pieces=_marked(quoted, span, key=deciding(key, quoted.view.claim.content)),
        cut_before=quoted.cut_before and span.start == quoted.span.start,
        cut_after=quoted.cut_after and span.end == quoted.span.end,
        left_out=left_out(whole, span),
        view=quoted.view,
        choice=choice,
    )


def _own_sentence(quoted: Quoted) -> Span:
    content = hull(quoted.view.claim.content)
    return hull(span for span in quoted.sentences if span.overlaps(content))


def _marked(quoted: Quoted, within: Span, *, key: Spans = (), told: Iterable[Told] = ()) -> tuple[Piece, ...]:
    """Cut a part of what is quoted at everything that is said of it."""
    words = _words(quoted, within)

    def layer(kind: LayerKind, spans: Spans, label: str = "") -> Iterator[Layer]:
        inside = tuple(
            Span(max(span.start, within.start) - within.start, min(span.end, within.end) - within.start)
            for span in spans
            if span.overlaps(within)
        )
        if inside:
            view = quoted.view
            yield Layer(
                spans=inside,
                kind=kind,
                anchor="this",
                label=label,
                voice=view.voice,
                depth=len(view.chain),
            )

    layers = [
        *layer("claim", quoted.view.claim.content),
        *layer("source", quoted.source),
        *layer("cue", quoted.cue),
        *layer("key", key),
        *(found for one in told for found in layer("part", one.spans, one.letter)),
    ]
    return tuple(cut(words, Span(0, len(words)), layers))


def _words(quoted: Quoted, span: Span) -> str:
    return quoted.words[span.start - quoted.span.start : span.end - quoted.span.start]


def _written(evidence: Evidence) -> str:
    """Return evidence as the form sends it."""
    if evidence.document is None:
        return evidence.capture
    if evidence.span is None:
        return f"{evidence.capture} {evidence.document}"
    return f"{evidence.capture} {evidence.document} {evidence.span.start} {evidence.span.end}"


def evidence_of(sent: Iterable[str], notes: Iterable[Noted] = ()) -> tuple[Evidence, ...]:
    """Return what the form sent as evidence, each once; raises BadInput for what no form of ours sends."""
    of = dict(notes)
    return tuple(
        msgspec.structs.replace(_read(one), note=" ".join(of.get(one, "").split()))
        for one in dict.fromkeys(sent)
    )


def _read(sent: str) -> Evidence:
    match sent.split(" "):
        case [capture]:
            return Evidence(capture=CaptureId(capture))
        case [capture, document]:
            return Evidence(capture=CaptureId(capture), document=DocumentId(document))
        case [capture, document, start, end] if _is_offset(start) and _is_offset(end):
            return Evidence(
                capture=CaptureId(capture), document=DocumentId(document), span=Span(int(start), int(end))
            )
        case _:
            raise BadInput(
                "bad-evidence", f"{sent[:80]!r} is no evidence", hint="pick it on the claim's page"
            )


_MOST_DIGITS = 12


def _is_offset(sent: str) -> bool:
    return sent.isascii() and sent.isdecimal() and len(sent) <= _MOST_DIGITS
