"""The machine interface: one JSON line a document, with offsets in code points into its text."""

import msgspec

from sayso.core.ids import AttributionId, ClaimId, MentionId, PartyId
from sayso.core.reading import Reading
from sayso.core.records import (
    Act,
    Attribution,
    Claim,
    Embedding,
    Event,
    Hedge,
    Law,
    Mention,
    MentionKind,
    Part,
    Place,
    Polarity,
    Problem,
    Quantity,
    Speaker,
    Time,
    Voice,
)
from sayso.core.spans import Span, Spans


class AttributionLine(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution without what only a ledger needs."""

    id: AttributionId
    source: Spans
    cue: Spans
    content: Spans
    voice: Voice
    within: AttributionId | None
    speaker: Speaker | None


class ClaimLine(msgspec.Struct, frozen=True, kw_only=True):
    """A claim without what only a ledger needs."""

    id: ClaimId
    attribution: AttributionId
    content: Spans
    act: Act
    polarity: Polarity
    hedges: tuple[Hedge, ...]
    actor: Part | None
    action: Part | None
    target: Part | None
    quantities: tuple[Quantity, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    law: tuple[Law, ...]
    checkworthy: float | None
    embedded: Embedding | None
    negation: Span | None
    event: Event | None


class MentionLine(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody or something is named."""

    id: MentionId
    span: Span
    kind: MentionKind
    party: PartyId | None


class ProblemLine(msgspec.Struct, frozen=True, kw_only=True):
    """What could not be done, and what to do about it."""

    code: str
    message: str
    stage: str
    origin: str | None  # the file, or file and line
    span: Span | None
    hint: str


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One document. `id` is the line's own id in JSON lines, else the path as it was given."""

    id: str
    text_sha256: str
    attributions: tuple[AttributionLine, ...]
    claims: tuple[ClaimLine, ...]
    mentions: tuple[MentionLine, ...]
    problems: tuple[ProblemLine, ...]
    text: str | None = None  # only when it is asked for


class RefusedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One input that gave no document."""

    id: str
    problems: tuple[ProblemLine, ...]


def line(reading: Reading, *, name: str, problems: tuple[Problem, ...] = (), with_text: bool = False) -> Line:
    """Return a reading as one line; `problems` are those of reading its file."""
    return Line(
        id=name,
        text_sha256=reading.document.text_sha256,
        attributions=tuple(map(_attribution, reading.attributions)),
        claims=tuple(map(_claim, reading.claims)),
        mentions=tuple(map(_mention, reading.mentions)),
        problems=tuple(map(_problem, (*problems, *reading.problems))),
        text=reading.document.text if with_text else None,
    )


def refused(name: str, problems: tuple[Problem, ...]) -> RefusedLine:
    """Return the line of an input that gave no document."""
    return RefusedLine(id=name, problems=tuple(map(_problem, problems)))


def _attribution(record: Attribution) -> AttributionLine:
    return msgspec.convert(record, AttributionLine, from_attributes=True)


def _claim(record: Claim) -> ClaimLine:
    return msgspec.convert(record, ClaimLine, from_attributes=True)


def _mention(record: Mention) -> MentionLine:
    return msgspec.convert(record, MentionLine, from_attributes=True)


def _problem(record: Problem) -> ProblemLine:
    return msgspec.convert(record, ProblemLine, from_attributes=True)
