"""What a figure counts or measures, whatever it is: its noun, and what is done with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple, TypeAlias

import msgspec

from sayso.core.records import Number, Quantity
from sayso.core.spans import Span
from sayso.language.lexicon import read_table
from sayso.language.lexicon.figures import number_words, outcome_words
from sayso.linking.entries import Entry
from sayso.linking.figures import Figure, beside, is_of_a_war, is_rejected
from sayso.linking.identity import Word, root, words_of
from sayso.linking.lexicon import is_past, stem

_DEEDS_NOT_STATED = frozenset({"demand", "pledge", "predict"})
_OF_THINGS = frozenset({"destroyed", "damaged"})
_ANYBODY = frozenset({"person", "man", "woman", "worker", "official"})  # as whom many are counted
_MEASURED = frozenset({"measure", "money", "duration"})
# Of what there are so many tons, and how far something is; what a thing is like, a calibre, counts nothing.
_AMOUNTS = frozenset({"t", "kg", "g", "lb", "l", "gal", "bbl", "m3", "ha", "acre", "km2", "mi2"})
_DISTANCES = frozenset({"km", "m", "mi", "nmi"})
_FAR = "from"  # in place of a noun: how far it is
_FEWEST = 2  # "one" is more often a pronoun
_LONGEST_COMPLEMENT = 3  # words of what there are tons of
_MOST_FIGURES = 48  # of one claim: one that has more is a table
_EXACT_UP_TO, _ROUNDED_UP_TO = 100, 10**15  # beyond these nobody rounds
_FAR_OFF = 300  # code points on either side of a figure that are read
_NUMBER_REACH = 110  # code points before a figure in which "the number of" stands
_REACH = 48  # code points before a figure in which a word makes it a part, or one more
# What ends the clause in which a figure stands.
_BREAK = re.compile(
    r"[,;:.!?()](?=\s|$)|\s[–—-]+\s|\s(?:but|while|whereas|although|though|because|when|where|as)\s"
)
_AND = re.compile(r"\s(?:and|or)\s")
# Before a figure: it is a part, one more, a difference, one end of a change, or a number of something.
_NOT_ALL = re.compile(
    r"(?:\b(?:another|after|further|additional|extra|more|by|from|than|including|among|among them|of"
    r"|of (?:whom|which|the|these|those|its|their)|plus|first|last|next|other|remaining|between|no\."
    r"|versus|against|compared with|in)|[-/#§+])\s*$",
    re.IGNORECASE,
)
_A_WHOLE_OF = re.compile(
    r"\b(?:crowd|convoy|fleet|column|total|group|crew|party|team|load|cargo|salvo|barrage|number) of\s*$",
    re.IGNORECASE,
)
# Behind it: the same.
_OF_MORE = re.compile(
    r"\s*(?:more\b|others?\b|of (?:the|them|these|those|its|whom|which|his|her|our|their|all)\b|per\b|each\b"
    r"|apiece\b|daily\b|out of\b|at a time\b|in (?:every|each)\b|ago\b|later\b|earlier\b|old\b|to\s+\d"
    r"|[-–/]\s*\d)",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\b(?:an?|every|each|per)\s+(?:day|week|month|year|night|hour|minute|second|head|person|piece|household)\b"
)
_SOME_OF = re.compile(r"\bof\b")
_BY = re.compile(r"\bby\s+(?![^\W\d_]+ing\b)")
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "our"})
_PREPOSITIONS = frozenset(
    [
        "to",
        "at",
        "in",
        "on",
        "from",
        "against",
        "near",
        "for",
        "over",
        "across",
        "through",
        "into",
        "off",
        "outside",
        "inside",
        "around",
        "towards",
        "toward",
        "under",
        "behind",
        "between",
        "within",
        "along",
        "about",
    ]
)
# What follows them says when, by whom or as what it was done, and narrows nothing.
_CIRCUMSTANCES = (_PREPOSITIONS - {"from"}) | {
    "after",
    "before",
    "since",
    "during",
    "until",
    "by",
    "despite",
    "amid",
}
_COPULAS = frozenset({"are", "is", "was", "were", "be", "been"})
# Adverbs that say nothing of the thing; those in -ly are told by their ending.
_ADVERBS = frozenset(
    {"also", "already", "alone", "away", "early", "late", "later", "now", "only", "still", "then", "there"}
    | {"today", "tonight", "tomorrow", "yesterday"}
)
_HAS = re.compile(r"\b(?:has|have)\s+(?:now\s+|so\s+far\s+|already\s+|since\s+)?(?:been\s+)?[^\W\d_]{3,}\b")
_HOURS = frozenset(
    map(stem, ["morning", "noon", "afternoon", "evening", "night", "dawn", "midnight", "overnight"])
)
_PLURALS = frozenset(
    [
        "people",
        "children",
        "police",
        "aircraft",
        "personnel",
        "troops",
        "cattle",
        "sheep",
        "fish",
        "crew",
        "staff",
        "spacecraft",
        "hovercraft",
    ]
)
_NUMBER_OF = re.compile(r"\b(?:number|count|tally|total)\s+of\s+", re.IGNORECASE)
_FAR_FROM = re.compile(r"\s+(?:away\s+|off\s+)?(?:from\s+)", re.IGNORECASE)
_OF = re.compile(r"\s+(?:worth\s+)?of\s+", re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|for)\s+", re.IGNORECASE)


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    nouns: list[str]
    vague: str
    uncounted: str
    deeds: list[str]
    lasting: str
    light: str
    not_now: str
    parting: str


class CountWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words by which counts are compared, as stems; of one noun or deed the first stands for all."""

    nouns: Mapping[str, str]
    vague: frozenset[str]
    uncounted: frozenset[str]
    deeds: Mapping[str, str]
    lasting: frozenset[str]
    light: frozenset[str]
    not_now: frozenset[str]
    parting: frozenset[str]


