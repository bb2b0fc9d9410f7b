"""Who does what to whom: actor, action and target of a claim, as far as its words tell.

The first name of the subject acts, but a passive's stands behind "by" or before the deed that did it
("Ordania's shelling"), who loses or suffers is the target, and who is said to speak acts by speaking.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

import msgspec

from sayso.claims.accusations import Accusation, accusation_of, asides_of_accusations
from sayso.claims.frames import Frame, frames_in
from sayso.claims.inventory import Inventory
from sayso.claims.signs import Said
from sayso.core.records import Attribution, Event, Mention, Part
from sayso.core.spans import Span, Spans, covers, hull
from sayso.language.lexicon import acts, cues, grammar
from sayso.language.lexicon.deeds import deeds
from sayso.language.lexicon.frames import frames
from sayso.language.segments import Token

# Verbs whose subject is who it befalls.
_SUFFERS = frozenset({"lost", "lose", "loses", "losing", "suffered", "suffers", "sustained", "mourned"})
_OWNING = frozenset({"'s", "’s", "'", "’"})
_OPENING = 12  # words of a claim in which its main verb stands
_DEED_REACH = 4  # words between a name and its deed: "'s renewed heavy shelling"
_CAUSE_REACH = 4  # words before a name: "as a result of the"


class Roles(msgspec.Struct, frozen=True, kw_only=True):
    """Who does what to whom, as far as the words tell."""

    actor: Part | None
    action: Part | None
    target: Part | None
    event: Event | None = None


def roles_of(said: Said, span: Span, parts: Inventory, attribution: Attribution) -> Roles:
    """Return actor, action and target: of the first event told, or of the first verb where there is none."""
    passive = accusation_of(attribution, parts.segments)
    if passive is not None:
        return _of_accused(passive, said, parts)
    aside = asides_of_accusations(span, parts.segments)
    mentions = [one for one in parts.mentions_in(span) if not covers(aside, (one.span,))]
    verbs = [token for at, token in enumerate(said.tokens) if is_verb(said, at)]
    frame = _first_event(said)
    if frame is not None and frame.voice == "passive":
        return _of_passive(frame, said, mentions, parts)
    lost = next((token for token in said.tokens[1:_OPENING] if token.lower in _SUFFERS), None)
    if lost is not None and (loss := _of_loss(lost, said, mentions, parts)) is not None:
        return loss
    actor = _actor(said, mentions, verbs[0].start if verbs else span.end, parts, attribution)
    if frame is not None and frame.voice == "noun" and frame.by is not None:
        # "the shelling of the bridge by Ordania": the first name may be its target.
        by = said.tokens[frame.by]
        actor = next((parts.part(one) for one in mentions if one.span.start >= by.end), actor)
    conduct = said.tokens[frame.at] if frame is not None else verbs[0] if verbs else None
    if conduct is None:
        return Roles(actor=actor, action=None, target=None)
    after = (one for one in mentions if one.span.start >= conduct.end)
    return Roles(
        actor=actor,
        action=Part(span=conduct.span, name=conduct.lower),
        target=next((parts.part(one) for one in after if actor is None or one.party != actor.party), None),
        event=None if frame is None else _event(frame, said),
    )


def _of_accused(passive: Accusation, said: Said, parts: Inventory) -> Roles:
    """Return the roles of "[Ordania], accused by Vesland [of burning Halm]": whoever is accused acts."""
    deed = passive.deed
    actor = next((parts.part(one) for one in parts.mentions_in(passive.accused)), None)
    at = next((at for at, token in enumerate(said.tokens) if token.start > deed.start), None)
    action = None if at is None or at + 1 >= len(said.tokens) else said.tokens[at]
    behind = (one for one in parts.mentions_in(deed) if action is not None and one.span.start >= action.end)
    target = next((parts.part(one) for one in behind if actor is None or one.party != actor.party), None)
    done = None if action is None else Part(span=action.span, name=action.lower)
    frame = _first_event(said)
    event = None if frame is None or not said.tokens[frame.at].span.within(deed) else _event(frame, said)
    return Roles(actor=actor, action=done, target=target, event=event)


def of_speech(content: Spans, inner: Sequence[Attribution], text: str) -> Roles | None:
    """Return the roles of a claim that only tells what somebody said: "[the mayor said that it rained]"."""
    span = hull(content)
    for one in inner:
        said_by = (*one.source, *one.cue)
        if not (one.source and one.cue) or not all(piece.within(span) for piece in (*said_by, *one.content)):
            continue
        if 2 * len(hull((*said_by, *one.content))) < len(span) or any(
            other is not one and _holds(other, one) for other in inner
        ):
            continue
        who, cue = hull(one.source), hull(one.cue)
        name = who.of(text) if one.speaker is None else one.speaker.name
        party = None if one.speaker is None else one.speaker.party
        actor = Part(span=who, name=name, party=party)
        return Roles(actor=actor, action=Part(span=cue, name=cue.of(text).lower()), target=None)
    return None


def _holds(outer: Attribution, inner: Attribution) -> bool:
    return covers(outer.content, (*inner.cue, *inner.source))


def _first_event(said: Said) -> Frame | None:
    """Return the first event: of a verb if there is one, else of a noun; a name's words tell of none."""
    told = [one for one in frames_in(said.order) if said.tokens[one.at].start not in said.named]
    return min(told, key=lambda one: (one.voice == "noun", one.at), default=None)


