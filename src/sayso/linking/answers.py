"""Denials that answer an accusation without repeating it: "denied the charge", "denied firing"."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from sayso.core.ids import AttributionId
from sayso.core.ports import Filing
from sayso.core.records import Link
from sayso.linking.conduct import is_deniable, rejects, stems_of
from sayso.linking.entries import Entry, order_is_known, overlap, same_mouth
from sayso.linking.identity import Word, names_in, words_of
from sayso.linking.lexicon import ACCUSATIONS, DENIALS, EVERYBODY, LABELS, OWN_CONDUCT, REJECTIONS
from sayso.linking.likeness import names_agree, same_roles
from sayso.linking.lookup import Lookup
from sayso.linking.opposition import Found, link_of

_MOST_DENIED = 3  # claims one denial is linked to
# Whoever rejects "these accusations" speaks of those of the last days; older ones are named.
_DAYS_BACK = 4
_OF_ONE_DAY = 16  # accusations of one name on one day that are looked at
_NEAR = 6  # claims of the same document looked back over for what "denied firing" answers
_FAR = 24  # and for what "the accusation" means
_REACH = 6  # words between "rejects" and "accusations"
_OPENING = 12  # code points in which "both" or "each" stands when it is said of the accused
_CLAUSE_END = re.compile(r"[,;:.]")
_MOST_SPECIFIC = 3  # content words that "the accusations" may have beside it


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A denial, and what it can be aimed at."""

    entry: Entry
    denier: frozenset[str]  # roots of names
    accuser: frozenset[str] = frozenset()
    most: int  # accusations that it answers
    back: int  # claims of its document that it looks back over
    points: bool  # at accusations that it does not repeat


def filed_by_day(document: Sequence[Entry]) -> Iterator[Filing]:
    """Yield where accusations are filed, by whom they accuse and when, and the denials that may mean them."""
    for entry in document:
        if entry.origin.published_at is None:
            continue
        if entry.claim.act == "accuse" and is_deniable(entry):
            for name in sorted(set(_accused(entry))):
                yield Filing(key=_accused_key(name, entry.origin.day), record=entry.claim.id)
        answer = as_answer(entry)
        if answer is not None and _is_blanket(answer):
            for name in sorted(answer.denier):
                yield Filing(key=_blanket_key(name, entry.origin.day), record=entry.claim.id)


def _accused_key(name: str, day: str) -> str:
    return f"accused {name} {day}"


def _blanket_key(name: str, day: str) -> str:
    return f"blanket {name} {day}"


def answers(document: Sequence[Entry], lookup: Lookup) -> Iterator[Link]:
    """Yield a link from each denial of a new document to the accusations that it answers, nearest first.

    They stand in its own document. Only "the accusations", when none does, are looked for in those of the
    days before; and where an accusation is new, blanket denials of the days after look again.
    """
    yield from _such(document)
    text = _Text.of(document)
    for place, entry in enumerate(document):
        yield from _answered(entry, place, text, lookup)
        if entry.claim.act == "accuse" and is_deniable(entry) and entry.origin.published_at is not None:
            yield from _answered_later(entry, lookup)


class _Text(msgspec.Struct, frozen=True):
    """The claims of a document, with what stands around accusations and around denials."""

    entries: Sequence[Entry]
    accusing: frozenset[AttributionId | None]
    denying: frozenset[AttributionId | None]

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "_Text":
        """Look through a document once."""
        return cls(
            entries,
            frozenset(entry.attribution.within for entry in entries if entry.claim.act == "accuse"),
            frozenset(entry.attribution.within for entry in entries if rejects(entry)),
        )


def _answered_later(accusation: Entry, lookup: Lookup) -> Iterator[Link]:
    """Let the blanket denials of the days after a new accusation look again."""
    keys = [_blanket_key(n, d) for n in sorted(set(_accused(accusation))) for d in _days(accusation, 1)]
    for later in lookup.filed(keys, _MOST_DENIED)[:_OF_ONE_DAY]:
        if not lookup.is_new(later.origin.document):
            held = lookup.entries.of(later.origin.document)
            yield from _answered(later, held.index(later), _Text.of(held), lookup)


def _answered(entry: Entry, place: int, text: _Text, lookup: Lookup) -> Iterator[Link]:
    answer = as_answer(entry)
    # Where somebody reports another's denial, the denial is the other's.
    if answer is None or entry.attribution.id in text.denying:
        return
    near = _in_document(answer, text.entries[max(0, place - answer.back) : place], text.accusing)
    yield from (link_of(entry, accusation, _said_before(entry, accusation)) for accusation in near)
    if _is_blanket(answer) and not near:
        yield from _in_others(answer, lookup)