@cache
def count_words() -> CountWords:
    """Return the words by which counts are compared."""
    table = msgspec.convert(read_table("counts"), _Table)
    nouns, deeds = _by_first(table.nouns), _by_first(table.deeds)
    return CountWords(
        nouns=nouns,
        vague=frozenset(nouns.get(one, one) for one in _stems(table.vague)),
        uncounted=_stems(table.uncounted),
        deeds=deeds,
        lasting=_stems(table.lasting),
        light=_stems(table.light),
        not_now=frozenset(table.not_now.split()),
        parting=_stems(table.parting),
    )


def _stems(listed: str) -> frozenset[str]:
    return frozenset(map(stem, listed.split()))


def _by_first(groups: Sequence[str]) -> dict[str, str]:
    listed = [list(map(stem, group.split())) for group in groups]
    return {other: first for first, *others in listed for other in (first, *others)}


What: TypeAlias = tuple[str, str, frozenset[str]]  # kind and unit, noun, marks


class Noun(NamedTuple):
    """What is counted: its noun, and what makes of it another thing than the bare noun."""

    head: str
    marks: frozenset[str]  # stems: "warning" of warning shots, "flour" of tons of flour
    names: frozenset[str]  # roots of names: "Veslandi drones"


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A figure with what it counts, and what its clause says of that."""

    figure: Figure
    noun: Noun
    deeds: frozenset[str]
    subject: frozenset[str]  # stems of the common words before it
    agent: frozenset[str]  # roots of the name that acts; empty where none does
    by_preposition: Mapping[str, frozenset[str]]  # stems of common words: "to the mill", "for roads"
    hours: frozenset[str]  # the part of a day
    so_far: bool  # "has delivered": what holds now, and not what was done on a day
    of_a_war: bool  # the number of a long time
    narrowed_by: frozenset[str]  # stems and roots: "asleep", "with tickets", "were children"
    near: frozenset[str]  # stems and roots of all words around it

    @property
    def entry(self) -> Entry:
        """The claim it stands in."""
        return self.figure.entry

    @property
    def of_what(self) -> What:
        """What is equal for two figures that can count the same."""
        quantity = self.figure.quantity
        unit = "" if quantity.kind == "count" else quantity.unit or ""
        return f"{quantity.kind} {unit}", self.noun.head, self.noun.marks

    @property
    def needs_a_subject(self) -> bool:
        """Whether only what it is said of tells it from others: what costs, what lasts, what is how far."""
        return self.figure.quantity.kind in {"money", "duration"} or self.noun.head == _FAR

    @property
    def lasts(self) -> bool:
        """Whether a thing has one such number as long as its event is in the news."""
        return self.deeds <= count_words().lasting

    @property
    def bounds(self) -> tuple[float, float]:
        """The closed interval that the figure allows; a round figure is one that was rounded."""
        low, high = self.figure.bounds
        quantity = self.figure.quantity
        exact = quantity.best if quantity.bound == "exact" else None
        off = 0.0 if exact is None else rounding(exact)
        return low - off, high + off


def rounding(figure: Number) -> float:
    """Return how far from a round figure the number may be that it stands for: 50 of 1,200."""
    if not _EXACT_UP_TO <= abs(figure) <= _ROUNDED_UP_TO or figure != int(figure):
        return 0.0
    digits = str(abs(int(figure)))
    zeros = len(digits) - len(digits.rstrip("0"))
    return 0.0 if zeros == 0 else 10**zeros / 2


def counts_of(document: Sequence[Entry]) -> list[Count]:
    """Return the counts of a document's claims in text order, each in the shortest claim that has it."""
    shortest: dict[Span, Count] = {}
    for entry in document:
        if entry.retold or entry.claim.act in _DEEDS_NOT_STATED or is_rejected(entry):
            continue
        for quantity in entry.claim.quantities[:_MOST_FIGURES]:
            count = _count(entry, quantity)
            known = shortest.get(quantity.span)
            if count is not None and (known is None or len(entry.words) < len(known.entry.words)):
                shortest[quantity.span] = count
    return [shortest[span] for span in sorted(shortest)]


