import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from sayso.cli import screen
from sayso.core.errors import NotFound


def printed(words: str) -> str:
    target = io.StringIO()
    Console(file=target, markup=False, highlight=False, force_terminal=True, width=80).print(
        screen.line(words)
    )
    return target.getvalue()


def test_markup_in_a_text_is_shown_as_it_is() -> None:
    assert "[red]not a colour[/red] [/]" in printed("[red]not a colour[/red] [/]")


@given(st.text(st.characters(codec="utf-8")))
def test_no_control_character_of_a_text_reaches_the_terminal(words: str) -> None:
    shown = screen.safe(words)
    assert not any((c < " " and c not in "\t\n") or "\x7f" <= c <= "\x9f" for c in shown)
    assert not any("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069" for c in shown)


def test_an_escape_sequence_is_made_visible() -> None:
    assert screen.safe("\x1b[2Jgone\x9b1m") == "\ufffd[2Jgone\ufffd1m"


def test_a_long_text_is_cut_with_an_ellipsis_and_a_short_one_is_not() -> None:
    assert screen.line("one two three", most=8).plain == "one two…"
    assert screen.line("one two", most=8).plain == "one two"


def test_line_ends_become_spaces() -> None:
    assert screen.line("one\r\n two\n\nthree").plain == "one two three"


def test_an_error_gives_its_words_its_code_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    screen.say_error(NotFound("no-claim", "no claim [b]x[/b]", hint="`sayso claims` lists them"))
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "error: no claim [b]x[/b] (no-claim)\n  `sayso claims` lists them\n"
