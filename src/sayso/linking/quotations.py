"""Quotations that name the outlet they are taken from, found there word for word however short they are."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
import numpy as np

from sayso.core.spans import Span
from sayso.linking.minhash import Hashes, shingles, tokens_of

# Fewer words in quotation marks can be a saying or a title, whoever is named before them.
FEWEST_QUOTED = 12
_LEAD = 80  # code points before the quotation in which its outlet is named
_QUOTED = re.compile(r"“([^“”\n]{24,})”|\"([^\"\n]{24,})\"|«([^«»\n]{24,})»|„([^„“\n]{24,})“")
_SENTENCE_END = re.compile(r"[.!?…][\"”»]?\s|\n")
_WORD = re.compile(r"\w+")


class Quotation(msgspec.Struct, frozen=True):
    """Words within quotation marks, and what stands before them in their sentence."""

    lead: str
    span: Span


class Passage(msgspec.Struct, frozen=True):
    """A quotation with the outlet that is named for it, and its words as hashes."""

    outlet: str  # folded
    span: Span
    words: Hashes


def quotations_of(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of a text that are long enough to be looked for and follow other words."""
    found = []
    for match in _QUOTED.finditer(text):
        if len(_WORD.findall(match[0])) < FEWEST_QUOTED:
            continue
        lead = _SENTENCE_END.split(text[max(0, match.start() - _LEAD) : match.start()])[-1].strip()
        if lead:
            found.append(Quotation(lead, Span(*match.span(match.lastindex or 0))))
    return tuple(found)


class Outlets:
    """The names of outlets, to be found in what stands before a quotation."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in sorted(set(map(str.casefold, names)), key=lambda name: (-len(name), name)):
            words = tuple(_WORD.findall(name))
            if words:
                self._by_first[words[0]].append(words)

    def named(self, lead: str) -> str | None:
        """Return the outlet that is named last, or None: its words joined by spaces, folded."""
        words = _WORD.findall(lead.casefold())
        for at in range(len(words) - 1, -1, -1):
            here = tuple(words[at:])
            longest_first = self._by_first.get(words[at], ())
            name = next((name for name in longest_first if here[: len(name)] == name), None)
            if name is not None:
                return " ".join(name)
        return None


def folded(outlet: str) -> str:
    """Return an outlet's name as passages have it."""
    return " ".join(_WORD.findall(outlet.casefold()))


def passages_of(text: str, quotations: Sequence[Quotation], outlets: Outlets) -> Iterator[Passage]:
    """Yield the quotations for which an outlet is named."""
    for quotation in quotations:
        outlet = outlets.named(quotation.lead)
        if outlet is not None:
            yield Passage(outlet, quotation.span, tokens_of(quotation.span.of(text)).hashes)


class Wanted:
    """The passages to be looked for, by the outlet that is named for them."""

    def __init__(self, passages: Iterable[tuple[int, Passage]]) -> None:
        self._of: defaultdict[str, defaultdict[int, list[tuple[int, Passage]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for rank, passage in passages:
            opening = int(shingles(passage.words[:FEWEST_QUOTED], FEWEST_QUOTED)[0])
            self._of[passage.outlet][opening].append((rank, passage))
        self._openings: Mapping[str, Hashes] = {
            outlet: np.array(sorted(held), dtype=np.uint64) for outlet, held in self._of.items()
        }

    def __contains__(self, outlet: str) -> bool:
        """Tell whether anybody names an outlet, given as `folded` returns it."""
        return outlet in self._openings

    def found_in(self, outlet: str, text: str) -> Iterator[tuple[int, Passage, Span]]:
        """Yield (rank, passage, where it stands) for each passage of an outlet that a text of it holds."""
        tokens = tokens_of(text)
        if len(tokens) < FEWEST_QUOTED:
            return
        grams = shingles(tokens.hashes, FEWEST_QUOTED)
        for at in np.flatnonzero(np.isin(grams, self._openings[outlet])).tolist():
            for rank, passage in self._of[outlet][int(grams[at])]:
                end = at + len(passage.words)
                if np.array_equal(tokens.hashes[at:end], passage.words):
                    yield rank, passage, Span(int(tokens.starts[at]), int(tokens.ends[end - 1]))
