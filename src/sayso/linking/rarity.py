"""How much a stem tells within one case, by how many claims were filed under it."""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence

from sayso.core.ids import ClaimId
from sayso.core.ports import Filing, Index

_ALL = "claims"


class Rarity:
    """The weights of stems: the logarithm of how rare each is among the claims filed so far."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._counts: dict[str, int] = {}
        self._claims = index.counts([_ALL]).get(_ALL, 0)

    def learn(self, stems: Iterable[str]) -> None:
        """Ask for the counts of stems that were not asked for before, in one look-up."""
        asked = [stem for stem in dict.fromkeys(stems) if stem not in self._counts]
        if not asked:
            return
        found = self._index.counts(
            [key_of(stem, denies=denies) for stem in asked for denies in (False, True)]
        )
        self._counts |= {
            stem: sum(found.get(key_of(stem, denies=denies), 0) for denies in (False, True)) for stem in asked
        }

    def of(self, stem: str) -> float:
        """Return the inverse document frequency, log(1 + N/n); a stem never filed counts as filed once."""
        if stem not in self._counts:
            self.learn([stem])
        return math.log1p(self._claims / max(1, self._counts[stem]))

    def count(self, stem: str) -> int:
        """Return how many claims were filed under a stem, said or denied."""
        self.learn([stem])
        return self._counts[stem]

    def total(self, stems: Collection[str]) -> float:
        """Return the sum of the weights, the same whatever the order."""
        self.learn(stems)
        return math.fsum(map(self.of, stems))

    def rarest(self, stems: Iterable[str], most: int) -> list[str]:
        """Return the rarest stems; of equally rare ones those that stand first, whatever they spell."""
        asked = list(dict.fromkeys(stems))
        self.learn(asked)
        return sorted(asked, key=self._counts.__getitem__)[:most]

    def shared(self, left: Collection[str], right: Collection[str]) -> float:
        """Return Dice's coefficient over the weights of two sets of stems, 0 to 1."""
        whole = self.total(left) + self.total(right)
        return 2 * self.total(set(left) & set(right)) / whole if whole else 0.0


def key_of(stem: str, *, denies: bool) -> str:
    """Return the key under which claims with a stem are filed: what is said, or what is denied."""
    return f"{'denied' if denies else 'said'} {stem}"


def filings(claim: ClaimId, stems: Sequence[str], *, denies: bool) -> Iterator[Filing]:
    """Yield where a claim is filed by the stems it is compared by."""
    yield Filing(key=_ALL, record=claim, counted_only=True)
    for stem in dict.fromkeys(stems):
        yield Filing(key=key_of(stem, denies=denies), record=claim)
