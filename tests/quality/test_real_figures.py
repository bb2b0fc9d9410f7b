"""What is known of the real sentences fits their texts, and holds no word of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from quality import real_figures

if TYPE_CHECKING:
    from pathlib import Path


def test_the_rows_hold_no_words() -> None:
    words = {
        word for row in real_figures.ROWS.read_text(encoding="ascii").split('"')[1::2] for word in row.split()
    }
    assert max(map(len, words)) == len("0" * 64)  # a digest
    assert not [word for word in words if " " in word]


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
