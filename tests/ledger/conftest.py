"""Files with invented texts, as they come to a ledger, and a ledger that holds some."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.cases import new_place

from sayso.core.ids import sha256_hex, text_sha256
from sayso.core.reading import Reading
from sayso.core.records import (
    Attribution,
    Capture,
    Claim,
    Document,
    Link,
    Part,
    Party,
    Problem,
    Run,
    Speaker,
)
from sayso.core.spans import Span
from sayso.ledger.arrival import Arrival
from sayso.ledger.captures import Captures
from sayso.ledger.store import Store

RUN = Run(tool="test", version="1")
TEXTS = {
    "orvale.txt": "Bridge closed\n\nThe Orvale ministry said shells hit the Lunde bridge.\nNobody was hurt.",
    "mereth.txt": "The Mereth army denied that it fired on the Lunde bridge.\n\nIt was café hour. 🌉",
    "wire.txt": "حذر المتحدث من القصف.\nObservers of Orvale counted four shells.",
}

MakeArrival = Callable[..., Arrival]


def _reading(document: Document, run: Run, worth: float | None) -> Reading:
    """Attribute the first sentence to its second word, and the whole to the outlet."""
    words = Span(0, document.text.index("."))
    outer = Attribution(document=document.id, content=(words,), voice="outlet", run=run.id)
    name = document.text[4:10].strip()
    voice = Party(name=f"{name} staff", kind="organisation", names=(name,), run=run.id)
    speaker = Speaker(party=voice.id, name=name, basis="stated")
    inner = Attribution(
        document=document.id,
        content=(Span(4, words.end),),
        source=(Span(0, 3),),
        voice="indirect",
        within=outer.id,
        speaker=speaker,
        run=run.id,
    )
    target = Part(span=Span(0, 3), name="The  Lunde Bridge")
    return Reading(document=document, run=run).plus(
        [
            outer,
            inner,
            Claim(attribution=outer.id, content=outer.content, act="report", run=run.id),
            Claim(
                attribution=inner.id,
                content=inner.content,
                act="accuse",
                target=target,
                checkworthy=worth,
                run=run.id,
            ),
            Party(name="Orvale", kind="state", names=(document.text[:5],), run=run.id),
            voice,
            Problem(code="unsure", message="no date", stage="test", document=document.id, run=run.id),
        ]
    )


def make_arrival(
    text: str,
    *,
    origin: str = "note.txt",
    published: str | None = None,
    run: Run = RUN,
    worth: float | None = None,
) -> Arrival:
    content = text.encode()
    capture = Capture(sha256=sha256_hex(content), size=len(content), origin=origin, media_type="text/plain")
    document = Document(
        capture=capture.id,
        text=text,
        text_sha256=text_sha256(text),
        publisher="The Valley Post",
        published_at=published,
        reader="test 1",
    )
    return Arrival(origin=origin, capture=capture, readings=(_reading(document, run, worth),))


@pytest.fixture
def arrival() -> MakeArrival:
    """Makes a file out of a text."""
    return make_arrival


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty ledger."""
    opened = Store.create(new_place(tmp_path), title="Bridges")
    yield opened
    opened.close()


@pytest.fixture
def captures(tmp_path: Path) -> Captures:
    """An empty folder of captures."""
    folder = tmp_path / "captures"
    folder.mkdir()
    return Captures(folder)


@pytest.fixture
def filled(store: Store, captures: Captures) -> Store:
    """A ledger with three documents, a refused file, a link and a judgement, each act with its log entry."""
    captures.keep(text.encode() for text in TEXTS.values())
    files = [make_arrival(text, origin=name, published="2031-05-04") for name, text in TEXTS.items()]
    store.put(files)
    refused = Problem(code="empty-file", message="it is empty", stage="readers", origin="empty.txt")
    store.put([Arrival(origin="empty.txt", problems=(refused,))])
    left, right = (file.readings[0].claims[1].id for file in files[:2])
    link = Link(kind="denies", left=right, right=left, score=0.5, rule="test", why="They say so.", run=RUN.id)
    store.put_links(RUN, [link])
    one, other, _ = (file.readings[0].parties[1].id for file in files)
    store.judge((one, other), "negative", by="Ilsa Brandt", reason="Two offices.")
    store.note_report("report.html", "0" * 64)
    return store
