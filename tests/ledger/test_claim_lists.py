"""Lists of claims: filtered, sorted and paged in the database, and the same as going through the case."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from tests.cases import changed
from tests.ledger.conftest import MakeArrival, make_arrival

from sayso.core.errors import BadInput
from sayso.core.records import Link, Run
from sayso.core.views import ClaimFilter, ClaimRows, ClaimSort
from sayso.ledger import claimlists, cursors
from sayso.ledger.annotations import Signed
from sayso.ledger.captures import Captures
from sayso.ledger.store import Store

FIRST_RELEASE = Path(__file__).parent / "fixtures" / "first_release"
FILTERS = {
    "all": ClaimFilter(),
    "act": ClaimFilter(act="accuse"),
    "voice": ClaimFilter(voice="outlet"),
    "speaker": ClaimFilter(speaker="ORVAL"),
    "target": ClaimFilter(target="lunde  bridge"),
    "nobody": ClaimFilter(speaker="Zzz"),
    "sign": ClaimFilter(speaker="100%_"),
    "since": ClaimFilter(since="2031-05-05"),
    "until": ClaimFilter(until="2031-05-04"),
    "both days": ClaimFilter(since="2031-05-04", until="2031-05-04", act="report"),
    "last day": ClaimFilter(until="9999-12-31"),
}
TEXTS = {
    "orvale.txt": "The Orvale ministry said shells hit the Lunde bridge.\nNobody was hurt.",
    "mereth.txt": "The Mereth army denied that it fired on the Lunde bridge.\n\nIt was café hour. 🌉",
    "wire.txt": "An undated wire said that four shells hit a bridge.",
    "late.txt": "The Orvale ministry said the bridge is mended.",
}
DAYS = {"orvale.txt": "2031-05-04", "mereth.txt": "2031-05-05T10:00", "late.txt": "2031-05-09"}


@pytest.fixture
def listed(store: Store, captures: Captures) -> Store:
    """A ledger of four documents, the latest stored first and one without a date."""
    captures.keep(text.encode() for text in TEXTS.values())
    for name in sorted(TEXTS, reverse=True):
        store.put([make_arrival(TEXTS[name], origin=name, published=DAYS.get(name))])
    return store


def rows(
    store: Store,
    wanted: ClaimFilter,
    *,
    sort: ClaimSort = "published",
    after: str | None = None,
    limit: int = 1000,
) -> ClaimRows:
    with store.pages() as pages:
        return pages.claim_rows(wanted, sort, after, limit)


def ids(found: ClaimRows) -> list[str]:
    return [row.view.claim.id for row in found.rows]


def link_of(store: Store, kind: str = "denies") -> Link:
    one, other = ids(rows(store, ClaimFilter(act="accuse", until="2031-05-06")))
    link = Link(kind=kind, left=other, right=one, score=0.5, rule="test", why="They say so.")  # type: ignore[arg-type] # each test gives a kind
    store.put_links(Run(tool="test", version="1"), [link])
    return link


@pytest.mark.parametrize("wanted", FILTERS.values(), ids=FILTERS.keys())
def test_a_list_holds_what_going_through_the_case_finds(listed: Store, wanted: ClaimFilter) -> None:
    with listed.pages() as pages:
        views = list(pages.claims(wanted))
    found = rows(listed, wanted)
    assert sorted(ids(found)) == sorted(view.claim.id for view in views)
    assert {row.view for row in found.rows} == set(views)
    assert set(ids(rows(listed, wanted, sort="checkworthy"))) == set(ids(found))


def test_a_list_is_in_the_order_of_publication_and_of_the_text(listed: Store) -> None:
    found = rows(listed, ClaimFilter())
    days = [row.view.document.published_at for row in found.rows]
    assert days == ["2031-05-04"] * 2 + ["2031-05-05T10:00"] * 2 + ["2031-05-09"] * 2 + [None] * 2
    assert [row.view.claim.content[0].start for row in found.rows[:2]] == [0, 4]
    assert found.after is None


@pytest.mark.parametrize("sort", ["published", "checkworthy"])
def test_pages_one_after_the_other_are_the_whole_list(listed: Store, sort: ClaimSort) -> None:
    seen: list[str] = []
    after: str | None = None
    while True:
        page = rows(listed, ClaimFilter(), sort=sort, after=after, limit=3)
        seen += ids(page)
        after = page.after
        if after is None:
            break
    assert seen == ids(rows(listed, ClaimFilter(), sort=sort))
    assert len(seen) == 8


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("bridge", 8),
        ("LUNDE bridge", 4),
        ('"lunde bridge"', 4),
        ('"bridge lunde"', 0),
        ("café", 0),
        ("?!", 0),
    ],
)
def test_words_are_looked_for_in_the_claims_own_words(listed: Store, words: str, count: int) -> None:
    assert len(rows(listed, ClaimFilter(words=words)).rows) == count


def test_words_narrow_the_walk_through_the_case_too(listed: Store) -> None:
    with listed.pages() as pages:
        found = {view.claim.id for view in pages.claims(ClaimFilter(words="mended", act="accuse"))}
    assert found == set(ids(rows(listed, ClaimFilter(words="mended", act="accuse"))))
    assert len(found) == 1


def test_a_link_is_counted_and_found_until_somebody_rejects_it(listed: Store) -> None:
    link = link_of(listed)
    found = rows(listed, ClaimFilter(links=("denies", "updates")))
    assert {(row.view.claim.id, one.acts, one.count) for row in found.rows for one in row.links} == {
        (link.left, True, 1),
        (link.right, False, 1),
    }
    listed.judge_link(link.id, "rejected", by="Ada", reason=None)
    assert rows(listed, ClaimFilter(links=("denies",))).rows == ()
    assert all(row.links == () for row in rows(listed, ClaimFilter()).rows)
    listed.judge_link(link.id, "unjudged", by="Ada", reason=None)
    assert len(rows(listed, ClaimFilter(links=("denies",))).rows) == 2


def test_a_rejection_counts_for_the_same_link_the_other_way_round(listed: Store) -> None:
    link = link_of(listed, "contradicts")
    listed.judge_link(link.id, "rejected", by="Ada", reason=None)
    mirrored = Link(kind="contradicts", left=link.right, right=link.left, score=0.5, rule="test", why="So.")
    listed.put_links(Run(tool="test", version="2"), [mirrored])
    assert rows(listed, ClaimFilter(links=("contradicts",))).rows == ()


def test_the_suggestions_of_many_claims_are_judged_at_once(listed: Store, captures: Captures) -> None:
    link = link_of(listed)
    claims = ids(rows(listed, ClaimFilter()))
    (made,) = listed.judge_suggestions(claims, "denies", "confirmed", by="Ada", reason="All clear.")
    assert (made.link, made.judgement, made.by) == (link.id, "confirmed", "Ada")
    assert listed.judge_suggestions(claims, "denies", "rejected", by="Ada", reason=None) == ()
    assert listed.judge_suggestions(claims, "same", "rejected", by="Ada", reason=None) == ()
    assert [entry.act for entry in listed.log()][-1] == "judge"
    assert listed.check(captures).findings == ()


def test_a_claim_shows_the_verdict_that_stands(listed: Store) -> None:
    with listed.pages() as pages:
        claim = pages.claim_id(ids(rows(listed, ClaimFilter()))[0])
    for rating in ("unproven", "supported"):
        listed.conclude(claim, rating, "Seen.", evidence=(), by="Ada")
    (found,) = rows(listed, ClaimFilter(concluded=True)).rows
    assert (found.view.claim.id, found.rating) == (claim, "supported")
    without = ids(rows(listed, ClaimFilter(concluded=False)))
    assert len(without) == 7
    assert claim not in without


def test_a_party_is_asked_for_by_its_id_and_with_all_that_is_one_with_it(listed: Store) -> None:
    with listed.pages() as pages:
        parties = {view.name: view.id for view in pages.parties()}
    orvale, mereth = parties["Orvale staff"], parties["Mereth staff"]
    assert len(rows(listed, ClaimFilter(said_by=orvale)).rows) == 2
    assert rows(listed, ClaimFilter(said_of=orvale)).rows == ()
    listed.judge((orvale, mereth), "positive", by="Ada", reason=None)
    found = rows(listed, ClaimFilter(said_by=orvale))
    assert {row.view.claim.act for row in found.rows} == {"accuse"}
    assert len(found.rows) == 3
    with listed.pages() as pages:
        assert {view.claim.id for view in pages.claims(ClaimFilter(said_by=orvale))} == set(ids(found))
    assert rows(listed, ClaimFilter(speaker="mereth staff")).rows == found.rows
    assert rows(listed, ClaimFilter(said_by="nobody")).rows == ()


def test_facets_count_what_a_filter_wants(listed: Store) -> None:
    link_of(listed)
    with listed.pages() as pages:
        facets = pages.facets(ClaimFilter(act="accuse"))
    assert (facets.counted, facets.complete, facets.verdicts) == (4, True, 0)
    assert [(one.value, one.count) for one in facets.acts] == [("accuse", 4)]
    assert [(one.value, one.count) for one in facets.voices] == [("indirect", 4)]
    assert ("Orvale", 2) in [(one.value, one.count) for one in facets.speakers]
    assert [(one.value, one.count) for one in facets.targets] == [("The Lunde Bridge", 4)]
    assert [(one.value, one.count) for one in facets.outlets] == [("The Valley Post", 4)]
    assert [(one.value, one.count) for one in facets.links] == [("denies", 2)]


def test_a_part_of_very_many_names_finds_them_all(store: Store, arrival: MakeArrival) -> None:
    texts = [f"The {n:04}zz said that rain fell." for n in range(230)]
    store.put([arrival(text, origin=f"{n}.txt", published="2031-05-04") for n, text in enumerate(texts)])
    store.put([arrival("The Orvale ministry said so.", origin="other.txt")])
    wanted = ClaimFilter(speaker="ZZ")
    assert len(rows(store, wanted).rows) == 230
    assert len(rows(store, wanted, sort="checkworthy", limit=7).rows) == 7
    first = rows(store, wanted, limit=100)
    assert len(rows(store, wanted, after=first.after).rows) == 130
    with store.pages() as pages:
        assert pages.facets(wanted).counted == 230
        assert len(list(pages.claims(ClaimFilter(speaker="ZZ", words="rain")))) == 230


SOUGHT = {
    "all": ClaimFilter(),
    "common": ClaimFilter(act="accuse"),
    "rare": ClaimFilter(words="snow"),
    "phrase": ClaimFilter(words='"snow fell"'),
    "no phrase": ClaimFilter(words='"fell snow"'),
    "worth": ClaimFilter(checkworthy=0.3),
    "rare and worth": ClaimFilter(words="snow", checkworthy=0.3),
    "days": ClaimFilter(since="2031-05-05", until="2031-05-06"),
    "rare on days": ClaimFilter(words="snow", since="2031-05-05", until="2031-05-06"),
    "part of a name": ClaimFilter(speaker="ministr"),
    "unconcluded": ClaimFilter(concluded=False, words="snow"),
}


# How many claims are looked at one after the other, are sorted as a whole, are asked for together; how many
# names one question holds.
BOUNDS = {
    "as it is": (1000, 4000, 2000, 1000),
    "all that fit at once": (2, 4000, 2000, 1000),
    "by hundredths": (2, 0, 1, 1000),
    "by many hundredths": (3, 1, 9, 1000),
    "names not asked for": (2, 4000, 2000, 0),
    "by hundredths, names not asked for": (3, 0, 5, 0),
}


@pytest.mark.parametrize("bounds", BOUNDS.values(), ids=BOUNDS.keys())
def test_a_list_by_worth_is_the_same_however_it_is_looked_for(
    store: Store, monkeypatch: pytest.MonkeyPatch, bounds: tuple[int, int, int, int]
) -> None:
    store.put(
        [
            make_arrival(
                f"The {'ministry' if n % 3 else 'council'} said {'it rained' if n % 5 else 'snow fell'}.",
                origin=f"{n}.txt",
                published=f"2031-05-{n % 4 + 4:02}",
                worth=None if n % 7 == 0 else (n % 11) / 11,
            )
            for n in range(40)
        ]
    )
    concluded, replaced = (row.view for row in rows(store, ClaimFilter(words="snow")).rows[:2])
    store.conclude(concluded.claim.id, "supported", "Seen.", evidence=(), by="Ada")
    store.annotate(replaced.document.id, None, replaces=replaced.claim.id, signed=Signed("Ada", None))
    walked, few, most, broad = bounds
    monkeypatch.setattr(claimlists, "_WALKED", walked)
    monkeypatch.setattr(claimlists, "_DENSE", 0.9)
    monkeypatch.setattr(claimlists, "_FEW", few)
    monkeypatch.setattr(claimlists, "_RANGE", (1, most))
    monkeypatch.setattr(claimlists, "_BROAD", broad)
    for wanted in SOUGHT.values():
        # Of equal worth the last published comes first.
        claims = [row.view.claim for row in reversed(rows(store, wanted).rows)]
        claims.sort(key=lambda claim: 2.0 if claim.checkworthy is None else 1 - claim.checkworthy)
        seen: list[str] = []
        after: str | None = None
        while True:
            page = rows(store, wanted, sort="checkworthy", after=after, limit=4)
            seen += ids(page)
            after = page.after
            if after is None:
                break
        assert seen == [claim.id for claim in claims]


@pytest.mark.parametrize(
    "after",
    [
        "nonsense",
        cursors.written("checkworthy", "0.5", "7"),
        cursors.written("published", "nan", "7"),
        cursors.written("published", "0.0", "9" * 900),
        cursors.written("published", "0.0", "-1"),
    ],
)
def test_what_is_no_cursor_of_this_list_is_refused(listed: Store, after: str) -> None:
    with pytest.raises(BadInput, match="bad-cursor"):
        rows(listed, ClaimFilter(), after=after)


def test_claims_of_exactly_the_worth_that_a_hundredth_ends_with_do_not_bring_all_others_along(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    worths = [0.5] * 20 + [0.495] * 3 + [n / 100 for n in range(40)]
    store.put(
        [
            make_arrival(
                "The ministry said snow fell.", origin=f"{n}.txt", published="2031-05-04", worth=worth
            )
            for n, worth in enumerate(worths)
        ]
    )
    together: list[int] = []
    original = claimlists.Lists._together  # noqa: SLF001 - what it asks for at once shows nowhere else

    def watched(lists: claimlists.Lists, hundredths: Sequence[int | None], claims: int) -> int:
        together.append(original(lists, hundredths, claims))
        return together[-1]

    monkeypatch.setattr(claimlists.Lists, "_together", watched)
    monkeypatch.setattr(claimlists, "_WALKED", 20)
    monkeypatch.setattr(claimlists, "_DENSE", 2)
    monkeypatch.setattr(claimlists, "_FEW", 0)
    monkeypatch.setattr(claimlists, "_RANGE", (1, 4))
    first = rows(store, ClaimFilter(words="snow"), sort="checkworthy", limit=21)
    assert [row.view.claim.checkworthy for row in first.rows] == sorted(worths, reverse=True)[:21]
    assert max(together) < 10


def test_a_day_that_is_none_is_refused(listed: Store) -> None:
    with pytest.raises(BadInput, match="bad-date"):
        rows(listed, ClaimFilter(since="yesterday"))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE listed SET worth = 0.9 WHERE number = (SELECT min(number) FROM listed)",
        "UPDATE listed SET marks = marks || ' w' WHERE number = (SELECT min(number) FROM listed)",
        "UPDATE listed SET number = 5 WHERE number = (SELECT min(number) FROM listed)",
        "DELETE FROM listed WHERE number = (SELECT min(number) FROM listed)",
        "UPDATE terms SET folded = 'somebody else' WHERE folded = 'orvale'",
        "UPDATE judged_links SET judged = 'rejected'",
        "DELETE FROM concluded",
    ],
)
def test_a_changed_list_is_found(listed: Store, captures: Captures, change: str) -> None:
    link = link_of(listed)
    listed.judge_link(link.id, "confirmed", by="Ada", reason=None)
    with listed.pages() as pages:
        claim = pages.claim_id(link.left)
    listed.conclude(claim, "supported", "Seen.", evidence=(), by="Ada")
    assert listed.check(captures).findings == ()
    changed(listed.place, change)
    assert "changed-column" in {finding.code for finding in listed.check(captures).findings}


@pytest.mark.sqlite  # no older release knew another database
def test_a_ledger_of_an_older_release_is_listed_when_it_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(FIRST_RELEASE, folder)
    with closing(Store(folder / "ledger.sqlite")) as store:
        with store.pages() as pages:
            views = {view.claim.id: view for view in pages.claims(ClaimFilter())}
        found = rows(store, ClaimFilter())
        assert {row.view.claim.id: row.view for row in found.rows} == views
        assert store.check(Captures(folder / "captures")).findings == ()


def test_what_is_no_check_worthiness_is_refused_whoever_is_asked_for(listed: Store) -> None:
    for wanted in (ClaimFilter(checkworthy=2), ClaimFilter(checkworthy=2, speaker="Zzz")):
        with pytest.raises(BadInput, match="bad-share"):
            rows(listed, wanted)
