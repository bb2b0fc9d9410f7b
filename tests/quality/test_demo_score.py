"""The bundled case is found as a reader finds it, as far as its floors go; and the score counts rightly."""

import msgspec
import pytest
from quality import demo, measure
from quality.demo_case import Score, is_cited, scored
from quality.demo_gold import spans_of
from quality.demo_misses import misses

from sayso.core.records import LinkKind
from sayso.core.views import LinkView


@pytest.fixture(scope="module")
def score() -> Score:
    return scored()


def turned(link: LinkView) -> LinkView:
    return msgspec.structs.replace(link, left=link.right, right=link.left)


def of_kind(kind: LinkKind, link: LinkView) -> LinkView:
    record = msgspec.structs.replace(link.link, id="", kind=kind)
    return msgspec.structs.replace(link, link=record)


def test_no_score_of_the_demo_falls_below_its_floor(score: Score) -> None:
    assert measure.fallen(list(demo.measures(score))) == []


def test_all_expected_words_stand_in_the_texts_of_the_case(score: Score) -> None:
    for row in score.gold.rows:
        for snippets in (row.source, row.cue, row.content):
            spans_of(snippets, score.pages[row.key].document.text)
    for side in (side for pair in score.gold.pairs for side in (pair.left, pair.right)):
        assert spans_of(side.words, score.pages[side.key].document.text)


def test_words_that_stand_too_seldom_are_an_error() -> None:
    with pytest.raises(LookupError, match="stands 1 times in the text, not 2"):
        spans_of((("the dam", 2),), "Who mined the dam, and the dams upstream?")


@pytest.mark.usefixtures("shared")
def test_rows_are_matched_as_the_reference_scorer_matches_them(score: Score) -> None:
    right = sum(one.source_is_right for one in score.cited)
    wanted = sum(row.cited for row in score.gold.rows)
    given = sum(is_cited(one) for page in score.pages.values() for one in page.attributions)
    assert demo.linked_f1(score) == pytest.approx(100 * 2 * right / (wanted + given), abs=0.1)


def test_no_row_and_no_attribution_is_matched_twice(score: Score) -> None:
    assert len({one.row.id for one in score.cited}) == len(score.cited)
    assert len({one.attribution.id for one in score.cited}) == len(score.cited)


def test_a_link_counts_only_in_its_kind(score: Score) -> None:
    denials = [link for link in score.telling if link.link.kind == "denies" and score.links.supports(link)]
    assert denials
    assert not any(score.links.supports(of_kind("updates", link)) for link in denials)


def test_a_denial_counts_only_from_the_one_who_denies(score: Score) -> None:
    denials = [link for link in score.telling if link.link.kind == "denies" and score.links.supports(link)]
    # Where the denial holds the denied words itself, both ends stand in the same place.
    apart = [link for link in denials if link.right.words not in link.left.words]
    assert apart
    assert not any(score.links.supports(turned(link)) for link in apart)


def test_a_contradiction_counts_from_either_side(score: Score) -> None:
    told = [link for link in score.telling if link.link.kind == "contradicts" and score.links.supports(link)]
    assert told
    assert all(score.links.supports(turned(link)) for link in told)


def test_every_expected_row_and_link_is_found_or_listed_as_missed(score: Score) -> None:
    missed = [miss.kind for miss in misses(score) if miss.kind.startswith("missed ")]
    rows = sum(kind in {"missed attribution", "missed own voice"} for kind in missed)
    links = sum(map(score.links.finds, score.gold.pairs))
    assert rows == len(score.gold.rows) - len(score.found)
    assert len(missed) - rows == len(score.gold.pairs) - links
