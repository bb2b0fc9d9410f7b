"""The stemmer, and the closed lists of words that decide what a claim is compared by. No names among them."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from sayso.language.lexicon import names
from sayso.language.lexicon.figures import number_words

_SHORTEST = 3  # letters: a shorter word has no ending to lose


# Irregular past forms and their verbs; none whose past form is more often another word ("left", "lay").
_PAST_FORMS = """
    struck/strike blew/blow blown/blow laid/lay shot/shoot took/take taken/take broke/break
    broken/break withdrew/withdraw withdrawn/withdraw sank/sink sunk/sink held/hold lost/lose fled/flee
    fought/fight caught/catch brought/bring bought/buy sold/sell sent/send stole/steal stolen/steal
    tore/tear torn/tear threw/throw thrown/throw drove/drive driven/drive flew/fly flown/fly fell/fall
    fallen/fall rose/rise risen/rise began/begin begun/begin gave/give given/give went/go gone/go
    came/come became/become saw/see seen/see knew/know known/know grew/grow grown/grow drew/draw
    drawn/draw wrote/write written/write spoke/speak spoken/speak chose/choose chosen/choose hid/hide
    hidden/hide rode/ride froze/freeze frozen/freeze forbade/forbid forbidden/forbid met/meet led/lead
    fed/feed bred/breed paid/pay kept/keep slept/sleep swept/sweep built/build spent/spend lent/lend
    dealt/deal meant/mean heard/hear told/tell stood/stand understood/understand won/win dug/dig
    hung/hang swore/swear sworn/swear wore/wear beaten/beat eaten/eat slain/slay slew/slay shaken/shake
    shook/shake shown/show proven/prove made/make found/find sought/seek taught/teach thought/think
    burnt/burn ran/run overran/overrun died/die dying/die lied/lie tied/tie overthrew/overthrow
    overthrown/overthrow
"""
_IRREGULAR = dict(pair.split("/") for pair in _PAST_FORMS.split())


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return a folded word without the endings of number, tense and possession.

    A light stemmer in the manner of Porter's step 1 (Program 14(3), 1980); it also drops a final e and
    doubled consonants, so that "shelled", "shelling" and "shells" agree. Irregular verbs are listed.
    """
    word = word.casefold().replace("’", "'").split("'")[0]
    word = _IRREGULAR.get(word, word)
    if len(word) > _SHORTEST:
        word = _without_plural(word)
        word = _without_tense(word)
    if len(word) >= _SHORTEST and word.endswith("e"):
        word = word[:-1]
    if len(word) > _SHORTEST and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] + "i" if len(word) > _SHORTEST and word.endswith("y") else word


