"""Attribution against people's annotation: PolNeAR's dev articles and our own conflict texts."""

import gzip
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from quality.measure import Measure
from quality.shared import SHARED, scorer
from sayso.core.spans import Spans
from sayso.flow.pipeline import extract

_FOLDER = SHARED / "data" / "attribution"


class Annotated(msgspec.Struct):
    """A text with its gold; the scorer reads the rest."""

    doc_id: str
    text: str
    date: str | None = None


def measures() -> Iterator[Measure]:
    """Yield linked and attribution F1, in per cent, for both sets."""
    with tempfile.TemporaryDirectory() as folder:
        dev = Path(folder) / "dev.jsonl"
        dev.write_bytes(gzip.decompress((_FOLDER / "polnear_dev.jsonl.gz").read_bytes()))
        yield from _scored("polnear_dev", dev)
    yield from _scored("gold_shared", _FOLDER / "gold_shared.jsonl")


def _scored(name: str, gold: Path) -> Iterator[Measure]:
    texts = msgspec.json.Decoder(Annotated).decode_lines(gold.read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        predicted, scores = Path(folder) / "predicted.jsonl", Path(folder) / "scores.json"
        predicted.write_text("".join(json.dumps(_cited(one)) + "\n" for one in texts), encoding="utf-8")
        scorer("score_attribution.py", gold, predicted, "--json", scores)
        found = json.loads(scores.read_text(encoding="utf-8"))
    yield Measure(name=f"{name} linked F1", value=found["linked_source"]["f1"])
    yield Measure(name=f"{name} attribution F1", value=found["attribution"]["f1"])
    for kind in ("direct", "mixed", "indirect"):
        yield Measure(name=f"{name} linked F1 {kind}", value=found["types"][kind]["linked_f1"])


def _cited(one: Annotated) -> dict[str, object]:
    """Return the cited voices of a text as the scorer reads them; the outlet's own are nobody's citation."""
    reading = extract(one.text)
    return {
        "doc_id": one.doc_id,
        "attributions": [
            {"source": _pairs(a.source), "cue": _pairs(a.cue), "content": _pairs(a.content)}
            for a in reading.attributions
            if a.cue or a.source or a.voice != "outlet"
        ],
    }


def _pairs(spans: Spans) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]
