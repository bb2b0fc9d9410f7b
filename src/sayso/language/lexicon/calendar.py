"""Words of the calendar, read once when first used: months, days, units, and what joins them."""

from functools import cache

import msgspec

from sayso.language.lexicon import read_table


class Calendar(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tables of `times.toml`, by lower-case word; the table says what each is for."""

    months: dict[str, int]
    month_abbreviations: dict[str, int]
    weekdays: dict[str, int]  # ISO 8601: Monday is 1
    weekday_abbreviations: dict[str, int]
    seasons: dict[str, str]
    references: dict[str, str]
    days: dict[str, int]
    units: dict[str, tuple[int, str]]
    repeated: dict[str, str]
    ordinals: dict[str, int]
    phases: dict[str, str]
    fixed_feasts: dict[str, tuple[int, int]]
    christmas: dict[str, tuple[int, int]]  # by reckoning
    churches: dict[str, str]  # to their reckoning
    moving_feasts: dict[str, int]
    joints: dict[str, str]
    marks: dict[str, str]

    @property
    def month_names(self) -> tuple[str, ...]:
        """The full names of the months, January first."""
        return tuple(sorted(self.months, key=self.months.__getitem__))

    @property
    def all_months(self) -> dict[str, int]:
        """Full names and abbreviations of months."""
        return self.months | self.month_abbreviations


@cache
def calendar() -> Calendar:
    """Return the words of the calendar."""
    return msgspec.convert(read_table("times"), Calendar)
