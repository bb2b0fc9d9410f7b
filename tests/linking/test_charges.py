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
        # asked for
        "Ostrany urged Vesland to stop spreading false news.",
    ],
)
def test_another_charge_is_not_taken_for_it(second: str) -> None:
    assert charged(second) == []


def test_what_is_said_months_later_is_another_charge() -> None:
    second = "Ostrany complained of Vesland. Vesland runs a campaign of disinformation, its ministry said."
    assert charged(second, "2032-02-20") == []


def test_a_text_about_others_is_not_compared() -> None:
    second = "In Korvia a court sat. Vesland runs a campaign of disinformation, Judge Tom Arl said."
    assert charged(second) == []
