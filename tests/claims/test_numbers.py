"""Numbers in words and digits, their units and bounds, and what is no number."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.claims.atoms import folded
from sayso.claims.bounds import figures_of
from sayso.claims.numbers import Numeral, numerals_in
from sayso.claims.ordinals import ordinals_in
from sayso.claims.units import Amount, amounts_in
from sayso.core.records import Number

PIECES = [
    "one", "two", "twenty", "forty-five", "hundred", "thousand", "million", "dozen", "half", "a", "quarter",
    "third", "thirds", "first", "second", "and", "and a", "point", "over", "out of", "in", "-", "–",
    "/", ",",
    ".", "%", "$", "€", "km", "ft", "years old", "aged", "between", "from", "to", "at least", "more than",
    "<",
    "or more", "1", "12", "000", "1,200", "5.5", "3/4", "½", "1e6", "10k", "2^9", "٢١", "Ժ", "US$", "dollars",
    "of them", "the", "minus", "\n", "\n\n", "\u202f", "İ", "last", "percent", "hundreds", "\ud800",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
)


def numerals(text: str) -> list[Numeral]:
    return list(numerals_in(text, folded(text)))


def amounts(text: str) -> list[Amount]:
    return amounts_in(text, folded(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 000,5", 5000.5),
        ("12,34,567", 1_234_567),
        ("٢١", 21),
        ("٣٬٠٠٠", 3000),
        ("two dozen", 24),
        ("half a million", 500_000),
        ("close to 1 million", 1_000_000),
        ("one and a half million", 1_500_000),
        ("two million and three quarters", 2_750_000),
        ("one billion and a half million", 1_000_500_000),
        ("a hundred and twenty thousand", 120_000),
        ("two thirds", 2 / 3),
        ("10 1/2", 10.5),
        ("seven point zero five", 7.05),
        ("minus eleven", -11),
        ("6 lakh", 600_000),
        ("2.5bn", 2_500_000_000),
        ("one in eight", 1 / 8),
    ],
)
def test_a_number_has_the_value_its_words_state(text: str, value: Number) -> None:
    (found,) = numerals(text)
    assert math.isclose(found.value, value)


@pytest.mark.parametrize(
    ("text", "value", "ambiguous"),
    [
        ("20 120 were children", 20_120, True),
        ("12 300 km", 12_300, True),
        ("1.200", 1.2, True),
        ("20 000 people", 20_000, False),
        ("1 200 000", 1_200_000, False),
        ("12\u202f300", 12_300, False),
        ("5\u00a0000", 5000, False),
    ],
)
def test_two_groups_that_a_plain_space_parts_may_be_two_numbers(
    text: str, value: Number, *, ambiguous: bool
) -> None:
    (found,) = numerals(text)
    assert (found.value, found.ambiguous) == (value, ambiguous)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,2,3,4", [1, 2, 3, 4]),
        ("2000 500", [2000, 500]),
        ("two hundred and three hundred", [200, 300]),
        ("killing two and a third was hurt", [2, 3]),
        ("twenty\n\nfive", [20, 5]),
        ("Dead: 12\n300 people were displaced.", [12, 300]),
        ("12 3000", [12, 3000]),
        ("1234 500", [1234, 500]),
    ],
)
def test_numbers_that_stand_together_stay_apart(text: str, values: list[Number]) -> None:
    assert [one.value for one in numerals(text)] == values


@pytest.mark.parametrize(
    "text",
    ["9" * 10_000, "1.2.3.4", "007", "no one", "each one", "Ժ", "ԺԲ", "hundreds", "1,234,5678.9", "²"],
)
def test_what_is_no_number_gives_none_and_no_part_of_one(text: str) -> None:
    assert [one.value for one in numerals(text) if not one.glued] == []


def test_a_number_too_large_to_keep_is_none() -> None:
    assert numerals("five " + "trillion " * 5000) == []
    assert numerals("2e999") == []


@pytest.mark.parametrize("text", ["the BM-21 system", "flight A320", "on 5/17/2031"])
def test_a_number_inside_a_name_says_so(text: str) -> None:
    assert all(one.code for one in numerals(text)[-1:])


@pytest.mark.parametrize(
    ("text", "value", "kind", "unit"),
    [
        ("It cost US$ 3.5 million.", 3_500_000, "money", "USD"),
        ("It cost 40 thousand Swiss francs.", 40_000, "money", "CHF"),
        ("It cost 3 dollars 50 cents.", 3.5, "money", "USD"),
        ("It cost 75 USD million.", 75_000_000, "money", "USD"),
        ("It cost 3 pounds of flour.", 3, "count", None),
        ("Turnout was 41 per cent.", 41, "percent", "percent"),
        ("It rose 3 percentage points.", 3, "measure", "percentage point"),
        ("They advanced 12 km.", 12, "measure", "km"),
        ("They advanced 12km.", 12, "measure", "km"),
        ("It flew at 900 kilometres per hour.", 900, "measure", "km/h"),
        ("It covers 30 square kilometres.", 30, "measure", "km2"),
        ("He is 5 feet 6 inches tall.", 5.5, "measure", "ft"),
        ("A 12-year-old boy fell.", 12, "age", "year"),
        ("A boy aged 12 fell.", 12, "age", "year"),
        ("A child of eight months of age fell.", 8, "age", "month"),
        ("The file has 5 MB.", 5, "measure", "Mbyte"),
        ("The link has 5 Mb.", 5, "measure", "Mbit"),
        ("She won 5 dollars.", 5, "money", "USD"),
        ("They won 5 won the next day.", 5, "count", None),
        ("He paid 5 $10 bills.", 5, "count", None),
    ],
)
def test_an_amount_has_its_unit(text: str, value: Number, kind: str, unit: str | None) -> None:
    found = amounts(text)[0]
    assert (found.value, found.kind, found.unit) == (value, kind, unit)


def test_an_address_of_the_web_holds_no_numbers() -> None:
    assert amounts("See https://example.org/30%25/12 and www.example.org/7.") == []


@pytest.mark.parametrize(
    ("text", "low", "high", "strict"),
    [
        ("between 10 and 15", 10, 15, (False, False)),
        ("5 to 10 million", 5_000_000, 10_000_000, (False, False)),
        ("5k-20k", 5000, 20_000, (False, False)),
        ("more than 10 but less than 40", 10, 40, (True, True)),
        ("at most 100 and at least 20", 20, 100, (False, False)),
        ("12 or more", 12, None, (False, False)),
        ("less than 50 or equal", None, 50, (False, False)),
        ("> 30", 30, None, (True, False)),
        ("between two hundred and two thousand", 200, 2000, (False, False)),
    ],
)
def test_a_range_keeps_its_ends(
    text: str, low: Number | None, high: Number | None, strict: tuple[bool, bool]
) -> None:
    (found,) = figures_of(folded(text), amounts(text))
    assert (found.low, found.high, found.strict) == (low, high, strict)


@pytest.mark.parametrize("text", ["more than 40 and less than 10", "15 to 5", "3-1"])
def test_ends_in_the_wrong_order_are_two_figures(text: str) -> None:
    assert len(figures_of(folded(text), amounts(text))) == 2


def test_the_second_to_last_is_no_second() -> None:
    text = "She was second, he the second to last, the twenty-first."
    found = ordinals_in(text, folded(text))
    assert [(one.counted_from, one.places) for one in found] == [("start", 2), ("end", -1), ("start", 21)]


@settings(max_examples=300, deadline=None)
@given(texts)
def test_numbers_stand_in_order_and_can_be_kept(text: str) -> None:
    lower = folded(text)
    assert len(lower) == len(text)
    found = numerals(text)
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert math.isfinite(one.value)
        assert isinstance(one.value, float) or abs(one.value) < 2**63
        end = one.end


@settings(max_examples=300, deadline=None)
@given(texts)
def test_figures_stand_in_order_within_the_text(text: str) -> None:
    lower = folded(text)
    figures = figures_of(lower, amounts_in(text, lower))
    assert all(0 <= one.start < one.end <= len(text) for one in figures)
    assert all(one.low <= one.high for one in figures if one.low is not None and one.high is not None)
    assert [one.start for one in figures] == sorted(one.start for one in figures)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_ordinals_lie_within_the_text(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in ordinals_in(text, folded(text)))
