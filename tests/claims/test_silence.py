"""Who keeps silent claims nothing, and nobody else claims it for him."""

import pytest

from sayso.core.records import Claim
from sayso.flow.pipeline import extract


def claims_of(text: str) -> list[Claim]:
    return list(extract(text).claims)


@pytest.mark.parametrize(
    "text",
    [
        "The warden did not say that the gate was mined.",
        "The company did not admit that it had poisoned the well in Orvik.",
        "The colonel would not say whether 60 prisoners had been shot.",
        "Clerks refused to say that 40 sailors had drowned at Tarn.",
        "The ministry has yet to confirm that 40 sailors drowned at Tarn.",
        "The harbour master declined to say whether 12 people had been hurt.",
        "The brigade stopped short of saying that Vesland had fired first.",
        "The port authority never claimed that the fire was arson.",
        "The abbot never apologised for saying that 30 pilgrims were thieves.",
        "The council has not said that it will reopen the bridge.",
        "The ministry no longer claims that the pass is open.",
        "The report does not mention that 19 children were hurt.",
    ],
)
def test_who_declines_to_say_something_claims_nothing(text: str) -> None:
    assert claims_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "No official has claimed that 500 people were killed in Halm.",
        "Nobody in government said that the dam had been blown up.",
        "None of the witnesses said that soldiers had opened fire.",
        "Neither side has acknowledged that its guns hit the ferry.",
        "Few believe that the truce will hold.",
        "Hardly anyone believes that 900 people drowned.",
        "It was not the army that said 12 people were killed in Halm.",
        "It was not the governor who claimed that 300 houses burned down.",
        "Nor did the ministry say that the crew had been warned.",
    ],
)
def test_nobody_is_no_speaker(text: str) -> None:
    reading = extract(text)
    assert not reading.claims
    assert all(one.speaker is None for one in reading.attributions)


@pytest.mark.parametrize(
    "text",
    [
        "The governor did not deny that troops had fired on the crowd.",
        "The army has never denied that it shelled Orvik.",
        "Keldan does not dispute that its aircraft crossed the border.",
        "Asked about the raid, the general neither confirmed nor denied that 14 men were taken.",
    ],
)
def test_who_does_not_deny_denies_nothing(text: str) -> None:
    assert claims_of(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The commander did not hesitate to say that the truce was dead.", "the truce was dead"),
        ("The police never stopped saying that the fire was arson.", "the fire was arson"),
        ("Nobody but the mayor says that the well was poisoned.", "the well was poisoned"),
        ("No fewer than 12 witnesses said that the boat was rammed.", "the boat was rammed"),
        ("“We do not deny that we fired,” Captain Noor said.", "We do not deny that we fired"),
    ],
)
def test_a_negation_that_silences_nobody_leaves_the_claim(text: str, words: str) -> None:
    assert [one.content[0].of(text) for one in claims_of(text)] == [words]


def test_a_doubt_is_a_stand() -> None:
    (claim,) = claims_of("The embassy could not confirm that two of its citizens had drowned.")
    assert claim.polarity == "-"


def test_what_others_claim_stays_theirs_where_somebody_declines_to_comment() -> None:
    text = "The army declined to comment on Vesland's claim that 40 soldiers had died."
    reading = extract(text)
    (claim,) = reading.claims
    assert claim.content[0].of(text) == "40 soldiers had died"
    (said,) = [one for one in reading.attributions if one.id == claim.attribution]
    assert said.speaker is not None
    assert said.speaker.name == "Vesland"


@pytest.mark.parametrize(
    "text",
    [
        "Contrary to what Ostravia says, the dam is intact, engineers told reporters.",
        "Despite what Ostravia claims, the dam is intact, engineers said.",
        "Whatever Ostravia claims, the dam is intact, engineers said.",
        "Unlike what Ostravia claims, the dam is intact, engineers said.",
        "Against what Ostravia maintains, the dam is intact, engineers said.",
        "Contrary to the claims of Ostravia, the dam is intact, engineers said.",
    ],
)
def test_whom_a_sentence_contradicts_does_not_say_it(text: str) -> None:
    speakers = [one.speaker.name for one in extract(text).attributions if one.speaker is not None]
    assert speakers == ["engineers"]


def test_silence_does_not_depend_on_the_side() -> None:
    text = "Ordania did not say that Vesland fired. Vesland said that Ordania fired."
    swapped = text.replace("Ordania", "#").replace("Vesland", "Ordania").replace("#", "Vesland")

    def said(written: str) -> list[tuple[int, str, str]]:
        return [(one.content[0].start, one.act, one.polarity) for one in claims_of(written)]

    assert said(text) == said(swapped)
    assert len(said(text)) == 1


@pytest.mark.parametrize(
    "speaker",
    [
        "Kim Kwang Chol, the defence minister,", "No Kwang Chol, the defence minister,", "No Kwang Chol",
        "No Kwang", "Nor Azlan", "None Okoro, the mayor,", "Few Harrow of the harbour board",
        "No Name Kitchen", "No 10",
    ],
)  # fmt: skip
def test_a_name_that_begins_with_a_no_speaks_like_any_other(speaker: str) -> None:
    for text in (
        f"{speaker} said that the army had shelled Halm.",
        f"The army had shelled Halm, said {speaker.removesuffix(',')}.",
        f"On Monday {speaker} said that the army had shelled Halm.",
    ):
        assert [(one.act, one.polarity) for one in claims_of(text)] == [("accuse", "+")], text


@pytest.mark.parametrize(
    "nobody",
    [
        "No Keldan official", "No Keldan", "No Swede", "No Red Cross nurse", "No Keldan Minister",
        "Few Keldans", "No 5-year-old", "Neither Keldovia nor Sulmar", "None of the Red Cross nurses",
    ],
)  # fmt: skip
def test_nobody_of_a_named_people_or_body_is_no_name(nobody: str) -> None:
    assert claims_of(f"{nobody} said that the army had shelled Halm.") == []
    assert claims_of(f"On Monday {nobody[:1].lower()}{nobody[1:]} said that the army had shelled Halm.") == []


@pytest.mark.parametrize(
    ("told", "claims"),
    [
        ("The minister, still reluctant, said", 1),
        ("The minister, never willing, said", 1),
        ("The minister, at first unable, then said", 1),
        ("The minister was reluctant to say", 0),
        ("The minister did not, however, say", 0),
        ("The ministry has not yet, however, said", 0),
    ],
)
def test_a_comma_parts_what_somebody_is_from_what_he_says(told: str, claims: int) -> None:
    assert len(claims_of(f"{told} that the army had shelled Halm.")) == claims
