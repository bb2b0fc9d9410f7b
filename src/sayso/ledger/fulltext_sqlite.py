"""Full-text search by SQLite's FTS5, which sees folded words with blanks between them and splits there."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, Select, column, insert, select, table, text

from sayso.core.spans import Span
from sayso.ledger import schema
from sayso.ledger.search import Asked, Listed, Phrase

_INDEX = table("search", column("rowid"), column("words"), column("rank"), column("search"))
_CLAIMS = table(
    "claim_search", column("rowid"), column("words"), column("marks"), column("rank"), column("claim_search")
)


def create(connection: Connection) -> None:
    """Make the index over the table of passages."""
    # The `ascii` tokenizer takes every other character for a letter: it only splits at our blanks.
    connection.execute(
        text(
            "CREATE VIRTUAL TABLE search USING fts5"
            "(words, content='passages', content_rowid='number', tokenize='ascii')"
        )
    )


def create_claims(connection: Connection) -> None:
    """Make the index over the claims that are listed."""
    connection.execute(
        text(
            "CREATE VIRTUAL TABLE claim_search USING fts5"
            "(words, marks, content='listed', content_rowid='number', tokenize='ascii')"
        )
    )


def index(connection: Connection, passages: Sequence[tuple[int, str]]) -> None:
    """Add passages by their number and folded words."""
    rows = [{"rowid": number, "words": words} for number, words in passages]
    if rows:
        connection.execute(insert(_INDEX), rows)


def passages(connection: Connection, wanted: Sequence[Phrase], limit: int) -> Iterator[tuple[str, Span]]:
    """Yield the documents and spans of at most `limit` passages that hold every phrase, the best first."""
    if not wanted:
        return
    match = " AND ".join(f'"{" ".join(phrase)}"' for phrase in wanted)
    rows = connection.execute(
        select(schema.passages.c.document, schema.passages.c.start, schema.passages.c.end)
        .join(_INDEX, _INDEX.c.rowid == schema.passages.c.number)
        .where(_INDEX.c.search.op("MATCH")(match))
        .order_by(_INDEX.c.rank, schema.passages.c.document, schema.passages.c.start)
        .limit(limit)
    )
    for row in rows:
        yield row.document, Span(row.start, row.end)


def compare(connection: Connection) -> None:
    """Compare the index with the passages, word by word; raises DatabaseError when they differ."""
    # FTS5 takes the question as an insert, so it needs the write lock.
    connection.execute(insert(_INDEX), {"search": "integrity-check", "rank": 1})


def index_claims(connection: Connection, listed: Iterable[Listed]) -> None:
    """Add claims by their number."""
    rows = [{"rowid": number, "words": words, "marks": marks} for number, words, marks in listed]
    if rows:
        connection.execute(insert(_CLAIMS), rows)


def forget_claims(connection: Connection, listed: Iterable[Listed]) -> None:
    """Take claims out of the index; they must be given as they were added."""
    rows = [
        {"claim_search": "delete", "rowid": number, "words": words, "marks": marks}
        for number, words, marks in listed
    ]
    if rows:
        connection.execute(insert(_CLAIMS), rows)


def claim_numbers(asked: Asked, *, above: int | None = None, below: int | None = None) -> Select[int]:
    """Return the numbers of the claims that have what is asked, in their order, between two others.

    At least one phrase or group must be asked for.
    """
    parts = [f'words : "{" ".join(phrase)}"' for phrase in asked.phrases]
    parts += [f"marks : ({' OR '.join(map(_quoted, group))})" for group in asked.marks]
    number = _CLAIMS.c.rowid
    wanted = select(number).where(_CLAIMS.c.claim_search.op("MATCH")(" AND ".join(parts)))
    if above is not None:
        wanted = wanted.where(number > above)
    if below is not None:
        wanted = wanted.where(number < below)
    return wanted.order_by(number)


def _quoted(mark: str) -> str:
    return f'"{mark}"'


def compare_claims(connection: Connection) -> None:
    """Compare the index with the listed claims, word by word; raises DatabaseError when they differ."""
    connection.execute(insert(_CLAIMS), {"claim_search": "integrity-check", "rank": 1})
