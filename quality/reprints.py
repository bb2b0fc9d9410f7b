"""Reprints of wire stories among other documents, made by rule: which are found, and whose they are.

python -m quality.reprints [--stories 2000] [--others 100000]

Without arguments 300 stories among 10,000 others; `make bench` takes the size above.

The words are those of openly licensed texts beside the checkout; nothing of them is kept. Every story is
printed again in each of seven ways. The other documents are chains of those texts' word pairs, so that they
share short runs with the stories as unrelated news does.
"""

import argparse
import gzip
import json
import math
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec
import numpy as np
import numpy.typing as npt

from quality.measure import Measure
from quality.shared import SHARED
from sayso.core.ids import CaptureId, text_sha256
from sayso.core.reading import Reading
from sayso.core.records import Document, Link, Run
from sayso.flow.contract import Memory
from sayso.linking.copies import Copies

STORIES = 300
OTHERS = 10_000
NEAR = 0.5  # Jaccard index of the word 3-grams
PARTIAL = 80  # words that stand in 3-grams of the story
_GRAM = 3  # words
_PARTS = 16
_SAME_PASSAGE = 40  # words: texts of two families that share so many do share a passage
_POOLS = ("state_releases", "wikinews")
_SEED = 20_310_503
_RUN = Run(tool="reprints", version="1")
_WORD = re.compile(r"\w+")
_BEGAN = datetime(2031, 5, 3, tzinfo=UTC)

_NEAR_RULES = frozenset({"identical", "near-duplicate"})

Numbers = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int32]
Paragraphs = list[list[str]]  # of words
Edit = Callable[["Maker", Paragraphs], Paragraphs]


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """One document, and which story it is made from; -1: none."""

    family: int
    how: str  # "story", the name of the edit, or "other"
    text: str
    published: str


class Maker:
    """Draws words, paragraphs and edits; the same seed draws the same."""

    def __init__(self, words: Sequence[str], seed: int) -> None:
        self.draw = random.Random(seed)  # noqa: S311 - a test set, no secret
        self._numpy = np.random.default_rng(seed)
        self.words = words
        numbers = {word: number for number, word in enumerate(dict.fromkeys(words))}
        self._vocabulary = list(numbers)
        chain = np.fromiter((numbers[word] for word in words), dtype=np.int64, count=len(words))
        order = np.argsort(chain[:-1], kind="stable")
        self._next = chain[1:][order]
        self._first = np.searchsorted(chain[:-1][order], np.arange(len(numbers) + 1))

    def chains(self, number: int, length: int) -> list[list[str]]:
        """Return runs of words of which each follows the one before somewhere in the texts."""
        at = self._numpy.integers(0, len(self._vocabulary), number)
        rows = np.empty((number, length), dtype=np.int64)
        for step in range(length):
            rows[:, step] = at
            follows = self._first[at + 1] - self._first[at]
            drawn = self._first[at] + (self._numpy.random(number) * np.maximum(follows, 1)).astype(np.int64)
            at = np.where(follows > 0, self._next[np.minimum(drawn, len(self._next) - 1)], 0)
        return [[self._vocabulary[word] for word in row] for row in rows.tolist()]

    def passage(self, fewest: int, most: int) -> list[str]:
        """Return so many words of no story."""
        return self.chains(1, self.draw.randint(fewest, most))[0]

    def reworded(self, words: Sequence[str], share: float) -> list[str]:
        """Return words of which a share is exchanged for others."""
        return [self.draw.choice(self.words) if self.draw.random() < share else word for word in words]


def _cut(maker: Maker, story: Paragraphs) -> Paragraphs:
    kept = maker.draw.randint(min(2, len(story)), max(2, len(story) - 1))
    return [story[at] for at in sorted(maker.draw.sample(range(len(story)), min(kept, len(story))))]


def _reordered(maker: Maker, story: Paragraphs) -> Paragraphs:
    return maker.draw.sample(story, len(story))


