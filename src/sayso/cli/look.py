"""The commands that look into a case and change nothing."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, TypeVar, get_args

import click
import msgspec

from sayso.cli import claimpage, jsonlines, tables
from sayso.cli.arguments import case_argument, csv_option, days_options, json_option
from sayso.cli.exits import Exit
from sayso.core.records import Act, Judged, LinkKind, Voice
from sayso.core.views import ClaimCells, ClaimFilter, LinkCells, LinkFilter, View

if TYPE_CHECKING:
    from sayso.case import Case

_V = TypeVar("_V", bound=View)


def written(table: BinaryIO, kind: type[_V], lines: Iterable[_V], *, as_json: bool) -> Exit:
    """Write rows into a file as CSV."""
    if as_json:
        told = "--csv and --json exclude each other"
        raise click.UsageError(told)
    from sayso.exchange.spreadsheet import as_csv  # noqa: PLC0415 - only tables need it

    table.writelines(as_csv(kind, lines))
    return Exit.DONE


def answer(found: Iterable[_V], tabulate: Callable[[Iterable[_V]], None], *, as_json: bool) -> Exit:
    """Print what was asked for, for a program or for a person."""
    if as_json:
        jsonlines.write(found)
    else:
        tabulate(found)
    return Exit.DONE


@click.command("claims")
@case_argument
@click.option("--speaker", metavar="NAME", help="Only what this voice says; part of a name is enough.")
@click.option("--act", type=click.Choice(get_args(Act)), help="Only this kind of claim.")
@click.option("--target", metavar="NAME", help="Only what is aimed at this party.")
@days_options
@click.option("--voice", type=click.Choice(get_args(Voice)), help="Only words conveyed in this way.")
@click.option(
    "--outlet-voice", is_flag=True, help="Only what nobody is cited for; the same as --voice outlet."
)
@csv_option
@json_option
def claims_command(  # noqa: PLR0913 - one argument an option: click gives each by its name
    case: "Case",
    *,
    speaker: str | None,
    act: Act | None,
    target: str | None,
    since: datetime | None,
    until: datetime | None,
    voice: Voice | None,
    outlet_voice: bool,
    table: BinaryIO | None,
    as_json: bool,
) -> Exit:
    """List the claims: who says what, in which document."""
    if outlet_voice and voice not in {None, "outlet"}:
        raise click.BadOptionUsage("outlet_voice", f"--outlet-voice and --voice {voice} exclude each other")
    wanted = ClaimFilter(
        speaker=speaker,
        act=act,
        target=target,
        since=None if since is None else since.date().isoformat(),
        until=None if until is None else until.date().isoformat(),
        voice="outlet" if outlet_voice else voice,
    )
    if table is not None:
        return written(table, ClaimCells, case.claim_table(wanted), as_json=as_json)
    found = case.claims(wanted)
    return answer(found, tables.claims, as_json=as_json)


@click.command("show")
@case_argument
@click.argument("claim", metavar="ID")
@json_option
def show_command(case: "Case", *, claim: str, as_json: bool) -> Exit:
    """Show one claim: its sentence, whose word it is, its links.

    ID is the claim's id or an unambiguous beginning of it, as `sayso claims` lists it.
    """
    page = case.show(claim)
    return answer([page], claimpage.pages, as_json=as_json)


@click.command("links")
@case_argument
@click.option("--kind", type=click.Choice(get_args(LinkKind)), help="Only this kind of link.")
@click.option(
    "--judged",
    type=click.Choice(get_args(Judged)),
    multiple=True,
    help="Only links that people made this of; may be repeated. Without it all but rejected ones are shown.",
)
@click.option("--speaker", metavar="NAME", help="Only links of what this voice says; part of a name does.")
@click.option(
    "--score",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="NUMBER",
    help="Only links this sure: 0 to 1.",
)
@csv_option
@json_option
def links_command(  # noqa: PLR0913 - one argument an option: click gives each by its name
    case: "Case",
    *,
    kind: LinkKind | None,
    judged: tuple[Judged, ...],
    speaker: str | None,
    score: float,
    table: BinaryIO | None,
    as_json: bool,
) -> Exit:
    """List denials, conflicting figures, copies and repetitions.

    Each link is a suggestion until somebody judges it: it shows both sides and says why it is there.
    """
    wanted = LinkFilter(kind=kind, speaker=speaker, score=score)
    wanted = msgspec.structs.replace(wanted, judged=judged) if judged else wanted
    if table is not None:
        return written(table, LinkCells, case.link_table(wanted), as_json=as_json)
    found = case.links(wanted)
    return answer(found, tables.links, as_json=as_json)


@click.command("search")
@case_argument
@click.argument("query", metavar="WORDS")
@click.option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many places."
)
@json_option
def search_command(case: "Case", *, query: str, limit: int, as_json: bool) -> Exit:
    """Find words in the documents, and the claims they stand in."""
    found = case.search(query, limit=limit)
    return answer(found, tables.hits, as_json=as_json)


@click.command("log")
@case_argument
@json_option
def log_command(case: "Case", *, as_json: bool) -> Exit:
    """List what people did with the case, in the order it happened."""
    found = case.log()
    return answer(found, tables.log, as_json=as_json)


@click.command("verify")
@case_argument
@json_option
def verify_command(case: "Case", *, as_json: bool) -> Exit:
    """Check that a case is as it was written.

    Every record, every stored file and the log are checked against their hashes; records are computed
    again from the stored files and compared.
    """
    verified = case.verify()
    answer([verified], tables.verified, as_json=as_json)
    return Exit.TAMPERED if verified.findings else Exit.DONE