def _count(entry: Entry, quantity: Quantity) -> Count | None:
    if quantity.stated != "held" or quantity.part_of is not None or not _is_compared(quantity):
        return None
    before, after = _around(entry, quantity)
    if not before and not after:
        return None
    left, right = _clause(before, after)
    if _is_of_another_time(left) or _is_of_another_time(right):
        return None
    if _OF_MORE.match(after) or (_NOT_ALL.search(left[-_REACH:]) and not _A_WHOLE_OF.search(left[-_REACH:])):
        return None
    if _RATE.search(right) or _SOME_OF.search(_words_at(entry, quantity)):
        return None
    noun = _noun(entry, quantity, after)
    if noun is None or noun.marks & count_words().parting:
        return None
    figure = Figure(
        entry=entry,
        quantity=quantity,
        place=None,
        carried=True,
        counts=(quantity.kind, "", noun.head, False, "", ""),
    )
    return Count(
        figure=figure,
        noun=noun,
        deeds=frozenset() if noun.head == _FAR else _deeds(left, right) | _befell(quantity),
        subject=frozenset(common_in(left)),
        agent=_agent_in(entry, left, right),
        by_preposition=_by_preposition(left, right),
        narrowed_by=frozenset(_narrowing(entry, right)),
        near=_near(before, _words_at(entry, quantity), after),
        of_a_war=is_of_a_war(entry),
        so_far=_HAS.search(left) is not None or _HAS.search(right) is not None,
        hours=frozenset(_HOURS & {word.key for text in (before, after) for word in words_of(text)}),
    )


def _around(entry: Entry, quantity: Quantity) -> tuple[str, str]:
    """Return the words of a claim near a figure, before it and behind it."""
    before, after = beside(entry, quantity)
    return before[-_FAR_OFF:], after[:_FAR_OFF]


def _is_compared(quantity: Quantity) -> bool:
    """Tell whether a figure counts or measures; not what befell people, which has rules of its own."""
    things = quantity.population in outcome_words().objects or quantity.outcome in _OF_THINGS
    if quantity.outcome is not None and not things:
        return False
    ends = [end for end in (quantity.low, quantity.best, quantity.high) if end is not None]
    if quantity.kind == "count":
        return bool(ends) and max(ends) >= _FEWEST
    return bool(ends) and quantity.kind in _MEASURED


def _clause(before: str, after: str) -> tuple[str, str]:
    """Return what stands before and behind a figure in its clause."""
    breaks = [found.end() for found in _BREAK.finditer(before)]
    end = _BREAK.search(after)
    return before[breaks[-1] if breaks else 0 :], after[: len(after) if end is None else end.start()]


