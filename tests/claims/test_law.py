"""Legal documents: resolutions by body, number and year, treaties and their articles, agreements, cases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.claims.law import law_in
from sayso.core.records import Law, Problem
from sayso.language.lexicon.statutes import statutes
from sayso.language.segments import segments_of


def references(text: str) -> list[Law]:
    return [one for one in law_in(segments_of(text)) if isinstance(one, Law)]


def problems(text: str) -> list[str]:
    return [one.code for one in law_in(segments_of(text)) if isinstance(one, Problem)]


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        ("Security Council cited resolution 822 in 2020.", ["S/RES/822 (1993)"]),
        ("It cites Security Council resolution 822 (1993).", ["S/RES/822 (1993)"]),
        ("Resolution 822, adopted by the Security Council in 1993, was cited.", ["S/RES/822 (1993)"]),
        ("Adopted in 1993, Security Council resolution 822 was cited.", ["S/RES/822 (1993)"]),
        ("It cites Security Council resolution 1973.", ["S/RES/1973 (2011)"]),
        ("It cites Security Council resolution 9999.", ["S/RES/9999"]),
        ("It cites UNSCR 1325.", ["S/RES/1325 (2000)"]),
        ("It cites S/RES/242 and A/RES/62/243.", ["S/RES/242 (1967)", "A/RES/62/243"]),
        ("It cites General Assembly resolution 62/243.", ["A/RES/62/243"]),
        ("It cites General Assembly resolution 3314 (XXIX).", ["A/RES/3314 (XXIX)"]),
        ("It cites resolution 62/243 of the UN General Assembly.", ["A/RES/62/243"]),
        ("It cites Human Rights Council resolution 45/1.", ["A/HRC/RES/45/1"]),
        (
            "Security Council resolution 822 and General Assembly resolution 62/243 were cited.",
            ["S/RES/822 (1993)", "A/RES/62/243"],
        ),
        (
            "Security Council resolutions 822 and 853 and resolution 874.",
            ["S/RES/822 (1993)", "S/RES/853 (1993)", "S/RES/874 (1993)"],
        ),
        ("Security Council resolution 822 and the parliament’s resolution 14.", ["S/RES/822 (1993)", "14"]),
        ("The resolution of Boris Kall (44) was read.", [None]),
        ("The Security Council adopted the resolution 5 days later.", [None]),
        ("It recalled resolutions 14 and 17 of the Assembly of the Straits.", ["14", "17"]),
        ("They cite Security Council resolution 242. Resolution 242 counts.", ["S/RES/242 (1967)"] * 2),
    ],
)
def test_a_resolution_has_its_own_body_and_year(text: str, identifiers: list[str | None]) -> None:
    assert [one.identifier for one in references(text)] == identifiers


def test_a_count_that_disagrees_with_its_list_is_a_problem() -> None:
    assert problems("The four UN Security Council resolutions (822, 853, 874) were ignored.") == [
        "count-disagrees"
    ]
    assert problems("The three UN Security Council resolutions (822, 853, 874) were ignored.") == []


def test_a_year_that_disagrees_with_the_number_is_a_problem_and_stays() -> None:
    text = "It cites Security Council resolution 822 (1994)."
    assert [one.identifier for one in references(text)] == ["S/RES/822 (1994)"]
    assert problems(text) == ["year-disagrees"]


def test_past_the_end_of_the_table_no_year_disagrees() -> None:
    text = "It cites Security Council resolution 2799 (2025)."
    assert [one.identifier for one in references(text)] == ["S/RES/2799 (2025)"]
    assert problems(text) == []


def test_the_years_of_the_security_council_follow_each_other() -> None:
    years = statutes()
    assert list(years.last_of_year) == list(range(1946, 2025))
    assert sorted(years.last_of_year.values()) == list(years.last_of_year.values())
    assert [years.year_of(number) for number in (1, 82, 83, 242, 2254, 2767, 2768, 0)] == [
        1946, 1950, 1950, 1967, 2015, 2024, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Fourth Geneva Convention binds both.", [("convention", "75 UNTS 287")]),
        ("The Geneva Conventions bind both.", [("convention", None)]),
        (
            "Article 2(4) of the UN Charter was cited.",
            [("article", "1 UNTS XVI, art. 2(4)"), ("treaty", "1 UNTS XVI")],
        ),
        ("Articles 3 and 4 of the code were cited.", [("article", None), ("article", None)]),
        ("The ceasefire agreement of 9 May 2030 holds.", [("agreement", None)]),
        ("The Halm Protocol of Friendship was read.", [("convention", None)]),
        ("The judges recalled Orell v. Brenn that day.", [("case", None)]),
        ("They lodged application no. 40167/06.", [("case", "40167/06")]),
        ("The judges of ICC-01/04-01/06 met.", [("case", "ICC-01/04-01/06")]),
        ("They met in the statement's shadow.", []),
        (
            "It cites Additional Protocol II to the Geneva Conventions.",
            [("convention", "1125 UNTS 609"), ("convention", None)],
        ),
        ("It cites Additional Protocol II of the Treaty of Halm.", [("convention", None)]),
        (
            "It cites Article 3 of Additional Protocol I to the Halm Convention.",
            [("article", None), ("convention", None), ("convention", None)],
        ),
        ("In Case No. 12 people testified.", []),
        ("In Case No. 19-1392 people testified.", []),
        ("Case No. 12 was heard.", [("case", "12")]),
    ],
)
def test_what_has_a_name_is_found_and_only_the_known_is_numbered(
    text: str, found: list[tuple[str, str | None]]
) -> None:
    assert [(one.kind, one.identifier) for one in references(text)] == found


WORDS = [
    "resolution", "resolutions", "Security", "Council", "General", "Assembly", "822", "(1993)",
    "62/243", ",", "and", "four", "The", "Geneva", "Convention", "Treaty", "of", "Halm", "Article",
    "51", "v.", "ICC-01/02", "no.", "S/RES/", "(", ")", "adopted", "in", "1993", "agreement",
    "ceasefire", "\u0665", "\n\n",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=50).map(" ".join))
def test_any_text_gives_references_in_order_apart_from_each_other(text: str) -> None:
    end = 0
    for one in references(text):
        assert end <= one.span.start < one.span.end <= len(text)
        end = one.span.end
