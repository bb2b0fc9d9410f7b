"""Denials of what other texts of one event tell: names and days that a claim lacks stand in its text.

A denial names its object ("did not carry out any strikes"), points at it ("the report is a lie") or denies to
have had a part in it. Each looks back at earlier texts only, so that the order of adding does not matter.
"""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from sayso.core.ids import ClaimId, DocumentId
from sayso.core.records import Link
from sayso.linking.answers import Answer, as_answer
from sayso.linking.conduct import (
    agent_of,
    agrees,
    charges_untruth,
    core_of,
    denies,
    outright,
    refuses,
    rejects,
    sides,
    stems_of,
)
from sayso.linking.dates import days_between
from sayso.linking.entries import Entry, same_mouth
from sayso.linking.identity import Word, root, same_day, words_of
from sayso.linking.lexicon import (
    BODIES,
    HAPPENINGS,
    LABELS,
    MANNERS,
    NEGATIONS,
    ONE_ACT,
    OURS,
    PLACES,
    SAYINGS,
    SUPPOSING,
)
from sayso.linking.opposition import NOT_DENIABLE, Found, answered_by, link_of
from sayso.linking.stories import Stories, Told

# Of the words of a denial beside names, the share that the claim must have, so that its deed is denied.
_DEED_SHARE = 0.6
_MOST_DENIED = 2
_NEAR_THE_BEST = 0.9
_FEWEST_SHARED = 2
_DOCUMENTS_READY = 128
_SHORT = 6  # words of "the Ostran report", which names nobody but its author
_EVENT = "event of violence"  # what stands for an attack, a strike, an explosion
_VIOLENCE = HAPPENINGS[0] | {ONE_ACT.get(stem, stem) for stem in HAPPENINGS[0]}
_END = Word(0, 0, "", "stop", capital=False)
_NO_PART = re.compile(
    r"\b(?:nothing to do with|no (?:part|role|hand|involvement|responsibility)|not (?:involved|responsible)"
    r"|any (?:involvement|role|part|responsibility|wrongdoing)|(?:involvement|responsibility) (?:in|for))\b",
    re.IGNORECASE,
)


class _Rated(NamedTuple):
    score: float
    claim: Entry


class Retorts:
    """Finds what is denied of what other texts of the event tell, in one run over new documents."""

    def __init__(self, stories: Stories) -> None:
        self._stories = stories
        self._denials = lru_cache(_DOCUMENTS_READY)(self._read_denials)

    def links(self, document: Sequence[Entry], answered: Collection[ClaimId]) -> Iterator[Link]:
        """Yield a link for each denial in a new document and each claim that it denies, and the other way.

        `answered` are the denials of which it is known what they deny of all that was told before.
        """
        if not document:
            return
        name = document[0].origin.document
        ours, before = self._stories.told(name), self._stories.before(name)
        denials = frozenset(entry.claim.id for entry in self._denials(name))
        for entry in ours.entries:
            if entry.claim.id not in denials:
                yield from self._denied_before(entry, ours, before)
            elif entry.claim.id not in answered:
                yield from _denied(entry, ours, _where(entry, ours, before))

    def _read_denials(self, document: DocumentId) -> tuple[Entry, ...]:
        return tuple(entry for entry in self._stories.told(document).entries if _denies(entry))

    def _denied_before(self, claim: Entry, ours: Told, told: Sequence[Told]) -> Iterator[Link]:
        """Link the earlier denials of what a new claim says again to it."""
        if claim.claim.act in NOT_DENIABLE:
            return
        rated = [
            _Rated(score, denial)
            for other in told
            for denial in self._denials(other.entries[0].origin.document)
            if _names_deed(denial) and (score := _rated(denial, other, claim, ours)) > 0
        ]
        for denial in _best(rated):
            yield from _link(denial, claim)


def _where(denial: Entry, ours: Told, before: Sequence[Told]) -> list[Told]:
    """Return the texts in which a denial can mean something; what it points at is in its own, if there."""
    if _names_deed(denial):
        return [*before, ours]
    told = (one for one in ours.entries if one.key < denial.key and one.claim.act == "accuse")
    answerable = any(not one.denies and not same_mouth(one, denial) for one in told)
    return [] if answerable else list(before)


