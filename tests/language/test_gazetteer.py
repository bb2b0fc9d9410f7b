"""The gazetteer: names find their records, whatever their spelling."""

import pytest

from sayso.language.gazetteer import gazetteer, key_of


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("São Paulo", "Sao Paulo"),
        ("Nagorno-Karabakh", "nagorno karabakh"),
        ("Sana'a", "Sana\u2019a"),
        ("U.S.", "U S"),
    ],
)
def test_spellings_of_one_name_share_a_key(left: str, right: str) -> None:
    assert key_of(left) == key_of(right)


def test_a_country_is_found_by_its_names_and_by_its_people() -> None:
    formal, people = gazetteer().find(["Republic of Armenia", "Armenian"])
    assert formal[0].id == people[0].id
    assert (formal[0].use, people[0].use) == ("other", "demonym")


def test_records_come_with_the_most_populous_first() -> None:
    (found,) = gazetteer().find(["Lagos"])
    assert found[0].countries == ("NG",)
    assert [one.population for one in found] == sorted((one.population for one in found), reverse=True)


def test_a_name_that_is_no_place_has_no_record() -> None:
    assert gazetteer().find(["Veskaria", ""]) == [(), ()]
    assert gazetteer().find([]) == []


def test_coordinates_stand_on_the_globe() -> None:
    columns = gazetteer().columns
    assert abs(columns["latitude"]).max() <= 90
    assert abs(columns["longitude"]).max() <= 180
