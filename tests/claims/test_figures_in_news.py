"""Ways in which news words what befell whom, each with look-alikes that tell something else."""

import pytest

from sayso.claims.quantities import quantities_in
from sayso.claims.times import times_in
from sayso.core.records import Quantity, Time
from sayso.language.segments import Segments


def counts(text: str) -> list[Quantity]:
    taken = [one.span for one in times_in(text, None) if isinstance(one, Time) and one.kind != "duration"]
    return [one for one in quantities_in(Segments(text), sorted(taken)) if one.kind in {"count", "percent"}]


def fates(text: str) -> list[str | None]:
    return [one.outcome for one in counts(text)]


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("Twelve people in three villages were killed.", ["killed", None]),
        ("Forty suspects in 12 countries were arrested.", ["detained", None]),
        ("At least 12 miners from two pits aboard three buses died.", [None, None, None]),
        ("Two officers in three cars fled.", ["displaced", None]),
        ("Forty people, a third of them women, were killed.", ["killed", None]),
        ("Forty people, half of whom later died, were hurt.", [None, None]),
        ("Soldiers in two villages killed 40 men.", [None, "killed"]),
        ("Forty men in three villages killed a guard.", [None, None]),
        ("Twelve people were killed in two raids.", ["killed", None]),
    ],
)
def test_where_the_counted_are_parts_no_figure_from_its_verb(text: str, outcomes: list[str | None]) -> None:
    assert fates(text) == outcomes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A bomb killed 12 Monday evening.", "12"),
        ("The toll rose to around 170,000 Monday.", "around 170,000"),
        ("Two car bombings Thursday hurt nobody.", "Two car bombings"),
        ("Two Sunday rallies were held.", "Two Sunday rallies"),
        ("On Friday, 12 were killed.", "12"),
        ("On Friday 12 were killed.", "12"),
    ],
)
def test_a_weekday_is_no_part_of_what_is_counted(text: str, words: str) -> None:
    assert [one.span.of(text) for one in counts(text)] == [words]


