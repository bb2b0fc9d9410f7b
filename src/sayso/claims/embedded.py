"""Claims inside claims: what a clause takes for granted while it says something else.

"The garrison of Ordania, which holds our bridge unlawfully" asserts that it does, whatever the main clause
says of it. Four forms are read: relative clauses, participles set off beside a noun ("Ordania, being against
talks, …"), clauses of time or cause, and conduct named in passing.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from sayso.core.records import Embedding, Mention
from sayso.core.spans import Span, trimmed
from sayso.language.lexicon import acts, cues, grammar
from sayso.language.segments import Segments, Token

_RELATIVE = frozenset({"which", "who"})
_PARTICIPLES = frozenset({"being", "having"})
_CLAUSE_OPENERS = frozenset({"when", "after", "because", "since", "as", "while", "until"})
_STOPS = frozenset({",", ";", ":", ".", "“", "”", '"', "—", "–", "(", ")"})
_BEFORE_CONDUCT = frozenset({"for", "of", "by", "from", "in", "without", ",", "and"})
# "Plans by Ordania to move the border will fail": that there are plans is taken for granted.
_ATTEMPTS = re.compile(
    r"\b(?:attempts?|efforts?|plans?|campaigns?|actions?)\s+(?:by|of)\s+[^,.;:]{2,60}?\s+to\s+\w+",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
_LONGEST_CLAUSE = 80  # tokens; the clauses of one sentence may hold each other
_LONGEST_ATTEMPT = 400  # characters behind "plans by Ordania to move"
_EDGES = ' \t\n,;:.“”"'


class Embedded(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a claim that are a claim of their own, and how they stand in it."""

    span: Span
    kind: Embedding
    aside: Span  # what the clause around it does without: all of it, or what stands behind its noun


def embedded_in(span: Span, mentions: Sequence[Mention], segments: Segments) -> Iterator[Embedded]:
    """Yield what a claim embeds, in text order of each form."""
    tokens = segments.tokens_in(span)
    named = frozenset(one.span.start for one in mentions)
    for at, token in enumerate(tokens):
        if at and token.lower in _RELATIVE and tokens[at - 1].lower == ",":
            yield from _made("relative", _relative(tokens, at, segments), segments, aside=token)
        elif at and token.lower in _PARTICIPLES and tokens[at - 1].lower == ",":
            yield from _made("adverbial", _with_its_noun(tokens, at, segments), segments, aside=token)
        elif at and token.lower in _CLAUSE_OPENERS and _opens_clause(tokens, at, named, segments):
            yield from _made("adverbial", _until_stop(tokens, at + 1), segments, aside=token)
        elif at and _names_conduct(tokens, at):
            yield from _made("presupposed", _until_verb(tokens, at), segments, aside=token)
    for found in _ATTEMPTS.finditer(segments.text, span.start, span.end):
        inside = segments.tokens_in(Span(found.start(), min(span.end, found.end() + _LONGEST_ATTEMPT)))
        yield from _made("presupposed", _until_verb(inside, 0, after=found.end()), segments, aside=inside[0])


def _made(kind: Embedding, span: Span | None, segments: Segments, *, aside: Token) -> Iterator[Embedded]:
    """Yield what is embedded, if it is long enough; `aside` is the first word that it adds."""
    bare = None if span is None else trimmed(span, segments.text, edges=_EDGES)
    if bare is not None and len(bare.of(segments.text).split()) >= _FEWEST_WORDS:
        yield Embedded(span=bare, kind=kind, aside=Span(aside.start, bare.end))


def _relative(tokens: Sequence[Token], at: int, segments: Segments) -> Span | None:
    """Return the noun phrase before ", which" and the clause after it; no clause without a finite verb."""
    verb = next((token for token in tokens[at + 1 : at + 3] if not token.lower.endswith("ly")), None)
    return None if verb is None or not is_finite(verb, segments) else _with_its_noun(tokens, at, segments)


def _with_its_noun(tokens: Sequence[Token], at: int, segments: Segments) -> Span | None:
    """Return the noun phrase before the comma before a token, and the clause from there on."""
    start = at - 1
    while start > 0 and at - start < _LONGEST_CLAUSE and not _ends_phrase(tokens, start - 1, segments):
        start -= 1
    end = _until_stop(tokens, at + 1)
    return None if start == at - 1 or end is None else Span(tokens[start].start, end.end)


def _ends_phrase(tokens: Sequence[Token], at: int, segments: Segments) -> bool:
    token = tokens[at]
    # "the armed forces": after a determiner stands an adjective, no verb.
    described = at > 0 and tokens[at - 1].lower in grammar().determiners
    prepositions = grammar().when_where - {"of"} | {"against", "for", "and", "to"}
    return (
        token.lower in _STOPS or token.lower in prepositions or (is_finite(token, segments) and not described)
    )


def is_finite(token: Token, segments: Segments) -> bool:
    """Whether a word looks like a finite verb, by its ending and the tables; a capital makes it a name.

    "Ahmed" and the "States" of a federation are none, so that no name decides what a clause is.
    """
    if segments.text[token.start].isupper():
        return False
    verb = cues().verbs.get(token.lower)
    past = token.lower.endswith("ed") and len(token.lower) > len("need")
    return past or token.lower in grammar().finite_auxiliaries or (verb is not None and verb.form != "base")


def _opens_clause(tokens: Sequence[Token], at: int, named: frozenset[int], segments: Segments) -> bool:
    """Whether a subject and a finite verb follow: "when Ordania made …", not "since the outbreak of war"."""
    following = tokens[at + 1 : at + 8]
    if not following:
        return False
    pronouns = {"it", "they", "he", "she", "we", "the", "its", "their"}
    subject = following[0].start in named or following[0].lower in pronouns
    verbs = acts().blame | acts().framed_blame.keys() | {"made", "began", "took", "left", "came", "fell"}
    return subject and any(
        is_finite(token, segments) or (token.lower in verbs and segments.text[token.start].islower())
        for token in following[1:]
    )


def _names_conduct(tokens: Sequence[Token], at: int) -> bool:
    """Whether a gerund names blamed conduct: "for spreading such reports", not "is spreading"."""
    token = tokens[at]
    return (
        token.lower.endswith("ing")
        and token.lower in acts().blame | acts().framed_blame.keys()
        and tokens[at - 1].lower in _BEFORE_CONDUCT
    )


def _until_stop(tokens: Sequence[Token], at: int) -> Span | None:
    end = at
    while end < len(tokens) and end - at < _LONGEST_CLAUSE and tokens[end].lower not in _STOPS:
        end += 1
    return None if end == at else Span(tokens[at].start, tokens[end - 1].end)


def _until_verb(tokens: Sequence[Token], at: int, *, after: int = 0) -> Span | None:
    """Return the words from a token to the next finite verb or stop, but at least to `after`."""
    end = at + 1
    most = min(len(tokens), at + _LONGEST_CLAUSE)
    while end < most and (tokens[end].start < after or not _closes(tokens[end])):
        end += 1
    return None if end <= at + 1 else Span(tokens[at].start, tokens[end - 1].end)


def _closes(token: Token) -> bool:
    # "may" is left out: it is as often a month.
    return token.lower in _STOPS or token.lower in grammar().finite_auxiliaries - {"may"} | {"and"}
