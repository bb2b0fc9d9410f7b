"""Who copied whom: texts and passages that stand word for word in an earlier document."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import msgspec

from sayso.core.ids import DocumentId
from sayso.core.ports import MOST_FILED, Example, Filing, Index
from sayso.core.records import Document, Link, LinkKind, Problem
from sayso.core.spans import Span, Spans, trimmed
from sayso.linking.entries import Origin, order_told
from sayso.linking.independence import SHARED_QUOTATION
from sayso.linking.minhash import Tokens, band_keys, marks, signature, tokens_of
from sayso.linking.provenance import Provenance, provenance
from sayso.linking.quotations import Quotation, names, stands_in
from sayso.linking.sharing import FEWEST_WORDS, SHORTEST_COPY, Shared, Text, shared_by

# Records looked at under one key; what more texts have is a phrase, or a story whose first prints are known.
_LOOKED_AT = 16
_RARE = 4  # records under a key that count in full
# A text is worth aligning from so many common keys: unrelated ones often have one in common.
_WORTH_ALIGNING = 1.5
_MOST_OPENED = 16  # texts that one text may be aligned with are read
_MOST_ALIGNED = 8
# Of the texts that share about as much, the first is where it comes from.
_AS_MUCH = 0.75
_AS_FULL = 0.1  # of the words: what a later edition may have more
_TEXTS_KEPT = 256  # prepared texts: those that many others copy are asked for again and again


class Copies:
    """Links each document to the first that has its text or a long passage of it."""

    name: ClassVar[str] = "copies"
    version: ClassVar[str] = "5"
    kinds: ClassVar[tuple[LinkKind, ...]] = ("copies", "quotes")
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            content=(
                b'{"id":"1","published":"2031-05-03","publisher":"Aldermoor Post","text":'
                b'"Shells hit the fish market of Brenna at dawn on Saturday, the harbour master said. '
                b'Three stalls burned down, and the ferry to Ostrany did not sail."}\n'
                b'{"id":"2","published":"2031-05-04","publisher":"Tidewater Times","text":'
                b'"Bad news from the coast. Shells hit the fish market of Brenna at dawn on Saturday, the '
                b'harbour master said. Three stalls burned down, and the ferry to Ostrany did not sail."}\n'
            ),
            origin="example.jsonl",
            yields=("copies", "Aldermoor Post was first"),
        ),
    )

    def keys(self, document: Document, index: Index) -> Iterator[Filing]:
        """Yield the document's fingerprints: its text, the bands of its signature, its marks."""
        del index
        tokens = tokens_of(document.text)
        if not len(tokens):
            return
        for key in (_text_key(document), *_fingerprints(tokens)):
            yield Filing(key=key, record=document.id)

    def __call__(self, index: Index) -> Iterator[Link | Problem]:
        """Yield the links. Every document gives at most a few, so that they grow with the documents only."""
        yield from _Search(index).links()


def _text_key(document: Document) -> str:
    return f"text {document.text_sha256}"


def _fingerprints(tokens: Tokens) -> list[str]:
    bands = band_keys(signature(tokens.hashes)[None, :])[0].tolist()
    return [*(f"band {n} {key:x}" for n, key in enumerate(bands)), *_marks_of(tokens)]


def _marks_of(tokens: Tokens) -> list[str]:
    return [f"mark {mark:x}" for mark in marks(tokens.hashes).tolist()]


class _Findings(msgspec.Struct, frozen=True):
    """What the documents of one text have from others."""

    shared: list[Shared]
    quoted: list[tuple[Text, dict[Span, Span]]]  # outlets that are named, by the words of the text


