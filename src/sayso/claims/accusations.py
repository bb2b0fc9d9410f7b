"""Accusations in the passive: "the army, accused by X of Y, …", "X was blamed for Y", "Accused of Y, X …".

The subject is who is accused, and never who accuses; the accuser stands behind "by", or nowhere. Each form is
read from the words around one verb, as far as a fixed number of words, so that a text takes linear time.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from sayso.claims.atoms import either
from sayso.claims.embedded import is_finite
from sayso.core.ports import Found
from sayso.core.records import Attribution
from sayso.core.spans import Span, Spans, hull
from sayso.language.lexicon import acts, cues, grammar, names
from sayso.language.lexicon.calendar import calendar
from sayso.language.segments import Segments, Token

_OF = frozenset({"of", "for"})
_INSIDE_NAMES = frozenset({"of", "in", "at", "on", "near", "from", "for"})
_STOPS = frozenset({",", ";", ":", "(", ")", "—", "–", "“", "”", '"'})
_ENDS = frozenset({".", "?", "!"})  # at the end of a sentence: within one they abbreviate
_CLOSED = 2  # tokens behind which a sentence has ended: a full stop and a quotation mark
_OF_SOMETHING = "accused"
_RELATIVE = frozenset({"who", "which", "that"})
_ARTICLES = frozenset({"the", "a", "an", "every", "each", "some", "any", "all", "two", "three", "several"})
_TAKE_ARTICLES = _INSIDE_NAMES | {
    "by",
    "to",
    "with",
    "and",
    "or",
    "than",
    "less",
    "such",
    "half",
    "not",
    "other",
}
_JOINED = frozenset(
    {"and", "but", "while", "whereas", "although", "though", "that", "when", "after", "where"}
)
_LONGEST_NAMED = 10  # words of who accuses or is accused
_LONGEST_DEED = 40  # words
_REACH = 400  # characters on either side of a verb
_OF_NONE = 16  # characters before a noun in which "none of" stands
_PART = re.compile(r"(\w+)\s+of\s+\Z")
_BEHIND = 8  # characters behind a verb in which "of" or "by" stands
# Adverbs before the verb that end in no -ly.
_OFTEN = frozenset(
    {
        "also",
        "since",
        "then",
        "long",
        "often",
        "now",
        "already",
        "still",
        "once",
        "twice",
        "again",
        "later",
        "always",
    }
)
# "Hardly anyone", "few officers"; "almost nobody" is as much as nobody.
_SCARCELY = frozenset({"hardly", "scarcely", "barely", "few"})
_NEARLY = frozenset({"almost", "nearly", "virtually", "practically"})
# "No fewer than twelve officers", "no less a figure than", "none other than": somebody after all.
_NO_FEWER = frozenset({"fewer", "less", "more", "other"})
# What stands behind "by" and accuses nobody. Towns and provinces may: their authorities do.
_NATURAL = frozenset(
    {"river", "mountain", "mountains", "lake", "sea", "bay", "bridge", "dam", "pass", "square", "street",
     "road", "border", "highway", "hills", "plateau"}
)  # fmt: skip
_BY_WHICH = frozenset(
    {"deadline", "mistake", "accident", "mile", "miles", "margin", "name", "law", "vote", "phone",
     "telephone", "email", "letter", "post", "end", "start", "beginning", "time"}
)  # fmt: skip
_MOST_BEFORE = 5  # auxiliaries and adverbs: "has since been repeatedly accused"


class Accusation(msgspec.Struct, frozen=True, kw_only=True):
    """Who is accused of what, and by whom, in the passive."""

    accused: Span
    cue: Span
    deed: Span  # with its "of" or "for"
    accuser: Span | None
    aside: Span | None  # of a participle set off from its clause: all that the clause does without


def with_accusations(found: Sequence[Found], segments: Segments) -> list[Found]:
    """Return attributions, in order of cues, with passive accusations for what a finder reads there."""
    read = list(accusations_in(segments.text, segments))
    by_cue = sorted((cue.start, cue.end, at) for at, one in enumerate(found) for cue in one.cue)
    # "No one was accused" brings no accusation, whatever a finder reads in it.
    nobodys = [one for one in read if _is_nobody(one.accused, segments)]
    made = [
        one
        for one in read
        if not _is_nobody(one.accused, segments)
        and not any(_is_whole(found[at], one) for at in _near(by_cue, one.cue))
    ]
    if not made and not nobodys:
        return list(found)
    replaced = {at for one in (*made, *nobodys) for at in _near(by_cue, one.cue)}
    kept = [one for at, one in enumerate(found) if at not in replaced]
    passive = (
        Found(
            content=tuple(sorted((one.accused, one.deed))),
            cue=(one.cue,),
            source=() if one.accuser is None else (one.accuser,),
        )
        for one in made
    )
    return sorted((*kept, *passive), key=lambda one: (one.cue or one.content or one.source)[0])


def _near(by_cue: Sequence[tuple[int, int, int]], cue: Span) -> Iterator[int]:
    """Yield which attributions have a cue that overlaps one, of cues in text order that hold no other."""
    at = max(0, bisect_left(by_cue, (cue.start,)) - 1)
    while at < len(by_cue) and by_cue[at][0] < cue.end:
        if by_cue[at][1] > cue.start:
            yield by_cue[at][2]
        at += 1


def _is_whole(found: Found, passive: Accusation) -> bool:
    """Whether a finder has read a finite passive by itself: who is accused, of what, and by whom."""
    if passive.aside is not None or not found.content or not found.cue:
        return False
    before = all(
        any(piece.overlaps(part) for piece in found.content) for part in (passive.accused, passive.deed)
    )
    accuser = passive.accuser
    named = not found.source if accuser is None else any(who.overlaps(accuser) for who in found.source)
    return before and named


def accusations_in(text: str, segments: Segments, within: Span | None = None) -> Iterator[Accusation]:
    """Yield the passive accusations of a text, or of one part of it, in text order."""
    part = Span(0, len(text)) if within is None and text else within
    if part is None:
        return
    for verb in _accused().finditer(text, part.start, part.end):
        made = _read(Span(*verb.span()), segments)
        if made is not None:
            yield made


@cache
def _accused() -> re.Pattern[str]:
    verbs = [word for word, verb in cues().verbs.items() if verb.act == "accuse" and verb.form == "past"]
    others = either(word for word in verbs if word != _OF_SOMETHING)
    # Somebody is accused of a deed, and blamed or condemned for it.
    return re.compile(rf"\b(?i:{_OF_SOMETHING}\b(?=\s+(?:by|of)\b)|{others}\b(?=\s+(?:by|for)\b))")


def _read(verb: Span, segments: Segments) -> Accusation | None:
    sentence = segments.sentences[segments.sentence_at(verb.start)].span
    low, high = max(sentence.start, verb.start - _REACH), min(sentence.end, verb.end + _REACH)
    before = segments.tokens_in(Span(low, verb.start)) if low < verb.start else ()
    after = [token for token in segments.tokens_in(Span(verb.start, high)) if token.start >= verb.end]
    of = "of" if verb.of(segments.text).lower() == _OF_SOMETHING else "for"
    told = _told(after, of, segments)
    if told is None:
        return None
    accuser, deed, end = told
    at = len(before)
    while at and len(before) - at < _MOST_BEFORE and _is_passing(before[:at], segments):
        at -= 1
    plain = {token.lower for token in before[at:]}
    # "Is to be accused": nobody has yet.
    if not acts().negations.isdisjoint(plain) or (at and before[at - 1].lower == "to"):
        return None
    cue = Span(before[at].start if at < len(before) else verb.start, verb.end)
    closed = end < len(after) and after[end].lower == ","
    aside = None
    if not grammar().be.isdisjoint(plain):
        accused = _subject(before[:at], segments)
    elif not grammar().auxiliaries.isdisjoint(plain):
        return None  # "whom she has accused of lying" is no passive
    elif not at and closed and low == sentence.start:
        accused = _behind(after[end + 1 :], segments)
        aside = Span(cue.start, after[end].end)
    elif at and before[at - 1].lower == ",":
        accused = _noun_phrase(before[: at - 1], segments)
        aside = Span(before[at - 1].start, after[end].end if closed else after[end - 1].end)
    else:
        # "Soldiers accused of torture were released": the clause goes on where the deed ends. "To extradite
        # people accused of crimes" accuses nobody: it tells of whoever will be.
        accused = _noun_phrase(before[:at], segments)
        if accused is not None and any(token.lower == "to" for token in segments.tokens_in(accused)):
            return None
        accuser, deed = _within_subject(accuser, deed, after, segments)
        aside = Span(cue.start, deed.end if accuser is None else max(deed.end, accuser.end))
    if accused is None:
        return None
    return Accusation(accused=accused, cue=cue, deed=deed, accuser=accuser, aside=aside)


def _is_passing(before: Sequence[Token], segments: Segments) -> bool:
    """Whether the last of some words belongs to the verb behind them; "Italy" and "the family" do not."""
    token = before[-1]
    if token.lower in grammar().auxiliaries | grammar().be | acts().negations | _OFTEN:
        return True
    named = segments.text[token.start].isupper() or (
        len(before) > 1 and before[-2].lower in grammar().determiners
    )
    return token.lower.endswith("ly") and not named


def _within_subject(
    accuser: Span | None, deed: Span, after: Sequence[Token], segments: Segments
) -> tuple[Span | None, Span]:
    """Cut what is told of the subject of a clause off before the clause's own verb."""
    own = [token for token in after if deed.start <= token.start < deed.end]
    ends = (at for at in range(2, len(own)) if is_finite(own[at], segments) and not _described(own, at))
    end = next(ends, None)
    if end is None:
        return accuser, deed
    return (accuser if accuser is None or accuser.end <= own[end].start else None), Span(
        deed.start, own[end - 1].end
    )


