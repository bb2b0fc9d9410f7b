"""What befell the counted: killed, wounded, displaced, destroyed … told of a figure, or not told."""

import re
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from sayso.claims.atoms import either
from sayso.claims.events import Counted, Event, Events
from sayso.claims.tolls import of_those, toll_of
from sayso.language.lexicon import acts
from sayso.language.lexicon.figures import outcome_words

_REACH_AFTER = 110  # code points behind a figure within its clause
_REACH_BEFORE = 40
_NEGATION_REACH = 48  # code points before the word it negates, and four words
_NEGATION_WORDS = 4
_STRESSED = frozenset({"only", "just", "but", "least", "merely", "fewer", "less"})  # "not only" affirms
_NONE = "none"
_PEOPLES = frozenset({"killed", "wounded", "missing", "detained", "casualties", "displaced", "rescued"})
_THINGS = frozenset({"destroyed", "damaged"})
# These are never done to an object: "fled the fighting".
_INTRANSITIVE = frozenset(
    {"died", "die", "dies", "dying", "dead", "deaths", "death", "perished", "fled", "fleeing", "disappeared"}
    # "Had to leave their villages"
    | {"leave", "flee", "move", "relocate", "evacuate", "abandon"}
    | {"vanished", "succumbed", "missing", "homeless", "casualties", "survived", "bodies", "the bodies of"}
)
_PREPOSITIONS = (  # "held at the camp"
    *(" in", " at", " under", " without", " for", " from", " beneath", " underneath", " by", " of", " into"),
    *(" with", " on", " to"),
)
_OBJECT = re.compile(
    r"\s+(?:an?|the|his|her|its|their|our|several|many|more|dozens|hundreds|scores|at\s+least)\b"
)
_PASSIVE = re.compile(
    r"\b(?:was|were|been|be|is|are|being|got|get|left|reported|confirmed|found|feared|believed|and)\s+"
    r"(?:[a-z]+ly\s+|also\s+|then\s+|later\s+|not\s+|or\s+)*\Z"
)
_DIRECT = re.compile(
    # "killed the mayor, his driver and three guards"
    r"(?:\s+(?:an?|the|his|her|its|their)(?:[ -][^\W\d_]+){1,4}?(?:,\s+and|,|\s+and)){0,3}"
    r"\s+(?:(?:nearly\s+|almost\s+|virtually\s+)?all\s+)?(?:of\s+)?(?:the\s+|another\s+|a\s+further\s+|a\s+total\s+of\s+|its\s+|their\s+|her\s+|his\s+|all\s+)?(?:remaining\s+|other\s+|last\s+|final\s+)?(?:only\s+|just\s+|another\s+)?"
    r"(?:all\s+but\s+[\w-]+\s+of\s+(?:the\s+|its\s+|their\s+)?)?"
)
_PREPOSITION = re.compile(
    r"[,;:()]|\b(?:in|on|at|by|from|after|during|since|for|within|over|near|into|with|when|while|than|to|as)\b"
)
_LOST_THEMSELVES = re.compile(r"\s*(?:\Z|[.,;:)]|(?:in|at|during|on|since|when|and)\b)")
# Where and when parts of a toll fell: "of which 640 occurred in detention".
_FELL = re.compile(
    r"\s+(?:occurred|happened|took\s+place|came|were\s+(?:recorded|reported|registered)|fell)\b"
)
# "At least 40 were trapped when a shaft collapsed" tells nothing more of the 40.
_SUBORDINATE = re.compile(
    r"\b(?:when|after|because|while|as|until|since)\s+(?:an?|the|their|his|her|its)\b[^,;]*\Z"
)
_SENTENCED = re.compile(r"\b(?:sentenc|condemn)[a-z]*\b[^.;]*\Z")
_SURVIVORS = re.compile(r"\s+(?:[a-z]+\s+)?survivors?\b")
_SAVED = re.compile(
    r"\b(?:pull|dug|dig|recover|rescu|br[io]ng|brought|winch|lift|haul|pluck)[a-z]*\b[^.;]*\Z"
)
_LATER = 3  # outcome words
_WERE = re.compile(r"\b(?:was|were|has|have|had)\s+(?:been\s+)?(?:[a-z]+ly\s+)?\Z")
_CAPTIVE = re.compile(r"\s+(?:captured|captive|imprisoned|detained|kidnapped|abducted|interned)\b")
_NOR = re.compile(r"\bnor\b")
_OF_THE = re.compile(r"\s+of\s+(?:the|those)\s+")
_OTHERS = re.compile(r"\bthe\s+(?:others|rest|remainder|remaining)\b")
_OWN_VERB = re.compile(r"(?:[\w'’,-]+\s+){1,5}?(?:was|were|had|have|has|are|is)\b")
_ALONG = re.compile(r",?\s+(?:(?:along|together)\s+)?with\s+(?:(?:his|her|their|the|at\s+least|some)\s+)*")
_BELIEVED = re.compile(
    r"\b(?:believed|presumed|thought|feared|assumed|reported|declared|listed|counted|"
    r"registered|recorded|given\s+up\s+for|pronounced)"
    r"\s+(?:to\s+(?:be|have\s+been)\s+|as\s+)?\Z"
)
_OF_THEM = re.compile(r"(?:\s+(?:of|the|a|these|those|single|one|any))+\s*\Z")


