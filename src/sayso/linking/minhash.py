"""Fingerprints of texts: a stable 64-bit hash, MinHash signatures with bands, and winnowed passages."""

import re
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

Hashes = npt.NDArray[np.uint64]
Signatures = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]

# FNV-1a, 64 bit: http://www.isthe.com/chongo/tech/comp/fnv/ (public domain).
_FNV_BASIS = np.uint64(0xCBF29CE484222325)
_FNV_PRIME = np.uint64(0x100000001B3)
# Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014): SplitMix64.
_GOLDEN_GAMMA = np.uint64(0x9E3779B97F4A7C15)

PERMUTATIONS = 128
BANDS = 32
ROWS = PERMUTATIONS // BANDS
SHINGLE = 3  # words
# Winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003): every shared run of PASSAGE + WINDOW - 1 words
# leaves a common mark; shorter ones may go unseen.
PASSAGE = 8  # words
WINDOW = 16  # passages
_SEED = 20_310_503
_ROUND = 4096  # shingles hashed at a time, so that a long text takes no more memory than a short one
_WORD = re.compile(r"\w{1,64}")


class Tokens(msgspec.Struct, frozen=True):
    """The words of a text, folded and hashed, with their places in code points."""

    hashes: Hashes
    starts: Offsets
    ends: Offsets

    def __len__(self) -> int:
        return len(self.hashes)


def fnv1a(words: Sequence[bytes]) -> Hashes:
    """Return the 64-bit FNV-1a hash of each byte string; the same on every machine and in every run."""
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    order = np.argsort(-lengths, kind="stable")
    ordered = lengths[order]
    codes = np.frombuffer(b"".join(words), dtype=np.uint8).astype(np.uint64)
    starts = (np.cumsum(lengths) - lengths)[order]
    hashes = np.full(len(words), _FNV_BASIS, dtype=np.uint64)
    for at in range(int(ordered[0]) if len(words) else 0):
        live = int(np.searchsorted(-ordered, -at, side="left"))  # the words longer than `at` come first
        hashes[:live] = (hashes[:live] ^ codes[starts[:live] + at]) * _FNV_PRIME
    result = np.empty_like(hashes)
    result[order] = hashes
    return result


def mixed(values: Hashes) -> Hashes:
    """Return SplitMix64's finaliser of each value: every bit of the input moves every bit of the output."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def tokens_of(text: str) -> Tokens:
    """Return the words of a text; a run of more than 64 letters is cut."""
    found = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
    distinct = list(dict.fromkeys(word.casefold() for word, _, _ in found))
    hashes = fnv1a([word.encode("utf-8", "surrogatepass") for word in distinct])
    numbers = {word: number for number, word in enumerate(distinct)}
    which = np.fromiter((numbers[word.casefold()] for word, _, _ in found), dtype=np.int64, count=len(found))
    return Tokens(
        hashes=hashes[which],
        starts=np.fromiter((start for _, start, _ in found), dtype=np.int64, count=len(found)),
        ends=np.fromiter((end for _, _, end in found), dtype=np.int64, count=len(found)),
    )


def shingles(tokens: Hashes, width: int) -> Hashes:
    """Return a hash for every run of `width` words; one for the whole text when it is shorter."""
    if not len(tokens):
        return tokens
    width = min(width, len(tokens))
    runs = np.zeros(len(tokens) - width + 1, dtype=np.uint64)
    for step in range(width):
        runs = runs * _FNV_PRIME + mixed(tokens[step : step + len(runs)] + _GOLDEN_GAMMA)
    return mixed(runs)


def _factors() -> tuple[Signatures, Signatures]:
    steps = np.uint64(_SEED) + np.arange(1, 2 * PERMUTATIONS + 1, dtype=np.uint64) * _GOLDEN_GAMMA
    drawn = _high_half(mixed(steps))
    return drawn[:PERMUTATIONS, None] | np.uint32(1), drawn[PERMUTATIONS:, None]


def _high_half(values: Hashes) -> Signatures:
    return (values >> np.uint64(32)).astype(np.uint32)


def signature(tokens: Hashes) -> Signatures:
    """Return the 128 smallest values of a text's word 3-grams under as many permutations.

    Two texts agree in as many places as their 3-gram sets overlap (Broder 1997). The permutations are
    odd multiplications and additions modulo 2**32 of the upper half of each 3-gram's hash: half the width
    is twice the speed. A text without words gives the largest values.
    """
    factors, shifts = _factors()
    least: Signatures = np.full(PERMUTATIONS, np.iinfo(np.uint32).max, dtype=np.uint32)
    grams = np.unique(_high_half(shingles(tokens, SHINGLE)))
    for start in range(0, len(grams), _ROUND):
        permuted: Signatures = factors * grams[None, start : start + _ROUND]
        permuted += shifts
        np.minimum(least, permuted.min(axis=1), out=least)
    return least


def band_keys(signatures: Signatures) -> Hashes:
    """Return 32 keys for each row of 128 values: two texts that share one are worth comparing."""
    rows = signatures.astype(np.uint64).reshape(len(signatures), BANDS, ROWS)
    keys = np.zeros(rows.shape[:2], dtype=np.uint64)
    for row in range(ROWS):
        keys = mixed(keys * _FNV_PRIME + rows[:, :, row] + _GOLDEN_GAMMA)
    return keys


def marks(tokens: Hashes) -> Hashes:
    """Return the distinct winnowed hashes of a text's 8-word passages, in ascending order."""
    passages = shingles(tokens, PASSAGE)
    if len(tokens) < PASSAGE:
        return passages[:0]
    if len(passages) <= WINDOW:
        return np.sort(passages)[:1]
    return np.unique(sliding_window_view(passages, WINDOW).min(axis=1))
