"""How well scores put the positive ones first."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


def area(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Return the chance that a positive one scores above a negative one, ties counting half (ROC AUC)."""
    below = sorted(score for score, label in zip(scores, labels, strict=True) if not label)
    above = [score for score, label in zip(scores, labels, strict=True) if label]
    wins = sum(bisect_left(below, score) + bisect_right(below, score) for score in above)
    return wins / (2 * len(above) * len(below))


def average_precision(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Return the mean precision at the rank of each positive one; of equal scores negatives come first."""
    ranked = sorted(zip(scores, labels, strict=True), key=lambda one: (-one[0], one[1]))
    found = 0
    total = 0.0
    for rank, (_, label) in enumerate(ranked, start=1):
        found += label
        total += found / rank if label else 0
    return total / found
