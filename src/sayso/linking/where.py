"""Whether two places are one, by the gazetteer's records and by their names; and whose own place is meant."""

import math
import re

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


def names_of_place(place: Place) -> tuple[str, ...]:
    """Return the keys under which a place is looked for: its record, and its name, which may be another's."""
    name = f"called {key_of(place.name)}"
    return (name,) if place.gazetteer is None else (place.gazetteer, name)


def one_place(left: Place, right: Place) -> bool:
    """Tell whether two places can be one: by record, or by one name of no two records that are apart."""
    if left.gazetteer is not None and left.gazetteer == right.gazetteer:
        return True
    if key_of(left.name) != key_of(right.name):
        return False
    return not any(_apart(one, other) for one in _told_of(left) for other in _told_of(right))


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
