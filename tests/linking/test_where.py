"""Places are one by their record or their name, and two only where both records say so."""

import pytest

from sayso.core.records import Place, PlaceCandidate
from sayso.core.spans import Span
from sayso.linking.where import names_of_place, narrowed, one_place


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
    assert one_place(left, right)
    assert one_place(right, left)
    assert not set(names_of_place(left)).isdisjoint(names_of_place(right))


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
    assert not one_place(left, right)
    assert not one_place(right, left)


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
