"""Which known claims a text repeats: BM25 over word stems, pairs of stems and character pieces."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from sayso.core.errors import BadInput
from sayso.linking.identity import words_of

Floats = npt.NDArray[np.float64]

# Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.5.
K1 = 1.2
B = 0.75
# How many code points a character piece has: long enough to tell words apart, short enough to survive
# other endings, misspellings and words run together in a hashtag.
PIECE = 4
_ADDRESS = re.compile(r"https?://\S+|pic\.twitter\.com\S*")


class MatchClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A known claim, as `match` takes it."""

    id: str
    text: str
    title: str | None = None


class Match(msgspec.Struct, frozen=True):
    """One known claim for a query. `score` is 0 to 1: the share of what a claim could get at most."""

    id: str
    score: float


def match(
    queries: Sequence[str], claims: Sequence[MatchClaim | Mapping[str, Any]], top: int = 100
) -> list[list[Match]]:
    """Rank the known claims for each query, best first; claims that share nothing with it are left out.

    `claims` are `MatchClaim` or mappings with its fields. Equal scores keep the order of `claims`.
    Raises BadInput for a claim without id or text, and for a `top` below 1.
    """
    if top < 1:
        raise BadInput("bad-top", f"top must be at least 1, not {top}", hint="top=100 is the default")
    known = [_known(claim, number) for number, claim in enumerate(claims)]
    texts = [_plain(f"{claim.title or ''}\n{claim.text}") for claim in known]
    fields = [(weight, _Field(list(map(features, texts)), features)) for features, weight in _FIELDS]
    return [_ranked(_plain(query), known, fields, top) for query in queries]


def _known(claim: MatchClaim | Mapping[str, Any], number: int) -> MatchClaim:
    if isinstance(claim, MatchClaim):
        return claim
    try:
        return msgspec.convert({k: claim[k] for k in ("id", "text", "title") if k in claim}, MatchClaim)
    except msgspec.ValidationError as error:
        raise BadInput(
            "bad-claim", f"claim {number}: {error}", hint='give {"id": …, "text": …, "title"?: …}, all text'
        ) from error


def _plain(text: str) -> str:
    return _ADDRESS.sub(" ", text)


def _stems(text: str) -> list[str]:
    return [word.key for word in words_of(text) if word.kind != "stop"]


def _pairs(text: str) -> list[str]:
    stems = _stems(text)
    return [f"{left} {right}" for left, right in pairwise(stems)]


def _pieces(text: str) -> list[str]:
    return [
        piece for word in words_of(text) if word.kind != "stop" for piece in _cut(text[word.start : word.end])
    ]


def _cut(word: str) -> Iterator[str]:
    edged = f"^{word.casefold()}$"
    return (edged[i : i + PIECE] for i in range(max(1, len(edged) - PIECE + 1)))


# Weights chosen on the training halves of two public retrieval sets. A word has some five pieces, so that a
# piece weighs as much less.
_FIELDS: tuple[tuple[Callable[[str], list[str]], float], ...] = (
    (_stems, 1.0),
    (_pairs, 0.25),
    (_pieces, 0.15),
)


class _Field:
    """The postings of one kind of feature, each with its finished BM25 weight."""

    def __init__(self, features: Sequence[Sequence[str]], of: Callable[[str], list[str]]) -> None:
        self.of = of
        self.size = len(features)
        numbers: dict[str, int] = {}
        rows: list[tuple[int, int, int]] = []
        for claim, held in enumerate(features):
            rows += ((numbers.setdefault(f, len(numbers)), claim, n) for f, n in Counter(held).items())
        table = np.array(rows, dtype=np.int64).reshape(-1, 3)
        table = table[np.argsort(table[:, 0], kind="stable")]
        self.numbers = numbers
        self.starts = np.searchsorted(table[:, 0], np.arange(len(numbers) + 1))
        self.claims = table[:, 1]
        holders = np.diff(self.starts)
        self.rarity = np.log1p((self.size - holders + 0.5) / (holders + 0.5))
        lengths = np.array([len(held) for held in features], dtype=np.float64)
        norm = 1 - B + B * lengths / max(1.0, float(lengths.mean()) if self.size else 1.0)
        often = table[:, 2].astype(np.float64)
        self.weights: Floats = self.rarity[table[:, 0]] * often * (K1 + 1) / (often + K1 * norm[self.claims])

    def scores(self, query: str) -> tuple[Floats, float]:
        """Return every claim's score for a query, and the most that a claim could get."""
        scores = np.zeros(self.size)
        most = 0.0
        for feature, times in Counter(self.of(query)).items():
            number = self.numbers.get(feature)
            if number is None:
                # Nobody has it: still missing from every claim, as rare as can be.
                most += times * float(np.log1p(2 * self.size + 1)) * (K1 + 1)
                continue
            held = slice(self.starts[number], self.starts[number + 1])
            scores[self.claims[held]] += times * self.weights[held]
            most += times * float(self.rarity[number]) * (K1 + 1)
        return scores, most


def _ranked(
    query: str, known: Sequence[MatchClaim], fields: Sequence[tuple[float, _Field]], top: int
) -> list[Match]:
    total = np.zeros(len(known))
    most = 0.0
    for weight, field in fields:
        scores, best = field.scores(query)
        total += weight * scores
        most += weight * best
    order = np.argsort(-total, kind="stable")[:top]
    return [Match(known[i].id, float(total[i]) / most) for i in order if total[i] > 0]