def _event(frame: Frame, said: Said) -> Event:
    return Event(span=said.tokens[frame.at].span, category=frame.kind.category, mode=frame.kind.mode)


def _of_passive(frame: Frame, said: Said, mentions: Sequence[Mention], parts: Inventory) -> Roles:
    verb = said.tokens[frame.at]
    target = next((parts.part(one) for one in mentions if one.span.end <= verb.start), None)
    by = None if frame.by is None else said.tokens[frame.by]
    behind = (one for one in mentions if by is not None and one.span.start >= by.end)
    done_by = next(behind, None) or _causer(said, mentions)
    return Roles(
        actor=None if done_by is None else parts.part(done_by),
        action=Part(span=verb.span, name=verb.lower),
        target=target,
        event=_event(frame, said),
    )


def _of_loss(verb: Token, said: Said, mentions: Sequence[Mention], parts: Inventory) -> Roles | None:
    """Return the roles of "Ordania lost men in an attack of Keldovia"; None where no deed is named."""
    behind = [one for one in mentions if one.span.start >= verb.end]
    done_by = _causer(said, behind) or _doer(said, behind)
    if done_by is None:
        return None
    return Roles(
        actor=parts.part(done_by),
        action=Part(span=verb.span, name=verb.lower),
        target=next((parts.part(one) for one in mentions if one.span.end <= verb.start), None),
    )


def _causer(said: Said, mentions: Sequence[Mention]) -> Mention | None:
    """Return whose deed did it: "[Ordania]'s shelling", "as a result of [Ordania]'s reply"."""
    for one in mentions:
        at = bisect_left(said.tokens, one.span.end, key=lambda token: token.start)
        behind = said.order[at : at + _DEED_REACH]
        first = bisect_left(said.tokens, one.span.start, key=lambda token: token.start)
        before = [word for word in said.order[max(0, first - _CAUSE_REACH) : first] if word != "the"]
        owned = bool(behind) and behind[0] in _OWNING
        if not _deeds().isdisjoint(behind) or (owned and before[-2:] == ["result", "of"]):
            return one
    return None


def _doer(said: Said, mentions: Sequence[Mention]) -> Mention | None:
    """Return whose deed the words behind it tell: "the attacks of [Ordania]", "shelling by [Ordania]"."""
    for one in mentions:
        first = bisect_left(said.tokens, one.span.start, key=lambda token: token.start)
        before = [word for word in said.order[max(0, first - _DEED_REACH) : first] if word != "the"]
        if before[-1:] in (["of"], ["by"]) and not _deeds().isdisjoint(before):
            return one
    return None


@cache
def _deeds() -> frozenset[str]:
    return deeds().harm_nouns | deeds().wrong_nouns | frames().nouns.keys()


def is_verb(said: Said, at: int) -> bool:
    """Whether a word of a claim may be its verb; a first word and a name are none."""
    token = said.tokens[at]
    if at == 0 or said.text[token.start - said.start].isupper():
        return False
    return is_verb_form(token.lower) or token.lower in cues().verbs


def is_verb_form(word: str) -> bool:
    """Whether a word in lower case has the form of a verb in a clause that stands alone."""
    past = word.endswith("ed") and len(word) > len("need")
    return past or word in grammar().finite_auxiliaries or _is_conduct(word)


def _is_conduct(word: str) -> bool:
    return word in acts().blame or word in acts().framed_blame


def _actor(
    said: Said, mentions: Sequence[Mention], boundary: int, parts: Inventory, attribution: Attribution
) -> Part | None:
    first = said.tokens[0] if said.tokens else None
    if first is not None and first.lower in acts().first_person and attribution.speaker is not None:
        return Part(span=first.span, name=attribution.speaker.name, party=attribution.speaker.party)
    # "Today, Ordania, on its own soil, is …", "Plans by Ordania to …": the first name of the subject.
    return next((parts.part(one) for one in mentions if one.span.end <= boundary), None)
