"""Figures of a text as bounds, with unit, outcome and population; a range is never a mean."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from sayso.claims.atoms import either, folded
from sayso.claims.bounds import Figure, figures_of
from sayso.claims.corrections import RESTATES, Reading, is_bare, reading_of, standing
from sayso.claims.events import Counted, Events, Sentence
from sayso.claims.gaps import COUNT_REACH, SAME_COUNT, elliptic, of_verb, told_by_place
from sayso.claims.nouns import (
    OF_THEM,
    Noun,
    members_of,
    noun_behind,
    noun_numbered,
    population_of,
    population_of_one,
)
from sayso.claims.outcomes import BEFALLS_THE_LIVING, outcome_of
from sayso.claims.parts import ALL_BUT, OF_NEXT, OF_PEOPLE, Placed, with_parts
from sayso.claims.units import Amount, amounts_in
from sayso.core.records import Quantity, QuantityKind
from sayso.core.spans import Span
from sayso.language.lexicon import names
from sayso.language.lexicon.figures import number_words, outcome_words, unit_words
from sayso.language.segments import Segments

_SHARE_OF = re.compile(r"\s+(?:of|the|its|their|his|her|all|our)\b")
_RATIO = re.compile(r"\s(?:out\s+of|in)\s")
# As "one fewer than it first said", "12 more than on Monday"; but "killed 12 more than a year ago".
_DIFFERS = re.compile(
    r"\s+(?:fewer\b|(?:less|more)\s+than\s+(?!an?\b|half\b|one\b|two\b|three\b|four\b|five\b|six\b|ten\b|\d))"
)
_ADJECTIVAL = re.compile(r"-[^\W\d_]")
_NAMED = re.compile(r"\s+[A-Z]")  # "Third Committee"
_OTHERS = ("others",)
_GROUP_OF = re.compile(r"\b(?:family|group|crew|team|party|gang|squad)\s+of\s+\Z")
_OPENED = re.compile(r",\s+(?:including|among\s+them|among\s+whom)\s+\Z")
_CLAIMED = re.compile(r"\s+(?:claimed|reported|given|announced|cited|stated|acknowledged|admitted)\b")
_BADLY = re.compile(r"\s+(?:seriously|critically|gravely|severely|badly|slightly|lightly|mortally)\b")
# "Three police teams in Varn were killed", "two rebel groups fled", but not "two groups wept for the dead"
_BEFELL = re.compile(
    r"(?:\s+(?:in|from|of|near|at|on)\s+[\w'’-]+){0,2}(?:\s+[\w-]+"
    r"|\s+(?:(?:who|that)\s+)?(?:were|was|have|has|had|are|is|got)(?:\s+(?!(?:the|an?)\b)[\w-]+){1,4})"
)
_NUMBER_REACH = 110  # code points in which "the number of passengers" stands before a figure
_COUNTED_IN = re.compile(
    r"(?:\s+(?!(?:were|was|had|have|has|are|is|and|or|but|who|that|which|by|as|for|of|with|to)\b)[\w'’.-]+){1,5}?"
    r"\s+(?:in|across|from|at|throughout|around|aboard|inside|on|near|outside)\s+(?:the\s+|these\s+|all\s+|its\s+|their\s+)?"
)
_PREPOSED = re.compile(
    r"\b(?:in|across|from|at|throughout|around|aboard|inside|on|near|outside|with|of)\s+(?:the\s+)?\Z"
)
_SETTING = re.compile(
    r"\s+(?:(?!(?:were|was|had|have|has|are|is|and|or|but|who|that|which|by|as|for|of|with|to)\b)[\w'’.-]+\s+){0,4}?"
    r"(?:countries|nations|states|provinces|regions|districts|counties|municipalities|cities|towns|villages|settlements|"
    r"neighbou?rhoods|communities|locations|places|areas|sites|islands|camps|prisons|jails|hospitals|schools|houses|homes|"
    r"buildings|flats|apartments|checkpoints|posts|buses|cars|vehicles|trucks|trains|boats|ships|vessels|planes|"
    r"helicopters|aircraft|carriages|families|companies|parties|wards|rooms)"
    r"(?:\s+(?:in|of|across|near|around|along|on)(?:\s+(?:the\s+)?[\w'’.-]+){1,4}?)?"
    r"\s+(?:(?:also|later|then|all)\s+)?(?:were|was|have|has|had|are|died|drowned|fled|perished|disappeared|vanished)\b"
)
_OF_THEM_ALL = re.compile(r"\s+(?:of\s+)?(?:them|whom)\b[^,;.]{0,60},")
_TO_FREE = re.compile(r"\b(?:releas|fre|liberat|pardon|set)(?:e|es|ing)?\b(?:\s+[a-z]+){0,3}\s+\Z")
_NONE_OF = re.compile(r"\b(?:none|neither)\s+of\s+(?:the|its|their|these|those|his|her)\s+\Z")
_NUMBERING = re.compile(
    r"\b(?P<who>[a-z]+)\s+(?:now\s+|already\s+|still\s+)?(?:number|total)(?:s|ed|led|ing)?\s+(?:some\s+)?\Z"
)
_NOT_ONE = re.compile(r"\bnot\s+(?:even\s+|a\s+single\s+)?\Z")
_PARENT_OF = re.compile(r"\b(?:mother|father|parent|widow|grandmother|grandfather)\s+of\s+\Z")
_AGE_OF = re.compile(r"\b(?:boy|girl|child|man|woman|son|daughter|baby|toddler|youth|teenager)\s+of\s+\Z")
_AGES_BEFORE = re.compile(r"(?<=s), (?:\d{1,2}, )*(?:\d{1,2},? and )?\Z")
_AGES_BEHIND = re.compile(r"(?:, \d{1,2})*(?:,? and \d{1,2})?,(?= )")
_APPOSED_AGE = re.compile(r"[^\W\d_], (?:1[01]|[1-9])?\d,\Z")  # "Ada Kern, 79, died"
# As in "will allow for the return of 13,000, and for the release of 40".
_AND_ALSO = re.compile(r",?\s+and\s+(?:for|to)\s+(?:the\s+)?[a-z]+(?:\s+of)?\s+\Z")
_HE_WAS = re.compile(r"\b(?:he|she)\s+(?:was|is|turned)\s+\Z")
_WERE = re.compile(r"\s+(?:were|was|have|has|had|are|died|more|people)\b")
_AS_AGE = re.compile(r"\s*(?:[.,;]|\Z)|\s+(?:and|when|at)\b")
_OF_CLOCK = re.compile(r"\s*(?:UTC|GMT|a\.m|p\.m|am|pm|AM|PM|o['’]clock|local\s+time|hrs)(?!\w)")
# "The 1968 massacre", but not "the 1900 people": a year is no count.
_YEAR_OF = re.compile(r"(?:\b(?:the|an?|its|his|her|their|our|last|this)|['’]s)\s+(?:1[5-9]|20)\d\d\Z")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# "In 1992 soldiers burned the town"; but "in 2000 villages"
_IN_YEAR = re.compile(
    r"\b(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Dd]uring|(?:winter|spring|summer|autumn|fall|end)\s+of)\s\Z"
)
_NEXT_WORDS = re.compile(r"\s+(?P<words>[\w'’-]+(?:\s+(?!(?:in|of|for|on|and|that)\b)[\w'’-]+){0,2})")
_NUMBERED = re.compile(
    r"\b(?:War|Mr\.|No\.|Phase|Flight|Route|Highway|Section|Unit|Area|Channel|Camp)\s[A-Z\d]\Z"
    # "The dead number 14" tells how many they are.
    r"|(?<!dead )(?<!killed )(?<!wounded )(?<!injured )(?<!missing )(?<!displaced )(?<!victims )(?<!now )"
    r"\b[Nn]umber\s\w\Z"
)
# "Version 8 and 9", "magnitude 6"
_EDITIONS = re.compile(
    r"\b(?:versions?|chapters?|episodes?|seasons?|pages?|gates?|platforms?|levels?|category|magnitude|grades?|articles?)\s"
    r"(?:\d{1,3}(?:\.\d)?(?:,\s|\s(?:and|or|to)\s))?\Z",
    re.IGNORECASE,
)
_EDITION_REACH = 32  # code points
_WITH_NEXT_AGE = re.compile(
    r"\s*(?:,|and|or|to)\s+(?:[a-z]+|\d{1,3})[ -](?P<period>year|month|week|day)s?[ -](?:old|of\s+age)\b"
)
_LOOK_BACK = 16  # code points in which "a boy of", "not one" stand before a figure
_NEAR = 6  # figures on either side that one may replace or be replaced by
_OF = ("of ", "out of ")
_OF_ONE = " of"  # the end of "hundreds of"
_HUNDRED = 100
_MOST_AGES = 5


def quantities_in(segments: Segments, taken: Sequence[Span]) -> tuple[Quantity, ...]:
    """Return the figures of a text in order, but those in `taken`, which is sorted by where spans start.

    `taken` are parts of a date, a law's number.
    """
    text = segments.text
    lower = folded(text)
    figures = _figures(text, lower, taken)
    starts = [figure.start for figure in figures]
    found: list[Quantity] = []
    at = 0
    for sentence in segments.sentences:
        at = bisect_left(starts, sentence.span.start, at)
        end = bisect_left(starts, sentence.span.end, at)
        if end > at:
            found += _in_sentence(text, lower, sentence.span, figures[at:end])
        at = end
    return tuple(found)


def _figures(text: str, lower: str, taken: Sequence[Span]) -> list[Figure]:
    """Return the figures of a text, stated and vague, in order and apart."""
    found = figures_of(lower, amounts_in(text, lower, taken))
    stated = [_aged(lower, one) for one in found if not _names(text, one)]
    vague = list(_vague_figures(lower))
    if not vague:
        return stated
    figures: list[Figure] = []
    for one in sorted([*stated, *vague], key=lambda figure: (figure.start, -figure.end)):
        if figures and figures[-1].amount is None and lower[figures[-1].end : one.start] == " to ":
            figures[-1] = _vague_to(figures[-1], one)
        elif not figures or one.start >= figures[-1].end:
            figures.append(one)
    return figures


def _vague_to(vague: Figure, one: Figure) -> Figure:
    """Read "several to 25" and "dozens to 100" as ranges."""
    if one.bound != "exact" or one.best is None or vague.low is None or not vague.low < one.best:
        return vague
    return replace(one, start=vague.start, low=vague.low, best=None, bound="range")


def _names(text: str, figure: Figure) -> bool:
    """Whether a number is part of a name: "the 1968 massacre", "World War One"."""
    amount = figure.amount
    if amount is None or amount.kind != "count":
        return False
    if _OF_CLOCK.match(text, figure.end):
        return True
    if figure.bound != "exact":
        return False
    begin = max(0, figure.start - _LOOK_BACK)
    if text[figure.start - 1 : figure.start] == "[" and text[figure.end : figure.end + 1] == "]":
        return True  # a footnote
    if _NUMBERED.search(text, begin, figure.start + 1) or _is_edition(text, figure):
        return True
    in_year = _IN_YEAR.search(text, begin, figure.start)
    if in_year and _YEAR.fullmatch(text, figure.start, figure.end) and amount.value % _HUNDRED:
        return True
    return _YEAR_OF.search(text, begin, figure.end) is not None and _counts_no_people(text, figure)


def _is_edition(text: str, figure: Figure) -> bool:
    """Whether a number tells which of several things is meant: "version 8", "magnitude 6"."""
    if not text[figure.start].isdigit() or _WERE.match(text, figure.end):
        return False
    return _EDITIONS.search(text, max(0, figure.start - _EDITION_REACH), figure.start) is not None


def _counts_no_people(text: str, figure: Figure) -> bool:
    """Whether there are words behind a number that name no people."""
    following = _NEXT_WORDS.match(text, figure.end)
    if following is None:
        return False
    return population_of(following["words"].lower().split()) not in outcome_words().people


def _aged(lower: str, figure: Figure) -> Figure:
    """Read "a boy of nine" and the 14 of "14 and 16 years old" as ages."""
    amount = figure.amount
    if amount is None or amount.kind != "count":
        return figure
    behind = _WITH_NEXT_AGE.match(lower, figure.end)
    begin = max(0, figure.start - _LOOK_BACK)
    apposed = _APPOSED_AGE.search(lower, begin, figure.end + 1) or (
        _AS_AGE.match(lower, figure.end) if _HE_WAS.search(lower, begin, figure.start) else None
    )
    is_age = apposed is not None or _are_ages(lower, figure)
    if behind is None and not is_age and not _AGE_OF.search(lower, begin, figure.start):
        return figure
    period = "year" if behind is None else behind["period"]
    return replace(figure, amount=replace(amount, kind="age", unit=period))


def _are_ages(lower: str, figure: Figure) -> bool:
    """Whether a number is one of a list between commas behind a noun: "two soldiers, 19 and 20, were"."""
    behind = _AGES_BEHIND.match(lower, figure.end)
    if behind is None or not lower[figure.start].isdecimal():
        return False
    before = _AGES_BEFORE.search(lower, max(0, figure.start - _LOOK_BACK), figure.start)
    return before is not None and "and" in before.group() + behind.group()


@cache
def _vague() -> re.Pattern[str]:
    table = number_words()
    bounds = either(word for word in table.bounds if word[0].isalpha())
    return re.compile(
        rf"(?<!\w)(?:(?P<bound>{bounds})\s+)?(?<!\bas )(?<!\bhow )(?<!\btoo )(?<!\bso )"
        rf"(?P<vague>{either(table.vague)})(?!\w|-|\s+(?:as|fewer|less)\b)"
    )


def _vague_figures(lower: str) -> Iterator[Figure]:
    for match in _vague().finditer(lower):
        low = number_words().vague[match["vague"]]
        yield Figure(
            start=match.start(),
            end=match.end(),
            low=low,
            best=None,
            high=None,
            bound="vague",
            words=Span(*match.span("bound")) if match["bound"] else None,
            amount=None,
        )


def _in_sentence(text: str, lower: str, sentence: Span, figures: Sequence[Figure]) -> list[Quantity]:
    around = Sentence(text, lower, sentence, Events(text, lower, sentence.start, sentence.end))
    placed: list[Placed] = []
    told: list[Placed] = []  # the last that is not silent
    floor = sentence.start
    for number, figure in enumerate(figures):
        limit = _limit(around, figures, number)
        one = _quantity(around, figure, told, floor=floor, limit=limit)
        if one is None:
            continue
        given = elliptic(told[0], of_verb(around, told[0], one), lower) if told else one
        placed.append(told_by_place(around, given))
        if placed[-1].silent:
            continue
        told = placed[-1:]
        # What is told of one figure behind it is not told of the next.
        if one.quantity.kind != "age" and not lower.endswith(ALL_BUT, 0, one.quantity.span.start):
            floor = max(one.quantity.span.end, one.told_until)
    return with_parts(lower, sentence.start, _corrected(lower, placed), around.events)


def _corrected(lower: str, placed: Sequence[Placed]) -> list[Placed]:
    """Say of each figure whether it stands, and give "not 23" what is told of the figure beside it."""
    found: list[Placed] = []
    for number, given in enumerate(placed):
        quantity = given.quantity
        before = found[-1].quantity if found else None
        goes_on = (
            given.reading == "held"
            and before is not None
            and before.stated == "supposed"
            and _AND_ALSO.search(lower, before.span.end, quantity.span.start) is not None
        )
        one = replace(given, reading="supposed") if goes_on else given
        if (
            one.reading == "newer"
            and before is not None
            and RESTATES.search(lower, before.span.end, quantity.span.start)
        ):
            found[-1] = _taken_back(found[-1], quantity)
        if one.reading == "held":
            found.append(one)
            continue
        near = [each for each in placed[max(0, number - _NEAR) : number + _NEAR] if not each.silent]
        beside = _beside(quantity, [other.quantity for other in near])
        if is_bare(quantity) and beside is not None:
            quantity = replace(
                quantity, unit=beside.unit, population=beside.population, outcome=beside.outcome
            )
        live = [other.quantity for other in near if other.reading in {"held", "newer"}]
        stated = standing(quantity, one.reading, live)
        if not is_bare(quantity):
            found.append(replace(one, quantity=replace(quantity, stated=stated)))
    return found


def _taken_back(former: Placed, newer: Quantity) -> Placed:
    """Return a figure as retracted where the one behind it restates it."""
    same = former.quantity.outcome == newer.outcome and former.quantity.stated == "held"
    if not same or former.quantity.outcome is None:
        return former
    return replace(former, quantity=replace(former.quantity, stated="retracted"))


def _beside(one: Quantity, others: Sequence[Quantity]) -> Quantity | None:
    """Return the figure with an outcome before another, else the first behind it."""
    told = [other for other in others if other.outcome is not None and other.kind == one.kind]
    before = [other for other in told if other.span.start < one.span.start]
    return before[-1] if before else told[0] if told else None


def _limit(around: Sentence, figures: Sequence[Figure], number: int) -> int:
    """Return where the words about a figure end: at the next one, ages and ordinals aside, few of each.

    "44 recruits, not 19, died": what stands in place of a figure ends no words about it either, nor does
    what tells where the counted are, or what share of them is of some kind.
    """
    lower, end = around.lower, around.span.end
    for other in figures[number + 1 : number + 1 + _MOST_AGES]:
        if other is figures[number + 1] and (
            _is_setting(around, figures[number], other) or _is_share(around, other)
        ):
            continue
        kind = "count" if other.amount is None else other.amount.kind
        # "As first reported" counts nothing, "the ninth" does.
        articled = lower.endswith(("the ", "a "), 0, other.start)
        counts = kind != "age" and (kind != "ordinal" or articled)
        if counts and not lower.endswith((", not ", ", and not "), 0, other.start):
            return other.start
    return end if number + 1 + _MOST_AGES >= len(figures) else figures[number + _MOST_AGES].start


def _is_setting(around: Sentence, figure: Figure, other: Figure) -> bool:
    """Whether a figure counts where the counted are: "40 people in 12 villages were killed"."""
    lower = around.lower
    if figure.amount is not None and figure.amount.kind != "count":
        return False
    if _COUNTED_IN.fullmatch(lower, figure.end, other.start) is None:
        return False
    if _PREPOSED.search(lower, max(around.span.start, figure.start - _LOOK_BACK), figure.start):
        return False  # "in two villages near three camps"
    if around.events.between(figure.end, other.start):
        return False  # "12 people killed in two raids"
    return _SETTING.match(lower, other.end, around.span.end) is not None


def _is_share(around: Sentence, other: Figure) -> bool:
    """Whether a figure between commas is a share of the one before: "31 people, half of them children,"."""
    amount = other.amount
    share = amount is not None and (amount.kind == "percent" or amount.numeral.form == "fraction")
    if not share or not around.lower.endswith(", ", 0, other.start):
        return False
    apposed = _OF_THEM_ALL.match(around.lower, other.end, around.span.end)
    return apposed is not None and not around.events.between(other.end, apposed.end())


def _population(
    around: Sentence, figure: Figure, words: Sequence[str], before: Sequence[Placed]
) -> str | None:
    """Return whom a figure counts: by its noun, by "a family of" before it, by "others" as the one before."""
    objects = outcome_words().objects
    if tuple(words) == _OTHERS and before and before[0].quantity.population in objects:
        return before[0].quantity.population
    if words:
        return population_of_one(words) if figure.best == 1 else population_of(words)
    lower, begin = around.lower, max(around.span.start, figure.start - COUNT_REACH)
    if _GROUP_OF.search(lower, begin, figure.start):
        return "person"
    numbering = _NUMBERING.search(lower, begin, figure.start)
    return None if numbering is None else population_of((numbering["who"],))


def _people_named(text: str, noun: Noun | None, outcome: str | None) -> str | None:
    """Return who a capitalised name counts of whom people's outcome is told: "30 Ordanians were killed"."""
    return "person" if noun is not None and outcome in OF_PEOPLE and _is_name(text, noun) else None


