"""The report shows every word of a case where it stands, and runs none of them."""

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from typing import Literal, TypedDict, Unpack

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.core.ids import CaptureId, sha256_hex, text_sha256
from sayso.core.records import (
    Act,
    Attribution,
    Basis,
    Claim,
    Document,
    Hedge,
    Link,
    LinkKind,
    Part,
    Polarity,
    Problem,
    Quantity,
    Speaker,
    Voice,
)
from sayso.core.spans import Span, Spans, words
from sayso.core.views import (
    CaseReport,
    ChainLink,
    ClaimView,
    DocumentHead,
    DocumentPage,
    Edit,
    EditKind,
    Edits,
    LinkEnd,
    LinkView,
)
from sayso.exchange.report import render


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a text and who is cited for them; `within` counts the sayings of the document from 0."""

    content: Sequence[str] | Spans
    voice: Voice = "outlet"
    speaker: str | None = None
    basis: Basis = "stated"
    source: str = ""
    cue: str = ""
    act: Act = "assert"
    within: int | None = None
    figure: Quantity | None = None
    target: str = ""
    hedge: str = ""
    polarity: Polarity = "+"


def at(text: str, sought: str) -> Span:
    start = text.index(sought)
    return Span(start, start + len(sought))


def count(text: str, sought: str, bounds: tuple[int | None, int | None, int | None], *, of: str) -> Quantity:
    outcome, _, population = of.partition(" ")
    low, best, high = bounds
    bound: Literal["at_least", "range", "exact"] = (
        "at_least" if high is None else "range" if best is None else "exact"
    )
    return Quantity(
        span=at(text, sought),
        kind="count",
        low=low,
        best=best,
        high=high,
        bound=bound,
        outcome=outcome,
        population=population or None,
        unit="person",
    )


class About(TypedDict, total=False):
    title: str
    publisher: str
    day: str
    byline: str
    origin: str
    problems: tuple[Problem, ...]


def page(text: str, sayings: Iterable[Saying] = (), **about: Unpack[About]) -> DocumentPage:
    title, publisher, day = about.get("title"), about.get("publisher"), about.get("day")
    origin = about.get("origin", "text.txt")
    document = Document(
        capture=CaptureId("cap_" + sha256_hex(origin.encode())[:32]),
        text=text,
        text_sha256=text_sha256(text),
        title=title,
        byline=about.get("byline"),
        publisher=publisher,
        published_at=day,
        reader="text 1",
    )
    head = DocumentHead(id=document.id, origin=origin, title=title, publisher=publisher, published_at=day)
    attributions: list[Attribution] = []
    views: list[ClaimView] = []
    for saying in sayings:
        content = tuple(s if isinstance(s, Span) else at(text, s) for s in saying.content)
        attribution = Attribution(
            document=document.id,
            content=content,
            cue=(at(text, saying.cue),) if saying.cue else (),
            source=(at(text, saying.source),) if saying.source else (),
            voice=saying.voice,
            within=None if saying.within is None else attributions[saying.within].id,
            speaker=Speaker(name=saying.speaker, basis=saying.basis) if saying.speaker else None,
        )
        attributions.append(attribution)
        claim = Claim(
            attribution=attribution.id,
            content=content,
            act=saying.act,
            polarity=saying.polarity,
            quantities=(saying.figure,) if saying.figure else (),
            target=Part(span=at(text, saying.target), name=saying.target) if saying.target else None,
            hedges=(Hedge(span=at(text, saying.hedge), kind="distancing"),) if saying.hedge else (),
        )
        views.append(
            ClaimView(
                claim=claim,
                words=words(content, text),
                voice=saying.voice,
                document=head,
                chain=tuple(_chain(attribution, attributions, publisher)),
            )
        )
    return DocumentPage(
        document=document,
        head=head,
        attributions=tuple(attributions),
        claims=tuple(views),
        problems=about.get("problems", ()),
    )


def _chain(
    attribution: Attribution, known: Sequence[Attribution], publisher: str | None
) -> Iterator[ChainLink]:
    at_hand: Attribution | None = attribution
    while at_hand is not None and at_hand.voice != "outlet":
        yield ChainLink(
            attribution=at_hand.id,
            voice=at_hand.voice,
            speaker=at_hand.speaker.name if at_hand.speaker else None,
            basis=at_hand.speaker.basis if at_hand.speaker else None,
        )
        at_hand = next((a for a in known if a.id == at_hand.within), None) if at_hand.within else None
    yield ChainLink(attribution=None, voice="outlet", speaker=publisher, basis=None)


def claim_end(view: ClaimView, text: str, *key: str) -> LinkEnd:
    return LinkEnd(
        id=view.claim.id,
        kind="claim",
        words=view.words,
        speaker=view.speaker,
        document=view.document,
        spans=tuple(at(text, sought) for sought in key),
    )


def linked(
    kind: LinkKind,
    left: tuple[DocumentPage, int, str],
    right: tuple[DocumentPage, int, str],
    why: str,
    **judged: str,
) -> LinkView:
    ends = [
        claim_end(page.claims[number], page.document.text, *([key] if key else []))
        for page, number, key in (left, right)
    ]
    link = Link(
        kind=kind,
        left=ends[0].id,
        right=ends[1].id,
        left_spans=ends[0].spans,
        right_spans=ends[1].spans,
        score=0.82,
        rule=f"{kind}.words",
        why=why,
        **judged,  # type: ignore[arg-type]  # the tests give a judgement and its judge
    )
    return LinkView(link=link, left=ends[0], right=ends[1])


def copied(copy: DocumentPage, original: DocumentPage, *passages: tuple[str, str]) -> LinkView:
    left = tuple(at(copy.document.text, here) for here, _ in passages)
    right = tuple(at(original.document.text, there) for _, there in passages)
    link = Link(
        kind="copies",
        left=copy.document.id,
        right=original.document.id,
        left_spans=left,
        right_spans=right,
        score=0.9,
        rule="copies.minhash",
        why="Two passages are the same but for three words.",
    )
    ends = [
        LinkEnd(id=p.document.id, kind="document", words="", speaker=None, document=p.head, spans=spans)
        for p, spans in ((copy, left), (original, right))
    ]
    return LinkView(link=link, left=ends[0], right=ends[1])


WIRE = """KARVEN (Northern Wire) - Karvia's defence ministry said on Tuesday that Tolm's artillery had \
shelled the market of Osterby, killing at least 12 civilians and wounding 30.

