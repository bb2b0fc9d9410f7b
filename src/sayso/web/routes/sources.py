"""Sources and copies: the outlets, the documents of one, reprint families, and what a copy changed."""

from typing import Final

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from sayso.web import answers
from sayso.web.given import TheCase
from sayso.web.sources import Compared, DocumentLine, FamilyCard, OutletLine
from sayso.web.who import address

_FAMILIES: Final = 3  # beside the outlets; the list of families has all


@get("/sources", sync_to_thread=True)
def sources(case: TheCase, after: FromQuery[str | None] = None) -> Response[str]:
    """Show the outlets, and on the first page the largest reprint families."""
    listed = case.outlets(after=after)
    families = None if after else case.reprints(limit=_FAMILIES)
    return answers.page(
        "sources.html",
        here="sources",
        lines=[OutletLine(row=row) for row in listed.rows],
        first=after is None,
        after=listed.after,
        families=[] if families is None else [FamilyCard(family=one) for one in families.rows],
        more_families=families is not None and families.after is not None,
    )


@get("/sources/outlet", sync_to_thread=True)
def outlet(case: TheCase, name: FromQuery[str] = "", after: FromQuery[str | None] = None) -> Response[str]:
    """Show one outlet with its documents; no name: those that name nobody."""
    found = case.outlet(name, after=after)
    return answers.page(
        "outlet.html",
        here="sources",
        line=OutletLine(row=found.row),
        documents=[DocumentLine(document=one) for one in found.documents],
        later=address("/sources/outlet", name=name, after=found.after) if found.after else "",
    )


@get("/copies", sync_to_thread=True)
def copies(case: TheCase, after: FromQuery[str | None] = None) -> Response[str]:
    """Show the reprint families."""
    found = case.reprints(after=after)
    return answers.page(
        "copies.html",
        here="sources",
        families=[FamilyCard(family=one) for one in found.rows],
        after=found.after,
    )


@get("/copies/{link:str}", sync_to_thread=True)
def copy(case: TheCase, link: FromPath[str]) -> Response[str]:
    """Show what one text changed of another."""
    return answers.page("copy.html", here="sources", compared=Compared(case.reprint(link)))


ROUTES = (sources, outlet, copies, copy)
