"""Tells which evidence refutes a claim: VitaminC (page split, dev) and the contrast pairs of FEVER-symmetric.

python -m quality.contradiction

A pair counts as refuted at the shown threshold from that probability of `contradicts` on; F1 is that of the
likeliest of the three answers.
"""

import gzip
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from quality.measure import Measure
from quality.shared import SHARED, scorer
from sayso.language.pairing import relations, thresholds

_FOLDER = SHARED / "data" / "contradiction"
_SETS = {"vitaminc": "vitaminc_dev.jsonl.gz", "fever_symmetric": "fever_symmetric_dev.jsonl"}
_LABELS = ("SUPPORTS", "REFUTES", "NOT ENOUGH INFO")
_REFUTES = 1


class _Pair(msgspec.Struct):
    id: str
    claim: str
    evidence: str


class _Scores(msgspec.Struct):
    p: float
    r: float
    f1: float


class _Report(msgspec.Struct):
    accuracy: float
    refutes: _Scores = msgspec.field(name="REFUTES")


def measures() -> Iterator[Measure]:
    """Yield precision and recall of what is shown, F1 and accuracy, in per cent, for both sets."""
    for name, file in _SETS.items():
        likeliest, shown = _reports(_FOLDER / file)
        for part in likeliest:
            where = f"{name} {part}"
            yield Measure(name=f"{where} shown precision", value=_percent(shown[part].refutes.p))
            yield Measure(name=f"{where} shown recall", value=_percent(shown[part].refutes.r))
            yield Measure(name=f"{where} F1", value=_percent(likeliest[part].refutes.f1))
            yield Measure(name=f"{where} accuracy", value=_percent(likeliest[part].accuracy))


def _percent(share: float) -> float:
    return round(100 * share, 1)


def _reports(path: Path) -> tuple[dict[str, _Report], dict[str, _Report]]:
    """Return the scores of the likeliest answers, and those of what the threshold lets through."""
    content = path.read_bytes()
    lines = gzip.decompress(content) if path.suffix == ".gz" else content
    pairs = msgspec.json.Decoder(_Pair).decode_lines(lines)
    likely = relations([(pair.claim, pair.evidence) for pair in pairs])
    shown = likely.copy()
    shown[:, _REFUTES] = np.where(likely[:, _REFUTES] >= thresholds().contradicts, 2.0, -1.0)
    with tempfile.TemporaryDirectory() as temporary:
        gold = Path(temporary) / "gold.jsonl"
        gold.write_bytes(lines)
        return _scored(gold, pairs, likely.argmax(axis=1)), _scored(gold, pairs, shown.argmax(axis=1))


def _scored(gold: Path, pairs: Sequence[_Pair], answers: npt.NDArray[np.intp]) -> dict[str, _Report]:
    """Return the report of the reference scorer on all pairs, and on those with digits on both sides."""
    run = gold.with_name("run.jsonl")
    rows = (
        json.dumps({"id": pair.id, "label": _LABELS[answer]}) + "\n"
        for pair, answer in zip(pairs, answers, strict=True)
    )
    run.write_text("".join(rows), encoding="utf-8")
    printed = scorer("score_pairs.py", gold, run)
    found = (line.split(maxsplit=1) for line in printed.splitlines())
    return {part: msgspec.json.decode(report, type=_Report) for part, report in found}


def main() -> int:
    """Print a line for each measure; exit with 2 when the reference data is absent."""
    if not _FOLDER.is_dir():
        print(f"the reference data is not at {_FOLDER}: nothing was measured", file=sys.stderr)
        return 2
    for one in measures():
        print(f"{one.name:40} {one.value:6.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
