"""A source phrase taken apart: its head, what stands before it, and who is named behind it."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from sayso.claims.parties import is_capital, is_role
from sayso.core.spans import Span
from sayso.language.lexicon import grammar, names
from sayso.language.segments import Segments, Token

# What ends the core of a noun phrase: what stands behind describes the head.
_ENDS_CORE = frozenset({",", "(", ")", "–", "—", ":", ";", "such", "including", "as"})
_CLAUSE = frozenset({"who", "which", "whom", "whose"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_PREPOSITIONS = frozenset(
    {"of", "from", "in", "at", "for", "with", "by", "to", "on", "about", "near", "inside", "within", "into"}
)
_ARTICLES = frozenset({"the", "a", "an"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "same", "both", "two", "three", "all"})
_MARKS = frozenset({"-", "–", "—", ",", ";", ":", "'", "’", "‘", '"', "“", "”", "(", "…"})
# Endings of adjectives that no person's noun has.
_ADJECTIVES = ("less", "ful", "ous", "able", "ible", "ical", "ive")


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """A noun phrase: its tokens without what a cut left at its edges, and the index of its head."""

    tokens: tuple[Token, ...]
    head: int
    text: str  # of the document

    @property
    def span(self) -> Span:
        """Where the phrase stands."""
        return Span(self.tokens[0].start, self.tokens[-1].end)

    @property
    def words(self) -> str:
        """The phrase as written, with single spaces."""
        return " ".join(self.span.of(self.text).split())

    @property
    def noun(self) -> str:
        """The head in lower case."""
        return self.tokens[self.head].lower

    @property
    def core(self) -> tuple[Token, ...]:
        """What stands before the head, articles left out."""
        return tuple(token for token in self.tokens[: self.head] if token.lower not in _ARTICLES)

    @property
    def definite(self) -> bool:
        """Whether the phrase takes up somebody that the text has named: "the minister"."""
        return self.tokens[0].lower in _POINTING

    @property
    def indefinite(self) -> bool:
        """Whether the phrase brings somebody new: "a minister"."""
        return self.tokens[0].lower in {"a", "an", "one", "another"}

    @property
    def plural(self) -> bool:
        """Whether the head is many."""
        noun = self.noun
        return noun in {"people", "police"} or (
            noun.endswith("s") and not noun.endswith(("ss", "us", "is", "news")) and not is_role(noun)
        )

    @property
    def is_nobody(self) -> bool:
        """Whether the words can be nobody: an adjective, an adverb, one bare noun of which there are many."""
        if len(self.tokens) > 1 or is_capital(self.text, self.tokens[0]):
            return False
        table = names()
        noun = self.noun
        if noun.endswith(_ADJECTIVES) or not noun[:1].isalnum():
            return True
        if noun in table.somebody:
            return False
        somebody = (
            table.collectives | table.individuals | table.body_nouns | table.outlet_nouns | table.papers
        )
        return not (self.plural or noun in somebody or is_role(noun))


def phrase_in(span: Span, segments: Segments) -> Phrase | None:
    """Return the noun phrase of a source; None when only function words are left of it.

    A finder may cut a phrase too early ("statements of high-") or take an adverb along ("we strongly"):
    such edges are left out, and so is a clause behind a comma: "the militia, which denies this".
    """
    tokens = list(segments.tokens_in(span))
    table = grammar()
    cut = (
        {"there", "here", "also", "too"} | _PREPOSITIONS | table.not_a_subject | _MARKS | {"'s", "and", "or"}
    )
    while tokens and (tokens[0].lower in _MARKS or tokens[0].lower in {")", "and", "or", "but", "when"}):
        tokens.pop(0)
    if tokens and tokens[-1].end > span.end:
        tokens.pop()
    while tokens and (tokens[-1].lower in cut or _is_cut(tokens, segments.text)):
        tokens.pop()
    tokens = _without_clause(_without_adjunct(tokens))
    if not any(token.lower[:1].isalnum() and token.lower not in _ARTICLES for token in tokens):
        return None
    return Phrase(tokens=tuple(tokens), head=_head(tokens, segments.text), text=segments.text)


def _without_adjunct(tokens: list[Token]) -> list[Token]:
    """Leave "In Halm," out at the start of "In Halm, the mayor"."""
    if tokens and tokens[0].lower in _PREPOSITIONS | {"according"}:
        comma = next((at for at, token in enumerate(tokens) if token.lower == ","), None)
        if comma is not None and comma + 1 < len(tokens):
            return tokens[comma + 1 :]
    return tokens


def _without_clause(tokens: list[Token]) -> list[Token]:
    """Leave a relative clause behind a comma out, unless somebody else is named behind it."""
    pairs = enumerate(pairwise(tokens))
    at = next((at for at, (one, other) in pairs if at and one.lower == "," and other.lower in _CLAUSE), None)
    if at is None or any(map(_goes_on, tokens[at:], tokens[at + 1 :], tokens[at + 2 :])):
        return tokens
    return tokens[:at]


def _goes_on(comma: Token, joint: Token, first: Token) -> bool:
    """Whether a list of who speaks goes on behind a clause: ", and the Harbour League"."""
    return comma.lower == "," and joint.lower == "and" and first.lower in _ARTICLES


def _is_cut(tokens: Sequence[Token], text: str) -> bool:
    """Whether the last token is an adverb behind a pronoun."""
    last = tokens[-1]
    return len(tokens) > 1 and last.lower.endswith("ly") and text[last.start].islower()


def _head(tokens: Sequence[Token], text: str) -> int:
    """Return the index of the last word before what only describes the head."""
    for at, token in enumerate(tokens):
        if at == 0:
            continue
        word = token.lower
        if word in _ENDS_CORE | _PREPOSITIONS | _RELATIVES:
            return _back(tokens, at - 1)
        behind_noun = tokens[at - 1].lower not in _ARTICLES | grammar().determiners
        if behind_noun and word.endswith("ed") and at + 1 < len(tokens) and text[token.start].islower():
            follows = tokens[at + 1].lower
            if follows in _PREPOSITIONS | {"by"}:
                # "experts consulted by the paper"
                return _back(tokens, at - 1)
    return _back(tokens, len(tokens) - 1)


def _back(tokens: Sequence[Token], at: int) -> int:
    """Skip marks and clitics backwards."""
    while at > 0 and (not tokens[at].lower[:1].isalnum() or tokens[at].lower in {"'s", "’s"}):
        at -= 1
    return at
