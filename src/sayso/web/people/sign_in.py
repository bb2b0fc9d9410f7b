"""Signing in: one answer for every wrong name, password or code, and a longer wait after each."""

import math
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, func, select, update

from sayso.core.errors import BadInput
from sayso.web.door import digest
from sayso.web.people import codes, limits, members, schema, sessions, tokens
from sayso.web.people.events import Event
from sayso.web.people.passwords import checked
from sayso.web.people.sessions import Origin
from sayso.web.people.team import Team

_Person = Row[Any]


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody typed."""

    name: str
    password: str
    code: str = ""


class Wait(msgspec.Struct, frozen=True):
    """It was not even looked at: too many tries were made."""

    seconds: int


def sign_in(team: Team, attempt: Attempt, *, origin: Origin, earlier: str | None = None) -> str | Wait | None:
    """Return a new session's secret; None where anything is wrong, whatever it is.

    A password is hashed for unknown names too, so that the time tells nothing. `earlier` is the secret of the
    session that the browser had: it ends, and nothing of it goes over.
    """
    now = team.clock()
    keys = limits.keys_of(members.folded(attempt.name), origin.address)
    with team.file.writing() as connection:
        left = limits.wait(connection, keys, now=now)
        row = members.row_of(connection, attempt.name)
    if left > 0:
        return Wait(math.ceil(left))
    # Outside of the transaction: hashing takes longer than anything else here.
    kept = None if row is None else row.password
    right = team.passwords.is_right(kept, attempt.password)
    with team.file.writing() as connection:
        row = members.row_of(connection, attempt.name)
        # Whoever changed it meanwhile ended all that the old one had opened, and it opens nothing more.
        right = right and row is not None and row.password == kept
        why = "password" if row is None or not right else _hindrance(connection, team, row, attempt.code)
        if row is None or why:
            # An unknown name is not kept: some type their password there.
            known = "" if row is None else row.name
            refused = Event(act="not-signed-in", who=known, details=why, address=origin.address)
            team.note(connection, refused)
            return None
        limits.forget(connection, keys)
        if earlier is not None:
            _leave(connection, team, earlier)
        _renew(connection, team, row, attempt.password)
        team.note(connection, Event(act="signed-in", who=row.name, address=origin.address))
        return sessions.opened(connection, row.person, team.case, now=now, origin=origin)


def sign_out(team: Team, secret: str, *, name: str, origin: Origin) -> None:
    """End the session that a secret is of."""
    with team.file.writing() as connection:
        if _leave(connection, team, secret):
            team.note(connection, Event(act="signed-out", who=name, address=origin.address))


def invited_name(team: Team, link: str) -> str | None:
    """Return whom a link is for; None for one that is void."""
    with team.file.reading() as connection:
        row = members.invited(connection, link, now=team.clock())
    return None if row is None else str(row.name)


def join(team: Team, link: str, password: str, repeated: str, *, origin: Origin) -> str:
    """Spend a link for a password, and return whose it is.

    What could let somebody else in as them ends. Raises BadInput for a link that is void, and for a password
    that is too easily guessed.
    """
    name = invited_name(team, link)
    kept = None if name is None else team.passwords.kept(checked(password, repeated, name=name))
    with team.file.writing() as connection:
        row = members.invited(connection, link, now=team.clock())
        if row is None or kept is None:
            raise BadInput(
                "spent-invitation",
                "this invitation was used before, is too old, or another took its place",
                hint="ask an admin of the case for a new one",
            )
        here = schema.people.c.person == row.person
        connection.execute(update(schema.people).where(here).values(password=kept))
        members.void_invitations(connection, row.person)
        sessions.end(connection, row.person)
        tokens.end(connection, row.person)
        limits.forget(connection, limits.keys_of(row.folded, origin.address)[:1])
        team.note(connection, Event(act="joined", who=row.name, address=origin.address))
        return str(row.name)


def _hindrance(connection: Connection, team: Team, row: _Person, code: str) -> str:
    """Return what keeps somebody with the right password out, or ""; takes their code where it is right."""
    if row.disabled_at is not None:
        return "disabled"
    if members.role_of(connection, row.person, team.case) is None:
        return "no role"
    if row.totp_secret is None or _takes(connection, team, row, code):
        return ""
    return "code"


def _takes(connection: Connection, team: Team, row: _Person, typed: str) -> bool:
    """Tell whether a code is right, and let it never be right again."""
    step = codes.taken_step(row.totp_secret, typed, now=team.clock(), last=row.totp_step)
    if step is not None:
        here = schema.people.c.person == row.person
        connection.execute(update(schema.people).where(here).values(totp_step=step))
        return True
    table = schema.recovery.c
    spent = delete(schema.recovery).where(
        table.person == row.person, table.digest == digest(codes.plain(typed))
    )
    if connection.execute(spent).rowcount == 0:
        return False
    wanted = select(func.count()).select_from(schema.recovery).where(table.person == row.person)
    left = connection.execute(wanted).scalar_one()
    team.note(connection, Event(act="code-spent", who=row.name, details=f"{left} left"))
    return True


def _renew(connection: Connection, team: Team, row: _Person, password: str) -> None:
    changed: dict[str, object] = {"signed_in_at": team.clock()}
    if team.passwords.is_dated(row.password):
        changed["password"] = team.passwords.kept(password)
    connection.execute(update(schema.people).where(schema.people.c.person == row.person).values(changed))


def _leave(connection: Connection, team: Team, secret: str) -> int:
    row = sessions.row_of(connection, secret, team.case, now=team.clock())
    return 0 if row is None else sessions.end(connection, row.person, session=row.session)
