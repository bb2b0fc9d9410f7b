"""People conclude; sayso keeps what they concluded, why, on what evidence, and what they thought before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cases import changed, place_of

from sayso.case import Case
from sayso.core.errors import BadInput, NotFound
from sayso.core.ids import CaptureId, DocumentId
from sayso.core.records import Document, Evidence
from sayso.core.spans import Span

TEXT = "date 2031-05-04 By Orvale Post\n\nThe Mereth army shelled Lunde, the ministry of Orvale said.\n"


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    monkeypatch.setenv("SAYSO_WORK_PROCESSES", "1")
    monkeypatch.setenv("SAYSO_EXTRACTION_FINDER", "rules")
    (tmp_path / "post.txt").write_text(TEXT, encoding="utf-8")
    with Case.init(tmp_path / "case") as made:
        list(made.add([tmp_path / "post.txt"]))
        yield made


def a_claim(case: Case) -> str:
    return next(case.claims()).claim.id


def a_document(case: Case) -> Document:
    return next(case.documents()).document


def test_a_changed_mind_supersedes_and_both_stay_on_record(case: Case) -> None:
    claim = a_claim(case)
    first = case.conclude(claim, "unproven", reason="one source", by="Ada")
    second = case.conclude(claim[:12], "supported", reason="a photo of 4 May shows it", by="Ben")
    assert second.supersedes == first.id
    assert list(case.verdicts(claim)) == [first, second]
    assert list(case.verdicts()) == [first, second]


def test_a_verdict_rests_on_words_of_a_document_or_on_a_capture(case: Case) -> None:
    document = a_document(case)
    words = Evidence(capture=document.capture, document=document.id, span=Span(0, 4), note="its date")
    whole = Evidence(capture=document.capture)
    verdict = case.conclude(a_claim(case), "supported", reason="seen", by="Ada", evidence=[words, whole])
    assert next(case.verdicts()).evidence == verdict.evidence == (words, whole)


def test_evidence_that_the_case_does_not_hold_is_refused(case: Case) -> None:
    document = a_document(case)
    capture, nowhere = document.capture, CaptureId("cap_0")
    beyond = Span(0, len(document.text) + 1)
    for evidence in (
        Evidence(capture=nowhere),
        Evidence(capture=nowhere, document=document.id),
        Evidence(capture=capture, document=DocumentId("doc_0")),
        Evidence(capture=capture, span=Span(0, 4)),
        Evidence(capture=capture, document=document.id, span=beyond),
    ):
        with pytest.raises(BadInput, match=r"\(no-evidence\)"):
            case.conclude(a_claim(case), "supported", reason="seen", by="Ada", evidence=[evidence])
    assert list(case.verdicts()) == []


def test_a_verdict_needs_a_rating_of_the_scale_a_reason_and_a_name(case: Case) -> None:
    claim = a_claim(case)
    for rating, reason, by in (("true", "x", "Ada"), ("unproven", "  ", "Ada"), ("unproven", "x", " ")):
        with pytest.raises(BadInput):
            case.conclude(claim, rating, reason=reason, by=by)
    with pytest.raises(NotFound):
        case.conclude("clm_ffffffff", "unproven", reason="x", by="Ada")


def test_the_scale_is_the_cases_own(tmp_path: Path, case: Case) -> None:
    claim = a_claim(case)
    with (tmp_path / "case" / "case.toml").open("a", encoding="utf-8") as written:
        written.write('[verdicts]\nratings = ["holds", "fails"]\n')
    with Case(tmp_path / "case") as again:
        assert again.conclude(claim, "holds", reason="x", by="Ada").rating == "holds"
        with pytest.raises(BadInput, match="no rating of this case"):
            again.conclude(claim, "unproven", reason="x", by="Ada")


def test_verify_sees_a_verdict_that_was_changed_or_taken_away(case: Case) -> None:
    case.conclude(a_claim(case), "unproven", reason="one source", by="Ada")
    assert case.verify().findings == ()
    change = "UPDATE records SET body = replace(body, 'unproven', 'supported') WHERE kind = 'verdict'"
    changed(place_of(case.path), change)
    assert case.verify().findings
