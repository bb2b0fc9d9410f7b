"""Whose outcome the words behind a figure tell: that of the counted, or of somebody else in the sentence."""

import re

from sayso.claims.events import Counted, Event
from sayso.language.lexicon import grammar
from sayso.language.lexicon.figures import outcome_words

_REACH = 48  # code points before a word in which the words that belong to it stand
_REACH_OF_SENTENCE = 110
_WHERE = re.compile(r"\s+(?:where|in\s+which|when)\b")
# "200 stayed, the others fled", "40 were hurt, but a guard died"
_OTHERS = re.compile(
    r"\bthe\s+(?:others|rest|remainder|remaining)\b"
    r"|,\s+(?:but|while|whereas|although|though)\s+(?:the|an?|his|her|its|their|one)\s"
    r"|,\s+(?:where|in\s+which)\s+(?!they\b)"
)
# "After talks with 12 ministers, the president died": what is said in front is of others.
_FRONTED = re.compile(
    r"\W*(?:despite|after|when|while|although|though|because|since|if|as|following|amid|with|before|once|"
    r"in\s+addition\s+to)\b"
)
_MAIN_CLAUSE = re.compile(
    r",\s+(?:the|an?|his|her|its|their|he|she|it|they|we)\s(?!(?:[\w'’-]+\s+){1,4}(?:said|says|say|told)\b)"
)
# "At least 40 were trapped when a shaft collapsed" tells nothing more of the 40.
_SUBORDINATE = re.compile(
    r"\b(?:when|after|because|while|as|until|since|before|once)\s+(?:an?|the|their|his|her|its|he|she|it)\b"
    r"(?:(?!\sand\s+(?:was|were|had|have|has|later)\b)[^,;])*\Z"
)
_SENTENCED = re.compile(r"\b(?:sentenc|condemn)[a-z]*\b[^.;]*\Z")
_NUMBER_OF = re.compile(
    r"(?:[,;]|\b(?:and|while|but)\b)[^,;]*\b(?:number|toll|count|total|tally)\s+of\s+(?:[a-z]+\s+)?\Z"
)
_OF_ONE = re.compile(r"[^\W\d_],?\s+(?:who|which)\s+(?:was|is|has\s+been)\s+(?:[a-z]+ly\s+)?\Z")
_LAST_WORD = re.compile(r"\b(?P<word>[a-z]+)\s+\Z")
_A_SHOT = re.compile(r"\b(?:an?|the|his|her)\s+(?:(?!(?:was|were|been|had|has|have)\b)[\w-]+,?\s+){0,3}\Z")
_DIED = frozenset({"died", "perished", "drowned", "fled", "disappeared", "vanished"})
# "17 million, including newly displaced Ordanians"; but "14 people including a child were killed"
_INCLUDING = re.compile(
    r"\bincluding\s+(?:(?:an?|the|its|his|her|their|all|many|more|most|several|some|those|[a-z]+ly)\s+)*\Z"
)
_FOR_WHOM = re.compile(
    r"\b(?:for|to|by|with|against)\s+(?:[^\W\d_]+\s+){0,3}?(?P<whom>[^\W\d_]+s|people|children)\s+\Z"
)
_OF_SOMEBODY = re.compile(r"\s+of\s+(?:[\w'’-]+\s+){1,6}?")
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])\s")
_NOUNS = frozenset(
    {"bodies", "deaths", "death", "corpses", "injuries", "wounds", "burns", "casualties", "arrests"}
)
_DETERMINED = re.compile(
    r"(?<!\bamong )\b(?:an?|the|its|his|her|their)\s+\Z"
    r"|\b(?:after|for|of|treat|treated|treats|treating|help|helps)\s+\Z"
)
_WITH_THE = re.compile(
    r"\b(?:with|beside|near|around|behind|carrying|holding)\s+(?:an?|the|his|her|their)\s+\Z"
)
_ITS_NOUN = re.compile(r"\s+(?P<noun>[^\W\d_]+)\b(?!\s+(?:say|said|says|report))")
# "Will pay 900 francs for every bird destroyed"
# "Contact with 12 men aboard was lost": the contact is lost, not the men.
_CONTACT = re.compile(r"\b(?:contact|communication|touch|track|sight)\s+(?:with|of)\s+(?:the\s+|all\s+)?\Z")
_FOR_EVERY = re.compile(
    r"\bfor\s+(?:every|each)\s+(?!(?:was|were|had|has|have|is|are)\b)(?:[\w'’-]+\s+){1,2}\Z"
)
_PREDICATIVE = re.compile(
    r"(?:\b(?:was|were|been|be|is|are|being|got|get|gets|left|reported|confirmed|found|feared|believed|"
    r"have|has|had|also|still|not|[a-z]+ly))\s+\Z"
)


