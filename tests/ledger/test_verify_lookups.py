"""What is changed by hand in the tables that candidates and names are looked up in is found."""

from collections.abc import Callable, Sequence
from contextlib import closing
from hashlib import sha256

import numpy as np
import pytest
from tests.cases import by_hand, changed

from sayso.core.ports import Filing
from sayso.core.records import Review, Run
from sayso.ledger import schema
from sayso.ledger.arrival import Arrival, FeedArrival
from sayso.ledger.captures import Captures
from sayso.ledger.nearest import Floats, Model
from sayso.ledger.places import Place, folder_of
from sayso.ledger.store import Store

MakeArrival = Callable[..., Arrival]
LINKER = "echo@1"
WIDTH = 32
RUN = Run(tool="link", version="1")


def bags(texts: Sequence[str]) -> Floats:
    found = np.ones((len(texts), WIDTH), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.split():
            found[row, sha256(word.encode()).digest()[0] % WIDTH] += 1
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def linked(filled: Store, arrival: MakeArrival) -> Place:
    """Where a closed ledger is kept that was linked, and has a fact-check."""
    for at, run in enumerate((RUN, RUN)):
        for lot in filled.to_link((LINKER,), Model("bags", WIDTH, bags)):
            index = lot.seen_by(LINKER)
            for document in index.news():
                index.file(Filing(key="shells", record=document))
                for claim in index.claims_of(document):
                    index.file(Filing(key=claim.act, record=claim.id))
                    index.file(Filing(key="any", record=claim.id, counted_only=True))
                    index.alike(claim.id, 1)
            filled.put_links(run, (), lot)
        filled.put([arrival(f"The Orvale ministry said that {at} shells hit a bridge.", origin=f"{at}.txt")])
    review = Review(
        claim_reviewed="Shells hit a bridge.",
        url="https://example.org/1",
        author="Lantern Check",
        rating="false",
    )
    filled.put_reviews(
        FeedArrival(origin="feed.json", sha256="0" * 64, reviews=((review, ("shell", "hit")),))
    )
    filled.close()
    return filled.place


def told(place: Place) -> set[str]:
    with closing(Store(place)) as store:
        found = store.check(Captures(folder_of(place) / "captures")).findings
    return {finding.code for finding in found} - {"no-capture"}


def test_what_was_linked_is_whole(linked: Place) -> None:
    assert told(linked) == set()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE terms SET name = 'Somebody else' WHERE kind = 'speaker'",
        "INSERT INTO terms SELECT max(number) + 1, 'target', 'nobody', 'Nobody' FROM terms",
        "UPDATE linkers SET entry = 1000000",
        "UPDATE linkers SET lots = 99",
        "INSERT INTO seen SELECT number, 'doc_ffff' FROM linkers",
        "INSERT INTO seen SELECT number, '@doc_ffff 3' FROM linkers",
        "INSERT INTO seen SELECT 99, min(document) FROM documents",
        "UPDATE counts SET counted = 0",
        "UPDATE counts SET shelved = shelved + 1",
        "DELETE FROM counts WHERE shelved > 0",
        "DELETE FROM shelves WHERE place = 1",
        "UPDATE shelves SET place = place + 7 WHERE place = 1",
        "UPDATE shelves SET linker = 9",
        "UPDATE meanings SET words = words + 1",
        "UPDATE meanings SET claim = 'clm_ffff' WHERE number = 1",
        "DELETE FROM meanings WHERE number = 0",
        "DELETE FROM reviews",
        "UPDATE reviews SET review = 'rev_ffff'",
        "UPDATE review_counts SET counted = counted + 1",
        "DELETE FROM review_words",
        "UPDATE review_words SET review = 9",
    ],
)
def test_a_change_by_hand_is_found(linked: Place, change: str) -> None:
    changed(linked, change)
    assert told(linked) & {"changed-column", "stray-row"}


@pytest.mark.parametrize("stored", [b"doc_\xff\xff", b"\xff\xff\xff\xff\xff", b"doc", b""])
def test_a_shelf_whose_record_is_gone_or_no_id_at_all_is_found(linked: Place, stored: bytes) -> None:
    with by_hand(linked) as connection:
        connection.execute(schema.shelves.update().values(record=stored))
    assert "stray-row" in told(linked)
