"""What the report of a case shows, section by section: every number, order and grouping, and no markup."""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, pairwise

import msgspec

from sayso.core.records import Act, Claim, LinkKind, Voice, checked_date, order_is_stated
from sayso.core.spans import Spans, hull
from sayso.core.spans import words as words_at
from sayso.core.views import CaseReport, ChainLink, ClaimView, DocumentPage, LinkEnd, LinkView
from sayso.exchange.figures import Chart, Stated, charts, outcome_words
from sayso.exchange.passages import Layer, Paragraph, Piece, around, cut, paragraphs
from sayso.language.lexicon.calendar import calendar
from sayso.language.segments import Segments

ACTS: Mapping[Act, str] = {
    "assert": "asserts",
    "deny": "denies",
    "accuse": "accuses",
    "demand": "demands",
    "pledge": "pledges",
    "predict": "predicts",
    "justify": "justifies",
    "evaluate": "evaluates",
    "report": "reports",
}
VOICES: Mapping[Voice, str] = {
    "direct": "direct quotation",
    "indirect": "indirect quotation",
    "mixed": "partly quoted",
    "outlet": "outlet's own voice",
}
# From the side that acts (left), and from the other.
_RELATIONS: Mapping[LinkKind, tuple[str, str]] = {
    "same": ("also said in", "also said in"),
    "denies": ("denies", "denied by"),
    "contradicts": ("conflicts with", "conflicts with"),
    "updates": ("updates", "updated by"),
    "copies": ("copies", "copied by"),
    "quotes": ("quotes", "quoted by"),
    "depicts": ("depicts", "depicted by"),
    "reviewed_by": ("reviewed by", "reviews"),
}
# Of two copies nothing may tell which is the original.
_SHARED = "has the same passages as"
_HEADINGS: Mapping[LinkKind, tuple[str, str]] = {
    "denies": ("What was said", "The denial"),
    "updates": ("Before", "After"),
    "contradicts": ("One says", "The other says"),
}
_TIMELINE_ACTS: frozenset[Act] = frozenset({"accuse", "deny", "demand"})
_MARKS = "\"'\u2018\u2019\u201c\u201d\u201e\u201f\u00ab\u00bb"
_LONG_TEXT = 30_000  # code points; a longer document starts folded
_SHORTEST_ID = len("clm_") + 8
# Code points: what a card can hold of a claim, of its sentence on either side, and of marked words.
_CARD_WORDS = 400
_CARD_REACH = 240
_DECIDING_WORDS = 40
# Beyond this many words a passage is shown without its changes: comparing costs the square of its length.
_COMPARED_WORDS = 400


class _View(msgspec.Struct, frozen=True, kw_only=True):
    """Base of what the template reads."""


class Voiced(_View, frozen=True, kw_only=True):
    """One voice of a source chain, as shown."""

    name: str
    voice: Voice
    named: bool
    note: str = ""  # how the speaker is known, unless it is stated


class Relation(_View, frozen=True, kw_only=True):
    """What a link says of one of its ends: "denied by 4.2"."""

    words: str
    kind: LinkKind
    number: str  # of the other end; empty when it is not in this report
    anchor: str
    judgement: str


class Paper(_View, frozen=True, kw_only=True):
    """A document with its number in the report."""

    number: int
    page: DocumentPage
    relations: tuple[Relation, ...]

    @property
    def anchor(self) -> str:
        """The id of the document's place in the page."""
        return f"d{self.number}"

    @property
    def outlet(self) -> str:
        """Who published it, or signed it where no publisher is known."""
        return self.page.head.publisher or self.page.document.byline or "outlet not named"

    @property
    def title(self) -> str:
        """Its title, or the name of its file."""
        return self.page.head.title or self.page.head.origin

    @property
    def day(self) -> str:
        """The ISO day of publication, or an empty string."""
        published = self.page.document.published
        return "" if published is None else published.isoformat()

    @property
    def long(self) -> bool:
        """Tell whether it starts folded."""
        return len(self.page.document.text) > _LONG_TEXT


