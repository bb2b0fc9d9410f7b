"""The list of parties, page by page, and which of them share a name.

Whoever speaks most comes first, then names decide. The machine's parties stand in that order in a table that
is kept as documents come; parties that people judged to be one are put among them as one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select, tuple_

from sayso.core.ids import PartyId
from sayso.core.records import Judgement
from sayso.core.views import MOST_ALIKE, Finding, PartyRows, PartyView
from sayso.ledger import cursors, parties, rows, schema
from sayso.ledger.findings import finding
from sayso.ledger.judgements import Folds
from sayso.ledger.parties import Gathered
from sayso.ledger.shelves import hashed, in_lots
from sayso.ledger.values import Words, one_of, streamed

_SORTED_BY: Final = 200  # code points of a name: databases index no more than some thousand bytes
_COMPARED: Final = 2 * MOST_ALIKE  # parties of one name that are looked at
_AT_ONCE: Final = 1000  # parties of a list that is read as a whole
_LONGEST_NUMBER: Final = 12  # digits of a cursor's
_FULL, _ANY = 1, 0
_LISTED, _NAMES, _FORMS = schema.listed_parties, schema.party_names, schema.party_forms


class _Named(msgspec.Struct, frozen=True):
    """What of a party's record tells how it is called."""

    name: str
    names: tuple[str, ...] = ()


class _Key(NamedTuple):
    """By what parties are sorted, and what tells them apart."""

    silence: int  # the number of claims, with a minus
    name: str
    party: str


def renew(connection: Connection, some: Iterable[str]) -> None:
    """Bring the rows of parties up to date whose names or claims changed; the caller has the write lock."""
    columns = _LISTED.c
    for lot in in_lots(sorted(set(some))):
        called: defaultdict[str, list[_Named]] = defaultdict(list)
        forms = select(_FORMS.c.party, _FORMS.c.body).where(one_of(_FORMS.c.party, lot))
        for party, body in connection.execute(forms):
            called[party] += _named(body)
        claims = {
            row.party: row.claims
            for row in connection.execute(_claims().where(one_of(schema.tallied_parties.c.party, lot)))
        }
        new = {party: _row(party, claims.get(party, 0), named) for party, named in called.items() if named}
        kept = {
            row.party: row._asdict()
            for row in connection.execute(select(_LISTED).where(one_of(columns.party, lot)))
        }
        changed = [row for party, row in new.items() if kept.get(party) != row]
        gone = [party for party in kept if kept[party] != new.get(party)]
        if gone:
            connection.execute(delete(_LISTED).where(one_of(columns.party, gone)))
        if changed:
            connection.execute(insert(_LISTED), changed)
        _put_names(connection, called)


def _put_names(connection: Connection, called: Mapping[str, Iterable[_Named]]) -> None:
    found = {key for party, named in called.items() for key in _name_keys(party, named)}
    columns = _NAMES.c
    keys = sorted({key for key, _, _ in found})
    kept: set[tuple[int, int, str]] = set()
    for lot in in_lots(keys):
        of = select(columns.key, columns.full, columns.party).where(
            one_of(columns.key, lot), one_of(columns.party, called)
        )
        kept |= {(row.key, row.full, row.party) for row in connection.execute(of)}
    new = [{"key": key, "full": full, "party": party} for key, full, party in sorted(found - kept)]
    if new:
        connection.execute(insert(_NAMES), new)


def _named(body: object) -> Iterator[_Named]:
    """Yield how a stored party is called; nothing where its record cannot be read: `verify` tells of it."""
    if isinstance(body, str):
        try:
            yield msgspec.json.decode(body.encode("utf-8", "surrogateescape"), type=_Named)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return


def _claims() -> Select[str, int]:
    """Return the question for the claims of every speaker."""
    columns = schema.tallied_parties.c
    whole = (columns.period == "*", columns.side == "speaker", columns.act == "*", columns.voice == "*")
    return select(columns.party, columns.claims).where(*whole)


def _row(party: str, claims: int, named: Iterable[_Named]) -> rows.Row:
    name = parties.fullest(one.name for one in named)
    return {"party": party, "claims": claims, "name": name[:_SORTED_BY]}


