"""How much a claim is worth checking: a score to sort by, with reasons that can be shown.

A logistic regression on reasons that no name can change: which figures, times and acts a claim has, how many
names, and which classes of words. training/WORTH.md says what it was trained on and what it does not know.
"""

import math
from collections.abc import Mapping, Sequence

import msgspec

from sayso.claims.conduct import blames
from sayso.core.records import Claim
from sayso.core.spans import hull
from sayso.language.lexicon.worth import worth_weights, worth_words
from sayso.language.segments import Segments, Token

_FIGURES = frozenset({"count", "percent", "money", "measure"})
_SHARES = frozenset({"percent", "money"})
_FEW_WORDS, _MANY_WORDS = 4, 40  # between them a longer claim says more; a logarithm of their ratio
_MIND_REACH = 3  # words from "we" to "hope": "we do very much hope"
_LARGEST_MARKED = 2  # names and figures beyond the second add nothing


class Reason(msgspec.Struct, frozen=True):
    """Why a claim is worth checking, or not: what it has, and what that adds to the log odds."""

    name: str  # reads on from "the claim": "counts casualties or losses"
    weight: float


class Worth(msgspec.Struct, frozen=True):
    """How much a claim is worth checking, and why."""

    score: float  # 0 to 1, to sort by: no probability, never a filter
    reasons: tuple[Reason, ...]  # the weightiest first


class _Words(msgspec.Struct, frozen=True):
    """The words of a claim outside names, in lower case and order, and how many names stand among them."""

    lower: tuple[str, ...]
    names: int
    length: int  # words, each name as one


def worth_of(claim: Claim, segments: Segments) -> Worth:
    """Score one claim by its parts and words; linear in their number.

    `segments` are those of the text that the claim's spans point into.
    """
    weights = worth_weights()
    told = (
        Reason(name, round(weights.reasons[name] * value, 3))
        for name, value in reasons_of(claim, segments).items()
        if value and weights.reasons[name]
    )
    reasons = tuple(sorted(told, key=lambda one: (-abs(one.weight), one.name)))
    # The sum of rounded weights: what a reader adds up is what the score is made of.
    odds = weights.intercept + math.fsum(one.weight for one in reasons)
    return Worth(round(1 / (1 + math.exp(-odds)), 3), reasons)


def reasons_of(claim: Claim, segments: Segments) -> Mapping[str, float]:
    """Return every reason with how far it holds, 0 to 1."""
    tokens = tuple(token for span in claim.content for token in segments.tokens_in(span))
    words = _words(tokens, segments.text)
    return {**_of_parts(claim, words), **_of_words(words), "asks a question": _asks(claim, words, segments)}


def _of_parts(claim: Claim, words: _Words) -> dict[str, float]:
    figures = [one for one in claim.quantities if one.kind in _FIGURES and (one.best != 1 or one.outcome)]
    return {
        "has a figure": bool(figures),
        "has several figures": len(figures) >= _LARGEST_MARKED,
        "has a share or a sum of money": any(one.kind in _SHARES for one in figures),
        "counts casualties or losses": any(one.outcome is not None for one in claim.quantities),
        "has a date": any(one.kind in {"date", "time"} and one.value[:1].isdigit() for one in claim.times),
        "has a time": bool(claim.times),
        "names somebody or some place": words.names > 0,
        "has several names": words.names >= _LARGEST_MARKED,
        "cites a law or a resolution": bool(claim.law),
        "accuses": claim.act == "accuse" or blames(words.lower),
        "denies": claim.act == "deny" or claim.polarity == "-",
        "demands or pledges": claim.act in {"demand", "pledge"},
        "judges": claim.act == "evaluate",
        "is hedged": bool(claim.hedges),
    }


def _of_words(words: _Words) -> dict[str, float]:
    table, lower = worth_words(), words.lower
    has = frozenset(lower)
    past = any(word in table.past or _is_past(word) for word in has)
    length = min(max(words.length, _FEW_WORDS), _MANY_WORDS)
    return {
        "tells a past event": past,
        "tells a present state": not past and not has.isdisjoint(table.presenting),
        "compares": not has.isdisjoint(table.comparing),
        "says all, none or first": not has.isdisjoint(table.sweeping),
        "tells of public acts": not has.isdisjoint(table.recorded),
        "speaks somebody's mind": _minds(lower),
        "welcomes, thanks or hopes": not has.isdisjoint(table.courteous),
        "values": not has.isdisjoint(table.valuing),
        "says what ought to be": not has.isdisjoint(table.ought),
        "supposes": not has.isdisjoint(table.supposing),
        "foretells": not has.isdisjoint(table.coming),
        "says I": not has.isdisjoint(table.first_singular),
        "says we": not has.isdisjoint(table.first_plural),
        "says you": not has.isdisjoint(table.second),
        "has many words": math.log(length / _FEW_WORDS) / math.log(_MANY_WORDS / _FEW_WORDS),
    }


def _is_past(word: str) -> bool:
    return word.endswith("ed") and word not in worth_words().no_past


def _minds(lower: Sequence[str]) -> bool:
    """Tell "we very much hope" from "the hope of many"."""
    table = worth_words()
    return any(
        word in {"i", "we"} and not table.minding.isdisjoint(lower[at + 1 : at + 1 + _MIND_REACH])
        for at, word in enumerate(lower)
    )


def _asks(claim: Claim, words: _Words, segments: Segments) -> bool:
    end = hull(claim.content).end
    if segments.text[end - 1] == "?" or segments.text[end : end + 1] == "?":
        return True
    return words.lower[:1] == ("why",)


def _words(tokens: Sequence[Token], text: str) -> _Words:
    """Take names out, so that no word of a name can count as a word of the language.

    A name is a run of capitalised words, joined by "of" and the like. The first run is not counted: nothing
    tells "Ordania" from "Families" at the beginning of a sentence, nor "North Ordania" from either.
    """
    table = worth_words()
    lower: list[str] = []
    names = length = joints = 0
    in_name = False
    for at, token in enumerate(tokens):
        first = text[token.start]
        if first.isupper() and token.lower not in table.first_singular:
            # "of" inside a name is no word of the sentence.
            del lower[len(lower) - joints :]
            length -= joints if in_name else joints - 1
            names += not in_name and at > 0
            in_name, joints = True, 0
            if at == 0 and token.lower in table.opening and not _goes_on(tokens, text):
                lower.append(token.lower)
                in_name = False
            continue
        is_word = first.isalnum() or token.lower in table.clitics
        if not is_word or (in_name and token.lower in table.clitics):
            in_name, joints = False, 0
            continue
        joins = in_name and token.lower in table.joining
        in_name, joints = joins, joints + 1 if joins else 0
        lower.append(token.lower)
        length += 1
    return _Words(tuple(lower), names, length)


def _goes_on(tokens: Sequence[Token], text: str) -> bool:
    """Tell "Will Brenn left" from "Will they leave"."""
    return len(tokens) > 1 and text[tokens[1].start].isupper() and tokens[1].lower != "i"