def outcome_of(lower: str, one: Counted, events: Events) -> tuple[str | None, int]:
    """Return the outcome that a sentence tells of a figure, and where the words that tell it end.

    The outcome is None where the sentence tells none, or that it befell nobody.
    A verb right before the figure goes first ("killed 12"), then what follows it up to the next figure,
    then a word a little before it, then a toll.
    """
    if _is_none_of(lower, one):
        return None, one.end
    before = events.between(max(one.floor, one.start - _REACH_AFTER), one.start)
    direct = next((e for e in before if _is_direct(lower, e, one.start)), None)
    if direct is not None and (told := _told(lower, direct, one)) is not None:
        return _unless_negated(lower, direct, told), one.end
    if one.lives:
        return "killed", one.end
    if one.noun in outcome_words().counted_nouns:
        return outcome_words().counted_nouns[one.noun], one.end
    survivors = _SURVIVORS.match(lower, one.end, one.limit)
    if survivors is not None:
        saved = _SAVED.search(lower, max(one.floor, one.start - _REACH_BEFORE), one.start)
        of_them = replace(one, end=survivors.end())  # "300 survivors were taken to hospital"
        return (
            (_told_behind(lower, of_them, events) or (None, one.end))
            if saved is None
            else ("rescued", one.end)
        )
    parted = _parted(lower, one)
    if parted is not None:
        return parted
    if _FELL.match(lower, one.end):
        return None, one.end
    toll = toll_of(lower, one, events)
    if toll is not None:
        return toll, one.end
    behind = _told_behind(lower, one, events)
    return behind or (_told_before(lower, one, before) or of_those(lower, one), one.end)


@cache
def _verbs_parted() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<verb>{either(outcome_words().parted)}){_DIRECT.pattern}\Z")


@cache
def _particles(verb: str) -> re.Pattern[str]:
    return re.compile(rf"[^,;:.]{{0,60}}?\b(?P<particle>{either(outcome_words().parted[verb])})\b")


def _parted(lower: str, one: Counted) -> tuple[str, int] | None:
    """Return what a verb tells whose other half stands behind the figure: "took 12 people captive"."""
    verb = _verbs_parted().search(lower, max(one.floor, one.start - _REACH_BEFORE), one.start)
    found = None if verb is None else _particles(verb["verb"]).match(lower, one.end)
    if verb is None or found is None:
        return None
    told = outcome_words().parted[verb["verb"]][found["particle"]]
    of_things = told in _THINGS
    fits = one.population not in (outcome_words().people if of_things else outcome_words().objects)
    return (told, min(found.end(), one.limit)) if fits else None


def _told_behind(lower: str, one: Counted, events: Events) -> tuple[str | None, int] | None:
    """Return the outcome told behind a figure, None where none befell it, and where; None: nothing told."""
    limit = min(one.limit, one.end + _REACH_AFTER)
    others = _OTHERS.search(lower, one.end, limit)  # "200 stayed, the others fled"
    after = events.between(one.end, limit if others is None else others.start())
    of_those: tuple[str, int] | None = None
    for number, event in enumerate(after):
        told = _told(lower, event, one)
        if told not in {None, _NONE} and number == 0 and _OF_THE.fullmatch(lower, one.end, event.start):
            of_those = (told, event.end)  # "two of the wounded died", or are children
            continue
        if _SUBORDINATE.search(lower, one.end, event.start):
            continue
        if event.word == "death" and _SENTENCED.search(
            lower, max(one.sentence, one.start - _REACH_AFTER), one.start
        ):
            continue  # "sentenced eight officers to death"
        if event.word.endswith("ing") and _is_overtaken(lower, one, after[number + 1 : number + 1 + _LATER]):
            continue  # "12 people fleeing the village were killed"
        if told == _NONE:
            return None, event.end
        of_others = event.word in outcome_words().of_object or _is_direct(lower, event, one.limit)
        if told is None or of_others or _is_active(lower, event):
            continue
        if _BELIEVED.search(lower, one.end, event.start) and _is_none_behind(lower, one, after[number:]):
            # Those reported missing were missing; those believed dead never were.
            return ("killed" if told == "killed" else None), event.end
        return _unless_negated(lower, event, told), event.end
    return of_those


