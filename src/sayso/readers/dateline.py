"""What the first lines of a plain text say about it: title, byline, date.

Only a line that is nothing but a dateline counts, never running prose; the lines stay in the text. Known are
`date 2031-05-03 By Quillon`, `By NAME`, `NAME, 5 November 2020`, `5 November 2020 | NAME`, a date alone, and
an agency's `PLACE, November 5, 2020 (AGENCY) -` before its first sentence. A date without a year is no date.
"""

import re
from datetime import datetime
from functools import cache

import msgspec

from sayso.language.lexicon.calendar import calendar

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_CLOCK = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d\d(?:\s*(?i:[ap]\.?m\.?))?(?:\s+\(?[A-Z]{2,4}\)?)?)?"
_LABEL = r"(?:(?i:date|dated|published|posted|issued)(?:\s+on)?\s*:?\s+)?"
# Capitalised words, so that "By nightfall the bridge was closed" names nobody.
_CAPITALISED = r"[^\W\d_a-z][\w.'\u2019&-]*"
_PARTICLES = r"(?:(?:of|the|for|and|de|da|van|von|al|bin|&)\s+){0,2}"
_NAME = rf"(?P<name>{_CAPITALISED}(?:\s+{_PARTICLES}{_CAPITALISED}){{0,7}})"
_BAR = r"\s*[,|·•\u2013\u2014-]\s*"
_BREAK = rf"(?:{_BAR}|\s+)"
_PLACE = r"[A-Z][A-Z .'\u2019-]+(?:, [A-Z][\w .]+)?"
_LONGEST_LINE = 120  # characters; longer lines are prose
_MOST_LINES = 4  # title, byline, date, place
_FINAL = ".!?…:;,"


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the first lines say; None where they do not."""

    title: str | None = None
    byline: str | None = None
    published_at: str | None = None  # ISO 8601


def head(text: str) -> Head:
    """Return what the first lines of a plain text say about it."""
    lines = [line.strip() for line in text[: _MOST_LINES * 1024].split("\n")]
    stated = [number for number, line in enumerate(lines) if line][:_MOST_LINES]
    title = byline = published = None
    for place, number in enumerate(stated):
        line = lines[number]
        dateline = _dateline(line)
        if dateline is None and place == 0 and _is_title(lines, number):
            title = line
            continue
        if dateline is None:
            agency = _agency(line)
            byline, published = byline or agency.byline, published or agency.published_at
            break
        byline, published = byline or dateline.byline, published or dateline.published_at
    return Head(title=title, byline=byline, published_at=published)


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    """Return the forms of a line that is nothing but a dateline."""
    month = _month()
    weekday = rf"(?:(?i:{'|'.join(calendar().weekdays)}),?\s+)?"
    dates = (
        r"(?P<iso>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)",
        rf"{weekday}{_DAY}\s+{month},?\s+{_YEAR}{_CLOCK}",
        rf"{weekday}{month}\s+{_DAY},?\s+{_YEAR}{_CLOCK}",
        rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}{_CLOCK}",  # with slashes nobody knows which is the month
    )
    return (
        re.compile(rf"(?i:by)\s+{_NAME}"),
        *(
            re.compile(pattern)
            for date in dates
            for pattern in (
                rf"{_LABEL}{date}(?:{_BREAK}(?i:by)\s+{_NAME})?",
                rf"{_LABEL}{date}{_BAR}{_NAME}",
                rf"(?i:by)\s+{_NAME}{_BREAK}{_LABEL}{date}",
                rf"{_NAME}{_BAR}{_LABEL}{date}",
            )
        ),
    )


@cache
def _agencies() -> tuple[re.Pattern[str], ...]:
    """Return the forms of an agency's line before its first sentence."""
    month = _month()
    dates = (rf"{month}\s+{_DAY}(?:,?\s+{_YEAR})?", rf"{_DAY}\s+{month}(?:,?\s+{_YEAR})?")
    return tuple(re.compile(rf"{_PLACE},\s+{date}\s*\({_NAME}\)\s*[\u2013\u2014:-]") for date in dates)


def _month() -> str:
    return rf"(?P<month>(?i:{'|'.join(calendar().all_months)}))\b\.?"


def _is_title(lines: list[str], number: int) -> bool:
    line, rest = lines[number], lines[number + 1 :]
    if len(line) > _LONGEST_LINE or line[-1] in _FINAL or " " not in line or not any(rest):
        return False
    return not line.startswith(("-", "•", "*")) and (not rest[0] or _dateline(rest[0]) is not None)


def _dateline(line: str) -> Head | None:
    """Return what a line says that is a dateline and nothing else, or None."""
    if len(line) > _LONGEST_LINE:
        return None
    for pattern in _datelines():
        if match := pattern.fullmatch(line):
            found = match.groupdict()
            stated = _date(found)
            # "31 February 2020" is no dateline.
            return Head(byline=found["name"], published_at=stated) if stated or len(found) == 1 else None
    return None


def _agency(line: str) -> Head:
    for pattern in _agencies():
        if match := pattern.match(line):
            return Head(byline=match["name"], published_at=_date(match.groupdict()))
    return Head()


def _date(found: dict[str, str | None]) -> str | None:
    stated = found.get("iso")
    if found.get("year"):
        month = found["month"] or ""
        stated = f"{found['year']}-{calendar().all_months.get(month.lower(), month):0>2}-{found['day']:0>2}"
    if stated is None:
        return None
    try:
        datetime.fromisoformat(stated)
    except ValueError:
        return None
    return stated.replace(" ", "T")
