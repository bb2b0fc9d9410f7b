import json
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.language import pairing
from sayso.language.encoder.words import cut, ordinary
from sayso.language.pairing import laying, network
from sayso.language.pairing.figures import figures_of

SHELLED = "Vesland shelled the fish market of Brenna at dawn, killing 12 people."
ANOTHER_TOWN = "At dawn Ostran guns killed 12 people in the market of Kirrel."


def exchanged(text: str, left: str, right: str) -> str:
    return text.replace(left, "\0").replace(right, left).replace("\0", right)


def values(text: str) -> list[float]:
    return [figure.value for figure in figures_of(cut(text, ordinary()))]


def test_a_vector_has_unit_length_and_does_not_depend_on_its_neighbours() -> None:
    alone = pairing.vectors([SHELLED])
    among = pairing.vectors(
        ["Rain fell.", SHELLED, "The ferry sank, the mayor of Halm said, with 40 aboard."]
    )
    assert alone.shape == (1, 384)
    assert np.linalg.norm(alone[0]) == pytest.approx(1, abs=1e-5)
    assert (among[1] == alone[0]).all()


def test_the_same_claim_is_nearer_than_another() -> None:
    first, again, other = pairing.vectors(
        [SHELLED, "Twelve people died when shells hit a market in Brenna.", "The ferry to Ostrany is late."]
    )
    assert first @ again > first @ other + 0.2


def test_exchanging_two_names_leaves_the_vector_as_it_is() -> None:
    text = "Vesland said that Ostran fired first. Ostran denies it, and Vesland insists."
    both = pairing.vectors([text, exchanged(text, "Vesland", "Ostran")])
    assert (both[0] == both[1]).all()


def test_names_of_several_words_count_as_one_name() -> None:
    one = laying.alone(laying.read("Vesland accused Ada Berg Solheim of lying."))
    other = laying.alone(laying.read("Ada Berg Solheim accused Vesland of lying."))
    assert one == other


def test_a_short_form_of_a_name_is_the_same_name() -> None:
    numbers = laying.numbered([laying.read("Ada Berg left Halm."), laying.read("Berg left Orrin.")])
    assert numbers["berg"] == numbers["ada berg"]
    assert len({numbers["ada berg"], numbers["halm"], numbers["orrin"]}) == 3


def test_a_name_in_both_texts_of_a_pair_has_one_number() -> None:
    row = laying.together(laying.read("Ostran attacked Vesland."), laying.read("Vesland was attacked."))
    ostran, vesland = (laying.pieces().name + number for number in range(2))
    assert [piece for piece in row.pieces if piece in {ostran, vesland}] == [ostran, vesland, vesland]


def test_exchanging_two_names_in_both_texts_leaves_the_pair_as_it_is() -> None:
    left, right = "Vesland fired first, Ostran said.", "Ostran says the first shot was fired by Vesland."
    rows = [
        laying.together(laying.read(a), laying.read(b))
        for a, b in (
            (left, right),
            (exchanged(left, "Vesland", "Ostran"), exchanged(right, "Vesland", "Ostran")),
        )
    ]
    assert rows[0] == rows[1]


def test_names_count_when_published_claims_are_searched() -> None:
    vesland, ostran = pairing.named_vectors(["Vesland shelled the market.", "Ostran shelled the market."])
    assert vesland @ ostran < 0.99


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It sold 1,310,000 of 2.5 million.", [1_310_000, 2_500_000]),
        ("Twenty-five of two hundred thousand, a dozen, 3bn", [25, 200_000, 12, 3e9]),
        ("The 5th of 2.5.", [5, 2.5]),
        ("nothing here", []),
        ("1" * 10_000, []),
    ],
)
def test_figures_are_read_with_their_scale(text: str, found: list[float]) -> None:
    assert values(text) == found


def test_a_piece_is_marked_with_how_its_figure_stands_to_the_other_text() -> None:
    def mark_of(left: str, right: str) -> int:
        row = laying.together(laying.read(left), laying.read(right))
        return max(row.mark[: row.part.index(1)])

    assert mark_of("30 died", "20 hurt") == laying.MORE
    assert mark_of("20 died", "30 hurt") == laying.LESS
    assert mark_of("20 died", "21 hurt") == laying.LITTLE_LESS
    assert mark_of("20 died", "twenty hurt") == laying.EQUAL
    assert mark_of("20 died", "in 1994") == laying.NO_OTHER


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_can_be_laid_out(left: str, right: str) -> None:
    row = laying.together(laying.read(left), laying.read(right))
    assert len(row.pieces) == len(row.part) == len(row.mark) <= 2 * laying.PIECES_EACH + 3


def test_a_text_of_five_megabytes_is_read_as_far_as_a_claim_goes() -> None:
    long = "Vesland 12 " * 500_000
    assert laying.alone(laying.read(long)) == laying.alone(laying.read(long[: laying.LONGEST]))


def test_no_texts_give_no_vectors() -> None:
    assert pairing.vectors([]).shape == (0, 384)
    assert pairing.relations([]).shape == (0, 3)


def test_lone_surrogates_and_nothing_have_vectors() -> None:
    assert np.isfinite(pairing.vectors(["\ud800", ""])).all()


def test_the_shipped_graph_is_the_one_on_its_card() -> None:
    content = (network.folder() / network.GRAPH).read_bytes()
    assert sha256(content).hexdigest() == network.card().sha256
    assert len(content) <= 24e6
    assert pairing.digest() == sha256((network.folder() / network.CARD).read_bytes()).hexdigest()
    assert "chosen_on" in json.loads((network.folder() / network.CARD).read_text())


def test_the_probabilities_of_a_pair_add_up_to_one() -> None:
    likely = pairing.relations([(SHELLED, ANOTHER_TOWN), (SHELLED, SHELLED)])
    assert likely.sum(axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert likely[1].argmax() == 0


def test_a_greater_figure_bears_out_at_least_a_smaller_one() -> None:
    likely = pairing.relations([("At least 21 people were killed.", "25 people were killed.")])
    assert likely[0].argmax() == 0


def test_another_figure_and_a_denial_contradict() -> None:
    likely = pairing.relations(
        [
            ("Fewer than 10 people died in the flood.", "The flood killed 25 people."),
            ("Vesland attacked Brenna.", "Vesland denied attacking Brenna."),
        ]
    )
    assert (likely.argmax(axis=1) == 1).all()
