"""What befell the counted: killed, wounded, displaced, destroyed … told of a figure, or not told."""

import re
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from sayso.claims.atoms import either
from sayso.claims.clauses import clause_end, is_of_others
from sayso.claims.events import Counted, Event, Events
from sayso.claims.tolls import of_those, toll_of
from sayso.language.lexicon import acts, grammar
from sayso.language.lexicon.figures import outcome_words

_REACH_AFTER = 110  # code points behind a figure within its clause
_REACH_BEFORE = 40
_NEGATION_REACH = 48  # code points before the word it negates, and four words
_NEGATION_WORDS = 4
_STRESSED = frozenset({"only", "just", "but", "least", "merely", "fewer", "less"})  # "not only" affirms
_NONE = "none"
_PEOPLES = frozenset({"killed", "wounded", "missing", "detained", "casualties", "displaced", "rescued"})
_THINGS = frozenset({"destroyed", "damaged"})
_PLACES = frozenset({"village", "settlement"})
_OF_THE_LIVING = _PEOPLES | {"released"}
BEFALLS_THE_LIVING = _OF_THE_LIVING | {"shot"}
# These are never done to an object: "fled the fighting".
_INTRANSITIVE = frozenset(
    {"died", "die", "dies", "dying", "dead", "deaths", "death", "perished", "fled", "fleeing", "disappeared"}
    # "Had to leave their villages"
    | {"leave", "flee", "move", "relocate", "evacuate", "abandon"}
    | {"vanished", "succumbed", "missing", "homeless", "casualties", "survived", "bodies", "the bodies of"}
)
# What others do: "gunmen began shooting", "prisoners took him".
_BY_THEMSELVES = frozenset({"shooting", "took", "taking", "takes"})
_PREPOSITIONS = (  # "held at the camp"
    *(" in", " at", " under", " without", " for", " from", " beneath", " underneath", " by", " of", " into"),
    *(" with", " on", " to"),
)
_DOING_TO_ALL = frozenset({"killing", "wounding", "injuring"})
_ALL_OF_THEM = re.compile(
    r"\s+(?:all|everyone|everybody|everyone\s+else)(?:\s+of\s+them)?(?:\s+(?:aboard|on\s+board|inside|in\s+it))?\s*(?:[.,;]|\Z)"
)
_FLEES = frozenset({"fled", "flee", "fleeing"})
_CRUSHED = ("crushed by", "crushed under", "crushed beneath")
_OBJECT = re.compile(
    r"\s+(?:them(?!\s+all)|him|an?|the|his|her|its|their|our|several|many|more|dozens|hundreds|scores|at\s+least)\b"
)
_PASSIVE = re.compile(
    r"(?:\b(?:was|were|been|be|is|are|being|got|get|left|reported|confirmed|found|feared|believed)|(?:ed|dead|hurt)\s+and)\s+"
    r"(?:[a-z]+ly\s+|also\s+|then\s+|later\s+|not\s+|or\s+)*\Z"
)
_BEEN = re.compile(r"\b(?:was|were|been|being)\s+(?:[a-z]+ly\s+)?\Z")
_DIRECT = re.compile(
    # "killed the mayor, his driver and three guards"
    r"(?:\s+(?:himself|herself|themselves)(?:,\s+and|,|\s+and))?"
    # "kidnapped a lawmaker, Ada Kern, and seven of her guards"
    r"(?:\s+(?:an?|the|his|her|its|their)(?:[ -][^\W\d_]+){1,4}?,(?:\s+[^\W\d_][\w'’.-]*){1,4},\s+and)?"
    r"(?:\s+(?:an?|the|his|her|its|their)(?:[ -][^\W\d_]+){1,4}?(?:,\s+and|,|\s+and)){0,3}"
    r"\s+(?:(?:nearly\s+|almost\s+|virtually\s+)?all\s+)?(?:of\s+)?(?:the\s+|these\s+|those\s+|another\s+|a\s+further\s+|a\s+total\s+of\s+|its\s+|their\s+|her\s+|his\s+|all\s+)?(?:remaining\s+|other\s+|last\s+|final\s+)?(?:only\s+|just\s+|another\s+|reportedly\s+|allegedly\s+)?"
    r"(?:all\s+but\s+[\w-]+\s+of\s+(?:the\s+|its\s+|their\s+)?)?"
)
_ONE_OF = re.compile(r"one\s+of\s+(?!them|whom|these|those|which)(?![^,;.]{0,60}\bwho\b)")
# "A country of five million people was hit": its people were not.
_INHABITED_BY = re.compile(
    r"\b(?:country|nation|state|island|province|region|city|town|village|district|community|continent)\s+of\s+"
    r"(?:about\s+|some\s+|nearly\s+|over\s+)?\Z"
)
# "The arrest last week of 12 men", "the release by Ordania of 15"
_OF_LATE = re.compile(
    r"\s+(?:(?:on|in|late|early|last|this)\s+)*(?:[a-z]+day|week|month|year|january|february|march|april|may|june|july|"
    r"august|september|october|november|december|(?:19|20)\d\d)(?:\s+\d{1,4})?\s+of\s+(?:the\s+|at\s+least\s+)?"
    r"|\s+by\s+(?:[\w'’-]+\s+){1,4}?of\s+(?:the\s+|at\s+least\s+)?"
)
_PREPOSITION = re.compile(
    r"[,;:()]|\b(?:in|on|at|by|from|after|during|since|for|within|over|near|into|with|when|while|than|to|as|before|until)\b"
)
_FREE = frozenset({"release", "free", "to free", "liberate", "set free", "pardon"})  # what is asked for
_IN_JAIL = re.compile(
    r"\b(?:is|are|being|remain|still)\s+(?:held\s+|kept\s+)?in\s+(?:jail|prison|custody|detention)\b"
)
_AT_STAKE = re.compile(
    r"\s+(?:are|were|is|remain|will\s+be|could\s+be)\s+(?:still\s+|now\s+)?"
    r"(?:at\s+(?:stake|risk)|in\s+(?:danger|jeopardy)|threatened|saved|affected)\b"
)
_LIVE = re.compile(
    r"\b(?:affect|disrupt|improv|chang|touch|protect|risk|endanger|threaten|liv|transform)[a-z]*\s+(?:the\s+)?\Z"
)
_HOLDS = frozenset({"hold", "holds", "held", "holding"})
_HOLDER_REACH = 90  # code points before a verb in which its subject stands
_VICTIMS = frozenset({"victims", "victim"})
_MOURNED = re.compile(  # "a memorial to the 67 victims"
    r"\b(?:memorial|monument|tribute|mourn|funeral|commemorat|remember|bury|burie|remains|bodies|honou?r)[a-z]*\b"
    r"[^.;]*\Z"
)
_PARTITIVE = re.compile(r"\b(?:part|members?|some|most|many|none)\s+of\b")
_LOST_THEMSELVES = re.compile(r"\s*(?:\Z|[.,;:)]|(?:in|at|during|on|since|when|and)\b)")
# Where and when parts of a toll fell: "of which 640 occurred in detention".
_FELL = re.compile(
    r"\s+(?:occurred|happened|took\s+place|came|were\s+(?:recorded|reported|registered)|fell)\b"
)
# "Six deaths per 100,000": a rate counts nobody.
_RATE = re.compile(
    r"(?:\s+[a-z]+){0,2}?\s+(?:(?:per|for\s+every|in\s+every|out\s+of\s+every)\s+"
    r"|of\s+every\s+)(?:one\s+|a\s+|1\s+)?(?:1,?000|10,?000|100,?000|hundred|thousand|million|head\b|capita\b)"
)
_SURVIVORS = re.compile(r"\s+(?:[a-z]+\s+)?survivors?\b")
_SAVED = re.compile(
    r"\b(?:pull|dug|dig|recover|rescu|br[io]ng|brought|winch|lift|haul|pluck)[a-z]*\b[^.;]*\Z"
)
_WHO_WERE = re.compile(r"\s+(?:(?:who|that)\s+(?:was|were|had\s+been|have\s+been)\s+)?(?:[a-z]+ly\s+)?")
_FINITELY = re.compile(r"\b(?:have|has|had)\s+(?:since\s+|later\s+|also\s+|now\s+)?died\Z|\bdied\Z")
_CLAUSE = re.compile(r"[;:]|\b(?:when|after|because|while|as|until|since|that|which|who|where|and|but)\b")
_LATER = 3  # outcome words
_WAS = re.compile(r"\b(?:was|were|has|have|had|is|are)\b")
_WERE = re.compile(r"\b(?:was|were|has|have|had)\s+(?:been\s+)?(?:[a-z]+ly\s+)?\Z")
_CAPTIVE = re.compile(r"\s+(?:captured|captive|imprisoned|detained|kidnapped|abducted|interned)\b")
_FOUND = re.compile(r"\b(?:was|were|been|are|is|turned\s+up)\b")
_AND_THEN = re.compile(r"\s+and\s+(?:then\s+|later\s+|subsequently\s+)?")
_NOR = re.compile(r"\bnor\b")
_AND_DO = re.compile(
    r"\s+and\s+(?!then\b|the\b)[a-z]+(?:\s+over|\s+up)?(?:\s+(?:the|these|those|all|his|her|its|their))?\s+"
)
_OF_THE = re.compile(r"\s+of\s+(?:the|those)\s+")
_OWN_VERB = re.compile(r"(?:[\w'’,-]+\s+){1,5}?(?:was|were|had|have|has|are|is)\b")
_ALONG = re.compile(r",?\s+(?:(?:along|together)\s+)?with\s+(?:(?:his|her|their|the|at\s+least|some)\s+)*")
# "Was killed on Tuesday at a farmhouse, along with two aides"
_ALONGSIDE = re.compile(r"[^.;:]{0,90}?,?\s+(?:along|together)\s+with\s+(?:at\s+least\s+|the\s+)?")
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
    if lower.endswith(", ", 0, one.start) and _ONE_OF.match(lower, one.start):
        return None, one.end  # "damaged the old mosque, one of the oldest shrines"
    if _RATE.match(lower, one.end):
        return None, one.end
    told, until = _outcome_of(lower, one, events)
    if _INHABITED_BY.search(lower, max(one.sentence, one.start - _REACH_BEFORE), one.start):
        return None, one.end
    things = one.population is None and one.noun in outcome_words().things
    befalls_nobody = told in BEFALLS_THE_LIVING and things
    return (None, one.end) if befalls_nobody else (told, until)