class Said(_View, frozen=True, kw_only=True):
    """A claim with its number in the report, and all that is shown of it."""

    number: str  # document and place in it: 3.12
    anchor: str
    short_id: str  # the shortest beginning that `sayso show` takes for it
    view: ClaimView
    paper: Paper
    chain: tuple[Voiced, ...]  # outermost first; the last one's word it is
    relations: tuple[Relation, ...]
    cue: Spans
    speakers: tuple[str, ...]  # the filter's keys of every cited voice of the chain

    @property
    def claim(self) -> Claim:
        """The record."""
        return self.view.claim

    @property
    def label(self) -> str:
        """The number within its document."""
        return self.number.partition(".")[2]

    @property
    def act(self) -> str:
        """What the speaker does, as a verb."""
        return ACTS[self.claim.act]

    @property
    def speaker(self) -> str:
        """Whose word it is."""
        return self.chain[-1].name

    @property
    def words(self) -> str:
        """What it says, with the word that denies it: "denied … it had fired" is not "it had fired"."""
        return words_at(self.claim.stated(self.cue), self.paper.page.document.text)

    @property
    def figures(self) -> tuple[str, ...]:
        """The outcomes it puts a figure to: "at least 40 killed (civilian)"."""
        return tuple(outcome_words(q) for q in self.claim.quantities if q.outcome is not None)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Hedges, distance and denial, each as one phrase."""
        text = self.paper.page.document.text
        kinds = {
            "hedge": "hedged: ",
            "distancing": "the reporter keeps distance: ",
            "scare_quotes": "in scare quotes: ",
        }
        hedges = [f"{kinds[hedge.kind]}“{hedge.span.of(text).strip(_MARKS)}”" for hedge in self.claim.hedges]
        # Elsewhere the words themselves carry their negation.
        rejects = self.claim.act == "deny" and self.claim.polarity == "-"
        return (*(["says it is not so"] if rejects else []), *hedges)


class Side(_View, frozen=True, kw_only=True):
    """One side of a card: the words in their sentence."""

    heading: str
    paper: Paper | None
    said: Said | None
    pieces: tuple[Piece, ...]
    cut_before: bool = False
    cut_after: bool = False


class Earlier(_View, frozen=True, kw_only=True):
    """What a claim is linked to, and why."""

    side: Side
    why: str
    basis: str


class Card(_View, frozen=True, kw_only=True):
    """A claim that denies, updates or conflicts with others, and those others."""

    kind: LinkKind
    later: Side
    earlier: tuple[Earlier, ...]


class Word(_View, frozen=True, kw_only=True):
    """Words of an aligned passage that are the same on both sides, or are not."""

    words: str
    changed: bool


class Passage(_View, frozen=True, kw_only=True):
    """The same passage in the copy and in the earlier text."""

    copy: tuple[Word, ...]
    original: tuple[Word, ...]
    same: bool


class Copied(_View, frozen=True, kw_only=True):
    """One document that shares passages with an earlier one."""

    copy: Paper
    original: Paper
    share: int  # per cent of the copy's characters that stand in the other; its score where it has no spans
    passages: tuple[Passage, ...]
    why: str
    basis: str


class Family(_View, frozen=True, kw_only=True):
    """Documents that hold the same passages."""

    papers: tuple[Paper, ...]
    first: tuple[Paper, ...]  # the earliest day's; several when their order is not known
    undated: tuple[Paper, ...]
    copies: tuple[Copied, ...]


class Group(_View, frozen=True, kw_only=True):
    """The claims of one speaker or outlet."""

    name: str
    said: tuple[Said, ...]

    @property
    def acts(self) -> list[tuple[str, int]]:
        """The acts it performs, the most frequent first."""
        return sorted(Counter(said.act for said in self.said).items(), key=lambda act: (-act[1], act[0]))


class Event(_View, frozen=True, kw_only=True):
    """One entry of the timeline, with every place where the same words stand on that day."""

    kinds: tuple[str, ...]
    said: tuple[Said, ...]


class Outlet(_View, frozen=True, kw_only=True):
    """What one outlet contributes."""

    name: str
    documents: int
    claims: int
    own: int

    @property
    def share(self) -> int:
        """Per cent of its claims that are in its own voice."""
        return round(100 * self.own / self.claims) if self.claims else 0


class Shown(_View, frozen=True, kw_only=True):
    """A document with its text cut up."""

    paper: Paper
    paragraphs: tuple[Paragraph, ...]


class Sections:
    """Everything the template shows, computed from the case once."""

    def __init__(self, report: CaseReport) -> None:
        self.report = report
        # Rejected links stay on record, and out of every count.
        self.links = tuple(link for link in report.links if link.link.judgement != "rejected")
        self._number_of = {
            end: number
            for n, page in enumerate(report.documents, 1)
            for end, number in (
                (str(page.document.id), str(n)),
                *((str(view.claim.id), f"{n}.{m}") for m, view in enumerate(page.claims, 1)),
            )
        }

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """Every document, by publication date."""
        return tuple(
            Paper(number=n, page=page, relations=tuple(self._relations[page.document.id]))
            for n, page in enumerate(self.report.documents, 1)
        )

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every claim, in the order of the documents and their texts."""
        width = _distinct({str(v.claim.id) for page in self.report.documents for v in page.claims})
        return tuple(self._said_of(paper, view, width) for paper in self.papers for view in paper.page.claims)

    def _said_of(self, paper: Paper, view: ClaimView, width: int) -> Said:
        number = self._number_of[view.claim.id]
        chain = tuple(_voiced(link, paper) for link in reversed(view.chain))
        return Said(
            number=number,
            anchor=_anchor(number),
            short_id=view.claim.id[:width],
            view=view,
            paper=paper,
            chain=chain or (Voiced(name=paper.outlet, voice=view.voice, named=True),),
            relations=tuple(self._relations[view.claim.id]),
            cue=self._cues.get(view.claim.attribution, ()),
            speakers=tuple(
                dict.fromkeys(
                    self._speaker_keys[voiced.name.casefold()]
                    for voiced in chain
                    if voiced.voice != "outlet" and voiced.named
                )
            ),
        )

    @cached_property
    def _cues(self) -> dict[str, Spans]:
        return {one.id: one.cue for page in self.report.documents for one in page.attributions}

    @cached_property
    def by_id(self) -> dict[str, Said]:
        """Every claim by its id."""
        return {said.claim.id: said for said in self.said}

    @cached_property
    def speakers(self) -> tuple[tuple[str, str], ...]:
        """The filter's keys and the names of all cited speakers, by name."""
        names: dict[str, str] = {}
        for page in self.report.documents:
            for view in page.claims:
                for link in view.chain:
                    if link.voice != "outlet" and link.speaker:
                        names.setdefault(link.speaker.casefold(), link.speaker)
        return tuple((f"s{n}", names[key]) for n, key in enumerate(sorted(names), 1))

    @cached_property
    def _speaker_keys(self) -> dict[str, str]:
        return {name.casefold(): key for key, name in self.speakers}

    @cached_property
    def _relations(self) -> defaultdict[str, list[Relation]]:
        found: defaultdict[str, list[Relation]] = defaultdict(list)
        for view in self.links:
            forwards, backwards = _RELATIONS[view.link.kind]
            if view.link.kind == "copies" and not self._order_is_known(view):
                forwards = backwards = _SHARED
            ends = ((view.left, view.right, forwards), (view.right, view.left, backwards))
            for here, there, words in ends:
                number = self._number_of.get(there.id, "")
                found[here.id].append(
                    Relation(
                        words=words,
                        kind=view.link.kind,
                        number=number,
                        anchor=_anchor(number),
                        judgement=view.link.judgement,
                    )
                )
        for relations in found.values():
            relations.sort(key=lambda relation: (relation.words, _in_order(relation.number)))
        return found

    def _order_is_known(self, view: LinkView) -> bool:
        """Tell whether the dates say which of two documents was there first."""
        return order_is_stated(self._published.get(view.left.id), self._published.get(view.right.id))

    @cached_property
    def _published(self) -> dict[str, str | None]:
        return {page.document.id: page.document.published_at for page in self.report.documents}

    def relations_by_words(self, relations: Sequence[Relation]) -> list[tuple[str, list[Relation]]]:
        """Group relations that read alike: "also said in 1.2, 4.3"."""
        return [(words, list(alike)) for words, alike in groupby(relations, key=lambda r: r.words)]

    @cached_property
    def denials(self) -> tuple[Said, ...]:
        """The claims that deny something, by what they do or by a link that says so."""
        return tuple(said for said in self.said if said.claim.act == "deny" or said.claim.id in self._deniers)

    @cached_property
    def beside_what_they_deny(self) -> tuple[Said, ...]:
        """Those of the denials that are linked to what they deny."""
        return tuple(said for said in self.denials if said.claim.id in self._deniers)

    @cached_property
    def _deniers(self) -> frozenset[str]:
        return frozenset(view.left.id for view in self.links if view.link.kind == "denies")

    def count(self, kind: LinkKind) -> int:
        """Count the links of a kind that nobody has rejected."""
        return sum(view.link.kind == kind for view in self.links)

    @cached_property
    def outlets(self) -> tuple[Outlet, ...]:
        """The outlets, the one with most documents first."""
        documents = Counter(paper.outlet for paper in self.papers)
        claims = Counter(said.paper.outlet for said in self.said)
        own = Counter(said.paper.outlet for said in self.said if said.view.voice == "outlet")
        return tuple(
            Outlet(name=name, documents=count, claims=claims[name], own=own[name])
            for name, count in sorted(documents.items(), key=lambda item: (-item[1], item[0]))
        )

    def cards(self, kind: LinkKind) -> tuple[Card, ...]:
        """Put the links of a kind side by side, by the date of the later side."""
        return self._cards(view for view in self.links if view.link.kind == kind)

    @cached_property
    def rejected(self) -> tuple[Card, ...]:
        """The links that somebody rejected."""
        return self._cards(view for view in self.report.links if view.link.judgement == "rejected")

    def _link_order(self, view: LinkView) -> tuple[tuple[int, ...], tuple[int, ...], str]:
        left, right = (self._number_of.get(end.id, "") for end in (view.left, view.right))
        return _in_order(left), _in_order(right), view.link.id

    def _cards(self, views: Iterable[LinkView]) -> tuple[Card, ...]:
        acting: defaultdict[tuple[LinkKind, str], list[LinkView]] = defaultdict(list)
        for view in sorted(views, key=self._link_order):
            acting[view.link.kind, view.left.id].append(view)
        return tuple(self._card(kind, views) for (kind, _), views in acting.items())

    def _card(self, kind: LinkKind, views: Sequence[LinkView]) -> Card:
        before, after = _HEADINGS.get(kind, ("One", "The other"))
        spans = tuple(dict.fromkeys(span for view in views for span in view.link.left_spans))
        return Card(
            kind=kind,
            later=self._side(views[0].left, spans, after),
            earlier=tuple(
                Earlier(
                    side=self._side(view.right, view.link.right_spans, before),
                    why=view.link.why,
                    basis=_basis(view),
                )
                for view in views
            ),
        )

    def _side(self, end: LinkEnd, key: Spans, heading: str) -> Side:
        said = self.by_id.get(end.id)
        if said is None:
            # A whole document, or a record that this report does not hold: its words are all there is.
            paper = self._paper_of.get(end.document.id)
            return Side(heading=heading, paper=paper, said=None, pieces=(Piece(words=end.words),))
        text = said.paper.page.document.text
        content = said.claim.content
        candidates = (hull((*content, *key)), hull(key or content))
        shown = next((words for words in candidates if len(words) <= _CARD_WORDS), min(key or content))
        window = around(self._segments(said.paper), shown, reach=_CARD_REACH)
        layers = [_claim_layer(said)]
        # A rule that rests on a whole long claim has no deciding words; marking all of it would tell nothing.
        long = tuple(part for part in content if len(part) > _DECIDING_WORDS)
        if deciding := tuple(span for span in key if not any(part.within(span) for part in long)):
            layers.append(Layer(spans=deciding, kind="key"))
        return Side(
            heading=heading,
            paper=said.paper,
            said=said,
            pieces=tuple(cut(text, window.span, layers)),
            cut_before=window.cut_before,
            cut_after=window.cut_after,
        )

    @cached_property
    def _paper_of(self) -> dict[str, Paper]:
        return {paper.page.document.id: paper for paper in self.papers}

    def _segments(self, paper: Paper) -> Segments:
        if paper.number not in self._segmented:
            self._segmented[paper.number] = Segments(paper.page.document.text)
        return self._segmented[paper.number]

    @cached_property
    def _segmented(self) -> dict[int, Segments]:
        return {}

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        """The figures over time."""
        return charts(
            Stated(
                quantity=quantity,
                day=said.paper.day,
                speaker=said.speaker,
                places=tuple(dict.fromkeys(place.name for place in said.claim.places)),
                number=said.number,
                anchor=said.anchor,
            )
            for said in self.said
            for quantity in said.claim.quantities
        )

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """Documents that share passages, grouped until no group touches another; the largest first."""
        copied = [copy for view in self.links if view.link.kind == "copies" for copy in self._copied(view)]
        family_of: dict[int, set[int]] = {}
        for copy in copied:
            joined = family_of.get(copy.copy.number, {copy.copy.number}) | family_of.get(
                copy.original.number, {copy.original.number}
            )
            family_of.update(dict.fromkeys(joined, joined))
        distinct = {min(numbers): numbers for numbers in family_of.values()}
        families = [self._family(numbers, copied) for _, numbers in sorted(distinct.items())]
        return tuple(sorted(families, key=lambda family: -len(family.papers)))

    def _family(self, numbers: set[int], copied: Iterable[Copied]) -> Family:
        papers = tuple(self.papers[number - 1] for number in sorted(numbers))
        days = [paper.day for paper in papers if paper.day]
        return Family(
            papers=papers,
            first=tuple(paper for paper in papers if days and paper.day == min(days)),
            undated=tuple(paper for paper in papers if not paper.day),
            copies=tuple(
                sorted(
                    (copy for copy in copied if copy.copy.number in numbers),
                    key=lambda copy: (copy.copy.number, -copy.share, copy.original.number),
                )
            ),
        )

    def _copied(self, view: LinkView) -> Iterator[Copied]:
        copy = self._paper_of.get(view.left.document.id)
        original = self._paper_of.get(view.right.document.id)
        if copy is None or original is None or copy is original:
            return
        here, there = copy.page.document.text, original.page.document.text
        left, right = view.link.left_spans, view.link.right_spans
        share = sum(map(len, left)) / len(here) if left and here else view.link.score
        yield Copied(
            copy=copy,
            original=original,
            share=min(100, round(100 * share)),
            passages=tuple(_passage(a.of(here), b.of(there)) for a, b in zip(left, right, strict=False)),
            why=view.link.why,
            basis=_basis(view),
        )

    @cached_property
    def by_speaker(self) -> tuple[Group, ...]:
        """The cited claims by whose word they are: most claims first, those of nobody named last."""
        return _grouped((said for said in self.said if said.view.voice != "outlet"), last="nobody named")

    @cached_property
    def own_voice(self) -> tuple[Group, ...]:
        """The claims that outlets make themselves."""
        own = (said for said in self.said if said.view.voice == "outlet")
        return _grouped(own, last="outlet not named")

    @cached_property
    def timeline(self) -> tuple[tuple[str, tuple[Event, ...]], ...]:
        """Accusations, denials, figures and demands by day of publication; an empty day for undated ones."""
        alike: defaultdict[tuple[bool, str, str, str, str], list[Said]] = defaultdict(list)
        for said in self.said:
            if said.claim.act in _TIMELINE_ACTS or said.figures:
                day = said.paper.day
                key = (not day, day, said.speaker.casefold(), said.claim.act, said.words)
                alike[key].append(said)
        events: defaultdict[tuple[bool, str], list[Event]] = defaultdict(list)
        for (undated, day, _, act, _), same in alike.items():
            kinds = (
                *([ACTS[act]] if act in _TIMELINE_ACTS else []),
                *(["figure"] if same[0].figures else []),
            )
            events[undated, day].append(Event(kinds=kinds, said=tuple(same)))
        return tuple((day, tuple(found)) for (_, day), found in sorted(events.items(), key=lambda e: e[0]))

    @property
    def documents(self) -> Iterator[Shown]:
        """Every document with its text cut up, one after another: a case can be larger than its texts."""
        said_in = {n: list(found) for n, found in groupby(self.said, key=lambda s: s.paper.number)}
        for paper in self.papers:
            layers = [_claim_layer(said) for said in said_in.get(paper.number, [])]
            for attribution in paper.page.attributions:
                if attribution.source:
                    layers.append(Layer(spans=attribution.source, kind="source"))
                if attribution.cue:
                    layers.append(Layer(spans=attribution.cue, kind="cue"))
            yield Shown(paper=paper, paragraphs=paragraphs(paper.page.document.text, layers))

    def at(self, anchor: str) -> Said:
        """Return the claim whose note has this id."""
        return self._by_anchor[anchor]

    @cached_property
    def _by_anchor(self) -> dict[str, Said]:
        return {said.anchor: said for said in self.said}


