"""People: who may come in to this case and as what, and what happened at its door."""

from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter, URLEncodedBody
from litestar.response import Redirect

from sayso.core.errors import SaysoError
from sayso.web import answers
from sayso.web.given import ThePerson
from sayso.web.people import admin, shown
from sayso.web.people.given import TheTeam, TheTeamDoor
from sayso.web.roles import TOLD, Role

_Request = Request[Any, Any, Any]
_PAGE = "/people"
_EVENTS = 50
Before = Annotated[int | None, QueryParameter(ge=1, le=2**63 - 1)]


class Inviting(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an admin adds, as what."""

    name: str
    role: Role = "reader"


class Giving(msgspec.Struct, frozen=True, kw_only=True):
    """The role that an admin gives."""

    role: Role


@get("/people", needs="people", sync_to_thread=True)
def people(team: TheTeam, person: ThePerson, before: Before = None) -> Response[str]:
    """Show the people of the case, and what happened at its door."""
    return _people(team, person, before=before)


@post("/people", needs="people", status_code=200, sync_to_thread=True)
def add(
    request: _Request,
    team_door: TheTeamDoor,
    person: ThePerson,
    data: URLEncodedBody[Inviting],
) -> Response[str] | Redirect:
    """Add somebody; whoever is new gets a link, which is shown this once."""
    try:
        name, link = admin.add(team_door.team, person, data.name, data.role)
    except SaysoError as error:
        return _people(team_door.team, person, refused=error)
    if link is None:
        return Redirect(_PAGE, status_code=303)
    return _link(request, team_door, name, link)


@post("/people/{member:str}/role", needs="people", status_code=200, sync_to_thread=True)
def give(
    team: TheTeam,
    person: ThePerson,
    member: FromPath[str],
    data: URLEncodedBody[Giving],
) -> Response[str] | Redirect:
    """Give a member another role."""
    try:
        admin.set_role(team, person, member, data.role)
    except SaysoError as error:
        return _people(team, person, refused=error)
    return Redirect(_PAGE, status_code=303)


@post("/people/{member:str}/invitation", needs="people", status_code=200, sync_to_thread=True)
def invite(
    request: _Request, team_door: TheTeamDoor, person: ThePerson, member: FromPath[str]
) -> Response[str]:
    """Make a link by which a member chooses a new password, and show it: this once."""
    try:
        name, link = admin.invite(team_door.team, person, member)
    except SaysoError as error:
        return _people(team_door.team, person, refused=error)
    return _link(request, team_door, name, link)


_DONE = {
    "codes": admin.take_codes_away,
    "sessions": admin.end_sessions,
    "disabled": admin.disable,
    "enabled": admin.enable,
    "removed": admin.remove,
}


@post("/people/{member:str}/done/{what:str}", needs="people", status_code=200, sync_to_thread=True)
def done(
    team: TheTeam, person: ThePerson, member: FromPath[str], what: FromPath[str]
) -> Response[str] | Redirect:
    """Take a member's second factor, end their sessions, shut them out, let them in, or remove them."""
    act = _DONE.get(what)
    if act is None:
        return answers.refused(404, "no-page", "there is no such page", hint="the menu leads to all")
    try:
        act(team, person, member)
    except SaysoError as error:
        return _people(team, person, refused=error)
    return Redirect(_PAGE, status_code=303)


def _people(
    team: TheTeam, person: ThePerson, *, before: int | None = None, refused: SaysoError | None = None
) -> Response[str]:
    found = admin.happened(team, before=before, limit=_EVENTS + 1)
    page = answers.page(
        "people.html",
        here="people",
        members=admin.members_of(team),
        me=person.account,
        title=team.title,
        events=found[:_EVENTS],
        more=len(found) > _EVENTS,
        roles=TOLD,
        refused=refused,
        shown=shown,
    )
    if refused is not None:
        page.status_code = answers.status_of(refused)
    return page


def _link(request: _Request, team_door: TheTeamDoor, name: str, link: str) -> Response[str]:
    scheme = "https" if team_door.secure else "http"
    address = f"{scheme}://{request.headers['host']}/join?{urlencode({'token': link})}"
    return answers.page("invited.html", here="people", name_given=name, address=address)


ROUTES = (people, add, give, invite, done)