"They knew the market was full. They fired all the same, and they will answer for it," ministry \
spokeswoman Ilse Marrow told reporters.

The shelling began shortly after nine. Two stalls and a bakery burned down, and the road to the \
river was closed until the evening.

Tolm has not commented."""

COPY = (
    WIRE.replace("(Northern Wire) - ", "- ")
    .replace("at least 12 civilians", "at least 14 civilians")
    .replace("Tolm has not commented.", "The Tolm side keeps silent, as it so often does.")
)

DENIAL = """Tolm's general staff on Thursday rejected what it called a "staged" account of the shelling of \
Osterby.

"No unit of ours fired on Osterby, neither on Tuesday nor on any other day," Colonel Per Aldgate, \
who heads its press office, said. "The shells came, as Karvia's own engineers admit, from the \
eastern ridge."

According to the colonel, Karvia's foreign minister had told the envoys that "nobody can say for \
certain" who fired. He demanded that the observers be let through by Friday.

Between 9 and 11 people died in Osterby, the hospital of the town says. 🕊️ The toll is contested."""

ARABIC = """بيان قصير من لجنة الإغاثة في أوستربي.

قالت اللجنة إن تسعة مدنيين قتلوا في السوق. The committee said that nine civilians were killed at \
the market."""

CORRECTION = """Correction: an earlier report put the number of civilians killed in Osterby at 14. \
The hospital now counts 9 dead.

Karvia's defence ministry allegedly knew of the lower figure on Wednesday."""

ODD = """<script>alert("from the text")</script> is what a reader sent to the newsroom.\r
The file name was \u202etxt.exe\u202c, an editor noted; <img src=x onerror=alert(1)> stood below it."""


