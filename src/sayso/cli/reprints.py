"""`sayso reprints`: which documents hold the same passages, and what a copy changed."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from sayso.cli import screen, tables
from sayso.cli.arguments import case_argument, json_option
from sayso.cli.exits import Exit
from sayso.cli.lists import every
from sayso.cli.look import answer
from sayso.cli.screen import BAD, FAINT, GOOD, MARKED, STRONG
from sayso.core.excerpts import shortened
from sayso.core.records import order_is_stated
from sayso.core.views import Edit, Reprint, ReprintFamily, ReprintPage

if TYPE_CHECKING:
    from sayso.case import Case

_SHARE = 5  # columns
_UNCHANGED = 200  # code points of unchanged text that are shown whole


@click.command("reprints")
@case_argument
@click.option("--of", "link", metavar="LINK", help="What the copy of the link with this id changed.")
@json_option
def reprints_command(case: "Case", *, link: str | None, as_json: bool) -> Exit:
    """List the documents that hold the same passages.

    The largest family comes first; the id before each pair is the link's, for --of and `sayso judge`.
    """
    if link is not None:
        return answer([case.reprint(link)], _edits, as_json=as_json)
    return answer(every(lambda after: case.reprints(after=after)), _families, as_json=as_json)


def _families(found: Iterable[ReprintFamily]) -> None:
    tables.each(found, partial(_family, screen.out()), "family", "families")


def _family(console: Console, family: ReprintFamily) -> None:
    console.print(Text(tables.counted(family.documents, "document", "documents"), style=STRONG))
    first = "; ".join(map(tables.dated, family.first)) or "not known"
    console.print(screen.line(f"first: {first}", most=tables.CELL, style=FAINT))
    table = tables.plain(("", tables.SHORT), ("", _SHARE), "", header=False)
    for one in family.reprints:
        table.add_row(Text(tables.short(one.link), style=FAINT), f"{one.share:.0%}", _pair(one))
    console.print(table)
    if (more := family.pairs - len(family.reprints)) > 0:
        console.print(Text(f"and {tables.counted(more, 'more pair', 'more pairs')}", style=FAINT))
    console.print()


def _pair(one: Reprint) -> Text:
    """Return who shares with whom; only stated dates say which of the two came later."""
    ordered = order_is_stated(one.source.published_at, one.copy.published_at)
    between = "shares with the earlier" if ordered else "shares with"
    return screen.line(f"{tables.dated(one.copy)} {between} {tables.dated(one.source)}", most=tables.CELL)


def _edits(found: Iterable[ReprintPage]) -> None:
    console = screen.out()
    for page in found:
        console.print(_pair(page.reprint))
        console.print(screen.line(page.reprint.why, style=FAINT))
        console.print()
        for edit in page.edits:
            for sign, words, style in _signed(edit, page):
                console.print(Text(f"{sign} ", style=style).append_text(words), soft_wrap=True)
        changed = sum(edit.kind not in {"kept", "moved"} for edit in page.edits)
        told = f"{tables.counted(changed, 'change', 'changes')}: - only in the other text, + only in the copy"
        screen.say(f"{told}, ~ in another place", style=FAINT)


def _signed(edit: Edit, page: ReprintPage) -> Iterable[tuple[str, Text, str]]:
    """Yield each line of an edit: its sign, its words, and how it looks."""
    copy = "" if edit.copy is None else edit.copy.of(page.copy_text)
    if edit.kind in {"kept", "moved"}:
        sign, style = (" ", FAINT) if edit.kind == "kept" else ("~", MARKED)
        yield sign, screen.line(shortened(copy, _UNCHANGED), style=style), style
        return
    if edit.source is not None:
        yield "-", screen.line(shortened(edit.source.of(page.source_text)), style=BAD), BAD
    if edit.copy is not None:
        yield "+", screen.line(shortened(copy), style=GOOD), GOOD
