"""Places are one by their record or their name, and two only where both records say so."""

from itertools import permutations

import pytest

from sayso.core.records import Place, PlaceCandidate
from sayso.core.spans import Span
from sayso.linking.where import narrowed, place_keys


def place(name: str, record: str | None = None, **about: object) -> Place:
    """Return a place, resolved where a record is named: "x: city, AA, 41.5, 45.0" without spaces to spare."""
    if record is None:
        return Place(span=Span(0, 1), name=name)
    kind, country, latitude, longitude = str(about["at"]).split()
    return Place(
        span=Span(0, 1),
        name=name,
        gazetteer=record,
        candidates=(
            PlaceCandidate(
                gazetteer=record,
                name=name,
                kind=kind,
                countries=(country,),
                latitude=float(latitude),
                longitude=float(longitude),
                score=1.0,
            ),
        ),
    )


BRENNA = place("Brenna", "g:1", at="city VL 41.0 45.0")
BRENNOV = place("Brennov", "g:1", at="city VL 41.0 45.0")  # what the other side calls it
SUBURB = place("Lower Brenna", "g:2", at="city VL 41.1 45.1")
FAR = place("Ostrel", "g:3", at="city VL 43.0 45.0")
VESLAND = place("Vesland", "g:4", at="country VL 42.0 46.0")
OSTRANY = place("Ostrany", "g:5", at="country OS 50.0 46.0")
SEA = place("Pale Sea", "g:6", at="sea OS 45.0 50.0")
NAMESAKE = place("Brenna", "g:7", at="city OS 50.0 46.0")
DISTRICT = place("Brenna", "g:8", at="district VL 41.2 45.2")


def one_key(*places: Place) -> bool:
    key = place_keys(places)
    assert [*map(place_keys(places[::-1]), places)] == [*map(key, places)]
    return len(set(map(key, places))) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (BRENNA, BRENNOV),
        (BRENNA, place("Brenna")),
        (place("Brénna"), place("BRENNA")),
        (BRENNA, DISTRICT),
        (BRENNA, place("Brenna", "g:9", at="sea OS 45.0 50.0")),  # the middle of a sea tells little
    ],
)
def test_one_record_or_one_name_is_one_place(left: Place, right: Place) -> None:
    assert one_key(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (BRENNA, FAR),
        (BRENNA, OSTRANY),
        (VESLAND, OSTRANY),
        (BRENNA, NAMESAKE),
        (BRENNA, SUBURB),
        (BRENNA, VESLAND),
        (BRENNA, SEA),
        (BRENNA, place("Lind")),
        (place("Lind"), place("Thal")),
    ],
)
def test_another_record_is_another_place_unless_it_is_near_and_has_the_name(
    left: Place, right: Place
) -> None:
    assert not one_key(left, right)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_of_three_towns_of_one_name_in_a_row_the_two_nearest_are_one(order: tuple[int, ...]) -> None:
    # Each is near the next, and the first is far from the last: not all three can be one.
    north = place("Halm", "g:10", at="city VL 41.0 45.0")
    middle = place("Halm", "g:11", at="city VL 41.5 45.0")
    south = place("Halm", "g:12", at="city VL 41.9 45.0")
    places = [north, middle, south, place("Halm")]
    key = place_keys(places[at] for at in order)
    assert [key(one) for one in places] == ["g:10", "g:11", "g:11", "halm"]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_chain_of_names_makes_no_one_place_of_two_that_are_apart(order: tuple[int, ...]) -> None:
    # One record has two names, and its namesakes under either are far from each other.
    places = [
        place("Halm", "g:13", at="city VL 41.0 45.0"),
        place("Halm", "g:14", at="city VL 41.5 45.0"),
        place("Halmstead", "g:14", at="city VL 41.5 45.0"),
        place("Halmstead", "g:15", at="city VL 42.1 45.0"),
    ]
    key = place_keys(places[at] for at in order)
    assert [key(one) for one in places] == ["g:13", "g:13", "g:13", "g:15"]


def test_the_same_places_have_one_key_and_others_have_others() -> None:
    unresolved = place("brenna")
    key = place_keys([BRENNA, BRENNOV, FAR, unresolved, place("Lind")])
    assert key(BRENNA) == key(BRENNOV) == key(unresolved) == key(place("Brennov"))
    assert len({key(BRENNA), key(FAR), key(place("Lind"))}) == 3


def test_a_town_and_its_own_district_have_one_key() -> None:
    key = place_keys([BRENNA, DISTRICT])
    assert key(BRENNA) == key(DISTRICT) == key(place("Brenna"))


def test_a_name_of_two_far_places_has_neither_of_their_keys() -> None:
    key = place_keys([BRENNA, NAMESAKE, place("Brenna")])
    assert len({key(BRENNA), key(NAMESAKE), key(place("Brenna"))}) == 3


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("the number of wounded in his own wards was 58", "ward of Thul"),
        ("58 people lie wounded in our two wards", "ward of Thul"),
        ("63 were wounded on its own soil", "soil of Thul"),
        ("she had already treated nine people", "treat by Thul"),
        ("they were treated in the hospital, nine in all", "hospital"),
        ("the clinic has received 63 wounded", "clinic"),
        ("63 wounded were brought to the hospital of Brenna", "hospital"),
        ("63 people were wounded in Brenna", ""),
        ("shells hit the hospital and wounded 63 people", ""),
        ("they fired on its army", ""),
        ("", ""),
    ],
)
def test_whose_ward_is_counted_is_a_narrower_place(words: str, where: str) -> None:
    assert narrowed(words, "Thul") == where
