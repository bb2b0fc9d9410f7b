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
        ("MR. BRENN — We wait.\n\nMS. DOVAN — So do we.\n", ["MR. BRENN", "MS. DOVAN"]),
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
        "",
        ":\n\n: :",
    ],
)
def test_what_is_no_transcript_has_no_turns(text: str) -> None:
    assert turns(text) == []


def test_who_only_asks_is_marked() -> None:
    text = "HOST: And now?\n\nBRENN: We wait.\n\nBRENN: Still.\n"
    assert turns(text) == [("HOST", True), ("BRENN", False), ("BRENN", False)]


def test_a_turn_goes_on_to_the_next_label() -> None:
    text = "QUESTION: And now?\n\nMR. BRENN: We wait.\n\nIt rains.\n\nQUESTION: Why?\n"
    bodies = [turn.body.of(text) for turn in Segments(text).turns]
    assert bodies == ["And now?", "We wait.\n\nIt rains.", "Why?"]
