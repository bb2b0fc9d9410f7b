"""What a request asks for: filters made of its query, and where a page of a list begins."""

from collections.abc import Iterable
from itertools import islice
from typing import Annotated, Final, Protocol, TypeAlias, TypeVar

import msgspec
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, QueryParameter, SkipValidation

from sayso.core.records import Annotation, Judgement, LinkJudgement, Problem, Verdict
from sayso.core.views import ClaimFilter, FigureFilter, LinkFilter, View
from sayso.ledger import cursors

_R = TypeVar("_R", Annotation, Judgement, LinkJudgement, Problem, Verdict)
_R_co = TypeVar("_R_co", covariant=True)

MOST: Final = 1000  # rows of one answer

After: TypeAlias = Annotated[
    str | None,
    QueryParameter(description="Where the page before ended: its `after`. Without it the first page."),
]
Limit: TypeAlias = Annotated[int, QueryParameter(ge=1, le=MOST, description="At most so many rows.")]
Id: TypeAlias = FromPath[str]

TheClaims: TypeAlias = SkipValidation[NamedDependency[ClaimFilter]]
TheLinks: TypeAlias = SkipValidation[NamedDependency[LinkFilter]]
TheFigures: TypeAlias = SkipValidation[NamedDependency[FigureFilter]]


def query(filter_: type[View]) -> Provide:
    """Return what makes a filter of a request's query: a parameter for each of its fields."""
    fields = [
        # A type that only exists at run time.
        (one.name, FromQuery[one.type], one.default)  # type: ignore[misc,name-defined] # see above
        for one in msgspec.structs.fields(filter_)
    ]
    asked = msgspec.defstruct(f"{filter_.__name__}Query", fields, bases=(filter_,), frozen=True, kw_only=True)
    return Provide(asked, sync_to_thread=False)


class _Behind(Protocol[_R_co]):
    """A list of records, those behind the one with an id."""

    def __call__(self, *, after: str | None) -> Iterable[_R_co]: ...


def page(behind: _Behind[_R], *, after: str | None, limit: int) -> tuple[tuple[_R, ...], str | None]:
    """Return `limit` records behind the one that a cursor names, and the cursor for the next ones.

    Raises BadInput for a cursor that no page gave.
    """
    last = None if after is None else cursors.read(after, 1)[0]
    found = list(islice(behind(after=last), limit + 1))
    shown = tuple(found[:limit])
    return shown, cursors.written(shown[-1].id) if len(found) > limit else None
