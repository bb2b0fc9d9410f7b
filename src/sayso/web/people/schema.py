"""The tables of a people file. Moments are Unix times in seconds; secrets are digests, `totp_*` excepted.

One file may serve several desks: people are the file's, roles, sessions and tokens are a case's.
"""

from typing import Final

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

VERSION: Final = 1  # of these tables, as the file's `user_version`
MARK: Final = 0x73617970  # the file's `application_id`: "sayp"

people = Table(
    "people",
    metadata,
    Column("person", Text, primary_key=True),
    Column("name", Text, nullable=False),  # as the log has it
    Column("folded", Text, nullable=False, unique=True),  # by which it is found
    Column("password", Text),  # Argon2id with its parameters; None: not chosen yet
    Column("totp_secret", Text),  # base 32; None: no second factor
    Column("totp_offered", Text),  # a secret that is not confirmed by a code yet
    Column("offered_at", Float),
    Column("offered_in", Text),  # the session that alone may confirm it
    Column("totp_step", Integer),  # of the last code that was taken: none is taken twice
    Column("made_at", Float, nullable=False),
    Column("disabled_at", Float),
    Column("signed_in_at", Float),
)

cases = Table(
    "cases",
    metadata,
    Column("case", Text, primary_key=True),  # the hash of the first entry of its log
    Column("title", Text, nullable=False),
)

roles = Table(
    "roles",
    metadata,
    Column("person", ForeignKey(people.c.person), primary_key=True),
    Column("case", ForeignKey(cases.c.case), primary_key=True),
    Column("role", Text, nullable=False),
    Index(None, "case"),
)

# A link by which a person chooses a password, once.
invitations = Table(
    "invitations",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("person", ForeignKey(people.c.person), nullable=False),
    Column("ends_at", Float, nullable=False),
    Index(None, "person"),
)

recovery = Table(
    "recovery",
    metadata,
    Column("person", ForeignKey(people.c.person), primary_key=True),
    Column("digest", Text, primary_key=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("session", Text, primary_key=True),  # by which it is named, no secret
    Column("person", ForeignKey(people.c.person), nullable=False),
    Column("case", ForeignKey(cases.c.case), nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("before", Text),  # the secret before this one, for requests that were under way
    Column("opened_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),  # when the secret was made
    Column("taken_at", Float),  # when the secret came back for the first time
    Column("address", Text, nullable=False),
    Column("browser", Text, nullable=False),
    Index(None, "before"),
    Index(None, "person"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token", Text, primary_key=True),  # by which it is named, no secret
    Column("person", ForeignKey(people.c.person), nullable=False),
    Column("case", ForeignKey(cases.c.case), nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("scope", Text, nullable=False),  # read or write
    Column("made_at", Float, nullable=False),
    Column("ends_at", Float, nullable=False),
    Column("used_at", Float),
    UniqueConstraint("person", "case", "label"),
)

# How often signing in failed, by name and by address.
tries = Table(
    "tries",
    metadata,
    Column("key", Text, primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("last_at", Float, nullable=False),
    Column("until", Float, nullable=False),  # nobody is asked again before
    Index(None, "last_at"),
)

events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", Float, nullable=False),
    Column("case", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("who", Text, nullable=False),  # a name; "" where nobody was known
    Column("whom", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("address", Text, nullable=False),
    Index(None, "case", "number"),
)

# What happened stays: the database itself refuses to change or erase it.
TRIGGERS: Final = tuple(
    f"CREATE TRIGGER events_no_{change} BEFORE {change} ON events"
    " BEGIN SELECT RAISE(ABORT, 'events are only added'); END"
    for change in ("UPDATE", "DELETE")
)
