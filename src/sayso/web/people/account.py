"""One's own account. Whatever could let others in as its owner asks for the password once more."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from sayso.core.errors import BadInput
from sayso.web.door import Person, digest
from sayso.web.people import codes, limits, members, schema, sessions, tokens
from sayso.web.people.events import Event
from sayso.web.people.members import Account
from sayso.web.people.passwords import checked
from sayso.web.people.sessions import Origin, Session
from sayso.web.people.team import Team
from sayso.web.people.tokens import Token
from sayso.web.roles import Role

_OFFERED: Final = 10 * 60  # seconds that a second factor may be set up in
_NONE_OFFERED: Final[dict[str, object]] = {"totp_offered": None, "offered_at": None, "offered_in": None}


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is shown of their account."""

    account: Account
    role: Role
    recovery_left: int
    sessions: tuple[Session, ...]
    session: str  # the one that asks
    tokens: tuple[Token, ...]
    now: float


def own(team: Team, person: Person) -> Own:
    """Return what somebody is shown of their account."""
    now = team.clock()
    with team.file.reading() as connection:
        row = members.need(connection, person.account)
        left = select(func.count()).select_from(schema.recovery).where(schema.recovery.c.person == row.person)
        return Own(
            account=members.account(row),
            role=members.role_of(connection, row.person, team.case) or "reader",
            recovery_left=connection.execute(left).scalar_one(),
            sessions=sessions.listed(connection, row.person, team.case, now=now),
            session=person.session,
            tokens=tokens.listed(connection, row.person, team.case),
            now=now,
        )


