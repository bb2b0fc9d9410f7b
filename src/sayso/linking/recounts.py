"""Two counts of one thing, whatever it is: of passengers, trucks, shots or tons, in texts of one event.

Casualties have their own rules in `figures`, from which the bounds and the words of a link come.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

import msgspec

from sayso.core.ids import DocumentId
from sayso.core.records import Link
from sayso.linking.bodies import one_teller
from sayso.linking.counts import Count, What, common_in, count_words, counts_of
from sayso.linking.dates import Days, can_be, days_between
from sayso.linking.entries import Entry, order_is_known, overlap, same_mouth
from sayso.linking.figures import changed_by, deciding, described, disjoint, happened, opened, why_of
from sayso.linking.identity import same_day
from sayso.linking.lexicon import stem
from sayso.linking.likeness import names_agree
from sayso.linking.lookup import Lookup
from sayso.linking.opposition import sure
from sayso.linking.stories import Stories, Told
from sayso.linking.undone import Undone, undone_in

_READY = 256  # documents
_OF_ONE_DEED = 16  # counts of a document that what was not done is held against
_UNDONE = 64  # of a document
_DAYS_IN_THE_NEWS = 10
_DAYS_OF_A_STATE = 3  # after which who counts again may find another number
_ANYBODY = frozenset(
    map(stem, ["spokesman", "spokeswoman", "spokesperson", "official", "representative", "head", "chief"])
)


class _Read(msgspec.Struct, frozen=True, kw_only=True):
    """What a document counts, and what it says was not done."""

    only: Mapping[What, Count]  # of what it gives one number
    by_deed: Mapping[str, Sequence[Count]]
    undone: Sequence[Undone]


class Recounts:
    """Finds the other counts of what new documents count, in one run over them."""

    def __init__(self, lookup: Lookup, stories: Stories) -> None:
        self._lookup = lookup
        self._stories = stories
        self._ready: OrderedDict[DocumentId, _Read] = OrderedDict()

    def links(self, document: Sequence[Entry]) -> Iterator[Link]:
        """Yield a link for each count of a new document that another one of the event excludes or changes.

        A text is compared where it gives one number of a thing. Where a new document is earlier than an old
        one of its event, the old one is compared with it.
        """
        if not document:
            return
        name = document[0].origin.document
        read = self._read(name)
        if not read.only and not read.undone:
            return
        ours = self._stories.told(name)
        for earlier in self._stories.before(name):
            yield from self._between(ours, earlier)
        for later in self._stories.after(name):
            if not self._lookup.is_new(_document(later)):
                yield from self._between(later, ours)

    def _between(self, ours: Told, theirs: Told) -> Iterator[Link]:
        new, old = self._read(_document(ours)), self._read(_document(theirs))
        for what, count in new.only.items():
            other = old.only.get(what)
            if other is not None and _of_one_thing(count, other, ours, theirs):
                yield from _link(count, other)
        yield from _denied(new.undone, old.by_deed, ours, theirs)
        yield from _denied(old.undone, new.by_deed, theirs, ours)

    def _read(self, document: DocumentId) -> _Read:
        """Return what a document counts; those that were asked for last stay ready."""
        if document not in self._ready:
            self._ready[document] = _read(self._lookup.entries.of(document))
            if len(self._ready) > _READY:
                self._ready.popitem(last=False)
        return self._ready[document]


def _read(entries: Sequence[Entry]) -> _Read:
    counts = counts_of(entries)
    by_deed: defaultdict[str, list[Count]] = defaultdict(list)
    for count in counts:
        for deed in sorted(count.deeds):
            if len(by_deed[deed]) < _OF_ONE_DEED:
                by_deed[deed].append(count)
    undone = (one for entry in entries for one in undone_in(entry))
    return _Read(only=_only(counts), by_deed=by_deed, undone=list(islice(undone, _UNDONE)))


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
    if later.figure.counts != earlier.figure.counts or overlap(one, other):
        return False
    if not _one_deed(later, earlier) or not _one_day(later, earlier):
        return False
    if not later.noun.names <= {*other.face.names} or not earlier.noun.names <= {*one.face.names}:
        return False
    if not _one_setting(later, earlier) or not names_agree(one.face, other.face):
        return False
    return _lacking(later, earlier) <= theirs.known and _lacking(earlier, later) <= ours.known


def _is_denied(undone: Undone, count: Count, ours: Told, theirs: Told) -> bool:
    """Tell whether a count is of what another text of the event says was not done."""
    one, other = undone.entry, count.entry
    if not undone.excludes(count) or same_mouth(one, other) or not names_agree(one.face, other.face):
        return False
    apart = days_between(one.origin.published_at, other.origin.published_at)
    if apart > _DAYS_OF_A_STATE or not same_day(happened(one), happened(other)):
        return False
    unsaid, untold = {*one.face.names} - other.face.roots, {*other.face.names} - one.face.roots
    return unsaid <= theirs.known and untold <= ours.known


def _denied(
    undone: Sequence[Undone], by_deed: Mapping[str, Sequence[Count]], ours: Told, theirs: Told
) -> Iterator[Link]:
    for one in undone:
        for deed in sorted(one.deeds):
            for count in by_deed.get(deed, ()):
                if _is_denied(one, count, ours, theirs):
                    yield _none_of(one, count)


def _none_of(undone: Undone, count: Count) -> Link:
    one, other = undone.entry, count.entry
    by_time = sorted((one, other), key=lambda entry: entry.key, reverse=True)
    later, earlier = (one, other) if undone.own else by_time
    spans = {one.claim.id: one.claim.content, other.claim.id: deciding(count.figure.quantity)}
    told = described(count.figure)
    return Link(
        kind="denies" if undone.own else "contradicts",
        left=later.claim.id,
        right=earlier.claim.id,
        score=sure("not-at-all"),
        left_spans=spans[later.claim.id],
        right_spans=spans[earlier.claim.id],
        rule="not-at-all",
        why=opened(f"{one.speaker} said that there was none of what {other.speaker} counted: {told}."),
    )


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


def _one_deed(later: Count, earlier: Count) -> bool:
    """Tell whether the same is done with what is counted; where nothing is, its noun must say enough."""
    if later.deeds & earlier.deeds:
        return True
    told = bool(later.noun.marks) or later.noun.head not in count_words().vague  # cases of cholera, cases
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
    so_far = later.figure.counts[4] == "so far"
    return so_far or _may_be_one(one, other) or not same_day(one.face.dates, other.face.dates)


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
    one, other = ({*common_in(entry.source_words)} - _ANYBODY for entry in (later, earlier))
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
    yield Link(
        kind="updates" if is_changed else "contradicts",
        left=later.entry.claim.id,
        right=earlier.entry.claim.id,
        score=sure(rule),
        left_spans=deciding(new.quantity),
        right_spans=deciding(old.quantity),
        rule=rule,
        why=why_of(new, old, changed=is_changed),
    )
