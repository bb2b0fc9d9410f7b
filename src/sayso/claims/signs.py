"""The signs by which an act is told: what a cue and the words under it show, no name among them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

import msgspec

from sayso.claims.conduct import FRAME_REACH, Blamed, blamed_by
from sayso.claims.negation import negated_by
from sayso.core.records import Quantity, Voice
from sayso.core.spans import Span
from sayso.language.lexicon import acts, cues, grammar
from sayso.language.lexicon.deeds import deeds
from sayso.language.segments import Token

_BY_OBJECT: frozenset[Blamed] = frozenset({"frame", "means"})
_OPENING = 6  # words: what a clause does shows in its beginning
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ying", "y"), ("ations", "ate"), ("ation", "ate"),
    ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip
_SHORTEST_STEM = 3
_BARE = 4  # words of an answer that is hardly more than a "no"
_NO = frozenset({"no", "not", "never", "nothing", "none", "nobody"})
_SHORT = 6  # words: "responsibility for the attack"
_EARLY = 20  # characters in which a first figure opens a claim
_THICK = 14  # words a figure, at most, where figures are the point
_DECIDING = frozenset({"deny", "demand", "pledge", "predict", "accuse", "condemn", "evaluate", "justify"})
_DUTIES = "implement comply fulfil honour honor respect observe abide withdraw release cooperate uphold"
# What plans and attempts do in the end.
_COMES_TO_NOTHING = frozenset(
    {"fail", "collapse", "backfire", "founder", "crumble", "unsuccessful", "futile"}
)
_STAYS = frozenset({"remain", "prove", "come", "end", "stay", "lead", "bring", "meet", "succeed"})
_PLANS = frozenset(
    {"plan", "plans", "attempt", "attempts", "effort", "efforts", "scheme", "schemes", "campaign"}
)
_PREPOSITIONS = frozenset({"for", "on", "upon", "to", "of", "against", "as", "with", "by"})
# `One of these "reports" is that …`, `this so-called evidence is fake`: any noun, so that no list of words
# favours one side's vocabulary.
LABELLED = re.compile(
    r"\b(?:one of |some of |all )?(?:these|such|this|those)\b[^.“\"]{0,30}[“\"]\w+[\"”] (?:is|are|was|were)\b"
    r"|\b(?:so-called|fake|false|fabricated|alleged)\s+\w+ (?:is|are|was|were) "
    r"(?:that|nothing|no more|an? |fake|false|baseless|groundless|fabricat)",
    re.IGNORECASE,
)


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One claim's words with all that tells what they do."""

    tokens: Sequence[Token]
    order: Sequence[str]  # the tokens in lower case
    text: str
    start: int  # where `text` begins in the document
    named: frozenset[int]  # where the tokens start that are part of a name
    cue: Sequence[Token]
    between: Sequence[Token]  # what stands between the cue and words that follow it
    voice: Voice
    nested: bool  # within another attribution
    holds: bool  # the content has an attribution of another voice in it
    source: Sequence[Token]
    within: frozenset[str]  # what the cue of the attribution that holds this one does
    quantities: Sequence[Quantity]


