"""Numbers inside times: days and years in words, counts of units, and whether a noun is counted by one."""

from collections.abc import Sequence
from typing import cast

from sayso.claims.atoms import folded
from sayso.claims.numbers import numerals_in
from sayso.claims.timewords import Context, Rules, Word, tagged
from sayso.core.records import Number

_TEENS_OR_TENS = range(10, 100)
_CENTURIES = range(10, 30)
_YEARS = range(1000, 3000)
LIKELY_YEARS = range(1800, 2100)
DAYS_OF_MONTH = 31
TWO_DIGITS = 2
THREE_DIGITS = 3
# After "on 5 and" a lower-case word is counted by the six before it, but one of these.
_NOT_COUNTED = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "before",
        "but",
        "by",
        "during",
        "for",
        "from",
        "had",
        "has",
        "have",
        "in",
        "is",
        "near",
        "of",
        "on",
        "or",
        "she",
        "he",
        "it",
        "its",
        "not",
        "said",
        "that",
        "the",
        "their",
        "they",
        "this",
        "to",
        "until",
        "was",
        "we",
        "were",
        "when",
        "where",
        "which",
        "while",
        "who",
        "will",
        "with",
        "would",
    ]
)
# Plurals and scales that do not end in "s".
COUNTED = frozenset(
    [
        "billion",
        "children",
        "dozen",
        "hundred",
        "men",
        "million",
        "people",
        "personnel",
        "police",
        "thousand",
        "women",
    ]
)


def numbers_of(words: Sequence[Word]) -> list[int]:
    """Return the days and ordinals among words, in order."""
    return [cast("int", word.says) for word in words if word.tag in {"d", "ord"}]


def is_counted(context: Context, last: Word) -> bool:
    """Whether the word after a number is what it counts: "6 people"."""
    following = context.follows(last)
    return bool(following) and following not in _NOT_COUNTED


def _year_in_words(said: Sequence[int]) -> int | None:
    """Read "nineteen eighty six": a century and two digits; scales are read as numbers elsewhere."""
    if len(said) < TWO_DIGITS or said[0] not in _CENTURIES:
        return None
    rest = sum(said[1:])
    right = len(said) == TWO_DIGITS or (len(said) == THREE_DIGITS and said[1] >= 20 and said[2] < 10)  # noqa: PLR2004 - twenty and a unit, "eighty six"
    return said[0] * 100 + rest if right and rest in _TEENS_OR_TENS else None


def _spelled(words: Sequence[Word], context: Context) -> Word | list[Word] | None:
    """Read a number in words: of a day, of a year, of a day and a year after it, or a count."""
    said = [cast("int", word.says) for word in words if word.tag == "num"]
    scaled = any(word.tag == "scale" for word in words)
    if not scaled:
        for split in range(len(said) - 1):
            year = _year_in_words(said[split:])
            if year is not None and split == 0:
                return tagged("y", words, year)
            numbers = [number for number, word in enumerate(words) if word.tag == "num"]
            if year is not None:
                head, tail = words[: numbers[split]], words[numbers[split] :]
                return [_count(head, context), tagged("y", tail, year)]
    return _count(words, context)


def _count(words: Sequence[Word], context: Context) -> Word:
    text = context.text[words[0].start : words[-1].end]
    value = _number_in(text)
    joined = any(word.tag == "and" for word in words)
    century_style = [word.says for word in words[:2] if word.tag in {"num", "scale"}]
    if len(words) > 2 and century_style[-1:] == [100] and value in _YEARS:  # noqa: PLR2004 - a hundred and what follows it
        return tagged("y", words, value)  # nineteen hundred ninety three
    if isinstance(value, int) and joined and value in LIKELY_YEARS and value > 2000:  # noqa: PLR2004 - the first year said with "and"
        return tagged("y", words, value)  # two thousand and twenty
    if isinstance(value, int) and 1 <= value <= DAYS_OF_MONTH:
        return tagged("d", words, value)
    return tagged("n", words, text)


def _grouped(words: Sequence[Word], context: Context) -> Word | None:
    """Read "1 500"."""
    first, second = words
    text = context.text[first.start : second.end]
    return tagged("n", words, text) if second.end - second.start == THREE_DIGITS else None


def _ordinal(words: Sequence[Word], context: Context) -> Word | None:
    number = sum(cast("int", word.says) for word in words if word.tag in {"d", "num", "ord"})
    if words[-1].tag == "th":
        return None if words[0].tag == "n" else tagged("ord", words, number)
    if words[0].tag == "num" and words[0].says not in {20, 30}:
        return None
    del context
    return tagged("ord", words, number)


NUMBERS = Rules(
    ("d th", _ordinal),
    ("num dash? ord", _ordinal),
    (
        (
            "(?: num (?: dash? num )? | a | d | n | dec )"
            " (?: scale{1,2} (?: (?: and )? num (?: dash? num )? )? ){1,4}"
        ),
        _spelled,
    ),
    ("num (?: dash? num ){0,5}", _spelled),
    ("(?: d | n ) n (?= dash? unit )", _grouped),
)


def count_of(word: Word, context: Context) -> Number | None:
    """Return a count, or None where "1.200" may be two numbers."""
    if word.tag == "d":
        return cast("int", word.says)
    text = context.text[word.start : word.end]
    return _number_in(text)


def _number_in(text: str) -> Number | None:
    """Return the one number that a text is, or None where it is none or may be another ("1.200")."""
    found = list(numerals_in(text, folded(text)))
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))
    # Before a unit of time "1 500" is one count.
    return found[0].value if whole and (not found[0].ambiguous or " " in text) else None


def counted_by(following: str) -> bool:
    """Whether a number counts the word after it: a plural."""
    return following not in _NOT_COUNTED and (following.endswith("s") or following in COUNTED)
