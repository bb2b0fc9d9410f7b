"""Train the pair network and export it: `python -m training.pairing --shared ../shared`.

First the vectors learn to search (`training.pairing_search`). Then each step has two tasks: what two texts
are to each other (cross entropy on VitaminC and on pairs made from the pool), and where a text stands (the
vector that the first stage gave it, asked for with the names and without). `training/PAIRING.md` is the card.
A stopped run goes on where it stopped.
"""

import argparse
import itertools
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from sayso.language.pairing.laying import Row, alone, alone_named, read, together
from training.pairing_export import SHIPPED, write_card, write_graph
from training.pairing_model import PairNetwork, load_pretrained, tensors, vectors_of
from training.pairing_pairs import Pair, generated, known_claims, sentences, vitaminc
from training.pairing_search import learn_to_search

PAIRS, TEXTS, GENERATED = 32, 8, 5  # of a step; of the pairs so many are generated
NAMES_LIKE = 2000  # commonest pieces of names, whose mean a name begins as
SEARCH_STEPS = 240
SHOWN_EACH, SAVED_EACH = 20, 200
AVERAGING = 0.01
KEPT = (3000, 2000, 3000)  # texts of the pool, of VitaminC, and of the sets of known claims
BUCKETS = 12  # batches sorted by length together


@dataclass(frozen=True)
class Recipe:
    """How long and how fast to learn."""

    steps: int
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    warmup: int = 60
    weigh_vector: float = 4.0
    digits_twice: float = 0.5  # share of the pairs with digits on both sides that a round holds once more
    seed: int = 5


def paired(pairs: Sequence[Pair]) -> list[Row]:
    """Lay pairs out."""
    return [together(read(pair.left), read(pair.right)) for pair in pairs]


def has_digit(text: str) -> bool:
    """Tell whether a text has a digit."""
    return any(c.isdigit() for c in text)


def rounds(pairs: Sequence[Pair], recipe: Recipe) -> Iterator[list[Pair]]:
    """Yield batches of pairs of like length without end; a round holds every pair, some with digits twice."""
    draw = random.Random(recipe.seed)  # noqa: S311 - a draw that can be repeated
    digits = [pair for pair in pairs if has_digit(pair.left) and has_digit(pair.right)]
    size = PAIRS - GENERATED
    while True:
        some = [*pairs, *draw.sample(digits, int(recipe.digits_twice * len(digits)))]
        draw.shuffle(some)
        for at in range(0, len(some) - size, size * BUCKETS):
            near = sorted(some[at : at + size * BUCKETS], key=lambda pair: len(pair.left) + len(pair.right))
            batches = [near[i : i + size] for i in range(0, len(near) - size + 1, size)]
            draw.shuffle(batches)
            yield from batches


def name_like(texts: Sequence[str]) -> list[int]:
    """Return the commonest pieces of the names in some texts."""
    counted: Counter[int] = Counter()
    for text in map(read, texts):
        counted.update(
            itertools.chain.from_iterable(p for p, name in zip(text.pieces, text.name, strict=True) if name)
        )
    return [piece for piece, _ in counted.most_common(NAMES_LIKE)]


