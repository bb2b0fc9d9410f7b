"""The connection to a ledger: durable, patient with other writers, and plain about what is wrong.

Databases are told apart here when a ledger is opened, in `ledger.fulltext` for search, and nowhere else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from sayso.core.errors import BadInput, SaysoError, Tampered
from sayso.ledger import postgres, sqlite
from sayso.ledger.places import Namespace, Place

# How long a second writer waits for the first. One transaction takes milliseconds.
_PATIENCE_SECONDS = 60
_OF: Final[dict[str, ModuleType]] = {"sqlite": sqlite, "postgresql": postgres}


def connect(place: Place) -> Engine:
    """Return the engine of a ledger. A file is made when it is not there, a namespace is not."""
    if isinstance(place, Namespace):
        engine = postgres.connect(place, _PATIENCE_SECONDS)
    else:
        engine = sqlite.connect(place, _PATIENCE_SECONDS)
    event.listen(engine, "begin", _begin)
    return engine


def close(engine: Engine) -> None:
    """Close its connections: those that wait now, and those in use when they are given back."""
    # Without this they would wait in a pool that nobody asks any more, and the server with them.
    event.listen(engine.pool, "checkin", _let_go)
    engine.dispose()


def _let_go(_: object, entry: ConnectionPoolEntry) -> None:
    entry.invalidate()


def _begin(connection: Connection) -> None:
    of = _OF[connection.dialect.name]
    match connection.get_execution_options().get("purpose", "reading"):
        case "writing":
            of.begin_writing(connection)
        case "making":
            of.begin_making(connection)
        case _:
            of.begin_reading(connection)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a connection that sees one state of the ledger."""
    with _explained(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a connection with the write lock; all of it is stored at the end, or nothing."""
    with _explained(engine), engine.execution_options(purpose="writing").begin() as connection:
        yield connection


@contextmanager
def making(engine: Engine) -> Iterator[Connection]:
    """Open a connection on which a ledger is made; raises BadInput where its namespace is there already."""
    with _explained(engine), engine.execution_options(purpose="making").begin() as connection:
        yield connection


@contextmanager
def _explained(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise _explanation(engine, error) from error
    except UnicodeDecodeError as error:
        # SQLite quotes what it stumbles over, and its driver cannot say what is no text any more.
        raise _broken(engine, "it holds bytes that are no text") from error


def _explanation(engine: Engine, error: DatabaseError) -> SaysoError:
    of = _OF[engine.dialect.name]
    there = where(engine)
    match of.trouble(error):
        case "busy":
            return BadInput(
                "case-busy",
                f"another process has been writing to {there} for {_PATIENCE_SECONDS} seconds",
                hint="wait until it is done, then repeat the command: what is stored is passed over",
            )
        case "taken":
            return BadInput(
                "case-exists", f"{there} holds a case already", hint="`sayso add` adds files to it"
            )
        case "out of reach":
            return BadInput("case-out-of-reach", f"{there}: {_said(error)}", hint=of.HINT)
        case "too large":
            return BadInput(
                "beyond-database",
                f"{there}: {_said(error)}",
                hint="nothing of it is stored, what was stored before is whole; please report it",
            )
        case _:
            return _broken(engine, _said(error))


def _broken(engine: Engine, why: str) -> Tampered:
    return Tampered(
        "broken-ledger",
        f"{where(engine)}: {why}",
        hint="`sayso verify` says what is broken; a copy of the case brings it back",
    )


def _said(error: DatabaseError) -> str:
    return " ".join(str(error.orig).split())


def where(engine: Engine) -> str:
    """Return what a ledger is called in messages."""
    return str(_OF[engine.dialect.name].where(engine))


def faults(connection: Connection) -> Iterator[str]:
    """Yield what the database itself finds broken."""
    found: Iterator[str] = _OF[connection.dialect.name].faults(connection)
    return found
