"""Lists of claims are filtered, sorted and searched without going through the case.

All of it starts empty: `ledger.listing` fills it from the records as soon as the case is opened.
"""

import sqlalchemy as sa
from alembic import op

from sayso.ledger import fulltext

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the four tables and the index of the claims' words."""
    op.create_table(
        "listed",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("claim", sa.Text, nullable=False),
        sa.Column("worth", sa.Float, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("marks", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_listed"),
        sa.ForeignKeyConstraint(["claim"], ["claims.claim"], name="fk_listed_claim"),
    )
    op.create_index("ix_listed_claim", "listed", ["claim"], unique=True)
    op.create_index("ix_listed_worth_number", "listed", ["worth", "number"])
    op.create_table(
        "terms",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_terms"),
    )
    op.create_index("ix_terms_kind_folded", "terms", ["kind", "folded"], unique=True)
    op.create_table(
        "judged_links",
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("judged", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("link", name="pk_judged_links"),
    )
    op.create_table(
        "concluded",
        sa.Column("claim", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("rating", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("claim", name="pk_concluded"),
        sa.ForeignKeyConstraint(["claim"], ["claims.claim"], name="fk_concluded_claim"),
    )
    fulltext.of(op.get_bind()).create_claims(op.get_bind())
