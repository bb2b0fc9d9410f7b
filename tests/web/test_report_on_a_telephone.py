"""The report on a narrow screen: folded without a script, whole on paper and where there is room."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from sayso.case import Case

NARROW, ROOMY = 390, 1280
SCREENS = 40  # of 844 pixels


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a case of some dozen documents."""
    folder = tmp_path_factory.mktemp("report")
    said = (
        "The Orvale ministry said that {at} shells hit bridge {at} on Monday. The Mereth army denied it.\n\n"
    )
    (folder / "papers").mkdir()
    for at in range(12):
        text = f"date 2031-05-{at + 1:02} By Paper {at}\n\n" + said.format(at=at + 3) * 9
        (folder / "papers" / f"{at}.txt").write_text(text, encoding="utf-8")
    with Case.init(folder / "case", title="Bridges") as case:
        list(case.add([folder / "papers"]))
        case.link()
        return case.report()


@contextmanager
def shown(browser: Browser, report: Path, width: int, *, scripts: bool) -> Iterator[Page]:
    viewport = ViewportSize(width=width, height=844)
    context = browser.new_context(viewport=viewport, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(report.as_uri())
    yield page
    context.close()


def height(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


@pytest.mark.parametrize("scripts", [True, False])
def test_a_telephone_shows_headings_and_unfolds_what_is_pressed(
    browser: Browser, report: Path, *, scripts: bool
) -> None:
    with shown(browser, report, NARROW, scripts=scripts) as page:
        assert height(page) < SCREENS * 844
        before = height(page)
        row = page.locator("#documents .row").first
        expect(row).not_to_be_visible()
        page.locator("#documents summary").first.click()
        expect(row).to_be_visible()
        assert height(page) > before


@pytest.mark.parametrize("scripts", [True, False])
def test_where_there_is_room_nothing_needs_a_press(browser: Browser, report: Path, *, scripts: bool) -> None:
    with shown(browser, report, ROOMY, scripts=scripts) as page:
        assert page.locator("#documents .row").count() > 12
        for folded in ("#documents .row", ".days ul", "details.wide > :not(summary)"):
            expect(page.locator(folded).first).to_be_visible()


def test_a_link_to_a_claim_unfolds_its_text(browser: Browser, report: Path) -> None:
    with shown(browser, report, NARROW, scripts=True) as page:
        note = page.locator(".note").first.get_attribute("id")
        page.goto(f"{report.as_uri()}#{note}")
        expect(page.locator(f"#{note}")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_has_all_of_it_whatever_the_screen_folds(
    browser: Browser, report: Path, *, scripts: bool
) -> None:
    with shown(browser, report, NARROW, scripts=scripts) as page:
        page.emulate_media(media="print")
        boxes = [one.bounding_box() for one in page.locator("#documents .row, .days ul, .claims").all()]
        assert boxes
        assert all(box is not None and box["height"] > 0 for box in boxes)
