"""Reads contents that are given, not found, as claims: for scores that are about claims alone."""

from collections.abc import Sequence

from sayso.claims.acts import ClaimStage
from sayso.claims.parties import PartyStage
from sayso.claims.values import ValueStage
from sayso.core import ids
from sayso.core.ids import CaptureId
from sayso.core.reading import Reading
from sayso.core.records import Attribution, Claim, Document, Run, Speaker
from sayso.core.spans import Span, Spans
from sayso.language.segments import Segments, segments_of

_RUN = Run(tool="given", version="1")


def claim_of_sentence(text: str) -> tuple[Claim, Segments]:
    """Read one sentence, said by somebody, as one claim."""
    return claims_of(text, [(Span(0, len(text)),)])[0], segments_of(text)


def claims_of(text: str, contents: Sequence[Spans]) -> list[Claim]:
    """Return one claim for each content: the first one's act, and all the parts that stand in it."""
    document = Document(
        capture=CaptureId("cap_sentence"), text=text, text_sha256=ids.text_sha256(text), reader="given"
    )
    said = [
        Attribution(
            document=document.id,
            content=content,
            voice="direct",
            speaker=Speaker(name=f"speaker {number}", basis="stated"),
        )
        for number, content in enumerate(contents)
    ]
    reading = Reading(document=document, run=_RUN)
    for stage in (PartyStage(), ValueStage()):
        reading = reading.plus(stage(reading))
    return [_whole(one, reading) for one in said]


def _whole(said: Attribution, reading: Reading) -> Claim:
    claims = [
        one for one in ClaimStage()(reading.plus([said])) if isinstance(one, Claim) and one.embedded is None
    ]
    first = claims[0] if claims else Claim(attribution=said.id, content=said.content, act="assert")
    return Claim(
        attribution=said.id,
        content=said.content,
        act=first.act,
        polarity=first.polarity,
        hedges=tuple(part for claim in claims for part in claim.hedges),
        quantities=tuple(part for claim in claims for part in claim.quantities),
        times=tuple(part for claim in claims for part in claim.times),
        places=tuple(part for claim in claims for part in claim.places),
        law=tuple(part for claim in claims for part in claim.law),
    )