def _is_first_of_two(lower: str, event: Event, one: Counted, events: Events) -> bool:
    """Whether a verb has the figure as its object with another verb: "to arrest and hand over the two"."""
    if not lower.endswith(("to ", "will ", "would ", "should ", "must "), 0, event.start):
        return False
    joined = _AND_DO.fullmatch(lower, event.end, one.start)
    return joined is not None and not events.between(event.end, one.start)


def _outcome_of(lower: str, one: Counted, events: Events) -> tuple[str | None, int]:
    if _is_none_of(lower, one):
        return _at_noun(lower, one, events), one.end
    before = events.between(max(one.floor, one.start - _REACH_AFTER), one.start)
    direct = next((e for e in before if is_direct(lower, e, one.start) and not _is_passive(lower, e)), None)
    if direct is None and before and _is_first_of_two(lower, before[-1], one, events):
        direct = before[-1]
    if direct is not None and direct.word in _FREE and _jailed(lower, one, events):
        return "detained", one.end
    if direct is not None and (told := _told(lower, direct, one)) is not None:
        return _unless_negated(lower, direct, told), one.end
    if one.lives or one.noun in outcome_words().counted_nouns:
        return _told_by_noun(lower, one), one.end
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
    toll = toll_of(lower, one, events) or _mourned(lower, one)
    if toll is not None:
        return toll, one.end
    behind = _told_behind(lower, one, events)
    return behind or (_told_before(lower, one, before) or of_those(lower, one), one.end)