def stem(word: str) -> str:
    """Take the commonest endings off a word in lower case; no dictionary, so a stem need be no word."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            cut = word[: -len(ending)] + instead
            return cut[:-1] if len(cut) > _SHORTEST_STEM and cut[-1] == cut[-2] else cut
    return word


def signs_of(said: Said) -> Iterator[str]:
    """Yield the signs of a claim, some more than once; a name is never part of one."""
    yield "always"
    kinds = _cue_kinds(said)
    yield from _of_cue(said, kinds)
    # Under a cue that decides by itself, words tell less and other things: they are signs of their own.
    decided = "+".join(sorted(_DECIDING & set(kinds)))
    under = f"under {decided}: " if decided else ""
    yield from (under + sign for sign in _of_content(said))


def _cue_kinds(said: Said) -> tuple[str, ...]:
    table = deeds().cues
    plain = [token.lower for token in said.cue if token.start not in said.named]
    kinds = dict.fromkeys(kind for word in plain for kind in table.get(word, ()))
    if len(said.cue) > 1:
        spoken = f" {' '.join(token.lower for token in said.cue)} "
        kinds |= dict.fromkeys(kind for words, kind in deeds().cue_phrases.items() if f" {words} " in spoken)
    if _lemma(said.cue) == "call" and plain[-1:] and plain[-1] in {"on", "upon", "for"}:
        # "called on both sides to stop" demands, "called it a crime" evaluates.
        return ("demand",)
    return tuple(kinds)


def _of_cue(said: Said, kinds: Sequence[str]) -> Iterator[str]:
    yield f"voice {said.voice}"
    if said.nested:
        yield "nested"
    if said.holds:
        yield "holds another"
    if not said.cue:
        yield "no cue"
        return
    yield from _of_source(said)
    if any(token.lower in acts().negations for token in said.cue):
        yield "cue negated"
    if said.between:
        yield "words between"
    yield from _of_cue_words(said, kinds)


def _of_source(said: Said) -> Iterator[str]:
    """Yield what the source is called: "we", "the police", "witnesses"; never by name."""
    if not said.source:
        yield "no source"
    plain = [token.lower for token in said.source if token.start not in said.named]
    yield from (_called(word) for word in plain if word.isalpha() and word not in grammar().determiners)
    yield from (f"held by {kind}" for kind in sorted(said.within))


def _called(word: str) -> str:
    if word in deeds().sides:
        return "source a side"
    return "source a rank" if word in deeds().ranks else f"source {stem(word)}"


def _of_cue_words(said: Said, kinds: Sequence[str]) -> Iterator[str]:
    lemma, first, last = _lemma(said.cue), _class_at(said, 0), said.cue[-1].lower
    yield f"cue word {lemma}"
    if last in _PREPOSITIONS:
        yield f"cue word {lemma} {last}"
    for kind in kinds or ("plain",):
        yield f"cue {kind}"
        yield f"cue {kind} then {first}"
        if last in _PREPOSITIONS:
            yield f"cue {kind} {last}"
        if said.between:
            yield f"cue {kind} words between"


def _of_content(said: Said) -> Iterator[str]:
    yield from _of_opening(said)
    yield from _of_frames(said)
    yield from _of_tenor(said)
    yield from _of_figures(said)
    yield from _of_agency(said)


def _lemma(cue: Sequence[Token]) -> str:
    for token in cue:
        verb = cues().verbs.get(token.lower)
        if verb is not None:
            return verb.lemma
    words = [token.lower for token in cue if token.lower not in grammar().auxiliaries]
    return stem(words[0]) if words else ""


def _class_at(said: Said, at: int) -> str:
    """Return what kind of word stands at a place: a closed class, a name, a figure, or the rest."""
    if at >= len(said.tokens):
        return "nothing"
    token = said.tokens[at]
    word = token.lower
    if token.start in said.named:
        return "name"
    if word in {"to", "of", "for", "against", "that", "by", "not", "no"}:
        return word
    if word in acts().first_person:
        return "first person"
    if word in grammar().pronouns | {"it", "they", "this", "that", "he", "she", "there"}:
        return "pronoun"
    if word in grammar().determiners:
        return "determiner"
    if word[0].isdigit():
        return "figure"
    if not word[0].isalpha():
        return "mark"
    return "ing" if word.endswith("ing") else "word"


def _of_opening(said: Said) -> Iterator[str]:
    at = 1 if said.order and not said.order[0][0].isalnum() else 0
    yield f"opens with {_class_at(said, at)}"
    verb = next((word for word in said.order if word in grammar().finite_auxiliaries | acts().be), "none")
    yield f"first auxiliary {verb}"
    yield f"length {min(len(said.tokens) // 8, 4)}"
    for token in said.tokens[:_OPENING]:
        if token.start not in said.named and token.lower[0].isalpha() and token.lower not in deeds().sides:
            yield f"early {stem(token.lower)}"
    if not said.cue and len(said.order) <= _BARE and not _NO.isdisjoint(said.order[:1]):
        yield "bare no"
    if "?" in said.order[-2:]:
        yield "asks"
    if "!" in said.order[-2:]:
        yield "exclaims"


def _of_frames(said: Said) -> Iterator[str]:
    table, more, lower = acts(), deeds(), frozenset(said.order)
    ours = bool(said.order) and said.order[0] in table.first_person
    subject = "ours" if ours else _subject(said)
    classes: Mapping[str, bool] = {
        "ours": ours,
        "denying words": bool(lower & more.denying),
        "labelled": LABELLED.search(said.text) is not None,
        # "We respect the border" asks nobody for anything.
        "asking words": bool(lower & (more.asking - more.openers if ours else more.asking)),
        "must": bool(lower & table.demand_words),
        "asking phrase": _has(said, table.demand_phrases),
        "bare request": bool(said.order) and said.order[0] in more.openers,
        "committing words": bool(lower & more.committing),
        "justifying words": bool(lower & table.justify) or _has(said, table.justify_phrases),
        "reasoning words": bool(lower & more.reasoning),
        "opinion": bool(lower & more.opinion),
        "opinion after be": any(
            word in more.opinion and not lower.isdisjoint(table.be) for word in said.order
        ),
        "future": bool(lower & table.modal_future),
        f"future of {subject}": bool(lower & table.modal_future),
        "would": "would" in lower,
        "foretelling words": bool(lower & more.foretelling),
        "doubt": bool(lower & table.hedges),
        "distance": bool(lower & table.distancing),
        "wrong verb": bool(lower & more.wrong_verbs),
        f"wrong verb of {subject}": bool(lower & more.wrong_verbs),
        "wrong noun": bool(lower & more.wrong_nouns),
        "wrong mark": bool(lower & more.wrong_marks),
        "harm verb": bool(lower & more.harm_verbs),
        f"harm verb of {subject}": bool(lower & more.harm_verbs),
        "harm noun": bool(lower & more.harm_nouns),
        "framed": bool(list(blamed_by(said.order))),
    }
    yield from (name for name, there in classes.items() if there)
    wrong = sum(w in more.wrong_verbs or w in more.wrong_nouns or w in more.wrong_marks for w in said.order)
    yield f"wrongs {min(wrong, 3)}"
    negated = negated_by(said.order) is not None
    if not (ours or negated) and not _BY_OBJECT.isdisjoint(blamed_by(said.order)):
        yield "blames by what it is done to"
    if negated and subject == "a name" and _leaves_undone(said.order):
        yield "duty left undone"
    if _foresees(said, ours=ours):
        yield "foresees an end"
    if not negated:
        yield from _of_answering(said.order)
    if _commits(said):
        yield "commits"
    if _asks_for(said):
        yield "asks for"
    if negated:
        harm = bool(wrong) or not lower.isdisjoint(more.harm_verbs)
        yield from _of_negation(subject, ours=ours, harm=harm)
    if wrong and any(token.start in said.named for token in said.tokens[:_OPENING]):
        yield "wrong, a name first"
    if wrong and any(token.start in said.named for token in said.tokens):
        yield "wrong, a name"


def _of_negation(subject: str, *, ours: bool, harm: bool) -> Iterator[str]:
    yield "negated"
    yield f"negated of {subject}"
    if harm:
        yield "negated harm"
        if ours:
            yield "own harm negated"


def _of_tenor(said: Said) -> Iterator[str]:
    """Yield what kinds of words a claim is full of, and how full."""
    more = deeds()
    plain = [token.lower for token in said.tokens if token.start not in said.named]
    counts = Counter(name for word in plain for name in _tenors().get(word, ()))
    named = any(token.start in said.named for token in said.tokens)
    for name, count in counts.items():
        yield name
        yield f"{name}, a name" if named else f"{name}, no name"
        if count > 1:
            yield f"{name} twice"
    if "responsibility" in plain[:2] and len(plain) <= _SHORT:
        yield "only responsibility"
    if not _doubts().isdisjoint([*plain, *(token.lower for token in said.cue)]):
        yield "doubted wrong" if not _blaming().isdisjoint(plain) else "doubted, no wrong"
    if any(pair == ("to", "have") for pair in pairwise(plain)):
        yield "to have done"
    if not more.wrongdoers.isdisjoint(plain[:_OPENING]):
        yield "wrongdoers first"
    if not more.sides.isdisjoint(plain):
        yield "a side"
    if not more.sides.isdisjoint(plain[:_OPENING]):
        yield "a side first"


@cache
def _tenors() -> Mapping[str, tuple[str, ...]]:
    more = deeds()
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for name in ("wrongdoers", "aiding", "misdeeds", "routine", "feeling", "degree", "plans"):
        words: frozenset[str] = getattr(more, name)
        for word in words:
            found[word] += (name,)
    return dict(found)


@cache
def _doubts() -> frozenset[str]:
    return deeds().hedging_cues | acts().hedges | acts().distancing


@cache
def _blaming() -> frozenset[str]:
    more = deeds()
    nouns = more.wrongdoers | more.aiding | more.misdeeds | more.wrong_nouns
    return nouns | more.wrong_verbs | more.harm_verbs


def _subject(said: Said) -> str:
    """Return a word for what a claim begins with: a name, a person's pronoun, a thing, or something else."""
    if _class_at(said, 0) == "name":
        return "a name"
    first = said.order[0] if said.order else ""
    if first in {"he", "she", "they", "who"}:
        return "a person"
    return "a thing" if first in {"it", "this", "that", "there", "these"} else "others"


