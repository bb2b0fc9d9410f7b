"""Tables for spreadsheets: claims, figures and links as rows, and rows as CSV in which no cell is a formula.

The text is CSV as RFC 4180 has it, in UTF-8 with a byte order mark, without which Excel takes it for another
encoding: read it as `utf-8-sig`. What a spreadsheet would take for a formula is guarded by an apostrophe, as
OWASP advises (https://owasp.org/www-community/attacks/CSV_Injection); `unguarded` takes it away again.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final, TypeVar

import msgspec

from sayso.core import codec
from sayso.core.records import LinkKind
from sayso.core.spans import Spans
from sayso.core.views import (
    ClaimCells,
    ClaimRow,
    ClaimView,
    FigureCells,
    FigureView,
    LinkCells,
    LinkView,
    View,
)

_L = TypeVar("_L", bound=View)

MARK: Final = "\ufeff"
_AT_ONCE: Final = 500  # rows that are written as one piece
_BETWEEN: Final = " | "  # names in one cell; a semicolon ends a cell where a comma is the decimal sign

# What begins a formula, also as wide and small forms, which some programs take for the same.
_STARTS: Final = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
# What a program may pass over before it: blanks, quotation marks, what has no width. And what may end a cell
# for one that does not see that the cell is quoted, or takes another separator.
_PASSED: Final = "\\s\\0'\"\u2018\u2019\u201c\u201d\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
_ENDS: Final = "\t\r\n;"
_RUN: Final = re.compile(f"(?<![{_PASSED}{_ENDS}])[{_PASSED}{_ENDS}]++(?=[{_STARTS}])")
_FORMULA: Final = re.compile(f"[{_PASSED}{_ENDS}]*+[{_STARTS}]|'*+[\\0\t\r\n]")
_GUARD: Final = "'"


def guarded(cell: str) -> str:
    """Return a cell's text with an apostrophe before all that a spreadsheet could take for a formula.

    At the beginning of the cell, and behind what may begin a cell within it.
    """
    inside = _RUN.sub(_guarded_run, cell)
    return f"{_GUARD}{inside}" if _FORMULA.match(inside) else inside


def unguarded(cell: str) -> str:
    """Return the text of which `guarded` made a cell."""
    inside = cell[1:] if _FORMULA.match(cell) else cell
    return _RUN.sub(_unguarded_run, inside)


def _guarded_run(run: re.Match[str]) -> str:
    after = _after_end(run[0])
    return f"{run[0][:after]}{_GUARD}{run[0][after:]}" if after else run[0]


def _unguarded_run(run: re.Match[str]) -> str:
    after = _after_end(run[0])
    return f"{run[0][:after]}{run[0][after + 1 :]}" if after else run[0]


def _after_end(run: str) -> int:
    """Return where a run goes on behind the last character that may end a cell; 0: there is none."""
    return max(run.rfind(end) for end in _ENDS) + 1


def as_csv(kind: type[_L], lines: Iterable[_L]) -> Iterator[bytes]:
    """Yield a table piece by piece: a line with the names of the fields, then a line a row."""
    names = kind.__struct_fields__
    left = chain([names], (_cells(line) for line in lines))
    mark = MARK
    while rows := list(islice(left, _AT_ONCE)):
        written = io.StringIO()
        # Everything but numbers is quoted: commas and line breaks of a text stay inside its cell.
        csv.writer(written, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
        yield (mark + written.getvalue()).encode()
        mark = ""


def _cells(line: View) -> tuple[str | int | float, ...]:
    return tuple(
        cell if isinstance(cell, int | float) else guarded(cell or "")
        for cell in msgspec.structs.astuple(line)
    )


def claim_cells(row: ClaimRow) -> ClaimCells:
    """Return a claim of a list as one row of a table."""
    view, claim, head = row.view, row.view.claim, row.view.document
    counted = {(one.kind, one.acts): one.count for one in row.links}

    def acts(kind: LinkKind) -> int:
        return counted.get((kind, True), 0)

    def meets(kind: LinkKind) -> int:
        return counted.get((kind, False), 0)

    return ClaimCells(
        claim=claim.id,
        document=head.id,
        spans=_places(claim.content),
        words=view.words,
        act=claim.act,
        polarity="affirmed" if claim.polarity == "+" else "negated",
        voice=view.voice,
        speaker=view.speaker,
        chain=_chain(view),
        actor=claim.actor.name if claim.actor else None,
        target=claim.target.name if claim.target else None,
        places=_BETWEEN.join(dict.fromkeys(place.name for place in claim.places)),
        times=_BETWEEN.join(dict.fromkeys(time.value for time in claim.times)),
        checkworthy=claim.checkworthy,
        verdict=row.rating,
        denies=acts("denies"),
        denied_by=meets("denies"),
        conflicts=acts("contradicts") + meets("contradicts"),
        updates=acts("updates"),
        updated_by=meets("updates"),
        same=acts("same") + meets("same"),
        quotes=acts("quotes"),
        quoted_by=meets("quotes"),
        reviews=acts("reviewed_by"),
        annotated_by=view.annotation.by if view.annotation else None,
        outlet=head.outlet,
        title=head.title,
        origin=head.origin,
        published=head.published_at,
    )


def figure_cells(figure: FigureView) -> FigureCells:
    """Return a figure as one row of a table."""
    quantity, view = figure.quantity, figure.view
    return FigureCells(
        claim=view.claim.id,
        document=view.document.id,
        start=quantity.span.start,
        end=quantity.span.end,
        words=figure.words,
        low=quantity.low,
        best=quantity.best,
        high=quantity.high,
        bound=quantity.bound,
        unit=quantity.unit,
        outcome=quantity.outcome,
        population=quantity.population,
        stated=quantity.stated,
        places=_BETWEEN.join(figure.places),
        speaker=view.speaker,
        chain=_chain(view),
        conflicts=sum(clash.kind == "contradicts" for clash in figure.clashes),
        updated_by=_BETWEEN.join(clash.claim for clash in figure.clashes if clash.kind == "updated by"),
        outlet=view.document.outlet,
        origin=view.document.origin,
        published=view.document.published_at,
    )


def link_cells(view: LinkView) -> LinkCells:
    """Return a link as one row of a table."""
    link, left, right = view.link, view.left, view.right
    return LinkCells(
        link=link.id,
        kind=link.kind,
        score=link.score,
        judgement=link.judgement,
        judged_by=view.judged.by if view.judged else link.judged_by,
        reason=view.judged.reason if view.judged else None,
        left=link.left,
        left_speaker=left.speaker,
        left_words=left.words,
        left_outlet=left.document.outlet,
        left_published=left.document.published_at,
        right=link.right,
        right_speaker=right.speaker,
        right_words=right.words,
        right_outlet=right.document.outlet,
        right_published=right.document.published_at,
        left_spans=_places(link.left_spans),
        right_spans=_places(link.right_spans),
        rule=link.rule,
        why=link.why,
    )


def _places(spans: Spans) -> str:
    """Return spans as JSON has them; `12-40` would become a date."""
    return codec.encode(spans).decode()


def _chain(view: ClaimView) -> str:
    """Return whose word it is, the outermost voice first."""
    named = (link.speaker or ("" if link.attribution is None else "somebody unnamed") for link in view.chain)
    return " › ".join(one for one in reversed(tuple(named)) if one)
