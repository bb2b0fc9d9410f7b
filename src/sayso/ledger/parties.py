"""The parties of a case as people see them: the machine's, with the judgements that stand applied."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection, Select, func, select

from sayso.core.errors import NotFound
from sayso.core.ids import PartyId
from sayso.core.records import Judgement, Party, PartyKind
from sayso.core.views import MOST_ALIKE, ClaimFilter, PartyView
from sayso.ledger import index, rows, schema
from sayso.ledger.judgements import Folds
from sayso.ledger.values import one_of, streamed

_ASKED_AT_ONCE = 500


class Fold(NamedTuple):
    """Several parties of the machine that people judged to be one."""

    id: PartyId
    name: str  # the fullest
    names: frozenset[str]
    members: tuple[PartyId, ...]


class Side(NamedTuple):
    """A party with all that is folded into it, and which part it must have in a claim."""

    roles: tuple[str, ...]
    members: tuple[str, ...]

    @property
    def claims(self) -> Select[tuple[str]]:
        """The ids of the claims in which it has that part."""
        columns = schema.roles.c
        return select(columns.claim).where(columns.role.in_(self.roles), one_of(columns.party, self.members))


def parties_asked(wanted: ClaimFilter, folds: Iterable[Fold]) -> tuple[Side, ...]:
    """Return the parties that a filter asks for by id, whatever they are called."""
    asked = (((rows.SPEAKER, rows.OUTLET), wanted.said_by), ((rows.TARGET,), wanted.said_of))
    of = {str(member): fold.members for fold in folds for member in fold.members}
    return tuple(Side(roles, of.get(party, (party,))) for roles, party in asked if party)


class _Gathered:
    """All that the documents say of one party."""

    def __init__(self) -> None:
        self.full_names: set[str] = set()
        self.names: set[str] = set()
        self.kinds: Counter[PartyKind] = Counter()
        self.identities: set[str] = set()

    def take(self, party: Party, documents: int) -> None:
        self.full_names.add(party.name)
        self.names |= {party.name, *party.names}
        self.kinds[party.kind] += documents
        if party.identity:
            self.identities.add(party.identity)

    @property
    def name(self) -> str:
        return fullest(self.full_names)

    @property
    def kind(self) -> PartyKind:
        """What most documents tell; "unknown" only when none tells."""
        told = (kind for kind in self.kinds if kind != "unknown")
        return min(told, key=lambda kind: (-self.kinds[kind], kind), default="unknown")


def fullest(names: Iterable[str]) -> str:
    """Return the name that a party is shown by: the longest, of equal ones the first in order."""
    return min(names, key=lambda name: (-len(name), name))


def judgements(connection: Connection) -> Iterator[Judgement]:
    """Yield every judgement, the superseded ones too, in the order in which they were made."""
    records = schema.records.c
    wanted = select(records.body).where(records.kind == "judgement").order_by(records.entry)
    for row in connection.execute(wanted):
        yield index.record(row.body, Judgement)


def standing(connection: Connection) -> tuple[Judgement, ...]:
    """Return the judgements that no other supersedes, in the order of their ids."""
    columns = schema.judgements.c
    superseded = select(columns.supersedes).where(columns.supersedes.is_not(None))
    wanted = (
        select(schema.records.c.body)
        .join(schema.judgements, columns.judgement == schema.records.c.id)
        .where(columns.judgement.not_in(superseded))
        .order_by(columns.judgement)
    )
    return tuple(index.record(row.body, Judgement) for row in connection.execute(wanted))


def folded_parties(connection: Connection) -> dict[PartyId, Fold]:
    """Return each party that is one with others, by its own id, with what it is folded into."""
    found = Folds(standing(connection))
    gathered = _gathered(found, (p for lot in _lots(found.folded) for p in _parties(connection, lot)))
    by_id = {
        first: Fold(first, one.name, frozenset(one.names), found.members(first))
        for first, one in gathered.items()
    }
    return {member: fold for fold in by_id.values() for member in fold.members}


def party_id(connection: Connection, beginning: str) -> PartyId:
    """Return the only party's id that begins so, with or without `pty_`; raises NotFound."""
    start = index.id_start(beginning, Party)
    if start is None:
        raise NotFound("no-party", f"{beginning!r} is no party's id", hint="`sayso parties` lists them")
    columns = schema.records.c
    # "g" comes after every hex digit.
    of_party = (columns.kind == "party", columns.id >= start, columns.id < f"{start}g")
    wanted = select(columns.id).distinct().where(*of_party).order_by(columns.id).limit(2)
    found = [PartyId(row.id) for row in connection.execute(wanted)]
    if not found:
        raise NotFound("no-party", f"no party's id begins with {start}", hint="`sayso parties` lists them")
    if len(found) > 1:
        raise NotFound(
            "ambiguous-party",
            f"more than one party's id begins with {start}",
            hint=f"write more of it: {found[0]}, {found[1]} …",
        )
    return found[0]


