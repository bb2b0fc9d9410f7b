"""Train the attribution model: `python -m training.train --out build/training/main`.

A run that was stopped goes on from its last checkpoint.
"""

import argparse
import collections
import copy
import itertools
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from sayso.language.encoder.decode import Array
from sayso.language.encoder.pieces import Pieces
from sayso.language.encoder.windows import Batch, batch, distance_bucket, paragraph_relation
from sayso.language.encoder.words import NAME
from training import mentions, open_set, pool, silver
from training.data import (
    UNTOLD,
    Article,
    Window,
    article_of,
    cue_targets,
    cue_weights,
    mention_targets,
    read_records,
    role_targets,
    windows_of,
)
from training.forms import generated
from training.model import Attributor, load_pretrained, pretrained_folder
from training.phrases import plain_sentences

ORDINARY = Path("src/sayso/language/model/ordinary.txt")  # names.py writes it
FALSE_CUES = 2  # of each window: the likeliest words that are none
LEAST_LIKELY = 0.02  # a false cue less likely than this teaches nothing
GOES_ON = 0.5  # how likely the next word of a false cue must be to belong to it
SHORTEST = 3  # words: a window must be longer
FIRST_WORD = 1000  # of the vocabulary; what stands before are marks of its own
NAMES_SEEN = 4000  # how many of the commonest names the anonymous name piece begins as the mean of
LIKE = 20  # steps' windows are sorted by length at once
SAVED_EACH, KEPT_EACH, SHOWN_EACH = 100, 500, 20  # steps


@dataclass(frozen=True)
class Recipe:
    """The numbers of a run."""

    steps: int
    decay: float
    rows: int = 12
    encoder_rate: float = 3e-4
    head_rate: float = 1e-3
    warmup: int = 150
    weight_decay: float = 0.01
    masked: float = 0.06
    cue_weight: float = 1.5
    mention_weight: float = 0.3
    averaging: float = 0.997
    seed: int = 7


def rate_at(step: int, recipe: Recipe) -> float:
    """Return the share of the highest rate: it rises, stays, then falls over the last `decay` of the steps.

    A plateau lets a run be shortened or prolonged without starting again.
    """
    fall = int(recipe.steps * recipe.decay)
    return min(1.0, (step + 1) / recipe.warmup, max(0.02, (recipe.steps - step) / max(1, fall)))


def stream(sets: list[tuple[list[Article], float]], *, rows: int, seed: int) -> Iterator[list[Window]]:
    """Yield the windows of each step, for ever, the same for the same seed.

    `sets` come with how often each is seen in one round; a fraction takes that share of its articles.
    """
    for turn in itertools.count():
        draw = np.random.default_rng([seed, turn])
        fresh: list[Window] = []
        for articles, times in sets:
            order = draw.permutation(len(articles))
            for again in range(int(np.ceil(times))):
                share = min(1.0, times - again)
                for number in order[: round(share * len(order))]:
                    fresh += [w for w in windows_of(articles[number], draw) if w.end - w.begin > SHORTEST]
        draw.shuffle(fresh)
        # Windows of like length stand together, for each is padded to the longest of its step.
        wide = rows * LIKE
        alike = [sorted(fresh[at : at + wide], key=pieces_of) for at in range(0, len(fresh), wide)]
        steps = [some[at : at + rows] for some in alike for at in range(0, len(some), rows)]
        draw.shuffle(steps)
        yield from steps


def pieces_of(window: Window) -> int:
    """Return the length of a window in word pieces."""
    first = window.article.text.first
    return int(first[window.end] - first[window.begin])


def false_cues(tags: Array, truth: Array, weights: Array, many: int) -> list[tuple[int, int]]:
    """Return the likeliest words of a window that are surely no cue: there the model must read nothing."""
    begins = np.where((truth == 0) & (weights == 1), tags[:, 1], -1.0)
    found = []
    for at in np.argsort(-begins)[:many].tolist():
        if begins[at] < LEAST_LIKELY:
            break
        end = at + 1
        while end < len(truth) and truth[end] == 0 and tags[end, 2] > GOES_ON:
            end += 1
        found.append((at, end))
    return found


def tensors(laid: Batch, masked: Tensor) -> dict[str, Tensor]:
    """Bring a batch to torch; `masked` replaces its pieces."""
    return {
        "pieces": masked,
        "case": torch.from_numpy(laid.case),
        "quoted": torch.from_numpy(laid.quoted),
        "seen": torch.from_numpy(laid.seen),
        "first": torch.from_numpy(laid.first),
    }


