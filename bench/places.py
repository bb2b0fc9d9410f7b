"""Places by length: finding names, and weighing what they may be by all else that the text names."""

from collections.abc import Iterator

from bench.timing import Figure, growth
from sayso.claims.places import places_in
from sayso.claims.toponyms import mentioned
from sayso.core.ids import DocumentId
from sayso.core.records import Mention
from sayso.language.segments import Segments

_TEXTS = {
    "prose": "The ministry said on Monday that the road from Lima to Cusco, in Peru, was closed. ",
    "towns": "in Lima, Oslo, Accra, Quito, Hanoi and Perth ",
    "a name of many places": "in San Antonio ",
    "a town and what holds it": "Paris, Texas, ",
    "brackets": "Perth (Australia ",
    "kinds of places": "the district of Lima province ",
    "peoples": "Peruvian and Norwegian ",
    "capitalised words": "Aaa Bbb ",
    "second names": "Ada Brenn Lima ",
    "capitals without a gap": "LIMA-OSLO-",
}


def figures() -> Iterator[Figure]:
    """Yield how the time to find names grows, and that to resolve them too."""
    yield from growth("names of places", mentioned, _TEXTS, prepared=Segments)
    yield from growth("places", lambda read: places_in(*read), _TEXTS, prepared=_with_mentions)


def _with_mentions(text: str) -> tuple[Segments, tuple[Mention, ...]]:
    """Return a text with each of its capitalised words as somebody's mention of a place."""
    segments = Segments(text)
    words = (token.span for token in segments.tokens if text[token.start].isupper())
    return segments, tuple(Mention(document=DocumentId(""), span=span, kind="place") for span in words)
