"""A real PostgreSQL for as long as the tests run: its own data, no network, and gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)  # where Debian keeps the server
NAMED = "SAYSO_TEST_POSTGRES"  # a database to use instead, as a URL
MISSING = f"no PostgreSQL server; on Debian: apt install postgresql, or {NAMED} names a database"
_DATABASE = "sayso"
_STARTING_SECONDS = 30
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "max_locks_per_transaction": "256",
}


def programs() -> Path | None:
    """Return the folder of the server's programs."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else PLACES
    return next((place for place in found if (place / "postgres").exists()), None)


def _as_whom() -> list[str]:
    """Return what goes before a command of the server, which refuses to be run by root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@contextmanager
def kept_clean(database: str) -> Iterator[str]:
    """Give the address of somebody's database, and take what was made in it out at the end."""
    before = _namespaces(database)
    try:
        yield database
    finally:
        _drop(database, _namespaces(database) - before)


def _namespaces(database: str) -> set[str]:
    wanted = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'sayso%'"
    with psycopg.connect(database) as connection:
        return {name for (name,) in connection.execute(wanted)}


def _drop(database: str, names: set[str]) -> None:
    for name in sorted(names):
        with psycopg.connect(database) as connection:
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))


@contextmanager
def running() -> Iterator[str]:
    """Start a server and give the address of an empty database in it, sorted as the English sort words."""
    place = programs()
    assert place is not None, MISSING
    folder = Path(tempfile.mkdtemp(prefix="sayso-pg-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    cluster = folder / "cluster"
    try:
        # A linguistic order is what most servers have; the ledger must not depend on it.
        made = [place / "initdb", "-D", cluster, "-U", "sayso", "-A", "trust", "-E", "UTF8", "--no-sync"]
        english = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"]
        _run([*_as_whom(), *map(str, made), *english], folder)
        options = [part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value}")]
        started = [place / "postgres", "-D", cluster, "-k", folder, *options]
        with (folder / "log").open("wb") as log:
            # Whatever becomes of the tests, the server ends with them.
            ending = ["setpriv", "--pdeathsig=INT", *_as_whom()[1:]] if shutil.which("setpriv") else []
            process = subprocess.Popen([*ending, *map(str, started)], cwd=folder, stdout=log, stderr=log)
        try:
            yield _opened(place, folder, process)
        finally:
            process.send_signal(signal.SIGINT)  # it lets go of whoever is connected
            if _is_slow(process):
                process.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _opened(place: Path, folder: Path, process: "subprocess.Popen[bytes]") -> str:
    """Wait for the server, and make a database in it."""
    until = time.monotonic() + _STARTING_SECONDS
    command = [str(place / "createdb"), "-h", str(folder), "-U", "sayso", _DATABASE]
    while subprocess.run(command, check=False, capture_output=True).returncode:
        assert process.poll() is None, (folder / "log").read_text()
        assert time.monotonic() < until, (folder / "log").read_text()
        time.sleep(0.1)
    return f"postgresql://sayso@/{_DATABASE}?host={quote(str(folder), safe='')}"


def _is_slow(process: "subprocess.Popen[bytes]") -> bool:
    try:
        process.wait(_STARTING_SECONDS)
    except subprocess.TimeoutExpired:
        return True
    return False


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
