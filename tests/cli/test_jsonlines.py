import json

from hypothesis import given
from hypothesis import strategies as st

from sayso.cli import jsonlines
from sayso.core.records import Problem

TEXTS = st.text(st.characters(codec="utf-8"))


def problem(message: str) -> Problem:
    return Problem(code="some-code", message=message, stage="test")


@given(TEXTS)
def test_a_line_says_what_the_record_says(message: str) -> None:
    assert json.loads(jsonlines.line(problem(message)))["message"] == message


@given(TEXTS)
def test_a_record_is_one_line_for_every_notion_of_a_line(message: str) -> None:
    line = jsonlines.line(problem(message)).decode()
    assert line.splitlines() == [line[:-1]]


@given(TEXTS)
def test_nothing_in_a_line_moves_a_terminal(message: str) -> None:
    line = jsonlines.line(problem(message)).decode()[:-1]
    assert not any(character < " " or "\x7f" <= character <= "\x9f" for character in line)
