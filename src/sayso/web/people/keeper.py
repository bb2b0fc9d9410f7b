"""What whoever keeps the people file does at the terminal; it counts from the next request of any desk."""

import getpass
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, update

from sayso.case import Case
from sayso.core.errors import BadInput
from sayso.web.people import events, members, schema, sessions, shown, tokens
from sayso.web.people.account import without_codes
from sayso.web.people.events import Act, Event
from sayso.web.people.file import PeopleFile
from sayso.web.people.passwords import Passwords, checked
from sayso.web.people.team import case_id
from sayso.web.people.tokens import Scope
from sayso.web.roles import Role


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What became of somebody who was added to a case."""

    name: str
    title: str  # of the case
    link: str | None  # the secret of an invitation, where they have no password
    has_password: bool  # had one before


class Keeper:
    """Somebody who can write the people file, and so needs no role in any case."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def add(self, name: str, folder: Path, role: Role, *, password: tuple[str, str] | None = None) -> Added:
        """Give somebody a role in a case; the file is made when it is not there.

        `password` is typed twice; without it a link is made for whoever has none. Raises BadInput.
        """
        kept = None
        if password is not None:
            kept = Passwords().kept(checked(*password, name=members.checked_name(name)))
        with Case(folder) as case:
            key, title = case_id(case), case.about().title
        with PeopleFile.create(self._file) as file, file.writing() as connection:
            members.known_case(connection, key, title)
            person = members.added(connection, name, now=time.time())
            members.give_role(connection, person, key, role)
            row = members.need(connection, person)
            _note(connection, "invited", row, case=key, details=role)
            if kept is not None:
                here = schema.people.c.person == person
                connection.execute(update(schema.people).where(here).values(password=kept))
                _end(connection, person)
            has_password = row.password is not None
            is_new = kept is None and not has_password
            link = members.invite(connection, person, now=time.time()) if is_new else None
        return Added(name=row.name, title=title, link=link, has_password=has_password)

    def lines(self) -> Iterator[str]:
        """Yield a line for each person and case."""
        with PeopleFile(self._file) as file, file.reading() as connection:
            for member in members.listed(connection, now=time.time()):
                account = member.account
                yield shown.line(
                    f"{account.name}: {member.role} of {member.title}, {shown.state(member)},"
                    f" {'with' if account.has_codes else 'without'} a second factor,"
                    f" last signed in: {shown.moment(account.signed_in_at)}"
                )

    def events(self, most: int) -> Iterator[str]:
        """Yield a line for each thing that happened at a door, the newest first."""
        with PeopleFile(self._file) as file, file.reading() as connection:
            for event in events.newest(connection, limit=most):
                who = event.who or "somebody unknown"
                told = f"{shown.moment(event.at)}  {who} {shown.told(event)}  {event.address}"
                yield shown.line(told.rstrip())

    def set_role(self, name: str, folder: Path, role: Role) -> str:
        """Give a member of a case another role, and return their name."""
        with self._member(name, folder) as (connection, row, case):
            members.give_role(connection, row.person, case, role)
            sessions.change_soon(connection, row.person, case)
            _note(connection, "role", row, case=case, details=role)
        return str(row.name)

    def remove(self, name: str, folder: Path) -> str:
        """Take a member's role in a case with their sessions and tokens for it, and return their name."""
        with self._member(name, folder) as (connection, row, case):
            members.take_role(connection, row.person, case)
            sessions.end(connection, row.person, case=case)
            tokens.end(connection, row.person, case=case)
            _note(connection, "removed", row, case=case)
        return str(row.name)

    def disable(self, name: str) -> str:
        """Shut somebody out of every case, and return their name."""
        with self._named(name) as (connection, row):
            members.disable(connection, row.person, now=time.time())
            _end(connection, row.person)
            _note(connection, "disabled", row)
        return str(row.name)

    def enable(self, name: str) -> str:
        """Let somebody in again, and return their name."""
        with self._named(name) as (connection, row):
            members.enable(connection, row.person)
            _note(connection, "enabled", row)
        return str(row.name)

    def invite(self, name: str) -> str:
        """Return the secret of a link by which somebody chooses a new password."""
        with self._named(name) as (connection, row):
            _note(connection, "invited", row, details="a new link")
            return members.invite(connection, row.person, now=time.time())

    def without_codes(self, name: str) -> str:
        """Take the second factor of somebody who lost it, and return their name."""
        with self._named(name) as (connection, row):
            without_codes(connection, row.person)
            _note(connection, "code-off", row)
        return str(row.name)

    def token(self, name: str, folder: Path, *, label: str, scope: Scope, days: int) -> str:
        """Return a token for a program that works for a member of a case."""
        with self._member(name, folder) as (connection, row, case):
            now = time.time()
            token = tokens.made(connection, row.person, case, label=label, scope=scope, days=days, now=now)
            _note(connection, "token-made", row, case=case, details=f"{label}, {scope}, {days} days")
        return token

    @contextmanager
    def _named(self, name: str) -> Iterator[tuple[Connection, Row[Any]]]:
        with PeopleFile(self._file) as file, file.writing() as connection:
            yield connection, members.need_named(connection, name)

    @contextmanager
    def _member(self, name: str, folder: Path) -> Iterator[tuple[Connection, Row[Any], str]]:
        with Case(folder) as case:
            key = case_id(case)
        with self._named(name) as (connection, row):
            if members.role_of(connection, row.person, key) is None:
                raise BadInput(
                    "no-member",
                    f"{row.name} has no role in this case",
                    hint="`sayso people FILE add` gives one",
                )
            yield connection, row, key


def _end(connection: Connection, person: str) -> None:
    """End whatever could let somebody in as this person."""
    members.void_invitations(connection, person)
    sessions.end(connection, person)
    tokens.end(connection, person)


def _note(connection: Connection, act: Act, row: Row[Any], *, case: str = "", details: str = "") -> None:
    who = f"{getpass.getuser()}, at the terminal"
    event = Event(act=act, who=who, whom=row.name, details=details)
    events.note(connection, event, case=case, at=time.time())
