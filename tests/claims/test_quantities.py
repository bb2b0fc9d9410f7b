"""What befell how many of whom, and which figures are parts of which."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.claims.parts import parts_beyond
from sayso.claims.quantities import quantities_in
from sayso.core.records import Quantity
from sayso.flow.pipeline import extract
from sayso.language.segments import Segments

PIECES = [
    "12", "At least 40", "two of the", "five", "dozens of", "people", "children", "houses", "soldiers",
    "were",
    "killed", "wounded", "not", "no", "lost", "destroyed", "including", "of whom", "among them", "Of the",
    ",",
    ".", "and", "aged 9", "the toll rose to", "between 3 and 7", "half of", "found alive", "is false", "not",
    "denied that", "up from", "a figure it later withdrew", "revised to", "the others", "\n\n",
]  # fmt: skip


def figures(text: str) -> list[Quantity]:
    return list(quantities_in(Segments(text), ()))


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(one.span.of(text), one.outcome, one.population) for one in figures(text)]


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("The raid killed 14 civilians and wounded 31 others.", ["killed", "wounded"]),
        ("Two drones killed three shepherds.", [None, "killed"]),
        ("Two drones destroyed a bridge.", [None]),
        ("Four children reported missing were found alive.", [None]),
        ("Reports of 50 dead were wrong: nine people died.", ["killed", "killed"]),
        ("He said 23 servicemen died, not 40.", ["killed", "killed"]),
        ("Twelve people were killed, survivors said.", ["killed"]),
        ("They charged 14 officers over the deaths of 33 inmates.", [None, "killed"]),
        ("They held eleven people, three of whom were released.", ["detained", "released"]),
        ("The army took 57 troops captive.", ["captured"]),
        ("Up to 200 fighters laid down their arms and surrendered.", [None]),
        ("The garrison surrendered 12 villages.", [None]),
        ("The toll rose from 12 to 19.", ["killed", "killed"]),
        ("Of the dead, 31 were civilians and 12 were guards.", ["killed", "killed"]),
        ("Fewer than 200 inhabitants remain; the others fled.", [None]),
        ("11 soldiers in the north and 8 in the south were killed.", ["killed", "killed"]),
        ("The raid saved 34 lives.", ["rescued"]),
        ("They lost 40 men and five tanks.", ["killed", "destroyed"]),
        ("Forty families lost everything.", [None]),
        ("Seventeen officers and three guards were hurt.", ["wounded", "wounded"]),
        ("At least 40 civilians were killed or wounded.", ["casualties"]),
        ("They were killed in two separate attacks.", [None]),
        ("The number of missing has fallen to nine.", ["missing"]),
        ("Of those detained, 14 are minors.", ["detained"]),
        ("More than 70 houses were destroyed and a further 120 damaged.", ["destroyed", "damaged"]),
    ],
)
def test_an_outcome_belongs_to_the_figure_it_befell(text: str, outcomes: list[str | None]) -> None:
    assert [one.outcome for one in figures(text)] == outcomes


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Two to three dozen people died.", 24, 36),
        ("Four to five hundred fled.", 400, 500),
        ("About 5-6,000 people fled.", 5000, 6000),
        ("Between two and three hundred homes burned.", 200, 300),
        ("Anything from 5 to 6,000 people may come.", 5, 6000),
        ("Twenty to three hundred people died.", 20, 300),
    ],
)
def test_both_ends_of_a_range_share_what_counts_them(text: str, low: int, high: int) -> None:
    assert [(one.low, one.high) for one in figures(text)] == [(low, high)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The bridge cost £3.2m.", 3_200_000, "pound"),
        ("Some 1.5m doses arrived.", 1_500_000, "doses"),
        ("Some 2m displaced people returned.", 2_000_000, "person"),
        ("They dug 3m deep.", 3, "m"),
        ("A 3.5m wall fell.", 3.5, "m"),
        ("The guns stood within 20m of the gate.", 20, "m"),
    ],
)
def test_a_small_m_is_a_million_where_money_or_people_are_counted(text: str, value: float, unit: str) -> None:
    assert [(one.best, one.unit) for one in figures(text)] == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("94 civilians died, among them 13 children and 26 women.", [None, 0, 0]),
        ("Two of the five medics injured later died.", [1, None]),
        ("Of the 140 prisoners exchanged, 38 were wounded and 5 were women.", [None, 0, 0]),
        ("Twelve soldiers, three officers among them, were taken prisoner.", [None, 0]),
        ("Ten people were wounded, two fatally.", [None, 0]),
        ("12 people and 3 children died.", [None, None]),
    ],
)
def test_a_part_points_at_its_whole(text: str, parts: list[int | None]) -> None:
    found = figures(text)
    assert [one.part_of for one in found] == [None if part is None else found[part].span for part in parts]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("The ministry reported 25 dead, a figure it later withdrew.", ["retracted"]),
        ("He said 40 people were killed, but later retracted the claim.", ["retracted"]),
        ("Reports of 50 dead were wrong.", ["denied"]),
        ("The claim that 200 people were massacred is false.", ["denied"]),
        ("Six villagers believed dead had been found alive.", ["retracted"]),
        ("The toll was revised down to 12 from 19.", ["held", "retracted"]),
        ("The toll was revised from 19 to 12.", ["retracted", "held"]),
        ("The number of injured rose to 138, up from 90.", ["held", "retracted"]),
        ("He said 23 servicemen died, not 40.", ["held", "denied"]),
        ("He said 23 servicemen died, not 40 as initially reported.", ["held", "retracted"]),
        ("It could not confirm that 30 people were killed.", ["denied"]),
        (
            "It denied that 30 soldiers and 2 officers died, saying two were hurt.",
            ["denied", "denied", "held"],
        ),
        # The deniers' own words stand in their own claim; these are still held by those who said them.
        ("The opposition says 64 prisoners were executed, a figure the government denies.", ["held"]),
        ("It did not deny that 30 people were killed.", ["held"]),
        ("Initial reports spoke of 25 dead.", ["held"]),
        ("Some 30 troops were withdrawn on Monday.", ["held"]),
    ],
)
def test_a_figure_that_is_denied_or_taken_back_says_so(text: str, stated: list[str]) -> None:
    assert [one.stated for one in figures(text)] == stated


def test_the_part_of_a_whole_may_fare_otherwise() -> None:
    part, whole = figures("Two of the five medics injured in the strike later died.")
    assert (part.outcome, part.population, whole.outcome) == ("killed", "medic", "wounded")


@pytest.mark.parametrize(
    "text",
    [
        "At most 12 people, including 30 children, died.",
        "Twelve people, among them 7 women and 9 children, died.",
    ],
)
def test_parts_beyond_their_whole_are_a_problem(text: str) -> None:
    (problem,) = extract(text).problems
    assert problem.code == "part-exceeds-whole"


@pytest.mark.parametrize(
    "text",
    [
        "Twenty people, including 15 civilians and 8 children, died.",  # children are civilians too
        "More than 12 people, including 30 children, died.",
        "Dozens of people, including 30 children, died.",
    ],
)
def test_parts_that_may_fit_are_no_problem(text: str) -> None:
    assert list(parts_beyond(figures(text))) == []


def test_a_fraction_of_something_is_the_per_cent_it_is() -> None:
    (share,) = figures("Two thirds of the land is mined.")
    assert share.kind == "percent"
    assert share.best == pytest.approx(66.6666666667)


def test_half_of_nothing_named_is_no_figure() -> None:
    assert figures("They scored in the second half.") == []


def test_whom_a_figure_counts_stands_behind_it_in_many_ways() -> None:
    text = "Of 9 dead, 5 were women. We lost 4 of our soldiers. Six aid workers left. 3 civilian cars sank."
    assert [population for _, _, population in told(text)] == [
        None,
        "woman",
        "soldier",
        "aid worker",
        "vehicle",
    ]


def test_exchanging_two_names_exchanges_the_figures() -> None:
    text = "Veskaria killed 12 Keldovia soldiers and Keldovia lost 5 tanks in Veskaria."
    swapped = text.replace("Veskaria", "#").replace("Keldovia", "Veskaria").replace("#", "Keldovia")
    assert [(one.best, one.outcome) for one in figures(text)] == [
        (one.best, one.outcome) for one in figures(swapped)
    ]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)))
def test_every_figure_lies_in_the_text_and_every_whole_is_a_figure(text: str) -> None:
    found = figures(text)
    spans = {one.span for one in found}
    assert all(one.span.end <= len(text) for one in found)
    assert all(one.part_of is None or one.part_of in spans for one in found)
    assert all(one.part_of != one.span for one in found)
    assert [one.span.start for one in found] == sorted(one.span.start for one in found)


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("Twelve people fleeing the village were killed.", ["killed"]),
        (
            "Their losses amounted to 30 men killed and wounded, six tanks and two howitzers.",
            ["casualties", "destroyed", "destroyed"],
        ),
        ("They put the number of missing at 90, but others say it exceeds 300.", ["missing", "missing"]),
        ("The mission counted 96 casualties: 31 killed and 65 injured.", ["casualties", "killed", "wounded"]),
        ("A court sentenced eight officers to death.", [None]),
        ("Clinics treated 90 patients, 12 of whom died.", [None, "killed"]),
        ("Two guards were among the seven people killed.", ["killed", "killed"]),
        ("The two countries exchanged lists.", [None]),
        ("It put civilian deaths at 73, lower than the 120 claimed by the rebels.", ["killed", "killed"]),
        ("Crews pulled two survivors and seven bodies from the ruins.", ["rescued", "killed"]),
    ],
)  # fmt: skip
def test_what_befell_them_is_told_as_wires_and_ministries_write_it(
    text: str, outcomes: list[str | None]
) -> None:
    assert [one.outcome for one in figures(text)] == outcomes


def test_listed_parts_come_to_their_whole() -> None:
    whole, *parts = figures("The mission counted 96 casualties: 31 killed and 65 injured.")
    assert [part.part_of for part in parts] == [whole.span, whole.span]
    apart = figures("The mission counted 96 casualties: 31 killed and 20 injured.")
    assert all(one.part_of is None for one in apart)


def test_counts_of_two_times_both_stand() -> None:
    one, other = figures("It counted 240 newly displaced families, up from 100 in February.")
    assert (one.population, one.outcome, one.stated) == ("family", "displaced", "held")
    assert (other.best, other.outcome, other.stated) == (100, "displaced", "held")


def test_handed_over_bounds_nothing() -> None:
    assert [one.bound for one in figures("The army handed over 29 prisoners.")] == ["exact"]


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("The blasts killed four, in Sotto seven and in the capital at least 20.", ["killed"] * 3),
        ("The army put its own dead at nine.", ["killed"]),
        ("The number of displaced was revised from 1.2 million to 1.4 million.", ["displaced"] * 2),
        ("It put the number of damaged homes at 20 and that of razed ones at 3.", ["damaged", "destroyed"]),
        ("The raid cost them 90 dead, 200 wounded and 12 tanks.", ["killed", "wounded", "destroyed"]),
        ("The militia let 12 captives go.", ["released"]),
        ("Divers found the last four miners dead.", ["killed"]),
        ("Neither the 14 civilians wounded nor the two who died were near.", ["wounded", "killed"]),
        ("Two attackers blew themselves up and one was taken alive.", ["killed", "captured"]),
        ("There were 14 executions.", ["killed"]),
        ("They lost their roofs and 90 people had to be evacuated.", ["displaced"]),
        ("Doctors saved only two of the six children hurt by the mine.", ["rescued", "wounded"]),
        ("Rebels put the dead at 40; the army spoke of 12.", ["killed", "killed"]),
        ("She was killed with four colleagues.", ["killed"]),
        ("Five hundred people had to leave their villages.", ["displaced"]),
        ("According to hospital records 20 guests left.", [None]),
        ("A court sentenced two of them to death.", [None]),
    ],
)  # fmt: skip
def test_an_outcome_is_told_by_families_of_words(text: str, outcomes: list[str | None]) -> None:
    assert [one.outcome for one in figures(text)] == outcomes


@pytest.mark.parametrize("text", ["A boy of nine left.", "Not one of them left.", "A mother of three left.",
                                  "It was three times as high."])  # fmt: skip
def test_what_counts_nobody_is_no_count(text: str) -> None:
    assert [one.kind for one in figures(text) if one.kind == "count"] == []


def test_a_bare_number_is_a_part_where_words_say_so() -> None:
    whole, part = figures("They jailed 53 reporters, of whom only 12 have stood trial.")
    assert (part.best, part.part_of, part.outcome) == (12, whole.span, "detained")
    whole, *parts = figures("They exchanged 43 captives: 25 from Varn and 18 from Tolmark.")
    assert [one.part_of for one in parts] == [whole.span, whole.span]


def test_passengers_of_a_bus_are_no_buses() -> None:
    assert [one.population for one in figures("They held 12 bus passengers and 3 lorry drivers.")] == [
        "passenger",
        "driver",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb killed two U.N. soldiers.", [("two U.N. soldiers", "killed", "soldier")]),
        ("They held 5 Varn-linked rebels.", [("5 Varn-linked rebels", "detained", "fighter")]),
        ("They buried two dead Varnian rebels.", [("two dead Varnian rebels", "killed", "fighter")]),
        ("A mine hurt two newly arrived medics.", [("two newly arrived medics", "wounded", "medic")]),
        ("They shot one other rebel.", [("one other rebel", "shot", "fighter")]),
        ("A blast killed one elderly woman.", [("one elderly woman", "killed", "woman")]),
        ("Three car bombs went off.", [("Three car bombs", None, None)]),
        ("They razed two fighting positions.", [("two fighting positions", "destroyed", "position")]),
        ("One political prisoner died.", [("One political prisoner", "killed", "prisoner")]),
    ],
)  # fmt: skip
def test_a_noun_phrase_goes_on_to_its_head(
    text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The 1968 massacre was recalled.",
        "Its 2016 arrest list was long.",
        "The First World War One killed many.",
        "She lives in Section 8.",
        "He was 101 and died in Varn.",
        "Ada Kern, 79, died on Monday.",
        "The four boys, aged between 16 and 20, left.",
        "The shooting began at 1800 UTC.",
        "He killed the number two leader.",
        "They found many fewer bodies than feared.",
    ],
)
def test_years_names_ages_and_times_of_day_count_nothing(text: str) -> None:
    of_people = [
        one.span.of(text) for one in figures(text) if one.kind == "count" and one.outcome is not None
    ]
    assert of_people in ([], ["many"])


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("The singer released several albums.", [None]),
        ("Gunmen kidnapped a Varn lawmaker, Ada Kern, and seven of her guards.", ["detained"]),
        ("The brother, Ben Kern, was killed on a farm near Varn, along with two clerks.", ["killed"]),
        ("They welcomed the release by Varn of 15 writers.", ["released"]),
        ("He was shot four times.", [None]),
        ("A country of 5 million people has been hit by floods.", [None]),
        ("They freed a ship with 22 sailors held by pirates.", ["detained"]),
        ("The virus claimed 600 lives, and 16,000 cases were counted.", ["killed", None]),
        ("The raids killed 1,200 Varnians and nearly 160 Tolmarkers.", ["killed", "killed"]),
        ("Seven rebels were killed in the clash, along with two guards.", ["killed", "killed"]),
        ("It razed six oil stills, three caches and two cranes.", ["destroyed"] * 3),
        ("Rebels fired shells to disperse 200 marchers, and dozens were hurt.", [None, "wounded"]),
        ("A raid killed himself, four guards and a clerk.", ["killed"]),
        ("They killed the leader of two gangs.", [None]),
        ("Nine hundred lives are at stake.", [None]),
        ("About 50 rebels have been killed 100 captured.", ["killed", "captured"]),
        ("The accord allows the return of 13,000 refugees.", [None]),
        ("A group asked them to release 12 writers who are in jail.", ["detained"]),
        ("None of the 32 freed on Monday had been tried.", ["released"]),
        ("A memorial to the 67 victims was opened.", ["killed"]),
        ("The arrest last week of 12 clerks was condemned.", ["detained"]),
        ("Those killed on the bridge include two nurses.", ["killed"]),
        ("The number of dead has passed 1,000.", ["killed"]),
        ("The freed men are part of a group of 35 prisoners.", [None]),
        ("It was the two missing pieces of the puzzle.", [None]),
        ("A strike hit the old mosque and damaged one of the oldest shrines.", ["damaged"]),
        ("A strike damaged the old mosque, one of the oldest shrines.", [None]),
        ("Many were killed or captured.", ["casualties"]),
        ("The toll of the Dead Sea was 78.", ["killed"]),
        ("The Dead Sea has 78 hotels.", [None]),
        ("A clerk of the Office of Missing Persons in the capital has opened 78 letters.", [None]),
    ],
)
def test_an_outcome_is_that_of_whom_it_befell(text: str, outcomes: list[str | None]) -> None:
    assert [one.outcome for one in figures(text)] == outcomes


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("The quake killed 400, with 154 in Varn.", 1, 0),
        ("A strike killed four people, a couple and their two sons.", 1, 0),
        ("Forty of 300 residents died.", 0, 1),
        ("One of the two wounded guards died.", 0, 1),
        ("The two were among 14 people arrested.", 0, 1),
        ("Twenty of those hurt are in hospital, seven in intensive care.", 1, 0),
    ],
)
def test_a_part_is_pointed_at_its_whole(text: str, part: int, whole: int) -> None:
    found = figures(text)
    assert found[part].part_of == found[whole].span


def test_those_whom_all_but_spares_are_a_part_that_nothing_befell() -> None:
    part, whole = figures("Rescuers saved all but three of the 25 sailors.")
    assert (part.outcome, part.part_of, whole.outcome) == (None, whole.span, "rescued")


def test_a_figure_that_is_cut_to_another_is_retracted() -> None:
    former, newer = figures("Officials said 40 people were missing, then cut the number to 28.")
    assert (former.stated, newer.stated, newer.outcome) == ("retracted", "held", "missing")


def test_an_age_is_a_part_of_nobody() -> None:
    two, age, three = figures("A blast hurt two clerks, including a 13-year-old boy and three guards.")
    assert (age.kind, age.part_of, three.part_of) == ("age", None, two.span)


def test_a_verb_of_its_own_ends_the_parts() -> None:
    killed, injured = figures("The blaze killed three, including a child, and injured 16.")
    assert (killed.outcome, injured.outcome, injured.part_of) == ("killed", "wounded", None)


def test_several_to_a_number_is_a_range() -> None:
    assert [(one.low, one.best, one.high) for one in figures("It destroyed several to 25 houses.")] == [
        (2, None, 25)
    ]


def test_another_verb_opens_no_part() -> None:
    seized, three, guards = figures(
        "Gunmen seized nine drivers, three of them Varnian, and killed the two guards."
    )
    assert (three.part_of, guards.part_of, guards.outcome) == (seized.span, None, "killed")


def test_what_befell_a_part_apart_did_not_befall_the_whole() -> None:
    whole, part = figures("The virus infected 120 people and killed 62 of them.")
    assert (whole.outcome, part.outcome, part.part_of) == (None, "killed", whole.span)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("The death toll has passed 1,000.", "more_than"),
        ("The assembly passed 12 laws.", "exact"),
        ("There was no word about three reporters.", "exact"),
        ("He voiced concern over two brothers.", "exact"),
        ("The row over two islands goes on.", "exact"),
        ("They asked about 12 men.", "exact"),
        ("It held about three reporters.", "about"),
    ],
)
def test_a_word_bounds_only_what_it_measures(text: str, bound: str) -> None:
    assert [one.bound for one in figures(text)] == [bound]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("40 people were crushed by debt.", None),
        ("12 men were crushed by the defeat.", None),
        ("12 men were crushed under the burden of a loan on their cars.", None),
        ("12 men were crushed by house prices.", None),
        ("12 people were crushed by a wall.", "killed"),
        ("Nine miners were crushed under the weight of the fallen roof.", "killed"),
        ("12 people were crushed beneath a bus.", "killed"),
        ("12 fans were crushed to death.", "killed"),
    ],
)
def test_only_what_is_heavy_crushes_to_death(text: str, outcome: str | None) -> None:
    assert [one.outcome for one in figures(text)] == [outcome]


@pytest.mark.parametrize(
    ("text", "outcome", "population"),
    [
        ("Three police teams were killed.", "killed", "police"),
        ("Two political groups' members were killed.", "killed", "person"),
        ("A bomb wounded three police patrols.", "wounded", "police"),
        ("Two rebel factions in Varn fled.", "displaced", "fighter"),
        ("12 soldiers' families were evacuated.", "displaced", "family"),
        ("Two police teams arrested suspects.", None, None),
        ("Three student unions said the dead were theirs.", None, None),
        ("Two student groups won awards.", None, None),
        ("The choir released two children's albums.", None, None),
    ],
)
def test_what_befalls_a_band_befalls_the_people_of_it(
    text: str, outcome: str | None, population: str | None
) -> None:
    assert [(one.outcome, one.population) for one in figures(text)] == [(outcome, population)]
