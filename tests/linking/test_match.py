import pytest

from sayso.core.errors import BadInput
from sayso.linking.same import MatchClaim, match

CLAIMS = [
    {"id": "a", "text": "Vesland shelled the fish market of Brenna.", "title": "Did shells hit the market?"},
    {"id": "b", "text": "The ferry to Ostrany sinks every spring."},
    {"id": "c", "text": "Vesland bought forty ferries."},
]


def test_the_claim_that_a_text_repeats_comes_first() -> None:
    (ranking,) = match(["Shelling of Brenna's fish market by Vesland"], CLAIMS)
    assert ranking[0].id == "a"
    assert [found.score for found in ranking] == sorted((found.score for found in ranking), reverse=True)
    assert all(0 < found.score <= 1 for found in ranking)


def test_words_run_together_and_misspelt_still_match() -> None:
    (ranking,) = match(["#ferrytoostrany sinkss https://example.org/xyz"], CLAIMS)
    assert ranking[0].id == "b"


def test_every_query_has_a_ranking_of_at_most_top() -> None:
    rankings = match(["Vesland ferry", "", "???", "quartz"], CLAIMS, top=1)
    assert [len(ranking) for ranking in rankings] == [1, 0, 0, 0]


def test_a_claim_may_be_a_record_or_a_mapping_with_more_fields() -> None:
    claims: list[MatchClaim | dict[str, str]] = [
        MatchClaim(id="a", text="The dam broke"),
        {"id": "b", "text": "The dam held", "label": "x"},
    ]
    (ranking,) = match(["the dam held"], claims)
    assert [found.id for found in ranking] == ["b", "a"]


def test_equal_scores_keep_the_order_of_the_claims() -> None:
    claims = [{"id": str(n), "text": "The dam broke"} for n in range(20)]
    (ranking,) = match(["the dam broke"], claims)
    assert [found.id for found in ranking] == [str(n) for n in range(20)]


def test_no_claims_give_empty_rankings() -> None:
    assert match(["the dam"], []) == [[]]


def test_a_claim_without_text_is_refused_with_its_number() -> None:
    with pytest.raises(BadInput, match="claim 1"):
        match(["x"], [{"id": "a", "text": "b"}, {"id": "c"}])


def test_a_ranking_has_at_least_one_place() -> None:
    with pytest.raises(BadInput, match="top"):
        match(["x"], CLAIMS, top=0)


def test_a_claim_in_other_words_comes_before_one_that_shares_as_many() -> None:
    claims = [
        {"id": "a", "text": "The dam of Brenna was painted."},
        {"id": "b", "text": "The dam of Brenna collapsed."},
    ]
    (ranking,) = match(["A barrage fell down at Brenna: the dam gave way"], claims)
    assert ranking[0].id == "b"


def test_a_ranking_does_not_depend_on_the_other_queries() -> None:
    queries = ["Vesland bought ferries", "shells on the market"]
    assert match(queries, CLAIMS) == [match([query], CLAIMS)[0] for query in queries]


def test_one_string_is_no_list_of_queries() -> None:
    with pytest.raises(BadInput, match="bad-queries"):
        match("the port", [{"id": "1", "text": "The port is closed."}])
