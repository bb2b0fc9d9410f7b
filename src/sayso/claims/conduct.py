"""Whether words blame somebody: conduct, conduct told by what it is done to, and prohibited means."""

from collections.abc import Iterator, Sequence
from typing import Literal

from sayso.language.lexicon import acts

FRAME_REACH = 6  # words after a verb: "launched its second and so far largest attack"
Blamed = Literal["conduct", "deed", "frame", "means"]


def blames(words: Sequence[str]) -> bool:
    """Tell whether any of the words, in lower case and in their order, is blamed conduct."""
    return next(blamed_by(words), None) is not None


def blamed_by(words: Sequence[str]) -> Iterator[Blamed]:
    """Yield what words blame by, once for each: a verb, a noun, a verb with its object, forbidden means."""
    table = acts()
    for at, word in enumerate(words):
        if word in table.blame:
            yield "conduct"
        elif word in table.blame_nouns:
            yield "deed"
        elif _in_frame(words, at):
            yield "frame"
        elif word in table.prohibited and at + 1 < len(words) and words[at + 1] in table.arms:
            yield "means"


def _in_frame(words: Sequence[str], at: int) -> bool:
    """Tell "fired on the town" from "fired a manager"."""
    done_to = acts().framed_blame.get(words[at])
    return done_to is not None and not done_to.isdisjoint(words[at + 1 : at + 1 + FRAME_REACH])