def _new_lead(maker: Maker, story: Paragraphs) -> Paragraphs:
    return [maker.passage(30, 80), *story[1:]]


def _quotes_added(maker: Maker, story: Paragraphs) -> Paragraphs:
    edited = list(story)
    for _ in range(maker.draw.randint(1, 4)):
        said = ["“" + " ".join(maker.passage(12, 40)) + "”", "said", "someone."]
        edited.insert(maker.draw.randint(1, len(edited)), said)
    return edited


def _paraphrased(maker: Maker, story: Paragraphs) -> Paragraphs:
    share = maker.draw.uniform(0.10, 0.45)
    return [maker.reworded(paragraph, share) for paragraph in story]


def _built_in(maker: Maker, story: Paragraphs) -> Paragraphs:
    """Put 80 to 200 words of a story into a longer text."""
    words = [word for paragraph in story for word in paragraph]
    length = min(len(words), maker.draw.randint(90, 200))
    start = maker.draw.randint(0, len(words) - length)
    return [maker.passage(100, 300), words[start : start + length], maker.passage(100, 300)]


def _mixed(maker: Maker, story: Paragraphs) -> Paragraphs:
    for edit in maker.draw.sample((_cut, _reordered, _new_lead, _quotes_added, _paraphrased), 3):
        story = edit(maker, story)
    return story


EDITS: Mapping[str, Edit] = {
    "cut": _cut,
    "reordered": _reordered,
    "new lead": _new_lead,
    "quotes added": _quotes_added,
    "paraphrased": _paraphrased,
    "built in": _built_in,
    "mixed": _mixed,
}


def printed(stories: int, others: int) -> list[Printed]:
    """Return the stories, their reprints and the other documents, shuffled."""
    maker = Maker(_pool_words(), _SEED)
    made: list[Printed] = []
    for family, story in enumerate(_stories(maker, stories)):
        at = _BEGAN + timedelta(minutes=maker.draw.randint(0, 60 * 24 * 30))
        made.append(_printed(family, "story", story, at))
        for how, edit in EDITS.items():
            later = at + timedelta(minutes=maker.draw.randint(5, 60 * 72))
            made.append(_printed(family, how, edit(maker, story), later))
    for words in _lots(maker, others):
        at = _BEGAN + timedelta(minutes=maker.draw.randint(0, 60 * 24 * 33))
        made.append(_printed(-1, "other", [words[i : i + 60] for i in range(0, len(words), 60)], at))
    maker.draw.shuffle(made)
    return made


def _printed(family: int, how: str, paragraphs: Paragraphs, at: datetime) -> Printed:
    text = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
    return Printed(family=family, how=how, text=text, published=at.isoformat())


def _pool_words() -> list[str]:
    words: list[str] = []
    for pool in _POOLS:
        with gzip.open(SHARED / "data" / "pool" / f"{pool}.jsonl.gz") as lines:
            for line in lines:
                words += json.loads(line)["text"].split()
    return words


def _stories(maker: Maker, number: int) -> Iterator[Paragraphs]:
    """Yield passages of the texts, cut into paragraphs; none has words of another's place."""
    step = len(maker.words) // number
    for at in range(0, step * number, step):
        length = min(step, maker.draw.randint(250, 500))
        words = maker.words[at : at + length]
        ends = [0]
        while ends[-1] < len(words):
            ends.append(ends[-1] + maker.draw.randint(35, 70))
        yield [list(words[start:end]) for start, end in pairwise(ends)]


def _lots(maker: Maker, number: int) -> Iterator[list[str]]:
    while number > 0:
        lot = min(number, 5_000)
        for words in maker.chains(lot, 400):
            yield words[: maker.draw.randint(200, 400)]
        number -= lot


