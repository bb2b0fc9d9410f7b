"""Answers to programs: canonical JSON, and a digest of it, so that nothing unchanged is sent twice."""

from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from typing import Any, Final, TypeVar

from litestar import Request, Response, delete, get, post
from litestar.datastructures import ResponseHeader
from litestar.openapi.datastructures import ResponseSpec
from litestar.response import Stream
from litestar.response.base import ASGIResponse
from litestar.serialization import default_serializer
from litestar.types import Serializer

from sayso.core import codec
from sayso.core.views import View
from sayso.exchange.spreadsheet import as_csv
from sayso.web import answers
from sayso.web.answers import PROBLEM_JSON, ProblemDetails

_T = TypeVar("_T")
_L = TypeVar("_L", bound=View)

CSV: Final = "text/csv"

# A program may keep an answer, and asks each time whether it still holds.
_KEPT: Final = "private, no-cache"


class Answer(Response[_T]):
    """A record or a view as `core.codec` encodes it; bytes as they are. A GET carries an ETag."""

    def render(self, content: Any, media_type: str, enc_hook: Serializer = default_serializer) -> bytes:  # noqa: ANN401 - any record
        """Return the canonical bytes."""
        del media_type, enc_hook
        return content if isinstance(content, bytes) else codec.encode(content)

    def to_asgi_response(self, app: None, request: Request[Any, Any, Any], **how: Any) -> ASGIResponse:  # type: ignore[override]  # noqa: ANN401 - what Litestar hands on
        """Return what is sent: 304 without a body to a program that has these very bytes."""
        whole = super().to_asgi_response(app, request, **how)
        if request.method != "GET" or whole.status_code != 200:  # noqa: PLR2004 - it says what it is
            return whole
        etag = f'"{sha256(whole.body).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Cache-Control": _KEPT}
        if _has(request.headers.get("if-none-match", ""), etag):
            return ASGIResponse(status_code=304, headers=headers)
        whole.headers.update(headers)
        return whole


def _has(asked: str, etag: str) -> bool:
    """Tell whether an If-None-Match names an ETag; a proxy may have made it a weak one (RFC 9110, 13.1.2)."""
    named = {one.strip().removeprefix("W/") for one in asked.split(",")}
    return "*" in named or etag in named


def table(kind: type[_L], lines: Iterable[_L], *, name: str) -> Stream:
    """Return rows as CSV, made while it is sent."""
    return answers.downloaded(as_csv(kind, lines), media_type=CSV, name=name)


_WHY: Final = {
    400: "An argument cannot be used as it is: `code` and `hint` say which and what to do.",
    401: "No session, and no token that this desk gave.",
    403: "What your role or the token's scope does not allow, or a change that another site asked for.",
    404: "Nothing has this id, or more than one thing has an id that begins so.",
    409: "The desk is at work on this case. The same request works when it is done.",
    413: "The body is too large.",
    421: "This desk does not answer to that name.",
    422: "What was sent breaks a rule of the records.",
    503: "Another program writes into this case. The same request works after `Retry-After` seconds.",
}
_ALWAYS: Final = (400, 401, 403, 421)


def _errors(*statuses: int) -> dict[int, ResponseSpec]:
    """Return the errors that an operation can answer with, all as problem details (RFC 9457)."""
    return {
        status: ResponseSpec(
            ProblemDetails, generate_examples=False, description=_WHY[status], media_type=PROBLEM_JSON
        )
        for status in sorted({*_ALWAYS, *statuses})
    }


_NOT_MODIFIED: Final = {
    304: ResponseSpec(None, generate_examples=False, description="Nothing changed since the ETag was given.")
}
_ETAG: Final = ResponseHeader(
    name="ETag",
    value="",  # its type is described, and nothing is sent of it
    description="Of this answer: send it as If-None-Match.",
    documentation_only=True,
)

_CHANGING: Final = _errors(404, 409, 413, 422, 503)

# How operations are written down: those that answer what there is, those that ask for one thing, tables
# and tables that may be asked of one thing, and those that change the case, which say themselves what they
# need. All run in a thread: a case is asked without `await`.
listing = partial(
    get, needs="read", responses={**_NOT_MODIFIED, **_errors()}, response_headers=[_ETAG], sync_to_thread=True
)
reading = partial(
    get,
    needs="read",
    responses={**_NOT_MODIFIED, **_errors(404)},
    response_headers=[_ETAG],
    sync_to_thread=True,
)
exporting = partial(get, needs="read", media_type=CSV, responses=_errors(), sync_to_thread=True)
exporting_of = partial(exporting, responses=_errors(404))
changing = partial(post, responses=_CHANGING, sync_to_thread=True)
dropping = partial(delete, responses=_CHANGING, sync_to_thread=True)
