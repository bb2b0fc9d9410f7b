"""The way in to a team's desk: signing in, choosing a password by an invitation, signing out."""

from typing import Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from litestar.types import HTTPScope

from sayso.core.errors import BadInput
from sayso.web import answers
from sayso.web.door import API
from sayso.web.given import ThePerson
from sayso.web.guard import session_cookie
from sayso.web.people import sign_in
from sayso.web.people.door import origin_of
from sayso.web.people.given import TheTeam, TheTeamDoor
from sayso.web.people.passwords import LONGEST, SHORTEST
from sayso.web.people.sign_in import Attempt, Wait

_Request = Request[Any, Any, Any]
_FIRST: Final = "/"
_LONGEST_PATH: Final = 2000
_MOST_BYTES: Final = 40_000  # of a form that strangers may send


class SigningIn(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody types to come in."""

    name: str = ""
    password: str = ""
    code: str = ""
    next: str = _FIRST


class Joining(msgspec.Struct, frozen=True, kw_only=True):
    """The password that somebody chooses by an invitation."""

    token: str = ""
    password: str = ""
    repeated: str = ""


def closed(scope: HTTPScope) -> Response[str]:
    """Let whoever has not come in sign in where they are; a program is told how it comes in."""
    wants_page = scope["method"] in {"GET", "HEAD"} and not scope["path"].startswith(API)
    if not wants_page or answers.reads_json(scope):
        return answers.shown_as(
            scope, 401, "no-session", "nobody is signed in", hint="sign in at /sign-in, or say a token"
        )
    query = scope["query_string"].decode("ascii", "replace")
    return _form(SigningIn(next=scope["path"] + (f"?{query}" if query else "")), status=401)


@get("/sign-in", needs="open", sync_to_thread=False)
def form(next: FromQuery[str] = _FIRST) -> Response[str]:  # noqa: A002 - the address says so
    """Show the form."""
    return _form(SigningIn(next=next))


@post("/sign-in", needs="open", request_max_body_size=_MOST_BYTES, sync_to_thread=True)
def enter(
    request: _Request,
    team_door: TheTeamDoor,
    data: URLEncodedBody[SigningIn],
) -> Response[str] | Redirect:
    """Open a session, and lead to where somebody was going."""
    said = sign_in.sign_in(
        team_door.team,
        Attempt(name=data.name, password=data.password, code=data.code),
        origin=origin_of(request.scope),
        earlier=team_door.secret(request.headers),
    )
    if isinstance(said, Wait):
        told = f"There were too many tries. The next one counts in {said.seconds} seconds."
        shown = _form(data, status=429, told=told)
        shown.headers["Retry-After"] = str(said.seconds)
        return shown
    if said is None:
        return _form(data, status=401, told="Name, password or code is not right.")
    cookie = session_cookie(request.headers["host"], said, secure=team_door.secure)
    return Redirect(inside(data.next), status_code=303, cookies=[cookie])


@post("/sign-out", needs="self", sync_to_thread=True)
def leave(request: _Request, team_door: TheTeamDoor, person: ThePerson) -> Redirect:
    """End the session of this browser."""
    secret = team_door.secret(request.headers) or ""
    sign_in.sign_out(team_door.team, secret, name=person.name, origin=origin_of(request.scope))
    return signed_out(request, team_door.secure)


def signed_out(request: _Request, secure: bool) -> Redirect:  # noqa: FBT001 - it is no switch but a fact
    """Lead back to the form, without a session."""
    cookie = session_cookie(request.headers["host"], "", secure=secure)
    return Redirect("/sign-in", status_code=303, cookies=[cookie])


@get("/join", needs="open", sync_to_thread=True)
def invitation(team: TheTeam, token: FromQuery[str] = "") -> Response[str]:
    """Let whoever was invited choose a password."""
    return _invitation(team, token)


@post("/join", needs="open", request_max_body_size=_MOST_BYTES, sync_to_thread=True)
def join(
    request: _Request,
    team: TheTeam,
    data: URLEncodedBody[Joining],
) -> Response[str]:
    """Keep the password; signing in with it comes next."""
    try:
        name = sign_in.join(team, data.token, data.password, data.repeated, origin=origin_of(request.scope))
    except BadInput as error:
        return _invitation(team, data.token, refused=error)
    return _form(SigningIn(name=name), told="Your password is kept. Sign in with it.", good=True)


def inside(path: str) -> str:
    """Return a path of this desk, whatever was asked for: no address leads anywhere else."""
    begins_well = path.startswith("/") and not path.startswith(("//", "/sign-in"))
    if not begins_well or len(path) > _LONGEST_PATH or "\\" in path:
        return _FIRST
    # Browsers leave out tabs and line ends, so that two slashes can come together.
    return path if path.isascii() and path.isprintable() else _FIRST


def _form(data: SigningIn, *, status: int = 200, told: str = "", good: bool = False) -> Response[str]:
    shown = answers.page(
        "sign-in.html", here="", name_typed=data.name, next=inside(data.next), told=told, good=good
    )
    shown.status_code = status
    return shown


def _invitation(team: TheTeam, token: str, refused: BadInput | None = None) -> Response[str]:
    name = sign_in.invited_name(team, token)
    shown = answers.page(
        "join.html",
        here="",
        who=name,
        title=team.title,
        token=token if name is not None else "",
        refused=refused,
        shortest=SHORTEST,
        longest=LONGEST,
    )
    shown.status_code = 404 if name is None else 200 if refused is None else answers.status_of(refused)
    return shown


ROUTES = (form, enter, leave, invitation, join)
