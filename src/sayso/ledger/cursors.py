"""Cursors: where a page of a list ended, as one opaque word that a program or a link can carry."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress

import msgspec

from sayso.core.errors import BadInput

_LONGEST = 4096


def written(*key: str) -> str:
    """Return the cursor for the sort key of a page's last row."""
    return urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def read(cursor: str, width: int) -> tuple[str, ...]:
    """Return the `width` parts of the sort key in a cursor; raises BadInput when it is none."""
    key: tuple[str, ...] = ()
    if len(cursor) <= _LONGEST and cursor.isascii():
        with suppress(ValueError):
            packed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            key = msgspec.json.decode(packed, type=tuple[str, ...])
    if len(key) != width:
        raise no_cursor()
    return key


def no_cursor() -> BadInput:
    """Return the error for what is not where a page ended."""
    return BadInput(
        "bad-cursor",
        "this is not where a page ended",
        hint="take `after` from the page before, or leave it out",
    )
