"""Denials that possibly cover what was said: of a whole class of things, or of the event in other words."""

from collections.abc import Iterator, Sequence

from sayso.core.ports import Filing
from sayso.core.records import Link
from sayso.linking.conduct import agent_of, denies, sides
from sayso.linking.dates import days_between
from sayso.linking.entries import Entry
from sayso.linking.identity import same_day, words_of
from sayso.linking.lexicon import BANNED_WEAPONS, HAVING_AND_USING, OF_A_KIND, WEAPONS, WIDEST_WEAPONS
from sayso.linking.lookup import WHENEVER, Lookup, month_of, months_around
from sayso.linking.opposition import Found, answered_by, link_of

_MOST_DENIED = 2
_LOOKED_AT = 24  # accusations of one name in one month
_NAMES = 4  # of a claim, under which it is filed
_KIND_NEAR = 4  # words before "munitions" among which "any" or "prohibited" stands
_KIND_AFTER = 3  # words after "weapon" among which "banned" stands
_DAYS_APART = 3  # whoever is accused of an attack answers within days
_ACTS = frozenset({"assault", "coerce"})  # PLOVER categories of deeds that are denied


def filed_by_weapons(entry: Entry) -> Iterator[Filing]:
    """Yield where a claim of the use of banned weapons is filed: by name, by month and for all months."""
    if BANNED_WEAPONS.isdisjoint(entry.face.stems) or WEAPONS.isdisjoint(entry.face.stems) or denies(entry):
        return
    for name in dict.fromkeys(entry.face.names[:_NAMES]):
        for month in (month_of(entry), WHENEVER):
            yield Filing(key=_key(name, month), record=entry.claim.id)


def _key(name: str, month: str) -> str:
    return f"banned weapons of {name} {month}"


def denied_as_a_kind(denial: Entry, lookup: Lookup) -> Iterator[Link]:
    """Link "do not possess any prohibited munition" to the last accusations of having used one."""
    if not denies_a_kind(denial):
        return
    side = _own_side(denial)
    keys = [_key(name, month) for month in months_around(month_of(denial)) for name in sorted(side)]
    meant = [
        claim
        for claim in lookup.filed(keys, _LOOKED_AT)
        if claim.key < denial.key and answered_by(denial, claim) and not side.isdisjoint(claim.face.names)
    ]
    meant = [claim for claim in meant if not claim.retold] or meant
    for claim in sorted(meant, key=lambda entry: entry.key)[-_MOST_DENIED:]:
        why = (
            f"Possibly: {denial.speaker} denied having or using any weapon of a kind to which those belong "
            f"that {claim.speaker} spoke of."
        )
        yield link_of(denial, claim, Found(rule="wider-class", why=why))


def denies_a_kind(denial: Entry) -> bool:
    """Tell whether somebody denies to have or to use a whole class of weapons: "any prohibited munition"."""
    words = [word.key for word in words_of(denial.words)]
    if HAVING_AND_USING.isdisjoint(words):
        return False
    return any(
        word in WIDEST_WEAPONS
        and not OF_A_KIND.isdisjoint(
            (*words[max(0, at - _KIND_NEAR) : at], *words[at + 1 : at + 1 + _KIND_AFTER])
        )
        for at, word in enumerate(words)
    )


def _own_side(denial: Entry) -> frozenset[str]:
    agent = agent_of(denial)
    side = sides(denial)
    return side | ({agent} if agent is not None and (not side or agent in side) else frozenset())


def denied_as_an_event(denial: Entry, near: Sequence[Entry], lookup: Lookup) -> Iterator[Link]:
    """Link "we did not shell the market of Brenna" to who said that shells of that side fell on Brenna."""
    event, side = denial.claim.event, sides(denial)
    if event is None or event.category not in _ACTS or agent_of(denial) not in {None, *side}:
        return
    places = {*denial.face.names} - side
    meant = [
        claim
        for claim in near
        if claim.claim.event is not None
        and claim.claim.event.category == event.category
        and agent_of(claim) in side
        and places
        and places <= {*claim.face.names}
        and days_between(claim.origin.published_at, denial.origin.published_at) <= _DAYS_APART
        and same_day(claim.face.dates, denial.face.dates)
        and answered_by(denial, claim)
    ]
    if not meant:
        return
    stems = {*denial.face.stems}
    best = max(meant, key=lambda claim: lookup.rarity.shared(stems, {*claim.face.stems}))
    why = (
        f"Possibly: {denial.speaker} denied such an attack, and {best.speaker} spoke of one, in other words."
    )
    yield link_of(denial, best, Found(rule="denied-event", why=why))