def _described(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at - 1].lower in grammar().determiners


def _subject(before: Sequence[Token], segments: Segments) -> Span | None:
    """Return who is accused in "[X] was accused" and "[X], which was accused"."""
    if before and before[-1].lower in _RELATIVE:
        before = before[:-1]
        if before and before[-1].lower == ",":
            before = before[:-1]
    return _noun_phrase(before, segments)


def _told(after: Sequence[Token], of: str, segments: Segments) -> tuple[Span | None, Span, int] | None:
    """Return who accuses, of what, and the index of the token behind both."""
    near = after[:_LONGEST_DEED]
    end = next((at for at in range(len(near)) if _stops(after, at)), len(near))
    if end < 2:  # noqa: PLR2004 - "of" and a word
        return None
    if after[0].lower == "by":
        reach = range(2, min(end - 1, _LONGEST_NAMED))
        at = next((at for at in reach if after[at].lower == of and not _names(after, at, segments)), None)
        if at is None:
            return None
        deed = Span(after[at].start, after[end - 1].end)
        return (
            (Span(after[1].start, after[at - 1].end) if _can_accuse(after[1:at], segments.text) else None),
            deed,
            end,
        )
    by = next((at for at in range(2, end - 1) if _names_accuser(after, at, end, segments)), None)
    if by is None:
        return None, Span(after[0].start, after[end - 1].end), end
    return Span(after[by + 1].start, after[end - 1].end), Span(after[0].start, after[by - 1].end), end


