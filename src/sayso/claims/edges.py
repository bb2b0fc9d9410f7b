"""Where contents and sources end: not behind "; “…”, says Kern", not in "is false", not in a dateline.

A finder reads one cue at a time, so that its spans run over into what another voice says or what nobody
says. Each form is read on the spans of a finder, in time linear in their number; none looks at who speaks.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from sayso.claims.atoms import folded
from sayso.claims.corrections import verdicts
from sayso.claims.rejections import subject_before
from sayso.claims.silence import is_counter
from sayso.claims.surroundings import Surroundings
from sayso.core.ports import Found
from sayso.core.spans import Span, hull, trimmed
from sayso.language.lexicon import cues, grammar
from sayso.language.segments import Segments, Token

_NEAR = 6  # attributions on either side
_EDGES = " \t\r\n,;"
_SAYS = frozenset({"said", "says"})
_LONGEST_SUBJECT = 120  # characters
_BOUNDS = {"least": {"at"}, "most": {"at"}, "than": {"more", "less", "fewer"}, "to": {"up"}}
_WHERE = frozenset({"there", "here", "in", "at", "near", "by", "on", "inside", "outside", "under", "among"})
_POSSESSIVE = frozenset({"its", "his", "her", "their", "our", "my", "your", "whose"})
_VERDICT = 24  # characters behind "is false" that still are no more than it
_SHORTEST = 2  # words: a subject and a verb
_RELATIVE = re.compile(r",\s+(?:in|of|during|by|from|after|at)\s+(?:which|whom)\b|,\s+(?:which|where)\b")
_CLOSED = frozenset("”\"»’'")


def with_edges(found: Sequence[Found], segments: Segments) -> list[Found]:
    """Return a finder's attributions, in order of cues, with contents and sources cut to their own words."""
    around = Surroundings(segments)
    undated = (_off_surroundings(one, around, segments) for one in found)
    ordered = sorted(
        (one for one in undated if one is not None), key=lambda one: (one.cue or one.content or one.source)[0]
    )
    ordered = [_inverted(one, segments) for one in ordered if not is_counter(one, segments)]
    ordered = [_answered(_named_behind(one, segments), segments) for one in ordered]
    ordered = [_apart(one, _around(ordered, at), segments.text) for at, one in enumerate(ordered)]
    if "according to" in segments.text:
        ordered = [_credited(one, _around(ordered, at), segments) for at, one in enumerate(ordered)]
    ordered = [_owned(one, segments) for one in ordered if not _is_described(one, segments)]
    return [_whole(_undecided(one, segments), segments) for one in ordered]


def _around(found: Sequence[Found], at: int) -> list[Found]:
    return [*found[max(0, at - _NEAR) : at], *found[at + 1 : at + 1 + _NEAR]]


def _off_surroundings(one: Found, around: Surroundings, segments: Segments) -> Found | None:
    """Leave out what stands around the text; whatever is only read in it is nothing."""
    if not around.spans:
        return one
    cue, source, content = (around.off(spans) for spans in (one.cue, one.source, one.content))
    if (cue, source, content) == (one.cue, one.source, one.content):
        return one
    if (one.cue and not cue) or (one.content and not content):
        return None
    if one.source and not source and cue:
        # The place that a dateline names says nothing: whoever stands before the cue does.
        who = subject_before(cue[0], segments)
        source = () if who is None else (who,)
    return msgspec.structs.replace(one, cue=cue, source=source, content=content)


