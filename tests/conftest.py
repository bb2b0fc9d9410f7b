"""What tests of several rooms need, and which of them are run on which database.

Without more, every case that a test makes is an SQLite file. `pytest --database postgresql` runs the same
tests with every case in a PostgreSQL server that is started for them; those without a ledger are left out.
"""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests import servers

BESIDE = Path(__file__).resolve().parents[2] / "shared"
# Rooms and modules where no test makes a case, or whose every command other rooms test on each database: the
# pages of the documentation, the command line, who may do what at a desk.
WITHOUT_LEDGER = frozenset(
    {
        *("claims", "cli", "contract", "core", "demo", "docs", "golden", "language", "linking", "quality"),
        *("readers", "training"),
        *("test_guard.py", "test_people_defences.py", "test_people_page.py", "test_permissions.py"),
        *("test_sign_in.py", "test_team_sessions.py"),
    }
)
_DEFAULT = "SAYSO_LEDGER_DATABASE"  # the setting that says where new cases are kept
_SERVER = pytest.StashKey[ExitStack]()


def shared_folder() -> Path | None:
    """Return the folder of the reference data: beside the checkout, or where SAYSO_TEST_SHARED says."""
    folder = Path(os.environ.get("SAYSO_TEST_SHARED", BESIDE))
    return folder if (folder / "seeds").is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference data. Without it a test is passed over, but never where CI=true."""
    folder = shared_folder()
    if folder is not None:
        return folder
    reason = f"no reference data at {BESIDE}; SAYSO_TEST_SHARED may name another folder"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the caller choose the database."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, before the processes that share the tests."""
    os.environ.pop(_DEFAULT, None)
    config.stash[_SERVER] = ExitStack()
    if config.getoption("--database") != "postgresql":
        return
    is_first = not hasattr(config, "workerinput")
    if is_first and servers.NAMED in os.environ:
        config.stash[_SERVER].enter_context(servers.kept_clean(os.environ[servers.NAMED]))
    elif is_first and servers.programs() is not None:
        os.environ[servers.NAMED] = config.stash[_SERVER].enter_context(servers.running())
    if servers.NAMED in os.environ:
        os.environ[_DEFAULT] = os.environ[servers.NAMED]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop it."""
    config.stash[_SERVER].close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs the reference data, and leave out what another database makes no difference to."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.shared)
    if config.getoption("--database") == "postgresql":
        left_out = [item for item in items if not _differs(item)]
        items[:] = [item for item in items if _differs(item)]
        config.hook.pytest_deselected(items=left_out)
        if servers.NAMED not in os.environ:
            if os.environ.get("CI") == "true":
                raise pytest.UsageError(servers.MISSING)
            for item in items:
                item.add_marker(pytest.mark.skip(reason=servers.MISSING))


def _differs(item: pytest.Item) -> bool:
    """Tell whether a test may end otherwise on PostgreSQL; what a browser shows does not."""
    room = item.path.relative_to(Path(__file__).parent).parts[0]
    browses = "browser" in getattr(item, "fixturenames", ())
    without = not WITHOUT_LEDGER.isdisjoint({room, item.path.name})
    return not (without or browses or item.get_closest_marker("sqlite"))


@pytest.fixture(scope="session")
def database() -> str:
    """Where new cases are kept: the address of a PostgreSQL database, or "" for files."""
    return os.environ.get(_DEFAULT, "")