@pytest.mark.parametrize("text", ["It is held on Monday 21 in Varn.", "On Friday 12 was quiet."])
def test_a_weekday_with_its_day_of_the_month_counts_nothing(text: str) -> None:
    assert counts(text) == []


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("Twelve people died on Monday, four on Tuesday and six on Wednesday.", ["killed"] * 3),
        ("On Monday 12 people were killed and 7 the day before.", ["killed", "killed"]),
        ("Nine people died of thirst and another 12 because of the cold.", ["killed", "killed"]),
        ("Nine people were killed by bombs and 12 by gunfire.", ["killed", "killed"]),
        ("Nine people were killed and 12 by the road cheered.", ["killed"]),
        ("There were 21 injured people in Varn, 36 in North Sotto and seven in Halm.", ["wounded"] * 3),
        ("Nine people were killed, including four in Varn and five in Halm.", ["killed"] * 3),
        (
            "Nine people were killed, including four in Varn, and five were hurt.",
            ["killed", "killed", "wounded"],
        ),
        ("The fever killed 70 people in Sotto since 2003, and at least two people in Varn.", ["killed"] * 2),
        ("Ninety guards were hurt, as were seventeen from the army.", ["wounded", "wounded"]),
        ("Forty men met 200 officers and 12 were arrested.", [None, None, "detained"]),
        ("A boat with 40 people aboard sank, and 12 drowned.", [None, "killed"]),
        ("11 soldiers in the north, and 8 in the south were killed.", ["killed", "killed"]),
    ],
)
def test_what_is_left_out_is_that_of_the_figure_before(text: str, outcomes: list[str | None]) -> None:
    assert fates(text) == outcomes


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("He urged the police to arrest and hand over the two fugitives.", "supposed"),
        ("They asked the army to release 12 women.", "supposed"),
        ("The ship is due to arrive on Friday to evacuate 150 foreigners.", "supposed"),
        ("All 21 camps are to be evacuated.", "supposed"),
        ("They tried to kill two ministers.", "supposed"),
        ("They failed to free 12 prisoners.", "supposed"),
        ("They threatened to behead two hostages.", "supposed"),
        ("The toll could reach 400.", "supposed"),
        ("They fear that the toll will exceed 400.", "supposed"),
        ("They asked the army to release 12 women who are in jail.", "held"),
        ("They managed to free 12 prisoners.", "held"),
        ("The police who tried to stop the march shot 12 people.", "held"),
        ("As they tried to take cover 12 men were hit.", "held"),
        ("He asked how soldiers came to kill 12 men.", "held"),
        ("The toll, which could rise, now stands at 40.", "held"),
        ("The number of dead may be up to 40.", "held"),
    ],
)
def test_what_is_asked_tried_or_expected_has_not_happened(text: str, stated: str) -> None:
    assert [one.stated for one in counts(text)] == [stated]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("More bodies brought the death toll up to 94.", "exact"),
        ("The toll has gone up to 94.", "exact"),
        ("They pushed the number of arrests in the north up to 94.", "exact"),
        ("The storm brought up to 94 people to safety.", "at_most"),
        ("The number of dead may be up to 94.", "at_most"),
        ("They brought help for up to 94 people.", "at_most"),
    ],
)
def test_up_to_is_no_bound_where_a_toll_is_brought_up(text: str, bound: str) -> None:
    assert [one.bound for one in counts(text)] == [bound]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The army lost 12 of its own.", [("killed", "person")]),
        ("The army lost 12 of its own tanks.", [("destroyed", "tank")]),
        ("The army killed two of its own soldiers.", [("killed", "soldier")]),
        ("He kept 12 of his own for the show.", []),
        ("They killed hundreds of the other side's troops.", [("killed", "soldier")]),
        ("The deaths bring to at least 10 the number of Ordanian troops killed.", [("killed", "soldier")]),
        ("Forty Ordanian and Belvarian soldiers were killed.", [("killed", "soldier")]),
        ("Six army and police officers were killed.", [("killed", "police")]),
        ("Twelve men and women were killed.", [("killed", "man")]),
        ("Forty police and soldiers were killed.", [("killed", "police")]),
        ("The raid killed one man and wounded soldiers.", [("killed", "man")]),
        ("To date, 53 fever related deaths were recorded.", [("killed", None)]),
        ("Two sisters related stories.", [(None, "person")]),
        ("The crew of four and two passengers died.", [("killed", "person"), ("killed", "passenger")]),
    ],
)
def test_who_is_counted_is_read_through_what_stands_between(
    text: str, found: list[tuple[str | None, str | None]]
) -> None:
    assert [(one.outcome, one.population) for one in counts(text)] == found


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("Their alliance won 91 seats, its rival captured 89.", [None]),
        ("The rebels killed 91 soldiers and captured 89.", ["killed", "captured"]),
        ("She suffered two deep wounds.", [None]),
        ("Twelve suffered wounds.", ["wounded"]),
        ("Twelve with burns were flown out.", ["wounded"]),
        ("Forty prisoners fled the jail.", [None]),
        ("Forty refugees fled the camp.", ["displaced"]),
        ("Seventy prisoners fleeing the jail were killed.", ["killed"]),
        ("There were four deaths per 100,000 people.", [None, None]),
        ("There were four deaths per raid.", ["killed"]),
        ("Contact with 12 people on board was lost.", [None]),
        ("He saw the twelve with the dead jackal.", []),
        ("The 12 missing men were found alive.", [None]),
        ("The 12 missing men were found dead.", ["killed"]),
        ("Twelve missing men's families met.", [None]),
        ("Twelve displaced families met.", ["displaced"]),
        ("Of the 200 missing, 40 have been found alive and 12 dead.", ["missing", None, "killed"]),
        ("They released version 8 and 9.", []),
        ("They released 8 and 9 more fled.", ["released", "displaced"]),
        ("In 1992 soldiers killed 40 villagers.", ["killed"]),
        ("In 2003 hundreds of thousands fled.", ["displaced"]),
    ],
)
def test_what_sounds_like_a_loss_of_people_may_be_none(text: str, outcomes: list[str | None]) -> None:
    assert fates(text) == outcomes


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers fought with {} 12 times.",
        "They freed prisoners of {} 12.",
        "They arrested fighters of {} 12 days later.",
        "The army lost to {} 12 men.",
    ],
)
def test_how_a_name_is_written_does_not_decide_whether_a_number_behind_it_is_a_figure(text: str) -> None:
    plain, *others = (
        [(one.best, one.unit, one.outcome, one.population) for one in quantities_in(Segments(told), ())]
        for told in map(text.format, ("Orvale", "McLand", "AlQasr", "DeVarn", "OrvaleOS", "VPF"))
    )
    assert [best for best, *_ in plain] == [12]
    assert others == [plain] * 5


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("Forty of the 300 residents perished.", ["killed", None]),
        ("Eight of the 30 wounded died.", ["killed", "wounded"]),
        ("Two of the five medics were killed.", ["killed", None]),
        ("Half the 400 homes were damaged.", ["damaged", None]),
        ("The two officers among the 15 men detained in Halm spoke.", ["detained", "detained"]),
        ("They released eight soldiers and 16 workers they had held hostage.", ["released", "released"]),
        ("They killed eight soldiers and 16 workers were wounded.", ["killed", "wounded"]),
        ("They found eight bodies and 16 people who had been wounded.", ["killed", "wounded"]),
        ("The army lost 12 tanks and 40 men.", ["destroyed", "killed"]),
        ("They killed 40 soldiers, but the army said it lost only four.", ["killed", "killed"]),
        ("The team scored 40 goals and lost only four.", [None]),
    ],
)
def test_each_of_two_figures_has_a_fate_of_its_own(text: str, outcomes: list[str | None]) -> None:
    assert fates(text) == outcomes


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The toll rose by 12 to 40.", [40]),
        ("The toll has reached 400.", [400]),
        ("Sotto added 7,000 victims to its tally.", [7000]),
        ("They put the death toll in the hundreds.", [None]),
        ("Those killed in the attack include two Ordanians.", [2]),
        ("The toll will rise from the 15 confirmed so far.", [15]),
    ],
)
def test_a_toll_counts_the_dead(text: str, values: list[int | None]) -> None:
    assert [(one.best, one.outcome) for one in counts(text)] == [(value, "killed") for value in values]


