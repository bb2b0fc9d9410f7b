"""Two counts of one thing, whatever it is: of passengers, trucks, shots or tons, in texts of one event.

Casualties have their own rules in `figures`, from which the bounds and the words of a link come.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from sayso.core.ids import DocumentId
from sayso.core.records import Link
from sayso.linking.bodies import one_teller
from sayso.linking.countclauses import common_in
from sayso.linking.counts import Count, What, counts_of
from sayso.linking.countwords import count_words, vague_nouns
from sayso.linking.dates import Days, can_be, days_between
from sayso.linking.entries import Entry, order_is_known, overlap
from sayso.linking.figures import by_rule, changed_by, disjoint, happened
from sayso.linking.identity import same_day
from sayso.linking.likeness import names_agree
from sayso.linking.lookup import Lookup
from sayso.linking.stories import Stories, Told
from sayso.linking.things import unlike_things

_READY = 256  # documents
_DAYS_IN_THE_NEWS = 10
_DAYS_OF_A_STATE = 3  # after which who counts again may find another number


class Recounts:
    """Finds the other counts of what new documents count, in one run over them."""

    def __init__(self, lookup: Lookup, stories: Stories) -> None:
        self._lookup = lookup
        self._stories = stories
        self._counts = lru_cache(_READY)(self._read_counts)

    def links(self, document: Sequence[Entry]) -> Iterator[Link]:
        """Yield a link for each count of a new document that another one of the event excludes or changes.

        A text is compared where it gives one number of a thing. Where a new document is earlier than an old
        one of its event, the old one is compared with it.
        """
        if not document:
            return
        name = document[0].origin.document
        if not self._counts(name):
            return
        ours = self._stories.told(name)
        for earlier in self._stories.before(name):
            yield from self._between(ours, earlier)
        for later in self._stories.after(name):
            if not self._lookup.is_new(_document(later)):
                yield from self._between(later, ours)

    def _between(self, ours: Told, theirs: Told) -> Iterator[Link]:
        new, old = self._counts(_document(ours)), self._counts(_document(theirs))
        for what, count in new.items():
            other = old.get(what)
            if other is not None and _of_one_thing(count, other, ours, theirs):
                yield from _link(count, other)

    def _read_counts(self, document: DocumentId) -> Mapping[What, Count]:
        return _only(counts_of(self._lookup.entries.of(document)))


def _document(told: Told) -> DocumentId:
    return told.entries[0].origin.document


def _only(counts: Sequence[Count]) -> dict[What, Count]:
    """Return the counts beside which a text has no other number of the same, each where it first stands."""
    by_what: defaultdict[What, list[Count]] = defaultdict(list)
    for count in counts:
        by_what[count.of_what].append(count)
    one = {what for what, alike in by_what.items() if len({count.figure.bounds for count in alike}) == 1}
    return {what: alike[0] for what, alike in by_what.items() if what in one}


def _of_one_thing(later: Count, earlier: Count, ours: Told, theirs: Told) -> bool:
    """Tell whether two counts from texts of one event can count the same."""
    one, other = later.entry, earlier.entry
    if later.of_a_war != earlier.of_a_war or overlap(one, other) or unlike_things(one, other):
        return False
    if not _one_deed(later, earlier) or not _one_day(later, earlier):
        return False
    if not later.noun.names <= {*other.face.names} or not earlier.noun.names <= {*one.face.names}:
        return False
    if not _one_setting(later, earlier) or not _one_whole(later, earlier):
        return False
    if not names_agree(one.face, other.face):
        return False
    return _lacking(later, earlier) <= theirs.known and _lacking(earlier, later) <= ours.known


def _lacking(count: Count, other: Count) -> set[str]:
    """Return the names of a count that the other's claim lacks; not who acts, where that one names nobody."""
    lacking = {*count.entry.face.names} - other.entry.face.roots
    return lacking if other.agent else lacking - count.agent


