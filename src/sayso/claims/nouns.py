"""Who or what a figure counts: the noun phrase behind it, and the population that it names."""

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from sayso.claims.events import begins_phrase
from sayso.language.lexicon import grammar, names
from sayso.language.lexicon.figures import outcome_words

_LONGEST_NOUN_PHRASE = 5  # words after a figure
# "U.S. soldiers": the points of initials end no phrase, nor does the sign of "two groups' members".
_WORD = re.compile(
    r"\s*(?:(?P<word>(?:[a-z]\.){2,}(?=\s)|[^\W_]+(?:[-’'.][^\W_]+)*)(?:(?<=s)['’](?=\s))?|\S)"
)
_COMPLEMENTS = frozenset({"captive", "prisoner", "hostage"})  # "took 12 people hostage"
_VICTIMS = frozenset({"victims", "dead"})
_STATES = frozenset({"dead", "slain", "missing", "homeless", "hurt"})  # as "wounded", "captured" are
_MORE = ("more",)
_OWN_PEOPLE = "people"
# "Lost 12 of its own", "one of their own": people, where nothing else is named.
_OF_ITS_OWN = re.compile(
    r"\s+of\s+(?:its|their|our|his|her)\s+own(?=\s*(?:[.,;:)]|\Z)"
    r"|\s+(?:in|on|at|when|while|to|during|after|and|but|last|this|that|since|was|were|had|have|has|dead)\b)"
)
# "Bring to 12 the number of troops killed"
_THE_NUMBER_OF = re.compile(
    r"\s+the\s+(?:[a-z]+\s+)?(?:number|count|tally|total)\s+of\s+(?!\d)(?:the\s+|its\s+)?"
)
_OF_THOSE = re.compile(r"\s+of\s+(?:its|their|our|his|her|the|these|those|all)\s+(?:own\s+)?(?![\d])")
_COPULA = re.compile(
    r"(?:\s+of\s+(?:the|those)\s+(?:dead|killed|wounded|injured|missing|victims|casualties))?"
    r"\s+(?:were|was|are|is)\s+(?:all\s+)?"
)
_BEHIND_VERB = re.compile(
    r"\s+(?:by|in|at|from|as|on|after|during|to|since|with|that|who|when|while|under|"
    r"the|an?|their|his|her|its|no|up|down|out|off|away|back|into|over|through|home|so|thus|yet|today|yesterday|earlier|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|some|"
    r"about|nearly|at\s+least|more|dozens|hundreds|scores|\d+)\b|\s*(?:[.,;:)]|\Z)"
)
_ARE = re.compile(r"(?:were|was|are|is)\s+(?:all\s+)?")
_NUMBER_OF = re.compile(r"\b(?:number|count|tally)\s+of\s+(?!\d)")
# "The number of passengers on the ferry stands at 209"
_IS = re.compile(
    r"(?:[^.;:\d]{0,80}?)\b(?:(?:stands|stood|is|was|now|put|remained|remains)\s+(?:now\s+)?(?:at\s+)?|at\s+"
    r"|(?:reach|total)[a-z]*\s+|(?:r[io]se|risen|grew|grown|climb|increas|fell|fallen|dropp|lower|rais)[a-z]*\s+to\s+)\Z"
)
_JOINING = frozenset({"and", "or"})
_MODIFIERS = frozenset({"police"})  # plurals that stand before a noun too
_MODIFIED = 3  # words behind "and", the last of them the noun
# "Two Sunday rallies", "12 May Day marchers"; but "killed 12 Monday evening"
_NAMES_KIND = re.compile(
    r"\s+(?:day\s+|school\s+)?(?!(?:attacks|kills|hits|says|leaves|morning|evening|night)\b)(?:[a-z]{3,}s|[a-z]*men|people|children)\b"
)
# "53 fever related deaths": the participle is a part of the noun.
_LINKED = frozenset({"related", "linked", "associated", "induced", "caused", "connected"})
_COUNTS_DEATHS = re.compile(
    r"\s+(?:deaths|fatalities|injuries|casualties|cases|killings|arrests|attacks|incidents|illnesses|accidents)\b"
)
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
            return _named_as(lower, of_people, limit)
    phrase = _phrase(lower, at, limit)
    if phrase is not None:
        return phrase
    own = _OF_ITS_OWN.match(lower, at, limit)
    if own is not None:
        return Noun(words=(_OWN_PEOPLE,), end=own.end())
    numbered = _THE_NUMBER_OF.match(lower, at, limit)
    if numbered is not None:
        return _if_people(_phrase(lower, numbered.end(), limit))
    copula = _COPULA.match(lower, at, limit)
    return None if copula is None else _if_people(_phrase(lower, copula.end(), limit))


def noun_numbered(lower: str, start: int, at: int) -> Noun | None:
    """Read the noun phrase before a bare figure: "the number of passengers stands at 209"."""
    numbers = list(_NUMBER_OF.finditer(lower, start, at))
    if not numbers:
        return None
    noun = _phrase(lower, numbers[-1].end(), at)
    return noun if noun is not None and _IS.match(lower, noun.end, at) else None


