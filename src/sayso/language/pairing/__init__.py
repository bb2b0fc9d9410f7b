"""What two texts are to each other, and where a text stands among others: one small network for both.

Opened when first asked. `vectors` and `relations` see every name as a numbered anonymous piece.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from sayso.language.pairing.laying import alone, alone_named, read, together
from sayso.language.pairing.network import WIDTH, Floats, Thresholds, card, digest, shipped

__all__ = ["Thresholds", "digest", "named_vectors", "relations", "thresholds", "vectors"]

_AT_HAND: Final = 4096  # vectors of texts that were asked for, some 6 MB


def vectors(texts: Sequence[str]) -> Floats:
    """Return a unit vector of the meaning of each text [texts, 384], its names anonymous.

    Exchanging two names in a text leaves its vector as it is. Reads the first 1,500 code points.
    """
    return shipped().vectors([alone(read(text)) for text in texts])


def named_vectors(texts: Sequence[str]) -> Floats:
    """Return a unit vector of each text [texts, 384] that knows its names: for search, not for links."""
    return np.array([_named_vector(text) for text in texts], dtype=np.float32).reshape(len(texts), WIDTH)


@lru_cache(_AT_HAND)
def _named_vector(text: str) -> Floats:
    # One claim after another is compared with the same published fact-checks, and each takes milliseconds.
    found: Floats = shipped().vectors([alone_named(read(text))])[0]
    return found


def relations(pairs: Sequence[tuple[str, str]]) -> Floats:
    """Return how likely the second text of a pair bears out, contradicts or leaves open the first [pairs, 3].

    "More than 20 were hurt" is borne out by "25 were hurt", and not the other way round. A name has the same
    number in both texts: exchanging two names in both leaves the answer as it is. Of each text the first
    1,500 code points are read. The probabilities are calibrated on held-out pages of VitaminC.
    """
    logits = shipped().relations([together(read(left), read(right)) for left, right in pairs])
    odds = np.exp((logits - logits.max(axis=1, keepdims=True)) / card().temperature)
    return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float32)


def thresholds() -> Thresholds:
    """Return from which probability on a relation is worth showing to a person."""
    return card().thresholds
