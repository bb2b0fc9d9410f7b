"""One claim on one screen: its sentence, whose word it is, its parts, its links, what people concluded."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sayso.cli import screen, tables
from sayso.cli.screen import FAINT, MARKED, STRONG
from sayso.core.excerpts import left_out, shortened, window
from sayso.core.records import Claim, Quantity
from sayso.core.spans import Span, Spans, hull
from sayso.core.views import ChainLink, ClaimPage, EvidenceView, LinkView, Quoted, VerdictView


def pages(found: Iterable[ClaimPage], verdicts: Sequence[VerdictView] = ()) -> None:
    """Print each page, and the verdicts on its claim."""
    console = screen.out()
    for page in found:
        _print(console, page, verdicts)


def _print(console: Console, page: ClaimPage, verdicts: Sequence[VerdictView]) -> None:
    claim = page.view.claim
    console.print(_head(page), soft_wrap=True)
    console.print(
        screen.line(tables.dated(page.view.document)), screen.line(page.view.document.title, style=FAINT)
    )
    _section(console, "In its sentence", [in_sentence(page)])
    _section(console, "Whose word it is", list(_chain(page)))
    _section(console, "Its parts", _parts(page))
    _section(console, "Its links", [_link(link, claim.id) for link in page.links])
    _section(console, "Verdicts", [verdict(one) for one in reversed(verdicts)])


def _head(page: ClaimPage) -> Text:
    claim = page.view.claim
    told = Text.assemble((claim.act, MARKED), f"  {page.view.voice} voice", (f"  {claim.id}", FAINT))
    if claim.polarity == "-" and claim.act != "deny":
        told.append("  negated or rejected", style=STRONG)
    return told


def _section(console: Console, name: str, body: list[RenderableType]) -> None:
    if not body:
        return
    console.print()
    console.print(Text(name, style=STRONG))
    console.print(Padding(Group(*body), (0, 0, 0, 2)))


def in_sentence(page: ClaimPage) -> Text:
    """Return the sentence with the claim's own words set off; of a very long one what stands near them."""
    content = page.view.claim.content
    return _set_off(page.sentence, page.sentence_words, content, window(page.sentence, hull(content)))


def quotes(found: Iterable[Quoted]) -> None:
    """Print each claim where it stands: its id and its document, and its words among those around them."""
    console = screen.out()
    for one in found:
        content = one.view.claim.content
        console.print(screen.line(f"{tables.short(one.view.claim.id)}  {tables.dated(one.view.document)}"))
        told = _set_off(one.span, one.words, content, window(one.span, hull(content)))
        before, after = ("…" if cut else "" for cut in (one.cut_before, one.cut_after))
        console.print(Padding(Text.assemble(before, told, after), (0, 0, 1, 2)))


def _set_off(whole: Span, words: str, content: Spans, shown: Span) -> Text:
    """Return what is shown of a stretch of a text with some of its words set off, and how long it is."""
    told = Text()
    at = shown.start
    for span in sorted(content):
        start, stop = max(span.start, at), min(span.end, shown.end)
        if start >= stop:
            continue
        told.append(_flat(words[at - whole.start : start - whole.start]), style=FAINT)
        told.append(_flat(words[start - whole.start : stop - whole.start]), style=STRONG)
        at = stop
    told.append(_flat(words[at - whole.start : shown.end - whole.start]), style=FAINT)
    return told.append(left_out(whole, shown), style=FAINT)


def verdict(one: VerdictView) -> Text:
    """Return a verdict: its rating, who gave it, when and why, and what it rests on."""
    made = one.verdict
    told = screen.line(made.rating, style=STRONG if one.stands else FAINT)
    told.append("" if one.stands else " (superseded)", style=FAINT)
    told.append_text(screen.line(f", {made.by}, {made.at:%Y-%m-%d}", style=FAINT))
    told.append("\n").append_text(screen.line(shortened(made.reason)))
    for evidence in one.evidence:
        told.append("\n").append_text(_evidence(evidence))
    if not one.evidence:
        told.append("\nIt names no evidence.", style=FAINT)
    return told


