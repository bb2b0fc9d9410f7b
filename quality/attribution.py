"""Attribution against people's annotation: PolNeAR's dev articles and our own conflict texts."""

import gzip
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from quality.measure import Measure
from quality.shared import SHARED, scorer
from sayso.core.reading import Reading
from sayso.core.spans import Spans
from sayso.flow.pipeline import extract

_FOLDER = SHARED / "data" / "attribution"


class Annotated(msgspec.Struct):
    """A text with its gold; the scorer reads the rest."""

    doc_id: str
    text: str
    date: str | None = None


def measures() -> Iterator[Measure]:
    """Yield linked and attribution F1, in per cent, for both sets.

    PolNeAR's scheme forbids an attribution inside another's content, so its annotators left them out, and so
    do the first figures here; the ones "with nested" count each as a false find.
    """
    with tempfile.TemporaryDirectory() as folder:
        dev = Path(folder) / "dev.jsonl"
        dev.write_bytes(gzip.decompress((_FOLDER / "polnear_dev.jsonl.gz").read_bytes()))
        readings = _read(dev)
        yield from _scored("polnear_dev", dev, [_cited(one, nested=False) for one in readings])
        every = _scored("polnear_dev with nested", dev, [_cited(one, nested=True) for one in readings])
        yield next(every)
    gold = _FOLDER / "gold_shared.jsonl"
    yield from _scored("gold_shared", gold, [_cited(one, nested=True) for one in _read(gold)])


def _read(gold: Path) -> list[tuple[str, Reading]]:
    texts = msgspec.json.Decoder(Annotated).decode_lines(gold.read_bytes())
    return [(one.doc_id, extract(one.text)) for one in texts]


def _scored(name: str, gold: Path, cited: list[dict[str, object]]) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder:
        predicted, scores = Path(folder) / "predicted.jsonl", Path(folder) / "scores.json"
        predicted.write_text("".join(json.dumps(one) + "\n" for one in cited), encoding="utf-8")
        scorer("score_attribution.py", gold, predicted, "--json", scores)
        found = json.loads(scores.read_text(encoding="utf-8"))
    yield Measure(name=f"{name} linked F1", value=found["linked_source"]["f1"])
    yield Measure(name=f"{name} attribution F1", value=found["attribution"]["f1"])
    for kind in ("direct", "mixed", "indirect"):
        yield Measure(name=f"{name} linked F1 {kind}", value=found["types"][kind]["linked_f1"])


def _cited(named: tuple[str, Reading], *, nested: bool) -> dict[str, object]:
    """Return the cited voices of a text as the scorer reads them; the outlet's own are nobody's citation."""
    doc_id, reading = named
    return {
        "doc_id": doc_id,
        "attributions": [
            {"source": _pairs(a.source), "cue": _pairs(a.cue), "content": _pairs(a.content)}
            for a in reading.attributions
            if (a.cue or a.source or a.voice != "outlet") and (nested or a.within is None)
        ],
    }


def _pairs(spans: Spans) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]