def _is_name(text: str, noun: Noun) -> bool:
    return noun.words[-1] not in names().calendar and text[noun.end - len(noun.words[-1])].isupper()


def _counted_unit(text: str, noun: Noun | None, population: str | None) -> str | None:
    """Return what a figure counts, where no unit of measure stands behind it; a name is none."""
    if population in outcome_words().people:
        return "person"
    if noun is None or not noun.words:
        return None
    return None if text[noun.end - len(noun.words[-1])].isupper() else noun.words[-1]


def _quantity(
    around: Sentence, figure: Figure, before: Sequence[Placed], *, floor: int, limit: int
) -> Placed | None:
    lower = around.lower
    amount = figure.amount
    if amount is not None and _is_none(around.text, lower, figure, amount):
        return None
    kind: QuantityKind = "count" if amount is None else amount.kind
    noun = _noun_of(lower, figure, limit) if kind in {"count", "ordinal", "money"} else None
    words = noun.words if noun is not None else ()
    population = _population(around, figure, words, before)
    if noun is not None and kind == "count" and words[0] in unit_words().periods:
        kind, words = "duration", words[:1]
        noun = Noun(words=words, end=lower.index(words[0], figure.end) + len(words[0]))
    counted = Counted(
        start=figure.start,
        end=figure.end,
        limit=limit,
        phrase_end=figure.end if noun is None else noun.end,
        floor=floor,
        sentence=around.span.start,
        population=population,
        named=bool(words),
        noun=words[-1] if words else None,
        lives="lives" in words and figure.best != 1,
    )
    outcome, until = (None, figure.end)
    if kind == "count":
        outcome, until, population = _fate(around, counted, words, before)
    if kind == "count" and amount is not None and (noun, outcome, population) == (None, None, None):
        noun = noun_numbered(lower, max(floor, figure.start - _NUMBER_REACH), figure.start)
        words = () if noun is None else noun.words
        population = population_of(words) if words else None
    population = population or _people_named(around.text, noun, outcome)
    unit = amount.unit if amount is not None else None
    reading: Reading = reading_of(lower, around.span, Span(figure.start, figure.end), limit)
    reach = max(around.span.start, figure.start - COUNT_REACH)
    if reading == "supposed" and outcome == "detained" and _TO_FREE.search(lower, reach, figure.start):
        reading = "held"  # "asked them to free 12 clerks who are in jail": they are there
    grouped = population is not None and kind == "count"  # "the crew of four"
    told = unit or words or figure.bound != "exact" or outcome or grouped
    told = told or _is_placed(around, figure, before, limit)
    silent = not told and reading == "held"
    if not told and kind != "count":
        return None
    if kind == "ordinal" and not words:
        return None
    one = Quantity(
        span=Span(figure.start, max(figure.end, noun.end if noun is not None and kind != "money" else 0)),
        kind=kind,
        low=figure.low,
        best=figure.best,
        high=figure.high,
        bound=figure.bound,
        bound_words=figure.words,
        unit=unit or _counted_unit(around.text, noun, population),
        outcome=outcome,
        population=population,
    )
    if amount is not None and amount.numeral.form == "fraction" and kind == "count" and _share(one):
        one = _as_percent(one)
    elif kind == "count" and _no_count(amount, one):
        one = _uncounted(one)
    called = noun is not None and kind == "count" and _is_name(around.text, noun)
    return Placed(
        quantity=one, counted=counted, told_until=until, reading=reading, silent=silent, called=called
    )


