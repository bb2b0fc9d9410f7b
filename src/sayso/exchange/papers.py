"""The documents and claims of a case as a report shows them: numbered, with anchors, as far as they fit."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import groupby, pairwise

import msgspec

from sayso.core.records import Act, Claim, LinkKind, Voice, checked_date, order_is_stated
from sayso.core.spans import Spans
from sayso.core.spans import words as words_at
from sayso.core.views import CaseReport, ChainLink, ClaimView, DocumentPage, LinkEnd, LinkView
from sayso.exchange.figures import outcome_words
from sayso.exchange.passages import Layer
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
# What one file can hold that a browser still scrolls: about 2,500 bytes a claim, and a text as it is.
MOST_CLAIMS = 2_500
MOST_TEXT = 1_500_000  # code points
MOST_LISTED = 2_000  # documents that are listed without their text
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
_MARKS = "\"'\u2018\u2019\u201c\u201d\u201e\u201f\u00ab\u00bb"
_LONG_TEXT = 30_000  # code points; a longer document starts folded
_SHORTEST_ID = len("clm_") + 8


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Base of what the template reads."""


class Voiced(Shown, frozen=True, kw_only=True):
    """One voice of a source chain, as shown."""

    name: str
    voice: Voice
    named: bool
    note: str = ""  # how the speaker is known, unless it is stated


class Relation(Shown, frozen=True, kw_only=True):
    """What a link says of one of its ends: "denied by 4.2"."""

    words: str
    kind: LinkKind
    number: str  # of the other end; empty when it is not in this report
    anchor: str
    judgement: str
    other: str = ""  # what to call the other end where it has no number


class Paper(Shown, frozen=True, kw_only=True):
    """A document with its number in the report."""

    number: int
    page: DocumentPage
    anchor: str  # the id of its place in the page; empty where it has none
    whole: bool  # its text and its claims are in the report
    relations: tuple[Relation, ...] = ()

    @property
    def outlet(self) -> str:
        """Who published it, or signed it where no publisher is known."""
        return self.page.head.publisher or self.page.document.byline or "outlet not named"

    @property
    def title(self) -> str:
        """Its title, or the name of its file."""
        return self.page.head.name

    @property
    def day(self) -> str:
        """The ISO day of publication, or an empty string."""
        published = self.page.document.published
        return "" if published is None else published.isoformat()

    @property
    def long(self) -> bool:
        """Tell whether it starts folded."""
        return len(self.page.document.text) > _LONG_TEXT


class Said(Shown, frozen=True, kw_only=True):
    """A claim with its number in the report, and all that is shown of it."""

    number: str  # document and place in it: 3.12
    anchor: str  # of its note; where the text is left out, of its document
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
        """What it says, with the word that denies it: "denied … it had fired" is not "it fired"."""
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


