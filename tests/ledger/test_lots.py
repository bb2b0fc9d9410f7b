"""Linkers get their news lot by lot, find what they filed, and lose nothing when they are cut off."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import event, select
from tests.cases import new_place

from sayso.core.ids import ClaimId, DocumentId
from sayso.core.ports import MOST_FILED, Filing
from sayso.core.records import Run
from sayso.core.views import ClaimFilter
from sayso.ledger import database, lots, schema
from sayso.ledger.annotations import Signed
from sayso.ledger.arrival import Arrival
from sayso.ledger.lots import Lot
from sayso.ledger.meanings import Meanings
from sayso.ledger.nearest import Floats, Model
from sayso.ledger.places import folder_of
from sayso.ledger.store import Store

MakeArrival = Callable[..., Arrival]
RUN = Run(tool="link", version="1")
LINKER = "echo@1"
WIDTH = 64


def bags(texts: Sequence[str]) -> Floats:
    """Return a vector for each text in which each word has a place."""
    found = np.zeros((len(texts), WIDTH), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.casefold().split():
            found[row, sha256(word.encode()).digest()[0] % WIDTH] += 1
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


MODEL = Model("bags", WIDTH, bags)


def told(at: int) -> str:
    return f"The Orvale ministry said that shells hit bridge {at} of the Lunde."


def put(store: Store, arrival: MakeArrival, *numbers: int, day: str = "2031-05-04") -> list[DocumentId]:
    files = [arrival(told(at), origin=f"{at:05}.txt", published=day) for at in numbers]
    store.put(files)
    return [file.readings[0].document.id for file in files]


def file_all(lot: Lot, linker: str = LINKER, key: str = "shells") -> None:
    index = lot.seen_by(linker)
    for document in index.news():
        index.file(Filing(key=key, record=document))


def linked(
    store: Store, linkers: Sequence[str] = (LINKER,), model: Model = MODEL
) -> list[tuple[DocumentId, ...]]:
    """Link what is news, and return the documents of each lot."""
    done = []
    for lot in store.to_link(linkers, model):
        for linker in linkers:
            file_all(lot, linker)
        store.put_links(RUN, (), lot)
        done.append(lot.documents)
    return done


def filed(store: Store, key: str = "shells", linker: str = LINKER) -> Sequence[str]:
    with database.reading(store.engine) as connection:
        pending = lots.pending(connection, (linker,))
        lot = Lot(connection, (), pending.news, _unused(store), all_up_to=None)
        return lot.seen_by(linker).filed([key], MOST_FILED + 1).get(key, ())


def _unused(store: Store) -> Meanings:
    return Meanings(folder_of(store.place), MODEL)


def test_news_come_once_the_early_ones_first(store: Store, arrival: MakeArrival) -> None:
    late = put(store, arrival, 1, day="2031-05-09")
    early = put(store, arrival, 2, day="2031-05-01")
    assert linked(store) == [(*early, *late)]
    assert linked(store) == []
    newer = put(store, arrival, 3)
    assert linked(store) == [(*newer,)]
    assert list(filed(store)) == [*early, *late, *newer]


def test_many_news_are_linked_in_several_lots(
    store: Store, arrival: MakeArrival, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lots, "_MOST_DOCUMENTS", 2)
    documents = put(store, arrival, *range(5))
    found = linked(store)
    assert [len(lot) for lot in found] == [2, 2, 1]
    assert {one for lot in found for one in lot} == set(documents)
    assert linked(store) == []


def test_a_document_of_many_claims_is_a_lot_of_its_own(
    store: Store, arrival: MakeArrival, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lots, "_MOST_CLAIMS", 1)
    put(store, arrival, *range(3))
    assert [len(lot) for lot in linked(store)] == [1, 1, 1]


def test_a_run_that_is_cut_off_leaves_nothing_and_is_done_again(
    store: Store, arrival: MakeArrival, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lots, "_MOST_DOCUMENTS", 2)
    put(store, arrival, *range(4))
    under_way = store.to_link((LINKER,), MODEL)
    first = next(under_way)
    file_all(first)
    store.put_links(RUN, (), first)
    file_all(second := next(under_way))
    second.meanings.alike(_a_claim(second), 3)
    under_way.close()  # as a kill would
    assert len(filed(store)) == 2
    assert linked(store) == [second.documents]
    assert len(filed(store)) == 4


def counted(store: Store, key: str = "shells") -> int:
    with database.reading(store.engine) as connection:
        pending = lots.pending(connection, (LINKER,))
        lot = Lot(connection, (), pending.news, _unused(store), all_up_to=None)
        return lot.seen_by(LINKER).counts([key]).get(key, 0)


def replaced(store: Store, document: DocumentId) -> None:
    """Take out a claim of a document, as a person does."""
    with store.pages() as pages:
        claim = next(view.claim.id for view in pages.claims(ClaimFilter()) if view.document.id == document)
    store.annotate(document, None, replaces=claim, signed=Signed("Ada", None))


@pytest.mark.parametrize("times", [1, 2])
def test_what_was_filed_before_somebody_annotated_in_the_middle_of_a_run_stays_once(
    store: Store, arrival: MakeArrival, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    monkeypatch.setattr(lots, "_MOST_DOCUMENTS", 2)
    put(store, arrival, *range(4))
    under_way = store.to_link((LINKER,), MODEL)
    file_all(first := next(under_way))
    store.put_links(RUN, (), first)
    under_way.close()
    for _ in range(times):
        replaced(store, first.documents[0])
    again = linked(store)
    assert {first.documents[0]} < {one for lot in again for one in lot}
    assert first.documents[1] not in {one for lot in again for one in lot}
    assert counted(store) == len(filed(store)) == 4
    replaced(store, first.documents[1])
    assert linked(store) == [(first.documents[1],)]
    assert counted(store) == len(filed(store)) == 4


def test_a_document_that_is_read_again_is_news_and_stays_filed_once(
    store: Store, arrival: MakeArrival, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lots, "_MOST_DOCUMENTS", 2)

    def read_again(document: DocumentId, version: str) -> None:
        at = documents.index(document)
        run = Run(tool="test", version=version)
        store.put([arrival(told(at), origin=f"{at:05}.txt", published="2031-05-04", run=run)])

    documents = put(store, arrival, *range(4))
    under_way = store.to_link((LINKER,), MODEL)
    file_all(first := next(under_way))
    store.put_links(RUN, (), first)
    under_way.close()
    read_again(first.documents[0], "2")
    assert first.documents[0] in {one for lot in linked(store) for one in lot}
    assert linked(store) == []
    read_again(first.documents[1], "2")
    assert linked(store) == [(first.documents[1],)]
    assert counted(store) == len(filed(store)) == 4


def _a_claim(lot: Lot) -> ClaimId:
    index = lot.seen_by(LINKER)
    return index.claims_of(index.news()[0])[0].id


def test_of_two_runs_at_once_the_second_looks_again(store: Store, arrival: MakeArrival) -> None:
    put(store, arrival, 1, 2)
    under_way = store.to_link((LINKER,), MODEL)
    lot = next(under_way)
    file_all(lot)
    assert len(linked(store)) == 1
    before = len(list(store.log()))
    assert store.put_links(RUN, (), lot) == 0
    assert not lot.stored
    assert list(under_way) == []
    assert len(list(store.log())) == before
    assert len(filed(store)) == 2


def test_what_a_linker_filed_is_found_at_once_and_after_it_is_stored(
    store: Store, arrival: MakeArrival
) -> None:
    first, second = put(store, arrival, 1, 2)
    for lot in store.to_link((LINKER,), MODEL):
        index = lot.seen_by(LINKER)
        index.file(Filing(key="a", record=first))
        index.file(Filing(key="a", record=second))
        index.file(Filing(key="b", record=first, counted_only=True))
        assert index.filed(["a", "b", "c"], 5) == {"a": (first, second)}
        store.put_links(RUN, (), lot)
    put(store, arrival, 3)
    for lot in store.to_link((LINKER, "other@1"), MODEL):
        index = lot.seen_by(LINKER)
        index.file(Filing(key="a", record=first))
        assert index.filed(["a"], 1) == {"a": (first,)}
        assert index.counts(["a", "b", "c"]) == {"a": 3, "b": 1}
        assert lot.seen_by("other@1").filed(["a"], 5) == {}
        assert lot.seen_by("other@1").counts(["a"]) == {}
        assert len(lot.seen_by("other@1").news()) == 3
        assert len(index.news()) == 1
        store.put_links(RUN, (), lot)


def test_a_key_keeps_its_first_records_however_many_there_are(store: Store, arrival: MakeArrival) -> None:
    put(store, arrival, 1)
    ids = [f"clm_{at:032x}" for at in range(MOST_FILED + 9)]
    for lot in store.to_link((LINKER,), MODEL):
        for one in ids[: MOST_FILED - 2]:
            lot.seen_by(LINKER).file(Filing(key="shells", record=one))
        store.put_links(RUN, (), lot)
    put(store, arrival, 2)
    for lot in store.to_link((LINKER,), MODEL):
        for one in ids[MOST_FILED - 2 :]:
            lot.seen_by(LINKER).file(Filing(key="shells", record=one))
        store.put_links(RUN, (), lot)
    assert list(filed(store)) == ids[:MOST_FILED]
    with database.reading(store.engine) as connection:
        assert connection.execute(schema.counts.select()).one().counted == len(ids)


def test_who_asks_for_a_few_and_then_for_more_gets_them_all(store: Store, arrival: MakeArrival) -> None:
    put(store, arrival, 1)
    ids = [f"clm_{at:032x}" for at in range(6)]
    for lot in store.to_link((LINKER,), MODEL):
        for one in ids[:5]:
            lot.seen_by(LINKER).file(Filing(key="shells", record=one))
        store.put_links(RUN, (), lot)
    put(store, arrival, 2)
    for lot in store.to_link((LINKER,), MODEL):
        index = lot.seen_by(LINKER)
        index.file(Filing(key="shells", record=ids[5]))
        found = [index.filed(["shells"], most)["shells"] for most in (1, 3, 5, 9, 2)]
        assert found == [tuple(ids[:most]) for most in (1, 3, 5, 6, 2)]
        store.put_links(RUN, (), lot)


def test_a_linker_of_another_version_starts_with_nothing(store: Store, arrival: MakeArrival) -> None:
    documents = put(store, arrival, 1, 2)
    linked(store)
    assert linked(store, ("echo@2",)) == [tuple(documents)] or len(documents) == 2
    assert filed(store) == ()
    assert len(filed(store, linker="echo@2")) == 2
    with database.reading(store.engine) as connection:
        assert [row.linker for row in connection.execute(schema.linkers.select())] == ["echo@2"]


def alike(store: Store, arrival: MakeArrival, model: Model = MODEL) -> list[tuple[str, float]]:
    """Add a document, and return the words of what is near its last claim."""
    put(store, arrival, 99)
    found: list[tuple[str, float]] = []
    for lot in store.to_link((LINKER,), model):
        index = lot.seen_by(LINKER)
        claim = index.claims_of(index.news()[-1])[-1]
        for near, cosine in index.alike(claim.id, 3):
            other = index.claim(near)
            document = index.document(index.attribution(other.attribution).document)
            found.append((other.content[0].of(document.text), cosine))
        store.put_links(RUN, (), lot)
    return found


def folder(store: Store) -> Path:
    return folder_of(store.place) / "nearest"


def test_claims_near_in_meaning_are_found_and_equal_words_are_kept_once(
    store: Store, arrival: MakeArrival
) -> None:
    for at in (1, 2):
        put(store, arrival, at)
    store.put([arrival(told(1), origin="again.txt")])
    found = alike(store, arrival)
    assert len({words for words, _ in found}) == len(found) == 3
    assert found == sorted(found, key=lambda one: -one[1])
    assert found[0][1] > 0.8
    with database.reading(store.engine) as connection:
        assert connection.execute(schema.meanings.select()).all()
    assert len(list(folder(store).iterdir())) == 1


@pytest.mark.parametrize("harm", ["gone", "cut", "garbage", "other model"])
def test_files_that_are_missing_broken_or_of_another_model_are_made_anew(
    store: Store, arrival: MakeArrival, harm: str
) -> None:
    put(store, arrival, *range(1, 40))
    for lot in store.to_link((LINKER,), MODEL):
        lot.seen_by(LINKER).alike(_a_claim(lot), 1)
        store.put_links(RUN, (), lot)
    (path,) = folder(store).iterdir()
    whole = path.read_bytes()
    if harm == "gone":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif harm == "garbage":
        path.write_bytes(b"\xff" * len(whole))
    model = MODEL._replace(digest="other") if harm == "other model" else MODEL
    assert len(alike(store, arrival, model)) == 3
    assert len(list(folder(store).iterdir())) == 1


def test_the_same_claims_give_the_same_file(tmp_path: Path, arrival: MakeArrival) -> None:
    made = []
    for name in ("one", "other"):
        store = Store.create(new_place(tmp_path / name), title="case")
        put(store, arrival, *range(300))
        for lot in store.to_link((LINKER,), MODEL):
            lot.seen_by(LINKER).alike(_a_claim(lot), 1)
            store.put_links(RUN, (), lot)
        (path,) = folder(store).iterdir()
        made.append((path.name, path.read_bytes()))
        store.close()
    assert made[0] == made[1]


def test_young_vectors_settle_into_the_old_file(
    store: Store, arrival: MakeArrival, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.ledger.nearest._YOUNG", 8)
    for at in range(6):
        put(store, arrival, *range(at * 5, at * 5 + 5))
        for lot in store.to_link((LINKER,), MODEL):
            lot.seen_by(LINKER).alike(_a_claim(lot), 1)
            store.put_links(RUN, (), lot)
        with database.reading(store.engine) as connection:
            vectors = len(connection.execute(schema.meanings.select()).all())
        kept = [path.name.split("-")[:2] for path in folder(store).iterdir()]
        assert sum(int(count) for _, count in kept) == vectors
        assert len(kept) <= 2
    assert len(alike(store, arrival)) == 3


@pytest.mark.sqlite  # what the plans look like is each database's own
def test_what_is_news_again_is_looked_up_among_what_linkers_have_seen(
    store: Store, arrival: MakeArrival, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lots, "_MOST_DOCUMENTS", 2)
    put(store, arrival, *range(4))
    under_way = store.to_link((LINKER, "other@1"), MODEL)
    store.put_links(RUN, (), first := next(under_way))
    under_way.close()
    asked = []
    with database.writing(store.engine) as connection:
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
        lots.offer_again(connection, first.documents[0], 7)
        updates = [one for one in asked if one[0].startswith("UPDATE")]
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", given) for said, given in updates]
        steps = [row.detail for plan in plans for row in plan]
        seen = connection.execute(select(schema.seen.c.document)).scalars().all()
    assert len(updates) == 2
    assert not [step for step in steps if step.startswith("SCAN")]
    assert sum(document == f"@{first.documents[0]} 7" for document in seen) == 2
