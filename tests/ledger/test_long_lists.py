"""Lists of parties, figures, links and fact-checks come page by page, each row once and in one order."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import msgspec
import pytest
from sqlalchemy import event
from tests.ledger.conftest import RUN, MakeArrival

from sayso.case import Case
from sayso.core.errors import BadInput, NotFound
from sayso.core.records import Link, LinkKind, Review
from sayso.core.views import ClaimFilter, FigureFilter, LinkFilter
from sayso.ledger import database, listing, opened, partylists
from sayso.ledger.annotations import Signed
from sayso.ledger.arrival import FeedArrival
from sayso.ledger.store import Store

DAYS = ("2031-05-03", "2031-05-03", "2031-06-04", "", "2029-11-30")
SAID = (
    "Ostrany accused Tavria of shelling Brenna. Tavria said that 12 people were killed.\n",
    "The mayor of Brenna said that 14 people were killed and 30 were wounded. Ostrany denied it.\n",
    "Tavria denied that 12 people were killed in Brenna. The army of Tavria said that 5 were wounded.\n",
)


class Page(Protocol):
    """A page of a list."""

    @property
    def rows(self) -> Sequence[object]: ...

    @property
    def after(self) -> str | None: ...


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A case in which parties speak equally often, on few days, and of one the day is not known."""
    folder: Path = tmp_path_factory.mktemp("lists")
    papers = []
    for number, day in enumerate(DAYS):
        papers.append(folder / f"{number}.txt")
        dated = f"date: {day}\n" if day else ""
        text = f"{dated}By {'Aldermoor Post' if number % 2 else 'Tidewater Times'}\n\n{SAID[number % 3]}"
        papers[-1].write_text(text, encoding="utf-8")
    with Case.init(folder / "case") as made:
        list(made.add(papers))
        made.link()
        yield made


def turned(page: Callable[..., Page], limit: int) -> list[object]:
    """All rows of a list, page by page."""
    found = page(limit=limit)
    rows = list(found.rows)
    while found.after is not None:
        assert len(found.rows) == limit
        found = page(limit=limit, after=found.after)
        rows += found.rows
    return rows


