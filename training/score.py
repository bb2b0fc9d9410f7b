"""Score a checkpoint or an exported model: `python -m training.score build/training/main/step500.pt`."""

import argparse
import dataclasses
import importlib.util
import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import numpy as np
import torch

from sayso.language.encoder.decode import Array, Thresholds, Window, over_nested, without_repeats
from sayso.language.encoder.finder import Encoder, in_characters
from sayso.language.encoder.network import Network
from sayso.language.encoder.pieces import Pieces
from sayso.language.encoder.windows import Batch, Prepared
from training.data import read_records
from training.model import Attributor, pretrained_folder
from training.train import ORDINARY, tensors

GRIDS: dict[str, tuple[float, ...]] = {
    "keep": (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6),
    "turn": (0.0, 0.25, 0.5, 1.0, 1.5, 2.0),
    "source": (0.0, 0.5, 1.0, 1.5, 2.0),
    "content": (-1.5, -1.0, -0.5, 0.0, 0.5),
    "same": (0.2, 0.35, 0.5, 0.65),
}
WEIGHTS = (
    "weigh_cue",
    "weigh_content",
    "weigh_path",
    "weigh_source",
    "weigh_sourced",
    "weigh_length",
    "bias",
)


HALF = 0.5  # contents that share this much are the same, as the scorer has it
LEAST_GAIN = 0.02  # points of F1 for which a threshold is moved


class TorchNetwork(Network):
    """A checkpoint's averaged weights in the place of the exported graphs."""

    def __init__(self, checkpoint: Path) -> None:
        self.model = Attributor()
        self.model.load_state_dict(torch.load(checkpoint, weights_only=True)["averaged"], strict=False)
        self.model.eval()

    @torch.inference_mode()
    def read(self, laid: Batch) -> tuple[Array, Array, Array]:
        """See `Network.read`."""
        tags, word, cue, _ = self.model.read(**tensors(laid, torch.from_numpy(laid.pieces)))
        return tags.numpy(), word.numpy(), cue.numpy()

    @torch.inference_mode()
    def pair(self, given: Mapping[str, Array]) -> Array:
        """See `Network.pair`."""
        roles = self.model.pair(**{name: torch.from_numpy(array) for name, array in given.items()})
        return np.asarray(roles.numpy())


def scorer(shared: Path) -> ModuleType:
    """Load the project's scorer from where it lies."""
    spec = importlib.util.spec_from_file_location("score_attribution", shared / "tools/score_attribution.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared / "tools/score_attribution.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def letters_of(judge: ModuleType, text: str, spans: list[list[int]] | None) -> set[int]:
    """Return the places of the letters and digits under some spans, as the scorer counts them."""
    return set(judge.alnum(text, spans or []))


@dataclasses.dataclass
class Run:
    """The network's answers on a set of texts, kept so that thresholds can be tried on them."""

    records: list[dict[str, Any]]
    prepared: list[Prepared]
    raw: list[list[Window]]

    def predict(self, encoder: Encoder, limits: Thresholds) -> dict[str, dict[str, Any]]:
        """Return predictions in the scorer's form."""
        chosen = dataclasses.replace(encoder, limits=limits)
        out: dict[str, dict[str, Any]] = {}
        for record, text, raw in zip(self.records, self.prepared, self.raw, strict=True):
            likely = [one for one, _ in chosen.weighed(text, raw) if one.score >= limits.keep]
            found = over_nested(text, without_repeats(likely, limits))
            out[record["doc_id"]] = {
                "doc_id": record["doc_id"],
                "attributions": [
                    msgspec.to_builtins(in_characters(text, one)) | {"score": one.score} for one in found
                ],
            }
        return out


def answers(encoder: Encoder, records: list[dict[str, Any]]) -> Run:
    """Run the network over the texts once."""
    prepared = [encoder.prepared(r["text"]) for r in records]
    return Run(records, prepared, [list(encoder.read(text)) for text in prepared])


def tune(run: Run, encoder: Encoder, judge: ModuleType, limits: Thresholds) -> Thresholds:
    """Climb one threshold at a time on linked F1 plus attribution F1 of the set given."""
    gold = {r["doc_id"]: r for r in run.records}

    def worth(candidate: Thresholds) -> float:
        result = judge.score(gold, run.predict(encoder, candidate))
        return float(result["linked_source"]["f1"]) + 0.5 * float(result["attribution"]["f1"])

    limits = fit_weights(run, encoder, judge, limits)
    best = worth(limits)
    for name in (*GRIDS, "keep"):
        for value in GRIDS[name]:
            candidate = dataclasses.replace(limits, **{name: value})
            if candidate != limits and (got := worth(candidate)) > best + LEAST_GAIN:
                best, limits = got, candidate
    return limits


def fit_weights(run: Run, encoder: Encoder, judge: ModuleType, limits: Thresholds) -> Thresholds:
    """Fit the weights of the signs by logistic regression.

    A reading is right when it matches an attribution, source and all.
    """
    reader = dataclasses.replace(encoder, limits=limits)
    rows: list[Array] = []
    right: list[float] = []
    for record, text, raw in zip(run.records, run.prepared, run.raw, strict=True):
        letters = partial(letters_of, judge, record["text"])
        gold = [(letters(a["content"]), letters(a["source"])) for a in record["attributions"]]
        for found, sign in reader.weighed(text, raw):
            spans = msgspec.to_builtins(in_characters(text, found))
            content, source = letters(spans["content"]), letters(spans["source"])
            best = max(
                (
                    (len(content & g) / len(content | g), bool(source & s) or (not source and not s))
                    for g, s in gold
                    if content & g
                ),
                default=(0.0, False),
            )
            rows.append(sign)
            right.append(float(best[0] >= HALF and best[1]))
    signs, target = np.array(rows), np.array(right)
    weights = np.zeros(signs.shape[1])
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(signs @ weights, -30, 30)))
        slope = signs.T @ (p - target) + 1e-2 * weights
        weights -= 0.5 * np.linalg.solve(
            (signs * (p * (1 - p))[:, None]).T @ signs + 1e-2 * np.eye(len(weights)), slope
        )
    return dataclasses.replace(limits, **dict(zip(WEIGHTS, weights.round(4).tolist(), strict=True)))


