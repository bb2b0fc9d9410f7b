"""Passwords: how they are kept, how one is compared, and which are refused."""

import re
import unicodedata
from itertools import pairwise
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
_FEWEST: Final = 6  # different characters, beside words and rows that everybody tries first
_SHORTEST_NAME: Final = 4  # a shorter one stands in many words by chance

# NIST SP 800-63B-4, 3.1.1.2 asks for a list of what is commonly used. Of lists of leaked passwords hardly any
# entry has 15 characters, so what counts here is what long ones are put together from.
_COMMON: Final = re.compile(
    "password|passwort|passw0rd|p@ssw0rd|motdepasse|contraseña|contrasena|senha|parola|пароль|wachtwoord"
    "|letmein|welcome|iloveyou|trustno1|changeme|default|secret|admin|administrator|login|master|access"
    "|monkey|dragon|sunshine|princess|football|baseball|superman|batman|shadow|michael|jordan|whatever"
    "|starwars|pokemon|hello|freedom|ninja|mustang|charlie|computer|internet|sayso"
)
_ROWS: Final = (
    "12345678901", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl",
    "qsdfghjklm", "zxcvbnm", "yxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю",
    "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn", "qazwsxedcrfvtgbyhnujmikolp",
)  # fmt: skip
_BESIDE: Final = frozenset(pair for row in _ROWS for one in (row, row[::-1]) for pair in pairwise(one))
_RUN: Final = 4  # characters of a row, or the same one again, that are left out


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
    called = name.casefold()
    holds_name = len(called) >= _SHORTEST_NAME and called in folded
    if holds_name or _is_repeated(folded) or len(set(_uncommon(folded))) < _FEWEST:
        raise BadInput(
            "bad-password",
            "this password is easily guessed",
            hint="leave out your name, common passwords and rows of keys, and repeat nothing",
        )
    return password


def _is_repeated(folded: str) -> bool:
    """Tell whether a password is a shorter text over and over; the last time may be cut."""
    return any(folded.startswith(folded[period:]) for period in range(1, len(folded) // 2 + 1))


def _uncommon(folded: str) -> str:
    """Return what is left of a password without common words, rows of keys, and anything but characters."""
    rest = _COMMON.sub(" ", folded)
    kept, run = [], ""
    for one in rest:
        if run and (run[-1] == one or (run[-1], one) in _BESIDE):
            run += one
            continue
        kept.append(run if len(run) < _RUN else " ")
        run = one
    kept.append(run if len(run) < _RUN else " ")
    return "".join("".join(kept).split())


def _prepared(password: str) -> bytes:
    """Return the same bytes for what is the same to whoever types it (NIST SP 800-63B-4, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password[:LONGEST]).encode("utf-8", "surrogatepass")
