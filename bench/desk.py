"""The desk over a generated case of many claims: how long its pages take on the server's side.

`python -m bench.desk 1000000 [FOLDER]` makes the case of that many claims, or takes the one in the folder.
"""

import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, NamedTuple, cast
from urllib.parse import urlencode

import httpx
from sqlalchemy import event, select

from bench.timing import Figure
from sayso.case import Case
from sayso.core.ids import sha256_hex, text_sha256
from sayso.core.reading import Reading
from sayso.core.records import (
    Act,
    Attribution,
    Capture,
    Claim,
    Document,
    Link,
    LinkKind,
    Part,
    Party,
    Place,
    Run,
    Speaker,
)
from sayso.core.spans import Span
from sayso.core.views import ClaimFilter
from sayso.ledger import database, schema
from sayso.ledger.arrival import Arrival
from sayso.ledger.store import Store
from sayso.web.app import desk
from sayso.web.door import Door, Person

CLAIMS: Final = 100_000
_CLAIMS_A_DOCUMENT = 20
_LINKED = 5  # one link for so many claims
_TOGETHER = 250  # documents in one transaction
_LINKS_TOGETHER = 10_000
_ASKED = 100  # requests of a kind
_RUN = Run(tool="bench", version="1")
_ACTS: Final[tuple[Act, ...]] = ("assert", "report", "accuse", "deny", "demand", "evaluate", "pledge")
_ACT_WEIGHTS = (40, 30, 10, 8, 6, 4, 2)
_KINDS: Final[tuple[LinkKind, ...]] = ("same", "denies", "contradicts", "updates")
_FIRST_DAY = date(2026, 1, 1)
_DAYS = 1500