def _noun_of(lower: str, figure: Figure, limit: int) -> Noun | None:
    """Read the noun that a figure counts, also behind a vague one: "hundreds of the other side's troops"."""
    noun = noun_behind(lower, figure.end, limit)
    if noun is None and figure.amount is None and lower.endswith(_OF_ONE, figure.start, figure.end):
        return noun_behind(lower, figure.end - len(_OF_ONE), limit)
    return noun


def _fate(
    around: Sentence, counted: Counted, words: Sequence[str], before: Sequence[Placed]
) -> tuple[str | None, int, str | None]:
    """Return what befell the counted, where the words end that tell it, and who they are."""
    lower, population = around.lower, counted.population
    outcome, until = outcome_of(lower, counted, around.events)
    if outcome == "captured" and not words and before and before[0].quantity.unit in outcome_words().won:
        outcome = None  # "won 91 seats, its rival captured 89"
    members = members_of(words) if population is None and outcome is None else None
    if members is None:
        return outcome, until, population
    of_members = outcome_of(lower, replace(counted, population=members), around.events)
    befell = of_members[1] == counted.end or _BEFELL.fullmatch(lower, counted.phrase_end, of_members[1])
    if of_members[0] in BEFALLS_THE_LIVING and befell:
        return (*of_members, members)
    return outcome, until, population


