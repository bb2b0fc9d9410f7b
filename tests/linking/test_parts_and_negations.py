"""Figures of some of the counted, and figures in claims that negate something, are read for what they are."""

import pytest

from sayso.core.ports import Linker
from sayso.core.records import Link
from sayso.flow.contract import Memory
from sayso.flow.pipeline import extract
from sayso.linking.clash import Clashes
from sayso.linking.same import SameClaims


def _kinds(one: str, other: str, linker: Linker) -> list[str]:
    days = (("2031-05-07", "Aldermoor Post"), ("2031-05-08", "Tidewater Times"))
    readings = [
        extract(text, published=day, publisher=outlet)
        for text, (day, outlet) in zip((one, other), days, strict=True)
    ]
    return [link.kind for link in Memory(readings).link(linker) if isinstance(link, Link)]


NINE = "Nine people were killed in Brenna on Monday, six of them from one family, the mayor said."


def test_six_of_them_are_not_the_six_who_died_in_all() -> None:
    six = "Six people were killed in Brenna on Monday, the governor said."
    assert _kinds(NINE, six, SameClaims()) == []
    assert _kinds(NINE, six, Clashes()) == ["contradicts"]


def test_a_toll_with_its_part_is_that_toll() -> None:
    nine = "Nine people were killed in Brenna on Monday, the governor said."
    assert _kinds(NINE, nine, SameClaims()) == ["same"]
    assert _kinds(NINE, nine, Clashes()) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Twelve of the 40 miners have not returned from the shaft at Kolm, the union said.",
            "Nine of the 40 miners are missing in the shaft at Kolm, the company said.",
        ),
        (
            "Neither of the two climbers survived the avalanche near Brenna, rescuers said.",
            "Two climbers were killed by an avalanche near Brenna, the governor said.",
        ),
        (
            "Twelve miners have not returned from the shaft at Kolm, the union said.",
            "Nine miners have returned from the shaft at Kolm, the company said.",
        ),
        (
            "The army did not kill 12 people in Brenna on Monday, the mayor said.",
            "Shells killed 19 people in Brenna on Monday, the governor said.",
        ),
    ],
)
def test_what_has_not_happened_is_told_in_the_words_of_what_has(one: str, other: str) -> None:
    assert _kinds(one, other, Clashes()) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Shells killed 12 people in Brenna on Monday and did not hit the barracks, the mayor said.",
            "Shells killed 19 people in Brenna on Monday, the governor said.",
        ),
        (
            "Twelve soldiers have not been found in Brenna since the flood on Monday, the army said.",
            "Nine soldiers are missing in Brenna since the flood on Monday, the ministry said.",
        ),
        (
            "Neither of the two climbers survived the avalanche near Brenna, rescuers said.",
            "Two climbers survived the avalanche near Brenna, the governor said.",
        ),
    ],
)
def test_a_figure_stands_beside_what_is_negated(one: str, other: str) -> None:
    assert _kinds(one, other, Clashes()) == ["contradicts"]


def test_the_families_of_the_dead_are_not_counted_among_them() -> None:
    two = "Nine people were killed in Brenna on Monday, six of them from two families, the governor said."
    assert _kinds(NINE, two, Clashes()) == []
