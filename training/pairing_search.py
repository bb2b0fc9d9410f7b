"""Teach the pair network which known claim a text repeats: the first stage of `training.pairing`.

Contrastive, on the training halves of the two retrieval sets: a text stands nearer to its claim than to the
claims of the other texts of the batch, and than to one that the base model takes for it (InfoNCE).
"""

import json
import random
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional

from sayso.language.pairing.laying import alone_named, read
from training.data import read_records
from training.pairing_model import PairNetwork, tensors, vectors_of
from training.pairing_pairs import ADDRESS, SETS

BATCH = 16
RATE = 3e-5
WARMUP = 20
SHARPNESS = 20.0  # cosines are multiplied by it
HARD = 20  # nearest wrong claims of the base model that one is drawn from
TITLE = 0.3  # how often the claim's title stands for it
SHOWN_EACH = 20


class Wanted(NamedTuple):
    """A text, the claim it repeats, and the wrong claims that the base model takes for it."""

    text: str
    claim: str
    title: str
    hard: list[str]


def wanted(shared: Path, model: PairNetwork) -> list[Wanted]:
    """Return the training pairs of both sets."""
    return [one for name in SETS for one in _of_set(shared / "data/matching" / name, model)]


def _of_set(folder: Path, model: PairNetwork) -> list[Wanted]:
    claims = list(read_records(folder / "docs.jsonl.gz"))
    row_of = {claim["id"]: at for at, claim in enumerate(claims)}
    texts = {query["id"]: ADDRESS.sub(" ", query["text"]) for query in _lines(folder / "train.queries.jsonl")}
    right: dict[str, list[int]] = {}
    for pair in _lines(folder / "train.qrels.jsonl"):
        right.setdefault(pair["q"], []).append(row_of[pair["d"]])
    of_claims = vectors_of(model, [claim["text"] for claim in claims])
    of_texts = vectors_of(model, list(texts.values()))
    found = []
    for (query, text), vector in zip(texts.items(), of_texts, strict=True):
        near = np.argsort(-(of_claims @ vector), kind="stable")[: HARD + len(right.get(query, ()))]
        hard = [claims[at]["text"] for at in near if at not in right.get(query, ())][:HARD]
        found += [
            Wanted(text, claims[at]["text"], claims[at].get("title") or claims[at]["text"], hard)
            for at in right.get(query, ())
        ]
    return found


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def learn_to_search(model: PairNetwork, shared: Path, *, steps: int, seed: int) -> None:
    """Train the vectors of `model`, names as they are written."""
    pairs = wanted(shared, model)
    draw = random.Random(seed)  # noqa: S311 - a draw that can be repeated
    torch.manual_seed(seed)
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=RATE)
    order: list[Wanted] = []
    for step in range(steps):
        if len(order) < BATCH:
            order = draw.sample(pairs, len(pairs))
        some = [order.pop() for _ in range(BATCH)]
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARMUP) * (1 - step / steps)
        claims = [one.title if draw.random() < TITLE else one.claim for one in some]
        texts = [one.text for one in some] + claims + [draw.choice(one.hard) for one in some]
        model.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vector, _ = model(*tensors([alone_named(read(text)) for text in texts]))
        asked, offered = vector[:BATCH], vector[BATCH:]
        answer = torch.arange(BATCH)
        loss = functional.cross_entropy(SHARPNESS * asked @ offered.T, answer)
        loss = (loss + functional.cross_entropy(SHARPNESS * offered[:BATCH] @ asked.T, answer)) / 2
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if (step + 1) % SHOWN_EACH == 0:
            print(f"search {step + 1} loss {loss.item():.3f}", flush=True)
