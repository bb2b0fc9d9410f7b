"""The application: its pages, its static files, and how errors are answered."""

import traceback
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from litestar import Litestar, Request, Response
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.static_files import create_static_files_router
from litestar.types import ASGIApp

import sayso.exchange
from sayso.case import Case
from sayso.core.errors import SaysoError
from sayso.web import answers
from sayso.web.api import router
from sayso.web.door import Door, Person, cookie_at
from sayso.web.guard import Guard
from sayso.web.jobs import Jobs
from sayso.web.routes import add, claim, claims, entrance, logbook, reading, sources, who

_HERE: Final = Path(__file__).parent
STATIC: Final = _HERE / "static"
INK: Final = Path(sayso.exchange.__file__).parent / "ink"  # what the report shares with the desk
VENDOR: Final = _HERE / "vendor"  # what `npm` brought when the package was built; git ignores it

_MOST_BYTES: Final = 64_000_000  # of one request's body: an upload of several files


def desk(case: Case, *, door: Door, hosts: Sequence[str]) -> ASGIApp:
    """Return the desk of a case as an ASGI application that answers only to these hosts ("name:port").

    All of them are names of one machine, at one port.
    """
    jobs = Jobs()
    app = Litestar(
        route_handlers=[
            entrance.enter,
            *reading.ROUTES,
            *claims.ROUTES,
            *claim.ROUTES,
            *add.ROUTES,
            *logbook.ROUTES,
            *who.ROUTES,
            *sources.ROUTES,
            router.router(),
            create_static_files_router("/static", [STATIC, INK, VENDOR], resolve_symlinks=False),
        ],
        dependencies={
            "case": _given(case),
            "door": _given(door),
            "jobs": _given(jobs),
            "person": Provide(_person, sync_to_thread=False),
        },
        exception_handlers={
            SaysoError: _refused,
            HTTPException: _not_served,
            RecursionError: _too_deep,
            Exception: _failed,
        },
        request_max_body_size=_MOST_BYTES,
        include_in_schema=False,  # of pages; the API says otherwise of itself
        openapi_config=router.description(cookie_at(hosts[0])),
        logging_config=None,
    )
    return Guard(app, door=door, hosts=hosts)


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
