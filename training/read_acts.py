"""Attributions that were found in public texts, with the acts that readers gave them.

`open/acts.jsonl` holds no words. Its spans are the finder's, right or wrong; what a reader took for no
attribution is not in it. Two readings gave the acts; where they differ, the attribution is left out too.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec

from training.data import read_records
from training.open_set import FOLDER, Act, Spans
from training.pool import POOLS, passages

ACTS = FOLDER / "acts.jsonl"


class ReadAct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One attribution; spans are code points of the document's text, half open."""

    id: str
    source: Spans
    cue: Spans
    content: Spans
    within: str | None  # the attribution of the same document whose content holds this one
    act: Act


class ReadDocument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document, or a passage of Voice of America, without its words."""

    pool: Literal["state_releases", "wikinews", "voa"]
    document: str
    text_sha256: str  # of the whole text in UTF-8
    attributions: tuple[ReadAct, ...]


def records(shared: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents in the form of the other sets, without those whose text is another by now."""
    texts = {("voa", one.name): one.text for one in passages(shared)}
    for name in POOLS:
        for record in read_records(shared / "data" / "pool" / f"{name}.jsonl.gz"):
            texts[name, record["id"]] = str(record["text"])
    for one in msgspec.json.Decoder(ReadDocument).decode_lines(ACTS.read_bytes()):
        text = texts.get((one.pool, one.document), "")
        if hashlib.sha256(text.encode()).hexdigest() == one.text_sha256:
            told = [msgspec.to_builtins(told) | {"speaker": None} for told in one.attributions]
            yield {"doc_id": one.document, "text": text, "attributions": told}
