"""A text cut at every boundary of what is said in it, so that overlapping claims can stand in one line."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from sayso.core.records import Voice
from sayso.core.spans import Span, Spans, hull
from sayso.language.segments import Segments

LayerKind = Literal["claim", "source", "cue", "key", "part"]


class Layer(msgspec.Struct, frozen=True, kw_only=True):
    """Words to be shown in one way: a claim or a part of it, who is cited, the cue, what a link rests on."""

    spans: Spans
    kind: LayerKind
    anchor: str = ""  # of a claim: the id of its note in the page
    label: str = ""  # of a claim: its number in its document; of a part: its letter
    voice: Voice = "outlet"
    depth: int = 0  # voices in the claim's source chain; the deepest claim lies on top


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Words between two boundaries, with the claims that cover them, innermost first."""

    words: str
    claims: tuple[Layer, ...] = ()
    begins: tuple[Layer, ...] = ()  # the claims whose first words these are
    source: bool = False
    cue: bool = False
    key: bool = False
    parts: tuple[Layer, ...] = ()  # of a claim that cover these words
    opens: tuple[Layer, ...] = ()  # of these, the parts whose first words these are

    @property
    def plain(self) -> bool:
        """Tell whether nothing is said of these words."""
        return not (self.claims or self.source or self.cue or self.key or self.parts)

    @property
    def anchors(self) -> str:
        """The anchors of the claims that cover these words, for the page's script."""
        return " ".join(claim.anchor for claim in self.claims)

    @property
    def labels(self) -> str:
        """The numbers of the claims that begin here."""
        return " ".join(claim.label for claim in self.begins)

    @property
    def letters(self) -> str:
        """The letters of the parts that begin here."""
        return " ".join(part.label for part in self.opens)


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph with the white space after it. All of them together are the whole text."""

    pieces: tuple[Piece, ...]
    begins: tuple[Layer, ...]  # the claims that begin in it, in text order
    apart: bool  # an empty line follows


def cut(text: str, within: Span, layers: Sequence[Layer], breaks: Iterable[int] = ()) -> Iterator[Piece]:
    """Cut `within` at the boundaries of the layers and at `breaks`; the pieces joined are its words.

    One sweep: the cost grows with the text and with how many layers cover each boundary. Raises BadSpan
    for a layer that ends outside the text.
    """
    opening: defaultdict[int, list[int]] = defaultdict(list)
    closing: defaultdict[int, list[int]] = defaultdict(list)
    bounds = {within.start, within.end, *(point for point in breaks if within.start < point < within.end)}
    for number, layer in enumerate(layers):
        for span in layer.spans:
            span.of(text)
            start, end = max(span.start, within.start), min(span.end, within.end)
            if start < end:
                opening[start].append(number)
                closing[end].append(number)
                bounds.update((start, end))
    first = {number: min(layer.spans).start for number, layer in enumerate(layers)}
    cover: dict[int, int] = {}  # layer to how many of its spans are open: they may touch or repeat
    points = sorted(bounds)
    for start, end in pairwise(points):
        for number in closing[start]:
            cover[number] -= 1
            if not cover[number]:
                del cover[number]
        for number in opening[start]:
            cover[number] = cover.get(number, 0) + 1
        over = [layers[number] for number in cover]
        kinds = {layer.kind for layer in over}
        begun = [layers[number] for number in dict.fromkeys(opening[start]) if first[number] == start]
        yield Piece(
            words=text[start:end],
            claims=tuple(sorted((layer for layer in over if layer.kind == "claim"), key=_innermost)),
            begins=tuple(layer for layer in begun if layer.kind == "claim"),
            opens=tuple(layer for layer in begun if layer.kind == "part"),
            parts=tuple(layer for layer in over if layer.kind == "part"),
            source="source" in kinds,
            cue="cue" in kinds,
            key="key" in kinds,
        )


def _innermost(claim: Layer) -> tuple[int, int, Spans, str]:
    return (-claim.depth, sum(map(len, claim.spans)), claim.spans, claim.anchor)


def paragraphs(text: str, layers: Sequence[Layer]) -> tuple[Paragraph, ...]:
    """Cut a whole text into paragraphs of pieces; nothing of the text is left out or added."""
    if not text:
        return ()
    # What stands before the first paragraph belongs to it, so that no character is lost.
    starts = [0, *(span.start for span in Segments(text).paragraphs[1:])]
    grouped: list[list[Piece]] = [[] for _ in starts]
    at = 0
    for piece in cut(text, Span(0, len(text)), layers, starts):
        grouped[bisect_right(starts, at) - 1].append(piece)
        at += len(piece.words)
    return tuple(_paragraph(tuple(pieces)) for pieces in grouped)


def _paragraph(pieces: tuple[Piece, ...]) -> Paragraph:
    words = "".join(piece.words for piece in pieces)
    after = words[len(words.rstrip()) :]
    return Paragraph(
        pieces=pieces,
        begins=tuple(claim for piece in pieces for claim in piece.begins),
        apart=after.count("\n") > 1 or after.count("\r") > 1,
    )


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a text that a card shows, and whether it had to be cut inside a sentence."""

    span: Span
    cut_before: bool
    cut_after: bool


def around(segments: Segments, words: Span, *, reach: int) -> Window:
    """Return the sentences that hold `words`, but at most `reach` code points on either side of them.

    A text without sentence ends must not bring its whole length into a card.
    """
    whole = hull((words, *(sentence.span for sentence in segments.sentences_in(words))))
    span = Span(max(whole.start, words.start - reach), min(whole.end, words.end + reach))
    return Window(span=span, cut_before=whole.start < span.start, cut_after=span.end < whole.end)
