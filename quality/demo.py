"""Scores the bundled case against what a reader finds in it, and prints the worst misses.

python -m quality.demo [--most 40]
"""

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from pathlib import Path

from rich.console import Console

from quality import shared
from quality.demo_case import Score, is_cited, scored
from quality.demo_gold import spans_of
from quality.demo_misses import Miss, misses
from quality.measure import Measure
from sayso.core.spans import Spans
from sayso.core.views import DocumentPage

_LONGEST_SHOWN = 160  # characters


def measures(score: Score | None = None) -> Iterator[Measure]:
    """Yield shares in per cent; the linked F1 only where the reference scorer is.

    Without a score the case is built first.
    """
    score = score or scored()
    if shared.is_here():
        yield Measure(name="demo linked F1", value=linked_f1(score))
    said = {one.row.id for one in score.own}
    own = [row for row in score.gold.rows if row.voice == "outlet"]
    yield _share("demo outlet voice found", (row.id in said for row in own))
    yield _share("demo speaker right of matched", (one.speaker_is_right for one in score.cited))
    yield _share("demo within right of matched", (right for _, right in score.nestings()))
    yield _share("demo act right of matched", (one.act_is_right for one in score.found))
    yield _share("demo polarity right of matched", (one.polarity_is_right for one in score.found))
    yield _share("demo links found", map(score.links.finds, score.gold.pairs))
    yield _share("demo links right", map(score.links.supports, score.telling))


def _share(name: str, right: Iterable[bool]) -> Measure:
    marks = list(right)
    return Measure(name=name, value=round(100 * sum(marks) / len(marks), 1) if marks else 100.0)


def linked_f1(score: Score) -> float:
    """Return the F1 of cited voices in per cent, content and source right, as the reference scorer has it."""
    with tempfile.TemporaryDirectory() as folder:
        gold, found, scores = (Path(folder) / name for name in ("gold.jsonl", "found.jsonl", "scores.json"))
        gold.write_text("".join(_gold_lines(score)), encoding="utf-8")
        found.write_text("".join(_found_lines(score)), encoding="utf-8")
        shared.scorer("score_attribution.py", gold, found, "--json", scores)
        f1: float = json.loads(scores.read_text(encoding="utf-8"))["linked_source"]["f1"]
    return f1


def _gold_lines(score: Score) -> Iterator[str]:
    for key, page in score.pages.items():
        text = page.document.text
        cited = (row for row in score.gold.rows if row.key == key and row.cited)
        yield _line(
            page, ([spans_of(role, text) for role in (row.source, row.cue, row.content)] for row in cited)
        )


def _found_lines(score: Score) -> Iterator[str]:
    for page in score.pages.values():
        yield _line(page, ([one.source, one.cue, one.content] for one in page.attributions if is_cited(one)))


def _line(page: DocumentPage, attributions: Iterable[Sequence[Spans]]) -> str:
    """Write a document as a line for the scorer; an attribution is its source, cue and content."""
    written = [
        {
            role: [(span.start, span.end) for span in spans]
            for role, spans in zip(("source", "cue", "content"), attribution, strict=True)
        }
        for attribution in attributions
    ]
    record = {"doc_id": page.head.origin, "text": page.document.text, "attributions": written}
    return json.dumps(record) + "\n"


def main() -> None:
    """Print the scores, then the misses kind by kind."""
    arguments = argparse.ArgumentParser(description="Scores of the bundled case, and its worst misses.")
    arguments.add_argument("--most", type=int, default=40, help="how many misses to print (40)")
    most: int = arguments.parse_args().most
    score = scored()
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for measure in measures(score):
        console.print(f"{measure.value:5.1f}  {measure.name}")
    kinds: dict[str, list[Miss]] = {}
    for miss in misses(score):
        kinds.setdefault(miss.kind, []).append(miss)
    shown = set(islice(_in_turn(kinds.values()), most))
    for kind, of_it in kinds.items():
        printed = [miss for miss in of_it if miss in shown]
        console.print(f"\n{kind}: {len(printed)} of {len(of_it)}", style="bold")
        for miss in printed:
            console.print(f"  {miss.file}: {_short(miss.words)}\n      {_short(miss.note)}")


def _in_turn(kinds: Iterable[Sequence[Miss]]) -> Iterator[Miss]:
    """Yield the first miss of each kind, then the second of each, until there are no more."""
    return (miss for miss in chain.from_iterable(zip_longest(*kinds)) if miss is not None)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


if __name__ == "__main__":
    main()
