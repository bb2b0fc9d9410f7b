"""People look through links, say which hold, and follow a claim and its figures from the terminal."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from tests.cases import copied_case

Typed = Callable[..., Any]  # see conftest: gives code, out and err


@pytest.fixture
def case(demo_case: Path, tmp_path: Path) -> Path:
    """A copy of the demo case, to be judged."""
    return copied_case(demo_case, tmp_path / "case")


def links(typed: Typed, case: Path, *filters: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in typed("links", case, *filters, "--json").out.splitlines()]


def test_links_are_judged_by_the_ids_that_the_table_shows(typed: Typed, case: Path) -> None:
    first, second, *others = links(typed, case, "--kind", "denies")
    table = typed("links", case, "--kind", "denies").out
    short = [view["link"]["id"][4:14] for view in (first, second)]
    assert all(beginning in table for beginning in short)
    ended = typed("judge", case, *short, "--reject", "--by", "Ilsa Brandt", "--reason", "Another event.")
    assert ended.code == 0
    assert ended.err.count("it does not hold, says Ilsa Brandt") == 2
    assert links(typed, case, "--kind", "denies") == others
    rejected = typed("links", case, "--judged", "rejected")
    assert "rejected by Ilsa Brandt: Another event." in " ".join(rejected.out.split())
    assert rejected.err.startswith("2 links")
    assert typed("judge", case, *short, "--take-back", "--by", "Ilsa Brandt").code == 0
    assert [view["link"] for view in links(typed, case, "--kind", "denies")] == [
        view["link"] for view in (first, second, *others)
    ]
    assert typed("verify", case).code == 0


def test_links_are_chosen_by_what_people_made_of_them(typed: Typed, case: Path) -> None:
    first, second, *_ = links(typed, case)
    for view, said in ((first, "--confirm"), (second, "--reject")):
        typed("judge", case, view["link"]["id"], said, "--by", "Ilsa")
    assert {view["link"]["id"] for view in links(typed, case, "--judged", "confirmed")} == {
        first["link"]["id"]
    }
    both = links(typed, case, "--judged", "confirmed", "--judged", "rejected")
    assert {view["link"]["id"] for view in both} == {first["link"]["id"], second["link"]["id"]}
    assert first["link"]["id"] in {view["link"]["id"] for view in links(typed, case)}
    assert "unjudged" not in {view["link"]["judgement"] for view in both}


def test_a_program_gets_the_judgements_on_links_as_they_are_stored(typed: Typed, case: Path) -> None:
    ids = [view["link"]["id"] for view in links(typed, case)[:2]]
    rows = typed("judge", case, *ids, ids[0], "--confirm", "--by", "Ilsa", "--json").out.splitlines()
    made = [json.loads(row) for row in rows]
    assert [one["link"] for one in made] == ids
    assert {(one["judgement"], one["by"], one["reason"], one["supersedes"]) for one in made} == {
        ("confirmed", "Ilsa", None, None)
    }


@pytest.mark.parametrize(
    ("typed_in", "code", "told"),
    [
        (("0" * 40, "--confirm", "--by", "Ilsa"), 3, "no-link"),
        (("", "--confirm", "--by", "Ilsa"), 3, "no-link"),
        (("ab", "--confirm", "--reject", "--by", "Ilsa"), 2, "2 judgements at once"),
        (("ab", "--by", "Ilsa"), 2, "0 judgements at once"),
        (("ab", "--same", "--by", "Ilsa"), 2, "needs two ids"),
        (("ab", "cd", "ef", "--same", "--by", "Ilsa"), 2, "needs two ids"),
        (("ab", "--reject"), 2, "--by"),
        (("--reject", "--by", "Ilsa"), 2, "LINK"),
    ],
)
def test_what_cannot_be_judged_is_said_and_not_done(
    typed: Typed, case: Path, typed_in: tuple[str, ...], code: int, told: str
) -> None:
    before = typed("log", case).out
    ended = typed("judge", case, *typed_in)
    assert ended.code == code
    assert told in " ".join(ended.err.split())
    assert typed("log", case).out == before


def test_links_are_chosen_by_score_and_voice(typed: Typed, demo_case: Path) -> None:
    every = links(typed, demo_case)
    sure = links(typed, demo_case, "--score", "0.9")
    assert sure == [view for view in every if view["link"]["score"] >= 0.9]
    assert 0 < len(sure) < len(every)
    name = next(view["left"]["speaker"] for view in every if view["left"]["voice"] != "outlet")
    of_one = links(typed, demo_case, "--speaker", name[:6].upper())
    assert of_one
    assert len(of_one) < len(every)
    assert typed("links", demo_case, "--score", "2").code == 2


def figures(typed: Typed, case: Path, *filters: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in typed("compare", case, *filters, "--json").out.splitlines()]


def test_figures_are_a_table_for_people_and_lines_for_programs(typed: Typed, demo_case: Path) -> None:
    found = figures(typed, demo_case, "--outcome", "killed")
    ended = typed("compare", demo_case, "--outcome", "killed")
    assert ended.code == 0
    assert ended.err.startswith(f"{len(found)} figures")
    assert max(map(cell_len, ended.out.splitlines())) <= 80
    assert {figure["quantity"]["outcome"] for figure in found} == {"killed"}
    days = [figure["view"]["document"]["published_at"] for figure in found]
    assert [day[:10] for day in days] == sorted(day[:10] for day in days)
    clashes = [clash for figure in found for clash in figure["clashes"]]
    assert {"contradicts", "updates", "updated by"} >= {clash["kind"] for clash in clashes}
    assert clashes


def test_an_outcome_that_nobody_counts_is_answered_with_those_that_are(typed: Typed, demo_case: Path) -> None:
    ended = typed("compare", demo_case, "--outcome", "applauded")
    assert ended.code == 0
    assert ended.out == ""
    assert "killed (" in ended.err


def test_a_claim_is_followed_from_its_first_day(typed: Typed, demo_case: Path) -> None:
    same = links(typed, demo_case, "--kind", "same")[0]
    claim = same["left"]["id"]
    (line,) = typed("trace", demo_case, claim, "--json").out.splitlines()
    trace = json.loads(line)
    assert trace["claim"] == claim
    assert {same["left"]["id"], same["right"]["id"]} <= {
        view["claim"]["id"] for view in trace["proposition"]["claims"]
    }
    ended = typed("trace", demo_case, claim)
    assert ended.code == 0
    assert max(map(cell_len, ended.out.splitlines())) <= 80
    assert "first seen" in ended.out
    assert "Sources, with copies folded together" in ended.out
    assert typed("trace", demo_case, "ff" * 9).code == 3
