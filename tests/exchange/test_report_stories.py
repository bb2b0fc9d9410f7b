"""What is said in several places stands in the report as one story, with copies folded away."""

import msgspec
from tests.exchange.test_report import Tree, rich_case

from sayso.core.views import (
    CaseReport,
    ClaimView,
    LinkEnd,
    LinkView,
    Proposition,
    Source,
    Trace,
    TraceEvent,
    TraceKind,
)
from sayso.exchange.report import render


def end(report: CaseReport, document: int, claim: int) -> LinkEnd:
    view = claim_of(report, document, claim)
    return LinkEnd(
        id=view.claim.id,
        kind="claim",
        words=view.words,
        speaker=view.speaker,
        document=view.document,
        voice=view.voice,
        spans=view.claim.content,
    )


def claim_of(report: CaseReport, document: int, claim: int) -> ClaimView:
    return report.documents[document - 1].claims[claim - 1]


def event(
    report: CaseReport, kind: TraceKind, at: tuple[int, int], link: LinkView | None = None, *copies: LinkEnd
) -> TraceEvent:
    told = end(report, *at)
    published = told.document.published_at
    return TraceEvent(kind=kind, published_at=published, end=told, link=link, copies=copies)


def told_case() -> CaseReport:
    report = rich_case()
    first = claim_of(report, 1, 1)
    denial, conflict = report.links[0], report.links[2]
    trace = Trace(
        claim=first.claim.id,
        proposition=Proposition(
            words=first.words,
            claims=(first, claim_of(report, 2, 1)),
            speakers=("Karvia's defence ministry",),
            outlets=("Northern Wire", "Karvia Today"),
            links=(),
        ),
        events=(
            event(report, "first seen", (1, 1), None, end(report, 2, 1)),
            event(report, "denied", (3, 2), denial),
            event(report, "conflict", (3, 7), conflict),
            TraceEvent(
                kind="reviewed",
                published_at="some day",
                end=LinkEnd(
                    id="rev_1",
                    kind="review",
                    words="Did shells hit Osterby?",
                    speaker="Valley <b>Checks</b>",
                    document=msgspec.structs.replace(
                        first.document, title="Unproven", origin="https://checks.invalid/1"
                    ),
                ),
                link=denial,
            ),
        ),
        sources=(
            Source(
                name="Northern Wire",
                documents=(first.document, claim_of(report, 2, 1).document),
                why=("Karvia Today has its text from Northern Wire.",),
            ),
        ),
        voices=1,
    )
    return msgspec.structs.replace(report, traces=(trace,))


def test_a_story_says_how_many_sources_are_left_and_why() -> None:
    tree = Tree(render(told_case()))
    (story,) = tree.by_class("story")
    said = " ".join(story.text.split())
    assert "First seen 4 March 2031 · 2 claims in 2 documents · 2 outlets · 1 source once copies" in said
    assert "Karvia Today has its text from Northern Wire." in said
    assert "The same, taken over: 2.1 Karvia Today" in said


def test_moments_stand_in_order_with_what_ties_them_to_the_claim() -> None:
    tree = Tree(render(told_case()))
    found = [e for e in tree.elements if e.tag == "li" and tree.inside(e, "ol", "class", "moments")]
    kinds = [e.attributes["class"] for e in found]
    assert kinds == ["m-first-seen", "m-denied", "m-conflict", "m-reviewed"]
    moments = [" ".join(e.text.split()) for e in found]
    assert "Both name Osterby and the firing" in moments[1]
    assert "nobody has judged it yet" in moments[1]
    assert moments[3].startswith("undatedreviewed Valley <b>Checks</b> Unproven https://checks.invalid/1")


def test_the_line_of_time_has_words_for_those_who_cannot_see_it() -> None:
    tree = Tree(render(told_case()))
    for drawing in (*tree.by_class("line"), *tree.by_class("plot")):
        assert drawing.attributes["role"] == "img"
        title, description = (drawing.attributes[name] for name in ("aria-labelledby", "aria-describedby"))
        assert tree.by_id(title).tag == "title"
        assert tree.by_id(title).text
        assert tree.by_id(description).tag == "desc"
        assert tree.by_id(description).text
    assert tree.by_class("line")
    assert tree.by_class("plot")


def test_every_mark_of_a_drawing_stands_in_the_table_below_it() -> None:
    tree = Tree(render(told_case()))
    for figure in tree.by_class("chart"):
        within = [
            e
            for e in tree.elements
            if e.parent is not None and tree.inside(e, "figure") and e.text in figure.text
        ]
        numbers = [e.text for e in within if "nth" in e.attributes.get("class", "").split()]
        labels = [
            e.text
            for e in within
            if e.tag == "text"
            and tree.inside(e, "svg", "class", "plot")
            and e.attributes["class"] == "middle"
        ]
        assert {label for label in labels if label.isdigit()} <= set(numbers)


def test_the_addresses_of_a_story_lead_to_its_claims() -> None:
    tree = Tree(render(told_case()))
    ids = [e.attributes["id"] for e in tree.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    assert {e.attributes["href"][1:] for e in tree.elements if "href" in e.attributes} <= set(ids)
    led = {
        e.attributes["href"]
        for e in tree.elements
        if "href" in e.attributes and tree.inside(e, "article", "class", "story")
    }
    assert {"#c1-1", "#c2-1", "#c3-2", "#c3-7"} <= led


def test_a_case_without_stories_has_no_section_for_them() -> None:
    tree = Tree(render(rich_case()))
    assert not [e for e in tree.elements if e.attributes.get("id") == "stories"]
