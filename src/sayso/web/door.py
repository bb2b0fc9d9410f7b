"""Who may come in: whoever holds the link that was printed when the desk was opened on this machine."""

import hmac
import secrets
from contextvars import ContextVar
from hashlib import sha256
from threading import Lock
from typing import Final, Protocol

import msgspec
from litestar.datastructures import Headers
from litestar.types import HTTPScope

from sayso.web.roles import ALONE, Permission

API: Final = "/api/"  # where programs ask
COOKIE = "sayso-session"  # what every session's cookie is called, before the port
_TOKEN_BYTES = 32


def cookie_at(host: str, *, secure: bool = False) -> str:
    """Return the name of the session's cookie at "name:port".

    Browsers send a cookie to every port of a host: without the port two desks would end each other's session.
    Under https the name has the prefix by which a browser takes it from this very host alone (RFC 6265bis,
    4.1.3.2).
    """
    name, _, port = host.rpartition(":")
    # A name may be an IPv6 address in brackets, and a host without a port is at the usual one.
    numbered = port if name and port.isdecimal() else "443" if secure else "80"
    return f"{'__Host-' if secure else ''}{COOKIE}-{numbered}"


def cookie_of(headers: Headers, name: str) -> str | None:
    """Return a cookie's value; cookies of other programs on this machine may hold anything."""
    cookies = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
    return next((value for key, _, value in cookies if key == name), None)


def bearer_of(headers: Headers, path: str) -> str | None:
    """Return the token that a program says; None for a page, or where none is said.

    Whoever says a token means it: a wrong one is not saved by a cookie.
    """
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and path.startswith(API) else None


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever asks: the name stands in the log beside what they do."""

    name: str
    may: frozenset[Permission] = frozenset()
    account: str = ""  # their id among the people of a team; "" on one's own machine
    session: str = ""  # the id of the session that they ask in; "" for a program


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """What a door found of a request."""

    person: Person | None = None
    session: str | None = None  # a new secret that takes the place of the one that was said


class Doorkeeper(Protocol):
    """What a guard asks."""

    async def visit(self, scope: HTTPScope) -> Visit:
        """Tell who asks."""

    async def refused(self, path: str, person: Person) -> None:
        """Note that somebody asked for what they may not do."""


# Who is being answered. Pages show what this person may do, and nothing else.
_ASKING: Final[ContextVar[Person | None]] = ContextVar("sayso-asking", default=None)


def now_asks(person: Person | None) -> None:
    """Let what this request shows be shown to this person."""
    _ASKING.set(person)


def asking() -> Person | None:
    """Return whom the answer is for."""
    return _ASKING.get()


def may(permission: Permission) -> bool:
    """Tell whether whoever asks may do something."""
    person = asking()
    return permission == "open" or (person is not None and permission in person.may)


class Door:
    """A link that works once, and the session that it opens.

    Secrets are kept as digests, so that nothing in memory or in an error message opens the door. A session
    lives as long as the server: closing the desk closes it.
    """

    def __init__(self, person: Person) -> None:
        self._person = msgspec.structs.replace(person, may=ALONE)
        self._program = msgspec.structs.replace(self._person, name=f"{person.name} by token")
        self._token = secrets.token_urlsafe(_TOKEN_BYTES)
        self._spent = False
        self._sessions: set[str] = set()
        self._tokens: set[str] = set()
        self._lock = Lock()

    @property
    def token(self) -> str:
        """What the printed link carries."""
        return self._token

    def enter(self, token: str) -> str | None:
        """Spend the token for a session's secret; None when it is another one or spent."""
        # Compared as digests: `compare_digest` takes no text beyond ASCII, and a link can carry any.
        right = hmac.compare_digest(digest(token), digest(self._token))
        with self._lock:
            if not right or self._spent:
                return None
            self._spent = True
            session = secrets.token_urlsafe(_TOKEN_BYTES)
            self._sessions.add(digest(session))
        return session

    def issue(self) -> str:
        """Return a new secret for a program, which says it with each request; it is kept as a digest."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._lock:
            self._tokens.add(digest(token))
        return token

    def bearer(self, token: str) -> Person | None:
        """Return for whom a program works that says this; None for what was never issued."""
        return self._program if digest(token) in self._tokens else None

    def person(self, session: str | None) -> Person | None:
        """Return who a session belongs to; None for no session or one that the door never opened."""
        if session is None or digest(session) not in self._sessions:
            return None
        return self._person

    async def visit(self, scope: HTTPScope) -> Visit:
        """Tell who asks: by the session's cookie, or for the API by the token that a program says."""
        headers = Headers.from_scope(scope)
        token = bearer_of(headers, scope["path"])
        if token is not None:
            return Visit(person=self.bearer(token))
        return Visit(person=self.person(cookie_of(headers, cookie_at(headers.get("host", "")))))

    async def refused(self, path: str, person: Person) -> None:
        """Note nothing: on one's own machine there is nobody to tell."""


def digest(secret: str) -> str:
    """Return what is kept of a secret: SHA-256 is enough for one that nobody could guess."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
