"""The records: frozen, keyword-only, with ids made from their content.

A record checks itself when it is built and when it is read back. Its `id` is filled in; an id that is
given must be the right one. The `run` that derived a record, and what people decide about it later,
stand outside the id, so that a second run which agrees gives the same record.
"""

import re
from collections.abc import Mapping
from datetime import MINYEAR, UTC, date, datetime
from functools import cache
from typing import ClassVar, Literal

import msgspec

from sayso.core import codec, ids
from sayso.core.errors import BadRecord
from sayso.core.ids import (
    AnnotationId,
    AttributionId,
    CaptureId,
    ClaimId,
    DocumentId,
    JudgementId,
    LinkId,
    MediaId,
    MentionId,
    PartyId,
    ProblemId,
    ReviewId,
    RunId,
    SearchId,
    VerdictId,
)
from sayso.core.spans import Span, Spans

Voice = Literal["direct", "indirect", "mixed", "outlet"]
Basis = Literal["stated", "carried over", "inferred"]
Act = Literal["assert", "deny", "accuse", "demand", "pledge", "predict", "justify", "evaluate", "report"]
Polarity = Literal["+", "-"]  # -: its speaker denies, rejects or doubts the content as it stands
PartyKind = Literal["person", "organisation", "state", "armed_force", "outlet", "office", "group", "unknown"]
MentionKind = PartyKind | Literal["place"]
LinkKind = Literal["same", "denies", "contradicts", "updates", "copies", "quotes", "depicts", "reviewed_by"]
Sameness = Literal["positive", "negative", "unsure"]  # of two parties: one, two, or nobody can tell
Judged = Literal["unjudged", "confirmed", "rejected"]  # of a link: a suggestion, or what a person made of it
Number = int | float
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNDATED = "9999"  # after every ISO day
_UNTIMED = "99"  # after every time of day
Bound = Literal["exact", "about", "at_least", "at_most", "more_than", "less_than", "range", "vague"]
QuantityKind = Literal["count", "percent", "money", "measure", "duration", "age", "ordinal"]
Standing = Literal["held", "denied", "retracted", "supposed"]
LawKind = Literal["resolution", "convention", "treaty", "agreement", "article", "case"]
Embedding = Literal["relative", "adverbial", "presupposed"]
EventCategory = Literal[
    "agree", "consult", "support", "cooperate", "aid", "yield", "request", "accuse",
    "reject", "threaten", "protest", "sanction", "mobilize", "coerce", "assault",
]  # fmt: skip
TimeKind = Literal["date", "time", "duration", "set"]
TimeModifier = Literal["before", "after", "on_or_before", "on_or_after", "start", "mid", "end", "approx",
                       "less_than", "more_than", "equal_or_less", "equal_or_more"]  # fmt: skip


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """What the ledger stores. Subclasses say their id's prefix and what stands outside the id."""

    prefix: ClassVar[str]
    outside_id: ClassVar[frozenset[str]] = frozenset({"id", "run"})

    def __post_init__(self) -> None:
        self.check()
        right = self.content_id()
        given = getattr(self, "id", "")
        if not given:
            msgspec.structs.force_setattr(self, "id", right)
        elif given != right:
            raise BadRecord(
                "wrong-id",
                f"{type(self).__name__} has id {given}, its content gives {right}",
                hint="leave the id out when you build a record; in a ledger this means a changed record",
            )

    def check(self) -> None:
        """Raise BadRecord when a rule between fields is broken."""

    def content_id(self) -> str:
        """Return the id that this content gives.

        A field that holds its default is left out, so that a field added later changes no id that exists.
        """
        parts: list[bytes] = []
        for name, default in _fields_inside_id(type(self)):
            value = getattr(self, name)
            if value != default:
                parts += (name.encode(), codec.encode(_inside_id(value)))
        return ids.content_id(self.prefix, parts)


class ValuePart(msgspec.Struct, frozen=True, kw_only=True):
    """A value inside a record, with its own span: a figure, a time, a place."""

    # Fields that never count for the record's id, and fields added later, which count once they are set.
    outside_id: ClassVar[frozenset[str]] = frozenset()
    added_later: ClassVar[frozenset[str]] = frozenset()


def _inside_id(value: object) -> object:
    """Return a value as it goes into an id."""
    if not isinstance(value, tuple):
        return value
    return [_part_inside_id(one) if isinstance(one, ValuePart) else one for one in value]


