"""A score with its floor and its aim."""

import json
from pathlib import Path

import msgspec

FLOORS = Path(__file__).parent / "floors.json"


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of the score table; higher is better."""

    name: str  # set and measure, the key in floors.json
    value: float


def floors() -> dict[str, float]:
    """Return the pinned floors by measure."""
    return msgspec.json.decode(FLOORS.read_bytes(), type=dict[str, float])


def fallen(measures: list[Measure]) -> list[Measure]:
    """Return the measures that stand below their floor, or that have none."""
    pinned = floors()
    return [one for one in measures if one.name not in pinned or one.value < pinned[one.name]]


def as_json(measures: list[Measure]) -> str:
    """Return the measures as a floors file."""
    return json.dumps({one.name: one.value for one in measures}, indent=2) + "\n"
