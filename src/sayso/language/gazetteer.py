"""Places of the world by name: a compiled table of cities, areas, countries, waters and regions."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

Kind = Literal[
    "country",
    "area",
    "district",
    "city",
    "disputed",
    "region",
    "island",
    "sea",
    "water",
    "relief",
    "continent",
]
Use = Literal["listed", "other", "demonym"]
KINDS: tuple[Kind, ...] = get_args(Kind)
USES: tuple[Use, ...] = get_args(Use)
_FILE = "gazetteer.npz"
_MOST_REMEMBERED = 50_000  # names
_APOSTROPHES = re.compile("['`\u2018\u2019\u02bb\u02bc\u02b9\u02bf\u02be]")
# Letters that no decomposition takes apart, as English news writes them.
_LETTERS = str.maketrans(
    {"ə": "a", "ı": "i", "ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
)
_BREAKS = re.compile(r"[\s\-\u2010-\u2015.,]+")


class Entry(NamedTuple):
    """A place. Coordinates are degrees north and east; 0 inhabitants: not known, or not a settlement."""

    id: str  # with its source's prefix, as in geonames:587084
    name: str
    kind: Kind
    countries: tuple[str, ...]  # ISO 3166-1 alpha-2; several where more than one administers or claims it
    latitude: float
    longitude: float
    population: int
    use: Use  # the name asked for is the one it is listed with, another one, or what its people are called


def key_of(name: str) -> str:
    """Return what two spellings of a name have in common: no case, accents, apostrophes, hyphens or dots."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _BREAKS.sub(" ", _APOSTROPHES.sub("", plain)).strip()


def stable_hash(key: str) -> int:
    """Return 64 bits of a key, the same in every process."""
    digest = hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


@dataclass(frozen=True)
class Gazetteer:
    """The table in memory: names as sorted hashes, places as columns."""

    columns: dict[str, npt.NDArray[Any]]
    _known: dict[int, tuple[Entry, ...]] = field(default_factory=dict)  # by first row: names come again

    def find(self, names: Sequence[str]) -> list[tuple[Entry, ...]]:
        """Return the places of each name, the most populous first; none for a name that is not there."""
        if not names:
            return []
        asked = np.array([stable_hash(key_of(name)) for name in names], dtype=np.uint64)
        low = np.searchsorted(self.columns["hash"], asked, side="left")
        high = np.searchsorted(self.columns["hash"], asked, side="right")
        return [self._entries(a, b) for a, b in zip(low.tolist(), high.tolist(), strict=True)]

    def _entries(self, low: int, high: int) -> tuple[Entry, ...]:
        if low == high:
            return ()
        known = self._known.get(low)
        if known is None:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            found = (self._entry(row) for row in range(low, high))
            known = self._known[low] = tuple(sorted(found, key=lambda one: (-one.population, one.id)))
        return known

    def _entry(self, row: int) -> Entry:
        at = int(self.columns["place"][row])
        nations = str(self.columns["nations"][self.columns["nation"][at]])
        return Entry(
            id=self._text("ids", "id_ends", at),
            name=self._text("names", "name_ends", at),
            kind=KINDS[int(self.columns["kind"][at])],
            countries=tuple(nations.split()),
            latitude=round(float(self.columns["latitude"][at]), 5),
            longitude=round(float(self.columns["longitude"][at]), 5),
            population=int(self.columns["population"][at]),
            use=USES[int(self.columns["use"][row])],
        )

    def _text(self, blob: str, ends: str, at: int) -> str:
        begin, end = self.columns[ends][at : at + 2]
        return self.columns[blob][begin:end].tobytes().decode()


@cache
def gazetteer() -> Gazetteer:
    """Open the shipped table; some tens of milliseconds the first time."""
    with np.load(str(files("sayso.language") / _FILE), allow_pickle=False) as stored:
        return Gazetteer({name: stored[name] for name in stored.files})
