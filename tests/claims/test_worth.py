"""A score puts facts before courtesies, gives its reasons, and is blind to who the parties are."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claims.worth import worth_of
from sayso.core.ids import AttributionId
from sayso.core.records import Act, Claim, Quantity, Time
from sayso.core.spans import Span
from sayso.language.lexicon.worth import worth_weights
from sayso.language.segments import Segments

SIDES = ["Ordania", "Vesland", "North Keldovia", "Republic of Tarn", "Ahmed"]
SENTENCES = [
    "{a} shelled the villages of {b} on Monday and destroyed two schools",
    "The forces of {a} violated the truce in {b}",
    "We thank {a} for its help and hope that {b} will follow",
    "They said that {a} must withdraw from the lands of {b}",
    "{a}'s army denied that {b} had fired more shells than before",
    "Why did {a} never answer {b}?",
]


def claim(text: str, *, act: Act = "assert", figures: tuple[str, ...] = (), dated: str = "") -> Claim:
    spans = [Span(text.index(figure), text.index(figure) + len(figure)) for figure in figures]
    return Claim(
        attribution=AttributionId("att_test"),
        content=(Span(0, len(text)),),
        act=act,
        quantities=tuple(
            Quantity(span=span, kind="count", low=21, best=21, high=21, bound="exact", outcome="killed")
            for span in spans
        ),
        times=(Time(span=Span(0, 1), value=dated, kind="date"),) if dated else (),
    )


def score(text: str, *, act: Act = "assert", figures: tuple[str, ...] = (), dated: str = "") -> float:
    return worth_of(claim(text, act=act, figures=figures, dated=dated), Segments(text)).score


def reasons(text: str, *, act: Act = "assert", figures: tuple[str, ...] = ()) -> set[str]:
    told = worth_of(claim(text, act=act, figures=figures), Segments(text)).reasons
    return {reason.name for reason in told}


def test_figures_and_accusations_stand_above_welcomes_and_hopes() -> None:
    figure = score("Shells killed 21 civilians in Halm", act="report", figures=("21",))
    accusation = score("Vesland shelled the market of Halm and hid its guns", act="accuse")
    welcome = score("We welcome the good talks", act="evaluate")
    hope = score("I hope that peace will come")
    assert min(figure, accusation) > max(welcome, hope)


def test_a_casualty_figure_a_date_and_a_past_event_are_reasons() -> None:
    told = reasons("Shells killed 21 civilians in Halm", figures=("21",))
    assert {"counts casualties or losses", "has a figure", "tells a past event"} <= told
    assert score("They left the town", dated="2031-05-03") > score("They left the town")


def test_the_reasons_add_up_to_the_score() -> None:
    text = "Shells killed 21 civilians in Halm"
    worth = worth_of(claim(text, figures=("21",)), Segments(text))
    odds = worth_weights().intercept + sum(reason.weight for reason in worth.reasons)
    assert worth.score == pytest.approx(1 / (1 + 2.718281828**-odds), abs=0.001)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("We very much hope so", "speaks somebody's mind"),
        ("Why did they leave?", "asks a question"),
        ("They will return", "foretells"),
        ("They must leave", "says what ought to be"),
        ("Prices rose more than before", "compares"),
    ],
)
def test_a_class_of_words_is_a_reason(text: str, reason: str) -> None:
    assert reason in reasons(text)


@given(
    st.sampled_from(SENTENCES),
    st.sampled_from(SIDES),
    st.sampled_from(SIDES),
    st.sampled_from(["assert", "accuse", "deny"]),
)
def test_exchanging_the_parties_changes_no_score(sentence: str, a: str, b: str, act: Act) -> None:
    assert score(sentence.format(a=a, b=b), act=act) == score(sentence.format(a=b, b=a), act=act)


def test_the_words_of_a_name_are_no_words_of_the_sentence() -> None:
    assert score("They met Hope Wishes in the hall") == score("They met Ada Brenn in the hall")
    assert score("They met the Party of Must in the hall") == score("They met the Party of Brenn in the hall")


@given(st.text(min_size=1).filter(lambda text: re.search(r"\S", text) is not None))
def test_a_score_is_a_share_whatever_the_words(text: str) -> None:
    assert 0 <= score(text) <= 1


@pytest.mark.parametrize("piece", ["9" * 10, "Of the ", "of ", "A", "'s ", "?", "\u0661\u0662 "])
def test_time_is_linear_in_the_length_of_a_claim(piece: str) -> None:
    long = piece * (400_000 // len(piece))
    segments = Segments(long)
    one = claim(long)
    assert segments.tokens
    begin = time.process_time()
    worth_of(one, segments)
    assert time.process_time() - begin < len(long) * 1e-5  # seconds a character


def test_new_weights_keep_the_ids_of_claims() -> None:
    bare = Claim(attribution=AttributionId("att_test"), content=(Span(0, 4),), act="assert")
    scored = Claim(
        attribution=AttributionId("att_test"), content=(Span(0, 4),), act="assert", checkworthy=0.4
    )
    assert bare.id == scored.id
