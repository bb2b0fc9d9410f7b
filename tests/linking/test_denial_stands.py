"""A denial is linked to what it denies, and never counts as the same claim, whatever form both take."""

from itertools import product

import pytest

from sayso.core.ids import ClaimId
from sayso.core.records import Link
from sayso.flow.contract import Memory
from sayso.flow.pipeline import extract
from sayso.linking.clash import Clashes
from sayso.linking.same import SameClaims

DEED = "the grain market of Brenna on Monday"
ACCUSATIONS = (
    f"Vesland shelled {DEED}, Ostran spokeswoman Mila Darn said.",
    f"Ostrany accused Vesland of shelling {DEED}.",
    f"Ostrany's foreign ministry told reporters that its envoy accused Vesland of shelling {DEED}.",
    "Mila Darn, an Ostran envoy, said the grain market of Brenna had been shelled by Vesland on Monday.",
)
DENIALS = (
    f"Vesland's defence ministry said that Vesland did not shell {DEED}.",
    f"Vesland denied that it shelled {DEED}.",
    f"Vesland denied shelling {DEED}.",
    f"Vesland's defence ministry denied that Vesland had shelled {DEED}.",
    f"Vesland's defence ministry said it was untrue that Vesland had shelled {DEED}.",
    f"Vesland's defence minister called it a lie that Vesland had shelled {DEED}.",
    f"“It is not true that Vesland shelled {DEED},” Vesland's defence minister said.",
    f"The report that Vesland shelled {DEED} is false, Vesland's defence minister said.",
    f"Vesland's defence minister dismissed as a fabrication the report that Vesland shelled {DEED}.",
    f"Vesland never shelled {DEED}, Vesland's defence minister said.",
    "The grain market of Brenna was not shelled by Vesland on Monday, Vesland's defence ministry said.",
    f"The army said that Vesland's defence ministry denied that Vesland had shelled {DEED}.",
    f"There is no truth in the claim that Vesland shelled {DEED}, Vesland's defence ministry said.",
    f"Vesland's shelling of {DEED} is an invention, Vesland's defence ministry said.",
    f"Ostrany claims that Vesland shelled {DEED}: that is a lie, Vesland's defence minister said.",
    f"Ostrany was wrong to claim that Vesland had shelled {DEED}, Vesland's defence minister said.",
    f"Vesland rejected accusations that it had shelled {DEED}.",
    f"Vesland's defence ministry said that Vesland was not responsible for shelling {DEED}.",
    f"Vesland's defence ministry said that no Veslandi gun had shelled {DEED}.",
    f"Vesland's defence ministry rejected the claim that Vesland shelled {DEED} as propaganda.",
)
UNTRUTHS = (
    "Vesland is spreading false reports about the Linth dam, Ostran spokeswoman Mila Darn said.",
    "Ostrany accused Vesland of spreading false reports about the Linth dam.",
)
UNTRUTHS_DENIED = (
    "Vesland denied spreading false reports about the Linth dam.",
    "Vesland's ministry denied that Vesland had spread false reports about the Linth dam.",
    "Vesland does not spread false reports about the Linth dam, Vesland's ministry said.",
    "Vesland's ministry said it was untrue that Vesland was spreading false reports about the Linth dam.",
    "Vesland rejected accusations that it was spreading false reports about the Linth dam.",
)


def linked(first: str, second: str) -> list[tuple[str, bool, bool, str]]:
    """Link two texts; return each link's kind, which of its ends deny, and the rule."""
    told = ((first, "2031-05-06", "Ostran Post"), (second, "2031-05-07", "Tidewater Times"))
    readings = [extract(text, published=day, publisher=outlet) for text, day, outlet in told]
    denies = {one.id: one.act == "deny" for reading in readings for one in reading.claims}
    case = Memory(readings)
    links = [
        one for linker in (SameClaims(), Clashes()) for one in case.link(linker) if isinstance(one, Link)
    ]
    return [(one.kind, denies[ClaimId(one.left)], denies[ClaimId(one.right)], one.rule) for one in links]


@pytest.mark.parametrize(
    ("claim", "denial"), [*product(ACCUSATIONS, DENIALS), *product(UNTRUTHS, UNTRUTHS_DENIED)]
)
def test_a_denial_in_any_form_denies_and_is_never_the_same(claim: str, denial: str) -> None:
    found = linked(claim, denial)
    assert any(kind == "denies" and left for kind, left, _, _ in found)
    assert all(left == right for kind, left, right, _ in found if kind == "same")


def test_two_that_lay_untrue_reports_to_a_side_do_not_deny_each_other() -> None:
    assert not [one for one in linked(*UNTRUTHS) if one[0] == "denies"]


@pytest.mark.parametrize(
    "affirmed",
    [
        f"There is no doubt that Vesland shelled {DEED}, the mayor of Brenna said.",
        f"It is no secret that Vesland shelled {DEED}, the mayor of Brenna said.",
    ],
)
def test_who_leaves_no_doubt_says_the_same(affirmed: str) -> None:
    assert {kind for kind, *_ in linked(ACCUSATIONS[0], affirmed)} == {"same"}


@pytest.mark.parametrize(
    "open_text",
    [
        f"It is half true that Vesland shelled {DEED}, the mayor of Brenna said.",
        f"It is partly true that Vesland shelled {DEED}, the mayor of Brenna said.",
        f"The mayor of Brenna said it was not entirely true that Vesland shelled {DEED}.",
        f"The mayor of Brenna would call it false that Vesland shelled {DEED}.",
        f"The mayor of Brenna said nobody had said it was false that Vesland shelled {DEED}.",
        f"Is it false that Vesland shelled {DEED}?",
    ],
)
def test_a_verdict_in_part_or_of_nobody_says_neither_the_same_nor_denies(open_text: str) -> None:
    voices = {"denies", "same"}
    assert not [one for one in linked(ACCUSATIONS[0], open_text) if one[0] in voices]


def test_who_says_a_denial_is_a_lie_says_the_same() -> None:
    twice = f"The mayor of Brenna said it was a lie that it was a lie that Vesland shelled {DEED}."
    assert {kind for kind, *_ in linked(ACCUSATIONS[0], twice)} == {"same"}
