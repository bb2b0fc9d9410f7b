"""Other times that stand alone: quarters, decades, seasons, feasts, "today", and years by themselves."""

import re
from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, date
from typing import cast

from sayso.claims import calendar as cal
from sayso.claims.calendar import When
from sayso.claims.timedays import SHIFTS, day_in, unknown_day, with_century, year_stated
from sayso.claims.timenumbers import COUNTED, LIKELY_YEARS, counted_by
from sayso.claims.timeunits import reference_of
from sayso.claims.timewords import Context, Word, tagged
from sayso.language.lexicon.calendar import calendar
from sayso.language.lexicon.figures import outcome_words

# "Between 1900 and 2000 people" are two counts.
_PAIRED = re.compile(r"\s+(?:and|to|or)\s+\d{4}\s+([a-z]+)")


def read_quarter(words: Sequence[Word], context: Context) -> Word | None:
    """Read "Q1 2017", "2019 H2"."""
    number = next(cast("int", word.says) for word in words if word.tag in {"d", "ord"})
    half = any(word.tag == "h" for word in words)
    if number > (2 if half else 4):
        return None
    year = year_stated(words)
    anchor = None
    if words[-1].tag == "unit" and words[-1].says == (1, "Y") and context.written is not None:
        year, anchor = context.written.year, context.written
    return tagged(
        "when", words, When(grain="half" if half else "quarter", year=year, number=number, anchor=anchor)
    )