def _stops(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].lower in _STOPS or (tokens[at].lower in _ENDS and len(tokens) - at <= _CLOSED)


def _names(after: Sequence[Token], at: int, segments: Segments) -> bool:
    """Whether an "of" goes on a name before the deed's own: "by the Ministry [of] Defence of torture"."""
    if all(token.lower not in _OF for token in after[at + 1 : _LONGEST_NAMED]):
        return False
    if after[at - 1].lower in names().public_bodies | names().organisation | names().armed_force:
        return True
    behind = after[at + 2] if after[at + 1].lower == "the" and at + 2 < len(after) else after[at + 1]
    return segments.text[behind.start].isupper()


def _names_accuser(after: Sequence[Token], at: int, end: int, segments: Segments) -> bool:
    """Whether a "by" names somebody to the end: not "of lying by leaving out figures", "by night"."""
    if after[at].lower != "by" or end - at - 1 > _LONGEST_NAMED or after[at + 1].lower.endswith("ing"):
        return False
    named = segments.text[after[at + 1].start].isupper() or after[at + 1].lower in grammar().determiners
    return (named or after[end - 1].lower.endswith("s")) and _can_accuse(after[at + 1 : end], segments.text)


def _can_accuse(tokens: Sequence[Token], text: str) -> bool:
    """Whether some words behind "by" may be somebody: no river, no Monday, no mistake."""
    end = next((at for at, token in enumerate(tokens) if at and token.lower in _INSIDE_NAMES), len(tokens))
    head = tokens[end - 1]
    if head.lower in _days():
        return False
    # "By the Post", "by Lake": a name, and whatever else its word means.
    return head.lower not in _NATURAL | _BY_WHICH or text[head.start].isupper()


