"""The same claim in several places: candidates by rare words, then weighted overlap; never its denial."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import ClassVar, NamedTuple

from sayso.core.ids import ClaimId, DocumentId
from sayso.core.ports import MOST_FILED, Example, Filing, Index
from sayso.core.records import Act, Document, Link, LinkKind, Problem
from sayso.language.pairing import relations
from sayso.linking.apart import apart, manner
from sayso.linking.charges import Charged, charged_by, filed_by_charge, keys_of, one_charge
from sayso.linking.entries import Entries, Entry, order_is_known, order_told, overlap
from sayso.linking.figures import Figure, described, figures_of, is_of_some, keys_of_equals, tells_again
from sayso.linking.identity import Face, Weighed, figure_of, root, same_day, words_of
from sayso.linking.likeness import compatible, contained, likeness, names_agree, same_roles, weighed
from sayso.linking.lookup import month_of, months_around
from sayso.linking.ranking import Match, MatchClaim, match
from sayso.linking.rarity import Rarity, filings, key_of
from sayso.linking.stories import Stories, filed_by_story, of_one_event, sharing
from sayso.linking.things import unlike_things

__all__ = ["Match", "MatchClaim", "SameClaims", "match"]

# A claim of fewer content words and figures is too general to be told from another of its kind.
FEWEST_WORDS = 4
# Chosen on annotated pairs of news texts so that a wrong link is rarer than one in ten.
SAME_FROM = 0.55
_FIGURE_SCORE = 0.8  # other words around the same figure for the same outcome in the same place
_WORDS_SHOWN = 4
_ASKED_FOR = 8  # rarest stems of a claim that look for others
_COMPARED = 8  # claims compared word by word with one claim, of those that share stems or meaning
_NEAR = 24  # claims near in meaning, in whatever names
# What the network must make of two claims in other words, both ways, and of two that share many words, one
# way: chosen on annotated pairs of news texts, stricter than its own threshold, which is for one way only.
MEANT_FROM = 0.75
UNLIKE_BELOW = 0.25
SURE_FROM = 0.8
_TOLD_FROM = 0.8  # cosine from which it is enough that one claim bears the other out
_TOLD_SHORTER = 0.95  # what is left of the network's word for it
# Of texts of one event: how surely a short claim is what a longer one says, and the fewest content words of
# it; the fewest words where both say it in the same ones.
_STORY_SCORE = 0.7
_FEWEST_IN_A_STORY = 2
_FEWEST_EQUAL = 4
_LIKE_IN_A_STORY = 0.7  # their cosine; or what the network makes of one of them, given the other
_MEANT_IN_A_STORY = 0.6
_READ = 4  # pairs that the network reads for one claim
NEAR_FROM = 0.6  # cosine from which another claim may say the same in other words
_FUSED_FROM = 60  # as its authors chose it
_TELLINGS = 8  # claims looked at that tell a figure
_CHARGE_SCORE = 0.7
_CHARGES = 24  # claims looked at that lay one conduct to one side in one month
_FIGURES_KEPT = 64  # documents whose figures stay at hand
_PERIOD = 10  # days: how long a toll is told again, so that a figure lies in one period or the next

# Only claims that do the same thing can be the same: to demand that guns fall silent is not to say they did.
_DEEDS: dict[Act, str] = {"demand": "demand", "pledge": "pledge", "predict": "predict"}


class SameClaims:
    """Links each claim to the first that says the same: a star for each proposition, never all pairs."""

    name: ClassVar[str] = "same"
    version: ClassVar[str] = "10"
    kinds: ClassVar[tuple[LinkKind, ...]] = ("same",)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            content=(
                b'{"id":"1","published":"2031-05-03","publisher":"Aldermoor Post","text":'
                b'"Shells from the hills hit the fish market of Brenna at dawn, the harbour master said."}\n'
                b'{"id":"2","published":"2031-05-04","publisher":"Tidewater Times","text":'
                b'"The harbour master said that shells from the hills had hit the fish market of Brenna."}\n'
            ),
            origin="example.jsonl",
            yields=("same", "market"),
        ),
    )

    def keys(self, document: Document, index: Index) -> Iterator[Filing]:
        """Yield where its claims are filed: by their stems, and by all that equal ones have in common."""
        entries = Entries(index).of(document.id)
        for entry in entries:
            yield from _filings(entry, index)
            yield from filed_by_charge(entry)
        yield from _filed_figures(entries)
        yield from filed_by_story(entries, document.text)

    def __call__(self, index: Index) -> Iterator[Link | Problem]:
        """Yield a link from each new claim to one that says the same: of new ones, to their first."""
        search = _Search(index)
        for entry in search.entries.news():
            found = search.nearest(entry)
            if found is not None:
                yield _link(*_in_order(entry, found.claim), found)
        for document in index.news():
            yield from search.told_again(document)


def _filings(entry: Entry, index: Index) -> Iterator[Filing]:
    # What was said before in equal words is found by the first who said it.
    if _tells_enough(entry.face):
        equal = Filing(key=_equal(entry), record=entry.claim.id)
        if index.filed([equal.key], 1):
            return
        yield equal
    if _specific(entry.face):
        yield from filings(entry.claim.id, entry.face.stems, denies=entry.denies)


def _equal(entry: Entry) -> str:
    face = entry.face
    told = (face.stems, face.names, sorted(face.figures), sorted(face.dates), face.agent, _stand(entry))
    return f"equal {told!r} {manner(entry)!r}"


class _Near(NamedTuple):
    """A claim that says the same as another, and how surely: 0 to 1."""

    score: float
    claim: Entry
    rule: str = "rare-words"
    charged: tuple[Charged, Charged] | None = None  # what both lay to a side: the new one, this one


class _Search:
    """One run over the new documents: what was found for them, and what the index has."""

    def __init__(self, index: Index) -> None:
        self.entries = Entries(index)
        self._index = index
        self._rarity = Rarity(index)
        self._heads: dict[ClaimId, Entry] = {}  # of new claims: the first of their group
        self._news = frozenset(index.news())
        self._stories = Stories(index, self.entries)
        self._figures = lru_cache(_FIGURES_KEPT)(self._read_figures)
        self._alike = lru_cache(1)(self._read_alike)

    def _read_alike(self, claim: ClaimId) -> Mapping[ClaimId, float]:
        """Return the claims near in meaning with their cosine."""
        return dict(self._index.alike(claim, _NEAR))

    def _read_figures(self, document: DocumentId) -> Mapping[ClaimId, Sequence[Figure]]:
        found: defaultdict[ClaimId, list[Figure]] = defaultdict(list)
        for figure in figures_of(self.entries.of(document)):
            found[figure.entry.claim.id].append(figure)
        return found

    def nearest(self, entry: Entry) -> _Near | None:
        """Return the claim that says most nearly the same as a new one, or None."""
        found = (
            self._equal_words(entry)
            or self._like_words(entry)
            or self._of_one_story(entry)
            or self._of_one_charge(entry)
        )
        self._heads[entry.claim.id] = entry if found is None else found.claim
        return found

    def told_again(self, document: DocumentId) -> Iterator[Link]:
        """Yield a link from each new figure to the first that told it, where no words show it."""
        for entry in self.entries.of(document):
            if self.head(entry) is not entry:
                continue
            for figure in self._figures(document).get(entry.claim.id, ()):
                first = next(self._told_before(figure), None)
                if first is not None and self.head(first.entry).claim.id != entry.claim.id:
                    later, earlier = sorted((figure, first), key=lambda one: one.entry.key, reverse=True)
                    yield _figure_link(later, earlier)

    def _told_before(self, figure: Figure) -> Iterator[Figure]:
        keys = _figure_keys(figure, (-1, 0, 1))
        filed = self._index.filed(keys, _TELLINGS)
        for claim in dict.fromkeys(claim for key in keys for claim in filed.get(key, ())):
            other = self.entries.one(ClaimId(claim))
            if not self._may_be_first(other, figure.entry):
                continue
            for told in self._figures(other.origin.document).get(other.claim.id, ()):
                if not set(keys).isdisjoint(_figure_keys(told, (0,))) and tells_again(figure, told):
                    yield told

    def _may_be_first(self, other: Entry, entry: Entry) -> bool:
        """Tell whether a new claim looks at another: of two new ones the later looks for the earlier."""
        if other.claim.id == entry.claim.id:
            return False
        return other.key < entry.key or other.origin.document not in self._news

    def head(self, entry: Entry) -> Entry:
        """Return the first of a new claim's group, and any other claim itself."""
        return self._heads.get(entry.claim.id, entry)

    def _equal_words(self, entry: Entry) -> _Near | None:
        if not _tells_enough(entry.face):
            return None
        for first in self._index.filed([_equal(entry)], 1).get(_equal(entry), ()):
            if first == entry.claim.id:
                continue
            claim = self.head(self.entries.one(ClaimId(first)))
            if not overlap(entry, claim) and not unlike_things(entry, claim):
                return _Near(1.0, claim, "same-words")
        return None

    def _like_words(self, entry: Entry) -> _Near | None:
        if not _specific(entry.face):
            return None
        own = weighed(entry.face, self._rarity)
        meant = {
            claim: cosine for claim, cosine in self._alike(entry.claim.id).items() if cosine >= NEAR_FROM
        }
        heads: dict[ClaimId, Entry] = {}
        for claim in _fused(self._sharing(entry, own), tuple(meant))[:_COMPARED]:
            other = self.entries.one(claim)
            if self._may_be_first(other, entry):
                head = self.head(other)
                heads[head.claim.id] = head
        may = [head for head in heads.values() if _may_be_same(entry, head)]
        by_words = (_Near(self._rated(own, head), head) for head in may if compatible(entry.face, head.face))
        best = max(by_words, key=_surest, default=None)
        if best is not None and best.score > SAME_FROM and not _says_other(entry, best):
            return best
        return _in_other_words(
            entry, [(head, meant[head.claim.id]) for head in may if head.claim.id in meant]
        )

    def _of_one_story(self, entry: Entry) -> _Near | None:
        """Return an earlier claim of another text of the event that says the same, however short one is."""
        document = entry.origin.document
        told = (*self._stories.before(document), self._stories.told(document))
        near = [
            _Near(_STORY_SCORE, other, "same-event")
            for one in told
            for other in sharing(entry, one, least=1)
            if other.key < entry.key and _may_be_same(entry, other) and _says_it_shorter(entry, other)
        ]
        if not near:
            return None
        meant = self._alike(entry.claim.id)
        ranked = sorted(near, key=lambda one: -meant.get(one.claim.claim.id, 0.0))[:_READ]
        there, back = _borne_out(entry, [one.claim for one in ranked])
        for one, *both in zip(ranked, there, back, strict=True):
            if meant.get(one.claim.claim.id, 0.0) >= _LIKE_IN_A_STORY or max(both) >= _MEANT_IN_A_STORY:
                return one._replace(claim=self.head(one.claim))
        return None

    def _of_one_charge(self, entry: Entry) -> _Near | None:
        """Return the first claim that lays the same conduct to a side, in a text about the same sides."""
        for ours in charged_by(entry):
            for other in self._charged(ours):
                for theirs in charged_by(other):
                    if one_charge(ours, theirs) and self._of_the_same_sides(ours, theirs):
                        return _Near(_CHARGE_SCORE, self.head(other), "same-charge", (ours, theirs))
        return None

    def _charged(self, ours: Charged) -> list[Entry]:
        months = months_around(month_of(ours.entry))
        filed = self._index.filed(keys_of(ours, months), _CHARGES)
        found = (self.entries.one(ClaimId(one)) for one in {c: None for some in filed.values() for c in some})
        return sorted((one for one in found if self._may_be_first(one, ours.entry)), key=lambda one: one.key)

    def _of_the_same_sides(self, ours: Charged, theirs: Charged) -> bool:
        """Tell whether both texts name another side beside the charged one among those they mention most.

        Texts of which no date says that they are of one time must tell of one event.
        """
        left, right = (self._stories.told(one.entry.origin.document) for one in (ours, theirs))
        dated = None not in {one.entry.origin.published_at for one in (ours, theirs)}
        beside = ({*left.named} & {*right.named}) - ours.sides - theirs.sides
        return bool(beside) and (dated or of_one_event(left, right))

    def _sharing(self, entry: Entry, own: Weighed) -> list[ClaimId]:
        """Return the claims that share most of the rare stems, without those that cannot be alike enough."""
        rarest = self._rarity.rarest(entry.face.stems, _ASKED_FOR)
        keys = {key_of(stem, denies=entry.denies): stem for stem in rarest}
        filed = self._index.filed(keys.keys(), MOST_FILED)
        shared: dict[str, tuple[str, ...]] = {}
        for key, stem in keys.items():
            for claim in filed.get(key, ()):
                shared[claim] = (*shared.get(claim, ()), stem)
        weights = {stems: self._rarity.total(stems) for stems in set(shared.values()) if len(stems) > 1}
        unasked = own.total - self._rarity.total(rarest)
        rated = {claim: weights[stems] for claim, stems in shared.items() if stems in weights}
        # Of two claims that share a weight s, the one with the weight t, Dice's coefficient is at most
        # 2s / (t + s). Where somebody acts, one claim may hold the other.
        least = 0.0 if entry.face.agent is not None else SAME_FROM * own.total / (2 - SAME_FROM) - unasked
        close = (c for c in rated if rated[c] >= least and c != entry.claim.id)
        return [ClaimId(claim) for claim in sorted(close, key=lambda c: -rated[c])[:_COMPARED]]

    def _rated(self, own: Weighed, head: Entry) -> float:
        """Return how alike the words of two claims are, 0 to 1; 0 for a few words in common."""
        other = weighed(head.face, self._rarity)
        if len(own.stems & other.stems) < FEWEST_WORDS - 1:
            return 0.0
        return max(likeness(other, own, self._rarity), contained(other, own, self._rarity))


