"""Who says what of whom, by counts that are kept as the claims come (`ledger.tallies`).

Only the claims of a few days, where a filter begins or ends between two tens of a month, are gone through:
those that are asked for, or where they are fewer those of the same ten days that are not.
"""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from heapq import nlargest
from itertools import groupby, zip_longest
from typing import Final, NamedTuple, TypeAlias, cast, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    Text,
    func,
    select,
)
from sqlalchemy import cast as cast_to

from sayso.core.errors import BadInput, BadRecord
from sayso.core.ids import PartyId
from sayso.core.records import Act, Party, Voice, checked_date
from sayso.core.views import NOBODY, OTHERS, Actor, OwnVoice, Period, Relation, RelationFilter, Relations
from sayso.ledger import annotations, index, listing, outlets, schema, tallies
from sayso.ledger.judgements import Folds
from sayso.ledger.parties import fullest, standing
from sayso.ledger.shelves import in_lots
from sayso.ledger.values import one_of

MOST_NAMED: Final = 100  # parties on each side: a table that is larger tells nobody anything
_MOST_EQUAL: Final = 1_000  # parties that are as common as the last named: their names decide
_MOST_PERIODS: Final = 120
# Of an ISO 8601 day as many letters as name the day, the month or the year.
_LETTERS: Final = (len("2031-05-03"), len("2031-05"), len("2031"))

_Sides: TypeAlias = tuple[str, str, Act]  # speaker, target: parties' ids, or NOBODY

_DAYS, _PARTIES, _PAIRS = schema.tallied_days.c, schema.tallied_parties.c, schema.tallied_pairs.c
_VOICES: Final = (*get_args(Voice), "")  # a damaged claim has none
_FIRST_DAY, _LAST_DAY = date.min.isoformat(), date.max.isoformat()
_MONTHS_OF_A_YEAR: Final = 12
_ONE_DAY: Final = timedelta(days=1)
_OUTLETS: Final = 12  # whose own voice is told; the list of outlets has all


def relations(connection: Connection, wanted: RelationFilter) -> Relations:
    """Count speakers, acts and targets; raises BadInput for a date that is none or for too many parties."""
    if not 1 <= wanted.most <= MOST_NAMED:
        raise BadInput(
            "bad-number",
            f"{wanted.most} parties cannot be named",
            hint=f"ask for 1 to {MOST_NAMED}",
        )
    question = _question(connection, wanted)
    speakers, targets = (_sums(question, side) for side in (tallies.SPEAKER, tallies.TARGET))
    first = [_first(of, wanted.most) for of in (speakers, targets)]
    names = _names(question, {party for parties in first for party in parties})
    named_speakers, named_targets = (
        _named(parties, names, of)[: wanted.most]
        for parties, of in zip(first, (speakers, targets), strict=True)
    )
    every, every_aimed = _by_act(question)
    table = _Table(question, [one.id for one in named_speakers], [one.id for one in named_targets])
    periods, undated = _periods(question)
    return Relations(
        claims=sum(every.values()),
        aimed=sum(every_aimed.values()),
        speakers=named_speakers,
        targets=named_targets,
        more_speakers=speakers.parties - len(named_speakers),
        more_targets=targets.parties - len(named_targets),
        relations=tuple(table.relations(every, every_aimed)),
        periods=periods,
        undated=undated,
        outlets=tuple(_outlets(connection)),
    )


def _outlets(connection: Connection) -> Iterator[OwnVoice]:
    for one in outlets.tallies(connection, None, _OUTLETS):
        first = outlets.published(connection, one.outlet, 1)
        yield OwnVoice(name=first[0].outlet if first else one.outlet, claims=one.claims, own=one.own)