def _inverted(one: Found, segments: Segments) -> Found:
    """Read "The rebels, said General Pell, “have run out”": who says it stands behind the verb."""
    if len(one.source) != 1 or len(one.cue) != 1 or not one.content:
        return one
    source, cue, text = one.source[0], one.cue[0], segments.text
    if text[cue.start : cue.end].lower() not in _SAYS or text[source.end : cue.start].strip() != ",":
        return one
    behind = segments.tokens_in(Span(cue.end, min(len(text), cue.end + _LONGEST_SUBJECT)))
    end = next((at for at, token in enumerate(behind) if token.lower in {",", "."}), 0)
    # "Ms. Brenn"
    if not end or behind[end].lower != "," or behind[0].start >= one.content[0].start > behind[end].end + 1:
        return one
    who = behind[:end]
    if not (text[who[0].start].isupper() or who[0].lower in grammar().determiners):
        return one
    said_by = Span(who[0].start, who[-1].end)
    behind_it = tuple(piece for piece in one.content if piece.start >= behind[end].start)
    if len(behind_it) != len(one.content) or any(token.lower in cues().verbs for token in who):
        return one
    # Without their marks the words go on what stands before the verb: one clause.
    words = tuple(_bare_words(piece, segments) for piece in behind_it)
    return msgspec.structs.replace(one, source=(said_by,), content=(source, *words))


def _bare_words(piece: Span, segments: Segments) -> Span:
    quotation = segments.quotation_at(piece.start)
    whole = quotation is not None and quotation.outer.start == piece.start and piece.within(quotation.outer)
    return quotation.inner if quotation is not None and whole else piece


def _named_behind(one: Found, segments: Segments) -> Found:
    """Take who stands behind "“No,” said" as its source, not a word of the sentence before; no lone "the"."""
    if len(one.source) != 1 or len(one.cue) != 1 or not one.content:
        return one
    source, cue, text = one.source[0], one.cue[0], segments.text
    if source.of(text).lower() in {"the", "a", "an"}:
        one = msgspec.structs.replace(one, source=())
    elif segments.sentence_at(source.start) == segments.sentence_at(cue.start) or source.start > cue.start:
        return one
    quoted = text[max(0, cue.start - 2) : cue.start].strip()
    if text[cue.start : cue.end].lower() not in _SAYS or quoted[-1:] not in _CLOSED:
        return one
    behind = segments.tokens_in(Span(cue.end, min(len(text), cue.end + _LONGEST_SUBJECT)))
    ends = grammar().when_where | grammar().time_words | {",", ".", ";", ":", "“", '"', "who", "as", "after"}
    end = next((at for at, token in enumerate(behind) if token.lower in ends), len(behind))
    first = behind[0] if end else None
    if first is None or not (text[first.start].isupper() or first.lower in grammar().determiners):
        return one
    return msgspec.structs.replace(one, source=(Span(first.start, behind[end - 1].end),))


def _answered(one: Found, segments: Segments) -> Found:
    """Leave a question out of the answer: "“Did you order it?” [“No,”] said the general"."""
    if not one.content or not one.cue:
        return one
    pieces = tuple(_answer(piece, segments) for piece in one.content)
    return one if pieces == one.content else msgspec.structs.replace(one, content=pieces)


def _answer(piece: Span, segments: Segments) -> Span:
    quotations = segments.quotations_in(piece)
    start = piece.start
    for asked, answer in pairwise(quotations):
        between = segments.text[asked.outer.end : answer.outer.start]
        if asked.outer.start != start or not asked.closed or between.strip() or "\n" in between:
            break
        if segments.text[asked.inner.end - 1] != "?":
            break
        start = answer.outer.start
    return Span(start, piece.end)


def _apart(one: Found, near: Sequence[Found], text: str) -> Found:
    """Cut a content at "; " where another voice has spoken before it, or speaks behind it."""
    if not one.content or not one.cue:
        return one
    cue = one.cue[0]
    whole = hull((cue, *one.content))
    if text.find(";", whole.start, whole.end) < 0:
        return one
    pieces: list[Span] = []
    for piece in one.content:
        start, end = piece.start, piece.end
        for other in near:
            if not other.cue or not other.source or not other.content:
                continue
            whole = hull((*other.cue, *other.source, other.content[0]))
            if start < whole.start + 1 and whole.end < end and cue.start >= end:
                joint = text.find(";", whole.end, end)
                start = joint + 1 if 0 <= joint <= whole.end + 2 else start
            # "“…”, one claims; “…”, says another": what stands behind is the other's.
            before = cue.end <= start < end <= other.cue[0].start <= end + _NEAR
            if before and text.find(";", cue.end, start) >= 0:
                start = end
        bare = trimmed(Span(start, end), text, edges=_EDGES) if start < end else None
        if bare is not None:
            pieces.append(bare)
    made = tuple(pieces) or one.content
    return one if made == one.content else msgspec.structs.replace(one, content=made)


