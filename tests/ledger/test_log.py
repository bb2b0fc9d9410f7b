"""The log says what people did, in order, and who."""

import getpass

import pytest

from sayso.core import codec
from sayso.ledger import log
from sayso.ledger.store import Store


def test_each_entry_is_chained_to_the_one_before(filled: Store) -> None:
    entries = list(filled.log())
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.previous for entry in entries] == [log.START, *(entry.hash for entry in entries[:-1])]
    assert [entry.act for entry in entries] == ["init", "add", "add", "add", "add", "link", "judge", "report"]


def test_an_add_says_what_it_stored(filled: Store) -> None:
    entry = list(filled.log())[1]
    filed = codec.decode(entry.details, log.Filed)
    assert filed.origin == "orvale.txt"
    assert filed.stored is not None
    assert (
        filed.stored.records == 10
    )  # capture, document, run, two attributions, two claims, two parties, problem
    assert len(filed.documents) == 1


def test_a_hash_tells_where_one_field_ends_and_the_next_begins() -> None:
    one = log.Said(number=1, at="2031", who="an", act="nadd", details="{}")
    other = one._replace(who="ann", act="add")
    assert log.entry_hash(log.START, one) != log.entry_hash(log.START, other)


def test_an_anchor_does_not_depend_on_the_order_of_records() -> None:
    stored = [log.Stored(f"clm_{n}", "doc_1", f"{n}") for n in range(5)]
    assert log.anchor(stored) == log.anchor(reversed(stored))
    assert log.anchor(stored) != log.anchor(stored[1:])


def test_a_user_without_a_name_is_unknown(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise OSError

    monkeypatch.setattr(getpass, "getuser", nameless)
    store.note_report("report.html", "0" * 64)
    assert list(store.log())[-1].who == "unknown"
