"""Claims and evidence in the words that they stand in, as somebody who checks them needs to see them."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from sayso.core.ids import ClaimId
from sayso.core.records import Document, Evidence, Verdict
from sayso.core.spans import Span, Spans, hull
from sayso.core.views import EvidenceView, Quoted, VerdictView
from sayso.language.segments import Segments
from sayso.ledger.pages import Pages
from sayso.ledger.verdicts import standing

# Code points on either side of a claim: a text without sentence ends must not come as a whole.
_REACH = 2_000
# A text that is longer is cut into sentences near a claim only, so many code points on either side.
_LONG = 60_000
_SEGMENTED = 12_000


def quoted(pages: Pages, claim: ClaimId, around: int) -> Quoted:
    """Return a claim in its sentences, with at most `around` others on either side."""
    found, attribution, document = pages.source(claim)
    content = hull(found.content)
    sentences = _near(pages, document, content, around)
    whole = hull(sentences)
    span = Span(max(whole.start, content.start - _REACH), min(whole.end, content.end + _REACH))
    return Quoted(
        view=pages.view(claim),
        capture=document.capture,
        span=span,
        words=span.of(document.text),
        cut_before=whole.start < span.start,
        cut_after=span.end < whole.end,
        sentences=tuple(
            Span(max(one.start, span.start), min(one.end, span.end))
            for one in sentences
            if one.overlaps(span)
        ),
        source=attribution.source,
        cue=attribution.cue,
    )


def _near(pages: Pages, document: Document, content: Span, around: int) -> Spans:
    """Return the sentences that words stand in as one, and those around it; of a very long text from a part.

    The part goes from one end of a line to another, far beyond what is shown.
    """
    text = document.text
    start, end = content.start - _SEGMENTED, content.end + _SEGMENTED
    first = text.find("\n", start, content.start - _REACH) + 1 if start > 0 else 0
    last = text.rfind("\n", content.end + _REACH, end) if end < len(text) else len(text)
    if len(text) <= _LONG or (start > 0 and not first) or last < 0:
        return _sentences(pages.segments(document.id), content, around)
    part = _sentences(Segments(text[first:last]), Span(content.start - first, content.end - first), around)
    return tuple(Span(one.start + first, one.end + first) for one in part)


def _sentences(segments: Segments, content: Span, around: int) -> Spans:
    """Return the sentences that words stand in as one, and those around it."""
    every = segments.sentences
    first = bisect_right(every, content.start, key=lambda sentence: sentence.span.end)
    after = max(first, bisect_left(every, content.end, key=lambda sentence: sentence.span.start))
    held = hull((content, *(sentence.span for sentence in every[first:after])))
    before = (sentence.span for sentence in every[max(0, first - around) : first])
    behind = (sentence.span for sentence in every[after : after + around])
    return *before, held, *behind


def concluded(pages: Pages, verdicts: Sequence[Verdict]) -> tuple[VerdictView, ...]:
    """Return verdicts, with them all others on their claims, with the words of what they rest on."""
    on_claim: defaultdict[ClaimId, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        on_claim[verdict.claim].append(verdict)
    last = {claim: standing(made) for claim, made in on_claim.items()}
    return tuple(
        VerdictView(
            verdict=verdict,
            stands=verdict is last[verdict.claim],
            evidence=tuple(_evidence(pages, one) for one in verdict.evidence),
        )
        for verdict in verdicts
    )


def _evidence(pages: Pages, evidence: Evidence) -> EvidenceView:
    origin = pages.origin(evidence.capture)
    if evidence.document is None:
        return EvidenceView(evidence=evidence, origin=origin)
    words = "" if evidence.span is None else evidence.span.of(pages.text(evidence.document))
    return EvidenceView(evidence=evidence, origin=origin, document=pages.head(evidence.document), words=words)
