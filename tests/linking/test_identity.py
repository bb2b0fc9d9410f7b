from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.core.records import Number, Quantity, Time
from sayso.core.spans import Span
from sayso.linking.dates import Days, days_of
from sayso.linking.identity import Face, face_of, names_in, root, same_day, words_of
from sayso.linking.lexicon import stem


def face(text: str, *, common: frozenset[str] = frozenset()) -> Face:
    return face_of(text, (Span(0, len(text)),), common=common)


@pytest.mark.parametrize(
    "forms",
    [
        ("shell", "shells", "shelled", "shelling"),
        ("use", "uses", "used", "using"),
        ("deny", "denies", "denied", "denying"),
        ("stop", "stopped", "stopping"),
        ("ministry", "ministries", "ministry's"),
        ("attack", "Attacks", "ATTACKED"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize("pair", [("market", "mark"), ("bed", "b"), ("sing", "s"), ("bus", "bu")])
def test_different_words_keep_different_stems(pair: tuple[str, str]) -> None:
    assert stem(pair[0]) != stem(pair[1])


def test_a_state_its_adjective_and_its_people_have_one_root() -> None:
    assert root("Veskaria") == root("Veskarian") == root("Veskarians") == root("Veskaria’s")
    assert root("Vesland") == root("Veslandi")
    assert root("Ostrany") == root("Ostran") == root("Ostrans")
    assert root("Ostria") != root("Ostralia")


def figure(low: Number | None, high: Number | None, best: Number | None = None) -> frozenset[str]:
    span = Span(0, 1)
    quantity = Quantity(span=span, kind="count", low=low, best=best, high=high, bound="exact")
    return face_of("9", (span,), quantities=(quantity,)).figures


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        (1_234_567, "1234567"),
        (1_234_568, "1234568"),
        (10**400, f"1{'0' * 400}"),
        (12.0, "12"),
        (1_234_567.5, "1234567.5"),
        (0.1, "0.1"),
    ],
)
def test_a_figure_keeps_all_its_digits(number: Number, digits: str) -> None:
    assert figure(number, number, number) == {digits}
    assert figure(number, None) == figure(None, number) == {digits}


def test_a_range_is_its_two_ends() -> None:
    assert figure(1_234_567, 1_234_568) == {"1234567-1234568"}


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The army did not shell the port", True),
        ("No unit stood near the port", True),
        ("The army didn’t shell the port", True),
        ("The army shelled not only the port but the town", False),
        ("They carried nothing but luggage", False),
        ("The army shelled the port", False),
    ],
)
def test_negation_is_seen_where_it_negates(text: str, *, negated: bool) -> None:
    assert face(text).negated is negated


def test_a_label_is_kept_apart_from_what_it_labels() -> None:
    labelled = face("The report that the port was shelled is fake")
    assert labelled.labelled
    assert stem("fake") not in labelled.stems


def test_figures_are_kept_apart_from_words() -> None:
    found = face("In Brenna 1,200 people and seventeen soldiers left 3.5 tons behind")
    assert found.figures == {"1200", "17", "3.5"}
    assert not found.figures & set(found.stems)


def test_the_words_of_a_date_are_its_value() -> None:
    text = "On 4 May 12 people left"
    dated = Time(span=Span(3, 8), value="2031-05-04", kind="date")
    found = face_of(text, (Span(0, len(text)),), times=(dated,))
    assert found.figures == {"12"}
    assert found.dates == set(days_of(dated))


def dated(*values: str) -> frozenset[Days]:
    return frozenset(
        days for value in values for days in days_of(Time(span=Span(0, 1), value=value, kind="date"))
    )


def test_days_agree_when_one_of_each_does_and_no_day_agrees_with_all() -> None:
    assert same_day(dated("2031-11-04", "XXXX-11-05"), dated("2031-11-05"))
    assert same_day(dated(), dated("2031-11-05"))
    assert same_day(dated("PAST_REF"), dated("2031-11-05"))
    assert not same_day(dated("2031-11-04"), dated("2031-11-05"))


def test_number_words_are_figures_and_one_is_a_pronoun() -> None:
    assert face("Seventeen men and forty women saw one of them").figures == {"17", "40"}


def test_no_month_is_a_name() -> None:
    months = "January February March April May June July August September October November December"
    assert face(f"They met in Brenna in {' and '.join(months.split())}").names == (root("Brenna"),)


def test_a_capital_at_the_start_of_a_sentence_makes_no_name() -> None:
    assert face("Shells hit Brenna", common=frozenset({stem("shells")})).names == (root("Brenna"),)


def test_a_compass_word_counts_as_a_name_in_any_case() -> None:
    assert root("north") in face("the north fired first").names


def test_a_weekday_is_no_name() -> None:
    assert face("They met on Saturday in Brenna").names == (root("Brenna"),)


def test_offices_that_also_stand_in_lower_case_name_nobody() -> None:
    assert names_in("the Veslandi Foreign Ministry", {stem("ministry"), stem("foreign")}) == {root("Vesland")}


def test_who_acts_is_read_from_the_order_and_from_the_passive() -> None:
    assert face("Vesland shelled Ostrany").agent == root("Vesland")
    assert face("Ostrany was shelled by Vesland").agent == root("Vesland")
    assert face("Vesland and Ostrany fired").agent is None


@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    words = list(words_of(text))
    assert all(0 <= w.start < w.end <= len(text) for w in words)
    assert all(a.end <= b.start for a, b in pairwise(words))


@given(st.text(max_size=40))
def test_stems_and_roots_never_fail_and_stay_folded(word: str) -> None:
    assert stem(stem(word)) is not None
    assert root(word) == root(word.upper()) or not word.isascii()


@pytest.mark.parametrize("noun", ["reports", "discoveries", "sightings", "news"])
def test_any_noun_in_marks_after_these_brands_what_it_tells(noun: str) -> None:
    told = face(f'One of these "{noun}" is that Vesland used smoke shells', common=frozenset({"one"}))
    assert told.labelled
    assert told.stems == face("Vesland used smoke shells").stems


def test_a_noun_in_marks_alone_brands_nothing() -> None:
    assert not face('These "volunteers" came on Monday').labelled
    assert not face('The bakers "united" at noon').labelled


def test_towns_lie_without_being_liars() -> None:
    assert not face("Brenna and Lind lie eleven kilometres apart").labelled
    assert face("The story of Brenna is a lie").labelled


def test_a_name_is_compared_by_its_root_and_a_state_form_is_none() -> None:
    state = face("The Republic of Vesland fired", common=frozenset({"fir"}))
    army = face("Veslandi Armed Forces fired", common=frozenset({"arm", "forc"}))
    assert state.names == army.names == ("vesland",)
    assert {"vesland", "fir"} <= set(state.stems) & set(army.stems)


def test_by_shelling_names_no_agent() -> None:
    assert face("Ostrany broke the truce by shelling Vesland").agent == root("Ostrany")
    assert face("Ostrany was hit by shells of Vesland").agent == root("Vesland")