def _is_of_another_time(text: str) -> bool:
    return not count_words().not_now.isdisjoint(text.casefold().split())


def common_in(text: str) -> Iterator[str]:
    """Yield the stems of the common words of a text that are no deeds."""
    for word in words_of(text):
        if word.kind == "word" and not word.capital and not _is_deed(text[word.start : word.end], word.key):
            yield word.key


def _by_preposition(*texts: str) -> dict[str, frozenset[str]]:
    """Return the common words that follow each preposition until the next one."""
    found: dict[str, set[str]] = {}
    for text in texts:
        after = ""
        for word in words_of(text):
            written = text[word.start : word.end].casefold()
            if word.kind == "stop" and written not in _ARTICLES:
                after = written if written in _PREPOSITIONS else ""
            elif after and word.kind == "word" and not word.capital:
                found.setdefault(after, set()).add(word.key)
    return {preposition: frozenset(stems) for preposition, stems in found.items()}


def _narrowing(entry: Entry, right: str) -> Iterator[str]:
    """Yield what is said behind a figure of those it counts, and not where, when or by whom."""
    end = _AND.search(right)
    before, last, apart = "", "", False
    for word in words_of(right[: len(right) if end is None else end.start()]):
        written = right[word.start : word.end].casefold()
        if is_past(written) and last not in _ARTICLES | _CIRCUMSTANCES:
            apart = False  # "25 passengers on board fell ill"
        last = written
        if word.kind == "stop" and written not in _ARTICLES | {"of"}:
            before, apart = written, written in _CIRCUMSTANCES
        elif word.kind == "word" and not apart and not _says_little(written, word):
            name = root(right[word.start : word.end])
            if not word.capital:
                yield _one_word(word.key)
            elif before in _COPULAS and name in entry.face.names:
                yield name


def _says_little(written: str, word: Word) -> bool:
    adverb = written in _ADVERBS or written.endswith("ly")
    return adverb or word.key in count_words().light | _HOURS | _numbers()


def _near(*texts: str) -> frozenset[str]:
    words = [(text[word.start : word.end], word) for text in texts for word in words_of(text)]
    return frozenset(one for written, word in words for one in (_one_word(word.key), root(written)))


def _one_word(key: str) -> str:
    """Return the first of the words that are one noun or one deed."""
    table = count_words()
    return table.deeds.get(key, table.nouns.get(key, key))


def _agent_in(entry: Entry, left: str, right: str) -> frozenset[str]:
    """Return the roots of the name that acts: behind "by", else the first on the left that is no place."""
    by = _BY.search(right)
    if by is not None:
        return frozenset(_first_name(entry, right[by.end() :], after="by"))
    return frozenset(_first_name(entry, left, after=""))


def _first_name(entry: Entry, text: str, *, after: str) -> list[str]:
    run: list[str] = []
    before = after
    for word in words_of(text):
        name = root(text[word.start : word.end])
        if word.capital and word.kind == "word" and name in entry.face.names:
            run.append(name)
            continue
        if run and before not in _PREPOSITIONS:
            return run
        run = []
        written = text[word.start : word.end].casefold()
        before = before if written in _ARTICLES else written
    return run if before not in _PREPOSITIONS else []


def _befell(quantity: Quantity) -> frozenset[str]:
    return frozenset(() if quantity.outcome is None else [stem(quantity.outcome)])


def _deeds(left: str, right: str) -> frozenset[str]:
    """Return what is done with the counted: in its part of the clause between two "and", else in all."""
    before = [found.end() for found in _AND.finditer(left)]
    behind = _AND.search(right)
    nearest = (left[before[-1] if before else 0 :], right[: len(right) if behind is None else behind.start()])
    return frozenset(deeds_in(*nearest)) or frozenset(deeds_in(left, right))


def deeds_in(*texts: str) -> Iterator[str]:
    """Yield what is done in some texts, one word for one deed."""
    table = count_words()
    for text in texts:
        before = ""
        for word in words_of(text):
            written = text[word.start : word.end].casefold()
            # "After the fire", "under fire" tell of no shot.
            noun = before in _ARTICLES | _PREPOSITIONS | {"of", "after"} and not is_past(written)
            before = written
            if word.kind == "word" and not word.capital and not noun and _is_deed(written, word.key):
                yield table.deeds.get(word.key, word.key)


