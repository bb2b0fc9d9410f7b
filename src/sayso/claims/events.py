"""Words that tell what befell somebody, where they stand, and the figures they are told of."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import msgspec

from sayso.core.spans import Span
from sayso.language.lexicon.figures import outcome_words


class Event(msgspec.Struct, frozen=True, array_like=True):
    """A word or phrase that tells an outcome; offsets in code points."""

    start: int
    end: int
    word: str


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as its sentence shows it: where it stands, who is counted, where the next one begins."""

    start: int
    end: int
    limit: int
    phrase_end: int  # of the noun phrase that follows it
    floor: int
    sentence: int  # where it begins
    population: str | None
    named: bool  # a noun follows it
    noun: str | None  # the last word of the phrase that follows it
    lives: bool  # lives are counted, which are only counted when they are lost


# "The Dead Sea", "an Office of Missing Persons": what is written as a name tells nothing;
# in a headline all is.
_IN_NAME = re.compile(r"[^\W\d_]\.?,? [A-Z]\Z")
_NAME = 4  # code points before a word in which the word before it ends
_LONG_WORD = re.compile(r"\b[^\W\d_]{4,}")


def _is_in_name(text: str, event: Event, start: int) -> bool:
    return _IN_NAME.search(text, max(start, event.start - _NAME), event.start + 1) is not None


def _is_headline(text: str, start: int, end: int) -> bool:
    """Whether most of a sentence's longer words are capitalised."""
    words = [text[match.start()].isupper() for match in _LONG_WORD.finditer(text, start, end)]
    return 2 * sum(words) > len(words)


@cache
def _events() -> re.Pattern[str]:
    table = outcome_words()
    phrases = sorted({*table.outcomes, *table.outcome_phrases, *table.by_counted, *table.of_object})
    return re.compile(rf"(?<![\w-]){_longest(phrases)}(?![\w-])")


def _longest(phrases: Sequence[str]) -> str:
    """Return what matches the longest of several phrases; beginnings that they share are tried once."""
    # What the first and the last of them in order share, all share.
    first, last = min(phrases), max(phrases)
    same = next((at for at, one in enumerate(first) if last[at : at + 1] != one), len(first))
    start = first[:same]
    shelves: defaultdict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        shelves[phrase[len(start) : len(start) + 1]].append(phrase[len(start) :])
    ends = shelves.pop("", None)
    behind = "|".join(_longest(shelf) for shelf in shelves.values())
    return re.escape(start) + (f"(?:{behind}){'?' if ends else ''}" if behind else "")


class Events:
    """The outcome words of a stretch of text, found by where they stand."""

    def __init__(self, text: str, lower: str, start: int, end: int) -> None:
        found = [Event(*match.span(), match.group()) for match in _events().finditer(lower, start, end)]
        named = any(text[event.start].isupper() for event in found) and not _is_headline(text, start, end)
        if named:
            found = [one for one in found if not _is_in_name(text, one, start)]
        self._all = found
        self._starts = [event.start for event in self._all]

    def between(self, start: int, end: int) -> list[Event]:
        """Return the events that lie wholly between two offsets."""
        found = self._all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [event for event in found if event.end <= end]


class Sentence(msgspec.Struct, frozen=True, array_like=True):
    """A sentence's text, the same `folded`, and its outcome words."""

    text: str
    lower: str
    span: Span
    events: Events


@cache
def _phrases() -> re.Pattern[str]:
    table = outcome_words()
    phrases = [one for one in sorted({*table.outcome_phrases, *table.by_counted}) if " " in one]
    return re.compile(rf"{_longest(phrases)}(?![\w-])")


def begins_phrase(lower: str, at: int) -> bool:
    """Whether words that together tell an outcome begin at an offset: "blew themselves up"."""
    return _phrases().match(lower, at) is not None
