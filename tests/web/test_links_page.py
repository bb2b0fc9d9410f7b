"""All links of one claim, page by page."""

import httpx
import pytest
from tests.web.desks import Desk

from sayso.core.records import Link


@pytest.fixture
def link(open_desk: Desk) -> Link:
    """A link between two claims."""
    found = open_desk.case.links()
    return next(one.link for one in found if one.left.kind == one.right.kind == "claim")


def test_every_link_of_a_kind_is_listed_with_what_it_rests_on(client: httpx.Client, link: Link) -> None:
    answer = client.get(f"/claims/{link.left}/links", params={"kind": link.kind})
    assert answer.status_code == 200
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
