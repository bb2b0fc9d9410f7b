"""The first schema. Written out, because a step must not change when `schema.py` does."""

import sqlalchemy as sa
from alembic import op

from sayso.ledger import fulltext

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    _make_log()
    _make_records()
    _make_projections()
    _make_passages()
    fulltext.of(op.get_bind()).create(op.get_bind())


def _make_log() -> None:
    op.create_table(
        "log",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_log"),
    )
    op.create_table(
        "log_head",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_log_head"),
    )


def _make_records() -> None:
    op.create_table(
        "records",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("run", sa.Text),
        sa.Column("entry", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", "document", name="pk_records"),
        sa.ForeignKeyConstraint(["entry"], ["log.number"], name="fk_records_entry"),
    )
    op.create_index("ix_records_kind", "records", ["kind"])
    op.create_index("ix_records_document", "records", ["document"])
    op.create_index("ix_records_entry", "records", ["entry"])


def _make_projections() -> None:
    op.create_table(
        "captures",
        sa.Column("capture", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("capture", name="pk_captures"),
    )
    op.create_index("ix_captures_sha256", "captures", ["sha256"])
    op.create_table(
        "documents",
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("capture", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("published", sa.Text),
        sa.PrimaryKeyConstraint("document", name="pk_documents"),
        sa.ForeignKeyConstraint(["capture"], ["captures.capture"], name="fk_documents_capture"),
    )
    op.create_index("ix_documents_capture", "documents", ["capture"])
    op.create_index("ix_documents_published_origin", "documents", ["published", "origin"])
    op.create_table(
        "claims",
        sa.Column("claim", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("voice", sa.Text, nullable=False),
        sa.Column("speakers", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("claim", name="pk_claims"),
        sa.ForeignKeyConstraint(["document"], ["documents.document"], name="fk_claims_document"),
    )
    op.create_index("ix_claims_document", "claims", ["document"])
    op.create_index("ix_claims_act", "claims", ["act"])
    op.create_index("ix_claims_voice", "claims", ["voice"])
    op.create_table(
        "links",
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("left", sa.Text, nullable=False),
        sa.Column("right", sa.Text, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("link", name="pk_links"),
    )
    op.create_index("ix_links_kind_score", "links", ["kind", "score"])
    op.create_index("ix_links_left", "links", ["left"])
    op.create_index("ix_links_right", "links", ["right"])


def _make_passages() -> None:
    op.create_table(
        "passages",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_passages"),
        sa.ForeignKeyConstraint(["document"], ["documents.document"], name="fk_passages_document"),
    )
    op.create_index("ix_passages_document", "passages", ["document"])
