"""What holds a text together, by length: transcripts, headers, what a colon announces, the second look."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from bench.timing import Figure, growth
from sayso.claims.blocks import Blocks
from sayso.core.ports import Found
from sayso.language.encoder import inner
from sayso.language.encoder.decode import Found as FoundWords
from sayso.language.encoder.finder import Encoder
from sayso.language.encoder.windows import Prepared
from sayso.language.finder import RuleFinder, headers
from sayso.language.segments import Segments

_TRANSCRIPTS = {
    "questions": "Question: Why did it rain?\n\nMinister: It did not.\n\n",
    "speakers in capitals": "MAYOR BRENN: We saw it all.\n\nGOVERNOR HALT: We came.\n\n",
    "one speaker": "Mayor: We saw it all there.\n\nWe stayed.\n\n",
    "labels without words": "Mayor:\n\n",
}
_ANNOUNCED = {
    "lists": "The ministry said:\n\n• it rained;\n\n• it rained again.\n\n",
    "one long list": "The ministry said:\n\n" + "• it rained.\n\n" * 60,
    "statements": "The ministry said:\n\nWe saw it all there.\n\nWe stayed.\n\n",
    "issued": "The following is attributable to the mayor:\n\nWe saw it.\n\n",
    "announcements of nothing": "The ministry said:\n\n",
    "quotations": "The mayor said:\n\n“We saw it all there.”\n\n",
    "begin and end": "The mayor said:\n\nBegin text:\n\nIt rained.\n\nEnd text\n\n",
    "cues in a header": "he said that she said that they said:\n\n",
}
_NESTED = {
    "voices within voices": "the mayor said that the army said that rain fell on the town in the night. ",
    "speech everywhere": "said said said said said said said said said said. ",
    "quotations": "“the mayor said that the army said that rain fell on the town”. ",
}


def figures() -> Iterator[Figure]:
    """Yield how the time of each step grows. Segments are prepared but for what the step itself reads."""
    encoder = Encoder.opened(Path(str(files("sayso.language") / "model")))
    yield from growth("transcripts", lambda segments: segments.turns, _TRANSCRIPTS, prepared=Segments)
    yield from growth("headers", lambda segments: list(headers(segments)), _ANNOUNCED, prepared=Segments)
    yield from growth("blocks", lambda read: _blocks(*read), _ANNOUNCED, prepared=_with_cues)
    yield from growth(
        "second look",
        lambda read: _second_look(encoder, *read),
        _NESTED,
        prepared=lambda text: _with_contents(encoder, text),
    )


def _with_cues(text: str) -> tuple[list[Found], Segments]:
    return RuleFinder().find(text), Segments(text)


def _blocks(found: Sequence[Found], segments: Segments) -> None:
    blocks = Blocks(found, segments)
    for one in found:
        blocks.behind(one)


def _with_contents(encoder: Encoder, text: str) -> tuple[Prepared, list[FoundWords]]:
    """Return a text of which somebody has said each sentence."""
    ready = encoder.prepared(text)
    ends = [at + 1 for at, ends in enumerate(ready.sentence_end) if ends]
    contents = zip([0, *ends], ends, strict=False)
    return ready, [FoundWords(score=1, cue=(0, 1), source=(), content=(run,)) for run in contents]


def _second_look(encoder: Encoder, text: Prepared, found: Sequence[FoundWords]) -> None:
    passages = list(inner.passages(text, found))
    for passage, windows in zip(passages, encoder.read_all([one.text for one in passages]), strict=True):
        list(encoder.weighed(passage.text, windows))
