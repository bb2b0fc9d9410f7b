"""Sources and copies: the outlets, the documents of one, reprint families, and what a copy changed."""

from typing import Final

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from sayso.core.errors import SaysoError
from sayso.core.records import Judged
from sayso.web import answers
from sayso.web.given import TheCase, ThePerson
from sayso.web.sources import Compared, DocumentLine, FamilyCard, OutletLine
from sayso.web.who import address

_FAMILIES: Final = 3  # beside the outlets; the list of families has all


class Judging(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says about two texts that share passages."""

    judgement: Judged
    reason: str = ""


@get("/sources", needs="read", sync_to_thread=True)
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


@get("/sources/outlet", needs="read", sync_to_thread=True)
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


@get("/copies", needs="read", sync_to_thread=True)
def copies(case: TheCase, after: FromQuery[str | None] = None) -> Response[str]:
    """Show the reprint families."""
    found = case.reprints(after=after)
    return answers.page(
        "copies.html",
        here="sources",
        families=[FamilyCard(family=one) for one in found.rows],
        after=found.after,
    )


@get("/copies/{link:str}", needs="read", sync_to_thread=True)
def copy(case: TheCase, link: FromPath[str]) -> Response[str]:
    """Show what one text changed of another."""
    return _compared(Compared(case.reprint(link)))


@post("/copies/{link:str}/judgements", needs="work", sync_to_thread=True)
def judge(
    case: TheCase,
    person: ThePerson,
    link: FromPath[str],
    data: URLEncodedBody[Judging],
) -> Response[str] | Redirect:
    """Record what somebody says about two texts that share passages, and lead back to them."""
    compared = Compared(case.reprint(link))
    back = compared.page.reprint.link
    try:
        case.judge_link(back, data.judgement, by=person.name, reason=data.reason or None)
    except SaysoError as error:
        shown = _compared(compared, refused=error, typed=data.reason)
        shown.status_code = answers.status_of(error)
        return shown
    return Redirect(f"/copies/{back}", status_code=303)


def _compared(compared: Compared, *, refused: SaysoError | None = None, typed: str = "") -> Response[str]:
    return answers.page("copy.html", here="sources", compared=compared, refused=refused, typed=typed)


ROUTES = (sources, outlet, copies, copy, judge)
