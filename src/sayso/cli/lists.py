"""The commands that list what a case holds beside claims: documents, outlets, verdicts, problems."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

import click
import msgspec
from rich.text import Text

from sayso.cli import claimpage, jsonlines, screen, tables
from sayso.cli.arguments import case_argument, json_option
from sayso.cli.exits import Exit
from sayso.cli.look import answer
from sayso.cli.screen import FAINT, STRONG
from sayso.core.records import Problem
from sayso.core.views import DocumentRow, OutletPage, OutletRow, VerdictView

if TYPE_CHECKING:
    from sayso.case import Case

_R_co = TypeVar("_R_co", bound=msgspec.Struct, covariant=True)
_DAY = 10  # columns
_NUMBER = 9
_CODE = 22


class _Page(Protocol[_R_co]):
    """A page of a list."""

    @property
    def rows(self) -> tuple[_R_co, ...]: ...

    @property
    def after(self) -> str | None: ...


def every(page: Callable[[str | None], _Page[_R_co]]) -> Iterator[_R_co]:
    """Yield the rows of all pages."""
    after: str | None = None
    while True:
        found = page(after)
        yield from found.rows
        after = found.after
        if after is None:
            return


@click.command("documents")
@case_argument
@json_option
def documents_command(case: "Case", *, as_json: bool) -> Exit:
    """List the documents by day of publication."""
    found = every(lambda after: case.document_rows(after=after))
    return answer(found, _documents, as_json=as_json)


def _documents(found: Iterable[DocumentRow]) -> None:
    table = tables.plain(("id", tables.SHORT), ("day", _DAY), "document", ("claims", _NUMBER))
    tables.listed(table, map(_document, found), "document", "documents")


def _document(row: DocumentRow) -> tuple[Text, ...]:
    told = screen.line(row.head.name, most=tables.CELL, style=STRONG)
    told.append("\n").append_text(screen.line(row.head.outlet or "publisher not stated", style=FAINT))
    day = row.head.published_at[:_DAY] if row.head.published_at else "undated"
    return Text(tables.short(row.head.id), style=FAINT), Text(day), told, Text(f"{row.claims:,}")


@click.command("outlets")
@case_argument
@click.option("--of", "name", metavar="NAME", help="Only the outlet with this name, with its documents.")
@json_option
def outlets_command(case: "Case", *, name: str | None, as_json: bool) -> Exit:
    """List the outlets, what each brings, and whom it credits."""
    if name is not None:
        return answer([case.outlet(name)], _outlet, as_json=as_json)
    found = every(lambda after: case.outlets(after=after))
    return answer(found, _outlets, as_json=as_json)


def _outlet(found: Iterable[OutletPage]) -> None:
    for page in found:
        _outlets([page.row])
        for one in page.documents:
            screen.out().print(screen.line(f"{tables.short(one.head.id)}  {tables.dated(one.head)}"))


def _outlets(found: Iterable[OutletRow]) -> None:
    table = tables.plain("outlet", ("documents", _NUMBER), ("claims", _NUMBER), ("own voice", _NUMBER))
    tables.listed(table, map(_outlet_row, found), "outlet", "outlets")


def _outlet_row(row: OutletRow) -> tuple[Text, ...]:
    told = screen.line(row.name or "nobody named", most=tables.CELL, style=STRONG)
    if row.credits:
        credited = "; ".join(f"{name} in {count:,}" for name, count in row.credits)
        told.append("\n").append_text(screen.line(f"credits {credited}", most=tables.CELL, style=FAINT))
    return told, *(Text(f"{count:,}") for count in (row.documents, row.claims, row.own))


@click.command("verdicts")
@case_argument
@click.option("--of", "claim", metavar="CLAIM", help="Only those on the claim with this id.")
@json_option
def verdicts_command(case: "Case", *, claim: str | None, as_json: bool) -> Exit:
    """List the verdicts that people gave, in their order.

    Superseded ones are among them, and each comes with what it rests on.
    """
    if as_json:
        jsonlines.write(case.verdicts(claim))
    else:
        _verdicts(case.concluded(claim))
    return Exit.DONE


def _verdicts(found: Sequence[VerdictView]) -> None:
    table = tables.plain(("claim", tables.SHORT), "rating, who, when and why, and what it rests on")
    for one in found:
        table.add_row(Text(tables.short(one.verdict.claim), style=FAINT), claimpage.verdict(one))
        table.add_row()
    screen.out().print(table)
    screen.say(tables.counted(len(found), "verdict", "verdicts"), style=FAINT)


@click.command("problems")
@case_argument
@json_option
def problems_command(case: "Case", *, as_json: bool) -> Exit:
    """List what went wrong with files, and what to do."""
    return answer(case.problems(), _problems, as_json=as_json)


def _problems(found: Iterable[Problem]) -> None:
    table = tables.plain(("code", _CODE), "what, and what to do")
    tables.listed(table, map(_problem, found), "problem", "problems")


def _problem(problem: Problem) -> tuple[Text, ...]:
    where = f"{problem.origin}: " if problem.origin else ""
    told = screen.line(f"{where}{problem.message}", most=tables.CELL)
    if problem.hint:
        told.append("\n").append_text(screen.line(problem.hint, style=FAINT))
    return Text(problem.code), told
