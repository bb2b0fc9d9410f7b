"""The door of a team's desk: who asks is found by a session or a program's token, anew for each request."""

from threading import Lock
from typing import Final

import msgspec
from litestar.concurrency import sync_to_thread
from litestar.datastructures import Headers
from litestar.types import HTTPScope
from sqlalchemy import Connection

from sayso.web.door import Person, Visit, bearer_of, cookie_at, cookie_of
from sayso.web.people import members, sessions, tokens
from sayso.web.people.events import Event
from sayso.web.people.sessions import Origin
from sayso.web.people.team import Team
from sayso.web.roles import OF_ROLE, Permission

_OF_SCOPE: dict[tokens.Scope, frozenset[Permission]] = {
    "read": frozenset({"read"}),
    "write": frozenset({"read", "work", "edit"}),
}
# Seconds between two notes of what somebody was refused: rows are never erased, and asking is free.
_NOTED: Final = 60


def origin_of(scope: HTTPScope) -> Origin:
    """Return where a request comes from; a proxy's word for it counts as the server was told."""
    client = scope.get("client")
    browser = Headers.from_scope(scope).get("user-agent", "")
    return Origin(address=client[0] if client else "", browser=browser)


class TeamDoor:
    """What the guard asks at a team's desk."""

    def __init__(self, team: Team, *, secure: bool) -> None:
        self.team = team
        self.secure = secure
        self._noted: dict[str, float] = {}  # by account, when a refusal was noted last
        self._lock = Lock()

    async def visit(self, scope: HTTPScope) -> Visit:
        """Tell who asks: by the session's cookie, or for the API by the token that a program says."""
        return await sync_to_thread(self._visit, scope)

    async def refused(self, path: str, person: Person) -> None:
        """Note that somebody asked for what they may not do."""
        await sync_to_thread(self._note_refused, path, person)

    def _visit(self, scope: HTTPScope) -> Visit:
        headers = Headers.from_scope(scope)
        token = bearer_of(headers, scope["path"])
        if token is not None:
            return Visit(person=self._program(token))
        secret = self.secret(headers)
        return Visit() if secret is None else self._in_session(secret, scope)

    def secret(self, headers: Headers) -> str | None:
        """Return the secret of the browser's session."""
        return cookie_of(headers, cookie_at(headers.get("host", ""), secure=self.secure))

    def _note_refused(self, path: str, person: Person) -> None:
        now = self.team.clock()
        with self._lock:
            last = self._noted.get(person.account)
            if last is not None and now - last < _NOTED:
                return
            self._noted[person.account] = now
        # A path may hold whatever a program sends, line ends and escapes of a terminal among it.
        told = path.encode("unicode_escape").decode("ascii")
        with self.team.file.writing() as connection:
            self.team.note(connection, Event(act="not-allowed", who=person.name, details=told))

    def _in_session(self, secret: str, scope: HTTPScope) -> Visit:
        team, origin = self.team, origin_of(scope)
        with team.file.reading() as connection:
            row = sessions.row_of(connection, secret, team.case, now=team.clock())
            if row is None:
                return Visit()
            person = self._person(connection, row.person)
        if person is None:
            return Visit()
        session = msgspec.structs.replace(person, session=row.session, may=person.may | {"self"})
        if sessions.state(row, secret, now=team.clock()) == "fine":
            return Visit(person=session)
        with team.file.writing() as connection:
            # Another request may have been faster.
            row = sessions.row_of(connection, secret, team.case, now=team.clock())
            if row is None:
                return Visit()
            state = sessions.state(row, secret, now=team.clock())
            if state == "stolen":
                sessions.end(connection, row.person, session=row.session)
                told = Event(act="session-stolen", whom=person.name, address=origin.address)
                team.note(connection, told)
                return Visit()
            # The answer to a change may take minutes, and would bring a secret that is long outdated.
            if state == "due" and scope["method"] == "GET":
                following = sessions.change(connection, row, secret, now=team.clock())
                return Visit(person=session, session=following)
            sessions.see(connection, row, secret, now=team.clock())
        return Visit(person=session)

    def _program(self, token: str) -> Person | None:
        team = self.team
        with team.file.reading() as connection:
            said = tokens.said(connection, token, team.case, now=team.clock())
            if said is None:
                return None
            found, is_new = said
            person = self._person(connection, found.person)
        if person is None:
            return None
        if is_new:
            with team.file.writing() as connection:
                tokens.used(connection, token, now=team.clock())
        return msgspec.structs.replace(
            person, name=f"{person.name} by token {found.label}", may=person.may & _OF_SCOPE[found.scope]
        )

    def _person(self, connection: Connection, person: str) -> Person | None:
        """Return who somebody is here and now; None for whoever is shut out or has no role in this case."""
        row = members.need(connection, person)
        role = members.role_of(connection, person, self.team.case)
        if row.disabled_at is not None or role is None:
            return None
        return Person(name=row.name, may=OF_ROLE[role], account=row.person)
