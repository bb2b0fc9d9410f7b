"""The encoder finder: a small pretrained transformer finds cues, then reads source and content of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import ClassVar, NamedTuple

import msgspec
import numpy as np

from sayso.core.ids import sha256_hex
from sayso.core.ports import Example, Found
from sayso.core.spans import Span
from sayso.language.encoder import decode, inner
from sayso.language.encoder.decode import Array, Thresholds, Window
from sayso.language.encoder.network import CueWords, Network
from sayso.language.encoder.pieces import Pieces
from sayso.language.encoder.windows import Prepared, batch, pack, prepare
from sayso.language.encoder.words import BREAK, cut
from sayso.language.finder import headers
from sayso.language.segments import Segments, segments_of

_STRETCH = 1.25  # how much longer the longest of some windows may be: padding costs as much as words
_PIECES = 1024  # read at once, padding included: few enough to stay in the cache
_BULLETS = frozenset("\u2022\u2023\u25e6\u25aa\u25cf\u00b7-\u2013\u2014*")
_FOLDER = "model"
Run = tuple[int, int]  # word numbers, half open


class _Card(msgspec.Struct, frozen=True):
    """What of `model.json` is needed to run."""

    thresholds: dict[str, float]


class EncoderFinder:
    """Finds attributions with the shipped network. It sees every word of a name as one anonymous piece."""

    name: ClassVar[str] = "encoder"
    version: ClassVar[str] = "5"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            content=b"The bridge was intact, the governor of Halm said on Monday.",
            yields=("The bridge was intact", "the governor of Halm", "said"),
        ),
    )

    @property
    def model(self) -> str:
        """The SHA-256 of the shipped model's card, which holds the SHA-256 of each of its files."""
        return _digest()

    def find(self, text: str) -> list[Found]:
        """Return what is attributed, in the order of the cues; linear in the length of the text."""
        return with_headers(_shipped().find(text), segments_of(text))


def with_headers(found: Sequence[Found], segments: Segments) -> list[Found]:
    """Add the headers of lists and statements that the network missed: a rule reads them all.

    One that names who issues the page ("The following statement is attributable to X:") takes the place of
    what the network reads in its sentence.
    """
    begun: dict[int, list[Found]] = {}
    for one in found:
        for at in {segments.sentence_at(cue.start) for cue in one.cue}:
            begun.setdefault(at, []).append(one)
    missed: list[Found] = []
    replaced: set[int] = set()
    for header in headers(segments):
        at = segments.sentence_at(header.found.cue[0].start)
        item = segments.sentences[at + 1].span
        if header.issued:
            replaced.add(at)
        elif any(span.overlaps(item) for one in begun.get(at, ()) for span in one.content):
            continue
        missed.append(header.found)
    kept = [one for one in found if not any(segments.sentence_at(cue.start) in replaced for cue in one.cue)]
    return sorted((*kept, *missed), key=lambda one: (one.cue or one.content)[0])


@cache
def _shipped() -> "Encoder":
    return Encoder.opened(_folder())


@cache
def _digest() -> str:
    return sha256_hex((_folder() / "model.json").read_bytes())


def _folder() -> Path:
    return Path(str(files("sayso.language") / _FOLDER))


@dataclass(frozen=True)
class Encoder:
    """The network with its vocabulary, its table of ordinary words and its thresholds."""

    network: Network
    pieces: Pieces
    ordinary: frozenset[str]
    limits: Thresholds

    @classmethod
    def opened(cls, folder: Path) -> "Encoder":
        """Open an exported model: two graphs, `vocab.txt`, `ordinary.txt`, `model.json`."""
        card = msgspec.json.decode((folder / "model.json").read_bytes(), type=_Card)
        return cls(
            network=Network(folder),
            pieces=Pieces.read(folder / "vocab.txt"),
            ordinary=frozenset((folder / "ordinary.txt").read_text(encoding="utf-8").split("\n")),
            limits=Thresholds(**card.thresholds),
        )

    def find(self, text: str) -> list[Found]:
        """Return the attributions of a text in the order of their cues; any string is accepted."""
        ready = self.prepared(text)
        likely = [
            found for found, _ in self.weighed(ready, self.read(ready)) if found.score >= self.limits.keep
        ]
        chosen = decode.without_strays(ready, decode.without_repeats(likely, self.limits))
        chosen = decode.over_nested(ready, inner.with_missed(chosen, self._inside(ready, chosen)))
        return [in_characters(ready, found) for found in chosen]

    def _inside(self, text: Prepared, found: Sequence[decode.Found]) -> list[decode.Found]:
        """Return what is attributed inside the contents of others, read as if it stood alone."""
        passages = list(inner.passages(text, found))
        seen: list[decode.Found] = []
        for passage, windows in zip(passages, self.read_all([p.text for p in passages]), strict=True):
            likely = [
                one
                for one, _ in self.weighed(passage.text, windows)
                if one.score >= self.limits.inner and inner.speaks(one, passage.text)
            ]
            kept = decode.without_repeats(likely, self.limits)
            seen.extend(inner.moved(one, passage.begin) for one in kept)
        return seen

    def prepared(self, text: str) -> Prepared:
        """Cut a text into words and pieces."""
        return prepare(cut(text, self.ordinary), self.pieces)

    def weighed(self, text: Prepared, windows: Iterable[Window]) -> Iterator[tuple[decode.Found, Array]]:
        """Yield every possible attribution with the signs of its quality, before the threshold."""
        for window in windows:
            yield from decode.attributions(text, window, self.limits)

    def read(self, text: Prepared) -> list[Window]:
        """Run the network over a text."""
        return self.read_all([text])[0]

    def read_all(self, texts: Sequence[Prepared]) -> list[list[Window]]:
        """Run the network over some texts at once; return the windows of each in order."""
        rows = [
            _Row(number, text, window, owned)
            for number, text in enumerate(texts)
            for windows in (pack(text),)
            for window, owned in zip(windows, owners(windows), strict=True)
        ]
        found: list[list[Window]] = [[] for _ in texts]
        for some in _together(rows):
            for row, window in self._read_some(some):
                found[row.number].append(window)
        return [sorted(windows, key=lambda window: window.begin) for windows in found]

    def _read_some(self, rows: Sequence["_Row"]) -> Iterator[tuple["_Row", Window]]:
        laid = batch([row.text for row in rows], [row.window for row in rows], self.pieces)
        tags, word, as_cue = self.network.read(laid)
        likely = np.exp(decode.log_softmax(tags))
        every = []
        for number, ((begin, end), (low, high)) in enumerate((row.window, row.owned) for row in rows):
            start, stop, sure = decode.cue_candidates(likely[number, : end - begin], self.limits.candidate)
            keep = (start + begin >= low) & (start + begin < high)
            every.append((start[keep], stop[keep], sure[keep]))
        row_of = np.repeat(np.arange(len(rows)), [len(start) for start, _, _ in every])
        if not len(row_of):
            return
        start, stop, sure = (np.concatenate(part) for part in zip(*every, strict=True))
        cues = CueWords(row_of, start, stop)
        roles = self.network.roles(laid, word, as_cue, cues)
        for number, row in enumerate(rows):
            mine = row_of == number
            if mine.any():
                yield row, Window(row.window[0], start[mine], stop[mine], sure[mine], roles[mine])


