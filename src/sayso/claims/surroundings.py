"""What stands around what a text tells: its furniture, and an agency's dateline before a first sentence."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from sayso.core.spans import Span, trimmed
from sayso.language.lexicon.calendar import calendar
from sayso.language.segments import Segments

_CAPITALS = r"[A-Z][A-Z.'’-]+(?:[ ][A-Z][A-Z.'’-]+){0,4}"
_TOWN = r"[A-Z][\w.'’-]+(?:[ ][A-Z][\w.'’-]+){0,4}"
_REGION = r"(?:,[ ][A-Z][\w.]*(?:[ ][A-Z][\w.]*){0,3})?"
_AGENCY = r",?[ ]?\([A-Z][\w./&'’ -]{1,40}\)"
_BAR = r"[ ]?(?:[—–]|--?|:)[ ]+(?=[“\"„‘«'(]?[A-Z0-9])"
_LONGEST = 120  # characters
# A place in capitals before a dash, without a day or an agency, begins a page, and elsewhere a transcript.
_HEAD = 4  # paragraphs


class Surroundings:
    """What nobody says in a text: its furniture, and datelines, with their dashes, before what goes on there.

    An example of a dateline: "PORT SABLE, 4 March - At …".
    """

    def __init__(self, segments: Segments) -> None:
        self._text = segments.text
        self.spans: list[Span] = sorted((*segments.furniture, *_datelines(segments)))
        self._starts = [span.start for span in self.spans]

    def off(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Return spans without the surroundings that they begin with or stand in."""
        if not self.spans:
            return tuple(spans)
        return tuple(bare for span in spans if (bare := self._off(span)) is not None)

    def _off(self, span: Span) -> Span | None:
        at = bisect_right(self._starts, span.start) - 1
        if at < 0 or self.spans[at].end <= span.start:
            return span
        end = self.spans[at].end
        return None if end >= span.end else trimmed(Span(end, span.end), self._text)


def _datelines(segments: Segments) -> Iterator[Span]:
    held = {span.start for span in segments.furniture}
    turning = {segments.paragraph_at(turn.label.start) for turn in segments.turns}
    for number, paragraph in enumerate(segments.paragraphs):
        if number in turning or paragraph.start in held or not segments.text[paragraph.start].isupper():
            continue
        end = _end(segments.text, paragraph, head=number < _HEAD)
        if end is not None:
            yield Span(paragraph.start, end)


def _end(text: str, paragraph: Span, *, head: bool) -> int | None:
    """Return where a paragraph's dateline ends and its first sentence begins, or None."""
    until = min(paragraph.end, paragraph.start + _LONGEST)
    found = _dated().match(text, paragraph.start, until)
    if found is None and head:
        found = _placed().match(text, paragraph.start, until) or _alone().fullmatch(
            text, paragraph.start, paragraph.end
        )
    return None if found is None else found.end()


@cache
def _dated() -> re.Pattern[str]:
    """Return a dateline with its day or its agency: either makes a name before a dash a place."""
    day = _day()
    return re.compile(rf"(?:{_CAPITALS}|{_TOWN}){_REGION}(?:{day}(?:{_AGENCY})?|{_AGENCY}(?:{day})?){_BAR}")


@cache
def _alone() -> re.Pattern[str]:
    """Return a dateline on a line of its own: a town of one word or in capitals, and its day."""
    return re.compile(
        rf"(?:{_CAPITALS}|[A-Z][\w.'’-]+){_REGION}{_day()}(?:{_AGENCY})?(?:[ ]?(?:[—–:.]|--?))?"
    )


def _day() -> str:
    month = rf"(?:{'|'.join(sorted(calendar().all_months, key=len, reverse=True))})\b\.?"
    weekday = rf"(?:(?:{'|'.join(calendar().weekdays)}),?[ ])?"
    number, year = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:,?[ ](?:19|20|21)\d\d)?"
    return rf",?[ ](?i:{weekday}(?:{month}[ ]{number}|{number}[ ]{month}){year})"


@cache
def _placed() -> re.Pattern[str]:
    """Return a place in capitals alone before a dash."""
    return re.compile(rf"{_CAPITALS}{_REGION}{_BAR.replace('|:', '')}")
