"""Times and law by length, whatever is repeated in the text."""

from collections.abc import Iterator
from datetime import date

from bench.timing import Figure, growth
from sayso.claims.law import law_in
from sayso.claims.times import times_in
from sayso.language.segments import Segments

_WRITTEN = date(2031, 5, 8)
_TEXTS = {
    "sentences": "On Monday the ministry said that Keldovia shelled three villages, and left them in ruins. ",
    "dates": "On 5 May 2030, from June to August 2029, ",
    "figures": "1,2,3,4 ",
    "years": "2030-2031-",
    "slashes": "1/2/",
    "joints": "of the in the ",
    "one run of words": "the last first week of ",
    "number words": "twenty hundred and ",
    "digits": "7",
    "events": "since the outbreak of the ",
    "resolutions": "Security Council resolutions 822, 853 ",
    "numbers in brackets": "resolution (822, ",
    "names": "Aaa Bbb Convention ",
    "treaties": "UN Charter ",
    "articles": "Article 3, 4 and ",
    "parties": "Aaa v. Bbb ",
}


def figures() -> Iterator[Figure]:
    """Yield how the time of each of the two grows."""
    yield from growth("times", lambda text: times_in(text, _WRITTEN), _TEXTS, prepared=str)
    yield from growth("law", law_in, _TEXTS, prepared=Segments)
