"""Small words inside names, whosever they are."""

import pytest

from sayso.claims.parties import find_names, group, party_named
from sayso.language.lexicon import names
from sayso.language.segments import segments_of

WHOLE = (
    "Mohammed bin Saeed",
    "Ana de la Cruz",
    "Jan van der Berg",
    "Omar al-Fadl",
    "Khaled Abu Rida",
    "Fatima bint Nasser",
    "Maria de los Reyes",
    "Seyed uz Zaman",
)


def _names(text: str) -> list[str]:
    return [name.text for name in find_names(segments_of(text))]


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("text", ["{} left the hall.", "Police met {} there.", "He and {} spoke."])
def test_a_name_is_whole_wherever_it_stands(name: str, text: str) -> None:
    assert _names(text.format(name)) == [name]


@pytest.mark.parametrize(
    "text", ["Police saw a van and Berg left it.", "The bin of Saeed was empty, he said."]
)
def test_a_small_word_outside_a_name_joins_none(text: str) -> None:
    assert all(" " not in name for name in _names(text))


@pytest.mark.parametrize(
    "text",
    [
        "Omar al-Fadl left. Omar Al-Fadl came back. Omar al Fadl left again.",
        "Jan van der Berg left. Van der Berg came back. The mayor, van der Berg, left again.",
        "Ana de la Cruz left. De la Cruz came back. Police saw Ms de la Cruz leave.",
        "Mohammed bin Saeed left. Bin Saeed came back, and Saeed left again.",
    ],
)
def test_one_person_is_one_party_in_every_spelling(text: str) -> None:
    assert len({party.id for party in group(find_names(segments_of(text)))}) == 1


def test_two_who_share_a_surname_with_small_words_stay_two() -> None:
    text = "Jan van der Berg met Wim van der Berg. Van der Berg left."
    assert len({party.id for party in group(find_names(segments_of(text)))}) == 3


@pytest.mark.parametrize(("one", "other"), [("Omar al-Fadl", "Omar Al Fadl"), ("Al-Orvan", "Al Orvan")])
def test_a_spelling_has_one_id_in_all_documents(one: str, other: str) -> None:
    assert party_named(one, None).id == party_named(other, None).id


def test_other_names_keep_apart() -> None:
    assert party_named("Ana de la Cruz", None).id != party_named("Ana Cruz", None).id
    assert party_named("Omar al-Fadl", None).id != party_named("Omar al-Fadil", None).id


def test_no_small_word_is_one_that_joins_two_names_in_prose() -> None:
    assert names().particles.isdisjoint(
        {"and", "to", "in", "of", "on", "at", "for", "the", "with", "or", "as"}
    )
