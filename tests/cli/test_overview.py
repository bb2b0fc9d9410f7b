"""The commands that show a case as a whole, and those that record what people conclude."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cases import copied_case

from sayso.case import Case
from sayso.core.views import ClaimFilter

Typed = Callable[..., Any]  # see conftest: gives code, out and err


@pytest.fixture
def own_case(demo_case: Path, tmp_path: Path) -> Path:
    return copied_case(demo_case, tmp_path / "case")


def test_about_says_how_much_there_is(typed: Typed, demo_case: Path) -> None:
    with Case(demo_case) as case:
        about = case.about()
    ended = typed("about", demo_case)
    assert ended.code == 0
    assert about.title in ended.out
    assert f"{about.claims:,}" in ended.out
    assert about.log_head in ended.out


def test_a_document_is_shown_with_its_text_and_claims(typed: Typed, demo_case: Path) -> None:
    with Case(demo_case) as case:
        page = next(page for page in case.documents() if page.claims)
    ended = typed("document", demo_case, page.head.id[:14])
    assert ended.code == 0
    assert " ".join(page.document.text.split()[:4]) in " ".join(ended.out.split())
    assert page.claims[0].claim.act in ended.out
    assert typed("document", demo_case, "doc_ffffffffff").code == 3


def test_who_says_what_of_whom_is_counted(typed: Typed, demo_case: Path) -> None:
    ended = typed("who", demo_case, "--act", "accuse", "--most", "2")
    assert ended.code == 0
    assert "accuse" in ended.out
    assert "assert" not in ended.out
    assert "aimed at somebody" in ended.err
    assert typed("who", demo_case, "--since", "2031-05-40").code == 2


def test_what_most_documents_say_is_listed(typed: Typed, demo_case: Path) -> None:
    ended = typed("repeated", demo_case, "--most", "3")
    assert ended.code == 0
    assert ended.err.strip().endswith("repeated claims")


def test_a_verdict_is_recorded_with_its_evidence_and_listed(typed: Typed, own_case: Path) -> None:
    with Case(own_case) as case:
        first, second, *_ = case.claims()
        rating = case.about().ratings[0]
    ended = typed(
        *("conclude", own_case, first.claim.id[:12], rating, "--by", "Ada", "--reason", "Seen."),
        *("--evidence", second.claim.id, "--evidence", first.document.id, "--note", "Page 2.", "--json"),
    )
    assert ended.code == 0
    of_claim, of_document = json.loads(ended.out)["evidence"]
    assert (of_claim["document"], of_document["document"]) == (second.document.id, first.document.id)
    assert of_claim["span"] is not None
    assert of_document.get("span") is None
    assert {of_claim["note"], of_document["note"]} == {"Page 2."}
    assert rating in typed("verdicts", own_case).out
    assert typed("verify", own_case).code == 0


def test_a_rating_that_the_scale_lacks_is_refused(typed: Typed, own_case: Path) -> None:
    with Case(own_case) as case:
        claim = next(case.claims()).claim.id
    assert typed("conclude", own_case, claim, "great", "--by", "Ada", "--reason", "Seen.").code == 2


def test_what_people_recorded_is_listed(typed: Typed, own_case: Path) -> None:
    with Case(own_case) as case:
        link = next(case.links()).link.id
        left, right, *_ = case.parties()
        claim = next(case.claims())
        case.judge_link(link, "rejected", by="Ada")
        case.judge(left.id, right.id, "negative", by="Ben")
        case.annotate(claim.document.id, by="Cem", replaces=claim.claim.id, reason="A heading.")
        case.save_search("Denials", ClaimFilter(act="deny"), by="Dov")
    assert "Ada" in (both := typed("judgements", own_case).out)
    assert "Ben" in both
    assert "Ada" not in typed("judgements", own_case, "--parties").out
    assert "Ben" not in typed("judgements", own_case, "--links").out
    assert "is no claim, says Cem: A heading." in " ".join(typed("annotations", own_case).out.split())
    assert typed("annotations", own_case, "--of", "doc_ffff").code == 3
    assert "Denials" in typed("searches", own_case).out


def test_an_outlet_is_shown_with_its_documents(typed: Typed, demo_case: Path) -> None:
    with Case(demo_case) as case:
        row = next(row for row in case.outlets().rows if row.name)
        page = case.outlet(row.name or "")
    ended = typed("outlets", demo_case, "--of", row.name)
    assert ended.code == 0
    assert all(one.head.id.partition("_")[2][:10] in ended.out for one in page.documents)


def test_a_note_on_no_evidence_is_refused_and_not_lost(typed: Typed, own_case: Path) -> None:
    told = typed(
        "conclude", own_case, "clm_0", "true", "--by", "Ada", "--reason", "Seen.", "--note", "Page 3."
    )
    assert told.code == 2
    assert "--evidence" in told.err


def test_verdicts_are_shown_with_what_they_rest_on(typed: Typed, own_case: Path) -> None:
    with Case(own_case) as case:
        first, second, *_ = case.claims()
        one, other, *_ = case.about().ratings
    conclude = ("conclude", own_case, first.claim.id)
    rests_on = ("--evidence", second.claim.id, "--evidence", first.document.id, "--note", "Page 2.")
    typed(*conclude, one, "--by", "Ada", "--reason", "Seen.", *rests_on)
    typed(*conclude, other, "--by", "Ben", "--reason", "Heard.")
    for shown in (typed("show", own_case, first.claim.id), typed("verdicts", own_case)):
        assert shown.code == 0
        told = " ".join(shown.out.split())
        assert f"{one} (superseded), Ada" in told
        assert " ".join(second.words.split()) in told
        assert "the whole document" in told
        assert told.count("Page 2.") == 2
        assert f"{other}, Ben" in told
        assert "It names no evidence." in told
    assert told.index("Ada") < told.index("Ben")
    whole = typed("show", own_case, first.claim.id)
    assert whole.out.index("Ben") < whole.out.index("Ada")
