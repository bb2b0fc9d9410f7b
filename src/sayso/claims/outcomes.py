"""What befell the counted: killed, wounded, displaced, destroyed … told of a figure, or not told."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

import msgspec

from sayso.claims.atoms import either
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
    | {"vanished", "succumbed", "missing", "homeless", "casualties", "survived", "bodies", "the bodies of"}
)
_PREPOSITIONS = (" in", " at", " under", " without", " for", " from")  # "held at the camp"
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
    r"\s+(?:(?:nearly\s+|almost\s+|virtually\s+)?all\s+)?(?:of\s+)?(?:the\s+|another\s+|a\s+further\s+|a\s+total\s+of\s+|its\s+|their\s+|her\s+|his\s+|all\s+)?(?:remaining\s+|other\s+|last\s+|final\s+)?"
)
_PREPOSITION = re.compile(
    r"[,;:()]|\b(?:in|on|at|by|from|after|during|since|for|within|over|near|into|with|when|while|than|to|as)\b"
)
_LOST_THEMSELVES = re.compile(r"\s*(?:\Z|[.,;:)]|(?:in|at|during|on|since|when|and)\b)")
_OF_THOSE = re.compile(
    r"(?:\A|[.;:]\s+)\W*(?:of|among|amongst)\s+(?:those|the)\s+(?P<word>[a-z]+)(?:\s[^,]{0,40})?,\s[^.;:]*\Z"
)
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
_OF_THE = re.compile(r"\s+of\s+(?:the|those)\s+")
_OTHERS = re.compile(r"\bthe\s+(?:others|rest|remainder|remaining)\b")
_TAKES = re.compile(
    r"\b(?:takes?|took|taken|taking|holds?|held|holding)\s+(?:another\s+|the\s+|a\s+further\s+)?\Z"
)
_AS_CAPTIVES = re.compile(r"[^,;:.]{0,60}?\b(?P<as>captive|prisoner|hostage|away)\b")
_BELIEVED = re.compile(
    r"\b(?:believed|presumed|thought|feared|assumed|reported|declared|listed|counted|"
    r"registered|recorded|given\s+up\s+for|pronounced)"
    r"\s+(?:to\s+(?:be|have\s+been)\s+|as\s+)?\Z"
)
_DEATHS = re.compile(r"\btoll\b|\b(?:deaths|fatalities)\s+(?:at|to|is|of|now|stands\s+at|was)\s+\Z")
_TOLL = re.compile(
    r"\b(?:toll|number|count|figure|deaths|fatalities|injuries)\b[^.;]*"
    r"(?:\b(?:to|at|is|was|of|now)|,\s+(?:at\s+present|so\s+far|currently))\s+\Z"
)
_FROM_TO = re.compile(r"\bfrom\s+[\w.,]{1,16}\s+(?:[a-z]+\s+)?to\s+\Z")
_OF_THEM = re.compile(r"(?:\s+(?:of|the|a|these|those|single|one|any))+\s*\Z")


class Event(msgspec.Struct, frozen=True, array_like=True):
    """A word or phrase that tells an outcome; offsets in code points."""

    start: int
    end: int
    word: str


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as its sentence shows it: where it stands, who is counted, where the next one begins."""

    start: int
    end: int
    limit: int
    floor: int
    sentence: int  # where it begins
    population: str | None
    named: bool  # a noun follows it
    lives: bool  # lives are counted, which are only counted when they are lost


@cache
def _events() -> re.Pattern[str]:
    table = outcome_words()
    words = {*table.outcomes, *table.outcome_phrases, *table.by_counted, *table.of_object}
    return re.compile(rf"(?<![\w-]){either(words)}(?![\w-])")


