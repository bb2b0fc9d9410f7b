"""Records of one kind in the order in which they were stored: all of them, or those behind one."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Integer, select, tuple_

from sayso.core.records import Record
from sayso.ledger import cursors, schema
from sayso.ledger.values import Words, streamed


def bodies(
    connection: Connection, kind: type[Record], *chosen: ColumnElement[bool], after: str | None = None
) -> Iterator[str]:
    """Yield records of a kind as they are stored, none before it is asked for.

    `after` is the id of the one before the first; raises BadInput where no such record is stored.
    """
    columns = schema.records.c
    of_kind = columns.kind == kind.__name__.lower()
    wanted = select(columns.body).where(of_kind, *chosen).order_by(columns.entry, columns.id)
    if after is not None:
        entry = connection.execute(select(columns.entry).where(of_kind, columns.id == after)).scalar()
        if entry is None:
            raise cursors.no_cursor()
        last = tuple_(entry, after, types=[Integer(), Words()])
        wanted = wanted.where(tuple_(columns.entry, columns.id) > last)
    yield from connection.execute(streamed(wanted)).scalars()
