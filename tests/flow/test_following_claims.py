"""A claim's life and a figure's rivals are told in order of time, with what is copied folded away."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cases import place_of

from sayso.case import Case
from sayso.core.errors import BadInput, NotFound
from sayso.core.records import Link, LinkKind, Run
from sayso.core.views import ClaimView, FigureFilter, FigureView, LinkFilter, Trace
from sayso.ledger.store import Store

DOCUMENTS = (
    ("1", "2031-05-03", "Aldermoor Post", "In Brenna 21 civilians were killed, the health ministry said."),
    (
        "2",
        "2031-05-04",
        "Tidewater Times",
        "The health ministry said that 21 civilians were killed in Brenna.",
    ),
    ("3", "2031-05-06", "Harbour Mail", "In Brenna 19 civilians were killed, Governor Halla Stroem said."),
    ("4", None, "Hill Gazette", "The health ministry said that 21 civilians were killed in Brenna."),
    ("5", "2031-05-05", "Lake Herald", "Market in Ostel.\n\nAt least 7 people were wounded, the mayor said."),
)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case with one claim in three documents, another figure in a fourth, and links as we want them."""
    lines = (
        json.dumps({"id": number, "published": day, "publisher": outlet, "text": text})
        for number, day, outlet, text in DOCUMENTS
    )
    file = tmp_path / "documents.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    with Case.init(tmp_path / "case") as made:
        list(made.add([file]))
    yield from _linked(tmp_path / "case")


def _linked(folder: Path) -> Iterator[Case]:
    with Case(folder) as case:
        one, two, three, four = (said(case, number) for number in "1234")
        put(folder, link("same", two, one), link("same", four, one), link("contradicts", three, two))
        yield case


def link(kind: LinkKind, left: ClaimView, right: ClaimView) -> Link:
    spans = [view.claim.quantities[0].span for view in (left, right)]
    return Link(
        kind=kind,
        left=left.claim.id,
        right=right.claim.id,
        left_spans=(spans[0],),
        right_spans=(spans[1],),
        score=0.8,
        rule="test",
        why="Both count the dead of Brenna.",
    )


def put(folder: Path, *links: Link) -> None:
    store = Store(place_of(folder))
    store.put_links(Run(tool="test", version="1"), links)
    store.close()


def said(case: Case, number: str) -> ClaimView:
    (view,) = (
        view
        for view in case.claims()
        if view.document.origin.endswith(f"#{number}") and view.voice != "outlet" and view.claim.quantities
    )
    return view


def told(trace: Trace) -> list[tuple[str, str | None]]:
    return [(event.kind, event.end.document.outlet) for event in trace.events]


def test_a_claim_s_life_is_told_in_order_from_whichever_place_one_starts(case: Case) -> None:
    lives = [case.trace(said(case, number).claim.id) for number in "124"]
    assert told(lives[0]) == [
        ("first seen", "Aldermoor Post"),
        ("repeated", "Tidewater Times"),
        ("conflict", "Harbour Mail"),
        ("repeated", "Hill Gazette"),
    ]
    assert all(life.events == lives[0].events for life in lives)
    assert lives[0].proposition.first_seen == "2031-05-03"
    assert lives[0].proposition.outlets == ("Aldermoor Post", "Tidewater Times", "Hill Gazette")
    assert {link.link.kind for link in lives[0].proposition.links} == {"same"}


def test_whoever_goes_through_few_claims_is_told_that_there_are_more(case: Case) -> None:
    two = said(case, "2").claim.id
    for most, left_out in ((1, 1), (2, 1), (3, 0)):
        found = case.trace(two, most=most).proposition
        assert (len(found.claims), found.left_out) == (most, left_out)


def test_sources_are_what_is_left_when_copies_are_folded_together(case: Case, tmp_path: Path) -> None:
    before = case.trace(said(case, "1").claim.id)
    assert len(before.sources) == 3
    assert before.voices == 1
    two, four = (said(case, number).document.id for number in "24")
    put(
        tmp_path / "case",
        Link(
            kind="copies",
            left=four,
            right=two,
            left_spans=said(case, "4").claim.content,
            right_spans=said(case, "2").claim.content,
            score=0.9,
            rule="test",
            why="The Hill Gazette has it from the Tidewater Times.",
        ),
    )
    after = case.trace(said(case, "1").claim.id)
    assert [len(source.documents) for source in after.sources] == [1, 2]
    assert after.sources[1].why
    assert told(after) == told(before)[:3]
    assert [copy.document.outlet for copy in after.events[1].copies] == ["Hill Gazette"]


