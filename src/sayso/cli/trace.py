"""The commands that follow a claim through the case: trace, compare."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from sayso.cli import claimpage, screen, tables
from sayso.cli.arguments import case_argument, csv_option, days_options, json_option
from sayso.cli.exits import Exit
from sayso.cli.look import answer, written
from sayso.cli.screen import BAD, FAINT, MARKED, STRONG, WEAK
from sayso.core.views import FigureCells, FigureFilter, FigureView, Trace, TraceEvent

if TYPE_CHECKING:
    from sayso.case import Case

_DAY = 10  # columns
_KIND = 10
_LISTED = 8  # copies, reasons or clashes that a cell lists; `--json` has all of them
_UNDATED = "undated"


@click.command("trace")
@case_argument
@click.argument("claim", metavar="ID")
@json_option
def trace_command(case: "Case", *, claim: str, as_json: bool) -> Exit:
    """Follow one claim: who said it first, repeated or denied it.

    Copies are folded together, so that you see how many sources are left. Other figures and corrections
    stand where they came in time. ID is a claim's id or an unambiguous beginning of it, as `sayso claims`
    lists it.
    """
    found = case.trace(claim)
    return answer([found], traces, as_json=as_json)


@click.command("compare")
@case_argument
@click.option("--outcome", metavar="WORD", help="Only this outcome: killed, wounded, displaced …")
@click.option("--place", metavar="NAME", help="Only figures for this place; part of its name is enough.")
@click.option("--population", metavar="WORD", help="Only figures that count these: civilian, child …")
@click.option("--speaker", metavar="NAME", help="Only what this voice says; part of a name is enough.")
@days_options
@csv_option
@json_option
def compare_command(  # noqa: PLR0913 - one argument an option: click gives each by its name
    case: "Case",
    *,
    outcome: str | None,
    place: str | None,
    population: str | None,
    speaker: str | None,
    since: str | None,
    until: str | None,
    table: BinaryIO | None,
    as_json: bool,
) -> Exit:
    """Put figures side by side: who says how many, when and where.

    Figures are bounds: "at least 21" does not clash with 25. What excludes a figure or takes its place
    stands below it, with the id of the other claim.
    """
    wanted = FigureFilter(
        outcome=outcome,
        population=population,
        place=place,
        speaker=speaker,
        since=since,
        until=until,
    )
    if table is not None:
        return written(table, FigureCells, case.figure_table(wanted), as_json=as_json)
    found = case.compare(wanted)
    if not found and not as_json:
        _say_what_there_is(case)
    return answer(found, figures, as_json=as_json)


def _say_what_there_is(case: "Case") -> None:
    counted = Counter(figure.quantity.outcome or "" for figure in case.compare())
    listed = ", ".join(f"{outcome} ({count:,})" for outcome, count in sorted(counted.items()))
    screen.say(f"The case has figures for: {listed}." if listed else "The case has no figures.")


def traces(found: Iterable[Trace]) -> None:
    """Print each claim's life."""
    console = screen.out()
    for trace in found:
        _print(console, trace)


def _print(console: Console, trace: Trace) -> None:
    console.print(screen.line(trace.proposition.words, most=tables.CELL, style=STRONG))
    console.print(Text(_summary(trace), style=FAINT))
    console.print()
    table = tables.plain(("", _DAY), ("", _KIND), "", header=False)
    for event in trace.events:
        ids = "" if event.end.kind == "review" else f"\n{tables.short(event.end.id)}"
        table.add_row(Text(f"{_day(event)}{ids}", style=FAINT), _kind(event), _told(event))
        table.add_row()
    console.print(table)
    console.print(Text("Sources, with copies folded together", style=STRONG))
    for source in trace.sources:
        documents = tables.counted(len(source.documents), "document", "documents")
        named = screen.line(source.name, style=STRONG).append(f", {documents}", style=FAINT)
        console.print(Padding(named, (0, 0, 0, 2)))
        for why in source.why[:_LISTED]:
            console.print(Padding(screen.line(why, style=FAINT), (0, 0, 0, 4)))
        if (more := len(source.why) - _LISTED) > 0:
            console.print(Padding(Text(f"and {more:,} more", style=FAINT), (0, 0, 0, 4)))


def _summary(trace: Trace) -> str:
    said = trace.proposition
    first = f"first seen {said.first_seen[:10]}" if said.first_seen else "undated"
    documents = len({view.document.id for view in said.claims})
    return "; ".join(
        (
            first,
            f"{tables.counted(len(said.claims), 'claim', 'claims')} in {documents:,} of the documents",
            tables.counted(len(said.outlets), "outlet", "outlets"),
            f"{tables.counted(len(trace.sources), 'source', 'sources')} without copies",
        )
    )


def _day(event: TraceEvent) -> str:
    return event.published_at[:_DAY] if event.published_at else _UNDATED


def _kind(event: TraceEvent) -> Text:
    style = {"denied": BAD, "conflict": WEAK, "updated": WEAK}.get(event.kind, MARKED)
    return Text(event.kind, style=style)


def _told(event: TraceEvent) -> Text:
    told = tables.end(event.end)
    if event.link is not None:
        told.append("\n").append_text(tables.why(event.link))
        told.append(f" link {tables.short(event.link.link.id)}", style=FAINT)
    if event.copies:
        carried = "; ".join(tables.dated(copy.document) for copy in event.copies[:_LISTED])
        more = f" and {len(event.copies) - _LISTED:,} more" if len(event.copies) > _LISTED else ""
        told.append("\n").append_text(screen.line(f"the same in {carried}{more}", style=FAINT))
    return told


def figures(found: Iterable[FigureView]) -> None:
    """Print figures: the claim's id, the day, how much of what, whose word it is, what stands against it."""
    console = screen.out()
    table = tables.plain(("id", tables.SHORT), ("day", _DAY), ("figure", 18), "who says it, and where")
    number = 0
    for figure in found:
        number += 1
        published = figure.view.document.published_at
        table.add_row(
            Text(tables.short(figure.view.claim.id), style=FAINT),
            Text(published[:_DAY] if published else _UNDATED),
            _amount(figure),
            Text("\n").join(_circumstances(figure)),
        )
        table.add_row()
    if number:
        console.print(table)
    screen.say(tables.counted(number, "figure", "figures"), style=FAINT)


def _amount(figure: FigureView) -> Text:
    told = screen.line(claimpage.figure(figure.quantity), style=STRONG)
    if figure.quantity.stated != "held":
        told.append(f"\n{figure.quantity.stated}", style=BAD)
    return told


def _circumstances(figure: FigureView) -> Iterator[Text]:
    if figure.places:
        told = screen.line(", ".join(figure.places))
        yield told.append(" (named before)", style=FAINT) if figure.carried else told
    yield tables.said_by(figure.view)
    for clash in figure.clashes[:_LISTED]:
        told = Text(clash.kind, style=WEAK).append(f" {tables.short(clash.claim)}", style=FAINT)
        told.append(": ").append_text(screen.line(clash.why))
        yield told.append(" (confirmed)", style=STRONG) if clash.judgement == "confirmed" else told
    if (more := len(figure.clashes) - _LISTED) > 0:
        yield Text(f"and {more:,} more", style=FAINT)
