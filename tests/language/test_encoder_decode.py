"""The likeliest roles of words, and contents that hold what is nested in them."""

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.encoder.decode import best_roles

Scores = npt.NDArray[np.float64]


def worth(scores: Scores, roles: npt.NDArray[np.int8], turn: float) -> float:
    told = sum(float(scores[at, role]) for at, role in enumerate(roles.tolist()))
    return told - turn * int((np.diff(roles) != 0).sum())


@given(st.integers(1, 6), st.integers(0, 2**32 - 1), st.floats(0, 3))
def test_no_other_path_is_worth_more(length: int, seed: int, turn: float) -> None:
    scores = np.random.default_rng(seed).normal(size=(1, length, 3))
    best = best_roles(scores, turn)[0]
    paths = np.array(np.meshgrid(*[range(3)] * length)).reshape(length, -1).T.astype(np.int8)
    most = max(worth(scores[0], path, turn) for path in paths)
    assert worth(scores[0], best, turn) >= most - 1e-9


def test_cues_are_read_side_by_side_as_alone() -> None:
    scores = np.random.default_rng(7).normal(size=(4, 30, 3))
    together = best_roles(scores, 1.0)
    assert all((best_roles(scores[n : n + 1], 1.0)[0] == together[n]).all() for n in range(4))
