"""What was read from a claim's words, said in words again."""

import pytest
from msgspec.structs import replace

from sayso.core.records import Place, PlaceCandidate, Quantity, Time
from sayso.core.spans import Span
from sayso.web.parts import figure_words, place_words, time_words

SPAN = Span(0, 4)


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (Time(span=SPAN, value="2031-05-03", kind="date"), "3 May 2031"),
        (Time(span=SPAN, value="2031-05-03T06:30", kind="time"), "3 May 2031, 06:30"),
        (
            Time(span=SPAN, value="2031-05", kind="date", modifiers=("on_or_after", "end")),
            "on or after the end of May 2031",
        ),
        (Time(span=SPAN, value="2031-05-01/2031-05-03", kind="date"), "1 May 2031 to 3 May 2031"),
        (
            Time(span=SPAN, value="2031-05-02", kind="date", anchor="2031-05-03"),
            "2 May 2031, counted from 3 May 2031",
        ),
        (Time(span=SPAN, value="P1D", kind="duration", modifiers=("more_than",)), "more than 1 day"),
        (Time(span=SPAN, value="PT90M", kind="duration"), "90 minutes"),
        (Time(span=SPAN, value="XXXX-05-03", kind="date"), "XXXX-05-03"),
        (Time(span=SPAN, value="2031-02-31", kind="date"), "2031-02-31"),
        (Time(span=SPAN, value="2031-13", kind="date"), "2031-13"),
    ],
    ids=lambda given: given.value if isinstance(given, Time) else "",
)
def test_a_time_is_said_with_what_bounds_it_and_what_it_was_counted_from(time: Time, words: str) -> None:
    assert time_words(time) == words


FORTY = Quantity(span=SPAN, kind="count", low=40, best=40, high=None, bound="at_least")


def test_a_figure_is_said_with_its_bound_what_it_counts_and_whether_it_is_upheld() -> None:
    killed = replace(FORTY, unit="person", outcome="killed", population="civilian", stated="retracted")
    assert figure_words(killed) == "at least 40 people killed, civilian, since withdrawn or replaced"
    assert figure_words(replace(FORTY, unit="km", kind="measure")) == "at least 40 km"


def test_a_place_is_said_with_what_else_bears_its_name_or_that_it_is_open() -> None:
    found = PlaceCandidate(
        gazetteer="geonames:1",
        name="Brenna",
        kind="city",
        countries=("PL",),
        latitude=1,
        longitude=1,
        score=0.9,
    )
    other = PlaceCandidate(
        gazetteer="geonames:2",
        name="Brenna",
        kind="city",
        countries=("NO",),
        latitude=2,
        longitude=2,
        score=0.1,
    )
    named = Place(span=SPAN, name="Brenna", gazetteer="geonames:1", candidates=(found, other))
    assert place_words(named) == "Brenna, city, PL; 1 other of that name"
    assert place_words(Place(span=SPAN, name="Brenna", candidates=(found, other))) == "which one is open"
    assert place_words(Place(span=SPAN, name="Vosk")) == "not in the gazetteer"