def _name_keys(party: str, named: Iterable[_Named]) -> Iterator[tuple[int, int, str]]:
    for one in named:
        yield hashed(rows.folded_name(one.name)), _FULL, party
        for name in (one.name, *one.names):
            yield hashed(rows.folded_name(name)), _ANY, party


def fill(connection: Connection) -> None:
    """List all parties anew: those of a ledger that an older sayso wrote."""
    connection.execute(delete(_LISTED))
    connection.execute(delete(_NAMES))
    renew(connection, connection.scalars(select(_FORMS.c.party).distinct()).all())


def findings(connection: Connection) -> Iterator[Finding]:
    """Compare the lists with what documents say of parties and how many claims are counted for them."""
    claims = {row.party: row.claims for row in connection.execute(_claims())}
    called: defaultdict[str, list[_Named]] = defaultdict(list)
    for party, body in connection.execute(streamed(select(_FORMS.c.party, _FORMS.c.body))):
        called[party] += _named(body)
    listed = {tuple(_row(one, claims.get(one, 0), named).values()) for one, named in called.items() if named}
    if listed != {tuple(row) for row in connection.execute(select(_LISTED))}:
        yield finding("changed-column", "its rows are not what documents say of parties", _LISTED.name)
    names = {key for party, named in called.items() for key in _name_keys(party, named)}
    columns = _NAMES.c
    kept = select(columns.key, columns.full, columns.party)
    if names != {tuple(row) for row in connection.execute(kept)}:
        yield finding("changed-column", "its rows are not what documents say of parties", _NAMES.name)


def every(connection: Connection) -> Iterator[PartyView]:
    """Yield every party: the one that speaks most first, then by name and id."""
    after: str | None = None
    while True:
        found = page(connection, after, _AT_ONCE)
        yield from found.rows
        after = found.after
        if after is None:
            return


def page(connection: Connection, after: str | None, limit: int) -> PartyRows:
    """Return `limit` parties in that order; raises BadInput for a cursor that no page gave."""
    place = None if after is None else _place(after)
    folds = Folds(parties.standing(connection))
    one_by_one = _behind(connection, place, folds.folded)
    together = sorted(key for key in _folded(connection, folds) if place is None or key > place)
    found = list(islice(merge(one_by_one, together), limit + 1))
    shown = found[:limit]
    views = _views(connection, folds, {PartyId(key.party): -key.silence for key in shown})
    last = shown[-1] if len(found) > limit else None
    return PartyRows(
        rows=tuple(views), after=last and cursors.written(str(-last.silence), last.name, last.party)
    )


def _place(after: str) -> _Key:
    claims, name, party = cursors.read(after, 3)
    if not (claims.isascii() and claims.isdecimal() and len(claims) < _LONGEST_NUMBER):
        raise cursors.no_cursor()
    return _Key(-int(claims), name, party)


def _behind(connection: Connection, place: _Key | None, folded: Collection[str]) -> Iterator[_Key]:
    """Yield the parties that stand for themselves, in order behind a place."""
    columns = _LISTED.c
    wanted = select(columns.claims, columns.name, columns.party).order_by(
        columns.claims.desc(), columns.name, columns.party
    )
    if folded:
        wanted = wanted.where(~one_of(columns.party, folded))
    parts: list[tuple[ColumnElement[bool], ...]] = [()]
    if place is not None:
        # One after the other, so that each is read along the index from where it begins.
        later = tuple_(columns.name, columns.party) > tuple_(
            place.name, place.party, types=[Words(), Words()]
        )
        parts = [(columns.claims == -place.silence, later), (columns.claims < -place.silence,)]
    for part in parts:
        for claims, name, party in connection.execute(streamed(wanted.where(*part))):
            yield _Key(-claims, name, party)


def _folded(connection: Connection, folds: Folds) -> Iterator[_Key]:
    """Yield the parties that people judged to be one with others."""
    columns = _LISTED.c
    claims: defaultdict[PartyId, int] = defaultdict(int)
    names: defaultdict[PartyId, list[str]] = defaultdict(list)
    for lot in in_lots(folds.folded):
        for row in connection.execute(select(_LISTED).where(one_of(columns.party, lot))):
            first = folds.canonical(PartyId(row.party))
            claims[first] += row.claims
            names[first].append(row.name)
    for first, called in names.items():
        yield _Key(-claims[first], parties.fullest(called), first)


