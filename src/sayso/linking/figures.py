"""Two figures for one outcome: compared as bounds, and only where they count the same thing."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import msgspec

from sayso.core.records import Claim, Link, Number, Place, Quantity
from sayso.core.spans import Spans
from sayso.linking.entries import Entry, order_is_known, overlap, same_mouth
from sayso.linking.identity import Weights, root, same_day, words_of
from sayso.linking.likeness import RareWords, likeness, names_agree
from sayso.linking.where import narrowed, place_keys

_COMPARED = frozenset({"count", "percent", "money", "measure"})
_DEEDS_NOT_STATED = frozenset({"demand", "pledge", "predict"})
# Without a place or an outcome to tell two events apart, the words around the figures must agree so far.
_SAME_WORDS = 0.5
_LOOK_BACK = 16  # earlier figures for the same thing that one figure is compared with
_JOINED = len(" … ")  # what stands between discontinuous spans in a claim's words
_NEAR_BY = 60  # code points after a figure in which a name says whose it is
_DAYS_APART = 10  # how long a place named before still says where a figure belongs
_PEOPLE = frozenset({"", "person", "people", "human"})
_ANY_PEOPLE = _PEOPLE | {"civilian", "resident", "villager"}
_SMALLEST_TELLING = 10
_PLURALS = {"child": "children", "woman": "women", "man": "men", "person": "people", "percent": "percent"}
_BOUNDS = {
    "about": "about ",
    "at_least": "at least ",
    "at_most": "at most ",
    "more_than": "more than ",
    "less_than": "less than ",
}


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One quantity of one claim, with where it belongs."""

    entry: Entry
    quantity: Quantity
    place: str | None  # the key of the narrowest place named for it
    place_name: str | None  # as its claim writes it; None where the place stood elsewhere
    carried: bool  # the place stood in an earlier claim of the document
    # What is counted: figures that differ here are never compared; a part or a ward is never a whole.
    counts: tuple[str, str, str, bool, str]

    @property
    def bounds(self) -> tuple[float, float]:
        """The closed interval that the figure allows."""
        low, high = self.quantity.low, self.quantity.high
        return (-math.inf if low is None else low, math.inf if high is None else high)


def clashes(entries: Sequence[Entry], weights: Weights) -> Iterator[Link]:
    """Yield a link for two figures that exclude each other: a source updates itself and contradicts others.

    Each figure of a source is taken where it first appears, so that copies add no links.
    """
    shelves: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    placeless: dict[tuple[object, ...], RareWords] = {}
    told: set[tuple[object, ...]] = set()
    for figure in _figures(entries):
        bucket = (figure.counts, figure.place)
        first = (bucket, figure.bounds, figure.entry.source, figure.place or figure.entry.face.stems)
        if first in told:
            continue
        told.add(first)
        before = shelves[bucket]
        if figure.place is not None:
            near = before[-_LOOK_BACK:]
        else:
            rare = placeless.setdefault(bucket, RareWords(weights))
            near = [before[number] for number in rare.near(figure.entry.face)]
            rare.put(len(before), figure.entry.face)
        yield from _against(figure, near, weights)
        before.append(figure)


def repeated(entries: Sequence[Entry]) -> Iterator[tuple[Figure, Figure]]:
    """Yield each figure given before for the same outcome and place, and where it was first given."""
    first: dict[tuple[object, ...], Figure] = {}
    for figure in _figures(entries):
        belonging = _belonging(figure)
        if belonging is None:
            continue
        counts = figure.counts
        if figure.quantity.outcome and counts[2] in _ANY_PEOPLE:
            counts = (*counts[:2], "", *counts[3:])  # of one toll, "21 people" and "21 civilians" are told
        earliest = first.setdefault((counts, belonging, figure.bounds), figure)
        ours, theirs = figure.entry, earliest.entry
        if ours is theirs or overlap(ours, theirs) or not same_day(ours.face.dates, theirs.face.dates):
            continue
        # Tolls grow; what share of a country is occupied is said for years.
        if not figure.quantity.outcome or _days_between(ours, theirs) <= _DAYS_APART:
            yield figure, earliest


