"""A review is somebody's fact-check of a claim, and its id is what was published."""

import pytest

from sayso.core.errors import BadRecord
from sayso.core.records import Review


def review(**changed: str | None) -> Review:
    published: dict[str, str | None] = {
        "claim_reviewed": "The dam broke",
        "author": "Lantern",
        "rating": "False",
        "url": "https://checks.example/1",
    }
    return Review(**published | changed)  # type: ignore[arg-type]  # keywords by name


def test_a_review_of_nothing_is_an_error() -> None:
    with pytest.raises(BadRecord, match="no-claim-reviewed"):
        review(claim_reviewed=" ")


@pytest.mark.parametrize("field", ["published_at", "claimed_at"])
def test_a_review_with_a_date_that_is_none_is_an_error(field: str) -> None:
    with pytest.raises(BadRecord, match="bad-date"):
        review(**{field: "last May"})


def test_a_rating_that_changes_makes_another_review() -> None:
    assert review().id != review(rating="True").id
    assert review(rating_value="1").id != review(rating_value="2").id


def test_what_a_feed_leaves_out_does_not_count_for_the_id() -> None:
    assert review(claimed_by=None, language=None).id == review().id
