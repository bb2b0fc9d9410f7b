"""Claims that say the same, gathered by the links between them; never with their denial or another figure."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sayso.core.ids import ClaimId, LinkId
from sayso.core.records import Claim, Link, LinkKind, published_moment
from sayso.core.views import Proposition
from sayso.ledger.pages import Pages

# Claims that are gone through from the one asked for, the nearest first. Nobody reads more of one point.
MOST_CLAIMS = 5000
_SAME: tuple[LinkKind, ...] = ("same",)
_APART: tuple[LinkKind, ...] = ("denies", "contradicts", "updates")
_UNTIMED = "99"  # after every time of day
_LAST = ("9999-99-99", _UNTIMED)

_Bounds = tuple[float, float]
_Counted = tuple[str, str, str]  # the outcome, the population and the kind of a figure


class _Gathered:
    """Claims that are one so far, and what another claim must not be to join them."""

    def __init__(self, claim: Claim) -> None:
        self.claims = {claim.id}
        self.negative = _negative(claim)
        self.figures = _figures(claim)
        self.compound = is_compound(claim)  # all of them are

    def takes(self, other: "_Gathered", apart: Mapping[ClaimId, Collection[ClaimId]]) -> bool:
        """Tell whether nothing in one stands against anything in the other."""
        if self.negative != other.negative or not self._agree(other):
            return False
        few, many = sorted((self.claims, other.claims), key=len)
        return not any(many.intersection(apart.get(claim, ())) for claim in few)

    def _agree(self, other: "_Gathered") -> bool:
        return all(
            _overlap(bounds, other.figures[counted])
            for counted, bounds in self.figures.items()
            if counted in other.figures
        )

    def take(self, other: "_Gathered") -> None:
        self.claims |= other.claims
        self.compound = self.compound and other.compound
        for counted, bounds in other.figures.items():
            low, high = self.figures.get(counted, (-math.inf, math.inf))
            both = max(low, bounds[0]), min(high, bounds[1])
            # Whoever confirmed a link between two figures that exclude each other knows why.
            self.figures[counted] = both if both[0] <= both[1] else bounds


def gathered(claims: Sequence[Claim], same: Iterable[Link], apart: Iterable[Link]) -> list[set[ClaimId]]:
    """Return the groups that `same` links make of claims, each claim in one group.

    `claims` come in the order of first appearance, which decides between links that are equally sure: their
    ids depend on every name. The order of the links makes no difference.

    The links are followed from the surest on, those that a person confirmed first. A link is passed over
    where it would bring together claims that an `apart` link sets against each other, of which one is
    negative and the other is not, or whose figures for one outcome exclude each other; a person who confirms
    it is believed in all but the first. "Two in the town and five in the valley" repeats both figures and
    joins the surest of them, so that it never makes one of the two.
    """
    place = {str(claim.id): number for number, claim in enumerate(claims)}

    def first(link: Link) -> tuple[bool, bool, float, int, int]:
        ends = place.get(link.left, -1), place.get(link.right, -1)
        return _bridges(link, compound), link.judgement != "confirmed", -link.score, *ends

    of = {claim.id: _Gathered(claim) for claim in claims}
    compound = frozenset(claim.id for claim in claims if is_compound(claim))
    against: defaultdict[ClaimId, set[ClaimId]] = defaultdict(set)
    for link in apart:
        against[ClaimId(link.left)].add(ClaimId(link.right))
        against[ClaimId(link.right)].add(ClaimId(link.left))
    for link in sorted(same, key=first):
        left, right = of.get(ClaimId(link.left)), of.get(ClaimId(link.right))
        if left is None or right is None or left is right:
            continue
        if link.judgement == "confirmed":
            few, many = sorted((left.claims, right.claims), key=len)
            if any(many.intersection(against.get(claim, ())) for claim in few):
                continue
        elif not left.takes(right, against):
            continue
        elif _bridges(link, compound) and not (left.compound or right.compound):
            continue  # the compound end has joined another group
        if len(left.claims) < len(right.claims):
            left, right = right, left
        left.take(right)
        of.update(dict.fromkeys(right.claims, left))
    return list({id(one): one.claims for one in of.values()}.values())


def proposition(pages: Pages, claim: ClaimId, most: int = MOST_CLAIMS) -> Proposition:
    """Return the claims that say the same as one; it alone where nothing does.

    At most `most` claims are gone through, those that the surest links lead to.
    """
    near, same, left_out = _connected(pages, claim, most)
    records = _by_appearance(pages, near)
    apart = [] if len(near) == 1 else list(pages.ties_among(near, _APART))
    (group,) = (found for found in gathered(records, same, apart) if claim in found)
    views = tuple(pages.view(record.id) for record in records if record.id in group)
    held = [link for link in same if {link.left, link.right} <= group]
    return Proposition(
        words=pages.claim_end(views[0].claim.id).words,
        claims=views,
        speakers=_names(view.speaker for view in views if view.voice != "outlet"),
        outlets=_names(view.document.outlet for view in views),
        links=tuple(pages.link_view(link) for link in sorted(held, key=_surest)),
        left_out=left_out,
    )


def widespread(pages: Pages, most: int) -> tuple[ClaimId, ...]:
    """Return one claim of each of the groups that most documents carry, at most `most`, the widest first.

    A claim that stands in one document alone is in none of them.
    """
    same: defaultdict[ClaimId, list[Link]] = defaultdict(list)
    for link in pages.every_tie(_SAME):
        same[ClaimId(link.left)].append(link)
        same[ClaimId(link.right)].append(link)
    found: list[tuple[int, int, Claim]] = []
    widest: list[int] = [0] * most  # a heap: the widths of the widest groups so far
    for near in sorted(_components(same), key=lambda near: (-len(near), min(near))):
        # The groups of what is left hold fewer claims than the ones found stand in documents.
        if not most or len(near) < widest[0]:
            break
        records = _by_appearance(pages, near)
        apart = [link for link in pages.ties(near, _APART) if {link.left, link.right} <= near]
        links = {link.id: link for one in near for link in same[one]}
        for group in gathered(records, links.values(), apart):
            documents = {pages.source(one)[2].id for one in group}
            if len(documents) > 1:
                head = next(record for record in records if record.id in group)
                found.append((len(documents), len(group), head))
                heapq.heappushpop(widest, len(documents))
    place = {head.id: number for number, head in enumerate(_by_appearance(pages, (h.id for *_, h in found)))}
    ranked = sorted(found, key=lambda one: (-one[0], -one[1], place[one[2].id]))
    return tuple(head.id for *_, head in ranked[:most])


def _components(same: Mapping[ClaimId, Iterable[Link]]) -> Iterator[set[ClaimId]]:
    seen: set[ClaimId] = set()
    for start in sorted(same):
        if start in seen:
            continue
        near, waiting = {start}, [start]
        while waiting and len(near) < MOST_CLAIMS:
            ends = {ClaimId(end) for link in same[waiting.pop()] for end in (link.left, link.right)}
            waiting += ends - near
            near |= ends
        seen |= near
        yield near


def _by_appearance(pages: Pages, claims: Iterable[ClaimId]) -> list[Claim]:
    """Return claims in the order in which they first appeared; where one stands decides before its id."""
    asked = tuple(claims)
    pages.read(asked)
    placed = []
    for one in asked:
        claim, _, document = pages.source(one)
        placed.append((pages.appearance(document.id), claim.content[0].start, claim.id, claim))
    return [claim for *_, claim in sorted(placed, key=lambda one: one[:3])]


def moment(published_at: str | None) -> tuple[str, str]:
    """Return a key that orders times of publication; what states none, or none that is known, comes last."""
    if published_at is None:
        return _LAST
    try:
        day, time = published_moment(published_at)
    except ValueError:  # a review's date is as its publisher wrote it
        return _LAST
    # What states no time of day must not be called first.
    return day, time or _UNTIMED


def _connected(pages: Pages, claim: ClaimId, most: int) -> tuple[set[ClaimId], list[Link], int]:
    """Return what `same` links lead to from a claim, these links, and how many were not followed."""
    near, edge = {claim}, {claim}
    links: dict[LinkId, Link] = {}
    passed_over = 0
    while edge and len(near) < most:
        found, left = pages.surest_ties(edge, _SAME, most)
        passed_over += left
        links |= {link.id: link for link in found}
        # As the links are, the surest first.
        ends = dict.fromkeys(ClaimId(end) for link in found for end in (link.left, link.right))
        new = [end for end in ends if end not in near]
        edge = set(new[: most - len(near)])
        near |= edge
    # What was passed over may have been reached from elsewhere; nobody looked beyond the last edge.
    left_out = pages.ties_beyond(near, _SAME) if passed_over or edge else 0
    return near, [link for link in links.values() if {link.left, link.right} <= near], left_out


def _surest(link: Link) -> tuple[bool, float, str]:
    return link.judgement != "confirmed", -link.score, link.id


def _names(found: Iterable[str | None]) -> tuple[str, ...]:
    named: dict[str, str] = {}
    for name in found:
        if name:
            named.setdefault(name.casefold(), name)
    return tuple(named.values())


def _negative(claim: Claim) -> bool:
    return claim.polarity == "-" or claim.act == "deny" or claim.negation is not None


def _bridges(link: Link, compound: Collection[ClaimId]) -> bool:
    """Tell whether one end gives several figures for an outcome, and the other does not."""
    return (link.left in compound) != (link.right in compound)


def is_compound(claim: Claim) -> bool:
    """Tell whether a claim gives several figures for one outcome: "two in the town, five in the valley"."""
    return any(count > 1 for count in Counter(counted for counted, _ in _held(claim)).values())


def _figures(claim: Claim) -> dict[_Counted, _Bounds]:
    """Return what a claim says of each outcome; nothing where it gives several figures for one."""
    return {} if is_compound(claim) else dict(_held(claim))


def _held(claim: Claim) -> Iterator[tuple[_Counted, _Bounds]]:
    for quantity in claim.quantities:
        if quantity.outcome is None or quantity.stated != "held" or quantity.part_of is not None:
            continue
        low, high = quantity.low, quantity.high
        bounds = (-math.inf if low is None else low, math.inf if high is None else high)
        yield (quantity.outcome, quantity.population or "", quantity.kind), bounds


def _overlap(one: _Bounds, other: _Bounds) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
