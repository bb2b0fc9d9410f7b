"""Runs every bench and prints its figures: `make bench`."""

import sys

from rich.console import Console
from rich.table import Table

from bench import extraction, growth, ledger


def main() -> int:
    """Print one row a figure."""
    table = Table("figure", "value", "how it was measured")
    for name, value, how in (*extraction.figures(), *ledger.figures(), *growth.figures()):
        table.add_row(name, value, how)
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