class Learner:
    """The model, its running average, the optimiser, and how far they are."""

    def __init__(self, model: PairNetwork, recipe: Recipe) -> None:
        self.model, self.recipe, self.step = model, recipe, 0
        self.averaged = PairNetwork(dropout=0.0)
        self.averaged.load_state_dict(model.state_dict())
        head = [
            p
            for n, p in model.named_parameters()
            if n.startswith(("meet", "relation", "mark", "names", "part"))
        ]
        known = {id(p) for p in head}
        rest = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
        groups = [{"params": rest, "top": recipe.rate}, {"params": head, "top": recipe.head_rate}]
        self.optimizer = torch.optim.AdamW(
            groups, lr=recipe.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
        )

    def learn(self, pairs: Sequence[Pair], texts: Sequence[str], wanted: Tensor) -> tuple[float, float]:
        """Take one step; return the loss of the pairs and that of the vectors, half of the texts nameless."""
        self.model.train()
        share = min(1.0, (self.step + 1) / self.recipe.warmup) * (1 - self.step / self.recipe.steps)
        for group in self.optimizer.param_groups:
            group["lr"] = group["top"] * max(share, 0.0)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            _, relation = self.model(*tensors(paired(pairs)))
            half = len(texts) // 2
            rows = [
                lay(read(text))
                for lay, some in ((alone, texts[:half]), (alone_named, texts[half:]))
                for text in some
            ]
            vector, _ = self.model(*tensors(rows))
        answer = torch.tensor([pair.label for pair in pairs])
        of_pairs = functional.cross_entropy(relation.float(), answer, label_smoothing=0.03)
        of_vectors = 1 - (vector * wanted).sum(-1).mean()
        (of_pairs + self.recipe.weigh_vector * of_vectors).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        follow = max(AVERAGING, 1 / (self.step + 1))
        with torch.no_grad():
            for mean, now in zip(self.averaged.parameters(), self.model.parameters(), strict=True):
                if now.requires_grad:
                    mean.lerp_(now, follow)
        return of_pairs.item(), of_vectors.item()

    def save(self, path: Path) -> None:
        """Write all that is needed to go on."""
        state = {
            "model": self.model.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
        }
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def resume(self, path: Path) -> None:
        """Go on where a run stopped."""
        state = torch.load(path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.averaged.load_state_dict(state["averaged"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step = state["step"]


def texts_to_keep(held: Sequence[str], pairs: Sequence[Pair], known: Sequence[str], seed: int) -> list[str]:
    """Return texts whose place the network must keep: sentences, claims, evidence, known claims."""
    draw = random.Random(seed)  # noqa: S311 - a draw that can be repeated
    said = sorted({text for pair in pairs for text in (pair.left, pair.right)})
    return [
        *draw.sample(list(held), KEPT[0]),
        *draw.sample(said, KEPT[1]),
        *draw.sample(list(known), KEPT[2]),
    ]


def searcher(shared: Path, path: Path, held: Sequence[str]) -> PairNetwork:
    """Return the network after the first stage, trained now unless `path` has it."""
    model = PairNetwork()
    if path.exists():
        model.load_state_dict(torch.load(path, weights_only=True))
        return model
    load_pretrained(model, name_like(held))
    learn_to_search(model, shared, steps=SEARCH_STEPS, seed=1)
    torch.save(model.state_dict(), path)
    return model


def train(shared: Path, out: Path, recipe: Recipe) -> PairNetwork:
    """Train from the base model, or from where a run stopped, and return the averaged network."""
    out.mkdir(parents=True, exist_ok=True)
    learnt, _ = vitaminc(shared)
    held = sentences(shared)
    model = searcher(shared, out / "search.pt", held)
    texts = texts_to_keep(held, learnt, known_claims(shared), recipe.seed)
    wanted = torch.from_numpy(vectors_of(model, texts))
    torch.manual_seed(recipe.seed)
    learner = Learner(model, recipe)
    if (out / "last.pt").exists():
        learner.resume(out / "last.pt")
    feed, own = rounds(learnt, recipe), generated(held, recipe.seed)
    draw = random.Random(recipe.seed)  # noqa: S311 - a draw that can be repeated
    began = time.monotonic()
    shown: list[tuple[float, float]] = []
    for step in range(recipe.steps):
        pairs = [*next(feed), *itertools.islice(own, GENERATED)]
        chosen = draw.sample(range(len(texts)), TEXTS)
        if step < learner.step:
            continue
        shown.append(learner.learn(pairs, [texts[i] for i in chosen], wanted[chosen]))
        if learner.step % SHOWN_EACH == 0:
            of_pairs, of_vectors = np.mean(shown, axis=0)
            seconds = time.monotonic() - began
            print(f"{learner.step} pairs {of_pairs:.3f} vectors {of_vectors:.4f} {seconds:.0f} s", flush=True)
            shown.clear()
        if learner.step % SAVED_EACH == 0 or learner.step == recipe.steps:
            learner.save(out / "last.pt")
            torch.save({"averaged": learner.averaged.state_dict()}, out / f"step{learner.step}.pt")
    return learner.averaged


def main() -> None:
    """Train, export, and write the card."""
    parser = argparse.ArgumentParser(description="Train the pair network.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, default=Path("build/training/pairing"))
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--steps", type=int, default=1100)
    arguments = parser.parse_args()
    model = train(arguments.shared, arguments.work, Recipe(steps=arguments.steps))
    write_graph(model, arguments.out)
    write_card(arguments.out, arguments.shared)


if __name__ == "__main__":
    main()
