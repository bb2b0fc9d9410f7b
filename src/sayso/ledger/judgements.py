"""What people's judgements make of the machine's parties: which are one, and which must not become one."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping

from sayso.core.errors import BadInput
from sayso.core.ids import PartyId
from sayso.core.records import Judgement

# Of each party the others that it was judged to be, with the judgement, in the order of their ids.
_Beside = Mapping[PartyId, list[tuple[PartyId, Judgement]]]


class Folds:
    """Parties folded together: the connected components of the positives that stand.

    They depend on which judgements stand, and not on the order in which these came.
    """

    def __init__(self, standing: Iterable[Judgement]) -> None:
        """Take the judgements that no other supersedes."""
        self.standing = tuple(sorted(standing, key=lambda one: (one.left, one.right, one.id)))
        self._beside = _beside(one for one in self.standing if one.judgement == "positive")
        self._components = {found[0]: found for found in _components(self._beside)}
        self._first = {member: first for first, found in self._components.items() for member in found}

    def canonical(self, party: PartyId) -> PartyId:
        """Return the smallest id of those that are one with a party; its own when it stands alone."""
        return self._first.get(party, party)

    def members(self, party: PartyId) -> tuple[PartyId, ...]:
        """Return all ids that are one with a party, itself among them, in order."""
        return self._components.get(self.canonical(party), (party,))

    @property
    def folded(self) -> tuple[PartyId, ...]:
        """Every id that is one with another, in order."""
        return tuple(sorted(self._first))

    def of(self, left: PartyId, right: PartyId) -> Judgement | None:
        """Return the judgement that stands on these two, given in the order of their ids."""
        return next((one for one in self.standing if (one.left, one.right) == (left, right)), None)

    def against(self, left: PartyId, right: PartyId) -> Judgement | None:
        """Return a negative between what these two are folded into; the first when there are several."""
        both = {self.canonical(left), self.canonical(right)}
        negatives = (one for one in self.standing if one.judgement == "negative")
        return next((n for n in negatives if {self.canonical(n.left), self.canonical(n.right)} == both), None)

    def way(self, start: PartyId, end: PartyId) -> tuple[Judgement, ...]:
        """Return the fewest positives that lead from one party to another; none when they are not one."""
        steps: dict[PartyId, tuple[PartyId, Judgement]] = {}
        waiting = deque([start])
        while waiting and end not in steps:
            at = waiting.popleft()
            for beside, judgement in self._beside.get(at, ()):
                if beside != start and beside not in steps:
                    steps[beside] = (at, judgement)
                    waiting.append(beside)
        found: list[Judgement] = []
        while end in steps:
            end, judgement = steps[end]
            found.append(judgement)
        return tuple(reversed(found))


def _beside(positives: Iterable[Judgement]) -> _Beside:
    found: dict[PartyId, list[tuple[PartyId, Judgement]]] = defaultdict(list)
    for one in positives:
        found[one.left].append((one.right, one))
        found[one.right].append((one.left, one))
    return found


def _components(beside: _Beside) -> Iterator[tuple[PartyId, ...]]:
    seen: set[PartyId] = set()
    for start in sorted(beside):
        if start in seen:
            continue
        found, waiting = {start}, [start]
        while waiting:
            fresh = {other for other, _ in beside[waiting.pop()]} - found
            found |= fresh
            waiting += fresh
        seen |= found
        yield tuple(sorted(found))


def need_agreement(new: Judgement, standing: Iterable[Judgement]) -> None:
    """Raise BadInput when a judgement would leave two parties both one and different."""
    if new.judgement == "positive":
        _need_no_negative(new, Folds(standing))
    elif new.judgement == "negative":
        _need_no_way(new, Folds(one for one in standing if one.id != new.supersedes))


def _need_no_negative(new: Judgement, folds: Folds) -> None:
    # Also a negative on this very pair: what somebody held apart is not merged by merely saying otherwise.
    negative = folds.against(new.left, new.right)
    if negative is not None:
        raise BadInput(
            "judged-different",
            f"{new.left} and {new.right} cannot be one: {negative.by} judged {negative.left} and "
            f"{negative.right} to be different ({negative.id})",
            hint=f"`sayso judge CASE {negative.left} {negative.right} --unsure --by NAME` takes that back",
        )


def _need_no_way(new: Judgement, folds: Folds) -> None:
    way = folds.way(new.left, new.right)
    if way:
        positive = way[-1]
        raise BadInput(
            "judged-same",
            f"{new.left} and {new.right} cannot be different: they are one by {len(way)} other judgements, "
            f"the last of them by {positive.by} on {positive.left} and {positive.right} ({positive.id})",
            hint=f"`sayso judge CASE {positive.left} {positive.right} --unsure --by NAME` takes that back",
        )
