"""Scores the links between the two seed articles against those that a careful reader drew first.

python -m quality.seeds [--misses]

`seed_links.jsonl` holds them stand-off: `wanted` ones, and `acceptable` ones that a reader would let stand.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from quality.measure import Measure
from quality.pairs_found import Found
from quality.pairs_gold import Place
from quality.shared import ROOT, SHARED
from sayso.case import Case
from sayso.core.ids import sha256_hex
from sayso.core.records import LinkKind
from sayso.core.views import LinkView

MOST_WRONG = 3  # links between the two articles that nobody would draw
_GOLD = ROOT / "quality" / "seed_links.jsonl"
_SEEDS = SHARED / "seeds"
_MUTUAL: frozenset[LinkKind] = frozenset({"same", "contradicts"})


class Text(msgspec.Struct, frozen=True, tag_field="record", tag="text"):
    """One of the articles, by its file and the digest of its bytes."""

    id: str
    sha256: str


class Drawn(msgspec.Struct, frozen=True, tag_field="record", tag="link"):
    """A link as the reader has it."""

    id: str
    expected: Literal["wanted", "acceptable"]
    kind: LinkKind
    left: Place
    right: Place
    why: str

    @property
    def is_across(self) -> bool:
        """Whether it joins the two articles."""
        return self.left.text != self.right.text


class Outcome(msgspec.Struct, frozen=True):
    """What was found of the wanted links, what was not, and what nobody would draw."""

    found: tuple[Drawn, ...]
    missed: tuple[Drawn, ...]
    wrong: tuple[LinkView, ...]


def drawn() -> list[Drawn]:
    """Return the reader's links; raises ValueError when an article is not the one that was read."""
    lines = msgspec.json.Decoder(Text | Drawn).decode_lines(_GOLD.read_bytes())
    for one in lines:
        if isinstance(one, Text) and sha256_hex((_SEEDS / one.id).read_bytes()) != one.sha256:
            message = f"{one.id} is not the article whose links were drawn"
            raise ValueError(message)
    return [one for one in lines if isinstance(one, Drawn)]


def outcome() -> Outcome:
    """Put both articles into one case, link it, and compare."""
    gold = drawn()
    with tempfile.TemporaryDirectory() as folder, Case.init(folder) as case:
        for _ in case.add(sorted({_SEEDS / place.text for one in gold for place in (one.left, one.right)})):
            pass
        case.link()
        pages = {page.head.origin: page for page in case.documents()}
        links = list(case.links())
    found = Found(pages, links)
    wanted = [(one, _is_found(one, found)) for one in gold if one.expected == "wanted"]
    across = [link for link in links if link.left.document.id != link.right.document.id]
    return Outcome(
        found=tuple(one for one, right in wanted if right),
        missed=tuple(one for one, right in wanted if not right),
        wrong=tuple(link for link in across if not _is_drawn(link, gold, found)),
    )


def measures(result: Outcome | None = None) -> Iterator[Measure]:
    """Yield the shares found in per cent, and how many wrong links are left of those that are allowed."""
    result = result or outcome()
    for name, across in (
        ("seeds links between the articles found", True),
        ("seeds links within one found", False),
    ):
        found = sum(one.is_across == across for one in result.found)
        missed = sum(one.is_across == across for one in result.missed)
        yield Measure(name=name, value=round(100 * found / (found + missed), 1))
    left = MOST_WRONG - len(result.wrong)
    yield Measure(name=f"seeds wrong links short of {MOST_WRONG}", value=left)


def _is_found(one: Drawn, found: Found) -> bool:
    return any(linked.kind == one.kind and not linked.turned for linked in found.between(one.left, one.right))


def _is_drawn(link: LinkView, gold: Sequence[Drawn], found: Found) -> bool:
    return any(
        link.link.kind == one.kind
        and (
            (found.stands_at(link.left, one.left) and found.stands_at(link.right, one.right))
            or (
                one.kind in _MUTUAL
                and found.stands_at(link.left, one.right)
                and found.stands_at(link.right, one.left)
            )
        )
        for one in gold
    )


def main() -> None:
    """Print the scores, and with --misses what is missing and what is wrong."""
    arguments = argparse.ArgumentParser(description="Scores of the links between the seed articles.")
    arguments.add_argument("--misses", action="store_true", help="print what is missing and what is wrong")
    chosen = arguments.parse_args()
    result = outcome()
    for measure in measures(result):
        print(f"{measure.value:5.1f}  {measure.name}")
    if not chosen.misses:
        return
    for one in result.missed:
        print(f"missed {one.id} {one.kind}: {one.left} {one.right} {one.why}")
    for link in result.wrong:
        print(f"wrong {link.link.kind} ({link.link.rule}): {link.left.words!r} / {link.right.words!r}")


if __name__ == "__main__":
    main()
