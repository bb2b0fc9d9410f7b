"""Sessions of people: a secret that changes while it is used, ends when it is not, and betrays a copy.

A new secret takes the place of the old one every few minutes. The old one still counts until the new one has
come back (its answer may have been lost), and a moment longer, for requests that were under way. After that
nobody has a reason to say it: whoever does has copied it, and the session ends for both.
"""

import secrets
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, delete, insert, or_, select, update

from sayso.web.door import digest
from sayso.web.people import schema

# NIST SP 800-63B-4, 2.2.3: at most an hour without a request, at most a day in all.
IDLE: Final = 60 * 60
WHOLE: Final = 24 * 60 * 60
CHANGE: Final = 15 * 60  # seconds of use after which the secret changes
GRACE: Final = 60  # seconds that the old secret still counts
_SEEN: Final = 60  # seconds between two notes of when a session was used
_BYTES: Final = 32
_MOST_BROWSER: Final = 200


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a request comes from, as far as it says so."""

    address: str = ""
    browser: str = ""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A session as its owner sees it."""

    id: str
    opened_at: float
    seen_at: float
    address: str
    browser: str


def opened(connection: Connection, person: str, case: str, *, now: float, origin: Origin) -> str:
    """Open a session and return its secret; nothing of an earlier session goes over into it."""
    secret = secrets.token_urlsafe(_BYTES)
    connection.execute(delete(schema.sessions).where(_is_over(now)))
    connection.execute(
        insert(schema.sessions).values(
            session=secrets.token_hex(8),
            person=person,
            case=case,
            digest=digest(secret),
            opened_at=now,
            seen_at=now,
            changed_at=now,
            taken_at=now,
            address=origin.address[:_MOST_BROWSER],
            browser=origin.browser[:_MOST_BROWSER],
        )
    )
    return secret


def row_of(connection: Connection, secret: str, case: str, *, now: float) -> Row[Any] | None:
    """Return the row of the session that a secret is or was of; None where there is none that counts."""
    said = digest(secret)
    table = schema.sessions.c
    wanted = or_(table.digest == said, table.before == said)
    return connection.execute(
        select(schema.sessions).where(wanted, table.case == case, ~_is_over(now))
    ).one_or_none()


State = Literal["fine", "unseen", "due", "stolen"]


def state(row: Row[Any], secret: str, *, now: float) -> State:
    """Tell what is to be done about a session for which a secret is said."""
    if row.digest != digest(secret):
        return "stolen" if _is_stolen(row, now) else "due" if _is_lost(row, now) else "fine"
    if now - row.changed_at >= CHANGE:
        return "due"
    return "unseen" if row.taken_at is None or now - row.seen_at >= _SEEN else "fine"


def see(connection: Connection, row: Row[Any], secret: str, *, now: float) -> None:
    """Note that a session is used."""
    seen = {"seen_at": now}
    if row.taken_at is None and row.digest == digest(secret):
        seen["taken_at"] = now
    here = schema.sessions.c.session == row.session
    connection.execute(update(schema.sessions).where(here).values(seen))


def change(connection: Connection, row: Row[Any], secret: str, *, now: float) -> str:
    """Return a new secret, which takes the place of the one that was said."""
    following = secrets.token_urlsafe(_BYTES)
    # Where the last new one was lost, the one that the browser has is the one before both.
    changed = {
        "before": digest(secret),
        "digest": digest(following),
        "changed_at": now,
        "seen_at": now,
        "taken_at": None,
    }
    here = schema.sessions.c.session == row.session
    connection.execute(update(schema.sessions).where(here).values(changed))
    return following


def _is_stolen(row: Row[Any], now: float) -> bool:
    """Tell whether the old secret is said though the new one has come back long ago."""
    return row.taken_at is not None and now - row.taken_at > GRACE


def _is_lost(row: Row[Any], now: float) -> bool:
    """Tell whether the new secret never came back: the answer that carried it was lost."""
    return row.taken_at is None and now - row.changed_at > GRACE


def change_soon(connection: Connection, person: str, case: str) -> None:
    """Let the secrets of a person's sessions in a case change with their next request."""
    table = schema.sessions.c
    connection.execute(
        update(schema.sessions).where(table.person == person, table.case == case).values(changed_at=0.0)
    )


def listed(connection: Connection, person: str, case: str, *, now: float) -> tuple[Session, ...]:
    """Return a person's sessions in a case, the last used first."""
    table = schema.sessions.c
    wanted = select(schema.sessions).where(table.person == person, table.case == case, ~_is_over(now))
    return tuple(
        Session(
            id=row.session,
            opened_at=row.opened_at,
            seen_at=row.seen_at,
            address=row.address,
            browser=row.browser,
        )
        for row in connection.execute(wanted.order_by(table.seen_at.desc()))
    )


def end(
    connection: Connection,
    person: str,
    *,
    session: str | None = None,
    case: str | None = None,
    but: str | None = None,
) -> int:
    """End a person's sessions: one, those in a case, all but one, or all; return how many there were."""
    wanted = delete(schema.sessions).where(schema.sessions.c.person == person)
    if session is not None:
        wanted = wanted.where(schema.sessions.c.session == session)
    if case is not None:
        wanted = wanted.where(schema.sessions.c.case == case)
    if but is not None:
        wanted = wanted.where(schema.sessions.c.session != but)
    return connection.execute(wanted).rowcount


def _is_over(now: float) -> ColumnElement[bool]:
    table = schema.sessions.c
    return or_(table.seen_at < now - IDLE, table.opened_at < now - WHOLE)
