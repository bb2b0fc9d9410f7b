"""Invented news that is to linkers as real news is: new words all the time, events of a few days, reprints.

How a look-up's cost grows with a case depends on how its words and names repeat, so that these are modelled:

- Words: as often as one over their rank for the first 5,000, and as one over its square beyond (the two
  regimes of Ferrer i Cancho and Solé, 2001). New words never end, as Heaps' law says: the 2.1 million words
  of 100,000 documents are 40,000 different ones; by Reuters' news it would be 55,000 (44·n^0.49; Manning,
  Raghavan and Schütze, 2008, ch. 5). With a vocabulary that stays as it is, each of its words would be more
  common with every document, and none would stay rare; but rare words are what linkers look by.
- Names: in the same way, with a shorter list of common ones. The most common one of 9,000 stands in every
  eleventh document, as the side of a long conflict does, and a third of them in a single document.
- Events: a document tells a new one or that of one of the last thousand documents, so that few events have
  many documents and none is told for months. Its documents have its place, its two sides and its words in
  common, and a toll that rises.
- Documents: three claims of their event, new ones or such as were told before in the same words or with a
  few more; one document in twelve is a reprint. 333 a day, so that a case grows in days: one of 10,000
  documents is of a month, one of 100,000 of ten.
"""

import math
from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Literal, NamedTuple

import msgspec

from sayso.core.ids import sha256_hex, text_sha256
from sayso.core.reading import Reading
from sayso.core.records import Attribution, Capture, Claim, Document, Part, Place, Quantity, Run, Speaker
from sayso.core.spans import Span
from sayso.ledger.arrival import Arrival

RUN = Run(tool="bench", version="2")

_SYLLABLES = tuple(c + v for c in "bdfgklmnprstvz" for v in ("a", "e", "i", "o", "u", "an", "er", "il"))
_SHORTEST = 3  # syllables
_SCATTERED = (
    1_000_003  # shares no factor with the number of syllables, so that no two numbers are spelled alike
)
_COMMON_WORDS, _COMMON_NAMES = 5_000, 500
_HEAD = 10  # how many words are about as common as the first one
_FIRST_DAY = date(2031, 1, 1)
_A_DAY = 333  # documents
_OUTLETS = 200
_REMEMBERED = 1_000  # documents whose events may be told again
_NEW_EVENT = 0.35
_REPRINT = 0.125
_RETOLD = 0.4  # of the claims of an event that was told before
_IN_OTHER_WORDS = 0.5  # of them
_TOLL_RISES = 0.3
_CLAIMS = 3
_WORDS_OF_AN_EVENT = 10

_Kind = Literal["report", "toll", "charge", "denial"]
_KINDS: tuple[_Kind, ...] = ("report", "toll", "charge", "denial")
_KIND_WEIGHTS = (4, 3, 2, 1)


class _Said(NamedTuple):
    """One sentence: what is claimed, by whom."""

    kind: _Kind
    words: str
    by: str
    actor: str
    place: str
    killed: int

    @property
    def before(self) -> str:
        """What stands before the claimed words; nothing where the speaker is named after them."""
        return {"charge": f"{self.by} said that ", "denial": f"{self.by} denied that "}.get(self.kind, "")

    @property
    def after(self) -> str:
        return "." if self.before else f", {self.by} said."


class _Event(msgspec.Struct):
    place: str
    sides: tuple[str, str]
    words: list[str]
    killed: int
    documents: list[tuple[_Said, ...]]


