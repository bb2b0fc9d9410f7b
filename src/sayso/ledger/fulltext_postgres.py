"""Full-text search by arrays of words on PostgreSQL, each word as the first 64 bits of its hash.

PostgreSQL's own `tsvector` keeps no more than 256 places of a word and none beyond the 16,383rd, no word of
more than 2 kB and no text of more than 1 MB of words: phrases late in a long text would not be found, and
some texts could not be stored. An array keeps all words in their order. An inverted index (GIN) finds the
rows that have all of them; slices of the array tell which have them side by side.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import log
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Select,
    Table,
    bindparam,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from sayso.core.errors import Tampered
from sayso.core.spans import Span
from sayso.ledger import schema
from sayso.ledger.search import Asked, Listed, Phrase
from sayso.ledger.shelves import hashed
from sayso.ledger.values import streamed

# Okapi BM25 as SQLite's FTS5 has it (https://www.sqlite.org/fts5.html#the_bm25_function).
_K1: Final = 1.2
_B: Final = 0.75
_LEAST_IDF: Final = 1e-6  # of what half of all passages have

_metadata = MetaData()
_Keys = ARRAY(BigInteger)

_INDEX = Table(
    "search",
    _metadata,
    Column("number", Integer, ForeignKey(schema.passages.c.number), primary_key=True, autoincrement=False),
    Column("words", _Keys, nullable=False),
    Index("ix_search_words", "words", postgresql_using="gin"),
)
# One row: what a passage's words weigh depends on how many passages and words there are.
_SIZE = Table(
    "search_size",
    _metadata,
    Column("passages", BigInteger, nullable=False),
    Column("words", BigInteger, nullable=False),
)
_CLAIMS = Table(
    "claim_search",
    _metadata,
    Column("number", BigInteger, ForeignKey(schema.listed.c.number), primary_key=True, autoincrement=False),
    Column("words", _Keys, nullable=False),
    Column("marks", _Keys, nullable=False),
    Index("ix_claim_search_words_marks", "words", "marks", postgresql_using="gin"),
)

_key = lru_cache(65_536)(hashed)


def _keys(words: str) -> list[int]:
    return [_key(word) for word in words.split()]


def create(connection: Connection) -> None:
    """Make the index over the table of passages."""
    _INDEX.create(connection)
    _SIZE.create(connection)
    connection.execute(insert(_SIZE), {"passages": 0, "words": 0})


def create_claims(connection: Connection) -> None:
    """Make the index over the claims that are listed."""
    _CLAIMS.create(connection)


def index(connection: Connection, passages: Sequence[tuple[int, str]]) -> None:
    """Add passages by their number and folded words."""
    keys = [(number, _keys(words)) for number, words in passages]
    if not keys:
        return
    connection.execute(insert(_INDEX), [{"number": number, "words": found} for number, found in keys])
    length = sum(len(found) for _, found in keys)
    grown = {"passages": _SIZE.c.passages + len(keys), "words": _SIZE.c.words + length}
    connection.execute(update(_SIZE).values(grown))


class _Corpus(NamedTuple):
    """How much is indexed."""

    passages: int
    words: int


def passages(connection: Connection, wanted: Sequence[Phrase], limit: int) -> Iterator[tuple[str, Span]]:
    """Yield the documents and spans of at most `limit` passages that hold every phrase, the best first."""
    if not wanted:
        return
    corpus = _Corpus(*connection.execute(select(_SIZE)).one())
    words = _INDEX.c.words
    times = [_times(words, phrase).label(f"times_{number}") for number, phrase in enumerate(wanted)]
    found = (
        select(_INDEX.c.number, func.cardinality(words).label("length"), *times)
        .where(_has_all(words, wanted))
        .cte("found")
        .prefix_with("MATERIALIZED")  # it is asked for twice, and must not be computed twice
    )
    score = _score(connection, corpus, wanted, found.c)
    columns = schema.passages.c
    rows = connection.execute(
        select(columns.document, columns.start, columns.end)
        .join(found, found.c.number == columns.number)
        .where(*(found.c[one.name] > 0 for one in times))
        .order_by(score.desc(), columns.document, columns.start)
        .limit(limit)
    )
    for row in rows:
        yield row.document, Span(row.start, row.end)


def _array(keys: Iterable[int]) -> ColumnElement[Any]:
    return literal(list(keys), _Keys)


def _has_all(words: ColumnElement[Any], wanted: Iterable[Phrase]) -> ColumnElement[bool]:
    """Return the condition that the inverted index answers: all words are there, wherever they stand."""
    keys = dict.fromkeys(_key(word) for phrase in wanted for word in phrase)
    return words.contains(_array(keys))


def _times(words: ColumnElement[Any], phrase: Phrase) -> ColumnElement[int]:
    """Return how often a phrase stands in an array of words."""
    at = func.array_positions(words, literal(_key(phrase[0]), BigInteger))
    if len(phrase) == 1:
        return func.cardinality(at)
    place, beside = _side_by_side(words, phrase)
    return select(func.count()).select_from(place).where(beside).scalar_subquery()


def _side_by_side(words: ColumnElement[Any], phrase: Phrase) -> tuple[Any, ColumnElement[bool]]:
    """Return the places of a phrase's first word, and the condition that the others follow there."""
    at = func.array_positions(words, literal(_key(phrase[0]), BigInteger))
    place: Any = func.unnest(at, type_=Integer).table_valued("at").render_derived()
    last = place.c.at + len(phrase) - 1
    return place, words[place.c.at : last] == _array(map(_key, phrase))


