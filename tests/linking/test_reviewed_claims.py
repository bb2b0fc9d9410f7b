"""A fact-check is suggested only for a claim of which it plainly is."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import pytest

from sayso.core.records import Link, Review
from sayso.flow.contract import Memory
from sayso.flow.pipeline import extract
from sayso.linking.reviews import ReviewedClaims, ranked, words_to_file

OTHERS = (
    "The harbour of Port Sela was closed for three weeks in September",
    "A bus from Stannet to Luve was hit by two trains",
    "Ilan Roke has never paid taxes in Tarsa",
    "Belmark sells its wheat to nobody",
    "The chapel of Saint Orsa was built by sailors",
)


class Shelf:
    """Reviews in memory, looked up as a ledger looks them up."""

    def __init__(self, *claims: str, rating: str = "False") -> None:
        self._reviews = [
            Review(claim_reviewed=claim, author="Lantern", rating=rating, url=f"https://x/{n}")
            for n, claim in enumerate(claims)
        ]
        self.size = len(self._reviews)
        self._filed: defaultdict[str, list[int]] = defaultdict(list)
        for number, review in enumerate(self._reviews):
            for word in words_to_file(review):
                self._filed[word].append(number)

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        return {word: len(self._filed[word]) for word in words if word in self._filed}

    def holding(self, word: str, most: int) -> Sequence[int]:
        return self._filed.get(word, [])[:most]

    def review(self, number: int) -> Review:
        return self._reviews[number]


def links(text: str, *reviewed: str) -> list[Link]:
    memory = Memory([extract(text, publisher="Hill Post", published="2037-05-06")])
    shelf = Shelf(*reviewed, *OTHERS)
    return [found for found in memory.link(ReviewedClaims(shelf)) if isinstance(found, Link)]


def test_a_claim_in_the_words_of_a_reviewed_one_is_given_its_review() -> None:
    text = "North Belmora fired two ballistic missiles into the Sea of Arn, a spokesman said."
    [link] = links(text, "North Belmora fired two ballistic missiles into the Sea of Arn")
    assert link.kind == "reviewed_by"
    assert link.rule == "reviewed-same-words"
    assert "Lantern" in link.why
    assert "False" in link.why


def test_other_words_around_the_same_claim_rate_lower() -> None:
    text = "On Tuesday morning North Belmora fired two ballistic missiles into the Sea of Arn, he said."
    reviewed = "North Belmora fired two ballistic missiles into the Sea of Arn"
    [link] = links(text, reviewed)
    [same] = links(f"{reviewed}, he said.", reviewed)
    assert link.score < same.score


@pytest.mark.parametrize(
    ("said", "reviewed"),
    [
        (
            "South Belmora fired two ballistic missiles into the Sea of Arn, a spokesman said.",
            "North Belmora fired two ballistic missiles into the Sea of Arn",
        ),
        (
            "President Oskar Dahl signed the law against foreign newspapers in Tarsa, his office said.",
            "President Mila Krantz signed the law against foreign newspapers in Tarsa",
        ),
        (
            "Some 25,000 people marched through Karsel against the government, police said.",
            "Some 80,000 people marched through Karsel against the government",
        ),
        (
            "The army of Quenland did not open the sluices of the Orrin dam, a general said.",
            "The army of Quenland opened the sluices of the Orrin dam",
        ),
        (
            "The ministry denied that the army of Quenland had opened the sluices of the Orrin dam.",
            "The army of Quenland opened the sluices of the Orrin dam",
        ),
        (
            "Varn soldiers shot at guards of Osk near the river bridge, a spokesman said.",
            "Osk guards shot at soldiers of Varn near the river bridge",
        ),
        (
            "The prices of bread and fuel have doubled since last winter, she said.",
            "The prices of bread and fuel have doubled since last winter",
        ),
        ("Belmora is at war, he said.", "Belmora is at war"),
        (
            "The chapel of Saint Orsa collapsed under heavy snow, the mayor said.",
            "The mosque of Leth collapsed under heavy snow in winter",
        ),
    ],
    ids=["state", "person", "figure", "negated", "denied", "roles", "no name", "short", "other thing"],
)
def test_another_claim_is_given_no_review(said: str, reviewed: str) -> None:
    assert links(said, reviewed) == []


def test_exchanging_two_names_exchanges_the_links() -> None:
    text = "North Belmora fired two ballistic missiles at the port of Arn, a spokesman of Ostany said."
    reviewed = "North Belmora fired two ballistic missiles at the port of Arn"
    there = links(text, reviewed)
    swapped = text.replace("Belmora", "Sulmark"), reviewed.replace("Belmora", "Sulmark")
    back = links(*swapped)
    assert [(link.rule, link.score) for link in there] == [(link.rule, link.score) for link in back]
    assert there


def test_no_more_than_three_reviews_of_one_claim_are_suggested() -> None:
    claim = "North Belmora fired two ballistic missiles into the Sea of Arn"
    assert len(links(f"{claim}, he said.", *[claim] * 50)) == 3


def test_a_ranking_has_what_may_be_of_a_claim_the_nearest_first() -> None:
    shelf = Shelf("North Belmora fired two missiles into the Sea of Arn", *OTHERS)
    found = ranked("South Belmora launched a missile towards the Sea of Arn", shelf, 3)
    assert found[0].review.claim_reviewed.startswith("North Belmora")
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert ranked("Nothing of it stands anywhere", shelf, 3) == []
