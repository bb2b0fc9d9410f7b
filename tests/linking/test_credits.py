import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.core.ids import CaptureId, text_sha256
from sayso.core.records import Document
from sayso.linking.credits import Publishers, credits_of, one_name

KNOWN = Publishers(("Quillon Wire", "The Harnost Courier"))


def document(text: str, *, publisher: str | None = "Times", byline: str | None = None) -> Document:
    return Document(
        capture=CaptureId("cap_1"),
        text=text,
        text_sha256=text_sha256(text),
        publisher=publisher,
        byline=byline,
        reader="test",
    )


def credited(text: str) -> list[tuple[str, str]]:
    found = credits_of(document(text), KNOWN)
    assert all(credit.span is not None and credit.span.of(text) == credit.name for credit in found)
    return [(credit.name, credit.covers) for credit in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BRENNA, May 3 (Quillon Wire) — Shells hit the market.", "Quillon Wire"),
        ("BRENNA (Novesk) - Shells hit the market.", "Novesk"),
        ("BRENNA, May 3. /QW/ — Shells hit the market.", "QW"),
        ("A headline\nBRENNA (NVK) – Shells hit the market.", "NVK"),
        ("Shells hit the market.\n\n— Novesk", "Novesk"),
        ("Shells hit the market. -- Quillon Wire", "Quillon Wire"),
        ("Shells hit the market. (NVK)", "NVK"),
        ("Shells hit the market.\n[with Novesk]", "Novesk"),
        ("Shells hit the market.\nvia Quillon Wire", "Quillon Wire"),
        ("Shells hit the market.\nSource: Harnost Courier", "Harnost Courier"),
        ("Shells hit.\nThis article was originally published by the Brenna Voice.", "Brenna Voice"),
    ],
)
def test_a_credit_line_covers_the_text(text: str, name: str) -> None:
    assert credited(text) == [(name, "text")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shells hit the market.\nQuillon Wire contributed to this report.", ["Quillon Wire"]),
        (
            "Shells hit the market.\nAdditional reporting by the Harnost Courier and Marek Dol.",
            ["Harnost Courier"],
        ),
        ("Shells hit the market, our staff reports with agencies", ["agencies"]),
    ],
)
def test_a_contribution_covers_some_of_the_text(text: str, names: list[str]) -> None:
    assert credited(text) == [(name, "part") for name in names]


def test_an_agency_named_in_a_sentence_is_credited_with_that_sentence() -> None:
    text = "He fell. According to the Novesk news agency, three people died. Nobody confirmed it."
    (credit,) = credits_of(document(text), KNOWN)
    assert (credit.name, credit.covers) == ("Novesk", "sentence")
    assert credit.sentence is not None
    assert credit.sentence.of(text) == "According to the Novesk news agency, three people died."


def test_a_paper_is_credited_where_it_publishes_in_the_case() -> None:
    text = "Three people died, the Harnost Courier reported on Monday."
    assert [credit.name for credit in credits_of(document(text), KNOWN)] == ["Harnost Courier"]
    assert credits_of(document(text), Publishers(())) == ()


@pytest.mark.parametrize(
    "text",
    [
        "BRENNA (Vesland) — Shells from Vesland hit the market.",  # a place: the text goes on to speak of it
        "The Ministry of Defence (MoD) - as the MoD calls itself - denied it.",
        "He sent it via Novesk",  # neither an agency by its name nor an outlet of the case
        "“We shall return.”\n— Marek Dol",  # an author signs
        "Shells hit the office of the Novesk news agency.",  # nobody cites it
        "The Quillon Wire office burned down.",
        "",
    ],
)
def test_what_only_looks_like_a_credit_is_none(text: str) -> None:
    assert credited(text) == []


def test_nobody_credits_their_own_outlet() -> None:
    text = "BRENNA (QW) — Shells hit the market. Quillon Wire reported it first."
    assert credits_of(document(text, publisher="Quillon Wire"), KNOWN) == ()


def test_a_byline_names_the_agency_beside_the_publisher() -> None:
    (credit,) = credits_of(document("Shells hit.", byline="By Marek Dol, Quillon Wire"), KNOWN)
    assert (credit.name, credit.covers, credit.span) == ("Quillon Wire", "text", None)


def test_initials_stand_for_a_name_in_capitals_only() -> None:
    assert one_name("QW", "Quillon Wire")
    assert one_name("the quillon wire", "Quillon Wire")
    assert not one_name("qw", "Quillon Wire")
    assert not one_name("Q", "Quillon")


@given(st.text(alphabet="Aa (/)—-.:,\n’via told", max_size=80), st.integers(1, 40))
def test_credits_point_at_their_names_in_any_text(text: str, times: int) -> None:
    credited(text * times)


@pytest.mark.parametrize(
    "piece", ["Aa ", "(A ", "via A/", "news agency ", "told Aa ", "\n", "— A", "a", "A. "]
)
def test_hostile_texts_take_linear_time(piece: str) -> None:
    began = time.process_time()
    credits_of(document(piece * (300_000 // len(piece))), KNOWN)
    assert time.process_time() - began < 5
