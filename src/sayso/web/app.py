"""The application: its pages, its static files, and how errors are answered."""

import traceback
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from litestar import Litestar, Request, Response, Router
from litestar.di import Provide
from litestar.exceptions import HTTPException, InternalServerException
from litestar.handlers import BaseRouteHandler
from litestar.static_files import create_static_files_router
from litestar.types import ASGIApp, HTTPScope

import sayso.exchange
from sayso.case import Case
from sayso.core.errors import SaysoError
from sayso.web import answers
from sayso.web.api import router
from sayso.web.door import Door, Doorkeeper, Person, cookie_at
from sayso.web.guard import Guard, Place, open_paths, permission
from sayso.web.jobs import Jobs
from sayso.web.routes import add, claim, claims, entrance, logbook, reading, sources, who

if TYPE_CHECKING:
    from sayso.web.people.door import TeamDoor

_HERE: Final = Path(__file__).parent
STATIC: Final = _HERE / "static"
INK: Final = Path(sayso.exchange.__file__).parent / "ink"  # what the report shares with the desk
VENDOR: Final = _HERE / "vendor"  # what `npm` brought when the package was built; git ignores it

_MOST_BYTES: Final = 1_000_000  # of one request's body; what takes uploads says so itself


class Entrance(msgspec.Struct, frozen=True, kw_only=True):
    """How people come in: whom the guard asks, and the pages before it."""

    door: Doorkeeper
    routes: Sequence[BaseRouteHandler | Router]
    closed: Callable[[HTTPScope], Response[str]]  # what is answered to whoever has not come in
    given: Mapping[str, object]  # what those pages ask for by name


def desk(case: Case, *, door: Door, hosts: Sequence[str]) -> ASGIApp:
    """Return the desk of a case as an ASGI application that answers only to these hosts ("name:port").

    All of them are names of one machine, at one port.
    """
    alone = Entrance(door=door, routes=entrance.ROUTES, closed=entrance.closed, given={"door": door})
    return opened(case, alone, Place(hosts=tuple(hosts)))


def team_desk(case: Case, *, door: "TeamDoor", hosts: Sequence[str]) -> ASGIApp:
    """Return the desk of a case for a team, whose people sign in. `hosts` as for `desk`."""
    from sayso.web.routes import account, people, team  # noqa: PLC0415 - a desk for one needs no passwords

    for_all = Entrance(
        door=door,
        # Litestar wraps handlers of one path twice unless a router brings them together.
        routes=(Router("/", route_handlers=(*team.ROUTES, *account.ROUTES, *people.ROUTES)),),
        closed=team.closed,
        given={"team": door.team, "team_door": door},
    )
    return opened(case, for_all, Place(hosts=tuple(hosts), secure=door.secure))


def opened(case: Case, way_in: Entrance, place: Place) -> ASGIApp:
    """Return the desk of a case behind a way in."""
    jobs = Jobs()
    app = Litestar(
        route_handlers=[
            *way_in.routes,
            *reading.ROUTES,
            *claims.ROUTES,
            *claim.ROUTES,
            *add.ROUTES,
            *logbook.ROUTES,
            *who.ROUTES,
            *sources.ROUTES,
            router.router(),
            create_static_files_router(
                "/static",
                [STATIC, INK, VENDOR],
                resolve_symlinks=False,
                opt={"needs": "open"},
                # No file system has such a name: too long, which Litestar takes for its own fault, or with a
                # NUL in it.
                exception_handlers={InternalServerException: _no_file, ValueError: _no_file},
            ),
        ],
        guards=[permission(way_in.door)],
        dependencies={
            "case": _given(case),
            "jobs": _given(jobs),
            "person": Provide(_person, sync_to_thread=False),
            **{name: _given(one) for name, one in way_in.given.items()},
        },
        exception_handlers={
            SaysoError: _refused,
            HTTPException: _not_served,
            RecursionError: _too_deep,
            Exception: _failed,
        },
        request_max_body_size=_MOST_BYTES,
        on_shutdown=[jobs.close],
        include_in_schema=False,  # of pages; the API says otherwise of itself
        openapi_config=router.description(cookie_at(place.hosts[0], secure=place.secure)),
        logging_config=None,
    )
    return Guard(app, door=way_in.door, closed=way_in.closed, place=place, is_open=open_paths(app))


def _person(request: Request[Person, Any, Any]) -> Person:
    """Return who asks, as the guard found it."""
    return request.user


def _given(one: object) -> Provide:
    """Return what gives every page this one object."""
    return Provide(lambda: one, sync_to_thread=False)


def _refused(request: Request[Any, Any, Any], error: SaysoError) -> Response[str]:
    """Answer what sayso raises on purpose."""
    return answers.shown_as(
        request.scope, answers.status_of(error), error.code, error.message, hint=error.hint
    )


def _no_file(request: Request[Any, Any, Any], error: Exception) -> Response[str]:
    """Answer an address of a file that no file can have."""
    del error
    return answers.shown_as(request.scope, 404, "no-page", "there is no such file")


def _not_served(request: Request[Any, Any, Any], error: HTTPException) -> Response[str]:
    """Answer a request that no page or operation takes."""
    if error.status_code == HTTPStatus.NOT_FOUND:
        return answers.shown_as(
            request.scope, 404, "no-page", "there is no such page", hint="the menu leads to all"
        )
    shown = answers.shown_as(request.scope, error.status_code, "bad-request", _wrong_with(error))
    # Which methods there are, where the one that was asked for is not among them.
    shown.headers.update(error.headers or {})
    return shown


def _wrong_with(error: HTTPException) -> str:
    """Return what is wrong with a request: each part of it by name, where that is known."""
    parts = error.extra if isinstance(error.extra, list) else []
    told = [f"{part['key']}: {part['message']}" for part in parts if "key" in part and "message" in part]
    return "; ".join(told) or error.detail


def _too_deep(request: Request[Any, Any, Any], error: RecursionError) -> Response[str]:
    """Answer a body of brackets within brackets, which the decoder gives up on."""
    del error
    return answers.shown_as(request.scope, 400, "bad-request", "what was sent is nested too deeply")


def _failed(request: Request[Any, Any, Any], error: Exception) -> Response[str]:
    """Answer a bug of ours; what it was stands where the desk was started."""
    traceback.print_exception(error)
    return answers.shown_as(
        request.scope, 500, "bug", "sayso itself failed", hint="report it with what `sayso serve` printed"
    )
