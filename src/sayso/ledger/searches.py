"""Searches that people gave a name: the last word on each name holds, and all of them stay on record.

One that cannot be read any more, because it was changed or asks for what no list knows now, is not listed:
the others must still be found. `sayso verify` tells of the first kind, the log names both.
"""

import re
from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy import Connection, select

from sayso.core import codec
from sayso.core.errors import BadInput, BadRecord
from sayso.core.ids import ID_HEX_DIGITS
from sayso.core.records import Party, SavedSearch, checked_date
from sayso.core.views import ClaimFilter, SearchView
from sayso.ledger import index, schema, search

_PARTY_ID = re.compile(rf"{Party.prefix}_[0-9a-f]{{{ID_HEX_DIGITS}}}")


def asked(wanted: ClaimFilter) -> str:
    """Return what a search asks for as it is kept; raises BadInput for what no claim can ever be."""
    try:
        kept = codec.encode(wanted).decode()
        codec.decode(kept, ClaimFilter)
        days = [checked_date(day) for day in (wanted.since, wanted.until) if day is not None]
    except (BadRecord, UnicodeEncodeError) as error:
        raise BadInput(
            "bad-search",
            f"this cannot be searched for: {error}",
            hint="`sayso claims --help` has the choices",
        ) from error
    for why, hint in _impossible(wanted, ends_early=days != sorted(days)):
        raise BadInput("finds-nothing", f"no claim can ever be found so: {why}", hint=hint)
    return kept


def _impossible(wanted: ClaimFilter, *, ends_early: bool) -> Iterator[tuple[str, str]]:
    """Yield what no claim can be, and what to do about it."""
    if ends_early:
        yield f"{wanted.until} is before {wanted.since}", "exchange the two days"
    if not 0 <= wanted.checkworthy <= 1:
        yield f"nothing is worth checking {wanted.checkworthy:g}", "write it as 0.6: 0 to 1"
    if (wanted.words or "").strip() and not search.phrases(wanted.words or ""):
        yield f"{wanted.words!r} holds no word", "leave the words out, or write some"
    if wanted.voice == "outlet" and (wanted.speaker or "").strip():
        yield "where an outlet speaks in its own voice, nobody is cited", "ask for the outlet by its name"
    for party in (wanted.said_by, wanted.said_of):
        if party is not None and not _PARTY_ID.fullmatch(party):
            yield f"{party!r} is no party's whole id", "`sayso parties --json` has them"


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
