"""Searches that people gave a name: the last word on each name holds, and all of them stay on record."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from sayso.core import codec
from sayso.core.records import SavedSearch
from sayso.core.views import ClaimFilter, SearchView
from sayso.ledger import index, schema


def searches(connection: Connection) -> Iterator[SearchView]:
    """Yield the searches that are kept, by name."""
    columns = schema.records.c
    wanted = select(columns.body).where(columns.kind == SavedSearch.__name__.lower())
    last: dict[str, SavedSearch] = {}
    for body in connection.scalars(wanted.order_by(columns.entry)):
        found = index.record(body, SavedSearch)
        last[found.name] = found
    for name in sorted(last):
        found = last[name]
        if found.wanted is not None:
            yield SearchView(
                name=name,
                wanted=codec.decode(found.wanted, ClaimFilter),
                sort=found.sort,
                by=found.by,
                at=found.at,
            )
