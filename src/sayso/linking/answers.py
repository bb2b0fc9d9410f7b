"""Denials that answer an accusation without repeating it: "denied the charge", "denied firing"."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from sayso.core.ids import AttributionId
from sayso.core.records import Link
from sayso.linking.denials import Found, link_of, rejects, stems_of
from sayso.linking.entries import Entry, order_is_known, overlap, same_mouth
from sayso.linking.identity import Word, names_in, words_of
from sayso.linking.lexicon import ACCUSATIONS, DENIALS, EVERYBODY, LABELS, OWN_CONDUCT, REJECTIONS
from sayso.linking.likeness import names_agree, same_roles
from sayso.linking.same import Group

_MOST_DENIED = 3  # claims one denial is linked to
_LOOK_BACK = 64  # earlier accusations, in the whole case, that a denial looks at
_NEAR = 6  # claims of the same document looked back over for what "denied firing" answers
_FAR = 24  # and for what "the accusation" means
_REACH = 6  # words between "rejects" and "accusations"
_OPENING = 12  # code points in which "both" or "each" stands when it is said of the accused
_CLAUSE_END = re.compile(r"[,;:.]")
_MOST_SPECIFIC = 3  # content words that "the accusations" may have beside it


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A denial, and what it can be aimed at."""

    entry: Entry
    denier: frozenset[str]  # roots of names
    accuser: frozenset[str] = frozenset()
    most: int  # accusations that it answers
    back: int  # claims of its document that it looks back over
    points: bool  # at accusations that it does not repeat


def answers(entries: Sequence[Entry], groups: Sequence[Group]) -> Iterator[Link]:
    """Yield a link from each denial to the accusations that it answers, nearest first.

    They stand in its own document. Only "the accusations", when none does, are looked for in earlier ones.
    """
    around = {entry.attribution.within for entry in entries if entry.claim.act == "accuse"}
    told = {entry.attribution.within for entry in entries if rejects(entry)}
    before = _accusations(groups)
    for _, held in groupby(entries, key=lambda entry: entry.origin.document):
        document = list(held)
        yield from _such(document)
        for place, entry in enumerate(document):
            answer = _as_answer(entry)
            # Where somebody reports another's denial, the denial is the other's.
            if answer is None or entry.attribution.id in told:
                continue
            near = _in_document(answer, document[max(0, place - answer.back) : place], around)
            yield from (link_of(entry, accusation, _said_before(entry, accusation)) for accusation in near)
            if answer.points and answer.most > 1 and not near:
                yield from _in_others(answer, before)


def _said_before(entry: Entry, accusation: Entry) -> Found:
    why = f"{entry.speaker} denied what {accusation.speaker} is reported to have said shortly before it."
    if _by_everybody(entry):
        # "Both" hold who accuses here: neither denies what it says itself.
        why = (
            f"{entry.speaker} denied, each on its own part, what is said against them; this, by "
            f"{accusation.speaker}, is reported shortly before."
        )
    return Found(rule="answer", score=0.75, why=why)


def _in_document(
    answer: _Answer, document: Sequence[Entry], around: set[AttributionId | None]
) -> list[Entry]:
    """Return the accusations that a denial answers, among the claims before it."""
    meant = [
        entry
        for entry in reversed(document)
        # Of "A said that B accused C of X" and its inner part, the inner one is the accusation.
        if entry.claim.act == "accuse"
        and not entry.denies
        and entry.attribution.id not in around
        and _may_be_meant(entry, answer)
        and (answer.points or _agrees(entry, answer.entry))
    ]
    # Somebody's words before an outlet's own: a denial answers a voice; "the charges" are never an outlet's.
    voices = [entry for entry in meant if not entry.own_voice] or ([] if answer.points else meant)
    if _by_everybody(answer.entry):
        return _mutual(voices)
    return voices[: answer.most]


def _agrees(accusation: Entry, denial: Entry) -> bool:
    ours, theirs = denial.face, accusation.face
    # "Each accused the other of doing so" tells of no deed that could be denied in other words.
    return bool(theirs.stems) and names_agree(ours, theirs) and same_roles(ours, theirs)


def _mutual(accusations: Sequence[Entry]) -> list[Entry]:
    """Return what "each denied" answers: one accusation of everybody, or two that cross."""
    if not accusations:
        return []
    last = accusations[0]
    if not _accused(last):
        return [last]
    crossing = (
        other
        for other in accusations[1:]
        if not same_mouth(other, last) and set(_accused(other)).isdisjoint(_accused(last))
    )
    other = next(crossing, None)
    return [] if other is None else [last, other]


def _by_everybody(entry: Entry) -> bool:
    """Tell whether each of several denies: "both ministers", "each side", "Vesland and Ostrany"."""
    said_by = [word.key for word in words_of(entry.source_words)]
    return not EVERYBODY.isdisjoint(said_by[:1]) or "and" in said_by


def _accused(accusation: Entry) -> tuple[str, ...]:
    """Return whom an accusation names; nobody where it is aimed at all of them: "both armies", "A and B"."""
    coordinated = len(accusation.face.names) > 1 and accusation.face.agent is None
    if coordinated or any(word.key in EVERYBODY for word in words_of(accusation.words[:_OPENING])):
        return ()
    actor = accusation.claim.actor
    return tuple(sorted(names_in(actor.name))) if actor is not None else accusation.face.names


