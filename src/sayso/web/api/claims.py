"""Claims: listed and counted by a filter, read, followed through the case, and concluded about."""

from functools import partial
from typing import Annotated

import msgspec
from litestar.params import FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from sayso.core.records import Evidence, Verdict
from sayso.core.views import (
    ClaimCells,
    ClaimFilter,
    ClaimPage,
    ClaimRows,
    ClaimSort,
    Facets,
    Proposition,
    ReviewRows,
    SearchView,
    Trace,
)
from sayso.web.api.answer import changing, dropping, exporting, listing, reading, table
from sayso.web.api.asked import MOST, After, Id, Limit, TheClaims, page, query
from sayso.web.api.lists import (
    Concluded,
    Propositions,
    Quotes,
    RankedReviews,
    Searches,
    VerdictRows,
)
from sayso.web.given import TheCase, ThePerson

_WANTED = {"wanted": query(ClaimFilter)}
_OF_EACH = "At most so many links of each kind and direction, the surest; `linked` counts all of them."
_OF_THE_SAME = "At most so many claims that say the same, and answers of each kind, the surest of them."


class Search(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list of claims, and what it is to be called."""

    name: str
    wanted: ClaimFilter = ClaimFilter()
    sort: ClaimSort = "published"


class Conclusion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody concludes about a claim."""

    claim: Annotated[str, msgspec.Meta(description="Its id or the beginning of it.")]
    rating: Annotated[str, msgspec.Meta(description="One of the case's `ratings`.")]
    reason: str
    evidence: Annotated[tuple[Evidence, ...], msgspec.Meta(max_length=MOST)] = ()


@listing("/claims", dependencies=_WANTED)
def list_claims(
    case: TheCase,
    wanted: TheClaims,
    sort: FromQuery[ClaimSort] = "published",
    after: After = None,
    limit: Limit = 100,
) -> ClaimRows:
    """List the claims that a filter wants: who says what, in which document."""
    return case.claim_rows(wanted, sort=sort, after=after, limit=limit)


@exporting("/claims.csv", dependencies=_WANTED)
def export_claims(case: TheCase, wanted: TheClaims, sort: FromQuery[ClaimSort] = "published") -> Stream:
    """Give all claims that a filter wants as CSV, in UTF-8 with a byte order mark, formulas guarded."""
    return table(ClaimCells, case.claim_table(wanted, sort=sort), name="claims.csv")


@listing("/claim-facets", dependencies=_WANTED)
def count_facets(case: TheCase, wanted: TheClaims) -> Facets:
    """Count the commonest acts, voices, speakers, targets, places and outlets of what a filter wants."""
    return case.facets(wanted)


@listing("/searches")
def list_searches(case: TheCase) -> Searches:
    """List the searches that people gave a name."""
    return Searches(rows=case.searches())


@changing("/searches", needs="work")
def save_search(case: TheCase, person: ThePerson, data: JSONBody[Search]) -> SearchView:
    """Give a list of claims a name; what had the name before is replaced, and stays on record."""
    return case.save_search(data.name, data.wanted, by=person.name, sort=data.sort)


@dropping("/searches", needs="edit")
def drop_search(
    case: TheCase, person: ThePerson, name: Annotated[str, QueryParameter(description="Whose to give up.")]
) -> None:
    """Give the name of a search up."""
    case.drop_search(name, by=person.name)


@reading("/claims/{claim:str}")
def read_claim(
    case: TheCase,
    claim: Id,
    most: Annotated[int, QueryParameter(ge=1, le=MOST, description=_OF_EACH)] = 50,
) -> ClaimPage:
    """Read one claim: its sentence, whose word it is, its links."""
    return case.show(claim, most=most)


@reading("/claims/{claim:str}/trace")
def trace_claim(
    case: TheCase,
    claim: Id,
    most: Annotated[int, QueryParameter(ge=1, le=MOST, description=_OF_THE_SAME)] = 50,
) -> Trace:
    """Follow one claim: who said it first, who repeated or denied it, and how many sources are left."""
    return case.trace(claim, most=most)


@reading("/claims/{claim:str}/proposition")
def read_proposition(case: TheCase, claim: Id) -> Proposition:
    """Read the claims that say the same as one."""
    return case.proposition(claim)


@reading("/claims/{claim:str}/reviews")
def rank_reviews(
    case: TheCase,
    claim: Id,
    top: Annotated[int, QueryParameter(ge=1, le=MOST, description="At most so many fact-checks.")] = 10,
) -> RankedReviews:
    """Rank the published fact-checks that may be of one claim, for a person to look at."""
    return RankedReviews(rows=case.reviews_of(claim, top=top))


@reading("/claims/{claim:str}/verdicts")
def read_verdicts(case: TheCase, claim: Id) -> Concluded:
    """Read the verdicts on one claim with the words they rest on; the last one stands."""
    return Concluded(rows=case.concluded(claim))


@reading("/quotes")
def quote_claims(
    case: TheCase,
    claim: Annotated[list[str], QueryParameter(description="Ids or the beginnings of them.", max_items=MOST)],
    around: Annotated[int, QueryParameter(ge=0, le=MOST, description="Sentences before and after.")] = 0,
) -> Quotes:
    """Quote claims where they stand, with sentences before and after theirs."""
    return Quotes(rows=case.quoted(claim, around=around))


@listing("/propositions")
def list_propositions(
    case: TheCase,
    most: Annotated[int, QueryParameter(ge=1, le=MOST, description="At most so many.")] = 50,
) -> Propositions:
    """List what most documents say, the widest spread first."""
    return Propositions(rows=tuple(case.propositions(most)))


@listing("/reviews")
def list_reviews(case: TheCase, after: After = None, limit: Limit = 100) -> ReviewRows:
    """List the published fact-checks in the order in which they were imported."""
    return case.review_rows(after=after, limit=limit)


@reading("/verdicts")
def list_verdicts(
    case: TheCase, claim: FromQuery[str | None] = None, after: After = None, limit: Limit = 100
) -> VerdictRows:
    """List the verdicts on all claims or on one, superseded ones too, as they were made."""
    rows, last = page(partial(case.verdicts, claim), after=after, limit=limit)
    return VerdictRows(rows=rows, after=last)


@changing("/verdicts", needs="work")
def conclude(case: TheCase, person: ThePerson, data: JSONBody[Conclusion]) -> Verdict:
    """Record what you conclude about a claim; it supersedes the verdict that stands."""
    return case.conclude(data.claim, data.rating, reason=data.reason, by=person.name, evidence=data.evidence)


ROUTES = (
    list_claims,
    export_claims,
    count_facets,
    list_searches,
    save_search,
    drop_search,
    read_claim,
    trace_claim,
    read_proposition,
    rank_reviews,
    read_verdicts,
    quote_claims,
    list_propositions,
    list_reviews,
    list_verdicts,
    conclude,
)
