"""Tables for people, set for 80 columns: few columns, one thing a row, documents' words as they are."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TypeVar

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.cli import screen
from sayso.cli.screen import BAD, FAINT, GOOD, MARKED, STRONG
from sayso.core.excerpts import left_out, window
from sayso.core.views import ClaimView, DocumentHead, Facets, Hit, LinkEnd, LinkView, LogEntry, Verified

_T = TypeVar("_T")

# Two of a million claims share so many digits with a chance of one in two; `show` then asks for more.
SHORT = 10
# A cell that runs over more lines than this is cut: `show` has the whole.
CELL = 240
DETAILS = 64
# What only `verify` and programs read of a log entry.
_UNSAID = frozenset({"stored", "sha256", "capture"})
# Rows are shown as they come, so many at a time, with the same column widths.
ROWS = 200


def short(record_id: str) -> str:
    """Return the digits of an id that a person types: its prefix says nothing that the column does not."""
    return record_id.rpartition("_")[2][:SHORT]


def dated(head: DocumentHead) -> str:
    """Return where a document comes from, and of which day."""
    day = head.published_at[:10] if head.published_at else "undated"
    return f"{head.whose}, {day}"


def _in_blocks(rows: Iterable[_T]) -> Iterator[list[_T]]:
    rows = iter(rows)
    while block := list(islice(rows, ROWS)):
        yield block


def plain(*columns: str | tuple[str, int], header: bool = True) -> Table:
    """Return an empty table without rules; a column is a name, or a name and its fixed width."""
    table = Table(
        box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style=FAINT, show_header=header, expand=True
    )
    for column in columns:
        name, width = column if isinstance(column, tuple) else (column, None)
        table.add_column(name, width=width, overflow="fold", ratio=None if width else 1)
    return table


def listed(table: Table, rows: Iterable[Sequence[RenderableType]], one: str, many: str) -> None:
    """Print a table of rows, and say how many they are."""
    for row in rows:
        table.add_row(*row)
    screen.out().print(table)
    screen.say(counted(table.row_count, one, many), style=FAINT)


def each(found: Iterable[_T], show: Callable[[_T], None], one: str, many: str) -> None:
    """Show things one after the other, and say how many they are."""
    number = 0
    for thing in found:
        show(thing)
        number += 1
    screen.say(counted(number, one, many), style=FAINT)


def claims(found: Iterable[ClaimView]) -> None:
    """Print claims: the id to show one by, the act, the innermost voice and its document, the words."""
    console = screen.out()
    number = 0
    for block in _in_blocks(found):
        table = plain(
            ("id", SHORT), ("act", 8), ("who says it", _voice_width(console)), "what", header=not number
        )
        for view in block:
            table.add_row(
                Text(short(view.claim.id), style=FAINT), Text(view.claim.act), said_by(view), _words(view)
            )
            table.add_row()
        console.print(table)
        number += len(block)
    screen.say(counted(number, "claim", "claims"), style=FAINT)


def facets(found: Iterable[Facets]) -> None:
    """Print how often each field has which value, the commonest first."""
    console = screen.out()
    for one in found:
        more = "" if one.complete else "+"
        table = plain(("", 8), "", ("claims", 9))
        for field, values in (
            ("act", one.acts),
            ("voice", one.voices),
            ("speaker", one.speakers),
            ("target", one.targets),
            ("place", one.places),
            ("outlet", one.outlets),
            ("has", one.links),
        ):
            for number, value in enumerate(values):
                name = Text("" if number else field, style=FAINT)
                table.add_row(name, screen.line(value.value, most=CELL), Text(f"{value.count:,}{more}"))
        console.print(table)
        told = f"{counted(one.counted, 'claim', 'claims')}, {one.verdicts:,} with a verdict"
        say = "" if one.complete else ", and there are more: + means at least"
        screen.say(f"{told}{say}", style=FAINT)


def _voice_width(console: Console) -> int:
    return max(20, min(36, console.width // 3))


def said_by(view: ClaimView) -> Text:
    """Return the source chain, innermost voice first, above the document it stands in."""
    cited = [link for link in view.chain if link.voice != "outlet"]
    told = Text()
    for depth, link in enumerate(cited):
        if depth:
            told.append("\nas told by ", style=FAINT)
        told.append_text(screen.line(view.who(link), style=STRONG if not depth else ""))
        if link.basis not in {None, "stated"}:
            told.append(f" ({link.basis})", style=FAINT)
    if not cited:
        told.append("the outlet itself", style="italic")
    told.append("\n")
    return told.append_text(screen.line(dated(view.document), style=FAINT))


def _words(view: ClaimView) -> Text:
    told = screen.line(view.words, most=CELL)
    kinds = sorted({hedge.kind.replace("_", " ") for hedge in view.claim.hedges})
    if kinds:
        told.append(f" ({', '.join(kinds)})", style=FAINT)
    return told


def links(found: Iterable[LinkView]) -> None:
    """Print links: kind and id, why it is there, and the two sides one below the other."""
    console = screen.out()
    number = 0
    for view in found:
        console.print(link(view))
        number += 1
    judging = (
        ". The id below each kind is for `sayso judge CASE ID --confirm` or `--reject`" if number else ""
    )
    screen.say(f"{counted(number, 'link', 'links')}{judging}", style=FAINT)


def link(view: LinkView) -> Table:
    """Return one link as a small table."""
    table = plain(("", 12), "", header=False)
    named = Text.assemble((view.link.kind, MARKED), ("\n" + short(view.link.id), FAINT))
    table.add_row(named, why(view))
    table.add_row(Text(short(view.left.id), style=FAINT), end(view.left))
    table.add_row(Text(short(view.right.id), style=FAINT), end(view.right))
    table.add_row()
    return table


def why(view: LinkView) -> Text:
    """Return why a link is there, its score, and what a person made of it."""
    told = screen.line(view.link.why).append(f" ({view.link.score:.2f})", style=FAINT)
    if view.link.judgement != "unjudged":
        by = f" by {view.link.judged_by}" if view.link.judged_by else ""
        told.append(" ").append_text(screen.line(f"{view.link.judgement}{by}", style=STRONG))
        if view.judged is not None and view.judged.reason:
            told.append_text(screen.line(f": {view.judged.reason}"))
    return told


def end(side: LinkEnd) -> Text:
    """Return one side of a link: its voice and document, and its words below."""
    if side.kind == "review":
        return _review(side)
    words = screen.line(side.words or side.document.title, most=CELL)
    return voice(side, between=" · ").append("\n").append_text(words)


def _review(side: LinkEnd) -> Text:
    """Return a published fact-check: rating, author and day, what it reviewed, and where it stands."""
    told = screen.line(side.document.title, style=STRONG).append(" · ", style=FAINT)
    told.append_text(screen.line(dated(side.document), style=FAINT)).append("\n")
    told.append_text(screen.line(side.words, most=CELL)).append("\n")
    return told.append_text(screen.line(side.document.origin, style=FAINT))


def voice(side: LinkEnd, *, between: str) -> Text:
    """Return whose words one side of a link has, and in which document."""
    where = screen.line(dated(side.document), style=FAINT)
    if side.kind == "document":
        return where
    if side.voice == "outlet":
        return where.append(f"{between}in its own voice", style=FAINT)
    return screen.line(side.who, style=STRONG).append(between, style=FAINT).append_text(where)


def hits(found: Iterable[Hit]) -> None:
    """Print the places where words were found, the words marked."""
    each(found, partial(_hit, screen.out()), "place", "places")


def _hit(console: Console, hit: Hit) -> None:
    console.print(screen.line(dated(hit.document), style=FAINT), soft_wrap=True)
    console.print(_marked(hit))
    if hit.claims:
        console.print(Text(f"claim {', '.join(map(short, hit.claims))}", style=FAINT))
    console.print()


def _marked(hit: Hit) -> Text:
    pieces: list[tuple[str, str] | str] = []
    shown = window(hit.span, min(hit.marks, default=hit.span))
    at = shown.start
    for mark in sorted(hit.marks):
        if mark.start < at or mark.end > shown.end:
            continue
        pieces += [_part(hit, at, mark.start), (_part(hit, mark.start, mark.end), MARKED)]
        at = mark.end
    pieces.append(_part(hit, at, shown.end))
    return Text.assemble(*pieces, (left_out(hit.span, shown), FAINT))


def _part(hit: Hit, start: int, stop: int) -> str:
    words = hit.words[start - hit.span.start : stop - hit.span.start]
    return screen.safe(" ".join(words.split("\n")))


def log(found: Iterable[LogEntry]) -> None:
    """Print the log: number, time, who, act, details."""
    console = screen.out()
    table = plain(("", 5), ("when", 16), ("who", 12), ("act", 8), "details")
    for entry in found:
        table.add_row(
            Text(str(entry.number), style=FAINT),
            Text(f"{entry.at:%Y-%m-%d %H:%M}"),
            screen.line(entry.who),
            screen.line(entry.act, style=STRONG),
            screen.line(_in_words(entry.details), most=DETAILS, style=FAINT),
        )
    console.print(table)


def _in_words(details: str) -> str:
    """Return what an entry says beside its act, without hashes: of several the number."""
    told = json.loads(details)
    shown = {
        key: len(one) if isinstance(one, list) else one for key, one in told.items() if key not in _UNSAID
    }
    return ", ".join(f"{key} {one}" for key, one in shown.items() if one is not None)


def verified(found: Iterable[Verified]) -> None:
    """Print what was checked and each difference."""
    console = screen.out()
    for result in found:
        for finding in result.findings:
            told = Text.assemble((f"{finding.code} ", BAD), screen.line(finding.where), ": ")
            console.print(told.append_text(screen.line(finding.message)), soft_wrap=True)
        console.print(_verdict(result))


def _verdict(result: Verified) -> Text:
    checked = ", ".join(
        (
            counted(result.records, "record", "records"),
            counted(result.captures, "stored file", "stored files"),
            counted(result.log_entries, "log entry", "log entries"),
            counted(result.rederived, "document computed again", "documents computed again"),
        )
    )
    if result.findings:
        number = counted(len(result.findings), "difference", "differences")
        return Text.assemble((f"{number}", BAD), f" in {checked}")
    return Text.assemble(("All as it was written", GOOD), f": {checked}")


def counted(number: int, one: str, many: str) -> str:
    """Return a number with what it counts: "1 link", "2,400 links"."""
    return f"{number:,} {one if number == 1 else many}"