def _told_by_noun(lower: str, one: Counted) -> str | None:
    """Return the outcome of those who are counted by what befell them: "40 lives", "14 executions"."""
    if not one.lives:
        return outcome_words().counted_nouns.get(one.noun or "")
    start = max(one.floor, one.start - _REACH_BEFORE)
    spared = _AT_STAKE.match(lower, one.phrase_end) or _LIVE.search(lower, start, one.start)
    return None if spared else "killed"


def _mourned(lower: str, one: Counted) -> str | None:
    """Return that the victims of a memorial were killed."""
    start = max(one.floor, one.start - _REACH_AFTER)
    return "killed" if one.noun in _VICTIMS and _MOURNED.search(lower, start, one.start) else None


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
    after = events.between(one.end, clause_end(lower, one, min(one.limit, one.end + _REACH_AFTER)))
    of_those: tuple[str, int] | None = None
    for number, event in enumerate(after):
        told = _told(lower, event, one)
        if event.word in _DOING_TO_ALL and _ALL_OF_THEM.match(lower, event.end):
            return (
                (told, event.end) if told is not None else None
            )  # "12 people crashed, killing all on board"
        if told not in {None, _NONE} and number == 0 and _OF_THE.fullmatch(lower, one.end, event.start):
            of_those = (told, event.end)  # "two of the wounded died", or are children
            continue
        if is_of_others(lower, event, one) or _is_outdone(lower, one, after, number):
            continue
        if told == _NONE:
            return None, event.end
        if told is not None and not _is_done_to_others(lower, one, event):
            return _settled(lower, one, after[number:], told), event.end
    return of_those


