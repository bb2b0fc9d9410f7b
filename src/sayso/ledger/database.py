"""The connection to a ledger's file: durable, patient with other writers, and plain about what is wrong."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from sayso.core.errors import BadInput, Tampered

# How long a second writer waits for the first. One transaction takes milliseconds.
_PATIENCE_SECONDS = 60
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_OUT_OF_REACH = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}
_PRIMARY_CODE = 0xFF  # the rest of an SQLite result code says more about the same error
_STREAMED = 500  # rows fetched at a time


def connect(path: Path) -> Engine:
    """Return the engine of a ledger's file, which is made when it is not there."""
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        # The driver leaves transactions to us: its own never cover DDL nor take the write lock at once.
        connect_args={"isolation_level": None, "timeout": _PATIENCE_SECONDS},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # FULL syncs the WAL at each commit: what was reported as stored outlives a power cut, not only a kill.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # Ids are scattered, so every file touches pages all over the indexes: keep them at hand, and move them
    # from the WAL into the file less often.
    connection.execute("PRAGMA cache_size = -16384")  # KiB
    connection.execute("PRAGMA wal_autocheckpoint = 4000")  # pages
    # A changed byte may be no UTF-8 any more; `verify` must see it instead of stumbling over it.
    connection.text_factory = _as_found


def _as_found(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _begin(connection: Connection) -> None:
    # Two readers that both turn writers would lock each other out, so a writer says so at once.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a connection that sees one state of the ledger and fetches rows as they are asked for."""
    with _explained(engine), engine.connect() as connection:
        yield connection.execution_options(yield_per=_STREAMED)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a connection with the write lock; all of it is stored at the end, or nothing."""
    with _explained(engine), engine.execution_options(writes=True).begin() as connection:
        yield connection


@contextmanager
def _explained(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY_CODE
        where = engine.url.database
        if code in _BUSY:
            raise BadInput(
                "case-busy",
                f"another process has been writing to {where} for {_PATIENCE_SECONDS} seconds",
                hint="wait until it is done, then repeat the command: what is stored is passed over",
            ) from error
        if code in _OUT_OF_REACH:
            raise BadInput(
                "case-out-of-reach",
                f"{where}: {error.orig}",
                hint="is the disk full, or the folder not yours to write?",
            ) from error
        raise Tampered(
            "broken-ledger",
            f"{where}: {error.orig}",
            hint="`sayso verify` says what is broken; a copy of the case brings it back",
        ) from error


def faults(connection: Connection) -> Iterator[str]:
    """Yield what the database itself finds broken: pages, indexes, references between tables."""
    for (fault,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if fault != "ok":
            yield str(fault)
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to a row of {parent} that is not there"
