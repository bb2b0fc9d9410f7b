"""Names become parties: one for each person, body and state, and two for the ministries of two states."""

from sayso.claims.identities import acronyms, body_of, owner_key, state_of
from sayso.claims.parties import PartyStage
from sayso.core import ids
from sayso.core.ids import CaptureId
from sayso.core.reading import Reading
from sayso.core.records import Document, Party, Run
from sayso.language.lexicon import states


def parties_of(text: str, publisher: str | None = None) -> dict[str, Party]:
    """Return the parties by each of their names."""
    document = Document(
        capture=CaptureId("cap_test"),
        text=text,
        text_sha256=ids.text_sha256(text),
        publisher=publisher,
        reader="test",
    )
    reading = Reading(document=document, run=Run(tool="test", version="1"))
    reading = reading.plus(PartyStage()(reading))
    return {name: party for party in reading.parties for name in (party.name, *party.names)}


def test_a_ministry_has_one_id_under_all_its_names() -> None:
    written = [
        "The Ministry of Defence of Ordania denied it.",
        "Ordania's Defence Ministry denied it.",
        "Ordania’s Ministry of Defence denied it.",
        "It was the Ordanian Defence Ministry that denied it.",
        "It was the Ordanian defence ministry that denied it.",
    ]
    found = [{p.id for p in parties_of(text).values() if p.identity} for text in written]
    assert len(set.union(*found)) == 1
    assert all(found)


# How one body of one state is called: its name or its adjective, in capitals or not, before or behind.
FORMS = {
    "defence ministry": (
        *("the {name} Defence Ministry", "the {name} defence ministry", "the {name} Ministry of Defence"),
        *("{name}'s Defence Ministry", "{name}’s defence ministry", "{name}'s Ministry of Defence"),
        *("the Defence Ministry of {name}", "the defence ministry of {name}", "the {of} Defense Ministry"),
        *(
            "the ministry of defence of {name}",
            "the {of} ministry of defense",
            "{name}'s ministry of defence",
        ),
        *("the Ministry of Defence of the Republic of {name}", "the {of} Ministry of National Defence"),
    ),
    "foreign ministry": (
        *("the {name} Foreign Ministry", "the {of} foreign ministry", "{name}'s Foreign Ministry"),
        *("{name}'s ministry of foreign affairs", "the Ministry of Foreign Affairs of {name}"),
    ),
    "interior ministry": (
        *("the {name} interior ministry", "{name}'s Ministry of the Interior", "the {of} Interior Ministry"),
        *("the Ministry of Internal Affairs of {name}", "the interior ministry of {name}"),
    ),
    "armed forces": (
        *("the {name} Armed Forces", "the {name} armed forces", "{name}'s armed forces"),
        *(
            "the Armed Forces of {name}",
            "the {of} military",
            "{name}'s military",
            "the armed forces of {name}",
        ),
    ),
    "army": ("the {name} army", "{name}'s army", "the {of} army", "the army of {name}", "{name}'s Army"),
}
STATES = {
    "Keldovia": "Keldovian",
    "Orvale": "Orvale",
    "Mereth": "Merethi",
    "New Sarnia": "New Sarnian",
    "Turkey": "Turkish",
    "Chile": "Chilean",
}


def test_a_body_of_a_state_is_one_party_however_its_name_is_put_and_no_other_states() -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for name, of in STATES.items():
        for body, forms in FORMS.items():
            for form in forms:
                text = f"On Monday {form.format(name=name, of=of)} denied it."
                parties = {party.id: party for party in parties_of(text).values()}
                (party,) = parties.values()
                assert party.identity, text
                assert party.kind == ("armed_force" if body.startswith("arm") else "organisation"), text
                found.setdefault((name, body), set()).add(party.id)
    assert {key: len(ids) for key, ids in found.items()} == dict.fromkeys(found, 1)
    assert len(set.union(*found.values())) == len(STATES) * len(FORMS)


def test_a_state_whose_name_ends_in_s_owns_its_bodies_too() -> None:
    written = (
        "the Netherlands' Defence Ministry",
        "the Netherlands’ defence ministry",
        "the Dutch defence ministry",
    )
    found = [parties_of(f"On Monday {one} denied it.").values() for one in written]
    assert len({party.id for parties in found for party in parties}) == 1


def test_a_body_in_small_letters_takes_no_more_words_than_are_its_name() -> None:
    for text in (
        "On Monday the army of Ordanian volunteers left.",
        "On Monday the army of Keldovia's neighbour left.",
        "On Monday Mira Dovan's staff left.",
        "On Monday the army of Keldovia and Calvaria left.",
        "On Monday an army of Keldovia sympathisers left.",
    ):
        assert all("army" not in name and "staff" not in name for name in parties_of(text)), text
    assert body_of("Lantern Army") is None
    assert body_of("Grace Ministry") is None


def test_two_ministries_of_one_name_stay_two_by_their_states() -> None:
    left = parties_of("The Ordanian Defence Ministry denied it.")["Ordanian Defence Ministry"]
    right = parties_of("The Calvarian Defence Ministry denied it.")["Calvarian Defence Ministry"]
    assert left.id != right.id


