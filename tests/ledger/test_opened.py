"""What of a case was read back stays at hand within bounds, and no longer than the case is open."""

import gc
from contextlib import closing
from weakref import ref

import pytest
from tests.ledger.conftest import MakeArrival

from sayso.core.ids import DocumentId
from sayso.ledger import opened
from sayso.ledger.store import Store


def stored(store: Store, arrival: MakeArrival, letters: int, number: int) -> list[DocumentId]:
    words = "The mayor said the bridge was shut. " * (letters // 36)
    files = [arrival(f"{words}It was day {n}.", origin=f"{letters}-{n}.txt") for n in range(number)]
    store.put(files)
    return [file.readings[0].document.id for file in files]


def at_hand(store: Store, document: DocumentId) -> "ref[object]":
    with store.pages() as pages:
        return ref(pages.segments(document))


def test_a_text_stays_for_the_next_question_until_the_case_is_closed(
    store: Store, arrival: MakeArrival
) -> None:
    (document,) = stored(store, arrival, 200, 1)
    first = at_hand(store, document)
    gc.collect()
    assert first() is not None
    assert first() is at_hand(store, document)()
    store.close()
    gc.collect()
    assert first() is None


def test_texts_at_hand_have_no_more_letters_together_than_is_set_however_few_they_are(
    store: Store, arrival: MakeArrival, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "_LETTERS_KEPT", 5_000)
    with closing(Store(store.place)) as other:
        kept = [at_hand(other, document) for document in stored(other, arrival, 2_000, 5)]
        gc.collect()
        assert [text() is not None for text in kept] == [False, False, False, True, True]
        longer = at_hand(other, *stored(other, arrival, 9_000, 1))
        gc.collect()
        assert longer() is not None  # a page asks for it several times
        assert [text() for text in kept] == [None] * 5
