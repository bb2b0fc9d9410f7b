"""What a figure leaves out because it has been told before: "four were killed, in Sotto seven"."""

import re

from msgspec.structs import replace

from sayso.claims.corrections import is_bare
from sayso.claims.events import Sentence
from sayso.claims.outcomes import is_direct
from sayso.claims.parts import OF_PEOPLE, Placed
from sayso.core.spans import Span
from sayso.language.lexicon.figures import outcome_words

_CLAUSE_REACH = 110  # code points before a list in which its clause tells an outcome
COUNT_REACH = 48  # code points in which "say it exceeds" stands before a figure
_SAYS = re.compile(
    r"(?:\b(?:spoke|speaks|speaking|talk(?:s|ed)?)\s+of"
    r"|\bput(?:s|ting)?\s+(?:it|them|the\s+(?:number|figure|toll|count|total))\s+at"
    r"|\b(?:count|claim|report|acknowledge|admit|concede|confirm|list|recogni[sz]e|verifie)[a-z]*(?:\s+(?:to|losing|only|just|at))?"
    r"|\b(?:said|says|say|gave|gives)|\bcompared\s+(?:with|to))\s+\Z"
)
SAME_COUNT = re.compile(
    r"\b(?:it|the\s+(?:number|figure|toll|count|total)|the\s+(?:real|true|actual)\s+(?:number|figure|toll|total))\s+"
    r"(?:exceeds|is|was|at|to\s+be|stands\s+at|reaches|may\s+be|could\s+be)?\s*(?:[a-z]+\s+)?\Z"
    r"|\b(?:lower|higher|more|fewer|less)\s+than\s+the\s+\Z"
)
# "110 dead on one side, and 90 on the other"; "four were killed, in Sotto seven"
_SOMEWHERE = r"\s+(?:on|in|at|near|from|across|around|along)(?:\s+[\w'’-]+){1,4}?"
_CAUSE = r"\s+(?:of|by|due\s+to|because\s+of|under)(?:\s+[\w'’-]+){1,3}?"
_AS_WERE = ", as "
_JOINED = re.compile(r"(?:,|,?\s+and)\s+(?:at\s+least\s+|another\s+|a\s+further\s+|the\s+)?")
_RELATIVE = re.compile(r"\s+(?:who|whom|that|which|they|he|she|it|we)\b")
_IN_BATTLE = frozenset({"killed", "wounded", "casualties", "captured"})
_LOST_ONLY = re.compile(r"\b(?:lost|losing)\s+(?:only\s+|just\s+)?\Z")
_GAPPED = re.compile(
    rf"(?:{_SOMEWHERE}|{_CAUSE})?(?:\s+and|[,;](?:\s+and)?|,\s+as\s+were)(?:\s+another|\s+a\s+further)?"
    rf"(?:{_SOMEWHERE}(?<! at| in| on| by| to| of)(?<! for),?)?\s+"
    # A list by place behind a whole or a clause, with places that had none.
    rf"|(?:{_SOMEWHERE})?(?:[,;]{_SOMEWHERE},?\s+none)?[:;]{_SOMEWHERE},\s+"
)
# As in "killed people in two towns: in Brask, nine; in Holm, four", "in three towns: nine in Brask".
_LISTED_IN = re.compile(rf":{_SOMEWHERE},?\s+\Z")
_LISTED = re.compile(r":\s+\Z")
_IN_PLACE = re.compile(r"\s+(?:in|at|near)\s")
_NOBODY = re.compile(r"\b(?:no|not|none|nobody|never|without|neither|nor)\b|n['’]t\b")
_BEHIND_GAP = re.compile(
    r"\s*[.,;)]|\s+(?:more\s+)?(?:and|or|on|in|at|near|from|elsewhere|each|because|due\s+to|by(?!\s+the\s)|during|"
    r"when|after)\b|\s*\Z"
    # "Nine died of thirst and 12 of hunger"
    r"|\s+(?:more\s+)?of\s+(?!(?:the|them|whom|these|those|its|their|his|her|our)\b)"
    # "12 were killed on Monday and 7 the day before"
    r"|\s+(?:more\s+)?(?:(?:the|an?|one|two)\s+(?:(?:previous|preceding|following|next)\s+)?"
    r"(?:day|night|evening|week|month|year)s?\b|yesterday|today|overnight|last\s|(?:early|late)\s|[a-z]+day\b)"
)


