"""`sayso reviews`: fact-checks that others published, imported, listed, and ranked for a claim."""

from collections.abc import Iterable
from contextlib import closing
from itertools import starmap
from typing import TYPE_CHECKING

import click
from rich.text import Text

from sayso.cli import jsonlines, screen, tables
from sayso.cli.arguments import case_argument, json_option
from sayso.cli.exits import Exit
from sayso.cli.keep import say_problem
from sayso.cli.screen import FAINT, STRONG
from sayso.core.records import Review
from sayso.core.views import Imported

if TYPE_CHECKING:
    from sayso.case import Case

_SCORE = 5  # columns
_RATING = 18


@click.command("reviews")
@case_argument
@click.argument("paths", metavar="[FILES…]", nargs=-1)
@click.option(
    "--of", "claim", metavar="CLAIM", help="Rank them for the claim with this id, the nearest first."
)
@json_option
def reviews_command(case: "Case", *, paths: tuple[str, ...], claim: str | None, as_json: bool) -> Exit:
    """Import published fact-checks, and list those there are.

    FILES are feeds of ClaimReview, answers of Google's Fact Check Tools, pages with ClaimReview in JSON-LD,
    folders or patterns. Each fact-check is suggested for the claims of which it plainly is (`sayso links
    --kind reviewed_by` lists them); --of ranks all that may be of one claim, for you to look at.
    """
    if paths and claim is not None:
        told = "--of ranks what is there: leave out the files, or import them first"
        raise click.UsageError(told)
    if paths:
        return _import(case, paths, as_json=as_json)
    if claim is not None:
        return _rank(case, claim, as_json=as_json)
    found = case.reviews()
    if as_json:
        jsonlines.write(found)
    else:
        _tabulate((review, None) for review in found)
    return Exit.DONE


def _import(case: "Case", paths: tuple[str, ...], *, as_json: bool) -> Exit:
    done: list[Imported] = []
    with closing(case.import_reviews(paths)) as importing:
        for imported in importing:
            done.append(imported)
            if as_json:
                jsonlines.write([imported])
            for problem in imported.problems:
                say_problem(screen.messages(), problem, origin=imported.origin)
    with screen.messages().status("Linking"):
        links = case.link()
    read, new = sum(one.reviews for one in done), sum(one.new for one in done)
    found = tables.counted(read, "fact-check", "fact-checks")
    linked = tables.counted(links, "new link", "new links")
    screen.say(f"{found} read, {new:,} of them new, {linked}.")
    return Exit.PROBLEMS if any(one.problems for one in done) else Exit.DONE


def _rank(case: "Case", claim: str, *, as_json: bool) -> Exit:
    ranking = case.reviews_of(claim)
    if as_json:
        jsonlines.write(ranking)
    else:
        _tabulate((one.review, one.score) for one in ranking)
    return Exit.DONE


def _tabulate(found: Iterable[tuple[Review, float | None]]) -> None:
    """Print reviews: the score where they are ranked, what was checked and by whom, and the rating."""
    table = tables.plain(("score", _SCORE), ("rating", _RATING), "what was checked")
    tables.listed(table, starmap(_row, found), "fact-check", "fact-checks")


def _row(review: Review, score: float | None) -> tuple[str, Text, Text]:
    checked = Text("\n").join(
        (
            screen.line(review.claim_reviewed, most=tables.CELL, style=STRONG),
            screen.line(_by(review), most=tables.CELL),
            screen.line(review.url, style=FAINT),
        )
    )
    return "" if score is None else f"{score:.2f}", screen.line(review.rating), checked


def _by(review: Review) -> str:
    said = f"said by {review.claimed_by}; " if review.claimed_by else ""
    day = f", {review.published_at[:10]}" if review.published_at else ""
    return f"{said}checked by {review.author}{day}"
