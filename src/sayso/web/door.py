"""Who may come in: whoever holds the link that was printed when the desk was opened on this machine."""

import hmac
import secrets
from hashlib import sha256
from threading import Lock

import msgspec

COOKIE = "sayso-session"  # what every session's cookie is called, before the port
_TOKEN_BYTES = 32


def cookie_at(host: str) -> str:
    """Return the name of the session's cookie at "name:port".

    Browsers send a cookie to every port of a host: without the port two desks would end each other's session.
    """
    return f"{COOKIE}-{host.rpartition(':')[2]}"


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever works at the desk: the name stands in the log beside what they do."""

    name: str


class Door:
    """A link that works once, and the session that it opens.

    Secrets are kept as digests, so that nothing in memory or in an error message opens the door. A session
    lives as long as the server: closing the desk closes it.
    """

    def __init__(self, person: Person) -> None:
        self._person = person
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
        right = hmac.compare_digest(_digest(token), _digest(self._token))
        with self._lock:
            if not right or self._spent:
                return None
            self._spent = True
            session = secrets.token_urlsafe(_TOKEN_BYTES)
            self._sessions.add(_digest(session))
        return session

    def issue(self) -> str:
        """Return a new secret for a program, which says it with each request; it is kept as a digest."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._lock:
            self._tokens.add(_digest(token))
        return token

    def bearer(self, token: str) -> Person | None:
        """Return for whom a program works that says this; None for what was never issued."""
        return self._person if _digest(token) in self._tokens else None

    def person(self, session: str | None) -> Person | None:
        """Return who a session belongs to; None for no session or one that the door never opened."""
        if session is None or _digest(session) not in self._sessions:
            return None
        return self._person


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
