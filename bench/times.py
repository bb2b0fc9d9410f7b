"""Times and law by length, whatever is repeated in the text; and the speed of all values together."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.timing import Figure, growth, seconds
from sayso.claims.law import law_in
from sayso.claims.quantities import quantities_in
from sayso.claims.times import times_in
from sayso.language.segments import Segments

_DEMO = Path(__file__).resolve().parents[1] / "src" / "sayso" / "demo"
_HOW = "one after the other over the demo's plain texts, split into words each time, one thread"
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
    """Yield how the time of each of the two grows, and the speed of all three together."""
    yield from growth("times", lambda text: times_in(text, _WRITTEN), _TEXTS, prepared=str)
    yield from growth("law", law_in, _TEXTS, prepared=Segments)
    yield Figure("times, quantities and law", f"{_letters_a_second():,.0f} kchar/s", _HOW)


def _letters_a_second() -> float:
    """Return thousands of characters a second of processor time, of the demo's plain texts."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(_DEMO.glob("*.txt"))]
    return sum(map(len, texts)) / seconds(lambda: list(map(_values_in, texts))) / 1000


def _values_in(text: str) -> int:
    segments = Segments(text)
    return len([*times_in(text, _WRITTEN), *law_in(segments), *quantities_in(segments, ())])
