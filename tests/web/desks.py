"""Documents for a desk, and a desk that really runs."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sayso.case import Case
from sayso.web.app import desk
from sayso.web.door import Door, Person
from sayso.web.server import serving

PAPERS = {
    "strike.txt": (
        "date: 2031-05-03\nBy Aldermoor Post\n\n"
        "BRENNA, 3 May – Shells hit the fish market of Brenna at dawn, the harbour master said. At least 21 "
        "people were killed, the district hospital said.\n\n"
        'The Ministry of Defence of Ostrany accused Tavria of shelling the town. "Not one of our guns '
        'fired," said Mira Tovel, a spokeswoman for the army of Tavria, according to the Tavrian Wire.\n'
    ),
    "denial.txt": (
        "date: 2031-05-04\nBy Tidewater Times\n\n"
        'Tavria denied that it had shelled Brenna. "We reject these groundless accusations," the foreign '
        "ministry of Tavria said. The district hospital said 25 people were killed.\n"
    ),
}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PATIENCE = 20.0  # seconds for the desk to open


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """A running desk and the case behind it."""

    case: Case
    address: str
    link: str
    token: str  # that a program says


def written(folder: Path, papers: dict[str, str]) -> Path:
    """Write documents into a folder."""
    folder.mkdir()
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def running(case: Case) -> Iterator[Desk]:
    """Serve a case on a free port of this machine until the test is done."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    door = Door(Person(name="Ada Tester"))
    server = serving(desk(case, door=door, hosts=[f"127.0.0.1:{port}"]))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    until = time.monotonic() + _PATIENCE
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    address = f"http://127.0.0.1:{port}"
    yield Desk(case=case, address=address, link=f"{address}/enter?token={door.token}", token=door.issue())
    server.should_exit = True
    thread.join(_PATIENCE)
