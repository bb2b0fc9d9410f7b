"""What sets claims of like words apart: named things, done or ahead, whom, a condition, the hour."""

from itertools import product

from sayso.core.records import Quantity
from sayso.linking.apartwords import Hours, apart_words
from sayso.linking.done import ahead, done_in_one
from sayso.linking.entries import Entry
from sayso.linking.identity import figure_of, words_of
from sayso.linking.lexicon import ANTONYMS
from sayso.linking.things import unlike_things
from sayso.linking.whom import of_others


def apart(left: Entry, right: Entry) -> bool:
    """Tell whether two claims of like words cannot be the same."""
    if unlike_things(left, right) or _opposite(left, right) or _measured_otherwise(left, right):
        return True
    if _on_condition(left.words) != _on_condition(right.words):
        return True
    if done_in_one(left.words, right.words) or _at_another_hour(left, right):
        return True
    return of_others(left, right)


def manner(entry: Entry) -> tuple[object, ...]:
    """Return what claims in equal content words can differ by: done or ahead, the hour, the condition."""
    words = entry.words
    units = sorted(f"{figure_of(one)} {one.unit}" for one in entry.claim.quantities if one.kind == "measure")
    return sorted(ahead(words)), sorted(_hours_in(words)), _on_condition(words), units


def _on_condition(text: str) -> bool:
    """Tell whether something is said on a condition: "will withdraw if", and not "as if"."""
    table = apart_words()
    written = [text[word.start : word.end].casefold() for word in words_of(text)]
    return any(
        word in table.conditions and (at == 0 or written[at - 1] not in table.no_condition_after)
        for at, word in enumerate(written)
    )


def _hours_in(text: str) -> frozenset[Hours]:
    hours = apart_words().hours
    written = (text[word.start : word.end].casefold() for word in words_of(text) if word.kind != "number")
    return frozenset(hours[word] for word in written if word in hours)


def _at_another_hour(left: Entry, right: Entry) -> bool:
    """Tell whether two claims state parts of the day that have no hour in common: morning and evening."""
    ours, theirs = _hours_in(left.words), _hours_in(right.words)
    return bool(ours) and bool(theirs) and not any(_meet(one, other) for one, other in product(ours, theirs))


def _meet(left: Hours, right: Hours) -> bool:
    return any(left[0] < right[1] + by and right[0] + by < left[1] for by in (-24, 0, 24))


def _measured_otherwise(left: Entry, right: Entry) -> bool:
    """Tell whether two claims give one number in two units: 500 litres, 500 barrels."""
    return any(
        ours.unit != theirs.unit
        for ours, theirs in product(_with_unit(left), _with_unit(right))
        if figure_of(ours) == figure_of(theirs)
    )


def _with_unit(entry: Entry) -> list[Quantity]:
    return [one for one in entry.claim.quantities if one.unit and one.kind in {"measure", "money"}]


def _opposite(left: Entry, right: Entry) -> bool:
    """Tell whether one has a word where the other has its opposite: alive, dead."""
    ours, theirs = {*left.face.stems}, {*right.face.stems}
    return any(frozenset((one, other)) in ANTONYMS for one in ours - theirs for other in theirs - ours)
