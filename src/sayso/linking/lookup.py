"""What a run over new documents looks things up in: the claims filed by their stems and their month."""

from collections.abc import Collection, Iterator, Sequence

from sayso.core.ids import ClaimId, DocumentId
from sayso.core.ports import Index
from sayso.linking.entries import Entries, Entry
from sayso.linking.rarity import Rarity, key_of

_ASKED_FOR = 8  # rarest stems of a claim that look for others
_FEWEST_SHARED = 2  # of them
_KEPT = 48  # claims looked at under one stem: the earliest ones

_UNDATED = "undated"
WHENEVER = "whenever"  # in place of a month: all of them


class Lookup:
    """The index of a case with the claims ready to be compared."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.entries = Entries(index)
        self.rarity = Rarity(index)
        self._news = frozenset(index.news())

    def is_new(self, document: DocumentId) -> bool:
        """Tell whether a document is to be linked now."""
        return document in self._news

    def said(self, stems: Collection[str], most: int) -> list[Entry]:
        """Return the claims that say something with at least two rare stems of these, nearest first."""
        return list(self._ready(self._near(stems, most, denies=False)))

    def denied(self, stems: Collection[str], most: int) -> list[Entry]:
        """Return the denials of something with at least two rare stems of these, nearest first."""
        return list(self._ready(self._near(stems, most, denies=True)))

    def filed(self, keys: Sequence[str], most: int, *, first: int | None = None) -> list[Entry]:
        """Return the `first` of the claims filed under some keys, each once, in the order of the keys."""
        found = self.index.filed(keys, most)
        return list(self._ready(list({c: None for key in keys for c in found.get(key, ())})[:first]))

    def _near(self, stems: Collection[str], most: int, *, denies: bool) -> list[str]:
        asked = {key_of(stem, denies=denies): stem for stem in self.rarity.rarest(stems, _ASKED_FOR)}
        found = self.index.filed(asked.keys(), _KEPT)
        held: dict[str, list[str]] = {}
        for key, stem in asked.items():
            for claim in found.get(key, ()):
                held.setdefault(claim, []).append(stem)
        often = (claim for claim, shared in held.items() if len(shared) >= _FEWEST_SHARED)
        return sorted(often, key=lambda claim: -self.rarity.total(held[claim]))[:most]

    def _ready(self, claims: Collection[str]) -> Iterator[Entry]:
        for claim in claims:
            yield self.entries.one(ClaimId(claim))


def month_of(entry: Entry) -> str:
    """Return the month of publication, by which a claim is filed beside its subject."""
    return _UNDATED if entry.origin.published_at is None else entry.origin.day[:7]


def months_around(month: str) -> list[str]:
    """Return a month with those beside it, and that of what has no date."""
    if month == _UNDATED:
        return [_UNDATED, WHENEVER]
    year, number = int(month[:4]), int(month[5:])
    beside = (divmod(year * 12 + number - 1 + step, 12) for step in (0, -1, 1))
    return [*(f"{y:04}-{m + 1:02}" for y, m in beside), _UNDATED]
