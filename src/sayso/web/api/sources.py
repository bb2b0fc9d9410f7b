"""Where it all comes from: outlets, reprints, who says what of whom; and what people annotate."""

from functools import partial
from typing import Annotated, TypeAlias

import msgspec
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, QueryParameter, SkipValidation

from sayso.core.records import Annotation
from sayso.core.views import (
    Annotated as AnnotatedClaim,
)
from sayso.core.views import FamilyRows, OutletPage, OutletRows, RelationFilter, Relations, ReprintPage
from sayso.web.api.answer import changing, listing, reading
from sayso.web.api.asked import After, Id, Limit, page, query
from sayso.web.api.lists import AnnotationRows
from sayso.web.given import TheCase, ThePerson

_TheRelations: TypeAlias = SkipValidation[NamedDependency[RelationFilter]]


class Annotating(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody reads in a document: a claim more, one in the place of another, or that one is none."""

    document: Annotated[str, msgspec.Meta(description="Its id or the beginning of it.")]
    said: Annotated[
        AnnotatedClaim | None, msgspec.Meta(description="Null: what it replaces is no claim.")
    ] = None
    replaces: Annotated[str | None, msgspec.Meta(description="A claim's id or the beginning of it.")] = None
    reason: str | None = None


class TakingBack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why somebody takes back what was annotated."""

    reason: str | None = None


@listing("/outlets")
def list_outlets(case: TheCase, after: After = None, limit: Limit = 30) -> OutletRows:
    """List the outlets: the one with most documents first, then by name."""
    return case.outlets(after=after, limit=limit)


@reading("/outlet")
def read_outlet(
    case: TheCase,
    name: Annotated[str, QueryParameter(description="As a whole; empty: documents that name nobody.")],
    after: After = None,
    limit: Limit = 50,
) -> OutletPage:
    """Read what one outlet brings, whom it credits, and what it shares with others."""
    return case.outlet(name, after=after, limit=limit)


@listing("/reprints")
def list_reprints(case: TheCase, after: After = None, limit: Limit = 10) -> FamilyRows:
    """List the families of documents that hold the same passages, the largest first."""
    return case.reprints(after=after, limit=limit)


@reading("/links/{link:str}/reprint")
def read_reprint(case: TheCase, link: Id) -> ReprintPage:
    """Read two texts that share passages, with the edits between them."""
    return case.reprint(link)


@listing("/relations", dependencies={"wanted": query(RelationFilter)})
def count_relations(case: TheCase, wanted: _TheRelations) -> Relations:
    """Count who says what of whom: claims by speaker, act and target."""
    return case.relations(wanted)


@reading("/annotations")
def list_annotations(
    case: TheCase, document: FromQuery[str | None] = None, after: After = None, limit: Limit = 100
) -> AnnotationRows:
    """List what people annotated in one document or in all, in the order in which they did."""
    rows, last = page(partial(case.annotations, document), after=after, limit=limit)
    return AnnotationRows(rows=rows, after=last)


@changing("/annotations", needs="work")
def annotate(case: TheCase, person: ThePerson, data: JSONBody[Annotating]) -> Annotation:
    """Add a claim, put one in the place of another, or take one out; nothing is erased.

    The words are sent with their spans: where other words stand, nothing is recorded.
    """
    return case.annotate(data.document, data.said, by=person.name, replaces=data.replaces, reason=data.reason)


@changing("/annotations/{annotation:str}/reversal", needs="work")
def take_back(case: TheCase, person: ThePerson, annotation: Id, data: JSONBody[TakingBack]) -> Annotation:
    """Undo what somebody annotated: what it replaced stands again. Both stay on record."""
    return case.take_back(annotation, by=person.name, reason=data.reason)


ROUTES = (
    list_outlets,
    read_outlet,
    list_reprints,
    read_reprint,
    count_relations,
    list_annotations,
    annotate,
    take_back,
)