def nested_found(gold: dict[str, Any], predicted: dict[str, Any], judge: ModuleType) -> tuple[int, int, int]:
    """Return how many nested attributions there are, are found, and are found with their source."""
    total = found = right = 0
    for name, record in gold.items():
        text = record["text"]
        letters = partial(letters_of, judge, text)
        guesses = [
            (letters(a["content"]), letters(a["source"]), letters(a["cue"]))
            for a in predicted.get(name, {}).get("attributions", [])
        ]
        for a in record["attributions"]:
            if not a.get("nested_in"):
                continue
            total += 1
            content, source, cue = letters(a["content"]), letters(a["source"]), letters(a["cue"])
            hits = [
                g
                for g in guesses
                if content and len(content & g[0]) >= HALF * len(content | g[0]) and (cue & g[2] or not cue)
            ]
            found += bool(hits)
            right += any((source & g[1]) or (not source and not g[1]) for g in hits)
    return total, found, right


def summary(result: dict[str, Any]) -> dict[str, Any]:
    """Return the figures a model card shows."""
    return {
        "documents": result["n_docs"],
        "linked": result["linked_source"],
        "attribution": result["attribution"],
        "triple": result["triple"],
        "linked_by_type": {kind: one["linked_f1"] for kind, one in result["types"].items()},
    }


def opened(arguments: argparse.Namespace) -> Encoder:
    """Open an exported model, or a checkpoint in its place."""
    if arguments.model.is_dir():
        return Encoder.opened(arguments.model)
    return Encoder(
        network=TorchNetwork(arguments.model),
        pieces=Pieces.read(pretrained_folder() / "vocab.txt"),
        ordinary=frozenset(arguments.ordinary.read_text(encoding="utf-8").split("\n")),
        limits=Thresholds(),
    )


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Score a checkpoint or an exported model.")
    parser.add_argument("model", type=Path, help="a checkpoint, or a folder with an exported model")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--ordinary", type=Path, default=ORDINARY)
    parser.add_argument("--gold", type=Path, help="annotated texts; PolNeAR dev when left out")
    parser.add_argument("--limits", type=Path, help="JSON with thresholds")
    parser.add_argument("--tune", action="store_true", help="tune the thresholds on this set first")
    parser.add_argument("--write", type=Path, help="write predictions here")
    parser.add_argument("--write-limits", type=Path, help="write the thresholds here")
    parser.add_argument("--json", type=Path, help="write the main figures here")
    return parser.parse_args()


def main() -> None:
    """Print the scores of one model on one set."""
    arguments = parse()
    torch.set_num_threads(1)
    judge = scorer(arguments.shared)
    encoder = opened(arguments)
    limits = encoder.limits
    if arguments.limits:
        limits = Thresholds(**json.loads(arguments.limits.read_text()))
    records = read_records(arguments.gold or arguments.shared / "data/attribution/polnear_dev.jsonl.gz")
    run = answers(encoder, records)
    if arguments.tune:
        limits = tune(run, encoder, judge, limits)
    print(limits)
    predicted = run.predict(encoder, limits)
    gold = {r["doc_id"]: r for r in records}
    result = judge.score(gold, predicted)
    judge.show(result)
    total, found, right = nested_found(gold, predicted, judge)
    if total:
        print(f"nested {total} found {found} with source {right}")
    if arguments.json:
        brief = summary(result) | {"nested": total, "nested_found": found, "nested_with_source": right}
        arguments.json.write_text(json.dumps(brief))
    if arguments.write:
        arguments.write.write_text("\n".join(json.dumps(p) for p in predicted.values()) + "\n")
    if arguments.write_limits:
        arguments.write_limits.write_text(json.dumps(dataclasses.asdict(limits)))


if __name__ == "__main__":
    main()
