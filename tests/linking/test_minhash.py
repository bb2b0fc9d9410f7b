import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.linking.minhash import (
    PERMUTATIONS,
    SHINGLE,
    WINDOW,
    band_keys,
    fnv1a,
    marks,
    mixed,
    shingles,
    signature,
    tokens_of,
)

WORDS = [f"word{n}" for n in range(400)]


def hashes(words: list[str]) -> np.ndarray:
    return tokens_of(" ".join(words)).hashes


def test_fnv1a_gives_the_published_values() -> None:
    # http://www.isthe.com/chongo/src/fnv/test_fnv.c
    golden = {b"": 0xCBF29CE484222325, b"a": 0xAF63DC4C8601EC8C, b"foobar": 0x85944171F73967E8}
    assert fnv1a(list(golden)).tolist() == list(golden.values())


@given(st.lists(st.binary(max_size=70), max_size=20))
def test_fnv1a_agrees_with_its_definition_byte_by_byte(words: list[bytes]) -> None:
    def plain(word: bytes) -> int:
        value = 0xCBF29CE484222325
        for byte in word:
            value = (value ^ byte) * 0x100000001B3 % 2**64
        return value

    assert fnv1a(words).tolist() == [plain(word) for word in words]


def test_mixing_gives_the_published_values_of_splitmix64() -> None:
    # The first outputs of SplitMix64 seeded with 0 are the finaliser of 1, 2 and 3 times the golden gamma.
    gamma = np.uint64(0x9E3779B97F4A7C15)
    found = mixed(np.arange(1, 4, dtype=np.uint64) * gamma)
    assert found.tolist() == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


def test_a_signature_keeps_its_golden_values() -> None:
    found = signature(hashes(["shells", "hit", "the", "fish", "market", "of", "brenna"]))
    assert found.shape == (PERMUTATIONS,)
    assert found[:3].tolist() == [0x2758901, 0x4E3E326, 0x907270D8]
    assert band_keys(found[None, :])[0, :2].tolist() == [0xEF1E854786F778F8, 0x5B1C6984AD8AD9C4]
    assert marks(hashes(WORDS[:SHINGLE])).tolist() == shingles(hashes(WORDS[:SHINGLE]), SHINGLE).tolist()


@given(st.integers(0, 200), st.integers(100, 200))
def test_signatures_agree_as_far_as_the_3_grams_overlap(start: int, length: int) -> None:
    left, right = WORDS[:200], WORDS[start : start + length]
    grams = [set(zip(words, words[1:], words[2:], strict=False)) for words in (left, right)]
    jaccard = len(grams[0] & grams[1]) / len(grams[0] | grams[1])
    estimate = float((signature(hashes(left)) == signature(hashes(right))).mean())
    # Four standard deviations of 128 draws.
    assert abs(estimate - jaccard) <= 4 * 0.5 / PERMUTATIONS**0.5


def test_a_long_text_is_hashed_in_rounds_with_the_same_result() -> None:
    words = hashes([f"w{n}" for n in range(10_000)])
    halves = [signature(words[:5_002]), signature(words[5_000:])]
    assert (signature(words) == np.minimum(*halves)).all()


@given(st.integers(0, 60), st.integers(0, 60))
def test_every_long_shared_run_leaves_a_common_mark(before: int, after: int) -> None:
    shared = WORDS[: SHINGLE + WINDOW - 1]
    left = [f"left{n}" for n in range(before)] + shared + [f"left{n}" for n in range(after, 90)]
    right = [f"right{n}" for n in range(after)] + shared + [f"right{n}" for n in range(before, 90)]
    assert np.intersect1d(marks(hashes(left)), marks(hashes(right))).size


def test_texts_too_short_for_a_3_gram_have_no_marks() -> None:
    assert not marks(hashes(WORDS[: SHINGLE - 1])).size
    assert marks(hashes(WORDS[:SHINGLE])).size == 1


def test_a_short_text_is_one_shingle_and_an_empty_one_none() -> None:
    assert shingles(hashes(WORDS[:2]), 3).size == 1
    assert not shingles(hashes([]), 3).size


@given(st.text())
def test_words_are_hashed_where_they_stand(text: str) -> None:
    tokens = tokens_of(text)
    words = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert [len(word) <= 64 and not word.isspace() for word in words] == [True] * len(tokens)
    again = tokens_of(" ".join(words))
    assert (again.hashes == tokens.hashes).all()


@given(st.text(alphabet="aZ_ 0.,\n’éßİΣς٣²\U0001f54a", max_size=60), st.integers(1, 70))
def test_words_are_what_the_pattern_of_words_matches(text: str, times: int) -> None:
    text = text * times
    found = [(match[0], *match.span()) for match in re.finditer(r"\w{1,64}", text)]
    tokens = tokens_of(text)
    assert tokens.starts.tolist() == [start for _, start, _ in found]
    assert tokens.ends.tolist() == [end for _, _, end in found]
    assert tokens.hashes.tolist() == fnv1a([word.casefold().encode() for word, _, _ in found]).tolist()
