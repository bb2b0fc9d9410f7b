"""Who copied whom: texts and passages that stand word for word in an earlier document."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import msgspec
import numpy as np

from sayso.core.ids import DocumentId
from sayso.core.ports import Example, Index
from sayso.core.records import Link, LinkKind, Problem
from sayso.core.spans import Span, Spans, trimmed
from sayso.linking.entries import Origin, order_told, origin_of
from sayso.linking.minhash import BANDS, Hashes, Signatures, Tokens, band_keys, marks, signature, tokens_of
from sayso.linking.passages import Places, covered, passages, quoted, spans_of
from sayso.linking.quotations import Outlets, Quotation, Wanted, folded, passages_of, quotations_of

# A text is a copy when half of its words, or half of the other's, stand in the other.
COPY_FROM = 0.5
# A shared passage of fewer words is a phrase, a title or a name; no rule of the trade names a figure.
FEWEST_WORDS = 40
# A passage that is less than this of both texts is quoted, not copied.
_SMALL = 0.3
_SHORTEST_COPY = 12  # words that a copy of a very short text must share
# Below this estimated overlap of 3-grams no alignment will find half of the words.
_WORTH_ALIGNING = 0.25
_MARKS_SHARED = 2  # a passage of 40 words leaves at least two marks
_MOST_ALIGNED = 8  # earlier texts that one text is aligned with
_TEXTS_KEPT = 64  # prepared earlier texts: those that many others copy are asked for again and again


class _Text(msgspec.Struct):
    """One distinct text of a case: the documents that have it, and its fingerprints."""

    origins: list[Origin]
    keys: Hashes
    signature: Signatures
    marks: Hashes
    quotations: tuple[Quotation, ...]

    @property
    def first(self) -> Origin:
        """Where it stood first."""
        return self.origins[0]


class _Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What two texts share."""

    kind: LinkKind
    rule: str
    earlier: Origin
    words: int
    own_share: float
    other_share: float
    left: Spans
    right: Spans
    places: frozenset[int]  # the words of the later text that are shared
    quoted_in_both: bool


class Copies:
    """Links each document to the first that has its text or a long passage of it."""

    name: ClassVar[str] = "copies"
    version: ClassVar[str] = "2"
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

    def __call__(self, index: Index) -> Iterator[Link | Problem]:
        """Yield the links. Every document gives at most eight, so that they grow with the documents only."""
        texts = _distinct(index)
        prepared = _Prepared(index)
        linked: set[tuple[DocumentId, DocumentId]] = set()
        for text, candidates in zip(texts, _candidates(texts), strict=True):
            found = _kept(prepared.shared(text.first, texts[rank].first) for rank in candidates)
            linked |= {(origin.document, s.earlier.document) for s in found for origin in text.origins}
            for origin in text.origins:
                yield from (_link(origin, shared) for shared in found)
            if any(shared.kind == "copies" for shared in found):
                continue
            for origin in text.origins[1:]:
                yield _identical(origin, text.first, index.document(text.first.document).text)
        for link in _named_quotations(index, texts):
            if (link.left, link.right) not in linked:
                yield link


def _distinct(index: Index) -> list[_Text]:
    """Return the distinct texts that have words, in the order of first appearance."""
    texts: dict[str, _Text] = {}
    for document in index.documents():
        known = texts.get(document.text_sha256)
        if known is not None:
            known.origins.append(origin_of(document))
            continue
        tokens = tokens_of(document.text).hashes
        if not len(tokens):
            continue
        values = signature(tokens)
        texts[document.text_sha256] = _Text(
            origins=[origin_of(document)],
            keys=band_keys(values[None, :])[0],
            signature=values,
            marks=marks(tokens),
            quotations=quotations_of(document.text),
        )
    for text in texts.values():
        text.origins.sort(key=lambda origin: origin.key)
    return sorted(texts.values(), key=lambda text: text.first.key)


