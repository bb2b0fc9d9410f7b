"""Pack whole paragraphs into windows the encoder can read, and describe each window as arrays."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.language.encoder.pieces import Pieces
from sayso.language.encoder.words import BREAK, Ints, Words

WINDOW = 256
OVERLAP = 48
EDGES = 2  # the start and stop pieces
NEAR, FAR = 8, 24
DISTANCES = 2 * FAR + 1
PARAGRAPHS = 5


@dataclass(frozen=True)
class Prepared:
    """A text ready to be cut into windows: words, their pieces, their paragraphs."""

    words: Words
    pieces: Ints  # all pieces of all words in a row
    first: Ints  # where each word's pieces begin; one entry more than words
    paragraph: Ints  # number of the paragraph each word stands in
    sentence_end: npt.NDArray[np.bool_]  # True after a word that may end a sentence

    def __len__(self) -> int:
        return len(self.paragraph)


def prepare(words: Words, pieces: Pieces) -> Prepared:
    """Look up the pieces and paragraphs of a text's words."""
    of = [pieces.of(word, case) for word, case in zip(words.surface, words.case.tolist(), strict=True)]
    lengths = np.fromiter((len(p) for p in of), dtype=np.int64, count=len(of))
    flat = np.fromiter((piece for p in of for piece in p), dtype=np.int64, count=int(lengths.sum()))
    ends = np.fromiter((word in ".!?" for word in words.surface), dtype=bool, count=len(of))
    breaks = words.case == BREAK
    return Prepared(
        words=words,
        pieces=flat,
        first=np.concatenate([[0], np.cumsum(lengths)]),
        paragraph=np.cumsum(breaks),
        sentence_end=ends | breaks,
    )


def furthest(text: Prepared, begin: int, budget: int) -> int:
    """Return the end of the longest run of words from `begin` that fits, cut where it hurts least."""
    end = int(np.searchsorted(text.first, text.first[begin] + budget, side="right")) - 1
    if end >= len(text):
        return len(text)
    end = max(end, begin + 1)
    half = begin + (end - begin) // 2
    for marks in (text.words.case[half:end] == BREAK, text.sentence_end[half:end]):
        found = np.flatnonzero(marks)
        if len(found):
            return half + int(found[-1]) + 1
    return end


def next_start(text: Prepared, begin: int, end: int, overlap: int) -> int:
    """Return where the window after `[begin, end)` starts: some short paragraphs back, if there are any."""
    least = int(np.searchsorted(text.first, text.first[end] - overlap, side="left"))
    least = max(least, begin + 1)
    starts = np.flatnonzero(text.words.case[least - 1 : end - 1] == BREAK)
    if len(starts):
        return least + int(starts[0])
    at_paragraph_end = text.words.case[end - 1] == BREAK
    return end if at_paragraph_end else least


def pack(text: Prepared, *, budget: int = WINDOW - EDGES, overlap: int = OVERLAP) -> list[tuple[int, int]]:
    """Return windows as half-open ranges of words, which together cover the text."""
    windows: list[tuple[int, int]] = []
    begin = 0
    while begin < len(text):
        end = furthest(text, begin, budget)
        windows.append((begin, end))
        if end >= len(text):
            break
        begin = next_start(text, begin, end, overlap)
    return windows


@dataclass(frozen=True)
class Batch:
    """Windows side by side, padded. `first` points from words to their first piece; 0 pads."""

    pieces: Ints
    case: Ints
    quoted: Ints
    seen: Ints  # 1 on real pieces
    first: Ints
    word_seen: Ints  # 1 on real words
    paragraph: Ints


def batch(texts: list[Prepared], windows: list[tuple[int, int]], pieces: Pieces, *, length: int = 0) -> Batch:
    """Lay windows out as arrays. `texts` holds the text of each window; `length` pads to a fixed size."""
    longest = max(int(t.first[b] - t.first[a]) for t, (a, b) in zip(texts, windows, strict=True)) + EDGES
    length = max(length, longest)
    wide = length - EDGES if length > longest else max(b - a for a, b in windows)
    rows = len(windows)
    out = Batch(
        pieces=np.full((rows, length), pieces.padding, dtype=np.int64),
        case=np.zeros((rows, length), dtype=np.int64),
        quoted=np.zeros((rows, length), dtype=np.int64),
        seen=np.zeros((rows, length), dtype=np.int64),
        first=np.zeros((rows, wide), dtype=np.int64),
        word_seen=np.zeros((rows, wide), dtype=np.int64),
        paragraph=np.zeros((rows, wide), dtype=np.int64),
    )
    for row, (text, (a, b)) in enumerate(zip(texts, windows, strict=True)):
        begin, end = int(text.first[a]), int(text.first[b])
        size = end - begin
        each = np.diff(text.first[a : b + 1])
        out.pieces[row, 0] = pieces.start
        out.pieces[row, 1 : size + 1] = text.pieces[begin:end]
        out.pieces[row, size + 1] = pieces.stop
        out.case[row, 1 : size + 1] = np.repeat(text.words.case[a:b], each)
        out.quoted[row, 1 : size + 1] = np.repeat(text.words.quoted[a:b], each)
        out.seen[row, : size + 2] = 1
        out.first[row, : b - a] = text.first[a:b] - begin + 1
        out.word_seen[row, : b - a] = 1
        out.paragraph[row, : b - a] = text.paragraph[a:b]
    return out


def distance_bucket(width: int, start: Ints, end: Ints) -> Ints:
    """Return, for each cue `[start, end)`, every word's signed distance: exact when near, coarse when far."""
    at = np.arange(width)[None, :]
    signed = np.minimum(at - start[:, None], 0) + np.maximum(at - end[:, None] + 1, 0)
    size = np.abs(signed)
    coarse = NEAR + np.floor(np.log2(np.maximum(size, NEAR) / NEAR) * 3.5).astype(np.int64)
    bucket = np.minimum(np.where(size <= NEAR, size, coarse), FAR)
    return np.asarray(np.sign(signed) * bucket + FAR, dtype=np.int64)


def paragraph_relation(paragraph: Ints, at: Ints) -> Ints:
    """Return how many paragraphs each word stands from its cue, at most two, as 0…4; all is [cues, words]."""
    here = np.take_along_axis(paragraph, at[:, None], axis=1)
    return np.asarray(np.clip(paragraph - here, -2, 2) + 2, dtype=np.int64)
