"""What a figure counts or measures: its noun, and what makes of that another thing."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from sayso.core.records import Quantity
from sayso.language.lexicon.figures import outcome_words
from sayso.linking.countclauses import BREAK, around
from sayso.linking.countwords import count_words, number_stems
from sayso.linking.entries import Entry, words_at
from sayso.linking.identity import Word, root, words_of
from sayso.linking.lexicon import stem

FAR = "from"  # in place of a noun: how far it is
_LONGEST_COMPLEMENT = 3  # words of what there are tons of
_NUMBER_REACH = 110  # code points before a figure in which "the number of" stands
_NUMBER_OF = re.compile(r"\b(?:number|count|tally|total)\s+of\s+", re.IGNORECASE)
_FAR_FROM = re.compile(r"\s+(?:away\s+|off\s+)?(?:from\s+)", re.IGNORECASE)
_OF = re.compile(r"\s+(?:worth\s+)?of\s+", re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|for)\s+", re.IGNORECASE)


class Noun(NamedTuple):
    """What is counted: its noun, and what makes of it another thing than the bare noun."""

    head: str
    marks: frozenset[str]  # stems: "warning" of warning shots, "flour" of tons of flour
    names: frozenset[str]  # roots of names: "Veslandi drones"


def noun_of(entry: Entry, quantity: Quantity, after: str) -> Noun | None:
    """Return what is counted, or None where the words do not say it."""
    match quantity.kind:
        case "count":
            return _counted(entry, quantity, after)
        case "duration":
            return Noun(stem(quantity.unit or ""), frozenset(), frozenset())
        case "money":
            behind = _OF.match(after) or _IN.match(after)
            return _with_complement(entry, "", "" if behind is None else after[behind.end() :])
        case _:
            return _measured(entry, quantity, after)


def _measured(entry: Entry, quantity: Quantity, after: str) -> Noun | None:
    unit = quantity.unit or ""
    if unit in count_words().amounts and (of := _OF.match(after)):
        return _with_complement(entry, "", after[of.end() :])
    if unit in count_words().distances and (away := _FAR_FROM.match(after)):
        return _with_complement(entry, FAR, after[away.end() :])
    return None


def _with_complement(entry: Entry, head: str, text: str) -> Noun:
    marks, names = _described(entry, text, list(_phrase(text))[:_LONGEST_COMPLEMENT])
    return Noun(head, frozenset(marks), frozenset(names))


def _phrase(text: str) -> Iterator[Word]:
    """Yield the words with which a text begins until one is none of a noun phrase."""
    articles = count_words().articles
    words = [word for word in words_of(text) if text[word.start : word.end].casefold() not in articles]
    end = BREAK.search(text)
    reach = len(text) if end is None else end.start()
    return takewhile(lambda word: word.kind == "word" and word.end <= reach, words)


def _described(entry: Entry, text: str, words: Sequence[Word]) -> tuple[list[str], list[str]]:
    """Return the stems of common words and the roots of names among some words."""
    table = count_words()
    marks: list[str] = []
    names: list[str] = []
    for word in words:
        name = root(text[word.start : word.end])
        if word.capital and name in entry.face.names:
            names.append(name)
        elif word.key not in number_stems():
            marks.append(table.nouns.get(word.key, word.key))
    return marks, names


def _counted(entry: Entry, quantity: Quantity, after: str) -> Noun | None:
    written = words_at(entry, quantity.span)
    bound = quantity.bound_words
    words = [word for word in words_of(written) if word.kind == "word"]
    if bound is not None and bound.within(quantity.span):
        end = bound.end - quantity.span.start
        words = [word for word in words if word.start >= end or bound.start > quantity.span.start]
    marks, names = _described(entry, written, words)
    of = _OF.match(after)
    if not marks and not names:
        before, _ = around(entry, quantity)
        numbers = list(_NUMBER_OF.finditer(before[-_NUMBER_REACH:]))
        if not numbers:
            return None
        written = before[-_NUMBER_REACH:][numbers[-1].end() :]
        words = list(takewhile(_is_of_a_noun, _phrase(written)))
        marks, names = _described(entry, written, words)
        of = None
    # "A category 3 hurricane", "the 12 side": one thing, by its number.
    if not marks or not _is_plural(written[words[-1].start : words[-1].end]):
        return None
    head = marks.pop()
    if quantity.population in outcome_words().people - count_words().anybody:
        head = quantity.population  # "troops", "servicemen" and "soldiers" are
    if head in count_words().uncounted:
        return None
    if of is not None:
        complement = _with_complement(entry, "", after[of.end() :])
        marks += complement.marks
        names += complement.names
    return Noun(head, frozenset(marks), frozenset(names))


def _is_plural(word: str) -> bool:
    folded = word.casefold()
    listed = folded in outcome_words().plurals or folded in count_words().plurals
    return listed or folded.endswith(("s", "men"))


def _is_of_a_noun(word: Word) -> bool:
    return word.key not in count_words().light and word.key not in count_words().deeds
