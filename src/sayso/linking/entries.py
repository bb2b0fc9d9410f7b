"""The claims of a case as the linkers see them: with words, voice, date and what they are compared by."""

import re
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Mapping

import msgspec

from sayso.core.ids import AttributionId, ClaimId, DocumentId, PartyId
from sayso.core.ports import Index
from sayso.core.records import (
    Attribution,
    Claim,
    Document,
    first_appearance,
    order_is_stated,
    published_moment,
)
from sayso.core.spans import Span, Spans, hull, words
from sayso.linking.identity import Face, common_words, face_of, names_in, words_of

_UNDATED = "9999"  # after every ISO day
_BEFORE_A_CUE = 24  # code points in which "has not" or "never" stands
_AROUND = 300  # code points on each side of a claim in which its sentence ends
_LONGEST_AROUND = 1200  # code points of a claim
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)]*\s|\n")
JOINT = " … "  # what stands between discontinuous spans in a claim's words
_CLAIMS_HELD = 16_384  # of the documents that stay ready


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a document without its text."""

    document: DocumentId
    name: str  # what a reader calls it: the outlet, else the title, else the file
    outlet: str | None
    title: str | None
    published_at: str | None
    key: tuple[str, str, int, str]  # the order of first appearance

    @property
    def day(self) -> str:
        """The ISO day of publication; undated documents come after all others."""
        return _UNDATED if self.published_at is None else published_moment(self.published_at)[0]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One claim, ready to be compared."""

    claim: Claim
    attribution: Attribution
    origin: Origin
    words: str
    cue: str
    source_words: str  # as the text names the source
    face: Face
    denies: bool  # rejects its content, or its content is negated
    names: frozenset[str]  # roots of every name under which its voice is cited in this document
    main: str  # its words without the claims inside it: of "Ordania, which …, fired" the "fired"
    retold: bool = False  # told inside what denies it: "denied the charge that …"
    around: str = ""  # the sentence it stands in, or the words around it
    unmade: bool = False  # a pledge that is said not to have been made: "has not agreed to"

    @property
    def key(self) -> tuple[tuple[str, str, int, str], int, int, str]:
        """The order of first appearance; where it stands decides before the id, which depends on names."""
        cue = self.attribution.cue[0].start if self.attribution.cue else -1
        return (self.origin.key, self.claim.content[0].start, cue, self.claim.id)

    @property
    def own_voice(self) -> bool:
        """Whether the outlet says it itself."""
        return self.attribution.voice == "outlet"

    @property
    def speaker(self) -> str:
        """Whose words they are, as a reader calls them."""
        named = self.attribution.speaker
        if named is not None and not self.own_voice:
            return named.name
        return self.origin.name if self.own_voice else "an unnamed source"

    @property
    def party(self) -> PartyId | None:
        """Who speaks, where that is known."""
        speaker = self.attribution.speaker
        return None if speaker is None else speaker.party

    @property
    def stated(self) -> Spans:
        """Where its words stand, with the word that denies them: "denied that it fired" is not "it fired"."""
        return self.claim.stated(self.attribution.cue)

    @property
    def source(self) -> str:
        """A key that is equal when the words come from the same mouth; the claim's own id when unknown."""
        if self.own_voice:
            return f"outlet {self.origin.outlet.casefold()}" if self.origin.outlet else self.claim.id
        named = self.attribution.speaker
        if named is None:
            return self.claim.id
        if any(character.isupper() for character in named.name):
            return f"speaker {named.party or named.name.casefold()}"
        # "The ministry" is the same ministry only where the same outlet writes it.
        return f"speaker {named.name.casefold()} of {self.origin.outlet or self.origin.document}"


def same_mouth(left: Entry, right: Entry) -> bool:
    """Tell whether two claims come from one speaker, or from one outlet in its own words.

    The "Defence Ministry" of one state is not that of another: names that are known must not differ.
    """
    # A party that has one id under two names has an identity, and that tells whose ministry it is.
    if left.party is not None and left.party == right.party and not _same_name(left, right):
        return True
    if left.source != right.source:
        return False
    return not left.names or not right.names or not left.names.isdisjoint(right.names)


def _same_name(left: Entry, right: Entry) -> bool:
    return left.speaker.casefold() == right.speaker.casefold()