def _may_be_same(entry: Entry, head: Entry) -> bool:
    """Tell whether nothing but figures can set two claims apart; those of one may be among the other's."""
    ours, theirs = entry.face, head.face
    if _stand(head) != _stand(entry) or overlap(head, entry):
        return False
    nested = ours.figures <= theirs.figures or theirs.figures <= ours.figures
    agree = same_day(ours.dates, theirs.dates) and names_agree(ours, theirs) and same_roles(ours, theirs)
    return nested and agree and not apart(entry, head)


def _says_it_shorter(one: Entry, other: Entry) -> bool:
    """Tell whether one of two claims of an event has all the content words of the other, or both the same."""
    ours, theirs = {*one.face.stems}, {*other.face.stems}
    if one.words.casefold() == other.words.casefold():
        return len(one.words.split()) >= _FEWEST_EQUAL
    less, more = sorted((one, other), key=lambda entry: len({*entry.face.stems}))
    shorter, longer = less.face, more.face
    common = ours & theirs
    if ours == theirs and shorter.figures != longer.figures:
        return False  # where all else is equal, the figure is what they say
    if common < {*shorter.stems} or not shorter.figures <= longer.figures:
        return False
    if not shorter.figures.isdisjoint(_of_some(more) - _of_some(less)):
        return False
    return len(common) >= _FEWEST_IN_A_STORY and not common <= {*shorter.names, *longer.names}


