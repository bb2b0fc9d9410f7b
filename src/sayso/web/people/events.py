"""What happened at the door: who came in, who was refused, who changed what about people. It only grows."""

from collections.abc import Iterator
from typing import Final, Literal

import msgspec
from sqlalchemy import Connection, insert, select

from sayso.web.people import schema

Act = Literal[
    "signed-in", "not-signed-in", "signed-out", "invited", "joined", "role", "removed", "disabled", "enabled",
    "password", "code-on", "code-off", "code-spent", "codes-renewed", "token-made", "token-ended",
    "sessions-ended", "session-stolen", "not-allowed",
]  # fmt: skip
_MOST: Final = 300  # code points of what is kept of anything


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened."""

    number: int = 0
    at: float = 0.0  # Unix time, seconds
    act: Act
    who: str = ""  # a name; "" where nobody was known
    whom: str = ""
    details: str = ""
    address: str = ""


def note(connection: Connection, event: Event, *, case: str, at: float) -> None:
    """Keep what happened at the desk of a case, at a Unix time."""
    told = {name: getattr(event, name)[:_MOST] for name in ("act", "who", "whom", "details", "address")}
    connection.execute(insert(schema.events).values(case=case, at=at, **told))


def newest(
    connection: Connection, *, case: str | None = None, before: int | None = None, limit: int
) -> Iterator[Event]:
    """Yield what happened at the desk of a case, or of any, the newest first."""
    wanted = select(schema.events).order_by(schema.events.c.number.desc()).limit(limit)
    if case is not None:
        wanted = wanted.where(schema.events.c.case == case)
    if before is not None:
        wanted = wanted.where(schema.events.c.number < before)
    for row in connection.execute(wanted):
        kept = {name: getattr(row, name) for name in Event.__struct_fields__}
        yield msgspec.convert(kept, Event)
