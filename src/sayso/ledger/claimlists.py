"""Lists of claims: which a filter wants, page by page, and the commonest values among them.

Nothing here goes through the case. A list by publication is read along the index of what is asked for. A list
by check-worthiness looks at the worthiest claims one after the other. Where few of these fit, the index tells
which others do: all of them at once where they are few, else those of as many hundredths of check-worthiness
as are likely to hold some. A part of a name that very many names hold is looked for in the claims that come
by: some soon have one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Final, NamedTuple, TypeVarTuple, get_args

from sqlalchemy import ColumnElement, Connection, Select, exists, false, or_, select, tuple_

from sayso.core.errors import BadInput, BadRecord
from sayso.core.ids import ClaimId
from sayso.core.records import LinkKind, checked_date
from sayso.core.views import ClaimFilter, ClaimSort, Facets, FacetValue
from sayso.ledger import cursors, fulltext, listing, rows, schema, search
from sayso.ledger.parties import Fold, Side, parties_asked
from sayso.ledger.values import one_of, streamed

_Ts = TypeVarTuple("_Ts")

_COUNTED: Final = 2000  # claims that facets look at
_VALUES: Final = 12  # that a facet names
_FEW: Final = 4000  # claims that are sorted as a whole
_HUNDREDTHS: Final = 100
_BROAD: Final = 1000  # names in one condition; more are no longer asked of the index, which looks up each
_WORTHY: Final = 50  # hundredths of check-worthiness in one condition
_LOOKED_AT: Final = 2 * _COUNTED  # claims whose facets are looked at, whether they have such a name or not
_SOME: Final = 64  # claims that some hundredths should hold: about a page
_WALKED: Final = 1000  # claims that are looked at one after the other before it is seen how many fit
_DENSE: Final = 0.01  # share of these that fits; where fewer do, the index is asked
_RANGE: Final = (2_000, 100_000)  # claims, at least and at most, whose hundredths are asked for together
_FIGURES_AT_ONCE: Final = 64  # claims with figures that are read together
_AT_ONCE: Final = 500  # claims whose marks are looked at together
_LINK_KINDS: Final[Mapping[str, LinkKind]] = {listing.link_mark(kind): kind for kind in get_args(LinkKind)}
_SPEAKING: Final = ("speaker", "party speaker", "party teller")
_AIMED: Final = ("target", "party target")
_PARTS: Final[Mapping[str, listing.TermKind]] = {
    rows.SPEAKER: "party speaker",
    rows.OUTLET: "party outlet",
    rows.TARGET: "party target",
}


class _Question(NamedTuple):
    """A filter as the index is asked: what a claim must have, between which numbers."""

    asked: search.Asked
    above: int | None
    below: int | None
    worth: float
    unconcluded: bool  # nobody's verdict may stand
    broad: tuple[frozenset[str], ...]  # groups of marks of which each claim must have one as well
    worthy: tuple[str, ...]  # the marks of check-worthiness that are high enough; none: any is

    @property
    def is_open(self) -> bool:
        """Whether the full-text index has nothing to answer."""
        return not self.asked.phrases and not self.asked.marks and not self.worthy

    def asked_with(self, *more: str) -> search.Asked:
        """Return what the index is asked; of `more` marks of check-worthiness a claim must have one."""
        if more:
            return self.asked.and_one_of(*more)
        others = bool(self.asked.phrases or self.asked.marks)
        if not self.worthy or (others and len(self.worthy) > _WORTHY):
            return self.asked  # most claims have one of these, and each would be looked up
        return self.asked.and_one_of(*self.worthy)

    def fits(self, marks: Sequence[str]) -> bool:
        """Tell whether a claim with these marks has one of each broad group."""
        return not any(group.isdisjoint(marks) for group in self.broad)


class _Place(NamedTuple):
    """Where a page by check-worthiness ended."""

    worth: float
    number: int


class _Reading:
    """A question put to claims that come by, with all that is asked but for their worth."""

    def __init__(self, question: _Question, gone: Collection[ClaimId]) -> None:
        self._question = question
        self._gone = gone
        self._groups = tuple(map(frozenset, (*question.asked.marks, *question.broad)))
        self._phrases = tuple(f" {' '.join(phrase)} " for phrase in question.asked.phrases)

    def fits(self, number: int, claim: str, words: str, marks: str) -> bool:
        """Tell whether a claim is asked for, by its row in the list."""
        asked = self._question
        if asked.above is not None and number <= asked.above:
            return False
        if asked.below is not None and number >= asked.below:
            return False
        marked = marks.split()
        if any(group.isdisjoint(marked) for group in self._groups):
            return False
        if asked.unconcluded and listing.CONCLUDED in marked:
            return False
        said = f" {words} "
        return claim not in self._gone and all(phrase in said for phrase in self._phrases)


class _Counting(Iterator[_Place]):
    """Places as they come, and how many did."""

    def __init__(self, places: Iterable[_Place]) -> None:
        self._places = iter(places)
        self.passed = 0

    def __next__(self) -> _Place:
        found = next(self._places)
        self.passed += 1
        return found


class Lists:
    """The lists of a case: `folds` are parties that people judged to be one, `gone` are replaced claims."""

    def __init__(self, connection: Connection, folds: Iterable[Fold], gone: Collection[ClaimId]) -> None:
        self._connection = connection
        self._folds = tuple({fold.id: fold for fold in folds}.values())
        self._gone = gone

    def page(
        self, wanted: ClaimFilter, sort: ClaimSort, after: str | None, limit: int
    ) -> tuple[Sequence[ClaimId], str | None]:
        """Return `limit` claims and the next page's cursor; raises BadInput for a cursor that is none."""
        place = None if after is None else _place(after, sort)
        question = self._question(wanted)
        if question is None:
            return (), None
        if sort == "published":
            places = self._fitting(question, self._by_day(question, place))
        else:
            places = self._by_worth(question, place)
        found = list(islice(places, limit + 1))
        shown = found[:limit]
        claims = self._claims([one.number for one in shown])
        return claims, _cursor(shown[-1], sort) if len(found) > limit else None

    def wanted(self, wanted: ClaimFilter) -> Select[str]:
        """Return the ids of all claims that a filter wants, as a part of another question."""
        claim = select(schema.listed.c.claim)
        question = self._question(wanted)
        if question is None:
            return claim.where(schema.listed.c.number < 0)
        return claim.where(schema.listed.c.number.in_(self._numbers(_with_broad(question)).order_by(None)))

    def few(self, wanted: ClaimFilter) -> Sequence[ClaimId] | None:
        """Return all claims that a filter wants; None where they are many."""
        question = self._question(wanted)
        if question is None:
            return ()
        every = _with_broad(question)
        numbers = self._connection.scalars(self._numbers(every).order_by(None).limit(_FEW + 1)).all()
        return self._claims(numbers) if len(numbers) <= _FEW else None

    def is_wanted(self, wanted: ClaimFilter, claim: ColumnElement[str]) -> ColumnElement[bool]:
        """Return the condition that a claim which comes by is one of many that a filter wants.

        A claim that comes by is looked up in the list: all that are wanted would be more look-ups.
        """
        question = self._question(wanted)
        if question is None:
            return false()
        listed = schema.listed.alias()
        numbers = self._numbers(_with_broad(question)).order_by(None)
        return exists().where(listed.c.claim == claim, listed.c.number.in_(numbers))

    def with_figures(
        self, wanted: ClaimFilter, outcome: str | None, first: int
    ) -> Iterator[tuple[int, ClaimId]]:
        """Yield the claims that a filter wants and that state a figure, by publication, with their numbers.

        `outcome` is what is counted, None: anything; `first` is the least number.
        """
        columns = schema.terms.c
        of_outcome = select(columns.number).where(columns.kind == "outcome")
        if outcome is not None:
            of_outcome = of_outcome.where(columns.folded == rows.folded_name(outcome))
        marks = [f"{listing.TERMS['outcome']}{n}" for n in self._connection.scalars(of_outcome)]
        question = self._question(wanted)
        if question is None or not marks:
            return
        asked = question._replace(asked=question.asked.and_one_of(*marks))
        places = self._fitting(asked, self._by_day(asked, _Place(0.0, first - 1)))
        while lot := [one.number for one in islice(places, _FIGURES_AT_ONCE)]:
            yield from zip(lot, self._claims(lot), strict=True)

    def facets(self, wanted: ClaimFilter) -> Facets:
        """Return the commonest values among the first claims that a filter wants."""
        counted: Counter[str] = Counter()
        looked_at = 0
        complete = True
        question = self._question(wanted)
        if question is not None:
            places = _Counting(islice(self._by_day(question, None), _LOOKED_AT + 1))
            for marks in islice(self._marks(question, places), _COUNTED + 1):
                if looked_at == _COUNTED:
                    complete = False
                    break
                looked_at += 1
                counted.update(marks)
            complete = complete and places.passed <= _LOOKED_AT
        return Facets(
            counted=looked_at,
            complete=complete,
            acts=_values(_beginning(counted, listing.ACT)),
            voices=_values(_beginning(counted, listing.VOICE)),
            speakers=self._names(counted, "speaker"),
            targets=self._names(counted, "target"),
            places=self._names(counted, "place"),
            outlets=self._names(counted, "outlet"),
            links=_values({_LINK_KINDS[mark]: n for mark, n in counted.items() if mark in _LINK_KINDS}),
            verdicts=counted[listing.CONCLUDED],
        )

    def ratings(self, claims: Collection[ClaimId]) -> Mapping[ClaimId, str]:
        """Return the rating of the verdict that stands on each claim that has one."""
        columns = schema.concluded.c
        wanted = select(columns.claim, columns.rating).where(one_of(columns.claim, claims))
        return {ClaimId(row.claim): row.rating for row in self._connection.execute(wanted)}

    def _question(self, wanted: ClaimFilter) -> _Question | None:
        """Return what to ask; None where no claim can be what is wanted."""
        above = None if wanted.since is None else listing.first_number(_day(wanted.since)) - 1
        # Who asks for a first day asks for a day: undated claims have none.
        below = None if wanted.since is None else listing.first_number(None)
        if wanted.until is not None:
            below = listing.first_number(_day(wanted.until) + 1)
        worthy = tuple(_worthy(wanted.checkworthy))
        phrases = search.phrases(wanted.words or "")
        groups = tuple(self._groups(wanted))
        if not all(groups) or (not phrases and (wanted.words or "").strip()):
            return None
        asked = search.Asked(phrases, tuple(group for group in groups if len(group) <= _BROAD))
        broad = tuple(frozenset(group) for group in groups if len(group) > _BROAD)
        return _Question(asked, above, below, wanted.checkworthy, wanted.concluded is False, broad, worthy)

    def _groups(self, wanted: ClaimFilter) -> Iterator[tuple[str, ...]]:
        """Yield the marks of which a claim must have one, condition by condition; none where none can fit."""
        if wanted.act is not None:
            yield (listing.ACT + wanted.act,)
        if wanted.voice is not None:
            yield (listing.VOICE + wanted.voice,)
        for name, kinds in (
            (wanted.speaker, _SPEAKING),
            (wanted.target, _AIMED),
            (wanted.place, ("place",)),
            (wanted.outlet, ("outlet",)),
        ):
            if name is not None and name.strip():
                yield tuple(self._named(rows.folded_name(name), kinds))
        for side in parties_asked(wanted, self._folds):
            yield tuple(self._in_part(side))
        if wanted.links:
            yield tuple(listing.link_mark(kind) for kind in wanted.links)
        if wanted.concluded:
            yield (listing.CONCLUDED,)

    def _named(self, name: str, kinds: Sequence[str]) -> Iterator[str]:
        """Yield the marks of all names that hold a part, and of the parties that go by such a name."""
        columns = schema.terms.c
        spelled, *by_party = kinds
        fits = [(columns.kind == spelled) & columns.folded.contains(name, autoescape=True)]
        members = [
            member
            for fold in self._folds
            if any(name in rows.folded_name(known) for known in fold.names)
            for member in fold.members
        ]
        if by_party and members:
            fits.append(columns.kind.in_(by_party) & one_of(columns.folded, members))
        wanted = select(columns.kind, columns.number).where(or_(*fits))
        return (f"{listing.TERMS[row.kind]}{row.number}" for row in self._connection.execute(wanted))

    def _in_part(self, side: Side) -> Iterator[str]:
        """Yield the marks of a party, and of all that people judged to be it, in its part of a claim."""
        columns = schema.terms.c
        parts = [_PARTS[role] for role in side.roles]
        wanted = select(columns.kind, columns.number).where(
            columns.kind.in_(parts), one_of(columns.folded, side.members)
        )
        return (f"{listing.TERMS[row.kind]}{row.number}" for row in self._connection.execute(wanted))

    def _numbers(self, question: _Question, *more: str, above: int | None = None) -> Select[int]:
        """Return the numbers that a question asks for, in their order; of `more` marks one must be there."""
        asked = question.asked_with(*more)
        lowest = max((n for n in (question.above, above) if n is not None), default=None)
        if asked.phrases or asked.marks:
            found = fulltext.of(self._connection)
            wanted = found.claim_numbers(asked, above=lowest, below=question.below)
        else:
            column = schema.listed.c.number
            wanted = select(column).order_by(column)
            if lowest is not None:
                wanted = wanted.where(column > lowest)
            if question.below is not None:
                wanted = wanted.where(column < question.below)
        (number,) = wanted.selected_columns
        return wanted.where(*self._besides(question, number))

    def _besides(self, question: _Question, number: ColumnElement[int]) -> Iterator[ColumnElement[bool]]:
        """Yield what is asked beside the marks."""
        listed = schema.listed.alias()
        if self._gone:
            yield number.not_in(select(listed.c.number).where(one_of(listed.c.claim, self._gone)))
        if question.unconcluded:
            # Not a join: a database may go through all claims for the few that have a verdict.
            concluded = select(schema.concluded.c.claim)
            yield number.not_in(select(listed.c.number).where(listed.c.claim.in_(concluded)))
        if question.worth > 0:
            yield exists().where(listed.c.number == number, listed.c.worth >= question.worth)

    def _by_day(self, question: _Question, place: _Place | None) -> Iterator[_Place]:
        wanted = self._numbers(question, above=None if place is None else place.number)
        return (_Place(0.0, number) for number in self._connection.scalars(streamed(wanted)))

    def _by_worth(self, question: _Question, place: _Place | None) -> Iterator[_Place]:
        """Yield claims by check-worthiness after a place, the worthiest looked at one after the other."""
        columns = schema.listed.c
        every = select(columns.worth, columns.number, columns.claim, columns.words, columns.marks)
        reading = _Reading(question, self._gone)
        found = 0
        coming = self._connection.execute(_by_worth_after(every, place))
        for passed, (worth, *row) in enumerate(coming, 1):
            if 0 < question.worth > worth:
                return
            at = _Place(worth, row[0])
            if reading.fits(*row):
                found += 1
                yield at
            if passed % _WALKED == 0 and found < passed * _DENSE:
                yield from self._rare(question, at, found / passed)
                return

    def _rare(self, question: _Question, place: _Place, share: float) -> Iterator[_Place]:
        """Yield the claims after a place that the index finds, given about which share of all claims fits."""
        few = self._connection.scalars(self._numbers(question).order_by(None).limit(_FEW + 1)).all()
        if len(few) <= _FEW:
            yield from self._fitting(question, self._sorted(few, place))
        else:
            yield from self._by_hundredths(question, place, share)

    def _by_hundredths(self, question: _Question, place: _Place, share: float) -> Iterator[_Place]:
        """Yield claims by check-worthiness after a place, some hundredths after the others.

        Of all claims about this share fits: as many hundredths are asked for together as should hold some,
        for each question looks up every name again.
        """
        left = list(_hundredths(place.worth, question.worth))
        least, most = _RANGE
        while left:
            claims = int(min(max(_SOME / share, least), most)) if share else most
            together = self._together(left, claims)
            marks = map(listing.worth_mark, left[:together])
            asked = self._connection.scalars(self._numbers(question, *marks).order_by(None)).all()
            found = list(self._fitting(question, self._sorted(asked, place)))
            yield from found
            share = len(found) / claims
            left = left[together:]

    def _together(self, hundredths: Sequence[int | None], claims: int) -> int:
        """Return how many of these hundredths, the highest first, hold about so many claims; at least one."""
        highest, worth = hundredths[0], schema.listed.c.worth
        if highest is None:
            return 1
        below = worth <= (highest + 1) / _HUNDREDTHS
        behind = select(worth).where(below).order_by(worth.desc()).offset(claims).limit(1)
        last = self._connection.execute(behind).scalar()
        if last is None:
            return len(hundredths)
        there = _hundredth(last)
        if there is not None and there > highest:
            return 1  # so many claims are worth exactly what the hundredth above begins with
        return max(1, hundredths.index(there)) if there in hundredths else len(hundredths)

    def _sorted(self, numbers: Sequence[int], place: _Place | None) -> Iterator[_Place]:
        """Yield some claims by check-worthiness after a place."""
        columns = schema.listed.c
        wanted = select(columns.worth, columns.number).where(one_of(columns.number, numbers))
        for row in self._connection.execute(_by_worth_after(wanted, place)):
            yield _Place(row.worth, row.number)

    def _fitting(self, question: _Question, places: Iterator[_Place]) -> Iterator[_Place]:
        """Yield the claims that have what the index was not asked for."""
        if not question.broad:
            yield from places
            return
        while lot := list(islice(places, _AT_ONCE)):
            marks = self._marks_of(lot)
            yield from (one for one in lot if question.fits(marks[one.number]))

    def _marks(self, question: _Question, places: Iterator[_Place]) -> Iterator[Sequence[str]]:
        """Yield the marks of the claims that fit."""
        while lot := list(islice(places, _AT_ONCE)):
            marks = self._marks_of(lot)
            yield from (found for one in lot if question.fits(found := marks[one.number]))

    def _marks_of(self, places: Iterable[_Place]) -> Mapping[int, Sequence[str]]:
        columns = schema.listed.c
        numbers = (one.number for one in places)
        wanted = select(columns.number, columns.marks).where(one_of(columns.number, numbers))
        return {row.number: row.marks.split() for row in self._connection.execute(wanted)}

    def _claims(self, numbers: Sequence[int]) -> Sequence[ClaimId]:
        columns = schema.listed.c
        wanted = select(columns.number, columns.claim).where(one_of(columns.number, numbers))
        found = {row.number: ClaimId(row.claim) for row in self._connection.execute(wanted)}
        return [found[number] for number in numbers]

    def _names(self, counted: Counter[str], kind: listing.TermKind) -> tuple[FacetValue, ...]:
        """Return the commonest names, those of one party as one."""
        numbers = Counter({int(n): count for n, count in _beginning(counted, listing.TERMS[kind]).items()})
        # More than are shown: some may turn out to be names of one party. Of parties that people judged to be
        # one every name counts, however rare it is.
        common = dict(numbers.most_common(4 * _VALUES))
        common |= {number: numbers[number] for number in self._folded_terms(kind) & numbers.keys()}
        columns = schema.terms.c
        wanted = select(columns.number, columns.folded, columns.name)
        named: Counter[str] = Counter()
        for row in self._connection.execute(wanted.where(one_of(columns.number, common))):
            named[self._known_as.get(row.folded, row.name)] += common[row.number]
        return _values(named)

    def _folded_terms(self, kind: listing.TermKind) -> set[int]:
        """Return the numbers of the names that parties go by which people judged to be one."""
        if not self._known_as:
            return set()
        columns = schema.terms.c
        wanted = select(columns.number).where(columns.kind == kind, one_of(columns.folded, self._known_as))
        return set(self._connection.scalars(wanted))

    @cached_property
    def _known_as(self) -> Mapping[str, str]:
        """Which name stands for each name of the parties that people judged to be one."""
        return {rows.folded_name(name): fold.name for fold in self._folds for name in sorted(fold.names)}


