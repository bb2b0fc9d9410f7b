"""What the report of a case shows, section by section: every number, order and grouping, and no markup."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby

from sayso.core.records import Act, LinkKind
from sayso.core.views import CaseReport
from sayso.exchange.cards import Deck, deck
from sayso.exchange.families import Family, families
from sayso.exchange.figures import Chart, Stated, charts
from sayso.exchange.papers import ACTS, Paper, Papers, Said, Shown, claim_layer
from sayso.exchange.passages import Layer, Paragraph, paragraphs
from sayso.exchange.stories import Story, stories

MOST_CHARTS = 24
_TIMELINE_ACTS: frozenset[Act] = frozenset({"accuse", "deny", "demand"})


class Group(Shown, frozen=True, kw_only=True):
    """The claims of one speaker or outlet."""

    name: str
    said: tuple[Said, ...]

    @property
    def acts(self) -> list[tuple[str, int]]:
        """The acts it performs, the most frequent first."""
        return sorted(Counter(said.act for said in self.said).items(), key=lambda act: (-act[1], act[0]))


class Event(Shown, frozen=True, kw_only=True):
    """One entry of the timeline, with every place where the same words stand on that day."""

    kinds: tuple[str, ...]
    said: tuple[Said, ...]


class Outlet(Shown, frozen=True, kw_only=True):
    """What one outlet contributes."""

    name: str
    documents: int
    claims: int
    own: int

    @property
    def share(self) -> int:
        """Per cent of its claims that are in its own voice."""
        return round(100 * self.own / self.claims) if self.claims else 0


class Sheet(Shown, frozen=True, kw_only=True):
    """A document with its text cut up."""

    paper: Paper
    paragraphs: tuple[Paragraph, ...]


class Sections:
    """Everything the template shows, computed from the case once.

    What is counted is the whole case. What is shown of a case that is too large for one file is a part of it,
    and every section says how much it leaves out.
    """

    def __init__(self, report: CaseReport) -> None:
        self.report = report
        # Rejected links stay on record, and out of every count.
        self.links = tuple(link for link in report.links if link.link.judgement != "rejected")
        self._papers = Papers(report, self.links)

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Every document, by publication date."""
        return self._papers.every

    @property
    def whole(self) -> tuple[Paper, ...]:
        """The documents that are shown with their text."""
        return self._papers.whole

    @property
    def listed(self) -> tuple[Paper, ...]:
        """The documents that are named without their text."""
        return self._papers.listed

    @property
    def said(self) -> tuple[Said, ...]:
        """Every claim of the documents that are shown, in their order and that of their texts."""
        return self._papers.said

    @property
    def speakers(self) -> tuple[tuple[str, str], ...]:
        """The filter's keys and the names of all speakers cited in what is shown, by name."""
        return self._papers.speakers

    @cached_property
    def claims(self) -> int:
        """How many claims the case has, shown or not."""
        return sum(len(page.claims) for page in self.report.documents)

    @cached_property
    def voices_cited(self) -> int:
        """How many names are cited in the case."""
        return len(
            {
                link.speaker.casefold()
                for page in self.report.documents
                for view in page.claims
                for link in view.chain
                if link.voice != "outlet" and link.speaker
            }
        )

    @cached_property
    def denials(self) -> int:
        """How many claims deny something, by what they do or by a link that says so."""
        return sum(
            view.claim.act == "deny" or view.claim.id in self._deniers
            for page in self.report.documents
            for view in page.claims
        )

    @cached_property
    def beside_what_they_deny(self) -> int:
        """How many of them are linked to what they deny."""
        return sum(view.claim.id in self._deniers for page in self.report.documents for view in page.claims)

    @cached_property
    def _deniers(self) -> frozenset[str]:
        return frozenset(view.left.id for view in self.links if view.link.kind == "denies")

    def count(self, kind: LinkKind) -> int:
        """Count the links of a kind that nobody has rejected."""
        return sum(view.link.kind == kind for view in self.links)

    @cached_property
    def outlets(self) -> tuple[Outlet, ...]:
        """The outlets, the one with most documents first."""
        documents: Counter[str] = Counter()
        claims: Counter[str] = Counter()
        own: Counter[str] = Counter()
        for paper in self.papers:
            documents[paper.outlet] += 1
            claims[paper.outlet] += len(paper.page.claims)
            own[paper.outlet] += sum(view.voice == "outlet" for view in paper.page.claims)
        return tuple(
            Outlet(name=name, documents=count, claims=claims[name], own=own[name])
            for name, count in sorted(documents.items(), key=lambda item: (-item[1], item[0]))
        )

    def deck(self, kind: LinkKind) -> Deck:
        """Put the links of a kind side by side, by the date of the later side."""
        return deck(self._papers, (view for view in self.links if view.link.kind == kind))

    @cached_property
    def rejected(self) -> Deck:
        """The links that somebody rejected."""
        return deck(self._papers, (view for view in self.report.links if view.link.judgement == "rejected"))

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """What is said in several places, and what became of it."""
        return stories(self._papers, self.report.traces)

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        """The figures over time, those with most rows first."""
        return self._every_chart[:MOST_CHARTS]

    @cached_property
    def more_charts(self) -> int:
        """How many charts are left out."""
        return len(self._every_chart) - len(self.charts)

    @cached_property
    def _every_chart(self) -> tuple[Chart, ...]:
        return charts(self._stated())

    def _stated(self) -> Iterator[Stated]:
        for paper in self.papers:
            for view in paper.page.claims:
                if not any(quantity.outcome for quantity in view.claim.quantities):
                    continue
                said = self._papers.of(view.claim.id)
                if said is None:
                    continue
                places = tuple(dict.fromkeys(place.name for place in view.claim.places))
                for quantity in view.claim.quantities:
                    yield Stated(
                        quantity=quantity,
                        day=paper.day,
                        speaker=said.speaker,
                        places=places,
                        number=said.number,
                        anchor=said.anchor,
                    )

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """Documents that share passages, the largest groups first."""
        return self._families[0]

    @cached_property
    def more_families(self) -> int:
        """How many groups are left out."""
        return self._families[1]

    @cached_property
    def _families(self) -> tuple[tuple[Family, ...], int]:
        edits = {str(one.link): one.edits for one in self.report.edits}
        return families(self._papers, (view for view in self.links if view.link.kind == "copies"), edits)

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
    def documents(self) -> Iterator[Sheet]:
        """Every document that is shown, cut up, one after another: a case can be larger than its texts."""
        said_in = {n: list(found) for n, found in groupby(self.said, key=lambda s: s.paper.number)}
        for paper in self.whole:
            layers = [claim_layer(said) for said in said_in.get(paper.number, [])]
            for attribution in paper.page.attributions:
                if attribution.source:
                    layers.append(Layer(spans=attribution.source, kind="source"))
                if attribution.cue:
                    layers.append(Layer(spans=attribution.cue, kind="cue"))
            yield Sheet(paper=paper, paragraphs=paragraphs(paper.page.document.text, layers))

    def at(self, anchor: str) -> Said:
        """Return the claim whose note has this id."""
        return self._by_anchor[anchor]

    @cached_property
    def _by_anchor(self) -> dict[str, Said]:
        return {said.anchor: said for said in self.said}


def _grouped(found: Iterable[Said], *, last: str) -> tuple[Group, ...]:
    groups: defaultdict[str, list[Said]] = defaultdict(list)
    for said in found:
        groups[said.speaker.casefold()].append(said)
    ordered = sorted(groups.items(), key=lambda group: (group[0] == last, -len(group[1]), group[0]))
    return tuple(Group(name=said[0].speaker, said=tuple(said)) for _, said in ordered)
