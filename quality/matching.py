"""Ranks known claims for tweets and debate sentences: MAP@5 and hit@100 on the two CheckThat dev sets.

python -m quality.matching
"""

import gzip
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from quality.measure import Measure
from quality.shared import SHARED, scorer
from sayso.linking.same import MatchClaim, match

_FOLDER = SHARED / "data" / "matching"
_SETS = ("ct20_t2", "ct21_2b")
_MEASURES = ("MAP@5", "hit@100")


class Query(msgspec.Struct):
    """A text for which the known claim is wanted."""

    id: str
    text: str


def measures() -> Iterator[Measure]:
    """Yield both measures, in per cent, for both sets."""
    for name in _SETS:
        scores = _scored(_FOLDER / name)
        for measure in _MEASURES:
            yield Measure(name=f"{name} {measure}", value=round(100 * scores[measure], 1))


def _scored(folder: Path) -> dict[str, float]:
    packed = (folder / "docs.jsonl.gz").read_bytes()
    claims = msgspec.json.Decoder(MatchClaim).decode_lines(gzip.decompress(packed))
    queries = msgspec.json.Decoder(Query).decode_lines((folder / "dev.queries.jsonl").read_bytes())
    rankings = match([query.text for query in queries], claims)
    rows = (
        json.dumps({"q": query.id, "ranking": [found.id for found in ranking]}) + "\n"
        for query, ranking in zip(queries, rankings, strict=True)
    )
    with tempfile.TemporaryDirectory() as temporary:
        run = Path(temporary) / "run.jsonl"
        run.write_text("".join(rows), encoding="utf-8")
        printed = scorer("score_retrieval.py", folder / "dev.qrels.jsonl", run)
    return msgspec.json.decode(printed, type=dict[str, float])


def main() -> int:
    """Print a line for each measure; exit with 2 when the reference data is absent."""
    if not _FOLDER.is_dir():
        print(f"the reference data is not at {_FOLDER}: nothing was measured", file=sys.stderr)
        return 2
    for one in measures():
        print(f"{one.name:16} {one.value:6.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
