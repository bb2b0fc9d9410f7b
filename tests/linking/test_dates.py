"""Two dates agree when some day is both, and disagree only when none can be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.core.records import Time, TimeModifier
from sayso.core.spans import Span
from sayso.linking.dates import can_be, days_of


def time(stated: str) -> Time:
    """Read "2031-05 on_or_after end": a value and its modifiers, outermost first."""
    value, *modifiers = stated.split()
    known: dict[str, TimeModifier] = {
        "before": "before", "after": "after", "on_or_before": "on_or_before", "on_or_after": "on_or_after",
        "start": "start", "mid": "mid", "end": "end", "approx": "approx",
    }  # fmt: skip
    return Time(span=Span(0, 1), value=value, kind="date", modifiers=tuple(known[m] for m in modifiers))


def agree(left: str, right: str) -> bool:
    one, other = days_of(time(left)), days_of(time(right))
    assert one, left
    assert other, right
    found = any(can_be(a, b) for a in one for b in other)
    assert found == any(can_be(b, a) for a in one for b in other)
    return found


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2031-05-03", "2031-05-03"),
        ("2031-05-03", "2031-05-03T14:30"),
        ("2031-05-03", "2031-05"),
        ("2031-05-03", "203X"),
        ("2031-05-03", "20XX"),
        ("2031-05-03", "2031-Q2"),
        ("2031-05-03", "2031-H1"),
        ("2031-05-03", "2031-W18"),  # Saturday
        ("2031-05-03", "2031-W18-WE"),
        ("2031-05-03", "2031-W18-6"),
        ("2031-05-03", "FY2031"),
        ("2031-05-03", "2031-SP"),
        ("2031-05-03", "2031-FA"),  # south of the equator
        ("XXXX-05-03", "2031-05-03"),
        ("XXXX-05-03", "2031"),
        ("XXXX-05", "2031-05-03"),
        ("XXXX-XX-03", "2031-05-03"),
        ("XXXX-WXX-6", "2031-05-03"),
        ("2031-WXX-6", "2031-05-03"),
        ("XXXX-WXX-6", "XXXX-05-03"),
        ("XXXX-05-03", "XXXX-Q2"),
        ("2031-05-01/2031-05-03", "2031-05-03/2031-05-09"),
        ("2031-05-01/2031-05-09", "2031-05-03"),
        ("2031-05-01/..", "2040"),
        ("[2031-03-05,2031-05-03]", "2031-05-03"),
        ("2031-04-24 on_or_after", "2031-05-03"),
        ("2031-04-24 after", "2031-04-25"),
        ("2031-05-04 before", "2031-05-03"),
        ("2031-05-03 on_or_before", "2031-05-03"),
        ("2031-05 start", "2031-05-03"),
        ("2031-05 mid", "2031-05-15"),
        ("2031-05 end", "2031-05-28"),
        ("2031-05 on_or_before end", "2031-05-03"),
        ("2031-05 on_or_after end", "2032"),
        ("2031-05-04 approx", "2031-05-03"),
        ("2031-SU before", "2031-05-03"),
        ("XXXX-05 end", "2031-05-03"),
        ("XXXX-02-29", "2032"),
    ],
)
def test_a_time_agrees_with_what_it_can_be(left: str, right: str) -> None:
    assert agree(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2031-05-03", "2031-05-04"),
        ("2031-05-03", "2031-06"),
        ("2031-05-03", "2030"),
        ("2031-05-03", "202X"),
        ("2031-05-03", "2031-Q1"),
        ("2031-05-03", "2031-W19"),
        ("2031-05-03", "2031-W18-WD"),
        ("2031-SP", "2031-FA"),
        ("2031-SP", "2033-SP"),
        ("XXXX-05-03", "2031-05-04"),
        ("XXXX-05-03", "XXXX-06-03"),
        ("XXXX-05-03", "XXXX-Q1"),
        ("XXXX-WXX-7", "2031-05-03"),
        ("2031-05-01/2031-05-03", "2031-05-04/2031-05-09"),
        ("2031-05-04/..", "2031-05-03"),
        ("[2031-03-05,2031-05-03]", "2031-05-04"),
        ("2031-05-04 on_or_after", "2031-05-03"),
        ("2031-05-03 after", "2031-05-03"),
        ("2031-05-03 before", "2031-05-03"),
        ("2031-05 start", "2031-05-28"),
        ("2031-05 end", "2031-05-03"),
        ("2031-05 mid", "2031-05-03"),
        ("2031-05 on_or_after end", "2031-05-03"),
        ("2031-05-08 approx", "2031-05-03"),
    ],
)
def test_a_time_disagrees_with_what_it_cannot_be(left: str, right: str) -> None:
    assert not agree(left, right)


@pytest.mark.parametrize(
    "stated",
    [
        "PAST_REF",
        "PRESENT_REF",
        "FUTURE_REF",
        "XXXX",
        "XXXX-XX-XX",
        "XXXX-XX-XX on_or_after",
        "XXXX-07 before",
        "XXXX end",
        "XXXX start",
        "XXXX-XX-XX mid",
        "2031-05-04/.. end",
        "2031-05-04/.. mid",
        "../2031 start",
        "../2031 end",
        "2031 end on_or_after",
        "2031 start before",
        "XXXX-02-30",
        "XXXX-02-30 end",
        "XXXX-04-31",
        "20XX-02-30",
        "[XXXX-02-30,2031-05-03]",
        "[XXXX-XX-XX,2031-05-03]",
        "0000",
        "2031-02-30",
        "2031-13",
        "2031-W54",
        "2031-05-09/2031-05-01",
        "../..",
        "a/b/c",
        "9" * 10_000,
        "٢٠٣١-٠٥-٠٣",
        "tomorrow\ud800",
    ],
)
def test_what_tells_no_day_from_another_says_nothing(stated: str) -> None:
    assert days_of(time(stated)) == ()


def test_only_dates_say_days() -> None:
    assert days_of(Time(span=Span(0, 1), value="P3D", kind="duration")) == ()


@given(st.dates(), st.dates())
def test_two_days_agree_when_they_are_one(left: date, right: date) -> None:
    assert agree(left.isoformat(), right.isoformat()) == (left == right)
    assert agree(left.isoformat(), f"XXXX{left.isoformat()[4:]}")
    assert agree(f"{left.isoformat()} on_or_after", right.isoformat()) == (right >= left)
    assert agree(f"{left.isoformat()} on_or_before", right.isoformat()) == (right <= left)


@given(st.dates(date(2, 1, 1), date(9990, 1, 1)), st.integers(0, 400), st.integers(-500, 500))
def test_a_day_agrees_with_an_interval_that_holds_it(first: date, length: int, offset: int) -> None:
    day = max(date(1, 1, 1).toordinal(), first.toordinal() + offset)
    interval = f"{first.isoformat()}/{(first + timedelta(days=length)).isoformat()}"
    assert agree(interval, date.fromordinal(day).isoformat()) == (0 <= day - first.toordinal() <= length)


@given(st.text("0123456789X-/[],.TWQHSPYREF_", max_size=24))
def test_no_value_makes_it_fail(value: str) -> None:
    for modifier in ("before", "after", "approx", "end"):
        days = days_of(time(f"{value.strip() or '-'} {modifier}"))
        assert all(one.first <= one.last for one in days)
