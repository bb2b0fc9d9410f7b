"""Sources and copies in a real browser: every line leads on, and a copy is shown with its edits."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.cases import copied_case
from tests.web.desks import Desk, written

from sayso.case import Case

STORY = (
    "The harbour master of Brenna said the ferry had left the pier before the storm reached the breakwater. "
    "He said that two boats were missing and that a search would begin at dawn. The district hospital said "
    "that 21 people were treated for cold and shock. The Ministry of Transport said an inquiry would open."
)
REPRINTED = {
    "a-wire.txt": f"date: 2031-05-03\nBy Aldermoor Wire\n\n{STORY} <b>No ferry</b> sails & none will.\n",
    "b-times.txt": f"date: 2031-05-04\nBy Tidewater Times\n\nBRENNA (Aldermoor Wire) – {STORY} All wait.\n",
    "c-letter.txt": "The pier was never safe, forty sailors said.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a wire story, a reprint of it that credits it, and a letter that names nobody."""
    folder = tmp_path_factory.mktemp("reprinted")
    with Case.init(folder / "case", title="Reprinted") as case:
        list(case.add([written(folder / "papers", REPRINTED)]))
        case.link()
    return copied_case(folder / "case", folder / "copy")


def test_the_outlets_lead_to_their_documents_and_claims(page: Page, open_desk: Desk) -> None:
    page.goto(f"{open_desk.address}/sources")
    expect(page.locator(".outlets tbody tr")).to_have_count(3)
    row = page.locator(".outlets tbody tr").filter(has=page.get_by_role("link", name="Tidewater Times"))
    expect(row).to_contain_text("Aldermoor Wire")
    row.get_by_role("link", name="Tidewater Times").click()
    expect(page.locator("q.credit")).to_contain_text("(Aldermoor Wire)")
    page.get_by_role("link", name="b-times.txt").click()
    expect(page.locator(".text")).to_contain_text("All wait.")


def test_the_claims_of_an_outlet_are_as_many_as_the_table_says(page: Page, open_desk: Desk) -> None:
    for row in open_desk.case.outlets().rows:
        if row.name is None:
            continue
        page.goto(f"{open_desk.address}/sources")
        line = page.locator(".outlets tbody tr").filter(
            has=page.get_by_role("link", name=row.name, exact=True)
        )
        line.get_by_role("link", name=str(row.claims), exact=True).click()
        page.wait_for_url("**/claims?*")
        expect(page.locator(".found-claim")).to_have_count(row.claims)


def test_a_family_says_who_was_first_and_leads_to_what_was_changed(page: Page, open_desk: Desk) -> None:
    page.goto(f"{open_desk.address}/sources")
    expect(page.locator(".family .first")).to_contain_text("First: Aldermoor Wire")
    page.get_by_role("link", name="What was changed").click()
    expect(page.locator(".edited ins").last).to_contain_text("All wait")
    # The markup of a text is text.
    expect(page.locator(".edited")).to_contain_text("b>No ferry</b> sails & none")
    assert page.locator(".edited b").count() == 0
    expect(page.locator(".edited ins").last).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(page.locator(".edited del").first).to_have_css("text-decoration-line", "line-through")


def test_the_copy_on_the_page_is_the_stored_text(page: Page, open_desk: Desk) -> None:
    (family,) = open_desk.case.reprints().rows
    link = family.reprints[0].link
    page.goto(f"{open_desk.address}/copies/{link}")
    shown = page.locator(".edited").evaluate(
        "e => { const copy = e.cloneNode(true); copy.querySelectorAll('del').forEach(d => d.remove());"
        " return copy.textContent; }"
    )
    assert shown == open_desk.case.reprint(link).copy_text


def test_pages_that_are_not_there_say_so(client: httpx.Client, open_desk: Desk) -> None:
    for path in (
        "/sources/outlet?name=Nobody",
        "/copies/lnk_00",
        "/copies/%00",
        "/sources/outlet?name=%ED%A0%80",
    ):
        assert client.get(path).status_code == 404
    for path in ("/sources?after=x", "/copies?after=x", "/sources/outlet?name=Tidewater+Times&after=x"):
        assert client.get(path).status_code == 400
    other = next((view for view in open_desk.case.links() if view.link.kind == "same"), None)
    if other is not None:
        assert client.get(f"/copies/{other.link.id}").status_code == 400


@pytest.mark.parametrize("path", ["/sources", "/copies", "/sources/outlet?name=Tidewater+Times"])
def test_the_pages_fit_a_narrow_screen(page: Page, open_desk: Desk, path: str) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(f"{open_desk.address}{path}")
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider == 0


def test_a_copy_is_judged_where_it_is_compared(page: Page, open_desk: Desk) -> None:
    (family,) = open_desk.case.reprints().rows
    page.goto(f"{open_desk.address}/copies/{family.reprints[0].link[:12]}")
    expect(page.locator(".state")).to_contain_text("nobody has judged it yet")
    page.get_by_label("Reason").fill("Two reporters at one table")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator(".state")).to_contain_text("Rejected by Ada Tester")
    expect(page.locator(".state")).to_contain_text("Two reporters at one table")
    assert open_desk.case.reprints().rows == ()
    page.get_by_role("button", name="Take back").click()
    expect(page.locator(".state")).to_contain_text("Ada Tester took a judgement back")
    assert open_desk.case.reprints().rows == (family,)


def test_a_judgement_on_a_copy_that_is_refused_is_told_beside_what_was_typed(
    client: httpx.Client, open_desk: Desk
) -> None:
    (family,) = open_desk.case.reprints().rows
    address = f"/copies/{family.reprints[0].link}/judgements"
    refused = client.post(address, data={"judgement": "unjudged", "reason": "Ink & <b>oil</b>"})
    assert refused.status_code == 400
    assert "<code>not-judged</code>" in refused.text
    assert "Ink &amp; &lt;b&gt;oil&lt;/b&gt;" in refused.text
    assert client.post(address, data={"judgement": "perhaps"}).status_code == 400
    assert client.post("/copies/lnk_00/judgements", data={"judgement": "rejected"}).status_code == 404
    assert not list(open_desk.case.link_judgements())