def _leaves_undone(order: Sequence[str]) -> bool:
    """Tell "Ordania has not implemented the accord", "Ordania is not interested in peace"."""
    at = negated_by(order)
    if at is None:
        return False
    behind = [
        word for word in order[at + 1 : at + 6] if word not in grammar().auxiliaries | {"yet", "so", "far"}
    ]
    if behind[:2] == ["interested", "in"]:
        return True
    return bool(behind) and stem(behind[0]) in _duties()


@cache
def _duties() -> frozenset[str]:
    return frozenset(map(stem, _DUTIES.split()))


def _foresees(said: Said, *, ours: bool) -> bool:
    """Tell "plans to move the border will fall through" from "we will remain here"."""
    modal = next((at for at, word in enumerate(said.order) if word in acts().modal_future), None)
    if ours or not modal:
        return False
    behind = [word for word in said.order[modal + 1 : modal + 5] if not word.endswith("ly")]
    verb = next((word for word in behind if word not in {"not", "never", "all", "also", "be"}), "")
    if verb in _COMES_TO_NOTHING or (verb == "fall" and "through" in behind):
        return True
    return verb in _STAYS and not _PLANS.isdisjoint(said.order[:modal])


def _of_answering(order: Sequence[str]) -> Iterator[str]:
    """Tell "fired in self-defence" and "only answered" from "the right of self-defence"."""
    table = acts()
    places = [at for at, word in enumerate(order) if word in table.self_defence]
    before = [frozenset(order[max(0, at - 3) : at]) for at in places]
    if any("right" not in words and not words.isdisjoint({"in", "of", "for"}) for words in before):
        yield "acts in self-defence"
    if any(first in table.merely and then in table.answering for first, then in pairwise(order)):
        yield "only answers"


