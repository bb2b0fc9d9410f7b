"""Nothing that is read as metadata, and nothing that only stands around a text, is claimed by anybody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.core.ids import sha256_hex
from sayso.core.reading import Reading
from sayso.core.records import Capture, Document
from sayso.core.settings import load
from sayso.flow.pipeline import extract, read_claims
from sayso.language.heads import head_lines
from sayso.readers.page import PageReader

HEADS = [
    " date 2031-05-03 By Quillon News",
    "By Anna Vell",
    "By Anna Vell, Kestrel Wire",
    "Kestrel Wire, 5 November 2030",
    "date: 5 November 2030",
    "Published: Tuesday, 5 November 2030 at 10:30 am",
    "Author: Anna Vell",
    "source: Kestrel Wire",
    "https://kestrel.example/news/1",
    "Tags: Tollen, bridge",
]
TOLD = [
    "By Monday the army had left.",
    "Rain fell on the town.",
    "Reporting from the town has become dangerous.",
    "Photos of the bridge were burned.",
    "Contact with the town was lost on 5 March.",
    "Published figures were wrong.",
]
FEET = [
    "(Reporting by Anna Vell in Tollen; Editing by Tom Kern)",
    "Photo: Ada Brenn / Kestrel Wire",
    "© 2030 Kestrel Wire. All rights reserved.",
    "Read more: Port office opens the bridge",
    "Contact: press@kestrel.example",
    "Share this article",
    "ENDS",
    "###",
]


def claimed(reading: Reading) -> list[str]:
    return [" … ".join(span.of(reading.document.text) for span in one.content) for one in reading.claims]


@given(
    st.lists(st.sampled_from(HEADS), unique=True, max_size=4),
    st.lists(st.sampled_from(TOLD), unique=True, min_size=1, max_size=3),
    st.lists(st.sampled_from(FEET), unique=True, max_size=4),
    st.sampled_from(["\n", "\n\n"]),
)
@settings(max_examples=40, deadline=None)
def test_every_sentence_is_claimed_and_nothing_around_them_is(
    heads: list[str], told: list[str], feet: list[str], apart: str
) -> None:
    text = apart.join(heads) + "\n\n" + apart.join([*told, *feet]) + "\n"
    assert claimed(extract(text)) == [one.removesuffix(".") for one in told]


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Anna Vell", "Anna Vell"),
        ("TOLLEN, November 5, 2030 (Kestrel) -The port office closed the bridge.", "Kestrel"),
        ("PORT SABLE, 4 March 2031", "PORT SABLE"),
        ("Author: Anna Vell", "Anna Vell"),
    ],
)
def test_what_the_reader_takes_from_a_line_is_not_claimed(line: str, byline: str) -> None:
    reading = extract(f"{line}\n\nRain fell on the town.\n")
    about = [one.about for one in head_lines(reading.document.text) if one.about is not None]
    assert reading.document.byline == byline
    assert about
    assert not [span for one in reading.claims for span in one.content if any(map(span.overlaps, about))]
    assert claimed(reading)[-1] == "Rain fell on the town"


@pytest.mark.parametrize(
    "line", ["PORT SABLE, 4 March", "Tollen, 4 March –", "TOLLEN, Ordania, Nov. 5 (KWA) —"]
)
def test_a_dateline_on_a_line_of_its_own_is_not_claimed(line: str) -> None:
    assert claimed(extract(f"{line}\n\nRain fell on the town.")) == ["Rain fell on the town"]


def test_a_title_is_still_told_and_its_label_is_not() -> None:
    text = "{}Port office closes the bridge\nBy Anna Vell\n\nThe bridge is closed.\n"
    for label in ("", "Title: ", "Headline: "):
        assert claimed(extract(text.format(label))) == [
            "Port office closes the bridge",
            "The bridge is closed",
        ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Date: the ministry says it was 4 March.", "it was 4 March"),
        ("Sources: Army Leaves Tollen\n\nRain fell.", "Sources: Army Leaves Tollen"),
        ("Photo: a woman walks past a ruined house.", "Photo: a woman walks past a ruined house"),
        ("BY DAWN THE ARMY HAD LEFT\n\nRain fell.", "BY DAWN THE ARMY HAD LEFT"),
    ],
)
def test_words_behind_a_label_that_tell_something_are_claimed(text: str, told: str) -> None:
    assert told in claimed(extract(text))


def test_a_statement_goes_on_behind_furniture_in_its_midst_and_ends_before_that_at_its_foot() -> None:
    text = (
        "The following statement was released by the Council of Estmark:\n\n"
        "We closed the bridge.\n\nAdvertisement\n\nWe will open it in May.\n\n"
        "Contact: press@council.example\n\n© 2030 Council of Estmark\n"
    )
    reading = extract(text)
    direct = [one for one in reading.attributions if one.voice == "direct"]
    words = [span.of(text) for one in direct for span in one.content]
    assert words == ["We closed the bridge.", "We will open it in May."]
    assert claimed(reading) == ["We closed the bridge", "We will open it in May"]


def test_a_byline_is_no_speaker_of_what_stands_behind_it() -> None:
    text = "By Anna Vell\n\nAccording to the mayor, nobody was hurt.\n"
    [attribution] = extract(text).attributions
    assert [span.of(text) for span in attribution.source] == ["the mayor"]


def test_a_line_that_only_names_who_signs_is_not_claimed_and_who_signs_still_speaks() -> None:
    for line, told in (
        ("Ada Brenn, Minister of Trade", []),
        ("Ada Brenn, minister of trade, resigns", ["Ada Brenn, minister of trade, resigns"]),
    ):
        reading = extract(f"{line}\n\nI closed the bridge on Monday.\n")
        assert claimed(reading) == [*told, "I closed the bridge on Monday"]


def test_furniture_within_a_page_is_not_claimed() -> None:
    paragraphs = (
        "By Anna Vell",
        "The port office closed the old bridge at Tollen to all trucks and buses on Monday.",
        "Photo: Ada Brenn / Kestrel Wire",
        "By Monday evening the army had left the town and its people had gone back to their houses.",
        "Reporting by Anna Vell; editing by Tom Kern",
    )
    page = (
        "<!doctype html><html lang=en><title>Bridge closed</title><article><h1>Bridge closed</h1>{}</article>"
    )
    content = page.format("".join(f"<p>{one}</p>" for one in paragraphs)).encode()
    capture = Capture(sha256=sha256_hex(content), size=len(content), origin="a.html", media_type="text/html")
    [document] = PageReader().read(capture, content)
    assert isinstance(document, Document)
    found = claimed(read_claims(document, load()))
    assert [one for one in found if one != "Bridge closed"] == [one.rstrip(".") for one in paragraphs[1::2]]
