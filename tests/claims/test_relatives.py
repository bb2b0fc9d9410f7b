"""Who speaks behind a relative clause and within it; and each of several, and who asks, speaks for nobody."""

import pytest

from sayso.core.reading import Reading
from sayso.flow.pipeline import extract

SENTENCES = [
    "The Lantern Guard, which Vesland accuses of firing on the port and which was cleared, said it had left.",
    "Orvik Mining, which the ministry accuses of hiding deaths and which was cleared, said that it was safe.",
    "The company, which Vesland accuses of smuggling arms and which a court cleared, said sales had stopped.",
    "The militia, which denies this and which was banned in 2030, said that it would fight on.",
]
NAMES = ["Lantern Guard", "Orvik Mining", "company", "militia"]


def speakers(reading: Reading) -> dict[str, str | None]:
    text = reading.document.text
    return {
        " ".join(span.of(text) for span in one.content): None if one.speaker is None else one.speaker.name
        for one in reading.attributions
        if one.cue
    }


@pytest.mark.parametrize(("text", "name"), [*zip(SENTENCES, NAMES, strict=True)])
def test_a_clause_between_a_subject_and_its_verb_is_no_part_of_the_speakers_name(
    text: str, name: str
) -> None:
    last = extract(text).attributions[-1]
    assert last.speaker is not None
    assert (last.speaker.name, last.source[0].start) == (name, 0)


@pytest.mark.parametrize(
    ("text", "accuser", "charge"),
    [
        (SENTENCES[0], "Vesland", "of firing on the port"),
        (SENTENCES[1], "ministry", "of hiding deaths"),
        (SENTENCES[2], "Vesland", "of smuggling arms"),
    ],
)
def test_who_accuses_in_the_clause_is_named_and_his_charge_ends_with_his_clause(
    text: str, accuser: str, charge: str
) -> None:
    assert speakers(extract(text))[charge] == accuser


def test_exchanging_the_two_exchanges_their_words() -> None:
    text = (
        "Ordania, which Vesland accuses of fraud and which was cleared by a court, said the case was closed."
    )
    other = text.replace("Ordania", "#").replace("Vesland", "Ordania").replace("#", "Vesland")
    assert speakers(extract(text)) == {"of fraud": "Vesland", "the case was closed": "Ordania"}
    assert speakers(extract(other)) == {"of fraud": "Ordania", "the case was closed": "Vesland"}


def test_another_verb_behind_the_clause_leaves_the_source_as_it_is() -> None:
    text = "The mayor, who was hurt, left the town on Monday, the police said."
    [speaker] = speakers(extract(text)).values()
    assert speaker == "police"


@pytest.mark.parametrize("who", ["Each ministry", "Every party", "Each of the two ministries", "Each side"])
def test_each_of_several_is_cited_and_is_no_speaker(who: str) -> None:
    text = f"{who} denied the charge."
    [attribution] = extract(text).attributions
    assert [span.of(text) for span in attribution.source] == [who]
    assert attribution.speaker is None


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('Who fired first? "Nobody did," the minister said.', ['"Nobody did,"']),
        (
            "What happened at the dam? “We do not know,” the engineer said. “We saw smoke.”",
            ["“We do not know,”", "“We saw smoke.”"],
        ),
        ("The general said: “Nobody.” Was it an accident?", ["“Nobody.”"]),
        ("“Who fired first?” the minister asked.", ["“Who fired first?”"]),
    ],
)
def test_a_question_around_a_quotation_is_no_part_of_it(text: str, quoted: list[str]) -> None:
    [cited] = [one for one in extract(text).attributions if one.cue]
    assert [span.of(text) for span in cited.content] == quoted
    assert cited.voice == "direct"
