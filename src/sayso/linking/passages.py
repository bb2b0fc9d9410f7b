"""Which passages two texts share, word by word, with their exact places in both."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from sayso.core.spans import Span, Spans
from sayso.linking.minhash import Hashes, Tokens, distinct, shingles

SEED = 3  # words that must agree before two passages are compared
_REPEATS = 16  # places of one run of SEED words that are tried: a refrain is not followed further
_MOST_PLACES = 2_000_000  # places tried in all, so that refrains of a very long text do not fill the memory
_GAP = 4  # changed words that do not end a passage
# Of a passage of which nearly every second word is changed, runs of SEED words stand so far apart.
_REWORDED_GAP = 24
_DRIFT = 8  # words that one side of a gap may have more than the other
_CHAINS = 8  # passages that a run of words is tried at the end of
_LOOKED_BACK = 4000  # code points in which the mark that opens a quotation is looked for
_OPENING = "“«„"
_CLOSING = "”»"

Numbers = npt.NDArray[np.int64]


class Block(msgspec.Struct, frozen=True):
    """A run of equal words: where it starts in both texts, in words, and how many they are."""

    left: int
    right: int
    length: int


class Places:
    """Where each run of SEED words of a text stands."""

    def __init__(self, tokens: Hashes) -> None:
        self.grams = shingles(tokens, SEED) if len(tokens) >= SEED else tokens[:0]
        self._order = np.argsort(self.grams, kind="stable")
        self._sorted = self.grams[self._order]

    def nth(self) -> Numbers:
        """Return for each run of SEED words how often it stood before."""
        nth = np.empty(len(self.grams), dtype=np.int64)
        nth[self._order] = np.arange(len(self.grams)) - np.searchsorted(
            self._sorted, self._sorted, side="left"
        )
        return nth

    def overlap(self, other: "Places") -> float:
        """Return the Jaccard index of the word 3-grams of two texts, 0 to 1."""
        left, right = distinct(self.grams), distinct(other.grams)
        common = len(np.intersect1d(left, right, assume_unique=True))
        return common / max(1, len(left) + len(right) - common)

    def shared(self, other: "Places") -> list[Block]:
        """Return the runs of words that another text shares with this one, in its order.

        None overlap in the other text. The longest come first: each takes what no longer one has.
        """
        found = self._runs(other)
        taken = bytearray(len(other.grams) + SEED - 1)
        blocks: list[Block] = []
        for left, right, length in found:
            blocks += free(Block(left, right, length), taken)
        return sorted(blocks, key=lambda block: block.left)

    def _runs(self, other: "Places") -> list[tuple[int, int, int]]:
        """Return (place in the other text, place here, words) of every longest run, the longest first."""
        grams = other.grams
        first = np.searchsorted(self._sorted, grams, side="left")
        all_places = np.searchsorted(self._sorted, grams, side="right") - first
        repeats = max(1, min(_REPEATS, _MOST_PLACES // max(1, len(grams))))
        often = np.minimum(all_places, repeats)
        # The nth time that a refrain stands in one text it is held against the nth time in the other.
        first += np.clip(other.nth() - repeats // 2, 0, all_places - often)
        left = np.repeat(np.arange(len(grams)), often)
        nth = np.arange(len(left)) - np.repeat(np.cumsum(often) - often, often)
        right = self._order[np.repeat(first, often) + nth]
        by_diagonal = np.lexsort((left, right - left))
        left, right = left[by_diagonal], right[by_diagonal]
        begins = np.ones(len(left), dtype=bool)
        begins[1:] = (np.diff(left) != 1) | (np.diff(right) != 1)
        starts = np.flatnonzero(begins)
        lengths = np.diff(starts, append=len(left)) + SEED - 1
        order = np.lexsort((right[starts], left[starts], -lengths))
        starts, lengths = starts[order], lengths[order]
        columns = (left[starts].tolist(), right[starts].tolist(), lengths.tolist())
        return list(zip(*columns, strict=True))


def free(block: Block, taken: bytearray) -> Iterator[Block]:
    """Yield the pieces of a run whose left words nothing has taken yet, and take them; `taken` is by word."""
    start, end = block.left, block.left + block.length
    while end - start >= SEED:
        stop = taken.find(1, start, end)
        stop = end if stop < 0 else stop
        if stop - start >= SEED:
            taken[start:stop] = b"\x01" * (stop - start)
            yield Block(start, block.right + start - block.left, stop - start)
        start = taken.find(0, stop, end)
        if start < 0:
            return


def spans_of(runs: Iterable[tuple[int, int]], tokens: Tokens) -> Spans:
    """Return the code points of runs of words, each given by its first word and its length."""
    return tuple(Span(int(tokens.starts[first]), int(tokens.ends[first + n - 1])) for first, n in runs)


def covered(runs: Iterable[tuple[int, int]]) -> int:
    """Return how many words lie in at least one run."""
    return len({word for first, length in runs for word in range(first, first + length)})


def passages(blocks: Sequence[Block], *, gap: int = _GAP) -> list[list[Block]]:
    """Gather the blocks, in the order of their left places, that follow each other in both texts.

    At most `gap` changed words on either side do not end a passage, nor does a run in between that stands
    elsewhere in the other text.
    """
    gathered: list[list[Block]] = []
    for block in blocks:
        recent = gathered[: -_CHAINS - 1 : -1]
        chain = next((chain for chain in recent if _continues(chain[-1], block, gap)), None)
        if chain is None:
            gathered.append([block])
        else:
            chain.append(block)
    return gathered


def _continues(before: Block, after: Block, gap: int) -> bool:
    own, other = after.left - before.left - before.length, after.right - before.right - before.length
    return min(own, other) >= 0 and max(own, other) <= gap and abs(own - other) <= _DRIFT


def reworded(blocks: Sequence[Block]) -> list[list[Block]]:
    """Gather passages of which many words are changed: those too far apart for `passages`."""
    return passages(blocks, gap=_REWORDED_GAP)


def words_in(blocks: Iterable[Block]) -> int:
    """Return how many words some blocks have."""
    return sum(block.length for block in blocks)


def quoted(span: Span, text: str) -> bool:
    """Tell whether a span lies within quotation marks of its paragraph."""
    nearest = max(0, span.start - _LOOKED_BACK)
    start = max(nearest, text.rfind("\n", nearest, span.start) + 1)
    before = text[start : span.start]
    opened = max(before.rfind(mark) for mark in _OPENING)
    if opened > max(before.rfind(mark) for mark in _CLOSING):
        return True
    return before.count('"') % 2 == 1
