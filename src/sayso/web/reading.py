"""A document as a reader sees it: its text in paragraphs, and in the margin what is claimed in each."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

import msgspec

from sayso.core.records import Annotation, Document, LinkKind
from sayso.core.spans import Span, Spans
from sayso.core.views import ClaimView, DocumentHead, LinkCount, Quoted, ReadClaim, ReadingPage
from sayso.exchange.papers import ACTS, VOICES
from sayso.exchange.passages import Layer, paragraphs
from sayso.exchange.passages import Paragraph as Cut
from sayso.web.parts import Told, parts

# From the side of the claim that acts, and from the other.
_LINKS: Final[Mapping[LinkKind, tuple[str, str]]] = {
    "denies": ("denies", "denied by"),
    "contradicts": ("conflicts with", "conflicts with"),
    "updates": ("updates", "updated by"),
    "same": ("also said in", "also said in"),
    "quotes": ("quotes", "quoted by"),
    "copies": ("copies", "copied by"),
    "depicts": ("depicts", "depicted by"),
    "reviewed_by": ("reviewed by", "reviews"),
}


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the margin beside a claim's first words."""

    read: ReadClaim
    parts: tuple[Told, ...]

    @property
    def number(self) -> int:
        """The claim's number in its document, from 1, in text order."""
        return self.read.number

    @property
    def view(self) -> ClaimView:
        """The claim with its source chain."""
        return self.read.view

    @property
    def anchor(self) -> str:
        """The note's id in the page; the claim's words carry it too."""
        return f"n{self.number}"

    @property
    def act(self) -> str:
        """What the speaker does, as a verb."""
        return ACTS[self.view.claim.act]

    @property
    def voice(self) -> str:
        """How the words are given."""
        return VOICES[self.view.voice]

    @property
    def links(self) -> tuple[str, ...]:
        """How many links of each kind there are, in words, what stands against the claim first."""
        told: dict[str, int] = {}
        for count in sorted(self.read.links, key=_weight):
            words = _LINKS[count.kind][0 if count.acts else 1]
            told[words] = told.get(words, 0) + count.count
        return tuple(f"{words} {number}" for words, number in told.items())


def _weight(count: LinkCount) -> tuple[int, bool]:
    return list(_LINKS).index(count.kind), count.acts


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph with the notes of the claims that begin in it."""

    start: int  # code points into the document's text
    cut: Cut
    notes: tuple[Note, ...]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a person did to the claims of the document, newest first in a list."""

    made: Annotation
    last: bool  # no other came after it, so that it can be taken back

    @property
    def told(self) -> str:
        """What was done, in words."""
        if self.made.claim is None:
            return "took out"
        return "added" if self.made.replaces is None else "corrected"


class Sheet:
    """A part of one document, ready to be laid out; nearly always it is the whole."""

    def __init__(self, page: ReadingPage) -> None:
        self.page = page
        self.notes = tuple(Note(read=read, parts=self._parts(read)) for read in page.claims)

    @property
    def head(self) -> DocumentHead:
        """Where the document is from."""
        return self.page.head

    @property
    def document(self) -> Document:
        """The document with its stored text."""
        return self.page.document

    @property
    def span(self) -> Span | None:
        """Which part of the text is shown; None: there is none."""
        return self.page.span

    @property
    def after(self) -> int | None:
        """Where the next part begins, in code points; None: this is the last."""
        end = 0 if self.span is None else self.span.end
        return end if 0 < end < len(self.document.text) else None

    @property
    def changes(self) -> tuple[Change, ...]:
        """What people did to the claims, the newest first."""
        seen: set[str] = set()
        told: list[Change] = []
        for made in reversed(self.page.annotations):
            named = {claim for claim in (made.claim, made.replaces) if claim is not None}
            told.append(Change(made=made, last=seen.isdisjoint(named)))
            seen |= named
        return tuple(told)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All of the part; nothing of it is left out or added."""
        return () if self.span is None else tuple(self._laid_out(self.span))

    def _laid_out(self, span: Span) -> Iterator[Paragraph]:
        by_anchor = {note.anchor: note for note in self.notes}
        at = span.start
        for cut in paragraphs(span.of(self.document.text), tuple(self._layers(span))):
            begun = tuple(
                note
                for note in (by_anchor[layer.anchor] for layer in cut.begins)
                if min(note.view.claim.content).start >= span.start
            )
            yield Paragraph(start=at, cut=cut, notes=begun)
            at += sum(len(piece.words) for piece in cut.pieces)

    def _layers(self, span: Span) -> Iterator[Layer]:
        for note in self.notes:
            content = _within(note.view.claim.content, span)
            if not content:  # its words stand before and after this part
                continue
            yield Layer(
                spans=content,
                kind="claim",
                anchor=note.anchor,
                label=str(note.number),
                voice=note.view.voice,
                depth=len(note.view.chain),
            )
        for attribution in {one.id: one for note in self.notes for one in note.read.attributions}.values():
            for kind, words in (("source", attribution.source), ("cue", attribution.cue)):
                if found := _within(words, span):
                    yield Layer(spans=found, kind="source" if kind == "source" else "cue")

    def _parts(self, read: ReadClaim) -> tuple[Told, ...]:
        whole = Span(0, len(self.document.text))
        innermost = read.attributions[0]
        quoted = Quoted(
            view=read.view,
            capture=self.document.capture,
            span=whole,
            words=self.document.text,
            cut_before=False,
            cut_after=False,
            sentences=(whole,),
            source=innermost.source,
            cue=innermost.cue,
        )
        return parts(quoted)


def _within(spans: Spans, part: Span) -> Spans:
    """Return spans as far as they reach into a part, counted from where it begins."""
    return tuple(
        Span(max(span.start, part.start) - part.start, min(span.end, part.end) - part.start)
        for span in spans
        if span.overlaps(part)
    )
