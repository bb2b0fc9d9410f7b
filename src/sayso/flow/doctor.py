"""What this installation can do: versions, plugins and their contract, the database, the limits."""

import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from sayso.core import plugins
from sayso.core.errors import BadPlugin
from sayso.core.version import __version__
from sayso.core.views import View
from sayso.flow import contract

LIBRARIES = ("alembic", "click", "msgspec", "numpy", "rich", "sqlalchemy", "trafilatura")


class Checkup(View, frozen=True, kw_only=True):
    """One thing that was looked at. `weak`: sayso works, with less than it could do."""

    name: str
    outcome: Literal["good", "weak", "bad"]
    found: str
    hint: str = ""


def checkups() -> Iterator[Checkup]:
    """Look at everything that differs from machine to machine."""
    yield Checkup(name="sayso", outcome="good", found=__version__)
    yield _python()
    yield Checkup(name="libraries", outcome="good", found=", ".join(f"{n} {version(n)}" for n in LIBRARIES))
    for group in contract.GROUPS:
        yield from _plugins(group)
    yield _full_text_search()
    yield _limits()
    yield _writing()


def _python() -> Checkup:
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return Checkup(name="Python", outcome="good", found=found)


def _plugins(group: str) -> Iterator[Checkup]:
    name = group.removeprefix("sayso.")
    try:
        found = plugins.load(group)
    except BadPlugin as error:
        yield Checkup(name=name, outcome="bad", found=error.message, hint=error.hint)
        return
    broken = [problem for plugin in found for problem in contract.check_plugin(group, plugin)]
    for problem in broken:
        yield Checkup(
            name=name, outcome="bad", found=f"{problem.origin}: {problem.message}", hint=problem.hint
        )
    if not broken:
        listed = ", ".join(f"{plugin.name} {plugin.version}" for plugin in found)
        yield Checkup(name=name, outcome="good", found=f"{listed}: the contract is kept")


def _full_text_search() -> Checkup:
    with sqlite3.connect(":memory:") as database:
        try:
            database.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
        except sqlite3.OperationalError as error:
            hint = "use a Python whose SQLite has FTS5, such as that of your system"
            return Checkup(
                name="SQLite", outcome="bad", found=f"{sqlite3.sqlite_version}: {error}", hint=hint
            )
    return Checkup(name="SQLite", outcome="good", found=f"{sqlite3.sqlite_version} with full-text search")


def _limits() -> Checkup:
    if sys.platform == "linux":
        return Checkup(name="limits", outcome="good", found="time, bytes and memory of each file")
    hint = "give sayso only files that you would open yourself"
    return Checkup(
        name="limits", outcome="weak", found="time and bytes of each file, but not its memory", hint=hint
    )


def _writing() -> Checkup:
    for folder in (Path(tempfile.gettempdir()), Path.cwd()):
        try:
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(b"sayso")
        except OSError as error:
            return Checkup(
                name="writing",
                outcome="weak",
                found=f"{folder}: {error.strerror}",
                hint="make your cases in another folder",
            )
    return Checkup(name="writing", outcome="good", found=f"{tempfile.gettempdir()} and {Path.cwd()}")
