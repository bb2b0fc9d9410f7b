"""Where a ledger is kept: a file of its own, or a namespace of its own in a PostgreSQL database."""

import re
import secrets
from pathlib import Path
from typing import NamedTuple, TypeAlias

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from sayso.core.errors import BadInput

_DIALECTS = frozenset({"postgresql", "postgres"})  # libpq takes both
_FIRST = "sayso"  # tells people whose it is, and keeps a name from being a word of SQL's own
# What PostgreSQL takes without quotes, and does not cut.
_NAME = re.compile(_FIRST + r"_[a-z0-9_]{1,57}")
_OTHERS = re.compile(r"[^a-z0-9]+")
_TOLD_APART = 4  # random bytes at the end of a name
_LONGEST_START = 40


class Namespace(NamedTuple):
    """One case's share of a PostgreSQL database (its documentation says "schema").

    `folder` is the case's own, with its captures.
    """

    database: str  # as a URL, without a password
    name: str
    folder: Path


Place: TypeAlias = Path | Namespace


def folder_of(place: Place) -> Path:
    """Return the folder of the case whose ledger is kept there."""
    return place.folder if isinstance(place, Namespace) else place.parent


def new_name(folder: Path) -> str:
    """Return a name that no namespace has yet, and that tells people whose it is."""
    start = _OTHERS.sub("_", folder.resolve().name.lower()).strip("_")[:_LONGEST_START]
    return "_".join(filter(None, (_FIRST, start, secrets.token_hex(_TOLD_APART))))


def checked_url(database: str) -> URL:
    """Read what `--database` or the setting says; raises BadInput for what is no PostgreSQL database.

    A password is refused: it would lie readable in the case's folder.
    """
    hint = "write it as postgresql://HOST/NAME, or postgresql:///NAME for this machine's own server"
    try:
        url = make_url(database)
    except (ArgumentError, ValueError) as error:
        raise BadInput("bad-database", "the database's address cannot be read", hint=hint) from error
    if url.drivername not in _DIALECTS:
        raise BadInput("bad-database", f"{url.drivername} is no database that sayso writes to", hint=hint)
    if url.password is not None or "password" in url.query:
        raise BadInput(
            "password-in-address",
            "the database's address holds a password, which would lie readable in case.toml",
            hint="leave it out: PGPASSFILE, PGPASSWORD or a service file gives it when it is needed",
        )
    return url.set(drivername="postgresql")


def checked_name(name: str) -> str:
    """Return a namespace's name as it stands in a case's settings; raises BadInput for what is none."""
    if not _NAME.fullmatch(name):
        raise BadInput(
            "bad-database",
            f"{name!r} is no namespace's name",
            hint="the one that `sayso init` wrote is in the case's case.toml",
        )
    return name