def accuses(claim: Entry, other: Entry) -> bool:
    """Tell whether a claim names whoever speaks in `other`: as the party that acts, or by some name."""
    actor = claim.claim.actor
    if actor is not None and actor.party is not None and actor.party == other.party:
        return True
    return not other.names.isdisjoint(claim.face.names)


def beside(entry: Entry, at: Span) -> tuple[str, str]:
    """Return the words of a claim before a part of it and those behind it; two empty texts for no part of it.

    `at` is a span of the document, as the claim's own are.
    """
    start = 0
    for span in entry.claim.content:
        if at.within(span):
            return entry.words[: start + at.start - span.start], entry.words[start + at.end - span.start :]
        start += span.end - span.start + len(JOINT)
    return "", ""


def in_sight(entry: Entry, at: Span, sight: int) -> tuple[str, str]:
    """Return the words of a claim beside a part of it, at most `sight` code points on either side."""
    before, behind = beside(entry, at)
    return before[-sight:], behind[:sight]


def words_at(entry: Entry, at: Span) -> str:
    """Return a part of a claim as it is written; all of the claim for no part of it."""
    before, behind = beside(entry, at)
    return entry.words[len(before) : len(entry.words) - len(behind)]


def overlap(left: Entry, right: Entry) -> bool:
    """Tell whether one claim stands inside the other: "Y said that X", and X."""
    return left.origin.document == right.origin.document and hull(left.claim.content).overlaps(
        hull(right.claim.content)
    )


def order_is_known(earlier: Origin, later: Origin) -> bool:
    """Tell whether the dates say which of two documents came first."""
    return order_is_stated(earlier.published_at, later.published_at)


def order_told(earlier: Origin, later: Origin) -> str:
    """Return which of two documents was first, or that nothing says it, as the end of a sentence."""
    if order_is_known(earlier, later):
        return f"{earlier.name} was first ({earlier.published_at}, then {later.published_at})"
    if earlier.published_at is not None and earlier.day == later.day:
        return f"both are of {later.day}, and which of the two was first is not known"
    return "which of the two was first is not known"


def origin_of(document: Document, file: Callable[[DocumentId], str]) -> Origin:
    """Return what is known of a document without its text; `file` names the file that one is from."""
    return Origin(
        document=document.id,
        name=document.outlet or f"“{document.title or file(document.id)}”",
        outlet=document.outlet,
        title=document.title,
        published_at=document.published_at,
        key=first_appearance(document),
    )


