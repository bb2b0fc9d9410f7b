"""Who says what of whom is counted as the claims come, and where claims stand is known without reading them.

All of it starts empty: `ledger.outlets`, `ledger.tallies` and `ledger.stretches` fill it when the case is
opened.
"""

import sqlalchemy as sa
from alembic import op

from sayso.ledger.values import Words

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the six tables, and a column for whose a document is."""
    op.create_table(
        "tallied_days",
        *(sa.Column(name, Words, nullable=False) for name in ("day", "act", "voice")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("claims", "aimed")),
        sa.PrimaryKeyConstraint("day", "act", "voice", name="pk_tallied_days"),
        sqlite_with_rowid=False,
    )
    parties = ("period", "side", "act", "voice", "party")
    op.create_table(
        "tallied_parties",
        *(sa.Column(name, Words, nullable=False) for name in parties),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("claims", "aimed")),
        sa.PrimaryKeyConstraint(*parties, name="pk_tallied_parties"),
        sqlite_with_rowid=False,
    )
    pairs = ("speaker", "target", "month", "act", "voice")
    op.create_table(
        "tallied_pairs",
        *(sa.Column(name, Words, nullable=False) for name in pairs),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint(*pairs, name="pk_tallied_pairs"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "party_forms",
        *(sa.Column(name, Words, nullable=False) for name in ("party", "digest", "body")),
        sa.Column("documents", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("party", "digest", name="pk_party_forms"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stands",
        sa.Column("document", Words, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("claim", Words, nullable=False),
        sa.PrimaryKeyConstraint("document", "start", "end", "claim", name="pk_stands"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tallied_outlets",
        sa.Column("outlet", Words, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("documents", "claims", "own")),
        sa.PrimaryKeyConstraint("outlet", name="pk_tallied_outlets").ddl_if(dialect="sqlite"),
        sqlite_with_rowid=False,
    )
    op.add_column("documents", sa.Column("outlet", Words, nullable=False, server_default=""))
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_documents_outlet_published", "documents", ["outlet", "published"])
    else:
        op.create_index("ix_documents_outlet", "documents", ["outlet"], postgresql_using="hash")
        op.create_index("ix_tallied_outlets_outlet", "tallied_outlets", ["outlet"], postgresql_using="hash")
