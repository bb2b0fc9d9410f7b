"""The commands that show a case as a whole: about, document, who, repeated."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, get_args

import click
from rich.text import Text

from sayso.cli import screen, tables
from sayso.cli.arguments import case_argument, days_options, json_option
from sayso.cli.exits import Exit
from sayso.cli.look import answer
from sayso.cli.screen import FAINT, MARKED, STRONG
from sayso.core.records import Act, Voice
from sayso.core.views import NOBODY, OTHERS, About, DocumentPage, Proposition, RelationFilter, Relations

if TYPE_CHECKING:
    from sayso.case import Case

_NUMBER = 9  # columns
_ACT = 10
_DAY = 10
_MOST_PARTIES = 60  # more rows and columns than that nobody reads


@click.command("about")
@case_argument
@json_option
def about_command(case: "Case", *, as_json: bool) -> Exit:
    """Say what a case is called, and how much is in it.

    The last line is the hash of the log's last entry: as long as it is the same, so is the case.
    """
    return answer([case.about()], _abouts, as_json=as_json)


def _abouts(found: Iterable[About]) -> None:
    for about in found:
        console = screen.out()
        console.print(screen.line(about.title, style=STRONG))
        table = tables.plain(("", _NUMBER), "", header=False)
        counts = (
            (about.documents, "documents"),
            (about.claims, "claims"),
            (about.links, "links"),
            (about.reviews, "fact-checks"),
            (about.verdicts, "verdicts"),
            (about.log_entries, "entries in the log"),
        )
        for count, what in counts:
            table.add_row(Text(f"{count:,}"), Text(what))
        console.print(table)
        console.print(screen.line(f"ratings: {', '.join(about.ratings)}", style=FAINT))
        console.print(Text(about.log_head, style=FAINT), soft_wrap=True)


@click.command("document")
@case_argument
@click.argument("document", metavar="ID")
@json_option
def document_command(case: "Case", *, document: str, as_json: bool) -> Exit:
    """Show one document: its text, its claims, its problems.

    ID is a document's id or an unambiguous beginning of it, as `sayso documents` lists it.
    """
    return answer([case.document(document)], _documents, as_json=as_json)


def _documents(found: Iterable[DocumentPage]) -> None:
    for page in found:
        console = screen.out()
        console.print(screen.line(page.head.name, style=STRONG))
        console.print(screen.line(tables.dated(page.head), style=FAINT))
        for problem in page.problems:
            console.print(screen.line(f"{problem.message}: {problem.hint}", style=screen.WEAK))
        console.print()
        console.print(Text(screen.safe(page.document.text)))
        console.print()
        tables.claims(page.claims)


@click.command("who")
@case_argument
@click.option("--act", type=click.Choice(get_args(Act)), help="Only this kind of claim.")
@click.option("--voice", type=click.Choice(get_args(Voice)), help="Only words conveyed in this way.")
@days_options
@click.option(
    "--most",
    type=click.IntRange(1, _MOST_PARTIES),
    default=12,
    show_default=True,
    help="At most so many speakers, and as many targets.",
)
@json_option
def who_command(  # noqa: PLR0913 - one argument an option: click gives each by its name
    case: "Case",
    *,
    act: Act | None,
    voice: Voice | None,
    since: str | None,
    until: str | None,
    most: int,
    as_json: bool,
) -> Exit:
    """Count who says what of whom."""
    wanted = RelationFilter(
        act=act,
        voice=voice,
        since=since,
        until=until,
        most=most,
    )
    return answer([case.relations(wanted)], _relations, as_json=as_json)


def _relations(found: Iterable[Relations]) -> None:
    for relations in found:
        names: dict[str, str] = {actor.id: actor.name for actor in (*relations.speakers, *relations.targets)}
        names |= {OTHERS: "others", NOBODY: "nobody named"}
        table = tables.plain("who", ("act", _ACT), "of whom", ("claims", _NUMBER))
        for one in sorted(relations.relations, key=lambda one: -one.claims):
            who, whom = (screen.line(names.get(party, party)) for party in (one.speaker, one.target))
            table.add_row(who, Text(one.act, style=MARKED), whom, Text(f"{one.claims:,}"))
        screen.out().print(table)
        told = f"{relations.claims:,} claims, {relations.aimed:,} of them aimed at somebody"
        screen.say(told, style=FAINT)


@click.command("repeated")
@case_argument
@click.option(
    "--most", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many of them."
)
@json_option
def repeated_command(case: "Case", *, most: int, as_json: bool) -> Exit:
    """List what most documents say, the widest spread first.

    What stands in one document alone is left out. `sayso trace` follows each of them.
    """
    return answer(case.propositions(most), _propositions, as_json=as_json)


def _propositions(found: Iterable[Proposition]) -> None:
    table = tables.plain(("id", tables.SHORT), ("first", _DAY), "what, and who says it", ("claims", _NUMBER))
    number = 0
    for one in found:
        number += 1
        told = screen.line(one.words, most=tables.CELL, style=STRONG).append("\n")
        told.append_text(screen.line(", ".join(one.speakers) or "unnamed", most=tables.CELL, style=FAINT))
        told.append("\n").append_text(screen.line(", ".join(one.outlets), most=tables.CELL, style=FAINT))
        first = one.first_seen[:_DAY] if one.first_seen else "undated"
        short = Text(tables.short(one.head.claim.id), style=FAINT)
        table.add_row(short, Text(first), told, Text(f"{len(one.claims):,}"))
    screen.out().print(table)
    screen.say(tables.counted(number, "repeated claim", "repeated claims"), style=FAINT)
