"""Which texts are transcripts, and who speaks in them."""

import pytest

from sayso.language.segments import Segments


def turns(text: str) -> list[tuple[str, bool]]:
    return [(turn.label.of(text), turn.asks) for turn in Segments(text).turns]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("QUESTION: And now?\n\nMR. BRENN: We wait.\n", ["QUESTION", "MR. BRENN"]),
        (
            "Question: And now?\n\nAda Brenn: We wait.\n\nAda Brenn: Still.\n",
            ["Question"] + ["Ada Brenn"] * 2,
        ),
        (
            "MR. BRENN — We wait.\n\nMS. DOVAN — So do we.\n\nMR. BRENN — Still.\n",
            ["MR. BRENN", "MS. DOVAN", "MR. BRENN"],
        ),
        ("QUESTION: And now?\n\nCITY ENGINEER: We wait.\n", ["QUESTION", "CITY ENGINEER"]),
        ("Hearing\n\nMR. BRENN — We wait.\n\nMS. DOVAN — So do we.\n", ["MR. BRENN", "MS. DOVAN"]),
        ("Q: And now?\n\nA: We wait.\n", ["Q", "A"]),
        ("[Brenn]: We wait.\n\n[Dovan]: So do we.\n", ["Brenn", "Dovan"]),
        ("The President: We wait.\n\nMr. Dovan: So do we.\n", ["The President", "Mr. Dovan"]),
        ("HOST: And now?\n\nBRENN: We wait.\n\nHOST: Thanks.\n", ["HOST", "BRENN", "HOST"]),
        ("REPORTER 1: And now?\n\nMR. BRENN: We wait.\n", ["REPORTER 1", "MR. BRENN"]),
        ("DELEGATE OF ORDANIA: It is late.\n\nCHAIR: It is.\n", ["DELEGATE OF ORDANIA", "CHAIR"]),
    ],
)
def test_labels_of_a_transcript_are_read(text: str, labels: list[str]) -> None:
    assert [label for label, _ in turns(text)] == labels


@pytest.mark.parametrize(
    "text",
    [
        "HALM — The bridge is closed, the mayor said.\n\nIt will open in May.\n",
        "CLAIM: The dam broke.\n\nVERDICT: False.\n",
        "Place: Halm\n\nDate: 4 May\n\nPlace: Orrin\n\nDate: 5 May\n",
        "The aim is clear: the bridge must open.\n",
        "11 January: The truce begins.\n\n6 May: A ferry sinks.\n",
        "of: it\n\nof the: it\n\nof: it\n",
        "",
        ":\n\n: :",
    ],
)
def test_what_is_no_transcript_has_no_turns(text: str) -> None:
    assert turns(text) == []


@pytest.mark.parametrize(
    "label", ["CAIRO —", "HALM —", "PRINCE HALM —", "NOTE:", "Host Country:", "Question Time:", "UPDATE:"]
)
def test_one_question_beside_it_does_not_make_a_speaker_of_a_dateline(label: str) -> None:
    text = f"{label} The market burned.\n\nIt was full.\n\nQ: Why?\n\nNobody knows.\n"
    assert turns(text) == [("Q", True)]
    [question] = Segments(text).turns
    assert question.body.of(text) == "Why?"


@pytest.mark.parametrize("label", ["CAIRO —", "HALM —", "NOTE:", "Host Country:"])
def test_a_dateline_in_a_talk_is_no_speaker(label: str) -> None:
    text = f"{label} The market burned.\n\nQ: Why?\n\nMR. BRENN: Nobody knows.\n\nQ: And now?\n"
    assert [name for name, _ in turns(text)] == ["Q", "MR. BRENN", "Q"]


@pytest.mark.parametrize(
    "name",
    [
        "Ada Brenn",
        "Əli Brenn",
        "Česlav Brenn",
        "ÖMER BRENN",
        "O\u0308mer Brenn",
        "Łada Brenn",
        "Шамиль Бренн",
        "ʿAdan al-Brenn",
        "al-Brenn",
        "Ada d'Orrin",
        "ADA VON BRENN",
    ],
)
def test_a_speaker_may_have_a_name_of_any_alphabet(name: str) -> None:
    text = f"QUESTION: And now?\n\n{name}: We wait.\n\nQUESTION: Still?\n\n{name}: Still.\n"
    assert turns(text) == [("QUESTION", True), (name, False)] * 2


def test_who_only_asks_is_marked() -> None:
    text = "HOST: And now?\n\nBRENN: We wait.\n\nBRENN: Still.\n"
    assert turns(text) == [("HOST", True), ("BRENN", False), ("BRENN", False)]


def test_a_turn_goes_on_to_the_next_label() -> None:
    text = "QUESTION: And now?\n\nMR. BRENN: We wait.\n\nIt rains.\n\nQUESTION: Why?\n"
    bodies = [turn.body.of(text) for turn in Segments(text).turns]
    assert bodies == ["And now?", "We wait.\n\nIt rains.", "Why?"]