def _part_inside_id(part: ValuePart) -> dict[str, object]:
    values = ((name, getattr(part, name), default) for name, default in _part_fields_inside_id(type(part)))
    return {
        name: value for name, value, default in values if name not in part.added_later or value != default
    }


@cache
def _part_fields_inside_id(kind: type[ValuePart]) -> tuple[tuple[str, object], ...]:
    return tuple(
        (field.name, field.default)
        for field in msgspec.structs.fields(kind)
        if field.name not in kind.outside_id
    )


@cache
def _fields_inside_id(kind: type[Record]) -> tuple[tuple[str, object], ...]:
    """Return the fields that make up an id with their defaults; without one a field always counts."""
    return tuple(
        (field.name, field.default)
        for field in msgspec.structs.fields(kind)
        if field.name not in kind.outside_id
    )


class Capture(Record, frozen=True, kw_only=True):
    """The bytes as they came: one file, one page, one upload."""

    prefix: ClassVar[str] = "cap"
    # The same bytes under the same name are one capture, whenever they are added.
    outside_id: ClassVar[frozenset[str]] = frozenset({"id", "run", "retrieved_at", "media_type"})

    id: CaptureId = CaptureId("")
    sha256: str
    size: int  # bytes
    origin: str  # the file's name without its folder, or "-" for standard input
    media_type: str  # as told by name and content, e.g. text/html
    url: str | None = None
    retrieved_at: datetime | None = None


class Document(Record, frozen=True, kw_only=True):
    """The text read from a capture, never edited afterwards."""

    prefix: ClassVar[str] = "doc"

    id: DocumentId = DocumentId("")
    capture: CaptureId
    part: str = ""  # which piece of the capture: the line's own id in JSON lines, else empty
    text: str
    text_sha256: str
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published_at: str | None = None  # ISO 8601 date or date-time, as precise as the source states it
    language: str | None = None  # BCP 47
    url: str | None = None
    reader: str  # name and version of the reader
    run: RunId | None = None

    def check(self) -> None:
        """Raise BadRecord for a text that is not the hashed one or a date that is none."""
        if _SURROGATE.search(self.text):
            raise BadRecord(
                "lone-surrogate", "the text holds half a character", hint="replace it by U+FFFD first"
            )
        if ids.text_sha256(self.text) != self.text_sha256:
            raise BadRecord("wrong-text", "text_sha256 is not the digest of the text")
        if self.published_at is not None:
            checked_date(self.published_at)

    @property
    def published(self) -> date | None:
        """The day of publication, or None when the document does not say it."""
        return None if self.published_at is None else checked_date(self.published_at)

    @property
    def outlet(self) -> str | None:
        """Who published it, or signed it where no publisher is known: whose voice it is unless it cites."""
        return self.publisher or self.byline


def checked_date(stated: str) -> date:
    """Return the day of an ISO 8601 date or date-time, or raise BadRecord."""
    try:
        return datetime.fromisoformat(stated).date()
    except ValueError:
        raise BadRecord(
            "bad-date", f"{stated!r} is no ISO 8601 date", hint="write it as 2020-11-05 or 2020-11-05T14:30Z"
        ) from None


def published_moment(stated: str) -> tuple[str, str]:
    """Return the ISO day of a publication, and its time of day or "" where only the day is stated.

    Of a time with its zone both are those of UTC, or where that is before the year 1 or after the year 9999,
    the first or the last moment there is.
    """
    at = datetime.fromisoformat(stated)
    if len(stated) <= len("2031-05-03"):
        return at.date().isoformat(), ""
    if at.tzinfo:
        at = _in_utc(at)
    return at.date().isoformat(), at.time().isoformat()


def first_appearance(document: Document) -> tuple[str, str, int, str]:
    """Return what documents are sorted by, so that the first to say something comes first.

    Undated ones come last, and on one day those without a time come after those with one, so that nothing
    undated by the clock is called first. Of equal times the longer text comes first, because copies are cut
    more often than they grow. The id comes last: it depends on every name in the text, so that it must decide
    as little as possible. Whether the order is more than a convention, `order_is_stated` tells.
    """
    stated = document.published_at
    day, time = (_UNDATED, "") if stated is None else published_moment(stated)
    return day, time or _UNTIMED, -len(document.text.split()), document.id


