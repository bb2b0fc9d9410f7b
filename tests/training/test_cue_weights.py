"""How much each word teaches the cue head: a doubtful cue nothing, what was annotated everything."""

from pathlib import Path

import numpy as np
import pytest
from training.data import Window, article_of, cue_weights

from sayso.language.encoder.pieces import Pieces
from sayso.language.encoder.words import ordinary

TEXT = "The harbour master said the quay was shut. The council backs the ferry."


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces.read(Path("src/sayso/language/model/vocab.txt"))


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def weights_of(record: dict[str, object], pieces: Pieces, *, flat: bool = False) -> dict[str, float]:
    article = article_of(
        {"doc_id": "own", "text": TEXT, **record}, pieces=pieces, ordinary=ordinary(), flat=flat
    )
    window = Window(article, 0, len(article.text))
    weights = cue_weights(window, len(article.text))
    return dict(zip(article.text.words.surface, np.round(weights, 2).tolist(), strict=True))


def told() -> dict[str, object]:
    return {
        "source": [span("The harbour master")],
        "cue": [span("said")],
        "content": [span("the quay was shut")],
    }


def test_a_doubtful_cue_teaches_nothing_and_its_neighbours_everything(pieces: Pieces) -> None:
    weights = weights_of({"attributions": [told()], "doubtful": [span("backs")]}, pieces)
    assert weights.pop("backs") == 0
    assert set(weights.values()) == {1.0}


def test_an_annotated_cue_teaches_although_another_answer_was_doubtful(pieces: Pieces) -> None:
    assert weights_of({"attributions": [told()], "doubtful": [span("said")]}, pieces)["said"] == 1


def test_inside_a_content_nobody_looked_into_words_teach_little(pieces: Pieces) -> None:
    weights = weights_of({"attributions": [told()]}, pieces, flat=True)
    assert weights["shut"] == 0.25
    assert weights["said"] == weights["ferry"] == 1