def _of_some(entry: Entry) -> frozenset[str]:
    """Return the figures of a claim that are of some who were told before: "six of them"."""
    parts = (one for one in entry.claim.quantities if is_of_some(entry, one))
    return frozenset(figure for one in parts if (figure := figure_of(one)) is not None)


def _says_other(entry: Entry, found: _Near) -> bool:
    """Tell whether neither of two claims bears the other out, though they share many of their words."""
    if found.score >= SURE_FROM:
        return False
    one, other = _borne_out(entry, [found.claim])
    return max(one[0], other[0]) < UNLIKE_BELOW


def _in_other_words(entry: Entry, heads: Sequence[tuple[Entry, float]]) -> _Near | None:
    """Return the claim that bears a new one out and is borne out by it, as the network reads the two."""
    asked = [one for one in heads if not set(one[0].face.stems).isdisjoint(entry.face.stems)][:_READ]
    if not asked:
        return None
    read = _borne_out(entry, [head for head, _ in asked])
    rated = [
        _Near(_meant((one, other), entry, head, cosine), head, "meaning")
        for one, other, (head, cosine) in zip(*read, asked, strict=True)
    ]
    return max((one for one in rated if one.score >= MEANT_FROM), key=_surest, default=None)


def _meant(borne_out: tuple[float, float], entry: Entry, head: Entry, cosine: float) -> float:
    """Return how surely two claims say the same; one may tell more of it than the other, in like words."""
    # A shell's calibre is more of the same, the number of shells another figure.
    apart = (entry.face.figures ^ head.face.figures) - _measured(entry) - _measured(head)
    if cosine >= _TOLD_FROM and not apart:
        return max(borne_out) * _TOLD_SHORTER
    return min(borne_out)


