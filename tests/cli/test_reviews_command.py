"""People import published fact-checks, and see which of them are of a claim."""

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
    """A copy of the demo case, to be changed."""
    return copied_case(demo_case, tmp_path / "case")


def claim(typed: Typed, case: Path) -> dict[str, Any]:
    rows = [json.loads(line) for line in typed("claims", case, "--json").out.splitlines()]
    found: dict[str, Any] = next(
        row for row in rows if "covered market in the Veskarian town" in row["words"]
    )
    return found


def feed(folder: Path, *claims: str, broken: bool = False) -> Path:
    elements = [
        {
            "@type": "DataFeedItem",
            "item": [
                {
                    "@type": "ClaimReview",
                    "claimReviewed": reviewed,
                    "author": {"name": "Lantern Checks"},
                    "datePublished": "2031-05-06",
                    "url": f"https://checks.example/{number}",
                    "reviewRating": {"alternateName": "Mostly true"},
                }
            ],
        }
        for number, reviewed in enumerate(claims)
    ]
    text = json.dumps({"@type": "DataFeed", "dataFeedElement": elements})
    path = folder / "feed.json"
    path.write_text(text.replace('"Lantern', "Lantern", 1) if broken else text, encoding="utf-8")
    return path


def test_fact_checks_are_imported_and_suggested_for_their_claim(
    typed: Typed, case: Path, tmp_path: Path
) -> None:
    words = claim(typed, case)["words"]
    ended = typed("reviews", case, feed(tmp_path, words, "Nothing of the kind stands in Ostany"))
    assert ended.code == 0
    assert "2 fact-checks read, 2 of them new" in ended.err
    listed = [json.loads(line) for line in typed("links", case, "--json").out.splitlines()]
    reviewed = [row for row in listed if row["link"]["kind"] == "reviewed_by"]
    assert words in {row["right"]["words"] for row in reviewed}


def test_importing_again_brings_nothing_new(typed: Typed, case: Path, tmp_path: Path) -> None:
    path = feed(tmp_path, "The Ilvet dam was mined by nobody")
    typed("reviews", case, path)
    assert "0 of them new, 0 new links" in typed("reviews", case, path).err


def test_fact_checks_are_a_table_for_people_and_lines_for_programs(
    typed: Typed, case: Path, tmp_path: Path
) -> None:
    typed("reviews", case, feed(tmp_path, "The Ilvet dam was mined by nobody"))
    ended = typed("reviews", case)
    assert "The Ilvet dam was mined by nobody" in " ".join(ended.out.split())
    assert max(map(cell_len, ended.out.splitlines())) <= 80
    [row] = [json.loads(line) for line in typed("reviews", case, "--json").out.splitlines()]
    assert row["rating"] == "Mostly true"


def test_fact_checks_are_ranked_for_a_claim(typed: Typed, case: Path, tmp_path: Path) -> None:
    found = claim(typed, case)
    typed("reviews", case, feed(tmp_path, "Somebody sank a ferry off Cape Ulla", found["words"]))
    options = ("reviews", case, "--of", found["claim"]["id"])
    best, *_ = [json.loads(line) for line in typed(*options, "--json").out.splitlines()]
    assert best["review"]["claim_reviewed"] == found["words"]
    assert f"{best['score']:.2f}" in typed(*options).out


def test_a_broken_feed_is_named_with_its_place_and_the_rest_is_imported(
    typed: Typed, case: Path, tmp_path: Path
) -> None:
    ended = typed("reviews", case, feed(tmp_path, "One thing", "Another thing", broken=True))
    assert ended.code == 1
    assert "feed.json:1:" in ended.err
    assert "1 fact-check read" in ended.err


def test_a_missing_file_is_a_problem(typed: Typed, case: Path, tmp_path: Path) -> None:
    ended = typed("reviews", case, tmp_path / "none.json")
    assert ended.code == 1
    assert "no-such-file" in ended.err


def test_ranking_takes_no_files(typed: Typed, case: Path, tmp_path: Path) -> None:
    assert typed("reviews", case, feed(tmp_path, "One thing"), "--of", "clm_1").code == 2
