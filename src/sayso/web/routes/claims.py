"""Claims: searched, filtered, sorted, saved as a search, and judged many at once."""

from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Stream

from sayso.core.errors import BadInput
from sayso.core.records import Judged, LinkKind
from sayso.core.views import ClaimCells, ClaimRows
from sayso.exchange.spreadsheet import as_csv
from sayso.web import answers
from sayso.web.claims import Query, Results, signs
from sayso.web.given import TheCase, ThePerson

_AT_ONCE = 50
_MOST = 1000  # claims that are judged at once


class Judging(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says about all suggested links of one kind that the chosen claims have."""

    kind: LinkKind
    judgement: Judged
    claims: (
        Annotated[list[str], msgspec.Meta(max_length=_MOST)] | str
    ) = []  # a form sends one alone as it stands
    back: str = ""  # what the list was asked for
    reason: str = ""


class Naming(msgspec.Struct, frozen=True, kw_only=True):
    """A search that somebody names, or whose name they give up."""

    name: str
    back: str = ""


@get("/claims", needs="read", sync_to_thread=True)
def claims(case: TheCase, request: Request[Any, Any, Any]) -> Response[str]:
    """Show the claims that the address asks for."""
    sent = request.query_params
    query = Query.read(sent.multi_items())
    found = case.claim_rows(query.wanted, sort=query.sort, after=sent.get("after"), limit=_AT_ONCE)
    results = Results(query, found, case.facets(query.wanted), case.searches())
    return answers.page(
        "claims.html",
        here="claims",
        results=results,
        signs=signs,
        done=_saved(found) if "saved" in sent else _done(sent.get("judged")),
    )


@get("/claims.csv", needs="read", sync_to_thread=True)
def table(case: TheCase, request: Request[Any, Any, Any]) -> Stream:
    """Give all claims that the address asks for as a table for a spreadsheet."""
    query = Query.read(request.query_params.multi_items())
    lines = case.claim_table(query.wanted, sort=query.sort)
    return answers.downloaded(as_csv(ClaimCells, lines), media_type="text/csv", name="claims.csv")


@post("/claims/judgements", needs="work", sync_to_thread=True)
def judge(
    case: TheCase,
    person: ThePerson,
    data: URLEncodedBody[Judging],
) -> Redirect:
    """Judge the suggested links of one kind of the chosen claims, and lead back to the list."""
    query = Query.from_address(data.back)
    if not data.claims:
        raise BadInput("no-claims", "no claim was chosen", hint="go back and choose one or more")
    chosen = [data.claims] if isinstance(data.claims, str) else data.claims
    judged = case.judge_suggestions(
        chosen, data.kind, data.judgement, by=person.name, reason=data.reason or None
    )
    return _led_back(query, judged=f"{data.judgement}-{judged}")


@post("/claims/searches", needs="work", sync_to_thread=True)
def save(
    case: TheCase,
    person: ThePerson,
    data: URLEncodedBody[Naming],
) -> Redirect:
    """Give the search a name."""
    query = Query.from_address(data.back)
    case.save_search(data.name, query.wanted, sort=query.sort, by=person.name)
    return _led_back(query, saved="yes")


@post("/claims/searches/dropped", needs="edit", sync_to_thread=True)
def drop(
    case: TheCase,
    person: ThePerson,
    data: URLEncodedBody[Naming],
) -> Redirect:
    """Give the name of a search up."""
    case.drop_search(data.name, by=person.name)
    return Redirect(Query.from_address(data.back).address, status_code=303)


def _led_back(query: Query, **done: str) -> Redirect:
    """Lead back to the list, which says what was done."""
    return Redirect(f"/claims?{urlencode([*query.pairs, *done.items()])}", status_code=303)


def _saved(found: ClaimRows) -> str:
    """Say that the search which is shown was saved a moment ago."""
    return "The search is saved." if found.rows else "The search is saved. It finds no claim today."


def _done(judged: str | None) -> str:
    """Say what was judged a moment ago, as the address tells; nothing for what is no such thing."""
    judgement, _, count = (judged or "").partition("-")
    if judgement not in {"confirmed", "rejected"} or not (count.isascii() and count.isdecimal()):
        return ""
    if int(count[:9]) == 0:
        return "The chosen claims have no suggested link of this kind; nothing was judged."
    links = "1 link was" if count == "1" else f"{count[:9]} links were"
    return f"{links} {judgement}; each judgement stands in the log."


ROUTES = (claims, table, judge, save, drop)
