"""The hand-made gold of one seed article: claims found, innermost speakers, the outlet's own voice."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from quality.measure import Measure
from quality.shared import SHARED
from sayso.core.reading import Reading
from sayso.core.records import Claim
from sayso.core.spans import Span, Spans
from sayso.flow.pipeline import extract

# Of the characters of both, the share that is common (intersection over union).
OVERLAP = 0.5
# The gold's codes for parties that the text names in full.
_CODES = {"ARM": "armenia", "AZE": "azerbaijan", "UNSC": "un-security-council"}


class GoldSpan(msgspec.Struct):
    """Words of the article and where they stand."""

    text: str
    span: Span


class GoldVoice(msgspec.Struct):
    """One link of a source chain, outermost first."""

    entity: str


class GoldPart(msgspec.Struct):
    """An actor as annotated; without a span the words name none."""

    span: Span | None = None


class Row(msgspec.Struct):
    """One claim as annotated by hand."""

    id: str
    voice: str
    embedding: str
    spans: list[GoldSpan]
    source_chain: list[GoldVoice]
    type: str
    polarity: str
    actor: GoldPart | None = None
    places: list[GoldSpan] = []

    @property
    def is_metadata(self) -> bool:
        """Whether the row is what the text says of itself, which stands in the document's record."""
        return self.voice == "outlet-metadata"

    @property
    def own_voice(self) -> bool:
        """Whether the outlet itself speaks."""
        return self.voice.startswith("outlet")


# The gold's types by our acts.
_ACTS = {
    "accusation": "accuse",
    "assertion": "assert",
    "denial": "deny",
    "demand": "demand",
    "prediction": "predict",
    "evaluation": "evaluate",
    "justification": "justify",
    "report-of-speech": "report",
}


class Matched(msgspec.Struct, frozen=True):
    """A gold row with the claim found for it."""

    row: Row
    claim: Claim


def rows() -> list[Row]:
    """Return the gold rows."""
    return msgspec.json.Decoder(Row).decode_lines((SHARED / "seeds" / "gold-trend.jsonl").read_bytes())


def measures() -> Iterator[Measure]:
    """Yield shares in per cent, and the nested claims that are credited rightly (100 when all are).

    A row of the text's own metadata is no claim (decision 22): it is found, and the outlet's, where the
    document's record holds it.
    """
    text = (SHARED / "seeds" / "trend-2020-11-01.txt").read_text(encoding="utf-8")
    reading = extract(text)
    gold = rows()
    main = [row for row in gold if row.embedding == "main"]
    found = [one for one in matched(gold, reading.claims) if one.row.embedding == "main"]
    own = [row for row in main if row.own_voice]
    recorded = sum(_is_recorded(row, reading) for row in main)
    yield Measure(name="trend claims found", value=_share(len(found) + recorded, len(main)))
    yield Measure(
        name="trend innermost speaker right",
        value=_share(sum(_speaker_is_right(one, reading) for one in found), len(found)),
    )
    marked = recorded + sum(_voice(one, reading) == "outlet" for one in found if one.row.own_voice)
    yield Measure(name="trend outlet voice marked", value=_share(marked, len(own)))
    yield from _of_all_rows(gold, reading)
    nested = [row for row in gold if row.embedding.startswith("nested-in")]
    wrong = sum(
        _credits_outer(row, one, reading)
        for one in matched(gold, reading.claims)
        if (row := one.row) in nested
    )
    yield Measure(
        name="trend nested not credited to the outer speaker", value=_share(len(nested) - wrong, len(nested))
    )


def _of_all_rows(gold: Sequence[Row], reading: Reading) -> Iterator[Measure]:
    """Yield the measures that count embedded and nested rows too, and the whole chain, outlet included."""
    found = matched(gold, reading.claims)
    own = [row for row in gold if row.own_voice]
    recorded = sum(_is_recorded(row, reading) for row in gold)
    marked = recorded + sum(_voice(one, reading) == "outlet" for one in found if one.row.own_voice)
    held = len(found) + recorded
    yield Measure(name="trend all rows found", value=_share(held, len(gold)))
    chains = recorded + sum(_chain(one, reading) == _gold_chain(one.row) for one in found)
    yield Measure(name="trend all rows whole chain right", value=_share(chains, held))
    yield Measure(name="trend all rows outlet voice marked", value=_share(marked, len(own)))
    yield from _of_parts(found, reading)


