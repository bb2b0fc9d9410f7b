"""The words of a text that can be part of a time, run by run, each known by one letter for the grammar.

Most of a text is no time. One pass finds the runs of known words and keeps those with a word that only times
have; the rules of the grammar are regular expressions over one letter a word, so they read little.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

import msgspec

from sayso.claims.calendar import When, exact, first_day, resolved
from sayso.core.records import Number, TimeModifier
from sayso.core.spans import Span
from sayso.language.lexicon.calendar import calendar
from sayso.language.lexicon.figures import number_words

_TOKEN = re.compile(r"(\d+(?:,\d{3}(?!\d))*(?:[.:]\d+)*)|[^\W\d_]+|[-\u2013\u2014~/.,()'\u2019]")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_COMPACT = re.compile(r"(1[89]\d\d|20\d\d)(\d\d)(\d\d)")
_AFTER_MODAL = re.compile(r"\s+(?:have|be|not|also|still|never|i|we|he|she|they|it)\b", re.IGNORECASE)
_YEAR_AFTER = re.compile(r",?\s\d{4}\b")
_LONGEST_GAP = 4  # spaces and one line's end
_LONGEST_NUMBER = 15  # digits; longer ones are codes and keys, not counts
_MOST_DAYS = 31
_YEARS = range(1000, 3000)
_MONEY = frozenset("%$€£#")
# Verbs and first names as well as months or days, unless they have their capital.
_ALSO_WORDS = frozenset({"may", "march", "mar"})
# A run without one of these is no time.
_STRONG = frozenset({
    "month", "lowmonth", "weekday", "weekdays", "wd", "unit", "season", "ref", "deictic", "repeated",
    "feast", "y", "ymd", "slash", "th", "s", "q", "fy", "scale", "date",
})  # fmt: skip
_TAGS = (
    "d", "n", "y", "ymd", "dec", "clock", "num", "scale", "ord", "month", "lowmonth", "weekday", "weekdays",
    "wd", "unit", "season", "ref", "deictic", "repeated", "phase", "feast", "when", "stretch", "dur", "set",
    "impossible", "the", "a", "of", "in", "on", "at", "from", "to", "until", "between", "and", "or",
    "since", "before", "after", "by", "as", "during", "for", "over", "within", "about", "some", "couple",
    "almost", "more", "less", "than", "least", "most", "up", "no", "not", "last", "next", "following",
    "this", "same", "that", "each", "all", "another", "other", "once", "times", "ago", "later", "earlier",
    "onwards", "starting", "ending", "half", "rest", "fiscal", "school", "eve", "new", "q", "h", "fy", "s",
    "th", "date", "dash", "slash", "dot", "comma", "open", "close", "apostrophe",
)  # fmt: skip
# One letter a tag, from a block that has no meaning in a regular expression.
LETTERS = {tag: chr(0x4E00 + number) for number, tag in enumerate(_TAGS)}


class Duration(msgspec.Struct, frozen=True, kw_only=True):
    """Some units of time; None of a count is not stated."""

    parts: tuple[tuple[Number | None, str], ...]  # counts with ISO 8601 letters, largest unit first
    modifiers: tuple[TimeModifier, ...] = ()


class Word(NamedTuple):
    """A word, or what the grammar made of several: its tag, where it stands and what it says."""

    tag: str
    start: int
    end: int
    says: object

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class Context(msgspec.Struct, kw_only=True):
    """What a time is counted from: "two days later" from `named`, the last day a text named before it."""

    text: str
    written: date | None
    month_first: bool | None  # how the document writes 05/11/2020; None: it does not tell
    named: date | None = None

    @property
    def told(self) -> date | None:
        """The day of what is told: the last one named, else the day of writing."""
        return self.named or self.written

    def note(self, when: When) -> None:
        """Keep the last day a text named: a narrative counts from it."""
        if when.grain != "day" or when.modifiers or when.also is not None:
            return
        day = first_day(resolved(when, self.written))
        if day is not None and when.anchor != day:
            self.named = day

    def passed(self, words: Iterable[Word]) -> None:
        """Keep the last day that words name by themselves."""
        for word in words:
            if word.tag == "when" and isinstance(word.says, When) and word.says.anchor is None:
                self.note(word.says)

    def follows(self, word: Word) -> str:
        """Return the lower-case word right after one, or nothing where there is none."""
        found = _NEXT_WORD.match(self.text, word.end)
        return found[1] if found else ""


_NEXT_WORD = re.compile(r"\s{1,4}([a-z]{1,20})(?![\w])")

Action = Callable[[Sequence[Word], Context], "Word | list[Word] | None"]


class Rules:
    """One level of the grammar: patterns over the names of tags, the first that fits wins."""

    def __init__(self, *rules: tuple[str, Action]) -> None:
        self._rules = rules

    @cached_property
    def _compiled(self) -> tuple[re.Pattern[str], list[re.Pattern[str]]]:
        sources = [_in_letters(pattern) for pattern, _ in self._rules]
        return re.compile("|".join(f"(?:{source})" for source in sources)), [re.compile(s) for s in sources]

    def over(self, words: list[Word], context: Context) -> list[Word]:
        """Return the words with every part that a rule fits put in one; the context is told them in order."""
        anything, each = self._compiled
        letters = "".join([LETTERS[word.tag] for word in words])
        made: list[Word] = []
        at = 0
        while (found := anything.search(letters, at)) is not None:
            start = found.start()
            context.passed(words[at:start])
            made += words[at:start]
            at, result = self._at(start, letters, words, each, context)
            context.passed(result)
            made += result
        context.passed(words[at:])
        made += words[at:]
        return made

    def _at(
        self,
        start: int,
        letters: str,
        words: list[Word],
        each: list[re.Pattern[str]],
        context: Context,
    ) -> tuple[int, list[Word]]:
        for pattern, (_, action) in zip(each, self._rules, strict=True):
            found = pattern.match(letters, start)
            if found is None:
                continue
            result = action(words[start : found.end()], context)
            if result is not None:
                return found.end(), result if isinstance(result, list) else [result]
        return start + 1, [words[start]]


def _in_letters(pattern: str) -> str:
    """Turn a pattern over tag names into one over their letters; spaces only part names."""
    return re.sub(r"[a-z]+", lambda found: LETTERS[found[0]], pattern).replace(" ", "")


def tagged(tag: str, words: Sequence[Word], says: object) -> Word:
    """Return one word in place of several."""
    return Word(tag, words[0].start, words[-1].end, says)


def runs(text: str) -> Iterator[list[Word]]:
    """Yield the runs of words of which a time can be made, in order."""
    table = _table()
    held: list[Word] = []
    strong = False
    end = 0
    for match in _TOKEN.finditer(text):
        start = match.start()
        if match.lastindex:
            entry = _number(match[1], text, start, match.end())
        else:
            known = table.get(match.group())
            entry = known if known is None or known[0] not in _CHECKED else _checked(known, text, match, held)
        if held and (entry is None or (start != end and not _joins(text, end, start))):
            if strong:
                yield held
            held, strong = [], False
        if entry is None:
            continue
        end = match.end()
        held.append(Word(entry[0], start, end, entry[1]))
        strong = strong or entry[0] in _STRONG
    if strong:
        yield held


def _joins(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    return gap == " " or (len(gap) <= _LONGEST_GAP and gap.isspace() and gap.count("\n") <= 1)


def _number(digits: str, text: str, start: int, end: int) -> tuple[str, object] | None:
    before = text[max(0, start - 2) : start].rstrip()
    if len(digits) > _LONGEST_NUMBER or before[-1:] in _MONEY or text[end : end + 1] in _MONEY:
        return None
    if ":" in digits:
        return "clock", digits
    if "." in digits or "," in digits:
        dotted = _DOTTED.fullmatch(digits)
        if dotted is None:
            return "dec", digits
        # With dots the day stands first, everywhere.
        return "ymd", When(grain="day", year=int(dotted[3]), month=int(dotted[2]), day=int(dotted[1]))
    compact = _COMPACT.fullmatch(digits)
    if compact is not None:
        year, month, day = map(int, compact.groups())
        return ("n", digits) if exact(year, month, day) is None else ("ymd", _day(year, month, day))
    value = int(digits)
    if len(digits) <= 2 and 1 <= value <= _MOST_DAYS:  # noqa: PLR2004 - digits of a day
        return "d", value
    return ("y", value) if len(digits) == 4 and value in _YEARS else ("n", digits)  # noqa: PLR2004 - and of a year


def _day(year: int, month: int, day: int) -> When:
    return When(grain="day", year=year, month=month, day=day)


# Words that are only sometimes what the table says.
_CHECKED = frozenset({"month", "lowmonth", "q", "h", "fy", "th", "s", "slash"})


def _checked(
    entry: tuple[str, object], text: str, match: re.Match[str], held: Sequence[Word]
) -> tuple[str, object] | None:
    before = held[-1] if held else None
    start, end = match.span()
    match entry[0]:
        case "month":
            return None if _AFTER_MODAL.match(text, end) and match[0].lower() == "may" else entry
        case "lowmonth":
            dated = before is not None and before.tag == "d" and _YEAR_AFTER.match(text, end)
            return entry if dated or (before is not None and before.tag in {"of", "th"}) else None
        case "q" | "h" | "fy":
            return entry if text[end : end + 2].strip()[:1].isdigit() else None
        case "th":
            return entry if before is not None and before.end == start and before.tag in {"d", "n"} else None
        case "slash":
            return entry if before is not None and before.end == start else None
        case _:
            close = before is not None and (before.end == start or text[before.end : start] == " ")
            tags = {"y", "d", "n", "unit", "apostrophe", "feast"}
            return entry if close and before is not None and before.tag in tags else None


def _by_tag() -> dict[str, Mapping[str, object]]:
    words, numbers = calendar(), number_words()
    return {
        "num": numbers.ones | numbers.tens,
        "scale": numbers.scales | numbers.dozens,
        "unit": words.units,
        "season": words.seasons,
        "ref": words.references,
        "deictic": words.days,
        "repeated": words.repeated,
        "ord": words.ordinals,
        "weekday": words.weekdays,
        "month": words.all_months,
        "phase": words.phases,
    }


@cache
def _table() -> dict[str, tuple[str, object]]:
    """Return every known word in lower case, with a capital, and in capitals."""
    words = calendar()
    feasts = ("christmas", *words.fixed_feasts, *words.moving_feasts)
    table: dict[str, tuple[str, object]] = {}

    def add(tag: str, word: str, says: object) -> None:
        for form in (word, word.capitalize(), word.upper()):
            table[form] = (tag, says)

    for word, tag in (words.joints | words.marks | dict.fromkeys(feasts, "feast")).items():
        add(tag, word, word)
    for tag, found in _by_tag().items():
        for word, says in found.items():
            add(tag, word, says)
    for word, day in words.weekdays.items():
        add("weekdays", f"{word}s", day)
    for word, day in words.weekday_abbreviations.items():
        table[word.capitalize()] = table[word.upper()] = ("wd", day)
    for word in _ALSO_WORDS & set(words.all_months):
        table[word] = ("lowmonth", words.all_months[word])
    for word in ("q", "h", "fy", "s", "st", "nd", "rd", "th"):
        table[word.upper()] = table[word]
    return table
