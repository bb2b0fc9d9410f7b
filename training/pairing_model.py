"""The pair network: MiniLM with a part and a mark added to each piece, a sentence vector and a pair head."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from sayso.language.pairing.laying import MARKS, NAMES, Row, alone_named, padded, pieces, read
from training.model import Layer, OtherEncoder, Sizes, pretrained_folder

RELATIONS = ("same", "contradicts", "neither")
AT_ONCE = 64


@dataclass(frozen=True)
class Inputs:
    """Rows of pieces as tensors [rows, pieces]."""

    pieces: Tensor
    part: Tensor
    mark: Tensor
    seen: Tensor


class PairNetwork(nn.Module):
    """One encoder for a text alone and for a pair: parts and marks tell it which it reads."""

    def __init__(self, dropout: float = 0.1, sizes: Sizes | None = None) -> None:
        super().__init__()
        self.sizes = sizes or Sizes()
        width = self.sizes.width
        self.words = nn.Embedding(self.sizes.vocabulary, width)
        self.words.weight.requires_grad_(requires_grad=False)
        self.names = nn.Embedding(NAMES + 1, width)  # row 0 stays zero: what is no name
        self.places = nn.Embedding(self.sizes.positions, width)
        self.part = nn.Embedding(2, width)
        self.mark = nn.Embedding(MARKS, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(self.sizes, 0.0) for _ in range(self.sizes.layers))
        self.meet = nn.Linear(3 * width, width)
        self.relation = nn.Linear(width, len(RELATIONS))

    def encode(self, given: Inputs) -> Tensor:
        """Return [rows, pieces, width]."""
        first = pieces().name
        name = given.pieces - first + 1
        name = name * ((name > 0) & (name <= NAMES))
        place = torch.arange(given.pieces.shape[1], device=given.pieces.device)
        x = self.words(given.pieces) + self.names(name) + self.places(place)
        x = self.dropout(self.norm(x + self.part(given.part) + self.mark(given.mark)))
        bias = (1.0 - given.seen[:, None, None, :].to(x.dtype)) * -1e4
        if torch.is_autocast_enabled("cpu"):
            bias = bias.to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, pieces: Tensor, part: Tensor, mark: Tensor, seen: Tensor) -> tuple[Tensor, Tensor]:
        """Return unit vectors [rows, width] and the logits of the relations [rows, 3]."""
        x = self.encode(Inputs(pieces, part, mark, seen)).float()
        vector = functional.normalize(mean(x, seen), dim=-1)
        second = mean(x, seen * part)
        first = mean(x, seen * (1 - part))
        met = torch.cat([x[:, 0], (first - second).abs(), first * second], dim=-1)
        relation = self.relation(self.dropout(functional.gelu(self.meet(self.dropout(met)))))
        return vector, relation


def mean(x: Tensor, shown: Tensor) -> Tensor:
    """Return the mean over the pieces that are shown; zero where none is."""
    weight = shown[..., None].to(x.dtype)
    return (x * weight).sum(1) / weight.sum(1).clamp(min=1.0)


def tensors(rows: Sequence[Row]) -> list[Tensor]:
    """Lay rows out as the network's four inputs."""
    return [torch.from_numpy(part) for part in padded(rows)]


@torch.no_grad()
def outputs_of(model: PairNetwork, rows: Sequence[Row]) -> tuple[Tensor, Tensor]:
    """Return the vectors and the logits of the relations of rows, read in order of length."""
    model.eval()
    vectors = torch.zeros(len(rows), model.sizes.width)
    relations = torch.zeros(len(rows), len(RELATIONS))
    order = sorted(range(len(rows)), key=lambda at: len(rows[at].pieces))
    for at in range(0, len(order), AT_ONCE):
        some = order[at : at + AT_ONCE]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vector, relation = model(*tensors([rows[i] for i in some]))
        vectors[some], relations[some] = vector.float(), relation.float()
    return vectors, relations


def vectors_of(model: PairNetwork, texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return the unit vectors of texts with their names [texts, width]."""
    vectors, _ = outputs_of(model, [alone_named(read(text)) for text in texts])
    return vectors.numpy()


def load_pretrained(model: PairNetwork, name_like: list[int]) -> None:
    """Fill the encoder with the pretrained weights; a name begins as the mean of `name_like` pieces.

    Each number has a small direction of its own, so that two names differ from the start.
    """
    folder: Path = pretrained_folder()
    given = load_file(str(folder / "model.safetensors"))
    width = model.sizes.width
    if given["embeddings.word_embeddings.weight"].shape[1] != width:
        raise OtherEncoder(folder, width)
    kinds = given["embeddings.token_type_embeddings.weight"]
    with torch.no_grad():
        words = given["embeddings.word_embeddings.weight"].clone()
        spread = words[name_like].std(dim=0)
        first = pieces().name
        words[first : first + NAMES] = 0.0
        model.words.weight.copy_(words)
        random = torch.Generator().manual_seed(7)
        model.names.weight.copy_(
            words[name_like].mean(dim=0) + 0.5 * spread * torch.randn(NAMES + 1, width, generator=random)
        )
        model.names.weight[0] = 0.0
        model.places.weight.copy_(given["embeddings.position_embeddings.weight"] + kinds[0])
        model.part.weight.copy_(torch.stack([torch.zeros(width), kinds[1] - kinds[0]]))
        nn.init.normal_(model.mark.weight, std=0.02)
        model.mark.weight[0] = 0.0
        model.norm.weight.copy_(given["embeddings.LayerNorm.weight"])
        model.norm.bias.copy_(given["embeddings.LayerNorm.bias"])
        for number, layer in enumerate(model.layers):
            root = f"encoder.layer.{number}."
            for kind in ("weight", "bias"):
                parts = [given[f"{root}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
                for ours, theirs in (
                    (layer.out, "attention.output.dense"),
                    (layer.norm1, "attention.output.LayerNorm"),
                    (layer.up, "intermediate.dense"),
                    (layer.down, "output.dense"),
                    (layer.norm2, "output.LayerNorm"),
                ):
                    getattr(ours, kind).copy_(given[f"{root}{theirs}.{kind}"])