class _World:
    """Names and words, each as common as its rank says (Zipf)."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same case every time
        self.words = _Ranked([self._word() for _ in range(20_000)], self.chance)
        self.speakers = _Ranked([self._name() for _ in range(5000)], self.chance)
        self.places = _Ranked([self._name() for _ in range(3000)], self.chance)
        self.outlets = _Ranked([f"{self._name()} Post" for _ in range(300)], self.chance)

    def _word(self) -> str:
        syllables = self.chance.choices(_SYLLABLES, k=self.chance.randint(1, 4))
        return "".join(syllables)

    def _name(self) -> str:
        return " ".join(self._word().capitalize() for _ in range(self.chance.randint(1, 3)))


_SYLLABLES = [
    first + second for first in "bdfgklmnprstvz" for second in ("a", "e", "i", "o", "u", "an", "er")
]


class _Ranked:
    def __init__(self, values: Sequence[str], chance: random.Random) -> None:
        self.values = values
        self._chance = chance
        self._weights = list(accumulate(1 / rank for rank in range(1, len(values) + 1)))

    def some(self, count: int) -> list[str]:
        return self._chance.choices(self.values, cum_weights=self._weights, k=count)

    def one(self) -> str:
        return self.some(1)[0]


class _Sentence(NamedTuple):
    speaker: str
    place: str
    words: str

    @property
    def text(self) -> str:
        return f"{self.speaker} said that in {self.place} {self.words}.\n"


def generate(folder: Path, claims: int) -> None:
    """Make a case of so many claims, a fifth as many links, some verdicts and judgements."""
    with Case.init(folder, title=f"{claims:,} claims"):
        pass
    store = Store(folder / "ledger.sqlite")
    # Nobody needs this case after a power cut.
    event.listen(store.engine, "connect", _in_a_hurry)
    store.engine.dispose()
    world = _World(7)
    documents = range(-(-claims // _CLAIMS_A_DOCUMENT))
    for at in range(0, len(documents), _TOGETHER):
        store.put([_arrival(world, number) for number in documents[at : at + _TOGETHER]])
    _link(store, world, claims // _LINKED)
    store.close()
    with Case(folder) as case:
        rows = case.claim_rows(ClaimFilter(links=("denies",)), limit=100).rows
        for row in rows:
            case.conclude(row.view.claim.id, "unproven", reason="Generated.", by="bench")
        for row in rows[:20]:
            link = case.show(row.view.claim.id).links[0].link.id
            case.judge_link(link, "confirmed", by="bench")


def _in_a_hurry(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -1048576")


def _arrival(world: _World, number: int) -> Arrival:
    sentences = [
        _Sentence(world.speakers.one(), world.places.one(), " ".join(world.words.some(12)))
        for _ in range(_CLAIMS_A_DOCUMENT)
    ]
    text = "".join(sentence.text for sentence in sentences)
    content = f"{number} {text}".encode()
    name = f"{number:07}.txt"
    capture = Capture(sha256=sha256_hex(content), size=len(content), origin=name, media_type="text/plain")
    day = _FIRST_DAY + timedelta(days=world.chance.randrange(_DAYS))
    document = Document(
        capture=capture.id,
        text=text,
        text_sha256=text_sha256(text),
        title=f"Report {number}",
        publisher=world.outlets.one(),
        published_at=day.isoformat(),
        reader="bench 1",
    )
    reading = Reading(document=document, run=_RUN)
    found = reading.plus(one for record in _records(world, document, sentences) for one in record)
    return Arrival(origin=name, capture=capture, readings=(found,))


def _records(
    world: _World, document: Document, sentences: Sequence[_Sentence]
) -> Iterator[tuple[Attribution, Claim, Party]]:
    at = 0
    for sentence in sentences:
        said = at + len(sentence.speaker) + 1
        content = Span(said + len("said that "), at + len(sentence.text) - 2)
        party = Party(name=sentence.speaker, kind="organisation", run=_RUN.id)
        attribution = Attribution(
            document=document.id,
            content=(content,),
            cue=(Span(said, said + len("said")),),
            source=(Span(at, said - 1),),
            voice="indirect" if world.chance.random() < 0.7 else "direct",  # noqa: PLR2004 - about as in the news
            speaker=Speaker(party=party.id, name=sentence.speaker, basis="stated"),
            run=_RUN.id,
        )
        place = Span(content.start + len("in "), content.start + len("in ") + len(sentence.place))
        accused = world.speakers.one() if world.chance.randrange(4) == 0 else None
        claim = Claim(
            attribution=attribution.id,
            content=(content,),
            act=world.chance.choices(_ACTS, _ACT_WEIGHTS)[0],
            places=(Place(span=place, name=sentence.place),),
            target=None if accused is None else Part(span=content, name=accused),
            checkworthy=round(world.chance.betavariate(2, 4), 6),
            run=_RUN.id,
        )
        yield attribution, claim, party
        at += len(sentence.text)


def _link(store: Store, world: _World, links: int) -> None:
    with database.reading(store.engine) as connection:
        claims = list(connection.scalars(select(schema.claims.c.claim)))
    for at in range(0, links, _LINKS_TOGETHER):
        found = {}
        for _ in range(min(_LINKS_TOGETHER, links - at)):
            left, right = world.chance.sample(claims, 2)
            kind = world.chance.choice(_KINDS)
            one = Link(
                kind=kind,
                left=left,
                right=right,
                score=round(world.chance.random(), 3),
                rule="bench",
                why="Generated.",
                run=_RUN.id,
            )
            found[one.id] = one
        store.put_links(_RUN, found.values())


class _Timed(NamedTuple):
    """Seconds of many requests of one kind, by the clock and of the processor."""

    wall: list[float]
    cpu: list[float]


def measured(folder: Path) -> Iterator[Figure]:
    """Yield the 95th percentile of each kind of request to the desk of a case."""
    world = _World(7)
    with Case(folder) as case:
        claims = [row.view for row in case.claim_rows(sort="checkworthy", limit=_ASKED).rows]
        kinds = {
            "first page of all claims": ["/claims"] * _ASKED,
            "first page, most worth checking": ["/claims?sort=checkworthy"] * _ASKED,
            "search, two words": [_claims(words=" ".join(world.words.some(2))) for _ in range(_ASKED)],
            "search, a common word": [
                _claims(words=world.words.values[rank], sort="checkworthy") for rank in range(_ASKED)
            ],
            "facets: act and speaker": [
                _claims(act=world.chance.choice(_ACTS), speaker=world.speakers.one()) for _ in range(_ASKED)
            ],
            "facets: place and link": [
                _claims(place=world.places.one(), links=world.chance.choice(_KINDS)) for _ in range(_ASKED)
            ],
            "facets: act, dates, worth": [
                _claims(
                    act=world.chance.choice(_ACTS),
                    since=(_FIRST_DAY + timedelta(days=world.chance.randrange(_DAYS))).isoformat(),
                    least="0.6",
                    sort="checkworthy",
                )
                for _ in range(_ASKED)
            ],
            "claim page": [f"/claims/{view.claim.id}" for view in claims],
            "reading page": [f"/documents/{view.document.id}" for view in claims],
        }
        for name, timed in asyncio.run(_asked(case, kinds)):
            yield Figure(
                f"desk, {name}: p95",
                f"{1000 * _p95(timed.wall):.0f} ms ({1000 * _p95(timed.cpu):.0f} ms of processor)",
                f"{len(timed.wall)} requests, through the whole application without a socket",
            )


def _claims(**asked: str) -> str:
    return f"/claims?{urlencode(asked)}"


async def _asked(case: Case, kinds: dict[str, list[str]]) -> list[tuple[str, _Timed]]:
    door = Door(Person(name="bench"))
    app = desk(case, door=door, hosts=["desk"])
    # Both speak ASGI, each by its own words for it.
    transport = httpx.ASGITransport(app=cast("Any", app))
    found = []
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        await client.get(f"/enter?token={door.token}")
        for name, addresses in kinds.items():
            await client.get(addresses[0])  # templates are compiled once
            timed = _Timed([], [])
            for address in addresses:
                began, worked = time.perf_counter(), time.process_time()
                answer = await client.get(address)
                timed.wall.append(time.perf_counter() - began)
                timed.cpu.append(time.process_time() - worked)
                answer.raise_for_status()
            found.append((name, timed))
    return found


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(0.95 * (len(seconds) - 1))]


def figures(claims: int = CLAIMS) -> Iterator[Figure]:
    """Yield the figures of a case of so many claims."""
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        yield from _figures(Path(folder) / "case", claims)


def _figures(folder: Path, claims: int) -> Iterator[Figure]:
    if not folder.exists():
        began = time.perf_counter()
        generate(folder, claims)
        size = (folder / "ledger.sqlite").stat().st_size / 1e6
        took = time.perf_counter() - began
        yield Figure(f"desk, a case of {claims:,} claims made", f"{took:.0f} s, {size:,.0f} MB", "generated")
    yield from measured(folder)


def main() -> None:
    """Print the figures of a case of as many claims as the command line says."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS
    found = figures(claims) if len(sys.argv) <= 2 else _figures(Path(sys.argv[2]), claims)  # noqa: PLR2004 - the folder comes second
    for name, value, how in found:
        print(f"{name}\t{value}\t{how}", flush=True)


if __name__ == "__main__":
    main()