def _in_utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return datetime.min if at.year == MINYEAR else datetime.max  # noqa: DTZ901 - their zone is not read


def order_is_stated(one: str | None, other: str | None) -> bool:
    """Tell whether two dates of publication say which came first; on one day both must state the time."""
    if one is None or other is None:
        return False
    first, second = published_moment(one), published_moment(other)
    return first[0] != second[0] or (bool(first[1]) and bool(second[1]) and first[1] != second[1])


class Mention(Record, frozen=True, kw_only=True):
    """One place in a text where somebody or something is named."""

    prefix: ClassVar[str] = "mnt"

    id: MentionId = MentionId("")
    document: DocumentId
    span: Span
    kind: MentionKind
    party: PartyId | None = None
    run: RunId | None = None


class Party(Record, frozen=True, kw_only=True):
    """Who speaks, acts or is acted upon. It has names and a kind; it has no side.

    With an `identity` the id comes from that alone: the same ministry has one id under all its names, and
    two ministries of one name have two.
    """

    prefix: ClassVar[str] = "pty"
    outside_id: ClassVar[frozenset[str]] = frozenset({"id", "run", "kind", "names", "outside_ids"})

    id: PartyId = PartyId("")
    name: str  # the fullest name found
    kind: PartyKind = "unknown"
    names: tuple[str, ...] = ()
    outside_ids: tuple[str, ...] = ()  # e.g. wikidata:Q…
    identity: str = ""  # what a body is and whose, e.g. "defence ministry|ordan"; empty: the name tells
    run: RunId | None = None

    def content_id(self) -> str:
        """Return the id of the identity, or where there is none that of the name."""
        if not self.identity:
            return super().content_id()
        return ids.content_id(self.prefix, (b"identity", codec.encode(self.identity)))


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """Whose words an attribution gives, and how we know."""

    party: PartyId | None = None
    name: str
    basis: Basis


class Attribution(Record, frozen=True, kw_only=True):
    """One act of conveying content: these words, by this source, with this cue.

    `within` is the attribution whose content holds this one: the next link of the source chain. The
    outlet's own sentences are attributions too, with voice `outlet` and neither cue nor source.
    """

    prefix: ClassVar[str] = "att"

    id: AttributionId = AttributionId("")
    document: DocumentId
    content: Spans
    cue: Spans = ()
    source: Spans = ()
    voice: Voice
    within: AttributionId | None = None
    speaker: Speaker | None = None  # None: nobody is named and nobody can be inferred
    addressee: Spans = ()
    run: RunId | None = None

    def check(self) -> None:
        """Raise BadRecord for an attribution that conveys nothing."""
        if not self.content:
            raise BadRecord("no-content", "an attribution needs content")


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """An actor, action or target: its words, and the party when it is known."""

    span: Span
    name: str  # resolved: a pronoun's party, else the words
    party: PartyId | None = None


class Hedge(msgspec.Struct, frozen=True, kw_only=True):
    """Words that take distance.

    `hedge`: the speaker is not certain. `distancing`: the reporter marks the words as somebody's say-so
    ("allegedly"). `scare_quotes`: the reporter does so by quotation marks.
    """

    span: Span
    kind: Literal["hedge", "distancing", "scare_quotes"]


class Quantity(ValuePart, frozen=True, kw_only=True):
    """A figure as bounds. An open end is None; `best` is None when no single figure is stated."""

    added_later: ClassVar[frozenset[str]] = frozenset({"stated"})

    span: Span
    kind: QuantityKind
    low: Number | None
    best: Number | None
    high: Number | None
    bound: Bound
    bound_words: Span | None = None
    unit: str | None = None  # e.g. person, percent, USD, km
    outcome: str | None = None  # e.g. killed, wounded, displaced
    population: str | None = None  # e.g. civilian, child, soldier
    part_of: Span | None = None  # the span of the quantity this one is a part of
    stated: Standing = "held"  # denied: or not confirmed; retracted: or replaced; supposed: would or will be

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise BadRecord("bad-bounds", f"a quantity needs low <= high, not {self.low} > {self.high}")


