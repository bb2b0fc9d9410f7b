"""What people see of records that are rare in a case."""

import pytest
from rich.cells import cell_len

from sayso.cli import claimpage, tables
from sayso.core.ids import AttributionId, DocumentId
from sayso.core.records import Bound, Claim, Hedge, Link, Quantity
from sayso.core.spans import Span
from sayso.core.views import (
    ChainLink,
    ClaimPage,
    ClaimView,
    DocumentHead,
    Finding,
    LinkEnd,
    LinkView,
    Verified,
)

SENTENCE = "The ministry says the “governor” [sic] said 21 people may have left."
HEAD = DocumentHead(
    id=DocumentId("doc_1"), origin="letter.txt", title=None, publisher=None, published_at=None
)
CLAIM = Claim(
    attribution=AttributionId("att_1"),
    content=(Span(44, 67),),
    act="report",
    polarity="-",
    hedges=(Hedge(span=Span(54, 62), kind="hedge"), Hedge(span=Span(22, 32), kind="scare_quotes")),
    quantities=(
        Quantity(
            span=Span(44, 53),
            kind="count",
            low=21,
            best=None,
            high=None,
            bound="at_least",
            unit="person",
            population="civilian",
            outcome="killed",
        ),
    ),
)
VIEW = ClaimView(
    claim=CLAIM,
    words="21 people may have left",
    voice="indirect",
    document=HEAD,
    chain=(
        ChainLink(attribution=AttributionId("att_1"), voice="indirect", speaker="governor", basis="stated"),
        ChainLink(attribution=AttributionId("att_2"), voice="indirect", speaker=None, basis="inferred"),
        ChainLink(attribution=None, voice="outlet", speaker=None, basis=None),
    ),
)
SIDE = LinkEnd(id=CLAIM.id, kind="claim", words=VIEW.words, speaker="governor", document=HEAD)
LINK = LinkView(
    link=Link(
        kind="denies",
        left=CLAIM.id,
        right="clm_0",
        score=0.5,
        rule="rule",
        why="One says no.",
        judgement="rejected",
        judged_by="Ada",
    ),
    left=SIDE,
    right=LinkEnd(id="clm_0", kind="claim", words="x" * 400, speaker=None, document=HEAD),
)
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")


def test_a_chain_of_voices_is_told_from_the_inside_out(capsys: Printed) -> None:
    tables.claims([VIEW])
    told = capsys.readouterr().out
    assert told.index("governor") < told.index("as told by somebody") < told.index("letter.txt, undated")


def test_hedges_stand_behind_the_words(capsys: Printed) -> None:
    tables.claims([VIEW])
    assert "(hedge, scare quotes)" in " ".join(capsys.readouterr().out.split())


def test_many_rows_have_one_heading(capsys: Printed) -> None:
    tables.claims([VIEW] * (tables.ROWS + 1))
    told = capsys.readouterr()
    assert told.out.count("who says it") == 1
    assert told.err == f"{tables.ROWS + 1} claims\n"


def test_a_page_shows_all_there_is_to_a_claim(capsys: Printed) -> None:
    page = ClaimPage(view=VIEW, sentence=Span(0, len(SENTENCE)), sentence_words=SENTENCE, links=(LINK,))
    claimpage.pages([page])
    told = capsys.readouterr().out
    assert SENTENCE in " ".join(told.split())
    assert "negated or rejected" in told
    assert "at least 21 people, civilian, killed" in told
    assert "may have" in told
    assert "“governor”" in told
    assert "letter.txt reports it" in told


def test_a_link_says_how_it_was_judged_and_never_runs_over(capsys: Printed) -> None:
    tables.links([LINK])
    told = capsys.readouterr().out
    assert "One says no." in told
    assert "rejected by Ada" in told
    assert "…" in told
    assert max(map(cell_len, told.splitlines())) <= 80


def test_each_difference_is_named_with_its_code_and_place(capsys: Printed) -> None:
    finding = Finding(code="changed-capture", message="the bytes differ", where="captures/ab")
    tables.verified([Verified(records=1, captures=1, log_entries=2, rederived=1, findings=(finding,))])
    told = capsys.readouterr().out
    assert told.startswith("changed-capture captures/ab: the bytes differ\n1 difference in 1 record,")


@pytest.mark.parametrize(
    ("low", "best", "high", "bound", "words"),
    [
        (21, 21, 21, "exact", "21"),
        (4200, 4200, 4200, "about", "about 4,200"),
        (21, None, None, "at_least", "at least 21"),
        (None, None, 50, "less_than", "less than 50"),
        (50, None, 60, "range", "50 to 60"),
        (None, None, None, "vague", "vague"),
        (24, None, None, "vague", "vague, 24 or more"),
    ],
)
def test_a_figure_is_told_in_words(
    low: int | None, best: int | None, high: int | None, bound: Bound, words: str
) -> None:
    quantity = Quantity(span=Span(0, 1), kind="count", low=low, best=best, high=high, bound=bound)
    assert claimpage.figure(quantity) == words


@pytest.mark.parametrize(("low", "words"), [(1, "at least 1 person"), (2, "at least 2 people")])
def test_one_is_a_person_and_more_are_people(low: int, words: str) -> None:
    quantity = Quantity(
        span=Span(0, 1), kind="count", low=low, best=low, high=None, bound="at_least", unit="person"
    )
    assert claimpage.figure(quantity) == words
