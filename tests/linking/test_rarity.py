"""A stem weighs more the fewer claims have it, whatever it spells."""

from collections.abc import Collection, Mapping

from sayso.linking.rarity import Rarity, key_of


class Counts:
    """What an index counts of three claims."""

    held = ({"market", "burn"}, {"market", "clos"}, {"zebra", "appl", "market"})

    def counts(self, keys: Collection[str]) -> Mapping[str, int]:
        stems = {key_of(stem, denies=False): stem for held in self.held for stem in held}
        found = {key: sum(stems[key] in held for held in self.held) for key in keys if key in stems}
        return {**found, **({"claims": len(self.held)} if "claims" in keys else {})}


def test_rare_words_weigh_more_and_equally_rare_ones_keep_their_order() -> None:
    rarity = Rarity(Counts())  # type: ignore[arg-type] # it asks for counts alone
    assert rarity.of("zebra") > rarity.of("market")
    assert rarity.rarest(("zebra", "appl", "market"), 2) == ["zebra", "appl"]
    assert rarity.rarest(("appl", "zebra", "market"), 2) == ["appl", "zebra"]
