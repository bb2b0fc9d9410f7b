"""Only lines that are nothing but datelines say when and by whom a text was published."""

import pytest

from sayso.language.heads import Head, head, head_lines


@pytest.mark.parametrize(
    ("line", "byline", "published_at"),
    [
        (" date 2031-03-04 By Kestrel", "Kestrel", "2031-03-04"),
        ("By Ana Duarte", "Ana Duarte", None),
        ("BY ANA DUARTE", "ANA DUARTE", None),
        (
            "Ministry of Transport of Estmark, 5 November 2030",
            "Ministry of Transport of Estmark",
            "2030-11-05",
        ),
        ("Kestrel Wire | Nov. 5, 2030", "Kestrel Wire", "2030-11-05"),
        ("Tuesday, 5th November 2030 – Kestrel Wire", "Kestrel Wire", "2030-11-05"),
        ("Published: Tuesday, 5 November 2030 at 10:30 am", None, "2030-11-05"),
        ("By Ana Duarte, 2030-11-05T10:30:00+02:00", "Ana Duarte", "2030-11-05T10:30:00+02:00"),
        ("2030-11-05 10:30", None, "2030-11-05T10:30"),
        ("05.11.2030", None, "2030-11-05"),
        ("TOLLEN, November 5, 2030 (Kestrel) - The port office said so.", "Kestrel", "2030-11-05"),
        ("TOLLEN, Estmark, 5 November 2030 (KWA) — The port office said so.", "KWA", "2030-11-05"),
        ("TOLLEN, November 5 (Kestrel) - The port office said so.", "Kestrel", None),
    ],
)
def test_a_dateline_is_read(line: str, byline: str | None, published_at: str | None) -> None:
    assert head(line + "\n\nThe port office closed the bridge.") == Head(
        byline=byline, published_at=published_at
    )


@pytest.mark.parametrize(
    "line",
    [
        "On 5 November 2030, the port office closed the bridge.",
        "By 5 November 2030 all roads will be open again.",
        "31 February 2030, they said.",
        "5/11/2030.",
        "The bridge closed on 2030-11-05.",
        "Estmark, 5 November 2030: the day on which the bridge was closed.",
    ],
)
def test_prose_is_no_dateline(line: str) -> None:
    assert head(line + "\n\nMore.") == Head()


def test_a_date_that_does_not_exist_is_none() -> None:
    assert head("31 February 2030\n\nMore.").published_at is None


def test_title_byline_and_date_may_stand_on_lines_of_their_own() -> None:
    text = "Port office closes bridge\nBy Ana Duarte\n5 November 2030\n\nThe port office closed the bridge."
    assert head(text) == Head(
        title="Port office closes bridge", byline="Ana Duarte", published_at="2030-11-05"
    )


def test_a_short_first_line_before_a_blank_line_is_the_title() -> None:
    assert head("Port office closes bridge\n\nThe office said so.").title == "Port office closes bridge"


@pytest.mark.parametrize(
    "text",
    [
        "The port office closed the bridge.\n\nIt said so.",  # ends as a sentence does
        "The port office closed\nthe bridge at noon.",  # no blank line
        "Port office closes bridge",  # nothing follows
        "- one point\n\n- another point",
        "Bridge\n\nThe office said so.",  # one word may be anything
    ],
)
def test_what_is_not_clearly_a_title_is_none(text: str) -> None:
    assert head(text).title is None


def test_a_date_further_down_is_not_looked_at() -> None:
    assert head("The office closed the bridge.\n\n5 November 2030\n") == Head()


def test_a_head_may_have_a_label_on_every_line() -> None:
    text = (
        "Title: Port office closes bridge\nAuthor: Ana Duarte\nSource: Kestrel Wire\nDate: 5 November 2030\n"
        "URL: https://kestrel.example/1\nTags: bridge, port\n\nThe port office closed the bridge."
    )
    assert head(text) == Head(
        title="Port office closes bridge", byline="Ana Duarte", published_at="2030-11-05"
    )
    about = [line.about.of(text) for line in head_lines(text) if line.about is not None]
    assert about == ["Title:", *text.split("\n")[1:6]]


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Ana Duarte, Kestrel Wire", "Ana Duarte, Kestrel Wire"),
        ("By Ana Duarte and Tom Kern", "Ana Duarte and Tom Kern"),
        (
            "By Ana Duarte in Tollen and Tom Kern in Port Sable",
            "Ana Duarte in Tollen and Tom Kern in Port Sable",
        ),
        ("By April Jones", "April Jones"),
        ("By Monday The Army Had Left", None),
        ("BY DAWN THE ARMY HAD LEFT TOLLEN", None),
        ("Army Denies Strike, 5 November 2030", None),
    ],
)
def test_a_byline_may_name_several_and_is_no_headline(line: str, byline: str | None) -> None:
    assert head(line + "\n\nMore.").byline == byline


def test_an_agencys_dateline_is_told_from_the_sentence_behind_it() -> None:
    text = "By Ana Duarte\n\nTOLLEN, November 5, 2030 (Kestrel) - The port office said so."
    *_, last = head_lines(text)
    assert last.goes_on
    assert last.about is not None
    assert last.about.of(text) == "TOLLEN, November 5, 2030 (Kestrel) -"
