"""What a claim says in passing is a claim of its own, and tells nothing of the claim around it."""

import pytest

from sayso.core.records import Act, Claim
from sayso.core.settings import Extraction, Settings
from sayso.core.spans import Pieces, Span, words
from sayso.flow.pipeline import extract

RULES = Settings(extraction=Extraction(finder="rules"))


def claims_in(text: str) -> list[Claim]:
    return list(extract(text, settings=RULES).claims)


def main_act(text: str) -> Act:
    return next(claim.act for claim in claims_in(text) if claim.embedded is None)


@pytest.mark.parametrize(
    ("aside", "act"),
    [
        ("The mayor said the army, which illegally shelled the town, is resting by the lake.", "assert"),
        ("The mayor said the army, which is led by women, is resting by the lake.", "assert"),
        ("The mayor said the army illegally shelled the town.", "accuse"),
        ("The mayor said the army, which is resting by the lake, illegally shelled the town.", "accuse"),
    ],
)
def test_an_aside_does_not_tell_what_the_claim_around_it_does(aside: str, act: Act) -> None:
    assert main_act(aside) == act


def test_the_aside_keeps_its_own_act_and_both_keep_their_words() -> None:
    text = "The mayor said the army of Ordania, which illegally shelled the town, is resting by the lake."
    told = [(claim.embedded, claim.act, words(claim.content, text)) for claim in claims_in(text)]
    assert told == [
        (None, "assert", "the army of Ordania, which illegally shelled the town, is resting by the lake"),
        ("relative", "accuse", "the army of Ordania, which illegally shelled the town"),
    ]


@pytest.mark.parametrize("name", ["Ordania", "Ahmed", "United States", "McNair", "AlQasr", "VPF"])
def test_no_name_decides_what_is_an_aside(name: str) -> None:
    text = f"The mayor said the army of {name}, which illegally shelled the town, is resting by the lake."
    assert [(claim.embedded, claim.act) for claim in claims_in(text)] == [
        (None, "assert"),
        ("relative", "accuse"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor spoke of the army, which illegally shelled the town.",
        "The mayor accused Ordania of attempts by its army to shell the town.",
    ],
)
def test_where_no_clause_is_left_the_aside_tells(text: str) -> None:
    assert main_act(text) == "accuse"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The general said his men had opened fire in self-defence.", "justify"),
        ("The general said the army was taking measures of self-defense along the river.", "justify"),
        ("The general said his men had merely responded.", "justify"),
        ("The general said his men had responded with fire.", "assert"),
        ("The general said there is a right of self-defence.", "assert"),
        ("The general said the patrol did not act in self-defence.", "assert"),
        ("The school offers a course, the teacher said; self-defence is taught on Mondays.", "assert"),
    ],
)
def test_an_act_in_answer_is_justified_and_the_word_alone_is_not(text: str, act: Act) -> None:
    assert (main_act(text) == "justify") == (act == "justify")


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("“Ordania shelled the port on Sunday. Its aim is to empty the coast,” the mayor said.", True),
        ("“Ordania rebuilt the port on Sunday. Its aim is to open the coast,” the mayor said.", False),
        ("“Ordania shelled the port on Sunday. Its harbour is to the north,” the mayor said.", False),
        ("“Ordania shelled the port on Sunday. Our aim is to reopen it,” the mayor said.", False),
    ],
)
def test_a_motive_is_blamed_with_the_deed_before_it(text: str, blamed: bool) -> None:  # noqa: FBT001 - a row's outcome
    acts = [claim.act for claim in claims_in(text) if claim.embedded is None]
    assert (acts[-1] == "accuse") == blamed


def test_pieces_hold_a_span_that_one_of_them_holds_whole() -> None:
    pieces = Pieces([Span(0, 10), Span(2, 4), Span(12, 20)])
    assert pieces.hold(Span(3, 9))
    assert not pieces.hold(Span(8, 13))
    assert not Pieces([]).hold(Span(0, 1))
