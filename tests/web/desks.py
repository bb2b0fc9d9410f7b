"""Documents for a desk, and a desk that really runs."""

import socket
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

import msgspec
from tests.readers.sites import net

from sayso.case import Case
from sayso.core.records import Evidence
from sayso.core.spans import Span
from sayso.core.views import Added, Annotated, ClaimFilter, LinkFilter, Passage
from sayso.readers.fetch import Network
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
FURNISHED = {
    **PAPERS,
    "wire.txt": (
        "date: 2031-05-03\nBy Coast Wire\n\n"
        "The harbour master of Brenna said the ferry had left the pier before the storm reached the "
        "breakwater. He said that two boats were missing and that a search would begin at dawn. At least 21 "
        "people were killed in Brenna, the district hospital said on Saturday.\n"
    ),
    "reprint.txt": (
        "date: 2031-05-04\nBy Quay Herald\n\n"
        "BRENNA (Coast Wire) – The harbour master of Brenna said the ferry had left the pier before the "
        "storm reached the breakwater. He said that two boats were missing and that a search would begin at "
        "dawn. "
        "At least 21 people were killed in Brenna, the district hospital said on Saturday. All wait.\n"
    ),
    "governor.txt": (
        "date: 2031-05-05\nBy Tidewater Times\n\n"
        "Governor Oda Merrin said on Monday that 15 people had been killed in Brenna. Ferries were late.\n"
    ),
    "arabic.txt": (
        "date: 2031-05-05\nBy صحيفة المرفأ\n\n"
        "قُصفت مدينة برنّة عند الفجر. The bridge of برنّة 🌉 was closed, the governor of وادي النخيل said.\n"
    ),
    "letter.txt": "The pier was never safe, forty sailors said.\n",
}
FEED = [
    {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": reviewed,
        "author": {"name": "Lantern Checks"},
        "datePublished": "2031-05-06",
        "url": f"https://checks.example/{number}",
        "reviewRating": {"alternateName": "Mostly true"},
    }
    for number, reviewed in enumerate(
        ("Shells hit the fish market of Brenna at dawn", "The fish of Brenna are poisoned")
    )
]
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


class CaseOnTheSite(Case):
    """A case for which the small site on this machine is the public network."""

    def add_urls(self, urls: Iterable[str], *, network: Network | None = None) -> Generator[Added]:
        """Fetch pages from that site."""
        return super().add_urls(urls, network=network or net())


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


def furnished(folder: Path) -> Path:
    """Make a case in which every page of a desk has something of everything to show."""
    papers = written(folder / "papers", FURNISHED)
    (papers / "broken.html").write_bytes(b"\x00\x01\x02")
    (folder / "feed.json").write_bytes(msgspec.json.encode(FEED))
    with Case.init(folder / "case", title="Brenna") as case:
        list(case.add([papers]))
        list(case.import_reviews([folder / "feed.json"]))
        case.link()
        rival, *_ = (one.link.id for one in case.links(LinkFilter(kind="contradicts")))
        denial, *_ = (one.link.id for one in case.links(LinkFilter(kind="denies")))
        case.judge_link(rival, "confirmed", by="Ada Tester", reason="Both count the dead of one strike")
        case.judge_link(denial, "rejected", by="Bo Second")
        claim = next(view for view in case.claims() if "21 people" in view.words)
        document = case.document(claim.document.id).document
        evidence = Evidence(capture=document.capture, document=document.id, span=claim.claim.content[0])
        for rating, reason in (("unproven", "One list is not enough."), ("supported", "Two lists agree.")):
            case.conclude(claim.claim.id, rating, reason=reason, by="Ada Tester", evidence=(evidence,))
        start = document.text.index("BRENNA")
        passage = Passage(span=Span(start, start + len("BRENNA")), words="BRENNA")
        said = Annotated(content=(passage,), act="assert", voice="indirect", speaker="Mira Tovel")
        case.annotate(document.id, said, by="Ada Tester", reason="for the picture")
        case.save_search("What is denied", ClaimFilter(links=("denies",)), by="Ada Tester")
        case.link()
    return folder / "case"


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
