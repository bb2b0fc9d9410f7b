"""Where linkers file records to find them again by a key, without going through the case."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple, TypeVar

from sqlalchemy import BindParameter, Connection, bindparam, insert, select, update

from sayso.core.ports import MOST_FILED, Filing
from sayso.ledger import schema

_ASKED_AT_ONCE = 500  # keys in one question: databases limit the parameters of a statement
_KEPT = 65_536  # answers kept while one lot is linked
_V = TypeVar("_V")

_PREFIX = 4  # letters of an id before its hexadecimal part, the low line included


def hashed(words: str) -> int:
    """Return the first 64 bits of a text's BLAKE2b, as the signed number that databases store."""
    digest = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


class _First(NamedTuple):
    """The first records stored under a key, of which `asked` were asked for."""

    asked: int
    records: tuple[str, ...]

    def holds(self, most: int) -> bool:
        """Tell whether the first `most` are among them."""
        return self.asked >= most or len(self.records) < self.asked


_UNKNOWN = _First(0, ())


class Shelves:
    """What one linker has filed: what is stored, and what the lot under way adds, which `write` stores."""

    def __init__(self, connection: Connection, linker: int | None) -> None:
        """Open them for a linker by its number; None: nothing of it is stored."""
        self._connection = connection
        self._linker = linker
        self._counted: Counter[int] = Counter()
        self._added: defaultdict[int, list[str]] = defaultdict(list)
        self._stored: dict[int, _First] = {}
        self._stored_counts: dict[int, int] = {}

    def file(self, filing: Filing) -> None:
        """File a record under a key, or only count it."""
        key = hashed(filing.key)
        self._counted[key] += 1
        if not filing.counted_only and len(self._added[key]) < MOST_FILED:
            self._added[key].append(filing.record)

    def filed(self, keys: Collection[str], most: int) -> Mapping[str, Sequence[str]]:
        """Return the first records filed under each key; keys without any are left out."""
        of = {key: hashed(key) for key in keys}
        self._look_up(of.values(), most)
        found = {key: (*self._stored[at].records, *self._added.get(at, ()))[:most] for key, at in of.items()}
        return {key: records for key, records in found.items() if records}

    def counts(self, keys: Collection[str]) -> Mapping[str, int]:
        """Return how often each key was filed; keys that never were are left out."""
        of = {key: hashed(key) for key in keys}
        self._look_up_counts(of.values())
        found = {key: self._stored_counts[at] + self._counted[at] for key, at in of.items()}
        return {key: count for key, count in found.items() if count}

    def _look_up(self, keys: Iterable[int], most: int) -> None:
        if len(self._stored) > _KEPT:
            self._stored.clear()
        asked = [key for key in dict.fromkeys(keys) if not self._stored.get(key, _UNKNOWN).holds(most)]
        found: defaultdict[int, list[str]] = defaultdict(list)
        for some in () if self._linker is None else in_lots(asked):
            wanted = {"of": self._linker, "keys": some, "most": most}
            for key, record in self._connection.execute(_FILED, wanted):
                found[key].append(unpacked(record))
        self._stored |= {key: _First(most, tuple(found.get(key, ()))) for key in asked}

    def _look_up_counts(self, keys: Iterable[int]) -> None:
        if len(self._stored_counts) > _KEPT:
            self._stored_counts.clear()
        asked = [key for key in dict.fromkeys(keys) if key not in self._stored_counts]
        found: dict[int, int] = {}
        if self._linker is not None:
            found = {key: counted for key, counted, _ in self._rows(self._connection, asked)}
        self._stored_counts |= {key: found.get(key, 0) for key in asked}

    def _rows(self, connection: Connection, keys: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """Yield (key, how often it was counted, how many records stand under it) of the stored keys."""
        for some in in_lots(keys):
            found = connection.execute(_COUNTED, {"of": self._linker, "keys": some})
            yield from (tuple(row) for row in found)

    def write(self, connection: Connection, linker: int) -> None:
        """Store what the lot added, under the linker's number."""
        stored = {key: (counted, shelved) for key, counted, shelved in self._rows(connection, self._counted)}
        new, grown, records = [], [], []
        for key in sorted(self._counted):  # in the order of the table
            counted, shelved = stored.get(key, (0, 0))
            added = self._added.get(key, [])[: MOST_FILED - shelved]
            row = {"counted": counted + self._counted[key], "shelved": shelved + len(added)}
            if key in stored:
                grown.append({"of_linker": linker, "of_key": key, **row})
            else:
                new.append({"linker": linker, "key": key, **row})
            records += [
                {"linker": linker, "key": key, "place": place, "record": _packed(record)}
                for place, record in enumerate(added, shelved)
            ]
        if new:
            connection.execute(insert(schema.counts), new)
        if grown:
            connection.execute(_GROWN, grown)
        if records:
            connection.execute(insert(schema.shelves), records)


# Made once: to make a question takes as long as to answer it.
_OF: BindParameter[int] = bindparam("of")
_KEYS: BindParameter[Sequence[int]] = bindparam("keys", expanding=True)
_MOST: BindParameter[int] = bindparam("most")
_FILED = (
    select(schema.shelves.c.key, schema.shelves.c.record)
    .where(
        schema.shelves.c.linker == _OF,
        schema.shelves.c.key.in_(_KEYS),
        schema.shelves.c.place < _MOST,
    )
    .order_by(schema.shelves.c.key, schema.shelves.c.place)
)
_COUNTED = select(schema.counts.c.key, schema.counts.c.counted, schema.counts.c.shelved).where(
    schema.counts.c.linker == _OF, schema.counts.c.key.in_(_KEYS)
)
_GROWN = (
    update(schema.counts)
    .where(schema.counts.c.linker == bindparam("of_linker"), schema.counts.c.key == bindparam("of_key"))
    .values(counted=bindparam("counted"), shelved=bindparam("shelved"))
)


def in_lots(wanted: Iterable[_V]) -> Iterator[tuple[_V, ...]]:
    """Yield values in lots that are short enough for one statement."""
    values = tuple(wanted)
    return (values[at : at + _ASKED_AT_ONCE] for at in range(0, len(values), _ASKED_AT_ONCE))


def _packed(record: str) -> bytes:
    return record[:_PREFIX].encode() + bytes.fromhex(record[_PREFIX:])


def unpacked(stored: bytes) -> str:
    """Return the id that is kept as its prefix and the hexadecimal part as bytes."""
    return stored[:_PREFIX].decode() + stored[_PREFIX:].hex()
