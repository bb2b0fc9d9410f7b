"""Rejections that point back belong to who rejects, and a headline's last word may be its source."""

import pytest

from sayso.flow.pipeline import extract


def said(text: str) -> list[tuple[str | None, str, str]]:
    reading = extract(text)
    speakers = {one.id: one.speaker for one in reading.attributions}
    return [
        (
            speaker.name if (speaker := speakers[one.attribution]) else None,
            one.polarity,
            one.content[0].of(text),
        )
        for one in reading.claims
    ]


@pytest.mark.parametrize(
    ("text", "denial"),
    [
        (
            "Sulmar said that Ostravia had shelled the market. The ministry denied this.",
            ("ministry", "-", "this"),
        ),
        (
            "The envoy said Vesland had mined the strait. Vesland's foreign ministry denied that.",
            ("Vesland's foreign ministry", "-", "that"),
        ),
        (
            "The charge is old, the ministry said. The governor rejected this as well.",
            ("governor", "-", "this"),
        ),
    ],
)
def test_who_denies_this_claims_that_it_is_not_so(text: str, denial: tuple[str, str, str]) -> None:
    assert said(text)[-1] == denial


@pytest.mark.parametrize(
    "text",
    [
        "The rebels say they hold the airport, something the army rejects.",
        "The rebels say they hold the airport, something that the army immediately denied.",
        "The rebels say they hold the airport, a claim that the army dismissed.",
    ],
)
def test_something_that_another_denies_is_said_by_one_and_denied_by_the_other(text: str) -> None:
    words = "they hold the airport"
    assert sorted(said(text)) == [("army", "-", words), ("rebels", "+", words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ten killed in Orvik shelling – army", "Ten killed in Orvik shelling"),
        ("Twelve villagers shot near Halm - officials", "Twelve villagers shot near Halm"),
    ],
)
def test_a_headline_may_name_its_source_behind_a_dash(text: str, words: str) -> None:
    ((speaker, _, content),) = said(text)
    assert speaker in {"army", "officials"}
    assert content == words


def test_a_question_rejects_nothing() -> None:
    assert all(polarity == "+" for _, polarity, _ in said("The army shot at us. You deny it?"))


@pytest.mark.parametrize("text", [": 00", "– officials", "denied this.", "Denied that, the mayor left."])
def test_words_without_a_subject_make_nobody_speak(text: str) -> None:
    assert not [one for one in extract(text).problems if one.code == "stage-failed"]


@pytest.mark.parametrize("text", ["\ndenied that", "Denied this. The mayor left.", "\n\nRejected that."])
def test_a_rejection_at_the_very_beginning_costs_no_reading(text: str) -> None:
    reading = extract(text)
    assert not reading.problems
    assert reading.attributions


def test_a_long_quotation_is_all_of_whom_it_is_credited_to() -> None:
    sentences = " ".join(f"The guard burned the mill of Orvik on day {number}." for number in range(2, 18))
    text = f"Fighting went on.\n\n“{sentences[:-1]},” Governor Ilse Munt said."
    assert {who for who, _, words in said(text) if words.startswith("The guard")} == {"Ilse Munt"}
