"""Read what people marked as persons, organisations, places and nationalities, for the mention head."""

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sayso.language.encoder.pieces import Pieces
from sayso.language.encoder.windows import prepare
from sayso.language.encoder.words import cut
from training.data import UNTOLD, Article

KINDS = ("person", "organisation", "place", "nationality")
TAGS = 1 + 2 * len(KINDS)  # outside, then "begins" and "goes on" of each kind
PASSAGE = 12  # sentences without a document boundary are laid side by side, so many at once
CLOSES = frozenset(".,;:!?)]}%")  # no blank before these, nor after the opening ones
OPENS = frozenset("([{$#")
# What each set calls a kind; a label that is not here is one the sets disagree on, and teaches nothing.
LABELS = {
    "per": "person",
    "person": "person",
    "politician": "person",
    "writer": "person",
    "scientist": "person",
    "org": "organisation",
    "organisation": "organisation",
    "politicalparty": "organisation",
    "university": "organisation",
    "band": "organisation",
    "geo": "place",
    "loc": "place",
    "location": "place",
    "country": "place",
    "tim": "",
    "o": "",
}


class Token(NamedTuple):
    """A word with its label: `mark` is B, I or O."""

    word: str
    mark: str
    label: str


Sentence = list[Token]


def sentences(lines: Iterable[str], word: int, tag: int, separator: str | None) -> Iterator[Sentence]:
    """Read a column format: one word a line, an empty line between sentences, `#` before a comment."""
    sentence: Sentence = []
    for line in lines:
        columns = line.split(separator)
        if len(columns) <= max(word, tag) or line.startswith("# "):
            if not line.strip() and sentence:
                yield sentence
                sentence = []
            continue
        mark, _, label = columns[tag].strip().partition("-")
        sentence.append(Token(columns[word], mark, label.lower()))
    if sentence:
        yield sentence


def lines(path: Path) -> list[str]:
    """Read the lines of a file, compressed or not."""
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode().split("\n")


def read_gmb(folder: Path) -> list[Sentence]:
    """Read the sentences of Voice of America, in the order of the documents."""
    return list(sentences(lines(folder / "gmb.tsv.gz"), 0, 2, "\t"))


def read_sets(folder: Path) -> Iterator[list[Sentence]]:
    """Yield the sentences of each set: GMB first, whose nationalities name those of the others."""
    yield read_gmb(folder)
    yield list(sentences(lines(folder / "uner_ewt/train.iob2.gz"), 1, 2, "\t"))
    wikigold = folder / "wikigold/data/wikigold/CONLL-format/data/wikigold.conll.txt"
    yield list(sentences(lines(wikigold), 0, 1, " "))
    for subject in ("politics", "science", "literature"):
        for part in ("train", "dev", "test"):
            yield list(sentences(lines(folder / f"crossner/ner_data/{subject}/{part}.txt"), 0, 1, "\t"))


def nationalities(sentences: list[Sentence]) -> frozenset[str]:
    """Return the words that GMB marks as `gpe` and seldom as a place: "Iraqi", not "Iraq"."""
    political = Counter(t.word for s in sentences for t in s if t.label == "gpe")
    places = Counter(t.word for s in sentences for t in s if t.label == "geo")
    return frozenset(word for word, times in political.items() if 3 * places[word] < times)


def kind_of(token: Token, nations: frozenset[str]) -> str | None:
    """Return the kind of a word, "" for none, None where the sets disagree."""
    if token.mark == "O" or token.label == "o":
        # Only GMB marks nationalities throughout; elsewhere such a word tells nothing.
        return None if token.word in nations else ""
    if token.label in LABELS:
        return LABELS[token.label]
    if token.word in nations:
        return "nationality"
    return "place" if token.label == "gpe" else None


def tight(sentence: Sentence, number: int) -> bool:
    """Say whether a word stands close to the one before it."""
    if not number:
        return False
    word = sentence[number].word
    return word[0] in CLOSES or sentence[number - 1].word[-1] in OPENS or word.startswith(("'", "n't"))


def joined(sentence: Sentence) -> str:
    """Write a sentence out."""
    blanks = ("" if not number or tight(sentence, number) else " " for number in range(len(sentence)))
    return "".join(blank + token.word for blank, token in zip(blanks, sentence, strict=True))


def passage(
    name: str, part: list[Sentence], nations: frozenset[str], *, ordinary: frozenset[str], pieces: Pieces
) -> Article:
    """Join sentences to a text and bring their labels to its words."""
    text = ""
    marked: list[tuple[int, int, str | None, bool]] = []
    for sentence in part:
        kind_before: str | None = ""
        for number, token in enumerate(sentence):
            text += "" if not text or tight(sentence, number) else " "
            kind = kind_of(token, nations)
            begins = token.mark == "B" or kind != kind_before
            marked.append((len(text), len(text) + len(token.word), kind, begins))
            text += token.word
            kind_before = kind
    ready = prepare(cut(text, ordinary), pieces)
    tags = np.zeros(len(ready), dtype=np.int64)
    for start, end, kind, begins in marked:
        low = int(np.searchsorted(ready.words.end, start, side="right"))
        high = int(np.searchsorted(ready.words.start, end, side="left"))
        if kind is None:
            tags[low:high] = UNTOLD
        elif kind:
            first = 1 + 2 * KINDS.index(kind)
            tags[low:high] = first + 1
            if begins and low < high:
                tags[low] = first
    return Article(name=name, text=ready, told=None, mentions=tags)


def articles(shared: Path, *, pieces: Pieces, ordinary: frozenset[str]) -> list[Article]:
    """Return the passages of every set."""
    found: list[Article] = []
    nations: frozenset[str] = frozenset()
    for number, every in enumerate(read_sets(shared / "data/language")):
        nations = nations or nationalities(every)
        found += [
            passage(
                f"mentions-{number}-{at}", every[at : at + PASSAGE], nations, ordinary=ordinary, pieces=pieces
            )
            for at in range(0, len(every), PASSAGE)
        ]
    return found
