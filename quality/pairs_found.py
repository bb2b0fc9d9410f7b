"""What a case links between two places of its texts."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from quality.demo_gold import Letters, letters
from quality.pairs_gold import Place
from sayso.core.records import LinkKind
from sayso.core.views import DocumentPage, LinkEnd, LinkView

# Of the letters of the shorter of two passages, the share that stands in the other: a link may rest on a
# clause of the sentence that a reader names, or on the sentence around it.
STANDS_IN = 0.5
_MUTUAL: frozenset[LinkKind] = frozenset({"same", "contradicts"})


class Linked(msgspec.Struct, frozen=True):
    """A kind of link between two places, with its score, and whether it points from the right to the left."""

    kind: LinkKind
    score: float
    turned: bool = False


class Found:
    """The links between the claims of a case, by the places they join.

    Claims that are linked as the same form a group, and a reader of the case who sees one of them sees all:
    so a link to one claim of a group is a link to each.
    """

    def __init__(self, pages: Mapping[str, DocumentPage], links: Sequence[LinkView]) -> None:
        """Take the documents by the names under which places know them, and all links of the case."""
        self._names = {page.document.id: name for name, page in pages.items()}
        self._texts = {name: page.document.text for name, page in pages.items()}
        self._contents: dict[str, dict[str, Letters]] = {
            name: {one.claim.id: letters(one.claim.content, page.document.text) for one in page.claims}
            for name, page in pages.items()
        }
        self.links = [link for link in links if link.left.kind == link.right.kind == "claim"]
        self._places: dict[Place, tuple[Letters, frozenset[str]]] = {}
        self._groups: dict[str, set[str]] = {}
        for link in self.links:
            if link.link.kind == "same":
                self._join(link.left.id, link.right.id)

    def between(self, left: Place, right: Place) -> Iterator[Linked]:
        """Yield what is found between two places, the ways by which they are in one group included."""
        for found in self.links:
            kind, score = found.link.kind, found.link.score
            if self._joins(found, left, right):
                yield Linked(kind, score)
            elif self._joins(found, right, left):
                yield Linked(kind, score, turned=kind not in _MUTUAL)
        there = self.claims_at(right)
        if any(self._group(claim) & there - {claim} for claim in self.claims_at(left)):
            yield Linked("same", 0.0)

    def claims_at(self, place: Place) -> frozenset[str]:
        """Return the ids of the claims that stand at a place."""
        return self._at(place)[1]

    def stands_at(self, end: LinkEnd, place: Place) -> bool:
        """Tell whether an end of a link stands at a place: its claim does, and the words it rests on."""
        if self._names[end.document.id] != place.text or end.id not in self.claims_at(place):
            return False
        rests_on = letters(end.spans, self._texts[place.text])
        return not rests_on or not rests_on.isdisjoint(self._letters(place))

    def _joins(self, found: LinkView, left: Place, right: Place) -> bool:
        return self._reaches(found.left, left) and self._reaches(found.right, right)

    def _reaches(self, end: LinkEnd, place: Place) -> bool:
        claims = self.claims_at(place)
        if end.id in claims:
            return self.stands_at(end, place)
        return not claims.isdisjoint(self._group(end.id))

    def _letters(self, place: Place) -> Letters:
        return self._at(place)[0]

    def _at(self, place: Place) -> tuple[Letters, frozenset[str]]:
        if place not in self._places:
            here = letters(place.spans, self._texts[place.text])
            contents = self._contents[place.text].items()
            stand_here = frozenset(claim for claim, content in contents if _stands_in(content, here))
            self._places[place] = here, stand_here
        return self._places[place]

    def _group(self, claim: str) -> set[str]:
        return self._groups.get(claim, {claim})

    def _join(self, one: str, other: str) -> None:
        whole = self._group(one) | self._group(other)
        self._groups |= dict.fromkeys(whole, whole)


def _stands_in(one: Letters, other: Letters) -> bool:
    return len(one & other) >= STANDS_IN * min(len(one), len(other)) > 0
