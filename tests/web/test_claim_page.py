"""The claim page in a real browser: its parts, its links judged, a verdict with evidence and its history."""

import json
from pathlib import Path

import httpx
import msgspec
import pytest
from playwright.sync_api import Page, expect
from tests.web.desks import Desk, written

from sayso.case import Case
from sayso.core.views import ClaimView, LinkFilter, LinkView

PAPERS = {
    "strike.txt": (
        "date: 2031-05-03\nBy Aldermoor Post\n\n"
        "BRENNA, 3 May – Shells hit the fish market of Brenna at dawn, the harbour master said. At least 21 "
        "people were killed in Brenna, the district hospital said.\n"
    ),
    "wire.txt": (
        "date: 2031-05-03\nBy Coast Wire\n\n"
        "At least 21 people were killed in Brenna, the district hospital said on Saturday.\n"
    ),
    "governor.txt": (
        "date: 2031-05-04\nBy Tidewater Times\n\n"
        "Governor Oda Merrin said on Sunday that 15 people had been killed in Brenna. Ferries were late.\n"
    ),
}
REVIEWED = ("Shells hit the fish market of Brenna at dawn", "The fish of Brenna are poisoned")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case in which two tell one figure and a third another, with fact-checks that somebody published."""
    folder = tmp_path_factory.mktemp("claims")
    feed = folder / "feed.json"
    feed.write_text(json.dumps([review(number, said) for number, said in enumerate(REVIEWED)]))
    with Case.init(folder / "case", title="Brenna") as case:
        list(case.add([written(folder / "papers", PAPERS)]))
        list(case.import_reviews([feed]))
        case.link()
    return folder / "case"


def review(number: int, reviewed: str) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": reviewed,
        "author": {"name": "Lantern Checks"},
        "datePublished": "2031-05-06",
        "url": f"https://checks.example/{number}",
        "reviewRating": {"alternateName": "Mostly true"},
    }


def tied(desk: Desk) -> LinkView:
    """Return a link that sets the governor's figure against the hospital's."""
    return next(view for view in desk.case.links() if view.link.kind == "contradicts")


def claim_with_a_rival(desk: Desk) -> str:
    return tied(desk).left.id


def opened(page: Page, desk: Desk, claim: str) -> None:
    page.goto(f"{desk.address}/claims/{claim}")


def claim_saying(desk: Desk, words: str) -> ClaimView:
    return next(view for view in desk.case.claims() if words in view.words)


def test_the_sentence_on_the_page_is_the_stored_one_to_the_character(page: Page, open_desk: Desk) -> None:
    for view in open_desk.case.claims():
        opened(page, open_desk, view.claim.id)
        shown = page.locator(".said").evaluate("e => e.textContent")
        assert shown == open_desk.case.show(view.claim.id).sentence_words


def test_every_part_of_the_claim_is_marked_with_the_letter_that_its_row_bears(
    page: Page, open_desk: Desk
) -> None:
    opened(page, open_desk, claim_saying(open_desk, "At least 21").claim.id)
    rows = page.locator(".parts tbody tr")
    told = {row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in rows.all()}
    assert told["figure"][1:] == ["At least 21 people", "at least 21 people killed"]
    assert told["source"][1] == "the district hospital"
    letters = page.locator(".said [data-p]").evaluate_all("es => es.map(e => e.dataset.p).join(' ')")
    assert letters.split() == [cells[0] for cells in told.values() if cells[0]]


def test_both_sides_of_a_link_stand_in_their_sentences_with_the_deciding_words_marked(
    page: Page, open_desk: Desk
) -> None:
    link = tied(open_desk)
    opened(page, open_desk, link.left.id)
    card = page.locator(f"#{link.link.id}")
    marked = [side.locator(".key").all_inner_texts() for side in card.locator(".side").all()]
    assert "15 people" in "".join(marked[0])
    assert "At least 21 people" in "".join(marked[1])
    expect(card).to_contain_text(link.link.why)


def test_a_link_is_rejected_with_a_reason_and_taken_back(page: Page, open_desk: Desk) -> None:
    link = tied(open_desk).link.id
    opened(page, open_desk, claim_with_a_rival(open_desk))
    card = page.locator(f"#{link}")
    card.get_by_label("Reason").fill("They count on different days")
    card.get_by_role("button", name="Reject").click()
    expect(page.get_by_role("heading", name="Rejected")).to_be_visible()
    expect(card).to_contain_text("Rejected by Ada Tester")
    expect(card).to_contain_text("They count on different days")
    assert [view.link.id for view in open_desk.case.links(LinkFilter(judged=("rejected",)))] == [link]
    card.get_by_role("button", name="Take back").click()
    expect(page.get_by_role("heading", name="Rejected")).to_have_count(0)
    expect(card).to_contain_text("Ada Tester took a judgement back")
    assert not list(open_desk.case.links(LinkFilter(judged=("rejected",))))


def test_a_verdict_rests_on_picked_words_and_a_second_one_supersedes_it(page: Page, open_desk: Desk) -> None:
    link = tied(open_desk)
    opened(page, open_desk, link.left.id)
    page.locator(f"#{link.link.id}").get_by_label("Evidence for the verdict").check()
    expect(page.locator(".picked li")).to_have_count(1)
    page.get_by_label("What it shows").fill("Counted at  noon")
    page.get_by_label("partly supported", exact=True).check()
    page.get_by_label("Reason", exact=True).fill("The hospital counted 21.\nLater it counted more.")
    page.get_by_role("button", name="Record the verdict").click()
    expect(page.get_by_role("heading", name="partly supported")).to_be_visible()
    expect(page.locator(".concluded .note")).to_have_text("Counted at noon")
    expect(page.get_by_label("What it shows")).to_have_value("Counted at noon")
    [first] = open_desk.case.verdicts(link.left.id)
    assert first.reason == "The hospital counted 21.\nLater it counted more."
    assert first.by == "Ada Tester"
    [evidence] = first.evidence
    assert evidence.span is not None
    assert evidence.note == "Counted at noon"
    assert "21 people" in evidence.span.of(open_desk.case.document(str(evidence.document)).document.text)

    page.get_by_label("supported", exact=True).check()
    page.get_by_label("Reason", exact=True).fill("A second list bears it out")
    page.get_by_text("Or a whole file").click()
    page.get_by_label("wire.txt").check()
    page.get_by_role("button", name="Supersede the verdict").click()
    expect(page.locator(".concluded h3")).to_have_text(["supported", "partly supported superseded"])
    expect(page.locator(".superseded")).to_contain_text("Later it counted more.")
    _, second = open_desk.case.verdicts(link.left.id)
    assert second.supersedes == first.id
    assert sorted(one.note for one in second.evidence) == ["", "Counted at noon"]
    assert sorted(one.document is None for one in second.evidence) == [False, True]


def test_a_verdict_that_is_half_written_outlives_a_judgement(page: Page, open_desk: Desk) -> None:
    link = tied(open_desk)
    opened(page, open_desk, link.left.id)
    page.get_by_label("Reason", exact=True).fill("Half a thou")
    page.get_by_label("unproven").check()
    page.locator(f"#{link.link.id}").get_by_role("button", name="Confirm").click()
    expect(page.locator(f"#{link.link.id}")).to_contain_text("Confirmed by Ada Tester")
    expect(page.get_by_label("Reason", exact=True)).to_have_value("Half a thou")
    expect(page.get_by_label("unproven")).to_be_checked()


class Sent(msgspec.Struct, frozen=True):
    """A verdict that is refused, and the code of why."""

    rating: str
    reason: str
    evidence: tuple[str, ...]
    code: str


@pytest.mark.parametrize(
    "sent",
    [
        Sent("supported", "  ", (), "no-reason"),
        Sent("gospel", "Ink & <b>oil</b>", (), "no-such-rating"),
        Sent("supported", "Ink & <b>oil</b>", ("cap_0000",), "no-evidence"),
        Sent("supported", "Ink & <b>oil</b>", ("cap_0000 doc_0000 9 4", "cap_0000"), "bad-span"),
        Sent("supported", "Ink & <b>oil</b>", ("cap_0000 doc_0000 x " + "9" * 5000,), "bad-evidence"),
    ],
    ids=lambda sent: sent.code,
)
def test_what_was_typed_is_shown_again_beside_why_it_was_refused(
    client: httpx.Client, open_desk: Desk, sent: Sent
) -> None:
    claim = claim_with_a_rival(open_desk)
    form = {"rating": sent.rating, "reason": sent.reason, "evidence": list(sent.evidence)}
    answer = client.post(f"/claims/{claim}/verdicts", data=form)
    assert answer.status_code in {400, 422}
    assert f"<code>{sent.code}</code>" in answer.text
    assert sent.reason.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in answer.text
    assert not list(open_desk.case.verdicts())


def test_a_judgement_on_behalf_of_no_claim_is_not_stored(client: httpx.Client, open_desk: Desk) -> None:
    link = tied(open_desk).link.id
    answer = client.post(f"/links/{link}/judgements", data={"claim": "clm_ffff", "judgement": "rejected"})
    assert answer.status_code == 404
    assert not list(open_desk.case.link_judgements())


def test_the_life_of_a_claim_and_its_figures_are_drawn_with_a_list_of_what_they_show(
    page: Page, open_desk: Desk
) -> None:
    opened(page, open_desk, claim_with_a_rival(open_desk))
    expect(page.locator(".moments li")).not_to_have_count(0)
    chart = page.locator("#figures .plot")
    expect(chart).to_have_accessible_name("killed by date of the document")
    values = page.locator("#figures .value").all_inner_texts()
    assert any("at least 21" in value for value in values)
    assert any(value.startswith("15") for value in values)


def test_a_fact_check_of_just_this_is_told_apart_from_one_that_is_only_near(
    page: Page, open_desk: Desk
) -> None:
    opened(page, open_desk, claim_saying(open_desk, "fish market").claim.id)
    reviews = page.locator("#reviews")
    expect(reviews.locator(".card")).to_contain_text(REVIEWED[0])
    expect(reviews.locator(".ranked")).to_contain_text(REVIEWED[1])
    expect(reviews.locator(".ranked")).not_to_contain_text(REVIEWED[0])
    expect(reviews.locator(".card").get_by_role("button", name="Confirm")).to_be_visible()
