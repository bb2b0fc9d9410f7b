"""Lists of links, parties and figures are read page by page along indexes, and pairs are counted by year too.

What is new starts empty, and so does the table of pairs: `ledger.partylists`, `ledger.tallies` and
`ledger.listing` fill them when the case is opened.
"""

import sqlalchemy as sa
from alembic import op

from sayso.ledger.values import Words

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make two tables, make the one of pairs anew, and put two indexes in the place of others."""
    op.drop_table("tallied_pairs")
    pairs = ("speaker", "target", "period", "act", "voice")
    op.create_table(
        "tallied_pairs",
        *(sa.Column(name, Words, nullable=False) for name in pairs),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint(*pairs, name="pk_tallied_pairs"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "listed_parties",
        sa.Column("party", Words, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("name", Words, nullable=False),
        sa.PrimaryKeyConstraint("party", name="pk_listed_parties"),
    )
    op.create_index(
        "ix_listed_parties_claims_name_party", "listed_parties", [sa.text("claims DESC"), "name", "party"]
    )
    op.create_table(
        "party_names",
        sa.Column("key", sa.BigInteger, nullable=False),
        sa.Column("full", sa.Integer, nullable=False),
        sa.Column("party", Words, nullable=False),
        sa.PrimaryKeyConstraint("key", "full", "party", name="pk_party_names"),
        sqlite_with_rowid=False,
    )
    op.drop_index("ix_links_kind_score", "links")
    op.create_index("ix_links_kind_score_link", "links", ["kind", sa.text("score DESC"), "link"])
    op.drop_index("ix_claims_document", "claims")
    op.create_index("ix_claims_document_voice", "claims", ["document", "voice"])
