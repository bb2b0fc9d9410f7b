"""A chart shows what is stated: its bounds, its open ends, and nothing where there is nothing to compare."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.core.records import Quantity
from sayso.core.spans import Span
from sayso.exchange.figures import Stated, charts, outcome_words, value_words

Bound = Literal["exact", "about", "at_least", "at_most", "more_than", "less_than", "range", "vague"]


def quantity(
    low: float | None, best: float | None, high: float | None, bound: Bound, outcome: str | None = "killed"
) -> Quantity:
    return Quantity(
        span=Span(0, 1), kind="count", low=low, best=best, high=high, bound=bound, outcome=outcome
    )


def stated(
    figure: Quantity, *, day: str = "2031-01-01", speaker: str = "the hospital", number: str = "1.1"
) -> Stated:
    return Stated(
        quantity=figure, day=day, speaker=speaker, number=number, anchor="c" + number.replace(".", "-")
    )


NINE, TWELVE = quantity(9, 9, 9, "exact"), quantity(12, None, None, "at_least")


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (NINE, "9"),
        (TWELVE, "at least 12"),
        (quantity(None, None, 40, "at_most"), "at most 40"),
        (quantity(41, 40, None, "more_than"), "more than 40"),
        (quantity(1000, 1200, 1400, "about"), "about 1\u202f200"),
        (quantity(3, None, 5, "range"), "3 to 5"),
        (quantity(24, None, None, "vague"), "vague, 24 or more"),
        (quantity(24, None, 99, "vague"), "vague, 24 to 99"),
    ],
)
def test_a_figure_is_said_with_its_bounds(figure: Quantity, said: str) -> None:
    assert value_words(figure) == said


def test_one_figure_alone_is_no_chart() -> None:
    assert charts([stated(NINE)]) == ()
    assert charts([stated(NINE), stated(NINE, number="2.1")]) == ()


def test_the_same_figure_by_the_same_speaker_on_one_day_is_one_row_with_every_claim() -> None:
    (chart,) = charts([stated(NINE), stated(NINE, number="2.1"), stated(TWELVE, speaker="the ministry")])
    assert [row.claims for row in chart.rows] == [(("1.1", "c1-1"), ("2.1", "c2-1")), (("1.1", "c1-1"),)]


def test_rows_follow_the_days_and_undated_ones_come_last() -> None:
    days = ["", "2031-02-01", "2031-01-15"]
    (chart,) = charts(stated(NINE, day=day) for day in days)
    assert [row.day for row in chart.rows] == ["2031-01-15", "2031-02-01", ""]


def test_an_open_end_reaches_the_edge_and_has_no_point() -> None:
    (chart,) = charts([stated(NINE), stated(TWELVE)])
    nine, twelve = chart.rows
    assert (nine.left, nine.right, nine.point) == (nine.left, nine.left, nine.left)
    assert twelve.open_right
    assert (twelve.right, twelve.point) == (100, None)
    assert nine.left < twelve.left < 100


def test_outcomes_and_populations_are_never_mixed() -> None:
    assert charts([stated(NINE), stated(quantity(30, 30, 30, "exact", "wounded"))]) == ()


def test_a_figure_of_nothing_is_not_drawn() -> None:
    assert charts([stated(quantity(1, 1, 1, "exact", None)), stated(quantity(2, 2, 2, "exact", None))]) == ()


@given(st.lists(st.integers(-(10**12), 10**18) | st.floats(0.001, 1e9), min_size=2, max_size=6, unique=True))
def test_every_figure_lies_within_its_chart(values: list[float]) -> None:
    (chart,) = charts(stated(quantity(v, v, v, "exact"), speaker=str(n)) for n, v in enumerate(values))
    points = [row.point for row in chart.rows] + [tick.at for tick in chart.ticks]
    assert all(point is not None and 0 <= point <= 100 for point in points)
    assert 1 <= len(chart.ticks) <= 7
    assert len({tick.label for tick in chart.ticks}) == len(chart.ticks)


def test_any_person_is_no_population_of_its_own() -> None:
    people = Quantity(
        span=Span(0, 1),
        kind="count",
        low=12,
        best=12,
        high=12,
        bound="exact",
        unit="person",
        outcome="killed",
        population="person",
    )
    (chart,) = charts([stated(NINE), stated(people)])
    assert (chart.population, chart.unit) == ("", "")
    assert outcome_words(people) == "12 killed"


def test_figures_for_different_places_stay_different_rows() -> None:
    here, there = (
        Stated(quantity=NINE, day="2031-01-01", speaker="a", places=(place,), number="1.1", anchor="c1-1")
        for place in ("Osterby", "Karven")
    )
    (chart,) = charts([here, there])
    assert sorted(row.places for row in chart.rows) == [("Karven",), ("Osterby",)]
