"""The demo texts repeated to 2,000 documents: added and linked, added again, searched."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from bench.timing import Figure

DOCUMENTS = 2000
_DEMO = Path(__file__).resolve().parents[1] / "src" / "sayso" / "demo"
_SAYSO = Path(sys.executable).with_name("sayso")


def figures() -> Iterator[Figure]:
    """Yield the figures of one run, each with how it was measured."""
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        texts, case = Path(folder) / "texts", Path(folder) / "case"
        _repeat(texts)
        _sayso("init", case)
        first = _sayso("add", case, texts)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        again = _sayso("add", case, texts)
        search = _sayso("search", case, "dam")
        verify = _sayso("verify", case)
    how = f"sayso add, the demo's plain texts repeated to {DOCUMENTS:,} files"
    yield Figure("documents/s added and linked", f"{DOCUMENTS / first:,.0f}", how)
    yield Figure(
        "peak memory of the largest process", f"{peak:,.0f} MB", "the same run, as the system counts it"
    )
    yield Figure(
        "adding the same folder again", f"{100 * again / first:.1f} % of the first time", "sayso add, again"
    )
    yield Figure("verify", f"{verify / first:.2f} × the time to add", "sayso verify on that case")
    yield Figure("search", f"{search * 1000:,.0f} ms", "sayso search CASE dam, the start of Python included")


def _repeat(folder: Path) -> None:
    folder.mkdir()
    texts = sorted(_DEMO.glob("*.txt"))
    for number, path in enumerate(islice(cycle(texts), DOCUMENTS)):
        (folder / f"{number:05}-{path.name}").write_bytes(path.read_bytes())


def _sayso(*arguments: str | Path) -> float:
    """Run one command and return its wall time in seconds."""
    began = time.perf_counter()
    subprocess.run([_SAYSO, *arguments], check=True, capture_output=True)  # noqa: S603 - our own command
    return time.perf_counter() - began
