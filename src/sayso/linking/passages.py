"""Which passages two texts share, word by word, with their exact places in both."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from sayso.core.spans import Span, Spans
from sayso.linking.minhash import Hashes, Tokens, shingles

SEED = 4  # words that must agree before two passages are compared
_REPEATS = 16  # places of one 4-gram that are tried: a refrain is not followed further
_GAP = 4  # changed words that do not end a passage
_OPENING = "“«„"
_CLOSING = "”»"


class Block(msgspec.Struct, frozen=True):
    """A run of equal words: where it starts in both texts, in words, and how many they are."""

    left: int
    right: int
    length: int


class Places:
    """Where each 4-gram of a text stands."""

    def __init__(self, tokens: Hashes) -> None:
        self._tokens = tokens.tolist()
        self._places: defaultdict[int, list[int]] = defaultdict(list)
        if len(tokens) >= SEED:
            for place, gram in enumerate(shingles(tokens, SEED).tolist()):
                places = self._places[gram]
                if len(places) < _REPEATS:
                    places.append(place)

    def shared(self, tokens: Hashes) -> list[Block]:
        """Return the longest runs that a text shares with this one, in its order; none overlap in it.

        Each run is found at its first word and followed as far as the words agree; the next one starts
        after it, so that the work grows with the length of the text.
        """
        grams = shingles(tokens, SEED).tolist() if len(tokens) >= SEED else []
        words = tokens.tolist()
        blocks: list[Block] = []
        at = 0
        while at < len(grams):
            runs = ((self._run(words, at, place), -place) for place in self._places.get(grams[at], ()))
            length, place = max(runs, default=(0, 0))
            if length >= SEED:
                blocks.append(Block(at, -place, length))
            at += max(1, length)
        return blocks

    def _run(self, words: Sequence[int], left: int, right: int) -> int:
        most = min(len(words) - left, len(self._tokens) - right)
        for length in range(most):
            if words[left + length] != self._tokens[right + length]:
                return length
        return most


def spans_of(runs: Iterable[tuple[int, int]], tokens: Tokens) -> Spans:
    """Return the code points of runs of words, each given by its first word and its length."""
    return tuple(Span(int(tokens.starts[first]), int(tokens.ends[first + n - 1])) for first, n in runs)


def covered(runs: Iterable[tuple[int, int]]) -> int:
    """Return how many words lie in at least one run."""
    return len({word for first, length in runs for word in range(first, first + length)})


def passages(blocks: Sequence[Block]) -> list[list[Block]]:
    """Gather the blocks that follow each other in both texts; a few changed words do not end a passage."""
    gathered: list[list[Block]] = []
    for block in blocks:
        if gathered and _continues(gathered[-1][-1], block):
            gathered[-1].append(block)
        else:
            gathered.append([block])
    return gathered


def _continues(before: Block, after: Block) -> bool:
    gaps = (after.left - before.left - before.length, after.right - before.right - before.length)
    return min(gaps) >= 0 and max(gaps) <= _GAP


def quoted(span: Span, text: str) -> bool:
    """Tell whether a span lies within quotation marks of its paragraph."""
    start = text.rfind("\n", 0, span.start) + 1
    before = text[start : span.start]
    opened = max(before.rfind(mark) for mark in _OPENING)
    if opened > max(before.rfind(mark) for mark in _CLOSING):
        return True
    return before.count('"') % 2 == 1