def _named_as(lower: str, victims: Noun, limit: int) -> Noun:
    """Read whom the copula says that some of the victims were: "eight of the victims were children"."""
    are = _COPULA.match(lower, victims.end, limit) if victims.words[-1] in _VICTIMS else None
    named = None if are is None else _if_people(_phrase(lower, are.end(), limit))
    return victims if named is None else named


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
            if following is not None and _is_premodifier(following["word"], lower, following.end(), limit):
                at = match.end()  # "newly displaced families"
                continue
        if match is not None and word is not None and words and word in _JOINING:
            joined = _joined_modifier(lower, match.end(), words[-1], limit)
            if joined is not None:
                words += joined.words
                end = joined.end
                break
        if match is None or word is None or _ends_phrase(lower, match.start("word"), word, words):
            break
        words.append(word)
        at, end = match.end(), match.end("word")
    # "Two fatally": an adverb alone is no noun.
    adverb = len(words) == 1 and words[0].endswith("ly") and words[0] not in outcome_words().populations
    no_noun = adverb or tuple(words) == _MORE  # "damaged three more"
    return Noun(words=tuple(words), end=end) if words and not no_noun else None


def _joined_modifier(lower: str, at: int, before: str, limit: int) -> Noun | None:
    """Read "and police officers" behind "12 army": two modifiers of one noun, and no noun of its own."""
    table = outcome_words()
    if before in table.populations or before in table.things or before.endswith("s") or before in _calendar():
        return None
    words: list[str] = []
    end = at
    while len(words) < _MODIFIED:
        match = _WORD.match(lower, at, limit)
        word = None if match is None else match["word"]
        if match is None or word is None or word in _ends() or word in table.outcomes:
            return None
        words.append(word)
        at, end = match.end(), match.end("word")
        named = word in table.populations or " ".join(words[-2:]) in table.populations
        if len(words) > 1 and named and (word.endswith("s") or word in table.plurals):
            return Noun(words=tuple(words), end=end)
        if word.endswith(("s", "ed", "ing")) or (_is_plural(word) and word not in _MODIFIERS):
            return None
    return None


def _is_premodifier(word: str | None, lower: str, at: int, limit: int) -> bool:
    """Whether a participle behind an adverb belongs to a noun: "newly arrived peacekeepers"."""
    return _qualifies(word, lower, at, limit) or (
        word is not None and word.endswith("ed") and not _BEHIND_VERB.match(lower, at)
    )


def _qualifies(word: str | None, lower: str, at: int, limit: int) -> bool:
    """Whether a participle stands before a noun: "4,800 damaged homes", "two dead Ordanian soldiers"."""
    table = outcome_words()
    if word is None or word not in table.outcomes:
        return False
    if not (word.endswith(("ed", "ing")) or word in _STATES):
        return False
    for _ in range(_LONGEST_NOUN_PHRASE):
        following = _WORD.match(lower, at, limit)
        noun = None if following is None else following["word"]
        if following is None or noun is None or noun in _ends() or noun.endswith(("ed", "ing", "ly")):
            return False
        if noun in table.populations or noun in table.things:
            return True
        at = following.end()
    return False


@cache
def _ends() -> frozenset[str]:
    return grammar().ends_noun_phrase | grammar().finite_auxiliaries | outcome_words().no_nouns


@cache
def _calendar() -> frozenset[str]:
    return names().calendar


def _is_day(lower: str, word: str, end: int, before: Sequence[str]) -> bool:
    """Whether a weekday or month says when and is in no name: "12 Monday", "two bombings Thursday"."""
    if word not in _calendar():
        return False
    return before[-1].endswith("s") if before else _NAMES_KIND.match(lower, end) is None


def _ends_phrase(lower: str, at: int, word: str, before: Sequence[str]) -> bool:
    table = outcome_words()
    ends = _ends()
    if _is_day(lower, word, at + len(word), before):
        return True
    if word in _LINKED and before and _COUNTS_DEATHS.match(lower, at + len(word)):
        return False
    # "Took 12 people hostage", but "one political prisoner"
    complement = word in _COMPLEMENTS and bool(before) and (before[-1].endswith("s") or population_of(before))
    if complement or begins_phrase(lower, at):
        return True
    if word in ends or word.partition("'")[0].partition("’")[0] in ends:
        return True
    if before and _is_plural(before[-1]) and not word.endswith("s") and word not in table.populations:
        return True  # "fighters laid down their arms", but "women voters"
    told = table.outcomes.get(word)
    # "Al-Nassar-linked militants": a compound is an adjective.
    verb = word.endswith(("ed", "ing")) and not (
        word in table.adjectives or word in table.populations or "-" in word
    )
    if verb and _BEHIND_VERB.match(lower, at + len(word)):
        return True  # "the 120 claimed by the rebels"
    return bool(before and verb) or (told is not None and word not in table.populations and verb)


def _is_plural(word: str) -> bool:
    table = outcome_words()
    return word in table.populations and (word.endswith(("s", "men")) or word in table.plurals)


def population_of_one(words: Sequence[str]) -> str | None:
    """Return whom or what "one other suspect" counts, whose plural the table has."""
    return population_of(words) or population_of((*words[:-1], *_plural(words[-1])))


def members_of(words: Sequence[str]) -> str | None:
    """Return of whom a band consists: police, of "three police teams"."""
    table = outcome_words()
    if not words or words[-1] not in table.bands:
        return None
    population = population_of(words[:-1]) if words[:-1] else None
    return population if population in table.people else None


def _plural(word: str) -> tuple[str]:
    if word.endswith("man"):
        return (f"{word[:-2]}en",)
    if word.endswith("y"):
        return (f"{word[:-1]}ies",)
    return (f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s",)


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
    of_head = {words[-1], " ".join(words[-2:])}
    if words[-1] in table.things and of_head.isdisjoint(table.populations):
        return None  # "car bombs" are no cars
    things = [one for one in named if one not in table.people]
    if things and named[-1] not in table.people:
        return things[-1]
    named = [one for one in named if one in table.people]  # "bus passengers" are no buses
    return next((one for one in reversed(named) if one != "person"), named[0] if named else None)
