"""Content-derived ids: the same content gives the same id on every machine."""

import hashlib
from collections.abc import Iterable
from typing import NewType

CaptureId = NewType("CaptureId", str)
DocumentId = NewType("DocumentId", str)
MentionId = NewType("MentionId", str)
PartyId = NewType("PartyId", str)
AttributionId = NewType("AttributionId", str)
ClaimId = NewType("ClaimId", str)
LinkId = NewType("LinkId", str)
ReviewId = NewType("ReviewId", str)
SearchId = NewType("SearchId", str)
VerdictId = NewType("VerdictId", str)
JudgementId = NewType("JudgementId", str)
AnnotationId = NewType("AnnotationId", str)
MediaId = NewType("MediaId", str)
ProblemId = NewType("ProblemId", str)
RunId = NewType("RunId", str)

# 128 bits: two of a billion records share an id with a chance below 10**-20.
ID_HEX_DIGITS = 32


def content_id(prefix: str, parts: Iterable[bytes]) -> str:
    """Return `prefix_` and 32 hex digits of SHA-256 over the parts, each led by its length.

    The length (8 bytes, big endian) keeps ("ab", "c") apart from ("a", "bc").
    """
    pieces: list[bytes] = []
    for part in (prefix.encode(), *parts):
        pieces += (len(part).to_bytes(8, "big"), part)
    return f"{prefix}_{hashlib.sha256(b''.join(pieces)).hexdigest()[:ID_HEX_DIGITS]}"


def sha256_hex(content: bytes) -> str:
    """Return the SHA-256 of some bytes as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 form; a lone surrogate is hashed as Python's surrogatepass."""
    return sha256_hex(text.encode("utf-8", "surrogatepass"))
