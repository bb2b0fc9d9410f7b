"""What an admin of a case decides: who may come in, as what, and whose sessions end.

An admin of one case has no power over another: whoever has a role elsewhere keeps their password, their
second factor and their way in there. So no admin takes somebody in whom the file knows from elsewhere: who is
behind that name, and who chose its password, another admin may have decided.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row

from sayso.core.errors import NotAllowed, NotFound
from sayso.web.door import Person
from sayso.web.people import events, members, sessions, tokens
from sayso.web.people.account import without_codes
from sayso.web.people.events import Act, Event
from sayso.web.people.members import Member
from sayso.web.people.team import Team
from sayso.web.roles import Role


def members_of(team: Team) -> tuple[Member, ...]:
    """Return the people of the case, by name."""
    with team.file.reading() as connection:
        return tuple(members.listed(connection, now=team.clock(), case=team.case))


def happened(team: Team, *, before: int | None, limit: int) -> tuple[Event, ...]:
    """Return what happened at this desk's door, the newest first."""
    with team.file.reading() as connection:
        return tuple(events.newest(connection, case=team.case, before=before, limit=limit))


def add(team: Team, by: Person, name: str, role: Role) -> tuple[str, str | None]:
    """Give somebody who is new to the file a role here; return their name, and the secret of their link.

    A member of this case keeps their role, and has another link only where they have no password yet. Raises
    BadInput for a name that is none, NotAllowed for one that the file knows and this case does not.
    """
    with team.file.writing() as connection:
        known = members.row_of(connection, members.checked_name(name))
        if known is not None and members.role_of(connection, known.person, team.case) is None:
            raise NotAllowed(
                "known-elsewhere",
                f"{known.name} has an account already, and no role in this case",
                hint="is it the same person? whoever keeps the people file adds them, with `sayso people`",
            )
        person = members.added(connection, name, now=team.clock())
        row = members.need(connection, person)
        if known is None:
            members.give_role(connection, person, team.case, role)
            team.note(connection, _done(by, "invited", row, role))
        link = None
        if row.password is None and not members.has_other_case(connection, person, team.case):
            link = members.invite(connection, person, now=team.clock())
        return str(row.name), link


def set_role(team: Team, by: Person, person: str, role: Role) -> None:
    """Give a member another role: it counts from their next request. Raises BadInput for the last admin."""
    with _about(team, person) as (connection, row):
        members.give_role(connection, person, team.case, role)
        sessions.change_soon(connection, person, team.case)
        team.note(connection, _done(by, "role", row, role))


def remove(team: Team, by: Person, person: str) -> None:
    """Take a member's role in this case, with their sessions and tokens for it. Raises as `set_role` does."""
    with _about(team, person) as (connection, row):
        members.take_role(connection, person, team.case)
        sessions.end(connection, person, case=team.case)
        tokens.end(connection, person, case=team.case)
        team.note(connection, _done(by, "removed", row))


def end_sessions(team: Team, by: Person, person: str) -> None:
    """End a member's sessions at this desk."""
    with _about(team, person) as (connection, row):
        sessions.end(connection, person, case=team.case)
        team.note(connection, _done(by, "sessions-ended", row))


def disable(team: Team, by: Person, person: str) -> None:
    """Shut somebody out; their sessions and tokens end at once. Raises NotAllowed as `invite` does."""
    with _ours(team, person) as (connection, row):
        members.disable(connection, person, now=team.clock())
        members.void_invitations(connection, person)
        sessions.end(connection, person)
        tokens.end(connection, person)
        team.note(connection, _done(by, "disabled", row))


def enable(team: Team, by: Person, person: str) -> None:
    """Let somebody in again. Raises NotAllowed as `invite` does."""
    with _ours(team, person) as (connection, row):
        members.enable(connection, person)
        team.note(connection, _done(by, "enabled", row))


def invite(team: Team, by: Person, person: str) -> tuple[str, str]:
    """Return a name and the secret of a link by which they choose a new password.

    Raises NotAllowed for somebody who has a role in another case: the link would open that one too.
    """
    with _ours(team, person) as (connection, row):
        team.note(connection, _done(by, "invited", row, "a new link"))
        return str(row.name), members.invite(connection, person, now=team.clock())


def take_codes_away(team: Team, by: Person, person: str) -> None:
    """Take the second factor of somebody who lost it. Raises NotAllowed as `invite` does."""
    with _ours(team, person) as (connection, row):
        without_codes(connection, person)
        team.note(connection, _done(by, "code-off", row))


@contextmanager
def _about(team: Team, person: str) -> Iterator[tuple[Connection, Row[Any]]]:
    with team.file.writing() as connection:
        if members.role_of(connection, person, team.case) is None:
            raise NotFound("no-person", "nobody of this case is that", hint="the page of people lists them")
        yield connection, members.need(connection, person)


@contextmanager
def _ours(team: Team, person: str) -> Iterator[tuple[Connection, Row[Any]]]:
    with _about(team, person) as (connection, row):
        if members.has_other_case(connection, person, team.case):
            raise NotAllowed(
                "elsewhere-too",
                f"{row.name} has a role in another case, whose admins have a say in this",
                hint="remove them from this case, or ask whoever keeps the people file",
            )
        yield connection, row


def _done(by: Person, act: Act, row: Row[Any], details: str = "") -> Event:
    return Event(act=act, who=by.name, whom=row.name, details=details)