def _one_setting(later: Count, earlier: Count) -> bool:
    """Tell whether who acts, of what it is said, where to and at what hour can be the same."""
    if later.agent and earlier.agent and later.agent.isdisjoint(earlier.agent):
        return False
    if later.needs_a_subject and later.subject.isdisjoint(earlier.subject):
        return False
    both = later.by_preposition.keys() & earlier.by_preposition.keys()
    if any(later.by_preposition[one].isdisjoint(earlier.by_preposition[one]) for one in both):
        return False
    return later.hours == earlier.hours


def _one_whole(later: Count, earlier: Count) -> bool:
    """Tell whether neither is said of some only: "25 passengers on board were children"."""
    return later.narrowed_by <= earlier.near and earlier.narrowed_by <= later.near


def _one_deed(later: Count, earlier: Count) -> bool:
    """Tell whether the same is done with what is counted; where nothing is, its noun must say enough."""
    if later.deeds & earlier.deeds:
        return True
    told = bool(later.noun.marks) or later.noun.head not in vague_nouns()  # cases of cholera, cases
    return later.lasts and earlier.lasts and told


def _one_day(later: Count, earlier: Count) -> bool:
    """Tell whether two counts are of one day, as far as their texts say when they were taken."""
    one, other = later.entry, earlier.entry
    ours, theirs = happened(one), happened(other)
    if not same_day(ours, theirs):
        return False
    apart = days_between(one.origin.published_at, other.origin.published_at)
    if ours and theirs:
        return True
    if later.so_far and earlier.so_far and one_teller(one, other):
        return apart <= _DAYS_IN_THE_NEWS
    if later.lasts and earlier.lasts:
        return apart <= (_DAYS_IN_THE_NEWS if one_teller(one, other) else _DAYS_OF_A_STATE)
    if ours or theirs:
        return _of_the_day(one, other) and _of_the_day(other, one)
    return apart == 0


def _of_the_day(dated: Entry, told: Entry) -> bool:
    """Tell whether a claim that states no day can be of the day of another, by when it was published."""
    stated, published = happened(dated), told.origin.published_at
    if not stated or happened(told) or published is None:
        return not stated or published is not None
    day = _ordinal(told)
    return any(can_be(one, Days(max(1, day - 1), day)) for one in stated)


def _may_both_hold(later: Count, earlier: Count) -> bool:
    """Tell whether two counts can be of one source, of two dates, or from two beginnings on."""
    one, other = later.entry, earlier.entry
    return later.of_a_war or _may_be_one(one, other) or not same_day(one.face.dates, other.face.dates)


def _may_be_one(later: Entry, earlier: Entry) -> bool:
    """Tell whether nothing shows that two sources are two: nobody is named, or both are "the ministry".

    An outlet that goes on reporting an event has from others what it had from some before.
    """
    if later.origin.outlet == earlier.origin.outlet and order_is_known(earlier.origin, later.origin):
        return True
    if later.own_voice or earlier.own_voice:
        return later.own_voice and earlier.own_voice and None in {later.origin.outlet, earlier.origin.outlet}
    if later.attribution.speaker is None or earlier.attribution.speaker is None:
        return True
    of_anybody = count_words().tellers
    one, other = ({*common_in(entry.source_words)} - of_anybody for entry in (later, earlier))
    return not one.isdisjoint(other)


def _ordinal(entry: Entry) -> int:
    return date.fromisoformat(entry.origin.day).toordinal()


def _link(later: Count, earlier: Count) -> Iterator[Link]:
    new, old = later.figure, earlier.figure
    is_changed = bool(changed_by(new, [old])) and later.figure.bounds != earlier.figure.bounds
    if not disjoint(later.bounds, earlier.bounds):
        return
    if not is_changed and _may_both_hold(later, earlier):
        return
    rule = "count-changed" if is_changed else "counts-as-bounds"
    yield by_rule(rule, new, old, changed=is_changed)
