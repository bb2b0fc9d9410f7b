"""Exchange two names in each text: the model cannot see who speaks, `python -m training.swap`."""

import argparse
import collections
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sayso.core.ports import Found
from sayso.language.encoder.finder import Encoder
from sayso.language.encoder.words import NAME
from training.data import read_records

MODEL = Path("src/sayso/language/model")
PAIR = 2  # names change places
SEEDS_PAIRS = {
    "Armenia": "Azerbaijan",
    "Armenian": "Azerbaijani",
    "Armenians": "Azerbaijanis",
    "Baku": "Yerevan",
}


def exchange(text: str, pairs: dict[str, str]) -> str:
    """Put each name in the other's place, whole words only."""
    if not pairs:
        return text
    both = {**pairs, **{b: a for a, b in pairs.items()}}
    return re.sub(
        r"\b(" + "|".join(map(re.escape, sorted(both, key=len, reverse=True))) + r")\b",
        lambda m: both[m[0]],
        text,
    )


def in_words(text: str, found: list[Found], pairs: dict[str, str]) -> list[tuple[tuple[str, ...], ...]]:
    """Return each attribution as the words it points at, after the exchange."""
    return [
        tuple(
            tuple(exchange(span.of(text), pairs) for span in spans) for spans in (f.source, f.cue, f.content)
        )
        for f in found
    ]


def commonest_names(encoder: Encoder, text: str) -> dict[str, str]:
    """Return the two names that a text has most often."""
    words = encoder.prepared(text).words
    names = [
        w
        for w, case in zip(words.surface, words.case.tolist(), strict=True)
        if case == NAME and w.isalpha() and len(w) > 1
    ]
    top = [name for name, _ in collections.Counter(names).most_common(2)]
    return dict([top]) if len(top) == PAIR else {}


def pairs_in(shared: Path, encoder: Encoder, articles: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield texts with the names that change places: the seeds, then so many articles of each of two sets."""
    for name in ("trend-2020-11-01.txt", "ministry-2020-11-05.txt"):
        yield (shared / "seeds" / name).read_text(encoding="utf-8"), SEEDS_PAIRS
    for path in ("attribution/polnear_train.jsonl.gz", "pool/wikinews.jsonl.gz"):
        for record in read_records(shared / "data" / path)[:articles]:
            yield record["text"], commonest_names(encoder, record["text"])


class Figures(NamedTuple):
    """How many attributions of how many texts stay the same."""

    texts: int
    attributions: int
    same: int

    @property
    def share(self) -> float:
        """The part that stays, in per cent; all of it where nothing is found."""
        return round(100 * self.same / self.attributions, 2) if self.attributions else 100.0


def figures(shared: Path, model: Path = MODEL, *, articles: int = 100) -> Figures:
    """Exchange two names in so many articles of each set, and count what stays found."""
    encoder = Encoder.opened(model)
    texts = list(pairs_in(shared, encoder, articles))
    same = total = 0
    for text, pairs in texts:
        if not pairs:
            continue
        swapped = exchange(text, pairs)
        before = in_words(text, encoder.find(text), pairs)
        after = in_words(swapped, encoder.find(swapped), {})
        total += max(len(before), len(after))
        same += sum((collections.Counter(before) & collections.Counter(after)).values())
    return Figures(len(texts), total, same)


def main() -> None:
    """Print how many attributions stay the same."""
    parser = argparse.ArgumentParser(description="Exchange two names in each text and compare what is found.")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--articles", type=int, default=100, help="of each set, so many")
    parser.add_argument("--json", type=Path, help="write the figures here")
    arguments = parser.parse_args()
    found = figures(arguments.shared, arguments.model, articles=arguments.articles)
    shown = json.dumps(found._asdict() | {"share": found.share})
    print(shown)
    if arguments.json:
        arguments.json.write_text(shown)


if __name__ == "__main__":
    main()