class Papers:
    """Everything that is numbered in a report: each document, each claim, and where it stands in the page."""

    def __init__(self, report: CaseReport, links: Iterable[LinkView]) -> None:
        self._report = report
        self._links = tuple(links)
        self._number_of = {
            end: number
            for n, page in enumerate(report.documents, 1)
            for end, number in (
                (str(page.document.id), str(n)),
                *((str(view.claim.id), f"{n}.{m}") for m, view in enumerate(page.claims, 1)),
            )
        }
        self._said: dict[str, Said] = {}
        self._segmented: dict[int, Segments] = {}

    @cached_property
    def every(self) -> tuple[Paper, ...]:
        """Every document, by publication date."""
        return tuple(
            Paper(
                number=n,
                page=page,
                anchor=self._anchor(str(n)),
                whole=n in self._whole,
                relations=tuple(self._relations[page.document.id]),
            )
            for n, page in enumerate(self._report.documents, 1)
        )

    @cached_property
    def whole(self) -> tuple[Paper, ...]:
        """The documents that are shown with their text: all of them where they fit."""
        return tuple(paper for paper in self.every if paper.whole)

    @cached_property
    def listed(self) -> tuple[Paper, ...]:
        """The documents that are named without their text."""
        return tuple(paper for paper in self.every if paper.anchor and not paper.whole)

    @cached_property
    def _whole(self) -> frozenset[int]:
        """The numbers of the documents that are shown with their text: those with most links come first."""
        linked = Counter(end.document.id for view in self._links for end in (view.left, view.right))
        pages = self._report.documents
        ranked = sorted(range(len(pages)), key=lambda n: (-linked[pages[n].document.id], n))
        claims, text = MOST_CLAIMS, MOST_TEXT
        chosen = []
        for n in ranked:
            if len(pages[n].claims) <= claims and len(pages[n].document.text) <= text:
                claims -= len(pages[n].claims)
                text -= len(pages[n].document.text)
                chosen.append(n + 1)
        return frozenset(chosen)

    @cached_property
    def _listed(self) -> frozenset[int]:
        others = (n for n in range(1, len(self._report.documents) + 1) if n not in self._whole)
        return frozenset(n for n, _ in zip(others, range(MOST_LISTED), strict=False))

    def _anchor(self, number: str) -> str:
        """Return the id in the page of a document ("3") or a claim ("3.12"); empty where it has no place."""
        document, _, claim = number.partition(".")
        if not document:
            return ""
        if int(document) in self._whole:
            return f"c{document}-{claim}" if claim else f"d{document}"
        return f"d{document}" if int(document) in self._listed else ""

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every claim of the documents that are shown, in their order and that of their texts."""
        return tuple(self._of(paper, view) for paper in self.whole for view in paper.page.claims)

    def of(self, end: str) -> Said | None:
        """Return a claim by its id; None for what is no claim of this case."""
        if end not in self._said and "." in self._number_of.get(end, ""):
            n, m = map(int, self._number_of[end].split("."))
            paper = self.every[n - 1]
            self._of(paper, paper.page.claims[m - 1])
        return self._said.get(end)

    def _of(self, paper: Paper, view: ClaimView) -> Said:
        if view.claim.id not in self._said:
            self._said[view.claim.id] = self._said_of(paper, view)
        return self._said[view.claim.id]

    def _said_of(self, paper: Paper, view: ClaimView) -> Said:
        number = self._number_of[view.claim.id]
        chain = tuple(_voiced(link, paper) for link in reversed(view.chain))
        cited = (voiced.name.casefold() for voiced in chain if voiced.voice != "outlet" and voiced.named)
        return Said(
            number=number,
            anchor=self._anchor(number),
            short_id=view.claim.id[: self._width],
            view=view,
            paper=paper,
            chain=chain or (Voiced(name=paper.page.head.whose, voice=view.voice, named=True),),
            relations=tuple(self._relations[view.claim.id]),
            cue=self._cues.get(view.claim.attribution, ()),
            speakers=tuple(
                dict.fromkeys(self._speaker_keys[name] for name in cited if name in self._speaker_keys)
            ),
        )

    @cached_property
    def _width(self) -> int:
        return _distinct({str(v.claim.id) for page in self._report.documents for v in page.claims})

    @cached_property
    def _cues(self) -> dict[str, Spans]:
        return {one.id: one.cue for page in self._report.documents for one in page.attributions}

    @cached_property
    def speakers(self) -> tuple[tuple[str, str], ...]:
        """The filter's keys and the names of all speakers cited in what is shown, by name."""
        names: dict[str, str] = {}
        for paper in self.whole:
            for view in paper.page.claims:
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
        for view in self._links:
            forwards, backwards = _RELATIONS[view.link.kind]
            if view.link.kind == "copies" and not order_is_stated(
                view.left.document.published_at, view.right.document.published_at
            ):
                forwards = backwards = _SHARED
            ends = ((view.left, view.right, forwards), (view.right, view.left, backwards))
            for here, there, words in ends:
                number = self._number_of.get(there.id, "")
                found[here.id].append(
                    Relation(
                        words=words,
                        kind=view.link.kind,
                        number=number,
                        anchor=self._anchor(number),
                        judgement=view.link.judgement,
                        other=review_words(there) if there.kind == "review" else "",
                    )
                )
        for relations in found.values():
            relations.sort(key=lambda relation: (relation.words, _in_order(relation.number)))
        return found

    def paper_of(self, document: str) -> Paper | None:
        """Return a document by its id; None for one that is not in this case."""
        number = self._number_of.get(document, "")
        return self.every[int(number) - 1] if number.isdecimal() else None

    def segments(self, paper: Paper) -> Segments:
        """Return the sentences and paragraphs of a document."""
        if paper.number not in self._segmented:
            self._segmented[paper.number] = Segments(paper.page.document.text)
        return self._segmented[paper.number]

    def link_order(self, view: LinkView) -> tuple[tuple[int, ...], tuple[int, ...], str]:
        """Return a key that orders links as their ends stand in the report, the later side first."""
        left, right = (self._number_of.get(end.id, "") for end in (view.left, view.right))
        return _in_order(left), _in_order(right), view.link.id

    def anchored(self, end: str) -> tuple[str, str]:
        """Return the number of a document or claim and the id of its place; both empty for another record."""
        number = self._number_of.get(end, "")
        return number, self._anchor(number)


def review_words(end: LinkEnd) -> str:
    """Say whose fact-check one side of a link is, and how it rates what it reviewed."""
    return f"{end.speaker or 'somebody unnamed'}: {end.document.title or 'not rated'}"


def by_words(relations: Iterable[Relation]) -> list[tuple[str, list[Relation]]]:
    """Group relations that read alike: "also said in 1.2, 4.3"."""
    return [(words, list(alike)) for words, alike in groupby(relations, key=lambda r: r.words)]


def claim_layer(said: Said) -> Layer:
    """Return a claim as words to be marked in its text."""
    return Layer(
        spans=said.claim.content,
        kind="claim",
        anchor=said.anchor,
        label=said.label,
        voice=said.view.voice,
        depth=len(said.chain),
    )


def basis(view: LinkView) -> str:
    """Say what a link rests on, and what a person made of it."""
    link = view.link
    found = f"rule {link.rule}, score {link.score:.2f}"
    match link.judgement:
        case "unjudged":
            return f"suggested by {found}; nobody has judged it yet"
        case judgement:
            why = f", because: {view.judged.reason}" if view.judged and view.judged.reason else ""
            return f"{judgement} by {link.judged_by or 'somebody unnamed'}{why}; suggested by {found}"


def day_words(iso: str) -> str:
    """Say an ISO 8601 day, or the day of a date-time, in words: 5 November 2020."""
    if not iso:
        return "undated"
    day = checked_date(iso)
    month = calendar().month_names[day.month - 1].capitalize()
    return f"{day.day} {month} {day.year}"


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
        return Voiced(name=link.speaker or paper.page.head.whose, voice="outlet", named=True)
    stated = link.basis is None or link.basis == "stated"
    return Voiced(
        name=link.speaker or "nobody named",
        voice=link.voice,
        named=link.speaker is not None,
        note="" if stated or link.basis is None else link.basis,
    )
