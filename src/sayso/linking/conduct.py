"""What a denial rejects, and on whose part: its words without those of denial, and the side that speaks."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from sayso.linking.entries import Entry
from sayso.linking.identity import Face, Word, names_in, root, words_of
from sayso.linking.lexicon import (
    ACCUSATIONS,
    BETWEEN,
    BODIES,
    DENIALS,
    DISTANCING,
    HAVING_AND_USING,
    LABELS,
    MANNERS,
    NEGATED_ALIKE,
    OF_DEGREE,
    OWN_CONDUCT,
    REFUSED,
    REJECTIONS,
    THEIRS,
    of_places,
)

_LEFT_OUT = REJECTIONS | ACCUSATIONS | LABELS | DISTANCING | HAVING_AND_USING | MANNERS
_OPENING = 6  # words in which a refusal names what it refuses
_FOCUS = 2  # content words after a negation of which it denies one
_FEWEST_OF_A_CLAUSE = 3  # words: a shorter one goes with the clause beside it
_CLAUSE_END = re.compile(r"[,;:.!?](?:\s|$)|\s(?:but|while|and|although|because)\s")


class Core(msgspec.Struct, frozen=True, kw_only=True):
    """What a claim says, or what it says is not so."""

    stems: frozenset[str]
    focus: frozenset[
        str
    ]  # the words right after the negation, one of which is denied; empty: none is negated
    own: bool  # it is the speaker's own conduct, as in "denied having fired", "its forces did not"


def sides(entry: Entry) -> frozenset[str]:
    """Return the roots of the names that tell for whom a source speaks: "the Veslandi staff", "Vesland".

    "Its ministry" speaks for whoever acts in what it says. Nothing for a person who is named alone.
    """
    text = entry.source_words or entry.origin.outlet or entry.origin.title or ""
    words = list(words_of(text))
    if len(words) == 1:
        return entry.names
    if words and words[0].key in THEIRS:
        agent = agent_of(entry)
        return entry.names if agent is None else entry.names | {agent}
    roots = [root(text[word.start : word.end]) for word in words]
    bodies = [at for at, word in enumerate(words) if word.key in BODIES]
    named = {
        roots[at]
        for at, word in enumerate(words)
        if word.key not in BODIES
        and roots[at] in entry.names
        and (_before_a_body(words, at) or _of_a_body(words, at, bodies))
    }
    return frozenset(named) or _of_the_issuer(entry)


def _of_the_issuer(entry: Entry) -> frozenset[str]:
    """Return the side whose body publishes the text, where that side acts in what a person says in it."""
    issuer = entry.origin.outlet or ""
    if BODIES.isdisjoint(word.key for word in words_of(issuer)):
        return frozenset()
    agent = agent_of(entry)
    return frozenset({agent} & names_in(issuer)) if agent is not None else frozenset()


def _before_a_body(words: Sequence[Word], at: int) -> bool:
    following = words[at + 1 : at + 3]
    if not following or following[0].kind != "word":
        return False
    return any(word.key in BODIES for word in following)


def _of_a_body(words: Sequence[Word], at: int, bodies: Sequence[int]) -> bool:
    before = [word.key for word in words[max(0, at - 2) : at]]
    return "of" in before and any(body < at for body in bodies)


def agent_of(entry: Entry) -> str | None:
    """Return the root of the name that acts in a claim, as far as word order and prepositions tell it.

    "Was shelled by Vesland": whoever stands after "by". "In Brenna Vesland shelled …": no place acts.
    """
    words = list(words_of(entry.words))
    named = [
        (at, root(entry.words[word.start : word.end]))
        for at, word in enumerate(words)
        if word.kind == "word" and word.capital
    ]
    named = [(at, name) for at, name in named if name in entry.face.names]
    by = next((at for at, word in enumerate(words) if _opens_an_agent(entry.words, words, at)), None)
    if by is not None:
        return next((name for at, name in named if at > by), None)
    return next((name for at, name in named if not _is_place(words, at)), None)


def full_name(entry: Entry, name: str | None) -> frozenset[str]:
    """Return the roots of the names in a row among which one stands in a claim: "the Grey Wolves"."""
    run: list[str] = []
    end = -1
    for word in words_of(entry.words):
        written = root(entry.words[word.start : word.end])
        if word.capital and word.kind == "word" and written in entry.face.names:
            run = [*run, written] if word.start == end + 1 else [written]
            end = word.end
        elif name in run:
            break
    return frozenset(run) if name in run else frozenset()


def _opens_an_agent(text: str, words: Sequence[Word], at: int) -> bool:
    following = words[at + 1 : at + 2]
    return (
        words[at].key == "by"
        and bool(following)
        and not text[following[0].start : following[0].end].endswith("ing")
    )


def _is_place(words: Sequence[Word], at: int) -> bool:
    """Tell whether a name says where: "in Brenna", "the port of Brenna"; not "the army of Vesland"."""
    before = [word.key for word in words[max(0, at - 4) : at]]
    if not before or any(word.key in BODIES for word in words[at + 1 : at + 2]):
        return False
    if "of" in before[-2:]:
        place = len(before) - 1 - before[::-1].index("of")
        return place == 0 or before[place - 1] not in BODIES
    return not of_places().isdisjoint(before[-2:] if before[-1] == "the" else before[-1:])


def core_of(entry: Entry) -> Core:
    """Return what a claim says, without the words of denial and accusation, distance and use.

    To own nothing of a kind denies to have used it, whatever the verbs. Where words are negated without an
    act of denial, only their clause counts.
    """
    words = list(words_of(entry.words))
    negated = _negation(words)
    if negated is not None and not rejects(entry):
        start, end = _clause(entry.words, words[negated])
        words = [word for word in words if start <= word.start < end]
        negated = next((at for at, word in enumerate(words) if word.kind == "negation"), None)
    told = frozenset(_told(entry, words))
    stems = frozenset(stem for stem in entry.face.stems if stem not in _LEFT_OUT and stem in told)
    focus = frozenset() if negated is None else frozenset(_focus(entry, words, negated))
    return Core(stems=stems, focus=focus, own=_is_own(entry, words))


def agrees(core: Core, claimed: Face) -> bool:
    """Tell whether a claim says in other words what is so where a word is negated: "has not returned"."""
    alike = (NEGATED_ALIKE[word] for word in core.focus & NEGATED_ALIKE.keys())
    return any(not told.isdisjoint(claimed.stems) for told in alike)


def _told(entry: Entry, words: Sequence[Word]) -> Iterator[str]:
    for word in words:
        yield word.key
        yield root(entry.words[word.start : word.end])


def _negation(words: Sequence[Word]) -> int | None:
    """Return where a clause is negated; "not only" and "not enough" deny nothing."""
    for at, word in enumerate(words):
        if word.kind == "negation":
            following = words[at + 1].key if at + 1 < len(words) else ""
            if following not in OF_DEGREE:
                return at
    return None


def _clause(text: str, word: Word) -> tuple[int, int]:
    """Return where the clause around a word begins and ends, in code points of `text`."""
    start, end = 0, len(text)
    for found in _CLAUSE_END.finditer(text):
        if found.end() <= word.start:
            if len(text[found.end() : word.start].split()) or found.end() <= word.start:
                start = found.end()
        elif found.start() >= word.end:
            end = found.start()
            break
    if len(text[start:end].split()) < _FEWEST_OF_A_CLAUSE:
        return 0, len(text)
    return start, end


def _focus(entry: Entry, words: Sequence[Word], at: int) -> Iterator[str]:
    content = (
        word
        for word in words[at + 1 :]
        if word.kind == "word" and word.key not in BETWEEN and word.key not in _LEFT_OUT
    )
    for _, word in zip(range(_FOCUS), content, strict=False):
        yield word.key
        yield root(entry.words[word.start : word.end])


def _is_own(entry: Entry, words: Sequence[Word]) -> bool:
    first = next((word for word in words if word.key != "that"), None)
    if first is None:
        return False
    if first.key in OWN_CONDUCT or not {word.key for word in words[:3]}.isdisjoint(
        {"its", "our", "their", "we"}
    ):
        return True
    return entry.words[first.start : first.end].endswith("ing") and not stems_of(entry.cue).isdisjoint(
        DENIALS
    )


def rejects(entry: Entry) -> bool:
    """Tell whether a claim is put forward as a denial, or its words are negated."""
    return (
        entry.claim.act == "deny"
        or entry.claim.polarity == "-"
        or entry.unmade
        or not stems_of(entry.cue).isdisjoint(REJECTIONS)
    )


def refuses(entry: Entry) -> bool:
    """Tell whether something is turned down and not said to be untrue: "denied him access"."""
    if stems_of(entry.cue).isdisjoint(REJECTIONS):
        return False
    words = list(words_of(entry.words))[:_OPENING]
    opening = {word.key for word in words}
    nouns = {w.key for w in words if not entry.words[w.start : w.end].endswith(("ed", "ing"))}
    return "that" not in opening and ACCUSATIONS.isdisjoint(opening) and not REFUSED.isdisjoint(nouns)


def denies(entry: Entry) -> bool:
    """Tell whether a claim rejects something: by an act, by a label, or because its words are negated."""
    if outright(entry) or entry.face.labelled:
        return True
    if entry.face.leaves_open:
        return False
    return (entry.denies or rejects(entry)) and _negation(list(words_of(entry.words))) is not None


def is_deniable(entry: Entry) -> bool:
    """Tell whether a claim puts something forward that can be denied.

    Who says that a side spreads false reports brands those, and brings a charge against that side too.
    """
    return not entry.denies or charges_untruth(entry)


def charges_untruth(entry: Entry) -> bool:
    """Tell whether a claim charges somebody with untruths, whatever these were: "spreads false reports"."""
    plain = entry.claim.polarity == "+" and not entry.face.negated
    return plain and entry.claim.act == "accuse" and entry.face.labelled


def outright(entry: Entry) -> bool:
    """Tell whether the words around a claim reject it: "denied that", "the report is false"."""
    return entry.claim.polarity == "-" or entry.unmade or not stems_of(entry.cue).isdisjoint(REJECTIONS)


def stems_of(text: str) -> set[str]:
    """Return the stems of a text, whatever its words count as."""
    return {word.key for word in words_of(text)}