def _is_placed(around: Sentence, figure: Figure, before: Sequence[Placed], limit: int) -> bool:
    """Whether words about a bare number tell what it is of: "12 of them", "none of the 60", ", two badly"."""
    lower, amount = around.lower, figure.amount
    reach = max(around.span.start, figure.start - COUNT_REACH)
    # "One of those letters" counts none.
    of_them = figure.best != 1 and OF_THEM.match(lower, figure.end)
    share = amount is not None and amount.numeral.form == "fraction"
    if of_them or OF_NEXT.fullmatch(lower, figure.end, limit) or share:
        return True
    if _NONE_OF.search(lower, reach, figure.start):
        return True
    if not before:
        return False
    # "Of 200 families, 30 have come back."
    of_before = lower.startswith(_OF, around.span.start)
    badly = lower.endswith(", ", 0, figure.start) and _BADLY.match(lower, figure.end)
    opened = _OPENED.search(lower, reach, figure.start)
    # "lower than the 120 claimed by the rebels"
    compared = _CLAIMED.match(lower, figure.end) and SAME_COUNT.search(lower, reach, figure.start)
    return bool(of_before or badly or opened or compared)


def _is_none(text: str, lower: str, figure: Figure, amount: Amount) -> bool:
    """Whether a number says nothing of how many: a code, "30-year", "half" of a match, a named ordinal."""
    numeral = amount.numeral
    if amount.kind == "ordinal":
        return _NAMED.match(text, figure.end) is not None or text[figure.start].isupper()
    if amount.kind != "count":
        return False
    if lower.endswith("every ", 0, figure.start) or lower.startswith(" times ", figure.end):
        return True  # "9 of every 10", "three times as many"
    if lower.endswith(ALL_BUT, 0, figure.start) and OF_NEXT.match(lower, figure.end) is None:
        return True  # "all but three"
    if numeral.code or numeral.glued or _ADJECTIVAL.match(lower, figure.end):
        return True
    if _DIFFERS.match(lower, figure.end):
        return True
    begin = max(0, figure.start - _LOOK_BACK)
    if amount.value == 1 and _NOT_ONE.search(lower, begin, figure.start):
        return True  # "not one of the 14"
    if _PARENT_OF.search(lower, begin, figure.start):
        return True  # "a mother of three"
    share = numeral.form == "fraction" and abs(numeral.value) < 1
    # "Half" of a match, but "three out of four houses"
    ratio = _RATIO.search(lower, figure.start, figure.end) is not None
    return share and not ratio and _SHARE_OF.match(lower, figure.end) is None


def _share(one: Quantity) -> bool:
    known = [end for end in (one.low, one.best, one.high) if end is not None]
    return bool(known) and all(0 < end < 1 for end in known)


def _as_percent(one: Quantity) -> Quantity:
    """Return "two thirds of the land" as the per cent it is, so that it can be compared."""
    low, best, high = (
        None if end is None else round(end * _HUNDRED, 10) for end in (one.low, one.best, one.high)
    )
    return replace(
        one, kind="percent", unit="percent", low=low, best=best, high=high, outcome=None, population=None
    )


def _no_count(amount: Amount | None, one: Quantity) -> bool:
    """Whether a figure states no count of things.

    Two and a half people are a rate; 1.200 of anything is 1200 or 1.2, and nothing in the text tells which.
    """
    if amount is None:
        return False
    return amount.numeral.ambiguous or (one.population is not None and isinstance(one.best, float))


def _uncounted(one: Quantity) -> Quantity:
    return replace(one, low=None, best=None, high=None, bound="vague", outcome=None)
