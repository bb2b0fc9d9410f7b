"""Numbers as English texts write them: grouped digits, words, and both ("1.5 million")."""

import re
from collections.abc import Iterable
from functools import cache

from sayso.core.records import Number
from sayso.language.lexicon import values

# Thin, narrow and plain spaces, commas and apostrophes part thousands, and the end of a wrapped line; a dot
# is read below.
_GROUPING = r"[,'’ \n\u00a0\u2009\u202f]"
_GROUPED = re.compile(rf"(?<=\d){_GROUPING}(?=\d{{3}}(?!\d))")
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_ONES, _TENS = range(1, 10), range(20, 100)
_HUNDRED, _THOUSAND = 100, 1000


@cache
def number_pattern(name: str) -> str:
    """Return a regular expression for one number; `name` keeps its inner group apart from others'.

    A dot before exactly three digits may part thousands or decimals: see `ambiguous`.
    """
    table = values()
    tens = _either(word for word, value in table.numbers.items() if value in _TENS)
    ones = _either(word for word, value in table.numbers.items() if value in _ONES)
    # "No one" and "each one" are pronouns.
    pronoun = "".join(
        rf"(?<!\b{word}\s)" for word in ("no", "any", "every", "each", "this", "that", "another")
    )
    small = rf"(?:(?:{tens})(?:[-\s](?:{ones}))?|(?!one\b){_either(table.numbers)}|{pronoun}one)"
    joined = r"(?:[-\s]+and)?[-\s]+"
    # "Three hundred and four hundred" are two numbers, "five thousand and six thousand" as well.
    hundreds = rf"(?:(?:{small}|a)[-\s]+hundred(?:{joined}{small}(?![-\s]+(?:hundred|dozen)\b))?)"
    below = rf"(?:{hundreds}|{small})"
    scale = _either(word for word, value in table.scales.items() if value >= _THOUSAND)
    large = _either(word for word, value in table.scales.items() if value > _THOUSAND)
    rest = rf"(?:{joined}{below}(?![-\s]+{_either(table.scales)}\b))?"
    spelled = (
        rf"(?:(?:{below}|a|half\s+a)[-\s]+{large}{joined}{below}[-\s]+thousand"
        rf"|(?:{below}|a|half\s+a)[-\s]+{scale}){rest}"
    )
    dozens = rf"(?:{small}|a|half\s+a)\s+dozen"
    digits = f"(?:{_digits(name)})"
    return rf"(?:{digits}(?:\s+{_either(table.scales)}\b){{0,2}}|{spelled}|{dozens}|{below})"


def _digits(name: str) -> str:
    """Return what matches digits, grouped by one sign throughout, and no group alone ("5" of "5 000,5")."""
    # Longer ones are codes and keys, not counts.
    return (
        rf"[1-9]\d{{0,2}}(?P<{name}>{_GROUPING})\d{{3}}(?:(?P={name})\d{{3}}){{0,3}}(?!\d)(?:\.\d{{1,9}})?"
        r"|[1-9]\d{0,2}(?:\.\d{3}){2,4}(?!\d)"
        rf"|(?!0\d)(?:\d{{1,3}}(?!\d|{_GROUPING}\d{{3}}(?!\d))|\d{{4,15}})(?:\.\d{{1,9}})?"
    )


def _either(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


def number_of(words: str) -> Number:
    """Read what `number_pattern` found: "1,200", "20 000", "two hundred and five", "1.5 million"."""
    table = values()
    total: Number = 0
    current: Number = 0
    for word in re.split(r"[\s-]+", _GROUPED.sub("", words.lower())):
        if word in table.scales:
            current = (current or 1) * table.scales[word]
            if table.scales[word] > _HUNDRED:  # "two thousand five hundred"
                total, current = total + current, 0
        elif word in table.numbers:
            current += table.numbers[word]
        elif word == "half":
            current = 0.5
        elif word[0].isdigit():
            plain = word.replace(".", "") if _DOTTED.fullmatch(word) else word
            current = float(plain) if "." in plain else int(plain)
    value = total + current
    return int(value) if value == int(value) else value


def ambiguous(words: str) -> bool:
    """Tell whether "1.200" may be twelve hundred or a little over one."""
    return _AMBIGUOUS.fullmatch(words) is not None


def scale_of(words: str) -> str:
    """Return the scale at the end of a number, "million" of "10 million", or nothing."""
    last = words.rsplit(maxsplit=1)[-1].lower()
    return last if last in values().scales else ""
