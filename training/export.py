"""Export a checkpoint for ONNX Runtime: `python -m training.export CHECKPOINT.pt --limits LIMITS.json`.

The graphs with 8-bit weights become the shipped model; the float graphs are for comparison.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from training.model import Attributor, pretrained_folder
from training.train import ORDINARY


class Reading(nn.Module):
    """The first pass as a graph of its own."""

    def __init__(self, model: Attributor) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, pieces: Tensor, case: Tensor, quoted: Tensor, seen: Tensor, first: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """See `Attributor.read`; the tags of mentions taught the encoder, and nothing reads them yet."""
        tags, word, cue, _ = self.model.read(pieces, case, quoted, seen, first)
        return tags, word, cue


def loaded(checkpoint: Path) -> Attributor:
    """Open the averaged weights, with the learnt changes of the embeddings folded in."""
    model = Attributor(dropout=0.0)
    model.load_state_dict(torch.load(checkpoint, weights_only=True)["averaged"], strict=False)
    model.eval()
    with torch.no_grad():
        encoder = model.encoder
        encoder.words.weight += encoder.learnt(encoder.learnt_index)
        encoder.learnt.weight.zero_()
    return model


class Nothing(nn.Module):
    """Stands where nothing is to be added."""

    def forward(self, _: Tensor) -> Tensor:
        """Return zero."""
        return torch.zeros((), dtype=torch.float32)


def folded(model: Attributor) -> Attributor:
    """Drop the learnt changes from the graph; `loaded` has added them to the embeddings."""
    model.encoder.learnt = Nothing()
    return model


def ones(*shape: int) -> Tensor:
    """Return numbers to trace a graph with."""
    return torch.ones(shape, dtype=torch.long)


def write_graphs(model: Attributor, folder: Path) -> None:
    """Write both passes as float graphs with free numbers of rows, pieces, words and cues."""
    torch.onnx.export(
        Reading(model),
        (ones(2, 40), ones(2, 40), ones(2, 40) * 0, ones(2, 40), ones(2, 30)),
        str(folder / "encoder.onnx"),
        input_names=["pieces", "case", "quoted", "seen", "first"],
        output_names=["tags", "word", "cue"],
        dynamic_axes={
            **{name: {0: "rows", 1: "pieces"} for name in ("pieces", "case", "quoted", "seen")},
            **{name: {0: "rows", 1: "words"} for name in ("first", "tags", "word", "cue")},
        },
        opset_version=17,
        dynamo=False,
    )
    wide = 2 * model.sizes.pair
    torch.onnx.export(
        model.pair,
        (torch.randn(2, 30, wide), torch.randn(3, wide), ones(3), ones(3, 30), ones(3, 30), ones(3, 30)),
        str(folder / "pair.onnx"),
        input_names=["word", "cue", "row", "distance", "paragraph", "seen"],
        output_names=["roles"],
        dynamic_axes={
            "word": {0: "rows", 1: "words"},
            "cue": {0: "cues"},
            "row": {0: "cues"},
            "roles": {0: "cues", 1: "words"},
            **{name: {0: "cues", 1: "words"} for name in ("distance", "paragraph", "seen")},
        },
        opset_version=17,
        dynamo=False,
    )


def quantised(source: Path, target: Path) -> None:
    """Write a graph with 8-bit weights: matrices and embeddings, one scale per channel."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(source), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            ready,
            target,
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )


def digest(path: Path) -> str:
    """Return the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_card(folder: Path, *, thresholds: dict[str, float], **extra: object) -> None:
    """Write what the model is: digests, thresholds and what `extra` says."""
    files = ["encoder.onnx", "pair.onnx", "vocab.txt", "ordinary.txt"]
    card = {
        "name": "sayso-attribution",
        "files": {
            name: {"sha256": digest(folder / name), "bytes": (folder / name).stat().st_size} for name in files
        },
        "thresholds": thresholds,
        **extra,
    }
    (folder / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Write the float graphs beside the quantised ones."""
    parser = argparse.ArgumentParser(description="Export a checkpoint for ONNX Runtime.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/sayso/language/model"))
    parser.add_argument("--float-out", type=Path, default=Path("build/training/float"))
    parser.add_argument("--ordinary", type=Path, default=ORDINARY)
    parser.add_argument(
        "--limits", type=Path, required=True, help="JSON with thresholds, from training.score"
    )
    arguments = parser.parse_args()
    torch.manual_seed(0)
    limits = json.loads(arguments.limits.read_text())
    for folder in (arguments.out, arguments.float_out):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pretrained_folder() / "vocab.txt", folder / "vocab.txt")
        if (folder / "ordinary.txt").resolve() != arguments.ordinary.resolve():
            shutil.copyfile(arguments.ordinary, folder / "ordinary.txt")
    write_graphs(folded(loaded(arguments.checkpoint)), arguments.float_out)
    for name in ("encoder.onnx", "pair.onnx"):
        quantised(arguments.float_out / name, arguments.out / name)
        onnx.checker.check_model(str(arguments.out / name))
    for folder in (arguments.out, arguments.float_out):
        write_card(folder, thresholds=limits)


if __name__ == "__main__":
    main()
