"""The demo documents are sound, even-handed, and read as `expected.jsonl` says.

`expected.jsonl` was made by reading. A row is an attribution or a link; words stand in it as
`[words, nth]`: the nth place where they stand as whole words in the text of `file` (and of the line
`part` in JSON lines). A web page's text is the paragraphs of its article, white space collapsed.

- A sentence nobody is cited for is a row of voice `outlet`; its speaker is the publisher. An outlet that
  names itself ("Tarvesh Gazette reports") keeps that voice, with its source and cue. An issuer's explicit
  acts ("the ministry demands") are cited like anybody's.
- A list after a colon, or a quotation over several paragraphs, is one attribution with a piece for each.
- `speaker` is the fullest name in the document, without article and title; null where nobody is named.
- A link's `left` acts on its `right`, and is the later one.
"""

import html.parser
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

import msgspec
import pytest

from sayso.core.records import Act, Basis, LinkKind, Polarity, Voice

DEMO = files("sayso") / "demo"
EXPECTED = Path(__file__).with_name("expected.jsonl")
NOT_DOCUMENTS = {"README.md", "exchange.json"}

REAL_STATES = """
Afghanistan Albania Algeria Andorra Angola Argentina Armenia Australia Austria Azerbaijan Bahamas Bahrain
Bangladesh Barbados Belarus Belgium Belize Benin Bhutan Bolivia Bosnia Botswana Brazil Brunei Bulgaria
Burkina Burundi Cambodia Cameroon Canada Chad Chile China Colombia Comoros Congo Croatia Cuba Cyprus Czechia
Denmark Djibouti Dominica Ecuador Egypt Eritrea Estonia Eswatini Ethiopia Fiji Finland France Gabon Gambia
Georgia Germany Ghana Greece Grenada Guatemala Guinea Guyana Haiti Honduras Hungary Iceland India Indonesia
Iran Iraq Ireland Israel Italy Jamaica Japan Jordan Kazakhstan Kenya Kiribati Korea Kosovo Kuwait Kyrgyzstan
Laos Latvia Lebanon Lesotho Liberia Libya Liechtenstein Lithuania Luxembourg Madagascar Malawi Malaysia
Maldives Mali Malta Mauritania Mauritius Mexico Micronesia Moldova Monaco Mongolia Montenegro Morocco
Mozambique Myanmar Namibia Nauru Nepal Netherlands Nicaragua Niger Nigeria Norway Oman Pakistan Palau
Palestine Panama Paraguay Peru Philippines Poland Portugal Qatar Romania Russia Rwanda Samoa Senegal Serbia
Seychelles Singapore Slovakia Slovenia Somalia Spain Sudan Suriname Sweden Switzerland Syria Taiwan
Tajikistan Tanzania Thailand Togo Tonga Tunisia Turkey Türkiye Turkmenistan Tuvalu Uganda Ukraine Uruguay
Uzbekistan Vanuatu Vatican Venezuela Vietnam Yemen Zambia Zimbabwe America Britain England Scotland Wales
Europe NATO OSCE UNESCO UN EU UK US USA
"""

# Words that name nobody of either side: the calendar, titles, and how a sentence may begin.
CAPITALISED = """
January April May Monday Tuesday Wednesday Thursday Friday Saturday Sunday
Affairs Colonel Defence Education Foreign Governor Interior Major Minister Ministry
Correction Dozens Furthermore I Incendiary Moreover Nobody Satellite Soldiers Those Voices
"""

