"""Times as TIMEX/EDTF values, counted from the day of publication or the last day named; what is no time."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.claims.calendar import easter, julian_easter
from sayso.claims.times import times_in
from sayso.core.records import Problem, Time

WRITTEN = date(2031, 5, 8)  # a Thursday


def found(text: str, written: date | None = None) -> list[Time]:
    return [one for one in times_in(text, written) if isinstance(one, Time)]


def times(text: str, published: str | None = None) -> list[str]:
    return [one.value for one in found(text, None if published is None else date.fromisoformat(published))]


def problems(text: str, written: date | None = None) -> list[str]:
    return [one.code for one in times_in(text, written) if isinstance(one, Problem)]


def stated(text: str, written: date | None = WRITTEN) -> list[tuple[str, str]]:
    """Return the words of each time with its value."""
    return [(one.span.of(text), one.value) for one in found(text, written)]


@pytest.mark.parametrize(
    "text",
    [
        "At least 5 may have died.",
        "At Least 5 May Have Died.",
        "Up to 12 may be dead.",
        "It may 5 times fail.",
        "The toll rose to 2000 people.",
        "They counted between 1900 and 2000 people.",
        "May I ask who may vote in the second round?",
        "The brigade lost 24/7 coverage and 3/4 of its men.",
        "They march on the dam and fall back.",
        "Call +40 2010-2015-86 or see 133-03-03-2020.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize("count", ["two of them", "12 Ordanians", "two-thirds of them", "12 people"])
def test_a_weekday_takes_no_day_from_the_figure_behind_it(count: str) -> None:
    text = f"On Saturday, {count} died."
    assert [one.span.of(text) for one in found(text)] == ["Saturday"]


def test_a_month_after_in_takes_no_day_from_the_figure_behind_it() -> None:
    assert times("In May 10 people died.", "2031-06-01") == ["2031-05"]
    assert times("In May 10 people died.") == ["XXXX-05"]
    assert times("On May 10 people died.", "2031-06-01") == ["2031-05-10"]
    assert times("It rained in May 2030.") == ["2030-05"]
    assert times("The May 10 flood took the dam.", "2031-06-01") == ["2031-05-10"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("on 27.09.2030", "2030-09-27"),
        ("on 27 September 2030", "2030-09-27"),
        ("on Sept. 27, 2030", "2030-09-27"),
        ("on the 27th of September, 2030", "2030-09-27"),
        ("on 2030/09/27", "2030-09-27"),
        ("on 27-Sep-2030", "2030-09-27"),
        ("as of 10:00 on 1 November", "2030-11-01"),
        ("on September 27-29", "2030-09-27/2030-09-29"),
        ("on the night of 3 to 4 October", "2030-10-03/2030-10-04"),
        ("between 28 December and 3 January", "2030-12-28/2031-01-03"),
        ("from June to August 2029", "2029-06/2029-08"),
        ("in 1988-1994", "1988/1994"),
        ("in the 1990s", "199X"),
        ("in the 18th century", "17XX"),
        ("in the second quarter of 2030", "2030-Q2"),
        ("this winter", "2031-WI"),
        ("in the last week of March 2031", "2031-W14"),
        ("in the first two months of 2031", "2031-01-01/2031-02-28"),
        ("at the end of 2029", "2029"),
        ("on the 5th of this month", "2031-05-05"),
        ("on Easter Sunday 2031", "2031-04-13"),
    ],
)
def test_a_date_is_read_however_it_is_written(words: str, value: str) -> None:
    assert times(f"The road was closed {words}.", WRITTEN.isoformat())[:1] == [value]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("today", "2031-05-08"),
        ("on Wednesday", "2031-05-07"),
        ("on Thursday", "2031-05-08"),
        ("last Monday", "2031-04-28"),
        ("next Monday", "2031-05-12"),
        ("last week", "2031-W18"),
        ("last month", "2031-04"),
        ("two years ago", "2029-05-08"),
        ("the day before yesterday", "2031-05-06"),
        ("in the past three days", "2031-05-05/2031-05-07"),
        ("over the next two weeks", "2031-05-09/2031-05-22"),
        ("earlier this month", "2031-05-01/2031-05-07"),
        ("on Tuesday of last week", "2031-04-29"),
    ],
)
def test_relative_times_count_from_the_publication_and_say_so(words: str, value: str) -> None:
    (time,) = found(f"The road was closed {words}.", WRITTEN)
    assert (time.value, time.anchor) == (value, "2031-05-08")


def test_a_narrative_counts_from_the_last_day_it_named() -> None:
    text = "It broke on 3 March. Two days later the bridge fell, the next day a mill. It froze on 9 March."
    assert [value for _, value in stated(text)] == ["2031-03-03", "2031-03-05", "2031-03-06", "2031-03-09"]
    assert found(text, WRITTEN)[1].anchor == "2031-03-03"
    assert times("The dam broke on 9 March 2030, the same day the mill burnt.") == [
        "2030-03-09",
        "2030-03-09",
    ]
    assert times("It broke on 30 April 2030. In the following days it rained.") == ["2030-04-30", "2030-05"]


@pytest.mark.parametrize(
    ("words", "value", "modifiers"),
    [
        ("since August", "2030-08", ("on_or_after",)),
        ("since late July", "2030-07", ("on_or_after", "end")),
        ("before 2018", "2018", ("before",)),
        ("no later than 1 June", "2031-06-01", ("on_or_before",)),
        ("by 31 October", "2031-10-31", ("on_or_before",)),
        ("in early April", "2031-04", ("start",)),
        ("in mid-April", "2031-04", ("mid",)),
        ("around 5 May", "2031-05-05", ("approx",)),
        ("for almost 30 years", "P30Y", ("less_than",)),
        ("for at least two weeks", "P2W", ("equal_or_more",)),
        ("since the outbreak of hostilities", "XXXX-XX-XX", ("on_or_after",)),
    ],
)
def test_what_was_vague_stays_vague(words: str, value: str, modifiers: tuple[str, ...]) -> None:
    (time,) = found(f"The road was closed {words}.", WRITTEN)
    assert (time.value, time.modifiers) == (value, modifiers)


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
        ("It took 2 weeks and 3 days.", "P2W3D"),
        ("It took a year and a half.", "P1.5Y"),
    ],
)
def test_a_duration_keeps_all_its_digits(text: str, value: str) -> None:
    assert times(text) == [value]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("daily", "P1D"),
        ("every two weeks", "P2W"),
        ("every other day", "P2D"),
        ("once a month", "P1M"),
        ("every Friday", "XXXX-WXX-5"),
        ("on weekends", "P1WE"),
    ],
)
def test_a_repetition_is_a_set(words: str, value: str) -> None:
    (time,) = found(f"The road is closed {words}.", WRITTEN)
    assert (time.kind, time.value) == ("set", value)


def test_every_day_of_a_list_is_one() -> None:
    assert stated("Shells fell on 4, 5 and 6 April 2031.") == [
        ("4", "2031-04-04"), ("5", "2031-04-05"), ("6 April 2031", "2031-04-06"),
    ]  # fmt: skip


def test_a_date_in_two_orders_follows_the_text_or_keeps_both() -> None:
    assert times("It rained on 05/11/2030.") == ["[2030-05-11,2030-11-05]"]
    assert problems("It rained on 05/11/2030.") == ["ambiguous-date"]
    assert times("It rained on 05/11/2030 and 27/11/2030.") == ["2030-11-05", "2030-11-27"]
    assert times("It rained on 05/11/2030 and 11/27/2030.") == ["2030-05-11", "2030-11-27"]
    assert problems("It rained on 05/11/2030 and 11/27/2030.") == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("on 5 November", "XXXX-11-05"),
        ("on Wednesday", "XXXX-WXX-3"),
        ("yesterday", "XXXX-XX-XX"),
        ("last month", "XXXX-XX"),
        ("two days earlier", "PAST_REF"),
        ("from June to August", "XXXX-06/XXXX-08"),
        ("lately", "PAST_REF"),
    ],
)
def test_without_a_publication_date_the_unknown_stays_open(words: str, value: str) -> None:
    (time,) = found(f"The road was closed {words}.")
    assert (time.value, time.anchor) == (value, None)


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
    words = (
        "today, yesterday, tomorrow, last week, next week, last month, next month, last year, next year,"
        " last decade, 9000 years ago, 99999999999 days ago, in 400 weeks, next Monday, last Monday,"
        " this weekend, next quarter"
    )
    text = f"It rained {words}, last winter, next winter, on Wednesday, on 5 May and on Sunday."
    assert len(times(text, published)) >= len(words.split(",")) + 4


@pytest.mark.parametrize(
    "words", ["31 February", "February 30, 2031", "2031-02-29", "31.04.2031", "29/02/2031"]
)
def test_an_impossible_day_is_a_problem_and_stays_text(words: str) -> None:
    text = f"It rained on {words}."
    (problem,) = times_in(text, WRITTEN)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.span and problem.span.of(text)) == ("impossible-date", words)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("on Orthodox Easter 2022", "2022-04-24"),
        ("on Eastern Easter 2024", "2024-05-05"),
        ("on Western Easter 2022", "2022-04-17"),
        ("on the Catholic Church's Easter 2022", "2022-04-17"),
        ("on Easter 2025", "2025-04-20"),  # one day for all
        ("on Easter 2022", "[2022-04-17,2022-04-24]"),
        ("on Pentecost 2022", "[2022-06-05,2022-06-12]"),
        ("on Orthodox Christmas Eve 2023", "2023-01-06"),
        ("on Armenian Christmas 2023", "2023-01-06"),
        ("last Christmas", "[2030-12-25,2031-01-06,2031-01-07]"),
        ("on Halloween", "2030-10-31"),
    ],
)
def test_a_feast_is_kept_by_the_reckoning_that_is_named_or_by_every_one(words: str, value: str) -> None:
    text = f"The road was closed {words}."
    assert times(text, "2031-05-08") == [value]
    assert problems(text, WRITTEN) == ["ambiguous-date"] * value.startswith("[")


def test_the_day_beside_a_feast_says_whose_it_is() -> None:
    assert times("They met on Christmas Eve, 6 January 2023.") == ["2023-01-06", "2023-01-06"]
    assert times("They met on Christmas, 25 December 2023.") == ["2023-12-25", "2023-12-25"]
    assert times("They met on Christmas, 3 May 2023.")[1:] == ["2023-05-03"]


def test_nothing_is_counted_from_a_day_that_may_be_another() -> None:
    assert times("They met two weeks after Easter 2022.") == ["P2W", "[2022-04-17,2022-04-24]"]


@pytest.mark.parametrize(
    ("year", "day"), [(2010, "2010-04-04"), (2019, "2019-04-28"), (2021, "2021-05-02"), (1918, "1918-05-05")]
)
def test_julian_easter_is_the_day_that_was_kept(year: int, day: str) -> None:
    found = julian_easter(year)
    assert found is not None
    assert found.isoformat() == day
    assert julian_easter(1582) is julian_easter(10_000) is None


@given(st.integers(1583, 9999))
def test_julian_easter_is_a_sunday_and_never_before_the_western_one_in_our_age(year: int) -> None:
    eastern, western = julian_easter(year), easter(year)
    assert eastern is not None
    assert western is not None
    assert eastern.isoweekday() == western.isoweekday() == 7
    assert year > 2200 or (eastern - western).days in {0, 7, 28, 35}


def test_later_counts_from_the_last_day_before_it() -> None:
    text = "The dam broke on 1 May 2020. Two days later, on 5 May 2020, it rained. A day later it froze."
    assert times(text) == ["2020-05-01", "2020-05-03", "2020-05-05", "2020-05-06"]
    assert times("Two days later, on 5 May 2020, it rained.") == ["FUTURE_REF", "2020-05-05"]
    assert times("From 3 May 2020 to 5 May 2020. Two days later it rained.")[1:] == ["2020-05-07"]


@pytest.mark.parametrize("words", ["since the fall of Halm", "in the fall of the city", "this fall of snow"])
def test_a_fall_of_something_is_no_season(words: str) -> None:
    assert times(f"It rained {words}.", "2031-05-08") == []


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("in the fall of 2030", ["XXXX-FA", "2030"]),
        ("in the fall of this year", ["XXXX-FA", "2031"]),
        ("since the fall", ["XXXX-FA"]),
    ],
)
def test_a_fall_of_a_year_is_a_season(words: str, values: list[str]) -> None:
    assert times(f"It rained {words}.", "2031-05-08") == values


def test_any_day_is_no_repetition() -> None:
    assert [one.kind for one in found("Any day now it may rain.", WRITTEN)] == ["date"]
    assert times("Any week may bring rain.") == []


def test_an_event_named_by_its_day_is_no_date_and_another_lone_day_stays_open() -> None:
    assert times_in("Much has changed since 9/11.", WRITTEN, month_first=True) == ()
    assert times("It rained on 9/12.", "2031-05-08") == ["[2030-09-12,2030-12-09]"]
    assert problems("It rained on 9/12.", WRITTEN) == ["ambiguous-date"]
    assert times("It rained on 9/11/2030 and 9/30/2030.") == ["2030-09-11", "2030-09-30"]


@pytest.mark.parametrize("count", ["5000000000000000", "10,000", "0.00001"])
def test_a_count_that_no_calendar_holds_is_none(count: str) -> None:
    assert times(f"It took {count} years.") == []
    assert times("It took 9999 years.") == ["P9999Y"]


def test_digits_of_other_scripts_are_digits() -> None:
    assert times("\u0662\u0667 September \u0662\u0660\u0663\u0660") == ["2030-09-27"]


WORDS = [
    "5", "31", "99", "2030", "1,200", "10:30", "27.09.2030", "20300927", "7/6", "-", "–", "/", ".", ",",
    "(", ")", "'", "th", "s", "May", "march", "Nov.", "Wednesday", "Sat", "last", "next", "this", "the",
    "of", "in", "on", "to", "until", "between", "and", "since", "before", "after", "by", "early", "mid",
    "late", "end", "year", "weeks", "months", "century", "weekend", "two", "hundred", "thousand",
    "first", "twenty", "half", "several", "few", "almost", "more", "than", "at", "least", "ago",
    "later", "earlier", "today", "now", "daily", "each", "every", "other", "once", "a", "Easter", "Eve",
    "new", "winter", "quarter", "q1", "h2", "FY", "date", "from", "for", "within", "\u0665", "\u200f",
    "\u0562", "\n\n",
]  # fmt: skip
pieces = st.one_of(st.sampled_from(WORDS), st.text(max_size=8), st.integers(0, 10**12).map(str))
joints = st.sampled_from([" ", " ", " ", "", "\n", "\u00a0", "-", "/", ", "])
fuzz = st.lists(st.tuples(pieces, joints), max_size=40).map(lambda parts: "".join(a + b for a, b in parts))


@settings(max_examples=400, deadline=None)
@given(fuzz, st.one_of(st.none(), st.dates()))
def test_any_text_gives_times_in_order_apart_from_each_other_and_inside_it(
    text: str, written: date | None
) -> None:
    end = 0
    for one in times_in(text, written):
        assert one.span is not None
        if isinstance(one, Problem) and one.code == "ambiguous-date":
            continue
        assert end <= one.span.start < one.span.end <= len(text)
        end = one.span.end


@settings(max_examples=100, deadline=None)
@given(
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    st.sampled_from(["{0.day} {0:%B} {0.year}", "{0:%B} {0.day}, {0.year}", "{0.year:04}-{0:%m-%d}"]),
)
def test_every_day_of_the_calendar_is_read_back(day: date, form: str) -> None:
    assert times(f"It was {form.format(day)}.") == [day.isoformat()]


def test_a_number_of_ten_thousand_digits_is_no_date() -> None:
    assert times("On " + "1" * 10_000 + " May 2030") == ["2030-05"]
