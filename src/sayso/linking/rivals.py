"""Two who tell one act of different actors, causes, days or places: what happens once happens in one way."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sayso.core.records import Link
from sayso.linking.conduct import agent_of, denies, full_name, sides
from sayso.linking.dates import days_between
from sayso.linking.entries import Entry, overlap, same_mouth
from sayso.linking.identity import root, same_day, words_of
from sayso.linking.lexicon import ANTONYMS, BODIES, EXCLUSIVE, HELD_BY_ONE, MANNERS, OF_ONE_LIFE, ONE_ACT
from sayso.linking.lookup import Lookup
from sayso.linking.opposition import Found, link_of
from sayso.linking.same import listed, shared_words

_COMPARED = 12  # claims compared with one claim
_DAYS_APART = 7  # two who speak of one act do so within days of each other
# Of the words beside the names, by weight, what two that say the same but for the actor, or but for a day or
# a place, have in common.
_ONE_ACT = 0.65
_ONE_EVENT = 0.8
_FEWEST_SHARED = 2  # words beside names
_FEWEST_WITHOUT_A_PLACE = 3
_DAYS_OF_A_STATE = 1  # what is open today may be closed tomorrow
_OF_LATER = frozenset({"demand", "pledge", "predict", "deny"})
_CAUSED = re.compile(
    r"\b(?:caused|ordered|started|triggered|set off|sparked|carried out|staged|planned)\s+by\s+"
)


def rivals(document: Sequence[Entry], lookup: Lookup) -> Iterator[Link]:
    """Yield a link for each claim that gives an act of an earlier one another actor, cause, day or place."""
    for entry in document:
        if not _tells_an_act(entry):
            continue
        stems = dict.fromkeys([*entry.face.stems, *(ONE_ACT.get(stem, stem) for stem in entry.face.stems)])
        for other in lookup.said(stems, entry, _COMPARED):
            if _tells_an_act(other) and _of_one_news(entry, other):
                later, earlier = sorted((entry, other), key=lambda one: one.key, reverse=True)
                found = _found(later, earlier, lookup)
                if found is not None:
                    yield link_of(later, earlier, found)
                    break


def _tells_an_act(entry: Entry) -> bool:
    # What somebody is only reported to have said inside another's denial has no speaker of its own.
    voiced = entry.own_voice or entry.attribution.speaker is not None
    return voiced and bool(entry.face.names) and entry.claim.act not in _OF_LATER and not denies(entry)


def _of_one_news(left: Entry, right: Entry) -> bool:
    if same_mouth(left, right) or overlap(left, right) or left.face.figures != right.face.figures:
        return False
    return days_between(left.origin.published_at, right.origin.published_at) <= _DAYS_APART


def _found(later: Entry, earlier: Entry, lookup: Lookup) -> Found | None:
    for rule, tell in (
        ("other-cause", _other_cause),
        ("other-actor", _other_actor),
        ("other-day", _other_day),
        ("other-place", _other_place),
        ("antonym", _antonym),
    ):
        if tell(later, earlier, lookup):
            shared = listed(shared_words(later.words, earlier.face.stems))
            why = f"{later.speaker} {_HOW[rule]} {earlier.speaker} where both say {shared}."
            return Found(kind="contradicts", rule=rule, why=why)
    return None


_HOW = {
    "other-cause": "names another cause than",
    "other-actor": "names another actor than",
    "other-day": "names another day than",
    "other-place": "names another place than",
    "antonym": "says the opposite of",
}


def _other_actor(later: Entry, earlier: Entry, lookup: Lookup) -> bool:
    ours, theirs = _actor(later), _actor(earlier)
    if ours is None or theirs is None or ours == theirs:
        return False
    beside = {*later.face.names} - full_name(later, ours)
    others = {*earlier.face.names} - full_name(earlier, theirs)
    if (
        beside != others
        or ours in others
        or theirs in beside
        or not same_day(later.face.dates, earlier.face.dates)
    ):
        return False
    stems = _acts(later) & _acts(earlier)
    exclusive = not stems.isdisjoint(EXCLUSIVE)
    least = _FEWEST_WITHOUT_A_PLACE - bool(beside) - exclusive
    if not _one_event(later, earlier, lookup, wanted=_ONE_ACT, least=least):
        return False
    # Whoever is named as the actor and names another one answers; else it must be what one alone does.
    answered = theirs in later.names | sides(later) or ours in earlier.names | sides(earlier)
    return answered or exclusive


def _actor(entry: Entry) -> str | None:
    """Return who acts, or who holds what can have one holder: "under the control of Vesland"."""
    if HELD_BY_ONE.isdisjoint(entry.face.stems):
        return agent_of(entry)
    words = list(words_of(entry.words))
    for at, word in enumerate(words[:-2]):
        if word.key in HELD_BY_ONE and words[at + 1].key == "of":
            names = (root(entry.words[w.start : w.end]) for w in words[at + 2 : at + 5])
            return next((name for name in names if name in entry.face.names), None)
    return agent_of(entry)


def _other_cause(later: Entry, earlier: Entry, lookup: Lookup) -> bool:
    ours, theirs = _CAUSED.search(later.words), _CAUSED.search(earlier.words)
    if ours is None or theirs is None:
        return False
    what, whats = (_stems(one.words[: cut.start()]) for one, cut in ((later, ours), (earlier, theirs)))
    by, bys = (_stems(one.words[cut.end() :]) for one, cut in ((later, ours), (earlier, theirs)))
    if len(what & whats) < _FEWEST_SHARED or not by or not bys:
        return False
    return by.isdisjoint(bys) and lookup.rarity.shared(what, whats) >= _ONE_EVENT


def _stems(text: str) -> set[str]:
    return {word.key for word in words_of(text) if word.kind == "word"}


def _other_day(later: Entry, earlier: Entry, lookup: Lookup) -> bool:
    dated = all(one.face.dates and all(day.is_one for day in one.face.dates) for one in (later, earlier))
    if not dated or same_day(later.face.dates, earlier.face.dates):
        return False
    if {*later.face.names} != {*earlier.face.names} or not _of_one_person(later, earlier):
        return False
    return _one_event(later, earlier, lookup, wanted=_ONE_EVENT, least=1)


def _other_place(later: Entry, earlier: Entry, lookup: Lookup) -> bool:
    ours, theirs = (
        {*one.face.names} - {*other.face.names} for one, other in ((later, earlier), (earlier, later))
    )
    if len(ours) != 1 or len(theirs) != 1 or not same_day(later.face.dates, earlier.face.dates):
        return False
    if not (ours <= _places(later) and theirs <= _places(earlier)) or not _of_one_person(later, earlier):
        return False
    return _one_event(later, earlier, lookup, wanted=_ONE_EVENT, least=1)


def _antonym(later: Entry, earlier: Entry, _: Lookup) -> bool:
    """Tell whether both say the same of the same on one day, but for a word and its opposite."""
    if days_between(later.origin.published_at, earlier.origin.published_at) > _DAYS_OF_A_STATE:
        return False
    ours, theirs = ({*one.face.stems} - MANNERS for one in (later, earlier))
    if {*later.face.names} != {*earlier.face.names} or not same_day(later.face.dates, earlier.face.dates):
        return False
    apart = ours ^ theirs
    if apart not in ANTONYMS:
        return False
    return len(ours & theirs) >= _FEWEST_SHARED


def _places(entry: Entry) -> set[str]:
    return {root(word) for place in entry.claim.places for word in place.name.split()}


def _of_one_person(left: Entry, right: Entry) -> bool:
    """Tell whether both say of one full name what happens to a person once."""
    if OF_ONE_LIFE.isdisjoint({*left.face.stems} & {*right.face.stems}):
        return False
    return not _full_names(left).isdisjoint(_full_names(right))


def _full_names(entry: Entry) -> set[tuple[str, str]]:
    return {
        (left.key, right.key)
        for left, right in pairwise(words_of(entry.words))
        if left.capital and right.capital and right.start - left.end == 1
    }


def _one_event(left: Entry, right: Entry, lookup: Lookup, *, wanted: float, least: int) -> bool:
    """Tell whether two claims say the same beside the names."""
    ours, theirs = (_acts(one) - {*one.face.names} for one in (left, right))
    return len(ours & theirs) >= max(1, least) and lookup.rarity.shared(ours, theirs) >= wanted


def _acts(entry: Entry) -> set[str]:
    """Return the stems of a claim, with one word for one act, and without the bodies that act."""
    return {ONE_ACT.get(stem, stem) for stem in entry.face.stems if stem not in BODIES | MANNERS}