FORMS = {
    "an agency's first figure": ("2031-05-03-quillon-flashes.jsonl", r"At least 21 people were killed"),
    "the figure raised": ("2031-05-05-quillon-toll.txt", r"has risen to 25"),
    "the governor's figure": ("2031-05-06-tarvesh-gazette-briefing.txt", r"Pendrak said that 19 people"),
    "a correction": ("2031-05-08-ostrel-observer-correction.txt", r"\nCorrection\. "),
    "a quoted block": ("2031-05-07-ostrel-observer-dam.txt", r"Quillon News wrote: “At least"),
    "X said, Y reports": (
        "2031-05-06-tarvesh-gazette-briefing.txt",
        r"Marovek said, Tarvesh Gazette reports\.",
    ),
    "A said B had accused C": (
        "2031-05-07-quillon-denials.txt",
        r"Verodan said Halvenik had accused Veskaria",
    ),
    "denied the allegation that": ("2031-05-07-quillon-denials.txt", r"denied the allegation that"),
    "a list led by hyphens": (
        "2031-05-05-veskarian-foreign-ministry.txt",
        r"the ministry restated the following:\n\n- (.+;\n\n- )+.+\.\n",
    ),
    "a list led by bullets": (
        "2031-05-05-keldovian-foreign-ministry.txt",
        r"the ministry restated the following:\n\n• (.+;\n\n• )+.+\.\n",
    ),
    "a quotation over paragraphs": (
        "2031-05-05-veskarian-foreign-ministry.txt",
        r": “[^”]+\n\n“[^”]+\n\n“[^”]+”\n",
    ),
    "a split quotation": ("2031-05-06-tarvesh-gazette-briefing.txt", r',"\ she\ said,\ "'),
    "In her words": ("2031-05-06-harnost-courier-briefing.txt", r"\nIn her words, "),
    "According to": (
        "2031-05-07-ostrel-observer-dam.txt",
        r"\nAccording to the Veskarian Foreign Ministry, ",
    ),
    "it was noted": ("2031-05-08-assembly-of-the-straits.txt", r"It was noted that"),
    "it was stated": ("2031-05-04-keldovian-defence-ministry.txt", r"It was stated that"),
    "scare quotes": ("2031-05-06-tarvesh-gazette-briefing.txt", r'so-called "liberation"'),
    "allegedly": ("2031-05-06-harnost-courier-briefing.txt", r"is allegedly using"),
    "a denial by labelling": ("2031-05-06-tarvesh-gazette-briefing.txt", r'One of these "reports" is that'),
    "fake news": ("2031-05-06-harnost-courier-briefing.txt", r"fake news"),
    "a blanket denial": (
        "2031-05-05-keldovian-foreign-ministry.txt",
        r"rejects these groundless accusations",
    ),
    "resolutions by number": (
        "2031-05-05-veskarian-foreign-ministry.txt",
        r"resolutions 14, 17 and 22 of the",
    ),
    "resolutions without number": ("2031-05-08-assembly-of-the-straits.txt", r"all related resolutions on"),
    "a quantity with parts": (
        "2031-05-05-quillon-toll.txt",
        r"34 civilians, among them 5 children and 9 women",
    ),
    "a number of": ("2031-05-03-quillon-flashes.jsonl", r"A number of people were missing"),
    "dozens": ("2031-05-03-quillon-flashes.jsonl", r"Dozens were wounded"),
    "a range": ("2031-05-09-ostrel-observer-two-towns.html", r"between 7,000 and 9,000 people"),
    "a date without year": ("2031-05-03-quillon-strikes.txt", r"on 24 April\."),
    "on Wednesday": ("undated-teachers-letter.txt", r"On Wednesday"),
    "a duration": ("2031-05-03-quillon-strikes.txt", r"for almost 30 years"),
    "an outbreak": ("2031-05-05-quillon-toll.txt", r"Since the outbreak of hostilities"),
    "a season": ("2031-05-06-tarvesh-gazette-briefing.txt", r"the autumn of 2002"),
    "emoji": ("2031-05-10-valley-voices.txt", "🕊\ufe0f"),
    "joined emoji": ("2031-05-10-valley-voices.txt", "👩🏽\u200d🏫"),
    "right to left": ("2031-05-10-valley-voices.txt", "«[\u0600-\u06ff ]{20,}»"),
    "a combining mark": ("2031-05-10-valley-voices.txt", "e\u0301"),
    "entities": ("2031-05-09-ostrel-observer-two-towns.html", r"&ldquo;.*&rdquo;"),
    "noise in the page": ("2031-05-09-ostrel-observer-two-towns.html", r"(?s)<nav>.*<aside.*<footer>"),
    "what the page says of itself": (
        "2031-05-09-ostrel-observer-two-towns.html",
        r'(?s)name="author".*name="date".*property="og:site_name"',
    ),
}

PAIRED_DOCUMENTS = (
    ("2031-05-04-veskarian-defence-ministry.txt", "2031-05-04-keldovian-defence-ministry.txt"),
    ("2031-05-05-veskarian-foreign-ministry.txt", "2031-05-05-keldovian-foreign-ministry.txt"),
    ("2031-05-06-tarvesh-gazette-briefing.txt", "2031-05-06-harnost-courier-briefing.txt"),
)

