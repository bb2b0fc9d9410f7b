"""People judge parties: their judgements, and which party has which part in the claims that are there.

Written out and reading bare JSON, because a step must not change when the records or `schema.py` do.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_PARTY = re.compile(r"pty_[0-9a-f]{32}")
_ROLES = sa.table("roles", sa.column("claim"), sa.column("role"), sa.column("party"))


def upgrade() -> None:
    """Make the two tables, and fill in the roles from the stored claims."""
    _make_judgements()
    _make_roles()
    connection = op.get_bind()
    documents = connection.execute(sa.text("SELECT DISTINCT document FROM claims")).scalars().all()
    for document in documents:
        rows = [
            {"claim": claim, "role": role, "party": party}
            for claim, role, party in _roles_in(connection, document)
        ]
        if rows:
            connection.execute(sa.insert(_ROLES), rows)


def _make_judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("judgement", sa.Text, nullable=False),
        sa.Column("left", sa.Text, nullable=False),
        sa.Column("right", sa.Text, nullable=False),
        sa.Column("judged", sa.Text, nullable=False),
        sa.Column("supersedes", sa.Text),
        sa.PrimaryKeyConstraint("judgement", name="pk_judgements"),
    )
    op.create_index("ix_judgements_left", "judgements", ["left"])
    op.create_index("ix_judgements_right", "judgements", ["right"])
    op.create_index("ix_judgements_supersedes", "judgements", ["supersedes"])


def _make_roles() -> None:
    op.create_table(
        "roles",
        sa.Column("claim", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("party", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("claim", "role", "party", name="pk_roles"),
        sa.ForeignKeyConstraint(["claim"], ["claims.claim"], name="fk_roles_claim"),
    )
    op.create_index("ix_roles_party_role", "roles", ["party", "role"])


def _roles_in(connection: sa.Connection, document: str) -> dict[tuple[str, str, str], None]:
    attributions = _bodies(connection, document, "attribution")
    return {
        (claim, role, party): None
        for claim, body in _bodies(connection, document, "claim").items()
        for role, party in _roles(body, attributions)
        # What is no id was changed in the ledger: `sayso verify` says where.
        if isinstance(party, str) and _PARTY.fullmatch(party)
    }


def _bodies(connection: sa.Connection, document: str, kind: str) -> dict[str, Mapping[str, Any]]:
    wanted = "SELECT id, body FROM records WHERE document = :document AND kind = :kind"
    if kind == "claim":
        wanted += " AND id IN (SELECT claim FROM claims)"
    found = connection.execute(sa.text(wanted), {"document": document, "kind": kind})
    return {row.id: body for row in found if (body := _read(row.body)) is not None}


def _read(body: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(body)
    except (TypeError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _roles(
    claim: Mapping[str, Any], attributions: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, object]]:
    seen: set[str] = set()
    at = claim.get("attribution")
    while isinstance(at, str) and at in attributions and at not in seen:
        seen.add(at)
        attribution = attributions[at]
        cited = attribution.get("voice") != "outlet"
        if cited or len(seen) == 1:
            role = "teller" if len(seen) > 1 else "speaker" if cited else "outlet"
            yield role, _party_of(attribution.get("speaker"))
        at = attribution.get("within")
    yield "target", _party_of(claim.get("target"))


def _party_of(named: object) -> object:
    return named.get("party") if isinstance(named, dict) else None
