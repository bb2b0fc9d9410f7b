"""People say which links hold; what they reject never comes back, and all they said stays on record."""

from collections.abc import Callable

import pytest
from tests.cases import changed

from sayso.core import codec
from sayso.core.errors import BadInput, BadRecord, NotFound
from sayso.core.records import Judged, Link, LinkJudgement, LinkKind, Run
from sayso.core.views import LinkFilter, LinkView
from sayso.ledger import log
from sayso.ledger.arrival import Arrival
from sayso.ledger.captures import Captures
from sayso.ledger.store import Store

MakeArrival = Callable[..., Arrival]
NAMES = ("Orvale", "Mereth", "Quillo")


@pytest.fixture
def linked(store: Store, arrival: MakeArrival) -> Store:
    """A ledger with three documents, whose claims say the same."""
    files = [arrival(f"The {name} said that shells hit the bridge.", origin=name) for name in NAMES]
    store.put(files)
    one, two, three = (file.readings[0].claims[1].id for file in files)
    put(store, "1", ("same", two, one), ("same", three, one), ("denies", three, two))
    return store


def put(store: Store, version: str, *links: tuple[LinkKind, str, str]) -> None:
    run = Run(tool="test link", version=version)
    found = [
        Link(kind=kind, left=left, right=right, score=0.5 + n / 10, rule="test", why="Alike.", run=run.id)
        for n, (kind, left, right) in enumerate(links)
    ]
    store.put_links(run, found)


def links(store: Store, *judged: Judged) -> list[LinkView]:
    with store.pages() as pages:
        return list(pages.links(LinkFilter(judged=judged) if judged else LinkFilter()))


def judge(store: Store, link: str, judged: Judged, reason: str | None = None) -> LinkJudgement:
    return store.judge_link(link, judged, by="Ilsa Brandt", reason=reason)


def test_a_confirmed_link_says_who_confirmed_it_and_why(linked: Store) -> None:
    link = links(linked)[0].link
    made = judge(linked, link.id[:16], "confirmed", "Same shell.")
    (view,) = links(linked, "confirmed")
    assert (view.link.id, view.link.judgement, view.link.judged_by) == (link.id, "confirmed", "Ilsa Brandt")
    assert view.judged == made
    assert made.reason == "Same shell."


def test_a_rejected_link_is_shown_only_when_it_is_asked_for(linked: Store) -> None:
    before = links(linked)
    rejected = before[0]
    judge(linked, rejected.link.id, "rejected")
    assert [view.link.id for view in links(linked)] == [view.link.id for view in before[1:]]
    assert [view.link.id for view in links(linked, "rejected")] == [rejected.link.id]
    with linked.pages() as pages:
        for end in (rejected.left.id, rejected.right.id):
            assert rejected.link.id not in {view.link.id for view in pages.claim(end).links}
            assert rejected.link.id not in {link.id for link in pages.ties([end], ("same", "denies"))}


def test_a_link_found_again_keeps_its_judgement(linked: Store) -> None:
    link = links(linked)[0].link
    judge(linked, link.id, "rejected")
    put(linked, "2", (link.kind, link.left, link.right))
    assert link.id not in {view.link.id for view in links(linked)}


def test_what_says_the_same_the_other_way_round_is_judged_with_it(linked: Store) -> None:
    same = next(view.link for view in links(linked) if view.link.kind == "same")
    denies = next(view.link for view in links(linked) if view.link.kind == "denies")
    first = judge(linked, same.id, "rejected")
    judge(linked, denies.id, "rejected")
    put(linked, "2", ("same", same.right, same.left), ("denies", denies.right, denies.left))
    shown = {(view.link.kind, view.link.left, view.link.right) for view in links(linked)}
    assert ("same", same.right, same.left) not in shown
    assert ("denies", denies.right, denies.left) in shown  # whoever denies is not denied by it
    mirrored = next(view.link for view in links(linked, "rejected") if view.link.left == same.right)
    again = judge(linked, mirrored.id, "confirmed")
    assert (again.link, again.supersedes) == (same.id, first.id)
    assert len(links(linked, "confirmed")) == 2