def rich_case() -> CaseReport:
    wire = page(
        WIRE,
        [
            Saying(
                content=[
                    "Tolm's artillery had shelled the market of Osterby",
                    "killing at least 12 civilians",
                ],
                voice="indirect",
                speaker="Karvia's defence ministry",
                source="Karvia's defence ministry",
                cue="said",
                act="accuse",
                target="Tolm",
                figure=count(WIRE, "at least 12 civilians", (12, None, None), of="killed civilian"),
            ),
            Saying(
                content=["wounding 30"],
                voice="indirect",
                speaker="Karvia's defence ministry",
                figure=count(WIRE, "30", (30, 30, 30), of="wounded"),
            ),
            Saying(
                content=[
                    "They knew the market was full. They fired all the same, and they will answer for it"
                ],
                voice="direct",
                speaker="Ilse Marrow",
                source="ministry spokeswoman Ilse Marrow",
                cue="told",
                act="accuse",
            ),
            Saying(content=["The shelling began shortly after nine."], act="report"),
            Saying(
                content=[
                    "Two stalls and a bakery burned down",
                    "the road to the river was closed until the evening.",
                ],
                act="report",
            ),
            Saying(content=["Tolm has not commented."], act="report"),
        ],
        title="Shells hit the market of Osterby, ministry says",
        publisher="Northern Wire",
        byline="By Hanna Quist",
        day="2031-03-04",
        origin="wire-0304.txt",
    )
    copy = page(
        COPY,
        [
            Saying(
                content=[
                    "Tolm's artillery had shelled the market of Osterby",
                    "killing at least 14 civilians",
                ],
                voice="indirect",
                speaker="Karvia's defence ministry",
                source="Karvia's defence ministry",
                cue="said",
                act="accuse",
                figure=count(COPY, "at least 14 civilians", (14, None, None), of="killed civilian"),
            ),
            Saying(
                content=[
                    "They knew the market was full. They fired all the same, and they will answer for it"
                ],
                voice="direct",
                speaker="Ilse Marrow",
                source="ministry spokeswoman Ilse Marrow",
                cue="told",
                act="accuse",
            ),
            Saying(content=["The Tolm side keeps silent, as it so often does."], act="evaluate"),
        ],
        title="Market of Osterby shelled",
        publisher="Karvia Today",
        day="2031-03-04",
        origin="today.html",
    )
    denial = page(
        DENIAL,
        [
            Saying(
                content=['a "staged" account of the shelling of Osterby'],
                voice="mixed",
                speaker="Tolm's general staff",
                source="Tolm's general staff",
                cue="rejected",
                act="deny",
                hedge='"staged"',
            ),
            Saying(
                content=[
                    "No unit of ours fired on Osterby, neither on Tuesday nor on any other day",
                    "The shells came, as Karvia's own engineers admit, from the eastern ridge.",
                ],
                voice="direct",
                speaker="Per Aldgate",
                source="Colonel Per Aldgate, who heads its press office,",
                cue="said",
                act="deny",
            ),
            Saying(
                content=["The shells came", "from the eastern ridge"],
                voice="indirect",
                speaker="Karvia's own engineers",
                source="Karvia's own engineers",
                cue="admit",
                within=1,
            ),
            Saying(
                content=[
                    "Karvia's foreign minister had told the envoys that",
                    '"nobody can say for certain" who fired.',
                ],
                voice="indirect",
                speaker="Per Aldgate",
                basis="carried over",
                source="the colonel",
                cue="According to",
            ),
            Saying(
                content=['"nobody can say for certain" who fired'],
                voice="mixed",
                speaker="the foreign minister of Karvia",
                source="Karvia's foreign minister",
                cue="had told",
                within=3,
            ),
            Saying(
                content=["the observers be let through by Friday"],
                voice="indirect",
                speaker="Per Aldgate",
                basis="carried over",
                cue="demanded",
                act="demand",
            ),
            Saying(
                content=["Between 9 and 11 people died in Osterby"],
                voice="indirect",
                speaker="the hospital of the town",
                source="the hospital of the town",
                cue="says",
                figure=count(DENIAL, "Between 9 and 11 people", (9, None, 11), of="killed civilian"),
            ),
            Saying(content=["The toll is contested."], act="evaluate"),
        ],
        title="Tolm denies shelling Osterby and asks for observers",
        publisher="The Harbour Post",
        day="2031-03-06T08:30:00+01:00",
        origin="post-0306.txt",
    )
    correction = page(
        CORRECTION,
        [
            Saying(
                content=["an earlier report put the number of civilians killed in Osterby at 14"],
                act="report",
                figure=count(CORRECTION, "14", (14, 14, 14), of="killed civilian"),
            ),
            Saying(
                content=["9 dead"],
                voice="indirect",
                speaker="the hospital of the town",
                source="The hospital",
                cue="counts",
                figure=count(CORRECTION, "9 dead", (9, 9, 9), of="killed civilian"),
            ),
            Saying(
                content=["Karvia's defence ministry allegedly knew of the lower figure on Wednesday"],
                hedge="allegedly",
                act="accuse",
                target="Karvia",
            ),
        ],
        title="Correction",
        publisher="Karvia Today",
        day="2031-03-09",
        origin="correction.txt",
    )
    arabic = page(
        ARABIC,
        [
            Saying(
                content=["تسعة مدنيين قتلوا في السوق"],
                voice="indirect",
                speaker="اللجنة",
                source="اللجنة",
                cue="قالت",
                figure=count(ARABIC, "تسعة", (9, 9, 9), of="killed civilian"),
            ),
            Saying(
                content=["nine civilians were killed at the market"],
                voice="indirect",
                speaker="The committee",
                source="The committee",
                cue="said",
                figure=count(ARABIC, "nine civilians", (9, 9, 9), of="killed civilian"),
            ),
        ],
        origin="relief.txt",
    )
    odd = page(
        ODD,
        [
            Saying(content=['<script>alert("from the text")</script>'], act="report"),
            Saying(
                content=["The file name was \u202etxt.exe\u202c"],
                voice="indirect",
                speaker="<b>an editor</b>",
                source="an editor",
                cue="noted",
            ),
            Saying(content=["\u202etxt.exe\u202c, an editor noted; <img src=x"], act="report"),
        ],
        title="</title><script>alert(1)</script>",
        publisher='"><img src=x onerror=alert(2)>',
        origin="odd.txt",
        problems=(
            Problem(
                code="no-date",
                message="The document does not say when it was published.",
                stage="text",
                hint="Times relative to it stay open.",
            ),
        ),
    )
    paragraph = WIRE.split("\n\n")[2]
    return CaseReport(
        title="The shelling of Osterby",
        version="0.1.0",
        documents=(wire, copy, denial, correction, arabic, odd),
        links=(
            linked(
                "denies",
                (denial, 1, "No unit of ours fired on Osterby"),
                (wire, 0, "Tolm's artillery had shelled the market of Osterby"),
                "Both name Osterby and the firing; the later one negates it.",
            ),
            linked(
                "denies",
                (denial, 0, "rejected"),
                (wire, 0, "shelled the market of Osterby"),
                "The general staff rejects an account of the same event.",
                judgement="confirmed",
                judged_by="Mirel",
            ),
            linked(
                "contradicts",
                (denial, 6, "Between 9 and 11 people"),
                (wire, 0, "at least 12 civilians"),
                "At most 11 and at least 12 killed in Osterby cannot both hold.",
            ),
            linked(
                "contradicts",
                (arabic, 1, "nine"),
                (copy, 0, "at least 14 civilians"),
                "Nine and at least 14 killed in Osterby cannot both hold.",
                judgement="rejected",
                judged_by="Mirel",
            ),
            linked(
                "updates",
                (correction, 1, "9 dead"),
                (copy, 0, "at least 14 civilians"),
                "The later document corrects the earlier figure and says so.",
            ),
            linked("same", (copy, 1, ""), (wire, 2, ""), "The same words by the same speaker."),
            copied(
                copy,
                wire,
                (COPY.partition("\n\n")[0], WIRE.partition("\n\n")[0]),
                (paragraph, paragraph),
            ),
        ),
        log_head="4f1c" * 16,
    )


