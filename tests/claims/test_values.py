"""Figures as bounds, times as far as they are known, resolutions one by one."""

import pytest

from sayso.core.records import Number, Quantity
from sayso.flow.pipeline import extract


def figures(text: str) -> list[Quantity]:
    return list(extract(text).quantities)


@pytest.mark.parametrize(
    ("words", "low", "best", "high", "bound"),
    [
        ("21 people", 21, 21, 21, "exact"),
        ("at least 21 people", 21, 21, None, "at_least"),
        ("more than 70 people", 70, 70, None, "more_than"),
        ("up to 40 people", None, 40, 40, "at_most"),
        ("nearly 3,000 people", None, 3000, 3000, "less_than"),
        ("about 30 people", None, 30, None, "about"),
        ("between 10 and 15 people", 10, None, 15, "range"),
        ("10 to 15 people", 10, None, 15, "range"),
        ("two dozen people", 24, 24, 24, "exact"),
        ("1.5 million people", 1_500_000, 1_500_000, 1_500_000, "exact"),
        ("twenty-five people", 25, 25, 25, "exact"),
        ("dozens of people", 24, None, None, "vague"),
        ("a number of people", 2, None, None, "vague"),
    ],
)
def test_a_figure_keeps_its_bounds(
    words: str, low: Number | None, best: Number | None, high: Number | None, bound: str
) -> None:
    (found,) = figures(f"The mayor said {words} were killed.")
    assert (found.low, found.best, found.high, found.bound) == (low, best, high, bound)
    assert (found.outcome, found.unit) == ("killed", "person")


def test_parts_point_at_their_whole_and_share_its_outcome() -> None:
    text = "The ministry said 92 civilians, among them 11 children and 27 women, were killed."
    whole, *parts = figures(text)
    assert [part.part_of for part in parts] == [whole.span, whole.span]
    assert {one.outcome for one in (whole, *parts)} == {"killed"}
    assert [one.population for one in (whole, *parts)] == ["civilian", "child", "woman"]


def test_figures_joined_by_and_are_two() -> None:
    assert [one.best for one in figures("He counted 5 tanks and 9 drones.")] == [5, 9]


@pytest.mark.parametrize(
    "text", ["On 5 May 2031 it rained.", "In 2029 it rained.", "Resolution 14 was cited."]
)
def test_dates_and_numbers_of_laws_count_nothing(text: str) -> None:
    assert figures(text) == []


def test_money_and_percent_are_no_counts() -> None:
    kinds = [one.kind for one in figures("He paid $20 million for 20 percent of the land.")]
    assert kinds == ["money", "percent"]


@pytest.mark.parametrize(
    ("words", "published", "value"),
    [
        ("on 27 September", "2030-11-01", "2030-09-27"),
        ("on Sept. 27", "2030-11-01", "2030-09-27"),
        ("on December 20", "2031-01-05", "2030-12-20"),
        ("on November 5", None, "XXXX-11-05"),
        ("in July 2020", None, "2020-07"),
        ("in 1988", None, "1988"),
        ("on 2031-05-03", None, "2031-05-03"),
        ("yesterday", "2031-05-04", "2031-05-03"),
        ("on Wednesday", "2031-05-08", "2031-05-07"),
        ("on Wednesday", None, "XXXX-WXX-3"),
        ("for almost 30 years", None, "P30Y"),
        ("last month", "2031-01-15", "2030-12"),
        ("lately", None, "PAST_REF"),
    ],
)
def test_a_time_is_as_exact_as_the_text_allows(words: str, published: str | None, value: str) -> None:
    (found,) = extract(f"The road was closed {words}.", published=published).times
    assert found.value == value
    assert (found.anchor is not None) == (published is not None and words != "lately")


def test_a_list_of_resolutions_is_one_each_with_year_and_body() -> None:
    text = "It cites four resolutions adopted by the UN Security Council in 1993 (822, 853, 874 and 884)."
    assert [one.identifier for one in extract(text).law] == [
        "S/RES/822 (1993)", "S/RES/853 (1993)", "S/RES/874 (1993)", "S/RES/884 (1993)",
    ]  # fmt: skip


def test_a_resolution_without_a_number_stays_unresolved() -> None:
    assert [one.identifier for one in extract("The resolution was ignored.").law] == [None]
