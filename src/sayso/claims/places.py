"""Places as a text names them, with the kind of place its words tell; no gazetteer yet."""

from collections.abc import Iterator, Sequence

from sayso.core.records import Mention, Place
from sayso.core.spans import Span
from sayso.language.lexicon import names
from sayso.language.segments import Segments


def places_in(segments: Segments, mentions: Sequence[Mention]) -> tuple[Place, ...]:
    """Return the places of a text in order."""
    return tuple(_places(segments, mentions))


def _places(segments: Segments, mentions: Sequence[Mention]) -> Iterator[Place]:
    kinds = names().place
    for mention in mentions:
        if mention.kind != "place":
            continue
        words = mention.span.of(segments.text).split()
        inside = words[-1].lower() if words[-1].lower() in kinds else None
        following = segments.tokens_in(Span(mention.span.end, mention.span.end + 20))
        after = following[0] if following and following[0].lower in kinds else None
        span = mention.span if after is None else Span(mention.span.start, after.end)
        yield Place(
            span=span, name=mention.span.of(segments.text), kind=inside or (after.lower if after else None)
        )
