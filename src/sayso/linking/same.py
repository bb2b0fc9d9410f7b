"""The same claim in several places: candidates by rare words, then weighted overlap; never its denial."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

import msgspec

from sayso.core.ports import Example, Index
from sayso.core.records import Act, Link, LinkKind, Problem
from sayso.linking.entries import Entry, entries_of, order_is_known, order_told, overlap
from sayso.linking.figures import Figure, described, repeated
from sayso.linking.identity import Face, Weighed, Weights, root, words_of
from sayso.linking.likeness import RareWords, compatible, contained, likeness
from sayso.linking.ranking import Match, MatchClaim, match

__all__ = ["Group", "Match", "MatchClaim", "SameClaims", "grouped", "match"]

# A claim of fewer content words and figures is too general to be told from another of its kind.
FEWEST_WORDS = 4
# Chosen on annotated pairs of news texts so that a wrong link is rarer than one in ten.
SAME_FROM = 0.55
_FIGURE_SCORE = 0.8  # other words around the same figure for the same outcome in the same place
_WORDS_SHOWN = 4

# Only claims that do the same thing can be the same: to demand that guns fall silent is not to say they did.
_DEEDS: dict[Act, str] = {"demand": "demand", "pledge": "pledge", "predict": "predict"}


class Group(msgspec.Struct):
    """The claims that say the same; the first is the one that all others are linked to."""

    weighed: Weighed  # of the head
    members: list[Entry]
    scores: list[float]

    @property
    def head(self) -> Entry:
        """The earliest member."""
        return self.members[0]


class SameClaims:
    """Links each claim to the first that says the same: a star for each proposition, never all pairs."""

    name: ClassVar[str] = "same"
    version: ClassVar[str] = "3"
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

    def __call__(self, index: Index) -> Iterator[Link | Problem]:
        """Yield a link from every claim that is not the first of its group to the one that is."""
        entries = entries_of(index)
        heads: dict[str, Entry] = {}
        for group in grouped(entries, Weights(entry.face for entry in entries)):
            heads |= {entry.claim.id: group.head for entry in group.members}
            for entry, score in zip(group.members[1:], group.scores[1:], strict=True):
                yield _link(entry, group.head, score)
        for later, first in repeated(entries):
            # What the words have shown already needs no second link.
            if heads[later.entry.claim.id] is later.entry and heads[first.entry.claim.id] is not later.entry:
                yield _figure_link(later, first)


def grouped(entries: Sequence[Entry], weights: Weights) -> list[Group]:
    """Gather the claims that say the same. `entries` come in the order of first appearance.

    Every claim is compared with the first members of existing groups only, and only with those that share
    rare words, so that the work grows with the number of claims.
    """
    groups: list[Group] = []
    shelves = RareWords(weights)
    known: dict[tuple[object, ...], int] = {}
    for entry in entries:
        exact = _likeness(entry)
        score = 1.0
        number = known.get(exact) if _tells_enough(entry.face) else None
        if number is None or overlap(entry, groups[number].head):
            number, score = _nearest(entry, groups, shelves, weights)
        if number is None:
            number = len(groups)
            groups.append(Group(weights.weigh(entry.face), [], []))
            if _specific(entry.face):
                shelves.put(number, entry.face)
        known.setdefault(exact, number)
        groups[number].members.append(entry)
        groups[number].scores.append(score)
    return groups


def _specific(face: Face) -> bool:
    """Tell whether a claim says enough to be told from another of its kind."""
    return len(set(face.stems)) + len(face.figures) >= FEWEST_WORDS


def _tells_enough(face: Face) -> bool:
    """Tell whether equal words can only mean the same thing: "all charges" does not, a name and a verb do."""
    return len(set(face.stems)) + bool(face.names) >= FEWEST_WORDS - 1


def _likeness(entry: Entry) -> tuple[object, ...]:
    face = entry.face
    return (face.stems, face.names, face.figures, face.dates, face.agent, _stand(entry))


def _stand(entry: Entry) -> tuple[str, bool, bool]:
    """Return what must be equal however alike the words are: the deed, the negation, the label."""
    return _DEEDS.get(entry.claim.act, ""), entry.denies, entry.face.labelled


def _nearest(
    entry: Entry, groups: Sequence[Group], shelves: RareWords, weights: Weights
) -> tuple[int | None, float]:
    best: tuple[int | None, float] = (None, SAME_FROM)
    if not _specific(entry.face):
        return best
    weighed = weights.weigh(entry.face)
    for number in shelves.near(entry.face):
        head = groups[number].head
        if len(groups[number].weighed.stems & weighed.stems) < FEWEST_WORDS - 1:
            continue
        if _stand(head) != _stand(entry) or not compatible(head.face, entry.face) or overlap(head, entry):
            continue
        score = max(
            likeness(groups[number].weighed, weighed, weights),
            contained(groups[number].weighed, weighed, weights),
        )
        if score > best[1]:
            best = (number, score)
    return best


def _link(entry: Entry, head: Entry, score: float) -> Link:
    return Link(
        kind="same",
        left=entry.claim.id,
        right=head.claim.id,
        score=round(score, 4),
        left_spans=entry.stated,
        right_spans=head.stated,
        rule="same-words" if entry.face.stems == head.face.stems else "rare-words",
        why=_why(entry, head),
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
