"""Which documents tell of one event: of the same days, with names that few others of these days have."""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache, partial

import msgspec

from sayso.core.ids import AttributionId, DocumentId
from sayso.core.ports import Filing, Index
from sayso.linking.conduct import rejects
from sayso.linking.entries import Entries, Entry, Origin
from sayso.linking.identity import common_words, is_name, root, words_of
from sayso.linking.lexicon import OFFICES
from sayso.linking.lookup import WHENEVER

_FILED_UNDER = 8  # names of a document, the most mentioned ones
_UNDATED = "undated"
# A name that more documents have within the days of an event tells no event from another.
_MOST_OF_A_NAME = 24
_LOOKED_AT = _MOST_OF_A_NAME + 1  # documents filed under one name on one day
_DAYS_APART = 10  # how long an event is in the news
_DOCUMENTS = 8  # of one event, the nearest ones
_FEWEST_NAMES = 2
# Of the content words of the shorter text, the share that two with one name in common must have in common.
_ALIKE = 0.2
_CLAIMS = 400  # of one document
# Documents with names in common that are looked into: those with most of them first, and of these the ones
# whose names fewest others have.
_OPENED = 12
_READY = 512
_ASKED_AGAIN = 8  # documents, by one claim after the other
_READ = 20_000  # code points of a text that are read for names


class Told(msgspec.Struct, frozen=True):
    """What one document tells, ready to be compared."""

    entries: tuple[Entry, ...]
    names: Counter[str]  # roots of the names in its claims, by how often they stand there
    known: frozenset[str]  # roots of all names in it, those of its speakers included
    stems: frozenset[str]  # content words without the names
    by_stem: Mapping[str, Sequence[Entry]]
    denying: frozenset[AttributionId | None]  # the attributions that deny what they report

    @property
    def named(self) -> list[str]:
        """The names under which it is filed, the most mentioned first; of equals the first to stand there."""
        return [name for name, _ in self.names.most_common(_FILED_UNDER)]


def told_by(document: Sequence[Entry], text: str) -> Told:
    """Read what a document tells off its claims, and whom and what it names off its text."""
    entries = tuple(document[:_CLAIMS])
    names = _names(text[:_READ])
    names.update(name for entry in entries for name in entry.face.names)
    by_stem: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for stem in dict.fromkeys(entry.face.stems):
            by_stem[stem].append(entry)
    return Told(
        entries=entries,
        by_stem=by_stem,
        names=names,
        known=frozenset(names).union(*(entry.names for entry in entries)),
        denying=frozenset(entry.attribution.id for entry in entries if rejects(entry)),
        stems=frozenset(s for entry in entries for s in entry.face.stems) - names.keys(),
    )


def _names(text: str) -> Counter[str]:
    common = common_words(text)
    named = (w for w in words_of(text) if is_name(w, text, common) and w.key not in common | OFFICES)
    return Counter(root(text[word.start : word.end]) for word in named)


def sharing(entry: Entry, told: Told, *, least: int) -> Iterator[Entry]:
    """Yield the claims of a text that share at least so many stems with a claim, in text order."""
    shared = Counter(other.claim.id for stem in set(entry.face.stems) for other in told.by_stem.get(stem, ()))
    return (other for other in told.entries if shared[other.claim.id] >= least)


def filed_by_story(document: Sequence[Entry], text: str) -> Iterator[Filing]:
    """Yield where a document is filed: under the names that it mentions most, by day and for all days."""
    if not document:
        return
    origin = document[0].origin
    for name in told_by(document, text).named:
        for day in (_UNDATED if origin.published_at is None else origin.day, WHENEVER):
            yield Filing(key=_key(name, day), record=origin.document)


def _key(name: str, day: str) -> str:
    return f"story {name} {day}"


