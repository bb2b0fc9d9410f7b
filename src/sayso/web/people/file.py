"""The people file: an SQLite database of its own that its owner alone can read."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from sayso.core.errors import BadInput, NotFound
from sayso.web.people import schema

_PATIENCE_SECONDS = 20  # how long one writer waits for another; what it writes takes milliseconds
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_SNAPSHOT, sqlite3.SQLITE_LOCKED})


class PeopleFile:
    """The people of one or more cases. Several desks and commands may have it open at once.

    A context manager. Raises NotFound where there is none, BadInput for a file of something else and for
    one that others on the machine can read or write.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise NotFound(
                "no-people",
                f"there is no people file {path}",
                hint="`sayso people FILE add NAME --case CASE --role admin` makes one",
            )
        if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise BadInput(
                "people-for-all",
                f"others on this machine can read or write {path}",
                hint=f"chmod 600 {path}: it holds the secrets of second factors",
            )
        self.path = path
        self._engine = _engine(path)
        try:
            self._check()
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make an empty people file, or open the one that is there; raises BadInput when neither can be."""
        try:
            # Before the database writes a byte: what it holds is nobody else's to read.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            return cls(path)
        except OSError as error:
            raise BadInput(
                "cannot-write",
                f"{path} cannot be written: {error.strerror}",
                hint="name a file in a folder that is there",
            ) from error
        engine = _engine(path)
        try:
            with engine.execution_options(writes=True).begin() as connection:
                schema.metadata.create_all(connection)
                for trigger in schema.TRIGGERS:
                    connection.exec_driver_sql(trigger)
                connection.exec_driver_sql(f"PRAGMA application_id = {schema.MARK}")
                connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
        finally:
            engine.dispose()
        return cls(path)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that sees one state of the file."""
        with self._explained(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a connection with the write lock; all of it is stored at the end, or nothing."""
        with self._explained(), self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    def _check(self) -> None:
        with self.reading() as connection:
            mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if mark != schema.MARK:
            raise BadInput("not-people", f"{self.path} is no people file", hint="name another file")
        if version != schema.VERSION:
            raise BadInput(
                "newer-people",
                f"{self.path} was written by another version of sayso",
                hint="install the newest sayso",
            )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            # Strangers who sign in read this too: not where the file lies.
            if getattr(error.orig, "sqlite_errorcode", None) in _BUSY:
                raise BadInput(
                    "people-busy", "the people file is being written", hint="try again in a moment"
                ) from error
            raise BadInput(
                "people-out-of-reach",
                f"the people file cannot be used: {error.orig}",
                hint="is it a people file, is the disk full, or is the folder not yours to write?",
            ) from error


def _engine(path: Path) -> Engine:
    engine = create_engine(
        # One that is gone is an error, and not made anew: only `create` does that, with the right rights.
        URL.create("sqlite+pysqlite", database=path.absolute().as_uri(), query={"mode": "rw", "uri": "true"}),
        # The driver leaves transactions to us: its own do not take the write lock at once.
        connect_args={"isolation_level": None, "timeout": _PATIENCE_SECONDS},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _begin(connection: Connection) -> None:
    # Two readers that both turn writers would lock each other out, so a writer says so at once.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
