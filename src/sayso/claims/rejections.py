"""Rejections that point back, and headlines that name their source last, which a finder reads in part.

"The ministry denied this.", "…, something that the army denies", "…, a claim the mayor dismissed", and
"Twelve shot near Halm - officials". Each form is read from the words around one verb or mark.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from sayso.claims.atoms import either
from sayso.core.ports import Found
from sayso.core.spans import Span, Spans, hull, trimmed
from sayso.language.lexicon import cues, grammar, names
from sayso.language.segments import Segments

_BACK = re.compile(
    r"\s+(?P<what>(?:this|it|these|those|them|both)(?=\s*(?:[.;,!?]|\Z|\b(?:as\s+well|too|on|in|at|outright|again)\b))"
    r"|that(?=\s*(?:[.;,!?]|\Z|\b(?:as\s+well|too|outright)\b)))"
)
_NOUNS = (
    "(?:claim|charge|allegation|accusation|report|figure|statement|assertion|account|version|suggestion|"
    "number)"
)
_APPOSED = re.compile(
    rf",\s+(?P<what>something|an?\s+(?:[a-z]+\s+){{0,2}}{_NOUNS})\s+(?:(?:that|which)\s+)?"
    r"(?P<who>[^,;.:“”\"()]{2,80}?)(?:\s+(?:[a-z]+ly|has|have|had|also|since|later))*\s+\Z"
)
_CLOSING = re.compile(r"\s*(?:[.;,!?]|\Z|\b(?:on|in|at|as|again|outright)\b)")
_ADDS_NOTHING = frozenset(
    {"this", "that", "it", "these", "those", "them", "both", "as", "well", "too", "again"}
)
# Behind which a clause, and so its subject, begins.
_OPENS = frozenset(
    {",", ";", ":", "and", "but", "while", "whereas", "although", "though", "”", '"', "—", "–", "that"}
)
_REACH = 140  # characters before a verb
_LONGEST_SOURCE = 10  # words
_LONGEST_CLAUSE = 400  # characters; a longer sentence is a text without full stops
_NEAR = 4  # attributions before one
_EDGES = " \t\r\n,;"
_SIGNED = re.compile(r"\s+[–—-]\s+(?P<after>[^–—:.,;!?]{2,40})\Z|:\s+(?P<behind>[^–—:.,;!?]{2,40})\Z")
_LONGEST_HEADLINE = 200  # characters
_FEWEST = 3  # words of a headline's content
_MOST_SIGNING = 4  # words: "Sulmar army officials"


def with_rejections(found: Sequence[Found], segments: Segments) -> list[Found]:
    """Return attributions, in order of cues, with those that point back and those that headlines sign."""
    made = [*found, *_signed(found, segments)]
    ordered = sorted(made, key=lambda one: (one.cue or one.content or one.source)[0])
    starts = [(one.cue or one.content or one.source)[0].start for one in ordered]
    changed: dict[int, Found] = {}
    more: list[Found] = []
    for verb in _rejecting().finditer(segments.text):
        cue = Span(*verb.span())
        quotation = segments.quotation_at(cue.start)
        if quotation is not None and len(quotation.inner) > 1:
            continue
        at = bisect_right(starts, cue.start) - 1
        near = range(max(0, at - _NEAR), min(len(ordered), at + 2))
        known = next((n for n in near if any(span.overlaps(cue) for span in ordered[n].cue)), None)
        one = None if known is None else ordered[known]
        back = _pointing_back(cue, one, segments)
        if back is None:
            apposed = _apposed(cue, segments)
            if apposed is None:
                continue
            comma, source = apposed
            before = [n for n in near if n != known and ordered[n].cue and ordered[n].cue[0].end <= comma]
            for n in before:
                changed[n] = _cut(changed.get(n, ordered[n]), comma, cue.end, segments.text)
            content = _rejected([changed[n] for n in before], comma, segments)
            if not content:
                continue
            back = Found(content=content, cue=(cue,), source=(source,))
        if known is None:
            more.append(back)
        else:
            changed[known] = back
    return sorted(
        (*(changed.get(n, one) for n, one in enumerate(ordered)), *more),
        key=lambda one: (one.cue or one.content or one.source)[0],
    )


@cache
def _rejecting() -> re.Pattern[str]:
    verbs = (word for word, verb in cues().verbs.items() if verb.act == "deny" and verb.form != "ing")
    return re.compile(rf"\b{either(verbs)}\b")


def _pointing_back(cue: Span, known: Found | None, segments: Segments) -> Found | None:
    """Read "[The ministry] [denied] [this]"; None where the verb has another object."""
    found = _BACK.match(segments.text, cue.end)
    if found is None:
        return None
    content = (Span(*found.span("what")),)
    if known is not None and known.source:
        # What a finder has read as more than the pronoun is more.
        words = {token.lower for span in known.content for token in segments.tokens_in(span)}
        return None if words - _ADDS_NOTHING else msgspec.structs.replace(known, content=content)
    source = subject_before(cue, segments)
    return None if source is None else Found(content=content, cue=(cue,), source=(source,))


def subject_before(cue: Span, segments: Segments) -> Span | None:
    """Return what stands before a verb up to the beginning of its clause, where that is a short phrase."""
    sentence = segments.sentences[segments.sentence_at(cue.start)].span
    begin = max(sentence.start, cue.start - _REACH)
    tokens = segments.tokens_in(Span(begin, cue.start)) if begin < cue.start else ()
    end = len(tokens)
    while end and (tokens[end - 1].lower in grammar().auxiliaries or tokens[end - 1].lower.endswith("ly")):
        end -= 1
    start = end
    while start and end - start < _LONGEST_SOURCE and tokens[start - 1].lower not in _OPENS:
        start -= 1
    clause = start == 0 or tokens[start - 1].lower in _OPENS
    if start == end or not clause or tokens[start].lower in grammar().when_where:
        return None
    words = {token.lower for token in tokens[start:end]}
    if words & (grammar().finite_auxiliaries | {"to", "not", "you"}) or sentence.of(segments.text)[-1] == "?":
        return None
    return Span(tokens[start].start, tokens[end - 1].end)


def _apposed(cue: Span, segments: Segments) -> tuple[int, Span] | None:
    """Read ", something that [the army] denied": return where the comma stands, and who denied it."""
    text = segments.text
    sentence = segments.sentences[segments.sentence_at(cue.start)].span
    begin = max(sentence.start, cue.start - _REACH)
    found = _APPOSED.search(text[begin : cue.start])
    if found is None or _CLOSING.match(text, cue.end) is None:
        return None
    source = trimmed(Span(begin + found.start("who"), begin + found.end("who")), text)
    return None if source is None else (begin + found.start(), source)


def _cut(one: Found, comma: int, until: int, text: str) -> Found:
    """Leave what stands from a comma to the end of a clause out of a content."""
    pieces: list[Span] = []
    for span in one.content:
        if span.end <= comma or span.start >= until:
            pieces.append(span)
        elif (
            span.start < comma and (bare := trimmed(Span(span.start, comma), text, edges=_EDGES)) is not None
        ):
            pieces.append(bare)
    return msgspec.structs.replace(one, content=tuple(pieces) or one.content)


def _rejected(before: Sequence[Found], comma: int, segments: Segments) -> Spans:
    """Return what is rejected: the content that ends at the comma, else the clause before it."""
    for one in reversed(before):
        if one.content and comma - len(_EDGES) <= one.content[-1].end <= comma:
            return one.content
    sentence = segments.sentences[segments.sentence_at(comma)].span
    clause = trimmed(Span(sentence.start, max(comma, sentence.start + 1)), segments.text, edges=_EDGES)
    return () if clause is None or len(clause) > _LONGEST_CLAUSE else (clause,)


def _signed(found: Sequence[Found], segments: Segments) -> Iterator[Found]:
    """Yield what headlines sign, "[Twelve shot near Halm] - [officials]", where nobody else is cited."""
    said = sorted(hull((*one.cue, *one.source, *one.content)).start for one in found)
    for paragraph in segments.paragraphs:
        if len(paragraph) > _LONGEST_HEADLINE or segments.text[paragraph.end - 1] in '.!?”":':
            continue
        mark = _SIGNED.search(segments.text, paragraph.start, paragraph.end)
        if (
            mark is None
            or mark.start() == paragraph.start
            or bisect_left(said, paragraph.start) != bisect_left(said, paragraph.end)
        ):
            continue
        who = "after" if mark["after"] else "behind"
        content = trimmed(Span(paragraph.start, mark.start()), segments.text)
        words = mark[who].split()
        if content is None or len(content.of(segments.text).split()) < _FEWEST or len(words) > _MOST_SIGNING:
            continue
        if _speaks(words[-1].lower()):
            sign = trimmed(Span(mark.start(), mark.start(who)), segments.text)
            if sign is not None:
                yield Found(content=(content,), cue=(sign,), source=(Span(*mark.span(who)),))


def _speaks(word: str) -> bool:
    """Whether a word in lower case means people or a body who can say something."""
    table = names()
    known = (
        table.role
        | table.individuals
        | table.armed_force
        | table.body_nouns
        | table.collectives
        | table.papers
    )
    return word in known or word in table.organisation or word.removesuffix("s") in known
