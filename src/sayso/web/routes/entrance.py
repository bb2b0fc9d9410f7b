"""The way in: a printed link is exchanged for a session."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.datastructures import Cookie
from litestar.params import QueryParameter
from litestar.response import Redirect
from litestar.types import HTTPScope

from sayso.web import answers
from sayso.web.door import cookie_at
from sayso.web.given import TheDoor

_LONGEST_TOKEN = 200


def closed(scope: HTTPScope) -> Response[str]:
    """Say how a desk on one's own machine is opened."""
    return answers.shown_as(
        scope,
        401,
        "no-session",
        "this desk is opened by the link that `sayso serve` prints",
        hint="open that link; it works once for each start of the desk",
    )


@get("/enter", needs="open", sync_to_thread=False)
def enter(
    request: Request[Any, Any, Any],
    door: TheDoor,
    token: Annotated[str, QueryParameter(max_length=_LONGEST_TOKEN)] = "",
) -> Response[str] | Redirect:
    """Open a session for whoever brings the link's token, and lead on to the first page."""
    session = door.enter(token)
    if session is None:
        return answers.refused(
            401,
            "spent-link",
            "this link is not the one that was printed, or it was used before",
            hint="stop `sayso serve` with Ctrl-C and start it again: it prints a new link",
        )
    return Redirect(
        "/",
        cookies=[
            Cookie(
                key=cookie_at(request.headers["host"]),
                value=session,
                httponly=True,
                samesite="strict",
                path="/",
            )
        ],
    )


ROUTES = (enter,)
