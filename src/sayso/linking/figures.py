"""Two figures for one outcome: compared as bounds, and only where they count the same thing."""

import math
import re
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, pairwise

import msgspec

from sayso.core.ids import ClaimId, DocumentId
from sayso.core.ports import Filing, Index
from sayso.core.records import Link, Number, Place, Quantity
from sayso.core.spans import Spans
from sayso.language.lexicon.figures import outcome_words
from sayso.linking.apart import apart
from sayso.linking.bodies import one_teller
from sayso.linking.conduct import rejects, sides
from sayso.linking.dates import Days, can_be, days_between, days_of
from sayso.linking.entries import Entry, beside, in_sight, order_is_known, overlap, same_mouth, words_at
from sayso.linking.identity import root, same_day, words_of
from sayso.linking.lexicon import CHANGED_TO, CHANGES, HAPPENINGS, stem
from sayso.linking.likeness import names_agree
from sayso.linking.lookup import WHENEVER, Lookup, month_of, months_around
from sayso.linking.opposition import sure
from sayso.linking.stories import Stories
from sayso.linking.things import unlike_things
from sayso.linking.where import names_of_place, narrowed, one_place

_COMPARED = frozenset({"count", "percent", "money", "measure"})
DEEDS_NOT_STATED = frozenset({"demand", "pledge", "predict"})
# Without a place or an outcome to tell two events apart, the words around the figures must agree so far.
_SAME_WORDS = 0.5
_SAME_WORDS_WITHOUT_AN_OUTCOME = 0.75  # what is counted or measured, only the words say
_FEWEST_SHARED = 3  # stems, where no outcome tells what is counted
_LOOK_BACK = 16  # earlier figures for the same thing that one figure is compared with
_LOOKED_AT = 32  # claims with figures for the same thing, in a place on a day or in a month
_COMPARED_WITH = 48  # of them, under all the names of the place, those of the nearest days first
_DOCUMENTS_READY = 256
_OF_ONE_STORY = 96  # outcomes told by other texts of an event, the last ones
_FILED_UNDER = 6  # stems that lead to a figure without a place
_NEAR_BY = 60  # code points after a figure in which a name says whose it is
# "In Brask, nine; in Holm, four" and "in Brask nine were killed, in Holm four", but not "nine in Brask".
_LEADS = re.compile(
    r"(?:\A|[;:,]|\band)\s*(?:and\s+)?(?:in|at|near|outside|around)\s+(?:the\s+)?\Z", re.IGNORECASE
)
_RIGHT_BESIDE = 2  # code points between a place and the figure of which it is said: ", "
_SIGHT = 500  # code points on each side of a figure in which words can be about it
_WHOSE = 5  # words from a figure on among which a name says of which side the counted are
_NO_NOUN = frozenset({"near"})
_LOST_NEAR = 12  # code points from a figure on in which "lost" may stand
_CHANGED_NEAR = 10  # words before a figure among which "risen" is said of it
_CHANGED_TO = (
    20  # words before a "to" and the figure: "lowered the toll of the attack on the old town to four"
)
_BOUNDING = frozenset({"at", "least", "about", "around", "some", "nearly", "almost", "more", "than", "over"})
_NOW_BEHIND = 8  # words behind a figure: "twelve, among them a nurse, are now known to have died"
# How long a town is in the news for one event, unless the figures state the same day.
_DAYS_APART = 10
_DAYS_OF_A_STATE = 30  # how long people stay displaced or missing from one event
_STATES = frozenset({"displaced", "missing"})
# "Some 300" and 310 do not exclude each other: how far a round figure may be off, as a share of it.
_ROUNDED = 0.2
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
_LOSE = stem("lose")
# The figures of a war or a year are not those of a day.
_SO_FAR = re.compile(
    r"\b(?:since|overall|altogether|cumulative(?:ly)?|so far|to date|in total|in all|a total of|throughout"
    r"|during the war|(?:this|last|past|previous) (?:[a-z]{1,16} )?(?:weeks?|months?|years?|decades?)"
    r")\b",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"\b([^\W\d_]{1,32})\s+(?:has|have|had|keeps|keep|kept|holds|hold|held|deployed|stationed)"
    r"(?:\s+(?:some|about|around|roughly|nearly|almost|over|under|only|up|at|to|more|less|fewer|than|least|most))"
    r"{0,3}\s*$",
    re.IGNORECASE,
)
_COUNTED_FROM = re.compile(r"\b(?:since|as of|as at|up to|until|by)\s+(?:the\s+)?$", re.IGNORECASE)
_SINCE_A_DAY = re.compile(
    r"\bsince\s+(?:early\s+|late\s+|the\s+|last\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+[^\W\d_]{3,9}\b(?!\s+\d{4})"
    r"|yesterday|dawn|midnight|morning|noon|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    re.IGNORECASE,
)
# "Compared with seven the day before", "and 12 a week earlier"
_ANOTHER_DAY = re.compile(
    r"\s+(?:(?:the|an?|one|two|three)\s+(?:days?|nights?|weeks?|months?|years?)\s+(?:before|earlier|prior|previously)\b"
    r"|(?:on\s+|in\s+|during\s+)?the\s+(?:previous|preceding)\s+(?:day|night|week|month|year)\b"
    r"|(?:on\s+the\s+)?day\s+before\b)"
)
_FROM = re.compile(r"\bfrom\s+\Z")
_FROM_REACH = 12  # code points before a figure in which it stands
_OF_THEM = re.compile(r"\s+of\s+(?:them|whom|those|these|us)\b")


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One quantity of one claim, with where it belongs."""

    entry: Entry
    quantity: Quantity
    place: Place | None  # the narrowest place named for it
    carried: bool  # the place stood in an earlier claim of the document
    # What is counted: figures that differ here are never compared; a part or a ward is never a whole, and
    # the dead of one side are not those of the other.
    counts: tuple[str, str, str, bool, str, str]

    @property
    def bounds(self) -> tuple[float, float]:
        """The closed interval that the figure allows."""
        low, high, best = self.quantity.low, self.quantity.high, self.quantity.best
        if low is None and high is None and best is not None:
            off = abs(best) * _ROUNDED
            return (best - off, best + off)
        return (-math.inf if low is None else low, math.inf if high is None else high)


def filed_by_figures(document: Sequence[Entry], index: Index) -> Iterator[Filing]:
    """Yield where the figures of a document are filed, each of a source where it first appears."""
    for figure in _casualties(document):
        told = Filing(key=_told(figure), record=figure.entry.claim.id)
        if index.filed([told.key], 1):
            continue
        yield told
        yield from (Filing(key=key, record=told.record) for key in _keys(figure, _times(figure)))


def _told(figure: Figure) -> str:
    """Return a key that is equal for what a source says again."""
    belongs = names_of_place(figure.place) if figure.place is not None else figure.entry.face.stems
    return f"told {figure.counts} {figure.bounds} {figure.entry.source} {belongs}"


def _keys(figure: Figure, times: Sequence[str]) -> list[str]:
    if figure.place is not None:
        belongs = names_of_place(figure.place)
    else:
        stems = dict.fromkeys(stem for stem in figure.entry.face.stems)
        belongs = tuple(stems)[:_FILED_UNDER]
    return [f"figure {figure.counts} {one} {time}" for time in times for one in belongs]


def _times(figure: Figure) -> list[str]:
    """Return when a figure is filed: in its month, and an outcome on its day, too."""
    origin, months = figure.entry.origin, [month_of(figure.entry), WHENEVER]
    by_day = figure.quantity.outcome and origin.published_at is not None
    return [origin.day, *months] if by_day else months


def _times_around(figure: Figure) -> list[str]:
    """Return when others are filed that a figure is compared with, the nearest days first.

    Where a place is in the news every day, the first figures of a month are not those of the last days.
    """
    origin, months = figure.entry.origin, months_around(month_of(figure.entry))
    if not figure.quantity.outcome or origin.published_at is None:
        return months
    day = date.fromisoformat(origin.day).toordinal()
    days = [day, *(day + step * apart for apart in range(1, _DAYS_APART + 1) for step in (-1, 1))]
    known = (one for one in days if date.min.toordinal() <= one <= date.max.toordinal())
    # Outcomes told on other days are of one event only where both say on which day it was, or last long.
    later = months if figure.quantity.outcome in _STATES or happened(figure.entry) else months[-1:]
    return [*(date.fromordinal(one).isoformat() for one in known), *later]


class Clashing:
    """Finds the figures that exclude each other, in one run over new documents."""

    def __init__(self, lookup: Lookup, stories: Stories) -> None:
        self._lookup = lookup
        self._stories = stories
        self._ready: OrderedDict[DocumentId, dict[ClaimId, list[Figure]]] = OrderedDict()

    def links(self, document: Sequence[Entry]) -> Iterator[Link]:
        """Yield a link for each figure of a new document that another excludes, or that a source has changed.

        Each figure of a source is taken where it first appears, so that copies add no links. Where a figure
        of a new document is earlier than one of an old document, the old one is compared again.
        """
        told = self._told_before(document)
        only = self._only(document[0].origin.document) if told else []
        for figure in _without_additions(_casualties(document)):
            near = self._near(figure)
            yield from _against(figure, near, self._lookup)
            if figure in only and _first(figure, self._lookup) == figure.entry.claim.id:
                yield from _against_story(figure, told, near)
            for other in near:
                if other.entry.key > figure.entry.key and not self._lookup.is_new(_document(other)):
                    yield from _against(other, self._near(other), self._lookup)

    def _told_before(self, document: Sequence[Entry]) -> list[Figure]:
        """Return the outcomes told before by other texts of the same event, in the order of appearance."""
        if not document:
            return []
        found = [
            figure
            for told in self._stories.before(document[0].origin.document)
            for figure in self._only(told.entries[0].origin.document)
        ]
        self._lookup.index.filed([_told(figure) for figure in found], 1)  # all in one look-up
        firsts = [one for one in found if _first(one, self._lookup) == one.entry.claim.id]
        return sorted(firsts, key=lambda figure: figure.entry.key)[-_OF_ONE_STORY:]

    def _only(self, document: DocumentId) -> list[Figure]:
        """Return the outcomes of which a text gives one figure, so that it is clear what they are of."""
        bounds: defaultdict[tuple[str, ...], set[tuple[float, float]]] = defaultdict(set)
        figures = [
            one for of_claim in self._of(document).values() for one in of_claim if one.quantity.outcome
        ]
        for one in figures:
            bounds[_of_what(one)].add(one.bounds)
        return [one for one in figures if len(bounds[_of_what(one)]) == 1]

    def _near(self, figure: Figure) -> list[Figure]:
        """Return the figures filed for the same thing at about the same time, in the order of appearance."""
        if _first(figure, self._lookup) != figure.entry.claim.id:
            return []
        near = [
            other
            for entry in self._filed_near(figure)
            for other in self._of(entry.origin.document).get(entry.claim.id, ())
            if other.counts == figure.counts and _one_place(figure, other)
        ]
        return sorted(near, key=lambda other: other.entry.key)

    def _filed_near(self, figure: Figure) -> list[Entry]:
        keys = _keys(figure, _times_around(figure))
        if figure.place is not None:
            return self._lookup.filed(keys, _LOOKED_AT, first=_COMPARED_WITH)
        # Without a place, words lead to it: the more of them and the rarer they are, the likelier.
        filed = self._lookup.index.filed(keys, _LOOKED_AT)
        rated: defaultdict[str, float] = defaultdict(float)
        for claims in (filed[key] for key in keys if key in filed):
            for claim in claims:
                rated[claim] += 1 / len(claims)
        likest = sorted(rated, key=lambda claim: -rated[claim])[:_COMPARED_WITH]
        return [self._lookup.entries.one(ClaimId(claim)) for claim in likest]

    def _of(self, document: DocumentId) -> Mapping[ClaimId, list[Figure]]:
        """Return the figures of a document by claim; those that were asked for last stay ready."""
        if document not in self._ready:
            held: dict[ClaimId, list[Figure]] = {}
            for figure in _casualties(self._lookup.entries.of(document)):
                held.setdefault(figure.entry.claim.id, []).append(figure)
            self._ready[document] = held
            if len(self._ready) > _DOCUMENTS_READY:
                self._ready.popitem(last=False)
        return self._ready[document]


def _document(figure: Figure) -> DocumentId:
    return figure.entry.origin.document


def _first(figure: Figure, lookup: Lookup) -> ClaimId | None:
    key = _told(figure)
    return next((ClaimId(claim) for claim in lookup.index.filed([key], 1).get(key, ())), None)


def _one_place(left: Figure, right: Figure) -> bool:
    if left.place is None or right.place is None:
        return left.place is right.place
    return one_place(left.place, right.place)


def repeated(entries: Sequence[Entry]) -> Iterator[tuple[Figure, Figure]]:
    """Yield each figure given before for the same outcome and place, and where it was first given."""
    first: dict[str, Figure] = {}
    held: dict[str, list[Entry]] = {}
    for entry in entries:
        held.setdefault(entry.origin.document, []).append(entry)
    for figure in (one for document in held.values() for one in figures_of(document)):
        for key in keys_of_equals(figure):
            earliest = first.setdefault(key, figure)
            if tells_again(figure, earliest):
                yield figure, earliest
                break


def keys_of_equals(figure: Figure) -> list[str]:
    """Return the keys under which equal figures for the same thing stand; none where nothing says that."""
    counts = figure.counts
    if figure.quantity.outcome and counts[2] in _ANY_PEOPLE:
        counts = (*counts[:2], "", *counts[3:])  # of one toll, "21 people" and "21 civilians" are told
    if figure.quantity.kind == "percent":
        counts = (*counts[:2], "", *counts[3:])  # of a country, or of its fields
    return [f"equal {counts} {figure.bounds} {belonging}" for belonging in _belonging(figure)]


def tells_again(later: Figure, earlier: Figure) -> bool:
    """Tell whether a figure with a key in common with an earlier one is that figure again."""
    ours, theirs = later.entry, earlier.entry
    if ours is theirs or overlap(ours, theirs) or not same_day(ours.face.dates, theirs.face.dates):
        return False
    if apart(ours, theirs):
        return False
    # Tolls grow; what share of a country is occupied is said for years.
    return (
        not later.quantity.outcome
        or days_between(ours.origin.published_at, theirs.origin.published_at) <= _DAYS_APART
    )


def _belonging(figure: Figure) -> list[tuple[str, ...]]:
    """Return what says that two equal figures are one: the place of an outcome, or who does what to whom."""
    if figure.quantity.outcome:
        # Small figures are equal by chance, so that their place must be said with them.
        by_chance = figure.carried and min(abs(bound) for bound in figure.bounds) < _SMALLEST_TELLING
        if figure.place is None or by_chance:
            return []
        return [(name,) for name in names_of_place(figure.place)]
    before, after = _around(figure)
    said = [word for word in words_of(before) if word.kind == "word"]
    who, whose = _names_of(before, figure.entry), _names_of(after[:_NEAR_BY], figure.entry)
    if not who or not whose or said[-1].capital:
        return []
    return [(who[0], said[-1].key, whose[0])]


def _names_of(text: str, entry: Entry) -> list[str]:
    """Return the roots of those names of a claim that stand in a part of it."""
    roots = (root(text[w.start : w.end]) for w in words_of(text) if w.capital)
    return [name for name in roots if name in entry.face.names]


def _around(figure: Figure) -> tuple[str, str]:
    """Return the words of the claim right before a figure and those right after it."""
    return in_sight(figure.entry, figure.quantity.span, _SIGHT)


def figures_of(document: Sequence[Entry]) -> list[Figure]:
    """Return the figures of a document's claims, in text order; those denied or taken back are nobody's."""
    return list(_figures(document))


def _casualties(document: Sequence[Entry]) -> list[Figure]:
    """Return the figures of outcomes, and shares; other counts are compared by their noun, in `recounts`."""
    return [one for one in _figures(document) if one.quantity.outcome or one.quantity.kind == "percent"]


def _figures(document: Sequence[Entry]) -> Iterator[Figure]:
    placed = _placed(document)
    speaking = frozenset(name for entry in document for name in entry.names)
    for entry in document:
        if not entry.claim.quantities or entry.claim.act in DEEDS_NOT_STATED or is_rejected(entry):
            continue
        negated = is_negated(entry)
        around, carried = placed[entry.claim.id]
        within = "so far" if is_of_a_war(entry) else narrowed(entry.words, entry.source)
        for quantity in entry.claim.quantities:
            # A figure that its own clause denies or takes back is nobody's any more.
            some = quantity.low is not None or quantity.high is not None or quantity.best is not None
            stated = quantity.stated == "held" and some
            if negated and not quantity.outcome:
                continue  # which figures befell nobody is known: "killed 12 and did not hit the market"
            if is_of_some(entry, quantity) or _is_where_from(entry, quantity):
                continue
            if _is_one_of_several(entry, quantity):
                continue
            if _is_of_another_day(entry, quantity):
                continue
            if quantity.kind not in _COMPARED or not stated or not (quantity.outcome or _counted(quantity)):
                continue
            places = around if carried else _nearest_places(entry, quantity)
            yield Figure(
                entry=entry,
                quantity=quantity,
                place=_narrowest(places, speaking, quantity.span.start),
                carried=carried,
                counts=(
                    quantity.kind,
                    quantity.outcome or "",
                    _share_of(entry, quantity) or _counted(quantity),
                    quantity.part_of is not None,
                    within,
                    _whose(entry, quantity),
                ),
            )


def is_of_a_war(entry: Entry) -> bool:
    """Tell whether figures are those of a long time; "since 20 October" may be since the event began."""
    found = {match[0].casefold() for match in _SO_FAR.finditer(entry.words)}
    if found != {"since"} or entry.origin.published_at is None:
        return bool(found)
    if not entry.face.dates:
        return _SINCE_A_DAY.search(entry.words) is None
    day = date.fromisoformat(entry.origin.day).toordinal()
    lately = Days(max(1, day - _DAYS_OF_A_STATE), min(date.max.toordinal(), day))
    return not any(lately.first <= days.first <= lately.last for days in entry.face.dates)


def happened(entry: Entry) -> frozenset[Days]:
    """Return the days on which it happened: not those since or up to which is counted."""
    return frozenset(
        days
        for time in entry.claim.times
        if not _COUNTED_FROM.search(beside(entry, time.span)[0])
        for days in days_of(time)
    )


def _is_one_of_several(entry: Entry, quantity: Quantity) -> bool:
    """Tell whether a claim has more figures of a kind, and no outcome for them: "50 to 43 percent"."""
    kinds = [one.kind for one in entry.claim.quantities]
    return not quantity.outcome and quantity.kind != "count" and kinds.count(quantity.kind) > 1


def _is_of_another_day(entry: Entry, quantity: Quantity) -> bool:
    """Tell whether a figure is set beside the one before it as that of an earlier day."""
    _, after = beside(entry, quantity.span)
    return _ANOTHER_DAY.match(after) is not None and any(
        one.outcome == quantity.outcome and one.span.end <= quantity.span.start
        for one in entry.claim.quantities
    )


def is_of_some(entry: Entry, quantity: Quantity) -> bool:
    """Tell whether a figure is of some who were told before: "one of them", "six of whom"."""
    _, after = beside(entry, quantity.span)
    return _OF_THEM.match(after) is not None


def _is_where_from(entry: Entry, quantity: Quantity) -> bool:
    """Tell whether a figure says where the counted are from: "six of them from one family"."""
    before, _ = in_sight(entry, quantity.span, _FROM_REACH)
    return quantity.kind == "count" and _FROM.search(before) is not None


def is_rejected(entry: Entry) -> bool:
    """Tell whether a claim as a whole denies what it says."""
    return entry.denies and (rejects(entry) or entry.face.labelled)


def is_negated(entry: Entry) -> bool:
    """Tell whether something is negated in a claim; "no more than 5" is a bound and no denial."""
    words = list(words_of(entry.words)) if entry.denies else []
    return any(
        word.kind == "negation"
        and not {following.key for following in words[at + 1 : at + 2]} <= {"more", "fewer", "less", "only"}
        for at, word in enumerate(words)
    )


def _whose(entry: Entry, quantity: Quantity) -> str:
    """Return the side of which the counted are: "16 Veslandi soldiers", "Vesland lost 16"."""
    before, _ = beside(entry, quantity.span)
    counted = words_of(entry.words, len(before))
    words = [word for word in islice(counted, _WHOSE) if word.kind != "number"]
    for word, following in pairwise(words):
        name = root(entry.words[word.start : word.end])
        if word.kind != "word" or word.key in _NO_NOUN:
            break
        if name not in entry.face.names or not word.capital or following.capital:
            continue
        # "16 Veslandi soldiers", and "16 Veslandis were".
        if following.kind == "word" or entry.words[word.end - 1] == "s":
            return name
    if not quantity.outcome and (holder := _holder(entry, before)):
        return holder
    near = words_of(entry.words, max(0, len(before) - _SIGHT), len(before) + _LOST_NEAR)
    if not any(word.key == _LOSE for word in near):
        return ""
    own = sides(entry)
    return next(reversed(_names_of(before, entry)), next(iter(own)) if len(own) == 1 else "")


def _holder(entry: Entry, before: str) -> str:
    """Return who has what is counted: "Vesland has about 6,000 troops in the valley"."""
    held = _HOLDS.search(before)
    if held is None:
        return ""
    name = root(held[1])
    return name if name in entry.face.names else ""


# From the narrowest kind of place; a name without a record is mostly a village's.
_NARROW: Mapping[str | None, int] = {None: 0, "city": 0, "district": 1, "area": 2, "relief": 2, "water": 2}
_WIDE = 3


def _narrowest(places: Sequence[Place], speaking: frozenset[str], at: int) -> Place | None:
    """Return the narrowest of some places, a town and not its country, for which somebody speaks.

    Of equally narrow ones the nearest to the code point `at`.
    """

    def width(place: Place) -> tuple[int, bool, int]:
        narrow = _NARROW.get(place.kind, _WIDE)
        return narrow, root(place.name) in speaking, abs(place.span.start - at)

    return min(places, key=width, default=None)


def _nearest_places(entry: Entry, quantity: Quantity) -> tuple[Place, ...]:
    """Return the places that belong to a figure: those between it and the next, else before it, else all."""
    claim = entry.claim
    # A number word may be read as a name, too.
    places = tuple(p for p in claim.places if not any(p.span.start == q.span.start for q in claim.quantities))
    others = [other.span.start for other in claim.quantities if other.span != quantity.span]
    after = min((start for start in others if start > quantity.span.start), default=math.inf)
    before = max((start for start in others if start < quantity.span.start), default=-1)
    ahead, behind = in_sight(entry, quantity.span, _SIGHT)
    at = quantity.span
    led = any(
        0 <= at.start - p.span.end <= _RIGHT_BESIDE and _LEADS.search(ahead[: p.span.start - at.start])
        for p in places
    )
    following = tuple(
        p
        for p in places
        if at.start <= p.span.start < after
        and ";" not in (between := behind[: max(0, p.span.start - at.end)])
        and not (led and _LEADS.search(between))
    )
    return following or tuple(p for p in places if before <= p.span.start < at.start) or places


def _placed(document: Sequence[Entry]) -> dict[str, tuple[tuple[Place, ...], bool]]:
    """Return the places of each claim; one that names none belongs where the claim before it does."""
    placed: dict[str, tuple[tuple[Place, ...], bool]] = {}
    last: tuple[Place, ...] = ()
    for entry in document:  # in text order
        named = entry.claim.places
        placed[entry.claim.id] = (named or last, not named)
        last = named or last
    return placed


def _counted(quantity: Quantity) -> str:
    noun = (quantity.population or quantity.unit or "").casefold()
    return "" if noun in _PEOPLE else noun


def _share_of(entry: Entry, quantity: Quantity) -> str:
    """Return the stem of what a percentage is of: "60 percent of the houses"."""
    if quantity.kind != "percent":
        return ""
    before, _ = beside(entry, quantity.span)
    counted = (word for word in words_of(entry.words, len(before)) if word.kind != "number")
    words = list(islice(counted, _WHOSE))
    of = next((at for at, word in enumerate(words) if word.key == "of"), None)
    if of is None:
        return ""
    return next((word.key for word in words[of + 1 :] if word.kind == "word"), "")


def _against(figure: Figure, near: Sequence[Figure], lookup: Lookup) -> Iterator[Link]:
    before = [other for other in near if other.entry.key < figure.entry.key][-_LOOK_BACK:]
    comparable = [other for other in before if _comparable(figure, other, lookup)]
    own = changed_by(figure, comparable)
    # A source that changed its figure twice changed it last from the one before.
    yield from (_link(figure, other, changed=True) for other in own[-1:])
    for other in comparable:
        if other not in own and disjoint(figure.bounds, other.bounds):
            yield _link(figure, other, changed=False)


def _without_additions(figures: Sequence[Figure]) -> Iterator[Figure]:
    """Leave out those that a claim adds to a toll: "two more died, bringing the number of dead to eight"."""
    totals = {(one.entry.claim.id, one.quantity.outcome) for one in figures if _is_brought_to(one)}
    for one in figures:
        if (one.entry.claim.id, one.quantity.outcome) not in totals or _is_brought_to(one):
            yield one


def _of_what(figure: Figure) -> tuple[str, ...]:
    return (figure.quantity.outcome or "", figure.counts[2])


def _against_story(figure: Figure, told: Sequence[Figure], near: Sequence[Figure]) -> Iterator[Link]:
    """Compare an outcome with those of other texts of the event, one of which does not say where it was."""
    known = {id(other) for other in near}
    before = [other for other in told if id(other) not in known and _of_one_outcome(figure, other)]
    own = changed_by(figure, before)
    yield from (_link(figure, other, changed=True, carried=True) for other in own[-1:])
    for other in before[-_LOOK_BACK:]:
        if other not in own and disjoint(figure.bounds, other.bounds):
            yield _link(figure, other, changed=False, carried=True)


def _of_one_outcome(later: Figure, earlier: Figure) -> bool:
    """Tell whether two figures from texts of one event can count the same."""
    ours, theirs = later.entry, earlier.entry
    *same, whose = later.counts
    *others, of_whom = earlier.counts
    if same != others or (whose and of_whom and whose != of_whom) or later.bounds == earlier.bounds:
        return False
    if not same_day(happened(ours), happened(theirs)) or _other_happening(ours, theirs):
        return False
    if unlike_things(ours, theirs):
        return False
    if not _in_one_news(later, earlier) or not _can_be_one_place(later, earlier):
        return False
    return names_agree(ours.face, theirs.face)


def _can_be_one_place(left: Figure, right: Figure) -> bool:
    stated = left.place is not None and right.place is not None
    if stated and not (left.carried or right.carried):
        return False  # stated places are compared before
    return left.place is None or right.place is None or one_place(left.place, right.place)


def _comparable(later: Figure, earlier: Figure, lookup: Lookup) -> bool:
    """Tell whether two figures speak of one event, as far as places, days and words show it."""
    ours, theirs = later.entry, earlier.entry
    if later.bounds == earlier.bounds or not same_day(happened(ours), happened(theirs)):
        return False
    if ours.origin.document == theirs.origin.document and same_mouth(ours, theirs):
        return False
    if overlap(ours, theirs) or _other_happening(ours, theirs) or unlike_things(ours, theirs):
        return False
    if ours.origin.document == theirs.origin.document and not _placed_alike(later, earlier):
        return False
    if later.quantity.outcome and not _in_one_news(later, earlier):
        return False
    if not later.quantity.outcome and (later.carried or earlier.carried):
        return False
    if later.place is None or not later.quantity.outcome:
        return names_agree(ours.face, theirs.face) and _alike(later, earlier, lookup)
    return True


def _placed_alike(later: Figure, earlier: Figure) -> bool:
    """Tell whether two figures of one text state one place and no two times: most are of others."""
    placed = later.place is not None and not (later.carried or earlier.carried)
    return placed and bool(later.entry.face.dates) == bool(earlier.entry.face.dates)


def _in_one_news(later: Figure, earlier: Figure) -> bool:
    """Tell whether two outcomes can be of one event, by when they were told."""
    ours, theirs = later.entry, earlier.entry
    if happened(ours) and happened(theirs):
        return True  # and they can be the same day
    if not (_of_late(ours, theirs) and _of_late(theirs, ours)):
        return False
    apart = days_between(ours.origin.published_at, theirs.origin.published_at)
    most = _DAYS_OF_A_STATE if later.quantity.outcome in _STATES else _DAYS_APART
    return apart <= most or (math.isinf(apart) and not (later.carried or earlier.carried))


def _of_late(dated: Entry, told: Entry) -> bool:
    """Tell whether the days that one claim states can lie shortly before the other, without any, was told."""
    stated_days = happened(dated)
    if not stated_days or happened(told) or told.origin.published_at is None:
        return True
    day = date.fromisoformat(told.origin.day).toordinal()
    lately = Days(max(1, day - _DAYS_APART), min(date.max.toordinal(), day + 1))
    return any(can_be(stated, lately) for stated in stated_days)


def _other_happening(left: Entry, right: Entry) -> bool:
    """Tell whether two claims count the victims of different kinds of event: a fire, a crash, an attack."""
    ours, theirs = (
        {at for at, listed in enumerate(HAPPENINGS) if not listed.isdisjoint(one.face.stems)}
        for one in (left, right)
    )
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def changed_by(later: Figure, before: Sequence[Figure]) -> list[Figure]:
    """Return the earlier figures that a speaker has changed; none of its own, those that are said to be."""
    known = [other for other in before if order_is_known(other.entry.origin, later.entry.origin)]
    own = [other for other in known if one_teller(later.entry, other.entry)]
    return own or (known if _is_changed(later) else [])


def _is_changed(figure: Figure) -> bool:
    before, behind = _around(figure)
    if _is_brought_to(figure):
        return True
    near = [word.key for word in words_of(before)][-_CHANGED_NEAR:]
    following = (word.key for word, _ in zip(words_of(behind), range(_NOW_BEHIND), strict=False))
    cue = (word.key for word in words_of(figure.entry.cue))
    return not CHANGES.isdisjoint(near) or "now" in {*following, *cue}


def _is_brought_to(figure: Figure) -> bool:
    """Tell whether a toll is said to be brought to a figure: "lowered the toll of the attack to four"."""
    before, _ = _around(figure)
    near = [word.key for word in words_of(before)]
    while near and near[-1] in _BOUNDING:
        near.pop()
    return near[-1:] == ["to"] and not CHANGED_TO.isdisjoint(near[-_CHANGED_TO:])


def disjoint(left: tuple[float, float], right: tuple[float, float]) -> bool:
    """Tell whether no number is in both of two closed intervals."""
    return left[1] < right[0] or right[1] < left[0]


def _alike(left: Figure, right: Figure, lookup: Lookup) -> bool:
    ours, theirs = ({*one.entry.face.stems} for one in (left, right))
    if ours - theirs and theirs - ours and left.place is None:
        return False  # each says something of it that the other does not: the bakery, the garage
    if not left.quantity.outcome and len(ours & theirs) < _FEWEST_SHARED:
        return False
    wanted = _SAME_WORDS if left.quantity.outcome else _SAME_WORDS_WITHOUT_AN_OUTCOME
    if lookup.rarity.shared(ours, theirs) >= wanted:
        return True
    # One tells more of it than the other, in the same place.
    held = lookup.rarity.total(ours & theirs)
    least = min(lookup.rarity.total(ours), lookup.rarity.total(theirs))
    return left.place is not None and len(ours & theirs) > _FEWEST_SHARED and held >= wanted * least


def _link(later: Figure, earlier: Figure, *, changed: bool, carried: bool = False) -> Link:
    carried = carried or later.carried or earlier.carried
    rule = "figures-placed-before" if carried else "figures-as-bounds"
    rule = "figure-changed" if changed else rule
    return by_rule(rule, later, earlier, changed=changed)


def by_rule(rule: str, later: Figure, earlier: Figure, *, changed: bool) -> Link:
    """Return the link by which a later figure changes an earlier one, or stands against it."""
    return Link(
        kind="updates" if changed else "contradicts",
        left=later.entry.claim.id,
        right=earlier.entry.claim.id,
        score=sure(rule),
        left_spans=deciding(later.quantity),
        right_spans=deciding(earlier.quantity),
        rule=rule,
        why=why_of(later, earlier, changed=changed),
    )


def deciding(quantity: Quantity) -> Spans:
    """Return the words on which a link between figures rests: the figure and what makes a bound of it."""
    words = quantity.bound_words
    if words is None or words.within(quantity.span):
        return (quantity.span,)
    return tuple(sorted((words, quantity.span)))


def why_of(later: Figure, earlier: Figure, *, changed: bool) -> str:
    """Return who gave which figure, as one sentence."""
    first, second = earlier.entry, later.entry
    before, after = described(earlier), _told_as(later) or shown(later.quantity)
    one_mouth = one_teller(first, second)
    if changed:
        teller = first.speaker if one_mouth else first.origin.name
        return opened(f"{teller} first gave {before}, and {after} on {second.origin.day}.")
    if one_mouth:
        return opened(f"{first.speaker} gave {before}, and elsewhere {after}; which came first is not known.")
    if first.speaker.casefold() == second.speaker.casefold():
        outlets = (first.origin.name, second.origin.name)
        return opened(f"{first.speaker} gave {before} in {outlets[0]}, and {after} in {outlets[1]}.")
    return opened(f"{first.speaker} gave {before}, {second.speaker} {after}.")


def described(figure: Figure) -> str:
    """Return a figure with what it counts and where: "at least 21 killed civilians in Brenna"."""
    told = _told_as(figure) or f"{shown(figure.quantity)}{_noun(figure.quantity)}"
    return f"{told}{_where(figure)}"


def _told_as(figure: Figure) -> str:
    """Return a figure as its text has it: "dozens of shells"; empty for casualties and shares."""
    quantity, objects = figure.quantity, outcome_words().objects
    before, after = _around(figure)
    befell = quantity.outcome is not None and quantity.population not in objects
    if befell or quantity.kind == "percent" or not (before or after):
        return ""
    words = words_at(figure.entry, quantity.span)
    bound = quantity.bound_words
    apart = bound is not None and not bound.within(quantity.span)
    outcome = f" {quantity.outcome}" if quantity.outcome and quantity.outcome not in words else ""
    if quantity.kind != "money":  # "Rs 500"
        words = f"{words[:1].lower()}{words[1:]}"  # it may begin a sentence
    return f"{_BOUNDS.get(quantity.bound, '') if apart else ''}{words}{outcome}"


def _where(figure: Figure) -> str:
    place = figure.place
    return f" in {place.name}" if place is not None and not figure.carried else ""


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


def opened(sentence: str) -> str:
    """Return a sentence with its first letter written large."""
    return sentence[:1].upper() + sentence[1:]