def is_past(word: str) -> bool:
    """Tell whether a word is written as the past of a verb or as its participle: "fired", "sank"."""
    folded = word.casefold()
    return folded in _IRREGULAR or (folded.endswith("ed") and len(folded) > _SHORTEST + 1)


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
# How firmly something is said, and how it follows: words that say nothing of what is denied.
MANNERS = _stems(
    """
    consequently therefore moreover furthermore however meanwhile flatly categorically resolutely firmly
    strongly absolutely completely totally utterly simply clearly officially publicly repeatedly again
    vehemently strenuously once earlier previously recently currently near fully entirely partly now
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
OURS = _words("we us our ours")
THEIRS = _words("its his her their")  # before a source, they say that it speaks for whoever was named
# They make of what follows no statement: "unless it fires", "assumes that it does not fire".
SUPPOSING = _words("if unless whether would could should might") | _stems("assume suppose hope wish imagine")
# Several at once, as a subject or as those who are accused.
EVERYBODY = _words("both each neither either all")
# Before what somebody is said to do, they say that it is done against it, or told of: "opposes any attempt to
# torpedo the talks", "a report on fake videos".
TURNING = _stems(
    """
    oppose prevent stop end halt avoid condemn deny foil resist combat fight investigate expose debunk
    attempt bid call abandon repel fear expect warn plan threaten consider prepare
    """
)
ABOUT = _words("against on about over regarding")
# What a blanket denial rejects.
ACCUSATIONS = _stems(
    "accusation allegation charge claim report insinuation rumour rumor assertion story stories news"
)
# What was said, as a denial calls it beside an accusation: "the figure of 164 arrests is false".
SAYINGS = ACCUSATIONS | _stems("figure number toll statement remark word version information footage video")
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
# Bodies that stand for the side that they are named after: "the Veslandi army", "the Ministry of Vesland".
BODIES = _stems(
    """
    army armies force forces ministry ministries minister government cabinet staff command police service
    guard navy fleet council parliament office side troops military president spokesman spokeswoman
    spokesperson ambassador embassy officials authorities delegation party movement brigade battalion unit
    units coastguard airforce administration republic command ombudsman prosecutor soldiers artillery
    """
)
# After a name, they say where something is: "the Veslandi town of Brenna".
PLACES = _stems(
    """
    town city village port harbour region province district territory border capital airport market coast soil
    island valley suburb hospital school bridge road river waters airspace
    """
)
# What is refused, and not said to be untrue, when it is denied or rejected.
REFUSED = _stems(
    """
    access entry visa visas permission permit right rights request bail asylum passage admission licence
    license proposal offer invitation ultimatum plan demand appeal call ceasefire talks negotiations
    compromise deal agreement bid motion resolution candidate application recognition
    """
)
# Between a negation and the word that it denies: "did not even try to".
BETWEEN = _stems(
    "even actually really ever yet again single any such try attempt dare seek want need seem been"
)
# Negated, they say how much and deny nothing: "not enough", "not only".
OF_DEGREE = _words(
    "only just but enough merely simply alone necessarily always solely fully entirely very all yet"
)
# A denial of a whole class of things: "any banned weapon", "no munitions of that kind".
OF_A_KIND = _stems(
    "any other such prohibited banned forbidden illegal outlawed inhumane indiscriminate kind type sort"
)
WEAPONS = _stems(
    """
    weapon weapons munition munitions ammunition arms shell bomb missile rocket mine warhead projectile
    explosive gas agent napalm phosphorus thermite
    """
)
WIDEST_WEAPONS = _stems("weapon weapons munition munitions ammunition arms")
# Weapons that are banned or restricted, whose use is an accusation of its own.
BANNED_WEAPONS = _stems(
    """
    banned prohibited forbidden illegal outlawed cluster phosphorus incendiary chemical napalm thermite
    thermobaric vacuum biological nuclear radiological nerve chlorine sarin mustard poison booby
    anti-personnel blinding flechette
    """
)
# What one alone does, so that whoever else is said to have done it is said instead.
EXCLUSIVE = _stems(
    "first begin start provoke trigger cause break breach tear order behind responsible control"
)
# Of one act said in several ways, the one that stands for the others.
ONE_ACT = {
    other: first
    for first, *others in (
        list(map(stem, group.split()))
        for group in (
            "break breach violate tear",
            "begin start launch initiate commence",
            "shell bombard bomb pound strike hit attack",
            "destroy wreck demolish",
        )
    )
    for other in others
}
# Of one thing on one day only one of the two is true.
ANTONYMS = frozenset(
    frozenset(map(stem, pair.split("/")))
    for pair in _words(
        """
        open/closed open/shut alive/dead full/empty legal/illegal lawful/unlawful safe/unsafe guilty/innocent
        true/false intact/destroyed intact/damaged running/stopped working/broken present/absent
        succeeded/failed accepted/rejected approved/rejected supports/opposes supported/opposed won/lost
        rose/fell increased/decreased allowed/banned permitted/forbidden arrived/left landed/crashed
        free/occupied armed/unarmed started/ended continues/ended holds/collapsed peaceful/violent
        voluntarily/forcibly voluntary/forced repelled/successful inhabited/uninhabited
        """
    )
)
# What is so of whom the first word is denied: who has not returned is missing.
NEGATED_ALIKE = {
    stem(denied): _stems(told)
    for denied, told in (
        ("return", "missing"),
        ("find", "missing"),
        ("locate", "missing"),
        ("survive", "kill die dead death perish drown"),
        ("arrive", "missing delay"),
    )
}
# Of one person they are true once and in one place.
OF_ONE_LIFE = _stems(
    "kill die dead capture arrest bear born murder assassinate elect shoot kidnap abduct find"
)
# "The town is under the control of": of one only.
HELD_BY_ONE = _stems("control hands rule")
# What changes a figure that was given before.
CHANGES = _stems(
    """
    rise rises rising risen raise raised increase climb grow jump soar reach drop fall lower reduce revise
    update correct now
    """
)
CHANGED_TO = CHANGES | _stems("bring push take")  # "bringing the number of dead to eight"
# What happened to those who are counted: figures of two different kinds of event are not compared.
HAPPENINGS = tuple(
    _stems(listed)
    for listed in (
        """strike airstrike shell shelling attack rocket missile bomb bombing bombardment drone raid artillery
        assault gunfire fighting battle mortar grenade ambush offensive""",
        "fire blaze wildfire",
        "crash collision accident derailment capsizing",
        "flood flooding landslide mudslide avalanche storm hurricane tornado typhoon cyclone",
        "earthquake quake tremor",
        "stampede crush",
        "protest riot demonstration rally",
        "outbreak epidemic cholera disease virus infection",
        "heatwave heat drought famine hunger",
    )
)
# Words that many states and bodies have in their names: they tell none from another.
STATE_FORMS = _stems("republic kingdom federation union state government ministry armed forces army")
# Words in the names of offices: "the Defence Ministry" of one state has none in common with another's.
OFFICES = (
    BODIES
    | STATE_FORMS
    | _stems(
        "defence defense foreign interior health justice energy affairs general chief deputy prime joint"
    )
)


@cache
def of_places() -> frozenset[str]:
    """Return the prepositions before a place, those too before what is no name: "off the coast"."""
    return names().locative | {"on", "off", "over"}


@cache
def calendar_stems() -> frozenset[str]:
    """Return the stems of days and months: times and no names, although English gives them a capital."""
    return frozenset(map(stem, names().calendar))


@cache
def small_numbers() -> Mapping[str, str]:
    """Return the digits of the number words below a hundred; "one" is more often a pronoun than a figure."""
    words = number_words()
    return {word: str(number) for word, number in (words.ones | words.tens).items() if word != "one"}
