"""How people, sessions and what happened are told on pages."""

import re
from datetime import UTC, datetime
from typing import Final

from sayso.web.people.events import Act, Event
from sayso.web.people.members import Member

_BROWSERS: Final = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chromium"))
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_TOLD: Final[dict[Act, str]] = {
    "signed-in": "signed in",
    "not-signed-in": "was not let in",
    "signed-out": "signed out",
    "invited": "invited",
    "joined": "chose a password by the link",
    "role": "gave another role to",
    "removed": "removed",
    "disabled": "shut out",
    "enabled": "let in again",
    "password": "changed the password",
    "code-on": "set up the second factor",
    "code-off": "took the second factor away",
    "code-spent": "used a code from paper",
    "codes-renewed": "made new codes for paper",
    "token-made": "made a token",
    "token-ended": "ended a token",
    "sessions-ended": "ended the sessions of",
    "session-stolen": "An old secret was said again, so the session was ended:",
    "not-allowed": "asked for what the role does not allow:",
}
# Where somebody did it to another.
_TO_ANOTHER: Final[dict[Act, str]] = {
    "code-off": "took the second factor from",
    "token-made": "made a token for",
}
# Reasons that mean somebody may be trying.
GRAVE: Final = frozenset({"not-signed-in", "session-stolen"})
# A terminal obeys them, ends a line at them, or turns the rest of it around.
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def line(words: str) -> str:
    """Return words as one line that a terminal shows as it is: strangers choose what is kept of them."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", words)


def moment(at: float | None) -> str:
    """Say a Unix time; "never" for none."""
    return "never" if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")


def browser(said: str) -> str:
    """Say in two words what a browser calls itself."""
    named = next((name for mark, name in _BROWSERS if mark in said), None)
    program = named or ("Safari" if "Safari/" in said else "a program")
    system = next((name for mark, name in _SYSTEMS if mark in said), "")
    return f"{program} on {system}" if system else program


def state(member: Member) -> str:
    """Say whether a person can come in."""
    if member.account.disabled_at is not None:
        return "shut out"
    if not member.account.has_password:
        return "invited" if member.invited else "invitation is over"
    return "active"


def told(event: Event) -> str:
    """Say what happened, after the name of who did it."""
    words = [(_TO_ANOTHER if event.whom else _TOLD).get(event.act, _TOLD[event.act])]
    if event.whom and event.whom != event.who:
        words.append(event.whom)
    elif event.act == "sessions-ended":
        words.append("their own")
    details = {"password": "wrong password", "code": "wrong code"}.get(event.details, event.details)
    if details:
        words.append(details if event.act == "not-allowed" else f"({details})")
    return " ".join(words)