def _denies(entry: Entry) -> bool:
    if refuses(entry):
        return False
    return denies(entry) or _has_no_part(entry) or as_answer(entry) is not None


def _has_no_part(entry: Entry) -> bool:
    """Tell whether somebody denies to have had a part in something: "had nothing to do with it"."""
    found = _NO_PART.search(entry.words)
    if found is None:
        return False
    return rejects(entry) or not NEGATIONS.isdisjoint(found[0].casefold().split())


def _denied(denial: Entry, ours: Told, told: Sequence[Told]) -> Iterator[Link]:
    """Link a denial to what was told before it."""
    rated = [
        _Rated(score, claim)
        for other in told
        for claim in other.entries
        if claim.key < denial.key and (score := _rated(denial, ours, claim, other)) > 0
    ]
    for claim in _best(rated):
        yield from _link(denial, claim)


def _best(rated: Sequence[_Rated]) -> Iterator[Entry]:
    best = sorted(rated, key=lambda one: (-one.score, one.claim.key))[:_MOST_DENIED]
    yield from (one.claim for one in best if one.score >= _NEAR_THE_BEST * best[0].score)


def _rated(denial: Entry, ours: Told, claim: Entry, theirs: Told) -> float:
    """Return how surely a claim is what a denial is about; 0 where something else is denied."""
    if (denies(claim) and not charges_untruth(claim)) or _has_no_part(claim):
        return 0.0
    if not answered_by(denial, claim):
        return 0.0
    if claim.attribution.within in theirs.denying:
        return 0.0  # it is told there as what is denied
    answer = as_answer(denial)
    accuser = frozenset() if answer is None else _accuser(denial, answer)
    accuser = accuser if not accuser.isdisjoint(claim.names) else frozenset()
    if not _agree(denial, ours, claim, theirs, accuser):
        return 0.0
    if answer is not None and answer.points:
        return _pointed_at(denial, answer, claim)
    if _has_no_part(denial):
        return _part_in(denial, claim)
    return _deed(denial, claim)


def _agree(denial: Entry, ours: Told, claim: Entry, theirs: Told, accuser: frozenset[str]) -> bool:
    """Tell whether names, days and figures agree; a name may stand elsewhere in the other's text."""
    one, other = denial.face, claim.face
    figures = one.figures - {"1"}
    if figures and other.figures and figures.isdisjoint(other.figures):
        return False
    if not same_day(one.dates, other.dates):
        return False
    own = denial.names | sides(denial)
    unsaid = {*one.names} - own - other.roots - claim.names - accuser
    told = {*other.names} - own - one.roots - claim.names
    return unsaid <= theirs.known and told <= ours.known


def _deed(denial: Entry, claim: Entry) -> float:
    if not outright(denial) and not denial.face.labelled and _supposes(denial, claim):
        return 0.0
    denied, said = _deeds(denial), _deeds(claim)
    if outright(denial) or denial.face.labelled:
        # "The ministry's figure of 164 arrests is false": who said it, and that it was said, is not denied.
        denied = denied - stems_of(claim.source_words) - SAYINGS
        denied, said = denied | denial.face.figures, said | claim.face.figures
    common = denied & said
    if not denied or len(common) < _DEED_SHARE * len(denied) or not _one_actor(denial, claim):
        return 0.0
    accused, own = _is_accused(denial, claim), _own(denial)
    # Shells that fell, nobody says whose, are not what "its guns did not fire" denies.
    if own and not accused and BODIES.isdisjoint(stems_of(claim.words)):
        return 0.0
    if len(common) < _FEWEST_SHARED and not (accused and own):
        return 0.0
    names = {*denial.face.names} & {*claim.face.names}
    return len(common) / len(denied) + 0.1 * len(common) + 0.1 * len(names) + 0.2 * accused


def _names_deed(denial: Entry) -> bool:
    answer = as_answer(denial)
    return not (answer is not None and answer.points) and not _has_no_part(denial)