VOID = {"meta", "br", "img", "input", "link", "base", "hr", "source", "area", "col", "embed", "wbr"}


class Element(msgspec.Struct):
    tag: str
    attributes: dict[str, str]
    parent: int | None
    text: str = ""  # all of it, that of inner elements included


class Tree(HTMLParser):
    """Every element of a page in document order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[int] = []
        self.feed(html)
        self.close()
        assert not self._open, f"not closed: {[self.elements[n].tag for n in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self._open[-1] if self._open else None
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, parent))
        if tag not in VOID:
            self._open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self._open.pop()].tag == tag

    def handle_data(self, data: str) -> None:
        for number in self._open:
            self.elements[number].text += data

    def inside(self, element: Element, tag: str, name: str = "", value: str = "") -> bool:
        while element.parent is not None:
            element = self.elements[element.parent]
            if element.tag == tag and (not name or value in element.attributes.get(name, "").split()):
                return True
        return False

    def by_class(self, name: str) -> list[Element]:
        return [e for e in self.elements if name in e.attributes.get("class", "").split()]

    def by_id(self, name: str) -> Element:
        return next(e for e in self.elements if e.attributes.get("id") == name)

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(e.tag, tuple(sorted(e.attributes))) for e in self.elements]


def texts(tree: Tree) -> list[str]:
    """The stored texts, as a reader of the page gets them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for number, element in enumerate(tree.elements):
        parent = None if element.parent is None else tree.elements[element.parent]
        if element.tag == "p" and parent and "row" in parent.attributes.get("class", "").split():
            document = number
            while tree.elements[document].tag != "article":
                document = tree.elements[document].parent or 0
            found[tree.elements[document].attributes["id"]].append(element.text)
    return ["".join(paragraphs) for paragraphs in found.values()]


def highlighted(tree: Tree) -> dict[str, str]:
    """The marked words of every claim in the documents, by the id of its note."""
    found: defaultdict[str, str] = defaultdict(str)
    for element in tree.elements:
        if "data-c" in element.attributes and tree.inside(element, "details", "class", "text"):
            for anchor in element.attributes["data-c"].split():
                found[anchor] += element.text
    return dict(found)


