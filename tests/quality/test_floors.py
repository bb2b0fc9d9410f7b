"""The quality gate: no score below its floor, and the seeds are read as people read them."""

from pathlib import Path

import pytest
from quality import attribution, chain, measure, swap, trend

from sayso.flow.pipeline import extract


@pytest.mark.usefixtures("shared")
def test_no_attribution_score_falls_below_its_floor() -> None:
    assert measure.fallen([*attribution.measures(), *chain.measures()]) == []


@pytest.mark.usefixtures("shared")
def test_the_seed_gold_is_found_with_its_speakers_and_the_outlets_voice() -> None:
    assert measure.fallen(list(trend.measures())) == []


@pytest.mark.usefixtures("shared")
def test_exchanging_the_parties_of_the_seeds_exchanges_the_readings() -> None:
    assert swap.differences(swap.seed_texts(), swap.Exchange(swap.SEED_PAIRS)) == []


def test_exchanging_the_parties_of_the_demo_exchanges_the_readings() -> None:
    assert swap.differences(swap.demo_texts(), swap.Exchange(swap.demo_pairs())) == []


def test_exchanging_the_parties_of_the_demo_exchanges_its_ledger_links_included(tmp_path: Path) -> None:
    exchange = swap.Exchange(swap.demo_pairs())
    as_it_is = swap.ledger_of(swap.demo_files(), tmp_path / "one", str)
    exchanged = swap.ledger_of(swap.demo_files(), tmp_path / "other", exchange)
    assert sorted(exchange(line) for line in as_it_is) == sorted(exchanged)


@pytest.mark.usefixtures("shared")
def test_exchanging_the_parties_of_the_seeds_exchanges_their_ledger_links_included(tmp_path: Path) -> None:
    exchange = swap.Exchange(swap.SEED_PAIRS)
    as_it_is = swap.ledger_of(swap.seed_files(), tmp_path / "one", str)
    exchanged = swap.ledger_of(swap.seed_files(), tmp_path / "other", exchange)
    assert sorted(exchange(line) for line in as_it_is) == sorted(exchanged)


def test_every_score_of_the_table_has_a_floor() -> None:
    assert all(0 <= floor <= 100 for floor in measure.floors().values())


def test_every_span_of_the_seeds_lies_in_the_text(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        reading = extract(text)
        assert not reading.problems
        for one in reading.attributions:
            assert all(span.of(text).strip() for span in (*one.content, *one.cue, *one.source))
        for claim in reading.claims:
            parts = [claim.actor, claim.action, claim.target, *claim.quantities, *claim.times, *claim.places]
            assert all(part.span.of(text).strip() for part in parts if part is not None)