def _is_deed(written: str, key: str) -> bool:
    return key in count_words().deeds or (is_past(written) and key not in count_words().light)


def _noun(entry: Entry, quantity: Quantity, after: str) -> Noun | None:
    """Return what is counted, or None where the words do not say it."""
    match quantity.kind:
        case "count":
            return _counted(entry, quantity, after)
        case "duration":
            return Noun(stem(quantity.unit or ""), frozenset(), frozenset())
        case "money":
            behind = _OF.match(after) or _IN.match(after)
            return _with_complement(entry, "", "" if behind is None else after[behind.end() :])
        case _:
            return _measured(entry, quantity, after)


def _measured(entry: Entry, quantity: Quantity, after: str) -> Noun | None:
    unit = quantity.unit or ""
    if unit in _AMOUNTS and (of := _OF.match(after)):
        return _with_complement(entry, "", after[of.end() :])
    if unit in _DISTANCES and (away := _FAR_FROM.match(after)):
        return _with_complement(entry, _FAR, after[away.end() :])
    return None


def _with_complement(entry: Entry, head: str, text: str) -> Noun:
    marks, names = _described(entry, text, list(_phrase(text))[:_LONGEST_COMPLEMENT])
    return Noun(head, frozenset(marks), frozenset(names))


def _phrase(text: str) -> Iterator[Word]:
    """Yield the words with which a text begins until one is none of a noun phrase."""
    words = [word for word in words_of(text) if text[word.start : word.end].casefold() not in _ARTICLES]
    end = _BREAK.search(text)
    reach = len(text) if end is None else end.start()
    return takewhile(lambda word: word.kind == "word" and word.end <= reach, words)


def _described(entry: Entry, text: str, words: Sequence[Word]) -> tuple[list[str], list[str]]:
    """Return the stems of common words and the roots of names among some words."""
    table = count_words()
    marks: list[str] = []
    names: list[str] = []
    for word in words:
        name = root(text[word.start : word.end])
        if word.capital and name in entry.face.names:
            names.append(name)
        elif word.key not in _numbers():
            marks.append(table.nouns.get(word.key, word.key))
    return marks, names


@cache
def _numbers() -> frozenset[str]:
    words = number_words()
    return frozenset(
        map(stem, [*words.scales, *words.dozens, *words.ones, *words.tens, *words.vague, "dozen"])
    )


def _counted(entry: Entry, quantity: Quantity, after: str) -> Noun | None:
    written = _words_at(entry, quantity)
    bound = quantity.bound_words
    words = [word for word in words_of(written) if word.kind == "word"]
    if bound is not None and bound.within(quantity.span):
        end = bound.end - quantity.span.start
        words = [word for word in words if word.start >= end or bound.start > quantity.span.start]
    marks, names = _described(entry, written, words)
    of = _OF.match(after)
    if not marks and not names:
        before, _ = _around(entry, quantity)
        numbers = list(_NUMBER_OF.finditer(before[-_NUMBER_REACH:]))
        if not numbers:
            return None
        written = before[-_NUMBER_REACH:][numbers[-1].end() :]
        words = list(takewhile(_is_of_a_noun, _phrase(written)))
        marks, names = _described(entry, written, words)
        of = None
    # "A category 3 hurricane", "the 12 side": one thing, by its number.
    if not marks or not _is_plural(written[words[-1].start : words[-1].end]):
        return None
    head = marks.pop()
    if quantity.population in outcome_words().people - _ANYBODY:
        head = quantity.population  # "troops", "servicemen" and "soldiers" are
    if head in count_words().uncounted:
        return None
    if of is not None:
        complement = _with_complement(entry, "", after[of.end() :])
        marks += complement.marks
        names += complement.names
    return Noun(head, frozenset(marks), frozenset(names))


def _is_plural(word: str) -> bool:
    return word.casefold().endswith(("s", "men")) or word.casefold() in _PLURALS


def _is_of_a_noun(word: Word) -> bool:
    return word.key not in count_words().light and word.key not in count_words().deeds


def _words_at(entry: Entry, quantity: Quantity) -> str:
    before, after = beside(entry, quantity)
    return entry.words[len(before) : len(entry.words) - len(after)]
