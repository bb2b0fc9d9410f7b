"""Whatever the text, a reading is exact, repeatable and complete."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.claims.surroundings import Surroundings
from sayso.core.errors import BadInput
from sayso.core.reading import Reading
from sayso.core.spans import Span
from sayso.flow.pipeline import extract
from sayso.language.segments import Segments

WORDS = [
    "Veskaria", "Keldovia", "the ministry", "Mira Dovan", "said", "denied", "that", "according to", "reports",
    "accused", "of", "shelling", "21 civilians", "were killed", "at least", "and", ",", ".", ":", "\n\n",
    "- ", "“", "”", '"', "On Wednesday", "5 May", "resolution 14", "it was noted that", "In her words,",
    "\U0001f54a", "אמר",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
)


def spans_of(reading: Reading) -> list[Span]:
    found: list[Span] = []
    for one in reading.attributions:
        found += [*one.content, *one.cue, *one.source, *one.addressee]
    for claim in reading.claims:
        found += claim.content
        found += [part.span for part in (claim.actor, claim.action, claim.target) if part is not None]
        found += [hedge.span for hedge in claim.hedges]
    found += [mention.span for mention in reading.mentions]
    values = reading.values
    found += [one.span for one in values.quantities]
    found += [one.span for one in values.times]
    found += [one.span for one in values.places]
    found += [one.span for one in values.law]
    return found


@settings(max_examples=150, deadline=None)
@given(texts)
def test_no_stage_fails_and_every_span_lies_in_the_text(text: str) -> None:
    reading = extract(text)
    assert not [problem for problem in reading.problems if problem.code == "stage-failed"]
    assert all(span.end <= len(text) for span in spans_of(reading))


@settings(max_examples=80, deadline=None)
@given(texts)
def test_every_letter_but_of_what_stands_around_a_text_is_somebodys(text: str) -> None:
    reading = extract(text)
    around = Surroundings(Segments(reading.document.text)).spans
    nobodys = {at for span in around for at in range(span.start, span.end)}
    spoken: set[int] = set()
    for one in reading.attributions:
        for span in (*one.content, *one.cue, *one.source):
            spoken.update(range(span.start, span.end))
    held = sum(text[i].isalnum() for i in spoken)
    assert held * 2 >= sum(character.isalnum() for i, character in enumerate(text) if i not in nobodys)


@settings(max_examples=50, deadline=None)
@given(texts)
def test_reading_a_text_twice_gives_the_same_records(text: str) -> None:
    assert extract(text) == extract(text)


@settings(max_examples=50, deadline=None)
@given(texts)
def test_a_chain_ends_and_its_links_hold_each_other(text: str) -> None:
    reading = extract(text)
    for one in reading.attributions:
        chain = reading.chain(one.id)
        assert len({link.id for link in chain}) == len(chain)
        for inner, outer in pairwise(chain):
            assert inner.within == outer.id


def test_half_a_character_is_a_problem_and_offsets_stay() -> None:
    reading = extract("\ud800 Mayor Ada Brenn said: “We stay.”")
    assert [problem.code for problem in reading.problems] == ["lone-surrogate"]
    assert len(reading.document.text) == len("\ud800 Mayor Ada Brenn said: “We stay.”")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "\x00\x01",
        '"' * 3000,
        "“a " * 2000,
        "1" * 9000,
        "Aaa " * 3000,
        "said " * 5000,
        "a, " * 3000,
    ],
)
def test_odd_texts_are_read_to_their_end(text: str) -> None:
    reading = extract(text)
    assert not [problem for problem in reading.problems if problem.code == "stage-failed"]


@pytest.mark.parametrize("given", [None, b"It rained, the mayor said.", ["It rained."]])
def test_what_is_no_text_is_refused(given: Any) -> None:  # noqa: ANN401 - as a caller without types gives it
    with pytest.raises(BadInput, match="bad-text"):
        extract(given)


def test_an_impossible_date_is_a_problem_and_no_time() -> None:
    reading = extract("It happened on 31 February 2031, the mayor said.")
    assert [problem.code for problem in reading.problems] == ["impossible-date"]
    assert reading.times == ()


def test_names_alone_never_decide_an_act() -> None:
    one, other = "Veskaria", "Keldovia"
    text = "{0} said {1} fired first. {1} said {0} fired first. {0} denied the claim of {1}."
    acts = [claim.act for claim in extract(text.format(one, other)).claims]
    assert acts == [claim.act for claim in extract(text.format(other, one)).claims]
