"""Resolutions, conventions, agreements: named, and numbered where the text numbers them."""

import re
from collections.abc import Iterator

from sayso.core.records import Law, LawKind
from sayso.core.spans import Span
from sayso.language.segments import Segments

# S/RES/822 (1993): the United Nations' own symbols, https://research.un.org/en/docs/symbols
_SERIES = (("security council", "S/RES/"), ("general assembly", "A/RES/"))
_RESOLUTIONS = re.compile(r"\bresolutions?\b", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<![\d/.-])(\d{1,4})(?:\s*\((\d{4})\))?(?=\s*(?:,|and\b|&|\)|;|\.|of\b|on\b|$|\s))")
_LIST_AFTER = re.compile(
    r"[\s(]*(?:Nos?\.?\s*)?\d{1,4}(?:\s*\(\d{4}\))?(?:\s*(?:,\s*and|,|and|&)\s*\d{1,4}(?:\s*\(\d{4}\))?)*"
)
_IN_BRACKETS = re.compile(r"\(\s*\d{1,4}(?:\s*(?:,\s*and|,|and|&)\s*\d{1,4})*\s*\)")
_YEAR = re.compile(r"\bin ((?:19|20)\d\d)\b")
_NAMED = re.compile(
    r"\b(?:(?:the )?(?:[A-Z][\w’'-]+ ){0,6}(?:Geneva|Hague|Vienna) Conventions?(?: of \d{4})?"
    r"|(?:[A-Z][\w-]+ ){1,6}(?:Convention|Treaty|Protocol|Charter|Covenant)(?: of [A-Z]\w+)?"
    r"|(?:the )?(?:\d{4} )?(?:ceasefire|cease-fire|peace|armistice|truce) (?:agreement|accord|deal|treaty)"
    r"|Article \d+(?:\(\d+\))?)"
)
_YEARS = range(1900, 2100)


def law_in(segments: Segments) -> tuple[Law, ...]:
    """Return the legal documents a text refers to, in order; each number of a list is one."""
    found = [law for sentence in segments.sentences for law in _in_sentence(segments.text, sentence.span)]
    return tuple(sorted(found, key=lambda law: law.span))


def _in_sentence(text: str, sentence: Span) -> Iterator[Law]:
    for match in _NAMED.finditer(text, sentence.start, sentence.end):
        words = match.group()
        yield Law(span=Span(*match.span()), kind=_named_kind(words), identifier=None)
    first = _RESOLUTIONS.search(text, sentence.start, sentence.end)
    if first is None:
        return
    series = _series(sentence.of(text).lower())
    year = _YEAR.search(text, first.end(), sentence.end)
    lists = _LIST_AFTER.match(text, first.end(), sentence.end) or _IN_BRACKETS.search(
        text, first.end(), sentence.end
    )
    if lists is None or not any(c.isdigit() for c in lists.group()):
        yield Law(span=Span(*first.span()), kind="resolution", identifier=None)
        return
    for number in _NUMBERS.finditer(text, lists.start(), lists.end() + 1):
        if number.end(1) > lists.end() or (int(number[1]) in _YEARS and number[2] is None and series):
            continue
        stated = number[2] or (year[1] if year else None)
        identifier = f"{series}{number[1]}" + (f" ({stated})" if stated else "")
        yield Law(
            span=Span(*number.span(1)), kind="resolution", identifier=identifier if series else number[1]
        )


def _series(sentence: str) -> str:
    return next((series for body, series in _SERIES if body in sentence), "")


def _named_kind(words: str) -> LawKind:
    lower = words.lower()
    if "convention" in lower or "protocol" in lower or "covenant" in lower:
        return "convention"
    if lower.startswith("article"):
        return "article"
    return "treaty" if "treaty" in lower or "charter" in lower else "agreement"
