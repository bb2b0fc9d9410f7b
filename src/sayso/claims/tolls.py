"""What a toll counts: "the toll has risen to 25", "put its dead at nine", "of those detained, 14"."""

import re

from sayso.claims.events import Counted, Events
from sayso.language.lexicon.figures import outcome_words

_REACH = 110  # code points before a figure
_REACH_OF_CHANGE = 40
_WITHIN = r"(?:[^.;]|\.(?=\d))*"  # a sentence's words; "1.2 million" has a point
_DEATHS = re.compile(r"\btoll\b|\b(?:deaths|fatalities)\s+(?:at|to|is|of|now|stands\s+at|was)\s+\Z")
_TOLL = re.compile(
    rf"\b(?:toll|number|count|figure|tally|estimate|total|that\s+of|deaths|fatalities|injuries)\b{_WITHIN}"
    r"(?:\b(?:to|at|is|was|of|from(?:\s+the)?|now|(?<!to\s)reach(?:ed|es)?|hit|hits|(?:r[io]se|risen|climbed|gone|went|go|climb|grown))|,\s+(?:at\s+present|so\s+far|currently))\s+[\"“‘']?\Z"
)
# "The number of dead has surpassed 100,000": the verb is the figure's bound.
_SURPASSES = re.compile(
    r"(?:surpass|exceed|top|pass)(?:es|ed|ped|s)?\b|(?:climbed|risen|rose|grown|gone|went|soared|jumped)\s+past\b"
)
_TOLL_SUBJECT = re.compile(
    rf"\b(?:toll|number|count|figure|tally|total|deaths|fatalities|injuries)\b{_WITHIN}\Z"
)
_COUNTED = re.compile(
    r"\b(?:(?:number|count|figure|tally|estimate|total|that)\s+(?:of|for)|(?:deaths|fatalities|injuries)\s+at)\b"
)
# "Put its own dead at nine", "the wounded number 40"; what is counted so is counted as a noun.
_PUT_AT = re.compile(
    r"\b(?:the|its|their|our|his|own|civilian|military|enemy|of)\s+(?P<word>[a-z]+)\s+"
    r"(?:(?:now\s+|so\s+far\s+)?(?:at|number(?:s|ed|ing)?|total(?:s|led|ed|ling|ing)?|stands?\s+at|stood\s+at|"
    r"(?:had\s+|has\s+|have\s+)?(?:reach|r[io]se|climb|gr[eo]w)[a-z]*(?:\s+to)?))\s+\Z"
)
_IN_THE = re.compile(r"\b(?:toll|deaths|dead|fatalities)\b[^.;,]{0,40}?\bin\s+the\s+(?:low\s+|high\s+)?\Z")
_VAGUE = ("hundreds", "thousands", "dozens", "scores", "millions")
_FROM_TO = re.compile(r"\bfrom\s+[\w.,]{1,16}\s+(?:[a-z]+\s+)?to\s+[\"“‘']?\Z")
_OF_THOSE = re.compile(
    r"(?:\A|[.;:]\s+)\W*(?:of|among|amongst)\s+(?:those|the)\s+(?P<word>[a-z]+)(?:\s[^,]{0,40})?,\s[^.;:]*\Z"
)


_ADDED = re.compile(r"\badd(?:s|ed|ing)?\s+(?:the\s+|another\s+)?\Z")
_TO_TOLL = re.compile(
    r"\s+to\s+(?:its|their|the|his|an?)\s+(?:[a-z]+\s+)?(?:(?P<of>toll)|tally|count|death\s+count)\b"
)
_DEAD = frozenset({"victims", "dead", "bodies", "fatalities"})
_DEATH = re.compile(r"\b(?:toll|deaths?|dead|killed|died|fatalities)\b")
_INCLUDE = re.compile(
    r"\b(?:those|the|people)\s+(?P<word>[a-z]+)\b[^,.;:]{0,70}?\binclud(?:e|ed|es)\s+(?:at\s+least\s+)?\Z"
)


def toll_of(lower: str, one: Counted, events: Events) -> str | None:
    """Return the outcome of a toll that a figure states: "the number of missing has risen to 40"."""
    table = outcome_words()
    if _is_added(lower, one):
        return "killed"
    include = _INCLUDE.search(lower, max(one.sentence, one.start - _REACH), one.start)
    if include is not None and include["word"] in table.outcomes and one.population not in table.objects:
        return table.outcomes[include["word"]]  # "those killed on Thursday include two Ordanians"
    if one.named and one.population not in table.people:
        return None
    start = max(one.floor, one.start - _REACH)
    if _FROM_TO.search(lower, max(one.sentence, one.start - _REACH_OF_CHANGE), one.start):
        start = max(one.sentence, one.start - _REACH)  # "the toll rose from 12 to 19"
    put_at = _PUT_AT.search(lower, start, one.start)
    if put_at is not None and put_at["word"] in table.outcomes:
        return table.outcomes.get(put_at["word"])
    if _IN_THE.search(lower, start, one.start) and lower.endswith(_VAGUE, one.start, one.end):
        return "killed"  # "puts the death toll in the hundreds"
    surpassed = _SURPASSES.match(lower, one.start)
    match = (_TOLL if surpassed is None else _TOLL_SUBJECT).search(lower, start, one.start)
    if match is None:
        return None
    counted = list(_COUNTED.finditer(match.group()))
    # "12 deaths, so that the number of those infected is 90": the last that is counted.
    at = counted[-1].start() if counted else 0
    if _DEATHS.search(match.group(), at):
        return "killed"
    words = (event.word for event in events.between(match.start() + at, one.start))
    told = [t for t in (table.outcomes.get(w, table.outcome_phrases.get(w)) for w in words) if t is not None]
    return told[0] if told and counted else None


def _is_added(lower: str, one: Counted) -> bool:
    """Whether a figure is added to a toll: "Sotto added 40 victims to its toll"."""
    if one.named and one.population not in outcome_words().people:
        return False
    added = _ADDED.search(lower, max(one.floor, one.start - _REACH_OF_CHANGE), one.start)
    toll = None if added is None else _TO_TOLL.match(lower, one.phrase_end)
    if toll is None:
        return False
    of_death = toll["of"] is not None or one.noun in _DEAD
    return of_death or _DEATH.search(lower, max(one.sentence, one.start - _REACH), one.start) is not None


def of_those(lower: str, one: Counted) -> str | None:
    """Return the outcome of those of whom a figure counts some: "of those detained, 14 are minors"."""
    those = _OF_THOSE.search(lower[max(one.sentence, one.start - _REACH) : one.start])
    return None if those is None else outcome_words().outcomes.get(those["word"])
