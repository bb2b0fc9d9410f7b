"""The list of claims in a real browser: searched, narrowed, saved, judged many at once; and by a program."""

import csv
import json
from pathlib import Path

import httpx
from playwright.sync_api import Page, expect
from tests.web.desks import Desk, written

from sayso.core.spans import Span
from sayso.core.views import Annotated, ClaimFilter, Passage

NAMED = "els => els.filter(e => !(e.labels?.length || e.ariaLabel)).map(e => e.outerHTML)"


def denials(desk: Desk) -> int:
    return len(desk.case.claim_rows(ClaimFilter(links=("denies",))).rows)


def test_claims_are_searched_narrowed_saved_and_found_again(page: Page, open_desk: Desk) -> None:
    page.get_by_role("link", name="Claims", exact=True).click()
    page.get_by_label("of the claims themselves").fill("guns")
    page.keyboard.press("Enter")
    found = open_desk.case.claim_rows(ClaimFilter(words="guns")).rows
    expect(page.locator(".found-claim")).to_have_count(len(found))
    page.get_by_role("link", name="All claims").click()
    page.get_by_label("a denial", exact=False).first.check()
    page.get_by_role("button", name="Show these").click()
    expect(page.locator(".found-claim")).to_have_count(denials(open_desk))
    expect(page.locator(".signs li").first).to_contain_text("den")
    page.get_by_label("Keep this search as").fill("  What is  denied ")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{open_desk.address}/claims")
    page.get_by_role("link", name="What is denied").click()
    expect(page.locator(".found-claim")).to_have_count(denials(open_desk))
    (search,) = open_desk.case.searches()
    assert (search.name, search.wanted.links, search.by) == ("What is denied", ("denies",), "Ada Tester")
    assert next(iter(open_desk.case.log_rows(limit=1))).act == "search"
    page.get_by_role("button", name="Forget the search What is denied").click()
    expect(page.get_by_role("heading", name="Saved searches")).to_have_count(0)
    assert open_desk.case.searches() == ()


def test_the_links_of_many_claims_are_judged_at_once(page: Page, open_desk: Desk) -> None:
    page.goto(f"{open_desk.address}/claims?links=denies")
    page.get_by_label("All shown").check()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status")).to_contain_text("confirmed; each judgement stands in the log")
    made = list(open_desk.case.link_judgements())
    assert made
    assert {(one.judgement, one.by) for one in made} == {("confirmed", "Ada Tester")}
    assert page.url.startswith(f"{open_desk.address}/claims?links=denies&judged=confirmed-{len(made)}")
    page.get_by_label("All shown").check()
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_role("status")).to_contain_text("nothing was judged")
    assert list(open_desk.case.link_judgements()) == made
    assert open_desk.case.verify().findings == ()


def test_a_facet_leads_to_its_claims_and_a_row_to_its_claim(page: Page, open_desk: Desk) -> None:
    page.goto(f"{open_desk.address}/claims")
    facet = page.locator("aside .values a", has_text="deny").first
    facet.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Without act: deny")).to_be_visible()
    found = open_desk.case.claim_rows(ClaimFilter(act="deny")).rows
    expect(page.locator(".found-claim")).to_have_count(len(found))
    link = page.locator(".found-claim .words a").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{open_desk.address}/claims/{found[0].view.claim.id}")


