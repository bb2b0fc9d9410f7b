"""Voices within voices that a finder leaves flat: "denied the charges that …", ", when a court ruled …".

Each form is read on the spans of a finder, in time linear in their number; none looks at who speaks.
"""

from collections.abc import Iterator, Sequence

import msgspec

from sayso.claims.brands import is_brand, is_called_untrue, is_verdict_alone, label_behind, without_brand
from sayso.claims.identities import is_adjective
from sayso.core.ports import Found
from sayso.core.spans import Span, Spans, hull, trimmed
from sayso.language.lexicon import cues, grammar, states
from sayso.language.segments import Segments, Token

_NOUN_PHRASE = 6  # words between a cue and the "that" of "denied the ministry's earlier reports that"
_ANNOUNCED = 80  # characters between the cue and the content of "denied the ministry's earlier reports that"
_CREDIT = 24  # characters between a source and its cue
_CLAUSE = 4  # characters between a content and the clause that goes on: ", "
_OPENERS = frozenset({"when", "where", "because", "which", "who"})
_SEVERAL = 2  # pieces of a content
_DASHES = frozenset({"-", "–", "—"})
_NEAR = 6  # attributions on either side


def with_layers(found: Sequence[Found], segments: Segments) -> list[Found]:
    """Return a finder's attributions and those that the forms of this module show, in order of cues."""
    ordered = sorted(found, key=lambda one: (one.cue or one.content or one.source)[0])
    ordered = [_signed(one, segments) for one in ordered]
    ordered = [_off_credit(one, _around(ordered, at), segments.text) for at, one in enumerate(ordered)]
    ordered = [_going_on(one, ordered[at + 1 : at + 1 + _NEAR], segments) for at, one in enumerate(ordered)]
    taken = {token.start for one in ordered for cue in one.cue for token in segments.tokens_in(cue)}
    layered = [piece for one in ordered for piece in _by_nouns(one, taken, segments)]
    layered = [_without_verdict(one, segments) for one in layered if not _is_called_so(one, segments)]
    layered.sort(key=lambda one: (one.cue or one.content or one.source)[0])
    layered = [_not_its_own(one, _around(layered, at), segments) for at, one in enumerate(layered)]
    plain = [_without_label(one, _around(layered, at), segments) for at, one in enumerate(layered)]
    return sorted(plain, key=lambda one: (one.cue or one.content or one.source)[0])


def _is_called_so(one: Found, segments: Segments) -> bool:
    """Whether the cue is what somebody calls a clause: "called it [a lie] that X" cites nobody's lie."""
    if not one.cue or one.source:
        return False
    tokens = segments.tokens_in(one.cue[-1])
    return len(tokens) <= _SEVERAL and _is_verdict(tokens[-1], segments)


def _without_verdict(one: Found, segments: Segments) -> Found:
    """Leave the verdict on what is told out of it: "claims that [X] are untrue", "A says that [X]: a lie"."""
    if not one.cue or not one.content or one.content[0].start < one.cue[-1].end:
        return one
    if len(one.content) > 1 or not _is_noun(one, segments):
        return one
    # "As fake news reports that": nobody of that name reports it.
    source = tuple(who for who in one.source if not is_called_untrue(who, segments.text))
    return msgspec.structs.replace(one, content=(without_brand(one.content[0], segments),), source=source)


def _not_its_own(one: Found, near: Sequence[Found], segments: Segments) -> Found:
    """Leave open whose claims somebody rejects: of "A denied allegations that it fired" they are not A's."""
    if not one.cue or not one.source or not _is_noun(one, segments):
        return one
    for other in near:
        if other.source != one.source or not other.cue or other.cue[-1].end > one.cue[0].start:
            continue
        verbs = (cues().verbs.get(token.lower) for token in segments.tokens_in(other.cue[0]))
        owned = one.source[-1].end > other.cue[0].start
        if not owned and any(verb is not None and verb.act == "deny" for verb in verbs):
            return msgspec.structs.replace(one, source=())
    return one


def _is_noun(one: Found, segments: Segments) -> bool:
    """Whether the last word of a cue is a noun of speech."""
    last = segments.tokens_in(one.cue[-1])[-1:]
    return bool(last) and last[0].lower in cues().content_nouns | cues().told_nouns


def _without_label(one: Found, near: Sequence[Found], segments: Segments) -> Found:
    """Leave another's verdict out: of "A says that X: that is a lie, B said" only X is what A says."""
    if not one.cue or not one.content:
        return one
    first = one.content[0]
    label = label_behind(first, segments.text) or _sentence_of_verdict(first, segments)
    held = any(other.content and one.cue[0].within(hull(other.content)) for other in near)
    bare = None
    if label is not None and held and first.start < label.start:
        bare = trimmed(Span(first.start, label.start), segments.text, edges=" \t\r\n,;:–—-")
    return one if bare is None else msgspec.structs.replace(one, content=(bare,))


