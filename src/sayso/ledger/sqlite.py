"""A ledger as an SQLite file: how it is opened, locked and checked, and what its errors mean."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from sayso.ledger.troubles import Trouble

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_OUT_OF_REACH = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}
# What to do when the file is out of reach.
HINT = "is the disk full, or the folder not yours to write?"
_PRIMARY_CODE = 0xFF  # the rest of an SQLite result code says more about the same error


def connect(path: Path, patience: float) -> Engine:
    """Return the engine of a ledger's file, which is made when it is not there."""
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        # The driver leaves transactions to us: its own never cover DDL nor take the write lock at once.
        connect_args={"isolation_level": None, "timeout": patience},
    )
    event.listen(engine, "connect", _prepare)
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


def begin_reading(connection: Connection) -> None:
    """Begin a transaction that sees one state from its first question on."""
    connection.exec_driver_sql("BEGIN")


def begin_writing(connection: Connection) -> None:
    """Begin a transaction with the write lock."""
    # Two readers that both turn writers would lock each other out, so a writer says so at once.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def begin_making(connection: Connection) -> None:
    """Begin the transaction that makes the ledger."""
    begin_writing(connection)


def where(engine: Engine) -> str:
    """Return what the ledger is called in messages."""
    return str(engine.url.database)


def trouble(error: DatabaseError) -> Trouble:
    """Tell what kind of trouble an error of the database is."""
    code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY_CODE
    if code in _BUSY:
        return "busy"
    return "out of reach" if code in _OUT_OF_REACH else "broken"


def faults(connection: Connection) -> Iterator[str]:
    """Yield what the database itself finds broken: pages, indexes, references between tables."""
    for (fault,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if fault != "ok":
            yield str(fault)
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to a row of {parent} that is not there"