Words = tuple[str, int]


class ExpectedAttribution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One attribution as a reader sees it."""

    record: Literal["attribution"]
    id: str
    file: str
    part: str
    voice: Voice
    act: Act
    polarity: Polarity
    source: tuple[Words, ...]
    cue: tuple[Words, ...]
    content: tuple[Words, ...]
    speaker: str | None
    basis: Basis | None
    within: str | None


class ExpectedEnd(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One side of a link."""

    file: str
    part: str
    words: tuple[Words, ...]


class ExpectedLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two passages that a careful reader puts side by side."""

    record: Literal["link"]
    id: str
    kind: LinkKind
    left: ExpectedEnd
    right: ExpectedEnd
    why: str


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name of one side and what stands in its place on the other."""

    kind: str
    left: str
    right: str


class Exchange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What turns the conflict into its mirror."""

    about: str
    pairs: tuple[Pair, ...]
    shared: tuple[str, ...]


class Line(msgspec.Struct, frozen=True):
    """One text of a JSON lines file."""

    id: str
    text: str


class Paragraphs(html.parser.HTMLParser):
    """Collects the paragraphs of a page's article."""

    def __init__(self) -> None:
        super().__init__()
        self.article = False
        self.pieces: list[str] | None = None
        self.paragraphs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        self.article |= tag == "article"
        if tag == "p" and self.article:
            self.pieces = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.article = False
        if tag == "p" and self.pieces is not None:
            self.paragraphs.append(" ".join("".join(self.pieces).split()))
            self.pieces = None

    def handle_data(self, data: str) -> None:
        if self.pieces is not None:
            self.pieces.append(data)


@cache
def documents() -> dict[str, str]:
    """Return each document file's content by name."""
    found = (entry for entry in DEMO.iterdir() if entry.is_file() and entry.name not in NOT_DOCUMENTS)
    return {entry.name: entry.read_bytes().decode("utf-8") for entry in sorted(found, key=lambda e: e.name)}


@cache
def texts() -> dict[tuple[str, str], str]:
    """Return the text of every document by file and part."""
    read: dict[tuple[str, str], str] = {}
    for name, content in documents().items():
        if name.endswith(".html"):
            page = Paragraphs()
            page.feed(content)
            read[name, ""] = "\n".join(page.paragraphs)
        elif name.endswith(".jsonl"):
            lines = (msgspec.json.decode(line, type=Line) for line in content.splitlines())
            read.update({(name, line.id): line.text for line in lines})
        else:
            read[name, ""] = content
    return read


@cache
def exchange() -> Exchange:
    return msgspec.json.decode((DEMO / "exchange.json").read_bytes(), type=Exchange)


@cache
def expected() -> tuple[tuple[ExpectedAttribution, ...], tuple[ExpectedLink, ...]]:
    attributions: list[ExpectedAttribution] = []
    links: list[ExpectedLink] = []
    for line in EXPECTED.read_text(encoding="utf-8").splitlines():
        if json.loads(line)["record"] == "link":
            links.append(msgspec.json.decode(line, type=ExpectedLink))
        else:
            attributions.append(msgspec.json.decode(line, type=ExpectedAttribution))
    return tuple(attributions), tuple(links)


def places(text: str, words: str) -> list[tuple[int, int]]:
    """Return where some words stand as whole words, overlapping places too."""
    whole = re.compile(rf"(?<!\w)(?=({re.escape(words)})(?!\w))")
    return [match.span(1) for match in whole.finditer(text)]


def span(text: str, words: Words) -> tuple[int, int]:
    """Return the offsets of the nth place; fails when there are fewer."""
    found = places(text, words[0])
    assert len(found) >= words[1], f"{words[0]!r} stands {len(found)} times, not {words[1]}"
    return found[words[1] - 1]


def exchanged(text: str) -> str:
    """Return the mirror conflict's text."""
    other = {pair.left: pair.right for pair in exchange().pairs}
    other |= {pair.right: pair.left for pair in exchange().pairs}
    longest_first = sorted(other, key=lambda name: (-len(name), name))
    names = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
    return names.sub(lambda match: other[match[0]], text)


def snippets() -> list[tuple[tuple[str, str], Words]]:
    """Return every expected snippet with its text's key."""
    attributions, links = expected()
    found = [((a.file, a.part), words) for a in attributions for words in (*a.source, *a.cue, *a.content)]
    ends = [end for link in links for end in (link.left, link.right)]
    return found + [((end.file, end.part), words) for end in ends for words in end.words]


