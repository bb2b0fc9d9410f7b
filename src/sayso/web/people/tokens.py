"""Tokens of programs: made by a person for one case, with a scope and an end, and kept as digests."""

import re
import secrets
import zlib
from typing import Final, Literal

import msgspec
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from sayso.core.errors import BadInput
from sayso.web.door import digest
from sayso.web.people import schema

Scope = Literal["read", "write"]
# Scanners for leaked secrets look for the first characters, and the last eight are a checksum (CRC-32) of
# what stands before them: no text looks like a token by chance.
_TOKEN: Final = re.compile(r"(sayso_[0-9a-f]{64})([0-9a-f]{8})")
_BYTES: Final = 32
_USED: Final = 60  # seconds between two notes of when a token was used
_DAY: Final = 24 * 60 * 60
MOST_DAYS: Final = 365
_MOST_LABEL: Final = 60
MOST_TOKENS: Final = 50  # of one person in one case


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A token as its owner sees it."""

    id: str
    label: str
    scope: Scope
    made_at: float
    ends_at: float
    used_at: float | None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """Whose token it is that a program says."""

    person: str
    label: str
    scope: Scope


def made(  # noqa: PLR0913 - what a token is
    connection: Connection, person: str, case: str, *, label: str, scope: Scope, days: int, now: float
) -> str:
    """Make a token and return it: this once. Raises BadInput for a label that is none or is taken."""
    called = checked_label(label)
    if not 1 <= days <= MOST_DAYS:
        raise BadInput("bad-days", f"a token works for 1 to {MOST_DAYS} days", hint="name another number")
    if len(listed(connection, person, case)) >= MOST_TOKENS:
        raise BadInput("many-tokens", f"there are {MOST_TOKENS} tokens already", hint="end one that is over")
    begun = f"sayso_{secrets.token_hex(_BYTES)}"
    token = begun + _checksum(begun)
    row = {
        "token": secrets.token_hex(8),
        "person": person,
        "case": case,
        "digest": digest(token),
        "label": called,
        "scope": scope,
        "made_at": now,
        "ends_at": now + days * _DAY,
    }
    try:
        connection.execute(insert(schema.tokens).values(row))
    except IntegrityError as error:
        raise BadInput(
            "label-taken", f"another token of yours is called {called}", hint="the log tells them apart by it"
        ) from error
    return token


def checked_label(label: str) -> str:
    """Return a token's label as it is kept: one line that can be read. Raises BadInput."""
    called = " ".join(label.split())
    if not called or len(called) > _MOST_LABEL or not called.isprintable():
        raise BadInput(
            "bad-label",
            f"a label has 1 to {_MOST_LABEL} characters that can be seen",
            hint="call it after the program that will use it",
        )
    return called


def looks_like_one(token: str) -> bool:
    """Tell whether a text can be a token at all: what is mistyped or cut is refused without a look-up."""
    found = _TOKEN.fullmatch(token)
    return found is not None and _checksum(found[1]) == found[2]


def said(connection: Connection, token: str, case: str, *, now: float) -> tuple[Said, bool] | None:
    """Return whose token it is, and whether `used` should be called; None for none that counts here."""
    if not looks_like_one(token):
        return None
    table = schema.tokens.c
    row = connection.execute(
        select(schema.tokens).where(table.digest == digest(token), table.case == case, table.ends_at > now)
    ).one_or_none()
    if row is None:
        return None
    is_new = row.used_at is None or now - row.used_at >= _USED
    return Said(person=row.person, label=row.label, scope=row.scope), is_new


def used(connection: Connection, token: str, *, now: float) -> None:
    """Note when a token was used."""
    here = schema.tokens.c.digest == digest(token)
    connection.execute(update(schema.tokens).where(here).values(used_at=now))


def listed(connection: Connection, person: str, case: str) -> tuple[Token, ...]:
    """Return a person's tokens in a case, the newest first; also those that are over."""
    table = schema.tokens.c
    wanted = select(schema.tokens).where(table.person == person, table.case == case)
    return tuple(
        Token(
            id=row.token,
            label=row.label,
            scope=row.scope,
            made_at=row.made_at,
            ends_at=row.ends_at,
            used_at=row.used_at,
        )
        for row in connection.execute(wanted.order_by(table.made_at.desc(), table.token))
    )


def end(connection: Connection, person: str, *, token: str | None = None, case: str | None = None) -> int:
    """End a person's tokens: one, those for a case, or all; return how many there were."""
    wanted = delete(schema.tokens).where(schema.tokens.c.person == person)
    if token is not None:
        wanted = wanted.where(schema.tokens.c.token == token)
    if case is not None:
        wanted = wanted.where(schema.tokens.c.case == case)
    return connection.execute(wanted).rowcount


def _checksum(begun: str) -> str:
    return f"{zlib.crc32(begun.encode('ascii')):08x}"
