"""Of whom claims tell: of some of them, of others beside them, or of who held an office once."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, product
from typing import NamedTuple

from sayso.core.records import Quantity
from sayso.language.lexicon import names
from sayso.language.lexicon.figures import outcome_words
from sayso.linking.apartwords import apart_words, elsewhere
from sayso.linking.countwords import count_words, one_word
from sayso.linking.entries import JOINT, Entry, beside
from sayso.linking.identity import Word, figure_of, root, words_of
from sayso.linking.lexicon import is_past, stem

_PHRASE = 3  # words of "in worn wheelchairs" that are looked at
_SIGHT = 120  # code points behind a figure in which a phrase narrows it down
_MEMBER = 4  # words of "a young army nurse" that are looked at
_WORDS_READ = 400  # of a claim
_PAIRS = 16  # of a claim
_OFFICE = 4  # words of "former deputy defence minister"
_MARK = re.compile(r"[,;:.()–—]")


def of_others(left: Entry, right: Entry) -> bool:
    """Tell whether two claims of like words cannot tell of the same people or things."""
    if _narrower(left, right) or _narrower(right, left):
        return True
    return _in_other_company(left.words, right.words) or _of_another_office(left, right)


# --- some of them


def _narrower(left: Entry, right: Entry) -> bool:
    """Tell whether a claim counts fewer of those that the other counts: "12 patients in wheelchairs"."""
    figures = {figure_of(one): one for one in right.claim.quantities if one.kind == "count"}
    return any(
        figure_of(one) in figures and _is_of_some(left, one, figures[figure_of(one)], right)
        for one in left.claim.quantities
        if one.kind == "count"
    )


def _is_of_some(entry: Entry, ours: Quantity, theirs: Quantity, other: Entry) -> bool:
    told = {word.key for word in words_of(other.words)}
    group = ours.population or ""
    if group in apart_words().limits.some_of_all and theirs.population != group and stem(group) not in told:
        return True
    limits = limiting(_behind(entry, ours))
    return bool(limits) and told.isdisjoint(limits)


def limiting(text: str) -> frozenset[str]:
    """Return the stems of the words that narrow down a counted noun right before a text: "in wheelchairs"."""
    table = apart_words().limits
    words = list(islice(words_of(text), _PHRASE + 3))
    leads = table.bare | table.any
    if words and text[words[0].start : words[0].end] not in leads and not _is_verb(text, words[0]):
        words = words[1:]  # the noun itself
    if not words or _MARK.search(text[: words[0].start]):
        return frozenset()
    lead = text[words[0].start : words[0].end]
    if lead not in leads:
        return frozenset()
    behind = words[1:]
    if lead in table.any and behind and behind[0].kind == "stop":
        behind = behind[1:]
    if not behind or behind[0].kind not in {"word", "number"} or behind[0].capital:
        return frozenset()
    if lead in table.bare and (behind[0].key in elsewhere() or _is_verb(text, behind[0])):
        return frozenset()
    told: list[str] = []
    for word in behind[:_PHRASE]:
        if word.kind not in {"word", "number"} or (told and _is_verb(text, word)):
            break
        told.append(word.key)
    return frozenset(told)


def _is_verb(text: str, word: Word) -> bool:
    return is_past(text[word.start : word.end])


def _behind(entry: Entry, quantity: Quantity) -> str:
    """Return the words of a claim right behind a quantity, as far as a phrase goes."""
    _, after = beside(entry, quantity.span)
    return after[:_SIGHT].partition(JOINT)[0]


# --- who else


class _Member(NamedTuple):
    """One of two that "and" joins, by its noun."""

    noun: str  # a stem; of words for one thing the first
    kind: str  # as what it is counted: a nurse is a medic; empty where the table of outcomes has none
    counted: bool  # "a nurse", "two nurses"


def _in_other_company(left: str, right: str) -> bool:
    """Tell whether two texts join different others to one: "soldiers and a nurse", "… and a teacher"."""
    ours, theirs = _pairs_in(left), _pairs_in(right)
    if not ours or not theirs:
        return False
    told = [{one_word(word.key) for word in words_of(text)} for text in (left, right)]
    return any(
        shared.noun == same.noun
        and not _can_be(one, other)
        and one.noun not in told[1]
        and other.noun not in told[0]
        for pair, its in product(ours, theirs)
        for (shared, one), (same, other) in product((pair, pair[::-1]), (its, its[::-1]))
    )


def _can_be(one: _Member, other: _Member) -> bool:
    """Tell whether two nouns can be said of one: a nurse is a medic and a civilian."""
    if not one.counted or not other.counted or one.noun == other.noun:
        return True
    general = not apart_words().anybody.isdisjoint({one.noun, other.noun})
    return general or stem(one.kind) == other.noun or stem(other.kind) == one.noun


def _pairs_in(text: str) -> list[tuple[_Member, _Member]]:
    words = list(islice(words_of(text), _WORDS_READ))
    joined = islice((at for at, word in enumerate(words) if word.key == "and"), _PAIRS)
    pairs = ((_member_before(text, words, at), _member_behind(text, words, at)) for at in joined)
    return [(one, other) for one, other in pairs if one is not None and other is not None]


def _member_before(text: str, words: Sequence[Word], at: int) -> _Member | None:
    counted = False
    first = at
    while first > max(0, at - 1 - _MEMBER) and not text[words[first - 1].end : words[first].start].strip():
        first -= 1
        if _counts(text, words[first]) or words[first].kind != "word":
            counted = _counts(text, words[first])
            break
    noun = words[at - 1] if at else None
    return None if noun is None or first == at else _member(text, noun, counted=counted)


def _member_behind(text: str, words: Sequence[Word], at: int) -> _Member | None:
    counted = at + 1 < len(words) and _counts(text, words[at + 1])
    noun: Word | None = None
    for last in range(at + 1 + counted, min(len(words), at + 2 + _MEMBER)):
        word = words[last]
        apart = text[words[last - 1].end : word.start].strip(" -")
        if word.kind != "word" or word.capital or apart or (noun is not None and _ends_a_noun(text, word)):
            break
        noun = word
    return None if noun is None else _member(text, noun, counted=counted)


def _member(text: str, noun: Word, *, counted: bool) -> _Member | None:
    written = text[noun.start : noun.end].casefold()
    if noun.kind != "word" or noun.capital or is_past(written):
        return None
    return _Member(one_word(noun.key), outcome_words().populations.get(written, ""), counted)


def _counts(text: str, word: Word) -> bool:
    return word.kind == "number" or text[word.start : word.end].casefold() in apart_words().opening


def _ends_a_noun(text: str, word: Word) -> bool:
    written = text[word.start : word.end]
    return is_past(written) or written.endswith("ly") or written in count_words().adverbs


# --- which office


class _Office(NamedTuple):
    """An office as a text tells of it."""

    other: frozenset[str]  # what makes another of it: "former", "deputy"
    held_by: frozenset[str]  # roots of the name beside it


def _of_another_office(left: Entry, right: Entry) -> bool:
    """Tell whether one tells of who held an office once, or of a deputy, and the other of who holds it.

    Whoever is named is the same, whatever the office.
    """
    ours, theirs = _offices_in(left), _offices_in(right)
    return any(
        not any(_one_office(one, other) for one, other in product(ours[held], theirs[held]))
        for held in ours.keys() & theirs.keys()
    )


def _one_office(one: _Office, other: _Office) -> bool:
    return one.other == other.other or not one.held_by.isdisjoint(other.held_by)


def _offices_in(entry: Entry) -> Mapping[str, Sequence[_Office]]:
    words = list(islice(words_of(entry.words), _WORDS_READ))
    found: defaultdict[str, list[_Office]] = defaultdict(list)
    for at, word in enumerate(words):
        if word.kind != "word" or word.key not in _holders():
            continue
        first = _first_of(entry.words, words, at)
        others = apart_words().offices.others
        found[word.key].append(
            _Office(
                other=frozenset(others[one.key] for one in words[first:at] if one.key in others),
                held_by=frozenset(_names_beside(entry, words, first, at)),
            )
        )
    return found


@cache
def _holders() -> frozenset[str]:
    people = (names().role | outcome_words().people) - {"person", "man", "woman", "child", "family"}
    return apart_words().offices.holders.union(map(stem, people))


def _first_of(text: str, words: Sequence[Word], at: int) -> int:
    """Return where the words before an office begin: "former deputy defence minister"."""
    first = at
    while first > max(0, at - _OFFICE) and words[first - 1].kind == "word":
        between = text[words[first - 1].end : words[first].start].strip(" -")
        if between or is_past(text[words[first - 1].start : words[first - 1].end]):
            break
        first -= 1
    return first


def _names_beside(entry: Entry, words: Sequence[Word], first: int, at: int) -> Iterator[str]:
    """Yield the roots of the name that stands right behind an office, or before it and an article."""
    if first and words[first - 1].key in {"a", "an", "the"}:
        first -= 1
    for steps in (range(at + 1, len(words)), range(first - 1, -1, -1)):
        for step in steps:
            name = root(entry.words[words[step].start : words[step].end])
            if not words[step].capital or name not in entry.face.names:
                break
            yield name
