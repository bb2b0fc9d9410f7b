"""Negation: its cues, what they reach, and which of them negates a main clause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claims.negation import affix_of, negated_by, negations


def cues(sentence: str) -> list[str]:
    words = sentence.lower().split()
    return [" ".join(words[at] for at in one.cue) for one in negations(words)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("the bridge was not shelled", ["not"]),
        ("they do n't know and never asked", ["n't", "never"]),
        ("neither the army nor the navy fired", ["neither nor"]),
        ("it is by no means over", ["by no means"]),
        ("the road is no longer safe", ["no longer"]),
        ("not only the mill burned", []),
        ("it was nothing but rain", []),
        ("the unarmed men waited", ["unarmed"]),
        ("it was impossible and useless", ["impossible", "useless"]),
        ("under the universal union until noon", []),
        ("he is interested in the important island", []),
        ("unless it rains the wireless works", []),
    ],
)
def test_a_cue_is_found_as_a_word_a_phrase_or_an_affix(sentence: str, found: list[str]) -> None:
    assert cues(sentence) == found


@pytest.mark.parametrize(
    ("word", "affix"),
    [("unsafe", "un"), ("irregular", "ir"), ("homeless", "less"), ("carelessly", "less"), ("until", None)],
)
def test_an_affix_is_the_negating_part_of_its_word(word: str, affix: str | None) -> None:
    found = affix_of(word)
    assert (None if found is None else word[slice(*found)]) == affix


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("ordania has not shelled the town", "not"),
        ("we possess no mines", "no"),
        ("no mines were found", "no"),
        ("nobody was hurt", "nobody"),
        ("they did not stop the guns from firing", None),
        ("he asked not to be named", None),
        ("the guns which did not fire were sold", None),
        ("the unsafe bridge was closed", None),
        ("no , the bridge was closed", None),
    ],
)
def test_the_word_that_negates_the_main_clause_is_told(sentence: str, word: str | None) -> None:
    words = sentence.split()
    at = negated_by(words)
    assert (None if at is None else words[at]) == word


def test_a_negated_verb_reaches_its_clause_and_no_further() -> None:
    words = ["he", "did", "not", "come", ",", "because", "rain", "fell"]
    (one,) = negations(words)
    assert words[slice(*one.scope)] == ["he", "did", "not", "come"]


@given(st.lists(st.sampled_from(["no", "not", "nor", "neither", "by", "means", "unfit", ",", ".", "a"])))
def test_cues_and_scopes_are_words_of_the_sentence(words: list[str]) -> None:
    for one in negations(words):
        assert all(0 <= at < len(words) for at in one.cue)
        assert 0 <= one.scope[0] <= one.scope[1] <= len(words)
