"""Full-text search in the database, whichever it is.

There are two indexes: one over the passages of the documents, and one over the claims' own words and the
marks that they are filtered by, so that one question answers words and filters together. Both see words that
`ledger.search` has cut and folded, and nothing else, so that every database finds the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from sqlalchemy import Connection, Select

from sayso.core.spans import Span
from sayso.ledger import fulltext_postgres, fulltext_sqlite
from sayso.ledger.search import Asked, Listed, Phrase


class FullText(Protocol):
    """What a database's own module does."""

    def create(self, connection: Connection) -> None:
        """Make the index over the passages."""

    def create_claims(self, connection: Connection) -> None:
        """Make the index over the claims that are listed."""

    def index(self, connection: Connection, passages: Sequence[tuple[int, str]]) -> None:
        """Add passages by their number and folded words."""

    def passages(
        self, connection: Connection, wanted: Sequence[Phrase], limit: int
    ) -> Iterator[tuple[str, Span]]:
        """Yield the documents and spans of at most `limit` passages that hold every phrase, the best first.

        The best are those by BM25 (k1 = 1.2, b = 0.75, as SQLite's FTS5 computes it).
        """

    def compare(self, connection: Connection) -> None:
        """Compare the index with the passages, word by word; raises for a difference.

        It needs the write lock. Raises DatabaseError or Tampered.
        """

    def index_claims(self, connection: Connection, listed: Iterable[Listed]) -> None:
        """Add claims by their number."""

    def forget_claims(self, connection: Connection, listed: Iterable[Listed]) -> None:
        """Take claims out of the index; they must be given as they were added."""

    def claim_numbers(
        self, asked: Asked, *, above: int | None = None, below: int | None = None
    ) -> Select[int]:
        """Return the numbers of the claims that have what is asked, in their order, between two others.

        At least one phrase or group must be asked for.
        """

    def compare_claims(self, connection: Connection) -> None:
        """Compare the index with the listed claims, as `compare` does."""


_OF: Final[dict[str, FullText]] = {"sqlite": fulltext_sqlite, "postgresql": fulltext_postgres}


def of(connection: Connection) -> FullText:
    """Return the full-text search of the database behind a connection."""
    return _OF[connection.dialect.name]