def read_ordinal_quarter(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the first quarter of 2013"."""
    unit = next(word for word in words if word.tag == "unit")
    return read_quarter(words, context) if unit.says == (3, "M") else None


def read_decade(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the 1990s"; of "the 90s" the last ones."""
    word = next(word for word in words if word.tag in {"y", "n", "d"})
    year = int(str(word.says))
    if year % 10:
        return None
    if word.tag != "y":
        if not 20 <= year <= 90 or context.written is None:  # noqa: PLR2004 - "the 20s" to "the 90s"
            return None
        century = context.written.year // 100 * 100
        year += century if century + year <= context.written.year else century - 100
        return tagged("when", words, When(grain="decade", number=year, anchor=context.written))
    grain: cal.Grain = "century" if year % 100 == 0 and year < 2000 else "decade"  # noqa: PLR2004 - "the 1900s"
    return tagged("when", words, When(grain=grain, number=year))


def read_century(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the 18th century"."""
    del context
    number = cast("int", next(word.says for word in words if word.tag == "ord"))
    if words[-1].says != (100, "Y"):
        return None
    return tagged("when", words, When(grain="century", number=(number - 1) * 100))


def read_season(words: Sequence[Word], context: Context) -> Word:
    """Read "this winter", "summer 2020"."""
    code = cast("str", next(word.says for word in words if word.tag == "season"))
    year = year_stated(words)
    shift = next((SHIFTS[word.tag] for word in words if word.tag in SHIFTS), None)
    anchor = None
    if year is None and shift is not None and context.written is not None:
        anchor, year = context.written, context.written.year + shift
        if not MINYEAR <= year <= MAXYEAR:
            anchor = year = None
    return tagged("when", words, When(grain="season", year=year, fixed=code, anchor=anchor))


# Whose feast it is stands before it: "Orthodox Easter", "the Catholic Church's Christmas".
_CHURCH = re.compile(r"\b([a-z]{4,12})(?:\s+church(?:es)?(?:['\u2019]s?)?)?\s+\Z", re.IGNORECASE)
_CHURCH_REACH = 40  # code points
_ANNOUNCED_DAYS = 60  # as of every day without a year


def read_feast(words: Sequence[Word], context: Context) -> Word | None:
    """Read "Christmas Eve 2020", "Orthodox Easter", "New Year's Day".

    Where churches keep different days and the text does not say whose feast it is, each day is a reading.
    """
    words = [word for word in words if word.tag != "apostrophe"]
    name = str(next((word.says for word in words if word.tag == "feast"), "new year"))
    if any(word.tag == "unit" and word.says not in {(1, "D"), (1, "Y")} for word in words):
        return None
    days = [_feast(words, name, whose, context.written) for whose in _reckonings(words[0], name, context)]
    readings = [day for day in days if day is not None]
    if len(readings) < len(days):
        return None if words[0].tag in SHIFTS else tagged("when", words, unknown_day())
    return tagged("when", words, cal.either_of(readings))


def _reckonings(first: Word, name: str, context: Context) -> Sequence[str]:
    table = calendar()
    if name == "new year" or name in table.fixed_feasts:
        return ("western",)
    before = _CHURCH.search(context.text, max(0, first.start - _CHURCH_REACH), first.start)
    whose = None if before is None else table.churches.get(before[1].lower())
    return tuple(table.christmas) if whose is None else (whose,)


def _feast(words: Sequence[Word], name: str, whose: str, written: date | None) -> When | None:
    """Return the day of a feast by one reckoning, or None where it has none."""
    year = year_stated(words)
    eve = any(word.tag == "eve" for word in words)
    if words[0].tag in SHIFTS and written is not None:
        return _shifted_feast(name, whose, SHIFTS[words[0].tag], written)
    fixed = _fixed(name, whose)
    if fixed is None:
        return _moving_feast(name, whose, year, written)
    month, day = fixed
    if not eve:
        return day_in(year, month, day)
    if day > 1:
        return day_in(year, month, day - 1)
    return day_in(None if year is None else year - (month == 1), (month - 2) % 12 + 1, 31)


def _fixed(name: str, whose: str) -> tuple[int, int] | None:
    table = calendar()
    if name == "new year":
        return 1, 1
    return table.christmas[whose] if name == "christmas" else table.fixed_feasts.get(name)


def _shifted_feast(name: str, whose: str, shift: int, written: date) -> When | None:
    """Read "next Easter": the first one after the day of writing, "last": the one before."""
    for year in range(written.year - 1, written.year + 2)[:: -1 if shift < 0 else 1]:
        day = _feast_of(name, whose, year)
        if day is not None and (day > written if shift >= 0 else day < written):
            return cal.day_of(day, written)
    return None


def _feast_of(name: str, whose: str, year: int) -> date | None:
    fixed = _fixed(name, whose)
    if fixed is not None:
        return cal.exact(year, *fixed)
    sunday = cal.julian_easter(year) if whose == "eastern" else cal.easter(year)
    return None if sunday is None else cal.shifted(sunday, calendar().moving_feasts[name])


def _moving_feast(name: str, whose: str, year: int | None, written: date | None) -> When | None:
    anchor = None
    if year is None and written is not None:
        anchor, year = written, written.year
        begun = _feast_of(name, whose, year)
        if begun is not None and (begun - written).days > _ANNOUNCED_DAYS:
            year -= 1
    day = None if year is None else _feast_of(name, whose, year)
    return None if day is None else cal.day_of(day, anchor)


def read_deictic(words: Sequence[Word], context: Context) -> Word:
    """Read "yesterday", "the day before yesterday"."""
    shift = cast("int", words[-1].says)
    if len(words) > 1:  # the day before yesterday
        shift += -1 if any(word.tag == "before" for word in words) else 1
    day = None if context.written is None else cal.shifted(context.written, shift)
    if day is not None:
        return tagged("when", words, cal.day_of(day, context.written))
    return tagged("when", words, reference_of(0) if shift == 0 else unknown_day())


def read_this_date(words: Sequence[Word], context: Context) -> Word:
    """Read "current date"."""
    return tagged(
        "when",
        words,
        reference_of(0) if context.written is None else cal.day_of(context.written, context.written),
    )


def read_up_to_now(words: Sequence[Word], context: Context) -> Word:
    """Read "to date"."""
    del context
    return tagged("when", words, cal.with_modifiers(reference_of(0), ("on_or_before",)))


def day_before(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the day before", "the day after", alone: of the last day named."""
    if words[1].says != (1, "D") or context.follows(words[-1]):
        return None
    day = None if context.told is None else cal.shifted(context.told, -1 if words[-1].tag == "before" else 1)
    return tagged("when", words, unknown_day() if day is None else cal.day_of(day, context.told))


def read_reference_word(words: Sequence[Word], context: Context) -> Word:
    """Read "lately", "now"."""
    del context
    return tagged("when", words, When(grain="fixed", fixed=str(words[0].says)))


def read_lone_year(words: Sequence[Word], context: Context) -> Word | None:
    """Read a year that its words tell from a count: "in 2000" but not "to 2000 people"."""
    paired = _PAIRED.match(context.text, words[-1].end)
    if paired is not None and counted_by(paired[1]):
        return None
    year = cast("int", words[-1].says)
    if year not in LIKELY_YEARS:
        return None
    return (
        None
        if counted_by(context.follows(words[-1]))
        else tagged("when", words, When(grain="year", year=year))
    )


def read_sure_year(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the year 2019"."""
    del context
    year = cast("int", words[-1].says)
    if words[0].says != (1, "Y"):
        return None
    return tagged("when", words, When(grain="year", year=year)) if year in LIKELY_YEARS else None


def read_attributive_year(words: Sequence[Word], context: Context) -> Word | None:
    """Read "the 2016 elections" but not "the 2000 soldiers"."""
    following = context.follows(words[-1])
    if following in COUNTED or following in outcome_words().populations:
        return None
    return read_bracketed_year(words, context)


def read_bracketed_year(words: Sequence[Word], context: Context) -> Word | None:
    """Read "(1988)"."""
    del context
    year = cast("int", words[-1].says)
    return tagged("when", words, When(grain="year", year=year)) if year in LIKELY_YEARS else None


def read_year_with_years(words: Sequence[Word], context: Context) -> list[Word] | None:
    """Read "2007 and 2009" behind what makes the first a year."""
    if counted_by(context.follows(words[-1])):
        return None
    made = [
        tagged("when", [word], When(grain="year", year=cast("int", word.says))) if word.tag == "y" else word
        for word in words
    ]
    years = [cast("int", word.says) for word in words if word.tag == "y"]
    return made if all(year in LIKELY_YEARS for year in years) else None


def read_fiscal_year(words: Sequence[Word], context: Context) -> Word | None:
    """Read "fiscal year 2008", "FY2008"."""
    said = context.text[words[0].start : words[0].end].lower()
    grain = {"cy": "year", "fy": "fiscal", "sy": "school"}.get(said) or words[0].tag
    year = year_stated(words)
    if year is None and words[-1].tag in {"d", "n"}:
        year = with_century(int(str(words[-1].says)), words[-1], context)
        if year is None:
            return None
    return tagged("when", words, When(grain=cast("cal.Grain", grain), year=year))