class News:
    """The documents of a case by their number from 0; the same seed tells the same."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)  # noqa: S311 - not for secrets
        self._lately: deque[_Event] = deque(maxlen=_REMEMBERED)
        self._number = 0

    def arrivals(self, count: int) -> list[Arrival]:
        """Return the next documents."""
        return [self._arrival() for _ in range(count)]

    def skip(self, count: int) -> None:
        """Go on as if so many documents were told."""
        for _ in range(count):
            self._told()
        self._number += count

    def _arrival(self) -> Arrival:
        told, number = self._told(), self._number
        self._number += 1
        text = "\n\n".join(f"{said.before}{said.words}{said.after}" for said in told)
        content = text.encode()
        name = f"{number:07}.txt"
        capture = Capture(sha256=sha256_hex(content), size=len(content), origin=name, media_type="text/plain")
        document = Document(
            capture=capture.id,
            text=text,
            text_sha256=text_sha256(text),
            publisher=_name(10_000 + number % _OUTLETS),
            published_at=(_FIRST_DAY + timedelta(number // _A_DAY)).isoformat(),
            reader="bench",
        )
        records: list[Attribution | Claim] = []
        start = 0
        for said in told:
            records += _records(document, said, start)
            start = text.find("\n\n", start) + 2
        reading = Reading(document=document, run=RUN).plus(records)
        return Arrival(origin=name, capture=capture, readings=(reading,))

    def _told(self) -> tuple[_Said, ...]:
        event = self._event()
        self._lately.append(event)
        if event.documents and self._chance.random() < _REPRINT:
            return self._chance.choice(event.documents)
        if self._chance.random() < _TOLL_RISES:
            event.killed += self._chance.randint(1, 4)
        told = tuple(self._said(event) for _ in range(_CLAIMS))
        event.documents.append(told)
        return told

    def _event(self) -> _Event:
        if self._lately and self._chance.random() > _NEW_EVENT:
            return self._chance.choice(self._lately)
        return _Event(
            place=self._name(),
            sides=(self._name(), self._name()),
            words=self._words(_WORDS_OF_AN_EVENT),
            killed=2 + int(self._chance.paretovariate(1)) % 500,
            documents=[],
        )

    def _said(self, event: _Event) -> _Said:
        if event.documents and self._chance.random() < _RETOLD:
            said = self._chance.choice(self._chance.choice(event.documents))
            if self._chance.random() < _IN_OTHER_WORDS:
                return said._replace(words=f"{said.words} {' '.join(self._words(2))}")
            return said
        kind = self._chance.choices(_KINDS, _KIND_WEIGHTS)[0]
        actor, other = self._chance.sample(event.sides, 2)
        told = [*self._chance.sample(event.words, 5), *self._words(2)]
        done = f"{' '.join(told[:4])} the {told[4]} {told[5]}"
        by = {"charge": other, "denial": actor}.get(kind) or self._name()
        words = {
            "report": f"{actor} {done} of {event.place} {told[6]}",
            "toll": f"{event.killed} people were killed in {event.place} when {done} of {actor} {told[6]}",
            "charge": f"{actor} had {done} of {other} in {event.place}",
            "denial": f"it had {done} of {other} in {event.place}",
        }[kind]
        return _Said(kind, words, by, actor, event.place, event.killed)

    def _words(self, count: int) -> list[str]:
        return [_word(self._rank(_COMMON_WORDS)) for _ in range(count)]

    def _name(self) -> str:
        return _name(self._rank(_COMMON_NAMES))

    def _rank(self, common: int) -> int:
        """Draw a rank from 0: 1/(rank + _HEAD) up to `common`, then its square, without an end."""
        longest = math.log((common + _HEAD) / _HEAD)
        drawn = self._chance.random() * (longest + 1)
        if drawn < longest:
            return int(_HEAD * (math.exp(drawn) - 1))
        return int((common + _HEAD) / (longest + 1 - drawn)) - _HEAD


def _word(rank: int) -> str:
    # No ending of English at the end: a linker takes those off.
    return f"{_spelled(rank)}k"


def _name(rank: int) -> str:
    return f"{_spelled(rank).capitalize()}m"


def _spelled(number: int) -> str:
    """Return what no other number is spelled like."""
    length = _SHORTEST
    while number >= len(_SYLLABLES) ** length:
        length += 1
    number = number * _SCATTERED % len(_SYLLABLES) ** length
    spelled = ""
    for _ in range(length):
        number, at = divmod(number, len(_SYLLABLES))
        spelled += _SYLLABLES[at]
    return spelled


def _records(document: Document, said: _Said, start: int) -> Iterator[Attribution | Claim]:
    """Yield the records of a sentence that starts at a code point."""
    content = _span(said.words, start + len(said.before))
    first = bool(said.before)
    attribution = Attribution(
        document=document.id,
        content=(content,),
        cue=(_span(*_cue(said, start if first else content.end)),),
        source=(_span(said.by, start if first else content.end + len(", ")),),
        voice="indirect",
        speaker=Speaker(name=said.by, basis="stated"),
    )
    yield attribution
    named = content.start + said.words.find(said.actor)
    place = content.start + said.words.index(said.place)
    toll = Quantity(
        span=_span(str(said.killed), content.start),
        kind="count",
        low=said.killed,
        best=said.killed,
        high=said.killed,
        bound="exact",
        unit="person",
        outcome="killed",
    )
    yield Claim(
        attribution=attribution.id,
        content=(content,),
        act={"charge": "accuse", "denial": "deny"}.get(said.kind, "report"),  # type: ignore[arg-type]  # dict of str
        polarity="-" if said.kind == "denial" else "+",
        actor=Part(span=_span(said.actor, named), name=said.actor) if said.kind == "charge" else None,
        quantities=(toll,) if said.kind == "toll" else (),
        places=(Place(span=_span(said.place, place), name=said.place),),
    )


def _cue(said: _Said, at: int) -> tuple[str, int]:
    """Return the cue and where it starts, by where the sentence starts or where the claim ends."""
    if said.before:
        return ("denied" if said.kind == "denial" else "said"), at + len(said.by) + 1
    return "said", at + len(f", {said.by} ")


def _span(words: str, start: int) -> Span:
    return Span(start, start + len(words))