@pytest.mark.parametrize(
    "text",
    [
        "Sotto added 7,000 cases to its tally.",
        "The toll in the 12 villages is unknown.",
        "Those killed in the attack include two tanks.",
        "The number of troops has reached 400.",
    ],
)
def test_what_stands_near_a_toll_need_not_be_dead(text: str) -> None:
    assert fates(text) == [None]


def test_two_ages_behind_a_noun_count_nobody() -> None:
    assert fates("Two soldiers, 19 and 20, were killed.") == ["killed"]
    assert fates("Soldiers aged 19 and 20 were killed.") == []
    assert fates("In all villages, 19 people and 20 guards were killed.") == ["killed", "killed"]


def test_everybody_aboard_is_killed_with_the_craft() -> None:
    assert fates("A plane with 12 people on board crashed, killing all of them.") == ["killed"]
    assert fates("A plane with 12 people on board crashed, killing a guard.") == [None]
    assert fates("A plane carrying 12 people crashed into a shop, killing all customers.") == [None]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Not one of the 14 hostages was killed.", False),
        ("Not a single one of the 14 hostages was killed.", False),
        ("As many as one of the 14 hostages was killed.", True),
        ("All 14 hostages were killed.", True),
    ],
)
def test_not_one_of_them_is_none(text: str, killed: bool) -> None:  # noqa: FBT001 - a row's outcome
    quantities = quantities_in(Segments(text), ())
    assert any(one.outcome == "killed" and one.stated == "held" for one in quantities) == killed


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("The camp holds 12,000 refugees.", [None]),
        ("Two camps along the border now hold 40,000 people.", [None, None]),
        ("He visited a camp that holds 300 people.", [None]),
        ("The prison camp holds 300 refugees.", ["detained"]),
        ("He visited a detention camp that holds 300 people.", ["detained"]),
        ("The army holds 40 refugees.", ["detained"]),
        ("Gunmen in the camp held 12 officials.", ["detained"]),
        ("Gunmen from the camps are holding 12 officials.", ["detained"]),
        ("Rebels who seized the school held 12 people.", ["detained"]),
        ("The school held 12 children hostage.", ["captured"]),
    ],
)
def test_whom_a_shelter_holds_nobody_detains(text: str, outcomes: list[str | None]) -> None:
    assert fates(text) == outcomes


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("Three out of four people have fled.", [("percent", 75)]),
        ("Three out of four houses were destroyed.", [("percent", 75)]),
        ("One in four houses is empty.", [("percent", 25)]),
        ("One in five children is hungry.", [("percent", 20)]),
        ("Soldiers wounded one in two raids.", [("count", 1), ("count", 2)]),
        ("Three out of the four hostages were freed.", [("count", 3), ("count", 4)]),
        ("Half of the match was played.", [("percent", 50)]),
        ("They led at half time.", []),
    ],
)
def test_so_many_out_of_so_many_is_a_share_unless_they_are_counted(
    text: str, shares: list[tuple[str, int]]
) -> None:
    assert [(one.kind, one.best) for one in counts(text)] == shares


