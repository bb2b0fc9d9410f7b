"""Pictures of pages, for people to look at: in `build/screens`, which git ignores."""

from pathlib import Path

from playwright.sync_api import Page

_SCREENS = Path(__file__).parents[2] / "build" / "screens"


def shot(page: Page, name: str, *, whole: bool = False) -> None:
    """Keep what the window shows, or the whole page."""
    _SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=_SCREENS / f"{name}.png", full_page=whole)