def cue_vectors(as_cue: Tensor, row: Array, start: Array, end: Array) -> Tensor:
    """Average the cue vectors of each cue's words."""
    width = as_cue.shape[1]
    at = np.arange(width)[None, :]
    inside = ((at >= start[:, None]) & (at < end[:, None])).astype(np.float32)
    inside /= inside.sum(axis=1, keepdims=True)
    return (torch.from_numpy(inside)[:, None, :].to(as_cue.dtype) @ as_cue[torch.from_numpy(row)]).squeeze(1)


def losses(
    model: Attributor,
    windows: list[Window],
    *,
    pieces: Pieces,
    recipe: Recipe,
    draw: np.random.Generator,
) -> tuple[Tensor, Tensor, Tensor]:
    """Return the losses of the cue head, of the roles and of the mentions, for one step."""
    laid = batch([w.article.text for w in windows], [(w.begin, w.end) for w in windows], pieces)
    hidden = (draw.random(laid.pieces.shape) < recipe.masked) & (laid.pieces >= FIRST_WORD)
    given = tensors(laid, torch.from_numpy(np.where(hidden, pieces.mask, laid.pieces)))
    tags, word, cue, named = model.read(**given)
    tags = tags.float()
    width = laid.first.shape[1]
    truth = np.stack([cue_targets(w, width) for w in windows])
    each = functional.cross_entropy(
        tags.reshape(-1, 3), torch.from_numpy(truth).reshape(-1), reduction="none"
    )
    weights = np.stack([cue_weights(w, width) for w in windows]) * laid.word_seen
    teaches = torch.from_numpy(weights).float()
    cue_loss = (each.view_as(teaches) * teaches).sum() / teaches.sum().clamp(min=1)
    kinds = torch.from_numpy(np.stack([mention_targets(w, width) for w in windows]))
    mention_loss = functional.cross_entropy(
        named.float().reshape(-1, named.shape[-1]), kinds.reshape(-1), ignore_index=UNTOLD, reduction="sum"
    ) / (kinds != UNTOLD).sum().clamp(min=1)

    likely = torch.softmax(tags.detach(), dim=-1).numpy()
    rows: list[int] = []
    spans: list[tuple[int, int]] = []
    roles: list[Array] = []
    for number, window in enumerate(windows):
        for told in window.article.told or ():
            if window.begin <= told.cue[0] < window.end:
                rows.append(number)
                spans.append((told.cue[0] - window.begin, min(told.cue[1], window.end) - window.begin))
                roles.append(role_targets(told, window, width))
        for span in false_cues(likely[number], truth[number], weights[number], FALSE_CUES):
            rows.append(number)
            spans.append(span)
            roles.append(np.zeros(width, dtype=np.int64))
    if not rows:
        return cue_loss, cue_loss * 0, mention_loss
    row = np.array(rows)
    start, end = np.array(spans).T
    role_logits = model.pair(
        word,
        cue_vectors(cue, row, start, end),
        torch.from_numpy(row),
        torch.from_numpy(distance_bucket(width, start, end)),
        torch.from_numpy(paragraph_relation(laid.paragraph[row], start)),
        torch.from_numpy(laid.word_seen[row]),
    )
    wanted = torch.from_numpy(np.stack(roles))
    each = functional.cross_entropy(role_logits.float().reshape(-1, 3), wanted.reshape(-1), reduction="none")
    shown = torch.from_numpy(laid.word_seen[row]).float()
    role_loss = (each.view_as(shown) * shown).sum() / shown.sum()
    return cue_loss, role_loss, mention_loss


def groups(model: Attributor, recipe: Recipe) -> list[dict[str, object]]:
    """Split the parameters: heads learn faster, biases and norms do not decay."""
    split: dict[tuple[bool, bool], list[torch.nn.Parameter]] = collections.defaultdict(list)
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            split[
                "encoder.layers" in name or "places" in name or "learnt" in name, parameter.ndim > 1
            ].append(parameter)
    return [
        {
            "params": parameters,
            "lr": recipe.encoder_rate if encoder else recipe.head_rate,
            "top": recipe.encoder_rate if encoder else recipe.head_rate,
            "weight_decay": recipe.weight_decay if matrix else 0.0,
        }
        for (encoder, matrix), parameters in split.items()
    ]