def test_so_many_out_of_the_others_are_a_part_of_them() -> None:
    freed, hostages = counts("Three out of the four hostages were freed.")
    assert (freed.outcome, freed.part_of, freed.population) == ("released", hostages.span, "hostage")
    three, twelve = counts("Three miners out of 12 were freed.")
    assert (three.outcome, three.part_of, twelve.outcome) == ("released", twelve.span, None)
    three, twelve = counts("Three miners ran out of 12 houses.")
    assert (three.part_of, twelve.part_of) == (None, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Rockets killed people in two towns: in Brask, nine; in Holm, four.",
            [(2, None), (9, "killed"), (4, "killed")],
        ),
        (
            "People were hurt in three towns: nine in Brask, four in Holm and two in Tarn.",
            [(3, None), (9, "wounded"), (4, "wounded"), (2, "wounded")],
        ),
        ("In Brask, nine were hurt; in Holm, four.", [(9, "wounded"), (4, "wounded")]),
        ("In Brask, nine were hurt; in Holm, none; in Tarn, four.", [(9, "wounded"), (4, "wounded")]),
        ("In Brask, nine people were killed; in Holm, none.", [(9, "killed")]),
        ("The rules are simple: nine in Brask, four in Holm.", []),
        ("Nobody was killed in the towns: nine in Brask, four in Holm.", []),
        ("Nine houses burned in Brask; in Holm, four people died.", [(9, "destroyed"), (4, "killed")]),
    ],
)
def test_a_list_by_place_tells_what_its_clause_told(text: str, told: list[tuple[int, str | None]]) -> None:
    assert [(one.best, one.outcome) for one in counts(text)] == told


@pytest.mark.parametrize(
    ("places", "are_parts"),
    [("in Brask, nine; in Holm, four", True), ("in Brask, nine; in Holm, five", False)],
)
def test_places_are_parts_of_a_whole_that_they_come_to(places: str, are_parts: bool) -> None:  # noqa: FBT001 - a row's outcome
    whole, *others = counts(f"The strikes killed 13 people: {places}.")
    assert [one.part_of == whole.span for one in others] == [are_parts, are_parts]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Seven people died, two fewer than on Monday.", [7]),
        ("Seven people died, 12 more than on Monday.", [7]),
        ("Seven people died and more than 20 were hurt.", [7, 20]),
        ("The blast killed 12 less than a mile from the border.", [12]),
        ("A raid killed 12 more than a year ago.", [12]),
        ("The dead number 14, the injured 52.", [14, 52]),
        ("The missing now number 300.", [300]),
        ("House number 4 burned.", []),
        ("Forty people were killed and twice as many wounded.", [40]),
        ("A mother and her two daughters were killed.", [2]),
        ("None of the 60 was killed.", [60]),
    ],
)
def test_only_what_is_stated_is_counted(text: str, values: list[int]) -> None:
    assert [one.best for one in counts(text)] == values


def test_those_of_its_own_whom_an_army_lost_are_its_dead() -> None:
    assert fates("The army captured 30 rebels but lost 12 of its own.") == ["captured", "killed"]
    assert fates("The army lost 12 of its own tanks.") == ["destroyed"]
