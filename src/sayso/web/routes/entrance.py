"""The way in: a printed link is exchanged for a session."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.datastructures import Cookie
from litestar.params import QueryParameter
from litestar.response import Redirect

from sayso.web import answers
from sayso.web.door import cookie_at
from sayso.web.given import TheDoor

_LONGEST_TOKEN = 200


@get("/enter", sync_to_thread=False)
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
