"""Who speaks behind a relative clause: "[X], which V accuses of Y and which a court cleared, said …" is X.

A finder takes the clause, or whoever is named in it, for the source. Each form is read on the words around
one cue, within a few hundred characters of it; none looks at who speaks.
"""

import re
from collections.abc import Sequence

import msgspec

from sayso.core.ports import Found
from sayso.core.spans import Span, hull, trimmed
from sayso.language.lexicon import cues, grammar
from sayso.language.segments import Segments, Token

_REACH = 400  # characters before a cue in which its sentence begins
_LONGEST_SUBJECT = 10  # words
_NEAR = 80  # characters before a cue in which the subject of its clause stands
_LONGEST_OWN_SUBJECT = 6  # words, the pronoun before it included
_PRONOUNS = frozenset({"which", "who", "whom", "whose"})
_BREAKS = frozenset({",", ".", ";", ":", "?", "!", "“", "”", '"'})
_OPENED = re.compile(r",\s+(?:which|who|whom|whose)\b")
_RELATIVE = re.compile(r"(?:and\s+|but\s+)?(?P<pronoun>which|whom|who)\s+")
# What begins the subject of a clause: "which [the] ministry accuses", "whom [V]esland accuses".
_NAMED = re.compile(r"(?:the|an?|its|their|his|her|our)\s|[A-Z]")
_NEXT_RELATIVE = re.compile(r",?\s+(?:and|but)(?:\s+(?P<pronoun>which|who|whom|whose)\b|\Z)")
_ANY_RELATIVE = re.compile(r"\b(?:which|who|whom|whose|that)\b")
_NOT_A_SUBJECT = frozenset(
    {"in", "on", "at", "by", "for", "after", "before", "during", "from", "to", "with", "under", "as", "if",
     "when", "while", "because", "since", "although", "though", "according", "despite", "near"}
)  # fmt: skip
_ARTICLES = frozenset({"the", "a", "an"})
_ADDED = frozenset({"but", "and", "yet", "meanwhile", "however", "now", "then", "still"})


def outside_relatives(found: Sequence[Found], segments: Segments) -> list[Found]:
    """Return a finder's attributions, their sources outside the relative clauses that stand behind them."""
    return [_to_its_end(_own_subject(_before_clause(one, segments), segments), segments) for one in found]


def _before_clause(one: Found, segments: Segments) -> Found:
    """Take who stands before a clause between commas as the source of the cue behind it."""
    if not one.cue or (one.source and one.source[0].start >= one.cue[0].start):
        return one
    cue, text = one.cue[0], segments.text
    begin = segments.sentences[segments.sentence_at(cue.start)].span.start
    if cue.of(text).partition(" ")[0].endswith("ing"):
        # "X, who was hurt, spoke, denying": another verb is what X does.
        return one
    if cue.start - begin > _REACH or not text[begin : cue.start].rstrip().endswith(","):
        return one
    opened = _OPENED.search(text, begin, cue.start)
    if opened is None or (one.source and hull(one.source).end <= opened.start()):
        return one
    subject = _subject(Span(begin, opened.start()), segments) if begin < opened.start() else None
    whole = None if subject is None else trimmed(Span(subject.start, cue.start), text, edges=" \t\r\n,")
    return one if whole is None else msgspec.structs.replace(one, source=(whole,))


def _subject(span: Span, segments: Segments) -> Span | None:
    """Return the words of a span that begins its sentence where they are one noun phrase."""
    tokens = [token for token in segments.tokens_in(span) if token.end <= span.end]
    while tokens and tokens[0].lower in _ADDED | {","}:
        tokens = tokens[1:]
    if not tokens or len(tokens) > _LONGEST_SUBJECT or tokens[0].lower in _NOT_A_SUBJECT:
        return None
    words = {token.lower for token in tokens}
    said = {word for word in words if word in cues().verbs and word not in grammar().also_nouns}
    if said or words & grammar().finite_auxiliaries or words & {":", ";", "“", '"', ",", "(", "—", "–"}:
        return None
    return Span(tokens[0].start, tokens[-1].end)


def _own_subject(one: Found, segments: Segments) -> Found:
    """Take a clause's subject as its source: without a pronoun before it, or the pronoun itself."""
    if len(one.source) > 1 or not one.cue:
        return one
    text = segments.text
    # A finder may keep no more than the article of whom the clause is about.
    if not one.source or one.source[0].of(text).lower() in _ARTICLES:
        within = _within(one.cue[0], segments)
        named = len(within) > 1 and _NAMED.match(text, within[1].start) is not None
        subject = Span(within[1].start, within[-1].end) if named else None
        return one if subject is None else msgspec.structs.replace(one, source=(subject,))
    source = one.source[0]
    relative = _RELATIVE.match(text, source.start, source.end)
    if relative is None or relative.end() >= source.end:
        return one
    does = segments.tokens_in(Span(relative.end(), source.end))[:1]
    if does and _is_verb(does[0].lower):
        return msgspec.structs.replace(one, source=(Span(*relative.span("pronoun")),))
    return msgspec.structs.replace(one, source=(Span(relative.end(), source.end),))


def _is_verb(word: str) -> bool:
    verb = cues().verbs.get(word)
    said = verb is not None and verb.form in {"third", "past"} and word not in grammar().also_nouns
    return said or word in grammar().finite_auxiliaries


def _within(cue: Span, segments: Segments) -> Sequence[Token]:
    """Return the words of the relative clause that a cue stands in, from its pronoun up to the cue."""
    near = segments.tokens_in(Span(max(0, cue.start - _NEAR), max(1, cue.start)))
    before = [token for token in near if token.end <= cue.start][-_LONGEST_OWN_SUBJECT:]
    words = [token.lower for token in before]
    opened = next((at for at, word in reversed([*enumerate(words)]) if word in _PRONOUNS), None)
    return () if opened is None or not _BREAKS.isdisjoint(words[opened:]) else before[opened:]


def _to_its_end(one: Found, segments: Segments) -> Found:
    """Leave the clause that goes on about the same out: "which V accuses [of Y] and which was cleared"."""
    if not one.cue or not one.content or one.content[-1].start < one.cue[0].end:
        return one
    if not _within(one.cue[0], segments):
        return one
    return msgspec.structs.replace(one, content=tuple(_cut(piece, segments.text) for piece in one.content))


def _cut(piece: Span, text: str) -> Span:
    until = min(piece.end, piece.start + _REACH)
    going_on = _NEXT_RELATIVE.search(text, piece.start + 1, until)
    if going_on is None or (going_on["pronoun"] is None and until < piece.end):
        return piece
    # "Which make arms that leak and which kill": the second clause may go on with the content's own.
    own = _ANY_RELATIVE.search(text, piece.start, going_on.start()) is not None
    return piece if own else Span(piece.start, going_on.start())
