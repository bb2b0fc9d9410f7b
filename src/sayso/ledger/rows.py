"""What a record looks like in the tables: its own row, and the columns that filters need."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from sayso.core import codec
from sayso.core.ids import AttributionId, PartyId, sha256_hex
from sayso.core.records import Attribution, Capture, Claim, Document, Judgement, Link, Record, kind_of
from sayso.core.spans import Span
from sayso.language.segments import Segments
from sayso.ledger import search

# What a party can be in a claim: its innermost voice, a voice further out, the outlet in its own voice, or
# whom it is aimed at.
SPEAKER, TELLER, OUTLET, TARGET = "speaker", "teller", "outlet", "target"

# A row as SQLAlchemy takes it: column to value.
Row = dict[str, Any]


def record_row(record: Record, *, document: str) -> Row:
    """Return the row of `records`, but for the log entry that will store it."""
    body = codec.encode(record)
    return {
        "id": getattr(record, "id"),  # noqa: B009 - every record has one, the base class does not say so
        "document": document,
        "kind": kind_of(record),
        "body": body.decode(),
        "digest": sha256_hex(body),
        "run": getattr(record, "run", None),
    }


def capture_row(capture: Capture) -> Row:
    """Return the row of `captures`."""
    return {"capture": capture.id, "sha256": capture.sha256, "origin": capture.origin}


def document_row(document: Document, origin: str) -> Row:
    """Return the row of `documents`; `origin` is the capture's."""
    published = document.published
    return {
        "document": document.id,
        "capture": document.capture,
        "origin": f"{origin}#{document.part}" if document.part else origin,
        "published": None if published is None else published.isoformat(),
        "outlet": folded_name(document.outlet or ""),
    }


def claim_row(claim: Claim, document: str, attributions: Mapping[AttributionId, Attribution]) -> Row:
    """Return the row of `claims`, given the attributions of its document."""
    chain = source_chain(claim.attribution, attributions)
    return {
        "claim": claim.id,
        "document": document,
        "act": claim.act,
        "voice": chain[0].voice if chain else "",
        "speakers": "\n".join(
            folded_name(a.speaker.name) for a in chain if a.voice != "outlet" and a.speaker
        ),
        "target": "" if claim.target is None else folded_name(claim.target.name),
    }


def role_rows(claim: Claim, attributions: Mapping[AttributionId, Attribution]) -> Iterator[Row]:
    """Yield the rows of `roles` for a claim, each once."""
    for role, party in dict.fromkeys(_roles(claim, attributions)):
        yield {"claim": claim.id, "role": role, "party": party}


def _roles(claim: Claim, attributions: Mapping[AttributionId, Attribution]) -> Iterator[tuple[str, PartyId]]:
    for depth, attribution in enumerate(source_chain(claim.attribution, attributions)):
        cited = attribution.voice != "outlet"
        if attribution.speaker is None or attribution.speaker.party is None or (depth and not cited):
            continue
        yield (TELLER if depth else SPEAKER if cited else OUTLET), attribution.speaker.party
    if claim.target is not None and claim.target.party is not None:
        yield TARGET, claim.target.party


def source_chain(
    innermost: AttributionId, attributions: Mapping[AttributionId, Attribution]
) -> tuple[Attribution, ...]:
    """Return the attributions from the innermost outwards."""
    chain: list[Attribution] = []
    at: AttributionId | None = innermost
    while at is not None and at in attributions:
        chain.append(attributions[at])
        at = chain[-1].within
    return tuple(chain)


def folded_name(name: str) -> str:
    """Return a name as it is compared: without regard to case, accents' coding and the width of gaps."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def link_row(link: Link) -> Row:
    """Return the row of `links`."""
    return {"link": link.id, "kind": link.kind, "left": link.left, "right": link.right, "score": link.score}


def judgement_row(judgement: Judgement) -> Row:
    """Return the row of `judgements`."""
    return {
        "judgement": judgement.id,
        "left": judgement.left,
        "right": judgement.right,
        "judged": judgement.judgement,
        "supersedes": judgement.supersedes,
    }


def passage_rows(document: Document) -> Iterator[Row]:
    """Yield the rows of `passages`, but for their numbers: the paragraphs of a text."""
    for span in Segments(document.text).paragraphs:
        yield passage_row(document, span)


def passage_row(document: Document, span: Span) -> Row:
    """Return the row of one passage, but for its number."""
    words = search.folded_words(document.text[span.start : span.end])
    return {"document": document.id, "start": span.start, "end": span.end, "words": words}
