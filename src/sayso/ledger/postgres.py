"""A ledger as a namespace of a PostgreSQL database: how it is opened, locked and checked.

Every case has a namespace of its own (what PostgreSQL calls a schema), so that one database holds many.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exists, func, select
from sqlalchemy.exc import DatabaseError

from sayso.core.errors import BadInput
from sayso.ledger import schema
from sayso.ledger.places import Namespace, checked_name, checked_url
from sayso.ledger.troubles import Trouble

# Execution options of the engine.
_NAMESPACE = "sayso_namespace"
_SETTINGS = "sayso_settings"  # what every transaction begins with
# What to do when the database is out of reach.
HINT = "does the server run, and may you open and write that database? `psql` with the same address tells"
_CONNECTING_SECONDS = 15
# SQLSTATEs, by their first letters: https://www.postgresql.org/docs/current/errcodes-appendix.html
_BUSY = ("55P03", "40", "57014")  # a lock not had in time, a deadlock, a statement cut off
_TAKEN = ("42P06",)
_TOO_LARGE = ("54",)  # for an index, a word list, a statement
# Connection, rights, no such database, a transaction that may only read, resources, shutdown, disk.
_OUT_OF_REACH = ("08", "28", "3D", "25006", "42501", "53", "57P", "58")


def connect(namespace: Namespace, patience: float) -> Engine:
    """Return the engine of a namespace; raises BadInput without the driver, or for an address that is none.

    Nothing is asked of the server yet.
    """
    url, name = checked_url(namespace.database), checked_name(namespace.name)
    if find_spec("psycopg") is None:
        raise BadInput(
            "no-driver",
            "the case is kept in PostgreSQL, and the driver psycopg is not installed",
            hint="pip install 'sayso[postgres]'",
        )
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        # Readers see one state through all their questions.
        isolation_level="REPEATABLE READ",
        # A server that was started anew in the meantime is no error.
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": _CONNECTING_SECONDS,
            "client_encoding": "utf8",
            "fallback_application_name": "sayso",
        },
        execution_options={_NAMESPACE: name, _SETTINGS: _settings(name, patience)},
    )
    # First of all listeners: the library asks questions of its own when it first connects.
    event.listen(engine, "connect", _prepare, insert=True)
    return engine


def _settings(name: str, patience: float) -> str:
    """Return what makes a transaction look at one namespace only."""
    # Plans of short questions gain nothing from being compiled to machine code.
    return (
        f"SET LOCAL search_path TO {name}; SET LOCAL lock_timeout TO {round(patience * 1000)};"
        " SET LOCAL jit TO off"
    )


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver is an extra
    connection.server_cursor_factory = _left_open()


def _left_open() -> type:
    """Return the driver's class of streamed answers, but that one may be given up before its end.

    The driver warns of it. The server forgets the rest with the transaction, which never lasts long.
    """
    from psycopg import ServerCursor  # noqa: PLC0415 - the driver is an extra

    class LeftOpen(ServerCursor[Any]):
        def __del__(self, _: object = None, /) -> None:
            """Say nothing."""

    return LeftOpen


def begin_reading(connection: Connection) -> None:
    """Begin a transaction; its state is fixed by the first question."""
    _look_at_namespace(connection)


def _look_at_namespace(connection: Connection) -> None:
    # In every transaction anew: behind a pooler that hands out connections by transaction, the next one may
    # be another case's.
    settings: str = connection.get_execution_options()[_SETTINGS]
    # With parameters, even none, the driver takes one statement only.
    connection.exec_driver_sql(settings, execution_options={"no_parameters": True})


def begin_writing(connection: Connection) -> None:
    """Begin a transaction with the write lock of the namespace; others go on reading."""
    _look_at_namespace(connection)
    # This lock is taken before the transaction's state is fixed, so that what the writer before it stored is
    # seen. An advisory lock would be asked for by a SELECT, which fixes the state before it waits.
    connection.exec_driver_sql("LOCK TABLE log_head IN EXCLUSIVE MODE")


def begin_making(connection: Connection) -> None:
    """Begin the transaction that makes the ledger, in a new namespace.

    Raises BadInput for a database that cannot hold all text.
    """
    _look_at_namespace(connection)
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise BadInput(
            "bad-database",
            f"the database stores text as {encoding}, in which most of the world's words do not fit",
            hint="make another one: createdb --encoding=UTF8 --template=template0 NAME",
        )
    connection.exec_driver_sql(f"CREATE SCHEMA {connection.get_execution_options()[_NAMESPACE]}")


def where(engine: Engine) -> str:
    """Return what the ledger is called in messages."""
    shown = engine.url.set(drivername="postgresql", query={})
    return f"{shown.render_as_string()} (namespace {engine.get_execution_options()[_NAMESPACE]})"


def trouble(error: DatabaseError) -> Trouble:
    """Tell what kind of trouble an error of the database is."""
    state = getattr(error.orig, "sqlstate", None) or ""
    if state.startswith(_BUSY):
        return "busy"
    if state.startswith(_TAKEN):
        return "taken"
    if state.startswith(_TOO_LARGE):
        return "too large"
    # Without a state it comes from the driver: no server answered, or the connection broke.
    return "out of reach" if not state or state.startswith(_OUT_OF_REACH) else "broken"


def faults(connection: Connection) -> Iterator[str]:
    """Yield references between tables that lead nowhere, which only a superuser can bring about.

    Broken pages make PostgreSQL refuse whatever reads them, and `verify` reads every row.
    """
    for table in schema.metadata.sorted_tables:
        for key in table.foreign_keys:
            other = key.column.table
            there = exists().where(other.alias().c[key.column.name] == key.parent)
            loose = select(func.count()).select_from(table).where(key.parent.is_not(None), ~there)
            count = connection.execute(loose).scalar_one()
            if count:
                yield f"{count} rows of {table.name} refer to rows of {other} that are not there"
