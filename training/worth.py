"""Train the weights of check-worthiness: `python -m training.worth DEBATES.json`.

DEBATES.json is a list of {"sentence_id", "label", "text"} as in `data/two_class/test.json` of the authors'
repository utaresearch/claimbuster-spotter; the sentences of `worth_sentences.json` are used. Prints average
precision and the area under the ROC curve on debates left out, and writes the weights. Nothing is random.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.claims.worth import reasons_of
from training.given import claim_of_sentence
from training.ranking import area, average_precision

USED = Path(__file__).with_name("worth_sentences.json")
OUT = Path("src/sayso/language/lexicon/worth_weights.toml")
SPREAD = 0.7  # standard deviation of a weight's prior; .5 to 1 give the same average precision within .01
# Debates show these too seldom to weigh them, or with another meaning, so their prior is not 0. By hand:
# what ministries are asked to prove comes first, courtesies last.
PRIORS = {
    "counts casualties or losses": 0.8,
    "accuses": 0.8,
    "denies": 0.4,
    "cites a law or a resolution": 0.3,
    "welcomes, thanks or hopes": -0.8,
    "demands or pledges": -0.8,
    "judges": -0.4,
}
FOLDS = 5
SENTENCES_A_BLOCK = 1000  # sentence ids run through one debate after another: about one debate
ROUNDS = 50
HEAD = """\
# Log odds that a claim is worth checking: made by training/worth.py, see training/WORTH.md. Do not edit.
# Learned from 370 sentences of ClaimBuster (Arslan, Hassan, Li and Tremayne 2020), open access,
# doi:10.5281/zenodo.3609356.
"""

Floats = NDArray[np.float64]


class Sentence(msgspec.Struct, frozen=True):
    """One sentence of a debate; label 1 is check-worthy, 0 and -1 are not."""

    sentence_id: int
    label: int
    text: str


class Fit(NamedTuple):
    """A trained regression."""

    intercept: float
    weights: Floats


def fitted(values: Floats, labels: Floats, priors: Floats) -> Fit:
    """Return the most probable weights under a normal prior, by Newton's method; both classes weigh alike."""
    rows, columns = values.shape
    full = np.hstack([np.ones((rows, 1)), values])
    middle = np.concatenate([[0.0], priors])
    # The intercept is free; so that 0 divides nothing, its prior is merely wide.
    precision = np.diag([1e-6, *([SPREAD**-2] * columns)])
    share = np.where(labels == 1, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))
    weights = middle.copy()
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-full @ weights))
        slope = full.T @ (share * (labels - chance)) - precision @ (weights - middle)
        curve = (full * (share * chance * (1 - chance))[:, None]).T @ full + precision
        weights += np.linalg.solve(curve, slope)
    return Fit(float(weights[0]), weights[1:])


def read(path: Path) -> list[Sentence]:
    """Return the sentences that the weights are trained on."""
    used = msgspec.json.decode(USED.read_bytes(), type=list[int])
    known = {one.sentence_id: one for one in msgspec.json.decode(path.read_bytes(), type=list[Sentence])}
    return [known[number] for number in used]


def reasons(sentence: Sentence) -> Mapping[str, float]:
    """Return what the score of a sentence rests on."""
    return reasons_of(*claim_of_sentence(sentence.text))


def report(name: str, scores: Sequence[float], labels: Floats) -> None:
    """Print how well scores put check-worthy sentences first."""
    told = [bool(label) for label in labels]
    print(f"{name:28} AP {average_precision(scores, told):.3f}  AUC {area(scores, told):.3f}")


def left_out(sentences: Sequence[Sentence], values: Floats, labels: Floats, priors: Floats) -> Floats:
    """Return a score for every sentence from weights that never saw its debate."""
    folds = np.array([one.sentence_id // SENTENCES_A_BLOCK % FOLDS for one in sentences])
    scores = np.zeros(len(sentences))
    for fold in range(FOLDS):
        held = folds == fold
        fit = fitted(values[~held], labels[~held], priors)
        scores[held] = fit.intercept + values[held] @ fit.weights
    return scores


def main() -> None:
    """Report on debates left out, then train on all and write the weights."""
    parser = argparse.ArgumentParser(description="Train the weights of check-worthiness.")
    parser.add_argument("debates", type=Path)
    sentences = read(parser.parse_args().debates)
    rows = [reasons(one) for one in sentences]
    names = list(rows[0])
    values = np.array([[float(row[name]) for name in names] for row in rows])
    labels = np.array([float(one.label == 1) for one in sentences])
    priors = np.array([PRIORS.get(name, 0.0) for name in names])
    print(f"{len(labels)} sentences, {int(labels.sum())} check-worthy")
    report("debates left out", list(left_out(sentences, values, labels, priors)), labels)
    report("length", [len(one.text.split()) for one in sentences], labels)
    report("any figure", list(values[:, names.index("has a figure")]), labels)
    fit = fitted(values, labels, priors)
    lines = [f'"{name}" = {weight:.3f}' for name, weight in zip(names, fit.weights, strict=True)]
    table = "\n".join([f"intercept = {fit.intercept:.3f}", "", "[reasons]", *lines, ""])
    OUT.write_text(HEAD + table, encoding="utf-8")


if __name__ == "__main__":
    main()
