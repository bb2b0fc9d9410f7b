"""How many claims each party makes, and of whom: counted as the claims come, not when somebody asks.

Three tables hold the counts. By day: of each act and voice. By period and party: of what a speaker says, of
what is said of a target, twice, by act and voice and of any. By period and act and voice: of each pair of the
two. A period is the days of a month with the same tens digit, a month, a year or all time. Claims that
somebody replaced are not among them. A fourth table holds what documents say of a party, each different
saying once. All of it is a sum over the records, so `sayso verify` adds up again and compares. By outlet
there are its documents, its claims, and those in its own voice.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Integer,
    SelectBase,
    Table,
    bindparam,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    union_all,
    update,
)

from sayso.core.records import Annotation, Party
from sayso.core.views import NOBODY, Finding
from sayso.ledger import annotations, listing, partylists, rows, schema
from sayso.ledger.findings import finding
from sayso.ledger.values import Words, one_of

ANY: Final = "*"  # act, voice or period
SPEAKER: Final = "speaker"
TARGET: Final = "target"
# Letters of an ISO 8601 day that its ten days, its month and its year begin with.
TEN: Final = len("2031-05-1")
MONTH: Final = len("2031-05")
YEAR: Final = len("2031")

_Key = tuple[str, ...]
_OWN: Final = "outlet"  # the voice

_CLAIMS, _DOCUMENTS = schema.claims.c, schema.documents.c
# At most one row of each for a claim: one innermost voice and one target.
SPOKEN: Final = schema.roles.alias("spoken")
MEANT: Final = schema.roles.alias("meant")
_PUBLISHED: Final = func.coalesce(_DOCUMENTS.published, "", type_=Words())
_DAY: Final = _PUBLISHED.label("of_day")
_SAID_BY: Final = func.coalesce(SPOKEN.c.party, NOBODY, type_=Words()).label("said_by")
_SAID_OF: Final = MEANT.c.party.label("said_of")
_NAMED: Final = MEANT.c.party.is_not(None)


def with_sides(claims: FromClause) -> FromClause:
    """Return claims with the parties on their two sides, where they have them."""
    spoken = (SPOKEN.c.claim == _CLAIMS.claim) & SPOKEN.c.role.in_((rows.SPEAKER, rows.OUTLET))
    meant = (MEANT.c.claim == _CLAIMS.claim) & (MEANT.c.role == rows.TARGET)
    return claims.outerjoin(SPOKEN, spoken).outerjoin(MEANT, meant)


_EVERY: Final = with_sides(schema.claims.join(schema.documents, _DOCUMENTS.document == _CLAIMS.document))


class _Told(NamedTuple):
    """Claims that are alike in all that is counted."""

    outlet: str
    day: str  # ISO 8601; empty: not dated
    act: str
    voice: str
    speaker: str  # or NOBODY
    target: str | None
    claims: int


def put(connection: Connection, claims: Iterable[str]) -> None:
    """Count claims that are new to the case; the caller's transaction must hold the write lock."""
    _add(connection, claims, 1)


def replace(connection: Connection, made: Iterable[Annotation]) -> None:
    """Take out of the counts what stored annotations replaced, and bring back what stands again."""
    new = {one.id: one for one in made}
    if not new:
        return
    every = tuple(annotations.annotations(connection))
    before = annotations.Standing(one for one in every if one.id not in new).replaced
    after = annotations.Standing(every).replaced
    _add(connection, after - before, -1)
    _add(connection, before - after, 1)


def put_documents(connection: Connection, stored: Iterable[rows.Row]) -> None:
    """Count new documents by outlet, given as rows of `documents`."""
    published = Counter(row["outlet"] for row in stored)
    _change(
        connection,
        schema.tallied_outlets,
        [{"outlet": key, "documents": n, "claims": 0, "own": 0} for key, n in published.items()],
    )


def put_parties(connection: Connection, stored: Iterable[rows.Row]) -> None:
    """Count what new documents say of parties, given as rows of `records`."""
    bodies: dict[_Key, str] = {}
    said: Counter[_Key] = Counter()
    for row in stored:
        key = row["id"], row["digest"]
        bodies[key] = row["body"]
        said[key] += 1
    forms = (
        {"party": key[0], "digest": key[1], "body": bodies[key], "documents": n} for key, n in said.items()
    )
    _change(connection, schema.party_forms, forms)
    partylists.renew(connection, (party for party, _ in said))


