"""Reading four times as long a text takes about four times as long, whatever is repeated in it."""

import time

import pytest

from sayso.flow.pipeline import extract

LETTERS = 6000
TIMES_LONGER = 4
MOST = 10  # times as long; reading in quadratic time would take 16


def seconds(text: str) -> float:
    """Return the shorter of two readings: other work of the machine only ever adds."""
    times = []
    for _ in range(2):
        began = time.process_time()
        extract(text)
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.parametrize(
    "piece",
    [
        ".",
        "a; ",
        "“We saw it all there.\n\n",
        "He left. “We saw it all there.” ",
        "the claim that ",
        "he said that ",
        "rain fell, he said, ",
        "according to the mayor, ",
        "rain fell, according to the mayor, ",
        "when the rain fell ",
        "He said:\n\nrain fell\n\n",
        "MR. BRENN: he said that it rained.\n\n",
        "“he said that it rained. ",
    ],
)
def test_four_times_the_text_takes_less_than_ten_times_the_time(piece: str) -> None:
    once = piece * (LETTERS // len(piece))
    extract("The first call loads tables and plugins, the mayor said.")
    assert seconds(once * TIMES_LONGER + "x") < MOST * seconds(once + "x")
