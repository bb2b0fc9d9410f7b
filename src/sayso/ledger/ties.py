"""Which links stand at a claim or a document: counted and ranked where they are kept.

Of a claim with thousands of links no more leaves the database than is shown.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

from sqlalchemy import ColumnElement, CompoundSelect, Connection, case, func, or_, select, union, union_all
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from sayso.core.ids import ClaimId
from sayso.core.records import LinkKind
from sayso.core.views import LinkCount
from sayso.ledger import schema
from sayso.ledger.shelves import in_lots
from sayso.ledger.values import one_of

_LINKS, _JUDGED = schema.links.c, schema.judged_links.c
_SAME_LINK: Final = _JUDGED.link == _LINKS.link
# By one end at a time, each with its own index: together a database may go through all links.
_ENDS: Final = ((_LINKS.left, _LINKS.right), (_LINKS.right, _LINKS.left))


class Ties:
    """The links of a case but for those to claims that somebody replaced."""

    def __init__(self, connection: Connection, replaced: AbstractSet[ClaimId]) -> None:
        self._connection = connection
        self._replaced = replaced

    def counted(self, claims: Iterable[ClaimId]) -> Mapping[ClaimId, tuple[LinkCount, ...]]:
        """Return how many links of each kind and direction claims have; rejected ones do not count."""
        counted: Counter[tuple[ClaimId, LinkKind, bool]] = Counter()
        for some in in_lots(claims):
            for end, other in _ENDS:
                beside = () if not self._replaced else (~one_of(other, self._replaced),)
                wanted = (
                    select(end, _LINKS.kind, func.count())
                    .join(schema.judged_links, _SAME_LINK, isouter=True)
                    .where(one_of(end, some), _is_standing(_JUDGED.judged), *beside)
                    .group_by(end, _LINKS.kind)
                )
                for claim, kind, count in self._connection.execute(wanted):
                    counted[ClaimId(claim), kind, end is _LINKS.left] += count
        of: defaultdict[ClaimId, tuple[LinkCount, ...]] = defaultdict(tuple)
        for (claim, kind, acts), count in sorted(counted.items()):
            of[claim] += (LinkCount(kind=kind, acts=acts, count=count),)
        return of

    def of(self, end: str) -> CompoundSelect[str]:
        """Return all links of a claim or a document, as a part of another question."""
        return union(*(select(_LINKS.link).where(side == end) for side, _ in _ENDS))

    def every(self, ends: Collection[str]) -> Sequence[str]:
        """Return all links at any of these, rejected ones too."""
        return self._connection.scalars(select(self._at(ends).subquery().c.link)).all()

    def surest_of(self, claim: ClaimId, most: int | None) -> Sequence[str]:
        """Return at most `most` links of each kind and direction, and as many of those that are rejected.

        Those that a person confirmed come first, then those of a high score. None: all of them.
        """
        every = self._at([claim]).subquery().c
        if most is None:
            return self._connection.scalars(select(every.link)).all()
        alike = every.kind, every.left == claim, _is_standing(every.judged)
        place = func.row_number().over(partition_by=alike, order_by=_surest_first(every))
        ranked = select(every.link, place.label("place")).subquery().c
        return self._connection.scalars(select(ranked.link).where(ranked.place <= most)).all()

    def surest(
        self, ends: Collection[str], kinds: Collection[LinkKind], most: int
    ) -> tuple[Sequence[str], int]:
        """Return the surest standing links of each kind, at most `most`, and how many of these are left."""
        every = self._at(ends, kinds).subquery().c
        place = func.row_number().over(partition_by=every.kind, order_by=_surest_first(every))
        of_kind = func.count().over(partition_by=every.kind)
        ranked = (
            select(every.link, place.label("place"), of_kind.label("of_kind"))
            .where(_is_standing(every.judged))
            .subquery()
            .c
        )
        wanted = select(ranked.link, ranked.place, ranked.of_kind).where(ranked.place <= max(most, 1))
        shown: list[str] = []
        left = 0
        for link, number, count in self._connection.execute(wanted):
            if number <= most:
                shown.append(link)
            if number == 1:
                left += max(0, count - most)
        return shown, left

    def standing(self, ends: Collection[str], kinds: Collection[LinkKind]) -> Sequence[str]:
        """Return all links of some kinds at any of these; rejected ones are left out."""
        every = self._at(ends, kinds).subquery().c
        return self._connection.scalars(select(every.link).where(_is_standing(every.judged))).all()

    def beyond(self, ends: Collection[str], kinds: Collection[LinkKind]) -> int:
        """Return how many links of some kinds have one side among these; rejected ones do not count."""
        every = self._at(ends, kinds).subquery().c
        one_side = or_(~one_of(every.left, ends), ~one_of(every.right, ends))
        counted = select(func.count()).select_from(every.link.table)
        return self._connection.execute(counted.where(_is_standing(every.judged), one_side)).scalar_one()

    def _at(self, ends: Collection[str], kinds: Collection[LinkKind] = ()) -> CompoundSelect[Any]:
        """Return the links of some kinds (none: of any) at claims or documents, each once, as a question.

        Those to replaced claims are left out, but for the ones that are asked for.
        """
        gone = self._replaced - set(ends)
        asked: list[ColumnElement[bool]] = []
        if kinds:
            # Not by the kind's index: a database may go through all links of that kind.
            asked.append(_LINKS.kind.concat("").in_(kinds))
        if gone:
            asked += (~one_of(_LINKS.left, gone), ~one_of(_LINKS.right, gone))
        links = (
            select(_LINKS.link, _LINKS.kind, _LINKS.left, _LINKS.right, _LINKS.score, _JUDGED.judged)
            .join(schema.judged_links, _SAME_LINK, isouter=True)
            .where(*asked)
        )
        return union_all(
            links.where(one_of(_LINKS.left, ends)),
            links.where(one_of(_LINKS.right, ends), ~one_of(_LINKS.left, ends)),
        )


def _is_standing(judged: ColumnElement[str]) -> ColumnElement[bool]:
    return func.coalesce(judged, "") != "rejected"


def _surest_first(links: ReadOnlyColumnCollection[str, Any]) -> tuple[ColumnElement[Any], ...]:
    """Return what links are ranked by: confirmed by a person, then the score, then the id."""
    return case((links.judged == "confirmed", 0), else_=1), links.score.desc(), links.link