def day_words(iso: str) -> str:
    """Say an ISO 8601 day, or the day of a date-time, in words: 5 November 2020."""
    if not iso:
        return "undated"
    day = checked_date(iso)
    month = calendar().month_names[day.month - 1].capitalize()
    return f"{day.day} {month} {day.year}"


def _anchor(number: str) -> str:
    """Return the id in the page of a document ("3") or a claim ("3.12")."""
    if not number:
        return ""
    return "c" + number.replace(".", "-") if "." in number else "d" + number


def _in_order(number: str) -> tuple[int, ...]:
    return tuple(map(int, number.split("."))) if number else ()


def _distinct(ids: Iterable[str]) -> int:
    """Return how many characters tell all ids apart."""
    ordered = sorted(ids)
    width = _SHORTEST_ID
    for one, next_one in pairwise(ordered):
        shared = next((n for n, (a, b) in enumerate(zip(one, next_one, strict=False)) if a != b), len(one))
        width = max(width, shared + 1)
    return width


def _voiced(link: ChainLink, paper: Paper) -> Voiced:
    if link.voice == "outlet":
        return Voiced(name=link.speaker or paper.outlet, voice="outlet", named=True)
    stated = link.basis is None or link.basis == "stated"
    return Voiced(
        name=link.speaker or "nobody named",
        voice=link.voice,
        named=link.speaker is not None,
        note="" if stated or link.basis is None else link.basis,
    )