def _sentence_of_verdict(content: Span, segments: Segments) -> Span | None:
    """Return the last sentence of a content where it is no more than "A lie."."""
    begin = segments.sentences[segments.sentence_at(content.end - 1)].span.start
    if begin <= content.start:
        return None
    last = Span(begin, content.end)
    return last if is_verdict_alone(last, segments.text) else None


def _signed(one: Found, segments: Segments) -> Found:
    """Leave a signature behind a dash the quotation before it alone, without what it follows."""
    if len(one.cue) != 1 or len(one.content) < _SEVERAL or one.cue[0].of(segments.text) not in _DASHES:
        return one
    last = one.content[-1]
    quotation = segments.quotation_at(last.start)
    if quotation is None or last.end > one.cue[0].start or not last.within(quotation.outer):
        return one
    quoted = tuple(piece for piece in one.content if piece.within(quotation.outer))
    return msgspec.structs.replace(one, content=quoted)


def _around(found: Sequence[Found], at: int) -> list[Found]:
    return [*found[max(0, at - _NEAR) : at], *found[at + 1 : at + 1 + _NEAR]]


def _off_credit(one: Found, near: Sequence[Found], text: str) -> Found:
    """Leave the source of a credit out of the end of a content: "[… must go on, the release] said"."""
    if not one.content:
        return one
    last = one.content[-1]
    for other in near:
        if len(other.source) != 1 or not other.cue:
            continue
        source, cue = other.source[0], other.cue[0]
        ends = source.end == last.end and source.start > last.start
        if ends and source.end <= cue.start <= source.end + _CREDIT:
            bare = trimmed(Span(last.start, source.start), text, edges=" \t\r\n,;")
            return one if bare is None else msgspec.structs.replace(one, content=(*one.content[:-1], bare))
    return one


def _going_on(one: Found, following: Sequence[Found], segments: Segments) -> Found:
    """Let a content go on into its last clause: "[it lapsed last month], when the court ordered a halt".

    Only where another attribution fills that clause to the end of the sentence; what stands behind "while"
    or "after" is set against the content, and is no part of it.
    """
    if not one.content or not one.cue or one.cue[0].start > one.content[-1].end:
        return one
    last = one.content[-1]
    sentence = segments.sentences[segments.sentence_at(last.end - 1)].span
    if sentence.end <= last.end:
        return one
    behind = segments.tokens_in(Span(last.end, min(sentence.end, last.end + 2 * _CREDIT)))
    words = [token for token in behind if token.lower != "," and token.start >= last.end]
    if not words or words[0].lower not in _OPENERS or words[0].start - last.end > _CLAUSE:
        return one
    for other in following:
        if not other.content or not other.cue:
            continue
        whole = hull((*other.cue, *other.source, *other.content))
        if words[0].start < whole.start and whole.end <= sentence.end:
            end = max(whole.end, last.end)
            return msgspec.structs.replace(one, content=(*one.content[:-1], Span(last.start, end)))
    return one


def _by_nouns(one: Found, taken: set[int], segments: Segments) -> Iterator[Found]:
    """Yield an attribution, with those that nouns of speech make inside its content or right before it."""
    announced = _announced(one, segments)
    if announced is not None:
        yield from announced
        return
    yield one
    yield from told_by_nouns(one.content, taken, segments)


def told_by_nouns(content: Spans, taken: set[int], segments: Segments) -> Iterator[Found]:
    """Yield what nouns of speech tell inside a content; `taken`: where cues start by now."""
    for piece in content:
        tokens = segments.tokens_in(piece)
        for at in range(len(tokens) - 1):
            token = tokens[at]
            that = _opening(tokens, at)
            if that is None or token.start in taken or _is_verdict(token, segments):
                continue
            taken.add(token.start)
            sentence = segments.sentences[segments.sentence_at(token.start)].span
            end = min(piece.end, sentence.end)
            if that + 1 < len(tokens) and tokens[that + 1].start < end:
                told = _within_marks(Span(tokens[that + 1].start, end), segments.text)
                told = without_brand(told, segments)
                yield Found(content=(told,), cue=(token.span,), source=_owner(tokens, at, segments))


def _within_marks(span: Span, text: str) -> Span:
    """Leave out a mark at the end that closes a quotation opened before the span."""
    words = span.of(text).rstrip()
    opened = sum(map(words.count, "“«„")) + words.count('"') // 2
    closed = sum(map(words.count, "”»")) + (words.count('"') + 1) // 2
    if words[-1:] in {"”", "»", '"'} and closed > opened and len(words) > 1:
        return Span(span.start, span.start + len(words) - 1)
    return span