def clause_end(lower: str, one: Counted, limit: int) -> int:
    """Return where the words that may tell of a figure end, at `limit` or where others are spoken of."""
    if _WHERE.match(lower, one.end):
        return one.end  # "one where a clerk was shot"
    others = _OTHERS.search(lower, one.end, limit)
    if others is None and _FRONTED.match(lower, one.sentence):
        others = _MAIN_CLAUSE.search(lower, one.phrase_end, limit)
    return limit if others is None else others.start()


def is_of_others(lower: str, event: Event, one: Counted) -> bool:
    """Whether a word of an outcome behind the counted is told of somebody else."""
    if _SUBORDINATE.search(lower, one.end, event.start) or _is_a_noun_of_death(lower, event, one):
        return True
    if one.named and event.start >= one.phrase_end and _is_attribute(lower, event):
        return True  # "medals to wounded soldiers"
    if not one.named and _WITH_THE.search(lower, one.end, event.start) and _ITS_NOUN.match(lower, event.end):
        return True  # "saw the twelve with the dead jackal"
    if one.noun in outcome_words().kin and (
        _OF_SOMEBODY.fullmatch(lower, one.phrase_end, event.start)
        or _POSSESSIVE.search(lower, event.end, one.phrase_end)
    ):
        return True  # "many families of soldiers killed there", "12 missing men's families"
    if lower.endswith(("on the way ", "en route "), 0, event.start):
        return True
    if event.word in _DIED and lower.endswith((" it ", " he ", " she "), 0, event.start):
        return True
    if _OF_ONE.search(lower, one.end, event.start) or _is_of_a_thing(lower, event):
        return True  # "jailed two men for helping the chief, who was killed"
    if _INCLUDING.search(lower, one.end, event.start) or _is_of_a_noun(lower, event, one):
        return True
    # "1,501 are ill and the number of deaths is 66"
    return _NUMBER_OF.search(lower, one.end, event.start) is not None


def _is_of_a_thing(lower: str, event: Event) -> bool:
    """Whether a word is told of a thing near it: "the event held at", "a bus that was hit", "a low shot"."""
    begin = max(0, event.start - _REACH)
    if event.word.startswith(("was ", "is ")):
        return lower.endswith(("that ", "which ", "who "), begin, event.start)
    if event.word.startswith("held "):
        before = _LAST_WORD.search(lower, begin, event.start)
        return before is not None and before["word"] in outcome_words().things
    return event.word == "shot" and _A_SHOT.search(lower, begin, event.start) is not None


def _is_of_a_noun(lower: str, event: Event, one: Counted) -> bool:
    """Whether a participle belongs to people behind the counted: "12 places for students fleeing the war"."""
    if _FOR_EVERY.search(lower, one.end, event.start):
        return True
    if event.word == "lost" and _CONTACT.search(lower, max(one.sentence, one.start - _REACH), one.start):
        return True
    found = _FOR_WHOM.search(lower, one.phrase_end, event.start) if one.named else None
    return found is not None and outcome_words().populations.get(found["whom"]) in outcome_words().people


def _is_a_noun_of_death(lower: str, event: Event, one: Counted) -> bool:
    """Whether "death" is not that of the counted: "four face the death penalty", "doomed eight to death"."""
    start = max(one.sentence, one.start - _REACH_OF_SENTENCE)
    if event.word == "death" and _SENTENCED.search(lower, start, one.start):
        return True
    if event.start < one.phrase_end or not one.named:
        return event.word == "death" and not lower.endswith("to ", 0, event.start)
    if event.word in {"death", "deaths"}:
        return not lower.endswith(("to ", "their "), 0, event.start)
    # "12 graves with bodies", "nine pits full of bodies"
    return event.word == "bodies" and one.population not in outcome_words().people


def _is_attribute(lower: str, event: Event) -> bool:
    """Whether a participle stands before the noun that it tells of: "treated injured civilians"."""
    noun = _ITS_NOUN.match(lower, event.end)
    begin = max(0, event.start - _REACH)
    if noun is None or noun["noun"] in grammar().ends_noun_phrase:
        return False
    # "The injured guard", "looks after injured animals", but "among the injured"
    if event.word not in _NOUNS and _DETERMINED.search(lower, begin, event.start):
        return True
    if " " in event.word or noun["noun"] not in outcome_words().populations:
        return False
    return _PREDICATIVE.search(lower, begin, event.start) is None
