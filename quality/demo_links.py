"""Which expected links were found, and which found links were expected."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from quality.demo_gold import Key, Letters, Pair, Side, key_of, letters, spans_of
from sayso.core.records import LinkKind
from sayso.core.views import DocumentPage, LinkEnd, LinkView

# Of the letters of the shorter of two passages, the share that stands in the other: a link may rest on a
# clause of the sentence that a reader names, or on the sentence around it.
STANDS_IN = 0.5
_MUTUAL: frozenset[LinkKind] = frozenset({"same", "contradicts"})

_N = TypeVar("_N", bound=Hashable)


class Links:
    """Holds expected links against found ones.

    A found link must be of the same kind and join the two places, or places that say the same: `same` links
    are groups, and equal words are the same claim wherever they stand.
    """

    def __init__(
        self, expected: Sequence[Pair], pages: Mapping[Key, DocumentPage], links: Sequence[LinkView]
    ) -> None:
        self._expected = expected
        self._links = links
        self._texts = {key: page.document.text for key, page in pages.items()}
        self._contents: dict[str, tuple[Key, Letters]] = {
            claim.claim.id: (key, letters(claim.claim.content, self._texts[key]))
            for key, page in pages.items()
            for claim in page.claims
        }
        sides = [side for pair in expected for side in (pair.left, pair.right)]
        equal = [(one, other) for one in sides for other in sides if _said(one) == _said(other)]
        same = [(pair.left, pair.right) for pair in expected if pair.kind == "same"]
        self._alike = _groups([*equal, *same])
        linked = [(link.link.left, link.link.right) for link in links if link.link.kind == "same"]
        self._found_groups = set(_groups(linked).values())

    def finds(self, pair: Pair) -> bool:
        """Tell whether an expected link was found."""
        if pair.kind == "same":
            groups = self._found_groups
            return any(self._holds(group, pair.left) and self._holds(group, pair.right) for group in groups)
        return any(self._agree(pair, link) for link in self._links)

    def supports(self, link: LinkView) -> bool:
        """Tell whether a link that was found was expected."""
        return any(self._agree(pair, link) for pair in self._expected)

    def _agree(self, pair: Pair, link: LinkView) -> bool:
        if pair.kind != link.link.kind:
            return False
        if self._joins(link.left, pair.left) and self._joins(link.right, pair.right):
            return True
        turned = self._joins(link.left, pair.right) and self._joins(link.right, pair.left)
        return turned and pair.kind in _MUTUAL

    def _joins(self, end: LinkEnd, side: Side) -> bool:
        return any(self._stands_at(end, alike) for alike in self._alike[side])

    def _stands_at(self, end: LinkEnd, side: Side) -> bool:
        if key_of(end.document) != side.key:
            return False
        here, rests_on = self._place(side), letters(end.spans, self._texts[side.key])
        if end.kind == "document":
            return len(rests_on & here) >= STANDS_IN * len(here)
        return _stands_in(self._contents[end.id][1], here) and not (rests_on and rests_on.isdisjoint(here))

    def _holds(self, group: Iterable[str], side: Side) -> bool:
        here = self._place(side)
        contents = (self._contents[claim] for claim in group)
        return any(key == side.key and _stands_in(content, here) for key, content in contents)

    def _place(self, side: Side) -> Letters:
        text = self._texts[side.key]
        return letters(spans_of(side.words, text), text)


def _said(side: Side) -> tuple[str, ...]:
    return tuple(words.casefold() for words, _ in side.words)


def _stands_in(one: Letters, other: Letters) -> bool:
    return len(one & other) >= STANDS_IN * min(len(one), len(other))


def _groups(pairs: Iterable[tuple[_N, _N]]) -> dict[_N, frozenset[_N]]:
    """Return, for everything that is paired, all that it is paired with, by however many steps."""
    groups: dict[_N, frozenset[_N]] = {}
    for one, other in pairs:
        whole = groups.get(one, frozenset({one})) | groups.get(other, frozenset({other}))
        groups |= dict.fromkeys(whole, whole)
    return groups