def anchored(report: CaseReport) -> dict[str, str]:
    """The words of every claim, each code point once and in text order, by the id of its note."""
    return {
        f"c{n}-{m}": "".join(
            page.document.text[i]
            for i in sorted({i for s in view.claim.content for i in range(s.start, s.end)})
        )
        for n, page in enumerate(report.documents, 1)
        for m, view in enumerate(page.claims, 1)
    }


def of(*pages: DocumentPage, links: tuple[LinkView, ...] = (), title: str = "A case") -> CaseReport:
    return CaseReport(title=title, version="0.1.0", documents=pages, links=links, log_head="ab" * 32)


def test_every_marked_word_is_a_word_of_its_claim() -> None:
    report = rich_case()
    assert highlighted(Tree(render(report))) == anchored(report)


def test_every_text_stands_whole_and_in_order() -> None:
    report = rich_case()
    assert texts(Tree(render(report))) == [page.document.text for page in report.documents]


@given(st.data())
def test_any_text_and_any_overlap_of_claims_are_shown_as_stored(drawn: st.DataObject) -> None:
    characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    text = drawn.draw(st.text(st.one_of(characters, st.sampled_from("\n\r<>&\"' \u202e🕊")), min_size=1))
    offsets = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = st.lists(
        offsets.filter(lambda o: o[0] != o[1]).map(lambda o: Span(min(o), max(o))), min_size=1, max_size=3
    )
    contents = drawn.draw(st.lists(spans, max_size=5, unique_by=tuple))
    report = of(page(text, [Saying(content=tuple(content)) for content in contents]))
    tree = Tree(render(report))
    assert texts(tree) == [text]
    assert highlighted(tree) == anchored(report)


def test_a_character_that_no_page_can_hold_is_shown_by_its_picture() -> None:
    assert texts(Tree(render(of(page("before\0after"))))) == ["before\u2400after"]


def test_nothing_is_asked_for_from_outside() -> None:
    tree = Tree(render(rich_case()))
    for element in tree.elements:
        assert element.tag not in {
            "link",
            "img",
            "iframe",
            "object",
            "embed",
            "base",
            "audio",
            "video",
            "image",
            "use",
        }
        for name, value in element.attributes.items():
            assert name not in {"src", "srcset", "action", "data", "ping", "style"}
            assert not name.startswith("on")
            assert not re.search(r"https?:|//|javascript:|url\(", value), (element.tag, name, value)
            if name == "href":
                assert value.startswith("#")
    style = next(e for e in tree.elements if e.tag == "style").text
    assert "url(" not in style
    assert "@import" not in style