class _Question(NamedTuple):
    """What a filter asks, and of which case.

    Days are those of whole years, months and tens of days, whose counts are at hand, and the rest, in which
    the claims are counted one by one.
    """

    connection: Connection
    folds: Folds
    wanted: RelationFilter
    since: str  # ISO 8601; empty: whenever, undated claims too
    until: str  # the same
    periods: Sequence[str]
    rest: Mapping[_Sides, int]  # claims of days that are not in them, less those that are and should not be

    def side(self, party: str) -> str:
        """Return the party that the machine's is folded into."""
        return self.folds.canonical(cast("PartyId", party))

    def members(self, parties: Iterable[str]) -> list[str]:
        """Return the parties with all that is folded into them."""
        found = {
            m for one in parties for m in ((NOBODY,) if one == NOBODY else self.folds.members(PartyId(one)))
        }
        return sorted(found)

    def of(self, table: Table) -> Iterator[ColumnElement[bool]]:
        """Yield what is asked of counts beside the time: their act and voice."""
        if self.wanted.act is not None:
            yield table.c.act == self.wanted.act
        if self.wanted.voice is not None:
            yield table.c.voice == self.wanted.voice

    def on_days(self) -> Iterator[ColumnElement[bool]]:
        """Yield what is asked of the counts of days."""
        if self.wanted.voice is not None:
            yield _DAYS.voice == self.wanted.voice
        if self.since:
            yield _DAYS.day.between(self.since, self.until)


def _question(connection: Connection, wanted: RelationFilter) -> _Question:
    folds = Folds(standing(connection))
    question = _Question(connection, folds, wanted, "", "", (tallies.ANY,), {})
    if wanted.since is None and wanted.until is None:
        return question
    first, last = connection.execute(
        select(func.min(_DAYS.day), func.max(_DAYS.day)).where(_DAYS.day != "")
    ).one()
    since = _FIRST_DAY if wanted.since is None else _day(wanted.since)
    until = _LAST_DAY if wanted.until is None else _day(wanted.until)
    since, until = max(since, first or since), min(until, last or until)
    if first is None or since > until:
        return question._replace(since=_LAST_DAY, until=_FIRST_DAY, periods=())
    whole = _Whole.between(
        date.fromisoformat(since), date.fromisoformat(until), starts=since == first, ends=until == last
    )
    return question._replace(
        since=since, until=until, periods=_periods_of(whole.periods), rest=_in_rest(question, whole)
    )