def _of_parts(found: Sequence[Matched], reading: Reading) -> Iterator[Measure]:
    """Yield how often the parts of the claims found are right; a negated claim counts as negative here."""
    acts = [one.claim.act == _ACTS[one.row.type] for one in found]
    yield Measure(name="trend act right of found", value=_share(sum(acts), len(acts)))
    signs = [
        (one.claim.polarity == "-" or one.claim.negation is not None) == (one.row.polarity == "-")
        for one in found
    ]
    yield Measure(name="trend polarity right of found", value=_share(sum(signs), len(signs)))
    actors = [
        one.claim.actor is not None and one.claim.actor.span.overlaps(one.row.actor.span)
        for one in found
        if one.row.actor is not None and one.row.actor.span is not None
    ]
    yield Measure(name="trend actor right of found", value=_share(sum(actors), len(actors)))
    wanted = {place.span for one in found for place in one.row.places}
    placed = sum(any(span.overlaps(place.span) for place in reading.places) for span in wanted)
    yield Measure(name="trend places found", value=_share(placed, len(wanted)))


def _is_recorded(row: Row, reading: Reading) -> bool:
    """Whether a row of metadata stands in the document's record: its byline, its day, and whose they are."""
    document = reading.document
    if not row.is_metadata or document.byline is None or document.published_at is None:
        return False
    words = " ".join(one.text for one in row.spans)
    signed = [_slug(document.byline)] == _gold_chain(row)
    return signed and document.byline in words and document.published_at[:10] in words


def _chain(one: Matched, reading: Reading) -> list[str | None]:
    """Return the voices of a claim from the outlet inwards, as slugs; None where nobody is resolved."""
    outlet = _slug(reading.document.outlet or "")
    speakers = [link.speaker for link in reading.chain(one.claim.attribution)]
    voices = [None if speaker is None else _slug(speaker.name) for speaker in speakers]
    inwards = [voice for voice in reversed(voices) if voice != outlet]
    return [outlet, *inwards]


def _gold_chain(row: Row) -> list[str | None]:
    codes = [voice.entity.partition(":")[2] for voice in row.source_chain]
    return [_CODES.get(code, code) for code in codes]


def matched(gold: Sequence[Row], claims: Sequence[Claim]) -> list[Matched]:
    """Match rows and claims one to one, best overlap first."""
    pairs = sorted(
        (
            (_overlap(_characters(row), claim.content), -i, -j)
            for i, row in enumerate(gold)
            for j, claim in enumerate(claims)
        ),
        reverse=True,
    )
    rows_left, claims_left = set(range(len(gold))), set(range(len(claims)))
    found: list[Matched] = []
    for overlap, minus_i, minus_j in pairs:
        if overlap < OVERLAP:
            break
        if -minus_i in rows_left and -minus_j in claims_left:
            rows_left.remove(-minus_i)
            claims_left.remove(-minus_j)
            found.append(Matched(gold[-minus_i], claims[-minus_j]))
    return found


def _characters(row: Row) -> Spans:
    return tuple(one.span for one in row.spans)


def _overlap(one: Spans, other: Spans) -> float:
    left = {i for span in one for i in range(span.start, span.end)}
    right = {i for span in other for i in range(span.start, span.end)}
    return len(left & right) / len(left | right)


def _voice(one: Matched, reading: Reading) -> str:
    return reading.chain(one.claim.attribution)[0].voice


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower()).strip("-")


def _speaker(one: Matched, reading: Reading) -> str | None:
    speaker = reading.chain(one.claim.attribution)[0].speaker
    return None if speaker is None else _slug(speaker.name)


def _speaker_is_right(one: Matched, reading: Reading) -> bool:
    return _speaker(one, reading) == one.row.source_chain[-1].entity.partition(":")[2]


def _credits_outer(row: Row, one: Matched, reading: Reading) -> bool:
    outer = {voice.entity.partition(":")[2] for voice in row.source_chain[:-1]}
    return _speaker(one, reading) in outer


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 100.0