def _add(connection: Connection, claims: Iterable[str], times: int) -> None:
    counted: defaultdict[Table, Counter[tuple[_Key, str]]] = defaultdict(Counter)
    for told in _of_claims(connection, sorted(claims)):
        for table, key in _keys(told):
            counted[table][key, "claims"] += times * told.claims
            if "aimed" in table.c:
                counted[table][key, "aimed"] += times * told.claims * (told.target is not None)
        counted[schema.tallied_outlets][(told.outlet,), "own"] += times * told.claims * (told.voice == _OWN)
    for table, of in counted.items():
        keys, none = table.primary_key.columns.keys(), dict.fromkeys(_numbers(table), 0)
        more: dict[_Key, rows.Row] = {}
        for (key, name), n in of.items():
            more.setdefault(key, dict(zip(keys, key, strict=True)) | none)[name] = n
        _change(connection, table, more.values())
    speaking = (key for key, _ in counted[schema.tallied_parties])
    partylists.renew(connection, {party for _, side, _, _, party in speaking if side == SPEAKER})


def _numbers(table: Table) -> list[str]:
    """Return the columns that hold counts."""
    return [column.name for column in table.c if isinstance(column.type, Integer)]


def _keys(told: _Told) -> Iterator[tuple[Table, _Key]]:
    """Yield every row that counts some claims."""
    yield schema.tallied_outlets, (told.outlet,)
    yield schema.tallied_days, (told.day, told.act, told.voice)
    yield from _rolled_up(told, SPEAKER, told.speaker)
    if told.target is not None:
        yield from _rolled_up(told, TARGET, told.target)
        for period in _periods_of(told.day):
            yield schema.tallied_pairs, (told.speaker, told.target, period, told.act, told.voice)


def _rolled_up(told: _Told, side: str, party: str) -> Iterator[tuple[Table, _Key]]:
    for period in _periods_of(told.day):
        yield schema.tallied_parties, (period, side, told.act, told.voice, party)
        yield schema.tallied_parties, (period, side, ANY, ANY, party)


def _periods_of(day: str) -> Iterable[str]:
    """Return the periods that a day is in; undated claims are of no year."""
    return dict.fromkeys((day[:TEN], day[:MONTH], day[:YEAR], ANY))


def _of_claims(connection: Connection, claims: list[str]) -> Iterator[_Told]:
    if not claims:
        return
    # Databases group by a name where an expression holds a parameter.
    alike = _DOCUMENTS.outlet, _DAY, _CLAIMS.act, _CLAIMS.voice, _SAID_BY, _SAID_OF
    wanted = select(*alike, func.count()).select_from(_EVERY).where(one_of(_CLAIMS.claim, claims))
    for row in connection.execute(wanted.group_by(*alike)):
        yield _Told(*row)


def _change(connection: Connection, table: Table, more: Iterable[rows.Row]) -> None:
    """Add to the counts of some rows, new ones too; rows that nothing is left of are taken out."""
    keys = table.primary_key.columns.keys()
    # In the order of the table, so that neighbours are written together.
    ordered = sorted(more, key=lambda row: tuple(row[name] for name in keys))
    added = [{f"new_{name}": value for name, value in row.items()} for row in ordered]
    if not added:
        return
    new = {column.name: bindparam(f"new_{column.name}", type_=column.type) for column in table.c}
    counted = _numbers(table)
    this = [table.c[name] == new[name] for name in keys]
    empty = select(*(literal(0) if name in counted else value for name, value in new.items()))
    connection.execute(insert(table).from_select([*new], empty.where(~exists().where(*this))), added)
    grown = update(table).where(*this).values({name: table.c[name] + new[name] for name in counted})
    connection.execute(grown, added)
    if any(row[f"new_{counted[0]}"] < 0 for row in added):
        connection.execute(delete(table).where(*this, table.c[counted[0]] == 0), added)


def fill(connection: Connection) -> None:
    """Count all claims anew: those of a ledger that an older sayso wrote.

    Annotations that cannot be read are passed over: `sayso verify` tells of them.
    """
    gone = listing.replaced(connection)
    for table, counted in _counted(gone):
        connection.execute(delete(table))
        connection.execute(insert(table).from_select([column.name for column in table.c], counted))
    partylists.fill(connection)


def findings(connection: Connection) -> Iterator[Finding]:
    """Compare the counts with those of the claims."""
    gone = listing.replaced(connection)
    for table, counted in _counted(gone):
        again, stored = select(counted.subquery()), select(*table.c)
        different = union_all(
            select(again.except_(stored).subquery()), select(stored.except_(again).subquery())
        )
        if connection.execute(select(func.count()).select_from(different.subquery())).scalar_one():
            yield finding("changed-column", "its counts are not those of the claims", table.name)
    yield from partylists.findings(connection)


