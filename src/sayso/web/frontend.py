"""The front-end libraries: which files of which npm packages the desk serves, and how they are brought.

This module needs nothing but Python: the package's build runs it before sayso can be imported. Versions
and integrity hashes stand in `npm/package-lock.json`, which `npm ci` checks.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
_MANIFEST: Final = _HERE / "npm"
_VENDOR: Final = _HERE / "vendor"

# What is served as /static/NAME, and where it lies in its package.
FILES: Final = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "htmx-LICENSE.txt": "htmx.org/LICENSE",
    "cytoscape.js": "cytoscape/dist/cytoscape.esm.min.mjs",
    "cytoscape-LICENSE.txt": "cytoscape/LICENSE",
}


NO_NPM: Final = "npm is not installed"


class NoFrontend(Exception):
    """The front-end libraries cannot be brought."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)


def lacking() -> tuple[str, ...]:
    """Return the names of the files that are not there."""
    return tuple(name for name in FILES if not (_VENDOR / name).is_file())


def is_current() -> bool:
    """Tell whether the files that are there are those of the manifest."""
    mark = _VENDOR / "package-lock.json"
    return (
        not lacking()
        and mark.is_file()
        and mark.read_bytes() == (_MANIFEST / "package-lock.json").read_bytes()
    )


def bring() -> None:
    """Install the pinned packages, and keep the files that the desk serves; raises as `installed` does."""
    with installed(_MANIFEST) as packages:
        shutil.rmtree(_VENDOR, ignore_errors=True)
        _VENDOR.mkdir()
        for name, source in FILES.items():
            shutil.copyfile(packages / source, _VENDOR / name)
    # Last: whoever is interrupted before has nothing that looks current.
    shutil.copy(_MANIFEST / "package-lock.json", _VENDOR)


@contextmanager
def installed(manifest: Path) -> Iterator[Path]:
    """Install a manifest's pinned packages with npm, without their scripts, into a folder that soon goes.

    Raises NoFrontend when npm is not there or cannot install them.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise NoFrontend(NO_NPM)
    with tempfile.TemporaryDirectory() as temporary:
        for pinned in ("package.json", "package-lock.json"):
            shutil.copy(manifest / pinned, temporary)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(command, cwd=temporary, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed command
        if done.returncode:
            raise NoFrontend(done.stderr.strip() or done.stdout.strip() or "npm ci failed")
        yield Path(temporary, "node_modules")
