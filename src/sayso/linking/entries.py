"""The claims of a case as the linkers see them: with words, voice, date and what they are compared by."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from sayso.core.ids import DocumentId, PartyId
from sayso.core.ports import Index
from sayso.core.records import Attribution, Claim, Document, order_is_stated, published_moment
from sayso.core.spans import Spans, hull, words
from sayso.linking.identity import Face, face_of, lower_case_words, names_in, words_of

_UNDATED = "9999"
_UNTIMED = "99"  # after every time of day


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a document without its text."""

    document: DocumentId
    name: str  # what a reader calls it: the outlet, else the title
    outlet: str | None
    title: str | None
    published_at: str | None
    length: int  # words

    @property
    def day(self) -> str:
        """The ISO day of publication; undated documents come after all others."""
        return _UNDATED if self.published_at is None else published_moment(self.published_at)[0]

    @property
    def key(self) -> tuple[str, str, int, str]:
        """The order of first appearance.

        On one day those without a time come after those with one, so that nothing undated by the clock is
        called first; and of equal times the longer text comes first, because copies are cut more often than
        they grow. The id comes last: it depends on every name in the text, so that it must decide as little
        as possible. Whether the order is more than a convention, `order_is_known` tells.
        """
        day, time = (_UNDATED, "") if self.published_at is None else published_moment(self.published_at)
        return (day, time or _UNTIMED, -self.length, self.document)


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


def origin_of(document: Document) -> Origin:
    """Return what is known of a document without its text."""
    name = document.outlet or (f"“{document.title}”" if document.title else "an unnamed document")
    return Origin(
        document=document.id,
        name=name,
        outlet=document.outlet,
        title=document.title,
        published_at=document.published_at,
        length=len(document.text.split()),
    )


def entries_of(index: Index) -> list[Entry]:
    """Return every claim of a case, ready to be compared, in the order of first appearance."""
    common: set[str] = set()
    for document in index.documents():
        common |= lower_case_words(document.text)
    placed: defaultdict[DocumentId, list[tuple[Claim, Attribution]]] = defaultdict(list)
    for claim in index.claims():
        attribution = index.attribution(claim.attribution)
        placed[attribution.document].append((claim, attribution))
    found = [e for d, held in placed.items() for e in _entries(index.document(d), held, common)]
    return sorted(found, key=lambda entry: entry.key)


def _entries(document: Document, held: list[tuple[Claim, Attribution]], common: set[str]) -> Iterator[Entry]:
    origin = origin_of(document)
    known_as = _names(document, [attribution for _, attribution in held], common)
    for claim, attribution in held:
        face = face_of(
            document.text, claim.content, quantities=claim.quantities, times=claim.times, common=common
        )
        yield Entry(
            claim=claim,
            attribution=attribution,
            origin=origin,
            words=words(claim.content, document.text),
            cue=words(attribution.cue, document.text),
            source_words=words(attribution.source, document.text),
            face=face,
            denies=claim.polarity == "-" or claim.act == "deny" or face.negated or face.labelled,
            names=_own_names(document, attribution, common) or known_as.get(_voice(attribution), frozenset()),
        )


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
