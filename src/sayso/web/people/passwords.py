"""Passwords: how they are kept, how one is compared, and which are refused."""

import unicodedata
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from sayso.core.errors import BadInput

# Argon2id with 19 MiB, two passes, one lane: OWASP's Password Storage Cheat Sheet.
_MEMORY_KIB: Final = 19 * 1024
_PASSES: Final = 2
_LANES: Final = 1
# So many at once: whoever sends many must not take all of the machine's memory.
_AT_ONCE: Final = 4

SHORTEST: Final = 15  # code points of a password that may stand alone: NIST SP 800-63B-4, 3.1.1.2
LONGEST: Final = 1000  # hashing takes no longer for it, reading a form does
_FEWEST: Final = 6  # different characters


class Passwords:
    """Keeps and compares passwords. One that nobody has takes as long to refuse as a wrong one."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(
            time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=_LANES
        )
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._nobodys = self.kept("a password that nobody has")

    def kept(self, password: str) -> str:
        """Return what is kept of a password: its hash with salt and parameters."""
        with self._turns:
            return self._hasher.hash(_prepared(password))

    def is_right(self, kept: str | None, password: str) -> bool:
        """Tell whether a password is the one that was kept; without any, the same work is done."""
        with self._turns:
            try:
                self._hasher.verify(kept or self._nobodys, _prepared(password))
            except VerifyMismatchError:
                return False
        return kept is not None

    def is_dated(self, kept: str) -> bool:
        """Tell whether it was kept with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)


def checked(password: str, repeated: str, *, name: str) -> str:
    """Return a password that somebody chose; raises BadInput for one that is too easily guessed."""
    if password != repeated:
        raise BadInput("not-repeated", "the two passwords are not the same", hint="type the same twice")
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(
            "bad-password",
            f"a password has {SHORTEST} to {LONGEST} characters",
            hint="four or five words that do not belong together are easy to keep in mind",
        )
    folded = password.casefold()
    if len(set(folded)) < _FEWEST or name.casefold() in folded:
        raise BadInput(
            "bad-password",
            "this password is easily guessed",
            hint="leave your name out, and do not repeat a few characters",
        )
    return password


def _prepared(password: str) -> bytes:
    """Return the same bytes for what is the same to whoever types it (NIST SP 800-63B-4, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password[:LONGEST]).encode("utf-8", "surrogatepass")
