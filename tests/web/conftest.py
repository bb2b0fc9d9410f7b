"""A client and a browser for a desk that really runs."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from tests.cases import copied_case
from tests.web.desks import FLAGS, PAPERS, Desk, running, written
from tests.web.teams import TeamDesk, joined, team_running

from sayso.case import Case


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of two documents that contradict each other, made once."""
    folder = tmp_path_factory.mktemp("built")
    with Case.init(folder / "case", title="Brenna") as case:
        list(case.add([written(folder / "papers", PAPERS)]))
        case.link()
    return folder / "case"


@pytest.fixture
def open_desk(built: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk over a copy of that case, which the test may change."""
    with Case(copied_case(built, tmp_path / "case")) as case:
        yield from running(case)


@pytest.fixture
def client(open_desk: Desk) -> Iterator[httpx.Client]:
    """A program that has come in by the link."""
    with httpx.Client(base_url=open_desk.address, trust_env=False) as program:
        program.get(open_desk.link.removeprefix(open_desk.address))
        yield program


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Without it a test is passed over, but never where CI=true."""
    found = shutil.which("chromium")
    if found is None:
        reason = "no chromium; on Debian: apt install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, open_desk: Desk) -> Iterator[Page]:
    """A browser page that has come in by the link.

    At the end nothing may have gone anywhere else, broken the policy, or been complained about.
    """
    complaints: list[str] = []
    gone_to: set[str] = set()

    def heard(said: ConsoleMessage) -> None:
        # The browser itself says of a page that is an error that it is one.
        told = "Failed to load resource" in said.text and said.location["url"] in gone_to
        if said.type == "error" and not told:
            complaints.append(said.text)

    def asked(request: Request) -> None:
        if request.is_navigation_request():
            gone_to.add(request.url)
        if not request.url.startswith(open_desk.address):
            complaints.append(f"off-origin: {request.url}")

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    visited = context.new_page()
    visited.on("console", heard)
    visited.on("pageerror", lambda error: complaints.append(str(error)))
    visited.on("request", asked)
    visited.goto(open_desk.link)
    yield visited
    context.close()
    assert complaints == []


@pytest.fixture
def beside(page: Page, open_desk: Desk) -> Iterator[httpx.Client]:
    """A program in the session of that page: the link works once."""
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    with httpx.Client(base_url=open_desk.address, cookies=cookies, trust_env=False) as program:
        yield program


@pytest.fixture
def team(built: Path, tmp_path: Path) -> Iterator[TeamDesk]:
    """A team's desk over a copy of that case; Ada is its admin, and Bo one of its analysts."""
    with (
        Case(shutil.copytree(built, tmp_path / "case")) as case,
        team_running(case, tmp_path / "people.sqlite") as desk,
    ):
        joined(desk.team, "Ada Tester", "admin")
        joined(desk.team, "Bo Second", "analyst")
        yield desk
