"""Times and law: how many characters a second, and time by length, whatever the text."""

import time
from collections.abc import Callable, Iterator
from datetime import date

from sayso.claims.law import law_in
from sayso.claims.times import times_in
from sayso.language.segments import segments_of

_TIMES_LONGER = 4
_LETTERS = 60_000
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


def figures() -> Iterator[tuple[str, str, str]]:
    """Yield how the time of each part grows for each kind of text; 1.0 is linear."""
    for name, read in (("times", _times), ("law", _law)):
        read("The first call loads tables, since May 2030, by resolution 14.")
        for kind, piece in _TEXTS.items():
            short = piece * (_LETTERS // len(piece))
            once, longer = _seconds(read, short), _seconds(read, short * _TIMES_LONGER)
            speed = len(short) * _TIMES_LONGER / longer / 1000
            yield (
                f"{name}: {kind}",
                f"{longer / once / _TIMES_LONGER:.2f} ({speed:,.0f} kchar/s)",
                f"{_TIMES_LONGER} × {_LETTERS:,} characters against {_LETTERS:,}, per character",
            )


def _times(text: str) -> None:
    times_in(text, _WRITTEN)


def _law(text: str) -> None:
    law_in(segments_of(text))


def _seconds(read: Callable[[str], None], text: str) -> float:
    """Return the shortest of three readings: the machine's other work only ever adds."""
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        read(text)
        taken.append(time.perf_counter() - began)
    return min(taken)