def _credited(one: Found, near: Sequence[Found], segments: Segments) -> Found:
    """Give "according to" the last clause alone, where the main clause is another's denial of it.

    "The army denied that it had shelled a clinic, [in which 12 people died], according to doctors."
    """
    text = segments.text
    if not one.cue or not one.content or not one.source:
        return one
    last = one.content[-1]
    credit = one.cue[0].of(text).lower().startswith("according") and 0 <= one.cue[0].start - last.end <= _NEAR
    for other in near:
        if not other.cue or not other.content or not other.source or other is one:
            continue
        whole = hull((*other.cue, *other.source, *other.content))
        if credit and whole.within(last) and _denies(other, segments):
            clause = _last_relative(text, other.content[0].start, last.end)
            if clause is not None:
                return msgspec.structs.replace(one, content=(*one.content[:-1], Span(clause, last.end)))
        behind = other.cue[0].start - last.end
        follows = other.cue[0].of(text).lower().startswith("according") and 0 <= behind <= _NEAR
        if follows and _denies(one, segments):
            clause = _last_relative(text, one.content[0].start, last.end)
            if clause is not None:
                left = (
                    Span(span.start, min(span.end, clause)) for span in one.content if span.start < clause
                )
                bare = tuple(
                    piece for span in left if (piece := trimmed(span, text, edges=_EDGES)) is not None
                )
                return msgspec.structs.replace(one, content=bare or one.content)
    return one


def _denies(one: Found, segments: Segments) -> bool:
    words = (token.lower for cue in one.cue for token in segments.tokens_in(cue))
    return any((verb := cues().verbs.get(word)) is not None and verb.act == "deny" for word in words)


def _last_relative(text: str, start: int, end: int) -> int | None:
    """Return where the last clause behind ", in which" begins."""
    clauses = [clause.start() for clause in _RELATIVE.finditer(text, start, end)]
    return clauses[-1] + len(", ") if clauses else None


def _undecided(one: Found, segments: Segments) -> Found:
    """Cut the verdict off a claim that a noun names: "the claim that it had taken Halm [is false]"."""
    if len(one.cue) != 1 or not one.content or one.content[-1].start < one.cue[0].end:
        return one
    last, text = one.content[-1], segments.text
    words = segments.tokens_in(one.cue[0])
    owned = bool(one.source) and one.source[-1].of(text).endswith(("'s", "’s"))
    noun = bool(words) and words[-1].lower in cues().content_nouns | cues().told_nouns
    if not (noun or owned) or len(words) > 1:
        return one
    lower = folded(text[last.start : last.end])
    found = next(
        (match for match in verdicts().finditer(lower) if len(lower) - match.end() <= _VERDICT), None
    )
    if found is None:
        return one
    tokens = segments.tokens_in(Span(last.start, last.start + found.start())) if found.start() else ()
    at = len(tokens)
    while at and (tokens[at - 1].lower in grammar().auxiliaries or tokens[at - 1].lower.endswith("ly")):
        at -= 1
    # "The claim that the report was false": its own verb, and the only one.
    if at < _SHORTEST or not any(_is_verb(token) for token in tokens[:at]):
        return one
    return msgspec.structs.replace(one, content=(*one.content[:-1], Span(last.start, tokens[at - 1].end)))


def _is_verb(token: Token) -> bool:
    word = token.lower
    return word in grammar().finite_auxiliaries or word.endswith("ed") or word in cues().verbs