def _belonging(figure: Figure) -> tuple[str, ...] | None:
    """Return what says that two equal figures are one: the place of an outcome, or who does what to whom."""
    if figure.quantity.outcome:
        # Small figures are equal by chance, so that their place must be said with them.
        by_chance = figure.carried and min(abs(bound) for bound in figure.bounds) < _SMALLEST_TELLING
        return None if figure.place is None or by_chance else (figure.place,)
    before, after = _around(figure)
    said = [word for word in words_of(before) if word.kind == "word"]
    who, whose = _names_of(before, figure.entry), _names_of(after[:_NEAR_BY], figure.entry)
    if not who or not whose or said[-1].capital:
        return None
    return (who[0], said[-1].key, whose[0])


def _names_of(text: str, entry: Entry) -> list[str]:
    """Return the roots of those names of a claim that stand in a part of it."""
    roots = (root(text[w.start : w.end]) for w in words_of(text) if w.capital)
    return [name for name in roots if name in entry.face.names]


def _around(figure: Figure) -> tuple[str, str]:
    """Return the words of the claim before a figure and those after it."""
    start = 0
    words, at = figure.entry.words, figure.quantity.span
    for span in figure.entry.claim.content:
        if at.within(span):
            return words[: start + at.start - span.start], words[start + at.end - span.start :]
        start += span.end - span.start + _JOINED
    return "", ""


def _figures(entries: Sequence[Entry]) -> Iterator[Figure]:
    key = place_keys(place for entry in entries for place in entry.claim.places)
    placed = _placed(entries, key)
    named_by = Counter(place for places, _ in placed.values() for place in dict.fromkeys(places))
    for entry in entries:
        if entry.denies or entry.claim.act in _DEEDS_NOT_STATED:
            continue
        around, carried = placed[entry.claim.id]
        within = narrowed(entry.words, entry.source) if entry.claim.quantities else ""
        for quantity in entry.claim.quantities:
            # A figure that its own clause denies or takes back is nobody's any more.
            stated = quantity.stated == "held" and (quantity.low is not None or quantity.high is not None)
            if quantity.kind not in _COMPARED or not stated or not (quantity.outcome or _counted(quantity)):
                continue
            # Of the places named, the one that fewest claims name is the narrowest: a town, not its country.
            places = around if carried else _nearest_places(entry.claim, quantity, key)
            place = min(places, key=lambda named: named_by[named], default=None)
            name = next((p.name for p in entry.claim.places if key(p) == place), None)
            part = quantity.part_of is not None
            yield Figure(
                entry=entry,
                quantity=quantity,
                place=place,
                place_name=name,
                carried=carried,
                counts=(quantity.kind, quantity.outcome or "", _counted(quantity), part, within),
            )


def _nearest_places(claim: Claim, quantity: Quantity, key: Callable[[Place], str]) -> tuple[str, ...]:
    """Return the places that belong to a figure: those between it and the next, else before it, else all."""
    others = [other.span.start for other in claim.quantities if other.span != quantity.span]
    after = min((start for start in others if start > quantity.span.start), default=math.inf)
    before = max((start for start in others if start < quantity.span.start), default=-1)
    for start, end in ((quantity.span.start, after), (before, quantity.span.start)):
        within = tuple(key(p) for p in claim.places if start <= p.span.start < end)
        if within:
            return within
    return tuple(map(key, claim.places))