@cache
def _days() -> frozenset[str]:
    days = calendar()
    return frozenset(word.lower() for words in (days.weekdays, days.all_months, days.units) for word in words)


def _noun_phrase(tokens: Sequence[Token], segments: Segments) -> Span | None:
    """Return the words at the end of some that are one phrase: behind a mark, a joint or a finite verb."""
    start = len(tokens)
    while start and len(tokens) - start <= _LONGEST_NAMED:
        token = tokens[start - 1]
        described = start > 1 and tokens[start - 2].lower in grammar().determiners
        if token.lower in _STOPS | _JOINED or (is_finite(token, segments) and not described):
            break
        start -= 1
    if not 0 < len(tokens) - start <= _LONGEST_NAMED or tokens[start].lower in _RELATIVE | {"whom"}:
        return None
    # "Will try [every soldier]", "met [the army]": what stands before an article is no part of the phrase,
    # but for "the head of the army", "all the soldiers" and "no less a figure than the minister".
    own = (
        at
        for at in range(len(tokens) - 1, start, -1)
        if tokens[at].lower in _ARTICLES and tokens[at - 1].lower not in _ARTICLES | _TAKE_ARTICLES
    )
    return Span(tokens[next(own, start)].start, tokens[-1].end)


def _behind(tokens: Sequence[Token], segments: Segments) -> Span | None:
    """Return the subject of the clause behind "Accused of torture,", up to its finite verb."""
    for at, token in enumerate(tokens[: _LONGEST_NAMED + 1]):
        if at and is_finite(token, segments) and tokens[at - 1].lower not in grammar().determiners:
            return Span(tokens[0].start, tokens[at - 1].end)
        if _stops(tokens, at):
            return None
    return None


def accusation_of(attribution: Attribution, segments: Segments) -> Accusation | None:
    """Return what an attribution is where it is a passive accusation as this module reads it."""
    if len(attribution.content) != 2 or len(attribution.cue) != 1:  # noqa: PLR2004 - who, and of what
        return None
    cue = attribution.cue[0]
    # The pattern looks at the word behind the verb, which may stand outside the cue.
    verb = _accused().search(segments.text, cue.start, min(len(segments.text), cue.end + _BEHIND))
    if verb is None or verb.end() > cue.end:
        return None
    made = _read(Span(*verb.span()), segments)
    first, last = attribution.content
    pieces = () if made is None else sorted((made.accused, made.deed))
    if not pieces or not (first.overlaps(pieces[0]) and last.overlaps(pieces[1])):
        return None
    return made


def is_of_nobody(span: Span, segments: Segments) -> bool:
    """Whether a claim tells that nobody was accused: "no one was accused by Marda of theft"."""
    reach = min(span.end, span.start + _REACH)
    return _is_nobody(span, segments) and _accused().search(segments.text, span.start, reach) is not None


def _is_nobody(span: Span, segments: Segments) -> bool:
    before = segments.text[max(0, span.start - _OF_NONE) : span.start].lower()
    words = [*_PART.findall(before), *span.of(segments.text).lower().split(maxsplit=3)]
    words = words[1:] if len(words) > 1 and words[0] in _NEARLY else words
    if not _NO_FEWER.isdisjoint(words[1:2]):
        return False
    return words[0] in acts().negations | _SCARCELY


def asides_of_accusations(span: Span, segments: Segments) -> Spans:
    """Return what a part of a text says of accusations aside, which another brings than who tells of them."""
    made = accusations_in(segments.text, segments, within=span)
    return tuple(
        one.aside for one in made if one.aside is not None and hull((one.aside, one.accused)).within(span)
    )
