"""Resolutions, conventions, agreements: named, and numbered where the text numbers them."""

import re
from collections.abc import Iterator
from functools import cache

from sayso.core.records import Law, LawKind
from sayso.core.spans import Span
from sayso.language.lexicon import values
from sayso.language.segments import Segments

# S/RES/822 (1993): the United Nations' own symbols, https://research.un.org/en/docs/symbols
_SERIES = {"security council": "S/RES/", "general assembly": "A/RES/"}
_RESOLUTIONS = re.compile(r"\bresolutions?\b", re.IGNORECASE)
# Whose resolutions they are: a body named before them, or by "of" and "by" after them.
_BODY = re.compile(
    r"\b(security council|general assembly|council|assembly|parliament|congress|senate|committee)\b",
    re.IGNORECASE,
)
_BODY_AFTER = re.compile(
    r"[^.;]{0,80}?\b(?:of|by|in) (?:the )?(?:(?:un|united nations) )?(security council|general assembly)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(r"[\s,;&()]*(?:\b(?:and|or|its|the|also|as well as|in|with)\b[\s,]*)*", re.IGNORECASE)
_ADOPTED_AFTER = re.compile(
    r"[\s,]*(?:(?:which|that|both|all|was|were) ){0,3}(?:adopted|passed)\b"
    r"[^.;()]{0,80}?\bin ((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_ADOPTED_BEFORE = re.compile(
    r"\b(?:adopted|passed) (?:by [^.;,()]{1,60} )?in ((?:19|20)\d\d),?(?: [\w’']+){0,5} $", re.IGNORECASE
)
_ADOPTED_REACH = 150  # code points before a resolution
_LONE_YEAR = re.compile(r"\(\s*(?:19|20)\d\d\s*\)")
_NAMED = re.compile(
    r"\b(?:(?:the )?(?:[A-Z][\w’'-]{1,40} ){0,6}(?:Geneva|Hague|Vienna) Conventions?(?: of \d{4})?"
    r"|(?:[A-Z][\w-]{1,40} ){1,6}(?:Convention|Treaty|Protocol|Charter|Covenant)(?: of [A-Z]\w+)?"
    r"|(?:the )?(?:\d{4} )?(?:ceasefire|cease-fire|peace|armistice|truce) (?:agreement|accord|deal|treaty)"
    r"|Article \d+(?:\(\d+\))?)"
)


def law_in(segments: Segments) -> tuple[Law, ...]:
    """Return the legal documents a text refers to, in order; each number of a list is one."""
    found = [law for sentence in segments.sentences for law in _in_sentence(segments.text, sentence.span)]
    return tuple(sorted(found, key=lambda law: law.span))


@cache
def _lists() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what finds one number, a list of them right after the word, and one in brackets."""
    table = values()
    counted = "|".join(sorted((*table.periods, *table.populations, "votes"), key=len, reverse=True))
    # 822, or 62/243 with its session; "the resolution 5 days later" has none.
    number = rf"\d{{1,4}}(?:/\d{{1,4}})?(?![\w/])(?!\s+(?:{counted})\b)"
    dated = rf"{number}(?:\s*\(\d{{4}}\))?"
    several = rf"{dated}(?:\s*(?:,\s*and|,|and|&)\s*{dated})"
    return (
        re.compile(rf"({number})(?:\s*\((\d{{4}})\))?", re.IGNORECASE),
        re.compile(rf"[\s(]*(?:Nos?\.?\s*)?{several}*", re.IGNORECASE),
        re.compile(rf"\(\s*{several}+\s*\)", re.IGNORECASE),
    )


def _in_sentence(text: str, sentence: Span) -> Iterator[Law]:
    for match in _NAMED.finditer(text, sentence.start, sentence.end):
        yield Law(span=Span(*match.span()), kind=_named_kind(match.group()), identifier=None)
    mentions = [Span(*match.span()) for match in _RESOLUTIONS.finditer(text, sentence.start, sentence.end)]
    read_to, series = sentence.start, ""
    for number, mention in enumerate(mentions):
        end = mentions[number + 1].start if number + 1 < len(mentions) else sentence.end
        listed = _list(text, mention.end, end)
        after = mention.end if listed is None else listed.end
        series = _series(
            text, Span(read_to, mention.end), Span(mention.end, max(end, mention.end + 1)), series
        )
        if listed is None:
            yield Law(span=mention, kind="resolution", identifier=None)
        else:
            year = _year(text, Span(read_to, mention.end), mention, listed)
            yield from _numbered(text, listed, series, year)
        read_to = after


def _list(text: str, start: int, end: int) -> Span | None:
    """Find the numbers of a mention: right after it, or several in brackets further on.

    A single number in brackets further on is somebody's age or a note as often.
    """
    _, adjacent, bracketed = _lists()
    if _LONE_YEAR.match(text, start + 1, end):
        return None
    found = adjacent.match(text, start, end) or bracketed.search(text, start, end)
    return Span(*found.span()) if found else None


def _numbered(text: str, listed: Span, series: str, year: str | None) -> Iterator[Law]:
    for number in _lists()[0].finditer(text, listed.start, listed.end):
        stated = number[2] or year
        identifier = f"{series}{number[1]}" + (f" ({stated})" if stated and "/" not in number[1] else "")
        yield Law(
            span=Span(*number.span(1)), kind="resolution", identifier=identifier if series else number[1]
        )


def _series(text: str, before: Span, after: Span, previous: str) -> str:
    """Return the series of the body whose resolution it is; "and resolution 853" keeps the body before."""
    following = _BODY_AFTER.match(text, after.start, after.end)
    if following is not None:
        return _SERIES[following[1].lower()]
    bodies = _BODY.findall(text, before.start, before.end)
    if bodies:
        return _SERIES.get(bodies[-1].lower(), "")
    joined = _ALSO.match(text, before.start, before.end)
    mention = _RESOLUTIONS.match(text, joined.end()) if joined is not None else None
    return previous if mention is not None else ""


def _year(text: str, before: Span, mention: Span, listed: Span) -> str | None:
    """Return the year in which all resolutions of a list were adopted, where the text says so."""
    start = max(before.start, mention.start - _ADOPTED_REACH)
    found = (
        _ADOPTED_AFTER.match(text, mention.end)
        or _ADOPTED_AFTER.match(text, listed.end)
        or _ADOPTED_BEFORE.search(text, start, mention.start)
    )
    return found[1] if found else None


def _named_kind(words: str) -> LawKind:
    lower = words.lower()
    if "convention" in lower or "protocol" in lower or "covenant" in lower:
        return "convention"
    if lower.startswith("article"):
        return "article"
    return "treaty" if "treaty" in lower or "charter" in lower else "agreement"
