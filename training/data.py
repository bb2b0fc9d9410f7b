"""Read annotated texts and lay them out as training windows."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from sayso.language.encoder.pieces import Pieces
from sayso.language.encoder.windows import EDGES, WINDOW, Prepared, furthest, prepare
from sayso.language.encoder.words import BREAK, Ints, cut

Floats = npt.NDArray[np.float32]
SOURCE, CONTENT = 1, 2
UNTOLD = -100  # the tag of a word that teaches nothing
INNER_WEIGHT = 0.25  # of a word inside a content whose own attributions nobody looked for
INSIDE_SHARE = 0.7  # of the articles begin at a random paragraph


@dataclass(frozen=True)
class Told:
    """One attribution in words: the cue as a half-open range, source and content as word numbers."""

    cue: tuple[int, int]
    source: Ints
    content: Ints


@dataclass(frozen=True)
class Article:
    """An annotated text in words."""

    name: str
    text: Prepared
    told: tuple[Told, ...] | None  # None: nobody looked for attributions
    flat: bool = False  # nobody looked for attributions inside contents, as in PolNeAR
    doubtful: tuple[tuple[int, int], ...] = ()  # words that may be a cue or not; in silver labels alone
    mentions: Ints | None = None  # a tag for each word, see mentions.py; None: nobody looked


@dataclass(frozen=True)
class Window:
    """A range of words of an article, to be learnt from."""

    article: Article
    begin: int
    end: int


def read_records(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines, compressed or not."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return msgspec.json.Decoder(dict[str, Any]).decode_lines(content)


def words_under(text: Prepared, spans: list[list[int]] | None) -> Ints:
    """Return the numbers of the words that touch any of the character spans, breaks left out."""
    touched = np.zeros(len(text), dtype=bool)
    for start, end in spans or ():
        low = int(np.searchsorted(text.words.end, start, side="right"))
        high = int(np.searchsorted(text.words.start, end, side="left"))
        touched[low:high] = True
    return np.flatnonzero(touched & (text.words.case != BREAK))


def article_of(
    record: dict[str, Any], *, pieces: Pieces, ordinary: frozenset[str], flat: bool = False
) -> Article:
    """Bring one annotated record into words.

    An attribution without cue or content teaches nothing and is left out.
    """
    text = prepare(cut(record["text"], ordinary), pieces)
    told = []
    for attribution in record["attributions"]:
        cue = words_under(text, attribution.get("cue"))
        content = words_under(text, attribution.get("content"))
        if not len(cue) or not len(content):
            continue
        run = cue[: int(np.argmax(np.diff(cue, append=cue[-1] + 2) > 1)) + 1]
        told.append(
            Told(
                cue=(int(run[0]), int(run[-1]) + 1),
                source=words_under(text, attribution.get("source")),
                content=content,
            )
        )
    unsure = [words_under(text, [span]) for span in record.get("doubtful", ())]
    return Article(
        name=str(record["doc_id"]),
        text=text,
        told=tuple(told),
        flat=flat,
        doubtful=tuple((int(words[0]), int(words[-1]) + 1) for words in unsure if len(words)),
    )


def windows_of(article: Article, draw: np.random.Generator, *, length: int = WINDOW) -> Iterator[Window]:
    """Cut an article into windows without overlap, from a random paragraph on.

    So the cuts differ from round to round.
    """
    text = article.text
    breaks = np.flatnonzero(text.words.case == BREAK) + 1
    near = breaks[text.first[breaks] < length] if len(breaks) else breaks
    begin = 0
    if len(near) and draw.random() < INSIDE_SHARE:
        begin = int(draw.choice(near))
        yield Window(article, 0, begin)
    while begin < len(text):
        end = furthest(text, begin, length - EDGES)
        yield Window(article, begin, end)
        begin = end


def cue_targets(window: Window, width: int) -> Ints:
    """Return 0 outside, 1 where a cue begins, 2 where it goes on."""
    tags = np.zeros(width, dtype=np.int64)
    for told in window.article.told or ():
        start, end = told.cue
        if not window.begin <= start < window.end:
            continue
        tags[start - window.begin] = 1
        tags[start - window.begin + 1 : min(end, window.end) - window.begin] = 2
    return tags


def cue_weights(window: Window, width: int) -> Floats:
    """Return how much each word teaches the cue head."""
    article = window.article
    if article.told is None:
        return np.zeros(width, dtype=np.float32)
    weights = np.ones(width, dtype=np.float32)
    for told in article.told if article.flat else ():
        inside = told.content[(told.content >= window.begin) & (told.content < window.end)]
        weights[inside - window.begin] = INNER_WEIGHT
    for start, end in article.doubtful:
        weights[max(0, start - window.begin) : max(0, end - window.begin)] = 0
    for told in article.told:
        weights[max(0, told.cue[0] - window.begin) : max(0, told.cue[1] - window.begin)] = 1
    return weights


def mention_targets(window: Window, width: int) -> Ints:
    """Return the mention tag of each word."""
    tags = np.full(width, UNTOLD, dtype=np.int64)
    if window.article.mentions is not None:
        tags[: window.end - window.begin] = window.article.mentions[window.begin : window.end]
    return tags


def role_targets(told: Told, window: Window, width: int) -> Ints:
    """Return 0 outside, 1 source, 2 content, as far as the window reaches."""
    tags = np.zeros(width, dtype=np.int64)
    for tag, words in ((CONTENT, told.content), (SOURCE, told.source)):
        inside = words[(words >= window.begin) & (words < window.end)]
        tags[inside - window.begin] = tag
    tags[told.cue[0] - window.begin : min(told.cue[1], window.end) - window.begin] = 0
    return tags
