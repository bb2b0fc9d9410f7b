"""A team's desk that really runs, with its own clock and quick hashes."""

import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import anyio
import httpx
import msgspec
from argon2 import PasswordHasher

from sayso.case import Case
from sayso.web.app import team_desk
from sayso.web.people import members, sessions, tokens
from sayso.web.people.admin import happened
from sayso.web.people.door import TeamDoor
from sayso.web.people.file import PeopleFile
from sayso.web.people.passwords import Passwords
from sayso.web.people.sessions import Origin
from sayso.web.people.sign_in import join
from sayso.web.people.team import Team, team_of
from sayso.web.people.tokens import Scope
from sayso.web.roles import Role
from sayso.web.server import serving

PASSWORD = "tall green kettles sing"  # noqa: S105 - of nobody
_T = TypeVar("_T")
_PATIENCE = 20.0  # seconds for the desk to open


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        """Return the Unix time in seconds."""
        return self.now


class CountedPasswords(Passwords):
    """Hashes that cost nothing, and are counted."""

    def __init__(self, memory_kib: int = 8) -> None:
        super().__init__(PasswordHasher(time_cost=1, memory_cost=memory_kib, parallelism=1))
        self.compared = 0

    def is_right(self, kept: str | None, password: str) -> bool:
        """Compare as always, and count it."""
        self.compared += 1
        return super().is_right(kept, password)


def team_with(case: Case, file: PeopleFile, clock: Clock) -> Team:
    """Return the people of a case, on that clock."""
    return msgspec.structs.replace(team_of(case, file), clock=clock, passwords=CountedPasswords())


def invited(team: Team, name: str, role: Role = "analyst") -> str:
    """Add somebody, and return the secret of their link."""
    with team.file.writing() as connection:
        person = members.added(connection, name, now=team.clock())
        members.give_role(connection, person, team.case, role)
        return members.invite(connection, person, now=team.clock())


def joined(team: Team, name: str, role: Role = "analyst") -> str:
    """Add somebody with the password, and return their id."""
    join(team, invited(team, name, role), PASSWORD, PASSWORD, origin=Origin())
    return person_of(team, name)


def person_of(team: Team, name: str) -> str:
    """Return somebody's id."""
    with team.file.reading() as connection:
        return str(members.need_named(connection, name).person)


def token_of(team: Team, name: str, scope: Scope, *, label: str = "", days: int = 5) -> str:
    """Make a token for a program."""
    person = person_of(team, name)
    with team.file.writing() as connection:
        called, now = label or scope, team.clock()
        return tokens.made(connection, person, team.case, label=called, scope=scope, days=days, now=now)


class TeamDesk(msgspec.Struct, frozen=True, kw_only=True):
    """A running desk, the case and the people behind it."""

    case: Case
    team: Team
    clock: Clock
    passwords: CountedPasswords
    address: str

    @property
    def cookie(self) -> str:
        """The name of its sessions' cookie."""
        return f"sayso-session-{self.address.rpartition(':')[2]}"

    def nobody(self) -> httpx.Client:
        """Return a browser that has not come in."""
        return httpx.Client(base_url=self.address, trust_env=False, headers={"accept": "text/html"})

    def session(self, name: str) -> str:
        """Return the secret of a new session of somebody's."""
        person = person_of(self.team, name)
        with self.team.file.writing() as connection:
            now = self.clock()
            return sessions.opened(connection, person, self.team.case, now=now, origin=Origin())

    def browser(self, name: str) -> httpx.Client:
        """Return a browser that somebody is signed in with."""
        browser = self.nobody()
        browser.cookies.set(self.cookie, self.session(name), domain="127.0.0.1")
        return browser

    def sign_in(self, browser: httpx.Client, name: str, password: str = PASSWORD, **more: str) -> int:
        """Sign in as people do, and return the answer's status: 303 lets in."""
        sent = {"name": name, "password": password, **more}
        return browser.post("/sign-in", data=sent).status_code

    def events(self) -> list[tuple[str, str, str]]:
        """Return what happened at the door, the newest first: the act, by whom, to whom."""
        return [(one.act, one.who, one.whom) for one in happened(self.team, before=None, limit=100)]


def awaited(ask: Callable[..., Awaitable[_T]], *given: object) -> _T:
    """Return what something asynchronous returns; beside the loop that a browser under test keeps running."""
    with ThreadPoolExecutor(1) as one:
        return one.submit(lambda: anyio.run(ask, *given)).result()


@contextmanager
def team_running(case: Case, people: Path) -> Iterator[TeamDesk]:
    """Serve a case to a team on a free port of this machine."""
    clock = Clock()
    with PeopleFile.create(people) as file, socket.create_server(("127.0.0.1", 0)) as listener:
        team = team_with(case, file, clock)
        port = listener.getsockname()[1]
        app = team_desk(case, door=TeamDoor(team, secure=False), hosts=[f"127.0.0.1:{port}"])
        server = serving(app, proxies=["127.0.0.1"])
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        until = time.monotonic() + _PATIENCE
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        passwords = team.passwords
        assert isinstance(passwords, CountedPasswords)
        yield TeamDesk(
            case=case, team=team, clock=clock, passwords=passwords, address=f"http://127.0.0.1:{port}"
        )
        server.should_exit = True
        thread.join(_PATIENCE)
