"""Whether a claim tells of what was done or of what is ahead: "were handed over", "will be handed over"."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.linking.apartwords import apart_words
from sayso.linking.countwords import one_word
from sayso.linking.identity import Word, words_of
from sayso.linking.lexicon import is_past

_PASSED_OVER = 4  # words between "will" and its verb
_HEADLINE = re.compile(r"\A(?:[^\W\d_a-z][^\W\d_]{0,32}\s+){1,4}to\s+(?=[a-z])")


class _Tense(NamedTuple):
    """Stems of the words of a text, one for one deed: as ahead, as done, and all of them."""

    ahead: frozenset[str]
    done: frozenset[str]
    told: frozenset[str]


def done_in_one(left: str, right: str) -> bool:
    """Tell whether a deed is told as done in one of two texts and as ahead in the other.

    What is announced and what is reported later can both hold, and are no same claim.
    """
    ours, theirs = _tense_of(left), _tense_of(right)
    if not (ours.ahead - theirs.ahead).isdisjoint(theirs.done):
        return True
    if not (theirs.ahead - ours.ahead).isdisjoint(ours.done):
        return True
    return _only_announces(ours, theirs) or _only_announces(theirs, ours)


def _only_announces(one: _Tense, other: _Tense) -> bool:
    """Tell whether one tells nothing as done and the other nothing as ahead, in verbs of their own."""
    if one.done or other.ahead:
        return False
    return not one.ahead <= other.told and not other.done <= one.told


def _tense_of(text: str) -> _Tense:
    told = (word.key for word in words_of(text) if word.kind == "word")
    return _Tense(
        ahead=frozenset(map(one_word, ahead(text))),
        done=frozenset(map(one_word, _done(text))),
        told=frozenset(map(one_word, told)),
    )


def ahead(words: str) -> frozenset[str]:
    """Return the stems of the verbs that are not told as done: "will be handed over", "tried to seize"."""
    return frozenset(key for _, key in _ahead(words))


def _ahead(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each verb stands that is not told as done, by words, and its stem."""
    table, words = apart_words(), list(words_of(text))
    written = [text[word.start : word.end].replace("’", "'") for word in words]
    headline = _HEADLINE.match(text)
    for at, word in enumerate(written):
        following = written[at + 1] if at + 1 < len(written) else ""
        opened = at == 0 or not word[:1].isupper()  # no month of May
        modal = opened and (word.casefold() in table.modals or word.endswith("'ll"))
        if modal and following == "have" and word.casefold() not in table.not_done_with_have:
            continue
        leads = following == "to" and word.casefold() in table.leading
        short = word.casefold() in table.short_of
        titled = headline is not None and words[at].end < headline.end() <= words[at].end + len(" to ") + 1
        if modal or leads or titled:
            yield from _verb_behind(words, written, at + 1)
        elif short and at + 1 < len(words) and words[at + 1].kind == "word":
            yield at + 1, words[at + 1].key


def _verb_behind(words: Sequence[Word], written: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
    table = apart_words()
    for at in range(first, min(len(words), first + _PASSED_OVER + 1)):
        if written[at] in table.passed_over or (written[at].endswith("ly") and words[at].kind == "word"):
            continue
        noun = written[at].endswith("ing")  # "due to flooding"
        if words[at].kind == "word" and not noun and words[at].key not in table.perceived:
            yield at, words[at].key
        return


def _done(text: str) -> frozenset[str]:
    """Return the stems of the words written as the past of a verb, or as a participle."""
    past = apart_words().past_as_base
    written = ((word.key, text[word.start : word.end]) for word in words_of(text) if word.kind == "word")
    return frozenset(key for key, word in written if is_past(word) or word in past)
