"""The ten main journeys, from the first page by what a person sees there; each ends with a picture.

`page` holds each of them to no complaint of the browser, no breach of the policy and no request elsewhere.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.cases import copied_case
from tests.readers.sites import open_site
from tests.web.desks import CaseOnTheSite, Desk, furnished, running
from tests.web.screens import shot

from sayso.core.views import ClaimFilter, LinkFilter

_DONE = 60_000  # milliseconds that reading and linking may take on a busy machine


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnished(tmp_path_factory.mktemp("furnished"))


@pytest.fixture
def open_desk(built: Path, tmp_path: Path) -> Iterator[Desk]:
    with CaseOnTheSite(copied_case(built, tmp_path / "case")) as case:
        yield from running(case)


def turn_to(page: Page, name: str) -> None:
    """Go to a page by the menu."""
    page.get_by_role("navigation", name="The desk").get_by_role("link", name=name, exact=True).click()
    page.wait_for_load_state()


def claims_shown(page: Page) -> Locator:
    return page.locator(".found-claim")


def test_1_a_document_is_read_claim_by_claim_and_its_links_are_followed(page: Page, open_desk: Desk) -> None:
    turn_to(page, "Documents")
    page.get_by_role("link", name="strike.txt").click()
    page.wait_for_load_state()
    expect(page.get_by_label("How voices are marked")).to_contain_text("outlet's own voice")
    for _ in range(20):
        page.keyboard.press("j")
        if "denied by" in page.locator(".note.on").inner_text():
            break
    dock = page.get_by_label("The claim in the text")
    expect(dock).to_contain_text("Ministry of Defence of Ostrany")
    shot(page, "journey-1-reading")
    with page.expect_navigation(url="**/claims/**"):
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Denied by")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(f"{open_desk.address}/documents/{page.url.rpartition('/')[2]}")


def test_2_a_claim_is_found_by_words_facets_and_day(page: Page, open_desk: Desk) -> None:
    turn_to(page, "Claims")
    page.get_by_label("of the claims themselves").fill("killed")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(claims_shown(page)).to_have_count(len(open_desk.case.claim_rows(ClaimFilter(words="killed")).rows))
    page.locator("aside .values").get_by_role("link", name="Oda Merrin").click()
    expect(claims_shown(page)).to_have_count(1)
    page.get_by_role("link", name="Without speaker: Oda Merrin").click()
    page.get_by_label("From", exact=True).fill("2031-05-05")
    page.get_by_label("To", exact=True).fill("2031-05-05")
    page.get_by_role("button", name="Show these").click()
    expect(claims_shown(page)).to_contain_text(["15 people"])
    shot(page, "journey-2-claims")
    page.get_by_role("link", name="15 people").click()
    expect(page.locator(".said")).to_contain_text("15 people had been killed in Brenna")


def test_3_a_claim_is_weighed_its_links_judged_and_a_verdict_given(page: Page, open_desk: Desk) -> None:
    turn_to(page, "Claims")
    page.get_by_label("of the claims themselves").fill('"15 people"')
    page.keyboard.press("Enter")
    page.locator(".found-claim .words a").first.click()
    card = page.locator("article.j-unjudged", has_text="15 people").first
    card.get_by_label("Evidence for the verdict").check()
    card.get_by_label("Reason").fill("One strike, two counts")
    card.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Confirmed by Ada Tester").first).to_be_visible()
    expect(page.get_by_text("One strike, two counts", exact=True)).to_be_visible()
    page.get_by_label("not supported", exact=True).check()
    page.get_by_label("Reason", exact=True).fill("The hospital has a list of names; the governor has none.")
    page.get_by_role("button", name="Record the verdict").click()
    expect(page.locator(".concluded h3")).to_have_text(["not supported"])
    expect(page.locator(".concluded .rests")).to_contain_text("21 people")
    shot(page, "journey-3-verdict")
    verdict = list(open_desk.case.verdicts())[-1]
    assert (verdict.rating, len(verdict.evidence), verdict.by) == ("not supported", 1, "Ada Tester")


def test_4_who_says_what_of_whom_leads_from_the_count_to_the_words(page: Page, open_desk: Desk) -> None:
    turn_to(page, "Who says what of whom")
    expect(page.locator("#graph canvas").first).to_be_visible()
    page.get_by_label("Act").select_option("deny")
    page.get_by_role("button", name="Count").click()
    expect(page.get_by_role("region", name="Speakers, and those they speak of")).to_contain_text("denies")
    shot(page, "journey-4-who", whole=True)
    cell = page.locator(".matrix tbody td a").first
    counted = int(cell.locator("b").inner_text())
    cell.click()
    expect(claims_shown(page)).to_have_count(counted)
    expect(claims_shown(page).first).to_contain_text("deny")
    assert counted <= len(open_desk.case.claim_rows(ClaimFilter(act="deny")).rows)


def test_5_a_reprint_is_traced_to_its_source_and_judged(page: Page, open_desk: Desk) -> None:
    turn_to(page, "Sources and copies")
    expect(page.locator(".outlets")).to_contain_text("Coast Wire in 1")
    page.get_by_role("link", name="What was changed").first.click()
    expect(page.get_by_role("heading", name="What Quay Herald shares with Coast Wire")).to_be_visible()
    expect(page.locator(".edited ins").last).to_contain_text("All wait")
    page.get_by_label("Reason").fill("It credits the wire")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".state")).to_contain_text("Confirmed by Ada Tester")
    shot(page, "journey-5-copies")
    (judged,) = open_desk.case.links(LinkFilter(kind="copies", judged=("confirmed",)))
    assert judged.judged is not None
    assert judged.judged.reason == "It credits the wire"


def test_6_files_texts_and_addresses_are_added_and_read(page: Page, open_desk: Desk, tmp_path: Path) -> None:
    good, bad = tmp_path / "note.txt", tmp_path / "picture.png"
    good.write_text("The ferry sailed, the harbour office said.", encoding="utf-8")
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    turn_to(page, "Add")
    page.get_by_label("Text, HTML or JSON lines").set_input_files([good, bad])
    page.get_by_role("button", name="Add the files").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible(timeout=_DONE)
    expect(page.locator(".o-refused")).to_contain_text("What to do")
    turn_to(page, "Add")
    page.get_by_label("The text of one document").fill("The pier is closed, the mayor of Brenna said.")
    page.get_by_label("Publisher").fill("Harbour Herald")
    page.get_by_role("button", name="Add the text").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible(timeout=_DONE)
    with open_site() as port:
        turn_to(page, "Add")
        addresses = f"http://site.example:{port}/moved\nhttp://inside.example/x"
        page.get_by_label("Pages on the web").fill(addresses)
        page.get_by_role("button", name="Fetch and add").click()
        expect(page.get_by_role("heading", name="Done")).to_be_visible(timeout=_DONE)
    expect(page.locator(".o-added")).to_have_count(1)
    expect(page.locator(".o-refused")).to_contain_text("inside.example")
    shot(page, "journey-6-added")
    page.locator(".o-added a").click()
    expect(page.get_by_role("heading", name="Ferry stopped")).to_be_visible()
    assert open_desk.case.about().documents == 10


def test_7_the_log_is_read_exported_and_the_case_verified(
    page: Page, open_desk: Desk, tmp_path: Path
) -> None:
    turn_to(page, "Log")
    expect(page.get_by_role("cell", name="Case made", exact=True)).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Export as JSON lines").click()
    downloading.value.save_as(tmp_path / "log.jsonl")
    exported = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines()]
    assert [entry["number"] for entry in exported] == [entry.number for entry in open_desk.case.log()]
    page.get_by_role("button", name="Verify every stored byte").click()
    expect(page.get_by_role("heading", name="Everything is as it was written")).to_be_visible(timeout=_DONE)
    shot(page, "journey-7-verified")


def test_8_a_claim_is_corrected_in_the_text_and_the_correction_taken_back(
    page: Page, open_desk: Desk
) -> None:
    turn_to(page, "Documents")
    page.get_by_role("link", name="governor.txt").click()
    page.wait_for_load_state()
    for _ in range(20):
        page.keyboard.press("j")
        if "Oda Merrin" in page.locator(".note.on").inner_text():
            break
    page.keyboard.press("e")
    words = page.get_by_label("What is claimed")
    expect(words).to_have_value("15 people had been killed in Brenna")
    words.fill("15 people had been killed")
    page.get_by_label("Reason").fill("the place stands apart")
    shot(page, "journey-8-annotating")
    with page.expect_navigation():
        page.get_by_role("button", name="Record it").click()
    expect(page.locator(".note.on")).to_contain_text("by Ada Tester")
    assert [view.words for view in open_desk.case.claims() if view.words == "15 people had been killed"]
    with page.expect_navigation():
        page.locator(".changes").get_by_role("button", name="Take back").first.click()
    expect(page.locator(".changes")).to_contain_text("Ada Tester")
    assert not [view for view in open_desk.case.claims() if view.words == "15 people had been killed"]


def test_9_the_suggestions_of_many_claims_are_judged_at_once(page: Page, open_desk: Desk) -> None:
    turn_to(page, "Claims")
    page.get_by_label("the same elsewhere", exact=False).first.check()
    page.get_by_role("button", name="Show these").click()
    page.get_by_label("All shown").check()
    page.get_by_label("Suggested links of the chosen claims").select_option("same")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status")).to_contain_text("confirmed; each judgement stands in the log")
    shot(page, "journey-9-judged")
    left = list(open_desk.case.links(LinkFilter(kind="same", judged=("unjudged",))))
    assert left == []
    turn_to(page, "Log")
    expect(page.get_by_role("cell", name="Judged", exact=True).first).to_be_visible()


def test_10_a_search_is_kept_found_again_and_given_up(page: Page, open_desk: Desk) -> None:
    turn_to(page, "Claims")
    page.get_by_label("Speaker", exact=True).fill("hospital")
    page.get_by_label("Worth checking").select_option("0.6")
    page.get_by_role("button", name="Show these").click()
    wanted = ClaimFilter(speaker="hospital", checkworthy=0.6)
    found = len(open_desk.case.claim_rows(wanted).rows)
    expect(claims_shown(page)).to_have_count(found)
    page.get_by_label("Keep this search as").fill("What the hospital says")
    page.get_by_role("button", name="Save").click()
    turn_to(page, "Claims")
    page.get_by_role("link", name="What the hospital says").click()
    expect(claims_shown(page)).to_have_count(found)
    expect(page.locator(".saved [aria-current]")).to_have_text("What the hospital says")
    shot(page, "journey-10-saved")
    page.get_by_role("button", name="Forget the search What the hospital says").click()
    expect(page.get_by_role("link", name="What the hospital says")).to_have_count(0)
