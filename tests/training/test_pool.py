"""The open plain texts: whatever is scored is kept out of them."""

from pathlib import Path

from training.data import read_records
from training.pool import Plain, documents, passages, shared_runs

SENTENCE = "The mayor of Halm said on Monday that two bridges had been closed after the flood."


def plains(shared: Path) -> list[Plain]:
    return [*documents(shared), *passages(shared)]


def test_no_plain_text_holds_a_paragraph_of_a_text_that_is_scored(shared: Path) -> None:
    gold = read_records(shared / "data" / "attribution" / "gold_shared.jsonl")
    scored = {
        line.strip() for record in gold for line in record["text"].split("\n") if len(line.split()) > 40
    }
    assert not scored & {line.strip() for plain in plains(shared) for line in plain.text.split("\n")}


def test_there_are_thousands_of_plain_texts_and_each_has_words(shared: Path) -> None:
    found = plains(shared)
    assert len(found) > 2000
    assert all(plain.text.strip() for plain in found)


def test_runs_of_words_are_counted_across_case_and_punctuation(shared: Path) -> None:
    common = shared_runs(shared)
    scored = (shared / "seeds" / "trend-2020-11-01.txt").read_text(encoding="utf-8")
    assert common(scored.upper().replace(",", " ")) > 100
    assert common(SENTENCE) == common("") == 0
