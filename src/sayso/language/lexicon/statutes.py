"""Names and numbers of legal documents, read once when first used."""

from bisect import bisect_left
from functools import cache
from typing import Literal

import msgspec

from sayso.language.lexicon import read_table


class Statutes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tables of `law.toml`; names in lower case, the table says what each is for."""

    series: dict[str, str]
    last_of_year: dict[int, int]
    treaties: dict[str, tuple[Literal["convention", "treaty"], str]]

    def year_of(self, number: int) -> int | None:
        """Return the year in which the Security Council adopted a resolution; None past the table's end."""
        years = list(self.last_of_year)
        at = bisect_left(list(self.last_of_year.values()), number)
        return years[at] if number > 0 and at < len(years) else None


@cache
def statutes() -> Statutes:
    """Return the names and numbers of legal documents."""
    return msgspec.convert(read_table("law"), Statutes, strict=False)
