"""The reading page in a real browser: the stored characters, voices, keys, and people's own claims."""

from pathlib import Path

import httpx
import msgspec
import pytest
from playwright.sync_api import Page, expect
from tests.web.desks import PAPERS, Desk, written

from sayso.core.records import Document
from sayso.core.spans import Span
from sayso.core.views import Annotated, DocumentPage, Passage

# Invented towns and ministries in other scripts, and what counts two in UTF-16 or stands on other letters.
SCRIPTS = {
    "emoji.txt": (
        "date: 2031-05-05\nBy Quay Herald\n\n"
        "🕊️🕊️ The truce of Brenna held 👨‍👩‍👧 for 3 days, the harbour master 🧭 said. "
        "“Nobody 😀 fired,” said Mira Tovel. 𝔗𝔥𝔢 ferry 🚢 sank at dawn, the mayor of Tarn said.\n"
    ),
    "marks.txt": (
        "date: 2031-05-05\nBy Quay Herald\n\n"
        "The cafe\u0301 of Vo\u0308lm was shelled, Ja\u0301nos Ke\u0308r said. "
        "Z\u0351\u036b\u0343a\u0300\u0316lgo town lost 12 houses, the ministry of Volm said.\n"
    ),
    "azerbaijani.txt": (
        "date: 2031-05-05\nBy Dəniz Xəbər\n\n"
        "Səhər İlıca şəhəri atəşə tutuldu. Nazirlik bildirdi ki, 12 nəfər həlak olub. "
        "The İlıca bridge was closed, the governor of Şəhrili said.\n"
    ),
    "armenian.txt": (
        "date: 2031-05-05\nBy Ծովափ լուր\n\n"
        "Քաղաքը գնդակոծվեց լուսաբացին։ Նախարարությունը հայտնեց, որ 12 մարդ զոհվել է։ "
        "The Լուսաձոր bridge was closed, the governor of Վանաշեն said.\n"
    ),
    "arabic.txt": (
        "date: 2031-05-05\nBy صحيفة المرفأ\n\n"
        "قُصفت مدينة برنّة عند الفجر. قالت الوزارة إن 12 شخصًا قُتلوا. "
        "The bridge of برنّة 🌉 was closed, the governor of وادي النخيل said.\n"
    ),
}

_PATIENCE = 20_000  # milliseconds for a part to come on a busy machine
_MOST_BYTES = 2_000_000  # of a page


def opened(page: Page, name: str) -> None:
    """Go from the list to a document, and wait until its style and script are there."""
    page.get_by_role("link", name=name).click()
    page.wait_for_load_state()


def with_scripts(desk: Desk, folder: Path) -> dict[str, DocumentPage]:
    """Add the documents in other scripts to a desk's case; by their names."""
    list(desk.case.add([written(folder / "scripts", SCRIPTS)]))
    return {one.head.origin: one for one in desk.case.documents() if one.head.origin in SCRIPTS}


def the_strike(desk: Desk) -> Document:
    return next(one.document for one in desk.case.documents() if "fish market" in one.document.text)


def select(page: Page, words: str) -> None:
    """Select words in the text with the mouse's effect: a selection, and the button let go."""
    page.evaluate(
        """(words) => {
            for (const p of document.querySelectorAll(".text p[data-start]")) {
                const at = p.textContent.indexOf(words);
                if (at < 0) continue;
                const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
                const point = (units) => {
                    walker.currentNode = p;
                    let left = units;
                    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                        if (left <= node.length) return [node, left];
                        left -= node.length;
                    }
                };
                const range = document.createRange();
                range.setStart(...point(at));
                range.setEnd(...point(at + words.length));
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                p.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
                return;
            }
            throw new Error(`not in the text: ${words}`);
        }""",
        words,
    )


def recorded(page: Page) -> None:
    """Send the form, and wait for the page that comes."""
    with page.expect_navigation():
        page.get_by_role("button", name="Record it").click()
    page.wait_for_load_state()


def test_the_text_on_the_page_is_the_stored_text_to_the_character(page: Page, open_desk: Desk) -> None:
    for document in open_desk.case.documents():
        page.goto(f"{open_desk.address}/documents/{document.document.id}")
        shown = page.evaluate(
            "[...document.querySelectorAll('.text p[data-start]')].map(p => p.textContent).join('')"
        )
        assert shown == document.document.text
    assert len(PAPERS) == 2