def _opening(tokens: Sequence[Token], at: int) -> int | None:
    """Return where "that" opens what a noun tells: "the claim that", 'one of these "news" is that'."""
    if tokens[at + 1].lower == "that":
        return at + 1 if _is_noun_of_speech(tokens, at) else None
    mocked = tokens[at + 1].lower in _CLOSING
    word = tokens[at].lower
    told = word in cues().content_nouns or word in cues().told_nouns
    if (word in _TOLD_AT_ONCE and not mocked) or not (told or word in _TOLD_AT_ONCE):
        return None
    verb = at + 1 + mocked
    if [token.lower for token in tokens[verb : verb + 2]] in _IS_THAT:
        return verb + 1
    return None


def _is_verdict(noun: Token, segments: Segments) -> bool:
    """Whether a noun is what somebody calls the clause behind it: "it is a lie that"."""
    if not is_brand(noun.lower):
        return False
    tokens = segments.tokens_in(Span(max(0, noun.start - _CREDIT), noun.start + 1))
    before = [token.lower for token in tokens if token.start < noun.start]
    return "it" in before and {"the", "this", "that"}.isdisjoint(before[-2:])


def _announced(one: Found, segments: Segments) -> tuple[Found, Found] | None:
    """Take "confirmed reports that it rained" apart: the report is confirmed, and it holds the rain."""
    if len(one.cue) != 1 or not one.content or one.content[0].start < one.cue[0].end:
        return None
    begin, content = one.cue[0], one.content[0]
    if content.start - begin.end > _ANNOUNCED:
        return None
    tokens = segments.tokens_in(Span(begin.start, content.start))
    if len(tokens) < 3 or tokens[-1].lower != "that":  # noqa: PLR2004 - a verb, a noun and "that"
        return None
    noun = len(tokens) - 2
    inside = [at for at in range(noun) if tokens[at].end <= begin.end]
    verb = max((at for at in inside if tokens[at].lower in cues().verbs), default=-1)
    if verb < 0 or verb >= noun or noun - verb > _NOUN_PHRASE or not _is_noun_of_speech(tokens, noun):
        return None
    cue = (Span(begin.start, tokens[verb].end),)
    first = tokens[verb + 1].start
    outer = msgspec.structs.replace(one, cue=cue, content=(Span(first, content.end), *one.content[1:]))
    owner = _owner(tokens[verb:], noun - verb, segments)
    return outer, Found(content=one.content, cue=(tokens[noun].span,), source=owner)


def _is_noun_of_speech(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is a noun of speech: "the claim that", "denied reports that", not "he claims that"."""
    word = tokens[at].lower
    if word not in cues().content_nouns and word not in cues().told_nouns:
        return False
    before = tokens[at - 1].lower if at else ""
    if word not in grammar().also_nouns:
        return True
    table = grammar()
    verb = cues().verbs.get(before)
    return (
        before in table.determiners | {"'s", "’s", "'", "of", "by", "about", "despite", "to", "over", "on"}
        or (verb is not None and verb.form != "ing" and before not in table.pronouns)
        or before in _DESCRIBING
        or before.title() in states().adjectives
        or is_adjective(before)
        or "." in before
    )


_TOLD_AT_ONCE = frozenset({"news"})  # "the news is that" is no voice's, but 'these "news" is that' is
_CLOSING = frozenset({"”", '"', "’", "'", "»"})
_IS_THAT = (["is", "that"], ["was", "that"])
_DESCRIBING = frozenset(
    {"earlier", "recent", "new", "media", "press", "false", "such", "previous", "unconfirmed"}
)


def _owner(tokens: Sequence[Token], at: int, segments: Segments) -> Spans:
    """Return whose reports they are: "[the ministry's] earlier reports", "[Ordanian] charges"."""
    reach = at - 1
    while reach >= 0 and tokens[reach].lower in _DESCRIBING | {"."}:
        reach -= 1
    if reach < 0:
        return ()
    word = tokens[reach]
    if word.lower in {"its", "his", "her", "their", "our", "my"}:
        return (word.span,)
    if word.lower in {"'s", "’s"} and reach:
        first = reach - 1
        while first > 0 and segments.text[tokens[first - 1].start].isupper() and reach - first < _NOUN_PHRASE:
            first -= 1
        first -= bool(first and tokens[first - 1].lower in {"the", "a", "an"})
        return (Span(tokens[first].start, word.end),)
    name = segments.text[word.start : word.end]
    adjective = name in states().adjectives or is_adjective(word.lower) or "." in name
    dot = "." in name and segments.text[word.end : word.end + 1] == "."
    return (Span(word.start, word.end + dot),) if adjective and name[:1].isupper() else ()
