"""What every request passes and every answer carries: the right host, a session, the same origin, a policy.

It stands around the whole application, so that a page that does not exist is guarded like one that does.
What a route needs it declares itself (`needs=`), and `permission` refuses whatever declares nothing.
"""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, Final

import msgspec
from litestar import Litestar, Response
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from sayso.case import acting
from sayso.core.errors import NotAllowed, SaysoError
from sayso.web import answers
from sayso.web.door import Doorkeeper, Visit, cookie_at, now_asks
from sayso.web.roles import PERMISSIONS

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
_NEEDS: Final = "needs"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a desk is reached. All of its hosts are names of one machine, at one port."""

    # "name:port". A page elsewhere can point a name of its own at this machine; only these are ours.
    hosts: tuple[str, ...]
    secure: bool = False  # whether browsers come by https

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins of our own pages."""
        return tuple(f"{'https' if self.secure else 'http'}://{host}" for host in self.hosts)


class Guard:
    """Lets a request through to the application, or answers it with a refusal."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        door: Doorkeeper,
        closed: Callable[[HTTPScope], Response[str]],
        place: Place,
        is_open: Callable[[str], bool],
    ) -> None:
        self._app = app
        self._door = door
        self._closed = closed  # what is answered to whoever has not come in
        self._place = place
        self._is_open = is_open  # whether a path needs nobody

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        kind: str = scope["type"]
        if scope["type"] == ScopeType.HTTP:
            await self._serve(scope, receive, send)
        elif kind == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == ScopeType.WEBSOCKET:
            # No page opens one, and nothing of what follows would stand before it.
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": ""})

    async def _serve(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope)
        visit = Visit()
        now_asks(None)
        if refusal is None and not self._is_open(scope["path"]):
            try:
                visit = await self._door.visit(scope)
            except SaysoError as error:
                # Nothing around the application answers errors but this.
                told = answers.status_of(error), error.code, error.message
                refusal = answers.shown_as(scope, *told, hint=error.hint)
            else:
                refusal = self._closed(scope) if visit.person is None else None
        sealed = _sealed(send, self._kept(scope, visit))
        if refusal is not None:
            await refusal.to_asgi_response(None, answers.request_of(scope))(scope, receive, sealed)
            return
        now_asks(visit.person)
        scope["user"] = visit.person
        with _signed(visit):
            await self._app(scope, receive, sealed)

    def _refusal(self, scope: HTTPScope) -> Response[str] | None:
        headers = Headers.from_scope(scope)
        if headers.get("host", "") not in self._place.hosts:
            return answers.problem(421, "wrong-host", "this desk does not answer to that name")
        if scope["method"] not in _SAFE and not self._same_origin(headers):
            return answers.problem(403, "other-origin", "the request came from another site")
        return None

    def _same_origin(self, headers: Headers) -> bool:
        """Tell whether a request comes from our own pages, or from no browser at all."""
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        origin = headers.get("origin")
        return origin is None or origin in self._place.origins

    def _kept(self, scope: HTTPScope, visit: Visit) -> str | None:
        """Return the header by which a browser keeps a session's new secret."""
        if visit.session is None:
            return None
        host = Headers.from_scope(scope).get("host", "")
        return session_cookie(host, visit.session, secure=self._place.secure).to_header(header="")


def session_cookie(host: str, secret: str, *, secure: bool) -> Cookie:
    """Return the cookie that holds a team member's session; an empty secret takes it away.

    Lax: a link to a claim in a message opens the claim. A change is refused by where it comes from.
    """
    return Cookie(
        key=cookie_at(host, secure=secure),
        value=secret,
        httponly=True,
        secure=secure,
        samesite="lax",
        path="/",
        max_age=None if secret else 0,
    )


def permission(door: Doorkeeper) -> Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], Any]:
    """Return what refuses a request for which whoever asks has no right, or which declares none."""

    async def permitted(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        needs = handler.opt.get(_NEEDS)
        if needs == "open":
            return
        person = connection.scope.get("user")
        if person is not None and needs in person.may & PERMISSIONS:
            return
        if person is None or needs not in PERMISSIONS:
            raise NotAllowed("not-declared", "nobody may do this", hint="the menu leads to all pages")
        await door.refused(connection.scope["path"], person)
        raise NotAllowed(
            "not-allowed",
            f"this needs the permission `{needs}`, which {person.name} does not have here",
            hint="an admin of this case gives roles; a token can do no more than its scope",
        )

    return permitted


def open_paths(app: Litestar) -> Callable[[str], bool]:
    """Return what tells whether a path belongs to routes that declare that anybody may use them."""
    formats = [
        route.path_format
        for route in app.routes
        if any(_NEEDS in one.opt and one.opt[_NEEDS] == "open" for one in handlers_of(route))
    ]
    folders = tuple(one.partition("{")[0] for one in formats if "{" in one)
    pages = frozenset(one for one in formats if "{" not in one)
    return lambda path: path in pages or (bool(folders) and path.startswith(folders))


def handlers_of(route: Any) -> list[BaseRouteHandler]:  # noqa: ANN401 - Litestar's routes share no base with it
    """Return the handlers of a route; routes of several methods have several."""
    return list(getattr(route, "route_handlers", None) or [route.route_handler])


def _signed(visit: Visit) -> Any:  # noqa: ANN401 - two kinds of context managers
    """Let the log name the team's member instead of the machine's user."""
    person = visit.person
    return acting(person.name) if person is not None and person.account else nullcontext()


def _sealed(send: Send, cookie: str | None) -> Send:
    """Return a `send` that adds our headers to every answer."""

    async def sealing(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableScopeHeaders.from_message(message)
            for name, value in _HEADERS.items():
                headers[name] = value
            # A page that gives a new session knows better than what was found before it.
            if cookie is not None and "set-cookie" not in headers:
                headers.add("Set-Cookie", cookie)
            # What a case holds is nobody else's to keep.
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sealing
