"""`sayso demo`: an invented conflict, from its documents to the report."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import as_file, files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.cli import screen, tables
from sayso.cli.exits import Exit
from sayso.cli.keep import summary, with_progress
from sayso.cli.screen import FAINT, MARKED, STRONG
from sayso.core.errors import BadInput
from sayso.core.records import Act
from sayso.core.views import ClaimFilter, ClaimView, LinkEnd, LinkFilter, LinkView

if TYPE_CHECKING:
    from sayso.case import Case

SUFFIXES = (".txt", ".html", ".jsonl")
FEW = 3  # links of each kind: enough to see what it is
MOST_SPEAKERS = 10
MOST_ACTS = 5
OUTLETS = 6
SIDE = 140  # characters of a claim beside another
LONGEST_NAME = 34


@click.command("demo")
@click.argument("folder", metavar="[FOLDER]", type=click.Path(path_type=Path), default="demo-case")
def demo_command(folder: Path) -> Exit:
    """Show what sayso does, with an invented conflict.

    Builds a case from the bundled documents in FOLDER (demo-case when none is named), shows what is in it,
    checks it, and writes its report.
    """
    from sayso.case import Case, holds_case  # noqa: PLC0415 - it brings the database, which --help does not need

    if holds_case(folder):
        raise BadInput(
            "case-exists", f"{folder} holds a case already", hint="name another folder: sayso demo FOLDER"
        )
    with Case.init(folder, title="The Ilvet valley, 3 to 10 May 2031 (invented)") as case, bundled() as paths:
        added = list(with_progress(case, [str(path) for path in paths]))
        screen.say(summary(added, case.link()))
        show(case)
        verified = case.verify()
        screen.out().print()
        tables.verified([verified])
        next_steps(folder, case.report(), case.claims(ClaimFilter(act="accuse")))
    return Exit.TAMPERED if verified.findings else Exit.DONE


@contextmanager
def bundled() -> Iterator[list[Path]]:
    """Give the bundled documents as files, wherever the package is kept."""
    with as_file(files("sayso") / "demo") as folder:
        yield sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)


def show(case: "Case") -> None:
    """Print what is in a case: voices and acts, then a few links of each kind side by side."""
    console = screen.out()
    every = list(case.claims())
    cited = [view for view in every if view.voice != "outlet"]
    own = [view for view in every if view.voice == "outlet"]
    _heading(console, "Who says what", f"{len(cited):,} claims with a source, by voice and act")
    console.print(voices(cited))
    _links(
        console,
        list(case.links(LinkFilter(kind="denies"))),
        "Denials",
        "what was said, and who rejects it",
        {},
    )
    # Figures rest on a word or two; the claims around them say of what.
    words: dict[str, str] = {view.claim.id: view.words for view in every}
    _links(
        console,
        list(case.links(LinkFilter(kind="contradicts"))),
        "Contradictions",
        "two figures for one outcome, or two accounts that cannot both hold",
        words,
    )
    _links(
        console,
        list(case.links(LinkFilter(kind="updates"))),
        "Corrected figures",
        "and what took their place",
        words,
    )
    copied = list(case.links(LinkFilter(kind="copies")))
    _heading(console, f"Copies: {len(copied)}", "one source each, not two")
    console.print(copies(copied[:FEW]))
    _heading(console, f"In the outlets' own voice: {len(own):,}", "nobody is cited for these")
    console.print(own_voice(own))


def _links(
    console: Console, found: Sequence[LinkView], name: str, told: str, words: Mapping[str, str]
) -> None:
    if found:
        _heading(console, f"{name}: {len(found)}", told)
        console.print(opposed(found[:FEW], words))


def _heading(console: Console, name: str, told: str) -> None:
    console.print()
    console.print(Text.assemble((name, MARKED), (f"  {told}", FAINT)))


def voices(views: Iterable[ClaimView]) -> Table:
    """Return a table of the voices that say most, and how often they do what."""
    counts: dict[str, Counter[Act]] = {}
    for view in views:
        if view.speaker is not None:
            counts.setdefault(view.speaker, Counter())[view.claim.act] += 1
    total = sum(counts.values(), Counter[Act]())
    acts = [act for act, _ in total.most_common(MOST_ACTS)]
    table = tables.plain("", *((act, len(act)) for act in acts), ("other", 5))
    for column in table.columns[1:]:
        column.justify = "right"
    ranked = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    for speaker, of in ranked[:MOST_SPEAKERS]:
        numbers = [*(of[act] for act in acts), of.total() - sum(of[act] for act in acts)]
        table.add_row(
            screen.line(speaker, most=LONGEST_NAME), *(Text(str(number or "·")) for number in numbers)
        )
    if len(ranked) > MOST_SPEAKERS:
        table.add_row(Text(f"and {len(ranked) - MOST_SPEAKERS} more", style=FAINT))
    return table


def opposed(found: Iterable[LinkView], words: Mapping[str, str]) -> Table:
    """Return links with what was said first on the left, and what stands against it on the right.

    `words` are shown in the place of those that a link rests on, by the id of its side.
    """
    table = tables.plain("", "", header=False)
    for view in found:
        table.add_row(_side(view.right, words), _side(view.left, words))
        table.add_row()
    return table


def _side(side: LinkEnd, words: Mapping[str, str]) -> Text:
    shown = screen.line(words.get(side.id, side.words), most=SIDE)
    return tables.voice(side, between="\n").append("\n").append_text(shown)


def copies(found: Iterable[LinkView]) -> Table:
    """Return who copied whom, one link a row."""
    table = tables.plain("", "", header=False)
    for view in found:
        pair = screen.line(tables.dated(view.left.document), style=STRONG).append("\nfrom ", style=FAINT)
        table.add_row(
            pair.append_text(screen.line(tables.dated(view.right.document))), screen.line(view.link.why)
        )
        table.add_row()
    return table


def own_voice(views: Iterable[ClaimView]) -> Table:
    """Return how much each outlet says by itself, with one such claim."""
    of: dict[str, list[ClaimView]] = {}
    for view in views:
        of.setdefault(view.document.whose, []).append(view)
    table = tables.plain(("", 24), ("", 3), "", header=False)
    table.columns[1].justify = "right"
    for outlet, claims in sorted(of.items(), key=lambda item: (-len(item[1]), item[0]))[:OUTLETS]:
        example = screen.line(max(claims, key=_telling).words, most=SIDE)
        table.add_row(screen.line(outlet, style=STRONG), Text(str(len(claims))), example)
    return table


def _telling(view: ClaimView) -> tuple[bool, int]:
    # An accusation or a judgement in an outlet's own voice tells more than its account of the day.
    return (view.claim.act in {"accuse", "evaluate", "deny"}, min(len(view.words), SIDE))


def next_steps(folder: Path, report: Path, accusations: Iterator[ClaimView]) -> None:
    """Print where the report is, and what to type next."""
    console = screen.out()
    console.print(Text.assemble("Its report: ", (screen.safe(str(report)), STRONG)), soft_wrap=True)
    console.print()
    steps = [f"sayso claims {folder} --act accuse", f'sayso search {folder} "dam"']
    steps[1:1] = [f"sayso show {folder} {tables.short(view.claim.id)}" for view in islice(accusations, 1)]
    for number, step in enumerate(steps):
        console.print(
            Text.assemble((" next  " if not number else "       ", FAINT), screen.safe(step)), soft_wrap=True
        )