def test_marks_stand_on_the_claims_own_characters_in_every_script(
    page: Page, open_desk: Desk, tmp_path: Path
) -> None:
    for document in with_scripts(open_desk, tmp_path).values():
        text = document.document.text
        page.goto(f"{open_desk.address}/documents/{document.document.id}")
        marked = page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll(".note")].map((note) => [
                note.dataset.claim,
                [...document.querySelectorAll(".text [data-c]")]
                    .filter((segment) => segment.dataset.c.split(" ").includes(note.id))
                    .map((segment) => segment.textContent).join("")]))"""
        )
        assert marked == {
            view.claim.id: "".join(span.of(text) for span in view.claim.content) for view in document.claims
        }
        assert any(character > "\u007f" for words in marked.values() for character in words)
        # What the script lights up for the parts of each claim, by the browser's own ranges.
        parts = page.evaluate(
            """async () => {
                const { rangesAt, read } = await import("/static/places.js");
                const lit = (part) => read(part.dataset.place)
                    .map((place) => rangesAt(place).map(String).join("")).join("|");
                const parts = [...document.querySelectorAll("dd[data-place]")];
                return parts.map((part) => [part.dataset.place.trim(), lit(part)]);
            }"""
        )
        for places, lit in parts:
            spans = [tuple(map(int, place.split("-"))) for place in places.split()]
            assert lit == "|".join(text[start:end] for start, end in spans)
        assert parts


def test_offsets_go_from_the_browsers_units_to_code_points_and_back(page: Page) -> None:
    for text in ("plain", "a😀b", "😀😀", "e\u0301🕊️", "قُصفت 🌉", ""):
        units = [len(text[:at].encode("utf-16-le")) // 2 for at in range(len(text) + 1)]
        points, back = page.evaluate(
            """async ([text, units]) => {
                const { toPoints, toUnits } = await import("/static/points.js");
                const points = units.map((at) => toPoints(text, at));
                return [points, points.map((at) => toUnits(text, at))];
            }""",
            [text, units],
        )
        assert points == list(range(len(text) + 1))
        assert back == units
    inside = "import('/static/points.js').then(({ toPoints }) => toPoints('a😀b', 2))"
    assert page.evaluate(inside) == 1


def test_the_keys_j_and_k_go_from_claim_to_claim(page: Page) -> None:
    opened(page, "strike.txt")
    page.keyboard.press("j")
    expect(page.locator(".note.on")).to_have_count(1)
    first = page.locator(".note.on").get_attribute("id")
    page.keyboard.press("j")
    assert page.locator(".note.on").get_attribute("id") != first
    page.keyboard.press("k")
    assert page.locator(".note.on").get_attribute("id") == first
    page.keyboard.press("Escape")
    expect(page.locator(".note.on")).to_have_count(0)
    page.keyboard.press("j")
    with page.expect_navigation(url="**/claims/**"):
        page.keyboard.press("Enter")


def test_a_question_mark_shows_the_keys_and_letters_can_be_let_alone(page: Page) -> None:
    opened(page, "strike.txt")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_label("Single letters are keys").uncheck()
    page.keyboard.press("Escape")
    page.mouse.move(1, 1)
    page.keyboard.press("j")
    expect(page.locator(".note.on")).to_have_count(0)


def test_a_cited_voice_differs_from_the_outlets_own_by_more_than_colour(page: Page) -> None:
    opened(page, "strike.txt")
    # In this text everything is cited: a mark as the outlet's own words would have it stands in.
    page.locator(".text .v-indirect").first.evaluate(
        "e => { const own = e.cloneNode(true); own.classList.replace('v-indirect', 'v-outlet');"
        " e.after(own); }"
    )
    styles = "(e) => getComputedStyle(e).textDecorationStyle + getComputedStyle(e).textDecorationThickness"
    voices = {
        v: page.locator(f".text .v-{v}").first.evaluate(styles) for v in ("direct", "indirect", "outlet")
    }
    assert len(set(voices.values())) == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_signs_of_every_voice_have_enough_contrast(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened(page, "strike.txt")
    ratios = page.evaluate(
        """() => {
            const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
            const rgb = (css) => css.match(/[\\d.]+/g).map(Number);
            const lum = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
            const behind = (e) => {
                for (let at = e; at; at = at.parentElement) {
                    const found = rgb(getComputedStyle(at).backgroundColor);
                    if (found.length < 4 || found[3] > 0) return found;
                }
            };
            const ratio = (one, other) => {
                const [high, low] = [lum(one), lum(other)].sort((a, b) => b - a);
                return (high + 0.05) / (low + 0.05);
            };
            const told = [];
            for (const e of document.querySelectorAll(
                ".text .seg, .note, .note .via, .note .target, .parts dt, .legend"))
                told.push(["words", e.className, ratio(rgb(getComputedStyle(e).color), behind(e))]);
            const line = (e) => rgb(getComputedStyle(e).textDecorationColor);
            for (const e of document.querySelectorAll(".text .seg"))
                told.push(["line", e.className, ratio(line(e), behind(e))]);
            return told;
        }"""
    )
    assert {kind for kind, _, _ in ratios} == {"words", "line"}
    for kind, of, ratio in ratios:
        assert ratio >= (4.5 if kind == "words" else 3), (kind, of)


def test_the_claim_under_the_pointer_shows_its_chain_its_parts_and_their_values(page: Page) -> None:
    opened(page, "strike.txt")
    page.locator(".text .seg", has_text="21").first.hover()
    dock = page.get_by_label("The claim in the text")
    expect(dock).to_contain_text("the district hospital")
    expect(dock).to_contain_text("at least 21")
    lit = page.evaluate("[...CSS.highlights.get('part-figure')].map(String)")
    assert any("21" in words for words in lit)
    page.locator("h1").hover()
    expect(dock).to_be_hidden()
    assert not page.evaluate("CSS.highlights.has('part-figure')")


def test_a_voice_around_a_voice_is_seen_in_the_text_and_in_the_margin(page: Page) -> None:
    opened(page, "strike.txt")
    note = page.locator(".note", has_text="Tavrian Wire").first
    expect(note.locator(".chain .sep")).not_to_have_count(0)
    assert page.locator(".text .seg.cue, .text .cue").count() > 0


def test_the_margin_says_what_stands_against_a_claim_and_leads_there(page: Page, open_desk: Desk) -> None:
    opened(page, "strike.txt")
    note = page.locator(".note", has_text="denied by").first
    claim = str(note.get_attribute("data-claim"))
    assert note.locator(".ties a").first.get_attribute("href") == f"/claims/{claim}"
    links = [view.link for view in open_desk.case.show(claim).links]
    counted = sum(link.kind == "denies" and link.right == claim for link in links)
    expect(note.locator(".ties")).to_contain_text(f"denied by {counted}")


def test_selected_words_become_a_claim_that_says_who_added_it(page: Page, open_desk: Desk) -> None:
    opened(page, "strike.txt")
    select(page, "Shells hit the fish market")
    page.get_by_role("button", name="Add a claim").click()
    expect(page.get_by_label("What is claimed")).to_have_value("Shells hit the fish market")
    select(page, "the harbour master")
    expect(page.get_by_label("Who is cited")).to_have_value("the harbour master")
    page.get_by_label("The cue").focus()
    select(page, "said.")
    page.get_by_label("What the speaker does").select_option("report")
    page.get_by_label("Reason").fill("the market alone")
    recorded(page)
    added = next(view for view in open_desk.case.claims() if view.annotation)
    assert added.words == "Shells hit the fish market"
    assert added.speaker == "the harbour master"
    expect(page.locator(f'.note[data-claim="{added.claim.id}"]')).to_contain_text("by Ada Tester")
    expect(page.locator(".note.on")).to_have_attribute("data-claim", added.claim.id)
    expect(page.locator(".changes")).to_contain_text("the market alone")
    assert open_desk.case.verify().findings == ()


def test_a_claim_is_corrected_by_keyboard_alone_and_taken_back(page: Page, open_desk: Desk) -> None:
    opened(page, "strike.txt")
    old = next(v for v in open_desk.case.claims() if "Not one of our guns" in v.words)
    for _ in range(40):
        page.keyboard.press("j")
        if page.locator(".note.on").get_attribute("data-claim") == old.claim.id:
            break
    page.keyboard.press("e")
    words = page.get_by_label("What is claimed")
    expect(words).to_be_focused()
    expect(words).to_have_value(old.words)
    page.keyboard.press("Control+a")
    page.keyboard.type("Not one of our cannons")
    expect(words).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Control+a")
    page.keyboard.type("Not one of our guns fired")
    expect(words).to_have_attribute("aria-invalid", "false")
    page.get_by_label("What the speaker does").focus()
    page.keyboard.type("denies")
    page.get_by_role("button", name="Record it").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state()
    new = next(view for view in open_desk.case.claims() if view.annotation)
    assert new.words == "Not one of our guns fired"
    assert new.claim.act == "deny"
    assert old.claim.id not in {view.claim.id for view in open_desk.case.claims()}
    with page.expect_navigation():
        page.get_by_role("button", name="Take back").press("Enter")
    page.wait_for_load_state()
    assert old.claim.id in {view.claim.id for view in open_desk.case.claims()}
    expect(page.locator(f'.note[data-claim="{new.claim.id}"]')).to_have_count(0)


def test_a_claim_whose_words_stand_apart_keeps_them_all_when_it_is_corrected(
    page: Page, open_desk: Desk
) -> None:
    document = the_strike(open_desk)
    apart = ("Shells hit the fish market", "At least 21 people were killed")
    content = tuple(
        Passage(span=Span(at, at + len(words)), words=words)
        for words in apart
        for at in (document.text.index(words),)
    )
    said = Annotated(content=content, act="assert", voice="indirect", speaker="Mira Tovel")
    made = open_desk.case.annotate(document.id, said, by="Bo Second")
    page.goto(f"{open_desk.address}/documents/{document.id}?claim={made.claim}")
    expect(page.locator(".note.on")).to_have_attribute("data-claim", str(made.claim))
    page.keyboard.press("e")
    words = page.get_by_label("What is claimed")
    expect(words).to_have_value(" … ".join(apart))
    page.get_by_label("What the speaker does").select_option("deny")
    page.get_by_label("Who that is").fill("Mira Tovel")
    recorded(page)
    new = open_desk.case.show(str(page.locator(".note.on").get_attribute("data-claim"))).view
    assert [span.of(document.text) for span in new.claim.content] == list(apart)
    assert new.claim.act == "deny"
    page.keyboard.press("e")
    words.fill("Shells hit … people were killed")
    expect(words).to_have_attribute("aria-invalid", "false")
    page.get_by_label("Who that is").fill("Mira Tovel")
    recorded(page)
    newer = open_desk.case.show(str(page.locator(".note.on").get_attribute("data-claim"))).view
    assert [span.of(document.text) for span in newer.claim.content] == ["Shells hit", "people were killed"]


def test_words_that_do_not_stand_in_the_text_are_not_sent(page: Page, open_desk: Desk) -> None:
    opened(page, "strike.txt")
    page.keyboard.press("j")
    page.keyboard.press("e")
    words = page.get_by_label("What is claimed")
    before = words.input_value()
    words.fill("Nothing of the sort")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("do not stand in the text")
    expect(words).to_be_focused()
    assert sent == []
    assert list(open_desk.case.annotations()) == []
    words.fill(before)
    page.get_by_label("What the speaker does").select_option("evaluate")
    recorded(page)
    assert len(list(open_desk.case.annotations())) == 1


def test_what_is_no_claim_is_taken_out_of_the_margin(page: Page, open_desk: Desk) -> None:
    opened(page, "strike.txt")
    page.keyboard.press("j")
    claim = str(page.locator(".note.on").get_attribute("data-claim"))
    page.keyboard.press("e")
    with page.expect_navigation():
        page.get_by_role("button", name="It is no claim").click()
    page.wait_for_load_state()
    expect(page.locator(f'.note[data-claim="{claim}"]')).to_have_count(0)
    expect(page.locator(".changes")).to_contain_text("Ada Tester took out a claim")
    assert open_desk.case.show(claim).annotations


def test_words_of_another_script_are_selected_to_the_character(
    page: Page, open_desk: Desk, tmp_path: Path
) -> None:
    documents = with_scripts(open_desk, tmp_path)
    for name, words in (
        ("emoji.txt", "😀 fired"),
        ("emoji.txt", "ferry 🚢 sank"),
        ("marks.txt", "cafe\u0301 of Vo\u0308lm"),
        ("azerbaijani.txt", "İlıca şəhəri atəşə tutuldu"),
        ("armenian.txt", "Քաղաքը գնդակոծվեց"),
        ("arabic.txt", "برنّة عند الفجر"),
        ("arabic.txt", "قالت الوزارة إن 12 شخصًا قُتلوا"),
    ):
        page.goto(f"{open_desk.address}/documents/{documents[name].document.id}")
        select(page, words)
        page.keyboard.press("a")
        page.get_by_label("Who that is").fill("Somebody")
        recorded(page)
        assert words in {view.words for view in open_desk.case.claims() if view.annotation}


def test_a_span_that_does_not_match_the_words_is_refused(client: httpx.Client, open_desk: Desk) -> None:
    document = the_strike(open_desk)
    address = f"/documents/{document.id}/annotations"
    at = document.text.index("Shells")
    sent = {"content": f"{at}-{at + 6}", "content_words": "shells", "speaker": "X"}
    for wrong in (
        sent,
        sent | {"content": f"{at + 1}-{at + 7}", "content_words": "Shells"},
        sent | {"content": "9" * 10_000 + "-4"},
        sent | {"content": "٣-٩"},
        sent | {"content": "6-2"},
        sent | {"content": ""},
        sent | {"content": f"{at}-{at + 6} {at + 7}-{at + 10}", "content_words": "Shells hit"},
        sent | {"content": f"{at}-{at + 6} {at + 7}-{at + 10}", "content_words": "Shells … hat"},
        sent | {"content": " ".join(["1-2"] * 50_000), "content_words": "x"},
        sent | {"content_words": "Shells", "voice": "outlet"},
    ):
        assert client.post(address, data=wrong).status_code == 400
    assert list(open_desk.case.annotations()) == []
    right = client.post(address, data=sent | {"content_words": "Shells"})
    assert right.status_code == 303
    assert [one.by for one in open_desk.case.annotations()] == ["Ada Tester"]


def test_a_document_of_a_megabyte_comes_in_parts_and_loses_no_character(
    page: Page, open_desk: Desk, tmp_path: Path
) -> None:
    # Few and long sentences: what is read again for each part are the characters and the claims around it.
    goods = " and ".join(["rope", "tar", "sailcloth", "lamp oil", "dried fish"] * 18)
    text = "date: 2031-05-05\nBy Quay Herald\n\n" + "".join(
        f"The harbour master of Brenna said on {day % 28 + 1} May that the ferry had brought {goods}.\n\n"
        for day in range(980)
    )
    assert len(text) > 1_000_000
    case = open_desk.case
    # The shipped network would read for longer than a document may take; its claims are not what is tested.
    rules = msgspec.structs.replace(case.settings.extraction, finder="rules")
    case.settings = msgspec.structs.replace(case.settings, extraction=rules)
    list(case.add([written(tmp_path / "papers", {"long.txt": text})]))
    document = next(one.head for one in case.document_rows().rows if one.head.origin == "long.txt")
    start, shown = 0, ""
    while start < len(text):
        part = case.reading(document.id, start=start)
        assert part.span is not None
        shown += part.span.of(part.document.text)
        start = part.span.end
    assert shown == text
    last = part.claims[-1]
    assert last.number == part.total
    answer = page.goto(f"{open_desk.address}/documents/{document.id}")
    assert answer is not None
    assert len(answer.body()) < _MOST_BYTES
    paragraphs = page.locator(".text p[data-start]")
    before = paragraphs.count()
    page.wait_for_load_state()
    page.locator(".further").scroll_into_view_if_needed()
    expect(paragraphs.nth(before)).to_be_attached(timeout=_PATIENCE)
    page.goto(f"{open_desk.address}/documents/{document.id}?claim={last.view.claim.id}")
    expect(page.locator(".note.on")).to_have_attribute("data-claim", last.view.claim.id)
