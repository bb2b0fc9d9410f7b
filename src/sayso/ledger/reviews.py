"""Published fact-checks: numbered as they came, and looked up by their words."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection, bindparam, func, insert, select, update

from sayso.core.records import Review
from sayso.core.views import ReviewRows
from sayso.ledger import cursors, index, schema
from sayso.ledger.shelves import hashed, in_lots
from sayso.ledger.values import streamed

_AT_HAND = 4096  # reviews kept in memory: claims of one event ask for the same ones
_WORDS_AT_HAND = 16_384
_LONGEST_NUMBER = 10  # digits of a cursor's

# Written once: they are asked for every claim.
_REVIEW = (
    select(schema.records.c.body)
    .join(schema.reviews, schema.reviews.c.review == schema.records.c.id)
    .where(schema.reviews.c.number == bindparam("number"))
)
_HOLDING = (
    select(schema.review_words.c.review)
    .where(schema.review_words.c.key == bindparam("key"))
    .order_by(schema.review_words.c.review)
    .limit(bindparam("most"))
)


class ReviewShelf:
    """The fact-checks of a case on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._counted: dict[str, int] = {}
        self._at_hand = lru_cache(_AT_HAND)(self._read)
        self._holding = lru_cache(_WORDS_AT_HAND)(self._read_holding)
        self.size = _last(connection)  # how many there are

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        """Return how many reviews have each word; those that none has are left out."""
        asked = {hashed(word): word for word in words if word not in self._counted}
        columns = schema.review_counts.c
        self._counted |= dict.fromkeys(asked.values(), 0)
        for some in in_lots(asked):
            wanted = select(columns.key, columns.counted).where(columns.key.in_(some))
            self._counted |= {asked[key]: counted for key, counted in self._connection.execute(wanted)}
        return {word: self._counted[word] for word in words if self._counted[word]}

    def holding(self, word: str, most: int) -> Sequence[int]:
        """Return the numbers of the first `most` reviews that have a word."""
        return self._holding(hashed(word), most)

    def review(self, number: int) -> Review:
        """Return a review by its number."""
        return self._at_hand(number)

    def every(self) -> Iterator[Review]:
        """Yield all of them in the order in which they came."""
        ids, records = schema.reviews.c, schema.records.c
        wanted = select(records.body).join(schema.reviews, ids.review == records.id).order_by(ids.number)
        return (index.record(row.body, Review) for row in self._connection.execute(streamed(wanted)))

    def page(self, after: str | None, limit: int) -> ReviewRows:
        """Return `limit` of them in that order; raises BadInput for a cursor that no page gave."""
        ids, records = schema.reviews.c, schema.records.c
        wanted = select(ids.number, records.body).join(schema.reviews, ids.review == records.id)
        behind = wanted.where(ids.number > (0 if after is None else _number(after)))
        found = self._connection.execute(behind.order_by(ids.number).limit(limit + 1)).all()
        shown = found[:limit]
        return ReviewRows(
            rows=tuple(index.record(row.body, Review) for row in shown),
            after=cursors.written(str(shown[-1].number)) if len(found) > limit else None,
        )

    def _read(self, number: int) -> Review:
        return index.record(self._connection.execute(_REVIEW, {"number": number}).scalar_one(), Review)

    def _read_holding(self, key: int, most: int) -> Sequence[int]:
        return self._connection.execute(_HOLDING, {"key": key, "most": most}).scalars().all()


def file(connection: Connection, reviews: Iterable[tuple[str, Collection[str]]]) -> None:
    """File new reviews, given by their ids, under their words."""
    numbered = list(enumerate(reviews, _last(connection) + 1))
    if not numbered:
        return
    rows = [{"number": number, "review": review} for number, (review, _) in numbered]
    connection.execute(insert(schema.reviews), rows)
    # Two words with one hash would be two rows with one key.
    filed = [(number, {*map(hashed, words)}) for number, (_, words) in numbered]
    words = [{"key": key, "review": number} for number, keys in filed for key in sorted(keys)]
    if words:
        connection.execute(insert(schema.review_words), words)
        _count(connection, Counter(row["key"] for row in words))


def _count(connection: Connection, added: Mapping[int, int]) -> None:
    columns = schema.review_counts.c
    known = {
        key
        for some in in_lots(added)
        for key in connection.execute(select(columns.key).where(columns.key.in_(some))).scalars()
    }
    new = [{"key": key, "counted": times} for key, times in added.items() if key not in known]
    grown = [{"of_key": key, "more": times} for key, times in added.items() if key in known]
    if new:
        connection.execute(insert(schema.review_counts), new)
    if grown:
        more = columns.counted + bindparam("more")
        connection.execute(
            update(schema.review_counts).where(columns.key == bindparam("of_key")).values(counted=more), grown
        )


def _number(after: str) -> int:
    """Return the number that a cursor stands for; raises BadInput for what is none."""
    (stated,) = cursors.read(after, 1)
    if not (stated.isascii() and stated.isdecimal() and len(stated) < _LONGEST_NUMBER):
        raise cursors.no_cursor()
    return int(stated)


def _last(connection: Connection) -> int:
    return connection.execute(select(func.max(schema.reviews.c.number))).scalar() or 0
