"""The commands that build a case: init, add, report."""

import re
from collections.abc import Generator, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from sayso.cli import jsonlines, screen
from sayso.cli.arguments import case_argument, json_option
from sayso.cli.exits import Exit
from sayso.core.records import Problem
from sayso.core.views import Added

if TYPE_CHECKING:
    from sayso.case import Case

_ADDRESS = re.compile("https?://", re.IGNORECASE)


@click.command("init")
@click.argument("folder", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--title", metavar="WORDS", help="What the case is about; it stands over the report.")
@click.option(
    "--database",
    metavar="URL",
    help="The PostgreSQL database that keeps its records, as postgresql://HOST/NAME without a password.",
)
def init_command(folder: Path, *, title: str | None, database: str | None) -> Exit:
    """Make a new, empty case in the folder CASE."""
    from sayso.case import Case  # noqa: PLC0415 - it brings the database, which --help does not need

    with Case.init(folder, title=title, database=database):
        screen.say(f"Made the case {folder}. Next: sayso add {folder} FILES…")
    return Exit.DONE


@click.command("copy")
@case_argument
@click.argument("folder", metavar="DESTINATION", type=click.Path(path_type=Path))
@click.option(
    "--database",
    metavar="URL",
    help="The PostgreSQL database that is to keep its records, as postgresql://HOST/NAME without a password."
    " Without it they are kept in a file in the folder.",
)
def copy_command(case: "Case", *, folder: Path, database: str | None) -> Exit:
    """Copy a case as a whole into the folder DESTINATION.

    Files, records, what people judged and concluded and the log are the same there, to the last id and hash.
    This is also the way from a file into PostgreSQL and back. The case itself stays as it is.
    """
    with screen.messages().status("Copying"), case.copy(folder, database=database) as copied:
        about = copied.about()
    screen.say(
        f"Copied {about.documents:,} documents with {about.claims:,} claims."
        f" `sayso verify {folder}` checks the copy."
    )
    return Exit.DONE


@click.command("add")
@case_argument
@click.argument("given", metavar="FILES…", nargs=-1, required=True)
@json_option
def add_command(case: "Case", *, given: tuple[str, ...], as_json: bool) -> Exit:
    """Read files into a case, and link what belongs together.

    FILES are files, folders, patterns such as "news/*.html", and addresses of pages such as
    https://example.org/news. What is in the case already is passed over, so an interrupted run goes on where
    it stopped: repeat the command. What cannot be read is named, and the next one is read.

    The network is asked for an address that stands in the command, and for nothing else; only public http
    and https servers are asked. The server's answers are kept beside the page.
    """
    done: list[Added] = []
    try:
        with closing(with_progress(case, given)) as adding:
            for added in adding:
                done.append(added)
                if as_json:
                    jsonlines.write([added])
        with screen.messages().status("Linking"):
            new_links = case.link()
    except KeyboardInterrupt:
        stored = sum(added.outcome != "refused" for added in done)
        screen.say(f"\nInterrupted. {stored:,} files are stored; the same command goes on from there.")
        return Exit.INTERRUPTED
    screen.say(summary(done, new_links))
    return Exit.PROBLEMS if any(added.problems for added in done) else Exit.DONE


def with_progress(case: "Case", given: Sequence[str]) -> Generator[Added]:
    """Add files, then pages from their addresses, under a progress bar; name each problem as it comes."""
    addresses = [one for one in given if _ADDRESS.match(one)]
    paths = [one for one in given if not _ADDRESS.match(one)]
    console = screen.messages()
    progress = Progress(
        SpinnerColumn(),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with progress, closing(case.add(paths)) as reading, closing(case.add_urls(addresses)) as fetching:
        bar = progress.add_task("", total=case.count(paths) + len(addresses))
        for added in chain(reading, fetching):
            progress.update(bar, advance=1, description=screen.line(added.origin, most=40).plain)
            for problem in added.problems:
                say_problem(console, problem, origin=added.origin)
            yield added


def say_problem(console: Console, problem: Problem, *, origin: str) -> None:
    """Say what is wrong with one input, and what to do."""
    told = Text.assemble((f"{problem.code} ", screen.WEAK), screen.line(problem.origin or origin), ": ")
    told.append_text(screen.line(problem.message))
    if problem.hint:
        told.append(" ").append_text(screen.line(f"({problem.hint})", style=screen.FAINT))
    console.print(told, soft_wrap=True)


def summary(done: Sequence[Added], new_links: int) -> str:
    """Return one sentence on what an `add` did."""
    of = {outcome: sum(a.outcome == outcome for a in done) for outcome in ("added", "unchanged", "refused")}
    parts = [f"{of['added']:,} added ({sum(a.claims for a in done if a.outcome == 'added'):,} claims)"]
    if of["unchanged"]:
        parts.append(f"{of['unchanged']:,} unchanged")
    if of["refused"]:
        parts.append(f"{of['refused']:,} refused")
    parts.append(f"{new_links:,} new links")
    return ", ".join(parts) + "."


@click.command("report")
@case_argument
@click.option(
    "--to",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write it. Default: report.html in the case's folder.",
)
def report_command(case: "Case", *, path: Path | None) -> Exit:
    """Write a case as one HTML file.

    It needs no network, and prints well.
    """
    written = case.report(path)
    # What went into a pipe must not be followed by its name.
    if written.is_file():
        click.echo(written)
    return Exit.DONE