class Truth:
    """What the texts share, counted in 3-grams of their folded words, without any hash."""

    def __init__(self, texts: Iterable[str]) -> None:
        words: dict[str, int] = {}
        self._words = [
            np.fromiter(
                (words.setdefault(word, len(words)) for word in _WORD.findall(text.casefold())),
                dtype=np.int32,
            )
            for text in texts
        ]
        self._base = len(words) + 1
        self._sets = [np.unique(self._grams(at)) for at in range(len(self._words))]

    def _grams(self, at: int) -> Numbers:
        words = self._words[at].astype(np.int64)
        if len(words) < _GRAM:
            return words[:0]
        return (words[:-2] * self._base + words[1:-1]) * self._base + words[2:]

    def jaccard(self, one: int, other: int) -> float:
        """Return the share of the 3-grams of both that is common."""
        left, right = self._sets[one], self._sets[other]
        common = len(np.intersect1d(left, right, assume_unique=True))
        return common / max(1, len(left) + len(right) - common)

    def shared_words(self, one: int, other: int) -> int:
        """Return how many words of the one stand in 3-grams of the other."""
        held = np.isin(self._grams(one), self._sets[other])
        covered = np.zeros(len(held) + _GRAM - 1, dtype=bool)
        for step in range(_GRAM):
            covered[step : step + len(held)] |= held
        return int(covered.sum())

    def near_pairs(self) -> set[tuple[int, int]]:
        """Return every pair whose Jaccard index is at least NEAR.

        Two such sets of which the larger has n members share at least n/2, so that of the rarest half of one,
        and one more, some stand among the rarest of the other (Chaudhuri, Ganti and Kaushik 2006: prefix
        filter).
        """
        often = self._often()
        holders: defaultdict[int, list[int]] = defaultdict(list)
        for at, grams in enumerate(self._sets):
            rarest = np.lexsort((grams, often[at]))[: len(grams) - math.ceil(NEAR * len(grams)) + 1]
            for gram in grams[rarest[often[at][rarest] > 1]].tolist():
                holders[gram].append(at)
        pairs = {
            (one, other) for held in holders.values() for n, one in enumerate(held) for other in held[n + 1 :]
        }
        return {pair for pair in pairs if self.jaccard(*pair) >= NEAR}

    def _often(self) -> list[Counts]:
        """Return for each text how many texts have each of its 3-grams."""
        whole = np.concatenate(self._sets)
        often = np.empty(len(whole), dtype=np.int32)
        for part in range(_PARTS):  # one part of the 3-grams after another takes less memory
            here = np.flatnonzero(whole % _PARTS == part)
            _, which, counts = np.unique(whole[here], return_inverse=True, return_counts=True)
            often[here] = counts[which]
        return np.split(often, np.cumsum([len(grams) for grams in self._sets])[:-1])


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """What was found. A pair is found when it is linked, or when both are linked to one and the same text."""

    near: Mapping[str, tuple[int, int]]  # found, of all, by how the later one was made
    partial: Mapping[str, tuple[int, int]]
    near_right: tuple[int, int]  # links called near-duplicates, and how many of them are
    right: tuple[int, int]  # all links
    seconds: float  # of CPU, to file and to link


def linked(documents: Iterable[Document]) -> list[Link]:
    """Return the links of documents that are one case, held in memory."""
    memory = Memory(Reading(document=document, run=_RUN, records=()) for document in documents)
    return [link for link in memory.link(Copies()) if isinstance(link, Link)]


def scored(made: Sequence[Printed], link: Callable[[Iterable[Document]], list[Link]] = linked) -> Score:
    """Link the documents as one case, and hold the links against what the texts share."""
    documents = [_document(one) for one in made]
    place: dict[str, int] = {document.id: at for at, document in enumerate(documents)}
    began = time.process_time()
    found = link(documents)
    took = time.process_time() - began
    links = {(place[one.left], place[one.right]): one for one in found}
    truth = Truth(one.text for one in made)
    near_links = [pair for pair, one in links.items() if one.rule in _NEAR_RULES]
    right = [_related(made, truth, *pair) for pair in links]
    near = truth.near_pairs()
    joined = _joined(links)
    return Score(
        near=_by_edit(made, near, joined),
        partial=_by_edit(made, _partial_pairs(made, truth, near), joined),
        near_right=(sum(truth.jaccard(*pair) >= NEAR for pair in near_links), len(near_links)),
        right=(sum(right), len(right)),
        seconds=took,
    )