def test_a_judgement_taken_back_leaves_a_suggestion(linked: Store) -> None:
    before = links(linked)
    link = before[0].link
    made = [judge(linked, link.id, judged) for judged in ("rejected", "confirmed", "unjudged")]
    after = links(linked)
    assert [view.link for view in after] == [view.link for view in before]
    assert after[0].judged == made[-1]
    assert list(linked.link_judgements()) == made
    assert [one.supersedes for one in made] == [None, made[0].id, made[1].id]


def test_what_nobody_judged_cannot_be_taken_back(linked: Store) -> None:
    link = links(linked)[0].link
    before = len(list(linked.log()))
    with pytest.raises(BadInput, match="nobody's judgement stands"):
        judge(linked, link.id, "unjudged")
    judge(linked, link.id, "rejected")
    judge(linked, link.id, "unjudged")
    with pytest.raises(BadInput, match="nobody's judgement stands"):
        judge(linked, link.id, "unjudged")
    assert len(list(linked.log())) == before + 2


def test_every_judgement_on_a_link_is_an_entry_of_the_log(linked: Store) -> None:
    link = links(linked)[0].link
    made = judge(linked, link.id, "confirmed")
    entry = list(linked.log())[-1]
    told = codec.decode(entry.details, log.LinkJudged)
    assert (entry.act, told.link, told.judgement) == ("judge", link.id, made.id)
    assert (told.judged, told.by, told.supersedes) == ("confirmed", "Ilsa Brandt", None)


@pytest.mark.parametrize(
    ("beginning", "code"),
    [("zz", "no-link"), ("", "no-link"), ("lnk_", "no-link"), ("0" * 10_000, "no-link")],
)
def test_an_id_that_means_no_single_link_is_refused_and_leaves_no_trace(
    linked: Store, beginning: str, code: str
) -> None:
    before = list(linked.log())
    with pytest.raises(NotFound, match=code) as caught:
        judge(linked, beginning, "confirmed")
    assert caught.value.hint
    assert list(linked.log()) == before


def test_links_are_chosen_by_their_score_and_by_who_speaks(linked: Store) -> None:
    with linked.pages() as pages:
        assert [v.link.score for v in pages.links(LinkFilter(score=0.55))] == [0.7, 0.6]
        for name in NAMES:
            found = list(pages.links(LinkFilter(speaker=name.upper())))
            assert found
            assert all(name in {view.left.speaker, view.right.speaker} for view in found)
        assert not list(pages.links(LinkFilter(speaker="nobody")))


def test_a_judgement_is_somebody_s_at_a_time(linked: Store) -> None:
    made = judge(linked, links(linked)[0].link.id, "confirmed")
    with pytest.raises(BadRecord, match="no-judge"):
        LinkJudgement(link=made.link, judgement="confirmed", by=" ", at=made.at)
    with pytest.raises(BadRecord, match="no-time-zone"):
        LinkJudgement(link=made.link, judgement="confirmed", by="Ilsa", at=made.at.replace(tzinfo=None))


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM records WHERE kind = 'linkjudgement'",
        "UPDATE records SET body = replace(body, 'rejected', 'confirmed') WHERE kind = 'linkjudgement'",
        "UPDATE records SET body = replace(body, 'Ilsa', 'Olga') WHERE kind = 'linkjudgement'",
        "UPDATE log SET details = replace(details, 'rejected', 'confirmed') WHERE act = 'judge'",
    ],
)
def test_a_changed_or_deleted_judgement_on_a_link_is_found(
    linked: Store, captures: Captures, change: str
) -> None:
    judge(linked, links(linked)[0].link.id, "rejected")
    changed(linked.place, change)
    found = {one.code for one in linked.check(captures).findings}
    assert found - {"no-capture"}
