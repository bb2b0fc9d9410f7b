"""Who says what of whom: claims counted in the database, of which no record is read but parties' names."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    func,
    select,
)

from sayso.core.errors import BadInput, BadRecord
from sayso.core.ids import PartyId
from sayso.core.records import Act, Party, checked_date
from sayso.core.views import NOBODY, OTHERS, Actor, Period, Relation, RelationFilter, Relations
from sayso.ledger import annotations, index, rows, schema
from sayso.ledger.judgements import Folds
from sayso.ledger.parties import fullest, standing
from sayso.ledger.shelves import in_lots

MOST_NAMED: Final = 100  # parties on each side: a table that is larger tells nobody anything
_MOST_EQUAL: Final = 1_000  # parties that are as common as the last named: their names decide
_MOST_PERIODS: Final = 120
# Of an ISO 8601 day as many letters as name the day, the month or the year.
_LETTERS: Final = (len("2031-05-03"), len("2031-05"), len("2031"))

_Sides: TypeAlias = tuple[str, str, Act]  # speaker, target: parties' ids, or NOBODY

_CLAIMS, _DOCUMENTS = schema.claims.c, schema.documents.c
# At most one row of each for a claim: one innermost voice and one target.
_SPOKEN = schema.roles.alias("spoken")
_MEANT = schema.roles.alias("meant")
_IS_SPOKEN = (_SPOKEN.c.claim == _CLAIMS.claim) & _SPOKEN.c.role.in_((rows.SPEAKER, rows.OUTLET))
_IS_MEANT = (_MEANT.c.claim == _CLAIMS.claim) & (_MEANT.c.role == rows.TARGET)


def relations(connection: Connection, wanted: RelationFilter) -> Relations:
    """Count speakers, acts and targets; raises BadInput for a date that is none or for too many parties."""
    if not 1 <= wanted.most <= MOST_NAMED:
        raise BadInput(
            "bad-number",
            f"{wanted.most} parties cannot be named",
            hint=f"ask for 1 to {MOST_NAMED}",
        )
    question = _question(connection, wanted)
    counted = _counted(question)
    speakers, targets = _sums(counted, 0), _sums(counted, 1)
    aimed = _sums({key: claims for key, claims in counted.items() if key[1] != NOBODY}, 0)
    first = _first(speakers, aimed, wanted.most), _first(targets, targets, wanted.most)
    names = _names(question, {*first[0], *first[1]})
    named_speakers = _named(first[0], names, speakers, aimed)[: wanted.most]
    named_targets = _named(first[1], names, targets, targets)[: wanted.most]
    periods, undated = _periods(_question(connection, msgspec.structs.replace(wanted, act=None)))
    return Relations(
        claims=sum(counted.values()),
        aimed=sum(targets.values()),
        speakers=named_speakers,
        targets=named_targets,
        more_speakers=len(speakers) - len(named_speakers),
        more_targets=len(targets) - len(named_targets),
        relations=tuple(_relations(counted, named_speakers, named_targets)),
        periods=periods,
        undated=undated,
    )


class _Question(NamedTuple):
    """What a filter asks, and of which case."""

    connection: Connection
    folds: Folds
    conditions: Sequence[ColumnElement[bool]]
    dated: bool  # a condition is on the documents

    def side(self, party: str | None) -> str:
        """Return the party that the machine's is folded into."""
        return NOBODY if party is None else self.folds.canonical(PartyId(party))

    def of(self, claims: FromClause) -> FromClause:
        """Return claims with their documents where a condition needs these."""
        return _with_documents(claims) if self.dated else claims


def _question(connection: Connection, wanted: RelationFilter) -> _Question:
    conditions: list[ColumnElement[bool]] = []
    if wanted.act is not None:
        conditions.append(_CLAIMS.act == wanted.act)
    if wanted.voice is not None:
        conditions.append(_CLAIMS.voice == wanted.voice)
    if wanted.since is not None:
        conditions.append(_DOCUMENTS.published >= _day(wanted.since))
    if wanted.until is not None:
        conditions.append(_DOCUMENTS.published <= _day(wanted.until))
    # What somebody corrected is in the case twice; the correction counts.
    replaced = sorted(annotations.Standing(annotations.annotations(connection)).replaced)
    conditions += [_CLAIMS.claim.not_in(some) for some in in_lots(replaced)]
    dated = wanted.since is not None or wanted.until is not None
    return _Question(connection, Folds(standing(connection)), conditions, dated)


def _with_documents(claims: FromClause) -> FromClause:
    return claims.join(schema.documents, _DOCUMENTS.document == _CLAIMS.document)


def _day(stated: str) -> str:
    try:
        return checked_date(stated).isoformat()
    except BadRecord as error:
        raise BadInput("bad-date", error.message, hint="write the day as 2020-11-05") from error


