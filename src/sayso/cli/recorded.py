"""The commands about what people record: conclude, judgements."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

import click

from sayso.cli import jsonlines, screen, tables
from sayso.cli.arguments import case_argument, json_option
from sayso.cli.exits import Exit
from sayso.cli.judge import told
from sayso.core.records import Document, Evidence, Judgement, LinkJudgement
from sayso.core.spans import hull

if TYPE_CHECKING:
    from sayso.case import Case


@click.command("conclude")
@case_argument
@click.argument("claim", metavar="ID")
@click.argument("rating", metavar="RATING")
@click.option("--by", metavar="NAME", required=True, help="Who concludes.")
@click.option("--reason", metavar="TEXT", required=True, help="Why.")
@click.option(
    "--evidence",
    metavar="ID",
    multiple=True,
    help="What it rests on: a claim, for its own words, or a document; may be repeated.",
)
@click.option("--note", metavar="TEXT", default="", help="What you say about that evidence.")
@json_option
def conclude_command(  # noqa: PLR0913 - one argument an option: click gives each by its name
    case: "Case",
    *,
    claim: str,
    rating: str,
    by: str,
    reason: str,
    evidence: tuple[str, ...],
    note: str,
    as_json: bool,
) -> Exit:
    """Record what you conclude about a claim.

    RATING is one of the case's own scale, which `sayso about` shows. The latest verdict on a claim stands,
    and all of them stay on record: `sayso verdicts` lists them. Ids may be cut short while they are
    unambiguous; a document's needs its `doc_`.
    """
    if note and not evidence:
        told = "--note says something about the evidence: name that with --evidence ID"
        raise click.UsageError(told)
    rests_on = tuple(_evidence(case, one, note) for one in evidence)
    verdict = case.conclude(claim, rating, reason=reason, by=by, evidence=rests_on)
    if as_json:
        jsonlines.write([verdict])
    else:
        screen.say(f"Recorded: {verdict.rating}, says {verdict.by}, of {tables.short(verdict.claim)}.")
    return Exit.DONE


def _evidence(case: "Case", named: str, note: str) -> Evidence:
    if named.startswith(f"{Document.prefix}_"):
        document = case.document(named).document
        return Evidence(capture=document.capture, document=document.id, note=note)
    view = case.show(named, most=0).view
    document = case.document(view.document.id).document
    return Evidence(capture=document.capture, document=document.id, span=hull(view.claim.content), note=note)


@click.command("judgements")
@case_argument
@click.option("--parties", "of", flag_value="parties", help="Only those on parties.")
@click.option("--links", "of", flag_value="links", help="Only those on links.")
@json_option
def judgements_command(case: "Case", *, of: str | None, as_json: bool) -> Exit:
    """List what people said about parties and links.

    They stand in their order, superseded ones among them.
    """
    parties = () if of == "links" else case.judgements()
    links = () if of == "parties" else case.link_judgements()
    found: Iterator[Judgement | LinkJudgement] = chain(parties, links)
    if as_json:
        jsonlines.write(found)
        return Exit.DONE
    console = screen.out()
    tables.each(found, lambda one: console.print(screen.line(told(one))), "judgement", "judgements")
    return Exit.DONE
