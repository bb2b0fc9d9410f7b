"""How often somebody may try to sign in: every further failure doubles the wait, by name and by address.

It is kept in the people file, so that a restart or a second desk forgets nothing.
"""

import ipaddress
from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from sayso.web.door import digest
from sayso.web.people import schema

_LONGEST_WAIT: Final = 15 * 60  # seconds
_FORGOTTEN: Final = 24 * 60 * 60  # seconds without a try
_NETWORK_BITS: Final = 64  # of an IPv6 address: whoever has one address has all of its network


class Key(msgspec.Struct, frozen=True):
    """What tries are counted by."""

    key: str
    free: int  # failures before anybody has to wait


def keys_of(name: str, address: str) -> tuple[Key, ...]:
    """Return what a try counts for. People behind one address share it, so more are free there.

    Of a name only its digest is kept: some type their password there.
    """
    return Key(f"name {digest(name)}", 5), Key(f"address {_network(address)}", 20)


def wait(connection: Connection, keys: Sequence[Key], *, now: float) -> float:
    """Count a try before it is made, or return the seconds to wait until one may be made.

    Counting first lets no number of simultaneous tries through; `forget` takes it back for one that was
    right.
    """
    connection.execute(delete(schema.tries).where(schema.tries.c.last_at < now - _FORGOTTEN))
    wanted = schema.tries.c.key.in_([one.key for one in keys])
    found = {row.key: row for row in connection.execute(select(schema.tries).where(wanted))}
    left = max((row.until - now for row in found.values()), default=0.0)
    if left > 0:
        return left
    for one in keys:
        failed = found[one.key].failed + 1 if one.key in found else 1
        row = {"key": one.key, "failed": failed, "last_at": now, "until": now + delay(failed, free=one.free)}
        connection.execute(insert(schema.tries).values(row).on_conflict_do_update(["key"], set_=row))
    return 0.0


def delay(failed: int, *, free: int) -> float:
    """Return the seconds to wait after so many failures: none, then 1, 2, 4 … up to a quarter of an hour."""
    if failed < free:
        return 0.0
    return float(min(2 ** min(failed - free, 20), _LONGEST_WAIT))


def forget(connection: Connection, keys: Sequence[Key]) -> None:
    """Take back what `wait` counted: a name starts anew, an address loses the one try."""
    name, *others = keys
    connection.execute(delete(schema.tries).where(schema.tries.c.key == name.key))
    for one in others:
        row = connection.execute(select(schema.tries).where(schema.tries.c.key == one.key)).one_or_none()
        if row is not None:
            left = {"failed": max(row.failed - 1, 0), "until": 0.0}
            connection.execute(schema.tries.update().where(schema.tries.c.key == one.key).values(left))


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(_without_port(address))
    except ValueError:
        return address[:100]  # a socket without addresses: all come from one place
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), _NETWORK_BITS), strict=False))
    return str(found)


def _without_port(address: str) -> str:
    """Return an address without the port that some proxies append: each connection has another."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    host, _, port = address.partition(":")
    return host if port.isdecimal() else address