def test_the_issuer_tells_whose_a_bare_ministry_is() -> None:
    text = "On Monday the Ministry of Defence denied it."
    ours = parties_of(text, "Ministry of Foreign Affairs of Ordania")["Ministry of Defence"]
    theirs = parties_of(text, "Ministry of Foreign Affairs of Calvaria")["Ministry of Defence"]
    named = parties_of("The Defence Ministry of Ordania denied it.")["Defence Ministry of Ordania"]
    assert ours.id != theirs.id
    assert ours.id == named.id


def test_a_bare_ministry_is_that_of_the_only_state_whose_ministry_a_text_names() -> None:
    text = "The Ordanian Defence Ministry denied it. On Monday the Ministry of Defence said more."
    found = parties_of(text)
    assert found["Ministry of Defence"].id == found["Ordanian Defence Ministry"].id


def test_a_bare_ministry_is_nobodys_where_a_text_names_two() -> None:
    text = (
        "The Ordanian Defence Ministry and the Calvarian Defence Ministry spoke. On Monday the Ministry of "
        "Defence denied it."
    )
    assert parties_of(text)["Ministry of Defence"].identity == ""


def test_a_body_with_a_name_of_its_own_belongs_to_no_state() -> None:
    assert body_of("Lantern Guard") is None
    assert body_of("Blue Lintel") is None
    bare = body_of("Ministry of Defence")
    assert bare is not None
    assert bare.identity == ""


def test_names_adjectives_and_capital_letters_of_a_state_are_one_party() -> None:
    found = parties_of("On Monday Turkey denied it. The Turkish side and Türkiye said no more.")
    assert found["Turkish"].id == found["Turkey"].id == found["Türkiye"].id
    assert found["Turkey"].kind == "state"


def test_an_acronym_in_parentheses_is_its_name() -> None:
    text = "The Truce Monitoring Mission (TMM) counted 40 shots. On Friday the TMM left."
    found = parties_of(text)
    assert found["TMM"].id == found["Truce Monitoring Mission"].id


def test_a_surname_in_capitals_is_the_person_named_before() -> None:
    found = parties_of("Minister Ada Brenn came to Halm.\n\nMS BRENN: We deny it.")
    assert found["BRENN"].id == found["Ada Brenn"].id


def test_a_title_is_no_part_of_a_name() -> None:
    found = parties_of("On Monday Secretary of State Ada Brenn met the ambassador to Ordania Mira Dovan.")
    assert found["Ada Brenn"].kind == "person"
    assert "State Ada Brenn" not in found


def test_initials_and_abbreviated_titles_keep_a_name_whole() -> None:
    found = parties_of("It was denied by Ada J. Brenn. Mr. Dovan left.")
    assert "Ada J. Brenn" in found
    assert found["Dovan"].kind == "person"


def test_an_outlet_is_told_by_its_last_word_but_an_agency_of_power_is_none() -> None:
    found = parties_of("On Monday the Halm Courier cited the Lower Valley Energy Agency.")
    assert found["Halm Courier"].kind == "outlet"
    assert found["Lower Valley Energy Agency"].kind == "organisation"


def test_the_publisher_is_a_party_too() -> None:
    assert parties_of("It rained.", "Halm Courier")["Halm Courier"].kind == "outlet"


def test_every_word_for_a_state_names_one_state() -> None:
    table = states()
    assert not set(table.names) & set(table.capitals)
    assert not set(table.adjectives) & set(table.capitals)
    assert {*table.names.values(), *table.adjectives.values(), *table.capitals.values()} == set(
        table.codes.values()
    )


def test_a_state_and_its_adjective_have_one_key_with_and_without_the_table() -> None:
    assert owner_key("Turkish") == owner_key("Turkey")
    assert owner_key("Ordanian") == owner_key("Ordania")
    assert owner_key("Ordanian") != owner_key("Calvarian")
    assert state_of("U.S.") == state_of("american") == "United States"
    assert state_of("Ordania") is None


def test_acronyms_leave_small_words_out() -> None:
    assert "TMM" in set(acronyms("Truce Monitoring Mission"))
    assert "CRC" in set(acronyms("Council of the Red Cross"))


def test_a_state_that_opens_a_sentence_alone_is_a_party() -> None:
    assert parties_of("Aruba said the ferry had turned back.")["Aruba"].kind == "state"
    assert "Ordania" in parties_of("Ordania denied it.")
    assert {"Ordania", "Keldovia"} <= parties_of("Ordania and Keldovia blamed each other.").keys()


def test_a_state_with_an_and_in_its_name_is_one_party() -> None:
    assert parties_of("Trinidad and Tobago said so. They asked Bosnia and Herzegovina.").keys() >= {
        "Trinidad and Tobago",
        "Bosnia and Herzegovina",
    }


def test_a_plural_that_opens_a_sentence_is_no_name() -> None:
    assert not parties_of("Militants said so. Villagers denied it. Shelling was heard.")