def _counted(question: _Question) -> Mapping[_Sides, int]:
    """Count claims by speaker, target and act, parties folded."""
    speaker, target = _SPOKEN.c.party, _MEANT.c.party
    sides = schema.claims.outerjoin(_SPOKEN, _IS_SPOKEN).outerjoin(_MEANT, _IS_MEANT)
    # One pass over the claims: to count either side alone costs the database nearly as much.
    wanted = (
        select(speaker.label("speaker"), target.label("target"), _CLAIMS.act, func.count().label("claims"))
        .select_from(question.of(sides))
        .where(*question.conditions)
        .group_by(speaker, target, _CLAIMS.act)
    )
    counted: Counter[_Sides] = Counter()
    for row in question.connection.execute(wanted):
        counted[question.side(row.speaker), question.side(row.target), row.act] += row.claims
    return counted


def _sums(counted: Mapping[_Sides, int], side: int) -> Mapping[PartyId, int]:
    """Return the claims of each speaker (0) or target (1)."""
    sums: Counter[PartyId] = Counter()
    for key, claims in counted.items():
        if key[side] != NOBODY:
            sums[PartyId(key[side])] += claims
    return sums


def _first(claims: Mapping[PartyId, int], aimed: Mapping[PartyId, int], most: int) -> Sequence[PartyId]:
    """Return the commonest parties, and all that are equal to the last of them but for their names."""
    ordered = sorted(claims, key=lambda party: (-aimed.get(party, 0), -claims[party], party))
    if len(ordered) <= most:
        return ordered
    last = aimed.get(ordered[most - 1], 0), claims[ordered[most - 1]]
    end = most
    while end < min(len(ordered), most + _MOST_EQUAL) and (
        (aimed.get(ordered[end], 0), claims[ordered[end]]) == last
    ):
        end += 1
    return ordered[:end]


def _named(
    parties: Iterable[PartyId],
    names: Mapping[PartyId, str],
    claims: Mapping[PartyId, int],
    aimed: Mapping[PartyId, int],
) -> tuple[Actor, ...]:
    found = (
        Actor(id=one, name=names.get(one, one), claims=claims[one], aimed=aimed.get(one, 0))
        for one in parties
    )
    return tuple(sorted(found, key=lambda one: (-one.aimed, -one.claims, one.name, one.id)))


def _names(question: _Question, parties: Iterable[PartyId]) -> Mapping[PartyId, str]:
    """Return the fullest name of each party, whatever is folded into it."""
    records, folds = schema.records.c, question.folds
    called: defaultdict[PartyId, set[str]] = defaultdict(set)
    for some in in_lots(sorted({member for party in parties for member in folds.members(party)})):
        # A party has a row for each document that names it, and most of these are equal.
        distinct = (
            select(func.min(records.body).label("body"))
            .where(records.kind == Party.__name__.lower(), records.id.in_(some))
            .group_by(records.id, records.digest)
        )
        for row in question.connection.execute(distinct):
            party = index.record(row.body, Party)
            called[folds.canonical(party.id)].add(party.name)
    return {party: fullest(names) for party, names in called.items()}


def _relations(
    counted: Mapping[_Sides, int], speakers: Iterable[Actor], targets: Iterable[Actor]
) -> Iterator[Relation]:
    """Yield the counts of who is named; all others are one, and so are claims of nobody."""
    speaking, meant = {NOBODY, *(one.id for one in speakers)}, {NOBODY, *(one.id for one in targets)}
    shown: Counter[_Sides] = Counter()
    for (speaker, target, act), claims in counted.items():
        shown[speaker if speaker in speaking else OTHERS, target if target in meant else OTHERS, act] += (
            claims
        )
    for (speaker, target, act), claims in sorted(shown.items()):
        yield Relation(speaker=speaker, target=target, act=act, claims=claims)


def _periods(question: _Question) -> tuple[tuple[Period, ...], Period | None]:
    """Count accusations and denials by day, by month where these are too many days, or by year."""
    counted = (
        select(_DOCUMENTS.published, _CLAIMS.act, func.count().label("claims"))
        .select_from(_with_documents(schema.claims))
        .where(_CLAIMS.act.in_(("accuse", "deny")), *question.conditions)
        .group_by(_DOCUMENTS.published, _CLAIMS.act)
    )
    of_day: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in question.connection.execute(counted):
        of_day[row.published or ""][row.act] += row.claims
    undated = of_day.pop("", None)
    letters = next(
        n for n in _LETTERS if n == _LETTERS[-1] or len({day[:n] for day in of_day}) <= _MOST_PERIODS
    )
    of_period: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for day, acts in of_day.items():
        of_period[day[:letters]].update(acts)
    periods = tuple(_period(*_bounds(start), of_period[start]) for start in sorted(of_period))
    return periods, None if undated is None else _period("", "", undated)


def _period(since: str, until: str, acts: Mapping[str, int]) -> Period:
    return Period(since=since, until=until, accusations=acts["accuse"], denials=acts["deny"])


def _bounds(start: str) -> tuple[str, str]:
    """Return the first and the last day of a day, a month or a year."""
    if len(start) == _LETTERS[0]:
        return start, start
    if len(start) == _LETTERS[1]:
        year, month = map(int, start.split("-"))
        return f"{start}-01", f"{start}-{monthrange(year, month)[1]:02}"
    return f"{start}-01-01", f"{start}-12-31"
