"""Runs every bench and prints its figures: `make bench`."""

import sys
from itertools import chain

from rich.console import Console
from rich.table import Table

from bench import (
    candidates,
    copies,
    desk,
    desk_memory,
    discourse,
    extraction,
    growth,
    ledger,
    linking,
    numbers,
    places,
    reprints,
    times,
)

_PARTS = (
    *(extraction, ledger, growth, numbers, times, places, discourse),
    *(linking, candidates, copies, reprints, desk, desk_memory),
)


def main() -> int:
    """Print one row a figure."""
    table = Table("figure", "value", "how it was measured")
    for name, value, how in chain.from_iterable(part.figures() for part in _PARTS):
        table.add_row(name, value, how)
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