def _is_outdone(lower: str, one: Counted, after: Sequence[Event], number: int) -> bool:
    """Whether another of the events behind the counted tells more of them than the one at `number`."""
    event, later = after[number], after[number + 1 : number + 1 + _LATER]
    told = _told(lower, event, one)
    if event.word.partition(" ")[0].endswith("ing") and _is_overtaken(lower, one, later):
        return True  # "12 people fleeing the village were killed"
    if number == 0 and told == "wounded" and _have_died(lower, one, event, later):
        return True  # "22 people injured in the quake have died"
    # "Gunmen killed a guard and fled"
    return told == "displaced" and number > 0 and _is_active(lower, after[number - 1])


def _is_done_to_others(lower: str, one: Counted, event: Event) -> bool:
    if event.word in outcome_words().of_object or _is_active(lower, event):
        return True
    return is_direct(lower, event, one.limit) and not _is_passive(lower, event)


def _settled(lower: str, one: Counted, events: Sequence[Event], told: str) -> str | None:
    """Return what the first of some events tells of the counted, in the light of those that follow it."""
    first = events[0]
    if _BELIEVED.search(lower, one.end, first.start) and _is_none_behind(lower, one, events):
        # Those reported missing were missing; those believed dead never were.
        return "killed" if told == "killed" else None
    if told == "missing" and any(
        _told(lower, event, one) == _NONE and _FOUND.search(lower, first.end, event.end)
        for event in events[1:]
    ):
        return None  # "the 12 missing men were found alive"
    if len(events) > 1 and _AND_THEN.fullmatch(lower, first.end, events[1].start):
        # "One was kidnapped and killed"
        told = "killed" if _told(lower, events[1], one) == "killed" else told
    return _unless_negated(lower, first, told)


def _is_overtaken(lower: str, one: Counted, later: Sequence[Event]) -> bool:
    """Whether a finite verb tells something else of the counted behind a participle."""
    return any(
        _told(lower, event, one) not in {None, _NONE} and _WERE.search(lower, one.end, event.start)
        for event in later
    )


def _have_died(lower: str, one: Counted, event: Event, later: Sequence[Event]) -> bool:
    """Whether the wounded of a participle or a relative clause are said to have died since."""
    if not _WHO_WERE.fullmatch(lower, one.phrase_end, event.start):
        return False
    return any(
        _told(lower, each, one) == "killed"
        and _FINITELY.search(lower, event.end, each.end) is not None
        and _CLAUSE.search(lower, event.end, each.start) is None
        for each in later
    )


def _told_before(lower: str, one: Counted, before: Sequence[Event]) -> str | None:
    for event in reversed(before):
        between = lower[event.end : one.start]
        if _PARTITIVE.search(between) or _head_of().search(between):
            return None  # "the freed men are part of a group of 35", "killed the leader of one of the gangs"
        along = one.population in outcome_words().people and (
            _ALONG.fullmatch(between) or _ALONGSIDE.fullmatch(between)
        )
        if along and _told(lower, event, one) != "displaced":
            between = ""  # "was killed with four comrades", not "fled with two hostages"
        if len(between) > _REACH_BEFORE or _PREPOSITION.search(between):
            return None
        told = None if event.word in outcome_words().of_object else _told(lower, event, one)
        if told is not None:
            return _unless_negated(lower, event, told)
    return None


@cache
def _head_of() -> re.Pattern[str]:
    return re.compile(rf"\b{either(outcome_words().heads)}\s+of\s+\Z")


@cache
def _by_weight() -> re.Pattern[str]:
    """Return what stands behind "crushed by" where it kills: "a wall", "the weight of the rubble"."""
    table = outcome_words()
    heavy = table.heavy | {form for form, code in table.populations.items() if code in table.objects}
    ends = either(grammar().ends_noun_phrase)
    return re.compile(
        r"(?:\s+(?!(?:in|on|at|and|after|when|as|by|for|with|from|to|over)\b)[\w'’-]+){0,5}?"
        rf"\s+{either(heavy)}(?=\s*(?:[^\w\s'’-]|\Z)|\s+{ends}\b)"
    )


def _told(lower: str, event: Event, one: Counted) -> str | None:
    """Return the outcome a word tells of the counted: "lost 5 tanks" and "lost 5 men" are two things."""
    table = outcome_words()
    if event.word.endswith(_CRUSHED) and not _by_weight().match(lower, event.end, event.end + _REACH_AFTER):
        return None
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
    if word in _HOLDS and _is_of_shelter(lower, event):
        return None  # "the camps hold 12,000 refugees"
    if word in _FLEES and one.population in table.captives:
        return _NONE  # "200 prisoners fled": they are free
    if told in _OF_THE_LIVING and told != "displaced" and one.population in _PLACES:
        return None  # "liberated 12 villages", "held three town halls"
    return None if told in _THINGS and one.population in table.people else told


