"""The stemmer, and the closed lists of words that decide what a claim is compared by. No names among them."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from sayso.language.lexicon import names
from sayso.language.lexicon.figures import number_words

_SHORTEST = 3  # letters: a shorter word has no ending to lose


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return a folded word without the endings of number, tense and possession.

    A light stemmer in the manner of Porter's step 1 (Program 14(3), 1980); it also drops a final e and
    doubled consonants, so that "shelled", "shelling" and "shells" agree.
    """
    word = word.casefold().replace("’", "'").split("'")[0]
    if len(word) > _SHORTEST:
        word = _without_plural(word)
        word = _without_tense(word)
    if len(word) >= _SHORTEST and word.endswith("e"):
        word = word[:-1]
    if len(word) > _SHORTEST and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] + "i" if len(word) > _SHORTEST and word.endswith("y") else word


def _without_plural(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _without_tense(word: str) -> str:
    if word.endswith("ied"):
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and re.search("[aeiouy]", word[: -len(ending)]):
            rest = word[: -len(ending)]
            return rest if len(rest) > 1 else word
    return word


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _stems(listed: str) -> frozenset[str]:
    return frozenset(map(stem, listed.split()))


NEGATIONS = _words(
    """
    not no never neither nor none nobody nothing cannot can't don't doesn't didn't isn't aren't wasn't weren't
    won't wouldn't couldn't shouldn't hasn't haven't hadn't
    """
)
STOP_WORDS = _words(
    """
    a about accordingly after again against all also although am among an and any are as at be because
    been before being between both but by can could did do does doing done down during each either etc
    even ever few for from further had has have having he hence her here hers him his how i if in into is
    it its itself just least less many may me might more moreover most much must my now of off on once one
    only onto or other our ours out over own per said same say saying says she should since so some such
    than that the their theirs them then there therefore these they this those though through thus to too
    toward towards under until up upon us very via was we were what when where whether which while who
    whom whose why will with within would yet you your yours
    """
)
# Words of rejection: they say that something is denied, not what.
REJECTIONS = _stems(
    "deny denies denied denial reject rejection refute dismiss dispute repudiate contradict rebuff disavow"
)
# Words that deny a deed; the other words of rejection are also said of plans and proposals.
DENIALS = _stems("deny denies denied denial disavow")
# How the content of a denial begins when it is the speaker's own conduct.
OWN_CONDUCT = _words("it its he his she her they their we our i my any all") | _stems(
    "having being involvement responsibility wrongdoing"
)
# Several at once, as a subject or as those who are accused.
EVERYBODY = _words("both each neither either all")
# What a blanket denial rejects.
ACCUSATIONS = _stems(
    "accusation allegation charge claim report insinuation rumour rumor assertion story stories news"
)
# Towns "lie" too: that word brands only after one of these.
LIES = _stems("lie lies")
BEFORE_A_LIE = _words("a the of these those such all are were")
# The reporter's words of distance: they say nothing of what is alleged.
DISTANCING = _stems("alleged allegedly reportedly supposed supposedly purported purportedly ostensibly")
HAVING_AND_USING = _stems("have own possess hold employ use")
# Words that point at what others said: 'one of these "news"', 'the so-called "protection"'.
POINTERS = _words("these those this such so-called called")
# Words that brand what somebody else said.
LABELS = _stems(
    """
    fake false falsify falsified falsification falsehood groundless baseless unfounded untrue fabricate
    fabrication hoax disinformation misinformation lie lies invented invention unsubstantiated propaganda
    bogus
    """
)
# "South" is not "North": a compass word distinguishes as a name does, in whatever case it is written.
COMPASS = _stems(
    "north south east west northern southern eastern western northeast northwest southeast southwest"
)
# Who counts only those that came to it, and the words that say they came.
INSTITUTIONS = _stems("hospital clinic ward infirmary surgery morgue mortuary shelter")
TAKING_IN = _stems("receive received admit admitted treat treated treating brought taken registered")
SPEAKERS_THEMSELVES = _words("i we he she it they")
BE = _words("am is are was were be been being")  # "they were treated" is said of the wounded
# Words that many states and bodies have in their names: they tell none from another.
STATE_FORMS = _stems("republic kingdom federation union state government ministry armed forces army")


@cache
def calendar_stems() -> frozenset[str]:
    """Return the stems of days and months: times and no names, although English gives them a capital."""
    return frozenset(map(stem, names().calendar))


@cache
def small_numbers() -> Mapping[str, str]:
    """Return the digits of the number words below a hundred; "one" is more often a pronoun than a figure."""
    words = number_words()
    return {word: str(number) for word, number in (words.ones | words.tens).items() if word != "one"}