def _is_described(one: Found, segments: Segments) -> bool:
    """Whether a participle only tells which: "the fragments [found] there were made abroad"."""
    if len(one.cue) != 1 or len(one.source) != 1 or not one.content:
        return False
    cue, source = segments.tokens_in(one.cue[0]), one.source[0]
    first = segments.tokens_in(one.content[0])[:1]
    if len(cue) != 1 or not first or not cue[0].start - 2 < source.end <= cue[0].start < first[0].start:
        return False
    where = first[0].lower in _WHERE
    return where and cue[0].lower in {"found", "shown", "seen"} and first[0].start <= cue[0].end + 1


def _owned(one: Found, segments: Segments) -> Found:
    """Take no adjective for who makes a charge: "rejects the groundless accusations" leaves that open."""
    if len(one.cue) != 1 or len(one.source) != 1 or one.source[0].start > one.cue[0].start:
        return one
    text = segments.text
    cue, source = segments.tokens_in(one.cue[0]), segments.tokens_in(one.source[0])
    if len(cue) != 1 or not source or cue[0].lower not in cues().content_nouns | cues().told_nouns:
        return one
    behind = one.source[0].end + 1 == cue[0].start
    determined = source[0].lower in grammar().determiners and source[0].lower not in _POSSESSIVE
    plain = all(text[token.start].islower() and token.lower not in {"'s", "’s"} for token in source[1:])
    return msgspec.structs.replace(one, source=()) if behind and determined and plain else one


def _in_reach(piece: Span, one: Found, segments: Segments) -> bool:
    """Whether a further piece of what an indirect cue introduces still stands in its sentence.

    What a quotation or a colon opens goes on behind it; "… died, the mayor said. Neither could be checked."
    does not.
    """
    if not one.cue or ":" in one.cue[0].of(segments.text):
        return True
    at = segments.sentence_at(piece.start)
    cue = segments.sentence_at(one.cue[0].start)
    if at <= cue or segments.sentences[at].paragraph != segments.sentences[cue].paragraph:
        return True
    inside, around = segments.quotation_at(piece.start), segments.quotation_at(one.cue[0].start)
    if inside is not None and inside != around:
        return True
    return any(piece.start <= other.start and other != piece for other in one.content)


def _whole(one: Found, segments: Segments) -> Found:
    """Leave a lone "on" or "the" out of the end of a content whose sentence goes on: "“yes” [on] Monday"."""
    if not one.content:
        return one
    pieces = tuple(
        _closed(piece, segments)
        for number, piece in enumerate(one.content)
        if not number or (_in_reach(piece, one, segments) and not _breaks_off(piece, segments))
    )
    return one if pieces == one.content else msgspec.structs.replace(one, content=pieces)


def _breaks_off(piece: Span, segments: Segments) -> bool:
    """Whether a further piece of a content is no more than some words before an "and"."""
    tokens = segments.tokens_in(piece)
    return bool(tokens) and tokens[-1].lower in {"and", "or", "but"} and segments.text[piece.start].islower()


def _with_bound(piece: Span, tokens: Sequence[Token], segments: Segments) -> Span:
    """Take "At" in where a content begins with "least 17 people"."""
    if not tokens or tokens[0].lower not in _BOUNDS:
        return piece
    before = segments.tokens_in(Span(max(0, piece.start - _NEAR), max(1, piece.start)))[-1:]
    joined = before and before[0].end < piece.start and before[0].lower in _BOUNDS[tokens[0].lower]
    return Span(before[0].start, piece.end) if joined else piece


def _closed(piece: Span, segments: Segments) -> Span:
    tokens = segments.tokens_in(piece)
    piece = _with_bound(piece, tokens, segments)
    last = tokens[-1] if tokens else None
    if last is None or len(tokens) < _SHORTEST or last.lower not in grammar().when_where | {"the", "a", "an"}:
        return piece
    if segments.text[tokens[-2].end - 1] not in _CLOSED:
        return piece
    behind = segments.text[piece.end : piece.end + 2].strip()
    return Span(piece.start, tokens[-2].end) if behind[:1].isalnum() else piece
