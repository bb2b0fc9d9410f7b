"""The tables of a ledger: every record once as canonical JSON, and what the product filters by beside it.

`records` is the truth. `captures`, `documents`, `claims`, `roles`, `links`, `judgements` and `passages` are
computed from it, so that a filter needs no JSON; `sayso verify` computes them again and compares. `log` is
append-only. `linkers`, `seen`, `counts`, `shelves` and `meanings` are what linkers look candidates up in:
they say nothing that the records do not, and a linker of another version starts with none of it. The same
goes for `reviews`, `review_words` and `review_counts`, in which fact-checks are looked up by their words.
`listed`, `terms`, `judged_links` and `concluded` are what lists of claims are filtered, sorted and searched
by; they too are computed, and compared by `sayso verify`. So are the counts of `tallied_days`,
`tallied_parties`, `tallied_pairs`, `tallied_outlets` and `party_forms`, the places in `stands`, and
`listed_parties` and `party_names`, by which lists of parties are sorted and namesakes found.

The same tables serve SQLite and PostgreSQL; the index for full-text search is each database's own
(`ledger.fulltext`).
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
    PrimaryKeyConstraint,
    Table,
    text,
)

from sayso.ledger.values import Words

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
    Column("at", Words, nullable=False),  # ISO 8601, UTC
    Column("who", Words, nullable=False),
    Column("act", Words, nullable=False),
    Column("details", Words, nullable=False),  # canonical JSON
    Column("previous", Words, nullable=False),
    Column("hash", Words, nullable=False),
)

# One row that says where the log ends: without it, cutting off the last entry would leave no trace.
log_head = Table(
    "log_head",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("hash", Words, nullable=False),
)

records = Table(
    "records",
    metadata,
    Column("id", Words, primary_key=True),
    # The document it was read from, or "" for what belongs to none. A party that two documents name has a row
    # for each: what the ledger holds does not depend on which of the two came first.
    Column("document", Words, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("body", Words, nullable=False),  # canonical JSON
    Column("digest", Words, nullable=False),  # SHA-256 of the body
    Column("run", Words),
    Column("entry", ForeignKey(log.c.number), nullable=False),  # the log entry that stored it
    Index(None, "kind"),
    Index(None, "document"),
    Index(None, "entry"),
)

captures = Table(
    "captures",
    metadata,
    Column("capture", Words, primary_key=True),
    Column("sha256", Words, nullable=False),
    Column("origin", Words, nullable=False),
    Index(None, "sha256"),
)

documents = Table(
    "documents",
    metadata,
    Column("document", Words, primary_key=True),
    Column("capture", ForeignKey(captures.c.capture), nullable=False),
    Column("origin", Words, nullable=False),  # the capture's, and the part's own id
    Column("published", Words),  # ISO 8601 day
    # Folded, who published or signed it; empty: nobody says so.
    Column("outlet", Words, nullable=False, server_default=""),
    Index(None, "capture"),
    Index("ix_documents_outlet_published", "outlet", "published").ddl_if(dialect="sqlite"),
    Index("ix_documents_outlet", "outlet", postgresql_using="hash").ddl_if(dialect="postgresql"),
    # PostgreSQL indexes no value of more than 2,700 bytes, and an origin may be longer.
    Index("ix_documents_published_origin", "published", "origin").ddl_if(dialect="sqlite"),
    Index("ix_documents_published", "published").ddl_if(dialect="postgresql"),
)

claims = Table(
    "claims",
    metadata,
    Column("claim", Words, primary_key=True),
    Column("document", ForeignKey(documents.c.document), nullable=False),
    Column("act", Words, nullable=False),
    Column("voice", Words, nullable=False),  # of the innermost attribution
    Column(
        "speakers", Words, nullable=False
    ),  # folded names, a line for each cited voice of the source chain
    Column("target", Words, nullable=False),  # folded name, or ""
    Index("ix_claims_document_voice", "document", "voice"),
    Index(None, "act"),
    Index(None, "voice"),
)

# Which of the machine's parties has which part in a claim; what people judge about parties is applied to it.
roles = Table(
    "roles",
    metadata,
    Column("claim", ForeignKey(claims.c.claim), primary_key=True),
    Column("role", Words, primary_key=True),  # speaker, teller, outlet or target: `ledger.rows` says which
    Column("party", Words, primary_key=True),
    Index(None, "party", "role"),
)

links = Table(
    "links",
    metadata,
    Column("link", Words, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("left", Words, nullable=False),
    Column("right", Words, nullable=False),
    Column("score", Float, nullable=False),
    Index("ix_links_kind_score_link", "kind", text("score DESC"), "link"),
    Index(None, "left"),
    Index(None, "right"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("judgement", Words, primary_key=True),
    Column("left", Words, nullable=False),
    Column("right", Words, nullable=False),
    Column("judged", Words, nullable=False),  # positive, negative or unsure
    Column("supersedes", Words),  # the judgement that no longer stands
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
    Column("words", Words, nullable=False),  # folded, one blank between two
    Index(None, "document"),
)

linkers = Table(
    "linkers",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("linker", Words, nullable=False),  # name, version and model
    Column("entry", Integer, nullable=False),  # it has linked all that was stored up to this log entry
    Column("lots", Integer, nullable=False),  # that it has linked: two runs at once notice each other
    Index(None, "linker", unique=True),
)

# What a linker has linked of what was stored after the entry up to which it has linked all.
seen = Table(
    "seen",
    metadata,
    Column("linker", ForeignKey(linkers.c.number), primary_key=True),
    Column("document", Words, primary_key=True),
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
    Column("claim", Words, nullable=False),
    Column("words", BigInteger, nullable=False),  # the first 64 bits of a hash of them
    Index(None, "words", unique=True),
)

# Published fact-checks, numbered in the order in which they came.
reviews = Table(
    "reviews",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1, without a gap
    Column("review", Words, nullable=False),
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
    Column("words", Words, nullable=False),  # its own, folded, one blank between two
    Column("marks", Words, nullable=False),  # what it is filtered by, a word each
    Index(None, "claim", unique=True),
    Index(None, "worth", "number"),
)

# The names that claims are filtered by, each once: speakers, targets, places, outlets and parties' ids.
terms = Table(
    "terms",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1, without a gap
    Column("kind", Words, nullable=False),
    Column("folded", Words, nullable=False),
    Column("name", Words, nullable=False),  # as the first claim that brought it writes it
    # As above; only who holds the write lock gives names numbers, so that each has one without the index too.
    Index("ix_terms_kind_folded", "kind", "folded", unique=True).ddl_if(dialect="sqlite"),
    Index("ix_terms_folded", "folded", postgresql_using="hash").ddl_if(dialect="postgresql"),
)

# The links that a judgement stands on, their mirrors too where the kind has no direction.
judged_links = Table(
    "judged_links",
    metadata,
    Column("link", Words, primary_key=True),
    Column("judged", Words, nullable=False),
)

# The verdict that stands on a claim.
concluded = Table(
    "concluded",
    metadata,
    Column("claim", ForeignKey(claims.c.claim), primary_key=True),
    Column("verdict", Words, nullable=False),
    Column("rating", Words, nullable=False),
)

# How many claims there are, and how many of them are aimed at somebody who is named (`ledger.tallies`).
tallied_days = Table(
    "tallied_days",
    metadata,
    Column("day", Words, primary_key=True),  # ISO 8601; empty: not dated
    Column("act", Words, primary_key=True),
    Column("voice", Words, primary_key=True),
    Column("claims", Integer, nullable=False),
    Column("aimed", Integer, nullable=False),
    sqlite_with_rowid=False,
)

tallied_parties = Table(
    "tallied_parties",
    metadata,
    # Ten days, a month or a year, as an ISO 8601 day begins: 2031-05-1, 2031-05, 2031. "*": all time.
    Column("period", Words, primary_key=True),
    Column("side", Words, primary_key=True),  # speaker or target
    Column("act", Words, primary_key=True),  # "*": any
    Column("voice", Words, primary_key=True),  # "*": any
    Column("party", Words, primary_key=True),
    Column("claims", Integer, nullable=False),
    Column("aimed", Integer, nullable=False),
    sqlite_with_rowid=False,
)

tallied_pairs = Table(
    "tallied_pairs",
    metadata,
    Column("speaker", Words, primary_key=True),
    Column("target", Words, primary_key=True),
    Column("period", Words, primary_key=True),  # as above
    Column("act", Words, primary_key=True),
    Column("voice", Words, primary_key=True),
    Column("claims", Integer, nullable=False),
    sqlite_with_rowid=False,
)

tallied_outlets = Table(
    "tallied_outlets",
    metadata,
    Column("outlet", Words, nullable=False),  # folded; empty: documents that name nobody
    Column("documents", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("own", Integer, nullable=False),  # of these in its own voice
    # As above: an outlet's name has no bound, and only who holds the write lock adds one.
    PrimaryKeyConstraint("outlet").ddl_if(dialect="sqlite"),
    Index("ix_tallied_outlets_outlet", "outlet", postgresql_using="hash").ddl_if(dialect="postgresql"),
    sqlite_with_rowid=False,
)

# What documents say of a party, each different saying once: most say the same.
party_forms = Table(
    "party_forms",
    metadata,
    Column("party", Words, primary_key=True),
    Column("digest", Words, primary_key=True),  # SHA-256 of the record's body
    Column("body", Words, nullable=False),
    Column("documents", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# The machine's parties in the order of their list.
listed_parties = Table(
    "listed_parties",
    metadata,
    Column("party", Words, primary_key=True),
    Column("claims", Integer, nullable=False),  # of which it is the innermost voice
    Column("name", Words, nullable=False),  # how the fullest that documents give it begins
    Index("ix_listed_parties_claims_name_party", text("claims DESC"), "name", "party"),
)

# What parties are called, so that those with one name are found.
party_names = Table(
    "party_names",
    metadata,
    Column("key", BigInteger, primary_key=True),  # the first 64 bits of a hash of the folded name
    Column("full", Integer, primary_key=True),  # 1: some document calls it so in full; 0: in full or in short
    Column("party", Words, primary_key=True),
    sqlite_with_rowid=False,
)

# Where the claims of a document stand in its text, so that a part of it is read without the others.
stands = Table(
    "stands",
    metadata,
    Column("document", Words, primary_key=True),
    Column("start", Integer, primary_key=True),  # of all of its words: code points into the text, half open
    Column("end", Integer, primary_key=True),
    Column("claim", Words, primary_key=True),
    sqlite_with_rowid=False,
)
