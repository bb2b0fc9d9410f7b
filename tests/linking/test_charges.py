"""The same conduct laid to one side in other words is one claim; another side's is not."""

import pytest

from sayso.core.records import Link
from sayso.flow.contract import Memory
from sayso.flow.pipeline import extract
from sayso.linking.same import SameClaims

FIRST = (
    "Ostrany and Vesland fought over the Linth valley again on Monday. "
    'Vesland "is spreading doctored videos and false news", Ostran spokeswoman Mila Darn said. '
    "She said that Vesland has no interest in settling the dispute by negotiation. "
    "Vesland has still not implemented the two Security Council resolutions on Linth, she said. "
    "Veslandi forces launched a broad assault on Ostran positions on 14 September 2031. "
    "Ostrany answered with a counter-offensive in the valley."
)


def charged(second: str, published: str | None = "2031-09-20") -> list[str]:
    """Link a text to the first; return the words of the first that the second lays to the same side too."""
    told = ((FIRST, "2031-09-16", "Ostran Post"), (second, published, "Tidewater Times"))
    case = Memory(extract(text, published=day, publisher=outlet) for text, day, outlet in told)
    links = [one for one in case.link(SameClaims()) if isinstance(one, Link)]
    return [case.text(link.right) for link in links if link.rule == "same-charge"]


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (
            "Ostrany complained of Vesland. Vesland runs a campaign of disinformation, its ministry said.",
            "doctored",
        ),
        (
            "Ostrany spoke of Linth. Vesland shuns every negotiation, President Ada Kell of Ostrany said.",
            "interest",
        ),
        (
            "Ostrany spoke of Linth. Vesland ignores two resolutions of the Security Council, Ada Kell said.",
            "implemented",
        ),
        (
            "Ostrany mourned. Vesland began its offensive against our army on 14 September, Ada Kell said.",
            "broad assault",
        ),
        (
            "Vesland withdrew. Ostrany was forced into a counterattack, its president said.",
            "counter-offensive",
        ),
    ],
)
def test_one_charge_is_found_in_other_words(second: str, words: str) -> None:
    [first] = charged(second)
    assert words in first


@pytest.mark.parametrize(
    "second",
    [
        # of another side
        "Vesland spoke of Linth. Ostrany runs a campaign of disinformation, the Veslandi ministry said.",
        "Korvia and Ostrany met. Korvia shuns every negotiation, Ada Kell said.",
        # denied, or negated
        "Ostrany and Vesland talked. Vesland denied that it was spreading false news.",
        "Ostrany and Vesland talked. Vesland never spread doctored videos, its spokesman said.",
        # on another day
        "Ostrany mourned. Vesland began its offensive against our army on 12 September, Ada Kell said.",
        # with another number
        "Ostrany spoke of Linth. Vesland ignores four resolutions of the Security Council, Ada Kell said.",
        # of what is no such conduct
        "Ostrany spoke up. Vesland runs a campaign against disinformation, Ada Kell said.",
        "Ostrany spoke up. Vesland published a report on doctored videos, Ada Kell said.",
        "Ostrany spoke up. Vesland opposes any attempt to torpedo the negotiations, Ada Kell said.",
        "Ostrany spoke up. Vesland ignores two resolutions of the city council, Ada Kell said.",
        "Ostrany spoke up. Vesland opened a war museum on 14 September 2031, Ada Kell said.",
        # somebody else's, feared, planned, supposed, or turned down
        "Vesland spoke up. Vesland's neighbour Korvia runs a campaign of disinformation, Ada Kell said.",
        "Vesland spoke up. Ostrany repelled a counter-offensive by Korvia, Ada Kell said.",
        "Vesland spoke up. Ostrany may launch a counter-offensive, Ada Kell said.",
        "Ostrany spoke up. If Vesland refused negotiations the war would go on, Ada Kell said.",
        "Ostrany spoke up. Vesland rejected calls to abandon the negotiations, Ada Kell said.",
        "Ostrany spoke up. It would be a mistake for Vesland to reject negotiations, Ada Kell said.",
        "Ostrany spoke up. Reports that Vesland refuses negotiations are false, Tom Arl said.",
        # asked for
        "Ostrany urged Vesland to stop spreading false news.",
    ],
)
def test_another_charge_is_not_taken_for_it(second: str) -> None:
    assert charged(second) == []


def test_attacks_of_one_day_on_two_towns_are_two() -> None:
    told = [
        "Ostrany mourned. Veslandi forces launched an attack on Karsel on 14 September 2031, Ada Kell said.",
        "Ostrany mourned. Veslandi forces began an assault on Nevrin on 14 September 2031, Tom Arl said.",
    ]
    case = Memory(extract(one, published="2031-09-16", publisher=f"Post {at}") for at, one in enumerate(told))
    links = [one for one in case.link(SameClaims()) if isinstance(one, Link)]
    assert not [link for link in links if link.rule == "same-charge"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Vesland recruits mercenaries", "Vesland has brought mercenaries into the valley"),
        ("Vesland deliberately shells homes", "Vesland is systematically targeting civilians"),
        ("Vesland blocks relief convoys", "Vesland obstructs every aid delivery"),
        ("Vesland uses the villagers as human shields", "Vesland is using civilians as a human shield"),
    ],
)
def test_both_sides_charges_are_read_alike(first: str, second: str) -> None:
    for side, other in (("Vesland", "Ostrany"), ("Ostrany", "Vesland")):
        told = [
            f"{other} mourned. {first.replace('Vesland', side)}, President Ada Kell of {other} said.",
            f"{other} complained. {second.replace('Vesland', side)}, Judge Tom Arl said.",
        ]
        case = Memory(
            extract(one, published="2031-09-16", publisher=f"Post {at}") for at, one in enumerate(told)
        )
        assert any(isinstance(one, Link) for one in case.link(SameClaims()))


def test_what_is_said_months_later_is_another_charge() -> None:
    second = "Ostrany complained of Vesland. Vesland runs a campaign of disinformation, its ministry said."
    assert charged(second, "2032-02-20") == []


def test_a_text_about_others_is_not_compared() -> None:
    second = "In Korvia a court sat. Vesland runs a campaign of disinformation, Judge Tom Arl said."
    assert charged(second) == []