def _measured(entry: Entry) -> frozenset[str]:
    """Return the figures of a claim that count nothing: a calibre, a distance."""
    sizes = (one for one in entry.claim.quantities if one.kind == "measure")
    return frozenset(figure for one in sizes if (figure := figure_of(one)) is not None)


def _borne_out(entry: Entry, others: Sequence[Entry]) -> tuple[list[float], list[float]]:
    """Return how likely each of some claims is borne out by a new one, and how likely it bears that out."""
    pairs = [(other.words, entry.words) for other in others]
    there, back = relations(pairs), relations([(right, left) for left, right in pairs])
    return there[:, 0].tolist(), back[:, 0].tolist()


def _fused(*rankings: Sequence[ClaimId]) -> list[ClaimId]:
    """Return what several rankings have, by reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""
    found: defaultdict[ClaimId, float] = defaultdict(float)
    for ranking in rankings:
        for rank, claim in enumerate(ranking):
            found[claim] += 1 / (_FUSED_FROM + rank)
    return sorted(found, key=lambda claim: -found[claim])


def _surest(one: _Near) -> float:
    return one.score


def _in_order(entry: Entry, other: Entry) -> tuple[Entry, Entry]:
    """Return two claims, the later one first: a document found late can be the first to say it."""
    return (entry, other) if other.key < entry.key else (other, entry)


def _filed_figures(document: Sequence[Entry]) -> Iterator[Filing]:
    """Yield where the figures of a document are filed to be found when they are told again."""
    for figure in figures_of(document):
        yield from (Filing(key=key, record=figure.entry.claim.id) for key in _figure_keys(figure, (0,)))


def _figure_keys(figure: Figure, steps: Sequence[int]) -> list[str]:
    """Return the keys of a figure for the ten days in which it was published, and for those `steps` away."""
    published = figure.entry.origin.published_at
    if not figure.quantity.outcome:
        return keys_of_equals(figure)
    if published is None:
        return []
    days = date.fromisoformat(figure.entry.origin.day).toordinal() // _PERIOD
    return [f"{key} {days + step}" for step in steps for key in keys_of_equals(figure)]


def _specific(face: Face) -> bool:
    """Tell whether a claim says enough to be told from another of its kind."""
    return len(set(face.stems)) + len(face.figures) >= FEWEST_WORDS


def _tells_enough(face: Face) -> bool:
    """Tell whether equal words can only mean the same thing: "all charges" does not, a name and a verb do."""
    return len(set(face.stems)) + bool(face.names) >= FEWEST_WORDS - 1


def _stand(entry: Entry) -> tuple[str, bool, bool, bool]:
    """Return what must be equal however alike the words are: the deed, the negation, the label, the doubt.

    Who denies having spread false reports labels nothing.
    """
    labels = entry.face.labelled and not (entry.claim.polarity == "-" or entry.face.negated)
    return _DEEDS.get(entry.claim.act, ""), entry.denies, labels, entry.face.leaves_open


def _link(entry: Entry, head: Entry, found: _Near) -> Link:
    return Link(
        kind="same",
        left=entry.claim.id,
        right=head.claim.id,
        score=round(found.score, 4),
        left_spans=entry.stated,
        right_spans=head.stated,
        rule="same-words" if entry.face.stems == head.face.stems else found.rule,
        why=_why(entry, head) if found.charged is None else _charge_told(entry, head, found.charged),
    )


def _figure_link(later: Figure, first: Figure) -> Link:
    return Link(
        kind="same",
        left=later.entry.claim.id,
        right=first.entry.claim.id,
        score=_FIGURE_SCORE,
        left_spans=(later.quantity.span,),
        right_spans=(first.quantity.span,),
        rule="same-figure",
        why=f"Both give {described(first)}{_unordered(later.entry, first.entry)}.",
    )


def _why(entry: Entry, head: Entry) -> str:
    unordered = _unordered(entry, head)
    if entry.face.stems == head.face.stems:
        return f"Both say it in the same words{unordered}."
    shown = listed(shared_words(entry.words, head.face.stems))
    figures = f"; the figures agree ({', '.join(sorted(entry.face.figures))})" if entry.face.figures else ""
    return f"Both say {shown}{figures}{unordered}."


def _charge_told(entry: Entry, head: Entry, charged: tuple[Charged, Charged]) -> str:
    words = " and ".join(f"“{' … '.join(one.told)}”" for one in charged)
    return f"Read as one conduct of one side ({charged[0].charge.conduct}): {words}{_unordered(entry, head)}."


def _unordered(later: Entry, first: Entry) -> str:
    """Return what a reader must know where the order of two documents is no more than a convention."""
    known = later.origin.document == first.origin.document or order_is_known(first.origin, later.origin)
    return "" if known else f"; {order_told(first.origin, later.origin)}"


def shared_words(text: str, stems: Iterable[str]) -> list[str]:
    """Return the first words of a text that stand, in whatever form, among `stems`."""
    wanted = set(stems)  # of names they are the roots
    shown: dict[str, str] = {}
    for word in words_of(text):
        written = text[word.start : word.end]
        key = word.key if word.key in wanted else root(written)
        if word.kind == "word" and key in wanted:
            shown.setdefault(key, f"“{written}”")
    return list(shown.values())[:_WORDS_SHOWN]


def listed(shown: Sequence[str]) -> str:
    """Return an English list: a, b and c."""
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))
