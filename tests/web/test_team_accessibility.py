"""Every page about people, light and dark, wide and narrow: axe-core finds nothing grave."""

from collections.abc import Iterator
from importlib import import_module
from typing import Literal

import pytest
from litestar.handlers import HTTPRouteHandler
from playwright.sync_api import Browser, Page
from tests.web.axe import grave
from tests.web.screens import shot
from tests.web.teams import PASSWORD, TeamDesk, invited, joined, token_of

from sayso.web import routes

_MODULES = ("account", "people", "team")
_TELEPHONE = {"width": 390, "height": 844}
_WIDE = {"width": 1280, "height": 900}
_NO_PAGE = {"/account/codes.svg"}


def pages_of(desk: TeamDesk) -> dict[str, str]:
    """Return an address of every kind of page, by the path of its kind."""
    return {
        "/people": "/people",
        "/account": "/account",
        "/account/codes": "/account/codes",
        "/join": f"/join?token={invited(desk.team, 'Cy Third')}",
        "void": "/join?token=void",
        "closed": "/nowhere",
        "/sign-in": "/sign-in",
    }


def kinds() -> Iterator[str]:
    for module in _MODULES:
        for route in import_module(f"{routes.__name__}.{module}").ROUTES:
            if isinstance(route, HTTPRouteHandler) and "GET" in route.http_methods:
                yield from route.paths


@pytest.fixture
def crowded(team: TeamDesk) -> TeamDesk:
    """A desk with people in every state, sessions, tokens, and things that happened."""
    joined(team.team, "مريم", "reader")
    invited(team.team, "Somebody with a name that is rather longer than most", "editor")
    token_of(team.team, "Ada Tester", "read", label="nightly export")
    with team.nobody() as browser:
        team.sign_in(browser, "Ada Tester")
        team.sign_in(browser, "Ada Tester", "wrong")
    return team


@pytest.fixture
def hers(browser: Browser, crowded: TeamDesk) -> Iterator[Page]:
    context = browser.new_context()
    secret = crowded.session("Ada Tester")
    context.add_cookies([{"name": crowded.cookie, "value": secret, "url": crowded.address}])
    yield context.new_page()
    context.close()


def test_every_page_about_people_is_looked_at(team: TeamDesk) -> None:
    assert set(kinds()) - _NO_PAGE <= set(pages_of(team))


# Colours go with the scheme and the layout with the width: no page has a rule for both together.
@pytest.mark.parametrize(
    ("scheme", "size"), [("light", _WIDE), ("dark", _TELEPHONE)], ids=["light and wide", "dark and narrow"]
)
def test_no_page_about_people_has_a_grave_fault(
    hers: Page, crowded: TeamDesk, scheme: Literal["light", "dark"], size: dict[str, int]
) -> None:
    page = hers
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    found: dict[str, list[str]] = {}
    kind = f"{'wide' if size == _WIDE else 'telephone'}-{scheme}"

    def look(name: str) -> None:
        page.wait_for_load_state()
        found[name] = grave(page)
        shot(page, f"team-{len(found):02}-{kind}", whole=True)
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, f"{name} is {wider} pixels wider than the screen"

    page.goto(f"{crowded.address}/account")
    page.locator("#codes-password").fill(PASSWORD)
    page.get_by_role("button", name="Set it up").click()
    for name, address in pages_of(crowded).items():
        if name == "/join":
            page.goto(f"{crowded.address}/people")
            page.locator("details summary").nth(2).click()
            look("a menu that is open")
            page.get_by_label("Name, as").fill("Dee Fourth")
            page.get_by_role("button", name="Invite", exact=True).click()
            look("an invitation")
            page.goto(f"{crowded.address}/account")
            page.get_by_label("Label").fill("weekly")
            page.locator("#token-password").fill(PASSWORD)
            page.get_by_role("button", name="Make the token").click()
            look("a token")
            page.goto(f"{crowded.address}/account")
            page.locator("#codes-password").fill("wrong")
            page.get_by_role("button", name="Set it up").click()
            look("a wrong password")
            page.context.clear_cookies()
        page.goto(crowded.address + address)
        look(name)
    assert {name: told for name, told in found.items() if told} == {}
