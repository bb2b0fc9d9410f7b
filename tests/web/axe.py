"""axe-core, which tells what of a page somebody with a screen reader or weak eyes cannot use.

It is no part of the product (its licence is MPL-2.0): npm brings the pinned version into `build/`.
"""

import os
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from sayso.web import frontend

_MANIFEST = Path(__file__).parent / "npm"
_KEPT = Path(__file__).parents[2] / "build" / "npm"
_GRAVE = ("serious", "critical")
_ASK = "axe.run({resultTypes: ['violations']})"


def grave(page: Page) -> list[str]:
    """Return what axe-core finds serious or critical on a page: the rule, the element, and why."""
    # What a page is told by the test's own hand is no script of the page: the policy says nothing of it.
    page.evaluate(_source())
    found: dict[str, Any] = page.evaluate(_ASK)
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}"
        for rule in found["violations"]
        if rule["impact"] in _GRAVE
        for node in rule["nodes"]
    ]


@cache
def _source() -> str:
    """Return the library. Without npm a test is passed over, but never where CI=true."""
    try:
        return _brought().read_text(encoding="utf-8")
    except frontend.NoFrontend as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no axe-core: {error}")
        pytest.skip(f"no axe-core: {error}")


def _brought() -> Path:
    """Return the library's file for the version that is pinned, and bring it where it is not there."""
    pinned = sha256((_MANIFEST / "package-lock.json").read_bytes()).hexdigest()
    kept = _KEPT / f"axe-{pinned[:12]}.js"
    if not kept.is_file():
        with frontend.installed(_MANIFEST) as packages:
            _KEPT.mkdir(parents=True, exist_ok=True)
            # Several tests may bring it at once: it is whole from the moment that it is there.
            with tempfile.NamedTemporaryFile(dir=_KEPT, delete=False) as unfinished:
                unfinished.write((packages / "axe-core" / "axe.min.js").read_bytes())
            Path(unfinished.name).replace(kept)
    return kept
