"""Export the pair network for ONNX Runtime with 8-bit weights, and set what its probabilities mean.

`python -m training.pairing_export CHECKPOINT.pt --shared ../shared` does it for a checkpoint;
`training.pairing` does it at its end.
"""

import argparse
import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch

from sayso.language.encoder.decode import Array, log_softmax
from sayso.language.pairing.laying import NAMES, pieces, read, together
from sayso.language.pairing.network import CARD, GRAPH, Network
from training.export import Nothing, ones, quantised
from training.pairing_model import RELATIONS, PairNetwork
from training.pairing_pairs import CONTRADICTS, SAME, Pair, vitaminc

PRECISION = 0.9  # of what is shown; a wrong contradiction costs more trust than a missed one
FEWEST = 50
SHIPPED = Path("src/sayso/language/pairing/model")


def folded(model: PairNetwork) -> PairNetwork:
    """Write the names into the rows of the word embeddings that stand for them."""
    first = pieces().name
    with torch.no_grad():
        model.words.weight[first : first + NAMES] = model.names.weight[1:]
    model.names = Nothing()  # type: ignore[assignment] - adds nothing in the names' place
    return model.eval()


def write_float(model: PairNetwork, graph: Path) -> None:
    """Write the float graph with free numbers of rows and pieces."""
    given = (ones(2, 12), ones(2, 12), ones(2, 12), ones(2, 12))
    names = ["pieces", "part", "mark", "seen"]
    torch.onnx.export(
        model,
        given,
        str(graph),
        input_names=names,
        output_names=["vector", "relation"],
        dynamic_axes={
            **{name: {0: "rows", 1: "pieces"} for name in names},
            **{name: {0: "rows"} for name in ("vector", "relation")},
        },
        opset_version=17,
        dynamo=False,
    )


def write_graph(model: PairNetwork, folder: Path) -> None:
    """Write the graph with 8-bit weights into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        graph = Path(temporary) / "float.onnx"
        write_float(folded(model), graph)
        quantised(graph, folder / GRAPH)
    onnx.checker.check_model(str(folder / GRAPH))


def logits_of(folder: Path, pairs: Sequence[Pair]) -> Array:
    """Return what the exported graph says of pairs [pairs, 3]."""
    network = Network(folder / GRAPH)
    return network.relations([together(read(pair.left), read(pair.right)) for pair in pairs])


def temperature(logits: Array, labels: Array) -> float:
    """Return what the logits are divided by so that the probabilities of the right answers are likeliest."""
    tried = np.geomspace(0.4, 4.0, 121)

    def loss(value: float) -> float:
        return float(-np.take_along_axis(log_softmax(logits / value), labels[:, None], axis=1).mean())

    return round(float(min(tried, key=loss)), 3)


def threshold(likely: Array, right: Array, precision: float) -> float:
    """Return the lowest probability from which on at least `precision` of the pairs shown are right."""
    order = np.argsort(-likely, kind="stable")
    held = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    # A handful of pairs at the top proves nothing.
    enough = np.flatnonzero((held >= precision) & (np.arange(len(order)) >= FEWEST))
    return round(float(likely[order[enough[-1]]]), 3) if len(enough) else 1.0


def write_card(folder: Path, shared: Path) -> None:
    """Write the card: the digest, and what was chosen on the held-out pages of VitaminC train."""
    _, kept = vitaminc(shared)
    logits = logits_of(folder, kept)
    labels = np.array([pair.label for pair in kept])
    heat = temperature(logits, labels)
    likely = np.exp(log_softmax(logits / heat))
    content = (folder / GRAPH).read_bytes()
    card = {
        "name": "sayso-pairing",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "vocabulary": "language/model/vocab.txt",
        "relations": list(RELATIONS),
        "temperature": heat,
        "thresholds": {
            RELATIONS[label]: threshold(likely[:, label], labels == label, PRECISION)
            for label in (SAME, CONTRADICTS)
        },
        "chosen_on": f"{len(kept)} pairs of held-out pages of VitaminC train, for precision {PRECISION}",
        "held_out": {
            "accuracy": round(float((likely.argmax(axis=1) == labels).mean()), 4),
            "log_loss": round(float(-np.log(np.take_along_axis(likely, labels[:, None], axis=1)).mean()), 4),
        },
    }
    (folder / CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Export a checkpoint."""
    parser = argparse.ArgumentParser(description="Export the pair network for ONNX Runtime.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=SHIPPED)
    arguments = parser.parse_args()
    model = PairNetwork(dropout=0.0)
    model.load_state_dict(torch.load(arguments.checkpoint, weights_only=True)["averaged"])
    write_graph(model, arguments.out)
    write_card(arguments.out, arguments.shared)


if __name__ == "__main__":
    main()
