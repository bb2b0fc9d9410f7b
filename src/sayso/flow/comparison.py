"""Who states which figure for an outcome, when and where, and which figures stand against each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

import msgspec

from sayso.core.ids import ClaimId, LinkId
from sayso.core.records import Claim, Link, Place, Quantity
from sayso.core.spans import Spans
from sayso.core.spans import words as words_at
from sayso.core.views import ClaimFilter, ClaimView, Clash, FigureFilter, FigureRows, FigureView
from sayso.ledger import cursors
from sayso.ledger.pages import Pages

_LONGEST_PLACE: Final = 32  # digits of a cursor's


def figure_rows(pages: Pages, wanted: FigureFilter, after: str | None, limit: int) -> FigureRows:
    """Return `limit` figures that a filter wants, by publication, undated ones last.

    Raises BadInput for a date that is none, or a cursor that no page gave.
    """
    place = None if after is None else _place(after)
    found = list(islice(_found(pages, wanted, place), limit + 1))
    shown = found[:limit]
    clashes = _clashes(pages, [figure for _, figure in shown])
    last = shown[-1][0] if len(found) > limit else None
    return FigureRows(
        rows=tuple(
            msgspec.structs.replace(one, clashes=tuple(clashes.get(_key(one), {}).values()))
            for _, one in shown
        ),
        after=None if last is None else cursors.written(*map(str, last)),
    )


class _Place(NamedTuple):
    """Where a figure stands in the list."""

    claim: int  # the claim's number in the list of claims
    figure: int  # from 0, in its claim


def _place(after: str) -> _Place:
    claim, figure = cursors.read(after, 2)
    stated = claim + figure
    if not (stated.isascii() and stated.isdecimal() and len(stated) < _LONGEST_PLACE and claim and figure):
        raise cursors.no_cursor()
    return _Place(int(claim), int(figure))


def _found(pages: Pages, wanted: FigureFilter, after: _Place | None) -> Iterator[tuple[_Place, FigureView]]:
    outcome = None if wanted.outcome is None else wanted.outcome.casefold()
    of_claims = ClaimFilter(speaker=wanted.speaker, since=wanted.since, until=wanted.until)
    first = 0 if after is None else after.claim

    def fits(claim: Claim, before: tuple[Place, ...]) -> bool:
        return any(
            _is_wanted(one, _places_of(claim, one, before), wanted, outcome) for one in claim.quantities
        )

    for number, view, before in pages.claims_with_figure(outcome, of_claims, fits, first):
        for figure, quantity in enumerate(view.claim.quantities):
            at = _Place(number, figure)
            if after is not None and at <= after:
                continue
            places = _places_of(view.claim, quantity, before)
            if _is_wanted(quantity, places, wanted, outcome):
                carried = bool(before) and not view.claim.places
                yield at, _figure(pages, view, quantity, places, carried=carried)


def _places_of(claim: Claim, quantity: Quantity, before: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the places that belong to a figure: those between it and the next, else before it, else all.

    Of a claim that names none they are those named `before` it.
    """
    if not claim.places:
        return before
    others = [other.span.start for other in claim.quantities if other.span != quantity.span]
    here = quantity.span.start
    after = min((start for start in others if start > here), default=None)
    last = max((start for start in others if start < here), default=-1)
    behind = [p for p in claim.places if here <= p.span.start and (after is None or p.span.start < after)]
    ahead = [p for p in claim.places if last <= p.span.start < here]
    return tuple(behind or ahead or claim.places)


def _is_wanted(
    quantity: Quantity, places: Iterable[Place], wanted: FigureFilter, outcome: str | None
) -> bool:
    if quantity.outcome is None or (outcome is not None and quantity.outcome != outcome):
        return False
    if wanted.population is not None and wanted.population.casefold() != (quantity.population or ""):
        return False
    if wanted.place is None:
        return True
    sought = wanted.place.casefold()
    return any(sought in name.casefold() for place in places for name in _names(place))


def _names(place: Place) -> Iterator[str]:
    yield place.name
    # As the gazetteer writes what the name was resolved to: another spelling of the same town.
    yield from (one.name for one in place.candidates if one.gazetteer == place.gazetteer)


def _figure(
    pages: Pages, view: ClaimView, quantity: Quantity, places: Iterable[Place], *, carried: bool
) -> FigureView:
    text = pages.text(view.document.id)
    return FigureView(
        view=view,
        quantity=quantity,
        words=words_at(_deciding(quantity), text),
        places=tuple(dict.fromkeys(place.name for place in places)),
        carried=carried,
    )


def _deciding(quantity: Quantity) -> Spans:
    words = quantity.bound_words
    if words is None or words.within(quantity.span):
        return (quantity.span,)
    return tuple(sorted((words, quantity.span)))


_Key = tuple[ClaimId, Quantity]


def _key(figure: FigureView) -> _Key:
    return figure.view.claim.id, figure.quantity


def _clashes(pages: Pages, found: Iterable[FigureView]) -> dict[_Key, dict[LinkId, Clash]]:
    """Return what stands against each figure, by the links whose deciding words are its own."""
    of_claim: defaultdict[str, list[FigureView]] = defaultdict(list)
    for figure in found:
        of_claim[figure.view.claim.id].append(figure)
    clashes: defaultdict[_Key, dict[LinkId, Clash]] = defaultdict(dict)
    for link in pages.ties(of_claim, ("contradicts", "updates")):
        for here, spans, there in (
            (link.left, link.left_spans, link.right),
            (link.right, link.right_spans, link.left),
        ):
            for figure in of_claim.get(here, ()):
                if any(span.overlaps(figure.quantity.span) for span in spans):
                    clashes[_key(figure)][link.id] = _clash(link, ClaimId(there), acts=here == link.left)
    return clashes


def _clash(link: Link, other: ClaimId, *, acts: bool) -> Clash:
    return Clash(
        link=link.id,
        kind="contradicts" if link.kind == "contradicts" else "updates" if acts else "updated by",
        claim=other,
        score=link.score,
        judgement=link.judgement,
        why=link.why,
    )