def _with_broad(question: _Question) -> _Question:
    """Return a question of which the index is asked all, broad groups of names too."""
    marks = (*question.asked.marks, *map(tuple, question.broad))
    return question._replace(asked=search.Asked(question.asked.phrases, marks), broad=())


def _values(counted: Mapping[str, int]) -> tuple[FacetValue, ...]:
    ranked = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return tuple(FacetValue(value=value, count=count) for value, count in ranked[:_VALUES])


def _beginning(counted: Mapping[str, int], start: str) -> dict[str, int]:
    """Return the marks of one sort without how they begin."""
    return {mark[1:]: count for mark, count in counted.items() if mark[0] == start and len(mark) > 1}


def _worthy(least: float) -> Iterator[str]:
    """Yield the marks of a check-worthiness that is high enough, none where any is; raises BadInput."""
    if not 0 <= least <= 1:
        raise BadInput("bad-share", f"{least} is no check-worthiness", hint="it lies between 0 and 1")
    if least > 0:
        yield from (listing.worth_mark(n) for n in range(listing.hundredth(least), _HUNDREDTHS))


def _hundredths(worth: float, least: float) -> Iterator[int | None]:
    """Yield the hundredths of check-worthiness from a worth down to the least; None: of claims without."""
    highest = _hundredth(worth)
    if highest is not None:
        yield from range(highest, (listing.hundredth(least) if least > 0 else 0) - 1, -1)
    if least <= 0:
        yield None


