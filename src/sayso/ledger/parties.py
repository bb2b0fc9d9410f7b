"""The parties of a case as people see them: the machine's, with the judgements that stand applied."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import Connection, Select, select

from sayso.core.errors import NotFound
from sayso.core.ids import PartyId
from sayso.core.records import Judgement, Party, PartyKind
from sayso.core.views import ClaimFilter
from sayso.ledger import index, ordered, rows, schema
from sayso.ledger.judgements import Folds
from sayso.ledger.values import one_of, streamed


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


class Gathered:
    """All that the documents say of one party."""

    def __init__(self) -> None:
        self.full_names: set[str] = set()
        self.names: set[str] = set()
        self.kinds: Counter[PartyKind] = Counter()
        self.identities: set[str] = set()

    def take(self, party: Party, documents: int) -> None:
        """Add what some documents say alike."""
        self.full_names.add(party.name)
        self.names |= {party.name, *party.names}
        self.kinds[party.kind] += documents
        if party.identity:
            self.identities.add(party.identity)

    @property
    def name(self) -> str:
        """The fullest."""
        return fullest(self.full_names)

    @property
    def kind(self) -> PartyKind:
        """What most documents tell; "unknown" only when none tells."""
        told = (kind for kind in self.kinds if kind != "unknown")
        return min(told, key=lambda kind: (-self.kinds[kind], kind), default="unknown")

    @cached_property
    def folded_full_names(self) -> frozenset[str]:
        """Its full names as they are compared."""
        return frozenset(map(rows.folded_name, self.full_names))

    @cached_property
    def folded_names(self) -> frozenset[str]:
        """All its names as they are compared."""
        return frozenset(map(rows.folded_name, self.names))


def fullest(names: Iterable[str]) -> str:
    """Return the name that a party is shown by: the longest, of equal ones the first in order."""
    return min(names, key=lambda name: (-len(name), name))


def judgements(connection: Connection, *, after: str | None = None) -> Iterator[Judgement]:
    """Yield every judgement, the superseded ones too, in the order in which they were made.

    `after` is the one before the first, as `ordered.bodies` takes it.
    """
    for body in ordered.bodies(connection, Judgement, after=after):
        yield index.record(body, Judgement)


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
    together = gathered(found, forms(connection, found.folded)) if found.folded else {}
    by_id = {
        first: Fold(first, one.name, frozenset(one.names), found.members(first))
        for first, one in together.items()
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


def forms(connection: Connection, ids: Sequence[PartyId]) -> Iterator[tuple[Party, int]]:
    """Yield all that documents say of the parties with one of these ids, and how many say so."""
    columns = schema.party_forms.c
    wanted = select(columns.body, columns.documents).where(one_of(columns.party, ids))
    for row in connection.execute(streamed(wanted)):
        yield index.record(row.body, Party), row.documents


def gathered(found: Folds, said: Iterable[tuple[Party, int]]) -> Mapping[PartyId, Gathered]:
    """Gather by party what documents say, given with how many say so; folded ones are one."""
    by_party: dict[PartyId, Gathered] = defaultdict(Gathered)
    for party, documents in said:
        by_party[found.canonical(party.id)].take(party, documents)
    return by_party