class Time(ValuePart, frozen=True, kw_only=True):
    """A time as TIMEX/EDTF value; what is unknown stays open (XXXX-11-05).

    `modifiers` are TIMEX3's, outermost first: "since late July" is ("on_or_after", "end") of July.
    """

    added_later: ClassVar[frozenset[str]] = frozenset({"modifiers"})

    span: Span
    value: str
    kind: TimeKind
    anchor: str | None = None  # the ISO date a relative value was counted from
    modifiers: tuple[TimeModifier, ...] = ()


class PlaceCandidate(msgspec.Struct, frozen=True, kw_only=True):
    """A record of the gazetteer that a name may mean. Coordinates are degrees north and east."""

    gazetteer: str  # with its source's prefix, as in geonames:587084
    name: str
    kind: str  # country, area, district, city, disputed, region, sea, water, relief or continent
    countries: tuple[str, ...]  # ISO 3166-1 alpha-2; several where more than one administers or claims it
    latitude: float
    longitude: float
    score: float  # share of the weight of all candidates, 0 to 1


class Place(ValuePart, frozen=True, kw_only=True):
    """A place as named. `gazetteer` is the record it was resolved to; None where the text leaves it open."""

    # What else a name may mean follows from the gazetteer and the rest of the text.
    outside_id: ClassVar[frozenset[str]] = frozenset({"candidates"})

    span: Span
    name: str
    kind: str | None = None  # district, city, region …, as the text or the gazetteer says
    gazetteer: str | None = None
    candidates: tuple[PlaceCandidate, ...] = ()  # the likeliest first


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """A legal document referred to. `identifier` follows its body's convention, e.g. S/RES/822 (1993)."""

    span: Span
    kind: LawKind
    identifier: str | None = None  # None: named, but not numbered


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What kind of event an action is, by the public PLOVER codebook; `span` is the word that tells it."""

    span: Span
    category: EventCategory
    mode: str | None = None  # PLOVER's mode within the category, e.g. aerial, where the words tell it


class Claim(Record, frozen=True, kw_only=True):
    """One thing that one voice puts forward, with its parts; every part keeps its own span."""

    prefix: ClassVar[str] = "clm"
    # New weights change how claims are sorted, not which claims there are.
    outside_id: ClassVar[frozenset[str]] = frozenset({"id", "run", "checkworthy"})

    id: ClaimId = ClaimId("")
    attribution: AttributionId
    content: Spans
    act: Act
    polarity: Polarity = "+"
    hedges: tuple[Hedge, ...] = ()
    actor: Part | None = None
    action: Part | None = None
    target: Part | None = None
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    law: tuple[Law, ...] = ()
    checkworthy: float | None = None  # 0 to 1, to sort by; None: not scored
    embedded: Embedding | None = None  # how it stands inside another claim; None: on its own
    negation: Span | None = None  # what negates its main clause, whatever the polarity, or calls it untrue
    event: Event | None = None  # what kind of event its action is; None: none of conflict or diplomacy
    run: RunId | None = None

    def check(self) -> None:
        """Raise BadRecord for a claim without words or a score outside 0 to 1."""
        if not self.content:
            raise BadRecord("no-content", "a claim needs content")
        if self.checkworthy is not None and not 0 <= self.checkworthy <= 1:
            raise BadRecord("bad-score", f"checkworthy must be 0 to 1, not {self.checkworthy}")

    def stated(self, cue: Spans) -> Spans:
        """Return where its words stand, with those of its attribution's cue, or before them, that deny them.

        "Denied that it fired" and "it is a lie that it fired" are not "it fired".
        """
        if self.polarity == "+":
            return self.content
        mark = () if self.negation is None else (self.negation,)
        denying = (*cue, *(span for span in mark if not any(span.overlaps(part) for part in cue)))
        apart = (span for span in denying if not any(span.overlaps(part) for part in self.content))
        return tuple(sorted((*apart, *self.content)))


class Link(Record, frozen=True, kw_only=True):
    """Two records that belong side by side, and why. A machine's link is a suggestion.

    `left` is the later of the two, or the one that acts: it denies, updates, copies or quotes `right`.
    """

    prefix: ClassVar[str] = "lnk"
    # A link found again with another score is the same link: a rejected one never comes back.
    outside_id: ClassVar[frozenset[str]] = frozenset(
        {"id", "run", "score", "left_spans", "right_spans", "rule", "why", "judgement", "judged_by"}
    )

    id: LinkId = LinkId("")
    kind: LinkKind
    left: str
    right: str
    score: float  # 0 to 1
    left_spans: Spans = ()
    right_spans: Spans = ()
    rule: str  # the rule or model it rests on
    why: str  # one sentence for a reader
    judgement: Judged = "unjudged"
    judged_by: str | None = None
    run: RunId | None = None

    def check(self) -> None:
        """Raise BadRecord for a link to itself or a score outside 0 to 1."""
        if self.left == self.right:
            raise BadRecord("self-link", f"{self.left} cannot be linked to itself")
        if not 0 <= self.score <= 1:
            raise BadRecord("bad-score", f"a score must be 0 to 1, not {self.score}")


class Review(Record, frozen=True, kw_only=True):
    """Somebody else's published fact-check, as published (schema.org ClaimReview)."""

    prefix: ClassVar[str] = "rev"

    id: ReviewId = ReviewId("")
    claim_reviewed: str
    author: str  # who checked it
    rating: str  # in words, else the value; empty: none is stated
    url: str  # of the review's own page
    published_at: str | None = None  # ISO 8601 date or date-time, as precise as stated
    title: str | None = None
    claimed_by: str | None = None  # whose claim it is, as the review has it
    claimed_at: str | None = None  # ISO 8601, as published_at
    rating_value: str | None = None  # on the scale of the two below, all three as written
    best_rating: str | None = None
    worst_rating: str | None = None
    language: str | None = None  # BCP 47
    run: RunId | None = None

    def check(self) -> None:
        """Raise BadRecord for a review of nothing or a date that is none."""
        if not self.claim_reviewed.strip():
            raise BadRecord("no-claim-reviewed", "a review needs the claim that it reviews")
        for stated in (self.published_at, self.claimed_at):
            if stated is not None:
                checked_date(stated)


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What a verdict rests on: words of a document, or a whole capture."""

    capture: CaptureId
    document: DocumentId | None = None
    span: Span | None = None
    note: str = ""


class Verdict(Record, frozen=True, kw_only=True):
    """What a person concluded about a claim. A changed mind is a new verdict that supersedes the old."""

    prefix: ClassVar[str] = "ver"

    id: VerdictId = VerdictId("")
    claim: ClaimId
    rating: str
    reason: str
    evidence: tuple[Evidence, ...] = ()
    supersedes: VerdictId | None = None
    by: str
    at: datetime

    def check(self) -> None:
        """Raise BadRecord for a verdict without a reason."""
        if not self.reason.strip():
            raise BadRecord("no-reason", "a verdict needs its reason")


class Judgement(Record, frozen=True, kw_only=True):
    """What a person said about two parties: whether they are one. The names follow nomenklatura's model.

    A changed mind is a new judgement of the same two that supersedes the old one; both stay on record.
    """

    prefix: ClassVar[str] = "jdg"

    id: JudgementId = JudgementId("")
    left: PartyId  # the smaller of the two ids
    right: PartyId
    judgement: Sameness
    by: str
    at: datetime  # with its time zone
    reason: str | None = None
    supersedes: JudgementId | None = None

    def check(self) -> None:
        """Raise BadRecord for a pair out of order, nobody's judgement or a time that may mean several."""
        if self.left >= self.right:
            raise BadRecord(
                "bad-pair", f"a judgement is of two ids in their order, not {self.left}, {self.right}"
            )
        _check_judge(self.by, self.at)