def _is_blanket(answer: Answer) -> bool:
    return answer.points and answer.most > 1


def _said_before(entry: Entry, accusation: Entry) -> Found:
    why = f"{entry.speaker} denied what {accusation.speaker} is reported to have said shortly before it."
    if _by_everybody(entry):
        # "Both" hold who accuses here: neither denies what it says itself.
        why = (
            f"{entry.speaker} denied, each on its own part, what is said against them; this, by "
            f"{accusation.speaker}, is reported shortly before."
        )
    return Found(rule="answer", why=why)


def _in_document(
    answer: Answer, document: Sequence[Entry], around: frozenset[AttributionId | None]
) -> list[Entry]:
    """Return the accusations that a denial answers, among the claims before it."""
    meant = [
        entry
        for entry in reversed(document)
        # Of "A said that B accused C of X" and its inner part, the inner one is the accusation.
        if entry.claim.act == "accuse"
        and is_deniable(entry)
        and entry.attribution.id not in around
        and _may_be_meant(entry, answer)
        and (answer.points or (_agrees(entry, answer.entry) and _is_accused(entry, answer)))
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


def _is_accused(accusation: Entry, answer: Answer) -> bool:
    """Tell whether an accusation that a denial does not point at names whoever denies, or both do in turn."""
    actor, denier = accusation.claim.actor, answer.entry.party
    if _by_everybody(answer.entry) or (actor is not None and denier is not None and actor.party == denier):
        return True
    return not answer.denier.isdisjoint((*_accused(accusation), *accusation.face.names))


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


def _may_be_meant(accusation: Entry, answer: Answer) -> bool:
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
    for place, entry in enumerate(document):
        if not rejects(entry) or "such" not in stems_of(entry.words):
            continue
        before = [one for one in document[max(0, place - _FAR) : place] if not overlap(one, entry)]
        inner = before[-1] if before else None
        if inner is None or inner.denies:
            continue
        outer = next((o for o in before if o.attribution.id == inner.attribution.within), None)
        if outer is not None and rejects(outer):
            why = f"{entry.speaker} said that there was no such thing, right after {outer.speaker} denied it."
            yield link_of(entry, inner, Found(rule="such", why=why))


def _in_others(answer: Answer, lookup: Lookup) -> Iterator[Link]:
    """Link "rejects these groundless accusations" to those of the last day on which there were any."""
    entry = answer.entry
    if entry.origin.published_at is None:
        return
    earlier: list[Entry] = []
    for day in _days(entry, -1):
        found = lookup.filed([_accused_key(name, day) for name in sorted(answer.denier)], _OF_ONE_DAY)
        meant = [one for one in found if one.origin.document != entry.origin.document]
        meant = [one for one in meant if _may_be_meant(one, answer) and not one.own_voice]
        earlier = [one for one in meant if order_is_known(one.origin, entry.origin) and one.key < entry.key]
        # What was said on the same day, nobody knows when, may be nearer than all that was said before.
        if meant:
            break
    nearest = sorted(earlier, key=lambda accusation: accusation.key, reverse=True)
    for accusation in nearest[: answer.most]:
        why = (
            f"A blanket denial: {entry.speaker} rejected the accusations as a whole; this one, "
            f"by {accusation.speaker}, was reported before it."
        )
        yield link_of(entry, accusation, Found(rule="blanket-denial", why=why))


def _days(entry: Entry, step: int) -> list[str]:
    """Return the ISO days from an entry's own on, forwards or backwards."""
    day = date.fromisoformat(entry.origin.day)
    room = (date.max - day).days if step > 0 else (day - date.min).days
    return [(day + timedelta(step * n)).isoformat() for n in range(min(_DAYS_BACK, room) + 1)]


def as_answer(entry: Entry) -> Answer | None:
    """Return what a denial is aimed at, or None when a claim is no denial of that kind."""
    return _pointing(entry) or _denying(entry)


def _denying(entry: Entry) -> Answer | None:
    """Read "denied shelling the town": what one side says of its own conduct when it is accused."""
    if stems_of(entry.cue).isdisjoint(DENIALS):
        return None
    first = next(words_of(entry.words), None)
    own = first is not None and (
        first.key in OWN_CONDUCT or entry.words[first.start : first.end].endswith("ing")
    )
    if not own and entry.names.isdisjoint(entry.face.names) and not _by_everybody(entry):
        return None
    return Answer(
        entry=entry, denier=entry.names | frozenset(entry.face.names), most=1, back=_NEAR, points=False
    )


def _pointing(entry: Entry) -> Answer | None:
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
        return Answer(
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
