"""Whether words blame somebody: conduct, conduct told by what it is done to, and prohibited means."""

from collections.abc import Sequence

from sayso.language.lexicon import acts

FRAME_REACH = 6  # words after a verb: "launched its second and so far largest attack"


def blames(words: Sequence[str]) -> bool:
    """Tell whether any of the words, in lower case and in their order, is blamed conduct."""
    table = acts()
    return any(
        word in table.blame
        or word in table.blame_nouns
        or _in_frame(words, at)
        or (word in table.prohibited and at + 1 < len(words) and words[at + 1] in table.arms)
        for at, word in enumerate(words)
    )


def _in_frame(words: Sequence[str], at: int) -> bool:
    """Tell "fired on the town" from "fired a manager"."""
    done_to = acts().framed_blame.get(words[at])
    return done_to is not None and not done_to.isdisjoint(words[at + 1 : at + 1 + FRAME_REACH])
