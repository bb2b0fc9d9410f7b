"""Which files are meant: files as they are, folders with all that is in them, patterns."""

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.core.records import Problem

# The stage of Problems with what was asked for, not with what stands in a file.
STAGE = "files"


def expand(wanted: Iterable[Path | str], *, apart_from: Path | None = None) -> Iterator[Path | Problem]:
    """Yield the files that paths and patterns mean, in order, and a Problem for each that means none.

    A folder stands for every file in it at any depth, by name, without hidden ones. `apart_from` is a folder
    that is passed over: a case inside the folder that is added to it.
    """
    for given in wanted:
        path = Path(given)
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from _inside(path, apart_from)
        elif path.exists():
            yield _problem(
                "not-a-file", given, "it is neither a file nor a folder", "save it as a file first"
            )
        else:
            yield from _matching(str(given), apart_from)


def _matching(pattern: str, apart_from: Path | None) -> Iterator[Path | Problem]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not found:
        yield _problem(
            "no-such-file", pattern, "no file has this name", "is it spelled right, and from here?"
        )
    for name in found:
        yield from _inside(Path(name), apart_from)


def _inside(top: Path, apart_from: Path | None) -> Iterator[Path | Problem]:
    waiting: list[tuple[Path, frozenset[Path]]] = [(top, frozenset())]
    passed_over = None if apart_from is None else apart_from.resolve()
    while waiting:
        path, above = waiting.pop()
        if path.is_file():
            yield path
        if not path.is_dir():
            continue
        folder = path.resolve()
        # A link back to a folder above would never end.
        if folder in above or folder == passed_over:
            continue
        try:
            entries = sorted(path.iterdir(), reverse=True)
        except OSError as error:
            yield _problem(
                "unreadable-folder", path, f"it cannot be listed: {error.strerror}", "may you read it?"
            )
            continue
        waiting.extend((entry, above | {folder}) for entry in entries if not entry.name.startswith("."))


def _problem(code: str, origin: Path | str, message: str, hint: str) -> Problem:
    return Problem(code=code, message=message, stage=STAGE, origin=str(origin), hint=hint)
