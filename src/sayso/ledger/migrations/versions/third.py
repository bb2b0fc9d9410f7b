"""Linkers look candidates up instead of going through the case: what is filed where, and who has seen what.

All of it starts empty: the next run of the linkers takes every document as new, and finds the links again
that are there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the five tables."""
    op.create_table(
        "linkers",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("linker", sa.Text, nullable=False),
        sa.Column("entry", sa.Integer, nullable=False),
        sa.Column("lots", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_linkers"),
    )
    op.create_index("ix_linkers_linker", "linkers", ["linker"], unique=True)
    _make_lookups()
    op.create_table(
        "meanings",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("claim", sa.Text, nullable=False),
        sa.Column("words", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_meanings"),
    )
    op.create_index("ix_meanings_words", "meanings", ["words"], unique=True)


def _make_lookups() -> None:
    op.create_table(
        "seen",
        sa.Column("linker", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("linker", "document", name="pk_seen"),
        sa.ForeignKeyConstraint(["linker"], ["linkers.number"], name="fk_seen_linker"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counts",
        sa.Column("linker", sa.Integer, nullable=False),
        sa.Column("key", sa.BigInteger, nullable=False),
        sa.Column("counted", sa.Integer, nullable=False),
        sa.Column("shelved", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("linker", "key", name="pk_counts"),
        sa.ForeignKeyConstraint(["linker"], ["linkers.number"], name="fk_counts_linker"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "shelves",
        sa.Column("linker", sa.Integer, nullable=False),
        sa.Column("key", sa.BigInteger, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("linker", "key", "place", name="pk_shelves"),
        sa.ForeignKeyConstraint(["linker"], ["linkers.number"], name="fk_shelves_linker"),
        sqlite_with_rowid=False,
    )
