"""How much each sign counts for each act: a table that `training/acts.py` writes."""

from functools import cache
from importlib.resources import files

import msgspec

from sayso.core.records import Act


class ActWeights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whole numbers, so that the sum of a claim's signs is the same on every machine."""

    acts: tuple[Act, ...]
    signs: dict[str, tuple[int, ...]]  # one number an act, in the order of `acts`


@cache
def act_weights() -> ActWeights:
    """Return the weights."""
    table = files("sayso.language.lexicon") / "act_weights.json"
    return msgspec.json.decode(table.read_bytes(), type=ActWeights)
