"""What is known of the real sentences fits their texts, and holds no word of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import msgspec
import pytest
from quality import real_figures

from sayso.core.records import Bound, Standing
from sayso.language.lexicon.figures import outcome_words

if TYPE_CHECKING:
    from pathlib import Path


_DOCUMENT = re.compile(r"gmb|wn\d{4}-\d+|[0-9A-F]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def words_of(value: object) -> list[str]:
    """Return the strings of a row that are neither of a closed list nor the name of a text."""
    if isinstance(value, dict):
        return [word for key, one in value.items() if key != "sha256" for word in words_of(one)]
    if isinstance(value, list):
        return [word for one in value for word in words_of(one)]
    known = not isinstance(value, str) or value in _codes() or _DOCUMENT.fullmatch(value)
    return [] if known else [str(value)]


def _codes() -> frozenset[str]:
    table = outcome_words()
    outcomes = {*table.outcomes.values(), *table.outcome_phrases.values(), *table.of_object.values(), "shot"}
    closed = {*get_args(Bound), *get_args(Standing), "dev", "blind", "second"}
    return frozenset(outcomes | set(table.populations.values()) | closed)


def rows() -> list[dict[str, object]]:
    lines = real_figures.ROWS.read_text(encoding="ascii").splitlines()
    return [msgspec.json.decode(line, type=dict[str, object]) for line in lines]


def test_the_rows_hold_no_words() -> None:
    assert not [word for row in rows() for word in words_of(row)]
    assert all(_DIGEST.fullmatch(str(row["sha256"])) for row in rows())
    fields = set(real_figures.RealSentence.__struct_fields__)
    of_figure = set(real_figures.RealFigure.__struct_fields__)
    assert {key for row in rows() for key in row} <= fields
    assert {key for row in rows() for figure in figures_in(row) for key in figure} <= of_figure


def figures_in(row: dict[str, object]) -> list[dict[str, object]]:
    return msgspec.convert(row["figures"], list[dict[str, object]])


@pytest.mark.parametrize("word", ["Twelve miners died at Varn.", "miners", "Varn"])
def test_a_row_that_holds_a_word_of_its_text_is_found(word: str) -> None:
    row = rows()[0]
    figure = figures_in(row)[0]
    assert words_of(row | {"document": word}) == [word]
    assert words_of(row | {"figures": [figure | {"population": word}]}) == [word]


@pytest.mark.usefixtures("shared")
def test_every_row_finds_its_sentence_and_its_figures_in_order() -> None:
    for row in real_figures.sentences():
        text = real_figures.text_of(row)
        starts = [figure.span.start for figure in row.figures]
        assert starts == sorted(starts)
        assert all(figure.span.end <= len(text) for figure in row.figures)


def test_another_text_is_refused(shared: Path) -> None:
    assert shared.exists()
    row = real_figures.sentences()[0]
    other = real_figures.RealSentence(
        group="dev", document=row.document, number=row.number + 1, sha256=row.sha256, figures=()
    )
    with pytest.raises(ValueError, match=row.document):
        real_figures.text_of(other)
