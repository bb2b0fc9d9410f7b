"""The desk over a generated case of many claims: how long its pages take on the server's side.

`python -m bench.desk 1000000 [FOLDER [KIND]]` makes the case of that many claims, or takes the one in the
folder; with a word, only the kinds of request whose name holds it are measured. A million claims take about
ten minutes and 6 GB. `--database URL` makes the case in a PostgreSQL database; a server on the same machine
is measured with the desk.
"""

import argparse
import asyncio
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, timedelta
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, Final, NamedTuple, cast
from urllib.parse import urlencode

import httpx
from sqlalchemy import event, func, inspect, select

from bench.timing import Figure
from sayso.case import Case
from sayso.core import settings
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
    Quantity,
    Review,
    Run,
    Speaker,
)
from sayso.core.spans import Span
from sayso.core.views import ClaimFilter, ClaimSort
from sayso.ledger import database, schema
from sayso.ledger.arrival import Arrival, FeedArrival
from sayso.ledger.places import Namespace
from sayso.ledger.store import Store
from sayso.web.app import desk
from sayso.web.door import Door, Person
from sayso.web.server import settled

CLAIMS: Final = 100_000
_CLAIMS_A_DOCUMENT = 20
_FIGURED = 5  # one claim of so many states a figure
_LINKED = 5  # one link for so many claims
_HUBS, _HUB_LINKS = 3, 3000  # claims with very many links, and how many each has
_LONG, _LONG_CLAIMS = 3, 6000  # documents of about a megabyte, and the claims of each
_REVIEWS = 2000
_COPIES = 500  # a document and another that holds the same passages
_TOGETHER = 250  # documents in one transaction
_LINKS_TOGETHER = 10_000
_ASKED = 40  # requests of a kind
_FEW = 20  # of a kind whose pages are all alike
_DEEP = 20  # pages of a list that are turned
_PROCESSES = Path("/proc")
_SORTS: Final[tuple[ClaimSort, ...]] = ("published", "checkworthy")
_RUN = Run(tool="bench", version="1")
_ACTS: Final[tuple[Act, ...]] = ("assert", "report", "accuse", "deny", "demand", "evaluate", "pledge")
_ACT_WEIGHTS = (40, 30, 10, 8, 6, 4, 2)
_OUTCOMES = ("killed", "wounded", "displaced", "missing", "abducted")
_OUTCOME_WEIGHTS = (50, 30, 15, 4, 1)
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
    figure: int | None  # people
    outcome: str

    @property
    def text(self) -> str:
        figure = "" if self.figure is None else f"{self.figure} were {self.outcome}, "
        return f"{self.speaker} said that in {self.place} {figure}{self.words}.\n"


