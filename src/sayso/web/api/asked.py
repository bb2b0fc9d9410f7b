"""What a request asks for: filters made of its query, and where a page of a list begins."""

from collections.abc import Callable, Iterable
from itertools import dropwhile, islice
from typing import Annotated, Final, TypeAlias, TypeVar

import msgspec
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, QueryParameter, SkipValidation

from sayso.core.views import ClaimFilter, FigureFilter, LinkFilter, View
from sayso.ledger import cursors

_R = TypeVar("_R")

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


def page(
    rows: Iterable[_R], name: Callable[[_R], str], *, after: str | None, limit: int
) -> tuple[tuple[_R, ...], str | None]:
    """Return `limit` rows behind the one that a cursor names, and the cursor for the next ones.

    For lists that are made anew for every page; `name` must tell their rows apart. Raises BadInput for a
    cursor whose row is not there any more.
    """
    left = iter(rows)
    if after is not None:
        (last,) = cursors.read(after, 1)
        if next(dropwhile(lambda row: name(row) != last, left), None) is None:
            raise cursors.no_cursor()
    found = list(islice(left, limit + 1))
    shown = tuple(found[:limit])
    return shown, cursors.written(name(shown[-1])) if len(found) > limit else None