def _views(connection: Connection, folds: Folds, claims: Mapping[PartyId, int]) -> Iterator[PartyView]:
    """Yield some parties, each given with the number of its claims."""
    gathered = _gathered(connection, folds, claims)
    named_in = _named_in(folds)
    alike = _alike(connection, folds, gathered)
    for first, number in claims.items():
        one = gathered[first]
        yield PartyView(
            id=first,
            name=one.name,
            names=tuple(sorted(one.names)),
            kind=one.kind,
            identities=tuple(sorted(one.identities)),
            claims=number,
            folded=tuple(member for member in folds.members(first) if member != first),
            judgements=named_in.get(first, ()),
            alike=alike[first],
        )


def _gathered(connection: Connection, folds: Folds, some: Iterable[PartyId]) -> Mapping[PartyId, Gathered]:
    members = sorted({member for one in some for member in folds.members(one)})
    return parties.gathered(folds, parties.forms(connection, members))


def _named_in(folds: Folds) -> Mapping[PartyId, tuple[Judgement, ...]]:
    named_in: dict[PartyId, tuple[Judgement, ...]] = defaultdict(tuple)
    for judgement in folds.standing:
        for first in sorted({folds.canonical(judgement.left), folds.canonical(judgement.right)}):
            named_in[first] += (judgement,)
    return named_in


def _alike(
    connection: Connection, folds: Folds, some: Mapping[PartyId, Gathered]
) -> Mapping[PartyId, tuple[PartyId, ...]]:
    """Return for some parties those that may be it by name and kind, but for those that were judged.

    One of the two is called in full what the other is called in full or in short. What both are called in
    short says nothing: two ministries of defence are both "the ministry".
    """
    judged: defaultdict[PartyId, set[PartyId]] = defaultdict(set)
    for judgement in folds.standing:
        left, right = folds.canonical(judgement.left), folds.canonical(judgement.right)
        judged[left].add(right)
        judged[right].add(left)
    keys = {one: [*_called(gathered)] for one, gathered in some.items()}
    known = _by_name(connection, folds, {key for of in keys.values() for key, _ in of})
    near = {
        one: {other for key in of for other in known.get(key, ())} - judged[one] - {one}
        for one, of in keys.items()
    }
    others = _gathered(connection, folds, {other for of in near.values() for other in of})
    return {
        one: tuple(sorted(other for other in near[one] if _may_be_one(some[one], others.get(other))))[
            :MOST_ALIKE
        ]
        for one in some
    }


def _called(one: Gathered) -> Iterator[tuple[int, int]]:
    """Yield the names that others must have to be like a party: its own in full, its full ones in any way."""
    for name in one.names:
        yield hashed(rows.folded_name(name)), _FULL
    for name in one.full_names:
        yield hashed(rows.folded_name(name)), _ANY


def _by_name(
    connection: Connection, folds: Folds, keys: Collection[int]
) -> Mapping[tuple[int, int], Sequence[PartyId]]:
    """Return who is called by some names, in full or in any way; not all of very many."""
    columns = _NAMES.c
    place = func.row_number().over(partition_by=(columns.key, columns.full), order_by=columns.party)
    ranked = (
        select(columns.key, columns.full, columns.party, place.label("place"))
        .where(one_of(columns.key, sorted(keys)))
        .subquery()
    )
    found: defaultdict[tuple[int, int], list[PartyId]] = defaultdict(list)
    wanted = select(ranked.c.key, ranked.c.full, ranked.c.party).where(ranked.c.place <= _COMPARED)
    for key, full, party in connection.execute(wanted):
        found[key, full].append(folds.canonical(PartyId(party)))
    return found


def _may_be_one(one: Gathered, other: Gathered | None) -> bool:
    if other is None or not ("unknown" in {one.kind, other.kind} or one.kind == other.kind):
        return False
    # Two names may have one hash.
    return bool((one.folded_names & other.folded_full_names) | (one.folded_full_names & other.folded_names))
