"""Who says that a toll has changed updates whoever gave the former one; another source's figure conflicts."""

import pytest

from sayso.core.records import Link
from sayso.flow.contract import Memory
from sayso.flow.pipeline import extract
from sayso.linking.clash import Clashes

FIRST = (
    "Shells hit the old harbour of Brenna on 3 May. Nine people were killed in Brenna, Mayor Ada Kell said."
)


def kinds(second: str) -> list[str]:
    told = ((FIRST, "2031-05-04", "Ostran Post"), (second, "2031-05-06", "Tidewater Times"))
    case = Memory(extract(text, published=day, publisher=outlet) for text, day, outlet in told)
    return sorted({one.kind for one in case.link(Clashes()) if isinstance(one, Link)})


@pytest.mark.parametrize(
    "second",
    [
        "Two more died on 5 May, bringing the number of people killed in Brenna to eleven, Tom Arl said.",
        "Radio Linth lowered the toll of the shelling of the old harbour of Brenna on 3 May to seven killed.",
        "Eleven people are now known to have been killed by shells in Brenna on 3 May, Judge Tom Arl said.",
        "The toll of the shells that hit Brenna on 3 May rose to at least eleven killed, Tom Arl said.",
    ],
)
def test_a_figure_that_is_said_to_have_changed_updates(second: str) -> None:
    assert "contradicts" not in kinds(second)


def test_another_sources_plain_figure_conflicts() -> None:
    assert kinds("Eleven people were killed in Brenna on 3 May, Judge Tom Arl said.") == ["contradicts"]