LISTS: dict[str, Callable[[Case], Callable[..., Page]]] = {
    "parties": lambda case: case.party_rows,
    "figures": lambda case: case.figure_rows,
    "links": lambda case: case.link_rows,
    "documents": lambda case: case.document_rows,
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_hold_every_row_once_and_in_order(case: Case, name: str, limit: int) -> None:
    page = LISTS[name](case)
    every = list(page(limit=1000).rows)
    assert len(every) > 3
    assert turned(page, limit) == every


@pytest.mark.parametrize("name", LISTS)
def test_what_no_page_gave_is_no_place_in_a_list(case: Case, name: str) -> None:
    page = LISTS[name](case)
    for after in ("", "x", "WyIxIiwiLTEiXQ"):
        with pytest.raises(BadInput, match="bad-cursor"):
            page(after=after)


def test_what_people_said_comes_behind_what_was_said_before(case: Case) -> None:
    links = [view.link.id for view in case.link_rows(limit=3).rows]
    for link in links:
        case.judge_link(link, "confirmed", by="Ada")
    every = list(case.link_judgements())
    assert [one.link for one in every] == links
    for number, one in enumerate(every, 1):
        assert list(case.link_judgements(after=one.id)) == every[number:]
    for link in links:
        case.judge_link(link, "unjudged", by="Ada")
    for asked in (case.link_judgements, case.judgements, case.verdicts, case.annotations, case.problems):
        with pytest.raises(BadInput, match="bad-cursor"):
            list(asked(after=links[0]))


def test_parties_that_are_one_stand_where_all_they_say_puts_them(case: Case) -> None:
    before = list(case.parties())
    left, right = before[-1], before[-2]
    case.judge(left.id, right.id, "positive", by="Ada")
    try:
        after = list(case.parties())
        assert turned(case.party_rows, 2) == after
        assert len(after) == len(before) - 1
        both = next(one for one in after if one.folded)
        assert both.claims == left.claims + right.claims
        assert {both.id, *both.folded} == {left.id, right.id}
        assert after == sorted(after, key=lambda one: (-one.claims, one.name, one.id))
    finally:
        case.judge(left.id, right.id, "unsure", by="Ada")
    assert [one.id for one in case.parties()] == [one.id for one in before]


def test_figures_come_by_day_and_those_of_one_outcome_alone_where_asked(case: Case) -> None:
    every = case.compare()
    days = [one.view.document.published_at or "9999" for one in every]
    assert days == sorted(days)
    killed = case.compare(FigureFilter(outcome="Killed"))
    assert {one.quantity.outcome for one in killed} == {"killed"}
    assert [one for one in every if one.quantity.outcome == "killed"] == list(killed)
    assert case.compare(FigureFilter(outcome="nothing")) == ()
    spring = case.compare(FigureFilter(since="2031-05-01", until="2031-05-31"))
    assert {one.view.document.published_at for one in spring} == {"2031-05-03"}


def test_a_figure_belongs_to_the_place_that_its_document_named_last(case: Case) -> None:
    carried = [one for one in case.compare(FigureFilter(place="brenna")) if one.carried]
    assert carried
    assert all("Brenna" in one.places for one in carried)


def test_claims_of_older_ledgers_are_marked_with_what_their_figures_count(case: Case) -> None:
    before = case.compare()
    with database.writing(case._store.engine) as connection:  # noqa: SLF001 - no reader of a case sees its tables
        connection.exec_driver_sql("DELETE FROM terms WHERE kind = 'outcome'")
        listing.fill(connection)
        assert list(listing.findings(connection)) == []
    assert case.compare() == before


def test_reviews_come_page_by_page_as_they_were_imported(store: Store) -> None:
    made = [
        (
            Review(
                url=f"https://facts.example/{n}", author="Facts", claim_reviewed=f"Claim {n}", rating="false"
            ),
            ("claim",),
        )
        for n in range(5)
    ]
    store.put_reviews(FeedArrival(origin="facts.json", sha256="0" * 64, reviews=tuple(made)))
    with store.reviews() as reviews:
        rows = list(turned(lambda limit, after=None: reviews.page(after, limit), 2))
        assert rows == [review for review, _ in made]
        with pytest.raises(BadInput, match="bad-cursor"):
            reviews.page("x", 2)


def test_links_of_one_score_come_once_each(store: Store, arrival: MakeArrival) -> None:
    files = [arrival(f"The mayor {n} said the bridge was shut.", origin=f"{n}.txt") for n in range(6)]
    store.put(files)
    claims = [file.readings[0].claims[1].id for file in files]
    store.put_links(RUN, [_link(claims[0], other, 0.5) for other in claims[1:]])
    with store.pages() as pages:
        every = [view.link.id for view in pages.links()]
        paged = list(turned(lambda limit, after=None: pages.link_rows(LinkFilter(), after, limit), 2))
        assert [view.link.id for view in paged] == every  # type: ignore[attr-defined] # they are links
        of_one = pages.link_rows(LinkFilter(claim=claims[3]), None, 10).rows
        assert [{view.link.left, view.link.right} for view in of_one] == [{claims[0], claims[3]}]
        confirmed = pages.link_rows(LinkFilter(judged=("confirmed",)), None, 10)
        assert confirmed.rows == ()


def test_a_claim_with_very_many_links_is_shown_with_the_surest_and_told_how_many_there_are(
    store: Store, arrival: MakeArrival
) -> None:
    files = [arrival(f"The mayor {n} said the bridge was shut.", origin=f"{n}.txt") for n in range(6)]
    store.put(files)
    claims = [file.readings[0].claims[1].id for file in files]
    store.put_links(RUN, [_link(claims[0], other, n / 10) for n, other in enumerate(claims[1:])])
    with store.pages() as pages:
        page = pages.claim(claims[0], 2)
        assert [view.link.score for view in page.links] == [0.4, 0.3]
        assert [(one.kind, one.acts, one.count) for one in page.linked] == [("denies", True, 5)]
        assert len(pages.claim(claims[0]).links) == 5
        kinds: tuple[LinkKind, ...] = ("denies",)
        ties, left = pages.surest_ties([claims[0]], kinds, 2)
        assert ([tie.score for tie in ties], left) == ([0.4, 0.3], 3)


def test_claims_that_are_read_together_are_read_once_however_many_are_at_hand(
    store: Store, arrival: MakeArrival, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "_CLAIMS_AT_HAND", 3)
    files = [arrival(f"The mayor {n} said the bridge was shut.", origin=f"{n}.txt") for n in range(8)]
    store.put(files)
    claims = [file.readings[0].claims[1].id for file in files]
    with store.pages() as pages:
        pages.read(claims[:5])
        pages.read(claims)
        asked: list[object] = []
        event.listen(store.engine, "before_cursor_execute", lambda *given: asked.append(given))
        assert [pages.view(claim).claim.id for claim in claims] == claims
    assert asked == []


def test_links_of_a_replaced_claim_and_of_a_shortened_id_are_those_that_it_is_shown_with(
    store: Store, arrival: MakeArrival
) -> None:
    files = [arrival(f"The mayor {n} said the bridge was shut.", origin=f"{n}.txt") for n in range(3)]
    store.put(files)
    claims = [file.readings[0].claims[1].id for file in files]
    document = files[0].readings[0].document.id
    store.put_links(RUN, [_link(claims[0], other, 0.5) for other in claims[1:]])
    store.put_links(RUN, [msgspec.structs.replace(_link(document, claims[1], 0.5), id="", kind="copies")])
    store.annotate(document, None, replaces=claims[0], signed=Signed("Ada", None))
    with store.pages() as pages:
        shown = [view.link.id for view in pages.claim(claims[0]).links]
        assert len(shown) == 2
        for asked in (claims[0], claims[0][:14], claims[0].removeprefix("clm_")[:10]):
            assert [row.link.id for row in pages.link_rows(LinkFilter(claim=asked), None, 9).rows] == shown
            assert [row.link.id for row in pages.links(LinkFilter(claim=asked))] == shown
        of_document = pages.link_rows(LinkFilter(claim=document[:14]), None, 9).rows
        assert [row.link.kind for row in of_document] == ["copies"]
        for nobody in ("clm_zzz", "clm_", "doc_zzz"):
            with pytest.raises(NotFound):
                pages.link_rows(LinkFilter(claim=nobody), None, 9)


def _link(left: str, right: str, score: float) -> Link:
    return Link(kind="denies", left=left, right=right, score=score, rule="test", why="So it is.", run=RUN.id)


def test_namesakes_are_found_by_full_and_by_short_names_until_they_are_judged(tmp_path: Path) -> None:
    said = (
        "Ada Ferrol said that 3 people were killed. Ferrol said that it rained.",
        "Bob Ferrol said that 4 people were killed. Ferrol said that it snowed.",
        "Ferrol said that 99 people were killed.",
    )
    for number, text in enumerate(said):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    with Case.init(tmp_path / "case") as case:
        list(case.add(sorted(tmp_path.glob("*.txt"))))
        called = {view.name: view for view in case.parties()}
        ada, bo, short = (called[name] for name in ("Ada Ferrol", "Bob Ferrol", "Ferrol"))
        assert set(short.alike) == {ada.id, bo.id}
        assert ada.alike == bo.alike == (short.id,)
        case.judge(short.id, ada.id, "negative", by="Ada")
        left = {view.name: view.alike for view in case.parties()}
        assert left["Ferrol"] == (bo.id,)
        assert left["Ada Ferrol"] == ()
        with database.reading(case._store.engine) as connection:  # noqa: SLF001 - no reader of a case sees its tables
            assert list(partylists.findings(connection)) == []


def test_names_of_one_party_are_one_value_of_a_facet_however_rare_each_is(
    store: Store, arrival: MakeArrival
) -> None:
    common = [f"Voi{number:03}" for number in range(60)]
    rare = ["Tavriq", "Tavriw", "Tavrix"]
    said = [(name, n) for name in common for n in range(2)] + [(name, 0) for name in rare]
    files = [
        arrival(f"The {name} said the bridge {n} was shut.", origin=f"{name}{n}.txt") for name, n in said
    ]
    store.put(files)
    first, *others = (file.readings[0].parties[1].id for file in files[-3:])
    for other in others:
        store.judge((first, other), "positive", by="Ada", reason=None)
    with store.pages() as pages:
        speakers = pages.facets(ClaimFilter()).speakers
    assert speakers[0].count == 3
    assert speakers[0].value.startswith("Tavri")
