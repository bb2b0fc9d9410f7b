"""The plain texts whose licence is open: the pool's documents, and passages of Voice of America.

What `gold_shared` and the seeds are made of is left out: nothing is learnt from a text that is scored.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from training.data import read_records
from training.mentions import PASSAGE, joined, read_gmb

POOLS = ("state_releases", "wikinews")
RUN = 8  # words in a row that two texts have in common only where one took them from the other
# Releases share whole formulas ("spoke today with Foreign Minister …, the two discussed"); ten runs are more.
COMMON = 10
PARAGRAPH = 2  # sentences of a paragraph of Voice of America, as it writes them; its own are not known
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r'" ([^"]+) "')  # as words laid side by side have it


class Plain(NamedTuple):
    """A text without annotation, and what it is called."""

    name: str
    text: str


def documents(shared: Path) -> Iterator[Plain]:
    """Yield the documents of the pool below `shared`, named `pool/id`."""
    common = shared_runs(shared)
    for pool in POOLS:
        for record in read_records(shared / "data" / "pool" / f"{pool}.jsonl.gz"):
            if common(record["text"]) < COMMON:
                yield Plain(f"{pool}/{record['id']}", record["text"])


def passages(shared: Path) -> Iterator[Plain]:
    """Yield passages of Voice of America, named by their first sentence's number."""
    common = shared_runs(shared)
    sentences = [joined(sentence) for sentence in read_gmb(shared / "data/language")]
    for at in range(0, len(sentences), PASSAGE):
        some = sentences[at : at + PASSAGE]
        paragraphs = [" ".join(some[i : i + PARAGRAPH]) for i in range(0, len(some), PARAGRAPH)]
        text = _QUOTED.sub(r'"\1"', "\n\n".join(paragraphs))
        if not common(text):
            yield Plain(f"voa/{at}", text)


def shared_runs(shared: Path) -> Callable[[str], int]:
    """Return what counts the runs of words that a text has in common with the scored ones."""
    held = _held(shared)
    return lambda text: len(_runs(text) & held)


@cache
def _held(shared: Path) -> frozenset[str]:
    texts = [record["text"] for record in read_records(shared / "data/attribution/gold_shared.jsonl")]
    texts += [path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))]
    return frozenset(run for text in texts for run in _runs(text))


def _runs(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower())
    return frozenset(" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