def _may_be_meant(accusation: Entry, answer: _Answer) -> bool:
    entry = answer.entry
    if overlap(accusation, entry) or same_mouth(accusation, entry):
        return False
    accused = _accused(accusation)
    if _by_everybody(entry):
        return not (answer.denier and accused) or not answer.denier.isdisjoint(accused)
    actor = accusation.claim.actor
    if entry.party is not None and actor is not None and actor.party == entry.party:
        return not answer.accuser or not accusation.names.isdisjoint(answer.accuser)
    by_accuser = not accusation.names.isdisjoint(answer.accuser)
    if answer.accuser and not by_accuser:
        return False
    if not by_accuser and not accusation.names.isdisjoint(answer.denier):
        return False
    # Accusations of everybody stand with the words that answer them; elsewhere they can be any.
    return not accused or not answer.denier.isdisjoint(accused)


def _such(document: Sequence[Entry]) -> Iterator[Link]:
    """Link "no such shell was fired", said right after a denial, to what was denied there."""
    for entry in document:
        if not rejects(entry) or "such" not in stems_of(entry.words):
            continue
        before = [other for other in document if other.key < entry.key and not overlap(other, entry)]
        inner = before[-1] if before else None
        if inner is None or inner.denies:
            continue
        outer = next((o for o in before if o.attribution.id == inner.attribution.within), None)
        if outer is not None and rejects(outer):
            why = f"{entry.speaker} said that there was no such thing, right after {outer.speaker} denied it."
            yield link_of(entry, inner, Found(rule="such", score=0.6, why=why))


def _accusations(groups: Sequence[Group]) -> dict[str, list[Entry]]:
    """Return the first of each accusation under the names of those it accuses, in order of appearance."""
    against: defaultdict[str, list[Entry]] = defaultdict(list)
    for group in groups:
        if group.head.claim.act == "accuse" and not group.head.denies:
            for name in sorted(set(_accused(group.head))):
                against[name].append(group.head)
    return against


def _in_others(answer: _Answer, against: dict[str, list[Entry]]) -> Iterator[Link]:
    """Link "rejects these groundless accusations" to those of the last day on which there were any."""
    entry = answer.entry
    earlier = {
        accusation.claim.id: accusation
        for name in sorted(answer.denier)
        for accusation in _before(against.get(name, []), answer)
    }
    last = max((accusation.origin.day for accusation in earlier.values()), default="")
    nearest = sorted(
        (accusation for accusation in earlier.values() if accusation.origin.day == last),
        key=lambda accusation: accusation.key,
        reverse=True,
    )
    for accusation in nearest[: answer.most]:
        why = (
            f"A blanket denial: {entry.speaker} rejected the accusations as a whole; this one, "
            f"by {accusation.speaker}, was reported before it."
        )
        yield link_of(entry, accusation, Found(rule="blanket-denial", score=0.5, why=why))


def _before(accusations: Sequence[Entry], answer: _Answer) -> list[Entry]:
    entry = answer.entry
    end = bisect_left(accusations, entry.key, key=lambda accusation: accusation.key)
    return [
        accusation
        for accusation in accusations[max(0, end - _LOOK_BACK) : end]
        if order_is_known(accusation.origin, entry.origin) and _may_be_meant(accusation, answer)
    ]


def _as_answer(entry: Entry) -> _Answer | None:
    """Return what a denial is aimed at, or None when a claim is no denial of that kind."""
    return _pointing(entry) or _denying(entry)


def _denying(entry: Entry) -> _Answer | None:
    """Read "denied shelling the town": what one side says of its own conduct when it is accused."""
    if stems_of(entry.cue).isdisjoint(DENIALS):
        return None
    first = next(words_of(entry.words), None)
    own = first is not None and (
        first.key in OWN_CONDUCT or entry.words[first.start : first.end].endswith("ing")
    )
    if not own and entry.names.isdisjoint(entry.face.names) and not _by_everybody(entry):
        return None
    return _Answer(
        entry=entry, denier=entry.names | frozenset(entry.face.names), most=1, back=_NEAR, points=False
    )


def _pointing(entry: Entry) -> _Answer | None:
    """Read "rejected the charge", "these accusations are baseless", "denied the claims of that side"."""
    words = list(words_of(entry.words))
    for at, noun in enumerate(words):
        if noun.key not in ACCUSATIONS:
            continue
        before = words[max(0, at - _REACH) : at]
        verb = next((w for w in reversed(before) if w.key in REJECTIONS), None)
        branded = any(w.key in LABELS for w in words[at + 1 : at + 4]) and _only_that(words, at)
        cued = not stems_of(entry.cue).isdisjoint(REJECTIONS) and _only_that(words, at)
        if (verb is None and not branded and not cued) or _goes_on(words, at):
            continue
        head = entry.words[: noun.start if verb is None else verb.start]
        tail = entry.words[noun.end : words[min(at + _REACH, len(words) - 1)].end]
        several = entry.words[noun.start : noun.end].endswith("s")
        return _Answer(
            entry=entry,
            denier=entry.names | (names_in(head) if verb is not None else frozenset()),
            accuser=names_in(_CLAUSE_END.split(tail, maxsplit=1)[0]),
            most=_MOST_DENIED if several else 1,
            back=_FAR,
            points=True,
        )
    return None


def _only_that(words: Sequence[Word], at: int) -> bool:
    told = [
        w
        for i, w in enumerate(words)
        if i != at and w.kind == "word" and not w.capital and w.key not in LABELS
    ]
    return len(told) <= _MOST_SPECIFIC


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Tell whether the accusations are told: "accusations that …", "accusations of using …"."""
    after = words[at + 1 : at + 3]
    if after and after[0].key == "that":
        return True
    return (
        len(after) > 1
        and after[0].key in {"of", "about"}
        and after[1].kind == "word"
        and not after[1].capital
    )
