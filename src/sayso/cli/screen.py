"""The two consoles, and the words that may reach them."""

import re

from rich.console import Console
from rich.text import Text

from sayso.core.errors import SaysoError

FAINT = "dim"
GOOD = "green"
WEAK = "yellow"
BAD = "bold red"
STRONG = "bold"
MARKED = "bold cyan"

# Texts come from strangers. A terminal obeys C0 and C1 controls, and a bidirectional override turns the
# rest of the line around; letters of right-to-left scripts need none of them to be shown.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")


def safe(words: str) -> str:
    """Return the words with a visible sign in the place of each control character."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", words.replace("\r\n", "\n"))


def line(words: str | None, *, most: int = 0, style: str = "") -> Text:
    """Return words of a document as one line that is shown as it is: no markup, no controls.

    `most` cuts after that many characters (0: never) and says so with an ellipsis.
    """
    flat = safe(_SPACE.sub(" ", words or "").strip())
    if most and len(flat) > most:
        flat = flat[: most - 1].rstrip() + "…"
    return Text(flat, style=style)


class _Console(Console):
    """A console that leaves a closed pipe to `main`, which knows the exit code for it."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def out() -> Console:
    """Return the console for what was asked for."""
    return _Console(highlight=False, markup=False, emoji=False)


def messages() -> Console:
    """Return the console for progress and messages."""
    return _Console(stderr=True, highlight=False, markup=False, emoji=False)


def say(words: str, *, style: str = "") -> None:
    """Tell the person something that is not the answer itself."""
    messages().print(safe(words), style=style or None, soft_wrap=True)


def say_error(error: SaysoError) -> None:
    """Say what went wrong, its stable code, and what to do next."""
    told = Text.assemble(("error: ", BAD), safe(error.message), (f" ({error.code})", FAINT))
    messages().print(told, soft_wrap=True)
    if error.hint:
        messages().print(safe(f"  {error.hint}"), soft_wrap=True)