def test_everything_on_the_page_that_takes_input_has_a_name(page: Page, open_desk: Desk) -> None:
    page.goto(f"{open_desk.address}/claims?act=deny")
    controls = page.locator("main input:not([type=hidden]), main select")
    assert controls.evaluate_all(NAMED) == []
    ids = page.locator("[id]").evaluate_all("els => els.map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_the_page_is_as_wide_as_a_telephone(page: Page, open_desk: Desk) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(f"{open_desk.address}/claims")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.get_by_role("link", name="Narrow the list").click()
    expect(page.get_by_role("heading", name="It has")).to_be_in_viewport()


def test_pages_of_a_list_follow_each_other_without_repeating(client: httpx.Client, open_desk: Desk) -> None:
    first = open_desk.case.claim_rows(limit=2)
    page = client.get("/claims", params={"after": first.after or ""})
    assert page.status_code == 200
    assert all(row.view.claim.id not in page.text for row in first.rows)


def test_what_cannot_be_searched_for_is_refused_with_words(client: httpx.Client) -> None:
    for asked in ("act=steal", "least=many", "since=yesterday", "links=hates", "after=nonsense", "sort=up"):
        answer = client.get(f"/claims?{asked}")
        assert answer.status_code == 400, asked
        assert "<h1>" in answer.text
    assert client.get("/claims?act=&since=&unknown=1&concluded=perhaps").status_code == 200


def test_a_judgement_needs_a_chosen_claim_and_leads_back_only_to_the_list(
    client: httpx.Client, open_desk: Desk
) -> None:
    sent = {"kind": "denies", "judgement": "rejected", "back": "https://elsewhere.example/?links=denies"}
    assert client.post("/claims/judgements", data=sent).status_code == 400
    claim = open_desk.case.claim_rows(ClaimFilter(links=("denies",))).rows[0].view.claim.id
    answer = client.post("/claims/judgements", data={**sent, "claims": claim}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/claims?")


def test_a_search_without_a_name_and_a_name_nobody_gave_are_refused(client: httpx.Client) -> None:
    assert client.post("/claims/searches", data={"name": " ", "back": ""}).status_code == 400
    assert client.post("/claims/searches/dropped", data={"name": "x", "back": ""}).status_code == 404


def test_a_search_that_can_find_nothing_is_not_kept_and_one_without_a_claim_yet_says_so(
    client: httpx.Client, open_desk: Desk
) -> None:
    kept = {"name": "Ours", "back": "since=2031-05-06&until=2031-05-04"}
    refused = client.post("/claims/searches", data=kept)
    assert (refused.status_code, "Exchange the two days" in refused.text) == (400, True)
    assert open_desk.case.searches() == ()
    for back, told in (("speaker=Nobody+Known", "It finds no claim today."), ("act=deny", "is saved.<")):
        answer = client.post("/claims/searches", data={**kept, "back": back}, follow_redirects=True)
        assert answer.status_code == 200
        assert told in answer.text


def test_what_a_search_is_called_is_text_on_the_page(page: Page, open_desk: Desk) -> None:
    name = '"><img src=x onerror=alert(1)>'
    open_desk.case.save_search(name, ClaimFilter(words=name), by="Ada")
    page.goto(f"{open_desk.address}/claims")
    page.get_by_role("link", name=name).click()
    expect(page.get_by_label("of the claims themselves")).to_have_value(name)


def test_the_claims_that_are_shown_are_had_as_a_table_with_no_formula_in_it(
    page: Page, open_desk: Desk, tmp_path: Path
) -> None:
    lines = (
        "The mayor of Brenna said:",
        "=HYPERLINK(“http://elsewhere.example/”) sank two boats at the pier",
        "the harbour master of Brenna said.",
    )
    folder = written(tmp_path / "papers", {"formula.txt": "\n\n".join(lines)})
    list(open_desk.case.add([folder]))
    case = open_desk.case
    document = next(one.document for one in case.documents() if one.head.origin == "formula.txt")
    start = document.text.index("=HYPERLINK")
    passage = Passage(span=Span(start, start + len(lines[1])), words=lines[1])
    said = Annotated(content=(passage,), act="assert", voice="indirect", speaker="@mayor")
    case.annotate(document.id, said, by="+Ada")
    page.goto(f"{open_desk.address}/claims?q=boats&sort=checkworthy")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="All of them as a table").click()
    assert downloading.value.suggested_filename == "claims.csv"
    downloading.value.save_as(tmp_path / "claims.csv")
    with (tmp_path / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = ClaimFilter(words="boats")
    shown = case.claim_rows(wanted, sort="checkworthy").rows
    assert [row["claim"] for row in rows] == [row.view.claim.id for row in shown]
    (formula,) = (row for row in rows if row["annotated_by"])
    assert formula["words"] == f"'{lines[1]}"
    assert (formula["speaker"], formula["annotated_by"]) == ("'@mayor", "'+Ada")
    assert json.loads(formula["spans"]) == [[passage.span.start, passage.span.end]]
    assert (formula["document"], formula["polarity"]) == (document.id, "affirmed")


def test_a_table_of_what_cannot_be_searched_for_is_refused(client: httpx.Client) -> None:
    for asked in ("act=steal", "since=yesterday", "sort=up"):
        assert client.get(f"/claims.csv?{asked}").status_code == 400, asked