def test_every_address_in_the_page_leads_somewhere() -> None:
    tree = Tree(render(rich_case()))
    ids = [e.attributes["id"] for e in tree.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    assert {e.attributes["href"][1:] for e in tree.elements if "href" in e.attributes} <= set(ids)


def test_the_policy_lets_only_the_pages_own_style_and_script_through() -> None:
    tree = Tree(render(rich_case()))
    policy = next(
        e.attributes["content"]
        for e in tree.elements
        if e.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        (element,) = [e for e in tree.elements if e.tag == tag]
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
        assert len(element.text.encode()) < (6_000 if tag == "script" else 24_000)


HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "` onmouseover=`alert(1)",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>press</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>press</a>",
    "<form action=javascript:alert(1)><button>press</button></form>",
    "<base href=//outside.invalid/>",
    "<link rel=stylesheet href=//outside.invalid/style.css>",
    "<meta http-equiv=refresh content='0;url=//outside.invalid'>",
    "<style>@import '//outside.invalid/style.css';</style>",
    "<div style='background:url(//outside.invalid/a.png)'>",
    "<object data=//outside.invalid/a.swf></object>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<body onload=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "{{ 7 * 7 }}{% raw %}",
    "{{ page.__class__.__mro__ }}",
    "${alert(1)}",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\u202e<script>alert(1)</script>",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert() )//</stYle/</titLe/<sVg/oNloAd=alert()//>",
)


def _all_of(words: str) -> CaseReport:
    problem = Problem(code="odd", message=words, stage="text", hint=words, origin=words)
    pages = [
        page(
            f"The {words} said {words} today.\n\n{words}",
            [
                Saying(
                    content=[words],
                    voice="direct",
                    speaker=words,
                    act="accuse",
                    target=words,
                    hedge=words,
                )
            ],
            title=words,
            publisher=words,
            byline=words,
            origin=words + str(n),
            problems=(problem,),
        )
        for n in range(2)
    ]
    links = (
        linked("denies", (pages[0], 0, words), (pages[1], 0, words), words, judged_by=words),
        copied(pages[0], pages[1], (words, words)),
    )
    return of(*pages, links=links, title=words)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_only_ever_text(hostile: str) -> None:
    tree = Tree(render(_all_of(hostile)))
    plain = Tree(render(_all_of("harmless words")))
    overrides = len(tree.by_class("ctl"))
    assert [e for e in tree.shape if e != ("span", ("class", "data-is"))] == plain.shape
    assert overrides == 0 or "\u202e" in hostile
    for element in tree.elements:
        assert all(hostile not in value and "alert" not in value for value in element.attributes.values())
    assert texts(tree) == [f"The {hostile} said {hostile} today.\n\n{hostile}"] * 2
    heading = next(e for e in tree.elements if e.tag == "h1")
    assert heading.text == hostile


def test_hostile_words_are_many() -> None:
    assert len(set(HOSTILE)) >= 30


def test_an_override_cannot_turn_the_words_after_it() -> None:
    tree = Tree(render(rich_case()))
    disarmed = tree.by_class("ctl")
    assert disarmed
    assert {(e.text, e.attributes["data-is"]) for e in disarmed} == {("\u202e", "RLO")}
    assert ".ctl { unicode-bidi: isolate; }" in next(e for e in tree.elements if e.tag == "style").text
    assert "\u202e" not in next(e for e in tree.elements if e.tag == "title").text


def test_the_same_case_gives_the_same_page() -> None:
    assert render(rich_case()) == render(rich_case())


def test_a_long_text_costs_what_its_claims_cost() -> None:
    sentence = "The envoy said that the bridge was open again and that the market had been empty. "
    text = sentence * 12_500
    starts = range(0, len(text), len(sentence) * 5)
    sayings = [
        Saying(content=(Span(start + 20, start + 60),), voice="indirect", speaker="the envoy")
        for start in starts
    ]
    html = render(of(page(text, sayings)))
    assert len(text) > 1_000_000
    assert html.count("data-c=") == len(sayings)
    assert '<details class="text">' in html, "a long text starts folded"
    # Every claim brings one marked segment, one note and one row; the text itself stands there once.
    assert len(html) < len(text) + 3_000 * len(sayings)


def test_an_empty_case_says_so() -> None:
    tree = Tree(render(of()))
    assert "This case is empty" in tree.by_id("overview").text
    assert not tree.by_class("doc")


def test_a_case_without_claims_says_so() -> None:
    assert "No claims were found" in Tree(render(of(page("Nothing to see.")))).by_id("overview").text


def test_a_newcomer_reads_what_this_is_before_anything_else() -> None:
    tree = Tree(render(rich_case()))
    said = " ".join(tree.by_class("head")[0].text.split())
    for promise in (
        "who says what",
        "does not say who is right",
        "suggestions",
        "sayso verify CASE",
        "0.1.0",
        "4f1c",
    ):
        assert promise in said
    assert "4f1c" * 16 in tree.by_id("about").text


def test_own_voice_and_cited_voices_are_told_apart() -> None:
    tree = Tree(render(rich_case()))
    voice_of = {e.attributes["id"]: e.attributes["data-voice"] for e in tree.by_class("note")}
    assert voice_of["c1-1"] == "indirect"
    assert voice_of["c1-3"] == "direct"
    assert voice_of["c1-4"] == "outlet"
    for element in tree.by_class("seg"):
        if "data-c" in element.attributes and tree.inside(element, "details", "class", "text"):
            innermost = element.attributes["data-c"].split()[0]
            assert f"v-{voice_of[innermost]}" in element.attributes["class"].split()


def test_a_voice_inside_anothers_lies_on_top_of_it() -> None:
    tree = Tree(render(rich_case()))
    nested = [e for e in tree.elements if e.attributes.get("data-c") == "c3-3 c3-2"]
    assert "".join(e.text for e in nested) == "The shells camefrom the eastern ridge"
    assert all({"v-indirect", "u-direct"} <= set(e.attributes["class"].split()) for e in nested)


def test_a_note_names_the_whole_source_chain() -> None:
    note = Tree(render(rich_case())).by_id("c3-5")
    said = " ".join(note.text.split())
    assert (
        "The Harbour Post › Per Aldgate (carried over) › the foreign minister of Karvia asserts mixed" in said
    )


def test_no_claim_stands_under_an_outer_speaker() -> None:
    tree = Tree(render(rich_case()))
    (group,) = [e for e in tree.by_class("group") if e.text.strip().startswith("Per Aldgate")]
    assert "nobody can say for certain" in group.text
    inner = tree.by_id("speakers")
    rows = [e for e in tree.elements if e.attributes.get("data-for") == "c3-5" and e.tag == "tr"]
    assert len(rows) == 1
    assert rows[0].text in inner.text
    assert rows[0].text not in group.text


def test_links_stand_side_by_side_with_their_words_marked() -> None:
    tree = Tree(render(rich_case()))
    denials = tree.by_id("denials")
    assert "The denial 3.2" in " ".join(denials.text.split())
    assert "confirmed by Mirel" in denials.text
    assert "nobody has judged it yet" in denials.text
    keys = [e.text for e in tree.by_class("key") if tree.inside(e, "div", "id", "conflicts")]
    assert "at least 12 civilians" in keys
    assert "Between 9 and 11 people" in keys


def test_a_claim_that_denies_several_stands_once_beside_them_all() -> None:
    said = page(
        "The ferry sank. The crew fled.",
        [Saying(content=["The ferry sank"]), Saying(content=["The crew fled"])],
    )
    denial = page("All of this is denied.", [Saying(content=["All of this"], act="deny")], origin="b.txt")
    links = tuple(linked("denies", (denial, 0, "denied"), (said, n, ""), f"Reason {n}.") for n in range(2))
    tree = Tree(render(of(said, denial, links=links)))
    (card,) = tree.by_class("card")
    assert [
        "Reason 0." in tree.by_class("earlier")[0].text,
        "Reason 1." in tree.by_class("earlier")[1].text,
    ] == [True] * 2
    assert card.text.count("The denial") == 1
    assert card.text.count("What was said") == 2


def test_marking_a_whole_long_claim_would_tell_nothing() -> None:
    sentence = "The armed forces of the island have never fired on the harbour of the town."
    said, denial = (
        page(sentence, [Saying(content=[sentence])], origin=origin) for origin in ("a.txt", "b.txt")
    )
    tree = Tree(
        render(
            of(said, denial, links=(linked("denies", (denial, 0, sentence), (said, 0, sentence), "Same."),))
        )
    )
    assert not [e for e in tree.by_class("key") if tree.inside(e, "div", "id", "denials")]


def test_a_rejected_link_is_kept_apart_and_not_counted() -> None:
    tree = Tree(render(rich_case()))
    assert "Nine and at least 14" in tree.by_id("rejected").text
    assert "Nine and at least 14" not in tree.by_id("conflicts").text
    assert "conflicts with" not in tree.by_id("c5-2").text


def test_undated_documents_stand_apart_in_the_timeline() -> None:
    tree = Tree(render(rich_case()))
    (undated,) = tree.by_class("undated")
    assert "Undated documents" in undated.text
    assert "nine civilians" in undated.text
    days = [e.attributes["datetime"] for e in tree.elements if e.tag == "time"]
    assert days == sorted(days)


def test_the_timeline_shows_a_denial_with_its_verb() -> None:
    text = "The crew denied that the ferry had sunk. The crew denied it, he said."
    told = page(
        text,
        [
            Saying(
                content=["that the ferry had sunk"], cue="denied", voice="indirect", act="deny", polarity="-"
            ),
            Saying(content=["The crew denied it"], cue="said", voice="indirect", act="deny"),
        ],
        day="2031-01-01",
    )
    tree = Tree(render(of(told)))
    words = [e.text for e in tree.by_class("words") if tree.inside(e, "section", "id", "timeline")]
    assert words == ["denied … that the ferry had sunk", "The crew denied it"]


def test_no_more_denials_stand_beside_what_they_deny_than_there_are() -> None:
    said = page(
        "The ferry sank. The crew fled.",
        [Saying(content=["The ferry sank"]), Saying(content=["The crew fled"])],
    )
    denials = page(
        "All of this is denied. None of it is so. Nobody knows.",
        [
            Saying(content=["All of this"], act="deny"),
            Saying(content=["None of it is so"]),  # a link makes it one
            Saying(content=["Nobody knows"], act="deny"),
        ],
        origin="b.txt",
    )
    links = tuple(linked("denies", (denials, m, ""), (said, n, ""), "No.") for m in (0, 1) for n in (0, 1))
    totals = " ".join(Tree(render(of(said, denials, links=links))).by_class("totals")[0].text.split())
    assert "denials, 2 beside what they deny3 pairs" in totals


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (("2031-01-01", "2031-01-02"), "copies 1"),
        (("2031-01-01", "2031-01-01"), "has the same passages as 1"),
        (("2031-01-01T08:00", "2031-01-01T09:00"), "copies 1"),
        (("2031-01-01T08:00", "2031-01-01"), "has the same passages as 1"),
    ],
)
def test_who_copied_whom_is_said_only_where_the_dates_tell(days: tuple[str, str], told: str) -> None:
    first = page("The ferry sank.", publisher="North", day=days[0])
    second = page("The ferry sank!", publisher="South", day=days[1], origin="b.txt")
    link = copied(second, first, ("The ferry sank", "The ferry sank"))
    assert told in " ".join(Tree(render(of(first, second, links=(link,)))).by_id("d2").text.split())


