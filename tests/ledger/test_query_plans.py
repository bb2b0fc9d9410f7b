"""No page of a large case goes through a whole table: SQLite looks rows up along its indexes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from sayso.case import Case
from sayso.core.views import ClaimFilter, FigureFilter, LinkFilter, RelationFilter
from sayso.ledger import claimlists, database

pytestmark = pytest.mark.sqlite  # what the plans look like is each database's own

# Tables that grow with the case.
GROWING = {
    "records",
    "captures",
    "documents",
    "claims",
    "roles",
    "links",
    "passages",
    "listed",
    "stands",
    "tallied_pairs",
    "tallied_parties",
    "listed_parties",
    "party_names",
    "party_forms",
}
# A list of everything is read along an index in its order, and given up after a page.
IN_ORDER = (
    "ORDER BY listed.number",
    "ORDER BY listed.worth",
    "ORDER BY listed_parties.claims",
    "ORDER BY documents.published",
    "ORDER BY reviews.number",
)

PAPERS = {
    "one.txt": "date: 2031-05-03\nBy Aldermoor Post\n\nOstrany accused Tavria of shelling Brenna.\n",
    "two.txt": "date: 2031-06-04\nBy Tidewater Times\n\nTavria denied that it had shelled Brenna.\n",
    "three.txt": "By Hollow Gazette\n\nOstrany accused Tavria of shelling Brenna.\n",
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A case of some papers that speak of each other, linked."""
    folder: Path = tmp_path_factory.mktemp("plans")
    for name, text in PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Case.init(folder / "case") as made:
        list(made.add([folder / name for name in PAPERS]))
        made.link()
        yield made


@contextmanager
def watched(engine: Engine) -> Iterator[list[tuple[str, object]]]:
    """The questions that are asked meanwhile."""
    asked: list[tuple[str, object]] = []

    def note(_: Connection, __: object, statement: str, given: object, ___: object, many: bool) -> None:  # noqa: FBT001 - as SQLAlchemy calls it
        if statement.startswith(("SELECT", "WITH")) and not many:
            asked.append((statement, given))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def scanned(engine: Engine, statement: str, given: object) -> set[str]:
    """The growing tables that a question goes through as a whole."""
    with database.reading(engine) as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)  # type: ignore[arg-type] # as it was given
        steps = [row.detail.split() for row in plan]
    return {step[1] for step in steps if step[0] == "SCAN"} & GROWING


READ: dict[str, Callable[[Case], object]] = {
    "all claims": lambda case: case.claim_rows(),
    "claims by worth": lambda case: case.claim_rows(ClaimFilter(act="deny"), sort="checkworthy"),
    "a filtered list": lambda case: case.claim_rows(ClaimFilter(words="brenna", act="deny", speaker="tav")),
    "facets": lambda case: case.facets(ClaimFilter(outlet="post")),
    "a claim": lambda case: case.show(case.claim_rows().rows[0].view.claim.id),
    "its trace": lambda case: case.trace(case.claim_rows().rows[0].view.claim.id),
    "its trace cut short": lambda case: case.trace(case.claim_rows().rows[0].view.claim.id, most=1),
    "its links": lambda case: case.link_rows(LinkFilter(claim=case.claim_rows().rows[0].view.claim.id[:20])),
    "its sentence": lambda case: case.quoted([case.claim_rows().rows[0].view.claim.id]),
    "a document": lambda case: case.reading(case.claim_rows().rows[0].view.document.id),
    "who says what of whom": lambda case: case.relations(),
    "the same of some days": lambda case: case.relations(
        RelationFilter(since="2031-05-02", until="2031-06-04")
    ),
    "outlets": lambda case: case.outlets(),
    "one outlet": lambda case: case.outlet("Aldermoor Post"),
    "links": lambda case: case.link_rows(LinkFilter(kind="same")),
    "more links": lambda case: case.link_rows(after=case.link_rows(limit=1).after),
    "links of a voice": lambda case: case.link_rows(LinkFilter(speaker="tavria")),
    "confirmed links": lambda case: case.link_rows(LinkFilter(judged=("confirmed",))),
    "parties": lambda case: case.party_rows(),
    "more parties": lambda case: case.party_rows(after=case.party_rows(limit=1).after),
    "figures": lambda case: case.figure_rows(),
    "figures of a place": lambda case: case.figure_rows(FigureFilter(place="brenna")),
    "fact-checks": lambda case: case.review_rows(),
    "documents": lambda case: case.document_rows(),
    "the log": lambda case: case.log_rows(),
}


@pytest.mark.parametrize("page", READ)
def test_a_page_looks_up_what_it_shows(case: Case, page: str) -> None:
    engine = case._store.engine  # noqa: SLF001 - no reader of a case sees its questions
    with watched(engine) as asked:
        READ[page](case)
    assert asked
    for statement, given in asked:
        if not any(order in statement for order in IN_ORDER):
            assert scanned(engine, statement, given) == set(), statement


def test_links_of_a_voice_with_many_claims_come_by_in_their_order(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = LinkFilter(speaker="tavria")
    few = case.link_rows(of).rows
    assert few
    monkeypatch.setattr(claimlists, "_FEW", 0)
    engine = case._store.engine  # noqa: SLF001 - as above
    with watched(engine) as asked:
        assert case.link_rows(of).rows == few
    assert all(scanned(engine, statement, given) == set() for statement, given in asked)
