"""What a run over new documents looks things up in: the claims filed by their stems and their month."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sayso.core.ids import ClaimId, DocumentId
from sayso.core.ports import Filing, Index
from sayso.linking.entries import Entries, Entry
from sayso.linking.rarity import Rarity, filings, key_of

_ASKED_FOR = 8  # rarest stems of a claim that look for others
_FEWEST_SHARED = 2  # of them
# Claims looked at under one stem: the earliest ones, and where more have it those of the same days, too. Else
# nobody would find in a large case what was said yesterday in words that were used before.
_KEPT = 32
_PERIOD = 10  # days

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

    def said(self, stems: Collection[str], of: Entry, most: int) -> list[Entry]:
        """Return the claims that say something with at least two rare stems of a claim, nearest first."""
        return list(self._ready(self._near(stems, of, most, denies=False)))

    def denied(self, stems: Collection[str], of: Entry, most: int) -> list[Entry]:
        """Return the denials of something with at least two rare stems of a claim, nearest first."""
        return list(self._ready(self._near(stems, of, most, denies=True)))

    def filed(self, keys: Sequence[str], most: int, *, first: int | None = None) -> list[Entry]:
        """Return the `first` of the claims filed under some keys, each once, in the order of the keys."""
        found = self.index.filed(keys, most)
        return list(self._ready(list({c: None for key in keys for c in found.get(key, ())})[:first]))

    def _near(self, stems: Collection[str], of: Entry, most: int, *, denies: bool) -> list[str]:
        asked = {key_of(stem, denies=denies): stem for stem in self.rarity.rarest(stems, _ASKED_FOR)}
        often = [key for key, stem in asked.items() if self.rarity.count(stem) > _KEPT]
        asked |= {f"{key} {period}": asked[key] for key in often for period in _periods_around(of)}
        found = self.index.filed(asked.keys(), _KEPT)
        held: dict[str, dict[str, None]] = {}
        for key, stem in asked.items():
            for claim in found.get(key, ()):
                held.setdefault(claim, {})[stem] = None
        close = (claim for claim, shared in held.items() if len(shared) >= _FEWEST_SHARED)
        return sorted(close, key=lambda claim: -self.rarity.total(held[claim]))[:most]

    def _ready(self, claims: Collection[str]) -> Iterator[Entry]:
        for claim in claims:
            yield self.entries.one(ClaimId(claim))


def filed_by_stems(entry: Entry, stems: Sequence[str], *, denies: bool) -> Iterator[Filing]:
    """Yield where a claim is filed by stems: among all that have them, and among those of the same days."""
    yield from filings(entry.claim.id, stems, denies=denies)
    for stem in dict.fromkeys(stems):
        yield Filing(key=f"{key_of(stem, denies=denies)} {_period_of(entry)}", record=entry.claim.id)


def _period_of(entry: Entry) -> str:
    if entry.origin.published_at is None:
        return _UNDATED
    return str(date.fromisoformat(entry.origin.day).toordinal() // _PERIOD)


def _periods_around(entry: Entry) -> list[str]:
    """Return the ten days of a claim's publication with those beside them, and what has no date."""
    own = _period_of(entry)
    if own == _UNDATED:
        return [_UNDATED]
    return [*(str(int(own) + step) for step in (0, -1, 1)), _UNDATED]


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