def _claim_layer(said: Said) -> Layer:
    return Layer(
        spans=said.claim.content,
        kind="claim",
        anchor=said.anchor,
        label=said.label,
        voice=said.view.voice,
        depth=len(said.chain),
    )


def _basis(view: LinkView) -> str:
    link = view.link
    found = f"rule {link.rule}, score {link.score:.2f}"
    match link.judgement:
        case "unjudged":
            return f"suggested by {found}; nobody has judged it yet"
        case judgement:
            return f"{judgement} by {link.judged_by or 'somebody unnamed'}; suggested by {found}"


def _grouped(found: Iterable[Said], *, last: str) -> tuple[Group, ...]:
    groups: defaultdict[str, list[Said]] = defaultdict(list)
    for said in found:
        groups[said.speaker.casefold()].append(said)
    ordered = sorted(groups.items(), key=lambda group: (group[0] == last, -len(group[1]), group[0]))
    return tuple(Group(name=said[0].speaker, said=tuple(said)) for _, said in ordered)


def _passage(copy: str, original: str) -> Passage:
    ours, theirs = (re.findall(r"\S+\s*", words) for words in (copy, original))
    same = [word.rstrip() for word in ours] == [word.rstrip() for word in theirs]
    if same or max(len(ours), len(theirs)) > _COMPARED_WORDS:
        return Passage(
            copy=(Word(words=copy, changed=False),),
            original=(Word(words=original, changed=False),),
            same=same,
        )
    compared = difflib.SequenceMatcher(
        None, [word.rstrip() for word in ours], [word.rstrip() for word in theirs], autojunk=False
    )
    left: list[Word] = []
    right: list[Word] = []
    for tag, a, b, c, d in compared.get_opcodes():
        for side, words in ((left, ours[a:b]), (right, theirs[c:d])):
            if words:
                side.append(Word(words="".join(words), changed=tag != "equal"))
    return Passage(copy=tuple(left), original=tuple(right), same=False)
