"""Counts of anything, on invented texts: what a reader would set against what, and many traps."""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from sayso.core.reading import Reading
from sayso.core.records import Link
from sayso.core.spans import words
from sayso.flow.contract import Memory
from sayso.flow.pipeline import extract
from sayso.linking.clash import Clashes
from sayso.linking.counts import counts_of, rounding
from sayso.linking.entries import Entries

_PAIRS = Path(__file__).with_name("recounts.jsonl")


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of two short texts."""

    publisher: str
    published: str
    text: str


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two texts, and what a reader says that the later one does with the earlier."""

    relation: Literal["denies", "contradicts", "updates", "unrelated"]
    tries: str
    earlier: Text
    later: Text


PAIRS = msgspec.json.Decoder(Pair).decode_lines(_PAIRS.read_bytes())


@cache
def read(one: Text) -> Reading:
    return extract(one.text, published=one.published, publisher=one.publisher)


def links(case: Memory) -> list[Link]:
    return [link for link in case.link(Clashes()) if isinstance(link, Link)]


def recounted(case: Memory) -> list[str]:
    """Return the rules of counts that a case has links of; denials and casualties are tried elsewhere."""
    return [link.rule for link in links(case) if link.rule in {"count-changed", "counts-as-bounds"}]


def marked(case: Memory, link: Link) -> tuple[str, str]:
    """Return the deciding words of both ends."""
    ends = ((link.left, link.left_spans), (link.right, link.right_spans))
    one, other = (words(spans, _text(case, claim)) for claim, spans in ends)
    return one, other


def _text(case: Memory, claim: str) -> str:
    attribution = next(one.attribution for one in case.claims() if one.id == claim)
    return case.document(case.attribution(attribution).document).text


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.tries)
def test_a_count_is_set_against_another_where_a_reader_does_it_and_nowhere_else(pair: Pair) -> None:
    kinds = {link.kind for link in links(Memory([read(pair.earlier), read(pair.later)]))}
    assert kinds == {pair.relation} - {"unrelated"}


def of(tries: str) -> Pair:
    return next(pair for pair in PAIRS if pair.tries == tries)


def test_the_deciding_words_are_the_two_figures() -> None:
    pair = of("at least against fewer")
    case = Memory([read(pair.earlier), read(pair.later)])
    (link,) = links(case)
    assert marked(case, link) == ("12 trucks", "At least 30 trucks")
    assert link.rule == "counts-as-bounds"


def test_an_update_points_from_the_later_word_to_the_earlier() -> None:
    pair = of("passengers, same source later")
    case = Memory([read(pair.earlier), read(pair.later)])
    (link,) = links(case)
    assert (link.kind, marked(case, link)) == ("updates", ("209", "214 passengers"))


@pytest.mark.parametrize(
    ("tries", "told"),
    [
        ("shells fired, agent", ["300 shells", "40 shells"]),
        ("at least against fewer", ["at least 30 trucks", "12 trucks"]),
        ("tons of flour delivered", ["40 tons", "15 tons"]),
        ("demonstrators, organisers", ["about 500 demonstrators", "5,000 protesters"]),
    ],
)
def test_the_reason_has_the_words_of_each_text(tries: str, told: list[str]) -> None:
    pair = of(tries)
    (link,) = links(Memory([read(pair.earlier), read(pair.later)]))
    assert all(f" {words}" in link.why for words in told), link.why


@pytest.mark.parametrize("late", ["earlier", "later"])
def test_a_text_that_comes_in_late_gets_the_same_link(late: Literal["earlier", "later"]) -> None:
    pair = of("trucks, other verb of arrival")
    at_once = links(Memory([read(pair.earlier), read(pair.later)]))
    case = Memory([read(pair.later if late == "earlier" else pair.earlier)])
    first = links(case)
    case.add([read(getattr(pair, late))])
    assert [*first, *links(case)] == at_once != []


@pytest.mark.parametrize("name", ["Dovan", "Ahmed", "United States", "McNair", "AlQasr"])
def test_exchanging_two_names_exchanges_the_links(name: str) -> None:
    def named(text: str, *, swapped: bool) -> str:
        kastria, dovan = (name, "Kastria") if swapped else ("Kastria", name)
        return text.replace("Kastria", "#").replace("Dovan", dovan).replace("#", kastria)

    for pair in PAIRS:
        straight, turned = (
            Memory(
                [
                    read(msgspec.structs.replace(one, text=named(one.text, swapped=swapped)))
                    for one in (pair.earlier, pair.later)
                ]
            )
            for swapped in (False, True)
        )
        assert recounted(straight) == recounted(turned), pair.tries


@pytest.mark.parametrize(
    ("figure", "off"), [(43, 0), (90, 0), (100, 50), (1_200, 50), (41_213, 0), (2.5, 0), (10**40, 0)]
)
def test_a_round_figure_stands_for_numbers_up_to_half_of_its_last_digit(figure: float, off: float) -> None:
    assert rounding(figure) == off


@pytest.mark.parametrize(
    "text",
    [
        f"There were {'9' * 10_000} crates in the hold, the owner said.",
        "There were " + " and ".join(f"{number} crates in hold {number}" for number in range(2, 900)) + ".",
        "٢١٤ barrels were on board, and not one shot was fired, " * 60 + "the owner said.",
    ],
)
def test_monstrous_numbers_and_tables_are_read_without_complaint(text: str) -> None:
    sane = "There were {} passengers on board the ferry Halvena off Sund, the {} said."
    other = extract(sane.format(214, "harbour office"), published="2047-03-01", publisher="Inland Radio")
    monstrous = f"{sane.format(156, 'owner')} {text}"
    reading = extract(monstrous, published="2047-03-01", publisher="Strand Courier")
    case = Memory([reading, other])
    assert len(counts_of(Entries(case).of(reading.document.id))) < 200
    (link,) = links(case)
    assert {*marked(case, link)} == {"156 passengers", "214 passengers"}
