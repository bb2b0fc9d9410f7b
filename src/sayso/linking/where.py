"""Whether two places are one, by the gazetteer's records and by their names; and whose own place is meant."""

import math
import re
from collections.abc import Callable, Iterable
from typing import Literal

from sayso.core.records import Place, PlaceCandidate
from sayso.language.gazetteer import key_of
from sayso.linking.lexicon import BE, INSTITUTIONS, SPEAKERS_THEMSELVES, TAKING_IN, stem

SamePlace = Literal["same", "other", "unknown"]

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


def same_place(left: Place, right: Place) -> SamePlace:
    """Tell whether two places are one: by record, or by name unless both records stand far from each other.

    Different are two records that are neither near, nor one inside the other's country. A name without a
    record decides nothing against another name.
    """
    if left.gazetteer is not None and left.gazetteer == right.gazetteer:
        return "same"
    ours, theirs = _record(left), _record(right)
    if ours is not None and theirs is not None and _apart(ours, theirs):
        return "other"
    return "same" if key_of(left.name) == key_of(right.name) else "unknown"


def _record(place: Place) -> PlaceCandidate | None:
    return next((one for one in place.candidates if one.gazetteer == place.gazetteer), None)


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
    where they are all one place.
    """
    named: dict[str, list[Place]] = {}  # resolved, one for each place that is not another of that name
    first: dict[str, str] = {}  # the record that stands for a record: the first of those that are the same
    for place in places:
        if place.gazetteer is None:
            continue
        namesakes = named.setdefault(key_of(place.name), [])
        one = next((other for other in namesakes if same_place(place, other) == "same"), None)
        if one is None:
            namesakes.append(place)
        known = _first(first, place.gazetteer)
        if one is not None and one.gazetteer is not None:
            first[known] = _first(first, one.gazetteer)

    def key(place: Place) -> str:
        name = key_of(place.name)
        records = {_first(first, one.gazetteer) for one in named.get(name, ()) if one.gazetteer is not None}
        if place.gazetteer is not None:
            return _first(first, place.gazetteer)
        return next(iter(records)) if len(records) == 1 else name

    return key


def _first(first: dict[str, str], record: str) -> str:
    """Return the record that stands for a record, and let the way there be short the next time."""
    way = []
    while first.setdefault(record, record) != record:
        way.append(record)
        record = first[record]
    first.update(dict.fromkeys(way, record))
    return record


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
