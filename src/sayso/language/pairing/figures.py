"""Read the figures of a text, so that two texts can be told which of their figures is the greater."""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from sayso.language.encoder.words import Words
from sayso.language.lexicon.figures import number_words

# More digits than a double holds exactly are an account number, not a count.
_DIGITS = re.compile(r"([0-9]{1,15})(k|m|mn|bn|tn|st|nd|rd|th|s)?", re.IGNORECASE)
_GROUP = 3  # digits between the separators of thousands
_FRACTION = 15  # digits read behind the point
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_FIRST_YEAR, _LAST_YEAR = 1500, 2100  # four digits between them are mostly a year


class Figure(NamedTuple):
    """A figure and the words it is written in: word numbers, half open."""

    begin: int
    end: int
    value: float
    year: bool


def figures_of(words: Words) -> list[Figure]:
    """Return the figures of a text in order: digits, number words, and both with a scale behind them."""
    found: list[Figure] = []
    at = 0
    while at < len(words.surface):
        figure = _digits_at(words, at) or _words_at(words, at)
        if figure is not None:
            found.append(figure)
        at = figure.end if figure is not None else at + 1
    return found


def _digits_at(words: Words, at: int) -> Figure | None:
    match = _DIGITS.fullmatch(words.surface[at])
    if match is None:
        return None
    digits, ending = match[1], (match[2] or "").lower()
    end = at + 1
    while not ending and len(digits) <= _GROUP * 4 and _goes_on(words, end, ",", _GROUP):
        digits += words.surface[end + 1]
        end += 2
    grouped = end > at + 1
    if not ending and _goes_on(words, end, ".", 0):
        digits += "." + words.surface[end + 1]
        end += 2
    value, after = _scaled(words, float(digits) * _SHORT.get(ending, 1.0), end)
    plain = not grouped and after == at + 1 and not ending
    return Figure(at, after, value, plain and len(digits) == 4 and _FIRST_YEAR <= value < _LAST_YEAR)  # noqa: PLR2004 - digits of a year


def _goes_on(words: Words, at: int, mark: str, digits: int) -> bool:
    """Tell whether a separator and digits (of this number, or any) follow without a gap."""
    if at + 1 >= len(words.surface) or words.surface[at] != mark:
        return False
    follows = words.surface[at + 1]
    close = words.start[at] == words.end[at - 1] and words.start[at + 1] == words.end[at]
    fits = len(follows) == digits if digits else len(follows) <= _FRACTION
    return bool(close) and follows.isascii() and follows.isdecimal() and fits


def _words_at(words: Words, at: int) -> Figure | None:
    table = number_words()
    word = words.surface[at].lower()
    end = at + 1
    if word in table.tens:
        value = float(table.tens[word])
        dash = end + (end < len(words.surface) and words.surface[end] == "-")
        unit = table.ones.get(words.surface[dash].lower(), 0) if dash < len(words.surface) else 0
        if 0 < unit < 10:  # noqa: PLR2004 - what stands behind a ten
            value, end = value + unit, dash + 1
    elif word in table.ones:
        value = float(table.ones[word])
    elif word in table.dozens or word in table.scales:
        value, end = 1.0, at
    else:
        return None
    value, end = _scaled(words, value, end)
    return Figure(at, end, value, year=False)


def _scaled(words: Words, value: float, at: int) -> tuple[float, int]:
    """Multiply by the scale words that follow: "3.5 million", "two hundred thousand"."""
    table = number_words()
    while at < len(words.surface):
        word = words.surface[at].lower()
        scale = table.scales.get(word) or table.dozens.get(word)
        if scale is None or not math.isfinite(value * scale):
            break
        value, at = value * scale, at + 1
    return value, at


def nearest(value: Figure, others: Sequence[Figure]) -> Figure | None:
    """Return the figure closest in ratio among those of its kind: years meet years, counts counts."""
    alike = [other for other in others if other.year == value.year]
    return min(alike, key=lambda other: abs(_log(other.value) - _log(value.value)), default=None)


def _log(value: float) -> float:
    return math.log(max(value, 1e-3))
