"""Every page of the desk, light and dark, wide and narrow: axe-core finds nothing grave."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Literal

import httpx
import pytest
from litestar.handlers import HTTPRouteHandler
from playwright.sync_api import Page
from tests.web.axe import grave
from tests.web.desks import Desk, furnished
from tests.web.screens import shot

from sayso.core.views import LinkFilter
from sayso.web import routes

_PATIENCE = 60.0  # seconds for a job to be over on a busy machine
# Addresses of the pages' modules that are no pages but what they lead to, or what leads to them.
_NO_PAGE = {"/log/export", "/claims.csv", "/who/graph", "/enter"}
_TEAMS = {"account", "people", "team"}  # pages of a team's desk: `test_team_accessibility` looks at them
_OF_A_TEAM = {"account", "people", "team"}
_TELEPHONE = {"width": 390, "height": 844}
_WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnished(tmp_path_factory.mktemp("furnished"))


def over(client: httpx.Client, started: httpx.Response) -> str:
    """Return the address of a job that is over."""
    address = started.headers["location"]
    while "hx-get" in client.get(address).text:
        pass
    return address


def pages(desk: Desk, client: httpx.Client) -> dict[str, list[str]]:
    """Return addresses of every kind of page, by the path of its kind."""
    case = desk.case
    client.timeout = httpx.Timeout(_PATIENCE)
    denied = next(case.links(LinkFilter(judged=("rejected",)))).link.right
    rival = next(case.links(LinkFilter(kind="contradicts"))).link
    concluded = next(case.verdicts()).claim
    copied = next(case.links(LinkFilter(kind="copies"))).link.id
    files = {"files": ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)}
    return {
        "/": ["/"],
        "/documents/{document:str}": [
            f"/documents/{row.head.id}"
            for row in case.document_rows().rows
            if row.head.origin in {"strike.txt", "arabic.txt"}
        ],
        "/claims": ["/claims", "/claims?links=denies&judged=confirmed-2", "/claims?q=nothingofthesort"],
        "/claims/{claim:str}": [f"/claims/{claim}" for claim in (concluded, rival.left, denied)],
        "/claims/{claim:str}/links": [f"/claims/{denied}/links"],
        "/who": ["/who", "/who?until=1990-01-01"],
        "/sources": ["/sources"],
        "/sources/outlet": ["/sources/outlet?name=Quay+Herald", "/sources/outlet?name="],
        "/copies": ["/copies"],
        "/copies/{link:str}": [f"/copies/{copied}"],
        "/add": ["/add"],
        "/add/{job:str}": [over(client, client.post("/add/files", files=files))],
        "/log": ["/log"],
        "/log/verify/{job:str}": [over(client, client.post("/log/verify"))],
        "": ["/nowhere", "/claims?act=steal"],
    }


def kinds() -> Iterator[str]:
    """Yield the path of every page that the desk has."""
    for module in pkgutil.iter_modules(routes.__path__):
        if module.name in _TEAMS:
            continue
        for route in getattr(import_module(f"{routes.__name__}.{module.name}"), "ROUTES", ()):
            if isinstance(route, HTTPRouteHandler) and "GET" in route.http_methods:
                yield from route.paths


def test_every_page_is_looked_at(open_desk: Desk, client: httpx.Client) -> None:
    assert set(kinds()) - _NO_PAGE <= set(pages(open_desk, client))


# Colours go with the scheme and the layout with the width: no page has a rule for both together.
@pytest.mark.parametrize(
    ("scheme", "size"), [("light", _WIDE), ("dark", _TELEPHONE)], ids=["light and wide", "dark and narrow"]
)
def test_no_page_has_a_grave_fault(
    page: Page, open_desk: Desk, beside: httpx.Client, scheme: Literal["light", "dark"], size: dict[str, int]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    found: dict[str, list[str]] = {}
    for addresses in pages(open_desk, beside).values():
        for address in addresses:
            page.goto(open_desk.address + address)
            page.wait_for_load_state()
            found[address] = grave(page)
            shot(page, f"{len(found):02}-{'wide' if size == _WIDE else 'telephone'}-{scheme}", whole=True)
            wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wider <= 0, f"{address} is {wider} pixels wider than the screen"
    assert {address: told for address, told in found.items() if told} == {}
