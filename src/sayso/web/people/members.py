"""People and their roles: found by name, added, given a role, shut out."""

import secrets
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from sayso.core.errors import BadInput, NotFound
from sayso.web.door import digest
from sayso.web.people import schema
from sayso.web.roles import Role

_MOST_NAME: Final = 80
_INVITED: Final = 7 * 24 * 60 * 60  # seconds that an invitation holds
_BYTES: Final = 32


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the file, without anything that could let somebody in."""

    id: str
    name: str
    has_password: bool
    has_codes: bool  # a second factor
    disabled_at: float | None
    signed_in_at: float | None


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A person with their role in a case."""

    account: Account
    case: str
    title: str  # of the case
    role: Role
    elsewhere: bool  # has a role in another case too
    invited: bool  # an invitation is open


def checked_name(name: str) -> str:
    """Return a name as the log will have it, one blank between two words; raises BadInput for none."""
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not kept or len(kept) > _MOST_NAME or not kept.isprintable():
        raise BadInput(
            "bad-name",
            f"a name has 1 to {_MOST_NAME} characters that can be seen",
            hint="take the name that the log is to have",
        )
    return kept


def folded(name: str) -> str:
    """Return a name as it is looked up: case, width and blanks make no difference."""
    return " ".join(unicodedata.normalize("NFKC", name[: 4 * _MOST_NAME]).casefold().split())


def row_of(connection: Connection, name: str) -> Row[Any] | None:
    """Return the row of whoever has a name."""
    wanted = schema.people.c.folded == folded(name)
    return connection.execute(select(schema.people).where(wanted)).one_or_none()


def need(connection: Connection, person: str) -> Row[Any]:
    """Return a person's row by their id; raises NotFound."""
    row = connection.execute(select(schema.people).where(schema.people.c.person == person)).one_or_none()
    if row is None:
        raise NotFound("no-person", "nobody here is that", hint="the page of people lists them")
    return row


def need_named(connection: Connection, name: str) -> Row[Any]:
    """Return a person's row by their name; raises NotFound."""
    row = row_of(connection, name)
    if row is None:
        raise NotFound("no-person", f"nobody is called {name}", hint="`sayso people FILE list` lists them")
    return row


def account(row: Row[Any]) -> Account:
    """Return what may be shown of a row."""
    return Account(
        id=row.person,
        name=row.name,
        has_password=row.password is not None,
        has_codes=row.totp_secret is not None,
        disabled_at=row.disabled_at,
        signed_in_at=row.signed_in_at,
    )


def added(connection: Connection, name: str, *, now: float) -> str:
    """Return the id of whoever has a name; nobody yet: a new person has it."""
    kept = checked_name(name)
    row = row_of(connection, kept)
    if row is not None:
        return str(row.person)
    person = secrets.token_hex(8)
    connection.execute(
        insert(schema.people).values(person=person, name=kept, folded=folded(kept), made_at=now)
    )
    return person


def known_case(connection: Connection, case: str, title: str) -> None:
    """Keep what a case is called."""
    row = {"case": case, "title": title}
    connection.execute(insert_or(schema.cases).values(row).on_conflict_do_update(["case"], set_=row))


def role_of(connection: Connection, person: str, case: str) -> Role | None:
    """Return a person's role in a case; None where they have none."""
    table = schema.roles.c
    found: Role | None = connection.execute(
        select(table.role).where(table.person == person, table.case == case)
    ).scalar_one_or_none()
    return found


def give_role(connection: Connection, person: str, case: str, role: Role) -> None:
    """Give a person a role in a case; raises BadInput when the case would be left without an admin."""
    if role != "admin":
        _keep_an_admin(connection, person, case)
    row = {"person": person, "case": case, "role": role}
    connection.execute(
        insert_or(schema.roles).values(row).on_conflict_do_update(["person", "case"], set_=row)
    )


def take_role(connection: Connection, person: str, case: str) -> None:
    """Take a person's role in a case; raises as `give_role` does."""
    _keep_an_admin(connection, person, case)
    table = schema.roles.c
    connection.execute(delete(schema.roles).where(table.person == person, table.case == case))


def disable(connection: Connection, person: str, *, now: float) -> None:
    """Shut a person out of every case; raises as `give_role` does."""
    cases = select(schema.roles.c.case).where(schema.roles.c.person == person)
    for case in connection.execute(cases).scalars().all():
        _keep_an_admin(connection, person, case)
    connection.execute(update(schema.people).where(schema.people.c.person == person).values(disabled_at=now))


def enable(connection: Connection, person: str) -> None:
    """Let a person in again."""
    connection.execute(update(schema.people).where(schema.people.c.person == person).values(disabled_at=None))


def has_other_case(connection: Connection, person: str, case: str) -> bool:
    """Tell whether a person has a role in another case."""
    table = schema.roles.c
    wanted = select(func.count()).where(table.person == person, table.case != case)
    return connection.execute(wanted).scalar_one() > 0


def listed(connection: Connection, *, now: float, case: str | None = None) -> Iterator[Member]:
    """Yield people with their roles, in one case or in all, by name."""
    wanted = _MEMBERS if case is None else _MEMBERS.where(schema.roles.c.case == case)
    open_now = set(
        connection.execute(
            select(schema.invitations.c.person).where(schema.invitations.c.ends_at > now)
        ).scalars()
    )
    many = select(schema.roles.c.person).group_by(schema.roles.c.person).having(func.count() > 1)
    elsewhere = set(connection.execute(many).scalars())
    for row in connection.execute(wanted):
        yield Member(
            account=account(row),
            case=row.case,
            title=row.title,
            role=row.role,
            elsewhere=row.person in elsewhere,
            invited=row.person in open_now,
        )


def invite(connection: Connection, person: str, *, now: float) -> str:
    """Return the secret of a link by which a person chooses a password; earlier links are void."""
    secret = secrets.token_urlsafe(_BYTES)
    table = schema.invitations
    connection.execute(delete(table).where((table.c.person == person) | (table.c.ends_at < now)))
    connection.execute(insert(table).values(digest=digest(secret), person=person, ends_at=now + _INVITED))
    return secret


def invited(connection: Connection, secret: str, *, now: float) -> Row[Any] | None:
    """Return the row of whom a link is for; None for one that is void, and for somebody shut out."""
    table = schema.invitations.c
    wanted = (
        select(schema.people)
        .join(schema.invitations)
        .where(table.digest == digest(secret), table.ends_at > now, schema.people.c.disabled_at.is_(None))
    )
    return connection.execute(wanted).one_or_none()


def void_invitations(connection: Connection, person: str) -> None:
    """Let no link of a person's work any more."""
    connection.execute(delete(schema.invitations).where(schema.invitations.c.person == person))


def _keep_an_admin(connection: Connection, person: str, case: str) -> None:
    if role_of(connection, person, case) != "admin":
        return
    table = schema.roles.c
    others = (
        select(func.count())
        .select_from(schema.roles.join(schema.people))
        .where(
            table.case == case,
            table.role == "admin",
            table.person != person,
            schema.people.c.disabled_at.is_(None),
        )
    )
    if connection.execute(others).scalar_one() == 0:
        raise BadInput(
            "last-admin", "this case would have no admin left", hint="make somebody else an admin first"
        )


_MEMBERS: Final[Select[Any]] = (
    select(schema.people, schema.roles.c.role, schema.cases.c.case, schema.cases.c.title)
    .select_from(schema.people.join(schema.roles).join(schema.cases))
    .order_by(schema.cases.c.title, schema.cases.c.case, schema.people.c.folded)
)