def _commits(said: Said) -> bool:
    """Tell "its commitment, with its partners, to rebuild" from "committed crimes"."""
    table = acts()
    return (
        not table.pledge_words.isdisjoint(said.order)
        or _has(said, table.pledge_phrases)
        or any(
            word in table.pledge_nouns and "to" in said.order[at + 1 : at + 1 + FRAME_REACH]
            for at, word in enumerate(said.order)
        )
    )


def _asks_for(said: Said) -> bool:
    """`must leave`, `are needed to …`, `stressed the importance of …`; "its importance grew" does not."""
    table = acts()
    if not table.demand_words.isdisjoint(said.order) or _has(said, table.demand_phrases):
        return True
    return (
        _lemma(said.cue) in table.stresses
        and tuple(said.order[:3]) == ("the", "importance", "of")
        and not any(_is_finite(word) for word in said.order)
    )


def _is_finite(word: str) -> bool:
    return word in grammar().finite_auxiliaries or (word.endswith("ed") and len(word) > len("need"))


def _has(said: Said, phrases: Sequence[str]) -> bool:
    lower = said.text.lower()
    return any(phrase in lower for phrase in phrases)


def _of_figures(said: Said) -> Iterator[str]:
    counted = [one for one in said.quantities if one.kind in {"count", "percent", "money"}]
    if not counted:
        return
    yield "figure"
    outcomes = {one.outcome for one in counted if one.outcome}
    if outcomes:
        yield "figure with outcome"
    yield from (f"figure of {outcome}" for outcome in sorted(outcomes))
    if not outcomes and all(one.unit != "person" for one in counted):
        yield "figure of things"
    if len(counted) > 1:
        yield "figures"
    if counted[0].span.start - said.start < _EARLY:
        yield "figure first"
    share = len(said.tokens) // len(counted)
    yield "figures thick" if share <= _THICK else "figures thin"