def generate(folder: Path, claims: int, database_url: str | None = None) -> None:
    """Make a case of so many claims, a fifth as many links, some verdicts, judgements and fact-checks.

    Some documents are very long, and some claims have thousands of links.
    """
    with Case.init(folder, title=f"{claims:,} claims", database=database_url):
        pass
    store = _store(folder)
    if store.engine.dialect.name == "sqlite":
        # Nobody needs this case after a power cut.
        event.listen(store.engine, "connect", _in_a_hurry)
        store.engine.dispose()
    world = _World(7)
    documents = range(-(-claims // _CLAIMS_A_DOCUMENT))
    for at in range(0, len(documents), _TOGETHER):
        store.put([_arrival(world, number) for number in documents[at : at + _TOGETHER]])
    for number in range(_LONG):
        store.put([_arrival(world, len(documents) + number, _LONG_CLAIMS)])
    _link(store, world, claims // _LINKED)
    store.put_reviews(_feed(world))
    store.close()
    with Case(folder) as case:
        rows = case.claim_rows(ClaimFilter(links=("denies",)), limit=100).rows
        for row in rows:
            case.conclude(row.view.claim.id, "unproven", reason="Generated.", by="bench")
        for row in rows[:20]:
            link = case.show(row.view.claim.id).links[0].link.id
            case.judge_link(link, "confirmed", by="bench")


def _store(folder: Path) -> Store:
    """Open the ledger of a case, wherever it is kept."""
    ledger = settings.load(folder / "case.toml", {}).ledger
    if ledger.namespace:
        return Store(Namespace(ledger.database, ledger.namespace, folder))
    return Store(folder / "ledger.sqlite")


def _in_a_hurry(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -1048576")  # KiB


def _arrival(world: _World, number: int, claims: int = _CLAIMS_A_DOCUMENT) -> Arrival:
    words = 12 if claims == _CLAIMS_A_DOCUMENT else 24
    sentences = [
        _Sentence(
            world.speakers.one(),
            world.places.one(),
            " ".join(world.words.some(words)),
            world.chance.randrange(1, 500) if world.chance.randrange(_FIGURED) == 0 else None,
            world.chance.choices(_OUTCOMES, _OUTCOME_WEIGHTS)[0],
        )
        for _ in range(claims)
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
        party = _party(sentence.speaker)
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
        accused = world.chance.choice(sentences).speaker if world.chance.randrange(4) == 0 else None
        claim = Claim(
            attribution=attribution.id,
            content=(content,),
            act=world.chance.choices(_ACTS, _ACT_WEIGHTS)[0],
            places=(Place(span=place, name=sentence.place),),
            target=None if accused is None else Part(span=content, name=accused, party=_party(accused).id),
            quantities=tuple(_quantities(sentence, place.end + 1)),
            checkworthy=round(world.chance.betavariate(2, 4), 6),
            run=_RUN.id,
        )
        yield attribution, claim, party
        at += len(sentence.text)


def _quantities(sentence: _Sentence, at: int) -> Iterator[Quantity]:
    """Yield the figure of a sentence, whose words begin at a code point of the text."""
    if sentence.figure is not None:
        yield Quantity(
            span=Span(at, at + len(str(sentence.figure))),
            kind="count",
            low=sentence.figure,
            best=sentence.figure,
            high=sentence.figure,
            bound="exact",
            unit="person",
            outcome=sentence.outcome,
        )


def _party(name: str) -> Party:
    return Party(name=name, kind="organisation", run=_RUN.id)


def _link(store: Store, world: _World, links: int) -> None:
    with database.reading(store.engine) as connection:
        claims = list(connection.scalars(select(schema.claims.c.claim).order_by(schema.claims.c.claim)))
        documents = list(connection.scalars(select(schema.documents.c.document)))
    hubs = [hub for hub in world.chance.sample(claims, _HUBS) for _ in range(min(_HUB_LINKS, links // 10))]
    pairs = ((hub, world.chance.choice(claims)) for hub in hubs)
    at_random = (tuple(world.chance.sample(claims, 2)) for _ in range(links - len(hubs)))
    found = [_between(world, *ends) for ends in chain(pairs, at_random)]
    copied = (world.chance.sample(documents, 2) for _ in range(min(_COPIES, len(documents) // 4)))
    found += [_tied(world, "copies", copy, source) for copy, source in copied]
    for at in range(0, len(found), _LINKS_TOGETHER):
        store.put_links(_RUN, {one.id: one for one in found[at : at + _LINKS_TOGETHER]}.values())


def _between(world: _World, left: str, right: str) -> Link:
    return _tied(world, world.chance.choice(_KINDS), left, right)


def _tied(world: _World, kind: LinkKind, left: str, right: str) -> Link:
    score = round(world.chance.random(), 3)
    return Link(kind=kind, left=left, right=right, score=score, rule="bench", why="Generated.", run=_RUN.id)


def _feed(world: _World) -> FeedArrival:
    """Return published fact-checks with the words that they are looked up by."""
    found = []
    for number in range(_REVIEWS):
        words = world.words.some(12)
        review = Review(
            url=f"https://facts.example/{number}",
            author="Facts",
            claim_reviewed=" ".join(words),
            rating="false",
            published_at=_FIRST_DAY.isoformat(),
        )
        found.append((review, tuple(dict.fromkeys(words))))
    return FeedArrival(origin="facts.json", sha256=sha256_hex(b"facts"), reviews=tuple(found))


class _Timed(NamedTuple):
    """Seconds of many requests of one kind, by the clock and of the processor."""

    wall: list[float]
    cpu: list[float]


class _Server:
    """The processes of a database server on this machine that work for the desk; SQLite has none."""

    def __init__(self, store: Store) -> None:
        self._process: Path | None = None
        if store.engine.dialect.name == "postgresql":
            with database.reading(store.engine) as connection:
                backend = connection.execute(select(func.pg_backend_pid())).scalar_one()
            status = (_PROCESSES / str(backend) / "stat").read_text().rpartition(")")[2].split()
            self._process = _PROCESSES / status[1]

    def seconds(self) -> float:
        """Return the processor time of the server so far, that of its processes which have ended included."""
        if self._process is None:
            return 0.0
        threads = self._process / "task" / self._process.name / "children"
        ended = (self._process / "stat").read_text().rpartition(")")[2].split()[13:15]
        own = sum(_on_processor(_PROCESSES / child) for child in threads.read_text().split())
        return own + sum(map(int, ended)) / os.sysconf("SC_CLK_TCK")


def _on_processor(process: Path) -> float:
    """Return how long a process has run; nothing for one that is gone, which its parent counts."""
    try:
        return int((process / "schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0.0


class _Kind(NamedTuple):
    """Requests of one kind."""

    name: str
    addresses: Sequence[str]


def measured(folder: Path, only: str = "") -> Iterator[Figure]:
    """Yield the median and the 95th percentile of each kind of request whose name holds `only`."""
    store = _store(folder)
    server = _Server(store)
    with (
        closing(store),
        Case(folder) as case,
        asyncio.Runner() as runner,
        _client(case, runner) as client,
    ):
        for name, addresses in _kinds(case, store):
            if only not in name:
                continue
            timed = runner.run(_asked(client, addresses, server))
            yield Figure(
                f"desk, {name}: p50 / p95",
                f"{_in_ms(timed.wall)} ms ({_in_ms(timed.cpu)} ms of processor)",
                f"{len(addresses)} requests, through the whole application without a socket",
            )


def _kinds(case: Case, store: Store) -> Iterator[_Kind]:
    yield from _lists(case)
    yield from _single(case, store)
    yield from _whole(case)


def _lists(case: Case) -> Iterator[_Kind]:
    """Yield what asks for lists of claims: words and filters that are common, rare, and of nothing."""
    world = _World(7)
    chance = world.chance
    yield _Kind("first page of all claims", ["/claims"] * _ASKED)
    yield _Kind("first page, most worth checking", ["/claims?sort=checkworthy"] * _ASKED)
    for sort in _SORTS:
        yield _Kind(
            f"search, a common word, {sort}",
            [_claims(q=word, sort=sort) for word in world.words.values[:_ASKED]],
        )
        yield _Kind(
            f"search, a rare word, {sort}",
            [_claims(q=word, sort=sort) for word in world.words.values[-_ASKED:]],
        )
        yield _Kind(
            f"search, two words, {sort}",
            [_claims(q=" ".join(world.words.some(2)), sort=sort) for _ in range(_ASKED)],
        )
        yield _Kind(
            f"facets: act and speaker, {sort}",
            [
                _claims(act=chance.choice(_ACTS), speaker=world.speakers.one(), sort=sort)
                for _ in range(_ASKED)
            ],
        )
        yield _Kind(
            f"facets: place and link, {sort}",
            [
                _claims(place=world.places.one(), links=chance.choice(_KINDS), sort=sort)
                for _ in range(_ASKED)
            ],
        )
        yield _Kind(
            f"facets: act, dates, worth, {sort}",
            [
                _claims(
                    act=chance.choice(_ACTS),
                    since=(_FIRST_DAY + timedelta(days=chance.randrange(_DAYS))).isoformat(),
                    least="0.6",
                    sort=sort,
                )
                for _ in range(_ASKED)
            ],
        )
        yield _Kind(
            f"facets: word, act, voice, outlet, {sort}",
            [
                _claims(
                    q=word, act=chance.choice(_ACTS), voice="direct", outlet=world.outlets.one(), sort=sort
                )
                for word in world.words.values[:_ASKED]
            ],
        )
        yield _Kind(
            f"facets that no claim has, {sort}",
            [
                _claims(
                    q=f"{word} {world.words.values[-n - 1]}",
                    speaker=world.speakers.values[-n - 1],
                    place=world.places.values[-n - 1],
                    concluded="yes",
                    sort=sort,
                )
                for n, word in enumerate(world.words.values[:_ASKED])
            ],
        )
        yield _Kind(
            f"facets: no verdict, a part of a name, {sort}",
            [_claims(concluded="no", speaker=syllable, sort=sort) for syllable in _SYLLABLES[:_ASKED]],
        )
        yield _Kind(
            f"facets: words, act, voice, place, dates, worth, {sort}",
            [
                _claims(
                    q=word,
                    act=chance.choice(_ACTS),
                    voice="indirect",
                    place=world.places.one(),
                    since=_FIRST_DAY.isoformat(),
                    least="0.2",
                    sort=sort,
                )
                for word in world.words.values[:_ASKED]
            ],
        )
        yield _Kind(f"deep in the list, {sort}", _deep(case, sort))


def _deep(case: Case, sort: ClaimSort) -> list[str]:
    """Return the pages behind the first, then those that begin in the midst of the days."""
    found, after = [], None
    for _ in range(_DEEP):
        after = case.claim_rows(ClaimFilter(act="assert"), sort=sort, after=after, limit=100).after
        if after is None:
            break
        found.append(_claims(act="assert", sort=sort, after=after))
    return found * (_ASKED // _DEEP)


def _single(case: Case, store: Store) -> Iterator[_Kind]:
    """Yield what asks for one thing: a claim, a document, an outlet."""
    claims = [row.view for row in case.claim_rows(sort="checkworthy", limit=_ASKED).rows]
    hubs, long = _largest(store)
    yield _Kind("claim page", [f"/claims/{view.claim.id}" for view in claims])
    yield _Kind("claim page, thousands of links", [f"/claims/{hub}" for hub in hubs] * 5)
    yield _Kind("api, trace", [f"/api/v1/claims/{view.claim.id}/trace" for view in claims])
    yield _Kind(
        "api, trace of a claim with thousands of links", [f"/api/v1/claims/{hub}/trace" for hub in hubs] * 5
    )
    yield _Kind("api, links of a claim with thousands", [f"/api/v1/links?claim={hub}" for hub in hubs] * 5)
    yield _Kind(
        "links of a kind, of a claim with thousands", [f"/claims/{hub}/links?kind=denies" for hub in hubs] * 5
    )
    yield _Kind("reading page", [f"/documents/{view.document.id}" for view in claims])
    yield _Kind(
        "reading page, parts of a megabyte",
        [f"/documents/{one}?start={start}&part=true" for one in long for start in range(0, 900_000, 30_000)],
    )
    outlets = [row.name for row in case.outlets(limit=_FEW).rows]
    yield _Kind("outlet", [f"/sources/outlet?{urlencode({'name': name or ''})}" for name in outlets])


def _largest(store: Store) -> tuple[list[str], list[str]]:
    """Return the claims with most links and the longest documents."""
    links, documents = schema.links.c, schema.claims.c.document
    most = func.count().desc()
    with database.reading(store.engine) as connection:
        hubs = connection.scalars(select(links.left).group_by(links.left).order_by(most).limit(_HUBS)).all()
        long = connection.scalars(select(documents).group_by(documents).order_by(most).limit(_LONG)).all()
    return list(hubs), list(long)


def _whole(case: Case) -> Iterator[_Kind]:
    """Yield what tells of the case as a whole."""
    spring = "since=2026-03-01&until=2026-05-31"
    yield _Kind("documents", ["/"] * _FEW)
    yield _Kind("who", ["/who"] * _FEW)
    yield _Kind("who, an act and a voice", ["/who?act=accuse&voice=indirect"] * _FEW)
    yield _Kind("who, whole months", [f"/who?{spring}"] * _FEW)
    yield _Kind("who, from day to day", ["/who?since=2026-03-07&until=2027-05-20"] * _FEW)
    yield _Kind("who, the most it names", ["/who?most=100"] * _FEW)
    yield _Kind("who, graph", ["/who/graph?most=100"] * _FEW)
    yield _Kind("api, relations of a hundred parties", ["/api/v1/relations?most=100"] * _FEW)
    yield _Kind("sources", _turned("/sources", lambda after: case.outlets(after=after).after))
    yield _Kind("copies", ["/copies"] * _FEW)
    yield _Kind("log", ["/log", "/log?before=5000"] * (_FEW // 2))
    [party] = case.party_rows(limit=1).rows
    yield _Kind("one speaker", [_claims(said_by=party.id, sort=sort) for sort in _SORTS] * (_FEW // 2))
    case.save_search("Denials", ClaimFilter(act="deny", speaker=party.name), by="bench")
    yield _Kind("a saved search", [_claims(act="deny", speaker=party.name)] * _FEW)
    yield _Kind("api, searches", ["/api/v1/searches"] * _FEW)
    yield _Kind(
        "api, links, deep",
        _turned("/api/v1/links", lambda after: case.link_rows(after=after, limit=1000).after),
    )
    yield _Kind(
        "api, parties, deep",
        _turned("/api/v1/parties", lambda after: case.party_rows(after=after, limit=200).after),
    )
    yield _Kind(
        "api, reviews, deep", _turned("/api/v1/reviews", lambda after: case.review_rows(after=after).after)
    )
    yield _Kind(
        "api, figures, deep",
        _turned("/api/v1/figures", lambda after: case.figure_rows(after=after, limit=1000).after),
    )
    yield from _figures_compared()
    for name in (
        "case",
        "links",
        "links?kind=same",
        "parties",
        "figures",
        "reviews",
        "problems",
        "log",
        "annotations",
        "documents",
        "outlets",
        "reprints",
    ):
        yield _Kind(f"api, {name}", [f"/api/v1/{name}"] * _FEW)


def _figures_compared() -> Iterator[_Kind]:
    """Yield what puts figures side by side, by what is counted, who says so, where and when."""
    world = _World(7)
    asked = [
        {"outcome": outcome, **more}
        for outcome in _OUTCOMES
        for more in (
            {},
            {"speaker": world.speakers.one()},
            {"place": world.places.values[0]},
            {"since": "2027-01-01", "until": "2027-03-31"},
        )
    ]
    yield _Kind("api, figures compared", [f"/api/v1/figures?{urlencode(one)}" for one in asked])


def _turned(address: str, following: Callable[[str | None], str | None]) -> list[str]:
    """Return the first page of a list and those behind it."""
    found, after = [address], following(None)
    while after is not None and len(found) < _FEW:
        found.append(f"{address}?{urlencode({'after': after})}")
        after = following(after)
    return found


def _claims(**asked: str) -> str:
    return f"/claims?{urlencode(asked)}"


def _in_ms(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    half, most = (1000 * ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.95))
    return f"{half:.0f} / {most:.0f}"


@contextmanager
def _client(case: Case, runner: asyncio.Runner) -> Iterator[httpx.AsyncClient]:
    """Open the desk of a case to somebody who is signed in."""
    settled()
    door = Door(Person(name="bench"))
    app = desk(case, door=door, hosts=["desk"])
    # Both speak ASGI, each by its own words for it.
    transport = httpx.ASGITransport(app=cast("Any", app))
    client = httpx.AsyncClient(transport=transport, base_url="http://desk")
    runner.run(client.__aenter__())
    runner.run(client.get(f"/enter?token={door.token}"))
    yield client
    runner.run(client.aclose())


async def _asked(client: httpx.AsyncClient, addresses: Sequence[str], server: _Server) -> _Timed:
    await client.get(addresses[0])  # templates are compiled once
    timed = _Timed([], [])
    for address in addresses:
        served = server.seconds()
        began, worked = time.perf_counter(), time.process_time()
        answer = await client.get(address)
        timed.wall.append(time.perf_counter() - began)
        timed.cpu.append(time.process_time() - worked + server.seconds() - served)
        answer.raise_for_status()
    return timed


def figures(claims: int = CLAIMS) -> Iterator[Figure]:
    """Yield the figures of a case of so many claims."""
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        yield from _figures(Path(folder) / "case", claims)


def _figures(folder: Path, claims: int, only: str = "", database_url: str | None = None) -> Iterator[Figure]:
    if not folder.exists():
        began = time.perf_counter()
        generate(folder, claims, database_url)
        took = time.perf_counter() - began
        with closing(_store(folder)) as store:
            size = _size(store) / 1e6
        yield Figure(f"desk, a case of {claims:,} claims made", f"{took:.0f} s, {size:,.0f} MB", "generated")
    yield from measured(folder, only)


def _size(store: Store) -> int:
    """Return how many bytes a ledger takes."""
    if isinstance(store.place, Path):
        return store.place.stat().st_size
    with database.reading(store.engine) as connection:
        names = inspect(connection).get_table_names(schema=store.place.name)
        sizes = (func.pg_total_relation_size(f"{store.place.name}.{name}") for name in names)
        return sum(connection.execute(select(size)).scalar_one() for size in sizes)


def main() -> None:
    """Print the figures of a case of as many claims as the command line says."""
    asked = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__)
    asked.add_argument("claims", type=int, nargs="?", default=CLAIMS)
    asked.add_argument("folder", type=Path, nargs="?")
    asked.add_argument("kind", nargs="?", default="")
    asked.add_argument("--database", help="the PostgreSQL database that keeps a new case")
    given = asked.parse_args()
    if given.folder is None:
        found = figures(given.claims)
    else:
        found = _figures(given.folder, given.claims, given.kind, given.database)
    for name, value, how in found:
        print(f"{name}\t{value}\t{how}", flush=True)


if __name__ == "__main__":
    main()
