"""Links, parties and figures: listed, compared, and judged by people."""

from typing import Annotated

import msgspec
from litestar.params import JSONBody
from litestar.response import Stream

from sayso.core.records import Judged, Judgement, LinkJudgement, LinkKind, Sameness
from sayso.core.views import (
    Edits,
    FigureCells,
    FigureFilter,
    FigureRows,
    LinkCells,
    LinkFilter,
    LinkRows,
    PartyRows,
    SuggestionsJudged,
)
from sayso.web.api.answer import changing, exporting, exporting_of, listing, reading, table
from sayso.web.api.asked import MOST, After, Id, Limit, TheFigures, TheLinks, page, query
from sayso.web.api.lists import JudgementRows, LinkJudgementRows
from sayso.web.given import TheCase, ThePerson

_LINKS = {"wanted": query(LinkFilter)}
_FIGURES = {"wanted": query(FigureFilter)}


class LinkSaid(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody says about a link: it holds, it does not, or what was said is taken back."""

    link: Annotated[str, msgspec.Meta(description="Its id or the beginning of it.")]
    judgement: Judged
    reason: str | None = None


class SuggestionsSaid(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody says about all links of a kind at some claims that nobody has judged yet."""

    claims: Annotated[
        tuple[str, ...], msgspec.Meta(max_length=MOST, description="Ids or the beginnings of them.")
    ]
    kind: LinkKind
    judgement: Judged
    reason: str | None = None


class PartiesSaid(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody says about two parties: one, two, or nobody can tell."""

    left: Annotated[str, msgspec.Meta(description="A party's id or the beginning of it.")]
    right: Annotated[str, msgspec.Meta(description="Another party's; the order does not matter.")]
    judgement: Sameness
    reason: str | None = None


@reading("/links", dependencies=_LINKS)
def list_links(case: TheCase, wanted: TheLinks, after: After = None, limit: Limit = 100) -> LinkRows:
    """List denials, conflicting figures, copies and repetitions: by kind, the surest first."""
    return case.link_rows(wanted, after=after, limit=limit)


@exporting_of("/links.csv", dependencies=_LINKS)
def export_links(case: TheCase, wanted: TheLinks) -> Stream:
    """Give all links that a filter wants as CSV, in UTF-8 with a byte order mark, formulas guarded."""
    return table(LinkCells, case.link_table(wanted), name="links.csv")


@reading("/links/{link:str}/edits")
def read_edits(case: TheCase, link: Id) -> Edits:
    """Read what a copy changed of the other text, by their link's id or the beginning of it."""
    return case.edits(link)


@listing("/link-judgements")
def list_link_judgements(case: TheCase, after: After = None, limit: Limit = 100) -> LinkJudgementRows:
    """List every judgement on links, superseded ones too, in the order in which they were made."""
    rows, last = page(case.link_judgements, after=after, limit=limit)
    return LinkJudgementRows(rows=rows, after=last)


@changing("/link-judgements", needs="work")
def judge_link(case: TheCase, person: ThePerson, data: JSONBody[LinkSaid]) -> LinkJudgement:
    """Say whether a link holds. It supersedes what was said about the same link before."""
    return case.judge_link(data.link, data.judgement, by=person.name, reason=data.reason)


@changing("/suggestion-judgements", needs="work")
def judge_suggestions(case: TheCase, person: ThePerson, data: JSONBody[SuggestionsSaid]) -> SuggestionsJudged:
    """Judge all links of a kind at some claims that nobody has judged yet."""
    judged = case.judge_suggestions(
        data.claims, data.kind, data.judgement, by=person.name, reason=data.reason
    )
    return SuggestionsJudged(judged=judged)


@listing("/parties")
def list_parties(case: TheCase, after: After = None, limit: Limit = 100) -> PartyRows:
    """List who is named, folded as people judged; whoever speaks most comes first."""
    return case.party_rows(after=after, limit=limit)


@listing("/party-judgements")
def list_party_judgements(case: TheCase, after: After = None, limit: Limit = 100) -> JudgementRows:
    """List every judgement on parties, superseded ones too, in the order in which they were made."""
    rows, last = page(case.judgements, after=after, limit=limit)
    return JudgementRows(rows=rows, after=last)


@changing("/party-judgements", needs="edit")
def judge_parties(case: TheCase, person: ThePerson, data: JSONBody[PartiesSaid]) -> Judgement:
    """Say whether two parties are one. It supersedes what was said about the same two before."""
    return case.judge(data.left, data.right, data.judgement, by=person.name, reason=data.reason)


@listing("/figures", dependencies=_FIGURES)
def compare_figures(case: TheCase, wanted: TheFigures, after: After = None, limit: Limit = 100) -> FigureRows:
    """Put figures side by side: who says how many, of what, when and where, and what stands against it."""
    return case.figure_rows(wanted, after=after, limit=limit)


@exporting("/figures.csv", dependencies=_FIGURES)
def export_figures(case: TheCase, wanted: TheFigures) -> Stream:
    """Give all figures that a filter wants as CSV, in UTF-8 with a byte order mark, formulas guarded."""
    return table(FigureCells, case.figure_table(wanted), name="figures.csv")


ROUTES = (
    list_links,
    export_links,
    read_edits,
    list_link_judgements,
    judge_link,
    judge_suggestions,
    list_parties,
    list_party_judgements,
    judge_parties,
    compare_figures,
    export_figures,
)
