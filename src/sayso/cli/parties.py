"""`sayso parties`: who is named, and what people judged about them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click
from rich.text import Text

from sayso.cli import jsonlines, screen, tables
from sayso.cli.arguments import case_argument, json_option
from sayso.cli.exits import Exit
from sayso.cli.judge import told
from sayso.cli.screen import FAINT, STRONG
from sayso.core.ids import PartyId
from sayso.core.views import MOST_ALIKE, PartyView

if TYPE_CHECKING:
    from sayso.case import Case

_CLAIMS = 6  # columns
_LISTED = 8  # ids or judgements that a cell lists; `--json` has all of them


@click.command("parties")
@case_argument
@json_option
def parties_command(case: "Case", *, as_json: bool) -> Exit:
    """List who is named, and what people judged about them.

    Whoever speaks most comes first. Parties that share a name point at each other until `sayso judge` says
    what they are.
    """
    found = case.parties()
    if as_json:
        jsonlines.write(found)
    else:
        tabulate(found)
    return Exit.DONE


def tabulate(found: Iterable[PartyView]) -> None:
    """Print parties: the id to judge one by, its kind, how many claims it speaks, what is known of it."""
    table = tables.plain(("id", tables.SHORT), ("kind", 12), ("claims", _CLAIMS), "names")
    tables.listed(table, map(_row, found), "party", "parties")


def _row(view: PartyView) -> tuple[Text, ...]:
    return (
        Text(tables.short(view.id), style=FAINT),
        Text(view.kind.replace("_", " ")),
        Text(f"{view.claims:,}"),
        Text("\n").join(_lines(view)),
    )


def _lines(view: PartyView) -> Iterator[Text]:
    yield screen.line(view.name, most=tables.CELL, style=STRONG)
    others = [name for name in view.names if name != view.name]
    if others:
        yield screen.line(f"also {'; '.join(others)}", most=tables.CELL, style=FAINT)
    if view.folded:
        yield screen.line(f"holds {_ids(view.folded)}", style=FAINT)
    for judgement in view.judgements[:_LISTED]:
        yield screen.line(told(judgement), most=tables.CELL)
    if more := len(view.judgements[_LISTED:]):
        yield screen.line(f"and {more:,} more {'judgement' if more == 1 else 'judgements'}", style=FAINT)
    if view.alike:
        who = _ids(view.alike, most=MOST_ALIKE)
        yield screen.line(f"shares a name with {who}", most=tables.CELL, style=screen.WEAK)


def _ids(parties: Sequence[PartyId], *, most: int | None = None) -> str:
    """List ids; `most` is how many a view holds at all, so that there may be more than it says."""
    listed = ", ".join(map(tables.short, parties[:_LISTED]))
    more = len(parties[_LISTED:])
    least = "at least " if len(parties) == most else ""
    return f"{listed} and {least}{more:,} more" if more else listed
