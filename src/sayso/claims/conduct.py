"""Whether words blame somebody: conduct, conduct told by what it is done to, and prohibited means."""

from collections.abc import Iterator, Sequence
from typing import Literal

from sayso.claims.negation import negated_by
from sayso.language.lexicon import acts, grammar
from sayso.language.lexicon.deeds import deeds

FRAME_REACH = 6  # words after a verb: "launched its second and so far largest attack"
_GROUP = 5  # words between a negation and its verb: "has never, in all these years, refused"
_INVOLVED = frozenset({"responsible", "guilty", "involved", "complicit", "behind"})
_OPENLY = frozenset({"hide", "hides", "hiding", "hidden", "conceal", "conceals", "concealed", "concealing"})
# To a deed of this kind a negation adds nothing that clears: "does not stop short of attacking".
_AROUND = frozenset({"only", "just", "merely", "simply", "stop", "cease", "hesitate", "refrain", "deny"})
# "Shelled no fewer than four villages", "shelled no barracks but two schools".
_AMOUNTS = frozenset({"fewer", "less", "more", "other", "matter", "doubt"})
_EXCEPTED = frozenset({"but", "except", "only", "other", "besides"})
Blamed = Literal["conduct", "deed", "frame", "means"]


def blames(words: Sequence[str]) -> bool:
    """Tell whether any of the words, in lower case and in their order, is blamed conduct."""
    return next(blamed_by(words), None) is not None


def blamed_by(words: Sequence[str]) -> Iterator[Blamed]:
    """Yield what words blame by, once for each: a verb, a noun, a verb with its object, forbidden means."""
    table = acts()
    for at, word in enumerate(words):
        if word in table.blame:
            yield "conduct"
        elif word in table.blame_nouns:
            yield "deed"
        elif _in_frame(words, at):
            yield "frame"
        elif word in table.prohibited and at + 1 < len(words) and words[at + 1] in table.arms:
            yield "means"


def _in_frame(words: Sequence[str], at: int) -> bool:
    """Tell "fired on the town" from "fired a manager"."""
    done_to = acts().framed_blame.get(words[at])
    return done_to is not None and not done_to.isdisjoint(words[at + 1 : at + 1 + FRAME_REACH])


def clears(words: Sequence[str]) -> bool:
    """Tell whether a negation takes back what would be blamed: "never refused to talk", "did not fail to".

    Not where what is left undone is blamed ("did not honour the truce"), nor of what is done openly.
    """
    at = negated_by(words)
    if at is None:
        return False
    if words[at] in {"no", "none", "nobody", "nothing"}:
        return _spares(words, at)
    between = acts().be | grammar().auxiliaries | {"ever", "once", "yet", "even", "to", ",", "any", "longer"}
    for word in words[at + 1 : at + 1 + _GROUP]:
        if word in _AROUND or word in _OPENLY:
            return False
        if word in _INVOLVED or word in acts().blame or word in acts().framed_blame or _harms(word):
            return True
        if word not in between and not word.endswith("ly"):
            return False
    return False


def _spares(words: Sequence[str], at: int) -> bool:
    """Tell "shelled no villages" and "hit none of them" from "no soldier refused", "shelled no fewer than".

    Not where something else is done after all: "shelled no barracks but two schools".
    """
    before = words[max(0, at - 2) : at]
    behind = words[at + 1 : at + 2]
    if (
        (not behind and words[at] == "no")
        or not _AMOUNTS.isdisjoint(behind)
        or not _EXCEPTED.isdisjoint(words[at + 1 :])
    ):
        return False
    return bool(before) and (_does_harm(before[-1]) or (before[-1] in {"on", "at"} and _does_harm(before[0])))


def _does_harm(word: str) -> bool:
    return _harms(word) or word in acts().blame or word in acts().framed_blame


def _harms(word: str) -> bool:
    return word in deeds().wrong_verbs or word in deeds().harm_verbs
