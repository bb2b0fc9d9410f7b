"""Where a case has its texts from: outlets, credits, and who reprints whom."""

from collections.abc import Iterator

import pytest

from sayso.case import Case
from sayso.core.errors import BadInput, NotFound
from sayso.core.views import OutletRow

STORY = (
    "The harbour master of Brenna said the ferry had left the pier before the storm reached the breakwater. "
    "He said that two boats were missing and that a search would begin at dawn. The district hospital said "
    "that 21 people were treated for cold and shock. The Ministry of Transport said an inquiry would open."
)
PAPERS = {
    "a-wire.txt": f"date: 2031-05-03\nBy Aldermoor Wire\n\n{STORY}\n",
    "b-times.txt": (
        f"date: 2031-05-04\nBy Tidewater Times\n\nBRENNA (Aldermoor Wire) – {STORY}"
        " All of Brenna is waiting.\n"
    ),
    "c-times.txt": "date: 2031-05-05\nBy Tidewater Times\n\nThe mayor said the pier would stay closed.\n",
    "d-letter.txt": "The pier was never safe, forty sailors said.\n",
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A wire story, a reprint that credits it, and two others."""
    folder = tmp_path_factory.mktemp("sourcing")
    for name, text in PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Case.init(folder / "case") as made:
        list(made.add([folder / name for name in PAPERS]))
        made.link()
        yield made


def test_outlets_come_by_documents_then_by_name_with_what_they_hold(case: Case) -> None:
    rows = case.outlets().rows
    assert [(row.name, row.documents) for row in rows] == [
        ("Tidewater Times", 2),
        (None, 1),
        ("Aldermoor Wire", 1),
    ]
    for row in rows:
        pages = [page for page in case.documents() if page.head.outlet == row.name]
        assert row.claims == sum(len(page.claims) for page in pages)
        assert row.own == sum(view.voice == "outlet" for page in pages for view in page.claims)
        assert row.first == pages[0].head


def test_a_credit_is_found_and_the_wire_was_first(case: Case) -> None:
    of: dict[str | None, OutletRow] = {row.name: row for row in case.outlets().rows}
    assert of["Tidewater Times"].credits == (("Aldermoor Wire", 1),)
    assert (of["Aldermoor Wire"].families, of["Aldermoor Wire"].first_in) == (1, 1)
    assert (of["Tidewater Times"].families, of["Tidewater Times"].first_in) == (1, 0)
    (first, _) = case.outlet("tidewater  TIMES").documents
    (credit,) = first.credits
    assert (credit.name, credit.covers) == ("Aldermoor Wire", "text")
    assert "(Aldermoor Wire)" in credit.words
    assert [one.source.outlet for one in first.shares] == ["Aldermoor Wire"]


def test_lists_are_paged_without_gaps_or_repeats(case: Case) -> None:
    seen: list[str | None] = []
    after = None
    while True:
        found = case.outlets(after=after, limit=1)
        seen += [row.name for row in found.rows]
        after = found.after
        if after is None:
            break
    assert seen == [row.name for row in case.outlets().rows]
    one = case.outlet("Tidewater Times", limit=1)
    two = case.outlet("Tidewater Times", after=one.after, limit=1)
    assert two.after is None
    assert {one.documents[0].head.origin, two.documents[0].head.origin} == {"b-times.txt", "c-times.txt"}


def test_a_family_names_its_first_and_how_much_was_taken(case: Case) -> None:
    (family,) = case.reprints().rows
    assert (family.documents, family.pairs, family.undated) == (2, 1, 0)
    assert [head.outlet for head in family.first] == ["Aldermoor Wire"]
    (reprint,) = family.reprints
    assert (reprint.copy.outlet, reprint.source.outlet) == ("Tidewater Times", "Aldermoor Wire")
    assert 0.5 < reprint.share <= 1
    page = case.reprint(reprint.link)
    assert page.edits == case.edits(reprint.link).edits
    put_in = [edit.copy.of(page.copy_text) for edit in page.edits if edit.kind == "inserted" and edit.copy]
    assert any("waiting" in words for words in put_in)


def test_a_rejected_copy_makes_no_family(case: Case) -> None:
    (family,) = case.reprints().rows
    link = family.reprints[0].link
    case.judge_link(link, "rejected", by="Ada Tester")
    assert case.reprints().rows == ()
    assert not any(row.families for row in case.outlets().rows)
    case.judge_link(link, "unjudged", by="Ada Tester")
    assert case.reprints().rows == (family,)


def test_what_is_not_there_is_refused(case: Case) -> None:
    with pytest.raises(NotFound):
        case.outlet("Nobody's Paper")
    for cursor in ("", "x", "WyJhIl0", "WyJhIiwiYiJd"):
        with pytest.raises(BadInput):
            case.outlets(after=cursor)
        with pytest.raises(BadInput):
            case.reprints(after=cursor)
    with pytest.raises(NotFound):
        case.reprint("lnk_0000")
