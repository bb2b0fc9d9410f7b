"""Who can deny what of whom, and the link that says so, with how sure its rule is."""

from collections.abc import Mapping
from functools import cache

import msgspec

from sayso.core.records import Link, LinkKind
from sayso.language.lexicon import read_table
from sayso.linking.conduct import charges_untruth, rejects, stems_of
from sayso.linking.entries import Entry, overlap, same_mouth
from sayso.linking.lexicon import DENIALS

# A demand is met or not; what is planned or foreseen can be denied, and does not contradict what is not done.
NOT_DENIABLE = frozenset({"demand"})
_OF_LATER = frozenset({"demand", "pledge", "predict"})


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of the links that each rule found, how many were right, and how many there were."""

    rules: Mapping[str, tuple[int, int]]


@cache
def _sureness() -> Mapping[str, float]:
    counted = msgspec.convert(read_table("clashes"), _Rules).rules
    return {rule: (right + 1) / (found + 2) for rule, (right, found) in counted.items()}


def sure(rule: str) -> float:
    """Return how often a link that a rule suggests is right, 0 to 1, by Laplace's rule of succession.

    Of few links that were all right less is known than of many.
    """
    return round(_sureness()[rule], 4)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """How two claims were found to stand against each other."""

    kind: LinkKind = "denies"
    rule: str
    why: str


def answered_by(denial: Entry, claim: Entry) -> bool:
    """Tell whether a claim is another's, and whether its own side is not the one that says it."""
    if same_mouth(claim, denial) or overlap(denial, claim):
        return False
    if charges_untruth(denial) and charges_untruth(claim):
        return False  # both speak of somebody's false reports
    denied_as_such = rejects(denial) and not stems_of(denial.cue).isdisjoint(DENIALS)
    if claim.claim.act in (NOT_DENIABLE if denied_as_such else _OF_LATER):
        return False
    # Whoever speaks for the side that is spoken of does not accuse it: "Vesland is allegedly using …", said
    # its own ministry, is how the ministry cites others.
    spoken_of = {*denial.face.names, *claim.face.names}
    return spoken_of.isdisjoint(denial.names & claim.names)


def link_of(left: Entry, right: Entry, found: Found) -> Link:
    """Return the link from the claim that acts to the one that it is held against."""
    cue = left.attribution.cue if found.kind == "denies" else ()
    return Link(
        kind=found.kind,
        left=left.claim.id,
        right=right.claim.id,
        score=sure(found.rule),
        left_spans=tuple(sorted({*cue, *left.stated})) if cue else left.claim.content,
        right_spans=right.claim.content,
        rule=found.rule,
        why=found.why[:1].upper() + found.why[1:],
    )
