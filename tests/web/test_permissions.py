"""Every route against everybody: who declares nothing is refused, and nobody does more than their role."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args

import httpx
import pytest
from litestar import Litestar, Router, get
from litestar.handlers import HTTPRouteHandler
from tests.web.desks import Desk
from tests.web.teams import TeamDesk, awaited, joined, team_running, token_of

from sayso.case import Case
from sayso.web.app import Entrance, desk, opened, team_desk
from sayso.web.door import Door, Person
from sayso.web.guard import Guard, Place, handlers_of
from sayso.web.people.door import TeamDoor
from sayso.web.roles import OF_ROLE, Permission, Role
from sayso.web.routes import team

ROLES: tuple[Role, ...] = get_args(Role)
# Written down once more: the code's own table would agree with itself whatever it said.
MAY: dict[str, set[Permission]] = {
    "nobody": {"open"},
    "reader": {"open", "read", "self"},
    "analyst": {"open", "read", "work", "self"},
    "editor": {"open", "read", "work", "edit", "self"},
    "admin": {"open", "read", "work", "edit", "people", "self"},
    "read token": {"open", "read"},
    "write token": {"open", "read", "work", "edit"},
}
# What may change something without a role to do so: one's own way in and out, and one's own account.
OPEN = {
    ("GET", "/static/{file_path}"),
    ("HEAD", "/static/{file_path}"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/join"),
    ("POST", "/join"),
}
SAFE = {"GET", "HEAD"}
PLACE = re.compile(r"\{(\w+)(?::\w+)?\}")


class Asked(NamedTuple):
    """One way to ask for something, and what it declares that this needs."""

    method: str
    path: str
    needs: Permission | None


def app_of(guarded: object) -> Litestar:
    assert isinstance(guarded, Guard)
    app: Any = guarded._app  # noqa: SLF001 - its routes are what is tested
    assert isinstance(app, Litestar)
    return app


def routes_of(app: Litestar) -> list[Asked]:
    """Return every method of every route, but the answers to OPTIONS that the framework adds."""
    return [
        Asked(method, PLACE.sub(r"{\1}", route.path_format), handler.opt.get("needs"))
        for route in app.routes
        for handler in handlers_of(route)
        if isinstance(handler, HTTPRouteHandler)
        for method in sorted(handler.http_methods)
        if method != "OPTIONS"
    ]


@pytest.fixture(scope="module")
def staffed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeamDesk]:
    """A desk with somebody in every role."""
    folder = tmp_path_factory.mktemp("staffed")
    with (
        Case(shutil.copytree(built, folder / "case")) as case,
        team_running(case, folder / "people.sqlite") as desk,
    ):
        for role in ROLES:
            joined(desk.team, role, role)
        yield desk


@pytest.fixture(scope="module")
def routes(staffed: TeamDesk) -> list[Asked]:
    door = TeamDoor(staffed.team, secure=False)
    return routes_of(app_of(team_desk(staffed.case, door=door, hosts=["desk"])))


def test_every_route_declares_what_it_needs(routes: list[Asked], built: Path) -> None:
    with Case(built) as case:
        alone = routes_of(app_of(desk(case, door=Door(Person(name="Ada")), hosts=["desk"])))
    assert len(routes) > 60
    assert [one for one in (*routes, *alone) if one.needs not in get_args(Permission)] == []


def test_only_the_way_in_is_open_and_no_reader_changes_anything(routes: list[Asked]) -> None:
    assert {(one.method, one.path) for one in routes if one.needs == "open"} == OPEN
    changing = [one for one in routes if one.method not in SAFE and one.needs == "read"]
    assert changing == []
    for one in routes:
        assert (one.needs == "people") == one.path.startswith("/people"), one
        assert (one.needs == "self") == (one.path.startswith("/account") or one.path == "/sign-out"), one


def test_the_roles_are_those_that_are_written_down() -> None:
    for role in ROLES:
        assert OF_ROLE[role] | {"open", "self"} == MAY[role]


@pytest.mark.parametrize("who", list(MAY))
def test_everybody_may_do_what_their_role_says_and_nothing_else(
    who: str, staffed: TeamDesk, routes: list[Asked]
) -> None:
    program = {"accept": "application/json"}
    if who.endswith("token"):
        token = token_of(staffed.team, "admin", "read" if who == "read token" else "write")
        program["authorization"] = f"Bearer {token}"
    with httpx.Client(base_url=staffed.address, trust_env=False, headers=program, timeout=60) as client:
        for one in routes:
            if who in ROLES:
                # A new one for each: some of what is asked ends sessions.
                client.cookies.set(staffed.cookie, staffed.session(who), domain="127.0.0.1")
            path = one.path.replace("{file_path}", "desk.css")
            answer = client.request(one.method, PLACE.sub("none", path))
            client.cookies.clear()
            is_page = not one.path.startswith("/api/")
            # A token opens the API alone: to a page whoever says one is nobody.
            stranger = who == "nobody" or (who.endswith("token") and is_page)
            allowed = one.needs in (MAY["nobody"] if stranger else MAY[who])
            refused = {401} if stranger else {403}
            if one.needs == "open" and path in {"/sign-in", "/join"}:
                assert answer.status_code != 403, one
                continue
            assert (answer.status_code in {401, 403}) == (not allowed), (one, answer.status_code)
            if not allowed:
                assert {answer.status_code} == refused, (one, answer.status_code)
                told = answer.json() if one.method != "HEAD" else {"code": "no-session"}
                assert told["code"] == ("no-session" if stranger else "not-allowed")
                assert answer.headers["content-security-policy"]


def test_on_ones_own_machine_a_stranger_finds_every_door_closed_and_the_person_every_one_open(
    open_desk: Desk, client: httpx.Client
) -> None:
    alone = routes_of(app_of(desk(open_desk.case, door=Door(Person(name="Ada")), hosts=["desk"])))
    client.timeout = httpx.Timeout(60)
    for one in alone:
        path = PLACE.sub("none", one.path.replace("{file_path}", "desk.css"))
        if path == "/enter":
            continue
        stranger = httpx.request(one.method, f"{open_desk.address}{path}", trust_env=False)
        assert (stranger.status_code == 401) == (one.needs != "open"), one
        assert client.request(one.method, path).status_code not in {401, 403}, one


def test_a_route_that_declares_nothing_is_refused_even_to_an_admin(staffed: TeamDesk) -> None:
    @get("/forgotten", sync_to_thread=False)
    def forgotten() -> str:
        return "secret"

    @get("/misspelt", needs="reed", sync_to_thread=False)
    def misspelt() -> str:
        return "secret"

    door = TeamDoor(staffed.team, secure=False)
    way_in = Entrance(
        door=door, routes=(Router("/", route_handlers=[forgotten, misspelt]),), closed=team.closed, given={}
    )
    app = opened(staffed.case, way_in, Place(hosts=("desk",)))
    cookie = f"sayso-session-80={staffed.session('admin')}"
    for path in ("/forgotten", "/misspelt"):
        assert asked(app, path, cookie=cookie) == 403
    assert asked(app, "/log", cookie=cookie) == 200


def asked(app: Any, path: str, *, cookie: str) -> int:  # noqa: ANN401 - both speak ASGI
    async def ask() -> int:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
            return (await client.get(path, headers={"cookie": cookie})).status_code

    return awaited(ask)


def test_the_framework_answers_no_options_of_its_own(staffed: TeamDesk) -> None:
    with staffed.browser("admin") as browser:
        assert browser.options("/log").status_code == 403


def test_whoever_is_refused_is_told_what_it_needs_and_the_admins_see_it(staffed: TeamDesk) -> None:
    with staffed.browser("reader") as browser:
        page = browser.get("/people")
        told = browser.get("/people", headers={"accept": "application/json"}).json()
    assert page.headers["content-type"].startswith("text/html")
    assert "reader does not have" in page.text
    assert told["code"] == "not-allowed"
    assert ("not-allowed", "reader", "") in staffed.events()


def test_what_a_role_may_not_use_is_not_shown(staffed: TeamDesk) -> None:
    claim = next(staffed.case.claims())
    paths = ("/", "/claims?act=accuse", f"/claims/{claim.claim.id}", f"/documents/{claim.document.id}")
    forms = {}
    for role in ROLES:
        with staffed.browser(role) as browser:
            texts = [browser.get(path).text for path in paths]
        forms[role] = {action for text in texts for action in re.findall(r'action="([^"]*)"', text)}
        assert ('href="/people"' in texts[0]) == (role == "admin")
        assert ('href="/add"' in texts[0]) == (role != "reader")
    assert forms["reader"] <= {"/sign-out", "/claims"}
    assert forms["reader"] < forms["analyst"] == forms["editor"] == forms["admin"]
