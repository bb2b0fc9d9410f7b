"""The exported pair network on ONNX Runtime: sentence vectors, and what two texts are to each other."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from sayso.core.ids import sha256_hex
from sayso.language.pairing.laying import Row

Floats = npt.NDArray[np.float32]

FOLDER = "model"
GRAPH = "pairing.onnx"
CARD = "pairing.json"
WIDTH = 384


class Thresholds(msgspec.Struct, frozen=True):
    """The least probability of a relation that is shown; the card says where they were chosen."""

    same: float
    contradicts: float


class Card(msgspec.Struct, frozen=True):
    """What of the model's card is needed to run."""

    sha256: str  # of the graph
    temperature: float  # divides the logits, so that the probabilities are calibrated
    thresholds: Thresholds


def folder() -> Path:
    """Return where the graph and its card lie."""
    return Path(str(files("sayso.language.pairing") / FOLDER))


@cache
def card() -> Card:
    """Return the card of the shipped model."""
    return msgspec.json.decode((folder() / CARD).read_bytes(), type=Card)


@cache
def digest() -> str:
    """Return the SHA-256 of the model's card, which holds the SHA-256 of the graph."""
    return sha256_hex((folder() / CARD).read_bytes())


@cache
def shipped() -> "Network":
    """Return the shipped network, opened once."""
    return Network(folder() / GRAPH)


class Network:
    """One ONNX graph, one thread unless told otherwise."""

    def __init__(self, graph: Path, *, threads: int = 1) -> None:
        import onnxruntime  # noqa: PLC0415 - slow to load, and not needed to read a case

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # A library's telemetry has no place here, whatever its build.
        onnxruntime.disable_telemetry_events()
        self._session: Any = onnxruntime.InferenceSession(
            str(graph), options, providers=["CPUExecutionProvider"]
        )

    def vectors(self, rows: Sequence[Row]) -> Floats:
        """Return a unit vector for each row [rows, 384]."""
        return self._read("vector", rows, WIDTH)

    def relations(self, rows: Sequence[Row]) -> Floats:
        """Return the logits of same, contradicts and neither for each row [rows, 3]."""
        return self._read("relation", rows, 3)

    def _read(self, output: str, rows: Sequence[Row], width: int) -> Floats:
        found = np.zeros((len(rows), width), dtype=np.float32)
        for at, row in enumerate(rows):
            # One row at a time: numbers are rounded to 8 bits by the range of all that is read at once, so
            # that a text's vector would depend on its neighbours.
            found[at] = self._session.run([output], _laid(row))[0]
        return found


def _laid(row: Row) -> dict[str, npt.NDArray[np.int64]]:
    given = {name: np.array([part], dtype=np.int64) for name, part in row._asdict().items()}
    return {**given, "seen": np.ones_like(given["pieces"])}
