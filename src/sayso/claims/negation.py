"""Negation: its cues, words and affixes, and the words each of them reaches."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import msgspec

from sayso.language.lexicon import acts, grammar
from sayso.language.lexicon.negation import NegationWords, negation_words

_ENDS_CLAUSE = frozenset(
    {"which", "who", "whom", "because", "although", "though", "if", "unless", "but", "while", "when", "since",
     "as", ";", ":", ".", "?", "!", "—", "--", "(", ")", "“", "”", '"'}
)  # fmt: skip
# "he asked why": a clause inside the clause; a main clause before it may still be negated behind a comma.
_ENDS_MAIN_CLAUSE = frozenset({"which", "who", "because", "although", "if", "unless", ":", "but"})
_FURTHEST_PAIR = 12  # words between "neither" and its "nor"
_SHORTEST_UN = 6  # letters: "unfit" is the only common shorter one, and "under" and "until" are not
_LONGEST_KNOWN = 40  # letters: no longer word has an affix that negates
_WORD_FORMS = ("ly", "ness")
_MODAL = frozenset({"may", "might", "must"})
_CONTRARY = ("on", "the", "contrary")
_LITTLE = frozenset({"but", "only", "to"})  # "nothing but", "not only", "not to"


class Negation(msgspec.Struct, frozen=True, kw_only=True):
    """One negation, by the indexes of its words."""

    cue: tuple[int, ...]  # "neither … nor" has two that are no neighbours
    affix: tuple[int, int] | None = None  # characters of the cue's only word: "un" of "unsafe"
    scope: tuple[int, int]  # the words reached, half open; a cue among them does not negate itself


def negations(order: Sequence[str]) -> Iterator[Negation]:
    """Yield the negations among words in lower case, in their order.

    The classes of cues and the reach of an affix (its own word) are those of the *SEM 2012 shared task; the
    scope is the cue's clause as told by marks and conjunctions, without a parser.
    """
    table = negation_words()
    ends = [-1, *(at for at, word in enumerate(order) if word in _ENDS_CLAUSE or word == ","), len(order)]
    clause = 0
    at = 0
    while at < len(order):
        while ends[clause + 1] < at:
            clause += 1
        affix = _known_affix(order[at]) if len(order[at]) <= _LONGEST_KNOWN else None
        size = _phrase(order, at, table)
        if affix is not None:
            yield Negation(cue=(at,), affix=affix, scope=(at, at + 1))
        elif size or _is_word(order, at, table):
            cue = tuple(range(at, at + max(size, 1)))
            yield Negation(
                cue=(*cue, *_second(order, at)),
                scope=_scope(order, at, ends[clause] + 1, ends[clause + 1]),
            )
        at += max(size, 1)


@lru_cache(maxsize=20_000)
def _known_affix(word: str) -> tuple[int, int] | None:
    return affix_of(word)


def affix_of(word: str) -> tuple[int, int] | None:
    """Return where a word's negating affix stands in it, or None: "un" of "unsafe", "less" of "homeless"."""
    table = negation_words()
    if word in table.not_affixed:
        return None
    if word.startswith("un") and len(word) >= _SHORTEST_UN and _is_un(word, table):
        return 0, 2
    for prefix, rest in table.affixed.items():
        if word.startswith(prefix) and word[len(prefix) :] in rest:
            return 0, len(prefix)
    at = word.rfind("less", 3)
    if at > 0 and word not in table.less_not and word[at + 4 :] in {"", *_WORD_FORMS}:
        return at, at + 4
    return None


def _is_un(word: str, table: NegationWords) -> bool:
    return word not in table.un_not and not word.startswith(("under", "unan"))


def _is_word(order: Sequence[str], at: int, table: NegationWords) -> bool:
    word = order[at]
    if word not in table.words:
        return False
    following = tuple(order[at + 1 : at + 3])
    if any((word, *following[:n]) in table.unnegated for n in (1, 2)):
        return False
    # The "nor" of a "neither" is the second half of one cue.
    return word != "nor" or "neither" not in order[max(0, at - _FURTHEST_PAIR) : at]


def _phrase(order: Sequence[str], at: int, table: NegationWords) -> int:
    """Return how many words make a cue of several words here, or 0."""
    if order[at] not in _phrases_begin():
        return 0
    for phrase in table.phrases:
        if tuple(order[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


@cache
def _phrases_begin() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in negation_words().phrases)


def _second(order: Sequence[str], at: int) -> tuple[int, ...]:
    if order[at] != "neither":
        return ()
    reach = range(at + 1, min(len(order), at + _FURTHEST_PAIR))
    return next(((on,) for on in reach if order[on] == "nor"), ())


def _scope(order: Sequence[str], at: int, begin: int, end: int) -> tuple[int, int]:
    """Return the clause for a negated verb, and for "no" and "without" what follows."""
    verbal = order[at] in {"not", "n't", "never", "cannot"}
    return (begin if verbal else at + 1), max(end, at + 1)


def negated_by(order: Sequence[str]) -> int | None:
    """Return the index of the word that negates the main clause of words in lower case, or None.

    "They possess no weapons" is negated; "did not stop the guns from firing" asserts that they fired, and a
    negation in a clause behind "which" or "because" is not the main clause's.
    """
    return _negated_by(tuple(order))


# A claim is asked several times in a row.
@lru_cache(maxsize=16)
def _negated_by(order: tuple[str, ...]) -> int | None:
    table = negation_words()
    main = next((at for at, word in enumerate(order) if word in _ENDS_MAIN_CLAUSE), len(order))
    for one in negations(order[:main]):
        at = one.cue[0]
        word = order[at]
        if one.affix is not None or word == "without" or tuple(order[at : at + 3]) == _CONTRARY:
            continue
        before = order[at - 1] if at else ""
        after = order[at + 1] if at + 1 < len(order) else ""
        if after in _LITTLE or (word == "no" and (not after or after in table.after_answer)):
            continue
        # "asked not to be named", "but not the quarrel" negate less than the clause.
        if word == "not" and before not in grammar().auxiliaries | acts().be | _MODAL:
            continue
        return None if after in table.stopping and "from" in order[at + 1 :] else at
    return None
