#!/usr/bin/env python3
"""Takes the pictures of docs/images: the demo case's report, and the walk of docs/desk-tour.md in its desk.

Needs Debian's chromium. It does what the tour says, and fails where a page lacks what the tour names.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from sayso.case import Case

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SAYSO = Path(sys.executable).parent / "sayso"
WIDTH, HEIGHT = 1120, 560
MOST_BYTES = 150_000  # of one picture of the walk
CHECKED = "covered market in Hulvane"  # words of the claim that the tour checks
REASON = "First count of the day. Later counts differ, and one of them is lower."
SECOND_REASON = "The ministry has since raised the number to 25; the governor's lower one stands alone."


def main() -> int:
    """Build the demo case, and take every picture anew."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "demo-case"
        subprocess.run([SAYSO, "demo", folder], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
        with _browser() as page:
            page.goto((folder / "report.html").as_uri())
            page.set_viewport_size({"width": 1280, "height": 1000})
            page.screenshot(path=IMAGES / "report.png")
            page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
            with _desk(folder) as link:
                _walk(page, link, folder)
    return 0


def _walk(page: Page, link: str, folder: Path) -> None:
    """Go from the list of documents to a verdict that supersedes another, as the tour does."""
    with Case(folder) as case:
        claim = next(view for view in case.claims() if CHECKED in view.words)
    page.goto(link)
    expect(page.get_by_role("heading", name="Documents")).to_be_visible()
    _taken(page, "desk-documents")

    page.locator(f'a[href="/documents/{claim.document.id}"]').first.click()
    note = page.locator(f'a[href="/claims/{claim.claim.id}"]').first
    expect(note).to_be_visible()
    note.focus()
    _taken(page, "desk-reading")

    page.goto(f"{page.url.partition('/documents')[0]}/claims/{claim.claim.id}")
    expect(page.get_by_role("heading", name="Whose word, and what it says")).to_be_visible()
    _taken(page, "desk-claim")

    against = page.locator("section", has=page.get_by_role("heading", name="Stands against"))
    against.get_by_label("Evidence for the verdict").first.check()
    against.get_by_label("Reason").first.fill("Both speak of Saturday's strike on Hulvane")
    against.get_by_role("button", name="Confirm").first.click()
    expect(against).to_contain_text("Confirmed by")
    page.get_by_label("partly supported", exact=True).check()
    page.get_by_label("Reason", exact=True).fill(REASON)
    _at_top(page, "Stands against")
    _taken(page, "desk-judged")

    page.get_by_role("button", name="Record the verdict").click()
    expect(page.locator(".concluded h3")).to_have_text("partly supported")
    updated = page.locator("section", has=page.get_by_role("heading", name="Since updated by"))
    updated.get_by_label("Evidence for the verdict").first.check()
    page.get_by_label("supported", exact=True).check()
    page.get_by_label("Reason", exact=True).fill(SECOND_REASON)
    page.get_by_role("button", name="Supersede the verdict").click()
    expect(page.locator(".concluded h3")).to_have_count(2)
    expect(page.locator("#life .lead")).to_contain_text("6 claims say it")
    expect(page.locator("#life .lead")).to_contain_text("2 sources are left")
    _at_top(page, "Its life")
    _taken(page, "desk-verdict")


def _at_top(page: Page, heading: str) -> None:
    """Scroll until a heading stands below the page's own bars."""
    place = page.get_by_role("heading", name=heading)
    place.evaluate("e => window.scrollTo(0, e.getBoundingClientRect().top + window.scrollY - 110)")


def _taken(page: Page, name: str) -> None:
    """Take what the window shows; a picture that is too large for the documentation is an error."""
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    size = path.stat().st_size
    if size > MOST_BYTES:
        message = f"{path.name} has {size:,} bytes, more than {MOST_BYTES:,}"
        raise SystemExit(message)
    sys.stdout.write(f"wrote {path.relative_to(ROOT)}, {size:,} bytes\n")


@contextmanager
def _browser() -> Iterator[Page]:
    """Open a page of Debian's Chromium."""
    found = shutil.which("chromium")
    if found is None:
        message = "no chromium; on Debian: apt install chromium"
        raise SystemExit(message)
    # A browser that runs as root, as in a container, has no sandbox of its own.
    flags = ["--disable-gpu", *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=flags)
        yield launched.new_page(color_scheme="light", reduced_motion="reduce")
        launched.close()


@contextmanager
def _desk(folder: Path) -> Iterator[str]:
    """Open the desk of a case and give the link that it prints."""
    command = [str(SAYSO), "serve", str(folder), "--by", "Ada Brenn"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
        try:
            lines = process.stdout or iter(())
            yield next(found[0] for line in lines if (found := re.search(r"http://\S+token=\S+", line)))
        finally:
            process.terminate()


if __name__ == "__main__":
    raise SystemExit(main())
