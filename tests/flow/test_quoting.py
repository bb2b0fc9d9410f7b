"""Claims in the sentences around them, and verdicts with the words of what they rest on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.case import Case
from sayso.core.errors import NotFound
from sayso.core.records import Evidence
from sayso.core.spans import hull

TEXT = (
    "The ferry was late. A storm had torn the pier. Nobody was hurt, the harbour office said. "
    "Repairs begin today. The mayor was away.\n"
)
LONG = f"The harbour office said that {'shells and more ' * 2000}fell on the pier"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "ferry.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "news" / "long.txt").write_text(LONG, encoding="utf-8")
    with Case.init(tmp_path / "case") as made:
        list(made.add([tmp_path / "news"]))
        yield made


def claim_of(case: Case, words: str) -> str:
    return next(view.claim.id for view in case.claims() if words in view.words)


def test_a_claim_is_quoted_with_as_many_sentences_around_it_as_were_asked_for(case: Case) -> None:
    claim = claim_of(case, "Nobody was hurt")
    [alone] = case.quoted([claim])
    assert alone.words == "Nobody was hurt, the harbour office said."
    [wider] = case.quoted([claim], around=1)
    assert wider.words.startswith("A storm")
    assert wider.words.endswith("begin today.")
    assert len(wider.sentences) == 3
    assert hull(wider.sentences) == wider.span
    [whole] = case.quoted([claim], around=50)
    assert whole.words == TEXT.strip()


def test_a_text_without_sentence_ends_does_not_come_as_a_whole(case: Case) -> None:
    for view in case.claims():
        [quoted] = case.quoted([view.claim.id])
        content = hull(view.claim.content)
        assert content.within(quoted.span)
        assert len(quoted.span) <= len(content) + 4_000


def test_claims_come_in_the_order_in_which_they_were_asked_for(case: Case) -> None:
    claims = [view.claim.id for view in case.claims()][::-1]
    assert [one.view.claim.id for one in case.quoted(claims)] == claims
    with pytest.raises(NotFound):
        case.quoted(["clm_ffff"])


def test_a_verdict_shows_the_words_that_it_rests_on_and_whether_it_stands(case: Case) -> None:
    claim = claim_of(case, "Nobody was hurt")
    [quoted] = case.quoted([claim])
    words = Evidence(capture=quoted.capture, document=quoted.view.document.id, span=quoted.span)
    whole = Evidence(capture=quoted.capture)
    case.conclude(claim, "unproven", reason="One source", by="Ada", evidence=[whole])
    case.conclude(claim, "supported", reason="Two sources", by="Ada", evidence=[words])
    first, second = case.concluded(claim)
    assert (first.stands, second.stands) == (False, True)
    assert [(one.words, one.origin) for one in first.evidence] == [("", "ferry.txt")]
    assert [one.words for one in second.evidence] == [quoted.words]


def test_all_verdicts_are_told_at_once_each_standing_on_its_own_claim(case: Case) -> None:
    claims = [view.claim.id for view in case.claims()][:3]
    assert len(claims) == 3
    for rating in case.about().ratings[:2]:
        for claim in claims:
            case.conclude(claim, rating, reason="Read twice", by="Ada")
    told = case.concluded()
    assert [one.verdict for one in told] == list(case.verdicts())
    assert [one.stands for one in told] == [False] * 3 + [True] * 3
    for claim in claims:
        assert case.concluded(claim) == tuple(one for one in told if one.verdict.claim == claim)