class Events:
    """The outcome words of a stretch of text, found by where they stand."""

    def __init__(self, lower: str, start: int, end: int) -> None:
        self._all = [Event(*match.span(), match.group()) for match in _events().finditer(lower, start, end)]
        self._starts = [event.start for event in self._all]

    def between(self, start: int, end: int) -> list[Event]:
        """Return the events that lie wholly between two offsets."""
        found = self._all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [event for event in found if event.end <= end]


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
    if _SURVIVORS.match(lower, one.end, one.limit):
        saved = _SAVED.search(lower, max(one.floor, one.start - _REACH_BEFORE), one.start)
        return (None if saved is None else "rescued"), one.end
    if _TAKES.search(lower, max(one.floor, one.start - _REACH_BEFORE), one.start):
        captives = _AS_CAPTIVES.match(lower, one.end, one.limit)
        if captives is not None:
            return ("detained" if captives["as"] == "away" else "captured"), captives.end()
    if _FELL.match(lower, one.end):
        return None, one.end
    behind = _told_behind(lower, one, events)
    return behind or (_told_before(lower, one, before) or _toll(lower, one, before), one.end)


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
        told = by_counted.get("captives", told) if one.population in table.captives else told
    if told in _PEOPLES and one.population in table.objects:
        return None
    return None if told in _THINGS and one.population in table.people else told


def _is_direct(lower: str, event: Event, start: int) -> bool:
    """Whether a verb has the figure at `start` as its object: "killed at least 12"."""
    return event.end <= start and _DIRECT.fullmatch(lower, event.end, start) is not None


def _is_active(lower: str, event: Event) -> bool:
    """Whether others than the counted suffer it: "two drones destroyed a bridge", "they lost everything"."""
    if event.word == "lost":
        return _LOST_THEMSELVES.match(lower, event.end) is None
    if (
        event.word in _INTRANSITIVE
        or event.word.endswith(_PREPOSITIONS)
        or not _OBJECT.match(lower, event.end)
    ):
        return False
    return _PASSIVE.search(lower[max(0, event.start - _NEGATION_REACH) : event.start]) is None


def _unless_negated(lower: str, event: Event, told: str) -> str | None:
    words = re.split(r"[,;:.]", lower[max(0, event.start - _NEGATION_REACH) : event.start])[-1].split()
    for number in range(len(words) - 1, max(-1, len(words) - 1 - _NEGATION_WORDS), -1):
        if words[number] in _negations():
            following = words[number + 1] if number + 1 < len(words) else ""
            return told if following in _STRESSED else None
    return None if told == _NONE else told


def _is_none_of(lower: str, one: Counted) -> bool:
    """Whether it befell none of the counted: "none of the 5", "neither of the two", "no 5 men"."""
    before = lower[max(one.floor, one.start - _NEGATION_REACH) : one.start]
    before = _OF_THEM.sub(" ", before) if not before.endswith(" a ") else before
    words = before.split()
    return bool(words) and words[-1] in _negations() and words[-1] != "not"


def _is_none_behind(lower: str, one: Counted, events: Sequence[Event]) -> bool:
    """Whether the living follow: "six villagers believed dead were found alive"."""
    return any(_told(lower, event, one) == _NONE for event in events)


@cache
def _negations() -> frozenset[str]:
    return acts().negations | {"without"}


def _toll(lower: str, one: Counted, before: Sequence[Event]) -> str | None:
    """Find what "the toll has risen to 25" or "the number of dead stands at 25" counts."""
    start = max(one.floor, one.start - _REACH_AFTER)
    if _FROM_TO.search(lower, max(one.sentence, one.start - _REACH_BEFORE), one.start):
        start = max(one.sentence, one.start - _REACH_AFTER)  # "the toll rose from 12 to 19"
    those = _OF_THOSE.search(lower[max(one.sentence, one.start - _REACH_AFTER) : one.start])
    if those is not None and those["word"] in outcome_words().outcomes:
        return outcome_words().outcomes.get(those["word"])  # "of those detained, 14 are minors"
    match = _TOLL.search(lower[start : one.start])
    if match is None or (one.named and one.population not in outcome_words().people):
        return None
    if _DEATHS.search(match.group()):
        return "killed"
    table = outcome_words()
    since = start + match.start()
    words = (event.word for event in before if event.start >= since)
    told = [t for t in (table.outcomes.get(w, table.outcome_phrases.get(w)) for w in words) if t is not None]
    counted = re.search(
        r"\b(?:(?:number|count|figure)\s+of|(?:deaths|fatalities|injuries)\s+at)\b", match.group()
    )
    return told[0] if told and counted else None
