"""The likeliest act of a claim by its signs, and which of them decided."""

from collections.abc import Container, Iterable, Iterator

from sayso.core.records import Act
from sayso.language.lexicon.weights import ActWeights

# Signs so plain, and so rare in any set of examples, that they are not weighed. Each counts only where the
# cue leaves the act open: under "denied" and the like a sign has another name.
_PLAIN: tuple[tuple[str, Act], ...] = (
    ("asks for", "demand"),
    ("blames by what it is done to", "accuse"),
    ("future of a thing", "predict"),
    ("foresees an end", "predict"),
    ("duty left undone", "accuse"),
    ("wrong done by a name", "accuse"),
    ("bare no", "deny"),
    ("own harm negated", "deny"),
    ("acts in self-defence", "justify"),
    ("only answers", "justify"),
)


# What every denial has one of: a cue that denies, a negation, or words that reject.
_DENYING = (
    "deny",
    "decline",
    "negated",
    "denying words",
    "wrong mark",
    "early no",
    "early not",
    "early never",
)


def told_by(signs: Iterable[str], weights: ActWeights) -> Act:
    """Return the act that a plain sign tells, else the likeliest one."""
    shown = frozenset(signs)
    plain = (act for sign, act in _PLAIN if sign in shown)
    among = frozenset(weights.acts) - frozenset(_ruled_out(shown))
    return next(plain, None) or likeliest(shown, weights, among=among)


def _ruled_out(shown: frozenset[str]) -> Iterator[Act]:
    """Yield acts that need a sign which is not there, however likely the rest makes them."""
    # A count of things alone is no report of casualties: "Ordania shelled three villages" blames.
    if {"figure of things", "harm done by a name"} <= shown:
        yield "report"
    # Short turns of a transcript are often denials, and "Thank you all" is none.
    if not any(mark in sign for sign in shown for mark in _DENYING):
        yield "deny"


def likeliest(
    signs: Iterable[str], weights: ActWeights, *, among: Container[Act] | None = None, lead: int = 0
) -> Act:
    """Return the act with the largest sum of weights; of equal ones the first in the table.

    Only acts `among` those given are chosen, and only one that leads "assert" by `lead` hundredths.
    """
    sums = [0] * len(weights.acts)
    # Each sign counts once, however often it stands there.
    for sign in set(signs):
        for at, weight in enumerate(weights.signs.get(sign, ())):
            sums[at] += weight
    rated = [(total, -at) for at, total in enumerate(sums) if among is None or weights.acts[at] in among]
    best, at = max(rated)
    told = weights.acts[-at]
    return told if best - sums[weights.acts.index("assert")] >= lead else "assert"


def reasons(signs: Iterable[str], weights: ActWeights, act: Act, *, most: int = 5) -> list[tuple[str, int]]:
    """Return the signs that speak most for an act, each with its weight, the strongest first."""
    column = weights.acts.index(act)
    told = [(sign, weights.signs[sign][column]) for sign in set(signs) if sign in weights.signs]
    return sorted((one for one in told if one[1] > 0), key=lambda one: (-one[1], one[0]))[:most]
