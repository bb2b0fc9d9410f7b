"""All links of one claim, page by page."""

import re
from pathlib import Path
from typing import Final

import httpx
import pytest
from tests.cases import place_of
from tests.web.desks import Desk

from sayso.case import Case
from sayso.core.records import Link, Run
from sayso.ledger.store import Store
from sayso.web.claim import MOST_BESIDE, Dossier

SAME: Final = 57  # links of the claim that has most


@pytest.fixture
def linked(open_desk: Desk, tmp_path: Path) -> tuple[Case, list[Link]]:
    """A case in which one claim has more links of a kind than a page lists, the surest first."""
    case = open_desk.case
    text = " ".join(f"Mayor Oda Merrin said that pier {number} of Brenna was shut." for number in range(70))
    (tmp_path / "piers.txt").write_text(text, encoding="utf-8")
    (added,) = case.add([tmp_path / "piers.txt"])
    hub, *others = (view.claim.id for view in case.claims() if view.document.id in added.ids)
    links = [
        Link(kind="same", left=hub, right=other, score=1 - at / 100, rule="test", why="Alike.")
        for at, other in enumerate(others[: SAME - 1])
    ]
    # The least sure one is the only one that leads to the claim.
    links.append(Link(kind="same", left=others[SAME], right=hub, score=0.1, rule="test", why="Alike."))
    store = Store(place_of(case.path))
    store.put_links(Run(tool="test", version="1"), links)
    store.close()
    case.judge_link(links[-1].id, "confirmed", by="Ada")
    return case, links


@pytest.fixture
def link(open_desk: Desk) -> Link:
    """A link between two claims."""
    found = open_desk.case.links()
    return next(one.link for one in found if one.left.kind == one.right.kind == "claim")


def test_every_link_of_a_kind_is_listed_with_what_it_rests_on(client: httpx.Client, link: Link) -> None:
    answer = client.get(f"/claims/{link.left}/links", params={"kind": link.kind})
    assert answer.status_code == 200
    assert f"<title>Links of a claim: {link.kind.replace('_', ' ')} " in answer.text
    rows = client.get("/api/v1/links", params={"claim": link.left, "kind": link.kind}).json()["rows"]
    assert link.id in {row["link"]["id"] for row in rows}
    for row in rows:
        other = row["right"] if row["left"]["id"] == link.left else row["left"]
        assert f'href="/claims/{other["id"]}"' in answer.text


def test_a_kind_that_a_claim_has_no_link_of_is_an_empty_list(client: httpx.Client, link: Link) -> None:
    answer = client.get(f"/claims/{link.left}/links", params={"kind": "depicts"})
    assert answer.status_code == 200
    assert "It has no more of them." in answer.text


@pytest.mark.parametrize("asked", [{}, {"kind": "gossip"}, {"kind": "same", "after": "x"}])
def test_what_is_no_list_of_links_is_refused(client: httpx.Client, link: Link, asked: dict[str, str]) -> None:
    assert client.get(f"/claims/{link.left}/links", params=asked).status_code == 400


def listed(client: httpx.Client, address: str) -> tuple[list[str], str | None]:
    """Return the claims that a page leads to, and where the next page is."""
    words = client.get(address).raise_for_status().text
    following = re.search(r'href="([^"]*after=[^"]*)"', words)
    found = re.findall(r'href="/claims/(clm_[0-9a-f]+)">its page', words)
    return found, following and following[1].replace("&amp;", "&")


def test_the_next_page_goes_on_where_the_first_ends(
    client: httpx.Client, linked: tuple[Case, list[Link]]
) -> None:
    _, links = linked
    hub = links[0].left
    others = [link.right for link in links[:-1]] + [links[-1].left]
    first, following = listed(client, f"/claims/{hub}/links?kind=same")
    assert following is not None
    second, end = listed(client, following)
    assert first
    assert second
    assert (first + second, end) == (others, None)


def test_a_claim_that_somebody_replaced_keeps_its_list(
    client: httpx.Client, linked: tuple[Case, list[Link]]
) -> None:
    case, links = linked
    hub = links[0].left
    before = listed(client, f"/claims/{hub}/links?kind=same")
    case.annotate(case.show(hub).view.document.id, None, by="Ada", replaces=hub)
    assert listed(client, f"/claims/{hub}/links?kind=same") == before


def test_the_few_links_beside_a_claim_begin_with_what_a_person_confirmed(
    linked: tuple[Case, list[Link]],
) -> None:
    case, links = linked
    (same,) = (section for section in Dossier(case, links[0].left).sections if section.kind == "same")
    assert [one.view.link.id for one in same.links] == [links[-1].id, *(one.id for one in links[:9])]
    assert len(same.links) == MOST_BESIDE
    assert same.left_out == SAME - MOST_BESIDE
