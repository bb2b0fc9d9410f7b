"""Cases for tests, whichever database keeps them: where one is, copies, changes by hand."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, inspect, text

from sayso.core import settings
from sayso.ledger.places import Namespace, Place, checked_url
from sayso.ledger.store import Store

LEDGER = "ledger.sqlite"
SETTINGS = "case.toml"


def new_place(folder: Path) -> Place:
    """Return where a new ledger is to be kept, beside nothing else in its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    database = os.environ.get("SAYSO_LEDGER_DATABASE", "")
    if not database:
        return folder / LEDGER
    return Namespace(database, f"sayso_{secrets.token_hex(8)}", folder)


def place_of(case: Path) -> Place:
    """Return where the ledger of a case is kept."""
    found = settings.load(case / SETTINGS).ledger
    return Namespace(found.database, found.namespace, case) if found.namespace else case / LEDGER


def copied_case(case: Path, to: Path) -> Path:
    """Copy a case with its ledger."""
    shutil.copytree(case, to)
    place = place_of(to)
    if isinstance(place, Namespace):
        copy = copied_ledger(place, to)
        said = (to / SETTINGS).read_text(encoding="utf-8")
        (to / SETTINGS).write_text(said.replace(place.name, copy.name), encoding="utf-8")
    return to


def copied_ledger(place: Namespace, folder: Path) -> Namespace:
    """Copy a ledger, table by table, into a namespace of its own."""
    copy = Namespace(place.database, f"sayso_{secrets.token_hex(8)}", folder)
    Store.create(copy, title="").close()
    with by_hand(copy) as connection:
        tables = inspect(connection).get_table_names(schema=place.name)
        for table in tables:
            connection.execute(text(f'TRUNCATE "{table}" CASCADE'))
        for table in tables:
            connection.execute(text(f'INSERT INTO "{table}" SELECT * FROM {place.name}."{table}"'))  # noqa: S608 - our own names
    return copy


@contextmanager
def by_hand(place: Place) -> Iterator[Connection]:
    """Open a ledger past all that the product does, in one transaction; no foreign key is in the way."""
    if isinstance(place, Namespace):
        url = checked_url(place.database).set(drivername="postgresql+psycopg")
        engine = create_engine(url, connect_args={"options": _options(place)})
    else:
        engine = create_engine(f"sqlite:///{place}")
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _options(place: Namespace) -> str:
    return f"-c search_path={place.name} -c session_replication_role=replica"


def changed(place: Place, *statements: str) -> None:
    """Change a ledger by hand."""
    with by_hand(place) as connection:
        for statement in statements:
            connection.execute(text(statement))
