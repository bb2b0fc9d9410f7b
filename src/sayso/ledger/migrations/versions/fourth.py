"""Published fact-checks are looked up by their words.

All of it starts empty: no earlier release stored a review.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "reviews",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("review", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_reviews"),
    )
    op.create_index("ix_reviews_review", "reviews", ["review"], unique=True)
    op.create_table(
        "review_words",
        sa.Column("key", sa.BigInteger, nullable=False),
        sa.Column("review", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", "review", name="pk_review_words"),
        sa.ForeignKeyConstraint(["review"], ["reviews.number"], name="fk_review_words_review"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "review_counts",
        sa.Column("key", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("counted", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_review_counts"),
        sqlite_with_rowid=False,
    )
