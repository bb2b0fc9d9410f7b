"""Records are stored once, whole files at a time, and come back as they were."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import psycopg
import pytest
from sqlalchemy import text
from tests.cases import changed, new_place
from tests.ledger.test_query_plans import watched

from sayso.core.errors import BadInput, BadRecord, NotACase, NotFound, Tampered
from sayso.core.ids import AttributionId, DocumentId
from sayso.core.records import Link, Problem, Run
from sayso.core.views import ClaimFilter, LinkFilter
from sayso.ledger import database
from sayso.ledger.arrival import Arrival
from sayso.ledger.index import LedgerIndex
from sayso.ledger.store import Store

MakeArrival = Callable[..., Arrival]


@contextmanager
def opened(store: Store) -> Iterator[LedgerIndex]:
    with database.reading(store.engine) as connection:
        yield LedgerIndex(connection)


def contents(store: Store) -> set[tuple[str, ...]]:
    """Everything that is stored, without the log and the numbers it gives."""
    columns = {
        "records": "id, document, kind, body, digest, run",
        "captures": "*",
        "documents": "*",
        "claims": "*",
        "roles": "*",
        "links": "*",
        "passages": 'document, start, "end", words',
    }
    with database.reading(store.engine) as connection:
        return {
            (table, *map(str, row))
            for table, names in columns.items()
            for row in connection.exec_driver_sql(f"SELECT {names} FROM {table}")  # noqa: S608 - our own names
        }


def test_what_is_stored_comes_back_equal(store: Store, arrival: MakeArrival) -> None:
    file = arrival("The Orvale ministry said so. 🌉")
    (reading,) = file.readings
    store.put([file])
    with opened(store) as index:
        assert list(index.documents()) == [reading.document]
        assert sorted(index.claims(), key=lambda claim: claim.id) == sorted(
            reading.claims, key=lambda claim: claim.id
        )
        assert {index.attribution(claim.attribution) for claim in reading.claims} == set(reading.attributions)
    assert list(store.problems()) == list(reading.problems)


def test_storing_the_same_twice_changes_nothing(store: Store, arrival: MakeArrival) -> None:
    file = arrival("The Orvale ministry said so.")
    assert store.put([file, file]) == (True, False)
    before, log = contents(store), list(store.log())
    assert store.put([file]) == (False,)
    assert (contents(store), list(store.log())) == (before, log)


def test_a_later_run_stands_beside_the_earlier_one(store: Store, arrival: MakeArrival) -> None:
    text = "The Orvale ministry said so."
    store.put([arrival(text)])
    before = contents(store)
    assert store.put([arrival(text, run=Run(tool="test", version="2"))]) == (True,)
    assert before < contents(store)


def test_the_order_of_files_makes_no_difference(tmp_path: Path, arrival: MakeArrival) -> None:
    files = [arrival(f"The Orvale ministry said {number}.", origin=f"{number}.txt") for number in range(4)]
    one = Store.create(new_place(tmp_path / "one"), title="case")
    other = Store.create(new_place(tmp_path / "other"), title="case")
    one.put(files)
    for file in reversed(files):
        other.put([file])
    assert contents(one) == contents(other)
    assert sorted(entry.details for entry in one.log()) == sorted(entry.details for entry in other.log())
    one.close()
    other.close()


def test_a_stored_file_is_known_by_its_bytes_and_its_name(store: Store, arrival: MakeArrival) -> None:
    file = arrival("The Orvale ministry said so.", origin="note.txt")
    assert file.capture is not None
    assert not store.holds(file.capture.sha256, "note.txt", seconds=30)
    store.put([file])
    assert store.holds(file.capture.sha256, "note.txt", seconds=30)
    assert not store.holds(file.capture.sha256, "other.txt", seconds=30)
    assert not store.holds("0" * 64, "note.txt", seconds=30)


@pytest.mark.sqlite  # its plans
def test_whether_a_file_is_known_costs_the_same_however_many_there_are(
    store: Store, arrival: MakeArrival
) -> None:
    file = arrival("A bridge. Nothing else.")
    store.put([file])
    assert file.capture is not None
    with watched(store.engine) as asked:
        assert store.holds(file.capture.sha256, "note.txt", seconds=30)
    with database.reading(store.engine) as connection:
        plans = [
            row.detail
            for statement, given in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)  # type: ignore[arg-type] # as it was given
        ]
    assert any("ix_records_document" in plan for plan in plans)
    assert not any("ix_records_kind" in plan for plan in plans)


def test_a_refused_file_leaves_its_problem_and_nothing_else(store: Store) -> None:
    problem = Problem(code="empty-file", message="it is empty", stage="readers", origin="empty.txt")
    refused = Arrival(origin="empty.txt", problems=(problem,))
    assert store.put([refused]) == (True,)
    assert store.put([refused]) == (False,)
    assert list(store.problems()) == [problem]


def test_an_existing_link_is_left_as_it_is(filled: Store) -> None:
    with filled.pages() as pages:
        (view,) = pages.links()
    again = msgspec.structs.replace(view.link, score=0.9, judgement="rejected")
    run = Run(tool="test", version="2")
    assert filled.put_links(run, [again]) == 0
    with filled.pages() as pages:
        assert [found.link for found in pages.links()] == [view.link]


def test_ids_that_no_record_has_are_told(filled: Store) -> None:
    with opened(filled) as index:
        known = [claim.id for claim in index.claims()]
    assert filled.missing([*known, "clm_none", "doc_none"]) == {"clm_none", "doc_none"}
    with opened(filled) as index, pytest.raises(NotFound, match="no-attribution"):
        index.attribution(AttributionId("att_none"))
    with opened(filled) as index, pytest.raises(NotFound, match="no-document"):
        index.document(DocumentId("doc_none"))


def test_iteration_is_in_the_order_of_ids(filled: Store) -> None:
    with opened(filled) as index:
        documents = [document.id for document in index.documents()]
        claims = [claim.id for claim in index.claims()]
    assert documents == sorted(documents)
    assert claims == sorted(claims)


def test_a_broken_transaction_leaves_nothing(store: Store, arrival: MakeArrival) -> None:
    good = arrival("The Orvale ministry said so.")
    other = arrival("The Mereth army said so.")
    # Its document names a capture that is not stored: the database refuses the whole lot.
    torn = Arrival(origin="torn.txt", capture=good.capture, readings=other.readings)
    with pytest.raises(Tampered, match="broken-ledger"):
        store.put([good, torn])
    assert not contents(store)
    assert len(list(store.log())) == 1


def test_a_place_without_a_ledger_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(NotACase, match="no-case"):
        Store(new_place(tmp_path))


@pytest.mark.sqlite
def test_an_empty_file_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").touch()
    with pytest.raises(NotACase, match="no-case"):
        Store(tmp_path / "ledger.sqlite")


@pytest.mark.sqlite
def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(Tampered, match="broken-ledger"):
        Store(tmp_path / "ledger.sqlite")


def test_a_ledger_is_not_made_twice(store: Store) -> None:
    with pytest.raises(BadInput, match="case-exists"):
        Store.create(store.place, title="again")


def test_a_changed_record_is_refused_when_it_is_read(filled: Store) -> None:
    change = "UPDATE records SET body = replace(body, 'accuse', 'assert') WHERE kind = 'claim'"
    changed(filled.place, change)
    with filled.pages() as pages, pytest.raises(BadRecord, match="wrong-id"):
        list(pages.claims(ClaimFilter()))


def test_a_second_writer_is_told_who_is_in_the_way(
    store: Store, arrival: MakeArrival, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.ledger.database._PATIENCE_SECONDS", 0.01)
    impatient = Store(store.place)
    with database.writing(store.engine), pytest.raises(BadInput, match="case-busy"):
        impatient.put([arrival("The Orvale ministry said so.")])
    assert impatient.put([arrival("The Orvale ministry said so.")]) == (True,)
    impatient.close()


def test_a_connection_in_use_at_the_closing_is_closed_when_it_is_given_back(tmp_path: Path) -> None:
    store = Store.create(new_place(tmp_path), title="case")
    for _ in ("at the closing", "after it"):
        with database.reading(store.engine) as connection:
            driver = connection.connection.dbapi_connection
            store.close()
            connection.execute(text("SELECT 1"))
        assert driver is not None
        with pytest.raises((psycopg.OperationalError, sqlite3.ProgrammingError), match="closed"):
            driver.cursor().execute("SELECT 1")


def test_links_between_documents_show_the_words_they_rest_on(filled: Store, arrival: MakeArrival) -> None:
    one, other = arrival("First words. More."), arrival("Other words. More.")
    filled.put([one, other])
    left, right = one.readings[0].document.id, other.readings[0].document.id
    filled.put_links(
        Run(tool="test", version="3"),
        [Link(kind="copies", left=left, right=right, score=1.0, rule="test", why="Alike.")],
    )
    with filled.pages() as pages:
        (view,) = pages.links(LinkFilter(kind="copies"))
    assert (view.left.kind, view.left.words, view.left.speaker) == ("document", "note.txt", "The Valley Post")
