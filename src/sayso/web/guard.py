"""What every request passes and every answer carries: the right host, a session, the same origin, a policy.

It stands around the whole application, so that a page that does not exist is guarded like one that does.
"""

from collections.abc import Iterable
from typing import Final

from litestar import Response
from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from sayso.web import answers
from sayso.web.door import Door, Person, cookie_at

# Pages run and show nothing but what the desk itself brings, and no element of style: cytoscape would write
# one into its page, unless it finds another of that name there (templates/who.html).
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_ENTRANCE = "/enter"
_OPEN_FOLDER = "/static/"


class Guard:
    """Lets a request through to the application, or answers it with a refusal."""

    def __init__(self, app: ASGIApp, *, door: Door, hosts: Iterable[str]) -> None:
        self._app = app
        self._door = door
        # A page elsewhere can point a name of its own at this machine; only these names are ours.
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        person = self._person(scope)
        refusal = self._refusal(scope, person)
        if refusal is not None:
            await refusal.to_asgi_response(None, answers.request_of(scope))(scope, receive, _sealed(send))
            return
        scope["user"] = person
        await self._app(scope, receive, _sealed(send))

    def _person(self, scope: HTTPScope) -> Person | None:
        """Return who asks: by the session's cookie, or for the API by the token that a program says."""
        headers = Headers.from_scope(scope)
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and scope["path"].startswith(answers.API):
            # Whoever says a token means it: a wrong one is not saved by a cookie.
            return self._door.bearer(token.strip())
        return self._door.person(_session(headers))

    def _refusal(self, scope: HTTPScope, person: Person | None) -> Response[str] | None:
        headers = Headers.from_scope(scope)
        path = scope["path"]
        if headers.get("host", "") not in self._hosts:
            return answers.problem(421, "wrong-host", "this desk does not answer to that name")
        if scope["method"] not in _SAFE and not self._same_origin(headers):
            return answers.problem(403, "other-origin", "the request came from another site")
        if path == _ENTRANCE or path.startswith(_OPEN_FOLDER) or person is not None:
            return None
        return answers.shown_as(
            scope,
            401,
            "no-session",
            "this desk is opened by the link that `sayso serve` prints",
            hint="open that link; it works once for each start of the desk",
        )

    def _same_origin(self, headers: Headers) -> bool:
        """Tell whether a request comes from our own pages, or from no browser at all."""
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        origin = headers.get("origin")
        return origin is None or origin.removeprefix("http://") in self._hosts


def _session(headers: Headers) -> str | None:
    """Return the session's secret; cookies of other programs on this machine may hold anything."""
    name = cookie_at(headers.get("host", ""))
    cookies = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
    return next((value for key, _, value in cookies if key == name), None)


def _sealed(send: Send) -> Send:
    """Return a `send` that adds our headers to every answer."""

    async def sealing(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableScopeHeaders.from_message(message)
            for name, value in _HEADERS.items():
                headers[name] = value
            # What a case holds is nobody else's to keep.
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sealing
