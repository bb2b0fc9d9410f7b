"""Whether two sources are one body, as a publisher, in other words, or as another outlet calls it."""

from sayso.linking.entries import Entry, same_mouth
from sayso.linking.identity import root, words_of
from sayso.linking.lexicon import BODIES, OFFICES, stem

_FEWEST_WORDS = 2  # "the ministry" is one of many
_PLACED = frozenset(
    map(stem, ["provincial", "regional", "governor", "mayor", "district", "municipal", "city", "town"])
)


def one_body(left: Entry, right: Entry) -> bool:
    """Tell whether two claims are of one body: "Vesland's Defence Ministry", which publishes one of them.

    "The provincial governor" is one where both speak of the same place, which the caller knows.
    """
    ours, theirs = _called(left), _called(right)
    if ours != theirs or len(ours) < _FEWEST_WORDS:
        return False
    if not left.names.isdisjoint(right.names):
        return True
    is_office = not ours.isdisjoint(BODIES | OFFICES | _PLACED)
    return is_office and not (left.names and right.names) and _is_definite(left) and _is_definite(right)


def _called(entry: Entry) -> frozenset[str]:
    name = (entry.origin.outlet or "") if entry.own_voice else entry.speaker
    words = (word for word in words_of(name) if word.kind == "word")
    # One writes "Defence Ministry", the other "defence ministry".
    return frozenset(root(name[word.start : word.end]) for word in words)


def _is_definite(entry: Entry) -> bool:
    """Tell whether a source is one of a kind: "the governor", and not "a spokesman", "officials"."""
    first = next(words_of(entry.source_words), None)
    return first is not None and first.key in {"the", "its", "their"}


def one_teller(later: Entry, earlier: Entry) -> bool:
    """Tell whether two claims are of one source: a speaker, a body, or an outlet that goes on reporting."""
    return same_mouth(later, earlier) or one_body(later, earlier) or _of_one_outlet(later, earlier)


def _of_one_outlet(later: Entry, earlier: Entry) -> bool:
    outlet = later.origin.outlet
    return outlet is not None and outlet == earlier.origin.outlet and (later.own_voice or earlier.own_voice)
