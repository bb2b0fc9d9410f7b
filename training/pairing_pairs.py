"""The pairs and texts that the pair network learns from, each with its label; everything is drawn by seed."""

import hashlib
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sayso.language.segments import segments_of
from training.data import read_records
from training.pool import documents

SAME, CONTRADICTS, NEITHER = range(3)
LABELS = {"SUPPORTS": SAME, "REFUTES": CONTRADICTS, "NOT ENOUGH INFO": NEITHER}
SETS = ("ct20_t2", "ct21_2b")
HELD_OUT = 16  # one page of so many is kept for the temperature and the threshold

ADDRESS = re.compile(r"https?://\S+|pic\.twitter\.com\S*")
_FIGURE = re.compile(r"(?<=[a-z] )(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w,:–-]|\.\d)")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|will|would|can|could)\b(?! not)")
_NOT_ALONE = re.compile(r"^(?:But|And|So|Or|Because|Well|Yes|No|Thank|I|Q)\b|[:?]|\.\.|…")
_BOUND_BEFORE = re.compile(
    r"(?:than|least|about|nearly|almost|over|under|around|some|to|approximately|most)\s+$"
)
_LEAST_WORDS, _MOST_WORDS = 7, 32
_YEARS = range(1900, 2100)
_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_ABOVE = ("more than", "over", "at least", "no fewer than", "upwards of")
_BELOW = ("fewer than", "less than", "under", "at most", "up to")
_NEAR = ("about", "around", "some", "nearly", "approximately", "roughly")
_DENIALS = (
    "It is not true that {}",
    "Reports that {} are false",
    "The claim that {} was denied",
    "It was denied that {}",
    "There is no evidence that {}",
)
_REPORTS = ("Officials said {}", "It was reported that {}", "According to a statement, {}", "We know that {}")


class Pair(NamedTuple):
    """Two texts and what the second is to the first."""

    left: str
    right: str
    label: int


