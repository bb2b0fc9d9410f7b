"""The documentation is part of the product: its code runs, its reference is the code's."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import pytest

from sayso import __version__
from sayso.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
WRITTEN = [page for page in PAGES if page.parent.name != "reference"]
FENCE = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)(?P<path>[^)#]*)(?P<heading>#[^)]*)?\)")
# `sayso` finds the command and Python that the tests run with, not another version on this machine.
INSTALLED = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


class Block(NamedTuple):
    kind: str  # what stands behind the opening fence
    code: str


def blocks(page: Path) -> Iterator[Block]:
    return (Block(found["kind"], found["code"]) for found in FENCE.finditer(page.read_text(encoding="utf-8")))


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with what the pages speak of: articles, a statement, an archive."""
    for place in ("news", "archive"):
        (tmp_path / place).mkdir()
    demo = files("sayso") / "demo"
    for document in demo.iterdir():
        if document.name.startswith("2031-05-03"):
            (tmp_path / "news" / document.name).write_bytes(document.read_bytes())
        if document.name.endswith(".html"):
            (tmp_path / "archive" / document.name).write_bytes(document.read_bytes())
    shutil.copy(next((tmp_path / "news").glob("*.txt")), tmp_path / "statement.txt")
    return tmp_path


RUN = [page for page in WRITTEN if any(block.kind in {"sh", "python"} for block in blocks(page))]


@pytest.mark.parametrize("page", RUN, ids=name)
def test_every_code_block_of_a_page_runs_in_order(page: Path, folder: Path) -> None:
    found = list(blocks(page))
    for block, following in zip_longest(found, found[1:]):
        command = {"sh": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-c"]}.get(block.kind)
        if command is None:
            continue
        ended = subprocess.run(
            [*command, block.code], cwd=folder, env=INSTALLED, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, f"{name(page)}:\n{block.code}\n{ended.stdout}\n{ended.stderr}"
        if following is not None and following.kind == "text":
            assert ended.stdout.endswith(following.code), f"{name(page)} shows another output"


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_every_block_says_what_it_is(page: Path) -> None:
    assert {block.kind for block in blocks(page)} <= {"sh", "sh no-run", "python", "text", "toml"}


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_what_is_not_run_names_targets_and_commands_that_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for block in blocks(page):
        assert set(re.findall(r"^make ([a-z]+)", block.code, re.MULTILINE)) <= targets
        assert set(re.findall(r"\bsayso ([a-z-]+)", block.code)) <= set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.finditer(FENCE.sub("", page.read_text(encoding="utf-8"))):
        target = (page.parent / link["path"]).resolve() if link["path"] else page
        assert target.exists(), f"{name(page)}: {link[0]}"
        if link["heading"]:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert link["heading"][1:] in {_anchor(heading) for heading in headings}


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_the_reference_is_what_the_code_says() -> None:
    checked = subprocess.run(
        [sys.executable, ROOT / "scripts" / "reference.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.stdout == ""


def test_every_page_can_be_found_from_the_index() -> None:
    found = {ROOT / "docs" / "index.md"}
    waiting = [*found]
    while waiting:
        page = waiting.pop()
        linked = {
            (page.parent / link["path"]).resolve() for link in LINK.finditer(page.read_text(encoding="utf-8"))
        }
        linked |= {path / "README.md" for path in linked if path.is_dir()}
        fresh = {path for path in linked if path.suffix == ".md" and path.exists()} - found
        found |= fresh
        waiting += fresh
    assert set((ROOT / "docs").rglob("*.md")) <= found


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(page.name[:4]) for page in sorted((ROOT / "docs" / "decisions").glob("0*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_lock_file_names_no_place() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.search(r"://|file:|^-| @ |/", line)] == []


def test_the_version_is_the_same_everywhere() -> None:
    assert version("sayso") == __version__
    assert f"version: {__version__}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