def _candidates(texts: Sequence[_Text]) -> Iterator[list[int]]:
    """Yield, for each text, the earlier ones worth aligning, most promising first."""
    promise: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for later, earlier, often in _sharing_marks(texts):
        if often >= _MARKS_SHARED:
            promise[later][earlier] = often / len(texts[later].marks)
    for later, earlier in _sharing_bands(texts):
        agreement = float((texts[later].signature == texts[earlier].signature).mean())
        if agreement >= _WORTH_ALIGNING:
            promise[later][earlier] = max(agreement, promise[later].get(earlier, 0.0))
    for rank in range(len(texts)):
        rated = promise[rank]
        yield sorted(rated, key=lambda earlier: (-rated[earlier], earlier))[:_MOST_ALIGNED]


def _sharing_marks(texts: Sequence[_Text]) -> Iterator[tuple[int, int, int]]:
    """Yield (later, earlier, how many marks) where no text had these marks before the earlier one."""
    if not texts:
        return
    held = np.concatenate([text.marks for text in texts])
    ranks = np.repeat(np.arange(len(texts)), [len(text.marks) for text in texts])
    _, first, which = np.unique(held, return_index=True, return_inverse=True)
    owners = ranks[first[which]]
    copied = owners < ranks
    pairs, often = np.unique(np.stack([ranks[copied], owners[copied]], axis=1), axis=0, return_counts=True)
    yield from ((int(later), int(earlier), int(n)) for (later, earlier), n in zip(pairs, often, strict=True))


def _sharing_bands(texts: Sequence[_Text]) -> Iterator[tuple[int, int]]:
    """Yield (later, earlier) where the earlier text is the first in one of the later one's bands."""
    if not texts:
        return
    keys = np.stack([text.keys for text in texts])
    ranks = np.arange(len(texts))
    pairs = []
    for band in range(BANDS):
        _, first, which = np.unique(keys[:, band], return_index=True, return_inverse=True)
        owners = first[which]
        pairs.append(np.stack([ranks, owners], axis=1)[owners < ranks])
    yield from ((int(later), int(earlier)) for later, earlier in np.unique(np.concatenate(pairs), axis=0))


def _named_quotations(index: Index, texts: Sequence[_Text]) -> Iterator[Link]:
    """Yield a link for each quotation that names its outlet and stands in an earlier text of it."""
    outlets = Outlets(o.outlet for text in texts for o in text.origins if o.outlet is not None)
    asked = (
        (rank, passage)
        for rank, text in enumerate(texts)
        if text.quotations
        for passage in passages_of(index.document(text.first.document).text, text.quotations, outlets)
    )
    wanted = Wanted(asked)
    found: defaultdict[tuple[int, Origin], dict[Span, Span]] = defaultdict(dict)
    taken: set[tuple[int, Span]] = set()
    for rank, text in enumerate(texts):  # in the order of first appearance
        for outlet, origin in {folded(o.outlet): o for o in reversed(text.origins) if o.outlet}.items():
            if outlet not in wanted:
                continue
            for later, passage, span in wanted.found_in(outlet, index.document(origin.document).text):
                if rank < later and (later, passage.span) not in taken:
                    taken.add((later, passage.span))
                    found[later, origin][passage.span] = span
    for (later, earlier), spans in found.items():
        yield from (_quoting(origin, earlier, spans) for origin in texts[later].origins)


def _quoting(later: Origin, earlier: Origin, spans: Mapping[Span, Span]) -> Link:
    what = f"{_named(later, earlier)} names {earlier.name} and quotes it word for word"
    return Link(
        kind="quotes",
        left=later.document,
        right=earlier.document,
        score=0.9,
        left_spans=tuple(sorted(spans)),
        right_spans=tuple(sorted(spans.values())),
        rule="named-quotation",
        why=f"{what}; {order_told(earlier, later)}.",
    )


