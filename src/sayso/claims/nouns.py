"""Who or what a figure counts: the noun phrase behind it, and the population that it names."""

import re
from collections.abc import Sequence

import msgspec

from sayso.claims.events import begins_phrase
from sayso.language.lexicon import grammar
from sayso.language.lexicon.figures import outcome_words

_LONGEST_NOUN_PHRASE = 5  # words after a figure
_WORD = re.compile(r"\s*(?:(?P<word>[^\W_]+(?:[-’'.][^\W_]+)*)|\S)")
_ADJECTIVES = frozenset({"armed", "occupied", "displaced", "united", "unarmed", "so-called", "masked"})
_PLURALS = frozenset({"people", "children", "men", "women", "servicemen", "policemen", "gunmen", "troops"})
_COMPLEMENTS = frozenset({"captive", "prisoner", "hostage"})  # "took 12 people hostage"
_MORE = ("more",)
_OF_THOSE = re.compile(r"\s+of\s+(?:its|their|our|his|her|the|these|those|all)\s+(?:own\s+)?(?![\d])")
_COPULA = re.compile(
    r"(?:\s+of\s+(?:the|those)\s+(?:dead|killed|wounded|injured|missing|victims|casualties))?"
    r"\s+(?:were|was|are|is)\s+(?:all\s+)?"
)
_BEHIND_VERB = re.compile(
    r"\s+(?:by|in|at|from|as|on|after|during|to|since|with|that|who|when|while|under|"
    r"the|an?|their|his|her|its|no|up|down|out|off|away|back|into|over|through|home)\b|\s*(?:[.,;:)]|\Z)"
)
_ARE = re.compile(r"(?:were|was|are|is)\s+(?:all\s+)?")
OF_THEM = re.compile(r"\s+of\s+(?:them|whom|these|those)\b\s*")


class Noun(msgspec.Struct, frozen=True, kw_only=True):
    """The noun phrase behind a figure."""

    words: tuple[str, ...]
    end: int  # of its last word, in code points


def noun_behind(lower: str, at: int, limit: int) -> Noun | None:
    """Read the noun phrase behind a figure: "12 people", "12 of its soldiers", "5 were women"."""
    of_them = OF_THEM.match(lower, at, limit)
    if of_them is not None:
        are = _ARE.match(lower, of_them.end(), limit)
        return _if_people(_phrase(lower, of_them.end() if are is None else are.end(), limit))
    of_those = _OF_THOSE.match(lower, at, limit)
    if of_those is not None:
        of_people = _if_people(_phrase(lower, of_those.end(), limit))
        if of_people is not None:
            return of_people
    phrase = _phrase(lower, at, limit)
    if phrase is not None:
        return phrase
    copula = _COPULA.match(lower, at, limit)
    return None if copula is None else _if_people(_phrase(lower, copula.end(), limit))


def _if_people(noun: Noun | None) -> Noun | None:
    return noun if noun is not None and population_of(noun.words) is not None else None


def _phrase(lower: str, at: int, limit: int) -> Noun | None:
    words: list[str] = []
    end = at
    while len(words) < _LONGEST_NOUN_PHRASE:
        match = _WORD.match(lower, at, limit)
        word = match["word"] if match is not None else None
        if match is not None and not words and _qualifies(word, lower, match.end(), limit):
            at = match.end()
            continue
        if match is not None and not words and word is not None and word.endswith("ly"):
            following = _WORD.match(lower, match.end(), limit)
            if following is not None and _qualifies(following["word"], lower, following.end(), limit):
                at = match.end()  # "newly displaced families"
                continue
        if match is None or word is None or _ends_phrase(lower, match.start("word"), word, words):
            break
        words.append(word)
        at = end = match.end()
    # "Two fatally": an adverb alone is no noun.
    adverb = len(words) == 1 and words[0].endswith("ly") and words[0] not in outcome_words().populations
    no_noun = adverb or tuple(words) == _MORE  # "damaged three more"
    return Noun(words=tuple(words), end=end) if words and not no_noun else None


def _qualifies(word: str | None, lower: str, at: int, limit: int) -> bool:
    """Whether a participle stands before a noun: "4,800 damaged homes", "12 abducted girls"."""
    table = outcome_words()
    if word is None or word not in table.outcomes or not word.endswith(("ed", "ing")):
        return False
    following = _WORD.match(lower, at, limit)
    return following is not None and following["word"] in table.populations


def _ends_phrase(lower: str, at: int, word: str, before: Sequence[str]) -> bool:
    table = outcome_words()
    ends = grammar().ends_noun_phrase | grammar().finite_auxiliaries | table.no_nouns
    if (before and word in _COMPLEMENTS) or begins_phrase(lower, at):
        return True
    if word in ends or word.partition("'")[0].partition("’")[0] in ends:
        return True
    if before and _is_plural(before[-1]) and not word.endswith("s") and word not in table.populations:
        return True  # "fighters laid down their arms", but "women voters"
    told = table.outcomes.get(word)
    verb = word.endswith(("ed", "ing")) and word not in _ADJECTIVES
    if verb and _BEHIND_VERB.match(lower, at + len(word)):
        return True  # "the 120 claimed by the rebels"
    return bool(before and verb) or (told is not None and word not in table.populations and verb)


def _is_plural(word: str) -> bool:
    return word in outcome_words().populations and (word.endswith("s") or word in _PLURALS)


def population_of(words: Sequence[str]) -> str | None:
    """Return whom or what a figure counts: "elderly people" are elderly, "civilian homes" are houses."""
    table = outcome_words()
    named: list[str] = []
    for number, word in enumerate(words):
        pair = f"{words[number - 1]} {word}" if number else ""
        if pair in table.populations:
            named[-1:] = [table.populations[pair]]
        elif word in table.populations:
            named.append(table.populations[word])
        elif named and named[-1] not in table.people:
            named.append(named[-1])
    things = [one for one in named if one not in table.people]
    if things and named[-1] not in table.people:
        return things[-1]
    named = [one for one in named if one in table.people]  # "bus passengers" are no buses
    return next((one for one in named if one != "person"), named[0] if named else None)
