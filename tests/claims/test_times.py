"""Dates from the day of publication, durations with all their digits, and words that are no dates."""

import pytest

from sayso.flow.pipeline import extract


def times(text: str, published: str | None = None) -> list[str]:
    return [one.value for one in extract(text, published=published).times]


@pytest.mark.parametrize(
    "text",
    [
        "At least 5 may have died.",
        "At Least 5 May Have Died.",
        "Up to 12 may be dead.",
        "It may 5 times fail.",
        "The toll rose to 2000 people.",
        "They counted between 1900 and 2000 people.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert times(text) == []


def test_a_month_after_in_takes_no_day_from_the_figure_behind_it() -> None:
    assert times("In May 10 people died.", "2031-06-01") == ["2031-05"]
    assert times("In May 10 people died.") == ["XXXX-05"]
    assert times("On May 10 people died.", "2031-06-01") == ["2031-05-10"]
    assert times("It rained in May 2030.") == ["2030-05"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It took 1.5 years.", "P1.5Y"),
        ("It took 1,500 days.", "P1500D"),
        ("It took 1 500 days.", "P1500D"),
        ("It took twenty-five years.", "P25Y"),
        ("It took one hundred and five days.", "P105D"),
        ("It took several weeks.", "PXW"),
        ("It took two decades.", "P20Y"),
        ("It took 5 hours.", "PT5H"),
    ],
)
def test_a_duration_keeps_all_its_digits(text: str, value: str) -> None:
    assert times(text) == [value]


@pytest.mark.parametrize(
    ("words", "published", "value"),
    [
        ("10 January", "2020-12-20", "2021-01-10"),
        ("10 March", "2020-12-20", "2020-03-10"),
        ("20 December", "2021-01-10", "2020-12-20"),
        ("29 February", "2021-03-01", "2020-02-29"),
        ("29 February", "1903-03-01", "1896-02-29"),
        ("31 December", "9999-12-31", "9999-12-31"),
        ("10 January", "9999-12-31", "9999-01-10"),
        ("10 January", "0001-01-01", "0001-01-10"),
        ("5 December", "0001-01-01", "XXXX-12-05"),
    ],
)
def test_a_day_without_a_year_is_the_last_one_or_one_soon(words: str, published: str, value: str) -> None:
    assert times(f"The road closes on {words}.", published) == [value]


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_overflow_nothing(published: str) -> None:
    words = "today, yesterday, tomorrow, last week, next week, last month, next month, last year, next year"
    text = f"It rained {words}, last winter, next winter, on Wednesday, on 5 May and on Sunday."
    assert len(times(text, published)) == len(words.split(",")) + 5


def test_an_impossible_day_is_a_problem() -> None:
    reading = extract("It rained on 31 February.", published="2031-05-01")
    assert (reading.times, [one.code for one in reading.problems]) == ((), ["impossible-date"])
