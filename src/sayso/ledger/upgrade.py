"""Brings a ledger's tables to the schema of this release.

On SQLite every step since the first release is run. On PostgreSQL a new ledger is made as `ledger.schema` has
it, and the steps that come later bring it forward; the first that was ever kept there has schema 0006.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from sayso.core.errors import NotACase
from sayso.ledger import fulltext, schema

HEAD = "0008"  # the newest step in migrations/versions
_SCRIPTS = Path(__file__).parent / "migrations"
_WITH_EVERY_STEP = "sqlite"
_VERSION_TABLE = "alembic_version"


def version(connection: Connection) -> str | None:
    """Return the schema a ledger has, or None when the database holds none."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def to_head(connection: Connection, scripts: Path = _SCRIPTS) -> None:
    """Run the steps that are missing, in the caller's transaction; raises NotACase for a newer schema."""
    # Alembic takes a quarter of a second to load, and an up-to-date case never needs it.
    from alembic import command  # noqa: PLC0415 - slow to load
    from alembic.config import Config  # noqa: PLC0415 - slow to load
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - slow to load
    from alembic.util import CommandError  # noqa: PLC0415 - slow to load

    found = version(connection)
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    try:
        ScriptDirectory.from_config(config).get_revisions(found or ())
    except CommandError as error:
        raise NotACase(
            "newer-case",
            f"the case has schema {found}, this sayso knows it up to {HEAD}",
            hint="it was written by a newer sayso: install that one",
        ) from error
    if found is None and connection.dialect.name != _WITH_EVERY_STEP:
        schema.metadata.create_all(connection, checkfirst=False)
        fulltext.of(connection).create(connection)
        fulltext.of(connection).create_claims(connection)
        command.stamp(config, HEAD)
        return
    command.upgrade(config, "head")
