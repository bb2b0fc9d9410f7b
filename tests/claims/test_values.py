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
    text = "The mayor said 48 civilians, among them 9 children and 17 women, were killed."
    whole, *parts = figures(text)
    assert [part.part_of for part in parts] == [whole.span, whole.span]
    assert {one.outcome for one in (whole, *parts)} == {"killed"}
    assert [one.population for one in (whole, *parts)] == ["civilian", "child", "woman"]


def test_figures_joined_by_and_are_two() -> None:
    assert [one.best for one in figures("He counted 5 tanks and 9 drones.")] == [5, 9]


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("20 000 people were displaced.", 20_000),
        ("20\u202f000 people were displaced.", 20_000),
        ("20\u2009000 people were displaced.", 20_000),
        ("20’000 people were displaced.", 20_000),
        ("1.200.000 people were displaced.", 1_200_000),
        ("One hundred twenty people were displaced.", 120),
        ("Two hundred and five people were displaced.", 205),
        ("Two thousand five hundred people were displaced.", 2500),
        ("Two hundred thousand people were displaced.", 200_000),
        ("One million two hundred thousand people were displaced.", 1_200_000),
    ],
)
def test_a_number_is_read_whole(text: str, best: int) -> None:
    (found,) = figures(text)
    assert (found.best, found.outcome) == (best, "displaced")


def test_two_numbers_in_words_between_which_something_lies_are_a_range() -> None:
    (found,) = figures("Between one hundred and two hundred people were killed.")
    assert (found.low, found.high) == (100, 200)


def test_both_ends_of_a_range_have_the_scale_of_its_end() -> None:
    (found,) = figures("It cost $5 to $10 million.")
    assert (found.low, found.high, found.unit) == (5_000_000, 10_000_000, "USD")


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Three hundred and four hundred people were killed.", [400]),
        ("Five thousand and six thousand people were killed.", [6000]),
        ("The pipe is 5 000,5 km long.", [5000.5]),
        ("Agent 007 was killed.", []),
    ],
)
def test_no_number_is_made_up_of_parts(text: str, best: list[int]) -> None:
    assert [one.best for one in figures(text)] == best


@pytest.mark.parametrize("text", ["No one was killed.", "Nobody was killed.", "Not every one was killed."])
def test_nobody_is_no_figure(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize("text", ["1.200 people were killed.", "On average 2.5 children died."])
def test_a_dot_that_may_part_thousands_or_halves_people_states_no_count(text: str) -> None:
    (found,) = figures(text)
    assert (found.low, found.best, found.high, found.outcome) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("He lives with 3 children.", None),
        ("The raid cost 34 lives.", "killed"),
        ("The raid claimed 34 civilian lives.", "killed"),
        ("The army lost 200 tanks.", "destroyed"),
        ("The army lost 200 soldiers.", "killed"),
        ("The army lost 3 villages.", None),
        ("Two protesters were shot.", "shot"),
        ("Two protesters were shot dead.", "killed"),
        ("Two drones were shot down.", "destroyed"),
        ("They fired 3 shells per day.", None),
        ("The army did not kill 5 people.", None),
        ("The army has not killed 5 people.", None),
        ("Some 5 people were not killed.", None),
        ("There were no deaths among the 5 people.", None),
        ("None of the 5 people were killed.", None),
        ("Not only 5 people were killed.", "killed"),
        ("No fewer than 5 people were killed.", "killed"),
    ],
)
def test_an_outcome_is_that_of_the_counted_and_not_denied(text: str, outcome: str | None) -> None:
    (found,) = figures(text)
    assert (found.kind, found.outcome) == ("count", outcome)


def test_per_cent_is_percent_and_per_day_is_not() -> None:
    found = figures("Turnout was 40 per cent. They fired 3 shells per day.")
    assert [(one.kind, one.unit) for one in found] == [("percent", "percent"), ("count", "shells")]


def test_money_keeps_its_bound_and_its_sign_on_either_side() -> None:
    text = "500 dollars were paid for 5 $. Over $5 million was lost."
    found = figures(text)
    assert [(one.best, one.bound, one.unit) for one in found] == [
        (500, "exact", "USD"), (5, "exact", "USD"), (5_000_000, "more_than", "USD"),
    ]  # fmt: skip
    assert found[2].span.of(text) == "Over $5 million"


@pytest.mark.parametrize(
    "text",
    [
        "At least 5 may have died.",
        "At Least 5 May Have Died.",
        "Up to 5 may be dead.",
        "In May 5 people died.",
        "The toll rose to 5 people.",
    ],
)
def test_a_figure_beside_a_word_like_a_month_stays_a_figure(text: str) -> None:
    (found,) = figures(text)
    assert found.best == 5


def test_a_count_as_large_as_a_year_is_a_count() -> None:
    (found,) = figures("The toll rose to 2000 people.")
    assert found.best == 2000


def test_a_part_is_no_larger_than_its_whole_and_a_whole_no_part() -> None:
    found = figures("There were " + "12 people, among them 3 children, " * 3 + "in all.")
    assert [one.part_of for one in found[::2]] == [None] * 3
    assert [one.part_of for one in found[1::2]] == [one.span for one in found[::2]]


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
    text = "The envoy recalls three resolutions passed in the UN Security Council in 1985 (561, 563 and 564)."
    assert [one.identifier for one in extract(text).law] == [
        "S/RES/561 (1985)", "S/RES/563 (1985)", "S/RES/564 (1985)",
    ]  # fmt: skip


def test_a_resolution_without_a_number_stays_unresolved() -> None:
    assert [one.identifier for one in extract("The resolution was ignored.").law] == [None]


def test_a_sentence_of_thousands_of_figures_is_read_in_one_pass() -> None:
    found = figures("There were " + "12 people, among them 3 children, " * 4000 + "in all.")
    assert len(found) == 2 * 4000
