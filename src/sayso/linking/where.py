"""Whether two places are one, by the gazetteer's records and by their names; and whose own place is meant."""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations, product

from sayso.core.records import Place, PlaceCandidate
from sayso.language.gazetteer import key_of
from sayso.linking.lexicon import BE, INSTITUTIONS, SPEAKERS_THEMSELVES, TAKING_IN, stem

_EARTH = 6371.0  # kilometres
# A town, its district and the hills around it are called by each other's names within an hour's drive.
_NEAR = 75.0  # kilometres
# What has a boundary, so that a point outside it is elsewhere; the middle of a sea says little of its shore.
_BOUNDED = frozenset({"country", "area", "district", "city", "disputed"})
_SUBJECT_REACH = 3  # words: "he has already treated"
_WORD = re.compile(r"[^\W\d_]{1,32}")
_WHOSE = re.compile(
    r"\b(?:in|at|from|on|to|inside|across)\s+(?:all\s+)?(?:his|her|its|their|our|my)\s+"
    r"([^\W\d_]{1,32})(?:\s+([^\W\d_]{1,32}))?",
    re.IGNORECASE,
)


def _told_of(place: Place) -> set[PlaceCandidate]:
    """Return what its candidates tell of the record that a place was resolved to."""
    return {one for one in place.candidates if one.gazetteer == place.gazetteer}


def _apart(left: PlaceCandidate, right: PlaceCandidate) -> bool:
    if not {left.kind, right.kind} <= _BOUNDED:
        return False
    shared = not set(left.countries).isdisjoint(right.countries)
    if shared and (left.kind != "city" or right.kind != "city"):
        return False
    return _kilometres(left, right) > _NEAR


def _kilometres(left: PlaceCandidate, right: PlaceCandidate) -> float:
    """Return the distance on the great circle (haversine)."""
    a, b = math.radians(left.latitude), math.radians(right.latitude)
    across = math.radians(right.longitude - left.longitude)
    chord = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(chord)))


def place_keys(places: Iterable[Place]) -> Callable[[Place], str]:
    """Return what gives a place of a case its key: equal for two places that are the same.

    A record's other names are its aliases. A name without a record has that of its namesakes in the case,
    where they are all one place. The order of the places decides nothing.
    """
    named: defaultdict[str, set[str]] = defaultdict(set)  # of each name the records it was resolved to
    told: set[PlaceCandidate] = set()
    for place in places:
        if place.gazetteer is not None:
            named[key_of(place.name)].add(place.gazetteer)
            told |= _told_of(place)
    # Two editions of a gazetteer may put one record in two places; the order of the texts must not decide.
    first = _firsts(named.values(), {one.gazetteer: one for one in sorted(told, key=_position)})
    keys = {name: {first[record] for record in records} for name, records in named.items()}

    def key(place: Place) -> str:
        if place.gazetteer is not None:
            return first.get(place.gazetteer, place.gazetteer)
        name = key_of(place.name)
        records = keys.get(name, ())
        return next(iter(records)) if len(records) == 1 else name

    return key


def _firsts(namesakes: Iterable[set[str]], known: Mapping[str, PlaceCandidate]) -> dict[str, str]:
    """Return of each record the smallest of those that are one place with it.

    These are the connected components of namesakes that are not apart, joined from the nearest on; a join
    that would bring two records together that are apart is left out.
    """
    together = {record: {record} for records in namesakes for record in records}
    pairs = {pair for records in namesakes for pair in combinations(sorted(records), 2)}

    def apart(left: str, right: str) -> bool:
        return left in known and right in known and _apart(known[left], known[right])

    def distance(pair: tuple[str, str]) -> float:
        left, right = map(known.get, pair)
        return math.inf if left is None or right is None else _kilometres(left, right)

    for left, right in sorted(pairs, key=lambda pair: (distance(pair), pair)):
        ours, theirs = together[left], together[right]
        if ours is not theirs and not any(apart(*pair) for pair in product(ours, theirs)):
            joined = ours | theirs
            together |= dict.fromkeys(joined, joined)
    return {record: min(held) for record, held in together.items()}


def _position(record: PlaceCandidate) -> tuple[str, tuple[str, ...], float, float]:
    return (record.kind, record.countries, record.latitude, record.longitude)


def narrowed(words: str, source: str) -> str:
    """Return a key of the narrower place or circle that a claim counts in; empty where it names none.

    "The wounded in his own wards", "she has treated nine" and "the clinic has received 63" are not all the
    wounded of the town. Where they are the speaker's own, the key holds `source`, who speaks.
    """
    for whose in _WHOSE.finditer(words):
        following = [stem(word) for word in whose.groups(default="")]
        if following[0] == "own" and following[1]:
            return f"{following[1]} of {source}"
        if held := next((word for word in following if word in INSTITUTIONS), ""):
            return f"{held} of {source}"
    written = [word.casefold() for word in _WORD.findall(words)]
    stems = list(map(stem, written))
    taken = [at for at, word in enumerate(stems) if word in TAKING_IN]
    for at in taken:
        before = set(written[max(0, at - _SUBJECT_REACH) : at])
        if before & SPEAKERS_THEMSELVES and not before & BE:
            return f"{stems[at]} by {source}"
    return next((word for word in stems if word in INSTITUTIONS), "") if taken else ""