def vitaminc(shared: Path) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs to learn from, and those of the pages that are held out."""
    learnt: list[Pair] = []
    kept: list[Pair] = []
    for row in read_records(shared / "data/contradiction/vitaminc_train.jsonl.gz"):
        pair = Pair(row["claim"], row["evidence"], LABELS[row["label"]])
        number = int(hashlib.sha256(row["page"].encode()).hexdigest(), 16)
        (learnt if number % HELD_OUT else kept).append(pair)
    return learnt, kept


def sentences(shared: Path) -> list[str]:
    """Return the sentences of the pool that stand for themselves, without repeats, in order."""
    found: dict[str, None] = {}
    for plain in documents(shared):
        segments = segments_of(plain.text)
        for sentence in segments.sentences:
            text = " ".join(sentence.span.of(plain.text).split())
            whole = text[0].isupper() and text[-1] == "." and not _NOT_ALONE.search(text)
            if whole and _LEAST_WORDS <= text.count(" ") + 1 <= _MOST_WORDS:
                found[text] = None
    return list(found)


def known_claims(shared: Path) -> list[str]:
    """Return the claims, their titles, and the training queries of the two retrieval sets, without labels."""
    found: dict[str, None] = {}
    for name in SETS:
        folder = shared / "data/matching" / name
        for row in read_records(folder / "docs.jsonl.gz"):
            found[row["text"]] = None
        for line in (folder / "train.queries.jsonl").read_text(encoding="utf-8").splitlines():
            found[ADDRESS.sub(" ", json.loads(line)["text"])] = None
    return list(found)


def generated(held: list[str], seed: int) -> Iterator[Pair]:
    """Yield pairs made from sentences without end: other figures, bounds, denials, reports, neighbours."""
    draw = random.Random(seed)  # noqa: S311 - a draw that can be repeated
    counted = [s for s in held if any(_fit(m, s) for m in _FIGURE.finditer(s))]
    while True:
        yield from _of_figure(draw.choice(counted), draw)
        yield from _of_figure(draw.choice(counted), draw)
        yield from _of_denial(draw.choice(held), draw)
        at = draw.randrange(len(held) - 1)
        yield Pair(held[at], held[at + 1], NEITHER)


def _fit(match: re.Match[str], sentence: str) -> bool:
    value = _value(match[0])
    year = "," not in match[0] and value in _YEARS
    return 1 < value < 1e9 and not year and not _BOUND_BEFORE.search(sentence[: match.start()])  # noqa: PLR2004 - beyond are no counts of news


def _value(written: str) -> float:
    return float(written.replace(",", ""))


def _written(value: float, like: str, draw: random.Random) -> str:
    if "." in like:
        return f"{value:.{len(like.rpartition('.')[2])}f}"
    whole = max(1, round(value))
    if 2 <= whole <= 12 and draw.random() < 0.4:  # noqa: PLR2004 - as number words
        return _WORDS[whole - 2]
    return f"{whole:,}" if "," in like or draw.random() < 0.7 else str(whole)  # noqa: PLR2004 - a share of the draws


def _of_figure(sentence: str, draw: random.Random) -> Iterator[Pair]:
    """Yield what a claim with a bound is to a text with a figure, and to another figure."""
    fit = [m for m in _FIGURE.finditer(sentence) if _fit(m, sentence)]
    match = draw.choice(fit)
    value = _value(match[0])
    step = draw.choice((0.02, 0.05, 0.1, 0.3, 0.6, 1.5)) * draw.uniform(0.7, 1.3)
    size = max(value * step, 1.0 if "." not in match[0] else 0.1)
    up = draw.random() < 0.5  # noqa: PLR2004 - a share of the draws
    other = value + size if up else max(value - size, value / (1 + step))
    if round(other, 1) == round(value, 1) or ("." not in match[0] and round(other) == round(value)):
        return

    def said(prefix: str, figure: float) -> str:
        written = _written(figure, match[0], draw)
        before, after = sentence[: match.start()], sentence[match.end() :]
        if short:
            before = " ".join(before.split(" ")[-short - 1 :])
            after = " ".join(after.split(" ")[: short + 1])
        text = before + (prefix + " " if prefix else "") + written + after
        return text[0].upper() + text[1:]

    short = 0
    plain = said("", value)
    short = draw.choice((0, 0, 4, 7))  # a claim is often shorter than what it is held against
    if draw.random() < 0.4:  # noqa: PLR2004 - plain figures: another one clashes
        yield Pair(said("", other), plain, CONTRADICTS)
        yield Pair(said("", value), plain, SAME)
        return
    if draw.random() < 0.15:  # noqa: PLR2004 - a share of the draws
        near = step < 0.08  # noqa: PLR2004 - rounding
        yield Pair(said(draw.choice(_NEAR), other), plain, SAME if near else CONTRADICTS)
        return
    # "More than 20" is borne out by 25 and refuted by 15; "fewer than 20" the other way round.
    above = draw.random() < 0.5  # noqa: PLR2004 - a share of the draws
    bound = draw.choice(_ABOVE if above else _BELOW)
    holds = (value > other) if above else (value < other)
    yield Pair(said(bound, other), plain, SAME if holds else CONTRADICTS)


def _of_denial(sentence: str, draw: random.Random) -> Iterator[Pair]:
    """Yield a sentence with its negation or its denial, and with its report."""
    inner = _inner(sentence)
    match = next(_AUXILIARY.finditer(sentence), None)
    if match is not None and draw.random() < 0.5:  # noqa: PLR2004 - a share of the draws
        negated = sentence[: match.end()] + " not" + sentence[match.end() :]
        pair = (sentence, negated)
    else:
        pair = (sentence, draw.choice(_DENIALS).format(inner) + ".")
    if draw.random() < 0.5:  # noqa: PLR2004 - a share of the draws
        pair = (pair[1], pair[0])
    yield Pair(*pair, CONTRADICTS)
    if draw.random() < 0.5:  # noqa: PLR2004 - a share of the draws
        told = draw.choice(_REPORTS).format(inner) + "."
        yield Pair(sentence, told, SAME) if draw.random() < 0.5 else Pair(told, sentence, SAME)  # noqa: PLR2004 - a share of the draws


def _inner(sentence: str) -> str:
    """Return a sentence as a clause: only words that are no names lose their capital."""
    first = sentence.split(maxsplit=1)[0]
    starts = {"The", "A", "An", "In", "On", "It", "This", "These", "They", "We", "He", "She", "There", "Our"}
    lowered = first.lower() if first in starts else first
    return lowered + sentence[len(first) :].rstrip(".")
