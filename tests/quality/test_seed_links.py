"""The links that a reader drew between the seed articles point at words of theirs."""

from pathlib import Path

import pytest
from quality import seeds
from quality.seeds import Outcome


def test_every_end_of_a_drawn_link_lies_in_its_article(shared: Path) -> None:
    for one in seeds.drawn():
        for place in (one.left, one.right):
            text = (shared / "seeds" / place.text).read_text(encoding="utf-8")
            words = [span.of(text) for span in place.spans]
            assert words == [said.strip() for said in words]


@pytest.mark.usefixtures("shared")
def test_links_are_drawn_between_the_articles_and_within_them() -> None:
    wanted = [one for one in seeds.drawn() if one.expected == "wanted"]
    assert {one.is_across for one in wanted} == {True, False}


@pytest.mark.usefixtures("shared")
def test_a_reader_who_finds_all_and_errs_never_has_the_full_score() -> None:
    wanted = tuple(one for one in seeds.drawn() if one.expected == "wanted")
    measures = list(seeds.measures(Outcome(found=wanted, missed=(), wrong=())))
    assert [one.value for one in measures] == [100, 100, seeds.MOST_WRONG]