class Entries:
    """The claims of a case by document, ready to be compared. Those that were asked for last stay ready.

    What is made of a claim depends on its document alone, so that it is the same however the case grows.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._opened: OrderedDict[DocumentId, _Opened] = OrderedDict()
        self._claims_held = 0

    def news(self) -> Iterator[Entry]:
        """Yield the claims of the documents that are to be linked now, in the order of first appearance."""
        for document in self._index.news():
            yield from self.of(document)

    def of(self, document: DocumentId) -> tuple[Entry, ...]:
        """Return the claims of a document in text order, or raise NotFound."""
        opened = self._open(document)
        return tuple(sorted(map(opened.entry, opened.claims), key=lambda entry: entry.key))

    def one(self, claim: ClaimId) -> Entry:
        """Return one claim, or raise NotFound."""
        attribution = self._index.attribution(self._index.claim(claim).attribution)
        return self._open(attribution.document).entry(claim)

    def _open(self, document: DocumentId) -> "_Opened":
        opened = self._opened.get(document)
        if opened is not None:
            self._opened.move_to_end(document)
            return opened
        claims = self._index.claims_of(document)
        found = self._index.document(document)
        opened = _Opened(
            found,
            origin_of(found, self._index.origin),
            {claim.id: (claim, self._index.attribution(claim.attribution)) for claim in claims},
        )
        self._opened[document] = opened
        self._claims_held += len(claims)
        while self._claims_held > _CLAIMS_HELD and len(self._opened) > 1:
            _, closed = self._opened.popitem(last=False)
            self._claims_held -= len(closed.claims)
        return opened


class _Opened:
    """One document, of whose claims each is made ready when it is first asked for."""

    def __init__(
        self, document: Document, origin: Origin, claims: Mapping[ClaimId, tuple[Claim, Attribution]]
    ) -> None:
        self.claims = claims
        self._document = document
        self._origin = origin
        self._common = common_words(document.text)
        self._known_as = _names(document, [attribution for _, attribution in claims.values()], self._common)
        self._ready: dict[ClaimId, Entry] = {}
        self._inner: defaultdict[AttributionId, list[Claim]] = defaultdict(list)
        self._denying: set[AttributionId] = set()
        for claim, attribution in claims.values():
            if claim.act == "deny" or claim.polarity == "-":
                self._denying.add(attribution.id)
            if claim.embedded is not None:
                self._inner[attribution.id].append(claim)

    def _without_inner(self, claim: Claim) -> Spans:
        """Return the content of a claim without that of claims that stand inside it."""
        left = claim.content
        for inner in self._inner.get(claim.attribution, ()):
            if inner.id != claim.id and hull(inner.content).within(hull(left)) and inner.content != left:
                left = tuple(rest for span in left for rest in _cut(span, hull(inner.content)))
        return left or claim.content

    def entry(self, claim: ClaimId) -> Entry:
        """Return one of its claims."""
        if claim not in self._ready:
            self._ready[claim] = self._made_ready(*self.claims[claim])
        return self._ready[claim]

    def _made_ready(self, claim: Claim, attribution: Attribution) -> Entry:
        text = self._document.text
        face = face_of(
            text, claim.content, quantities=claim.quantities, times=claim.times, common=self._common
        )
        named = _own_names(self._document, attribution, self._common)
        unmade = claim.act == "pledge" and _is_negated(text, attribution)
        return Entry(
            claim=claim,
            attribution=attribution,
            origin=self._origin,
            words=words(claim.content, text),
            main=words(self._without_inner(claim), text),
            cue=words(attribution.cue, text),
            source_words=words(attribution.source, text),
            face=face,
            denies=claim.polarity == "-" or claim.act == "deny" or face.negated or face.labelled or unmade,
            retold=attribution.within in self._denying,
            unmade=unmade,
            around=_around(text, hull(claim.content)),
            names=named or self._known_as.get(_voice(attribution), frozenset()),
        )


def _cut(span: Span, inner: Span) -> Iterator[Span]:
    """Yield what is left of a span before and after another."""
    if not span.overlaps(inner):
        yield span
        return
    if span.start < inner.start:
        yield Span(span.start, inner.start)
    if inner.end < span.end:
        yield Span(inner.end, span.end)


def _around(text: str, content: Span) -> str:
    """Return the sentences in which a claim stands, as far as they are near."""
    before = text[max(0, content.start - _AROUND) : content.start]
    started = max((end.end() for end in _SENTENCE_END.finditer(before)), default=0)
    behind = text[content.end : content.end + _AROUND]
    ended = _SENTENCE_END.search(behind)
    inside = text[content.start : min(content.end, content.start + _LONGEST_AROUND)]
    return f"{before[started:]}{inside}{behind if ended is None else behind[: ended.start()]}"


def _is_negated(text: str, attribution: Attribution) -> bool:
    """Tell whether a negation stands right before the cue."""
    if not attribution.cue:
        return False
    at = attribution.cue[0].start
    before = list(words_of(text[max(0, at - _BEFORE_A_CUE) : at]))[-2:]
    return any(word.kind == "negation" for word in before)


def _own_names(document: Document, attribution: Attribution, common: set[str]) -> frozenset[str]:
    if attribution.voice == "outlet":
        return names_in(document.outlet or "", common)
    return names_in(words(attribution.source, document.text), common)


def _voice(attribution: Attribution) -> str:
    speaker = attribution.speaker
    return "" if speaker is None else speaker.party or speaker.name


def _names(
    document: Document, attributions: list[Attribution], common: set[str]
) -> Mapping[str, frozenset[str]]:
    """Gather the names of each voice: "Marek" alone may be "the spokesman of the Veslandi army" above."""
    known_as: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    issuer = {word.key for word in words_of(document.outlet or "") if word.kind == "word"}
    for attribution in attributions:
        if attribution.speaker is None:
            continue
        stated = f"{attribution.speaker.name} {words(attribution.source, document.text)}"
        known_as[_voice(attribution)] |= names_in(stated, common)
        # "The ministry", in what the Ministry of Defence of Vesland publishes, is that ministry.
        called = {word.key for word in words_of(attribution.speaker.name) if word.kind == "word"}
        if called and called <= issuer:
            known_as[_voice(attribution)] |= names_in(document.outlet or "", common)
    return known_as