def test_every_expected_snippet_stands_exactly_where_it_should() -> None:
    for key, words in snippets():
        start, end = span(texts()[key], words)
        assert texts()[key][start:end] == words[0]


def test_the_expectations_are_many_and_cover_every_document() -> None:
    attributions, links = expected()
    assert sum(a.voice != "outlet" for a in attributions) >= 120
    assert {(a.file, a.part) for a in attributions} == set(texts())
    assert {link.kind for link in links} == {"same", "denies", "contradicts", "updates", "copies", "quotes"}
    ids = [*(a.id for a in attributions), *(link.id for link in links)]
    assert len(set(ids)) == len(ids)


def test_every_voice_and_act_is_expected_somewhere() -> None:
    attributions, _ = expected()
    assert {a.voice for a in attributions} == {"direct", "indirect", "mixed", "outlet"}
    assert {a.act for a in attributions} == set(get_args(Act))
    assert {a.basis for a in attributions} == {"stated", "carried over", "inferred", None}


def test_a_nested_attribution_stands_inside_the_content_of_its_outer_one() -> None:
    attributions, _ = expected()
    by_id = {a.id: a for a in attributions}
    nested = [a for a in attributions if a.within is not None]
    assert len(nested) >= 12
    for inner in nested:
        outer = by_id[inner.within or ""]
        assert (inner.file, inner.part) == (outer.file, outer.part)
        text = texts()[inner.file, inner.part]
        outer_spans = [span(text, words) for words in outer.content]
        for words in (*inner.source, *inner.cue, *inner.content):
            start, end = span(text, words)
            assert any(o_start <= start and end <= o_end for o_start, o_end in outer_spans), inner.id


def test_basis_and_voice_agree_with_what_is_written() -> None:
    attributions, _ = expected()
    for a in attributions:
        if a.basis == "stated":
            assert a.source, a.id
        if a.basis == "carried over":
            assert not a.source, a.id
        if a.voice == "outlet":
            assert a.basis is None, a.id
        if a.voice == "direct":
            assert all(words[0] in '"“«' for words, _ in a.content), a.id
        if a.voice == "mixed":
            assert any(mark in words for words, _ in a.content for mark in '"“'), a.id


def test_own_voice_sentences_do_not_overlap_what_is_cited() -> None:
    attributions, _ = expected()
    for key, text in texts().items():
        here = [a for a in attributions if (a.file, a.part) == key]
        own = [span(text, w) for a in here if a.voice == "outlet" and not a.cue for w in a.content]
        cited = [span(text, w) for a in here if a.voice != "outlet" for w in a.content]
        for start, end in own:
            assert not any(c_start < end and start < c_end for c_start, c_end in cited), text[start:end]


def test_a_link_acts_on_what_is_not_later() -> None:
    for link in expected()[1]:
        assert (link.left, link.left.words) != (link.right, link.right.words)
        if not link.left.file.startswith("undated"):
            assert link.left.file[:10] >= link.right.file[:10], link.id
        assert link.why.endswith(".")


def test_a_denial_comes_two_days_after_its_accusation() -> None:
    denials = [link for link in expected()[1] if link.kind == "denies"]
    assert any(
        (link.right.file[:10], link.left.file[:10]) == ("2031-05-05", "2031-05-07") for link in denials
    )


def test_the_files_are_plain_utf8_with_enough_to_read() -> None:
    assert len(documents()) >= 14
    for name, content in documents().items():
        assert not content.startswith("\ufeff"), name
        assert "\r" not in content, name
        assert "\ufffd" not in content, name
        assert content.endswith("\n"), name
        words = sum(len(text.split()) for key, text in texts().items() if key[0] == name)
        assert 120 <= words <= 450, f"{name} has {words} words"


def test_the_byline_says_the_date_that_the_file_name_says() -> None:
    undated = [name for name in documents() if name.startswith("undated")]
    assert len(undated) == 1
    assert "2031" not in documents()[undated[0]]
    for name, content in documents().items():
        if not name.endswith(".txt") or name in undated:
            continue
        first = content.splitlines()[0]
        day = int(name[8:10])
        assert re.fullmatch(rf" date {name[:10]} By [A-Z].+|By [A-Z].+, {day} May 2031", first), first


