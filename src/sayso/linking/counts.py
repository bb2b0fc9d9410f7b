"""What a figure counts or measures, whatever it is: its noun, and what is done with it."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import msgspec

from sayso.core.records import Number, Quantity
from sayso.core.spans import Span
from sayso.language.lexicon.figures import outcome_words
from sayso.linking.countclauses import (
    agent_in,
    around,
    by_preposition,
    clause_of,
    common_in,
    deeds_of,
    narrowing,
    near,
)
from sayso.linking.countnouns import FAR, Noun, noun_of
from sayso.linking.countwords import count_words
from sayso.linking.entries import Entry, words_at
from sayso.linking.figures import DEEDS_NOT_STATED, Figure, is_of_a_war, is_rejected
from sayso.linking.identity import words_of
from sayso.linking.lexicon import stem

_OF_THINGS = frozenset({"destroyed", "damaged"})
_NOT_MORE_THAN = frozenset({"more", "fewer", "less", "only"})  # a bound, and no denial
_MEASURED = frozenset({"measure", "money", "duration"})
_FEWEST = 2  # "one" is more often a pronoun
_MOST_FIGURES = 48  # of one claim: one that has more is a table
_EXACT_UP_TO, _ROUNDED_UP_TO = 100, 10**15  # beyond these nobody rounds
_REACH = 48  # code points before a figure in which a word makes it a part, or one more
# Before a figure: it is a part, one more, a difference, one end of a change, or a number of something.
_NOT_ALL = re.compile(
    r"(?:\b(?:another|after|further|additional|extra|more|by|from|than|including|among|among them|of"
    r"|of (?:whom|which|the|these|those|its|their)|plus|first|last|next|other|remaining|between|no\."
    r"|versus|against|compared with|in)|[-/#§+])\s*$",
    re.IGNORECASE,
)
_A_WHOLE_OF = re.compile(
    r"\b(?:crowd|convoy|fleet|column|total|group|crew|party|team|load|cargo|salvo|barrage|number) of\s*$",
    re.IGNORECASE,
)
# Behind it: the same.
_OF_MORE = re.compile(
    r"\s*(?:more\b|others?\b|of (?:the|them|these|those|its|whom|which|his|her|our|their|all)\b|per\b|each\b"
    r"|apiece\b|daily\b|out of\b|at a time\b|in (?:every|each)\b|ago\b|later\b|earlier\b|old\b|to\s+\d"
    r"|[-–/]\s*\d)",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\b(?:an?|every|each|per)\s+(?:day|week|month|year|night|hour|minute|second|head|person|piece|household)\b"
)
_SOME_OF = re.compile(r"\bof\b")
_HAS = re.compile(r"\b(?:has|have)\s+(?:now\s+|so\s+far\s+|already\s+|since\s+)?(?:been\s+)?[^\W\d_]{3,}\b")

What: TypeAlias = tuple[str, str, frozenset[str]]  # kind and unit, noun, marks


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A figure with what it counts, and what its clause says of that."""

    figure: Figure
    noun: Noun
    deeds: frozenset[str]
    subject: frozenset[str]  # stems of the common words before it
    agent: frozenset[str]  # roots of the name that acts; empty where none does
    by_preposition: Mapping[str, frozenset[str]]  # stems of common words: "to the mill", "for roads"
    hours: frozenset[str]  # the part of a day
    so_far: bool  # "has delivered": what holds now, and not what was done on a day
    of_a_war: bool  # the number of a long time
    narrowed_by: frozenset[str]  # stems and roots: "asleep", "with tickets", "were children"
    near: frozenset[str]  # stems and roots of all words around it

    @property
    def entry(self) -> Entry:
        """The claim it stands in."""
        return self.figure.entry

    @property
    def of_what(self) -> What:
        """What is equal for two figures that can count the same."""
        quantity = self.figure.quantity
        unit = "" if quantity.kind == "count" else quantity.unit or ""
        return f"{quantity.kind} {unit}", self.noun.head, self.noun.marks

    @property
    def needs_a_subject(self) -> bool:
        """Whether only what it is said of tells it from others: what costs, what lasts, what is how far."""
        return self.figure.quantity.kind in {"money", "duration"} or self.noun.head == FAR

    @property
    def lasts(self) -> bool:
        """Whether a thing has one such number as long as its event is in the news."""
        return self.deeds <= count_words().lasting

    @property
    def bounds(self) -> tuple[float, float]:
        """The closed interval that the figure allows; a round figure is one that was rounded."""
        low, high = self.figure.bounds
        quantity = self.figure.quantity
        exact = quantity.best if quantity.bound == "exact" else None
        off = 0.0 if exact is None else rounding(exact)
        return low - off, high + off