def _score(
    connection: Connection,
    corpus: _Corpus,
    wanted: Sequence[Phrase],
    found: Any,  # noqa: ANN401 - columns
) -> ColumnElement[float]:
    average = corpus.words / corpus.passages if corpus.passages else 1.0
    length = 1 - _B + _B * cast(found.length, Float) / (average or 1.0)
    score: ColumnElement[float] = literal(0.0, Float)
    for number, phrase in enumerate(wanted):
        times = cast(found[f"times_{number}"], Float)
        weight = _idf(corpus.passages, _holding(connection, phrase))
        score = score + weight * ((times * (_K1 + 1.0)) / (times + _K1 * length))
    return score


def _idf(passages: int, holding: int) -> float:
    found = log((passages - holding + 0.5) / (holding + 0.5))
    return found if found > 0 else _LEAST_IDF


def _holding(connection: Connection, phrase: Phrase) -> int:
    """Return how many passages hold a phrase."""
    counted = select(func.count()).select_from(_INDEX).where(*_has(_INDEX.c.words, phrase))
    return connection.execute(counted).scalar_one()


def _has(words: ColumnElement[Any], phrase: Phrase) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that a phrase stands in an array of words."""
    yield _has_all(words, (phrase,))
    if len(phrase) > 1:
        place, beside = _side_by_side(words, phrase)
        yield exists(select(1).select_from(place).where(beside))


def compare(connection: Connection) -> None:
    """Compare the index with the passages, word by word; raises Tampered when they differ."""
    listed = schema.passages.c
    pairs = select(listed.words, _INDEX.c.words.label("keys")).select_from(
        schema.passages.join(_INDEX, _INDEX.c.number == listed.number, full=True)
    )
    length = count = 0
    for words, keys in connection.execute(streamed(pairs)):
        if words is None or keys is None or _keys(words) != keys:
            raise _different()
        length += len(keys)
        count += 1
    if [tuple(row) for row in connection.execute(select(_SIZE))] != [(count, length)]:
        raise _different()


def _different() -> Tampered:
    return Tampered(
        "changed-index", "it was changed by another way", hint="a copy of the case brings it back"
    )


def index_claims(connection: Connection, listed: Iterable[Listed]) -> None:
    """Add claims by their number."""
    rows = [
        {"number": number, "words": _keys(words), "marks": _keys(marks)} for number, words, marks in listed
    ]
    if rows:
        connection.execute(insert(_CLAIMS), rows)


def forget_claims(connection: Connection, listed: Iterable[Listed]) -> None:
    """Take claims out of the index."""
    rows = [{"of": one.number} for one in listed]
    if rows:
        connection.execute(delete(_CLAIMS).where(_CLAIMS.c.number == bindparam("of")), rows)


def claim_numbers(asked: Asked, *, above: int | None = None, below: int | None = None) -> Select[int]:
    """Return the numbers of the claims that have what is asked, in their order, between two others.

    At least one phrase or group must be asked for.
    """
    number, words, marks = _CLAIMS.c.number, _CLAIMS.c.words, _CLAIMS.c.marks
    wanted = select(number)
    for phrase in asked.phrases:
        wanted = wanted.where(*_has(words, phrase))
    for group in asked.marks:
        wanted = wanted.where(marks.overlap(_array(map(_key, group))))
    if above is not None:
        wanted = wanted.where(number > above)
    if below is not None:
        wanted = wanted.where(number < below)
    return wanted.order_by(number)


def compare_claims(connection: Connection) -> None:
    """Compare the index with the listed claims, word by word; raises Tampered when they differ."""
    listed = schema.listed.c
    pairs = select(
        listed.words, listed.marks, _CLAIMS.c.words.label("keys"), _CLAIMS.c.marks.label("marked")
    ).select_from(schema.listed.join(_CLAIMS, _CLAIMS.c.number == listed.number, full=True))
    for words, marks, keys, marked in connection.execute(streamed(pairs)):
        if words is None or keys is None or (_keys(words), _keys(marks)) != (keys, marked):
            raise _different()