def test_copies_show_who_was_first_or_that_nobody_knows() -> None:
    assert "which of them was first is not known" in Tree(render(rich_case())).by_id("copies").text
    first = page("The ferry sank.", publisher="North", day="2031-01-01")
    second = page("The ferry sank!", publisher="South", day="2031-01-02", origin="b.txt")
    third = page("The ferry sank?", origin="c.txt")
    links = (
        copied(second, first, ("The ferry sank", "The ferry sank")),
        copied(third, second, ("The ferry", "The ferry")),
    )
    copies = " ".join(Tree(render(of(first, second, third, links=links))).by_id("copies").text.split())
    assert "3 documents with the same passages" in copies
    assert "First: North (1), 1 January 2031." in copies
    assert "3 is undated and may be older." in copies
    assert "2 shares 93 % of its text with 1" in copies


def test_what_a_copy_changed_is_marked() -> None:
    tree = Tree(render(rich_case()))
    changed = [e.text.strip() for e in tree.by_class("key") if tree.inside(e, "details", "class", "copied")]
    assert changed == ["(Northern Wire)", "12", "14"]


def test_the_edits_of_a_copy_stand_in_its_whole_text() -> None:
    wire, copy = "The ferry sank at noon. Nobody was hurt.", "The old ferry sank. Nobody was hurt, we hear."
    pages = (page(wire, day="2031-01-01"), page(copy, day="2031-01-02", origin="b.txt"))
    link = copied(pages[1], pages[0], ("ferry sank", "ferry sank"), ("Nobody was hurt", "Nobody was hurt"))
    told: tuple[tuple[EditKind, str, str], ...] = (
        ("kept", "The", "The"),
        ("inserted", "old", ""),
        ("kept", "ferry sank", "ferry sank"),
        ("deleted", "", "at noon"),
        ("kept", "Nobody was hurt", "Nobody was hurt"),
        ("inserted", "we hear", ""),
    )
    edits = Edits(
        link=link.link.id,
        edits=tuple(
            Edit(kind=kind, copy=at(copy, new) if new else None, source=at(wire, old) if old else None)
            for kind, new, old in told
        ),
    )
    report = msgspec.structs.replace(of(*pages, links=(link,)), edits=(edits,))
    tree = Tree(render(report))
    (edited,) = tree.by_class("edited")
    assert " ".join(edited.text.split()) == "The old ferry sank at noon . Nobody was hurt, we hear."
    within = [e for e in tree.elements if tree.inside(e, "blockquote", "class", "edited")]
    assert [(e.tag, e.text) for e in within] == [("ins", "old"), ("del", "at noon"), ("ins", "we hear")]
    assert not [e for e in tree.by_class("shared") if tree.inside(e, "details", "class", "copied")]


