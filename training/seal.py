"""Write the scores into the card of the exported model: `python -m training.seal MODEL NAME=FILE …`."""

import argparse
import json
from pathlib import Path

from training.export import write_card


def main() -> None:
    """Read the score files named on the command line into `model.json`."""
    parser = argparse.ArgumentParser(description="Write the scores into the card of the exported model.")
    parser.add_argument("model", type=Path)
    parser.add_argument(
        "scores", nargs="+", metavar="NAME=FILE", help="files written by training.score --json"
    )
    arguments = parser.parse_args()
    scores: dict[str, object] = {}
    for item in arguments.scores:
        name, _, value = item.partition("=")
        scores[name] = json.loads(Path(value).read_text())
    write_card(
        arguments.model,
        thresholds=json.loads((arguments.model / "model.json").read_text())["thresholds"],
        scores=scores,
    )


if __name__ == "__main__":
    main()
