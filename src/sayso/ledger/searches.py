"""Searches that people gave a name: the last word on each name holds, and all of them stay on record.

One that cannot be read any more, because it was changed or asks for what no list knows now, is not listed:
the others must still be found. `sayso verify` tells of the first kind, the log names both.
"""

from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy import Connection, select

from sayso.core import codec
from sayso.core.errors import BadRecord
from sayso.core.records import SavedSearch
from sayso.core.views import ClaimFilter, SearchView
from sayso.ledger import index, schema


def searches(connection: Connection) -> Iterator[SearchView]:
    """Yield the searches that are kept, by name."""
    columns = schema.records.c
    wanted = select(columns.body).where(columns.kind == SavedSearch.__name__.lower())
    last: dict[str, SavedSearch] = {}
    for body in connection.scalars(wanted.order_by(columns.entry)):
        with suppress(BadRecord):
            found = index.record(body, SavedSearch)
            last[found.name] = found
    for name in sorted(last):
        with suppress(BadRecord):
            yield from _view(last[name])


def _view(found: SavedSearch) -> Iterator[SearchView]:
    """Yield the search, or nothing where its name was given up; raises BadRecord for what no list knows."""
    if found.wanted is not None:
        yield SearchView(
            name=found.name,
            wanted=codec.decode(found.wanted, ClaimFilter),
            sort=found.sort,
            by=found.by,
            at=found.at,
        )
