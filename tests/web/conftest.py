"""A client and a browser for a desk that really runs."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from tests.web.desks import FLAGS, PAPERS, Desk, running, written

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
    with Case(shutil.copytree(built, tmp_path / "case")) as case:
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

    def heard(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(said.text)

    def asked(request: Request) -> None:
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
