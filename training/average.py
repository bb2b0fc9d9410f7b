"""Average checkpoints of one run: `python -m training.average OUT.pt IN.pt IN.pt …`.

A cheap guard against overfitting.
"""

import argparse
from pathlib import Path

import torch
from torch import Tensor


def averaged(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Return the mean of the weights; what is not a weight is taken from the first."""
    first = states[0]
    return {
        name: torch.stack([state[name] for state in states]).mean(dim=0)
        if value.is_floating_point()
        else value
        for name, value in first.items()
    }


def main() -> None:
    """Write the average."""
    parser = argparse.ArgumentParser(description="Average checkpoints of one run.")
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    arguments = parser.parse_args()
    states = [torch.load(path, weights_only=True)["averaged"] for path in arguments.checkpoints]
    torch.save({"averaged": averaged(states), "step": -1}, arguments.out)


if __name__ == "__main__":
    main()
