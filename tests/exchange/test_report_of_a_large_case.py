"""A report stays a file that opens, however large the case is, and says what it leaves out."""

import pytest
from tests.exchange.test_report import Saying, Tree, copied, linked, of, page

from sayso.core.records import LinkKind
from sayso.core.spans import Span
from sayso.core.views import CaseReport, DocumentPage, LinkView
from sayso.exchange import papers
from sayso.exchange.cards import MOST_CARDS, MOST_EARLIER
from sayso.exchange.report import render


def town(number: int, sentences: int = 3) -> DocumentPage:
    told = [f"In village {number}-{n} the mayor said that {n + 2} barns burned." for n in range(sentences)]
    text = " ".join(told)
    starts = [text.index(sentence) for sentence in told]
    return page(
        text,
        [
            Saying(
                content=(Span(start + 10, start + len(sentence)),),
                voice="indirect",
                speaker=f"the mayor of {number}",
                act="deny" if n else "accuse",
            )
            for n, (start, sentence) in enumerate(zip(starts, told, strict=True))
        ],
        publisher=f"Post {number % 7}",
        day="2031-05-03",
        origin=f"town-{number}.txt",
    )


def pairs(pages: list[DocumentPage], kind: LinkKind, number: int) -> tuple[LinkView, ...]:
    return tuple(
        linked(kind, (pages[n], 1, ""), (pages[m], 0, ""), f"Reason {n}-{m}.")
        for n in range(1, len(pages))
        for m in range(min(n, number))
    )


def said(tree: Tree, part: str) -> str:
    return " ".join(tree.by_id(part).text.split())


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that holds few claims, so that a small case is too large for it."""
    monkeypatch.setattr(papers, "MOST_CLAIMS", 30)
    monkeypatch.setattr(papers, "MOST_LISTED", 20)


def report(pages: list[DocumentPage], *links: LinkView) -> CaseReport:
    return of(*pages, links=links, title="Many villages")


@pytest.mark.usefixtures("small")
def test_all_is_counted_and_what_is_left_out_is_said() -> None:
    pages = [town(number) for number in range(40)]
    tree = Tree(render(report(pages, *pairs(pages[:5], "denies", 1))))
    overview = said(tree, "overview")
    assert "10 of its 40 documents" in overview
    assert "(30 of 120)" in overview
    assert "sayso claims CASE" in overview
    assert len(tree.by_class("doc")) == 10
    assert len([e for e in tree.elements if e.tag == "li" and tree.inside(e, "div", "id", "listed")]) == 20
    assert "and 10 more" in said(tree, "listed")
    assert "Documents without their text 30" in said(tree, "listed")


@pytest.mark.usefixtures("small")
def test_documents_with_links_are_shown_before_others() -> None:
    pages = [town(number) for number in range(40)]
    tree = Tree(render(report(pages, *pairs(pages[33:37], "denies", 1))))
    shown = {e.attributes["id"] for e in tree.by_class("doc")}
    assert {"d34", "d35", "d36", "d37"} <= shown
    assert "d1" in shown


@pytest.mark.usefixtures("small")
def test_every_address_leads_somewhere_in_a_large_case_too() -> None:
    pages = [town(number) for number in range(60)]
    links = (*pairs(pages, "denies", 3), *(copied(pages[n], pages[0]) for n in range(1, 60)))
    tree = Tree(render(report(pages, *links)))
    ids = [e.attributes["id"] for e in tree.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    assert {e.attributes["href"][1:] for e in tree.elements if "href" in e.attributes} <= set(ids)


def test_very_many_links_are_counted_and_the_surest_shown() -> None:
    pages = [town(0, 2), *(town(number, 2) for number in range(1, MOST_CARDS + 30))]
    links = pairs(pages, "denies", 1)
    tree = Tree(render(report(pages, *links)))
    denials = said(tree, "denials")
    assert f"Denials {len(links)}" in denials
    assert f"{len(links) - MOST_CARDS} more of these links are not in this file" in denials
    assert "sayso links CASE --kind denies" in denials
    cards = [e for e in tree.by_class("card") if tree.inside(e, "div", "id", "denials")]
    assert len(cards) == MOST_CARDS


def test_one_claim_against_very_many_shows_some_of_them() -> None:
    pages = [town(number, 2) for number in range(MOST_EARLIER + 6)]
    links = tuple(
        linked("denies", (pages[-1], 1, ""), (other, 0, ""), f"Reason {n}.")
        for n, other in enumerate(pages[:-1])
    )
    tree = Tree(render(report(pages, *links)))
    assert len(tree.by_class("earlier")) == MOST_EARLIER
    assert "and 5 more" in said(tree, "denials")


def test_a_document_that_is_too_large_for_the_file_is_named_without_its_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(papers, "MOST_TEXT", 300)
    small, large = town(0), page("Nothing happened. " * 40, title="A long day", origin="long.txt")
    html = render(report([small, large]))
    tree = Tree(html)
    assert [e.attributes["id"] for e in tree.by_class("doc")] == ["d1"]
    assert "A long day" in said(tree, "listed")
    assert html.count("Nothing happened.") == 0


def test_a_report_of_two_thousand_documents_is_no_larger_than_ten_megabytes() -> None:
    pages = [town(number, 12) for number in range(2000)]
    html = render(report(pages, *pairs(pages[:600], "contradicts", 2)))
    assert len(html.encode()) < 10_000_000
