"""Figures whose noun stands before them: "the number of passengers stands at 209"."""

import pytest

from sayso.core.records import Claim, Quantity
from sayso.flow.pipeline import extract


def figures_in(text: str) -> list[Quantity]:
    reading = extract(text, published="2031-05-04", publisher="Post")
    return [quantity for claim in reading.of(Claim) for quantity in claim.quantities]


@pytest.mark.parametrize(
    ("text", "best", "unit", "population"),
    [
        ("The number of passengers stands at 209, the company said.", 209, "person", "passenger"),
        ("The number of trucks in the convoy to Brenna was 36.", 36, "trucks", "vehicle"),
        ("The police put the number of demonstrators at 5,000.", 5_000, "person", "person"),
        ("The number of polling stations has risen to 41.", 41, "stations", None),
    ],
)
def test_the_number_of_something_counts_that(text: str, best: int, unit: str, population: str | None) -> None:
    (figure,) = figures_in(text)
    assert (figure.best, figure.unit, figure.population) == (best, unit, population)


@pytest.mark.parametrize(
    "text",
    [
        "The number of cases is 12 times higher than in 2019.",
        "The number of the house in which he lived with 3.",
        "The number of passengers was not known at 4 o'clock.",
    ],
)
def test_a_number_that_says_nothing_of_how_many_counts_nothing(text: str) -> None:
    assert all(figure.population is None and figure.unit is None for figure in figures_in(text))


def test_the_number_of_dead_is_still_a_toll() -> None:
    (figure,) = figures_in("The number of dead rose to 14, the mayor said.")
    assert (figure.best, figure.outcome) == (14, "killed")
