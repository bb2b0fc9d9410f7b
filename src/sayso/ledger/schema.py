"""The tables of a ledger: every record once as canonical JSON, and what the product filters by beside it.

`records` is the truth. `captures`, `documents`, `claims`, `roles`, `links`, `judgements` and `passages` are
computed from it, so that a filter needs no JSON; `sayso verify` computes them again and compares. `log` is
append-only.
"""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

log = Table(
    "log",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1, without a gap
    Column("at", Text, nullable=False),  # ISO 8601, UTC
    Column("who", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("details", Text, nullable=False),  # canonical JSON
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

# One row that says where the log ends: without it, cutting off the last entry would leave no trace.
log_head = Table(
    "log_head",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("hash", Text, nullable=False),
)

records = Table(
    "records",
    metadata,
    Column("id", Text, primary_key=True),
    # The document it was read from, or "" for what belongs to none. A party that two documents name has a row
    # for each: what the ledger holds does not depend on which of the two came first.
    Column("document", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),  # canonical JSON
    Column("digest", Text, nullable=False),  # SHA-256 of the body
    Column("run", Text),
    Column("entry", ForeignKey(log.c.number), nullable=False),  # the log entry that stored it
    Index(None, "kind"),
    Index(None, "document"),
    Index(None, "entry"),
)

captures = Table(
    "captures",
    metadata,
    Column("capture", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Index(None, "sha256"),
)

documents = Table(
    "documents",
    metadata,
    Column("document", Text, primary_key=True),
    Column("capture", ForeignKey(captures.c.capture), nullable=False),
    Column("origin", Text, nullable=False),  # the capture's, and the part's own id
    Column("published", Text),  # ISO 8601 day
    Index(None, "capture"),
    Index(None, "published", "origin"),
)

claims = Table(
    "claims",
    metadata,
    Column("claim", Text, primary_key=True),
    Column("document", ForeignKey(documents.c.document), nullable=False),
    Column("act", Text, nullable=False),
    Column("voice", Text, nullable=False),  # of the innermost attribution
    Column("speakers", Text, nullable=False),  # folded names, a line for each cited voice of the source chain
    Column("target", Text, nullable=False),  # folded name, or ""
    Index(None, "document"),
    Index(None, "act"),
    Index(None, "voice"),
)

# Which of the machine's parties has which part in a claim; what people judge about parties is applied to it.
roles = Table(
    "roles",
    metadata,
    Column("claim", ForeignKey(claims.c.claim), primary_key=True),
    Column("role", Text, primary_key=True),  # speaker, teller, outlet or target: `ledger.rows` says which
    Column("party", Text, primary_key=True),
    Index(None, "party", "role"),
)

links = Table(
    "links",
    metadata,
    Column("link", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("left", Text, nullable=False),
    Column("right", Text, nullable=False),
    Column("score", Float, nullable=False),
    Index(None, "kind", "score"),
    Index(None, "left"),
    Index(None, "right"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("judgement", Text, primary_key=True),
    Column("left", Text, nullable=False),
    Column("right", Text, nullable=False),
    Column("judged", Text, nullable=False),  # positive, negative or unsure
    Column("supersedes", Text),  # the judgement that no longer stands
    Index(None, "left"),
    Index(None, "right"),
    Index(None, "supersedes"),
)

passages = Table(
    "passages",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("document", ForeignKey(documents.c.document), nullable=False),
    Column("start", Integer, nullable=False),  # code points into the document's text, half open
    Column("end", Integer, nullable=False),
    Column("words", Text, nullable=False),  # folded, one blank between two
    Index(None, "document"),
)
