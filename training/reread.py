"""Let the encoder read plain texts with names hidden: `python -m training.reread --out build/training/read`.

all-MiniLM-L6-v2 was last trained to compare sentences and has never seen the anonymous name piece. Guessing
hidden pieces of news and statements (masked language modelling) brings its words back before the heads come.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from sayso.language.encoder.decode import Array
from sayso.language.encoder.pieces import Pieces
from sayso.language.encoder.windows import batch, prepare
from sayso.language.encoder.words import cut
from training import open_set, pool
from training.data import Article, Window, read_records
from training.model import Attributor, Sizes, pretrained_folder
from training.train import (
    FIRST_WORD,
    ORDINARY,
    SAVED_EACH,
    SHOWN_EACH,
    Learner,
    Recipe,
    new_model,
    save,
    stream,
    tensors,
)

HIDDEN = 0.2  # of the pieces are to be guessed
SHOWN, SWAPPED = 0.1, 0.05  # of these stay as they are, or become another piece, as in BERT


class Reader(nn.Module):
    """The attribution model with a head that guesses hidden pieces."""

    def __init__(self, model: Attributor) -> None:
        super().__init__()
        self.model = model
        width = model.sizes.width
        self.guess = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(model.sizes.vocabulary))

    def forward(self, given: dict[str, Tensor], wanted: Tensor, at: Tensor) -> Tensor:
        """Return the loss of the pieces `wanted` at the flat places `at`."""
        encoder = self.model.encoder
        x = encoder(given["pieces"], given["case"], given["quoted"], given["seen"])
        x = self.guess(x.reshape(-1, x.shape[-1])[at])
        words = encoder.words.weight + encoder.learnt(encoder.learnt_index)
        return functional.cross_entropy((x @ words.to(x.dtype).T).float() + self.bias, wanted)


def texts_of(shared: Path, *, polnear: bool) -> Iterator[str]:
    """Yield plain texts: the pool's documents, Voice of America, our own, and PolNeAR train if wanted."""
    if polnear:
        for record in read_records(shared / "data/attribution/polnear_train.jsonl.gz"):
            yield record["text"]
    for plain in (*pool.documents(shared), *pool.passages(shared)):
        yield plain.text
    for unit in open_set.invented():
        yield unit.text


def guesses(windows: list[Window], pieces: Pieces, draw: np.random.Generator) -> tuple[Array, ...]:
    """Return a batch's inputs with pieces hidden, and what stood at which places."""
    laid = batch([w.article.text for w in windows], [(w.begin, w.end) for w in windows], pieces)
    chosen = (draw.random(laid.pieces.shape) < HIDDEN) & (laid.pieces >= FIRST_WORD)
    chance = draw.random(laid.pieces.shape)
    given = np.where(chosen & (chance >= SHOWN + SWAPPED), pieces.mask, laid.pieces)
    other = draw.integers(FIRST_WORD, Sizes().vocabulary, laid.pieces.shape)
    given = np.where(chosen & (chance < SWAPPED), other, given)
    return laid, given, laid.pieces[chosen], np.flatnonzero(chosen)


def read(arguments: argparse.Namespace) -> None:
    """Run or resume, with a checkpoint every hundred steps."""
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    recipe = Recipe(
        steps=arguments.steps, decay=0.7, encoder_rate=arguments.rate, head_rate=1e-3, seed=arguments.seed
    )
    pieces = Pieces.read(pretrained_folder() / "vocab.txt")
    ordinary = frozenset(arguments.ordinary.read_text(encoding="utf-8").split("\n"))
    articles = [
        Article(name=str(number), text=prepare(cut(text, ordinary), pieces), told=())
        for number, text in enumerate(texts_of(arguments.shared, polnear=not arguments.open))
    ]
    print("texts", len(articles), "pieces", sum(len(a.text.pieces) for a in articles), flush=True)
    learner = Learner.begun(Reader(new_model(articles, pieces)), recipe, None)
    arguments.out.mkdir(parents=True, exist_ok=True)
    last = arguments.out / "last.pt"
    if last.exists():
        learner.resume(last)
        print("resumed at", learner.step, flush=True)
    drawn = stream([(articles, 1.0)], rows=recipe.rows, seed=recipe.seed + learner.step)
    total, began = 0.0, time.monotonic()
    while learner.step < recipe.steps:
        draw = np.random.default_rng([recipe.seed, learner.step])
        laid, given, wanted, at = guesses(next(drawn), pieces, draw)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = learner.model(
                tensors(laid, torch.from_numpy(given)), torch.from_numpy(wanted), torch.from_numpy(at)
            )
        learner.follow(loss)
        total += float(loss.detach())
        if learner.step % SHOWN_EACH == 0:
            pace = (time.monotonic() - began) / SHOWN_EACH
            print(f"{learner.step} loss {total / SHOWN_EACH:.3f} {pace:.2f} s/step", flush=True)
            total, began = 0.0, time.monotonic()
        if learner.step % SAVED_EACH == 0 or learner.step == recipe.steps:
            learner.save_all(last)
            save(arguments.out / "read.pt", averaged=learner.averaged.model.state_dict(), step=learner.step)


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Let the encoder guess hidden pieces of plain texts.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoints")
    parser.add_argument("--ordinary", type=Path, default=ORDINARY)
    parser.add_argument("--open", action="store_true", help="leave PolNeAR out, whose licence nobody states")
    parser.add_argument("--steps", type=int, default=1300)
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    read(parse())
