"""Prints the score table and holds it against the floors: `make quality`."""

import argparse
import sys

from rich.console import Console
from rich.table import Table

from quality import (
    attribution,
    chain,
    contradiction,
    demo,
    matching,
    measure,
    negation,
    numbers,
    pairs,
    places,
    real_figures,
    reprints,
    seeds,
    shared,
    speakers,
    swap,
    times,
    trend,
    worth,
)

SETS = (
    *(trend, attribution, chain, speakers, swap, demo, numbers, real_figures, times, places, negation, worth),
    *(matching, contradiction, pairs, seeds, reprints),
)


def everything() -> list[measure.Measure]:
    """Measure all sets."""
    return [one for measured in SETS for one in measured.measures()]


def main() -> int:
    """Print the table; exit with 1 when a score is below its floor or has none."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true", help="print the scores as a floors file")
    chosen = arguments.parse_args()
    if not shared.is_here():
        print(f"the reference data is not at {shared.SHARED}: nothing was measured", file=sys.stderr)
        return 2
    measures = everything()
    if chosen.json:
        print(measure.as_json(measures), end="")
        return 0
    fallen = measure.fallen(measures)
    pinned = measure.floors()
    table = Table("measure", "score", "floor", "")
    for one in measures:
        floor = pinned.get(one.name)
        table.add_row(
            one.name,
            f"{one.value:g}",
            "none" if floor is None else f"{floor:g}",
            "below" if one in fallen else "holds",
        )
    Console().print(table)
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
