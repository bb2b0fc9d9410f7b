"""Published fact-checks for a claim: ranked for whoever asks, and few suggested by themselves.

A review is suggested only where its claim is told in the same rare words, of the same names, with the same
figures, and neither rejects what the other puts forward. A claim in general words is never given one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from math import fsum, log1p
from typing import ClassVar, NamedTuple, Protocol

from sayso.core.ports import Example, Filing, Index
from sayso.core.records import Act, Claim, Document, Link, LinkKind, Problem, Review
from sayso.core.spans import Span, Spans
from sayso.language.lexicon.reviewing import ReviewMethod, review_thresholds
from sayso.linking.identity import Face, common_words, face_of
from sayso.linking.likeness import same_roles
from sayso.linking.ranking import MatchClaim, match

_FILED_UNDER = 64  # stems of a review; a claim that somebody checked has fewer
_ASKED_FOR = 8  # rarest stems of a claim that look for reviews
_POSTINGS = 128  # reviews looked at under one stem: the earliest ones
_COMPARED = 32  # reviews compared word by word with one claim
_RANKED = 40  # reviews that are ranked for whoever asks: the meaning of each takes milliseconds
_SHOWN = 120  # code points of a reviewed claim that a link's reason repeats
_AT_HAND = 4096  # reviews kept ready to be compared
_SUGGESTED = 3  # reviews of one claim: the same thing is checked by several

# A fact-check is of what is said to be so, not of what is asked for or promised.
_NOT_STATED: frozenset[Act] = frozenset({"demand", "pledge"})


class Reviews(Protocol):
    """The fact-checks of a case, looked up by the stems that `words_to_file` gave of them."""

    size: int

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        """Return how many reviews have each word; those that none has are left out."""
        ...

    def holding(self, word: str, most: int) -> Sequence[int]:
        """Return the numbers of the first `most` reviews that have a word."""
        ...

    def review(self, number: int) -> Review:
        """Return a review by its number."""
        ...


class Ranked(NamedTuple):
    """A review of a ranking; `score` is 0 to 1, as `sayso.match` gives it."""

    review: Review
    score: float


class _Found(NamedTuple):
    """A review that says what a claim says, by which method, and how alike the two are."""

    review: Review
    rule: str
    method: ReviewMethod
    alike: float


def words_to_file(review: Review) -> tuple[str, ...]:
    """Return the stems that a review is looked up by, each once."""
    return tuple(islice(dict.fromkeys(_face(review.claim_reviewed).stems), _FILED_UNDER))


def ranked(words: str, reviews: Reviews, top: int) -> list[Ranked]:
    """Return the reviews nearest to some words, best first, whatever they are: for a person to look at."""
    found = {str(number): reviews.review(number) for number in _near(_face(words), reviews, 1)[:_RANKED]}
    known = [
        MatchClaim(id=number, text=review.claim_reviewed, title=review.title)
        for number, review in found.items()
    ]
    [ranking] = match([words], known, top)
    return [Ranked(found[one.id], one.score) for one in ranking]


class ReviewedClaims:
    """Links each claim to the few published fact-checks of just that: no plugin, because it needs these."""

    name: ClassVar[str] = "reviews"
    version: ClassVar[str] = "2"
    kinds: ClassVar[tuple[LinkKind, ...]] = ("reviewed_by",)
    examples: ClassVar[tuple[Example, ...]] = ()

    def __init__(self, reviews: Reviews) -> None:
        self._reviews = reviews
        # Claims of one event are compared with the same reviews.
        self._face_of = lru_cache(_AT_HAND)(lambda number: _face(reviews.review(number).claim_reviewed))

    def keys(self, document: Document, index: Index) -> Iterator[Filing]:
        """Yield nothing: claims are not looked up, reviews are."""
        del document, index
        yield from ()

    def __call__(self, index: Index) -> Iterator[Link | Problem]:
        """Yield links from the claims of the new documents to reviews, the surest of a claim first."""
        for new in index.news():
            document = index.document(new)
            common = common_words(document.text)
            for claim in index.claims_of(new):
                if claim.act in _NOT_STATED:
                    continue
                face = face_of(document.text, claim.content, common=common)
                stated = claim.stated(index.attribution(claim.attribution).cue)
                for found in self._found(face, denies=claim.polarity == "-", language=document.language):
                    yield _link(claim, stated, found)

    def _found(self, face: Face, *, denies: bool, language: str | None) -> list[_Found]:
        if not _tells_enough(face):
            return []
        near = _near(face, self._reviews, 2)[:_COMPARED]
        alike = [one for one in near if _is_of(face, self._face_of(one), denies=denies)]
        compared = (self._compared(face, number) for number in alike)
        found = [one for one in compared if one is not None and _may_be_of(language, one.review.language)]
        return sorted(found, key=lambda one: (-one.method.score, -one.alike))[:_SUGGESTED]

    def _compared(self, claim: Face, number: int) -> _Found | None:
        ours, theirs = set(claim.stems), set(self._face_of(number).stems)
        counts = self._reviews.counts(ours | theirs)

        def total(stems: Collection[str]) -> float:
            return fsum(_weight(counts.get(stem, 0), self._reviews.size) for stem in stems)

        shared = total(ours & theirs)
        held, alike = shared / total(theirs), 2 * shared / (total(ours) + total(theirs))
        thresholds = review_thresholds()
        for rule, method in (("same-words", thresholds.same_words), ("rare-words", thresholds.rare_words)):
            if held >= method.held and alike >= method.alike:
                return _Found(self._reviews.review(number), f"reviewed-{rule}", method, alike)
        return None


def _link(claim: Claim, stated: Spans, found: _Found) -> Link:
    return Link(
        kind="reviewed_by",
        left=claim.id,
        right=found.review.id,
        score=found.method.score,
        left_spans=stated,
        rule=found.rule,
        why=_why(found),
    )


def _face(words: str) -> Face:
    """Return what some words that stand alone are compared by; raises BadSpan for none."""
    return face_of(words, (Span(0, len(words)),), common=common_words(words))


def _near(face: Face, reviews: Reviews, fewest: int) -> list[int]:
    """Return the numbers of reviews that share at least so many rare stems, those with the rarest first."""
    stems = tuple(dict.fromkeys(face.stems))
    counts = reviews.counts(stems)
    weights = {stem: _weight(counts[stem], reviews.size) for stem in stems if stem in counts}
    shared: dict[int, list[float]] = {}
    for stem in sorted(weights, key=counts.__getitem__)[:_ASKED_FOR]:
        for number in reviews.holding(stem, _POSTINGS):
            shared.setdefault(number, []).append(weights[stem])
    often = (number for number, held in shared.items() if len(held) >= fewest)
    return sorted(often, key=lambda number: (-sum(shared[number]), number))


def _weight(counted: int, size: int) -> float:
    # Inverse document frequency, as `rarity.Rarity` has it: what none has counts as seen once.
    return log1p(size / max(1, counted))


def _tells_enough(face: Face) -> bool:
    thresholds = review_thresholds()
    return len(set(face.stems)) >= thresholds.fewest_words and len(set(face.names)) >= thresholds.fewest_names


def _is_of(claim: Face, review: Face, *, denies: bool) -> bool:
    """Tell whether nothing sets a claim apart from a reviewed one: a name, a figure, who acts, a denial."""
    return (
        _tells_enough(review)
        and (claim.negated != denies) == review.negated
        and claim.labelled == review.labelled
        and claim.roots.issuperset(review.names)
        and claim.figures.issuperset(review.figures)
        and same_roles(claim, review)
    )


def _may_be_of(language: str | None, other: str | None) -> bool:
    """Tell whether two texts can be in one language; "en-GB" is English."""
    if language is None or other is None:
        return True
    return language.casefold().split("-")[0] == other.casefold().split("-")[0]


def _why(found: _Found) -> str:
    review = found.review
    rated = f", rated “{review.rating}”" if review.rating else ""
    return f"{review.author} checked “{_short(review.claim_reviewed)}”{rated}."


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"