class _Days(NamedTuple):
    """Days from one to another, both among them."""

    first: date
    last: date

    @property
    def number(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1


class _Whole(NamedTuple):
    """Days as whole months and tens of days, with those that these lack and those that they have too many."""

    periods: Sequence[str]
    lacking: Sequence[_Days]
    spare: Sequence[_Days]

    @classmethod
    def between(cls, since: date, until: date, *, starts: bool, ends: bool) -> "_Whole":
        """Return the days between two. `starts`, `ends`: nothing is before the first, or behind the last."""
        periods: list[str] = []
        lacking: list[_Days] = []
        spare: list[_Days] = []
        for month in range(_month(since), _month(until) + 1):
            year, number = divmod(month, _MONTHS_OF_A_YEAR)
            first = date(year, number + 1, 1)
            last = first.replace(day=monthrange(year, number + 1)[1])
            if (starts or since <= first) and (ends or last <= until):
                periods.append(first.isoformat()[: tallies.MONTH])
                continue
            for ten in _tens(first, last):
                asked = _Days(max(ten.first, since), min(ten.last, until))
                if asked.first > asked.last:
                    continue
                others: list[_Days] = []
                if ten.first < asked.first and not starts:
                    others.append(_Days(ten.first, asked.first - _ONE_DAY))
                if asked.last < ten.last and not ends:
                    others.append(_Days(asked.last + _ONE_DAY, ten.last))
                if sum(days.number for days in others) > asked.number:
                    lacking.append(asked)
                else:
                    periods.append(ten.first.isoformat()[: tallies.TEN])
                    spare += others
        return cls(periods, lacking, spare)


def _tens(first: date, last: date) -> Iterator[_Days]:
    """Yield the days of a month that have one tens digit."""
    starts = [first, *(first.replace(day=day) for day in range(10, last.day + 1, 10))]
    for start, following in zip_longest(starts, starts[1:]):
        yield _Days(start, last if following is None else following - _ONE_DAY)


def _month(day: date) -> int:
    return day.year * _MONTHS_OF_A_YEAR + day.month - 1


def _periods_of(parts: Sequence[str]) -> Sequence[str]:
    """Return the same months and tens of days with twelve months of one year as the year."""
    by_year = {year: list(of) for year, of in groupby(parts, key=lambda part: part[: tallies.YEAR])}
    return [
        period
        for year, of in by_year.items()
        for period in ([year] if [*map(len, of)] == [tallies.MONTH] * _MONTHS_OF_A_YEAR else of)
    ]


def _in_rest(question: _Question, whole: _Whole) -> Mapping[_Sides, int]:
    """Count the claims that whole periods lack, less those that they have too many, by sides and act."""
    marked: Counter[listing.Sides] = Counter()
    # What somebody corrected is in the case twice; the correction counts.
    gone = annotations.Standing(annotations.annotations(question.connection)).replaced
    for days, times in (*((one, 1) for one in whole.lacking), *((one, -1) for one in whole.spare)):
        met = Counter(map(listing.sides, listing.marks_of_days(question.connection, *days, gone)))
        for sides, claims in met.items():
            marked[sides] += times * claims
    wanted = question.wanted
    asked = {
        sides: claims
        for sides, claims in marked.items()
        if wanted.act in {None, sides.act} and wanted.voice in {None, sides.voice}
    }
    terms = {term for one in asked for term in (one.speaker, one.target) if term}
    sides_of = {
        term: question.side(name) for term, name in listing.term_names(question.connection, terms).items()
    }
    counted: Counter[_Sides] = Counter()
    for (act, _, speaker, target), claims in asked.items():
        key = sides_of.get(speaker, NOBODY), sides_of.get(target, NOBODY), cast("Act", act)
        counted[key] += claims
    return counted


def _day(stated: str) -> str:
    try:
        return checked_date(stated).isoformat()
    except BadRecord as error:
        raise BadInput("bad-date", error.message, hint="write the day as 2020-11-05") from error


class _Sums(NamedTuple):
    """The claims of speakers or targets, and how many of them are aimed at somebody."""

    claims: Mapping[PartyId, int]
    aimed: Mapping[PartyId, int]
    parties: int  # all of them: of many only those that may be named are here


def _sums(question: _Question, side: str) -> _Sums:
    """Return what is said by speakers, or of targets: of all, or of those who come first."""
    columns = _PARTIES
    any_ = question.wanted.act is None and question.wanted.voice is None
    level = (
        (columns.act == tallies.ANY, columns.voice == tallies.ANY)
        if any_
        else (columns.act != tallies.ANY, *question.of(schema.tallied_parties))
    )
    claims, aimed = func.sum(columns.claims).label("claims"), func.sum(columns.aimed).label("aimed")
    summed = (
        select(columns.party, claims, aimed)
        .where(
            columns.period.in_(question.periods),
            columns.side == side,
            columns.party != NOBODY,
            *level,
        )
        .group_by(columns.party)
    )
    folded = question.folds.folded
    if question.rest:
        every = (tuple(row) for row in question.connection.execute(summed).all())
        return _with_rest(question, side, _folded(question.folds, every))
    of = summed.subquery().c
    ranked = select(of.party, of.claims, of.aimed, func.count().over().label("parties")).order_by(
        of.aimed.desc(), of.claims.desc(), of.party
    )
    # Whoever comes first before others are folded together comes first afterwards, or is folded.
    most = question.wanted.most + _MOST_EQUAL + len(folded)
    first = question.connection.execute(ranked.limit(most)).all()
    # Each row tells how many there are.
    parties = first[0].parties if first else 0
    found = {party: (party, said, meant) for party, said, meant, _ in first}
    if folded:
        members = summed.where(one_of(columns.party, folded))
        found |= {row[0]: tuple(row) for row in question.connection.execute(members)}
    sums = _folded(question.folds, found.values())
    return sums._replace(parties=parties - len(found) + len(sums.claims))


def _folded(folds: Folds, found: Iterable[tuple[PartyId, int, int]]) -> _Sums:
    """Return sums by the parties that others are folded into."""
    # As a whole: there may be as many as a large case has parties.
    rows = list(found)
    claims = Counter({party: more for party, more, _ in rows})
    aimed = Counter({party: more for party, _, more in rows})
    for counts in (claims, aimed):
        for member in folds.folded:
            canonical = folds.canonical(member)
            if member != canonical and member in counts:
                counts[canonical] += counts.pop(member)
    return _Sums(claims, aimed, len(claims))


def _with_rest(question: _Question, side: str, sums: _Sums) -> _Sums:
    """Return sums of whole periods with what these lack, and without what they have too many."""
    claims, aimed = Counter(sums.claims), Counter(sums.aimed)
    for (speaker, target, _), more in question.rest.items():
        party = PartyId(speaker if side == tallies.SPEAKER else target)
        if party != NOBODY:
            claims[party] += more
            aimed[party] += more if target != NOBODY else 0
    # Nothing is left of whoever is there on spare days only.
    claims = +claims
    return _Sums(claims, aimed, len(claims))


def _by_act(question: _Question) -> tuple[Counter[Act], Counter[Act]]:
    """Count all claims by act, and those that are aimed at somebody."""
    counted = select(_DAYS.act, func.sum(_DAYS.claims), func.sum(_DAYS.aimed)).where(*question.on_days())
    if question.wanted.act is not None:
        counted = counted.where(_DAYS.act == question.wanted.act)
    claims: Counter[Act] = Counter()
    aimed: Counter[Act] = Counter()
    for act, more, more_aimed in question.connection.execute(counted.group_by(_DAYS.act)):
        claims[act] = int(more)
        aimed[act] = int(more_aimed)
    return claims, aimed


def _first(sums: _Sums, most: int) -> Sequence[PartyId]:
    """Return the commonest parties, and all that are equal to the last of them but for their names."""
    ranks = [(sums.aimed.get(party, 0), count, party) for party, count in sums.claims.items()]
    if len(ranks) > most:
        last = nlargest(most, ranks)[-1][:2]
        ranks = [rank for rank in ranks if rank[:2] >= last]
    ranks.sort(key=lambda rank: (-rank[0], -rank[1], rank[2]))
    return [party for _, _, party in ranks[: most + _MOST_EQUAL]]


def _named(parties: Iterable[PartyId], names: Mapping[PartyId, str], sums: _Sums) -> tuple[Actor, ...]:
    found = (
        Actor(id=one, name=names.get(one, one), claims=sums.claims[one], aimed=sums.aimed.get(one, 0))
        for one in parties
    )
    return tuple(sorted(found, key=lambda one: (-one.aimed, -one.claims, one.name, one.id)))


def _names(question: _Question, parties: Iterable[PartyId]) -> Mapping[PartyId, str]:
    """Return the fullest name of each party, whatever is folded into it."""
    forms, folds = schema.party_forms.c, question.folds
    called: defaultdict[PartyId, set[str]] = defaultdict(set)
    for some in in_lots(question.members(parties)):
        for body in question.connection.execute(select(forms.body).where(forms.party.in_(some))).scalars():
            party = index.record(body, Party)
            called[folds.canonical(party.id)].add(party.name)
    return {party: fullest(names) for party, names in called.items()}


class _Table:
    """The counts of those who are named; all others are one, and so are claims of nobody."""

    def __init__(self, question: _Question, speakers: Sequence[PartyId], targets: Sequence[PartyId]) -> None:
        self._speaking: frozenset[str] = frozenset({NOBODY, *speakers})
        self._meant: frozenset[str] = frozenset(targets)
        self._pairs = self._of_pairs(question)
        self._said, self._aimed = self._of_parties(question, tallies.SPEAKER, self._speaking)
        self._suffered, _ = self._of_parties(question, tallies.TARGET, self._meant)

    def relations(self, every: Mapping[Act, int], aimed: Mapping[Act, int]) -> Iterator[Relation]:
        """Yield all counts, given those of all claims by act and of the ones that are aimed at somebody."""
        shown: Counter[_Sides] = Counter(self._pairs)
        others_aimed, others = Counter(aimed), Counter(every)
        others.subtract(aimed)
        for (speaker, act), claims in self._said.items():
            at_nobody = claims - self._aimed[speaker, act]
            shown[speaker, NOBODY, act] += at_nobody
            others[act] -= at_nobody
            shown[speaker, OTHERS, act] += self._aimed[speaker, act]
            others_aimed[act] -= self._aimed[speaker, act]
        for (target, act), claims in self._suffered.items():
            shown[OTHERS, target, act] += claims
            others_aimed[act] -= claims
        said: Counter[tuple[str, Act]] = Counter()
        suffered: Counter[tuple[str, Act]] = Counter()
        for (speaker, target, act), claims in self._pairs.items():
            said[speaker, act] += claims
            suffered[target, act] += claims
        for (speaker, act), claims in said.items():
            shown[speaker, OTHERS, act] -= claims
            others_aimed[act] += claims
        for (target, act), claims in suffered.items():
            shown[OTHERS, target, act] -= claims
        for act in every:
            shown[OTHERS, NOBODY, act] = others[act]
            shown[OTHERS, OTHERS, act] = others_aimed[act]
        for (speaker, target, act), claims in sorted(shown.items()):
            if claims:
                yield Relation(speaker=speaker, target=target, act=act, claims=claims)

    def _of_pairs(self, question: _Question) -> Counter[_Sides]:
        columns = _PAIRS
        keys = columns.speaker, columns.target, columns.act
        counted = select(*keys, func.sum(columns.claims).label("claims")).where(
            one_of(columns.speaker, question.members(self._speaking)),
            one_of(columns.target, question.members(self._meant)),
            columns.period.in_(question.periods),
            *question.of(schema.tallied_pairs),
        )
        summed = counted.group_by(*keys).subquery().c
        # A row a pair: a hundred parties have thousands of pairs, and each several acts.
        act_and_claims = summed.act.concat(" ").concat(cast_to(summed.claims, Text))
        acts = func.aggregate_strings(act_and_claims, ",").label("acts")
        pairs = select(summed.speaker, summed.target, acts).group_by(summed.speaker, summed.target)
        found: Counter[_Sides] = Counter()
        for said_by, said_of, listed in question.connection.execute(pairs).all():
            speaker, target = question.side(said_by), question.side(said_of)
            for one in listed.split(","):
                act, _, claims = one.partition(" ")
                found[speaker, target, act] += int(claims)
        for (speaker, target, act), claims in question.rest.items():
            if speaker in self._speaking and target in self._meant:
                found[speaker, target, act] += claims
        return found

    def _of_parties(
        self, question: _Question, side: str, named: Collection[str]
    ) -> tuple[Counter[tuple[str, Act]], Counter[tuple[str, Act]]]:
        """Count the claims of each party by act, and those that are aimed at somebody."""
        columns = _PARTIES
        counted = (
            select(columns.party, columns.act, func.sum(columns.claims), func.sum(columns.aimed))
            .where(
                columns.period.in_(question.periods),
                columns.side == side,
                # All of them, so that the database looks up every key instead of going through the period.
                columns.act.in_(get_args(Act) if question.wanted.act is None else (question.wanted.act,)),
                columns.voice.in_(_VOICES if question.wanted.voice is None else (question.wanted.voice,)),
                one_of(columns.party, question.members(named)),
            )
            .group_by(columns.party, columns.act)
        )
        claims: Counter[tuple[str, Act]] = Counter()
        aimed: Counter[tuple[str, Act]] = Counter()
        for party, act, more, more_aimed in question.connection.execute(counted).all():
            claims[question.side(party), act] += int(more)
            aimed[question.side(party), act] += int(more_aimed)
        for (speaker, target, act), more in question.rest.items():
            party = speaker if side == tallies.SPEAKER else target
            if party in named:
                claims[party, act] += more
                aimed[party, act] += more if target != NOBODY else 0
        return claims, aimed


def _periods(question: _Question) -> tuple[tuple[Period, ...], Period | None]:
    """Count accusations and denials by day, by month where these are too many days, or by year."""
    counted = select(_DAYS.day, _DAYS.act, func.sum(_DAYS.claims)).where(
        _DAYS.act.in_(("accuse", "deny")), *question.on_days()
    )
    of_day: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for day, act, claims in question.connection.execute(counted.group_by(_DAYS.day, _DAYS.act)):
        of_day[day][act] += int(claims)
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
