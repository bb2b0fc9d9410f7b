"""What two short texts are to each other, on the pairs that the rules were developed with."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec
import pytest
from quality.shared import ROOT

from sayso.core.records import Link
from sayso.flow.contract import Memory
from sayso.flow.pipeline import extract
from sayso.linking.clash import Clashes

if TYPE_CHECKING:
    from sayso.core.reading import Reading

_KINDS = frozenset({"denies", "contradicts", "updates"})


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of two short texts."""

    publisher: str
    published: str
    text: str


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two texts, and what a reader says that the later one does with the earlier."""

    id: str
    relation: Literal["denies", "contradicts", "updates", "same", "unrelated", "contradicts/denies"]
    tries: str
    earlier: Text
    later: Text


def pairs() -> list[Pair]:
    lines = (ROOT / "quality" / "pairs_dev.jsonl").read_bytes()
    return msgspec.json.Decoder(Pair).decode_lines(lines)


@cache
def read(one: Text) -> Reading:
    return extract(one.text, published=one.published, publisher=one.publisher)


def memory(*texts: Text) -> Memory:
    return Memory(map(read, texts))


def found(case: Memory) -> list[Link]:
    """Return the links from one text to another."""
    links = (link for link in case.link(Clashes()) if isinstance(link, Link))
    return [link for link in links if _document(case, link.left) != _document(case, link.right)]


def _document(case: Memory, claim: str) -> str:
    return case.attribution(next(one.attribution for one in case.claims() if one.id == claim)).document


def test_denials_and_conflicts_are_found_and_hardly_ever_where_there_are_none() -> None:
    right, wrong, wanted = Counter[str](), Counter[str](), Counter[str]()
    for pair in pairs():
        kinds = {link.kind for link in found(memory(pair.earlier, pair.later))}
        expected = set(pair.relation.split("/")) & _KINDS
        right.update(sorted(kinds & expected)[:1])
        wrong.update(kinds - expected)
        wanted.update(sorted(expected & kinds or expected)[:1])
    for kind in sorted(_KINDS):
        assert right[kind] >= 0.9 * wanted[kind], (kind, right, wanted)
        assert right[kind] >= 0.97 * (right[kind] + wrong[kind]), (kind, right, wrong)


def test_all_the_pairs_in_one_case_hardly_clash_with_each_other() -> None:
    told = pairs()
    of = {text: pair for pair in told for text in (pair.earlier.text, pair.later.text)}
    case = memory(*{text.text: text for pair in told for text in (pair.earlier, pair.later)}.values())
    links = found(case)
    across = [link for link in links if of[case.text(link.left)] is not of[case.text(link.right)]]
    # Whoever owns no banned weapons at all denies every use of them that the case tells of.
    assert len([link for link in across if link.rule != "wider-class"]) <= 0.03 * len(links), across


@pytest.mark.parametrize("lot", [1, 7, 50])
def test_documents_that_come_in_by_date_give_the_links_of_all_at_once(lot: int) -> None:
    texts = {text.text: text for pair in pairs() for text in (pair.earlier, pair.later)}
    dated = [read(one) for one in sorted(texts.values(), key=lambda one: one.published)[:120]]
    at_once, by_lots = Memory(dated), Memory()
    given: set[str] = set()
    for start in range(0, len(dated), lot):
        by_lots.add(dated[start : start + lot])
        given |= {link.id for link in by_lots.link(Clashes()) if isinstance(link, Link)}
    assert given == {link.id for link in at_once.link(Clashes()) if isinstance(link, Link)}
