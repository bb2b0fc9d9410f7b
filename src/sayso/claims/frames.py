"""Who does what to whom: the event a claim tells of, by PLOVER's categories, and whose it is.

Active clauses have their actor before the verb and their target behind it; a passive has its target first and
its actor behind "by". A noun of conflict ("the shelling of the bridge by Ordania") does where no verb tells.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from sayso.language.lexicon import acts, grammar
from sayso.language.lexicon.frames import Class, frames

_OBJECT_REACH = 7  # words behind "launched": "its second and so far largest attack"
_BEFORE_PARTICIPLE = 3  # words between "was" and "repeatedly and heavily shelled"
_BY_REACH = 8  # words between a passive verb and its "by"
_NOT_FINITE = frozenset({"to", "the", "a", "an", "of", "its", "their", "his", "her", "our"})


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """One event by the index of its word."""

    at: int
    kind: Class
    voice: Literal["active", "passive", "noun"]
    by: int | None = None  # the index of the "by" behind a passive or a noun


def frames_in(order: Sequence[str]) -> Iterator[Frame]:
    """Yield the events that words in lower case tell, verbs before nouns, each in text order."""
    yield from _of_verbs(order)
    for at, word in enumerate(order):
        kind = frames().nouns.get(word)
        if kind is not None:
            yield Frame(at=at, kind=kind, voice="noun", by=_by(order, at))


def _of_verbs(order: Sequence[str]) -> Iterator[Frame]:
    for at, word in enumerate(order):
        kind = _verb_class(order, at)
        # A first word may be a name or an order; behind "the" the same letters are a noun.
        if kind is None or at == 0 or (order[at - 1] in _NOT_FINITE and word in frames().nouns):
            continue
        passive = not acts().be.isdisjoint(order[max(0, at - _BEFORE_PARTICIPLE) : at])
        if passive and not word.endswith("ing"):
            yield Frame(at=at, kind=kind, voice="passive", by=_by(order, at))
        elif order[at - 1] not in grammar().determiners:
            yield Frame(at=at, kind=kind, voice="active")


def _verb_class(order: Sequence[str], at: int) -> Class | None:
    behind = frames().with_object.get(order[at], {})
    told = next((behind[word] for word in order[at + 1 : at + 1 + _OBJECT_REACH] if word in behind), None)
    return told or frames().verbs.get(order[at])


def _by(order: Sequence[str], at: int) -> int | None:
    reach = range(at + 1, min(len(order), at + 1 + _BY_REACH))
    return next((on for on in reach if order[on] == "by"), None)
