"""What two texts share, and whether that makes the one a copy of the other."""

from collections.abc import Callable
from functools import cached_property
from itertools import pairwise

import msgspec

from sayso.core.ids import DocumentId
from sayso.core.records import Document, LinkKind
from sayso.core.spans import Span, Spans
from sayso.linking.credits import Credit, possible_credits
from sayso.linking.entries import Origin, origin_of
from sayso.linking.minhash import Tokens, tokens_of
from sayso.linking.passages import Block, Places, covered, passages, quoted, reworded, spans_of, words_in
from sayso.linking.quotations import Quotation, quotations_of

# Two texts are near-duplicates when half of the word 3-grams of both are common (Jaccard index).
NEAR_FROM = 0.5
# A text is a copy when half of its words, or half of the other's, stand in the other.
COPY_FROM = 0.5
# A shared passage of fewer words is a phrase, a title or a name; no rule of the trade names a figure.
FEWEST_WORDS = 40
# What has fewer words is a headline or a phrase, which two people write alike without knowing of each other.
SHORTEST_COPY = 12
# A passage that is less than this of both texts is quoted, not copied.
_SMALL = 0.3
_FEWEST_IN_CHAIN = 8  # words: shorter runs that follow nothing stand in unrelated texts too
# A passage is reworded when so many words in so many runs stand in one order, and are so much of it. Texts
# that were written apart have runs of three words in common, but seldom two of them in one order.
_REWORDED_WORDS = 24
_REWORDED_RUNS = 6
_REWORDED_SHARE = 0.2
# An editor changes words where they stand. Two texts of one pattern, as those of two ministries can be, have
# other words between, and another number of them.
_REWORDED_IN_PLACE = 0.8
_HYPHENS = 1  # words by which "ceasefire" and "cease-fire" differ


class Text:
    """A document's text, prepared to be compared."""

    def __init__(self, document: Document, file: Callable[[DocumentId], str]) -> None:
        """`file` names the file that a document is from."""
        self.document = document
        self._file = file

    @cached_property
    def origin(self) -> Origin:
        """Where it was published, and when."""
        return origin_of(self.document, self._file)

    @cached_property
    def tokens(self) -> Tokens:
        """Its words."""
        return tokens_of(self.document.text)

    @cached_property
    def places(self) -> Places:
        """Where its runs of words stand."""
        return Places(self.tokens.hashes)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """What it quotes after naming somebody."""
        return quotations_of(self.document.text)

    @cached_property
    def credits(self) -> tuple[Credit, ...]:
        """Whom it may credit."""
        return tuple(possible_credits(self.document))


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What a text shares with another."""

    kind: LinkKind
    rule: str
    other: Text
    words: int
    own_share: float
    other_share: float
    own_spans: Spans
    other_spans: Spans
    places: frozenset[int]  # the words of the text that are shared
    quoted_in_both: bool


def shared_by(text: Text, other: Text) -> Shared | None:
    """Return what a text shares with another, or None when that is neither copy nor quotation."""
    fewest = min(_FEWEST_IN_CHAIN, len(text.tokens))
    blocks = _in_order([c for c in reworded(other.places.shared(text.places)) if words_in(c) >= fewest])
    shares = (
        covered((b.left, b.length) for b in blocks) / max(1, len(text.tokens)),
        covered((b.right, b.length) for b in blocks) / max(1, len(other.tokens)),
    )
    rule, blocks = _judged(blocks, text, other, max(shares))
    if not blocks:
        return None
    own = spans_of(((b.left, b.length) for b in blocks), text.tokens)
    others = spans_of(((b.right, b.length) for b in blocks), other.tokens)
    in_quotes = _all_quoted(own, text)
    quotes = in_quotes or (rule == "shared-passage" and max(shares) < _SMALL)
    return Shared(
        kind="quotes" if quotes else "copies",
        rule=rule,
        other=other,
        words=words_in(blocks),
        own_share=shares[0],
        other_share=shares[1],
        own_spans=own,
        other_spans=others,
        places=frozenset(place for b in blocks for place in range(b.left, b.left + b.length)),
        quoted_in_both=in_quotes and _all_quoted(others, other),
    )


def _judged(blocks: list[Block], text: Text, other: Text, share: float) -> tuple[str, list[Block]]:
    """Return the rule by which a text copies another, and the blocks that it rests on; no blocks: none."""
    if share >= COPY_FROM and words_in(blocks) >= SHORTEST_COPY:
        near = other.places.overlap(text.places) >= NEAR_FROM
        return "near-duplicate" if near else "partial-copy", blocks
    long = [chain for chain in passages(blocks) if words_in(chain) >= FEWEST_WORDS]
    if long:
        return "shared-passage", _in_order(long)
    return "reworded", _in_order([chain for chain in reworded(blocks) if _is_reworded(chain)])


def _in_order(chains: list[list[Block]]) -> list[Block]:
    return sorted((block for chain in chains for block in chain), key=lambda block: block.left)


def _is_reworded(chain: list[Block]) -> bool:
    words = words_in(chain)
    if words < _REWORDED_WORDS or len(chain) < _REWORDED_RUNS:
        return False
    first, last = chain[0], chain[-1]
    longest = max(last.left - first.left, last.right - first.right) + last.length
    moves = ((one.left - one.right) - (other.left - other.right) for one, other in pairwise(chain))
    in_place = sum(abs(move) <= _HYPHENS for move in moves)
    return words >= _REWORDED_SHARE * longest and in_place >= _REWORDED_IN_PLACE * (len(chain) - 1)


def _all_quoted(spans: Spans, text: Text) -> bool:
    return all(_is_quoted(span, text.document.text) for span in spans)


def _is_quoted(span: Span, text: str) -> bool:
    """Tell whether a span is within quotation marks, but for the speaker's name before or after them."""
    points = (span.start + len(span) * quarter // 4 for quarter in (1, 2, 3))
    return all(quoted(Span(point, point + 1), text) for point in points)
