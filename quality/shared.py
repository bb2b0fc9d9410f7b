"""Where the reference data lies, and how its scorers are called."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SAYSO_TEST_SHARED", ROOT.parent / "shared"))


def is_here() -> bool:
    """Tell whether the reference data stands beside the checkout."""
    return (SHARED / "README.md").exists()


def scorer(name: str, *arguments: str | Path) -> str:
    """Run one of the reference scorers and return what it prints."""
    done = subprocess.run(  # noqa: S603 - a scorer of the reference data, with our own files
        [sys.executable, SHARED / "tools" / name, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout
