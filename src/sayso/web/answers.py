"""Answers to a browser or a program: pages, and errors as problem details (RFC 9457) or as a page."""

from collections.abc import Iterable
from itertools import chain, islice
from typing import Any, Final

import msgspec
from litestar import Request, Response
from litestar.datastructures import Headers
from litestar.response import Stream
from litestar.types import Scope

from sayso.core.errors import (
    BadInput,
    BadPlugin,
    BadRecord,
    NotACase,
    NotAllowed,
    NotFound,
    SaysoError,
    Tampered,
)
from sayso.web import pages
from sayso.web.door import API

PROBLEM_JSON: Final = "application/problem+json"
HTML: Final = "text/html"  # the character set is added when it is sent

# The first class that fits decides, so a subclass stands before its base.
_STATUS: Final[tuple[tuple[type[SaysoError], int], ...]] = (
    (BadInput, 400),
    (NotFound, 404),
    (NotAllowed, 403),
    (NotACase, 500),
    (BadRecord, 422),
    (BadPlugin, 500),
    (Tampered, 500),
)


# What is wrong is not the request. The same one works later, unless somebody has to mend something first.
_BY_CODE: Final = {
    "desk-busy": 409,
    "case-busy": 503,
    "case-out-of-reach": 500,
    "people-busy": 503,
    "people-out-of-reach": 500,
}
_LATER: Final = {503: {"Retry-After": "5"}}  # seconds


class ProblemDetails(msgspec.Struct, frozen=True, kw_only=True):
    """An error as RFC 9457 has it; `code` and `hint` are those of `core.errors`."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    hint: str = ""


def status_of(error: SaysoError) -> int:
    """Return the HTTP status that stands for an error."""
    if error.code in _BY_CODE:
        return _BY_CODE[error.code]
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def problem(status: int, code: str, message: str, *, hint: str = "") -> Response[str]:
    """Return an error for a program."""
    details = ProblemDetails(
        title=_TITLES.get(status, "Error"), status=status, detail=message, code=code, hint=hint
    )
    return Response(
        msgspec.json.encode(details).decode(),
        status_code=status,
        media_type=PROBLEM_JSON,
        headers=_LATER.get(status),
    )


def shown_as(scope: Scope, status: int, code: str, message: str, *, hint: str = "") -> Response[str]:
    """Return an error as whoever asked can read it: problem details for a program, else a page."""
    if scope["path"].startswith(API) or reads_json(scope):
        return problem(status, code, message, hint=hint)
    return refused(status, code, message, hint=hint)


def reads_json(scope: Scope) -> bool:
    """Tell whether somebody asks for JSON and for no page, as scripts of a page may."""
    accepted = Headers.from_scope(scope).get("accept", "")
    return "json" in accepted and "text/html" not in accepted


def refused(status: int, code: str, message: str, *, hint: str = "") -> Response[str]:
    """Return an error as a page."""
    body = pages.rendered(
        "error.html", here="", title=_TITLES.get(status, "Error"), code=code, message=message, hint=hint
    )
    return Response(body, status_code=status, media_type=HTML, headers=_LATER.get(status))


def downloaded(pieces: Iterable[bytes], *, media_type: str, name: str) -> Stream:
    """Return a file that is made while it is sent.

    Its first piece is made at once: what is wrong with the request is raised here and not in its middle.
    """
    left = iter(pieces)
    first = list(islice(left, 1))
    return Stream(
        chain(first, left),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def page(template: str, **context: object) -> Response[str]:
    """Return a page of the desk."""
    return Response(pages.rendered(template, **context), media_type=HTML)


def request_of(scope: Scope) -> Request[Any, Any, Any]:
    """Return the request that a bare scope stands for."""
    return Request(scope)


_TITLES: Final = {
    400: "This cannot be done as asked",
    401: "This desk is closed",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    409: "Not possible just now",
    413: "Too large",
    421: "Wrong address",
    422: "A record breaks its own rules",
    500: "Something is wrong with the desk",
    503: "Not possible just now",
}