def _evidence(one: EvidenceView) -> Text:
    if one.words:
        told = screen.line(f"“{shortened(one.words)}”")
    else:
        told = screen.line(f"the whole {'document' if one.document else 'file'} {one.origin}")
    told = Text("· ", style=FAINT).append_text(told)
    if one.document is not None:
        told.append(" ").append_text(screen.line(tables.dated(one.document), style=FAINT))
    return told.append(": ").append_text(screen.line(one.evidence.note)) if one.evidence.note else told


def _flat(words: str) -> str:
    return screen.safe(" ".join(words.split("\n")))


def _chain(page: ClaimPage) -> Iterator[Text]:
    for depth, link in enumerate(page.view.chain):
        yield _voice(link, page, depth)


def _voice(link: ChainLink, page: ClaimPage, depth: int) -> Text:
    lead = "" if depth == 0 else f"{'   ' * (depth - 1)}└─ "
    if link.voice == "outlet":
        outlet = screen.line(page.view.who(link))
        return (
            Text(lead, style=FAINT)
            .append_text(outlet)
            .append(" in its own voice" if not depth else " reports it")
        )
    told = Text(lead, style=FAINT).append_text(screen.line(page.view.who(link), style=STRONG))
    told.append(f" · {link.voice}")
    if link.cue_words:
        told.append(" · ").append_text(screen.line(f"“{link.cue_words}”"))
    if link.basis not in {None, "stated"}:
        told.append(f" · {link.basis}", style=FAINT)
    return told


def _parts(page: ClaimPage) -> list[RenderableType]:
    claim = page.view.claim
    rows = [*_roles(claim), *_values(claim, page)]
    if not rows:
        return []
    table = tables.plain(("", 10), "", header=False)
    for name, words in rows:
        table.add_row(Text(name, style=FAINT), words)
    return [table]


def _roles(claim: Claim) -> Iterator[tuple[str, Text]]:
    for name, part in (("actor", claim.actor), ("action", claim.action), ("target", claim.target)):
        if part is not None:
            yield name, screen.line(part.name, most=tables.CELL)


def _values(claim: Claim, page: ClaimPage) -> Iterator[tuple[str, Text]]:
    for hedge in claim.hedges:
        words = page.sentence_words[
            hedge.span.start - page.sentence.start : hedge.span.end - page.sentence.start
        ]
        yield hedge.kind.replace("_", " ")[:10], screen.line(words)
    for quantity in claim.quantities:
        yield "figure", screen.line(figure(quantity))
    for time in claim.times:
        yield "time", screen.line(time.value)
    for place in claim.places:
        yield "place", screen.line(place.name)
    for law in claim.law:
        yield "law", screen.line(law.identifier or law.kind)


def figure(quantity: Quantity) -> str:
    """Return a quantity in words: its bounds, unit, population and outcome."""
    one = quantity.bound != "range" and {quantity.low, quantity.best, quantity.high} <= {1, None}
    unit = "people" if quantity.unit == "person" and not one else quantity.unit
    amount = f"{_amount(quantity)} {unit or ''}".rstrip()
    population = None if quantity.population == quantity.unit else quantity.population
    return ", ".join(part for part in (amount, population, quantity.outcome) if part)


def _amount(quantity: Quantity) -> str:
    known = [number for number in (quantity.best, quantity.low, quantity.high) if number is not None]
    if quantity.bound == "range" and quantity.low is not None and quantity.high is not None:
        return f"{quantity.low:,} to {quantity.high:,}"
    if quantity.bound == "exact" and known:
        return f"{known[0]:,}"
    if quantity.bound == "vague" and quantity.low is not None:
        return f"vague, {quantity.low:,} or more"
    return " ".join((quantity.bound.replace("_", " "), *(f"{number:,}" for number in known[:1])))


def _link(view: LinkView, claim: str) -> RenderableType:
    there, other = (view.right, "") if view.left.id == claim else (view.left, " it")
    kind = f"{view.link.kind}{other}" if view.link.kind not in {"same", "contradicts"} else view.link.kind
    table = tables.plain(("", 12), "", header=False)
    table.add_row(Text(kind, style=MARKED), screen.line(view.link.why))
    table.add_row(Text(tables.short(there.id), style=FAINT), tables.end(there))
    return table
