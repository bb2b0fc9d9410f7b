"""Ranks known claims for tweets and debate sentences: MAP@5 and hit@100 on the two CheckThat dev sets.

    python quality/matching.py

The texts lie beside the checkout in ../shared/data/matching and the scorer in ../shared/tools.
"""

import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from sayso.linking.same import MatchClaim, match

SETS = ("ct20_t2", "ct21_2b")


class Query(msgspec.Struct):
    """A text for which the known claim is wanted."""

    id: str
    text: str


def measured(name: str) -> dict[str, float]:
    """Return the scores of one set's dev queries, by measure."""
    folder = SHARED / "data" / "matching" / name
    claims = msgspec.json.Decoder(MatchClaim).decode_lines(
        gzip.decompress((folder / "docs.jsonl.gz").read_bytes())
    )
    queries = msgspec.json.Decoder(Query).decode_lines((folder / "dev.queries.jsonl").read_bytes())
    rankings = match([query.text for query in queries], claims)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as run:
        for query, ranking in zip(queries, rankings, strict=True):
            run.write(json.dumps({"q": query.id, "ranking": [found.id for found in ranking]}) + "\n")
        run.flush()
        scored = subprocess.run(  # noqa: S603 - the scorer and our own file
            [sys.executable, SHARED / "tools" / "score_retrieval.py", folder / "dev.qrels.jsonl", run.name],
            check=True,
            capture_output=True,
        )
    return msgspec.json.decode(scored.stdout, type=dict[str, float])


def main() -> int:
    """Print a row for each set; exit with 2 when the reference data is absent."""
    if not (SHARED / "data" / "matching").is_dir():
        print(
            f"the reference data is not here: {SHARED / 'data' / 'matching'} does not exist", file=sys.stderr
        )
        return 2
    print(f"{'set':10} {'MAP@5':>7} {'hit@100':>8}")
    for name in SETS:
        scores = measured(name)
        print(f"{name:10} {scores['MAP@5']:7.3f} {scores['hit@100']:8.3f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
