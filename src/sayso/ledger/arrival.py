"""What comes to the ledger from one file."""

import msgspec

from sayso.core.reading import Reading
from sayso.core.records import Capture, Problem, Review


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """One file: its name, its capture, what was read in it, what went wrong.

    Without a capture nothing of the file is kept but its problems.
    """

    origin: str
    capture: Capture | None = None
    readings: tuple[Reading, ...] = ()
    problems: tuple[Problem, ...] = ()
    archive: Capture | None = None  # the WARC file of the answers that brought it


class FeedArrival(msgspec.Struct, frozen=True, kw_only=True):
    """What a file brings of published fact-checks, each with the words that it is looked up by."""

    origin: str  # the file's name without its folder
    sha256: str | None  # of its bytes; None: it could not be read
    reviews: tuple[tuple[Review, tuple[str, ...]], ...]
    problems: tuple[Problem, ...] = ()