class _Prepared:
    """Aligns texts; the earlier ones that were asked for last stay prepared."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._kept: OrderedDict[DocumentId, tuple[str, Tokens, Places]] = OrderedDict()
        self._later: tuple[DocumentId | None, str, Tokens] = (None, "", tokens_of(""))

    def shared(self, later: Origin, earlier: Origin) -> _Shared | None:
        """Return what a text shares with an earlier one, or None when that is neither copy nor quotation."""
        if self._later[0] != later.document:
            text = self._index.document(later.document).text
            self._later = (later.document, text, tokens_of(text))
        _, text, tokens = self._later
        other_text, other_tokens, places = self._earlier(earlier)
        blocks = places.shared(tokens.hashes)
        own = covered((b.left, b.length) for b in blocks)
        other = covered((b.right, b.length) for b in blocks)
        shares = own / len(tokens), other / len(other_tokens)
        whole = max(shares) >= COPY_FROM and own >= min(_SHORTEST_COPY, len(tokens))
        if not whole:
            long = [p for p in passages(blocks) if sum(b.length for b in p) >= FEWEST_WORDS]
            blocks = [block for passage in long for block in passage]
        if not blocks:
            return None
        left = spans_of(((b.left, b.length) for b in blocks), tokens)
        right = spans_of(((b.right, b.length) for b in blocks), other_tokens)
        in_quotes = _all_quoted(left, text)
        quotes = in_quotes or (not whole and max(shares) < _SMALL)
        return _Shared(
            kind="quotes" if quotes else "copies",
            rule="near-duplicate" if whole else "shared-passage",
            earlier=earlier,
            words=covered((b.left, b.length) for b in blocks),
            own_share=shares[0],
            other_share=shares[1],
            left=left,
            right=right,
            places=frozenset(place for b in blocks for place in range(b.left, b.left + b.length)),
            quoted_in_both=in_quotes and _all_quoted(right, other_text),
        )

    def _earlier(self, origin: Origin) -> tuple[str, Tokens, Places]:
        if origin.document not in self._kept:
            text = self._index.document(origin.document).text
            tokens = tokens_of(text)
            self._kept[origin.document] = (text, tokens, Places(tokens.hashes))
            if len(self._kept) > _TEXTS_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(origin.document)
        return self._kept[origin.document]


def _all_quoted(spans: Spans, text: str) -> bool:
    return all(quoted(span, text) for span in spans)


def _kept(found: Iterator[_Shared | None]) -> list[_Shared]:
    """Return the earliest of the fullest matches, and others only for passages that it does not have."""
    # Of texts that hold about as much of this one, the earliest is where it comes from.
    ordered = sorted(
        (shared for shared in found if shared is not None),
        key=lambda shared: (-round(shared.own_share, 1), shared.earlier.key),
    )
    kept: list[_Shared] = []
    had: frozenset[int] = frozenset()
    for shared in ordered:
        if not kept or len(shared.places - had) >= FEWEST_WORDS:
            kept.append(shared)
            had |= shared.places
    return kept


def _identical(later: Origin, earlier: Origin, text: str) -> Link:
    whole = trimmed(Span(0, len(text)), text)
    spans = (whole,) if whole is not None else ()
    same = f"{_named(later, earlier)} has the same text as {earlier.name}, word for word"
    return Link(
        kind="copies",
        left=later.document,
        right=earlier.document,
        score=1.0,
        left_spans=spans,
        right_spans=spans,
        rule="identical",
        why=f"{same}; {order_told(earlier, later)}.",
    )


def _link(later: Origin, shared: _Shared) -> Link:
    earlier = shared.earlier
    named = _named(later, earlier)
    if shared.quoted_in_both:
        what = f"{named} and {earlier.name} give the same {shared.words} quoted words"
    elif shared.kind == "quotes":
        what = f"{named} repeats a passage of {shared.words} words that stands in {earlier.name}"
    else:
        shares = f"{shared.own_share:.0%} of its own text, {shared.other_share:.0%} of the other"
        what = f"{named} shares {shared.words} words with {earlier.name}: {shares}"
    return Link(
        kind=shared.kind,
        left=later.document,
        right=earlier.document,
        score=round(max(shared.own_share, shared.other_share), 4),
        left_spans=shared.left,
        right_spans=shared.right,
        rule=shared.rule,
        why=f"{what}; {order_told(earlier, later)}.",
    )


def _named(later: Origin, earlier: Origin) -> str:
    name = later.name if later.name != earlier.name else f"another text of {later.name}"
    return name[:1].upper() + name[1:]
