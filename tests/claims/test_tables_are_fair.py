"""The tables of words treat every creed, currency, group of people and state alike."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claims.identities import owner_key, state_of
from sayso.core.ids import PartyId
from sayso.core.reading import Reading
from sayso.core.records import Quantity
from sayso.core.settings import Extraction, Settings
from sayso.flow.pipeline import extract
from sayso.language.lexicon import acts, names, read_table, states
from sayso.language.lexicon.deeds import deeds
from sayso.language.lexicon.figures import outcome_words, unit_words

RULES = Settings(extraction=Extraction(finder="rules"))

HOUSES = {
    "church": "churches",
    "mosque": "mosques",
    "synagogue": "synagogues",
    "temple": "temples",
    "monastery": "monasteries",
    "shrine": "shrines",
    "cathedral": "cathedrals",
    "chapel": "chapels",
    "pagoda": "pagodas",
    "gurdwara": "gurdwaras",
    "mandir": "mandirs",
}
AT_A_HOUSE = [
    "The mayor said Ordania destroyed the {one}.",
    "The mayor said Ordania seized the {one} and left.",
    "Ordania shelled the {one}, the mayor said.",
    "The mayor said 40 people died in the {one}.",
    "The mayor said the district lost 4 {many}.",
    "The mayor said 4 {many} were damaged.",
    "The mayor said 4 {many} burned.",
]
CLERGY = [
    "imams", "rabbis", "priests", "monks", "clerics", "ayatollahs", "patriarchs", "muftis", "pastors",
    "bishops", "cardinals", "lamas", "sheikhs", "mullahs", "nuns",
]  # fmt: skip
DWELLERS = ["settlers", "residents", "villagers", "citizens", "migrants"]
TITLES = [
    "Rabbi", "Patriarch", "Ayatollah", "Mufti", "Emir", "Sultan", "Pastor", "Imam", "Sheikh", "Pope",
    "Bishop", "Archbishop", "Cardinal", "Lama", "Priest", "Mullah",
]  # fmt: skip
# How each currency is named, one row for each bare name.
BARE_MONEY = """
afghanis leks drams kwanzas pesos dollars florins manats marks takas leva dinars francs bolivianos reais
ngultrums pulas roubles yuan colones escudos koruna kroner pounds nakfas birr laris cedis dalasis
quetzales lempiras gourdes forints rupiah shekels rupees rials riyals krona yen shillings soms riels won
tenge kips liras maloti lei ariary denars kyats tugriks patacas ouguiyas rufiyaa kwacha ringgit meticais
nairas cordobas balboas soles kinas zlotys guaranis leones dobras emalangeni baht somonis hryvnias
bolivars dong vatu talas rand euros dirhams pa'anga
"""
MONEY_OF_SEVERAL = (
    "manat won pound lira rupee dinar dirham franc krona krone peso rial shilling rouble leu som kwacha"
)


def read(text: str) -> Reading:
    return extract(text, settings=RULES)


def figures(text: str) -> list[Quantity]:
    return list(read(text).quantities)


def told(text: str) -> tuple[object, ...]:
    """Return what a text claims and counts, but for the names in it."""
    found = read(text)
    kinds = {party.id: party.kind for party in found.parties}
    by = {one.id: one.speaker for one in found.attributions}
    speakers = [by[claim.attribution] for claim in found.claims]
    return (
        tuple((claim.act, claim.polarity) for claim in found.claims),
        tuple(None if one is None else (kinds.get(one.party or PartyId("")), one.basis) for one in speakers),
        tuple((one.kind, one.best, one.bound, one.outcome) for one in found.quantities),
    )


@pytest.mark.parametrize("sentence", AT_A_HOUSE)
def test_an_act_and_a_figure_do_not_depend_on_whose_house_of_prayer_it_is(sentence: str) -> None:
    read_as = {one: told(sentence.format(one=one, many=many)) for one, many in HOUSES.items()}
    assert len(set(read_as.values())) == 1, read_as


def test_every_house_of_prayer_is_a_population_of_its_own_and_in_every_table_that_has_one() -> None:
    table = outcome_words()
    for one, many in HOUSES.items():
        assert {table.populations[one], table.populations[many]} == {one}
        assert one in table.objects
        assert {one, many} <= deeds().victims
        for done_to in acts().framed_blame.values():
            assert ({one, many} <= done_to) == ("mosque" in done_to)
    for group in table.exclusive:
        assert group.isdisjoint(HOUSES) or group >= HOUSES.keys()


@pytest.mark.parametrize("who", [*CLERGY, *DWELLERS])
@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [("The mayor said 12 {} were killed.", "killed"), ("The district lost 12 {}.", "killed"),
     ("The mayor said 12 {} fled.", "displaced"), ("Ordania held 12 {}.", "detained")],
)  # fmt: skip
def test_all_people_are_persons(sentence: str, outcome: str, who: str) -> None:
    [one] = figures(sentence.format(who))
    assert (one.population, one.unit, one.outcome) == ("person", "person", outcome)


@pytest.mark.parametrize(
    "who", ["Houthis", "Ordanians", "Valdorans", "Taliban", "Swiss", "Serbs", "Kurds", "Sikhs"]
)
def test_a_capitalised_group_that_people_s_outcome_befell_is_of_persons(who: str) -> None:
    [one] = figures(f"The mayor said 30 {who} were killed.")
    assert (one.population, one.unit, one.outcome) == ("person", "person", "killed")


def test_a_name_of_things_or_of_a_day_counts_no_persons() -> None:
    assert [one.population for one in figures("The mayor said 30 Lanterns were destroyed.")] == [None]
    assert [one.population for one in figures("Raiders killed 12 Monday.")] == [None]


@pytest.mark.parametrize("title", TITLES)
def test_the_title_of_every_creed_is_a_role(title: str) -> None:
    assert title.lower() in names().role
    assert told(f"{title} Joren Halme said the well was dry.") == told(
        "Bishop Joren Halme said the well was dry."
    )


def test_a_village_that_is_lost_is_as_a_settlement_that_is_lost() -> None:
    assert told("The mayor said 5 villages were lost.") == told("The mayor said 5 settlements were lost.")
    assert told("The mayor said 5 villages were burned.") == told("The mayor said 5 settlements were burned.")


@pytest.mark.parametrize("name", BARE_MONEY.split())
def test_every_currency_is_money_by_its_bare_name(name: str) -> None:
    [one] = figures(f"The bridge cost 5 million {name}.")
    assert (one.kind, one.best) == ("money", 5_000_000)


@pytest.mark.parametrize("name", MONEY_OF_SEVERAL.split())
def test_a_bare_name_that_several_states_share_is_no_state_s(name: str) -> None:
    [one] = figures(f"The bridge cost 5 million {name}.")
    assert (one.unit or "X").islower()


@pytest.mark.parametrize(
    ("words", "code"),
    [("Turkmen manat", "TMT"), ("Azerbaijani manat", "AZN"), ("North Korean won", "KPW"), ("dram", "AMD"),
     ("South Korean won", "KRW"), ("Sudanese pounds", "SDG"), ("British pounds", "GBP"),
     ("roubles", "rouble"), ("Belarusian roubles", "BYN"), ("Russian roubles", "RUB"), ("TMT", "TMT"),
     ("AZN", "AZN")],
)  # fmt: skip
def test_an_adjective_or_a_code_tells_whose_money_it_is(words: str, code: str) -> None:
    [one] = figures(f"The bridge cost 5 million {words}.")
    assert (one.kind, one.unit) == ("money", code)


def test_people_who_share_the_name_of_a_currency_are_people() -> None:
    [one] = figures("The mayor said 12 Guarani were displaced.")
    assert (one.kind, one.population, one.outcome) == ("count", "person", "displaced")


def _forms(rows: dict[str, str]) -> list[str]:
    return [form.strip() for row in rows.values() for form in row.replace("\n", " ").split(",")]


@pytest.mark.parametrize(
    ("table", "part"),
    [("outcomes", "outcomes"), ("outcomes", "outcome_phrases"), ("outcomes", "of_object"),
     ("outcomes", "populations"), ("units", "measures"), ("units", "money"), ("units", "money_before")],
)  # fmt: skip
def test_no_form_stands_twice_in_a_table(table: str, part: str) -> None:
    rows = read_table(table)[part]
    assert isinstance(rows, dict)
    assert [form for form, times in Counter(_forms(rows)).items() if times > 1 or not form] == []


def test_no_form_is_told_of_two_ways() -> None:
    table = outcome_words()
    told_of = Counter([*table.outcomes, *table.outcome_phrases, *table.by_counted])
    assert [form for form, times in told_of.items() if times > 1] == []
    assert unit_words().measures.keys() & unit_words().money.keys() == set()
    assert table.people & table.objects == set()
    assert table.people | table.objects <= set(table.populations.values())


def _rows() -> dict[str, list[list[str]]]:
    rows = read_table("states")["states"]
    assert isinstance(rows, dict)
    return {
        code: [[one.strip() for one in part.split(",")] for part in row.split(";")]
        for code, row in rows.items()
    }


def test_every_row_has_a_name_and_an_adjective() -> None:
    for code, row in _rows().items():
        assert len(row) in {2, 3}, code
        assert all(word[:1].isalpha() for part in row for word in part), code
        assert set(row[0]).isdisjoint(row[1]), code


def test_a_word_of_two_rows_names_neither() -> None:
    for column in range(3):
        owners = Counter(word for row in _rows().values() if len(row) > column for word in set(row[column]))
        shared = {word for word, times in owners.items() if times > 1}
        table = (states().names, states().adjectives, states().capitals)[column]
        assert shared.isdisjoint(table)
    assert state_of("Congolese") is None
    assert state_of("Dominican") is None
    assert owner_key("Greek Cypriot") != owner_key("Cyprus")
    assert state_of("Turkish Cypriot") is None
    assert {"Jerusalem", "Sanaa", "Aden", "Nicosia"}.isdisjoint(states().capitals)


EXCHANGED = [
    "{state} shelled the village, the {adjective} defence ministry said.",
    "The {adjective} government said {state} would reopen the bridge.",
    "The {adjective} army killed 12 people in {state}, a doctor said.",
]
# The sentences' adjective is the row's first; a shared one is told apart by the text, as nobody's is.
STATES = sorted(
    code for code, row in _rows().items() if row[1][0] in states().adjectives and row[0][0] in states().names
)


@given(one=st.sampled_from(STATES), other=st.sampled_from(STATES), sentence=st.sampled_from(EXCHANGED))
def test_any_two_states_may_be_exchanged(one: str, other: str, sentence: str) -> None:
    rows = _rows()
    read_as = [
        told(sentence.format(state=rows[code][0][0], adjective=rows[code][1][0])) for code in (one, other)
    ]
    assert read_as[0] == read_as[1]


FIGHTERS = [
    "soldiers", "troops", "militants", "rebels", "insurgents", "fighters", "guerrillas", "separatists",
    "gunmen", "mercenaries",
]  # fmt: skip
POWERS = ["army", "military", "militia", "government", "regime", "junta"]


def acts_told(text: str) -> list[tuple[str, str]]:
    return [(claim.act, claim.polarity) for claim in extract(text[:1].upper() + text[1:]).claims]


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry warned that {} set up a checkpoint on the road.",
        "The ministry said that {} had seized the bridge at Halm.",
        "The mayor said that the bridge was blown up by {}.",
        "The mayor said that 12 people were killed when {} fired on the market.",
        "{} said that the ministry had shelled the school in Halm.",
        "{} said that they would leave Halm on Friday.",
        "{} denied that they had shelled Halm.",
    ],
)
def test_an_act_does_not_depend_on_what_a_side_s_fighters_are_called(sentence: str) -> None:
    read_as = {who: acts_told(sentence.format(who)) for who in FIGHTERS}
    assert all(told == read_as["soldiers"] for told in read_as.values()), read_as


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor warned that the {} set up a checkpoint on the road.",
        "The mayor said that the {} had shelled the hospital in Halm.",
        "The {} said that the ministry had shelled the school in Halm.",
        "The {} vowed to retake Halm.",
    ],
)
def test_an_act_does_not_depend_on_what_a_side_in_power_is_called(sentence: str) -> None:
    read_as = {who: acts_told(sentence.format(who)) for who in POWERS}
    assert all(told == read_as["army"] for told in read_as.values()), read_as


def test_no_side_is_blamed_by_its_name_alone_or_a_sign_of_its_own() -> None:
    table = deeds()
    for blaming in (table.wrongdoers, table.wrong_nouns, table.wrong_marks, table.misdeeds):
        assert table.sides.isdisjoint(blaming)
    assert table.sides.isdisjoint(acts().blame_nouns)


@pytest.mark.parametrize("side", ["Veldania", "Orsk"])
def test_who_owns_and_so_uses_none_denies(side: str) -> None:
    for told in (
        "owns no incendiary munitions and can therefore use none",
        "possesses no incendiary munitions and consequently does not use them",
    ):
        assert acts_told(f"{side} {told}, the ministry said.") == [("deny", "+")]
