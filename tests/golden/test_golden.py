"""Each folder is a text and what a reader finds in it: `in.txt` and `want.jsonl`, one claim a line."""

from pathlib import Path

import msgspec
import pytest

from sayso.core.reading import Reading
from sayso.core.records import Claim
from sayso.core.spans import words
from sayso.flow.pipeline import extract

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/in.txt"))


class Wanted(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One claim as a reader writes it down."""

    words: str
    voice: str
    act: str
    speaker: str | None = None
    basis: str | None = None
    polarity: str = "+"
    embedded: str | None = None
    cue: str = ""
    source: str = ""
    within: str | None = None  # the speaker of the attribution around this one
    hedges: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    law: tuple[str | None, ...] = ()


def as_written_down(claim: Claim, reading: Reading) -> Wanted:
    text = reading.document.text
    attribution, *outer = reading.chain(claim.attribution)
    speaker = attribution.speaker
    holder = outer[0].speaker if outer else None
    return Wanted(
        words=words(claim.content, text),
        voice=attribution.voice,
        act=claim.act,
        speaker=None if speaker is None else speaker.name,
        basis=None if speaker is None else speaker.basis,
        polarity=claim.polarity,
        embedded=claim.embedded,
        cue=words(attribution.cue, text),
        source=words(attribution.source, text),
        within=None if holder is None else holder.name,
        hedges=tuple(hedge.span.of(text) for hedge in claim.hedges),
        quantities=tuple(
            f"{q.span.of(text)}: {q.low}..{q.high} {q.outcome or ''} {q.population or ''}"
            + (f" of {q.part_of.of(text)}" if q.part_of else "")
            for q in claim.quantities
        ),
        times=tuple(time.value for time in claim.times),
        law=tuple(law.identifier for law in claim.law),
    )


def found_in(folder: Path) -> list[Wanted]:
    reading = extract((folder / "in.txt").read_text(encoding="utf-8"))
    assert not reading.problems
    return [as_written_down(claim, reading) for claim in reading.claims]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_text_gives_the_claims_a_reader_finds_in_it(folder: Path) -> None:
    lines = (folder / "want.jsonl").read_text(encoding="utf-8").splitlines()
    assert found_in(folder) == [msgspec.json.decode(line, type=Wanted) for line in lines]