def _days(origin: Origin, *, earlier: bool) -> list[str]:
    """Return the days on which an event of a document may be told before or after, and what has no day."""
    if origin.published_at is None:
        return [_UNDATED, WHENEVER]
    day = date.fromisoformat(origin.day)
    room = (day - date.min if earlier else date.max - day).days
    steps = range(min(_DAYS_APART, room) + 1)
    return [*((day + timedelta(-step if earlier else step)).isoformat() for step in steps), _UNDATED]


class Stories:
    """Finds the documents of one event, in one run over new documents."""

    def __init__(self, index: Index, entries: Entries) -> None:
        self._index = index
        self._entries = entries
        self._ready: OrderedDict[DocumentId, Told] = OrderedDict()
        self._before = lru_cache(_ASKED_AGAIN)(partial(self._of_one_event, earlier=True))

    def told(self, document: DocumentId) -> Told:
        """Return what a document tells; those that were asked for last stay ready."""
        if document not in self._ready:
            self._ready[document] = told_by(self._entries.of(document), self._index.document(document).text)
            if len(self._ready) > _READY:
                self._ready.popitem(last=False)
        return self._ready[document]

    def before(self, document: DocumentId) -> list[Told]:
        """Return the documents that told of the same event before, the likest first."""
        return self._before(document)

    def after(self, document: DocumentId) -> list[Told]:
        """Return the documents that told of the same event later, the likest first."""
        return self._of_one_event(document, earlier=False)

    def _of_one_event(self, document: DocumentId, *, earlier: bool) -> list[Told]:
        ours = self.told(document)
        if not ours.entries:
            return []
        others = [self.told(one) for one in self._sharing(ours, earlier=earlier)]
        alike = [other for other in others if of_one_event(ours, other)]
        return sorted(alike, key=lambda other: _shared(ours, other), reverse=True)[:_DOCUMENTS]

    def _sharing(self, ours: Told, *, earlier: bool) -> list[DocumentId]:
        origin = ours.entries[0].origin
        days = _days(origin, earlier=earlier)
        filed = self._index.filed([_key(name, day) for name in ours.named for day in days], _LOOKED_AT)
        holders: list[dict[DocumentId, None]] = []  # of each name
        for name in ours.named:
            held = [filed.get(_key(name, day), ()) for day in days]
            # Where no date narrows them, a name that many have tells nothing.
            if origin.published_at is None:
                held = [some for some in held if len(some) <= _MOST_OF_A_NAME]
            elif len(held[-1]) > _MOST_OF_A_NAME:
                held = held[:-1]
            every = dict.fromkeys(DocumentId(one) for some in held for one in some)
            every.pop(origin.document, None)
            holders.append(every)
        # A name that many have leads to none of them, and beside another it brings one nearer.
        near = {one: None for held in holders if len(held) <= _MOST_OF_A_NAME for one in held}
        shared = {one: sorted(len(held) for held in holders if one in held) for one in near}
        likest = sorted(near, key=lambda one: (-len(shared[one]), shared[one]))[:_OPENED]
        return [one for one in likest if self._is_on_that_side(one, origin, earlier=earlier)]

    def _is_on_that_side(self, document: DocumentId, origin: Origin, *, earlier: bool) -> bool:
        entries = self.told(document).entries
        return bool(entries) and (entries[0].origin.key < origin.key) == earlier


def _shared(ours: Told, theirs: Told) -> tuple[int, int]:
    return len(ours.names.keys() & theirs.names.keys()), len(ours.stems & theirs.stems)


def of_one_event(ours: Told, theirs: Told) -> bool:
    """Tell whether two documents tell of one event, by the names and words that they have in common."""
    names = {*ours.named} & {*theirs.named}
    least = min(len(ours.stems), len(theirs.stems))
    alike = len(ours.stems & theirs.stems) >= _ALIKE * least
    dated = None not in {told.entries[0].origin.published_at for told in (ours, theirs)}
    if not dated:
        return len(names) >= _FEWEST_NAMES and alike
    return len(names) >= _FEWEST_NAMES or (bool(names) and alike)
