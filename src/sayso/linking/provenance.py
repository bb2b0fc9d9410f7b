"""Which of two documents that share words has them from the other, and what says so."""

import msgspec

from sayso.linking.credits import Covers, Credit, Publishers, one_name, outlet_key
from sayso.linking.entries import order_is_known, order_told
from sayso.linking.sharing import Text

_STRENGTH: dict[Covers, int] = {"sentence": 1, "part": 2, "text": 3}


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """The document that has its words from the other, that other, and what says so."""

    copy: Text
    source: Text
    why: str  # the end of a sentence


def provenance(later: Text, earlier: Text) -> Provenance:
    """Tell which of two documents, in the order of first appearance, has its words from the other.

    A credit for the text goes before the dates, as a corrected story bears a later date than its reprints; a
    credit within one sentence says nothing of the others and only decides where the dates do not.
    """
    to_earlier, to_later = _credit(later, earlier), _credit(earlier, later)
    told = order_told(earlier.origin, later.origin)
    known = order_is_known(earlier.origin, later.origin)
    if (
        _strength(to_later) > _strength(to_earlier)
        and to_later
        and not (known and to_later.covers == "sentence")
    ):
        dated = f"though it is dated {earlier.origin.published_at}, and that {later.origin.published_at}"
        why = f"{earlier.origin.name} credits {to_later.name}, {dated if known else told}"
        return Provenance(copy=earlier, source=later, why=why)
    if to_earlier is not None:
        return Provenance(
            copy=later, source=earlier, why=f"{later.origin.name} credits {to_earlier.name}; {told}"
        )
    common = _credited_by_both(later, earlier)
    return Provenance(copy=later, source=earlier, why=f"{told}; both credit {common}" if common else told)


def _credit(text: Text, other: Text) -> Credit | None:
    """Return the strongest credit that a text gives to another's outlet."""
    outlet, own = other.origin.outlet, text.origin.outlet
    if outlet is None or outlet == own:
        return None
    given = (credit for credit in text.credits if one_name(credit.name, outlet))
    return max(given, key=lambda credit: _STRENGTH[credit.covers], default=None)


def _strength(credit: Credit | None) -> int:
    return 0 if credit is None else _STRENGTH[credit.covers]


def _credited_by_both(later: Text, earlier: Text) -> str | None:
    own = Publishers(o.outlet for o in (later.origin, earlier.origin) if o.outlet is not None)
    for_all = [
        {
            outlet_key(c.name): c.name
            for c in text.credits
            if c.sure and c.covers == "text" and c.name not in own
        }
        for text in (later, earlier)
    ]
    return next((name for key, name in for_all[0].items() if key in for_all[1]), None)
