"""The pairs of claims that a careful reader judged: `pairs.jsonl`, with the openly licensed texts stand-off.

`same`: both put one thing forward, whoever says it. `denies`: the left rejects what the right says, be it as
a whole, by a label or by denying a wider class. `conflicts`: both cannot hold. `updates`: the left is the
later word of the same source. `unrelated`: a reader would not put the two side by side, or both can be true.
"""

import json
from collections.abc import Sequence
from typing import Literal, get_args

import msgspec

from quality.shared import ROOT, SHARED
from sayso.core.ids import text_sha256
from sayso.core.spans import Spans, words

Relation = Literal["same", "denies", "conflicts", "updates", "unrelated"]
# How a text tells of its event: an agency's words, used again and again; everybody in words of their own; a
# published text as it was found.
Style = Literal["plain", "free", "found"]
STYLES: tuple[Style, ...] = get_args(Style)
RELATIONS: tuple[Relation, ...] = get_args(Relation)

_GOLD = ROOT / "quality" / "pairs.jsonl"
_POOL = SHARED / "data" / "attribution" / "gold_shared.jsonl"


class Text(msgspec.Struct, frozen=True, tag_field="record", tag="text"):
    """A document: with its words where they are ours, else with the digest of the text in the pool."""

    id: str
    event: str  # what it is about: texts of other events have nothing to do with it
    style: Style
    publisher: str
    published: str | None
    words: str | None = None
    sha256: str | None = None


class Place(msgspec.Struct, frozen=True):
    """Words of a text, by code points."""

    text: str
    spans: Spans


class Pair(msgspec.Struct, frozen=True, tag_field="record", tag="pair"):
    """Two claims and how they stand to each other; `or_` is a relation that a reader may as well see."""

    id: str
    relation: Relation
    left: Place
    right: Place
    why: str
    or_: Relation | None = msgspec.field(name="or", default=None)


class Gold(msgspec.Struct, frozen=True):
    """All pairs that can be measured here, with their documents and the words of these."""

    pairs: tuple[Pair, ...]
    texts: tuple[Text, ...]
    words_of: dict[str, str]

    def words(self, place: Place) -> str:
        """Return what stands at a place."""
        return words(place.spans, self.words_of[place.text])

    def files(self) -> dict[str, bytes]:
        """Return the documents by name, each as a file of one JSON line."""
        return {f"{text.id.replace('/', '-')}.jsonl": self._line(text) for text in self.texts}

    def _line(self, text: Text) -> bytes:
        record = {"id": text.id, "text": self.words_of[text.id], "publisher": text.publisher}
        dated = record if text.published is None else record | {"published": text.published}
        return json.dumps(dated).encode()


class _Pooled(msgspec.Struct):
    doc_id: str
    text: str


def gold() -> Gold:
    """Return the pairs over texts of our own, and where the reference data is, those over its texts too.

    Raises ValueError when a pooled text is not the one that was read.
    """
    lines = msgspec.json.Decoder(Text | Pair).decode_lines(_GOLD.read_bytes())
    texts = [one for one in lines if isinstance(one, Text)]
    pooled = _pooled()
    words_of = {text.id: text.words or pooled.get(text.id, "") for text in texts}
    for text in texts:
        if text.sha256 is not None and pooled and text_sha256(words_of[text.id]) != text.sha256:
            message = f"the text {text.id} is not the one whose pairs were read"
            raise ValueError(message)
    here = tuple(text for text in texts if words_of[text.id])
    return Gold(pairs=tuple(_of_texts({text.id for text in here}, lines)), texts=here, words_of=words_of)


def _of_texts(here: set[str], lines: Sequence[Text | Pair]) -> list[Pair]:
    return [one for one in lines if isinstance(one, Pair) and {one.left.text, one.right.text} <= here]


def _pooled() -> dict[str, str]:
    if not _POOL.exists():
        return {}
    rows = msgspec.json.Decoder(_Pooled).decode_lines(_POOL.read_bytes())
    return {row.doc_id: row.text for row in rows}