def _deeds(entry: Entry) -> set[str]:
    """Return what a claim tells beside names: with one word for one act, and one for all violence."""
    told = core_of(entry).stems - {*entry.face.names} - MANNERS - LABELS - BODIES
    acts = {ONE_ACT.get(stem, stem) for stem in told}
    return {_EVENT if act in _VIOLENCE else act for act in acts}


def _supposes(denial: Entry, claim: Entry) -> bool:
    return not SUPPOSING.isdisjoint(_said(denial) | _said(claim))


def _own(denial: Entry) -> bool:
    """Tell whether a denial is of the speaker's own conduct."""
    agent = agent_of(denial)
    return core_of(denial).own or (agent is not None and agent in sides(denial) | denial.names)


def _is_accused(denial: Entry, claim: Entry) -> bool:
    """Tell whether a claim names whoever denies, and not only for where it was: "in the Veslandi town"."""
    actor = claim.claim.actor
    if actor is not None and actor.party is not None and actor.party == denial.party:
        return True
    side = denial.names | sides(denial)
    return any(
        word.capital and root(claim.words[word.start : word.end]) in side and after.key not in PLACES
        for word, after in pairwise([*words_of(claim.words), _END])
    )


def _one_actor(denial: Entry, claim: Entry) -> bool:
    """Tell whether whoever acts in a claim can be whoever a denial is about."""
    theirs = agent_of(claim)
    if theirs is None:
        return True
    if _own(denial):
        return theirs in denial.names | sides(denial) | {agent_of(denial)} or _is_accused(denial, claim)
    ours = agent_of(denial)
    return ours is None or ours == theirs


def _part_in(denial: Entry, claim: Entry) -> float:
    if claim.claim.act != "accuse" or claim.own_voice:
        return 0.0
    # "Our fighters had nothing to do with it", says a group that is not named there.
    unnamed = not denial.names and not sides(denial) and not OURS.isdisjoint(_said(denial))
    return 1.0 if _is_accused(denial, claim) else 0.5 * unnamed


def _said(entry: Entry) -> set[str]:
    return {word.key for word in words_of(entry.words)}


def _accuser(denial: Entry, answer: Answer) -> frozenset[str]:
    """Return the names of who is answered: "the claim of Ostrany", "the Ostran report"."""
    named = {*denial.face.names} if len(denial.words.split()) <= _SHORT else set()
    return answer.accuser or frozenset(named - denial.names - sides(denial))


def _pointed_at(denial: Entry, answer: Answer, claim: Entry) -> float:
    accuser = _accuser(denial, answer)
    if claim.own_voice and not accuser:
        return 0.0
    by_accuser = not claim.names.isdisjoint(accuser)
    if accuser and not by_accuser:
        return 0.0
    accused = claim.claim.act == "accuse" and _is_accused(denial, claim)
    named = claim.claim.event is not None and _is_accused(denial, claim)
    shared = len(_deeds(denial) & _deeds(claim))
    if not accused and not (by_accuser and shared) and not named:
        return 0.0
    return 1.0 * accused + 0.5 * by_accuser + 0.3 * named + 0.1 * shared


def _link(denial: Entry, claim: Entry) -> Iterator[Link]:
    answered = outright(denial) or denial.face.labelled or as_answer(denial) is not None
    if answered or _has_no_part(denial) or _own(denial) or claim.claim.act == "accuse":
        why = f"Possibly: {denial.speaker} denied what {claim.speaker} said of the same event."
        yield link_of(denial, claim, Found(rule="retort", why=why))
        return
    # Two who answer nobody contradict each other where they are known to speak of the same days.
    if math.isinf(days_between(denial.origin.published_at, claim.origin.published_at)):
        return
    if agrees(core_of(denial), claim.face):
        return
    later, earlier = sorted((denial, claim), key=lambda entry: entry.key, reverse=True)
    why = f"Possibly: {denial.speaker} said the opposite of what {claim.speaker} said of the same event."
    yield link_of(later, earlier, Found(kind="contradicts", rule="opposite-retort", why=why))
