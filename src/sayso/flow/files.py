"""Which files are meant: files as they are, folders with all that is in them, patterns.

| code | what it says |
|---|---|
| `no-such-file` | no file has the name, or fits the pattern |
| `not-a-file` | what has the name is neither a file nor a folder |
| `unreadable-folder` | a folder cannot be listed |
| `bad-name` | a file whose name is not in UTF-8 |
| `link-not-followed` | a link inside a folder: it may lead out of it, or in a circle |
"""

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.core.records import Problem

# The stage of Problems with what was asked for, not with what stands in a file.
STAGE = "files"


def expand(wanted: Iterable[Path | str], *, apart_from: Path | None = None) -> Iterator[Path | Problem]:
    """Yield the files that paths and patterns mean, in order, and a Problem for each that means none.

    A folder stands for every file in it at any depth, by name, without hidden ones. A link is followed where
    it is named, not where it is found in a folder. `apart_from` is a folder that is passed over: a case
    inside the folder that is added to it.
    """
    for given in wanted:
        path = Path(given)
        if path.is_file():
            yield _named(path)
        elif path.is_dir():
            yield from _inside(path, apart_from)
        elif path.exists():
            yield _no_file(given)
        else:
            yield from _matching(str(given), apart_from)


def _matching(pattern: str, apart_from: Path | None) -> Iterator[Path | Problem]:
    found = sorted(_fitting(pattern))
    if not found:
        yield _problem(
            "no-such-file", pattern, "no file has this name", "is it spelled right, and from here?"
        )
    for name in found:
        yield from _inside(Path(name), apart_from)


def _fitting(pattern: str) -> list[str]:
    """Return what fits a pattern; `**` is any depth of folders, none of them reached through a link."""
    before, deep, after = pattern.partition("**")
    if not deep:
        return glob.glob(pattern)  # noqa: PTH207 - Path.glob takes no absolute pattern
    found: set[str] = set()
    for top in glob.glob(before or "."):  # noqa: PTH207 - as above
        for folder, folders, _ in os.walk(top):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found.update(_fitting(glob.escape(folder) + (after or os.sep)))
    return list(found)


def _inside(top: Path, apart_from: Path | None) -> Iterator[Path | Problem]:
    waiting = [top]
    passed_over = None if apart_from is None else apart_from.resolve()
    while waiting:
        path = waiting.pop()
        if path != top and path.is_symlink():
            yield _problem(
                "link-not-followed",
                path,
                f"it is a link to {_target(path)}",
                "add what it leads to by its name",
            )
            continue
        if path.is_file():
            yield _named(path)
        elif not path.is_dir():
            yield _no_file(path)
        if not path.is_dir() or path.resolve() == passed_over:
            continue
        try:
            entries = sorted(path.iterdir(), reverse=True)
        except OSError as error:
            yield _problem(
                "unreadable-folder", path, f"it cannot be listed: {error.strerror}", "may you read it?"
            )
            continue
        waiting.extend(entry for entry in entries if not entry.name.startswith("."))


def _named(path: Path) -> Path | Problem:
    """Return a file, or a Problem when its name is no text: no record could say where its words are from."""
    if _shown(path) == str(path):
        return path
    return _problem("bad-name", path, "its name is not in UTF-8", "rename it")


def _no_file(path: Path | str) -> Problem:
    return _problem("not-a-file", path, "it is neither a file nor a folder", "save it as a file first")


def _shown(path: Path | str) -> str:
    return os.fsencode(path).decode("utf-8", "replace")


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return "another place"


def _problem(code: str, origin: Path | str, message: str, hint: str) -> Problem:
    return Problem(code=code, message=message, stage=STAGE, origin=_shown(origin), hint=hint)
