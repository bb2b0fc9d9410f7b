"""No sentence of the press texts that the tests read stands in the repository."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 5  # words: what two writers can have in common by chance
WORD = re.compile(r"[^\W_]+")

Run = tuple[str, ...]


def runs(text: str) -> Iterator[Run]:
    """Yield every run of one word more than chance explains, in lower case and without marks."""
    words = WORD.findall(text.lower())
    return zip(*(words[start:] for start in range(LONGEST + 1)), strict=False)


def tracked_texts() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b""  # a file may be deleted and not yet committed
        if b"\0" not in content:
            yield name, content.decode(errors="replace")


def test_no_run_of_six_words_of_the_press_texts_stands_in_a_tracked_file(shared: Path) -> None:
    press = {run for path in (shared / "seeds").glob("*.txt") for run in runs(path.read_text("utf-8"))}
    assert press
    found = {
        f"{name}: {' '.join(run)}" for name, text in tracked_texts() for run in runs(text) if run in press
    }
    assert found == set()
