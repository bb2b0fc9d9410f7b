"""Furniture is told by its words alone, and a sentence is never taken for it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.furniture import are_names, is_furniture, is_furniture_line
from sayso.language.segments import Segments

TIMES_LONGER = 4
MOST = 10  # times as long; reading in quadratic time would take 16

CREDITS = [
    "Reporting by Anna Vell; editing by Tom Kern",
    "(Reporting by Anna Vell in Tollen and Omar Sade in Port Sable; Editing by Tom Kern)",
    "Additional reporting by Omar Sade.",
    "Writing by Anna Vell, Editing by Tom Kern and Ada Brenn",
    "Omar Sade in Port Sable contributed to this report.",
    "Photo: Ada Brenn / Kestrel Wire",
    "(Photo by Ada Brenn/Kestrel Wire via Getty)",
    "Image: Ana Duarte.",
    "Photograph: supplied",
    "File photo: Kestrel Wire",
    "KWA Photo/Ada Brenn",
    "© 2030 Kestrel Wire",
    "© Kestrel Wire 2030. All rights reserved",
    "Copyright 2030 Kestrel Wire.",
    "Copyright © 2029-2030 The Kestrel Trust",
    "All rights reserved.",
    "This material may not be published, broadcast, rewritten or redistributed.",
    "No part of this article may be reproduced without the written permission of the publisher.",
    "Read more: Port office opens the bridge",
    "RELATED: Ten dead in Tollen",
    "Also read: The bridge that nobody wanted.",
    "Our Standards: The Kestrel Trust Principles.",
    "Follow us on Telegram",
    "Contact: press@kestrel.example",
    "Media contact: Anna Vell, +44 20 7946 0000",
    "For further information contact the press office on 020 7946 0000.",
    "For more information, visit https://kestrel.example/bridge",
    "press@kestrel.example",
    "https://kestrel.example/news/1",
]

LINES = [
    "By Anna Vell",
    "BY ANNA VELL",
    "By Anna Vell, Kestrel Wire",
    "By Anna Vell and Tom Kern",
    "By Anna Vell in Tollen and Omar Sade in Port Sable",
    "**By Anna Vell**",
    "By George F. Will",
    "By Anna Held and Will Orrin",
    "By our correspondent in Tollen",
    "By a staff reporter",
    "Date: 5 November 2030",
    "date 2030-11-05 By Kestrel",
    "Published: Tuesday, 5 November 2030 at 10:30 am",
    "Published 5 November",
    "Last updated: 10:30 GMT",
    "Updated 3 hours ago",
    "5 November 2030",
    "10:00 GMT",
    "5/11/2030",
    "Source: Kestrel Wire",
    "source: https://kestrel.example/news/1",
    "Sources: Kestrel Wire, Ministry of Health",
    "Author: Anna Vell",
    "Location: Tollen, Ordania",
    "URL: kestrel.example/news/1",
    "Tel: +44 20 7946 0000",
    "Tags: Tollen, war, peace talks",
    "Advertisement",
    "Share this article",
    "ENDS",
    "-ends-",
    "###",
    "-30-",
    "2/5",
]

SENTENCES = [
    "By Monday the army had left.",
    "By nightfall the bridge was closed",
    "By Monday The Army Had Left",
    "BY DAWN THE ARMY HAD LEFT TOLLEN",
    "By Monday",
    "By Ordania.",
    "By 5 November 2030 all roads will be open again.",
    "Date: the ministry says it was 4 March",
    "Date: the fourth of March, as the ministry says.",
    "Published reports say that ten people died.",
    "Published figures show 25 dead.",
    "Source: the ministry denied it on Monday",
    "Sources: Army Leaves Tollen",
    "Source: Army Denies Strike",
    "Author: the book was banned in 2030",
    "Reporting by Kestrel Wire shows that the army fired first.",
    "Reporting from Tollen has become dangerous.",
    "Editing by the censor began in 2030.",
    "Edited by hand, the list leaves out two dead.",
    "The mayor contributed to this report on the floods.",
    "Photo: a woman walks past a ruined house in Tollen.",
    "Photos show that the bridge was hit.",
    "Image: the bridge before it was hit",
    "Picture by picture, the police showed what had happened.",
    "Copyright law was broken by Ordania.",
    "Copyright was never granted.",
    "All rights reserved for citizens were taken from them.",
    "This material may be radioactive.",
    "This article may not apply to prisoners of war.",
    "Read more books, the minister said.",
    "Related deaths rose to 25.",
    "Contact with the town was lost on 5 March.",
    "Contacts between the two armies were broken off.",
    "For more information, the ministry told reporters at press@kestrel.example, they must wait.",
    "The press office can be reached at press@kestrel.example.",
    "Follow us on foot, the guide said.",
    "End the war.",
    "The end",
    "More to follow, the general warned.",
    "30,000.",
    "Tags: the army left the town on Monday and took the guns",
    "Location: the army would not say",
    "10:00 GMT was when the first shell fell.",
    "5 November 2030 was the day on which the bridge was closed.",
    "Updated figures were not given.",
]


@pytest.mark.parametrize("line", [*CREDITS, *LINES])
def test_what_stands_around_a_text_is_furniture_on_a_line_of_its_own(line: str) -> None:
    assert is_furniture_line(line)


@pytest.mark.parametrize("sentence", CREDITS)
def test_credits_rights_links_and_contacts_are_furniture_within_a_paragraph_too(sentence: str) -> None:
    assert is_furniture(sentence)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_no_furniture(sentence: str) -> None:
    assert not is_furniture_line(sentence)
    assert not is_furniture(sentence)


@pytest.mark.parametrize("line", ["By Anna Vell", "5 November 2030", "Source: Kestrel Wire", "2/5", "Share"])
def test_what_needs_a_line_of_its_own_is_no_furniture_within_a_paragraph(line: str) -> None:
    assert not is_furniture(line)


def test_a_long_credit_does_not_run_into_the_sentence_on_the_next_line() -> None:
    credit = "(Reporting by Anna Vell in Tollen and Omar Sade in Port Sable; Editing by Tom Kern)"
    segments = Segments(f"{credit}\nThe army fired on the town\n")
    assert [span.of(segments.text) for span in segments.paragraphs] == [credit, "The army fired on the town"]
    assert [span.of(segments.text) for span in segments.furniture] == [credit]


def test_a_wrapped_credit_is_one() -> None:
    credit = "Reporting by Anna Vell in Harnost and Omar Sade in Port\nSable; Editing by Tom Kern"
    segments = Segments(f"The army fired.\n\n{credit}\n")
    assert [span.of(segments.text) for span in segments.furniture] == [credit]


def test_a_credit_behind_a_last_sentence_is_furniture_and_the_sentence_is_not() -> None:
    segments = Segments("The army fired. (Reporting by Anna Vell; editing by Tom Kern)")
    assert [span.of(segments.text) for span in segments.furniture] == [
        "(Reporting by Anna Vell; editing by Tom Kern)"
    ]


def test_who_is_labelled_in_a_talk_speaks() -> None:
    text = (
        "QUESTION: Who fired?\n\nSOURCE: Ordania.\n\nQUESTION: And you?\n\nSOURCE: Nobody here fired.\n\n"
        "QUESTION: When?\n\nSOURCE: Monday.\n"
    )
    assert Segments(text).furniture == ()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Anna Vell", True),
        ("Ministry of Transport of Estmark", True),
        ("April Jones", True),
        ("Anna Held and Tom Kern", True),
        ("Monday", False),
        ("May", False),
        ("Monday The Army Had Left", False),
        ("Army Denies Strike", False),
        ("the army", False),
        ("", False),
    ],
)
def test_names_are_told_from_headlines(words: str, *, named: bool) -> None:
    assert are_names(words) is named


@given(st.text(max_size=400))
def test_any_line_is_read(line: str) -> None:
    assert is_furniture_line(line) or not is_furniture(line)


@given(
    st.sampled_from([*CREDITS, *LINES]), st.sampled_from([" says the mayor of the town", ", which he denies"])
)
def test_words_of_prose_behind_it_make_it_no_furniture(line: str, more: str) -> None:
    told_by_its_label = (
        "Read more",
        "RELATED",
        "Also read",
        "Our Standards",
        "No part",
        "Contact",
        "For ",
        "Media",
    )
    assert line.startswith(told_by_its_label) or not is_furniture(line.rstrip(".)") + more)


def seconds(text: str) -> float:
    """Return the shorter of two readings: other work of the machine only ever adds."""
    times = []
    for _ in range(2):
        segments = Segments(text)
        assert segments.sentences
        began = time.process_time()
        assert segments.furniture is not None
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.parametrize(
    "piece",
    ["Reporting by Anna ", "Photo: A ", "By A, ", "© ", "1 ", "Copyright 2030 ", "Tags: a, ", "by A and "],
)
def test_furniture_in_one_long_line_and_in_many_is_read_in_linear_time(piece: str) -> None:
    for end in ("", ".\n\n"):
        once = (piece * 15 + end) * 400
        assert seconds(once * TIMES_LONGER) < MOST * seconds(once) + 0.05
