"""What the desk's rare collection of garbage costs in memory.

`python -m bench.desk_memory [REQUESTS]` opens the case of `sayso demo` twice, each time in a process of its
own: with the thresholds that `sayso serve` sets, and with those of Python. It asks for pages of many kinds.
"""

import asyncio
import gc
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final, cast

import httpx

from bench.timing import Figure
from sayso.case import Case
from sayso.cli import demo
from sayso.web.app import desk
from sayso.web.door import Door, Person
from sayso.web.server import settled

_REQUESTS: Final = 2000
_PAGES: Final = ("/", "/claims", "/claims?sort=checkworthy", "/who", "/sources", "/copies", "/log")
_KIB: Final = 1024


def figures(requests: int = _REQUESTS) -> Iterator[Figure]:
    """Yield the memory of both desks after so many requests."""
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        case = Path(folder) / "case"
        with Case.init(case) as made, demo.bundled() as documents:
            for _ in made.add(documents):
                pass
            made.link()
        for rarely, called in ((True, "as the desk sets it"), (False, "as Python does")):
            with multiprocessing.get_context("spawn").Pool(1) as alone:
                yield Figure(
                    f"desk, memory, garbage collected {called}",
                    alone.apply(_measured, (case, requests, rarely)),
                    f"{requests:,} requests",
                )


def _measured(folder: Path, requests: int, rarely: bool) -> str:  # noqa: FBT001 - a pool gives no keywords
    with Case(folder) as case, asyncio.Runner() as runner:
        addresses = [*_PAGES]
        addresses += [f"/claims/{view.claim.id}" for view in islice(case.claims(), 40)]
        addresses += [f"/documents/{row.head.id}" for row in case.document_rows(limit=20).rows]
        if rarely:
            settled()
        return runner.run(_asked(case, list(islice(cycle(addresses), requests))))


async def _asked(case: Case, addresses: list[str]) -> str:
    door = Door(Person(name="bench"))
    # Both speak ASGI, each by its own words for it.
    transport = httpx.ASGITransport(app=cast("Any", desk(case, door=door, hosts=["desk"])))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        await client.get(f"/enter?token={door.token}")
        first = len(set(addresses))
        for address in addresses[:first]:
            (await client.get(address)).raise_for_status()
        after_each_once, most = _resident(), 0.0
        began = time.process_time()
        for address in addresses[first:]:
            (await client.get(address)).raise_for_status()
            most = max(most, _resident())
        took = (time.process_time() - began) / (len(addresses) - first)
    megabytes = (
        f"{after_each_once:.0f} MB after each page once, {_resident():.0f} at the end, {most:.0f} at most"
    )
    return f"{megabytes}; {1000 * took:.1f} ms a request; thresholds {gc.get_threshold()}"


def _resident() -> float:
    """Return the process's memory in MB that is not swapped out."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * _KIB / 1e6
    return 0.0


if __name__ == "__main__":
    for figure in figures(*map(int, sys.argv[1:2])):
        print(figure)