class LinkJudgement(Record, frozen=True, kw_only=True):
    """What a person said about a link: that it holds, that it does not, or that they take it back.

    A changed mind is a new judgement of the same link that supersedes the old one; both stay on record.
    """

    prefix: ClassVar[str] = "jdl"

    id: JudgementId = JudgementId("")
    link: LinkId
    judgement: Judged  # unjudged: what was said before is taken back
    by: str
    at: datetime  # with its time zone
    reason: str | None = None
    supersedes: JudgementId | None = None

    def check(self) -> None:
        """Raise BadRecord for nobody's judgement or a time that may mean several."""
        _check_judge(self.by, self.at)


class Annotation(Record, frozen=True, kw_only=True):
    """What a person did to the claims of a document: one is added, replaced by another, or taken out.

    Nothing is erased: of the annotations that name a claim, the last one tells whether it stands.
    """

    prefix: ClassVar[str] = "ann"

    id: AnnotationId = AnnotationId("")
    document: DocumentId
    claim: ClaimId | None = None  # that stands from now on; None: what it replaces is no claim
    replaces: ClaimId | None = None  # that no longer stands; None: it is only added
    by: str
    at: datetime  # with its time zone
    reason: str | None = None
    run: RunId | None = None

    def check(self) -> None:
        """Raise BadRecord for what changes nothing, is nobody's, or has a time that may mean several."""
        if self.claim == self.replaces:
            raise BadRecord("no-change", "an annotation adds a claim, replaces one, or both")
        _check_judge(self.by, self.at)


