"""Brings in pages from their addresses: the only work that touches the network, and only for these."""

import unicodedata
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import msgspec

from sayso.core.ids import sha256_hex
from sayso.core.records import Capture, Problem
from sayso.core.settings import Settings
from sayso.flow import local
from sayso.flow.children import Retrieved
from sayso.readers import fetch
from sayso.readers.fetch import PUBLIC, Fetched, FetchLimits, Network

__all__ = ["PUBLIC", "Network", "read_addresses"]

WARC = "application/warc"
_MOST_NAME = 120  # code points of a page's name that are kept


def read_addresses(
    urls: Iterable[str], settings: Settings, *, network: Network = PUBLIC
) -> Generator[local.FileRead]:
    """Fetch pages and read them, one after another; what could not be fetched is a Problem of stage "fetch".

    Each may cost what a file may: `limits.megabytes` and `limits.seconds`. `urls` is asked for the next
    address when the page before is done.
    """
    limits = FetchLimits(megabytes=settings.limits.megabytes, seconds=settings.limits.seconds)
    pages: deque[Fetched] = deque(maxlen=1)  # the one that is being read

    def fetched() -> Iterator[local.Fetched | Problem]:
        for url in urls:
            page = fetch.fetch(url, limits, network=network)
            if isinstance(page, Problem):
                yield page
                continue
            pages.append(page)
            yield local.Fetched(name=_name(page.url), content=page.content, retrieved=_retrieved(page))

    with closing(local.read_fetched(fetched(), settings)) as reading:
        for read in reading:
            if read.capture is None:
                yield read
            else:
                page = pages.pop()
                yield msgspec.structs.replace(read, origin=page.asked, archived=_archived(page))


def _retrieved(page: Fetched) -> Retrieved:
    return Retrieved(url=page.url, at=page.retrieved_at, media_type=page.media_type)


def _name(url: str) -> str:
    """Return what a page is called: the last part of its path, or its host."""
    parts = urlsplit(url)
    path = PurePosixPath(unquote(parts.path)).name or parts.hostname or ""
    return "".join(letter for letter in path if unicodedata.category(letter) != "Cc")[-_MOST_NAME:]


def _archived(page: Fetched) -> local.Archived:
    return local.Archived(
        capture=Capture(
            sha256=sha256_hex(page.warc),
            size=len(page.warc),
            origin=f"{_name(page.url)}.warc.gz",
            media_type=WARC,
            url=page.url,
            retrieved_at=page.retrieved_at,
        ),
        content=page.warc,
    )
