"""A denial reaches the figures of its own clause, and no further."""

import pytest

from sayso.claims.corrections import reading_of
from sayso.core.spans import Span


def reading(text: str, figure: str) -> str:
    start = text.index(figure)
    return reading_of(text.lower(), Span(0, len(text)), Span(start, start + len(figure)), until=len(text))


@pytest.mark.parametrize(
    "text",
    [
        "The army, which denied shelling the town, reported that 5 civilians were killed.",
        "The army, who rejected claims of a raid, counted on 5 prisoners.",
        "The general who denied the raid said 5 soldiers died.",
        "The ministry denied that it shelled the town, and reported 5 dead.",
        "The ministry dismissed the report of a raid and announced 5 deaths.",
        "Denying any role, the ministry confirmed 5 deaths.",
    ],
)
def test_a_denial_ends_with_its_relative_clause_and_at_a_reporting_verb(text: str) -> None:
    assert reading(text, "5") == "held"


@pytest.mark.parametrize(
    "text",
    [
        "The army denied that 5 civilians were killed.",
        "The army, which denied that 5 civilians were killed, withdrew.",
        "The army denied having said that 5 civilians were killed.",
        "The army denied that its spokesman said 5 civilians were killed.",
        "The army denied that, as the mayor claimed, 5 civilians were killed.",
        "The army did not confirm the reported death of 5 civilians.",
    ],
)
def test_what_stands_in_the_denied_clause_is_denied(text: str) -> None:
    assert reading(text, "5") == "denied"


@pytest.mark.parametrize(
    "text",
    [
        "If the river rises, 900 people will drown.",
        "The mayor warned that 900 people would be killed if the dam broke.",
        "Unless aid arrives, 900 children could starve.",
        "An assault would cost 900 lives.",
        "The flood would have killed 900 people.",
        "A strike could leave 900 people homeless.",
        "The army said it will send 900 troops.",
        "The agency predicted 900 deaths this winter.",
        "If 900 men crossed the ford, the fort would fall.",
    ],
)
def test_what_would_or_will_be_is_only_supposed(text: str) -> None:
    assert reading(text, "900") == "supposed"


@pytest.mark.parametrize(
    "text",
    [
        "The 12 people killed in the raid will be buried on Friday.",
        "He would visit the families of 12 people killed in Orvik.",
        "The army may have killed 12 civilians.",
        "Up to 12 people could be buried under the rubble.",
        "As if 12 soldiers had died, the camp fell silent.",
        "The army denied that it had shelled a clinic, in which 12 people died, according to doctors.",
    ],
)
def test_what_is_counted_already_is_held(text: str) -> None:
    assert reading(text, "12") == "held"


@pytest.mark.parametrize(
    "text",
    [
        "Claims about 12 dead soldiers do not correspond to reality.",
        "Reports of 12 dead have no basis in fact.",
        "It is equally untrue, she added, that 12 were killed.",
        "The minister questioned whether 12 people had been killed.",
        "He said the army had never claimed that 12 soldiers died.",
    ],
)
def test_a_figure_that_is_dismissed_or_never_given_is_denied(text: str) -> None:
    assert reading(text, "12") == "denied"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The claim that 5 clerks died has not been confirmed.", "denied"),
        ("No independent confirmation of the 5 deaths came.", "denied"),
        ("They reject any mission to the valley, where a war killed 5 people.", "held"),
        ("Up to 40, if not 5 thousand, left.", "held"),
        ("It has made a plan to destroy 5 homes.", "supposed"),
        ("The deal will allow for the return of 5 refugees.", "supposed"),
        ("They test to determine if it is the strain that has killed 5 people.", "held"),
    ],
)
def test_a_figure_stands_as_its_clause_says(text: str, expected: str) -> None:
    assert reading(text, "5") == expected