def new_model(articles: list[Article], pieces: Pieces, *, dropout: float = 0.1) -> Attributor:
    """Build the model from the pretrained encoder; what is common is counted in the training articles."""
    model = Attributor(dropout=dropout)
    counts: collections.Counter[int] = collections.Counter()
    names: collections.Counter[str] = collections.Counter()
    for article in articles:
        counts.update(article.text.pieces.tolist())
        words = article.text.words
        names.update(w for w, case in zip(words.surface, words.case.tolist(), strict=True) if case == NAME)
    common = [0, *(p for p, _ in counts.most_common(model.sizes.learnt_pieces - 1) if p)]
    name_like = [p for name, _ in names.most_common(NAMES_SEEN) for p in pieces.of(name, -1)]
    load_pretrained(
        model,
        name_piece=pieces.name,
        name_like=torch.tensor(name_like),
        common=torch.tensor(common, dtype=torch.long),
    )
    return model


def average(averaged: Attributor, model: Attributor, share: float) -> None:
    """Move the averaged weights a little towards the model's."""
    with torch.no_grad():
        for mean, now in zip(averaged.parameters(), model.parameters(), strict=True):
            if now.requires_grad:
                mean.lerp_(now, 1 - share)


def save(path: Path, **parts: object) -> None:
    """Write a checkpoint in one move, so that an interruption leaves the old one."""
    torch.save(parts, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def sets_of(
    arguments: argparse.Namespace, pieces: Pieces, ordinary: frozenset[str]
) -> list[tuple[list[Article], float]]:
    """Read the training sets and how often a round sees each: never dev, `gold_shared` or the seeds."""

    def read(records: Iterable[dict[str, Any]], *, flat: bool = False) -> list[Article]:
        return [article_of(record, pieces=pieces, ordinary=ordinary, flat=flat) for record in records]

    sets: list[tuple[list[Article], float]] = []
    polnear: list[dict[str, Any]] = []
    if arguments.polnear:
        polnear = read_records(arguments.shared / "data/attribution/polnear_train.jsonl.gz")
        sets.append((read(polnear, flat=True), arguments.polnear))
    if arguments.forms:
        texts = [plain.text for plain in pool.documents(arguments.shared)]
        sentences = plain_sentences(texts, np.random.default_rng(arguments.seed))
        sets.append((read(generated(polnear, sentences, seed=arguments.seed)), arguments.forms))
    if arguments.open:
        sets.append(
            (read(open_set.records(arguments.shared, held=False if arguments.hold else None)), arguments.open)
        )
    if arguments.silver:
        sets.append((read(silver.records(arguments.silver, arguments.shared)), arguments.silver_times))
    if arguments.mentions:
        common = pool.shared_runs(arguments.shared)
        named = mentions.articles(arguments.shared, pieces=pieces, ordinary=ordinary)
        sets.append(
            ([one for one in named if not common(" ".join(one.text.words.surface))], arguments.mentions)
        )
    return sets


@dataclass
class Learner:
    """A model in training, the running mean of its weights, and how many steps it has made."""

    model: Attributor
    averaged: Attributor
    optimizer: torch.optim.Optimizer
    recipe: Recipe
    step: int = 0

    @classmethod
    def begun(cls, model: Attributor, recipe: Recipe, start: Path | None) -> "Learner":
        """Begin with the model as it is, or with the averaged weights of the checkpoint `start`."""
        if start:
            model.load_state_dict(torch.load(start, weights_only=True)["averaged"], strict=False)
        optimizer = torch.optim.AdamW(groups(model, recipe), betas=(0.9, 0.98), fused=True)
        return cls(model.train(), copy.deepcopy(model), optimizer, recipe)

    def resume(self, last: Path) -> None:
        """Go on from a checkpoint that `save_all` wrote."""
        loaded = torch.load(last, weights_only=True)
        self.model.load_state_dict(loaded["model"])
        self.averaged.load_state_dict(loaded["averaged"])
        self.optimizer.load_state_dict(loaded["optimizer"])
        self.step = int(loaded["step"])

    def learn(self, windows: list[Window], pieces: Pieces) -> list[float]:
        """Make one step; return its losses."""
        recipe = self.recipe
        draw = np.random.default_rng([recipe.seed, self.step])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = losses(self.model, windows, pieces=pieces, recipe=recipe, draw=draw)
        self.follow(recipe.cue_weight * parts[0] + parts[1] + recipe.mention_weight * parts[2])
        return [float(part.detach()) for part in parts]

    def follow(self, loss: Tensor) -> None:
        """Move the weights down the slope of a loss, and their mean after them."""
        for group in self.optimizer.param_groups:
            group["lr"] = float(group["top"]) * rate_at(self.step, self.recipe)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        average(self.averaged, self.model, min(self.recipe.averaging, (self.step + 1) / (self.step + 10)))
        self.step += 1

    def save_all(self, last: Path) -> None:
        """Write what `resume` needs."""
        save(
            last,
            model=self.model.state_dict(),
            averaged=self.averaged.state_dict(),
            optimizer=self.optimizer.state_dict(),
            step=self.step,
        )


def train(arguments: argparse.Namespace) -> None:
    """Run or resume the training, with a checkpoint every hundred steps."""
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    recipe = Recipe(
        steps=arguments.steps,
        decay=arguments.decay,
        encoder_rate=arguments.rate,
        head_rate=arguments.head_rate,
        warmup=arguments.warmup,
        masked=arguments.masked,
        seed=arguments.seed,
    )
    pieces = Pieces.read(pretrained_folder() / "vocab.txt")
    ordinary = frozenset(arguments.ordinary.read_text(encoding="utf-8").split("\n"))
    sets = sets_of(arguments, pieces, ordinary)
    print("articles", [len(articles) for articles, _ in sets], flush=True)
    every = [article for articles, _ in sets for article in articles]
    learner = Learner.begun(new_model(every, pieces, dropout=arguments.dropout), recipe, arguments.start)
    arguments.out.mkdir(parents=True, exist_ok=True)
    last = arguments.out / "last.pt"
    if last.exists():
        learner.resume(last)
        print("resumed at", learner.step, flush=True)
    drawn = stream(sets, rows=recipe.rows, seed=recipe.seed + learner.step)
    sums = np.zeros(3)
    began = time.monotonic()
    for _ in range(learner.step, recipe.steps):
        sums += learner.learn(next(drawn), pieces)
        done, ended = learner.step, learner.step == recipe.steps
        if done % SHOWN_EACH == 0:
            pace = (time.monotonic() - began) / SHOWN_EACH
            print(
                f"{done} cue, role and mention loss {(sums / SHOWN_EACH).round(3)} {pace:.2f} s/step",
                flush=True,
            )
            sums[:], began = 0, time.monotonic()
        if done % SAVED_EACH == 0 or ended:
            learner.save_all(last)
        if done % KEPT_EACH == 0 or ended:
            save(arguments.out / f"step{done}.pt", averaged=learner.averaged.state_dict(), step=done)


def parse() -> argparse.Namespace:
    """Read the command line; the defaults are those of the first stage of `recipe.sh`."""
    parser = argparse.ArgumentParser(description="Train the attribution model.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoints")
    parser.add_argument("--ordinary", type=Path, default=ORDINARY)
    parser.add_argument("--start", type=Path, help="a checkpoint whose averaged weights are the beginning")
    parser.add_argument("--steps", type=int, default=3300)
    parser.add_argument("--decay", type=float, default=0.66, help="share of the steps with a falling rate")
    parser.add_argument("--warmup", type=int, default=150, help="steps with a rising rate")
    parser.add_argument("--rate", type=float, default=3e-4, help="highest learning rate of the encoder")
    parser.add_argument("--head-rate", type=float, default=1e-3, help="and of the heads")
    parser.add_argument(
        "--polnear", type=float, default=1.0, help="how often a round sees PolNeAR; 0: never read"
    )
    parser.add_argument("--forms", type=float, default=0.6, help="how often it sees the generated forms")
    parser.add_argument("--open", type=float, default=0.0, help="how often it sees the open set")
    parser.add_argument(
        "--hold", action="store_true", help="leave out the part of it that thresholds are tuned on"
    )
    parser.add_argument("--silver", type=Path, help="labels that training.silver wrote")
    parser.add_argument("--silver-times", type=float, default=1.0, help="how often a round sees them")
    parser.add_argument("--mentions", type=float, default=0.35, help="how often it sees the mention sets")
    parser.add_argument("--masked", type=float, default=0.06, help="share of pieces hidden in training")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


if __name__ == "__main__":
    train(parse())