def _document(one: Printed) -> Document:
    return Document(
        capture=CaptureId(f"{one.family} {one.how}"),
        text=one.text,
        text_sha256=text_sha256(one.text),
        publisher=f"Outlet of {one.how}",
        published_at=one.published,
        reader="reprints",
    )


def _related(made: Sequence[Printed], truth: Truth, one: int, other: int) -> bool:
    if made[one].family == made[other].family != -1:
        return True
    return max(truth.shared_words(one, other), truth.shared_words(other, one)) >= _SAME_PASSAGE


def _partial_pairs(
    made: Sequence[Printed], truth: Truth, near: set[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    story = {one.family: at for at, one in enumerate(made) if one.how == "story"}
    for at, one in enumerate(made):
        if one.how in ("story", "other"):
            continue
        first = story[one.family]
        is_near = (at, first) in near or (first, at) in near
        if not is_near and truth.shared_words(at, first) >= PARTIAL:
            yield at, first


def _joined(links: Iterable[tuple[int, int]]) -> Callable[[int, int], bool]:
    linked: defaultdict[int, set[int]] = defaultdict(set)
    for left, right in links:
        linked[left].add(right)
        linked[right].add(left)

    def joined(one: int, other: int) -> bool:
        return other in linked[one] or not linked[one].isdisjoint(linked[other])

    return joined


def _by_edit(
    made: Sequence[Printed], pairs: Iterable[tuple[int, int]], joined: Callable[[int, int], bool]
) -> dict[str, tuple[int, int]]:
    counted: dict[str, tuple[int, int]] = {}
    for one, other in pairs:
        how = " × ".join(sorted({made[one].how, made[other].how} - {"story"})) or "story"
        found, of = counted.get(how, (0, 0))
        counted[how] = (found + joined(one, other), of + 1)
    return counted


def measures(*, stories: int = STORIES, others: int = OTHERS) -> Iterator[Measure]:
    """Yield shares in per cent; the full size of the set is 2,000 stories among 100,000 others (`bench`)."""
    yield from measures_of(scored(printed(stories, others)))


def measures_of(score: Score) -> Iterator[Measure]:
    """Yield what a score comes to, in per cent."""
    yield Measure(name="reprints near-duplicate precision", value=_percent([score.near_right]))
    yield Measure(name="reprints near-duplicate recall", value=_percent(score.near.values()))
    yield Measure(name="reprints partial copies recall", value=_percent(score.partial.values()))
    yield Measure(name="reprints links right", value=_percent([score.right]))


def _percent(counted: Iterable[tuple[int, int]]) -> float:
    found, of = (sum(column) for column in zip(*counted, strict=True)) if counted else (0, 0)
    return math.floor(1000 * found / of) / 10 if of else 100.0


def main() -> None:
    """Print the measures, and what was found by the way a reprint was made."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stories", type=int, default=STORIES)
    arguments.add_argument("--others", type=int, default=OTHERS)
    chosen = arguments.parse_args()
    made = printed(chosen.stories, chosen.others)
    score = scored(made)
    for measure in measures_of(score):
        print(f"{measure.value:5.1f}  {measure.name}")
    for name, counted in (("near", score.near), ("partial", score.partial)):
        for how, (found, of) in sorted(counted.items()):
            print(f"{name:>8}  {found:5} of {of:5}  {how}")
    print(f"{score.seconds / len(made) * 1000:.2f} ms of CPU a document", file=sys.stderr)


if __name__ == "__main__":
    main()
