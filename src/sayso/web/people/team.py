"""The people of one case: the file they are kept in, the case, and the time."""

import time
from collections.abc import Callable

import msgspec
from sqlalchemy import Connection

from sayso.case import Case
from sayso.web.people import events, members
from sayso.web.people.events import Event
from sayso.web.people.file import PeopleFile
from sayso.web.people.passwords import Passwords


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """What every question about people is asked with."""

    file: PeopleFile
    case: str  # its id
    title: str
    passwords: Passwords
    clock: Callable[[], float] = time.time  # Unix time, seconds

    def note(self, connection: Connection, event: Event) -> None:
        """Keep what happened at this desk."""
        events.note(connection, event, case=self.case, at=self.clock())


def case_id(case: Case) -> str:
    """Return what tells a case from every other: the hash of its log's first entry.

    A folder that is moved or brought back from a copy is the same case, and keeps its people.
    """
    return next(iter(case.log())).hash


def team_of(case: Case, file: PeopleFile) -> Team:
    """Return the people of a case."""
    team = Team(file=file, case=case_id(case), title=case.about().title, passwords=Passwords())
    with file.writing() as connection:
        members.known_case(connection, team.case, team.title)
    return team
