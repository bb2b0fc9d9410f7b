"""Check-worthiness: whether scores put first what fact-checkers chose, and facts before courtesies."""

import gzip
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from quality.demo_gold import Row, expected, spans_of
from quality.measure import Measure
from quality.shared import ROOT, SHARED
from sayso.claims.acts import ClaimStage
from sayso.claims.parties import PartyStage
from sayso.claims.values import ValueStage
from sayso.claims.worth import worth_of
from sayso.core import ids
from sayso.core.ids import CaptureId
from sayso.core.reading import Reading
from sayso.core.records import Attribution, Claim, Document, Run, Speaker
from sayso.core.spans import Span, Spans
from sayso.language.segments import Segments, segments_of

_RUN = Run(tool="quality", version="1")
_SHORTEST_QUOTATION = 5  # words: PolNeAR's shorter ones are scraps, no sentences
# What an annotator calls a claim of fact, and what not; "justify" and "report" can be either.
_FACTS = frozenset({"assert", "accuse", "deny"})
_NO_FACTS = frozenset({"demand", "pledge", "predict", "evaluate"})
_STATING = frozenset({"accuse", "deny"})


class _Query(msgspec.Struct, frozen=True):
    """A sentence that PolitiFact checked."""

    text: str


class _PolNeAR(msgspec.Struct, frozen=True):
    content: list[tuple[int, int]]
    type: str


class _Article(msgspec.Struct, frozen=True):
    text: str
    attributions: list[_PolNeAR]


class _Figure(msgspec.Struct, frozen=True):
    text: str


class _Gold(msgspec.Struct, frozen=True):
    content: list[tuple[int, int]]
    act: str
    quantities: list[_Figure] = []


class _Text(msgspec.Struct, frozen=True):
    text: str
    attributions: list[_Gold]


def measures() -> Iterator[Measure]:
    """Yield areas under the ROC curve in per cent; 50 is what chance gives."""
    checked = [_worth_of_sentence(text) for text in checked_sentences()]
    quoted = [_worth_of_sentence(text) for text in quoted_sentences()]
    yield _measure("worth checked above quoted", checked, quoted)
    facts, others = _kinds()
    yield _measure("worth facts above wishes in conflict texts", facts, others)
    yield _measure("worth facts above wishes in the demo", *demo_kinds())


def _measure(name: str, above: Sequence[float], below: Sequence[float]) -> Measure:
    labels = [True] * len(above) + [False] * len(below)
    return Measure(name=name, value=round(100 * area([*above, *below], labels), 1))


def area(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Return the chance that a positive one scores above a negative one, ties counting half (ROC AUC)."""
    below = sorted(score for score, label in zip(scores, labels, strict=True) if not label)
    above = [score for score, label in zip(scores, labels, strict=True) if label]
    wins = sum(bisect_left(below, score) + bisect_right(below, score) for score in above)
    return wins / (2 * len(above) * len(below))


def average_precision(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Return the mean precision at the rank of each positive one; of equal scores negatives come first."""
    ranked = sorted(zip(scores, labels, strict=True), key=lambda one: (-one[0], one[1]))
    found = 0
    total = 0.0
    for rank, (_, label) in enumerate(ranked, start=1):
        found += label
        total += found / rank if label else 0
    return total / found


def checked_sentences() -> list[str]:
    """Return the debate sentences that PolitiFact chose to check."""
    folder = SHARED / "data" / "matching" / "ct21_2b"
    decoder = msgspec.json.Decoder(_Query)
    files = ("train.queries.jsonl", "dev.queries.jsonl")
    return [row.text for name in files for row in decoder.decode_lines((folder / name).read_bytes())]


def quoted_sentences() -> list[str]:
    """Return direct quotations of the same years' campaign news, which nobody marked as checked."""
    packed = (SHARED / "data" / "attribution" / "polnear_dev.jsonl.gz").read_bytes()
    articles = msgspec.json.Decoder(_Article).decode_lines(gzip.decompress(packed))
    pieces = (
        article.text[one.content[0][0] : one.content[-1][1]].strip("“”\"' ,")
        for article in articles
        for one in article.attributions
        if one.type.lower() == "direct" and one.content
    )
    return sorted({piece for piece in pieces if len(piece.split()) >= _SHORTEST_QUOTATION})


def claim_of_sentence(text: str) -> tuple[Claim, Segments]:
    """Read one sentence, said by somebody, as one claim."""
    return _claims_of(text, [(Span(0, len(text)),)])[0], segments_of(text)


def _worth_of_sentence(text: str) -> float:
    return worth_of(*claim_of_sentence(text)).score


def _claims_of(text: str, contents: Sequence[Spans]) -> list[Claim]:
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


def _kinds() -> tuple[list[float], list[float]]:
    """Return the scores of what annotators call claims of fact, and of wishes, judgements and promises."""
    lines = (SHARED / "data" / "attribution" / "gold_shared.jsonl").read_bytes()
    facts: list[float] = []
    others: list[float] = []
    for one in msgspec.json.Decoder(_Text).decode_lines(lines):
        gold = [row for row in one.attributions if row.content]
        contents = [tuple(Span(start, end) for start, end in row.content) for row in gold]
        segments = segments_of(one.text)
        for row, claim in zip(gold, _claims_of(one.text, contents), strict=True):
            if row.quantities or row.act in _FACTS:
                facts.append(worth_of(claim, segments).score)
            elif row.act in _NO_FACTS:
                others.append(worth_of(claim, segments).score)
    return facts, others


def demo_kinds() -> tuple[list[float], list[float]]:
    """Return the scores of the demo's figures, accusations and denials, and of its wishes and judgements."""
    facts: list[float] = []
    others: list[float] = []
    for row in expected().rows:
        if not row.file.endswith(".txt"):
            continue
        text = (ROOT / "src" / "sayso" / "demo" / row.file).read_text(encoding="utf-8")
        content = _spans(row, text)
        figure = any(mark.isdigit() for span in content for mark in span.of(text))
        if not figure and row.act not in _STATING and row.act not in _NO_FACTS:
            continue
        score = worth_of(_claims_of(text, [content])[0], segments_of(text)).score
        (others if row.act in _NO_FACTS else facts).append(score)
    return facts, others


def _spans(row: Row, text: str) -> Spans:
    return spans_of(row.content, text)