def test_two_that_have_it_from_a_third_without_the_claim_are_one_source(case: Case, tmp_path: Path) -> None:
    two, four, third = (said(case, "2"), said(case, "4"), said(case, "3").document.id)
    for one in (two, four):
        put(
            tmp_path / "case",
            Link(
                kind="copies",
                left=one.document.id,
                right=third,
                left_spans=one.claim.content,
                right_spans=said(case, "3").claim.content,
                score=0.9,
                rule="test",
                why="It has it from the Harbour Mail.",
            ),
        )
    sources = case.trace(said(case, "1").claim.id).sources
    assert sorted(len(source.documents) for source in sources) == [1, 2]


def test_a_rejected_link_leaves_the_group_the_trace_and_the_comparison(case: Case) -> None:
    claim = said(case, "1").claim.id
    for view in list(case.links()):
        if said(case, "2").claim.id in (view.link.left, view.link.right):
            case.judge_link(view.link.id, "rejected", by="Ilsa Brandt")
    assert told(case.trace(claim)) == [("first seen", "Aldermoor Post"), ("repeated", "Hill Gazette")]
    assert not any(figure.clashes for figure in figures(case, outcome="killed"))
    assert len(list(case.links(LinkFilter(judged=("rejected",))))) == 2
    assert [view.document.outlet for view in case.proposition(claim).claims] == [
        "Aldermoor Post",
        "Hill Gazette",
    ]


def test_what_most_documents_say_comes_first(case: Case) -> None:
    (widest,) = case.propositions()
    assert len(widest.claims) == 3
    assert widest == case.proposition(said(case, "4").claim.id)
    assert list(case.propositions(0)) == []


def figures(case: Case, **wanted: str) -> tuple[FigureView, ...]:
    return case.compare(FigureFilter(**wanted))


def test_figures_stand_side_by_side_with_what_excludes_them(case: Case) -> None:
    found = [figure for figure in figures(case, outcome="killed") if figure.view.voice != "outlet"]
    assert [figure.view.document.outlet for figure in found] == [
        "Aldermoor Post",
        "Tidewater Times",
        "Harbour Mail",
        "Hill Gazette",
    ]
    assert [figure.quantity.best for figure in found] == [21, 21, 19, 21]
    assert [len(figure.clashes) for figure in found] == [0, 1, 1, 0]
    (clash,) = found[1].clashes
    assert (clash.kind, clash.claim, clash.judgement) == (
        "contradicts",
        found[2].view.claim.id,
        "unjudged",
    )


@pytest.mark.parametrize(
    ("wanted", "outlets"),
    [
        ({"place": "brenn"}, {"Aldermoor Post", "Tidewater Times", "Harbour Mail", "Hill Gazette"}),
        ({"place": "ostel"}, {"Lake Herald"}),  # named in a paragraph before
        ({"outcome": "WOUNDED"}, {"Lake Herald"}),
        ({"population": "Civilian", "since": "2031-05-04"}, {"Tidewater Times", "Harbour Mail"}),
        ({"until": "2031-05-04"}, {"Aldermoor Post", "Tidewater Times"}),
        ({"speaker": "stroem"}, {"Harbour Mail"}),
        ({"outcome": '"killed'}, set()),
        ({"outcome": "%"}, set()),
        ({"population": "soldier"}, set()),
    ],
)
def test_figures_are_chosen_by_what_they_count_where_and_when(
    case: Case, wanted: dict[str, str], outlets: set[str]
) -> None:
    assert {figure.view.document.outlet for figure in figures(case, **wanted)} == outlets


def test_a_day_that_is_none_and_a_claim_that_is_none_are_refused(case: Case) -> None:
    with pytest.raises(BadInput, match="bad-date"):
        figures(case, until="yesterday")
    for operation in (case.trace, case.proposition):
        for none in ("ff" * 9, ""):
            with pytest.raises(NotFound, match="no-claim"):
                operation(none)


def test_what_a_copy_changed_is_told_by_the_id_of_its_link(case: Case, tmp_path: Path) -> None:
    two, four = (said(case, number).document.id for number in "24")
    copied = Link(kind="copies", left=four, right=two, score=0.9, rule="test", why="The same text.")
    put(tmp_path / "case", copied)
    found = case.edits(copied.id[:20])
    assert found.link == copied.id
    assert found.edits
    for edit in found.edits:
        assert edit.copy is not None or edit.source is not None
    clash = next(case.links(LinkFilter(kind="contradicts"))).link.id
    with pytest.raises(BadInput, match="no-copy"):
        case.edits(clash)
