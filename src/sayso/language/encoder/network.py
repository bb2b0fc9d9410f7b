"""The exported network on ONNX Runtime, in two passes: cues over a window, then roles for each cue."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sayso.language.encoder.decode import Array, log_softmax
from sayso.language.encoder.windows import Batch, distance_bucket, paragraph_relation

_CUES_AT_ONCE = 64
_NEVER = -30.0  # a log probability that no path takes


@dataclass(frozen=True)
class CueWords:
    """Where possible cues stand: row of the batch, first word, word after the last."""

    row: Array
    start: Array
    stop: Array


class Network:
    """Two ONNX graphs in one folder, one thread unless told otherwise."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        import onnxruntime  # noqa: PLC0415 - slow to load, and not needed to read a case

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # A library's telemetry has no place here, whatever its build.
        onnxruntime.disable_telemetry_events()

        def opened(name: str) -> Any:  # noqa: ANN401 - the runtime's own class, which has no types
            return onnxruntime.InferenceSession(
                str(folder / name), options, providers=["CPUExecutionProvider"]
            )

        self._encoder = opened("encoder.onnx")
        self._pair = opened("pair.onnx")

    def read(self, laid: Batch) -> tuple[Array, Array, Array]:
        """Return cue logits [rows, words, 3], words [rows, words, d] and words as cues [rows, words, d]."""
        given = {name: getattr(laid, name) for name in ("pieces", "case", "quoted", "seen", "first")}
        tags, word, cue = self._encoder.run(["tags", "word", "cue"], given)
        return tags, word, cue

    def pair(self, given: Mapping[str, Array]) -> Array:
        """Return role logits [cues, words, 3] of the words for some cues."""
        return np.asarray(self._pair.run(["roles"], dict(given))[0])

    def roles(self, laid: Batch, word: Array, as_cue: Array, cues: CueWords) -> Array:
        """Return log probabilities of the roles of each word for each cue [cues, words, 3]."""
        cue = np.stack(
            [
                as_cue[row, start:stop].mean(axis=0, dtype=np.float64)
                for row, start, stop in zip(cues.row, cues.start, cues.stop, strict=True)
            ]
        ).astype(np.float32)
        found = []
        for at in range(0, len(cues.row), _CUES_AT_ONCE):
            part = slice(at, at + _CUES_AT_ONCE)
            here = cues.row[part]
            given = {
                "word": word,
                "cue": cue[part],
                "row": here,
                "distance": distance_bucket(word.shape[1], cues.start[part], cues.stop[part]),
                "paragraph": paragraph_relation(laid.paragraph[here], cues.start[part]),
                "seen": laid.word_seen[here],
            }
            scores = log_softmax(self.pair(given))
            scores[laid.word_seen[here] == 0] = (0.0, _NEVER, _NEVER)
            found.append(scores)
        return np.concatenate(found)