def rounding(figure: Number) -> float:
    """Return how far from a round figure the number may be that it stands for: 50 of 1,200."""
    if not _EXACT_UP_TO <= abs(figure) <= _ROUNDED_UP_TO or figure != int(figure):
        return 0.0
    digits = str(abs(int(figure)))
    zeros = len(digits) - len(digits.rstrip("0"))
    return 0.0 if zeros == 0 else 10**zeros / 2


def counts_of(document: Sequence[Entry]) -> list[Count]:
    """Return the counts of a document's claims in text order, each in the shortest claim that has it."""
    shortest: dict[Span, Count] = {}
    for entry in document:
        if entry.retold or entry.claim.act in DEEDS_NOT_STATED or is_rejected(entry):
            continue
        for quantity in entry.claim.quantities[:_MOST_FIGURES]:
            count = _count(entry, quantity)
            known = shortest.get(quantity.span)
            if count is not None and (known is None or len(entry.words) < len(known.entry.words)):
                shortest[quantity.span] = count
    return [shortest[span] for span in sorted(shortest)]


def _count(entry: Entry, quantity: Quantity) -> Count | None:
    if quantity.stated != "held" or quantity.part_of is not None or not _is_compared(quantity):
        return None
    before, after = around(entry, quantity)
    if not before and not after:
        return None
    left, right = clause_of(before, after)
    if _is_of_another_time(left) or _is_of_another_time(right):
        return None
    if _OF_MORE.match(after) or (_NOT_ALL.search(left[-_REACH:]) and not _A_WHOLE_OF.search(left[-_REACH:])):
        return None
    if _RATE.search(right) or _SOME_OF.search(words_at(entry, quantity.span)):
        return None
    if _is_negated(left):
        return None  # "did not deliver 12 trucks", "not all 12 trucks"
    noun = noun_of(entry, quantity, after)
    if noun is None or noun.marks & count_words().parting:
        return None
    figure = Figure(
        entry=entry,
        quantity=quantity,
        place=None,
        carried=True,
        counts=(quantity.kind, "", noun.head, False, "", ""),
    )
    return Count(
        figure=figure,
        noun=noun,
        deeds=frozenset() if noun.head == FAR else _done_with(quantity, left, right),
        subject=frozenset(common_in(left)),
        agent=agent_in(entry, left, right),
        by_preposition=by_preposition(left, right),
        narrowed_by=frozenset(narrowing(entry, right)),
        near=near(before, words_at(entry, quantity.span), after),
        of_a_war=is_of_a_war(entry),
        so_far=_HAS.search(left) is not None or _HAS.search(right) is not None,
        hours=count_words().hours & {word.key for text in (before, after) for word in words_of(text)},
    )


def _is_compared(quantity: Quantity) -> bool:
    """Tell whether a figure counts or measures; not what befell people, which has rules of its own."""
    things = quantity.population in outcome_words().objects or quantity.outcome in _OF_THINGS
    if quantity.outcome is not None and not things:
        return False
    ends = [end for end in (quantity.low, quantity.best, quantity.high) if end is not None]
    if quantity.kind == "count":
        return bool(ends) and max(ends) >= _FEWEST
    return bool(ends) and quantity.kind in _MEASURED


def _is_of_another_time(text: str) -> bool:
    return not count_words().not_now.isdisjoint(text.casefold().split())


def _done_with(quantity: Quantity, left: str, right: str) -> frozenset[str]:
    """Return what is done with the counted, or what is not: "nine miners have not returned"."""
    deeds = deeds_of(left, right) | _befell(quantity)
    return frozenset(f"not {deed}" for deed in deeds) if _is_negated(right) else deeds


def _is_negated(text: str) -> bool:
    words = list(words_of(text))
    return any(
        word.kind == "negation"
        and _NOT_MORE_THAN.isdisjoint(following.key for following in words[at : at + 2])
        for at, word in enumerate(words)
    )


def _befell(quantity: Quantity) -> frozenset[str]:
    return frozenset(() if quantity.outcome is None else [stem(quantity.outcome)])
