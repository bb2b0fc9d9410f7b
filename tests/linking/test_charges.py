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


MORE = (
    "Ostrany and Vesland quarrelled again on Monday. "
    "Vesland used cluster shells against Brenna, Ostran spokeswoman Mila Darn said. "
    "Veslandi soldiers razed the cathedral of Brenna, Mila Darn said. "
    "Vesland tortures Ostran prisoners, Mila Darn said. "
    "Vesland has closed the Linth corridor, Mila Darn said. "
    "Vesland took hostages in Brenna, Mila Darn said. "
    "Vesland is arming rebels in Ostrany, Mila Darn said. "
    "Vesland interferes in the elections of Ostrany, Mila Darn said. "
    "Vesland looted the museum of Brenna, Mila Darn said. "
    "Vesland invaded the Linth valley on 14 September 2031, Mila Darn said. "
    "Vesland's reports are full of lies, Mila Darn said. "
    "Vesland would never negotiate, Mila Darn said. "
    "Vesland is massing troops at Karsel, Mila Darn said. "
    "Vesland annexed the isle of Tarn, Mila Darn said. "
    "Vesland violated Ostran airspace, Mila Darn said."
)


def charged_more(second: str) -> list[str]:
    told = ((MORE, "2031-09-16", "Ostran Post"), (second, "2031-09-20", "Tidewater Times"))
    case = Memory(extract(text, published=day, publisher=outlet) for text, day, outlet in told)
    links = [one for one in case.link(SameClaims()) if isinstance(one, Link)]
    return [case.text(link.left) for link in links if link.rule == "same-charge"]


@pytest.mark.parametrize(
    "second",
    [
        "Ostrany mourned. Vesland began its offensive in the Linth valley on 14 September, Ada Kell said.",
        "Ostrany spoke up. Vesland refuses all talks, Ada Kell said.",
        "Ostrany spoke up. Vesland has no wish for a peaceful settlement, Ada Kell said.",
        "Ostrany spoke up. Vesland is spreading false news, Ada Kell said.",
        "Ostrany spoke up. Vesland runs a campaign of disinformation, Ada Kell said.",
        "Ostrany spoke up. Vesland fired banned munitions at Brenna, Ada Kell said.",
        "Ostrany spoke up. Vesland has beaten Ostran captives, Ada Kell said.",
        "Ostrany spoke up. Vesland desecrated churches in Brenna, Ada Kell said.",
        "Ostrany spoke up. Vesland finances militants, Ada Kell said.",
        "Ostrany spoke up. Vesland is meddling in the affairs of Ostrany, Ada Kell said.",
        "Ostrany spoke up. Vesland is blockading Linth, Ada Kell said.",
        "Ostrany spoke up. Vesland is holding villagers of Brenna hostage, Ada Kell said.",
        "Ostrany spoke up. Vesland breached the airspace of Ostrany, Ada Kell said.",
    ],
)
def test_what_public_law_forbids_is_found_in_other_words(second: str) -> None:
    assert charged_more(second)


