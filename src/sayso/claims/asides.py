"""A claim without what it says in passing: what it does is told by the clause that stands for itself."""

from collections.abc import Sequence

import msgspec

from sayso.claims.accusations import asides_of_accusations
from sayso.claims.embedded import Embedded, is_finite
from sayso.claims.signs import Said
from sayso.core.spans import Pieces, Span
from sayso.language.segments import Segments, Token

_FEWEST_WORDS = 3


def without_asides(said: Said, embedded: Sequence[Embedded], segments: Segments) -> Said:
    """Return a claim's words without its asides, each of which is a claim of its own.

    "The army, which holds our land unlawfully, is resting" blames nobody but in the aside. Where no clause is
    left without them ("the shelling of the town"), all words are kept.
    """
    accused = asides_of_accusations(Span(said.start, said.start + len(said.text)), segments)
    if not (embedded or accused):
        return said
    asides = Pieces((*(one.aside for one in embedded), *accused))
    left = tuple(token for token in said.tokens if not asides.hold(token.span))
    words = sum(token.lower.isalpha() for token in left)
    if words < _FEWEST_WORDS or not any(is_finite(token, segments) for token in left):
        return said
    return msgspec.structs.replace(
        said,
        tokens=left,
        order=tuple(token.lower for token in left),
        text=_blanked(said, left),
        quantities=[one for one in said.quantities if not asides.hold(one.span)],
    )


def _blanked(said: Said, left: Sequence[Token]) -> str:
    """Return the text with blanks for all but some of its tokens, so that they stand where they stood."""
    pieces: list[str] = []
    at = said.start
    for token in left:
        pieces += " " * (token.start - at), said.text[token.start - said.start : token.end - said.start]
        at = token.end
    return "".join(pieces)
