"""Moves a ledger from one database into another, row by row: ids, digests and the log stay what they are."""

from sqlalchemy import Connection, insert, select

from sayso.ledger import fulltext, schema
from sayso.ledger.search import Listed
from sayso.ledger.values import streamed

_AT_ONCE = 5_000  # rows of a statement


def transfer(source: Connection, target: Connection) -> None:
    """Write all that a ledger holds into empty tables, in the caller's transaction.

    The indexes for search are each database's own, so that they are made anew.
    """
    for table in schema.metadata.sorted_tables:
        for rows in source.execute(streamed(select(table))).partitions(_AT_ONCE):
            target.execute(insert(table), [row._asdict() for row in rows])
    words, passages, listed = fulltext.of(target), schema.passages.c, schema.listed.c
    for rows in target.execute(streamed(select(passages.number, passages.words))).partitions(_AT_ONCE):
        words.index(target, [(row.number, row.words) for row in rows])
    claims = select(listed.number, listed.words, listed.marks)
    for rows in target.execute(streamed(claims)).partitions(_AT_ONCE):
        words.index_claims(target, [Listed(*row) for row in rows])
