"""The life of a claim: who said it first, who repeated it, who denied it, and how many sources are left."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sayso.core.ids import ClaimId, DocumentId
from sayso.core.records import Claim, Link, LinkKind, order_is_stated
from sayso.core.views import (
    DocumentHead,
    Proposition,
    Source,
    Trace,
    TraceEvent,
    TraceKind,
)
from sayso.flow.propositions import MOST_CLAIMS, is_compound, moment, proposition
from sayso.ledger.pages import Pages
from sayso.linking.credits import Publishers
from sayso.linking.independence import Independence, independent_sources, telling_of
from sayso.linking.independence import Source as Told

# What a link says of a claim that is its right side, and of one that is its left.
_AS_RIGHT: dict[LinkKind, TraceKind] = {"denies": "denied", "contradicts": "conflict", "updates": "updated"}
_AS_LEFT: dict[LinkKind, TraceKind] = {
    "denies": "denies",
    "contradicts": "conflict",
    "updates": "updates",
    "reviewed_by": "reviewed",
}


def trace(pages: Pages, claim: ClaimId, most: int = MOST_CLAIMS) -> Trace:
    """Return what happened to a claim, in the order of publication.

    With at most `most` claims that say the same, and as many answers of each kind, the surest of them.
    """
    group = proposition(pages, claim, most)
    independence = _independence(pages, group)
    heads = {view.document.id: view.document for view in group.claims}
    answers, left_out = _answers(pages, group, most)
    events = (*_tellings(pages, group, independence), *answers)
    return Trace(
        claim=claim,
        proposition=group,
        events=tuple(sorted(events, key=lambda event: _in_time(pages, event))),
        sources=tuple(
            Source(
                name=source.name,
                documents=tuple(heads[document] for document in source.documents),
                why=tuple(fold.why for fold in source.folds),
            )
            for source in independence.sources
        ),
        voices=len(independence.voices),
        left_out=left_out,
    )


def _independence(pages: Pages, group: Proposition) -> Independence:
    publishers = Publishers(group.outlets)
    files = {view.document.id: view.document.origin for view in group.claims}
    tellings = [
        telling_of(*pages.source(view.claim.id), publishers, file=files.__getitem__) for view in group.claims
    ]
    documents = set(map(str, files))
    # Also those with documents outside the group: two that have it from the same third are one source.
    return independent_sources(tellings, pages.ties(documents, ("copies", "quotes")))


def _tellings(pages: Pages, group: Proposition, independence: Independence) -> Iterator[TraceEvent]:
    """Yield where the claim stands; documents that have it from another are folded into that one."""
    origin = {document: root for source in independence.sources for document, root in _roots(source)}
    alike: defaultdict[tuple[DocumentId, str], list[ClaimId]] = defaultdict(list)
    heads: dict[ClaimId, DocumentHead] = {}
    for view in group.claims:
        heads[view.claim.id] = view.document
        voice = "" if view.voice == "outlet" else (view.speaker or "").casefold()
        alike[origin.get(view.document.id, view.document.id), voice].append(view.claim.id)
    first = group.first_seen
    for same in alike.values():
        published = heads[same[0]].published_at
        earliest = same[0] == group.head.claim.id or (
            published is not None and first is not None and not order_is_stated(first, published)
        )
        yield TraceEvent(
            kind="first seen" if earliest else "repeated",
            published_at=published,
            end=pages.claim_end(same[0]),
            copies=tuple(pages.claim_end(other) for other in same[1:]),
        )


def _roots(source: Told) -> Iterator[tuple[DocumentId, DocumentId]]:
    """Yield each document of a source with the one that it has the claim from."""
    # One outlet that says it twice is one source, but it did say it twice.
    into = {
        fold.document: fold.into or source.documents[0] for fold in source.folds if fold.ground != "outlet"
    }
    for document in source.documents:
        root, seen = document, {document}
        while (further := into.get(root)) is not None and further not in seen:
            root = further
            seen.add(root)
        yield document, root


def _answers(pages: Pages, group: Proposition, most: int) -> tuple[Sequence[TraceEvent], int]:
    """Return what stands against the claim, takes its place, or reviews it, and how many links are left."""
    own = {str(view.claim.id) for view in group.claims}
    plain = {str(view.claim.id) for view in group.claims if not is_compound(view.claim)} or own
    surest: dict[tuple[TraceKind, str], Link] = {}
    ties, left_out = pages.surest_ties(own, tuple(_AS_LEFT), most)
    pages.read(end for link in ties for end in (link.left, link.right) if end.startswith(f"{Claim.prefix}_"))
    for link in ties:
        # What stands against the other figure of a claim that gives two says nothing of this one.
        told_by = plain if link.kind in {"contradicts", "updates"} else own
        for kind, other in _about(link, told_by):
            if other in own:
                continue
            known = surest.get((kind, other))
            if known is None or _rank(link) < _rank(known):
                surest[kind, other] = link
    alike: defaultdict[tuple[TraceKind, str, str], list[TraceEvent]] = defaultdict(list)
    for (kind, other), link in surest.items():
        view = pages.link_view(link)
        side = view.left if view.left.id == other else view.right
        end = pages.claim_end(ClaimId(other)) if side.kind == "claim" else side
        event = TraceEvent(kind=kind, published_at=end.document.published_at, end=end, link=view)
        alike[kind, (end.speaker or "").casefold(), " ".join(end.words.casefold().split())].append(event)
    folded = [_folded(sorted(same, key=lambda event: _in_time(pages, event))) for same in alike.values()]
    return folded, left_out


def _about(link: Link, own: set[str]) -> Iterator[tuple[TraceKind, str]]:
    if link.right in own and link.kind in _AS_RIGHT:
        yield _AS_RIGHT[link.kind], link.left
    if link.left in own:
        yield _AS_LEFT[link.kind], link.right


def _rank(link: Link) -> tuple[bool, float, str]:
    return link.judgement != "confirmed", -link.score, link.id


def _folded(same: Sequence[TraceEvent]) -> TraceEvent:
    first, *others = same
    return TraceEvent(
        kind=first.kind,
        published_at=first.published_at,
        end=first.end,
        link=first.link,
        copies=tuple(other.end for other in others),
    )


def _in_time(pages: Pages, event: TraceEvent) -> tuple[tuple[str, str], bool, int, str, int, str]:
    """Return a key that orders events by publication, those of one moment as documents first appear."""
    start = event.end.spans[0].start if event.end.spans else 0
    own = event.kind not in {"first seen", "repeated"}
    document = event.end.document.id
    # What no document says, a review, has no place among them.
    length = 0 if event.end.kind == "review" else pages.appearance(document)[2]
    return moment(event.published_at), own, length, document, start, event.end.id
