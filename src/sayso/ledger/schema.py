"""The tables of a ledger: every record once as canonical JSON, and what the product filters by beside it.

`records` is the truth. `captures`, `documents`, `claims`, `roles`, `links`, `judgements` and `passages` are
computed from it, so that a filter needs no JSON; `sayso verify` computes them again and compares. `log` is
append-only. `linkers`, `seen`, `counts`, `shelves` and `meanings` are what linkers look candidates up in:
they say nothing that the records do not, and a linker of another version starts with none of it. The same
goes for `reviews`, `review_words` and `review_counts`, in which fact-checks are looked up by their words.
`listed`, `terms`, `judged_links` and `concluded` are what lists of claims are filtered, sorted and searched
by; they too are computed, and compared by `sayso verify`.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

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

linkers = Table(
    "linkers",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("linker", Text, nullable=False),  # name, version and model
    Column("entry", Integer, nullable=False),  # it has linked all that was stored up to this log entry
    Column("lots", Integer, nullable=False),  # that it has linked: two runs at once notice each other
    Index(None, "linker", unique=True),
)

# What a linker has linked of what was stored after the entry up to which it has linked all.
seen = Table(
    "seen",
    metadata,
    Column("linker", ForeignKey(linkers.c.number), primary_key=True),
    Column("document", Text, primary_key=True),
    sqlite_with_rowid=False,
)

counts = Table(
    "counts",
    metadata,
    Column("linker", ForeignKey(linkers.c.number), primary_key=True),
    Column("key", BigInteger, primary_key=True),  # the first 64 bits of a hash of it
    Column("counted", Integer, nullable=False),
    Column("shelved", Integer, nullable=False),  # rows in `shelves`
    sqlite_with_rowid=False,
)

shelves = Table(
    "shelves",
    metadata,
    Column("linker", ForeignKey(linkers.c.number), primary_key=True),
    Column("key", BigInteger, primary_key=True),
    Column("place", Integer, primary_key=True),  # from 0, in the order of filing
    Column("record", LargeBinary, nullable=False),  # its id: the prefix, then the hexadecimal part as bytes
    sqlite_with_rowid=False,
)

# The claims whose vectors are in the files of `ledger.nearest`; equal words are there once.
meanings = Table(
    "meanings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 0, without a gap
    Column("claim", Text, nullable=False),
    Column("words", BigInteger, nullable=False),  # the first 64 bits of a hash of them
    Index(None, "words", unique=True),
)

# Published fact-checks, numbered in the order in which they came.
reviews = Table(
    "reviews",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1, without a gap
    Column("review", Text, nullable=False),
    Index(None, "review", unique=True),
)

review_words = Table(
    "review_words",
    metadata,
    Column("key", BigInteger, primary_key=True),  # the first 64 bits of a hash of a word's stem
    Column("review", ForeignKey(reviews.c.number), primary_key=True),
    sqlite_with_rowid=False,
)

review_counts = Table(
    "review_counts",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("counted", Integer, nullable=False),  # rows in `review_words`
    sqlite_with_rowid=False,
)

# One row a claim, in the order of publication: a number begins with the document's day (`ledger.listing`).
listed = Table(
    "listed",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("claim", ForeignKey(claims.c.claim), nullable=False),
    Column("worth", Float, nullable=False),  # its check-worthiness; -1: not scored
    Column("words", Text, nullable=False),  # its own, folded, one blank between two
    Column("marks", Text, nullable=False),  # what it is filtered by, a word each
    Index(None, "claim", unique=True),
    Index(None, "worth", "number"),
)

# The names that claims are filtered by, each once: speakers, targets, places, outlets and parties' ids.
terms = Table(
    "terms",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1, without a gap
    Column("kind", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("name", Text, nullable=False),  # as the first claim that brought it writes it
    Index(None, "kind", "folded", unique=True),
)

# The links that a judgement stands on, their mirrors too where the kind has no direction.
judged_links = Table(
    "judged_links",
    metadata,
    Column("link", Text, primary_key=True),
    Column("judged", Text, nullable=False),
)

# The verdict that stands on a claim.
concluded = Table(
    "concluded",
    metadata,
    Column("claim", ForeignKey(claims.c.claim), primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("rating", Text, nullable=False),
)