def _of_agency(said: Said) -> Iterator[str]:
    """Yield who does harm: a name, somebody else, nobody told; and to whom."""
    table = deeds()
    named = [token.start in said.named for token in said.tokens]
    for at, word in enumerate(said.order):
        if word in table.wrong_verbs:
            yield from _of_deed("wrong", said.order, named, at)
        elif word in table.harm_verbs:
            yield from _of_deed("harm", said.order, named, at)
        elif word in table.wrong_nouns:
            yield from _of_deed_named("wrong", said.order, named, at)
        elif word in table.harm_nouns:
            yield from _of_deed_named("harm", said.order, named, at)


def _of_deed(kind: str, order: Sequence[str], named: Sequence[bool], at: int) -> Iterator[str]:
    passive = not acts().be.isdisjoint(order[max(0, at - 3) : at]) and not order[at].endswith("ing")
    if passive:
        yield f"{kind} passive by" if "by" in order[at + 1 : at + 5] else f"{kind} passive"
    elif any(named[max(0, at - 8) : at]):
        yield f"{kind} done by a name"
    elif at:
        yield f"{kind} done by others"
    if at and order[at - 1] == "to":
        yield f"{kind} in the infinitive"
    if not deeds().victims.isdisjoint(order[at + 1 : at + 10]):
        yield f"{kind} to victims"


def _of_deed_named(kind: str, order: Sequence[str], named: Sequence[bool], at: int) -> Iterator[str]:
    if any(named[max(0, at - 4) : at]) and "by" not in order[max(0, at - 4) : at]:
        yield f"{kind} of a name"
    if "by" in order[at + 1 : at + 6] and any(named[at + 1 : at + 10]):
        yield f"{kind} by a name"


def named_starts(tokens: Sequence[Token], names: Sequence[Span]) -> frozenset[int]:
    """Return where the tokens start that stand in one of the names, both in text order."""
    found: set[int] = set()
    at = 0
    for token in tokens:
        while at < len(names) and names[at].end <= token.start:
            at += 1
        if at < len(names) and names[at].start <= token.start:
            found.add(token.start)
    return frozenset(found)