@pytest.mark.parametrize(
    "second",
    [
        # in other places
        "Ostrany spoke up. Vesland fired cluster shells at Karsel, Ada Kell said.",
        "Ostrany spoke up. Veslandi soldiers desecrated a church in Orvik, Ada Kell said.",
        "Ostrany spoke up. Vesland closed the port of Orvik, Ada Kell said.",
        "Ostrany spoke up. Vesland took hostages in Orvik, Ada Kell said.",
        "Ostrany spoke up. Vesland plundered the farms of Orvik, Ada Kell said.",
        "Ostrany spoke up. Vesland is massing troops at Orvik, Ada Kell said.",
        "Ostrany spoke up. Vesland annexed the isle of Fenn, Ada Kell said.",
        # on other days
        "Ostrany spoke up. Vesland invaded the Linth valley on 2 September 2031, Ada Kell said.",
        "Ostrany spoke up. Vesland invaded the Linth valley in 2019, Ada Kell said.",
        # by others
        "Vesland spoke up. Ostrany fired cluster shells at Brenna, Ada Kell said.",
        "Vesland spoke up. Ostran soldiers desecrated the cathedral of Brenna, Ada Kell said.",
        "Vesland and Ostrany met. Korvia is arming rebels in Ostrany, Ada Kell said.",
        "Ostrany and Vesland met. Korvia tortures Ostran prisoners, Ada Kell said.",
        "Vesland spoke up. Ostrany's reports are full of lies, Ada Kell said.",
        "Vesland and Ostrany met. Vesland's ally Korvia looted the museum of Brenna, Ada Kell said.",
        "Vesland and Ostrany met. The museum of Brenna was looted by Korvia, Vesland's guest, Ada Kell said.",
        # told of, or done against it
        "Ostrany spoke up. Vesland is investigating the torture of Ostran prisoners, Ada Kell said.",
        "Ostrany spoke up. Vesland condemned the use of cluster shells against Brenna, Ada Kell said.",
        "Ostrany spoke up. Vesland freed the hostages taken in Brenna, Ada Kell said.",
        "Ostrany spoke up. Vesland stopped the looting of Brenna, Ada Kell said.",
        "Ostrany spoke up. Vesland accused Korvia of using cluster shells against Brenna, Ada Kell said.",
        "Ostrany spoke up. Vesland warned Korvia against arming rebels in Ostrany, Ada Kell said.",
        "Ostrany spoke up. Vesland was accused by nobody of torturing prisoners of Ostrany, Ada Kell said.",
        "Ostrany spoke up. Vesland put soldiers on trial who had tortured Ostran prisoners, Ada Kell said.",
        "Ostrany spoke up. Vesland rebuilt the cathedral of Brenna that Korvia had razed, Ada Kell said.",
        # supposed, planned or asked for
        "Ostrany spoke up. Vesland might annex the isle of Tarn, Ada Kell said.",
        "Ostrany spoke up. If Vesland looted the museum of Brenna it must return the coins, Ada Kell said.",
        "Ostrany spoke up. Vesland must not violate Ostran airspace, Ada Kell said.",
        "Ostrany spoke up. Ada Kell asked whether Vesland had used cluster shells against Brenna.",
        "Ostrany spoke up. Vesland plans to close the Linth corridor, Ada Kell said.",
        "Ostrany spoke up. Vesland is ready to negotiate, Ada Kell said.",
        "Ostrany spoke up. Vesland should never interfere in the elections of Ostrany, Ada Kell said.",
        # negated or denied
        "Ostrany spoke up. Vesland did not use cluster shells against Brenna, Ada Kell said.",
        "Ostrany spoke up. Vesland never tortured Ostran prisoners, Ada Kell said.",
        "Ostrany spoke up. Vesland denied arming rebels in Ostrany.",
        "Ostrany spoke up. Vesland called it a lie that it had looted the museum of Brenna.",
        "Ostrany spoke up. It is untrue that Vesland took hostages in Brenna, Ada Kell said.",
        "Ostrany spoke up. Vesland never said it would not negotiate, Ada Kell said.",
        "Ostrany spoke up. It is no truth but a lie that Vesland looted the museum, Ada Kell said.",
        # of other things
        "Ostrany spoke up. Vesland closed its corridor of parks in Brenna, Ada Kell said.",
        "Ostrany spoke up. Vesland invaded the market of Brenna with cheap shoes, Ada Kell said.",
        "Ostrany spoke up. Vesland arms its police in Brenna, Ada Kell said.",
        "Ostrany spoke up. The prisoners of Ostrany beat Vesland at chess, Ada Kell said.",
        "Ostrany spoke up. Vesland opened the border road at Linth, Ada Kell said.",
        "Ostrany spoke up. Vesland's press is full of praise for Brenna, Ada Kell said.",
        "Ostrany spoke up. Vesland entered the airspace of debate in Ostrany, Ada Kell said.",
    ],
)
def test_the_same_words_of_other_places_days_and_sides_are_no_charge(second: str) -> None:
    assert not charged_more(second)