def _placed(entries: Sequence[Entry], key: Callable[[Place], str]) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Return the places of each claim; one that names none belongs where the claim before it does."""
    placed: dict[str, tuple[tuple[str, ...], bool]] = {}
    last: dict[str, tuple[str, ...]] = {}
    for entry in entries:  # by document, in text order
        document = entry.origin.document
        named = tuple(map(key, entry.claim.places))
        placed[entry.claim.id] = (named or last.get(document, ()), not named)
        if named:
            last[document] = named
    return placed


def _counted(quantity: Quantity) -> str:
    noun = (quantity.population or quantity.unit or "").casefold()
    return "" if noun in _PEOPLE else noun


def _against(figure: Figure, near: Sequence[Figure], weights: Weights) -> Iterator[Link]:
    comparable = [other for other in near if _comparable(figure, other, weights)]
    own = [other for other in comparable if _updates(figure, other)]
    # A source that changed its figure twice changed it last from the one before.
    yield from (_link(figure, other, changed=True) for other in own[-1:])
    for other in comparable:
        if other not in own and _disjoint(figure.bounds, other.bounds):
            yield _link(figure, other, changed=False)


def _comparable(later: Figure, earlier: Figure, weights: Weights) -> bool:
    """Tell whether two figures speak of one event, as far as places, days and words show it."""
    ours, theirs = later.entry, earlier.entry
    if later.bounds == earlier.bounds or not same_day(ours.face.dates, theirs.face.dates):
        return False
    if ours.origin.document == theirs.origin.document and same_mouth(ours, theirs):
        return False
    if later.place is None or not later.quantity.outcome:
        return names_agree(ours.face, theirs.face) and _alike(ours, theirs, weights)
    return not (later.carried or earlier.carried) or _days_between(ours, theirs) <= _DAYS_APART


def _updates(later: Figure, earlier: Figure) -> bool:
    """Tell whether a speaker, or an outlet whoever it cites, later gives another figure."""
    ours, theirs = later.entry, earlier.entry
    outlet = ours.origin.outlet
    same = same_mouth(ours, theirs) or (outlet is not None and outlet == theirs.origin.outlet)
    return same and order_is_known(theirs.origin, ours.origin)


def _disjoint(left: tuple[float, float], right: tuple[float, float]) -> bool:
    return left[1] < right[0] or right[1] < left[0]


def _alike(left: Entry, right: Entry, weights: Weights) -> bool:
    return likeness(weights.weigh(left.face), weights.weigh(right.face), weights) >= _SAME_WORDS


def _days_between(left: Entry, right: Entry) -> float:
    if left.origin.published_at is None or right.origin.published_at is None:
        return math.inf
    return abs((date.fromisoformat(left.origin.day) - date.fromisoformat(right.origin.day)).days)


def _link(later: Figure, earlier: Figure, *, changed: bool) -> Link:
    return Link(
        kind="updates" if changed else "contradicts",
        left=later.entry.claim.id,
        right=earlier.entry.claim.id,
        score=0.7 if later.carried or earlier.carried else 0.9,
        left_spans=_deciding(later.quantity),
        right_spans=_deciding(earlier.quantity),
        rule="figures-as-bounds",
        why=_why(later, earlier, changed=changed),
    )


def _deciding(quantity: Quantity) -> Spans:
    words = quantity.bound_words
    if words is None or words.within(quantity.span):
        return (quantity.span,)
    return tuple(sorted((words, quantity.span)))


def _why(later: Figure, earlier: Figure, *, changed: bool) -> str:
    first, second = earlier.entry, later.entry
    before, after = described(earlier), shown(later.quantity)
    one_mouth = same_mouth(first, second)
    if changed:
        teller = first.speaker if one_mouth else first.origin.name
        return _opened(f"{teller} first gave {before}, and {after} on {second.origin.day}.")
    if one_mouth:
        return _opened(
            f"{first.speaker} gave {before}, and elsewhere {after}; which came first is not known."
        )
    if first.speaker.casefold() == second.speaker.casefold():
        outlets = (first.origin.name, second.origin.name)
        return _opened(f"{first.speaker} gave {before} in {outlets[0]}, and {after} in {outlets[1]}.")
    return _opened(f"{first.speaker} gave {before}, {second.speaker} {after}.")


def described(figure: Figure) -> str:
    """Return a figure with what it counts and where: "at least 21 killed civilians in Brenna"."""
    return f"{shown(figure.quantity)}{_noun(figure.quantity)}{_where(figure)}"


def _where(figure: Figure) -> str:
    return f" in {figure.place_name}" if figure.place_name else ""


def shown(quantity: Quantity) -> str:
    """Return a figure as a reader writes it: "at least 21", "20 to 30", "20 percent"."""
    unit = f" {quantity.unit}" if quantity.unit and quantity.kind != "count" else ""
    if quantity.bound == "range" and quantity.low is not None and quantity.high is not None:
        return f"{_number(quantity.low)} to {_number(quantity.high)}{unit}"
    figure = next(n for n in (quantity.best, quantity.low, quantity.high) if n is not None)
    return f"{_BOUNDS.get(quantity.bound, '')}{_number(figure)}{unit}"


def _number(number: Number) -> str:
    return f"{number:,}"


def _noun(quantity: Quantity) -> str:
    """Return what a count counts: " killed civilians", " killed", " houses"."""
    noun = _counted(quantity) if quantity.kind == "count" or quantity.population else ""
    plural = _PLURALS.get(noun, noun if not noun or noun.endswith("s") else f"{noun}s")
    return "".join(f" {word}" for word in (quantity.outcome, plural) if word)


def _opened(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
