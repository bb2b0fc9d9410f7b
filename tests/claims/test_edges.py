"""Contents and sources end where their own words end."""

import pytest

from sayso.flow.pipeline import extract


def voices(text: str) -> list[tuple[str | None, str]]:
    """Return the speaker and the words of each attribution; the outlet's are nobody's here."""
    return [
        (
            None if one.speaker is None else one.speaker.name,
            " | ".join(span.of(text) for span in one.content),
        )
        for one in extract(text).attributions
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sulmar's claim that it had captured Tarn is false.", "it had captured Tarn"),
        ("The commission's finding that the dam was mined is wrong.", "the dam was mined"),
        # A letter that has two code points in lower case.
        ("The ministry's claim that İİİİ troops had taken Halm is false.", "İİİİ troops had taken Halm"),
    ],
)
def test_a_verdict_on_a_claim_is_no_part_of_it(text: str, said: str) -> None:
    # Before it may stand the whole sentence, in which the outlet passes the verdict.
    assert [words for _, words in voices(text)][-1] == said


def test_a_denial_and_what_others_say_in_its_relative_clause_are_two_voices() -> None:
    text = "The army denied shelling a clinic, in which at least 12 people died, according to doctors."
    assert voices(text) == [
        ("army", "shelling a clinic"),
        ("doctors", "in which at least 12 people died"),
    ]
    held = [one.stated for claim in extract(text).claims for one in claim.quantities]
    assert held == ["held"]


def test_two_short_quotations_have_two_speakers() -> None:
    assert voices("Ostravia “poisoned wells”, Sulmar claims; “absurd lie”, says Kern.") == [
        ("Sulmar", "Ostravia “poisoned wells”"),
        ("Kern", "“absurd lie”"),
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "said"),
    [
        (
            "The rebels, said General Pell, “have run out of shells”.",
            "Pell",
            "The rebels | have run out of shells",
        ),
        ("The mayor, said the priest, “never came”.", "priest", "The mayor | never came"),
    ],
)
def test_who_stands_behind_said_between_commas_speaks(text: str, speaker: str, said: str) -> None:
    assert voices(text) == [(speaker, said)]


@pytest.mark.parametrize(
    ("text", "speaker", "answer"),
    [
        ("“Did you order it?” “No,” said the general.", "general", "“No,”"),
        ("“Who fired?” “They did,” the corporal replied.", "corporal", "“They did,”"),
    ],
)
def test_a_question_before_an_answer_is_nobodys_claim(text: str, speaker: str, answer: str) -> None:
    assert voices(text) == [(speaker, answer)]


@pytest.mark.parametrize(
    "text",
    [
        "Two men from Halm were charged with killing three farmers, prosecutors said.",
        "A 17-year-old was accused of stabbing two guards, prosecutors said.",
    ],
)
def test_the_accused_do_not_accuse(text: str) -> None:
    assert {speaker for speaker, _ in voices(text)} == {"prosecutors", None}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ostravia did not shell Tarn, Sulmar's own ambassador admitted.", "Sulmar's own ambassador"),
        ("The talks had failed, Orlo's party said.", "Orlo's party"),
        ("Orlo's party says that the vote was rigged.", "Orlo's party"),
        ("Each was reminded by the president that the truce held.", "president"),
    ],
)
def test_the_speaker_is_who_the_words_name(text: str, speaker: str) -> None:
    assert [who for who, _ in voices(text)] == [speaker]


def test_a_yes_is_all_that_was_said() -> None:
    assert voices("The council said “yes” on Monday.") == [("council", "“yes”")]


def test_an_outlet_does_not_repeat_a_clause_that_others_are_cited_for() -> None:
    text = (
        "Rescuers said 14 miners and a guard were dead; the owner of the pit, who lives in the capital and "
        "has not been seen since the collapse, could not be reached for comment on Sunday."
    )
    figures = [len(claim.quantities) for claim in extract(text).claims if "14" in claim.content[0].of(text)]
    assert figures == [1]


def test_a_sentence_without_a_speaker_does_not_join_the_one_before_it() -> None:
    text = (
        "At least 31 people were hurt in the town, the district office said, Northwire reports. At least "
        "17 people were hurt in Orvik, the harbour office said. Neither figure could be verified."
    )
    assert ("Neither figure could be verified") in [words for _, words in voices(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "PORT SABLE, 4 March – At least 12 people died when a ferry sank, the coast guard said.",
            "At least 12",
        ),
        ("CALDRUNE (Northwire) — The wells were poisoned, the mayor said.", "The wells"),
        ("Orvik (Northwire) – Rebels shot 14 people in Orvik, the police said.", "Rebels shot"),
        ("TARN — Two shells hit the market.", "Two shells"),
    ],
)
def test_a_dateline_is_nobodys_words(text: str, first: str) -> None:
    ((_, words),) = voices(text)
    assert words.startswith(first)


def test_a_dash_is_no_dateline_before_a_sentence() -> None:
    ((_, words),) = voices("The navy – the smallest in the region – lost two boats.")
    assert words.startswith("The navy")


def test_the_place_of_a_dateline_is_not_who_speaks() -> None:
    text = "KORVAL, Dravia — The foreign ministry of Dravia said on Monday that its troops had left Orvik."
    [attribution] = extract(text).attributions
    assert [span.of(text) for span in attribution.source] == ["The foreign ministry of Dravia"]
