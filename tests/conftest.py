"""What tests of several rooms need."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared"


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the reference data, so that `-m "not shared"` leaves it out."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.shared)
