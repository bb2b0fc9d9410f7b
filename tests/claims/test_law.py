"""Resolutions by body and number, with a year only where the text gives theirs."""

import pytest

from sayso.flow.pipeline import extract


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        ("Security Council cited resolution 822 in 2020.", ["S/RES/822"]),
        ("It cites Security Council resolution 822 (1993).", ["S/RES/822 (1993)"]),
        ("Resolution 822, adopted by the Security Council in 1993, was cited.", ["S/RES/822 (1993)"]),
        ("Adopted in 1993, Security Council resolution 822 was cited.", ["S/RES/822 (1993)"]),
        ("It cites Security Council resolution 1973.", ["S/RES/1973"]),
        ("It cites General Assembly resolution 62/243.", ["A/RES/62/243"]),
        ("It cites resolution 62/243 of the UN General Assembly.", ["A/RES/62/243"]),
        (
            "Security Council resolution 822 and General Assembly resolution 62/243 were cited.",
            ["S/RES/822", "A/RES/62/243"],
        ),
        (
            "Security Council resolutions 822 and 853 and resolution 874.",
            ["S/RES/822", "S/RES/853", "S/RES/874"],
        ),
        ("Security Council resolution 822 and the parliament’s resolution 14.", ["S/RES/822", "14"]),
        ("The resolution of Boris Kall (44) was read.", [None]),
        ("The Security Council adopted the resolution 5 days later.", [None]),
        ("It recalled resolutions 14 and 17 of the Assembly of the Straits.", ["14", "17"]),
    ],
)
def test_a_resolution_has_its_own_body_and_year(text: str, identifiers: list[str | None]) -> None:
    assert [one.identifier for one in extract(text).law] == identifiers
