"""Whatever a document, a person or an address says stays words on every page: nothing of it runs."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.web.desks import Desk, running
from tests.web.vectors import VECTORS

from sayso.case import Case
from sayso.core.spans import Span
from sayso.core.views import Annotated, Passage

# Every so many vectors are spoken by people; no multiple of how many stand in a family side by side.
_STRIDE = 5
# What the vectors call. A browser says on its console what runs, what is blocked and what fails.
_TRAP = """
for (const name of ["pwned", "alert", "confirm", "prompt"])
  Object.defineProperty(window, name, { value: () => console.error(`${name} was called`) })
"""
# Elements that no page of ours has, handlers, and addresses that lead anywhere but to pages.
_STRANGE = """() => [...document.querySelectorAll("*")].flatMap((element) => [
  ...(element.matches("iframe, object, embed, base, marquee, video, audio, math, xmp, plaintext, img, bdi *")
      && !element.matches(".ctl, mark") ? [element.outerHTML] : []),
  ...[...element.attributes].filter(({ name, value }) => /^(on|data-hx|hx-on|srcdoc|xlink)/i.test(name)
    || (/^(href|src|action|formaction)$/i.test(name) && !/^([?#]|\\/(?![\\/\\\\])|$)/.test(value)
        && !(element.matches("a[href][rel~=noreferrer]") && /^https?:/.test(value)))
  ).map(({ name, value }) => `${element.tagName} ${name}=${value}`),
])"""
_TEXTS = "() => document.querySelector('main').textContent"


def placed(folder: Path) -> Path:
    """Write documents with every vector as title, publisher, byline, address and text; some name files."""
    folder.mkdir()
    around = [VECTORS[number:] + VECTORS[:number] for number in range(4)]
    rows = [
        {"id": title, "text": title, "title": title, "publisher": publisher, "byline": byline, "url": url}
        for title, publisher, byline, url in zip(*around, strict=True)
    ]
    rows.append({"id": "all", "text": "\n\n".join(VECTORS), "title": "All", "published": "2031-05-03"})
    lines = [msgspec.json.encode(row) + b"\n" for row in rows]
    (folder / "vectors.jsonl").write_bytes(b"".join(lines))
    for number, vector in enumerate(VECTORS[::8]):
        name = vector.replace("/", "").replace("\0", "")[:80]
        (folder / f"{number} {name}.txt").write_text(
            f"The mayor of Brenna said that {vector} was nobody's doing.", encoding="utf-8"
        )
    return folder


def spoken(case: Case) -> str:
    """Let people annotate, judge and conclude in the vectors' words; return the claim they talk about."""
    every = next(page.document for page in case.documents() if page.document.part == "all")
    at, made = 0, []
    for vector in VECTORS[::_STRIDE]:
        shown = vector.replace("\0", "\ufffd")
        start = every.text.index(shown, at)
        at = start + len(shown)
        content = Passage(span=Span(start, at), words=shown)
        said = Annotated(content=(content,), act="assert", voice="indirect", speaker=vector.replace("\0", ""))
        made.append(case.annotate(every.id, said, by=vector, reason=vector))
    claim = str(made[0].claim)
    for vector in VECTORS[1::_STRIDE]:
        case.conclude(claim, "unproven", reason=vector, by=vector)
    for view, vector in zip(case.links(), VECTORS[2::_STRIDE], strict=False):
        case.judge_link(view.link.id, "confirmed", by=vector, reason=vector)
    return claim


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, str]]:
    folder = tmp_path_factory.mktemp("hostile")
    with Case.init(folder / "case", title=VECTORS[0]) as case:
        list(case.add([placed(folder / "papers")]))
        case.link()
        claim = spoken(case)
        for desk in running(case):
            yield desk, claim


@pytest.fixture(scope="module")
def context(browser: Browser, hostile: tuple[Desk, str]) -> Iterator[BrowserContext]:
    made = browser.new_context()
    made.add_init_script(_TRAP)
    entering = made.new_page()
    entering.goto(hostile[0].link)
    entering.close()
    yield made
    made.close()