def _hundredth(worth: float) -> int | None:
    return None if worth < 0 else listing.hundredth(worth)


def _by_worth_after(wanted: Select[*_Ts], place: _Place | None) -> Select[*_Ts]:
    """Return a question about listed claims in the order of check-worthiness, after a place."""
    columns = schema.listed.c
    if place is not None:
        wanted = wanted.where(tuple_(columns.worth, columns.number) < tuple_(*place))
    return streamed(wanted.order_by(columns.worth.desc(), columns.number.desc()))


def _day(stated: str) -> int:
    try:
        return checked_date(stated).toordinal()
    except BadRecord as error:
        raise BadInput("bad-date", error.message, hint="write the day as 2020-11-05") from error


def _cursor(place: _Place, sort: ClaimSort) -> str:
    return cursors.written(sort, repr(place.worth), str(place.number))


def _place(after: str, sort: ClaimSort) -> _Place:
    """Return where a page of the same list ended; raises BadInput for a cursor of another one."""
    sorted_by, worth, number = cursors.read(after, 3)
    try:
        place = _Place(float(worth), int(number))
    except ValueError as error:
        raise cursors.no_cursor() from error
    in_bounds = listing.NOT_SCORED <= place.worth <= 1 and 0 <= place.number < listing.first_number(None) * 2
    if sorted_by != sort or not in_bounds:
        raise cursors.no_cursor()
    return place
