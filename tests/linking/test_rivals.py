"""What happens once happens in one way: another actor, cause, day or place is a conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.linking.clash import Clashes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.linking.conftest import CaseBuilder

    from sayso.core.records import Link


def clashes(  # noqa: PLR0913 - two texts, and what stands in them
    case: CaseBuilder,
    first: tuple[str, str],
    second: tuple[str, str],
    *,
    places: Sequence[str] = (),
    days: Sequence[str] = ("2031-05-03", "2031-05-03"),
    dates: Sequence[tuple[str, str]] = (),
) -> list[Link]:
    for number, (words, by) in enumerate((first, second)):
        document = case.document(f"{words}, {by} said.", publisher=f"Post {number}", published=days[number])
        document.claim(
            words,
            by=by,
            places=[place for place in places if place in words],
            dates=[(written, value) for written, value in dates if written in words],
        )
    return case.links(Clashes())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Vesland opened fire first at the gate of Brenna",
            "Ostrany opened fire first at the gate of Brenna",
        ),
        ("Vesland broke the truce", "Ostrany violated the truce"),
        ("Veslandi gunners shelled the market of Brenna", "Ostran gunners shelled the market of Brenna"),
        (
            "The market of Brenna was hit by a Veslandi rocket",
            "The market of Brenna was hit by an Ostran rocket",
        ),
        ("Brenna is under the control of Vesland", "Brenna is under the control of Ostrany"),
    ],
)
def test_each_of_two_says_that_the_other_did_it(case: CaseBuilder, first: str, second: str) -> None:
    [link] = clashes(case, (first, "Ostrany"), (second, "Vesland"), places=["Brenna"])
    assert (link.kind, link.rule) == ("contradicts", "other-actor")
    assert "names another actor than" in link.why


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Vesland sent doctors to the camp of Lind", "Korvia sent doctors to the camp of Lind"),
        ("Vesland attacked Ostran posts near Brenna", "Ostrany attacked Veslandi posts near Brenna"),
        ("Vesland shelled the market of Brenna", "Ostrany shelled the market of Lind"),
    ],
)
def test_what_several_can_do_is_no_conflict(case: CaseBuilder, first: str, second: str) -> None:
    assert clashes(case, (first, "Halla Stroem"), (second, "Oskar Thul"), places=["Brenna", "Lind"]) == []


def test_two_causes_of_one_fire_are_a_conflict(case: CaseBuilder) -> None:
    words = "The fire in the mill of Brenna was caused by"
    [link] = clashes(case, (f"{words} a Veslandi drone", "Thul"), (f"{words} a faulty cable", "Halla Stroem"))
    assert link.rule == "other-cause"


def test_nobody_dies_on_two_days_or_in_two_places(case: CaseBuilder) -> None:
    dates = [("5 May", "2031-05-05"), ("7 May", "2031-05-07")]
    words = "Oskar Thul was killed near Brenna on"
    [link] = clashes(case, (f"{words} 5 May", "Vesland"), (f"{words} 7 May", "Ostrany"), dates=dates)
    assert link.rule == "other-day"
    other = type(case)()
    words = "The pilot Oskar Thul was captured in"
    [link] = clashes(
        other, (f"{words} Brenna", "Vesland"), (f"{words} Lind", "Ostrany"), places=["Brenna", "Lind"]
    )
    assert link.rule == "other-place"


def test_towns_are_shelled_on_many_days(case: CaseBuilder) -> None:
    dates = [("5 May", "2031-05-05"), ("7 May", "2031-05-07")]
    words = "Veslandi guns shelled the fish market of Brenna on"
    assert clashes(case, (f"{words} 5 May", "Thul"), (f"{words} 7 May", "Halla Stroem"), dates=dates) == []


@pytest.mark.parametrize(("later", "found"), [("2031-05-04", 1), ("2031-05-09", 0)])
def test_what_is_open_is_not_closed_on_the_same_day(case: CaseBuilder, later: str, found: int) -> None:
    first, second = (
        ("The airport of Brenna is closed", "Thul"),
        ("The airport of Brenna is open", "Halla Stroem"),
    )
    assert len(clashes(case, first, second, days=("2031-05-03", later))) == found
