"""Who is accused in the passive accuses nobody, however the sentence is put and the text ends."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.core.records import Claim
from sayso.flow.pipeline import extract

PASSIVES = [
    "The army of Ordania, accused by Vesland of torture, opened an inquiry.",
    "The army of Ordania, accused of torture by Vesland, opened an inquiry.",
    "Accused by Vesland of torture, the army of Ordania opened an inquiry.",
    "Accused of torture by Vesland, the army of Ordania opened an inquiry.",
    "The army of Ordania was accused by Vesland of torture.",
    "The army of Ordania has repeatedly been accused of torture by Vesland.",
    "The army of Ordania, which was accused by Vesland of torture, opened an inquiry.",
    "The envoy said the army of Ordania, accused by Vesland of torture, had opened an inquiry.",
    "“The army of Ordania, accused by Vesland of torture, opened an inquiry,” the envoy said.",
    "The army of Ordania, blamed by Vesland for the blast, sent a team.",
    "The army of Ordania, long accused by Vesland of torture, opened an inquiry.",
    "The army of Ordania is often accused of torture by Vesland.",
]
SENTENCES = [
    *PASSIVES,
    "The army accused Vesland of torture.",
    "The army, which accused Vesland of torture, opened an inquiry.",
    "The claim that the ferry sank was false, the mayor said.",
    "No one has called it a lie that Vesland shelled Brenna.",
    "“We left,” the mayor said. The road was open.",
    "The mayor said that, among others:",
    "Twelve shot near Halm - officials",
]


def accusations(text: str) -> list[tuple[str | None, str | None, Claim]]:
    """Return who brings each accusation against whom."""
    reading = extract(text)
    by = {one.id: one.speaker for one in reading.attributions}
    return [
        (
            speaker.name if (speaker := by[claim.attribution]) else None,
            None if claim.actor is None else claim.actor.name,
            claim,
        )
        for claim in reading.claims
        if claim.act == "accuse"
    ]


@pytest.mark.parametrize("text", PASSIVES)
def test_who_stands_behind_by_accuses_the_subject(text: str) -> None:
    assert [(by, of) for by, of, _ in accusations(text)] == [("Vesland", "army of Ordania")]


@pytest.mark.parametrize(
    "text",
    [
        "The army of Ordania, accused of torture, opened an inquiry.",
        "The army of Ordania has been accused of torture.",
        "Accused of torture, the army of Ordania opened an inquiry.",
    ],
)
def test_where_nobody_stands_behind_by_nobody_is_cited(text: str) -> None:
    assert [(by, of) for by, of, _ in accusations(text)] == [(None, "army of Ordania")]


@pytest.mark.parametrize(
    ("text", "accuser"),
    [
        ("The army of Ordania accused Vesland of torture.", "army of Ordania"),
        ("The minister, Ada Brenn, accused Vesland of torture.", "Ada Brenn"),
    ],
)
def test_an_active_verb_stays_as_it_is(text: str, accuser: str) -> None:
    found = accusations(text)
    assert [by for by, _, _ in found] == [accuser]
    assert all(len(claim.content) == 1 for _, _, claim in found)


def test_a_negated_verb_is_no_accusation() -> None:
    assert accusations("The army was not accused by Vesland of torture.") == []


@pytest.mark.parametrize("accused", ["Italy", "Sicily", "the family", "the assembly"])
def test_no_ending_makes_the_accused_an_adverb(accused: str) -> None:
    text = f"{accused[0].upper()}{accused[1:]} was accused by Vesland of torture."
    (by, _, claim), *_ = accusations(text)
    assert by == "Vesland"
    assert claim.content[0].of(text).casefold() == accused.casefold()


@pytest.mark.parametrize(
    "nobody",
    [
        "No one",
        "Nobody",
        "None of the officers",
        "No officer",
        "Hardly anyone",
        "Almost nobody",
        "Few officers",
    ],
)
def test_that_nobody_was_accused_is_no_accusation(nobody: str) -> None:
    assert accusations(f"{nobody} was accused by Vesland of torture, the envoy said.") == []


@pytest.mark.parametrize(
    "accused",
    ["No fewer than 12 officers", "No less a figure than the minister", "None other than the mayor"],
)
def test_a_negation_that_counts_or_names_spares_nobody(accused: str) -> None:
    text = f"{accused} was accused by Vesland of torture."
    ((by, _, claim),) = accusations(text)
    assert by == "Vesland"
    assert [piece.of(text) for piece in claim.content] == [accused, "of torture"]


@pytest.mark.parametrize("thing", ["the river", "Monday", "a mile", "mistake", "the end of the week"])
def test_what_is_nobody_accuses_nobody(thing: str) -> None:
    assert [by for by, _, _ in accusations(f"The company was accused of dumping waste by {thing}.")] == [None]


def test_what_is_yet_to_be_said_has_no_accused_of_its_own() -> None:
    text = "Vesland is to be blamed by the council for the blast."
    assert all(claim.content[0].of(text) != "to" for _, _, claim in accusations(text))


@pytest.mark.parametrize(
    ("text", "accused", "by"),
    [
        ("Soldiers accused of torture were released.", "Soldiers", None),
        ("The men accused by Vesland of looting were tried on Monday.", "The men", "Vesland"),
        ("Police arrested two men accused of spying for Ordania.", "two men", None),
        ("The council met the army, accused by Vesland of looting.", "the army", "Vesland"),
    ],
)
def test_those_accused_are_cited_for_nothing(text: str, accused: str, by: str | None) -> None:
    reading = extract(text)
    brought = [
        (who, claim.content[0].of(text)) for who, _, claim in accusations(text) if len(claim.content) > 1
    ]
    assert brought == [(by, accused)]
    own = [one for one in reading.attributions if one.voice == "outlet"]
    assert [text[one.content[0].start : one.content[-1].end] for one in own] == [text.rstrip(".")]


@pytest.mark.parametrize("name", ["Lake", "Post", "Bridge", "Marsh"])
def test_a_name_accuses_whatever_else_its_word_means(name: str) -> None:
    found = accusations(f"The army of Ordania was accused of torture by {name}.")
    assert [(by, of) for by, of, _ in found] == [(name, "army of Ordania")]


@pytest.mark.parametrize(
    "text", ["Nearly was accused by Marda of theft.", "Almost accused of theft were freed."]
)
def test_broken_sentences_lose_no_text(text: str) -> None:
    assert extract(text).problems == ()


def test_whoever_will_be_accused_is_accused_by_nobody_yet() -> None:
    text = "The envoy said the council plans to extradite people accused of theft."
    assert not [claim for _, _, claim in accusations(text) if len(claim.content) > 1]


def test_a_headline_of_the_accused_is_not_theirs() -> None:
    assert [by for by, _, _ in accusations("Vesland accused of torture")] == [None]


def test_the_sentence_around_it_stays_its_speakers_own() -> None:
    text = PASSIVES[0]
    own = [claim for claim in extract(text).claims if claim.act == "assert"]
    assert [claim.target for claim in own] == [None]
    assert [claim.actor.name for claim in own if claim.actor is not None] == ["army of Ordania"]


@pytest.mark.parametrize("text", PASSIVES)
def test_exchanging_the_sides_exchanges_the_accusations(text: str) -> None:
    swapped = text.replace("Vesland", "\0").replace("Ordania", "Vesland").replace("\0", "Ordania")
    assert [(by, of) for by, of, _ in accusations(swapped)] == [("Ordania", "army of Vesland")]


@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES), st.sampled_from(["\n", "\n\n", " \n", "\r\n"]))
@settings(max_examples=40, deadline=None)
def test_a_line_end_behind_a_text_changes_no_claim(first: str, last: str, end: str) -> None:
    for text in (last, f"{first}\n\n{last}", f"{first} {last}"):
        plain, ended = extract(text), extract(text + end)
        assert [told(claim) for claim in plain.claims] == [told(claim) for claim in ended.claims]


def told(claim: Claim) -> tuple[object, ...]:
    """Return what a claim says."""
    return claim.content, claim.act, claim.polarity, claim.actor, claim.target, claim.negation


@pytest.mark.parametrize(
    "piece", ["X, accused of torture by Y, ", "was accused by ", "accused of ", ", accused by "]
)
def test_long_texts_of_accusations_take_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        started = time.process_time()
        extract(piece * times)
        return time.process_time() - started

    seconds(20)
    assert seconds(1600) < 24 * max(seconds(200), 0.05)  # eight times the text; 64 if squared