class _Row(NamedTuple):
    """One window to be read: of which text, and which of its cues are its own."""

    number: int
    text: Prepared
    window: Run
    owned: Run

    @property
    def length(self) -> int:
        """How many pieces it holds."""
        return int(self.text.first[self.window[1]] - self.text.first[self.window[0]])


def _together(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Yield rows of like length together: each is padded to the longest one."""
    some: list[_Row] = []
    for row in sorted(rows, key=lambda row: row.length):
        wide = some and row.length > _STRETCH * some[0].length
        if some and (wide or row.length * (len(some) + 1) > _PIECES):
            yield some
            some = []
        some.append(row)
    if some:
        yield some


def owners(windows: Sequence[Run]) -> list[Run]:
    """Return the part of each window whose cues are its own: the middle divides where two overlap."""
    if not windows:
        return []
    middles = [(left[1] + right[0]) // 2 for left, right in pairwise(windows)]
    return list(zip([windows[0][0], *middles], [*middles, windows[-1][1]], strict=True))


def in_characters(text: Prepared, found: decode.Found) -> Found:
    """Turn word numbers into code points. A block announced by a colon is one span over its paragraphs."""
    content = list(found.content)
    if _announces(text, found.cue):
        block = _items_after(text, found.cue)
        content = [block] if block and content[0][1] > block[0] else _joined(text, content)

    def span(run: Run) -> Span:
        return Span(int(text.words.start[run[0]]), int(text.words.end[run[1] - 1]))

    return Found(
        source=tuple(span(run) for run in found.source),
        cue=(span(found.cue),),
        content=tuple(span(run) for run in content),
    )


def _paragraph_end(text: Prepared, number: int) -> int:
    """Return where a paragraph ends: the word number of the break behind it, or the end of the text."""
    return int(np.searchsorted(text.paragraph, number, side="right"))


def _announces(text: Prepared, cue: Run) -> bool:
    """Say whether the paragraph of a cue ends in a colon, and another follows."""
    end = _paragraph_end(text, int(text.paragraph[cue[0]]))
    return end < len(text) and text.words.surface[end - 1] == ":"


def _item_mark(text: Prepared, begin: int) -> str:
    """Return the mark a list item starts with; every number is the same mark. Empty: a plain paragraph."""
    match text.words.surface[begin : begin + 2]:
        case [mark, _] if mark in _BULLETS:
            return mark
        case [number, mark] if number[0].isdigit() and mark in ".)":
            return "1" + mark
        case _:
            return ""


def _items_after(text: Prepared, cue: Run) -> Run | None:
    """Return the list items behind the paragraph of a cue: a window may end before the list does."""
    begin = end = _paragraph_end(text, int(text.paragraph[cue[0]]))
    mark = _item_mark(text, begin + 1)
    while mark and end < len(text) and _item_mark(text, end + 1) == mark:
        end = _paragraph_end(text, int(text.paragraph[end]))
    return (begin + 1, end) if end > begin else None


def _joined(text: Prepared, runs: Sequence[Run]) -> list[Run]:
    """Join runs that only a paragraph break divides."""
    joined = [runs[0]]
    for begin, end in runs[1:]:
        if begin - joined[-1][1] == 1 and text.words.case[joined[-1][1]] == BREAK:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined
