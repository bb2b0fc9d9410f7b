"""Each figure of a list by place belongs to its own place, before or behind it."""

import pytest

from sayso.flow.contract import Memory
from sayso.flow.pipeline import extract
from sayso.linking.entries import Entries
from sayso.linking.figures import figures_of


@pytest.mark.parametrize(
    ("listed", "placed"),
    [
        ("Police counted the dead: in Brask, nine; in Holm, none, the police chief said.", {9: "Brask"}),
        ("In Brask nine people were killed, in Holm four, the police chief said.", {9: "Brask", 4: "Holm"}),
        ("Shelling killed nine people in Brask and four in Holm, he said.", {9: "Brask", 4: "Holm"}),
        (
            "Shelling killed nine people in Brask, 4 in Holm and 3 in Olva, the police chief said.",
            {9: "Brask", 4: "Holm", 3: "Olva"},
        ),
    ],
)
def test_a_figure_belongs_to_the_place_of_its_own_clause(listed: str, placed: dict[float, str]) -> None:
    reading = extract(listed, published="2031-05-03", publisher="Herald")
    figures = figures_of(Entries(Memory([reading])).of(reading.document.id))
    found = {one.bounds[0]: None if one.place is None else one.place.name for one in figures}
    assert found == placed
