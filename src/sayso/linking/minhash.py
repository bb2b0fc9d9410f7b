"""Fingerprints of texts: a stable 64-bit hash, MinHash signatures with bands, and winnowed passages."""

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

_U = TypeVar("_U", np.uint32, np.uint64)

Hashes = npt.NDArray[np.uint64]
Signatures = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

# FNV-1a, 64 bit: http://www.isthe.com/chongo/tech/comp/fnv/ (public domain).
_FNV_BASIS = np.uint64(0xCBF29CE484222325)
_FNV_PRIME = np.uint64(0x100000001B3)
# Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014): SplitMix64.
_GOLDEN_GAMMA = np.uint64(0x9E3779B97F4A7C15)

PERMUTATIONS = 128
BANDS = 32
ROWS = PERMUTATIONS // BANDS
SHINGLE = 3  # words
# Winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003): every shared run of SHINGLE + WINDOW - 1 words
# leaves a common mark; shorter ones may go unseen.
WINDOW = 10  # shingles
_SEED = 20_310_503
_ROUND = 4096  # shingles or words hashed at a time, so that a long text takes no more memory than a short one
_LONGEST_WORD = 64  # letters: a longer run of them is cut
_ASCII = 128


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
    return _hashed(np.frombuffer(b"".join(words), dtype=np.uint8), np.cumsum(lengths) - lengths, lengths)


def _hashed(codes: Bytes, starts: Offsets, lengths: Offsets) -> Hashes:
    """Return the hash of each run of codes, the longest first so that the live ones lie together."""
    order = np.argsort(-lengths, kind="stable")
    hashes = np.full(len(order), _FNV_BASIS, dtype=np.uint64)
    for first in range(0, len(order), _ROUND):
        lot = order[first : first + _ROUND]
        longest = int(lengths[lot[0]])
        if not longest:
            break
        steps = np.arange(longest)
        # How many words of the lot are longer than each step.
        live = (len(lot) - np.searchsorted(lengths[lot[::-1]], steps, side="right")).tolist()
        places = np.minimum(starts[lot] + steps[:, None], len(codes) - 1)
        letters = codes[places].astype(np.uint64)
        held = hashes[first : first + len(lot)]
        for step, number in enumerate(live):
            some = held[:number]
            some ^= letters[step, :number]
            some *= _FNV_PRIME
    result = np.empty_like(hashes)
    result[order] = hashes
    return result


def mixed(values: Hashes) -> Hashes:
    """Return SplitMix64's finaliser of each value: every bit of the input moves every bit of the output."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@cache
def _letters() -> tuple[npt.NDArray[np.bool_], Bytes]:
    """Return which of the first 128 characters words are made of, and each of them folded."""
    characters = [chr(code) for code in range(_ASCII)]
    in_words = np.array([letter.isalnum() or letter == "_" for letter in characters])
    return in_words, np.array([ord(letter.casefold()) for letter in characters], dtype=np.uint8)


def tokens_of(text: str) -> Tokens:
    r"""Return the words of a text, runs of what `\w` matches; one of more than 64 letters is cut."""
    in_words, folded = _letters()
    if text.isascii():
        codes = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
        starts, ends = _runs(in_words[codes])
        return Tokens(hashes=_hashed(folded[codes], starts, ends - starts), starts=starts, ends=ends)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    starts, ends = _runs(_word_letters(points))
    foreign = np.concatenate([[0], np.cumsum(points >= _ASCII)])
    plain = foreign[starts] == foreign[ends]
    # A word that no run of plain letters holds is folded and hashed by itself.
    hashes = np.empty(len(starts), dtype=np.uint64)
    codes = folded[np.minimum(points, _ASCII - 1)]
    hashes[plain] = _hashed(codes, starts[plain], (ends - starts)[plain])
    other = zip(starts[~plain].tolist(), ends[~plain].tolist(), strict=True)
    words = [text[start:end].casefold().encode("utf-8", "surrogatepass") for start, end in other]
    hashes[~plain] = fnv1a(words)
    return Tokens(hashes=hashes, starts=starts, ends=ends)


def _word_letters(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Tell which code points words are made of."""
    in_words, _ = _letters()
    held = in_words[np.minimum(points, _ASCII - 1)]
    beyond = np.flatnonzero(points >= _ASCII)
    distinct, which = np.unique(points[beyond], return_inverse=True)
    held[beyond] = np.array([chr(point).isalnum() for point in distinct.tolist()], dtype=bool)[which]
    return held


def _runs(held: npt.NDArray[np.bool_]) -> tuple[Offsets, Offsets]:
    """Return where the runs of what is held start and end, none of them too long."""
    edges = np.flatnonzero(np.diff(held, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    pieces = -(-(ends - starts) // _LONGEST_WORD)
    if len(pieces) and pieces.max() > 1:
        before = np.repeat(np.cumsum(pieces) - pieces, pieces)
        starts = np.repeat(starts, pieces) + (np.arange(len(before)) - before) * _LONGEST_WORD
        ends = np.minimum(starts + _LONGEST_WORD, np.repeat(ends, pieces))
    return starts, ends


def shingles(tokens: Hashes, width: int) -> Hashes:
    """Return a hash for every run of `width` words; one for the whole text when it is shorter."""
    if not len(tokens):
        return tokens
    width = min(width, len(tokens))
    stirred = mixed(tokens + _GOLDEN_GAMMA)
    runs = np.zeros(len(tokens) - width + 1, dtype=np.uint64)
    for step in range(width):
        runs *= _FNV_PRIME
        runs += stirred[step : step + len(runs)]
    return mixed(runs)


@cache
def _factors() -> tuple[Signatures, Signatures]:
    steps = np.uint64(_SEED) + np.arange(1, 2 * PERMUTATIONS + 1, dtype=np.uint64) * _GOLDEN_GAMMA
    drawn = _high_half(mixed(steps))
    return drawn[:PERMUTATIONS, None] | np.uint32(1), drawn[PERMUTATIONS:, None]


def distinct(values: npt.NDArray[_U]) -> npt.NDArray[_U]:
    """Return the distinct values in ascending order; a sort is many times as fast as NumPy's `unique`."""
    ordered = np.sort(values)
    fresh = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]


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
    grams = distinct(_high_half(shingles(tokens, SHINGLE)))
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
    """Return the distinct winnowed hashes of a text's word 3-grams, in ascending order.

    A text that is shorter than a window has one mark, and one that is shorter than a 3-gram none.
    """
    if len(tokens) < SHINGLE:
        return tokens[:0]
    grams = shingles(tokens, SHINGLE)
    if len(grams) <= WINDOW:
        return np.sort(grams)[:1]
    least = grams[: len(grams) - WINDOW + 1].copy()
    for step in range(1, WINDOW):
        np.minimum(least, grams[step : step + len(least)], out=least)
    return distinct(least)
