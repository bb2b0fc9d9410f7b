"""The commands that look into a case and change nothing."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, TypeVar, get_args

import click
import msgspec

from sayso.cli import claimpage, jsonlines, tables
from sayso.cli.arguments import case_argument, csv_option, json_option
from sayso.cli.exits import Exit
from sayso.cli.narrowing import claim_options
from sayso.core.records import Judged, LinkKind
from sayso.core.views import ClaimCells, ClaimFilter, LinkCells, LinkFilter, View

if TYPE_CHECKING:
    from sayso.case import Case

_V = TypeVar("_V", bound=View)
_S = TypeVar("_S", bound=msgspec.Struct)
_MOST_AROUND = 100  # sentences on either side; more is the document


def written(table: BinaryIO, kind: type[_V], lines: Iterable[_V], *, as_json: bool) -> Exit:
    """Write rows into a file as CSV."""
    if as_json:
        told = "--csv and --json exclude each other"
        raise click.UsageError(told)
    from sayso.exchange.spreadsheet import as_csv  # noqa: PLC0415 - only tables need it

    table.writelines(as_csv(kind, lines))
    return Exit.DONE


def answer(found: Iterable[_S], tabulate: Callable[[Iterable[_S]], None], *, as_json: bool) -> Exit:
    """Print what was asked for, for a program or for a person."""
    if as_json:
        jsonlines.write(found)
    else:
        tabulate(found)
    return Exit.DONE


@click.command("claims")
@case_argument
@claim_options
@csv_option
@json_option
def claims_command(case: "Case", *, wanted: ClaimFilter, table: BinaryIO | None, as_json: bool) -> Exit:
    """List the claims: who says what, in which document."""
    if table is not None:
        return written(table, ClaimCells, case.claim_table(wanted), as_json=as_json)
    return answer(case.claims(wanted), tables.claims, as_json=as_json)


@click.command("facets")
@case_argument
@claim_options
@json_option
def facets_command(case: "Case", *, wanted: ClaimFilter, as_json: bool) -> Exit:
    """Count the commonest acts, voices, speakers and places.

    Of the claims that the options leave, as `sayso claims` lists them; of very many the first thousands by
    publication are counted, and then every number means "at least".
    """
    return answer([case.facets(wanted)], tables.facets, as_json=as_json)


@click.command("show")
@case_argument
@click.argument("claim", metavar="ID")
@json_option
def show_command(case: "Case", *, claim: str, as_json: bool) -> Exit:
    """Show one claim: its sentence, whose word it is, its links.

    And the verdicts that people gave on it, the last one first, with what they rest on.

    ID is the claim's id or an unambiguous beginning of it, as `sayso claims` lists it.
    """
    page = case.show(claim)
    verdicts = () if as_json else case.concluded(page.view.claim.id)
    return answer([page], partial(claimpage.pages, verdicts=verdicts), as_json=as_json)


@click.command("quote")
@case_argument
@click.argument("claims", metavar="ID…", nargs=-1, required=True)
@click.option(
    "--around",
    type=click.IntRange(0, _MOST_AROUND),
    default=1,
    show_default=True,
    help="So many sentences before and after.",
)
@json_option
def quote_command(case: "Case", *, claims: tuple[str, ...], around: int, as_json: bool) -> Exit:
    """Quote claims with the sentences around them.

    ID is a claim's id or an unambiguous beginning of it, as `sayso claims` lists it.
    """
    return answer(case.quoted(claims, around=around), claimpage.quotes, as_json=as_json)


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