def _counted(gone: Collection[str]) -> Iterator[tuple[Table, SelectBase]]:
    """Yield each table with the question that gives its rows from the claims."""
    standing = [~one_of(_CLAIMS.claim, gone)] if gone else []
    ten = func.substr(_PUBLISHED, 1, TEN).label("of_ten")
    act, voice = _CLAIMS.act.label("of_act"), _CLAIMS.voice.label("of_voice")
    every, aimed = func.count().label("claims"), func.count(MEANT.c.party).label("aimed")

    def grouped(
        keys: Iterable[ColumnElement[str]],
        *sums: ColumnElement[Any],
        where: Iterable[ColumnElement[bool]] = (),
    ) -> SelectBase:
        named = tuple(keys)
        return select(*named, *sums).select_from(_EVERY).where(*standing, *where).group_by(*named)

    yield schema.tallied_days, grouped((_DAY, act, voice), every, aimed)
    pairs = grouped((_SAID_BY, _SAID_OF, ten, act, voice), every, where=[_NAMED])
    yield schema.tallied_pairs, _pairs_summed(pairs.cte("pairs_of_ten"))
    of_ten: CompoundSelect[Any] = union_all(
        *(
            grouped(
                (ten, act, voice, party.label("of_party")),
                literal(side, Words()).label("of_side"),
                every,
                aimed,
                where=where,
            )
            for side, party, where in ((SPEAKER, _SAID_BY, ()), (TARGET, _SAID_OF, (_NAMED,)))
        )
    )
    yield schema.tallied_parties, _summed(of_ten.cte("of_ten"))
    own = func.count().filter(_CLAIMS.voice == _OWN)
    of_outlet = select(_DOCUMENTS.outlet, func.count().label("claims"), own.label("own")).join(
        schema.claims, _DOCUMENTS.document == _CLAIMS.document
    )
    claims = of_outlet.where(*standing).group_by(_DOCUMENTS.outlet).subquery().c
    documents = (
        select(_DOCUMENTS.outlet, func.count().label("documents")).group_by(_DOCUMENTS.outlet).subquery()
    )
    both = documents.outerjoin(claims.claims.table, claims.outlet == documents.c.outlet)
    zero = (func.coalesce(claims.claims, 0), func.coalesce(claims.own, 0))
    yield schema.tallied_outlets, select(*documents.c, *zero).select_from(both)
    records = schema.records.c
    forms = select(records.id, records.digest, func.min(records.body), func.count())
    of_parties = forms.where(records.kind == Party.__name__.lower())
    yield schema.party_forms, of_parties.group_by(records.id, records.digest)


def _periods(
    ten: ColumnElement[str],
) -> Iterator[tuple[ColumnElement[str], tuple[ColumnElement[bool], ...]]]:
    """Yield ten days, their month and year and all time, each with the condition on which it counts."""
    yield ten, ()
    # Undated claims are of no month.
    yield func.substr(ten, 1, MONTH), (ten != "",)
    yield func.substr(ten, 1, YEAR), (ten != "",)
    yield literal(ANY, Words()), ()


def _pairs_summed(of_ten: CTE) -> SelectBase:
    """Return the counts of ten days with those of months, of years and of all time."""
    columns = of_ten.c
    return union_all(
        *(
            select(*keys, cast(func.sum(columns.claims), Integer)).where(*where).group_by(*keys)
            for period, where in _periods(columns.of_ten)
            for keys in [
                (
                    columns.said_by,
                    columns.said_of,
                    period.label("period"),
                    columns.of_act,
                    columns.of_voice,
                )
            ]
        )
    )


def _summed(of_ten: CTE) -> SelectBase:
    """Return the counts of ten days with those of months, of years and of all time.

    Of each act and voice, and of any.
    """
    columns = of_ten.c
    any_ = literal(ANY, Words())
    sums = [cast(func.sum(columns[name]), Integer) for name in ("claims", "aimed")]
    levels: tuple[tuple[ColumnElement[str], ColumnElement[str]], ...] = (
        (columns.of_act, columns.of_voice),
        (any_, any_),
    )
    return union_all(
        *(
            select(*keys, *sums).where(*where).group_by(*keys)
            for period, where in _periods(columns.of_ten)
            for act, voice in levels
            for keys in [
                (
                    period.label("period"),
                    columns.of_side,
                    act.label("act"),
                    voice.label("voice"),
                    columns.of_party,
                )
            ]
        )
    )
