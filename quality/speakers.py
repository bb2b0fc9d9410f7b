"""Who a source phrase means, with the spans of a reader: speakers right on the open training set.

The spans are given, so that only resolution is measured. Sources that say "we" are left out: the annotators
name the state where resolution names whoever speaks. The rules were made with these texts in view.
"""

import gzip
from collections.abc import Iterator, Sequence

import msgspec
from training.open_set import Invented, Passage, Told, invented, passages

from quality.measure import Measure
from quality.same_speaker import is_same
from quality.shared import SHARED
from sayso.claims.parties import PartyStage
from sayso.claims.speakers import Speakers
from sayso.core import ids
from sayso.core.ids import CaptureId
from sayso.core.reading import Reading
from sayso.core.records import Attribution, Document, Run
from sayso.core.spans import Span, Spans, hull
from sayso.language.segments import segments_of

_WE = frozenset({"we", "us", "our", "ours"})


class _Whole(msgspec.Struct):
    """A document of the pool."""

    id: str
    text: str
    publisher: str


def measures() -> Iterator[Measure]:
    """Yield shares in per cent."""
    ours = [right for unit in invented() for right in _right(unit, unit.text, 0, None)]
    yield _share("open invented speaker right of sources", ours)
    pool = {(name, one.id): one for name in ("state_releases", "wikinews") for one in _documents(name)}
    found = [
        right
        for unit in passages()
        if (whole := pool.get((unit.pool, unit.document))) is not None
        for right in _right(unit, whole.text, unit.span[0], whole.publisher)
    ]
    yield _share("open pool speaker right of sources", found)


def _documents(name: str) -> list[_Whole]:
    with gzip.open(SHARED / "data" / "pool" / f"{name}.jsonl.gz") as lines:
        return msgspec.json.Decoder(_Whole).decode_lines(lines.read())


def _right(unit: Invented | Passage, text: str, offset: int, publisher: str | None) -> Iterator[bool]:
    """Yield, for each source of a unit that stands at an offset of a text, whether its speaker is right."""
    document = Document(
        capture=CaptureId("given"),
        text=text,
        text_sha256=ids.text_sha256(text),
        publisher=publisher,
        reader="given",
    )
    reading = Reading(document=document, run=Run(tool="quality", version="1"))
    speakers = Speakers(reading.plus(PartyStage()(reading)))
    made: dict[str, Attribution] = {}
    for told in _outer_first(unit.attributions):
        source, content = _moved(told.source, offset), _moved(told.content, offset)
        outer = made.get(told.within or "")
        start = min(span.start for span in (*source, *_moved(told.cue, offset), *content))
        if outer is None:
            speaker = speakers.cited(source, start, speaks_on=True)
        else:
            speaker = speakers.nested(source, start, outer)
        quotation = segments_of(text).quotation_at(content[0].start)
        quoted = quotation is not None and hull(content).within(quotation.outer)
        made[told.id] = Attribution(
            document=document.id,
            content=content,
            source=source,
            voice="direct" if quoted or not told.cue else "indirect",
            speaker=speaker,
        )
        if source and told.speaker is not None and hull(source).of(text).lower() not in _WE:
            yield is_same(told.speaker, speaker)


def _outer_first(attributions: Sequence[Told]) -> list[Told]:
    return sorted(
        attributions, key=lambda one: (one.content[0][0], -one.content[-1][1], one.within is not None)
    )


def _moved(spans: Sequence[tuple[int, int]], offset: int) -> Spans:
    return tuple(Span(start + offset, end + offset) for start, end in spans)


def _share(name: str, right: Sequence[bool]) -> Measure:
    return Measure(name=name, value=round(100 * sum(right) / len(right), 1) if right else 100.0)
