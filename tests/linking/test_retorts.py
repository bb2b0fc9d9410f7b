"""Denials of what other texts of one event tell, and the texts that are of one event."""

import pytest

from sayso.core.records import Link
from sayso.flow.contract import Memory
from sayso.flow.pipeline import extract
from sayso.linking.clash import Clashes

_ACCUSED = (
    "ORRIN — A bomb killed six people near the mill of Orrin on Monday. "
    "The interior ministry accused the Northern Column of carrying out the attack."
)


_ANSWERED = (
    "Six people died at the mill of Orrin. The Northern Column denied that it had carried out the attack "
    "in Orrin, of which the interior ministry accused it."
)


def _links(*texts: tuple[str, str | None, str]) -> set[tuple[str, str, str]]:
    case = Memory(extract(text, published=day, publisher=by) for by, day, text in texts)
    words: dict[str, str] = {c.id: case.text(c.id)[c.content[0].start :] for c in case.claims()}
    found = [link for link in case.link(Clashes()) if isinstance(link, Link)]
    return {(link.kind, words[link.left][:24], words[link.right][:24]) for link in found}


@pytest.mark.parametrize(
    "denial",
    [
        "The Northern Column denied that it had carried out the attack in Orrin.",
        '"Our fighters had nothing to do with the attack in Orrin," the Northern Column said.',
        "The Northern Column again rejected the accusation of the ministry as baseless.",
    ],
)
def test_a_denial_in_another_text_of_the_event_is_held_against_the_accusation(denial: str) -> None:
    found = _links(
        ("Lanmark Wire", "2041-02-03", _ACCUSED),
        ("Eastern Dispatch", "2041-02-04", f"Six people died in Orrin on Monday. {denial}"),
    )
    assert any(kind == "denies" and right.startswith("the Northern Column") for kind, _, right in found)


@pytest.mark.parametrize(
    ("day", "town"), [("2041-03-04", "Orrin"), ("2041-02-04", "Halm")], ids=["a month later", "another town"]
)
def test_a_denial_of_another_event_is_not(day: str, town: str) -> None:
    found = _links(
        ("Lanmark Wire", "2041-02-03", _ACCUSED),
        ("Eastern Dispatch", day, f"The Western League denied that it had carried out the attack in {town}."),
    )
    assert not found


def test_opposite_words_of_one_event_contradict_each_other_though_they_name_nobody() -> None:
    found = _links(
        ("Lanmark Wire", "2041-02-03", "The march in Orrin was not authorised, a spokesman for Orrin said."),
        ("Eastern Dispatch", "2041-02-04", "The march in Orrin had been authorised, the city council said."),
    )
    assert {kind for kind, _, _ in found} <= {"contradicts", "denies"}
    assert found


def test_a_body_that_is_called_otherwise_changes_its_own_figure() -> None:
    found = _links(
        ("Ministry of Health of Vesland", "2041-02-03", "The bomb killed 14 people in Orrin on Monday."),
        ("Dispatch", "2041-02-05", "Vesland's Health Ministry said the bomb had killed 19 people in Orrin."),
    )
    assert {kind for kind, _, _ in found} == {"updates"}


def test_what_corrects_a_figure_denies_nothing() -> None:
    found = _links(
        ("Lanmark Wire", "2041-02-03", "Four soldiers crossed the border near Orrin, the army of Halm said."),
        (
            "Eastern Dispatch",
            "2041-02-04",
            "Five soldiers, not four, crossed near Orrin, a guard said.",
        ),
    )
    assert not any(kind == "denies" for kind, _, _ in found)


def test_a_text_without_a_date_answers_where_it_shares_two_names_and_its_words() -> None:
    accused = ("Lanmark Wire", "2041-02-03", _ACCUSED)
    found = _links(accused, ("Eastern Dispatch", None, _ANSWERED))
    assert any(kind == "denies" and right.startswith("the Northern Column") for kind, _, right in found)
    others = [("Eastern Dispatch", None, f"{_ANSWERED} This is report {number}.") for number in range(30)]
    assert len(_links(accused, *others)) <= len(found)


def test_opposite_words_of_unknown_days_are_not_held_against_each_other() -> None:
    found = _links(
        ("Lanmark Wire", "2041-02-03", "The march in Orrin Vale was not authorised, Ada Berg of Orrin said."),
        ("Eastern Dispatch", None, "The march in Orrin Vale had been authorised, the city council said."),
    )
    assert not any(kind == "contradicts" for kind, _, _ in found)


def test_an_outlet_that_goes_on_reporting_updates_its_figure() -> None:
    found = _links(
        ("Lanmark Wire", "2041-02-03", "In Orrin 21 people were killed."),
        ("Lanmark Wire", "2041-02-04", "In Orrin 19 people were killed, Governor Halla Stroem said."),
    )
    assert {kind for kind, _, _ in found} == {"updates"}
