"""Which words of a text name places: names of the gazetteer, kept apart from persons and longer names."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from sayso.core.spans import Span
from sayso.language.encoder.words import is_name, ordinary
from sayso.language.gazetteer import Entry, gazetteer, key_of
from sayso.language.lexicon import names
from sayso.language.lexicon.geography import area_kinds, shortened
from sayso.language.segments import Segments

_LONGEST = 6  # words of a name
_MOST = 24  # records of one name that are weighed
_KNOWN = 5_000  # inhabitants: a town of that size needs no other sign that a place is meant
_KIND_WITHIN = 20  # code points in which the word for a kind of place begins
_LONGEST_WORD = 40  # letters of a word that is remembered
_SHORT = 4  # letters: a shorter name may be an abbreviation
_PAUSES = frozenset(',;:()"“”!?')
_JOINTS = frozenset((",", "and", ", and", "or"))

# How likely a name means a place of a kind, in nats; a town gains with its inhabitants.
_PRIOR = {
    "country": 8.5,
    "continent": 6.5,
    "disputed": 6.0,
    "region": 6.0,
    "island": 5.5,
    "sea": 6.0,
    "water": 5.0,
    "relief": 5.0,
    "area": 3.6,
    "district": 1.5,
    "city": 0.0,
}
_LISTED = 0.7
_PER_TENFOLD = {"city": 1.0, "area": 0.4, "district": 0.2}  # nats for ten times the inhabitants


class Named(NamedTuple):
    """A name that may be a place's, with its records, the likeliest without context first."""

    span: Span
    name: str
    entries: tuple[Entry, ...]


def named_at(segments: Segments, spans: Sequence[Span]) -> list[Named]:
    """Look names up that somebody else has found."""
    words = [span.of(segments.text) for span in spans]
    found = gazetteer().find(words)
    return [
        Named(span, word, _likeliest(word, entries))
        for span, word, entries in zip(spans, words, found, strict=True)
    ]


def demonym(named: Named) -> bool:
    """Say whether a name is what a country's people are called."""
    return bool(named.entries) and named.entries[0].use == "demonym"


def mentioned(segments: Segments) -> list[Named]:
    """Return the names of a text that mean places, and what their peoples are called, in order."""
    sentences = [_Sentence(segments, sentence.span) for sentence in segments.sentences]
    surnames = Counter(word for one in sentences for word in one.surnames())
    locatives = Counter(word for one in sentences for word in one.locatives())
    persons = frozenset(word for word, times in surnames.items() if times > locatives[word])
    taken = [list(sentence.places(persons)) for sentence in sentences]
    # A place that the text has shown to be one is one under all its names, whichever side's they are.
    shown = {run.named.entries[0].id for runs in taken for run in runs}
    found = (
        run.named
        for sentence, runs in zip(sentences, taken, strict=True)
        for run in sentence.with_known(runs, shown, persons)
    )
    return [one._replace(span=with_kind(segments, one.span)) for one in found]


@lru_cache(maxsize=20_000)
def _is_name(word: str) -> bool:
    return is_name(word, ordinary())


class _Run(NamedTuple):
    """Some tokens in a row whose words the gazetteer knows as one name."""

    begin: int
    end: int
    named: Named