def _is_overtaken(lower: str, one: Counted, later: Sequence[Event]) -> bool:
    """Whether a finite verb tells something else of the counted behind a participle."""
    return any(
        _told(lower, event, one) not in {None, _NONE} and _WERE.search(lower, one.end, event.start)
        for event in later
    )


def _told_before(lower: str, one: Counted, before: Sequence[Event]) -> str | None:
    for event in reversed(before):
        between = lower[event.end : one.start]
        if one.population in outcome_words().people and _ALONG.fullmatch(between):
            between = ""  # "was killed with four comrades"
        if len(between) > _REACH_BEFORE or _PREPOSITION.search(between):
            return None
        told = None if event.word in outcome_words().of_object else _told(lower, event, one)
        if told is not None:
            return _unless_negated(lower, event, told)
    return None


def _told(lower: str, event: Event, one: Counted) -> str | None:
    """Return the outcome a word tells of the counted: "lost 5 tanks" and "lost 5 men" are two things."""
    table = outcome_words()
    by_counted = table.by_counted.get(event.word)
    word = event.word
    told = table.outcome_phrases.get(word) or table.outcomes.get(word) or table.of_object.get(word)
    if by_counted is not None:
        things = one.population in table.objects or lower.startswith(" down", event.end)
        people = one.population in table.people
        told = by_counted.get("people" if people else "objects" if things else "others")
        captives = one.population in table.captives or _CAPTIVE.match(lower, one.end)
        told = by_counted.get("captives", told) if captives else told
        told = by_counted.get("forces", told) if one.population in table.forces else told
    if told in _PEOPLES and one.population in table.objects:
        return None
    return None if told in _THINGS and one.population in table.people else told


def _is_direct(lower: str, event: Event, start: int) -> bool:
    """Whether a verb has the figure at `start` as its object: "killed at least 12"."""
    found = _DIRECT.fullmatch(lower, event.end, start) if event.end <= start else None
    # "Lost their roofs and 90 people were evacuated"
    return found is not None and not (" and" in found.group() and _OWN_VERB.match(lower, start))


def _is_active(lower: str, event: Event) -> bool:
    """Whether others than the counted suffer it: "two drones destroyed a bridge", "they lost everything"."""
    if event.word == "lost":
        return _LOST_THEMSELVES.match(lower, event.end) is None
    if (
        event.word.rpartition(" ")[2] in _INTRANSITIVE
        or event.word.endswith(_PREPOSITIONS)
        or not _OBJECT.match(lower, event.end)
    ):
        return False
    return _PASSIVE.search(lower[max(0, event.start - _NEGATION_REACH) : event.start]) is None


def _unless_negated(lower: str, event: Event, told: str) -> str | None:
    words = re.split(r"[,;:.]", lower[max(0, event.start - _NEGATION_REACH) : event.start])[-1].split()
    for number in range(len(words) - 1, max(-1, len(words) - 1 - _NEGATION_WORDS), -1):
        if words[number] == "without" and "and" in words[number:]:
            continue  # "held without charge and 3 tortured to death"
        if words[number] == "neither" and _NOR.search(lower, event.end, event.end + _REACH_AFTER):
            continue
        if words[number] in _negations():
            following = words[number + 1] if number + 1 < len(words) else ""
            return told if following in _STRESSED else None
    return None if told == _NONE else told


def _is_none_of(lower: str, one: Counted) -> bool:
    """Whether it befell none of the counted: "none of the 5", "neither of the two", "no 5 men"."""
    before = lower[max(one.floor, one.start - _NEGATION_REACH) : one.start]
    before = _OF_THEM.sub(" ", before) if not before.endswith(" a ") else before
    words = before.split()
    if words and words[-1] == "neither" and _NOR.search(lower, one.end, one.end + _REACH_AFTER):
        return False  # "neither the 14 wounded nor the two who died"
    return bool(words) and words[-1] in _negations() and words[-1] != "not"


def _is_none_behind(lower: str, one: Counted, events: Sequence[Event]) -> bool:
    """Whether the living follow: "six villagers believed dead were found alive"."""
    return any(_told(lower, event, one) == _NONE for event in events)


@cache
def _negations() -> frozenset[str]:
    return acts().negations | {"without"}
