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
        ("They reject any mission to the valley, where a war killed 5 people.", "held"),
        ("Up to 40, if not 5 thousand, left.", "held"),
        ("It has made a plan to destroy 5 homes.", "supposed"),
        ("The deal will allow for the return of 5 refugees.", "supposed"),
        ("They test to determine if it is the strain that has killed 5 people.", "held"),
    ],
)
def test_a_figure_stands_as_its_clause_says(text: str, expected: str) -> None:
    assert reading(text, "5") == expected


@pytest.mark.parametrize(
    "text",
    [
        "The ministry rejected any suggestion that its troops killed 12 civilians.",
        "The ministry dismissed any claim that 12 soldiers were captured.",
        "The ministry ruled out any death of 12 men.",
        "The army rejected any report of 12 dead.",
        "The governor dismissed any talk that 12 men died.",
    ],
)
def test_who_rejects_any_report_of_a_figure_denies_it(text: str) -> None:
    assert reading(text, "12") == "denied"


@pytest.mark.parametrize(
    "text",
    [
        "The party rejected any truce with the men who killed 12 civilians.",
        "The ministry ruled out any talks with the band that killed 12 civilians.",
    ],
)
def test_who_rejects_any_deal_denies_no_figure(text: str) -> None:
    assert reading(text, "12") == "held"


@pytest.mark.parametrize(
    "text",
    [
        "We do not know if 12 men died.",
        "Asked if 12 men died, he said no.",
        "They are trying to see if 12 miners are alive.",
        "The court will decide if 12 prisoners are freed.",
        "Doctors must check if 12 patients are alive.",
        "The mayor could not tell whether 12 people had drowned.",
    ],
)
def test_what_is_asked_or_looked_into_is_only_supposed(text: str) -> None:
    assert reading(text, "12") == "supposed"


@pytest.mark.parametrize(
    "text",
    [
        "They are asked to see if it is the gas that has killed 12 people.",
        "The court will decide if the raid that killed 12 people was lawful.",
        "Nobody knows whether the bomb which wounded 12 people was stolen.",
        "He will decide whether the troops stay after 12 men died.",
    ],
)
def test_what_is_told_in_a_relative_clause_of_a_question_is_held(text: str) -> None:
    assert reading(text, "12") == "held"


@pytest.mark.parametrize(
    "text",
    [
        "12 died, the army said, which could not be independently verified.",
        "The army said 12 men died, but its claim has not been verified.",
        "The claim that 12 clerks died has not been confirmed.",
        "There are no confirmed reports that 12 people died.",
        "He made no public record of the 12 killed.",
        "No independent confirmation of the 12 deaths came.",
        "It could not be confirmed that 12 people died.",
    ],
)
def test_that_a_figure_is_not_verified_denies_it_not(text: str) -> None:
    assert reading(text, "12") == "held"


@pytest.mark.parametrize(
    "text",
    [
        "The army has no record of 12 deaths.",
        "There is no evidence that 12 people died.",
        "The ministry could not confirm that 12 people died.",
        "The ministry has not yet confirmed that 12 people died.",
        "The ministry was not able to confirm the 12 deaths.",
    ],
)
def test_who_does_not_put_a_figure_forward_when_asked_denies_it(text: str) -> None:
    assert reading(text, "12") == "denied"


@pytest.mark.parametrize(
    "text",
    [
        "The general vowed to kill 12 men and did.",
        "The army carried out its threat to demolish 12 homes.",
        "The pledge to free 12 hostages was kept.",
        "He promised to free 12 men and did so.",
        "The plan to destroy 12 homes was later carried out.",
    ],
)
def test_what_was_threatened_or_promised_and_done_is_held(text: str) -> None:
    assert reading(text, "12") == "held"


@pytest.mark.parametrize(
    "text",
    [
        "The general vowed to kill 12 men and did not.",
        "The army has not carried out its threat to demolish 12 homes.",
        "The army vowed to carry out its threat to demolish 12 homes.",
        "The pledge to free 12 hostages was not kept.",
        "The pledge to free 12 hostages was never fulfilled.",
    ],
)
def test_what_was_threatened_or_promised_and_not_done_is_supposed(text: str) -> None:
    assert reading(text, "12") == "supposed"