@pytest.fixture
def heard(context: BrowserContext, hostile: tuple[Desk, str]) -> Iterator[tuple[Page, list[str]]]:
    """A page, and all that it complained about, asked for elsewhere or was asked to confirm."""
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(hostile[0].address) else complaints.append(asked.url),
    )
    yield page, complaints
    page.close()


def pages(desk: Desk, claim: str) -> Iterator[str]:
    """Yield the addresses of every kind of page."""
    listed = desk.case.document_rows()
    every = next(row.head.id for row in listed.rows if row.head.title == "All")
    yield from ("/", "/claims", "/who", "/sources", "/add", "/log", "/log?before=60")
    yield f"/?after={listed.after}"
    yield f"/documents/{every}"
    yield f"/claims/{claim}"
    yield from (f"/documents/{row.head.id}" for row in listed.rows[1:100:20])
    yield from (f"/claims?{field}={quote(VECTORS[3])}" for field in ("q", "speaker", "words"))


def test_there_are_enough_vectors() -> None:
    assert len(VECTORS) >= 200


def test_what_ran_or_stood_as_an_element_would_be_noticed(
    heard: tuple[Page, list[str]], hostile: tuple[Desk, str]
) -> None:
    page, complaints = heard
    page.goto(f"{hostile[0].address}/log")
    page.evaluate("document.querySelector('main').innerHTML += '<img alt=x src=/x onerror=pwned()>'")
    page.wait_for_load_state("networkidle")
    assert len(page.evaluate(_STRANGE)) == 2
    page.evaluate("pwned()")
    assert any("Content Security Policy" in said for said in complaints)
    assert "pwned was called" in complaints


def test_nothing_of_what_a_case_says_runs_on_any_page(
    heard: tuple[Page, list[str]], hostile: tuple[Desk, str]
) -> None:
    page, complaints = heard
    for path in pages(*hostile):
        answer = page.goto(hostile[0].address + path)
        assert answer is not None
        assert answer.status == 200, path
        page.wait_for_load_state("networkidle")
        assert page.evaluate(_STRANGE) == [], path
        assert complaints == [], path


def test_the_words_are_on_the_pages_as_they_are_stored(
    heard: tuple[Page, list[str]], hostile: tuple[Desk, str]
) -> None:
    (page, _), (desk, claim) = heard, hostile
    rows, after = desk.case.document_rows().rows, None
    while rows:
        page.goto(f"{desk.address}/" + (f"?after={after}" if after else ""))
        shown = page.evaluate(_TEXTS)
        assert [row.head.title for row in rows if (row.head.title or "") not in shown] == []
        after = desk.case.document_rows(after=after).after
        rows = desk.case.document_rows(after=after).rows if after else ()
    texts = desk.case.documents()
    every = next(document.document for document in texts if document.document.part == "all")
    page.goto(f"{desk.address}/documents/{every.id}")
    shown = page.evaluate(_TEXTS)
    assert [line for line in every.text.split("\n") if line.strip() not in shown] == []
    page.goto(f"{desk.address}/claims/{claim}")
    shown = page.evaluate(_TEXTS).replace("\u2400", "\0")
    reasons = {verdict.reason for verdict in desk.case.verdicts(claim)}
    assert {reason for reason in reasons if reason not in shown} == set()


@pytest.mark.parametrize("path", ["/documents/{}", "/claims/{}", "/add/{}", "/log/verify/{}", "/{}"])
def test_an_address_that_leads_nowhere_is_words_too(
    heard: tuple[Page, list[str]], hostile: tuple[Desk, str], path: str
) -> None:
    page, complaints = heard
    for vector in VECTORS[:: len(VECTORS) // 8]:
        page.goto(hostile[0].address + path.format(quote(vector, safe="")))
        assert page.evaluate(_STRANGE) == []
    # That a page is not there is all that the console says.
    assert [said for said in complaints if "status of 40" not in said] == []