def party_views(connection: Connection) -> Iterator[PartyView]:
    """Yield every party: the one that speaks most first, then by name and id."""
    found = Folds(standing(connection))
    gathered = _gathered(found, _parties(connection))
    claims = _claims(connection, found)
    named_in = _named_in(found)
    alike = dict(_alike(found, gathered))
    for first in sorted(gathered, key=lambda party: (-claims[party], gathered[party].name, party)):
        one = gathered[first]
        yield PartyView(
            id=first,
            name=one.name,
            names=tuple(sorted(one.names)),
            kind=one.kind,
            identities=tuple(sorted(one.identities)),
            claims=claims[first],
            folded=tuple(member for member in found.members(first) if member != first),
            judgements=named_in.get(first, ()),
            alike=tuple(sorted(alike[first])),
        )


def _parties(connection: Connection, ids: Sequence[PartyId] | None = None) -> Iterator[tuple[Party, int]]:
    """Yield all that documents say of parties, or of those with one of these ids, and how many say so."""
    columns = schema.party_forms.c
    wanted = select(columns.body, columns.documents)
    for row in connection.execute(streamed(wanted if ids is None else wanted.where(columns.party.in_(ids)))):
        yield index.record(row.body, Party), row.documents


def _lots(ids: Sequence[PartyId]) -> Iterator[Sequence[PartyId]]:
    for at in range(0, len(ids), _ASKED_AT_ONCE):
        yield ids[at : at + _ASKED_AT_ONCE]


def _gathered(found: Folds, parties: Iterable[tuple[Party, int]]) -> Mapping[PartyId, _Gathered]:
    gathered: dict[PartyId, _Gathered] = defaultdict(_Gathered)
    for party, documents in parties:
        gathered[found.canonical(party.id)].take(party, documents)
    return gathered


def _claims(connection: Connection, found: Folds) -> Counter[PartyId]:
    """Count the claims by their innermost voice."""
    columns = schema.roles.c
    wanted = (
        select(columns.party, func.count().label("number"))
        .where(columns.role.in_((rows.SPEAKER, rows.OUTLET)))
        .group_by(columns.party)
    )
    claims: Counter[PartyId] = Counter()
    for row in connection.execute(wanted):
        claims[found.canonical(PartyId(row.party))] += row.number
    return claims


def _named_in(found: Folds) -> Mapping[PartyId, tuple[Judgement, ...]]:
    named_in: dict[PartyId, tuple[Judgement, ...]] = defaultdict(tuple)
    for judgement in found.standing:
        for first in sorted({found.canonical(judgement.left), found.canonical(judgement.right)}):
            named_in[first] += (judgement,)
    return named_in


def _alike(found: Folds, gathered: Mapping[PartyId, _Gathered]) -> Iterator[tuple[PartyId, set[PartyId]]]:
    """Yield for each party those that may be it by name and kind, but for those that were judged.

    One of the two is called in full what the other is called in full or in short. What both are called in
    short says nothing: two ministries of defence are both "the ministry".
    """
    judged: dict[PartyId, set[PartyId]] = defaultdict(set)
    for judgement in found.standing:
        left, right = found.canonical(judgement.left), found.canonical(judgement.right)
        judged[left].add(right)
        judged[right].add(left)
    in_full, in_any = _Namesakes(), _Namesakes()
    for first, one in gathered.items():
        in_full.put(one.full_names, one.kind, first)
        in_any.put(one.names, one.kind, first)
    for first, one in gathered.items():
        namesakes = chain(in_full.of(one.names, one.kind), in_any.of(one.full_names, one.kind))
        apart = judged[first] | {first}
        yield first, _some(other for other in namesakes if other not in apart)


def _some(parties: Iterable[PartyId]) -> set[PartyId]:
    """Return the first parties, without repeats: a list of all namesakes would grow with their square."""
    some: set[PartyId] = set()
    for party in parties:
        some.add(party)
        if len(some) == MOST_ALIKE:
            break
    return some


class _Namesakes:
    """Parties by what they are called and by kind."""

    def __init__(self) -> None:
        self._found: dict[str, dict[PartyKind, list[PartyId]]] = defaultdict(lambda: defaultdict(list))

    def put(self, names: Iterable[str], kind: PartyKind, party: PartyId) -> None:
        for name in {rows.folded_name(name) for name in names}:
            self._found[name][kind].append(party)

    def of(self, names: Iterable[str], kind: PartyKind) -> Iterator[PartyId]:
        """Yield who has one of the names and a kind that does not rule it out."""
        for name in sorted({rows.folded_name(name) for name in names}):
            known = self._found.get(name, {})
            for other in sorted(known):
                if "unknown" in (kind, other) or kind == other:
                    yield from known[other]
