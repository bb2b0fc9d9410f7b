"""The open training set: our own annotated texts, and annotated passages of the pool joined with their words.

`python -m training.open_set --counts` prints how much of it there is.
"""

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from training.data import read_records

FOLDER = Path(__file__).with_name("open")
Pool = Literal["state_releases", "wikinews"]
Act = Literal["assert", "deny", "accuse", "demand", "pledge", "predict", "justify", "evaluate", "report"]
Spans = tuple[tuple[int, int], ...]
HELD = 10  # per cent of the documents are held out where thresholds are tuned on this set


class Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One attribution; spans are code points of the unit's text, half open."""

    id: str
    source: Spans
    cue: Spans
    content: Spans
    within: str | None  # the attribution of the same unit whose content holds this one
    speaker: str | None  # kind and slug; None where the text names none
    act: Act
    polarity: Literal["+", "-"]
    hedge: str


class Unit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="origin"):
    """One to some consecutive paragraphs of a document."""

    id: str
    paragraphs: int
    forms: tuple[str, ...]  # what it was chosen or written for
    attributions: tuple[Told, ...]


class Invented(Unit, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="invented"):
    """A text of our own about invented states."""

    text: str


class Passage(Unit, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="pool"):
    """A passage of a pool document, without its words."""

    pool: Pool
    document: str
    text_sha256: str  # of the document's whole text in UTF-8
    span: tuple[int, int]  # the passage in it, in code points


class ChangedDocument(Exception):
    """A pool document is missing, or not the one that was annotated."""

    def __init__(self, unit: Passage) -> None:
        super().__init__(f"{unit.pool} {unit.document} is not the text that was annotated")


def invented() -> list[Invented]:
    """Read the texts of our own."""
    return msgspec.json.Decoder(Invented).decode_lines((FOLDER / "invented.jsonl").read_bytes())


def passages() -> list[Passage]:
    """Read the annotated passages of the pool."""
    return msgspec.json.Decoder(Passage).decode_lines((FOLDER / "pool.jsonl").read_bytes())


def texts_of(units: Sequence[Passage], shared: Path) -> Iterator[str]:
    """Yield the words of each passage from the pool below `shared`.

    Raises ChangedDocument where a document is not the one that was annotated.
    """
    texts = {
        (name, record["id"]): str(record["text"])
        for name in sorted({unit.pool for unit in units})
        for record in read_records(shared / "data" / "pool" / f"{name}.jsonl.gz")
    }
    for unit in units:
        text = texts.get((unit.pool, unit.document), "")
        if hashlib.sha256(text.encode()).hexdigest() != unit.text_sha256:
            raise ChangedDocument(unit)
        yield text[slice(*unit.span)]


def is_held(unit: Unit) -> bool:
    """Say whether a unit belongs to the held part: with every other passage of its document."""
    name = unit.document if isinstance(unit, Passage) else unit.id
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 100 < HELD


def records(shared: Path, *, held: bool | None = None) -> Iterator[dict[str, Any]]:
    """Yield units in the form of the other training sets, those of our own first.

    `held`: the held part alone, or all but it; None: every unit.
    """
    ours, found = invented(), passages()
    words = [*(unit.text for unit in ours), *texts_of(found, shared)]
    for unit, text in zip([*ours, *found], words, strict=True):
        if held is None or is_held(unit) == held:
            told = [msgspec.to_builtins(one) | {"nested_in": one.within} for one in unit.attributions]
            yield {"doc_id": unit.id, "text": text, "attributions": told}


def depth(told: Told, unit: Unit) -> int:
    """Return how many attributions an attribution stands in."""
    by_id = {one.id: one for one in unit.attributions}
    return 0 if told.within is None else 1 + depth(by_id[told.within], unit)


def counts(units: Sequence[Unit]) -> dict[str, int]:
    """Count what the units hold, acts last."""
    told = [(one, unit) for unit in units for one in unit.attributions]
    acts = Counter(one.act for one, _ in told)
    return {
        "units": len(units),
        "paragraphs": sum(unit.paragraphs for unit in units),
        "units without attribution": sum(not unit.attributions for unit in units),
        "attributions": len(told),
        "nested": sum(one.within is not None for one, _ in told),
        "nested twice or deeper": sum(depth(one, unit) > 1 for one, unit in told),
        "without source": sum(not one.source for one, _ in told),
        "without cue": sum(not one.cue for one, _ in told),
        "content in pieces": sum(len(one.content) > 1 for one, _ in told),
        **{f"act {act}": acts[act] for act in get_args(Act)},
    }


def table(columns: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """Yield a Markdown table of counts, one column a set."""
    yield "| | " + " | ".join(columns) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    for row in next(iter(columns.values())):
        yield "| " + " | ".join([row, *(f"{column[row]:,}" for column in columns.values())]) + " |"


def main() -> None:
    """Print the counts of the set, or check that every passage still has its words."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--counts", action="store_true", help="print a table of counts")
    parser.add_argument("--held", type=Path, help="write the held part here, with its words")
    arguments = parser.parse_args()
    if arguments.counts:
        found = passages()
        columns = {"invented": counts(invented())}
        columns |= {name: counts([unit for unit in found if unit.pool == name]) for name in get_args(Pool)}
        columns["all"] = counts([*invented(), *found])
        print("\n".join(table(columns)))
        return
    if arguments.held:
        arguments.held.parent.mkdir(parents=True, exist_ok=True)
        rows = (msgspec.json.encode(one) for one in records(arguments.shared, held=True))
        arguments.held.write_bytes(b"\n".join(rows) + b"\n")
        return
    print(f"{sum(1 for _ in records(arguments.shared))} units, each with its words")


if __name__ == "__main__":
    main()
