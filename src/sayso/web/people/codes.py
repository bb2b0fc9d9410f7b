"""The second factor: codes of an authenticator app (RFC 6238), and codes on paper for when it is lost."""

import hmac
import io
import re
import secrets
from base64 import b32encode
from typing import Final

import pyotp
import segno

STEP: Final = 30  # seconds that a code is shown for
_AROUND: Final = 1  # steps before and after, for clocks that differ (RFC 6238, 5.2)
_ISSUER: Final = "sayso"
RECOVERY_CODES: Final = 10
_RECOVERY_BYTES: Final = 10  # 80 bits: SHA-256 of it is enough
_NOISE: Final = re.compile(r"[\s-]+")
LONGEST: Final = 64  # characters of a code as somebody may type it


def new_secret() -> str:
    """Return a secret of 160 bits, as long as RFC 4226 recommends."""
    return pyotp.random_base32()


def taken_step(secret: str, typed: str, *, now: float, last: int | None) -> int | None:
    """Return the time step whose code was typed, or None; no step counts again after the last one taken.

    `now` is a Unix time in seconds.
    """
    code = plain(typed)
    current = int(now) // STEP
    found = None
    for step in range(current - _AROUND, current + _AROUND + 1):
        right = hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), code.encode())
        if right and (last is None or step > last):
            found = step
    return found


def plain(typed: str) -> str:
    """Return a code without the blanks and hyphens that people type or are shown."""
    return _NOISE.sub("", typed[:LONGEST]).lower().encode("ascii", "replace").decode()


def address(secret: str, *, name: str, case: str) -> str:
    """Return the `otpauth:` address that an authenticator app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=f"{_ISSUER} {case}".replace(":", " "))


def picture(address: str) -> bytes:
    """Return an address as a QR code in SVG, dark on light whatever the page's colours are."""
    drawn = io.BytesIO()
    segno.make(address, micro=False).save(drawn, kind="svg", scale=5, dark="#000", light="#fff")
    return drawn.getvalue()


def new_recovery_codes() -> tuple[str, ...]:
    """Return codes for paper, each of which works once in the place of the app's."""
    return tuple(_in_groups(b32encode(secrets.token_bytes(_RECOVERY_BYTES))) for _ in range(RECOVERY_CODES))


def _in_groups(encoded: bytes) -> str:
    letters = encoded.decode("ascii").lower()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
