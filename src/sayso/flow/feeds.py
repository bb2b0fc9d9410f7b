"""Reads files with published fact-checks, each in the child process that limits what it may cost."""

from collections.abc import Generator, Iterable
from pathlib import Path

import msgspec

from sayso.core.records import Problem, Review
from sayso.core.settings import Limits
from sayso.flow import files
from sayso.flow.children import LimitedReaders

_READER = "sayso.exchange.claimreview:ReviewFeeds"


class FeedRead(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file."""

    origin: str  # the path or pattern as given
    sha256: str | None = None  # None: it could not be read
    reviews: tuple[Review, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_feeds(
    paths: Iterable[Path | str], limits: Limits, *, apart_from: Path | None = None
) -> Generator[FeedRead]:
    """Read files, folders and patterns one by one. `apart_from` is a folder that is passed over."""
    with LimitedReaders(limits, readers=(_READER,)) as readers:
        for path in files.expand(paths, apart_from=apart_from):
            if isinstance(path, Problem):
                yield FeedRead(origin=path.origin or "", problems=(path,))
                continue
            capture, _, found = readers.read(path)
            yield FeedRead(
                origin=str(path),
                sha256=None if capture is None else capture.sha256,
                reviews=tuple(one for one in found if isinstance(one, Review)),
                problems=tuple(one for one in found if isinstance(one, Problem)),
            )