@cache
def _sheltering() -> re.Pattern[str]:
    """Return what ends in a subject that shelters people, and jails nobody, right before its verb."""
    shelters, jails = (either(words) for words in (outcome_words().shelters, outcome_words().jails))
    articles = r"(?:the|an?|its|their)\s+"
    word = (
        rf"(?!{jails}\b)(?!(?:in|at|on|of|from|near|inside|outside|by|for|with|to|and|or|that|who|which|where)\b)"
        rf"(?!{articles})[\w'’-]+\s+"
    )
    where = r"(?:\s+(?:in|at|near|outside|along|on|around|across|of)(?:\s+[\w'’-]+){1,4}?)?"
    adverb = r"(?:\s+(?:now|still|already|currently|also|alone|together|can|could|is|are|was|were))*"
    begins = r"(?:\A|[.,;:\"“”]\s*|\b(?:that|and|but|while|where|whereas|as|said|says)\s+)"
    alone = rf"{begins}(?:{articles})?(?:{word}){{0,4}}?"
    near = rf"(?<!\w)(?:{articles}|{word})"
    return re.compile(
        rf"(?:{alone}{shelters}{where}{adverb}|{near}{shelters}(?:\s+(?:that|which)){adverb})\s+\Z"
    )


def _is_of_shelter(lower: str, event: Event) -> bool:
    """Whether what holds people is a place that they live in: "the camp holds 12,000"."""
    return _sheltering().search(lower[max(0, event.start - _HOLDER_REACH) : event.start]) is not None


def is_direct(lower: str, event: Event, start: int) -> bool:
    """Whether a verb has the figure at `start` as its object: "killed at least 12"."""
    found = _DIRECT.fullmatch(lower, event.end, start) if event.end <= start else None
    if found is None and event.end < start and not event.word.endswith("ed"):
        return _OF_LATE.fullmatch(lower, event.end, start) is not None
    # "Lost their roofs and 90 people were evacuated"
    return found is not None and not (" and" in found.group() and _OWN_VERB.match(lower, start))


def _jailed(lower: str, one: Counted, events: Events) -> bool:
    """Whether those to be freed are said to be held: "release 12 writers who are in jail"."""
    behind = events.between(one.end, min(one.limit, one.end + _REACH_AFTER))
    held = any(_told(lower, event, one) == "detained" for event in behind)
    return held or _IN_JAIL.search(lower, one.end, min(one.limit, one.end + _REACH_AFTER)) is not None


def _is_passive(lower: str, event: Event) -> bool:
    """Whether a participle has a subject and so no object: "50 were killed 100 captured"."""
    if not event.word.endswith("ed"):
        return False
    return _BEEN.search(lower, max(0, event.start - _NEGATION_REACH), event.start) is not None


def _is_active(lower: str, event: Event) -> bool:
    """Whether others than the counted suffer it: "two drones destroyed a bridge", "they lost everything"."""
    if event.word == "lost":
        return _LOST_THEMSELVES.match(lower, event.end) is None
    if event.word in _BY_THEMSELVES:
        return True
    if event.word in outcome_words().doing:
        return not lower.endswith("whose ", 0, event.start)
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
    of_them = None if before.endswith(" a ") else _OF_THEM.search(before)
    words = (before if of_them is None else before[: of_them.start()]).split()
    if words and words[-1] == "neither" and _NOR.search(lower, one.end, one.end + _REACH_AFTER):
        return False  # "neither the 14 wounded nor the two who died"
    if words and words[-1] == "not":
        return of_them is not None and "one" in of_them[0].split()  # "not a single one of the 14"
    return bool(words) and words[-1] in _negations()


def _is_none_behind(lower: str, one: Counted, events: Sequence[Event]) -> bool:
    """Whether the living follow: "six villagers believed dead were found alive"."""
    return any(_told(lower, event, one) == _NONE for event in events)


def _at_noun(lower: str, one: Counted, events: Events) -> str | None:
    """Return what a participle right behind the counted tells: "none of the 32 freed on Monday was tried"."""
    behind = events.between(one.phrase_end, one.limit)
    if not behind or lower[one.phrase_end : behind[0].start].strip() or not behind[0].word.endswith("ed"):
        return None
    return _told(lower, behind[0], one) if _WAS.search(lower, behind[0].end, one.limit) else None


@cache
def _negations() -> frozenset[str]:
    return acts().negations | {"without"}
