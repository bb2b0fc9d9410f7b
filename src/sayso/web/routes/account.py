"""One's own account: password, second factor, tokens for programs, sessions."""

from typing import Any, TypeVar

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from sayso.core.errors import BadInput
from sayso.web import answers
from sayso.web.given import ThePerson
from sayso.web.guard import session_cookie
from sayso.web.people import account, codes, shown, tokens
from sayso.web.people.account import NewPassword, NewToken
from sayso.web.people.door import origin_of
from sayso.web.people.given import TheTeam, TheTeamDoor
from sayso.web.people.passwords import LONGEST, SHORTEST
from sayso.web.routes.team import signed_out

_Request = Request[Any, Any, Any]
_T = TypeVar("_T")
_PAGE = "/account"


class Confirming(msgspec.Struct, frozen=True, kw_only=True):
    """One's password, typed once more."""

    password: str = ""


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """A code that the app shows."""

    code: str = ""


@get("/account", needs="self", sync_to_thread=True)
def own(team: TheTeam, person: ThePerson) -> Response[str]:
    """Show one's account."""
    return _own(team, person)


@post("/account/password", needs="self", status_code=200, sync_to_thread=True)
def password(
    request: _Request,
    team_door: TheTeamDoor,
    person: ThePerson,
    data: URLEncodedBody[NewPassword],
) -> Response[str] | Redirect:
    """Change the password: this browser stays signed in, every other one is signed out."""
    team = team_door.team
    try:
        secret = account.change_password(team, person, data, origin=origin_of(request.scope))
    except BadInput as error:
        return _own(team, person, error)
    cookie = session_cookie(request.headers["host"], secret, secure=team_door.secure)
    return Redirect(_PAGE, status_code=303, cookies=[cookie])


@post("/account/codes", needs="self", status_code=200, sync_to_thread=True)
def begin(
    request: _Request,
    team: TheTeam,
    person: ThePerson,
    data: URLEncodedBody[Confirming],
) -> Response[str] | Redirect:
    """Begin to set up the second factor."""
    try:
        account.offer_codes(team, person, data.password, origin=origin_of(request.scope))
    except BadInput as error:
        return _own(team, person, error)
    return Redirect("/account/codes", status_code=303)


@get("/account/codes", needs="self", sync_to_thread=True)
def offered(team: TheTeam, person: ThePerson) -> Response[str]:
    """Show what an authenticator app is to read."""
    return _offered(team, person)


@get("/account/codes.svg", needs="self", sync_to_thread=True)
def picture(team: TheTeam, person: ThePerson) -> Response[bytes]:
    """Give it as a QR code."""
    _, address = account.offered_address(team, person)
    return Response(codes.picture(address), media_type="image/svg+xml")


@post("/account/codes/confirmed", needs="self", status_code=200, sync_to_thread=True)
def confirm(
    request: _Request,
    team: TheTeam,
    person: ThePerson,
    data: URLEncodedBody[Coding],
) -> Response[str]:
    """Switch the second factor on, and show the codes for paper: this once."""
    try:
        paper = account.take_codes(team, person, data.code, origin=origin_of(request.scope))
    except BadInput as error:
        return _offered(team, person, error)
    return _paper(paper)


@post("/account/codes/paper", needs="self", status_code=200, sync_to_thread=True)
def renew(
    request: _Request,
    team: TheTeam,
    person: ThePerson,
    data: URLEncodedBody[Confirming],
) -> Response[str]:
    """Show new codes for paper: this once."""
    try:
        paper = account.renew_recovery(team, person, data.password, origin=origin_of(request.scope))
    except BadInput as error:
        return _own(team, person, error)
    return _paper(paper)


@post("/account/codes/dropped", needs="self", status_code=200, sync_to_thread=True)
def drop(
    request: _Request,
    team: TheTeam,
    person: ThePerson,
    data: URLEncodedBody[Confirming],
) -> Response[str] | Redirect:
    """Switch the second factor off."""
    try:
        account.drop_codes(team, person, data.password, origin=origin_of(request.scope))
    except BadInput as error:
        return _own(team, person, error)
    return Redirect(_PAGE, status_code=303)


@post("/account/tokens", needs="self", status_code=200, sync_to_thread=True)
def make_token(
    request: _Request,
    team: TheTeam,
    person: ThePerson,
    data: URLEncodedBody[NewToken],
) -> Response[str]:
    """Make a token for a program, and show it: this once."""
    try:
        token = account.make_token(team, person, data, origin=origin_of(request.scope))
    except BadInput as error:
        return _own(team, person, error)
    return answers.page("token.html", here="account", token=token, label=data.label, scope=data.scope)


@post("/account/tokens/{token:str}/ended", needs="self", status_code=200, sync_to_thread=True)
def end_token(team: TheTeam, person: ThePerson, token: FromPath[str]) -> Redirect:
    """End a token."""
    account.end_token(team, person, token)
    return Redirect(f"{_PAGE}#tokens", status_code=303)


@post("/account/sessions/{session:str}/ended", needs="self", status_code=200, sync_to_thread=True)
def end_session(team: TheTeam, person: ThePerson, session: FromPath[str]) -> Redirect:
    """End one session."""
    account.end_session(team, person, session)
    return Redirect(f"{_PAGE}#sessions", status_code=303)


@post("/account/sessions/ended", needs="self", status_code=200, sync_to_thread=True)
def sign_out_everywhere(request: _Request, team_door: TheTeamDoor, person: ThePerson) -> Redirect:
    """End every session of one's own."""
    account.sign_out_everywhere(team_door.team, person)
    return signed_out(request, team_door.secure)


def _own(team: TheTeam, person: ThePerson, refused: BadInput | None = None) -> Response[str]:
    page = answers.page(
        "account.html",
        here="account",
        own=account.own(team, person),
        title=team.title,
        refused=refused,
        moment=shown.moment,
        browser=shown.browser,
        shortest=SHORTEST,
        longest=LONGEST,
        most_days=tokens.MOST_DAYS,
    )
    return _with_status(page, refused)


def _offered(team: TheTeam, person: ThePerson, refused: BadInput | None = None) -> Response[str]:
    secret, address = account.offered_address(team, person)
    page = answers.page("codes.html", here="account", secret=secret, address=address, refused=refused)
    return _with_status(page, refused)


def _paper(paper: tuple[str, ...]) -> Response[str]:
    return answers.page("paper.html", here="account", paper=paper)


def _with_status(page: Response[_T], refused: BadInput | None) -> Response[_T]:
    if refused is not None:
        page.status_code = answers.status_of(refused)
    return page


ROUTES = (
    own,
    password,
    begin,
    offered,
    picture,
    confirm,
    renew,
    drop,
    make_token,
    end_token,
    end_session,
    sign_out_everywhere,
)
