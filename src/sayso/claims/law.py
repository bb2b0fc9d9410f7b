"""Resolutions, conventions, agreements, articles, cases: named, and numbered where the text numbers them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from sayso.core.records import Law, LawKind, Problem
from sayso.core.spans import Span
from sayso.language.lexicon.figures import number_words
from sayso.language.lexicon.statutes import statutes
from sayso.language.segments import Segments

_RESOLUTIONS = re.compile(r"\b(?:resolutions?|unscrs?|ungar)\b", re.IGNORECASE)
# The United Nations' own symbols, https://research.un.org/en/docs/symbols
_SYMBOL = re.compile(r"\b((?:S|A|A/HRC|E)/RES/\d{1,4}(?:/\d{1,4})?)(?:\s?\((\d{4}|[IVXL]{1,8})\))?(?![\w/])")
# Whose resolutions they are: a body named before them, or by "of" and "by" after them.
_BODY = re.compile(
    r"\b(security council|general assembly|human rights council|economic and social council|unscrs?|unsc"
    r"|ungar?|unhrc|ecosoc|council|assembly|parliament|congress|senate|house|committee)\b",
    re.IGNORECASE,
)
_BODY_AFTER = re.compile(
    r"[^.;]{0,80}?\b(?:of|by|in) (?:the )?(?:(?:un|united nations) )?"
    r"(security council|general assembly|human rights council|economic and social council|unsc|unga|unhrc"
    r"|ecosoc)\b",
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
_REACH = 150  # code points before a resolution in which its adoption and its count stand
_LONE_YEAR = re.compile(r"\(\s*(?:19|20)\d\d\s*\)")
_NOT_FOLLOWED = (
    r"(?![\w/])(?!\s?%)(?!\s+(?:days?|weeks?|months?|years?|hours?|minutes?|people|votes?|members)\b)"
)
# 822, or 62/243 with its session, or 3314 (XXIX) as the General Assembly wrote until 1976.
_NUMBER = rf"\d{{1,4}}(?:/\d{{1,4}})?{_NOT_FOLLOWED}"
_DATED = rf"{_NUMBER}(?:\s*\((?:\d{{4}}|[IVXL]{{1,8}})\))?"
_SEVERAL = rf"{_DATED}(?:\s*(?:,\s*and|,|and|&)\s*{_DATED})"
_ONE = re.compile(rf"({_NUMBER})(?:\s*\((\d{{4}}|[IVXL]{{1,8}})\))?")
_ADJACENT = re.compile(rf"[\s(]*(?:(?:Nos?\.?|numbers?)\s*)?{_SEVERAL}*", re.IGNORECASE)
_BRACKETED = re.compile(rf"\(\s*{_SEVERAL}+\s*\)", re.IGNORECASE)
_CAPITAL = r"[A-Z][\w’'-]{1,40}"
_DATE = r"(?: of (?:\d{1,2} )?(?:[A-Z][a-z]{2,8} )?(?:\d{1,2}, )?\d{4}| of \d{1,2} [A-Z][a-z]{2,8})?"
_NAMED = re.compile(
    rf"\b(?:(?:the )?(?:{_CAPITAL} ){{0,6}}(?:Geneva|Hague|Vienna) Conventions?(?: of \d{{4}})?"
    rf"|(?:{_CAPITAL} ){{1,6}}(?:Convention|Treaty|Protocol|Charter|Covenant|Statute)s?"
    r"(?: of [A-Z]\w+| [IVX]{1,3}\b)?"
    rf"|(?:the )?(?:(?:\d{{4}}|{_CAPITAL}|trilateral|bilateral|tripartite|joint) ){{0,3}}"
    r"(?:ceasefire|cease-fire|peace|armistice|truce|disengagement|de-escalation) "
    rf"(?:agreement|accord|deal|treaty|statement)s?\b{_DATE}"
    rf"|(?:the )?(?:{_CAPITAL} ){{1,4}}(?:Agreement|Accord|Accords|Memorandum|Final Act)\b{_DATE})"
)
_ARTICLES = re.compile(
    r"\b(?:[Cc]ommon )?(?:[Aa]rticles?|[Aa]rt\.|[Aa]rts\.) "
    r"(\d{1,4}(?:\(\d{1,3}\)|\.\d{1,3})?"
    r"(?:(?:, and |, | and | or )\d{1,4}(?:\(\d{1,3}\)|\.\d{1,3})?){0,12})(?![\w/])"
)
_ARTICLE = re.compile(r"\d{1,4}(?:\(\d{1,3}\)|\.\d{1,3})?")
_OF_TREATY = re.compile(r"(?:\s+of|\s+in|\s+under|,)\s+(?:the\s+)?(?:\d{4}\s+)?", re.IGNORECASE)
# "Orell v. Brenn"; "ICC-01/04-01/06", "IT-95-5/18-T", "application no. 40167/06", "Case No. 19-1392".
_VERSUS = re.compile(r" v\. (?=[A-Z])")
_NAME = rf"{_CAPITAL}(?: (?:of the |of |& )?{_CAPITAL}){{0,4}}(?: and Others)?"
_FIRST_PARTY, _SECOND_PARTY = re.compile(rf"\b{_NAME}$"), re.compile(_NAME)
_LONGEST_PARTY = 120  # code points
_NUMBERED_CASES = re.compile(
    r"\b(?P<court>(?:ICC|IT|ICTR|SCSL|STL|KSC)-\d{1,4}(?:[/-]\w{1,5}){1,5})"
    r"|\b(?:[Aa]pplications?|[Cc]ases?|[Dd]ocket) [Nn]os?\. ?(?P<number>\d{1,6}+(?:[/-]\d{1,6}+){0,2}+)"
    rf"{_NOT_FOLLOWED}"
)
_MOST_COUNTED = 20


def law_in(segments: Segments) -> tuple[Law | Problem, ...]:
    """Return the legal documents a text refers to, in order; each number of a list is one.

    A stated count or year that disagrees with what it counts or dates is a Problem beside them.
    """
    text = segments.text
    found: list[Law | Problem] = []
    for sentence in segments.sentences:
        found.extend(_in_sentence(text, sentence.span))
    found.extend(_cases(text))
    found = _known_again(_apart(found))
    return tuple(sorted(found, key=_place))


def _cases(text: str) -> Iterator[Law]:
    """Yield court cases; the stop in "v." may end a sentence for others."""
    for match in _NUMBERED_CASES.finditer(text):
        yield Law(span=Span(*match.span()), kind="case", identifier=match["court"] or match["number"])
    for match in _VERSUS.finditer(text):
        first = _FIRST_PARTY.search(text, max(0, match.start() - _LONGEST_PARTY), match.start())
        second = _SECOND_PARTY.match(text, match.end())
        if first is not None and second is not None:
            yield Law(span=Span(first.start(), second.end()), kind="case", identifier=None)


def _place(one: Law | Problem) -> tuple[int, int]:
    return (0, 0) if one.span is None else (one.span.start, one.span.end)


def _apart(found: Sequence[Law | Problem]) -> list[Law | Problem]:
    """Return what is found once: of two that overlap the longer, as "Geneva Convention" in its full name."""
    kept: list[Law | Problem] = [one for one in found if isinstance(one, Problem)]
    end = 0
    for one in sorted(
        (one for one in found if isinstance(one, Law)), key=lambda law: (law.span.start, -law.span.end)
    ):
        if one.span.start >= end:
            kept.append(one)
            end = one.span.end
    return kept


def _known_again(found: Sequence[Law | Problem]) -> list[Law | Problem]:
    """Give a number without its body the one document of that number which the text names elsewhere."""
    known: dict[str, set[str]] = {}
    for one in found:
        if isinstance(one, Law) and one.kind == "resolution" and one.identifier and "RES/" in one.identifier:
            number = one.identifier.partition("RES/")[2].partition(" ")[0]
            known.setdefault(number, set()).add(one.identifier)
    return [
        msgspec.structs.replace(one, identifier=next(iter(known[one.identifier])))
        if isinstance(one, Law) and one.identifier in known and len(known[one.identifier]) == 1
        else one
        for one in found
    ]


def _in_sentence(text: str, sentence: Span) -> Iterator[Law | Problem]:
    start, end = sentence.start, sentence.end
    yield from _named(text, sentence)
    for match in _SYMBOL.finditer(text, start, end):
        year = match[2] or _year_by_number(match[1])
        yield Law(
            span=Span(*match.span()), kind="resolution", identifier=match[1] + (f" ({year})" if year else "")
        )
    yield from _resolutions(text, sentence)


def _resolutions(text: str, sentence: Span) -> Iterator[Law | Problem]:
    mentions = [Span(*match.span()) for match in _RESOLUTIONS.finditer(text, sentence.start, sentence.end)]
    read_to, series = sentence.start, ""
    for number, mention in enumerate(mentions):
        if mention.start < read_to:
            continue
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
            found = list(_numbered(text, listed, series, year))
            yield from found
            yield from _counted_wrong(
                text, read_to, mention, listed, sum(isinstance(one, Law) for one in found)
            )
        read_to = after


def _list(text: str, start: int, end: int) -> Span | None:
    """Find the numbers of a mention: right after it, or several in brackets further on.

    A single number in brackets further on is somebody's age or a note as often.
    """
    if _LONE_YEAR.match(text, start + 1, end):
        return None
    found = _ADJACENT.match(text, start, end) or _BRACKETED.search(text, start, end)
    return Span(*found.span()) if found else None


def _numbered(text: str, listed: Span, series: str, year: str | None) -> Iterator[Law | Problem]:
    for number in _ONE.finditer(text, listed.start, listed.end):
        stated, span = number[2] or year, Span(*number.span(1))
        if not series:
            yield Law(span=span, kind="resolution", identifier=number[1])
            continue
        symbol = f"{series}{number[1]}"
        known = _year_by_number(symbol)
        dated = stated or known
        identifier = symbol + (f" ({dated})" if dated and "/" not in number[1] else "")
        yield Law(span=span, kind="resolution", identifier=identifier)
        if known and number[2] and number[2].isdigit() and number[2] != known:
            yield Problem(
                code="year-disagrees",
                message=f"{symbol} was adopted in {known}, not in {number[2]}",
                stage="law",
                span=span,
                hint="the text's year is kept; check the source",
            )


def _year_by_number(symbol: str) -> str | None:
    prefix, _, number = symbol.rpartition("/")
    if prefix != "S/RES" or not number.isdigit():
        return None
    year = statutes().year_of(int(number))
    return None if year is None else str(year)


def _counted_wrong(text: str, read_to: int, mention: Span, listed: Span, many: int) -> Iterator[Problem]:
    """Yield a Problem where "four resolutions" are followed by three numbers."""
    if not text[mention.start : mention.end].lower().endswith("s"):
        return
    stated = _count().search(text, max(read_to, mention.start - _REACH), mention.start)
    if stated is None:
        return
    word = stated["count"].lower()
    count = int(word) if word.isdigit() else number_words().ones.get(word)
    if count is None or not 1 < count <= _MOST_COUNTED or count == many:
        return
    yield Problem(
        code="count-disagrees",
        message=f"the text counts {count} resolutions and numbers {many}",
        stage="law",
        span=Span(stated.start("count"), listed.end),
        hint="every number is kept; check the source",
    )


@cache
def _count() -> re.Pattern[str]:
    """Return what finds a count a few words before its noun: "the four Security Council " resolutions."""
    words = "|".join(number_words().ones)
    return re.compile(rf"\b(?P<count>\d{{1,2}}|{words})\s+(?:[\w’'.-]{{1,30}}\s+){{0,5}}$", re.IGNORECASE)


def _series(text: str, before: Span, after: Span, previous: str) -> str:
    """Return the series of the body whose resolution it is; "and resolution 853" keeps the body before."""
    following = _BODY_AFTER.match(text, after.start, after.end)
    if following is not None:
        return statutes().series[following[1].lower()]
    bodies = _BODY.findall(text, before.start, before.end)
    if bodies:
        return statutes().series.get(bodies[-1].lower(), "")
    joined = _ALSO.match(text, before.start, before.end)
    mention = _RESOLUTIONS.match(text, joined.end()) if joined is not None else None
    return previous if mention is not None else ""


def _year(text: str, before: Span, mention: Span, listed: Span) -> str | None:
    """Return the year in which all resolutions of a list were adopted, where the text says so."""
    start = max(before.start, mention.start - _REACH)
    found = (
        _ADOPTED_AFTER.match(text, mention.end)
        or _ADOPTED_AFTER.match(text, listed.end)
        or _ADOPTED_BEFORE.search(text, start, mention.start)
    )
    return found[1] if found else None


# -- what has a name


@cache
def _treaties() -> re.Pattern[str]:
    """Return what finds the treaties of the table, longest first."""
    names = sorted(statutes().treaties, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)


# "Additional Protocol II" is another one where it belongs to another treaty than the Geneva Conventions.
_ANOTHER = re.compile(
    r"\s+(?:of|to)\s+the\s+(?!(?:[\w’'-]{1,40}\s+){0,3}Geneva\s+Convention)(?:[\w’'-]{1,40}\s+){0,4}?"
    r"(?:Treaty|Conventions?|Covenant|Charter|Pact|Agreement|Accords?|Statute)\b"
)


def _identified(treaty: re.Match[str], text: str) -> str | None:
    """Return the volume and page of a treaty of the table, unless the text makes it part of another one."""
    another = _ANOTHER.match(text, treaty.end()) is not None
    return None if another else statutes().treaties[treaty[0].lower()][1]


_SIGNS = re.compile(
    r"onvention|reat(?:y|ies)|rotocol|harter|ovenant|tatute|ccord|greement|emorandum|inal Act|statement"
    r"|deal\b"
)


def _named(text: str, sentence: Span) -> Iterator[Law]:
    start, end = sentence.start, sentence.end
    if _SIGNS.search(text, start, end):
        known = list(_treaties().finditer(text, start, end))
        begins = [match.start() for match in known]
        for match in known:
            kind, _ = statutes().treaties[match[0].lower()]
            yield Law(span=Span(*match.span()), kind=kind, identifier=_identified(match, text))
        for match in _NAMED.finditer(text, start, end):
            near = known[max(0, bisect_left(begins, match.start()) - 1) : bisect_left(begins, match.end())]
            if not any(match.start() < one.end() for one in near):
                yield Law(span=Span(*match.span()), kind=_named_kind(match.group()), identifier=None)
    if text.find("rt", start, end) < 0:
        return
    for match in _ARTICLES.finditer(text, start, end):
        yield from _articles(text, match, end)


def _articles(text: str, match: re.Match[str], end: int) -> Iterator[Law]:
    """Yield each article of a list, numbered within its treaty where the text names a known one."""
    of = _OF_TREATY.match(text, match.end(), end)
    treaty = None if of is None else _treaties().match(text, of.end(), end)
    whole = None if treaty is None else _identified(treaty, text)
    numbers = list(_ARTICLE.finditer(text, match.start(1), match.end(1)))
    for at, number in enumerate(numbers):
        begin = match.start() if at == 0 else number.start()
        identifier = None if whole is None else f"{whole}, art. {number[0]}"
        yield Law(span=Span(begin, number.end()), kind="article", identifier=identifier)


def _named_kind(words: str) -> LawKind:
    lower = words.lower()
    if "convention" in lower or "protocol" in lower or "covenant" in lower:
        return "convention"
    return "treaty" if any(word in lower for word in ("treaty", "charter", "statute")) else "agreement"
