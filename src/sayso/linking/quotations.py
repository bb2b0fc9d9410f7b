"""Quotations that name the outlet they are taken from, found there word for word however short they are."""

import re

import msgspec
import numpy as np

from sayso.core.spans import Span
from sayso.linking.identity import SENTENCE_END
from sayso.linking.minhash import Hashes, Tokens, shingles

# Fewer words in quotation marks can be a saying or a title, whoever is named before them.
FEWEST_QUOTED = 12
_LEAD = 80  # code points before the quotation in which its outlet is named
_QUOTED = re.compile(r"“([^“”\n]{24,})”|\"([^\"\n]{24,})\"|«([^«»\n]{24,})»|„([^„“\n]{24,})“")
_WORD = re.compile(r"\w+")


class Quotation(msgspec.Struct, frozen=True):
    """Words within quotation marks, and what stands before them in their sentence."""

    lead: str
    span: Span


def quotations_of(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of a text that are long enough to be looked for and follow other words."""
    found = []
    for match in _QUOTED.finditer(text):
        if len(_WORD.findall(match[0])) < FEWEST_QUOTED:
            continue
        lead = SENTENCE_END.split(text[max(0, match.start() - _LEAD) : match.start()])[-1].strip()
        if lead:
            found.append(Quotation(lead, Span(*match.span(match.lastindex or 0))))
    return tuple(found)


def names(lead: str, outlet: str) -> bool:
    """Tell whether the words before a quotation name an outlet."""
    named = _WORD.findall(outlet.casefold())
    words = _WORD.findall(lead.casefold())
    starts = range(len(words) - len(named) + 1)
    return bool(named) and any(words[at : at + len(named)] == named for at in starts)


def stands_in(passage: Hashes, tokens: Tokens) -> Span | None:
    """Return where the words of a quotation first stand in a text, or None."""
    if len(tokens) < len(passage):
        return None
    openings = shingles(tokens.hashes, min(FEWEST_QUOTED, len(passage)))
    wanted = shingles(passage[:FEWEST_QUOTED], FEWEST_QUOTED)[0]
    for at in np.flatnonzero(openings == wanted).tolist():
        end = at + len(passage)
        if np.array_equal(tokens.hashes[at:end], passage):
            return Span(int(tokens.starts[at]), int(tokens.ends[end - 1]))
    return None
