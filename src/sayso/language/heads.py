"""What the first lines of a plain text say about it: title, byline, date; and which lines say it.

Only a line that is nothing but that counts, never running prose; the lines stay in the text. Known are
`date 2031-05-03 By Quillon`, `By NAME`, `NAME, 5 November 2020`, `5 November 2020 | NAME`, a date alone,
`Author: NAME` and the other labels of `furniture.toml`, and an agency's `PLACE, November 5, 2020 (AGENCY) -`
before its first sentence. A date without a year is no date.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

import msgspec

from sayso.core.spans import Span
from sayso.language.furniture import (
    BAR,
    BREAK,
    CLOCK,
    FEW_NAMES,
    NAMES,
    are_names,
    is_furniture_line,
    labelled,
)
from sayso.language.furniture import (
    month as a_month,
)
from sayso.language.lexicon.calendar import calendar
from sayso.language.lexicon.furniture import furniture

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
# One name, where "5 November 2020" alone would not tell that what stands beside it is one.
_CAPITALISED = r"[^\W\d_a-z][\w.'\u2019&-]*"
_PARTICLES = r"(?:(?:of|the|for|and|de|da|van|von|al|bin|&)\s+){0,2}"
_NAME = rf"(?P<name>{_CAPITALISED}(?:\s+{_PARTICLES}{_CAPITALISED}){{0,7}})"
_PLACE = r"[A-Z][A-Z .'\u2019-]+(?:, [A-Z][\w .]+)?"
_LONGEST_LINE = 120  # characters; longer lines are prose
_MOST_LINES = 8  # title, author, source, date, place, address, and one to spare
_FINAL = ".!?…:;,"


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the first lines say; None where they do not."""

    title: str | None = None
    byline: str | None = None
    published_at: str | None = None  # ISO 8601


class HeadLine(msgspec.Struct, frozen=True, kw_only=True):
    """One of the first lines: what it says, and which of its code points say it and nothing else.

    A title is told by the text itself: only its label, if it has one, is about it.
    """

    span: Span
    about: Span | None
    says: Head

    @property
    def goes_on(self) -> bool:
        """Whether a first sentence begins in the line, behind an agency's dateline."""
        return self.about is not None and self.about.end < self.span.end and self.says.title is None


def head(text: str) -> Head:
    """Return what the first lines of a plain text say about it."""
    title = byline = published = None
    for line in head_lines(text):
        title = title or line.says.title
        byline = byline or line.says.byline
        published = published or line.says.published_at
    return Head(title=title, byline=byline, published_at=published)


def head_lines(text: str) -> Iterator[HeadLine]:
    """Yield the lines before a text's first sentence that say something about it; a title may begin them.

    The last one may be the line of the first sentence, where an agency's dateline stands before that.
    """
    lines = _first_lines(text)
    for place, span in enumerate(lines):
        line = span.of(text)
        said = _said(line)
        if said is None and place == 0 and _is_title(lines, text):
            yield HeadLine(span=span, about=None, says=Head(title=line))
        elif said is not None:
            titled = None if said.title is None else line.index(":") + 1
            end = span.end if titled is None else span.start + titled
            yield HeadLine(span=span, about=Span(span.start, end), says=said)
        else:
            agency = _agency(line)
            if agency is not None:
                says = Head(byline=agency["name"], published_at=_date(agency.groupdict()))
                yield HeadLine(span=span, about=Span(span.start, span.start + agency.end()), says=says)
            return


def _first_lines(text: str) -> list[Span]:
    """Return the first lines that hold anything, without the white space around them."""
    found: list[Span] = []
    at = 0
    read = text[: _MOST_LINES * 1024]
    while at < len(read) and len(found) < _MOST_LINES:
        end = read.find("\n", at)
        end = len(read) if end < 0 else end
        line = read[at:end]
        if line.strip():
            found.append(Span(at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at = end + 1
    return found


def _said(line: str) -> Head | None:
    """Return what a line says about its text when it does nothing else, or None."""
    if len(line) > _LONGEST_LINE:
        return None
    return _dateline(line) or _labelled(line) or (Head() if is_furniture_line(line) else None)


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    """Return the forms of a line that is nothing but a dateline."""
    weekday = rf"(?:(?i:{'|'.join(calendar().weekdays)}),?\s+)?"
    label = rf"(?:{labelled(furniture().labels.day)}(?:\s+(?i:on))?\s*:?\s+)?"
    dates = (
        r"(?P<iso>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)",
        rf"{weekday}{_DAY}\s+{a_month()},?\s+{_YEAR}{CLOCK}",
        rf"{weekday}{a_month()}\s+{_DAY},?\s+{_YEAR}{CLOCK}",
        rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}{CLOCK}",  # with slashes nobody knows which is the month
    )
    return (
        re.compile(rf"(?i:by)\s+(?P<name>{NAMES})"),
        *(
            re.compile(pattern)
            for date in dates
            for pattern in (
                rf"{label}{date}(?:{BREAK}(?i:by)\s+(?P<name>{NAMES}))?",
                rf"{label}{date}{BAR}{_NAME}",
                rf"(?i:by)\s+(?P<name>{FEW_NAMES}){BREAK}{label}{date}",
                rf"{_NAME}{BAR}{label}{date}",
            )
        ),
    )


@cache
def _agencies() -> tuple[re.Pattern[str], ...]:
    """Return the forms of an agency's line before its first sentence."""
    dates = (rf"{a_month()}\s+{_DAY}(?:,?\s+{_YEAR})?", rf"{_DAY}\s+{a_month()}(?:,?\s+{_YEAR})?")
    return tuple(re.compile(rf"{_PLACE},\s+{date}\s*\({_NAME}\)\s*[\u2013\u2014:-]") for date in dates)


def _is_title(lines: list[Span], text: str) -> bool:
    line, rest = lines[0].of(text), lines[1:]
    if len(line) > _LONGEST_LINE or line[-1] in _FINAL or " " not in line or not rest:
        return False
    blank = text.count("\n", lines[0].end, rest[0].start) > 1
    return not line.startswith(("-", "•", "*")) and (blank or _said(rest[0].of(text)) is not None)


def _dateline(line: str) -> Head | None:
    """Return what a line says that is a dateline and nothing else, or None."""
    for pattern in _datelines():
        if match := pattern.fullmatch(line):
            found = match.groupdict()
            stated = _date(found)
            # "31 February 2020" is no dateline, and "By Monday The Army Had Left" no byline.
            named = found["name"] is None or are_names(found["name"])
            return (
                Head(byline=found["name"], published_at=stated)
                if named and (stated or len(found) == 1)
                else None
            )
    return None


def _labelled(line: str) -> Head | None:
    """Return the title or the author that a line states by its label, or None."""
    label, colon, value = (part.strip() for part in line.partition(":"))
    label, labels = " ".join(label.lower().split()), furniture().labels
    if colon and value and label in labels.title:
        return Head(title=value)
    return Head(byline=value) if label in labels.author and are_names(value) else None


def _agency(line: str) -> re.Match[str] | None:
    return next((match for pattern in _agencies() if (match := pattern.match(line)) is not None), None)


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