class _Search:
    """Looks for what the new documents copy, and for what copies them."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._news = frozenset(index.news())
        self._texts: OrderedDict[str, Text] = OrderedDict()
        self._findings: OrderedDict[str, _Findings] = OrderedDict()  # by the text's digest

    def links(self) -> Iterator[Link]:
        """Yield the links of every new document."""
        for document in self._index.news():
            text = self._text(document)
            if len(text.tokens):
                yield from self._links_of(text)

    def _text(self, document: str) -> Text:
        if document not in self._texts:
            found = self._index.document(DocumentId(document))
            self._texts[document] = Text(found, self._index.origin)
            if len(self._texts) > _TEXTS_KEPT:
                self._texts.popitem(last=False)
        self._texts.move_to_end(document)
        return self._texts[document]

    def _links_of(self, text: Text) -> Iterator[Link]:
        twins = self._twins(text)
        first = min((text, *twins), key=lambda twin: twin.origin.key)
        known = self._findings.get(text.document.text_sha256)
        if first is not text and known is not None:
            yield from _links(text, first, known)
            return
        candidates = self._candidates(text)
        found = self._found(text, first, candidates)
        yield from _links(text, first, found)
        if first is text:
            yield from self._links_to(text, twins, candidates, found)

    def _twins(self, text: Text) -> list[Text]:
        """Return the first documents that have the same text; none for one that is too short to be copied."""
        if len(text.tokens) < SHORTEST_COPY:
            return []
        key = _text_key(text.document)
        filed = self._index.filed((key,), _MOST_ALIGNED).get(key, ())
        return [self._text(twin) for twin in filed if twin != text.document.id]

    def _candidates(self, text: Text) -> list[tuple[float, Text]]:
        """Return the texts worth aligning, each with how much they promise, the most promising first."""
        promise: defaultdict[str, float] = defaultdict(float)
        for records in self._index.filed(_fingerprints(text.tokens), _LOOKED_AT).values():
            weight = min(1, _RARE / len(records))
            for record in records:
                promise[record] += weight
        promise.pop(text.document.id, None)
        worth = sorted(
            ((score, record) for record, score in promise.items() if score >= _WORTH_ALIGNING),
            key=lambda rated: -rated[0],
        )
        opened = [(score, self._text(record)) for score, record in worth[:_MOST_OPENED]]
        return [rated for rated in opened if rated[1].document.text_sha256 != text.document.text_sha256]

    def _found(self, text: Text, first: Text, candidates: list[tuple[float, Text]]) -> _Findings:
        """Return what a text has from those that appeared before it did for the first time."""
        earlier = [rated for rated in candidates if rated[1].origin.key < first.origin.key]
        most = max((score for score, _ in earlier), default=0)
        earlier.sort(key=lambda rated: (rated[0] < _AS_MUCH * most, rated[1].origin.key))
        shared: list[Shared] = []
        had: frozenset[int] = frozenset()
        for _, other in earlier[:_MOST_ALIGNED]:
            if len(text.tokens) - len(had) < FEWEST_WORDS and had:
                break  # no other text can have a passage that these do not have
            one = shared_by(text, other)
            if one is not None:
                shared.append(one)
                had |= one.places
        kept = _kept(shared)
        linked = {one.other.document.id for one in kept}
        quoted = [held for held in self._quoted(text, first) if held[0].document.id not in linked]
        found = _Findings(kept, quoted)
        self._findings[text.document.text_sha256] = found
        if len(self._findings) > _TEXTS_KEPT:
            self._findings.popitem(last=False)
        return found

    def _quoted(self, text: Text, first: Text) -> list[tuple[Text, dict[Span, Span]]]:
        """Return the earlier texts that a text quotes word for word, naming the outlet."""
        found: dict[str, tuple[Text, dict[Span, Span]]] = {}
        passages = [(one, tokens_of(one.span.of(text.document.text))) for one in text.quotations]
        marks_of = [_marks_of(words) for _, words in passages]
        filed = self._index.filed({mark for held in marks_of for mark in held}, MOST_FILED)
        for (quotation, words), held in zip(passages, marks_of, strict=True):
            holders = [filed.get(mark, ()) for mark in held]
            # The source has every mark of the quotation, unless too many texts have it.
            common = set[str]().union(*holders).intersection(*(h for h in holders if len(h) < MOST_FILED))
            others = (self._text(record) for record in common if record != text.document.id)
            earlier = (other for other in others if other.origin.key < first.origin.key)
            for other in sorted(earlier, key=lambda other: other.origin.key):
                place = _place_of(quotation, words, other)
                if place is not None:
                    found.setdefault(other.document.id, (other, {}))[1][quotation.span] = place
                    break
        return list(found.values())

    def _links_to(
        self, text: Text, twins: list[Text], candidates: list[tuple[float, Text]], found: _Findings
    ) -> Iterator[Link]:
        """Yield links from documents that were linked before to one of an earlier date, added after them.

        The first of those that share a passage is enough: the others are linked to that one.
        """
        before = [twin for twin in twins if twin.document.id not in self._news]
        if before:
            yield _identical(min(before, key=lambda twin: twin.origin.key), text)
            return
        had = frozenset(place for shared in found.shared for place in shared.places)
        others = (other for _, other in candidates if other.document.id not in self._news)
        later = sorted(
            (other for other in others if other.origin.key > text.origin.key),
            key=lambda other: other.origin.key,
        )
        for other in later[:_MOST_ALIGNED]:
            shared = shared_by(text, other)
            if shared is not None and (len(shared.places - had) >= FEWEST_WORDS or not had):
                had |= shared.places
                yield _turned(text, shared)
            elif shared is None:
                yield from _late_quotation(other, text)


def _place_of(quotation: Quotation, words: Tokens, source: Text) -> Span | None:
    outlet = source.origin.outlet
    if outlet is None or not names(quotation.lead, outlet):
        return None
    return stands_in(words.hashes, source.tokens)


def _late_quotation(later: Text, earlier: Text) -> Iterator[Link]:
    """Yield the link from a document to one that it quotes by name, and that was added after it."""
    spans = {}
    for quotation in later.quotations:
        place = _place_of(quotation, tokens_of(quotation.span.of(later.document.text)), earlier)
        if place is not None:
            spans[quotation.span] = place
    if spans:
        yield _quoting(later, earlier, spans)


def _kept(found: Sequence[Shared]) -> list[Shared]:
    """Return the earliest of the fullest matches, and others only for passages that it does not have."""
    # Of texts that hold about as much of this one, the earliest is where it comes from.
    fullest = max((shared.own_share for shared in found), default=0) - _AS_FULL
    ordered = sorted(found, key=lambda shared: (shared.own_share < fullest, shared.other.origin.key))
    kept: list[Shared] = []
    had: frozenset[int] = frozenset()
    for shared in ordered:
        if not kept or len(shared.places - had) >= FEWEST_WORDS:
            kept.append(shared)
            had |= shared.places
    return kept


def _links(text: Text, first: Text, found: _Findings) -> Iterator[Link]:
    """Yield the links of a document by what is found for its text, which appeared first in `first`."""
    yield from (_shared_link(text, shared) for shared in found.shared)
    if first is not text and not any(shared.kind == "copies" for shared in found.shared):
        yield _identical(text, first)
    yield from (_quoting(text, other, spans) for other, spans in found.quoted)


def _shared_link(text: Text, shared: Shared) -> Link:
    """Return the link of a text with an earlier one."""
    return _told(shared, provenance(text, shared.other), text)


def _turned(text: Text, shared: Shared) -> Link:
    """Return the link of a text with a later one."""
    return _told(shared, provenance(shared.other, text), text)


def _told(shared: Shared, found: Provenance, text: Text) -> Link:
    """Return a link from the copy to its source; `shared` is as `text` sees it."""
    own, other = (shared.own_share, shared.own_spans), (shared.other_share, shared.other_spans)
    (share, spans), (source_share, source_spans) = (own, other) if found.copy is text else (other, own)
    return Link(
        kind=shared.kind,
        left=found.copy.document.id,
        right=found.source.document.id,
        score=round(max(share, source_share), 4),
        left_spans=spans,
        right_spans=source_spans,
        rule=SHARED_QUOTATION if shared.quoted_in_both else shared.rule,
        why=f"{_what(shared, found, share, source_share)}; {found.why}.",
    )


def _what(shared: Shared, found: Provenance, share: float, source_share: float) -> str:
    named, source = _named(found.copy.origin, found.source.origin), found.source.origin.name
    if shared.quoted_in_both:
        return f"{named} and {source} give the same {shared.words} quoted words"
    if shared.kind == "quotes":
        return f"{named} repeats a passage of {shared.words} words that stands in {source}"
    shares = f"{share:.0%} of its own text, {source_share:.0%} of the other"
    if shared.rule == "reworded":
        return f"{named} has {shared.words} words in the order of {source}, with others between: {shares}"
    return f"{named} shares {shared.words} words with {source}: {shares}"


def _identical(later: Text, earlier: Text) -> Link:
    found = provenance(later, earlier)
    text = later.document.text
    whole = trimmed(Span(0, len(text)), text)
    spans: Spans = (whole,) if whole is not None else ()
    named, source = _named(found.copy.origin, found.source.origin), found.source.origin.name
    return Link(
        kind="copies",
        left=found.copy.document.id,
        right=found.source.document.id,
        score=1.0,
        left_spans=spans,
        right_spans=spans,
        rule="identical",
        why=f"{named} has the same text as {source}, word for word; {found.why}.",
    )


def _quoting(later: Text, earlier: Text, spans: Mapping[Span, Span]) -> Link:
    named, source = _named(later.origin, earlier.origin), earlier.origin.name
    order = order_told(earlier.origin, later.origin)
    return Link(
        kind="quotes",
        left=later.document.id,
        right=earlier.document.id,
        score=0.9,
        left_spans=tuple(sorted(spans)),
        right_spans=tuple(sorted(spans.values())),
        rule="named-quotation",
        why=f"{named} names {source} and quotes it word for word; {order}.",
    )


def _named(copy: Origin, source: Origin) -> str:
    name = copy.name if copy.name != source.name else f"another text of {copy.name}"
    return name[:1].upper() + name[1:]
