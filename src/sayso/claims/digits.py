"""Numbers in digits: grouped, decimal, with a power or a sign for a scale ("1,200", "5 000,5", "10k")."""

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from sayso.core.records import Number
from sayso.language.lexicon.figures import number_words

# Thin, narrow and plain spaces, commas and apostrophes part thousands; the end of a line parts two numbers.
_SPACES = " \u00a0\u2009\u202f"
_SPACED = re.compile(rf"\d{{1,3}}(?P<by>[{_SPACES}])\d{{3}}(?!\d)(?:(?P=by)\d{{3}}(?!\d))*+(?:[.,]\d+)*+")
_UNSPACED = re.compile(r"\d+(?:[.,'’٬٫]\d+)*+|\.\d+")
_LONGEST = 15  # digits: longer ones are codes and keys, not counts
_LARGEST = 10**18
_MOST_DIGITS = 40  # with their separators; what is longer is a list or a key
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"(?P<whole>\d{{1,3}}(?:(?P<by>[,'’٬{_SPACES}])\d{{3}})(?:(?P=by)\d{{3}})*)(?:[.٫](?P<part>\d+))?",
        rf"(?P<whole>\d{{1,3}}(?:[{_SPACES}]\d{{3}})+),(?P<part>\d{{1,2}})",
        r"(?P<whole>\d{1,2}(?:,\d{2})+,\d{3})(?:\.(?P<part>\d+))?",
        r"(?P<whole>\d{1,3}(?:\.\d{3}){2,})(?:,(?P<part>\d{1,2}))?",
        r"(?P<whole>\d{1,3}(?:\.\d{3})+),(?P<part>\d{1,2})",
        r"(?P<whole>\d*)[.٫](?P<part>\d+)",
        r"(?P<whole>\d+)",
        r"(?P<whole>\d{1,3}),(?P<part>\d{1,2})",
    )
)
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}| [1-9]\d\d)|\d{1,3},\d{1,2}")
_POWER = re.compile(
    r"(?:e(?P<ten>[+-]?\d{1,3})|x10\^(?P<times>[+-]?\d{1,3})|\^(?P<of>[+-]?\d{1,2}))(?![\w.^])"
)
_SIGN_OF_SCALE = re.compile(r"(?P<sign>[A-Za-z]{1,3})(?!\w)|\s{1,2}(?P<apart>[KkMGT])(?![\w'’]|\.\s*[A-Z])")
_COUNTED = re.compile(r"\s(?:more\s|[a-z]+ed\s)?(?P<word>[a-z]+)\b")
_LARGEST_POWER = 300.0


class Digits(msgspec.Struct, frozen=True, array_like=True):
    """One number in digits: its offsets in code points and its value."""

    start: int
    end: int
    value: Number
    # "1.200" may be twelve hundred or a little over one, "1,3" and "20 120" one number or two;
    # in "20 000" the second group is none by itself.
    ambiguous: bool = False
    apart: bool = False  # one of the members of a list without spaces, "1,2,3"


def digits_at(text: str, start: int, end: int) -> tuple[list[Digits], int]:
    """Read the digits that begin at `start` and return the numbers with where they end, `end` at most.

    Nothing that is left out is read again as a smaller number: "007" and "1.2.3.4" give none.
    """
    blob = _SPACED.match(text, start, end) or _UNSPACED.match(text, start, end)
    if blob is None:
        return [], start + 1
    whole = _read(text, start, blob.end())
    if whole is not None:
        return _raised(text, whole, end)
    found = list(_members(text, start, blob.end()))
    if found and found[-1].end == blob.end():
        last, after = _raised(text, found[-1], end)
        return [*found[:-1], *last], after
    return found, blob.end()


def _members(text: str, start: int, end: int) -> Iterator[Digits]:
    """Yield the members of a list, "22,24,26"."""
    piece = text[start:end]
    if any(mark in piece for mark in ".'’٬٫"):
        return
    at = start
    for member in piece.split(","):
        one = _read(text, at, at + len(member))
        if one is not None:
            yield msgspec.structs.replace(one, apart=True)
        at += len(member) + 1


def _read(text: str, start: int, end: int) -> Digits | None:
    if end - start > _MOST_DIGITS:
        return None
    words = text[start:end]
    for shape in _SHAPES:
        match = shape.fullmatch(words)
        if match is not None:
            value = _value(match)
            return (
                None if value is None else Digits(start, end, value, _AMBIGUOUS.fullmatch(words) is not None)
            )
    return None


def _value(match: re.Match[str]) -> Number | None:
    whole = re.sub(r"\D", "", match["whole"])
    part = match.groupdict().get("part")
    # "007" is a code; "0.5" and "0" are numbers.
    if len(whole) > _LONGEST or (len(whole) > 1 and int(whole[0]) == 0 and int(whole) != 0):
        return None
    if part is None:
        return int(whole)
    return float(f"{int(whole or '0')}.{''.join(str(int(digit)) for digit in part)}")


def _raised(text: str, number: Digits, end: int) -> tuple[list[Digits], int]:
    """Apply a power or a sign for a scale that stands behind a number: "1.3e6", "10k"."""
    power = _POWER.match(text, number.end, end)
    if power is not None:
        value = _power(number.value, power)
        return ([] if value is None else [_as(number, power.end(), value)]), power.end()
    sign = _SIGN_OF_SCALE.match(text, number.end, end)
    scale = number_words().multipliers.get(sign["sign"] or sign["apart"]) if sign is not None else None
    if sign is None or scale is None or number.apart:
        return [number], number.end
    if sign.group() == "m" and not _means_million(text, number.start, sign.end()):
        return [number], number.end  # a metre
    value = whole_if_whole(number.value * scale)
    return ([] if value >= _LARGEST else [_as(number, sign.end(), value)]), sign.end()


def _means_million(text: str, start: int, end: int) -> bool:
    """Tell whether the small m behind digits is a million: "£3.2m", "1.5m people", but "a 3.5m wall"."""
    if unicodedata.category(text[start - 1 : start] or " ") == "Sc":
        return True
    counted = _COUNTED.match(text, end)
    return counted is not None and counted["word"] in number_words().counted_in_millions


def _power(base: Number, power: re.Match[str]) -> Number | None:
    try:
        if power["of"] is not None:
            value = float(base) ** int(power["of"])
        else:
            value = float(f"{base}e{int(power['ten'] or power['times'])}")
    except (OverflowError, ZeroDivisionError):
        return None
    # Beyond these a float is infinite or loses what it had.
    if value != 0 and not 10**-_LARGEST_POWER < abs(value) < 10**_LARGEST_POWER:
        return None
    return whole_if_whole(value)


def _as(number: Digits, end: int, value: Number) -> Digits:
    return Digits(number.start, end, value)


def whole_if_whole(value: Number) -> Number:
    """Return 1200000.0 as 1200000; ledger and JSON keep whole numbers below 10**15 exactly."""
    return int(value) if abs(value) < _LARGEST and value == int(value) else value
