"""Passives of speech: "Ada Brenn is accused of theft" has no source, and its subject is what is told of."""

from collections.abc import Sequence

import msgspec

from sayso.core.ports import Found
from sayso.core.spans import Span
from sayso.language.lexicon import cues, grammar
from sayso.language.segments import Segments, Token

_NEAR = 25  # characters between a subject and its verb: "is", an adverb
# "The mayor is determined that": an adjective, and the mayor says so.
_ADJECTIVAL = frozenset({"worried", "determined", "convinced", "concerned", "opposed"})
# What courts and police do to somebody: nobody accuses by being charged.
_CHARGED = frozenset({"charged", "indicted", "convicted", "arraigned", "prosecuted", "investigated", "sued"})
_AGENT = 80  # characters between "by" and the content
# Whoever is told something is no part of what is told.
_TOLD = frozenset({"told", "informed", "assured", "reminded", "warned", "asked", "ordered", "instructed"})
_IMPERSONAL = frozenset({"it", "as"})  # "it was reported" leaves the word to whoever speaks on


def with_subjects(found: Sequence[Found], segments: Segments) -> list[Found]:
    """Move the subject of each passive cue from its source to its content; nobody is cited then.

    In 500 passives of PolNeAR's training articles the source never stands before the cue.
    """
    return [_with_subject(one, segments) for one in found]


def _with_subject(one: Found, segments: Segments) -> Found:
    if len(one.source) != 1 or len(one.cue) != 1 or not one.content:
        return one
    source, cue = one.source[0], one.cue[0]
    agent = _agent(one, segments)
    if agent is not None:
        return msgspec.structs.replace(one, source=(agent,))
    words = segments.tokens_in(source)
    if not words or not 0 <= cue.start - source.end < _NEAR or words[0].lower in _IMPERSONAL:
        return one
    verb = _participle(segments.tokens_in(Span(source.end, cue.end)))
    if verb is None:
        return one
    content = one.content if verb in _TOLD else _joined(source, one.content)
    return msgspec.structs.replace(one, source=(), content=content)


def _agent(one: Found, segments: Segments) -> Span | None:
    """Return who stands behind the "by" of a cue: "each was reminded by [the president] that"."""
    source, cue, content = one.source[0], one.cue[0], one.content[0]
    tokens = segments.tokens_in(cue)
    if source.end > cue.start or tokens[-1].lower != "by" or not cue.end < content.start <= cue.end + _AGENT:
        return None
    between = segments.tokens_in(Span(cue.end, content.start))
    who = [token for token in between if token.lower not in {"that", ","}]
    return Span(who[0].start, who[-1].end) if who and len(who) == len(between[: len(who)]) else None


def _participle(tokens: Sequence[Token]) -> str | None:
    """Return the participle of speech that ends a cue whose verb is a form of "be"."""
    last = len(tokens) - 1
    while last > 0 and tokens[last].lower in {"of", "to", "as", "on", "for", "that", "with"}:
        last -= 1
    if last < 1:
        return None
    verb = cues().verbs.get(tokens[last].lower)
    of_speech = verb is not None and verb.form in {"past", "participle"}
    if tokens[last].lower in _ADJECTIVAL or not (of_speech or tokens[last].lower in _CHARGED):
        return None
    between = [token.lower for token in tokens[:last]]
    passive = not grammar().be.isdisjoint(between)
    plain = all(word in grammar().auxiliaries or word.endswith("ly") for word in between)
    return tokens[last].lower if passive and plain else None


def _joined(subject: Span, content: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(sorted({subject, *(piece for piece in content if not piece.within(subject))}))
