"""Who says what of whom in a real browser: every number leads to its claims, and the graph says the same."""

from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.web.desks import Desk

from sayso.core.views import NOBODY, OTHERS, ClaimFilter, RelationFilter


def test_every_number_leads_to_as_many_claims(open_desk: Desk, client: httpx.Client) -> None:
    found = open_desk.case.relations()
    shown = client.get("/who").text
    named = [one for one in found.relations if not {one.speaker, one.target} & {OTHERS, NOBODY}]
    assert named
    for one in named:
        address = f"/claims?said_by={one.speaker}&amp;said_of={one.target}&amp;act={one.act}"
        assert address in shown
        wanted = ClaimFilter(said_by=one.speaker, said_of=one.target, act=one.act)
        assert len(list(open_desk.case.claims(wanted))) == one.claims
        assert len(open_desk.case.claim_rows(wanted).rows) == one.claims
    for speaker in found.speakers:
        wanted = ClaimFilter(said_by=speaker.id)
        assert len(open_desk.case.claim_rows(wanted).rows) == speaker.claims


def test_the_matrix_leads_to_the_list_of_claims(page: Page, open_desk: Desk) -> None:
    page.goto(f"{open_desk.address}/who")
    cell = page.locator(".matrix tbody td a").first
    number = int(cell.locator("b").inner_text())
    cell.click()
    page.wait_for_url("**/claims?*")
    expect(page.locator(".found-claim")).to_have_count(number)


def test_the_form_counts_anew_without_any_script(client: httpx.Client) -> None:
    asked = client.get(
        "/who", params={"act": "deny", "voice": "", "since": "2031-05-04", "until": "", "most": "6"}
    )
    assert asked.status_code == 200
    assert '<option value="deny" selected>' in asked.text
    assert "denies <b>" in asked.text
    assert "accuses <b>" not in asked.text
    none = client.get("/who", params={"until": "1990-01-01"})
    assert "No claim fits this" in none.text


@pytest.mark.parametrize(
    "asked",
    ["act=shout", "most=0", "most=x", "since=soon", "most=" + "9" * 10_000, "until=%EF%BC%91", "voice=%00"],
)
def test_what_cannot_be_counted_is_refused_in_words(client: httpx.Client, asked: str) -> None:
    for path in ("/who", "/who/graph"):
        answer = client.get(f"{path}?{asked}")
        assert answer.status_code == 400
        assert "<h1>" in answer.text


def test_the_graph_says_what_the_matrix_says(open_desk: Desk, client: httpx.Client) -> None:
    found = open_desk.case.relations(RelationFilter(act="accuse"))
    graph = client.get("/who/graph?act=accuse").json()
    of_table = {
        (one.speaker, one.target): one.claims
        for one in found.relations
        if not {one.speaker, one.target} & {OTHERS, NOBODY}
    }
    assert {(edge["speaker"], edge["target"]): edge["claims"] for edge in graph["edges"]} == of_table
    ends = {end for edge in graph["edges"] for end in (edge["speaker"], edge["target"])}
    assert {node["id"] for node in graph["nodes"]} == ends
    for edge in graph["edges"]:
        asked = dict(parse_qsl(urlsplit(edge["address"]).query))
        assert asked == {"said_by": edge["speaker"], "said_of": edge["target"], "act": "accuse"}


def test_the_graph_is_drawn_under_the_policy_and_stands_beside_its_table(page: Page, open_desk: Desk) -> None:
    page.goto(f"{open_desk.address}/who")
    expect(page.locator("#graph canvas").first).to_be_visible()
    assert page.locator("#graph").bounding_box() is not None
    # Cytoscape writes no style of its own into the page: it finds ours under the name of its own.
    assert page.locator("head style").count() == 0
    position = page.locator("#graph").evaluate("e => getComputedStyle(e).position")
    assert position == "relative"
    expect(page.get_by_role("region", name="Speakers, and those they speak of")).to_be_visible()


def test_a_bar_of_the_timeline_is_reached_by_keyboard_and_leads_to_its_claims(
    page: Page, open_desk: Desk
) -> None:
    page.goto(f"{open_desk.address}/who")
    bar = page.get_by_role("link", name="2031-05-04:").first
    label = bar.get_attribute("aria-label") or ""
    bar.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims?*")
    number = int(label.split(": ")[1].split()[0])
    expect(page.locator(".found-claim")).to_have_count(number)


def test_the_page_fits_a_narrow_screen(page: Page, open_desk: Desk) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(f"{open_desk.address}/who")
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider == 0