def of_verb(around: Sentence, before: Placed, one: Placed) -> Placed:
    """Tell of a verb's second object what it tells: "freed two clerks and 16 guards who had been held"."""
    told, other = before.quantity, one.quantity
    if other.outcome in {None, told.outcome} or told.outcome is None or one.told_until <= other.span.end:
        return one
    joined = _JOINED.fullmatch(around.lower, told.span.end, other.span.start)
    if joined is None or _RELATIVE.match(around.lower, one.counted.phrase_end) is None:
        return one
    verbs = around.events.between(before.counted.floor, told.span.start)
    if not verbs or not is_direct(around.lower, verbs[-1], told.span.start):
        return one
    return replace(one, quantity=replace(other, outcome=told.outcome), told_until=one.counted.phrase_end)


def elliptic(before: Placed, one: Placed, lower: str) -> Placed:
    """Give "120 damaged" the houses of "70 houses were destroyed and a further 120 damaged"."""
    told, other = before.quantity, one.quantity
    if (
        told.outcome in _IN_BATTLE
        and is_bare(other)
        and _LOST_ONLY.search(lower, max(0, other.span.start - COUNT_REACH), other.span.start)
    ):
        # "Killed 40 soldiers and lost only four"
        if _BEHIND_GAP.match(lower, other.span.end):
            return replace(one, quantity=replace(other, outcome="killed"), silent=False)
        return one
    if told.outcome is not None and is_bare(other) and _counts_again(lower, other.span):
        # "puts the missing at 1,876, but others say it exceeds 3,000"
        same = replace(other, population=told.population, unit=told.unit, outcome=told.outcome)
        return replace(one, quantity=same, silent=False)
    if (
        is_bare(other)
        and told.outcome is not None
        and _GAPPED.fullmatch(lower, max(before.told_until, told.span.end), other.span.start)
    ):
        # "Four were killed, in Sotto seven"
        if _BEHIND_GAP.match(lower, one.counted.end):
            others = (
                lower.startswith(_AS_WERE, told.span.end)
                or _AS_WERE in lower[before.told_until : other.span.start]
            )
            population, unit = (None, None) if others else (told.population, told.unit)
            same = replace(other, population=population, unit=unit, outcome=told.outcome)
            return replace(one, quantity=same, told_until=one.counted.end, silent=False)
        return one
    bare = other.unit is None and other.population is None and other.outcome in {"destroyed", "damaged"}
    if not bare or told.population not in outcome_words().objects:
        return one
    like = replace(other, population=told.population, unit=told.unit)
    return replace(one, quantity=like)


def told_by_place(around: Sentence, one: Placed) -> Placed:
    """Give the first figure of a list by place what the clause before the list tells without a figure."""
    figure, lower = one.quantity.span, around.lower
    if not is_bare(one.quantity) or one.quantity.kind != "count":
        return one
    reach = max(around.span.start, figure.start - COUNT_REACH)
    listed = _LISTED_IN.search(lower, reach, figure.start)
    if listed is None and _IN_PLACE.match(lower, figure.end):
        listed = _LISTED.search(lower, reach, figure.start)
    if listed is None or not _BEHIND_GAP.match(lower, figure.end):
        return one
    begin = max(around.span.start, listed.start() - _CLAUSE_REACH)
    outcomes = outcome_words().outcomes
    fates = {outcomes.get(event.word) for event in around.events.between(begin, listed.start())}
    if len(fates) != 1 or fates.isdisjoint(OF_PEOPLE) or _NOBODY.search(lower, begin, listed.start()):
        return one
    told = replace(one.quantity, outcome=fates.pop())
    return replace(one, quantity=told, told_until=one.counted.end, silent=False)


def _counts_again(lower: str, figure: Span) -> bool:
    """Whether a bare figure counts what the one before it does: "the army spoke of 40", "others say 90"."""
    start = max(0, figure.start - COUNT_REACH)
    if SAME_COUNT.search(lower, start, figure.start):
        return True
    return bool(_SAYS.search(lower, start, figure.start) and _BEHIND_GAP.match(lower, figure.end))