class NewPassword(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody typed to change their password."""

    password: str
    chosen: str
    repeated: str


def change_password(team: Team, person: Person, typed: NewPassword, *, origin: Origin) -> str:
    """Change the password, end every session and token, and return the secret of a new session.

    Raises BadInput.
    """
    row = _confirmed(team, person, typed.password, origin)
    kept = team.passwords.kept(checked(typed.chosen, typed.repeated, name=row.name))
    with _still(team, row) as connection:
        _set(connection, person, password=kept)
        sessions.end(connection, person.account)
        tokens.end(connection, person.account)
        members.void_invitations(connection, person.account)
        team.note(connection, Event(act="password", who=person.name, address=origin.address))
        return sessions.opened(connection, person.account, team.case, now=team.clock(), origin=origin)


def offer_codes(team: Team, person: Person, password: str, *, origin: Origin) -> None:
    """Begin to set up a second factor: its secret counts when a code of it was typed. Raises BadInput.

    It is shown to the session that began alone, for ten minutes.
    """
    row = _confirmed(team, person, password, origin)
    offered = {"totp_offered": codes.new_secret(), "offered_at": team.clock(), "offered_in": person.session}
    with _still(team, row) as connection:
        _set(connection, person, **offered)


def offered_address(team: Team, person: Person) -> tuple[str, str]:
    """Return the secret that is offered, and the address that an app reads. Raises BadInput for none."""
    with team.file.reading() as connection:
        row = members.need(connection, person.account)
    secret = _offered(row, person, now=team.clock())
    return secret, codes.address(secret, name=row.name, case=team.title)


def take_codes(team: Team, person: Person, typed: str, *, origin: Origin) -> tuple[str, ...]:
    """Switch the second factor on, and return codes for paper: this once. Raises BadInput for a wrong code.

    Other sessions end, at every desk of the file: they came in without it.
    """
    with team.file.writing() as connection:
        secret = _offered(members.need(connection, person.account), person, now=team.clock())
        step = codes.taken_step(secret, typed, now=team.clock(), last=None)
        if step is None:
            raise BadInput(
                "wrong-code",
                "this is not the code that the app shows now",
                hint="is its clock right?",
            )
        _set(connection, person, **_NONE_OFFERED, totp_secret=secret, totp_step=step)
        sessions.end(connection, person.account, but=person.session)
        team.note(connection, Event(act="code-on", who=person.name, address=origin.address))
        return _new_recovery(connection, person)


def renew_recovery(team: Team, person: Person, password: str, *, origin: Origin) -> tuple[str, ...]:
    """Return new codes for paper, in the place of all earlier ones. Raises BadInput."""
    row = _confirmed(team, person, password, origin)
    if row.totp_secret is None:
        raise BadInput("no-codes", "there is no second factor", hint="set it up first")
    with _still(team, row) as connection:
        team.note(connection, Event(act="codes-renewed", who=person.name, address=origin.address))
        return _new_recovery(connection, person)


def drop_codes(team: Team, person: Person, password: str, *, origin: Origin) -> None:
    """Switch the second factor off. Raises BadInput."""
    row = _confirmed(team, person, password, origin)
    with _still(team, row) as connection:
        without_codes(connection, person.account)
        team.note(connection, Event(act="code-off", who=person.name, address=origin.address))


def without_codes(connection: Connection, person: str) -> None:
    """Take a person's second factor away."""
    here = schema.people.c.person == person
    gone = {**_NONE_OFFERED, "totp_secret": None, "totp_step": None}
    connection.execute(update(schema.people).where(here).values(gone))
    connection.execute(delete(schema.recovery).where(schema.recovery.c.person == person))


class NewToken(msgspec.Struct, frozen=True, kw_only=True):
    """What a token is to be."""

    label: str
    password: str
    scope: tokens.Scope = "read"
    days: int = 90


def make_token(team: Team, person: Person, wanted: NewToken, *, origin: Origin) -> str:
    """Make a token for a program and return it: this once. Raises BadInput."""
    row = _confirmed(team, person, wanted.password, origin)
    with _still(team, row) as connection:
        token = tokens.made(
            connection,
            person.account,
            team.case,
            label=wanted.label,
            scope=wanted.scope,
            days=wanted.days,
            now=team.clock(),
        )
        told = f"{tokens.checked_label(wanted.label)}, {wanted.scope}, {wanted.days} days"
        team.note(connection, Event(act="token-made", who=person.name, details=told, address=origin.address))
        return token


def end_token(team: Team, person: Person, token: str) -> None:
    """End one's token: what says it is refused from now on."""
    with team.file.writing() as connection:
        if tokens.end(connection, person.account, token=token):
            team.note(connection, Event(act="token-ended", who=person.name))


def end_session(team: Team, person: Person, session: str) -> None:
    """End one of one's sessions."""
    with team.file.writing() as connection:
        if sessions.end(connection, person.account, session=session):
            team.note(connection, Event(act="sessions-ended", who=person.name, whom=person.name))


def sign_out_everywhere(team: Team, person: Person) -> None:
    """End every session of one's own, at every desk of the file."""
    with team.file.writing() as connection:
        sessions.end(connection, person.account)
        told = Event(act="sessions-ended", who=person.name, whom=person.name, details="everywhere")
        team.note(connection, told)


def _confirmed(team: Team, person: Person, password: str, origin: Origin) -> Row[Any]:
    """Return one's row when this is one's password; raises BadInput, and lets nobody try at will."""
    with team.file.writing() as connection:
        row = members.need(connection, person.account)
        keys = limits.keys_of(row.folded, origin.address)[:1]
        left = limits.wait(connection, keys, now=team.clock())
    if left > 0:
        raise BadInput(
            "too-many-tries",
            "too many wrong passwords were typed",
            hint=f"wait {math.ceil(left)} seconds, then try again",
        )
    if not team.passwords.is_right(row.password, password):
        raise _wrong_password()
    with team.file.writing() as connection:
        limits.forget(connection, keys)
    return row


@contextmanager
def _still(team: Team, row: Row[Any]) -> Iterator[Connection]:
    """Open a connection for what a password confirmed; raises BadInput where it was changed meanwhile."""
    with team.file.writing() as connection:
        if members.need(connection, row.person).password != row.password:
            raise _wrong_password()
        yield connection


def _wrong_password() -> BadInput:
    return BadInput("wrong-password", "this is not your password", hint="type the one you sign in with")


def _offered(row: Row[Any], person: Person, *, now: float) -> str:
    """Return the secret that is offered to a session; raises BadInput for none."""
    if row.totp_offered is None or row.offered_in != person.session or now - row.offered_at > _OFFERED:
        raise BadInput("not-begun", "no second factor is being set up", hint="begin on your account page")
    return str(row.totp_offered)


def _new_recovery(connection: Connection, person: Person) -> tuple[str, ...]:
    fresh = codes.new_recovery_codes()
    connection.execute(delete(schema.recovery).where(schema.recovery.c.person == person.account))
    rows = [{"person": person.account, "digest": digest(codes.plain(code))} for code in fresh]
    connection.execute(insert(schema.recovery), rows)
    return fresh


def _set(connection: Connection, person: Person, **values: object) -> None:
    connection.execute(update(schema.people).where(schema.people.c.person == person.account).values(values))
