"""Check-worthiness: whether scores put first what fact-checkers chose, and facts before courtesies."""

import gzip
from collections.abc import Iterator, Sequence

import msgspec
from training.given import claim_of_sentence, claims_of
from training.ranking import area

from quality.demo_gold import Row, expected, spans_of
from quality.measure import Measure
from quality.shared import ROOT, SHARED
from sayso.claims.worth import worth_of
from sayso.core.spans import Span, Spans
from sayso.language.segments import segments_of

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


def _worth_of_sentence(text: str) -> float:
    return worth_of(*claim_of_sentence(text)).score


def _kinds() -> tuple[list[float], list[float]]:
    """Return the scores of what annotators call claims of fact, and of wishes, judgements and promises."""
    lines = (SHARED / "data" / "attribution" / "gold_shared.jsonl").read_bytes()
    facts: list[float] = []
    others: list[float] = []
    for one in msgspec.json.Decoder(_Text).decode_lines(lines):
        gold = [row for row in one.attributions if row.content]
        contents = [tuple(Span(start, end) for start, end in row.content) for row in gold]
        segments = segments_of(one.text)
        for row, claim in zip(gold, claims_of(one.text, contents), strict=True):
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
        score = worth_of(claims_of(text, [content])[0], segments_of(text)).score
        (others if row.act in _NO_FACTS else facts).append(score)
    return facts, others


def _spans(row: Row, text: str) -> Spans:
    return spans_of(row.content, text)