class _Sentence:
    """The tokens of a sentence, and what their letters say of each."""

    def __init__(self, segments: Segments, span: Span) -> None:
        self.text = segments.text
        self.tokens = segments.tokens_in(span)
        common = ordinary()
        words = [self.text[token.start : token.end] for token in self.tokens]
        self.capital = [word[0].isupper() for word in words]
        self.name = [
            _is_name(word) if len(word) <= _LONGEST_WORD else is_name(word, common) for word in words
        ]
        self.runs = _longest(self._known())

    def surnames(self) -> Iterator[str]:
        """Yield words that stand right behind another name which is no place: somebody's second name."""
        held = {
            at for run in self.runs if _is_large(run.named.entries[0]) for at in range(run.begin, run.end)
        }
        for at in range(1, len(self.tokens)):
            if self.name[at] and self._touches(at) and self.name[at - 1] and at - 1 not in held:
                yield self.tokens[at].lower
            if self.name[at] and self.tokens[at - 1].lower in names().role:
                yield self.tokens[at].lower

    def locatives(self) -> Iterator[str]:
        """Yield the last word of each name behind a preposition of place: "in Halm"."""
        for run in self.runs:
            if run.begin and self.tokens[run.begin - 1].lower in names().locative:
                yield self.tokens[run.end - 1].lower

    def places(self, persons: frozenset[str]) -> Iterator[_Run]:
        """Yield the names that mean places."""
        last: _Run | None = None
        for run, following in zip_longest(self.runs, self.runs[1:]):
            if self._is_place(run, last, persons) or self._explained(run, following):
                yield run
                last = run

    def with_known(
        self, taken: Sequence[_Run], shown: AbstractSet[str], persons: frozenset[str]
    ) -> Sequence[_Run]:
        """Add the names of records that another name of theirs has shown to be places."""
        begun = {run.begin for run in taken}
        more = [
            run
            for run in self.runs
            if run.begin not in begun
            and run.named.entries[0].id in shown
            and any(self.name[run.begin : run.end])
            and self.tokens[run.end - 1].lower not in persons
            and not self._in_longer_name(run, None, run.named.entries[0], locative=False)
        ]
        return sorted((*taken, *more), key=lambda run: run.begin) if more else taken

    def _touches(self, at: int) -> bool:
        return self.tokens[at].start - self.tokens[at - 1].end <= 1

    def _known(self) -> list[_Run]:
        """Return every row of tokens that begins and ends with a capital and is in the gazetteer."""
        spans: list[tuple[int, int]] = []
        for begin, is_capital in enumerate(self.capital):
            for end in range(begin + 1, min(begin + _LONGEST, len(self.tokens)) + 1) if is_capital else ():
                if self.text[self.tokens[end - 1].start] in _PAUSES:
                    break
                if self.capital[end - 1]:
                    spans.append((begin, end))
        words = [self.text[self.tokens[a].start : self.tokens[b - 1].end] for a, b in spans]
        return [
            _Run(a, b, Named(self._span(a, b), word, likely))
            for (a, b), word, entries in zip(spans, words, gazetteer().find(words), strict=True)
            if (likely := _likeliest(word, entries))
        ]

    def _span(self, begin: int, end: int) -> Span:
        """Return where a name stands; the full stop of an abbreviation belongs to it."""
        last = self.tokens[end - 1]
        word = self.text[last.start : last.end]
        dotted = self.text[last.end : last.end + 1] == "." and ("." in word or word in shortened())
        return Span(self.tokens[begin].start, last.end + dotted)

    def _is_place(self, run: _Run, last: _Run | None, persons: frozenset[str]) -> bool:
        first = run.named.entries[0]
        before = self.tokens[run.begin - 1] if run.begin else None
        word = self.tokens[run.end - 1].lower
        locative = before is not None and before.lower in names().locative
        between = "" if last is None else self.text[last.named.span.end : run.named.span.start].strip()
        joined = between in _JOINTS
        if first.use == "demonym":
            return True
        if word in names().calendar or (word in names().role and run.end - run.begin == 1):
            return False
        if self._in_longer_name(run, last, first, locative=locative):
            return False
        if run.named.name.removesuffix(".") in shortened():
            return between == ","
        by_its_name = any(self.name[run.begin : run.end])
        if first.kind not in ("city", "district"):
            return by_its_name or first.use == "listed"
        if not by_its_name:
            return False
        if word in persons:
            return locative and _is_large(first)
        return _is_large(first) or locative or joined

    def _in_longer_name(self, run: _Run, last: _Run | None, first: Entry, *, locative: bool) -> bool:
        """Tell whether the words are a part of somebody's or something's name."""
        at = run.end
        if at < len(self.tokens) and self._touches(at) and self.capital[at]:
            if self.name[at] and first.kind not in ("country", "continent"):
                return True
            if not _is_large(first) and self.tokens[at].lower not in names().place:
                return True
        if not run.begin or locative or not self._touches(run.begin) or not self.name[run.begin - 1]:
            return False
        return last is None or last.end != run.begin

    def _explained(self, run: _Run, following: _Run | None) -> bool:
        """Tell whether the name of a country or area follows after a comma: "Halm, Ordan"."""
        return (
            following is not None
            and any(self.name[run.begin : run.end])
            and following.named.entries[0].kind in ("country", "area")
            and self.text[run.named.span.end : following.named.span.start].strip() == ","
        )


def _is_large(entry: Entry) -> bool:
    """Tell whether a place needs no other sign than its name."""
    if entry.kind == "district":
        return entry.use == "listed"  # "Carter County", not "Carter"
    return entry.kind != "city" or entry.population >= _KNOWN


def _longest(runs: Sequence[_Run]) -> list[_Run]:
    """Keep the longest of names that overlap, the first one first."""
    kept: list[_Run] = []
    taken: set[int] = set()
    for run in sorted(runs, key=lambda one: (one.begin - one.end, one.begin)):
        places = range(run.begin, run.end)
        if taken.isdisjoint(places):
            kept.append(run)
            taken.update(places)
    return sorted(kept, key=lambda one: one.begin)


def with_kind(segments: Segments, span: Span) -> Span:
    """Return the span with the word after it that tells the kind of area: "Halm district"."""
    following = segments.tokens_in(Span(span.end, span.end + _KIND_WITHIN))
    if following and following[0].lower in area_kinds() and following[0].start - span.end <= 1:
        return Span(span.start, following[0].end)
    return span


def _likeliest(name: str, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the records of a name, the likeliest first; "US" is an abbreviation, and no town called Us."""
    if name.isupper() and len(key_of(name)) <= _SHORT:
        entries = [one for one in entries if one.kind != "city"]
    return tuple(sorted(entries, key=lambda one: (-prior(one), one.id))[:_MOST])


def prior(entry: Entry) -> float:
    """Return how likely a record is meant when nothing but its name is known, in nats."""
    size = _PER_TENFOLD.get(entry.kind, 0.0) * math.log10(entry.population + 1)
    return _PRIOR[entry.kind] + size + (_LISTED if entry.use == "listed" else 0.0)
