"""Scores what is linked between pairs of claims that a careful reader judged, all in one case.

python -m quality.pairs [--misses]
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from quality.measure import Measure
from quality.pairs_found import Found, Linked
from quality.pairs_gold import RELATIONS, STYLES, Gold, Pair, Relation, Style, gold
from sayso.case import Case
from sayso.core.records import LinkKind

_RELATIONS: dict[LinkKind, Relation] = {
    "same": "same",
    "denies": "denies",
    "contradicts": "conflicts",
    "updates": "updates",
}


class Judged(msgspec.Struct, frozen=True):
    """A pair, and how the case has it."""

    pair: Pair
    style: Style  # of the texts
    found: Relation
    turned: bool = False  # it denies or updates the wrong way round

    @property
    def is_right(self) -> bool:
        """Whether the case has it as a reader does."""
        if self.found == self.pair.relation:
            return not self.turned
        return self.found == self.pair.or_

    @property
    def wanted(self) -> Relation:
        """The relation to score against: the other one that a reader may see, where that was found."""
        return self.found if self.found == self.pair.or_ else self.pair.relation


class Outcome(msgspec.Struct, frozen=True):
    """All pairs as the case has them, and the share of its links that stay within one event."""

    judged: tuple[Judged, ...]
    within_events: float  # 0 to 1


def outcome(pairs: Gold | None = None) -> Outcome:
    """Put all documents into one case, link it, and read the relation of each pair."""
    pairs = pairs or gold()
    found = _found(pairs)
    event_of = {text.id: text.event for text in pairs.texts}
    ends = [
        (event_of[_name(link.left.document.origin)], event_of[_name(link.right.document.origin)])
        for link in found.links
    ]
    within = sum(left == right for left, right in ends) / len(ends) if ends else 1.0
    style_of = {text.id: text.style for text in pairs.texts}
    judged = tuple(_judged(pair, style_of[pair.left.text], found) for pair in pairs.pairs)
    return Outcome(judged=judged, within_events=within)


def measures(result: Outcome | None = None) -> Iterator[Measure]:
    """Yield the macro F1 over the five relations, style by style too, and two precisions; in per cent."""
    judged = (result := result or outcome()).judged
    yield Measure(name="pairs macro F1", value=macro_f1(judged))
    for style in STYLES:
        of_style = [one for one in judged if one.style == style]
        if of_style:
            yield Measure(name=f"pairs of {style} texts macro F1", value=macro_f1(of_style))
    yield Measure(name="pairs precision of denies", value=round(100 * precision(judged, "denies"), 1))
    yield Measure(name="pairs precision of conflicts", value=round(100 * precision(judged, "conflicts"), 1))
    yield Measure(name="pairs links within one event", value=round(100 * result.within_events, 1))


def precision(judged: Sequence[Judged], relation: Relation) -> float:
    """Return which share of the pairs found so are so; 1 where none is found."""
    found = [one.is_right for one in judged if one.found == relation]
    return sum(found) / len(found) if found else 1.0


def recall(judged: Sequence[Judged], relation: Relation) -> float:
    """Return which share of the pairs that are so are found so."""
    wanted = [one.is_right for one in judged if one.wanted == relation]
    return sum(wanted) / len(wanted) if wanted else 1.0


def macro_f1(judged: Sequence[Judged]) -> float:
    """Return the mean F1 of the five relations in per cent."""
    f1 = [_f1(judged, relation) for relation in RELATIONS]
    return round(100 * sum(f1) / len(f1), 1)


def _f1(judged: Sequence[Judged], relation: Relation) -> float:
    right = sum(one.is_right for one in judged if one.wanted == relation)
    found = sum(one.found == relation for one in judged)
    wanted = sum(one.wanted == relation for one in judged)
    return 2 * right / (found + wanted) if found + wanted else 1.0


def _found(pairs: Gold) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder, "texts")
        files.mkdir()
        for name, line in pairs.files().items():
            (files / name).write_bytes(line)
        with Case.init(Path(folder, "case")) as case:
            for _ in case.add([files]):
                pass
            case.link()
            pages = {_name(page.head.origin): page for page in case.documents()}
            return Found(pages, list(case.links()))


def _name(origin: str) -> str:
    return origin.partition("#")[2]


def _judged(pair: Pair, style: Style, found: Found) -> Judged:
    linked = [one for one in found.between(pair.left, pair.right) if one.kind in _RELATIONS]
    if not linked:
        return Judged(pair, style, "unrelated")
    best = max(linked, key=_weight)
    return Judged(pair, style, _RELATIONS[best.kind], best.turned)


def _weight(linked: Linked) -> tuple[bool, float]:
    # That two claims are of one group is said more weakly than that one denies the other.
    return linked.kind != "same", linked.score


def main() -> None:
    """Print the scores, relation by relation too, and with --misses each pair that is not right."""
    arguments = argparse.ArgumentParser(description="Scores of the judged pairs.")
    arguments.add_argument("--misses", action="store_true", help="print every pair that is not right")
    chosen = arguments.parse_args()
    pairs = gold()
    result = outcome(pairs)
    for measure in measures(result):
        print(f"{measure.value:5.1f}  {measure.name}")
    for relation in RELATIONS:
        right = precision(result.judged, relation), recall(result.judged, relation)
        wanted = sum(one.wanted == relation for one in result.judged)
        print(f"{relation:10} precision {100 * right[0]:5.1f}  recall {100 * right[1]:5.1f}  of {wanted}")
    missed = [one for one in result.judged if not one.is_right]
    kinds = Counter((one.pair.relation, one.found, one.turned) for one in missed)
    for (wanted_relation, found, turned), number in kinds.most_common():
        print(f"{number:4}  {wanted_relation} found as {found}{' the wrong way round' if turned else ''}")
    if chosen.misses:
        _print_misses(missed, pairs.words)


def _print_misses(missed: Sequence[Judged], words: Callable[..., str]) -> None:
    for one in missed:
        pair = one.pair
        print(
            f"\n{pair.id}: {pair.relation}, found {one.found}{' turned' if one.turned else ''} ({pair.why})"
        )
        print(f"  {pair.left.text}: {words(pair.left)}\n  {pair.right.text}: {words(pair.right)}")


if __name__ == "__main__":
    main()