def test_the_agency_flashes_are_three_lines_of_json() -> None:
    lines = [json.loads(line) for line in documents()["2031-05-03-quillon-flashes.jsonl"].splitlines()]
    assert len(lines) == 3
    assert all(set(line) == {"id", "text", "published", "publisher", "url"} for line in lines)


@pytest.mark.parametrize("form", FORMS)
def test_the_demo_holds_every_form_it_promises(form: str) -> None:
    name, pattern = FORMS[form]
    assert re.search(pattern, documents()[name]), form


def test_each_pair_of_names_can_stand_for_the_other() -> None:
    pairs = exchange().pairs
    names = [name for pair in pairs for name in (pair.left, pair.right)]
    assert len(set(names)) == len(names)
    for pair in pairs:
        assert len(pair.left.split()) == len(pair.right.split())
        assert (pair.left[0] in "AEIOU") == (pair.right[0] in "AEIOU")
        assert not pair.left.endswith("s")
        assert not pair.right.endswith("s")


def test_no_name_begins_another_but_a_state_its_demonym() -> None:
    words = {word for pair in exchange().pairs for word in f"{pair.left} {pair.right}".split()}
    begun = {(one, other) for one in words for other in words if one != other and other.startswith(one)}
    assert begun == {("Veskaria", "Veskarian"), ("Keldovia", "Keldovian")}


def test_exchanging_the_names_twice_gives_the_text_back() -> None:
    for name, content in documents().items():
        mirror = exchanged(content)
        assert mirror != content, name
        assert exchanged(mirror) == content, name
        assert len(mirror.split()) == len(content.split()), name


def test_the_mirror_conflict_meets_the_mirrored_expectations() -> None:
    for key, (words, nth) in snippets():
        span(exchanged(texts()[key]), (exchanged(words), nth))


def test_every_name_belongs_to_a_side_or_to_both() -> None:
    everything = "\n".join(texts().values())
    names = [name for pair in exchange().pairs for name in (pair.left, pair.right)]
    names = sorted((*names, *exchange().shared), key=lambda name: (-len(name), name))
    without_names = re.sub(rf"\b(?:{'|'.join(map(re.escape, names))})(?!\w)", " ", everything)
    ordinary = set(re.findall(r"\b[a-z]+\b", everything)) | {word.lower() for word in CAPITALISED.split()}
    left_over = {word for word in re.findall(r"\b[^\W\d_a-z]\w*", without_names) if word.isascii()}
    assert {word for word in left_over if word.lower() not in ordinary} == set()


def test_every_listed_name_is_used() -> None:
    everything = "\n".join(documents().values())
    for name in (*exchange().shared, *(n for pair in exchange().pairs for n in (pair.left, pair.right))):
        assert places(everything, name), name


def test_no_real_state_or_body_is_named() -> None:
    for name, content in documents().items():
        found = [state for state in REAL_STATES.split() if re.search(rf"\b{state}(?:n|ns|'s)?\b", content)]
        assert not found, f"{name} names {found}"


def test_both_sides_are_named_alike_often() -> None:
    everything = "\n".join(texts().values())
    for pair in exchange().pairs[:6]:
        left, right = len(places(everything, pair.left)), len(places(everything, pair.right))
        assert abs(left - right) <= max(2, 0.15 * max(left, right)), (
            f"{pair.left} {left}, {pair.right} {right}"
        )


@pytest.mark.parametrize(("left", "right"), PAIRED_DOCUMENTS)
def test_both_sides_say_as_much(left: str, right: str) -> None:
    lengths = sorted(len(documents()[name].split()) for name in (left, right))
    assert lengths[0] >= 0.85 * lengths[1]


def test_both_sides_accuse_deny_demand_and_pledge_alike_often() -> None:
    attributions, _ = expected()

    def acts(names: tuple[str, ...], act: Act) -> int:
        return sum(a.act == act for a in attributions if a.file in names)

    lefts = (*(left for left, _ in PAIRED_DOCUMENTS), "2031-05-03-tarvesh-gazette-strikes.txt")
    rights = (*(right for _, right in PAIRED_DOCUMENTS), "2031-05-04-harnost-courier-strikes.txt")
    for act in ("accuse", "deny", "demand", "pledge", "predict", "justify"):
        assert abs(acts(lefts, act) - acts(rights, act)) <= 1, act
