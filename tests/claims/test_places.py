"""Places: found by name and context, resolved by what else the text names, never forced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claims.places import places_in
from sayso.claims.toponyms import mentioned
from sayso.core.records import Place
from sayso.core.spans import Span
from sayso.flow.pipeline import extract
from sayso.language.segments import segments_of


def places(text: str) -> tuple[Place, ...]:
    return places_in(segments_of(text), ())


def ids(text: str) -> dict[str, str | None]:
    return {place.span.of(text): place.gazetteer for place in places(text)}


def test_a_town_is_resolved_to_its_record() -> None:
    (place,) = places("The delegation flew to Montevideo.")
    assert place.gazetteer in {"geonames:3441575", "geonames:UY.10"}
    assert place.candidates[0].countries == ("UY",)
    assert place.candidates[0].latitude == pytest.approx(-34.9, abs=0.1)


def test_the_area_after_the_comma_tells_which_town_is_meant() -> None:
    assert ids("The fire began in Paris.")["Paris"] == "geonames:2988507"
    assert ids("The fire began in Paris, Texas.")["Paris"] == "geonames:4717560"
    assert ids("He was born in Lexington, Ky., in 1950.")["Ky."] == "geonames:US.KY"


def test_a_name_on_both_sides_of_a_border_keeps_both_candidates() -> None:
    (place,) = places("Shelling was reported near Tovuz.")
    assert {country for one in place.candidates for country in one.countries} >= {"AM", "AZ"}


def test_what_the_text_names_beside_it_decides_between_two_sides() -> None:
    one = "Officials in Yerevan and Gyumri, Armenia, spoke of Tavush."
    other = "Officials in Baku and Ganja, Azerbaijan, spoke of Tovuz."
    assert next(p for p in places(one) if p.name == "Tavush").candidates[0].countries == ("AM",)
    assert next(p for p in places(other) if p.name == "Tovuz").candidates[0].countries == ("AZ",)


def test_a_place_that_one_name_shows_is_one_under_its_other_names_too() -> None:
    one, other = "People left Shushi. Later Shusha was quiet.", "People left Shusha. Later Shushi was quiet."
    assert [place.name for place in places(one)] == ["Shushi", "Shusha"]
    assert [place.name for place in places(other)] == ["Shusha", "Shushi"]


def test_all_names_that_parties_use_lead_to_one_record() -> None:
    names = ("Nagorno-Karabakh", "Artsakh", "Upper Karabakh")
    found = {ids(f"They met in {name} on Monday.")[name] for name in names}
    assert found == {"sayso:nagorno-karabakh"}


def test_an_administered_and_claimed_area_names_all_states_in_the_order_of_the_alphabet() -> None:
    (place,) = places("Ships left the Falkland Islands.")
    assert place.candidates[0].countries == ("AR", "FK", "GB")


def test_a_person_is_no_place_though_the_surname_is_a_town() -> None:
    text = "Carter Holmes spoke first. Holmes then left for Nairobi."
    assert list(ids(text)) == ["Nairobi"]


def test_a_people_is_no_place() -> None:
    assert ids("Turkish and Armenian officials met.") == {}


def test_the_kind_of_area_belongs_to_the_place() -> None:
    text = "Villages in Tartar district were shelled."
    assert [(p.span.of(text), p.kind) for p in places(text)] == [("Tartar district", "district")]


def test_an_invented_place_stays_without_a_record() -> None:
    reading = extract("Two shells fell near Halm on Monday, the mayor said.")
    assert [(place.name, place.gazetteer, place.candidates) for place in reading.places] == [
        ("Halm", None, ())
    ]


def test_ordinary_words_at_the_start_of_a_sentence_are_no_places() -> None:
    assert ids("The road was closed. In May it opened. She left. For now it is quiet. Nice work.") == {}


@given(st.text(alphabet="ABab .,'-\n\u0301\u2019\ud800\u05d0\u0661", max_size=120))
def test_any_text_is_read_and_spans_stay_inside(text: str) -> None:
    for one in mentioned(segments_of(text)):
        assert Span(0, len(text)).start <= one.span.start < one.span.end <= len(text)


def test_the_lines_of_a_war_are_places_without_a_name() -> None:
    text = "Guns fell silent along the entire front and on the line of contact."
    assert list(ids(text)) == ["the entire front", "the line of contact"]
    assert not places("He sat on the front row.")
