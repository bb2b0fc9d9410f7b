"""Words a second of reading whole articles, by finder, and the time to import and load."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.timing import Figure, seconds
from sayso.core.settings import Extraction, Settings
from sayso.flow.pipeline import extract

_DEMO = Path(__file__).resolve().parents[1] / "src" / "sayso" / "demo"
_STARTS = 3
_FIRST = "import sayso; sayso.extract('The bridge was intact, the governor said.')"


def figures() -> Iterator[Figure]:
    """Yield the figures of one run, each with how it was measured."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(_DEMO.glob("*.txt"))]
    words = sum(len(text.split()) for text in texts)
    speed = {finder: words / _seconds(texts, finder) for finder in ("encoder", "rules")}
    how = "the demo's plain texts read from text to claims, one thread, CPU time, the best of three"
    yield Figure("words/s, encoder", f"{speed['encoder']:,.0f}", how)
    yield Figure("words/s, rules", f"{speed['rules']:,.0f}", how)
    yield Figure(
        "encoder against rules", f"{speed['encoder'] / speed['rules']:.2f} × the speed", "the two above"
    )
    yield Figure("start", f"{_start():.2f} s", "a new Python: import, load, read one sentence; wall time")


def _seconds(texts: list[str], finder: str) -> float:
    settings = Settings(extraction=Extraction(finder=finder))
    extract(texts[0], settings=settings)  # the first call loads tables and plugins
    return seconds(lambda: [extract(text, settings=settings) for text in texts])


def _start() -> float:
    times = []
    for _ in range(_STARTS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", _FIRST], check=True)  # noqa: S603 - our own code
        times.append(time.perf_counter() - began)
    return min(times)
