"""What befell somebody else in the sentence is not told of the counted."""

import pytest

from sayso.claims.quantities import quantities_in
from sayso.language.segments import Segments


def outcomes(text: str) -> list[str | None]:
    return [one.outcome for one in quantities_in(Segments(text), ())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor gave nine silver stars to wounded soldiers.", [None]),
        ("Despite the efforts of two vets, the horse died.", [None]),
        ("After talks with 12 ministers, the president died.", [None]),
        ("When 12 soldiers attacked, the guard fled.", [None]),
        ("Many families of soldiers killed at Varn came.", [None]),
        ("If convicted, the four drivers could face the death penalty.", [None]),
        ("They counted 40 cases, and the number of deaths is 6.", [None, "killed"]),
        ("The town opened 12 places for students fleeing the war.", [None]),
        ("The plan reaches 900 people, including newly displaced Varnians.", [None]),
        ("The list has one raid where a clerk was shot dead.", [None]),
        ("Many were poor, but the last guest was reported missing.", [None]),
        ("A film shows two guards beating a man as he was being arrested.", [None]),
        ("They opened 12 graves with bodies.", [None]),
        ("Divers found nine pits full of bodies.", [None]),
        ("Gunmen of two bands abducted the mayor and fled.", [None]),
        ("Some 900 people came to Varn, where a guard died.", [None]),
        ("A court fined two men for helping the chief, who was killed.", [None]),
        ("Twelve friends look after injured animals.", [None]),
        ("Some 200 people attended the event held in Varn.", [None]),
        ("Two clerks rode in a convoy that was hit by a bomb.", [None]),
        ("He went past three defenders and fired a low shot.", [None]),
        ("Dozens of young people forced their way in and evicted supporters of the mayor.", [None]),
        ("He sells 2,000 bricks before the house is demolished.", [None]),
        ("Three hundred prisoners took advantage of the quake.", [None]),
        ("Hundreds of inmates have taken control of the jail.", [None]),
        ("Two pilots leapt out before the crash and were taken to hospital.", ["wounded"]),
        ("Two died at once and three on the way to hospital.", ["killed", "killed"]),
    ],
)
def test_words_of_another_clause_are_told_of_others(text: str, expected: list[str | None]) -> None:
    assert outcomes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Three soldiers are among the dead.",
        "Officials said 12 people, the mayor among them, died.",
        "In Varn 12 people, the governor said, were killed.",
        "The 12 were crushed by a wall.",
        "He named two men who were kidnapped and killed.",
        "The 22 people injured in the fire have died.",
    ],
)
def test_words_of_their_own_clause_are_told_of_the_counted(text: str) -> None:
    assert outcomes(text) == ["killed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 people including a child were killed.", ["killed"]),
        ("12 soldiers including an officer were captured.", ["captured"]),
        ("12 people including Ada Kern were killed.", ["killed"]),
        ("The blast left 14 people including a child dead.", ["killed"]),
        ("Nine miners, including the foreman, died.", ["killed"]),
        ("40 villagers including six children were wounded.", ["wounded", "wounded"]),
        ("The fund helps 900 families, including newly displaced Varnians.", [None]),
    ],
)
def test_who_is_included_shares_what_befell_all_and_nothing_else(
    text: str, expected: list[str | None]
) -> None:
    assert outcomes(text) == expected
