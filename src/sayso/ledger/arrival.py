"""What comes to the ledger from one file."""

import msgspec

from sayso.core.reading import Reading
from sayso.core.records import Capture, Problem


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """One file: its name, its capture, what was read in it, what went wrong.

    Without a capture nothing of the file is kept but its problems.
    """

    origin: str
    capture: Capture | None = None
    readings: tuple[Reading, ...] = ()
    problems: tuple[Problem, ...] = ()
