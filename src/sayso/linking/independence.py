"""How many sources a claim has once copies are folded together and credits are followed."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from sayso.core.ids import ClaimId, DocumentId, LinkId
from sayso.core.records import Attribution, Claim, Document, Link, LinkKind
from sayso.core.spans import Spans, hull
from sayso.linking.credits import Credit, Publishers, credit_told, credits_of, initials_of, outlet_key
from sayso.linking.entries import Origin, order_told, origin_of

Ground = Literal["copy", "quotation", "credit", "outlet"]
_GROUNDS: Mapping[LinkKind, Ground] = {"copies": "copy", "quotes": "quotation"}
# The rule of a link between two documents that both give the same words within quotation marks.
SHARED_QUOTATION = "shared-quotation"

# A claim is part of a shared passage when at least this much of its words is; editors change a word or two.
_IN_PASSAGE = 0.5


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One place where a claim of the group stands, and what tells where its document has it from."""

    claim: ClaimId
    origin: Origin
    spans: Spans  # where its words stand, in code points of its document's text
    voice: str  # who says it, as `voices` counts them: equal for one party, and for one outlet
    credits: tuple[Credit, ...] = ()

    @property
    def document(self) -> DocumentId:
        """The document it stands in."""
        return self.origin.document


class Fold(msgspec.Struct, frozen=True, kw_only=True):
    """Why one document is no source of its own for the claim."""

    document: DocumentId
    into: DocumentId | None  # None: an outlet that is named, of which no document has the claim
    ground: Ground
    why: str  # one sentence for a reader
    link: LinkId | None = None  # the copies- or quotes-link it rests on


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One source that is left: the documents that go back to it, and why each does."""

    name: str  # its outlet; where that is not in the case, as the documents name it
    documents: tuple[DocumentId, ...]  # in the order of first appearance, those credited by others first
    folds: tuple[Fold, ...]


class Independence(msgspec.Struct, frozen=True, kw_only=True):
    """How many sources a claim has. `voices` are those on whose word they all have it."""

    sources: tuple[Source, ...]  # in the order of first appearance
    voices: tuple[str, ...]

    @property
    def documents(self) -> int:
        """In how many documents the claim stands."""
        return sum(len(source.documents) for source in self.sources)


def telling_of(
    claim: Claim,
    attribution: Attribution,
    document: Document,
    publishers: Publishers,
    *,
    file: Callable[[DocumentId], str],
) -> Telling:
    """Return one place where a claim stands.

    `publishers` are the outlets of the case: a credit that names one of them needs no further sign. `file`
    names the file that a document is from.
    """
    origin = origin_of(document, file)
    speaker = attribution.speaker
    if attribution.voice == "outlet":
        voice = origin.outlet or origin.document
    else:
        voice = claim.id if speaker is None else speaker.party or speaker.name.casefold()
    return Telling(
        claim=claim.id,
        origin=origin,
        spans=claim.content,
        voice=voice,
        credits=credits_of(document, publishers, near=hull(claim.content)),
    )


def independent_sources(tellings: Sequence[Telling], links: Iterable[Link]) -> Independence:
    """Return the sources that are left of the places where one claim stands.

    `tellings` are those of a group of same-claims; `links` are the copies and quotes of their documents
    (others are passed over, and so are those that people rejected). Documents are folded together when the
    words of the claim stand in a passage that one has from the other, when one credits the other's outlet,
    or both the same one, for the text or for the sentence of the claim, and when they are of one outlet.
    Words that two documents both give within quotation marks fold nothing: each may have heard the speaker.
    The time grows with the tellings and the links.
    """
    ordered = sorted(tellings, key=lambda telling: telling.origin.key)
    family = _Families(ordered)
    for link in sorted(links, key=lambda link: link.id):
        family.take(link)
    for telling in ordered:
        family.follow_credits(telling)
    return Independence(
        sources=tuple(family.sources()), voices=tuple(dict.fromkeys(one.voice for one in ordered))
    )


class _Families:
    """Documents and outlets, joined where one goes back to the other; remembers why."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self._tellings: defaultdict[DocumentId, list[Telling]] = defaultdict(list)
        for telling in tellings:
            self._tellings[telling.document].append(telling)
        self._above: dict[str, str] = {}
        self._folds: defaultdict[DocumentId, list[Fold]] = defaultdict(list)
        self._outlets: dict[str, DocumentId] = {}
        self._outside: dict[str, str] = {}  # outlets named of which no document is here, as written
        for document, (first, *_) in self._tellings.items():
            if first.origin.outlet is not None:
                self._join_outlet(document, first.origin)

    def _join_outlet(self, document: DocumentId, origin: Origin) -> None:
        first = self._outlets.setdefault(outlet_key(origin.outlet or ""), document)
        if first != document:
            order = order_told(self._tellings[first][0].origin, origin)
            self._fold(document, first, "outlet", f"Both are of {origin.name}; {order}.")
        for initials in initials_of(origin.outlet or ""):
            self._outlets.setdefault(initials, first)

    def take(self, link: Link) -> None:
        """Join the two documents of a link when the claim stands in what it says they share."""
        ground = _GROUNDS.get(link.kind)
        if ground is None or link.judgement == "rejected" or link.rule == SHARED_QUOTATION:
            return
        left, right = DocumentId(link.left), DocumentId(link.right)
        if not (self._stands_in(left, link.left_spans) or self._stands_in(right, link.right_spans)):
            return
        if left in self._tellings:
            self._fold(left, right, ground, link.why, LinkId(link.id))
        else:
            self._join(left, right)

    def _stands_in(self, document: DocumentId, passage: Spans) -> bool:
        return any(
            _common(telling.spans, passage) >= _IN_PASSAGE * sum(map(len, telling.spans))
            for telling in self._tellings.get(document, ())
        )

    def follow_credits(self, telling: Telling) -> None:
        """Join a document with the outlets that it credits for the claim."""
        here = hull(telling.spans)
        for credit in telling.credits:
            if credit.covers == "part" or (
                credit.sentence is not None and not credit.sentence.overlaps(here)
            ):
                continue
            key = outlet_key(credit.name)
            into = self._outlets.get(key)
            if into == telling.document:
                continue
            if into is None:
                self._outside.setdefault(key, credit.name)
            self._fold(
                telling.document, into, "credit", credit_told(telling.origin, credit), node=f"outlet {key}"
            )

    def _fold(  # noqa: PLR0913 - a fold has as many parts
        self,
        document: DocumentId,
        into: DocumentId | None,
        ground: Ground,
        why: str,
        link: LinkId | None = None,
        *,
        node: str = "",
    ) -> None:
        self._join(document, into or node)
        fold = Fold(document=document, into=into, ground=ground, why=why, link=link)
        if fold not in self._folds[document]:
            self._folds[document].append(fold)

    def _join(self, one: str, other: str) -> None:
        self._above[self._top(one)] = self._top(other)

    def _top(self, node: str) -> str:
        while (above := self._above.get(node, node)) != node:
            node = self._above[node] = self._above.get(above, above)
        return node

    def sources(self) -> Iterator[Source]:
        """Yield what is left, in the order of first appearance."""
        families: defaultdict[str, list[DocumentId]] = defaultdict(list)
        for document in self._tellings:
            families[self._top(document)].append(document)
        named = {self._top(f"outlet {key}"): name for key, name in reversed(self._outside.items())}
        for top, documents in families.items():
            # Of equal ones the first stays first.
            documents.sort(key=lambda document: bool(self._folds[document]))
            first = documents[0]
            name = self._tellings[first][0].origin.name
            yield Source(
                name=named.get(top, name) if self._folds[first] else name,
                documents=tuple(documents),
                folds=tuple(fold for document in documents for fold in self._folds[document]),
            )


def _common(spans: Spans, passage: Spans) -> int:
    """Return how many code points of some spans lie in a passage's; both are in order and overlap-free."""
    ends = [span.end for span in passage]
    shared = 0
    for span in spans:
        at = bisect_right(ends, span.start)
        while at < len(passage) and passage[at].start < span.end:
            shared += min(span.end, passage[at].end) - max(span.start, passage[at].start)
            at += 1
    return shared