def _check_judge(by: str, at: datetime) -> None:
    if not by.strip():
        raise BadRecord("no-judge", "a judgement needs the name of who made it")
    if at.tzinfo is None:
        raise BadRecord("no-time-zone", "a judgement's time needs its time zone")


class SavedSearch(Record, frozen=True, kw_only=True):
    """A list of claims that a person gave a name, so that others find it again.

    The last one of a name holds; the earlier ones stay on record.
    """

    prefix: ClassVar[str] = "sea"

    id: SearchId = SearchId("")
    name: str
    wanted: str | None  # canonical JSON of the filter (`core.views.ClaimFilter`); None: the name is given up
    sort: Literal["published", "checkworthy"] = "published"
    by: str
    at: datetime  # with its time zone

    def check(self) -> None:
        """Raise BadRecord for a search without a name, nobody's search or a time that may mean several."""
        if not self.name.strip():
            raise BadRecord("no-name", "a search needs a name")
        _check_judge(self.by, self.at)


class Fingerprint(msgspec.Struct, frozen=True, kw_only=True):
    """A perceptual hash: which algorithm, and its value in hex."""

    algorithm: str
    value: str


class Media(Record, frozen=True, kw_only=True):
    """A photo or a video: its bytes' hash, fingerprints, and what it says about itself."""

    prefix: ClassVar[str] = "med"

    id: MediaId = MediaId("")
    capture: CaptureId
    sha256: str
    kind: Literal["image", "video"]
    fingerprints: tuple[Fingerprint, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()  # tag and value, as found
    credentials: str | None = None  # the content credentials' manifest, as found
    run: RunId | None = None


class Problem(Record, frozen=True, kw_only=True):
    """An error as a value: what went wrong with one input, where, and what to do."""

    prefix: ClassVar[str] = "prb"

    id: ProblemId = ProblemId("")
    code: str
    message: str
    stage: str
    origin: str | None = None  # the file, or file and line
    document: DocumentId | None = None
    span: Span | None = None
    hint: str = ""
    run: RunId | None = None


LIMIT_THAT_ENDED_IT = "limits.seconds"  # among the settings of a run that was given up
_SECONDS = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?(e[+-]?[0-9]{1,3})?")  # as Python writes a number


class Run(Record, frozen=True, kw_only=True):
    """What made the derived records: tool, version, the model's digest, the settings."""

    prefix: ClassVar[str] = "run"

    id: RunId = RunId("")
    tool: str
    version: str
    model: str | None = None  # SHA-256 of the model file; None: rules alone
    settings: Mapping[str, str] = msgspec.field(default_factory=dict)  # every setting that differs by name

    def check(self) -> None:
        """Raise BadRecord for a run that was given up after what is no number of seconds."""
        seconds = self.settings.get(LIMIT_THAT_ENDED_IT)
        if seconds is not None and not _SECONDS.fullmatch(seconds):
            raise BadRecord("bad-seconds", f"{seconds[:40]!r} is no number of seconds")

    @property
    def given_up_after(self) -> float | None:
        """The seconds that were not enough for a text: nothing else was found in it. None: nobody gave up."""
        seconds = self.settings.get(LIMIT_THAT_ENDED_IT)
        return None if seconds is None else float(seconds)


RECORD_KINDS: tuple[type[Record], ...] = (
    Capture,
    Document,
    Mention,
    Party,
    Attribution,
    Claim,
    Link,
    Review,
    Verdict,
    Judgement,
    LinkJudgement,
    Annotation,
    SavedSearch,
    Media,
    Problem,
    Run,
)

# What a ledger calls the kinds of records: "claim", "link" …
KINDS: Mapping[str, type[Record]] = {kind.__name__.lower(): kind for kind in RECORD_KINDS}


def kind_of(record: Record) -> str:
    """Return a record's kind as the ledger names it."""
    return type(record).__name__.lower()
