"""The open training set: every span points at words, and the pool's own words stay out of the repository."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import msgspec
import pytest
from training.data import read_records
from training.open_set import (
    FOLDER,
    ChangedDocument,
    Told,
    Unit,
    counts,
    invented,
    is_held,
    passages,
    records,
    table,
    texts_of,
)

LONG = 60  # code points: a paragraph that two documents do not have in common by chance


def roles_of(told: Told) -> dict[str, tuple[tuple[int, int], ...]]:
    return {"source": told.source, "cue": told.cue, "content": told.content}


def misplaced(unit: Unit, text: str) -> list[str]:
    """Name the spans of a unit that point at no words, at blank edges or out of order."""
    wrong = []
    for told in unit.attributions:
        for role, spans in roles_of(told).items():
            inside = all(0 <= start < end <= len(text) for start, end in spans)
            trimmed = all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
            in_order = list(chain(*spans)) == sorted(chain(*spans))
            if not (inside and trimmed and in_order):
                wrong.append(f"{unit.id} {told.id} {role}")
    return wrong


def holds(outer: Told, spans: Sequence[tuple[int, int]]) -> bool:
    return all(any(low <= start and end <= high for low, high in outer.content) for start, end in spans)


def units() -> list[Unit]:
    return [*invented(), *passages()]


def test_every_span_of_an_invented_text_points_at_words() -> None:
    assert [name for unit in invented() for name in misplaced(unit, unit.text)] == []


def test_every_attribution_has_content() -> None:
    assert all(told.content for unit in units() for told in unit.attributions)


def test_ids_are_unique() -> None:
    ids = [unit.id for unit in units()]
    assert len(ids) == len(set(ids))
    for unit in units():
        own = [told.id for told in unit.attributions]
        assert len(own) == len(set(own)), unit.id


def test_what_stands_within_another_comes_to_an_end_outside() -> None:
    for unit in units():
        outer = {told.id: told.within for told in unit.attributions}
        for start in outer:
            seen: set[str] = set()
            here: str | None = start
            while here is not None:
                assert here not in seen, f"{unit.id} {start} is within itself"
                seen.add(here)
                here = outer[here]


def test_a_nested_attribution_has_its_cue_in_the_outer_content_or_cites_the_same_content() -> None:
    for unit in units():
        by_id = {told.id: told for told in unit.attributions}
        for told in unit.attributions:
            if told.within is None:
                continue
            outer = by_id[told.within]
            nested = holds(outer, told.cue or told.content) or told.content == outer.content
            assert nested, f"{unit.id} {told.id}"


def test_the_passages_of_the_pool_are_stored_without_their_words() -> None:
    for line in (FOLDER / "pool.jsonl").read_bytes().splitlines():
        assert "text" not in msgspec.json.decode(line, type=dict[str, object])


def test_a_passage_spans_its_attributions() -> None:
    for unit in passages():
        start, end = unit.span
        for told in unit.attributions:
            last = max(stop for spans in roles_of(told).values() for _, stop in spans)
            assert last <= end - start, f"{unit.id} {told.id}"


def test_the_counts_in_the_card_are_those_of_the_set() -> None:
    found = passages()
    columns = {
        "invented": counts(invented()),
        "state_releases": counts([unit for unit in found if unit.pool == "state_releases"]),
        "wikinews": counts([unit for unit in found if unit.pool == "wikinews"]),
        "all": counts(units()),
    }
    assert "\n".join(table(columns)) in (FOLDER / "CARD.md").read_text(encoding="utf-8")


def test_every_span_of_a_passage_points_at_words_of_the_annotated_document(shared: Path) -> None:
    found = passages()
    words = zip(found, texts_of(found, shared), strict=True)
    assert [name for unit, text in words for name in misplaced(unit, text)] == []


def test_a_document_that_was_changed_is_refused(shared: Path) -> None:
    changed = msgspec.structs.replace(passages()[0], text_sha256="0" * 64)
    with pytest.raises(ChangedDocument):
        list(texts_of([changed], shared))


def test_the_records_hold_every_unit_with_its_text(shared: Path) -> None:
    given = list(records(shared))
    assert [record["doc_id"] for record in given] == [unit.id for unit in units()]
    assert all(record["text"].strip() for record in given)


def test_the_held_part_is_about_a_tenth_and_shares_no_document_with_the_rest(shared: Path) -> None:
    held = {record["doc_id"] for record in records(shared, held=True)}
    rest = {record["doc_id"] for record in records(shared, held=False)}
    assert held | rest == {unit.id for unit in units()}
    assert not held & rest
    assert 0.07 < len(held) / len(held | rest) < 0.13
    sides = {(unit.document, is_held(unit)) for unit in passages()}
    assert len(sides) == len({document for document, _ in sides})


def test_no_annotated_document_is_one_of_the_texts_that_measure(shared: Path) -> None:
    gold = read_records(shared / "data" / "attribution" / "gold_shared.jsonl")
    measured = {line.strip() for record in gold for line in record["text"].split("\n") if len(line) > LONG}
    for unit, text in zip(passages(), texts_of(passages(), shared), strict=True):
        assert not measured & {line.strip() for line in text.split("\n")}, unit.id