def test_problems_of_a_document_are_listed_with_it() -> None:
    tree = Tree(render(rich_case()))
    (problems,) = tree.by_class("problems")
    assert tree.inside(problems, "article", "id", "d6")
    assert "no-date" in problems.text


def test_a_claim_shows_the_beginning_of_its_id_that_is_its_own() -> None:
    report = rich_case()
    ids = [e.text for e in Tree(render(report)).by_class("id")]
    claims = {view.claim.id for page in report.documents for view in page.claims}
    assert len(ids) == len(set(ids)) == len(claims)
    assert all(sum(claim.startswith(short) for claim in claims) == 1 for short in ids)


def _luminance(colour: str) -> float:
    colour = colour.removeprefix("#")
    channels = [
        int(c * 2 if len(colour) == 3 else c, 16) / 255
        for c in re.findall("." if len(colour) == 3 else "..", colour)
    ]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_can_be_read_by_light_and_in_the_dark_and_on_paper() -> None:
    style = next(e for e in Tree(render(of())).elements if e.tag == "style").text
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    assert len(blocks) == 3
    colours: dict[str, str] = {}
    light: dict[str, str] = {}
    for n, block in enumerate(blocks):
        found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))
        colours = {**(light if n else {}), **found}
        light = light or colours
        for ink in ("ink", "soft", "link", "direct", "indirect", "mixed", "outlet"):
            assert _contrast(colours[ink], colours["paper"]) >= 4.5, (n, ink)
        for ground in ("tint", "direct-tint", "indirect-tint", "mixed-tint"):
            assert _contrast(colours["ink"], colours[ground]) >= 7, (n, ground)
            assert _contrast(colours["soft"], colours[ground]) >= 4.5, (n, ground)
        assert _contrast(colours["key-ink"], colours["key"]) >= 4.5
