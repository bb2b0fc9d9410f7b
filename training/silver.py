"""Label the open plain texts with trained models: `python -m training.silver MODEL … --out LABELS.jsonl`.

Every model is asked twice, strictly and freely. What more than half of the answers hold is an attribution;
the cue of what fewer hold is doubtful, and teaches nothing. The labels are stand-off: the texts stay away.
"""

import argparse
import dataclasses
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from sayso.core.ports import Found
from sayso.core.spans import Spans
from sayso.language.encoder.finder import Encoder, with_headers
from sayso.language.segments import segments_of
from training import open_set, pool
from training.pool import Plain

AROUND = 0.12  # how much stricter, and freer, than a model's own threshold
SAME = 0.5  # of the characters of two contents: they are one, as the scorer has it
LONGEST = 12_000  # code points of a text that is drawn; a briefing of an hour would be half of a round


class Labels(msgspec.Struct, frozen=True, kw_only=True):
    """What the models say of one text; spans are code points."""

    name: str
    text_sha256: str
    attributions: tuple[Found, ...]
    doubtful: tuple[tuple[int, int], ...]  # cues


class ChangedText(Exception):
    """A labelled text is missing, or not the one that was labelled."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not the text that was labelled")


def voters(folders: Sequence[Path]) -> list[Encoder]:
    """Open the models, each once strict and once free."""
    opened = [Encoder.opened(folder) for folder in folders]
    return [
        dataclasses.replace(
            one,
            limits=dataclasses.replace(one.limits, keep=one.limits.keep + by, inner=one.limits.inner + by),
        )
        for one in opened
        for by in (AROUND, -AROUND)
    ]


def labelled(plain: Plain, encoders: Sequence[Encoder]) -> Labels:
    """Return what more than half of the encoders find; of those the first one's spans."""
    segments = segments_of(plain.text)
    answers = [with_headers(encoder.find(plain.text), segments) for encoder in encoders]
    kept: list[Found] = []
    doubtful: list[tuple[int, int]] = []
    for number, answer in enumerate(answers):
        for one in answer:
            earlier = any(is_same(one, other) for before in answers[:number] for other in before)
            if earlier:
                continue
            votes = 1 + sum(any(is_same(one, other) for other in after) for after in answers[number + 1 :])
            if 2 * votes > len(answers):
                kept.append(one)
            else:
                doubtful += [(span.start, span.end) for span in one.cue]
    return Labels(
        name=plain.name,
        text_sha256=digest(plain.text),
        attributions=tuple(sorted(kept, key=lambda one: one.cue or one.content)),
        doubtful=tuple(sorted(set(doubtful))),
    )


def is_same(left: Found, right: Found) -> bool:
    """Say whether two answers are one attribution: cues that touch, contents that mostly agree."""
    if not any(a.overlaps(b) for a in left.cue for b in right.cue):
        return False
    ours, theirs = places(left.content), places(right.content)
    return len(ours & theirs) >= SAME * len(ours | theirs)


def places(spans: Spans) -> set[int]:
    """Return the code points under some spans."""
    return {at for span in spans for at in range(span.start, span.end)}


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def chosen(shared: Path, *, releases: int, seed: int) -> list[Plain]:
    """Draw so many releases, and take every other text: a text is worth more where its kind is rarer.

    What people annotated for the open set is left out.
    """
    read = {f"{unit.pool}/{unit.document}" for unit in open_set.passages()}
    documents = [one for one in pool.documents(shared) if len(one.text) < LONGEST and one.name not in read]
    stated = [one for one in documents if one.name.startswith("state_releases/")]
    order = np.random.default_rng(seed).permutation(len(stated))[:releases]
    news = [one for one in documents if not one.name.startswith("state_releases/")]
    return [*(stated[at] for at in sorted(order.tolist())), *news, *pool.passages(shared)]


def records(labels: Path, shared: Path) -> Iterator[dict[str, Any]]:
    """Yield the labelled texts in the form of the other training sets.

    Raises ChangedText where a text is not the one that was labelled.
    """
    texts = {digest(one.text): one.text for one in (*pool.documents(shared), *pool.passages(shared))}
    for one in msgspec.json.Decoder(Labels).decode_lines(labels.read_bytes()):
        if one.text_sha256 not in texts:
            raise ChangedText(one.name)
        yield {
            "doc_id": one.name,
            "text": texts[one.text_sha256],
            "attributions": msgspec.to_builtins(one.attributions),
            "doubtful": one.doubtful,
        }


def main() -> None:
    """Write the labels, one text a line."""
    parser = argparse.ArgumentParser(description="Label the open plain texts with trained models.")
    parser.add_argument("models", type=Path, nargs="+", help="folders of exported models")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--releases", type=int, default=700, help="how many state releases are drawn")
    parser.add_argument("--most", type=int, help="label so many texts at most")
    parser.add_argument("--seed", type=int, default=3)
    arguments = parser.parse_args()
    encoders = voters(arguments.models)
    texts = chosen(arguments.shared, releases=arguments.releases, seed=arguments.seed)[: arguments.most]
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    told = doubtful = 0
    with arguments.out.open("wb") as file:
        for text in texts:
            labels = labelled(text, encoders)
            told, doubtful = told + len(labels.attributions), doubtful + len(labels.doubtful)
            file.write(msgspec.json.encode(labels) + b"\n")
    print(f"{len(texts)} texts, {told} attributions, {doubtful} doubtful cues")


if __name__ == "__main__":
    main()
