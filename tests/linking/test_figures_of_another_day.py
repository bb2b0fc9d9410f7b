"""A figure of an earlier day, set beside that of the day that is told, contradicts nobody."""

import pytest

from sayso.core.records import Link
from sayso.flow.contract import Memory
from sayso.flow.pipeline import extract
from sayso.linking.clash import Clashes

_TOLD = "Twelve people were killed in shelling of Brask, the Veslandi army said."


def contradicted(text: str) -> list[str]:
    """Return why a text contradicts one that told of twelve dead."""
    readings = [
        extract(one, published="2031-05-03", publisher=publisher)
        for one, publisher in ((_TOLD, "Herald"), (text, "Courier"))
    ]
    found = [link for link in Memory(readings).link(Clashes()) if isinstance(link, Link)]
    return [link.why for link in found if link.kind == "contradicts"]


@pytest.mark.parametrize(
    "behind",
    [", compared with seven the day before", " and seven the previous day", ", against seven a week earlier"],
)
def test_a_figure_set_beside_another_as_that_of_an_earlier_day_contradicts_nobody(behind: str) -> None:
    assert not contradicted(
        f"Twelve people were killed in shelling of Brask{behind}, the Ordanian ministry said."
    )


@pytest.mark.parametrize("behind", ["", ", compared with twelve the day before"])
def test_the_figure_of_the_day_itself_does(behind: str) -> None:
    text = f"Seven people were killed in shelling of Brask{behind}, the Ordanian ministry said."
    (why,) = contradicted(text)
    assert "7" in why
    assert "12" in why
