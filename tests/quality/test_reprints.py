from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from quality import reprints

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def made(shared: Path) -> list[reprints.Printed]:
    assert shared.exists()
    return reprints.printed(stories=10, others=40)


def test_the_same_set_is_made_again(made: list[reprints.Printed]) -> None:
    assert reprints.printed(stories=10, others=40) == made
    assert len(made) == 10 * (1 + len(reprints.EDITS)) + 40


def test_every_reprint_comes_after_its_story(made: list[reprints.Printed]) -> None:
    first = {one.family: one.published for one in made if one.how == "story"}
    later = [one for one in made if one.how not in {"story", "other"}]
    assert all(first[one.family] < one.published for one in later)


def test_near_pairs_are_all_pairs_that_share_half_of_their_3_grams(made: list[reprints.Printed]) -> None:
    truth = reprints.Truth(one.text for one in made)
    pairs = [(one, other) for other in range(len(made)) for one in range(other)]
    assert truth.near_pairs() == {pair for pair in pairs if truth.jaccard(*pair) >= reprints.NEAR}


def test_overlap_is_counted_in_3_grams() -> None:
    truth = reprints.Truth(["a b c d e", "A b c, x d e", "x", ""])
    assert truth.jaccard(0, 1) == 1 / 6
    assert truth.shared_words(0, 1) == 3
    assert truth.jaccard(2, 3) == truth.shared_words(2, 0) == 0


def test_a_small_set_is_found(made: list[reprints.Printed]) -> None:
    score = reprints.scored(made)
    assert score.near_right[0] == score.near_right[1] > 0
    assert sum(found for found, _ in score.partial.values()) >= 0.95 * sum(
        of for _, of in score.partial.values()
    )
