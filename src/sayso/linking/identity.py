"""What two claims are compared by: folded content words, names, figures, negation; never who is a party."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import msgspec

from sayso.core.records import Number, Quantity, Time
from sayso.core.spans import Span, Spans, hull
from sayso.language.encoder.words import is_name as is_named
from sayso.language.encoder.words import ordinary
from sayso.language.lexicon import names
from sayso.language.lexicon.verdicts import is_half_true, is_withheld
from sayso.linking.dates import Days, can_be, days_of
from sayso.linking.lexicon import (
    BEFORE_A_LIE,
    COMPASS,
    LABELS,
    LIES,
    NEGATIONS,
    OFFICES,
    POINTERS,
    STATE_FORMS,
    STOP_WORDS,
    calendar_stems,
    small_numbers,
    stem,
)

WordKind = Literal["word", "stop", "negation", "number"]

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]{1,64}(?:['’][^\W\d_]{1,8})?")
_LOWER = re.compile(r"(?<![^\W_])[a-z]{2,}(?![^\W_])")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;•\n\"“«])[\s\"“‘«•*–-]*$")
# In a text as it was published; what closes a claim's own sentence, brackets too, `entries` reads.
SENTENCE_END = re.compile(r"[.!?…][\"”»]?\s|\n")
_START_CONTEXT = 12  # code points looked back for a sentence's start
_MARKS = frozenset("\"“”„«»'‘’")
_POINTED = 3  # words between "these" and the noun it points at, the noun included
_TELLING = (["is", "that"], ["was", "that"], ["are", "that"], ["were", "that"])

# What is taken off a name so that a state and its people agree ("Vesland", "Veslandi"), longest first.
_NAME_ENDINGS = ("ians", "ian", "ish", "ese", "ans", "ia", "an", "is", "a", "i", "n", "s", "y")
_SHORTEST_ROOT = 4
_UNITED = "United "


class Word(NamedTuple):
    """One word of a text: where it stands (code points) and what it counts as."""

    start: int
    end: int
    key: str  # the stem, or the figure without separators
    kind: WordKind
    capital: bool


class Face(msgspec.Struct, frozen=True):
    """What a claim is compared by."""

    stems: tuple[str, ...]  # content words in text order, names among them
    names: tuple[str, ...]  # roots of the names, in text order
    roots: frozenset[str]  # roots of all content words: what is no name here may be one elsewhere
    figures: frozenset[str]
    dates: frozenset[Days]  # those that tell one day from another
    negated: bool
    labelled: bool  # brands something as false
    agent: str | None  # the name that acts, where word order tells it from the others
    leaves_open: bool = False  # names a verdict that it does not pass, or passes in part


class Weighed(NamedTuple):
    """A face made ready to be compared many times."""

    face: Face
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]  # neighbouring content words
    total: float  # the sum of the weights of the stems


@lru_cache(maxsize=1 << 16)
def root(name: str) -> str:
    """Return what a state, its adjective and its people have in common ("Vesland", "Veslandi")."""
    name = name.casefold().replace("’", "'").split("'")[0]
    shorter = True
    while shorter:
        ending = next(
            (e for e in _NAME_ENDINGS if name.endswith(e) and len(name) - len(e) >= _SHORTEST_ROOT), ""
        )
        name = name.removesuffix(ending)
        shorter = bool(ending)
    return name


@lru_cache(maxsize=1 << 16)
def _classified(written: str) -> tuple[str, WordKind, bool]:
    if written[0].isdigit():
        return written.replace(",", "").rstrip("."), "number", False
    folded = written.casefold().replace("’", "'")
    capital = written[0].isupper()
    if folded in NEGATIONS:
        return folded, "negation", False
    if folded in STOP_WORDS:
        return folded, "stop", False
    if folded in small_numbers():
        return small_numbers()[folded], "number", False
    return stem(written), "word", capital


def words_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yield the words of `text[start:end]` in order.

    The small words of a name ("Jan van der Berg", "Omar al-Fadl") count as no word of it: they are written
    small, large or not at all.
    """
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        key, kind, capital = _classified(match[0])
        if kind == "word" and _is_particle(text, match):
            kind = "stop"
        yield Word(match.start(), match.end(), key, kind, capital)


def _is_particle(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word is a small one inside a name: "van" in "van der Berg", and no van."""
    word = match[0].casefold()
    hyphen = text[match.end() : match.end() + 1] == "-"
    if word not in names().particles and not (hyphen and word in names().articles):
        return False
    return _before_a_name().match(text, match.end()) is not None


@cache
def _before_a_name() -> re.Pattern[str]:
    """Return what stands between a small word of a name and the next word with a capital."""
    particles = "|".join(sorted(names().particles))
    return re.compile(rf"[ \u00a0-](?i:(?:{particles})[ \u00a0-]){{0,2}}[^\W\d_a-z]")


def common_words(text: str) -> set[str]:
    """Return the stems that a capital does not make names.

    Those are the words that the text also writes in lower case, and at the start of a sentence the words that
    are ordinary in any text.
    """
    opening = (match for match in _WORD.finditer(text) if match[0][0].isupper())
    known = ordinary()
    return {stem(word) for word in set(_LOWER.findall(text))} | {
        stem(match[0])
        for match in opening
        if starts_sentence(text, match.start()) and not is_named(match[0], known)
    }


def starts_sentence(text: str, at: int) -> bool:
    """Tell whether the word at `at` may be capital only because a sentence starts there."""
    return _SENTENCE_START.search(text[max(0, at - _START_CONTEXT) : at]) is not None


def is_name(word: Word, text: str, common: frozenset[str] | set[str]) -> bool:
    """Tell whether a word is written as a name; `common` are the stems that occur in lower case."""
    if word.kind != "word" or word.key in calendar_stems():
        return False
    if word.key in COMPASS:
        return True
    return word.capital and not (word.key in common and starts_sentence(text, word.start))


def names_in(text: str, common: frozenset[str] | set[str] = frozenset()) -> frozenset[str]:
    """Return the roots of the names in a text, without titles and offices that also occur in lower case."""
    return frozenset(
        root(text[w.start : w.end])
        for w in words_of(text)
        if is_name(w, text, common)
        and (w.key not in common or w.key in COMPASS)
        and (w.key not in OFFICES or _is_united(text, w))
    )


def face_of(
    text: str,
    spans: Spans,
    *,
    quantities: Sequence[Quantity] = (),
    times: Sequence[Time] = (),
    common: frozenset[str] | set[str] = frozenset(),
) -> Face:
    """Return what the words at `spans` are compared by.

    Figures come from the quantities where these were read, and from the digits elsewhere; the words of a
    time are left out, its value stands in their place.
    """
    dated = [time.span for time in times]
    counted = [quantity.span for quantity in quantities if figure_of(quantity) is not None]
    words = [w for span in spans for w in words_of(text, span.start, span.end) if not _inside(w, dated)]
    mocked = {i for i in range(len(words)) if _mocked(text, words, i)}
    content = [w for i, w in enumerate(words) if w.kind == "word" and i not in mocked]
    leaves_open = _leaves_open(text, spans)
    names = [w for w in content if is_name(w, text, common) and not _generic(text, w, common)]
    return Face(
        stems=tuple(_compared_by(w, text, common) for w in content if w.key not in LABELS),
        names=tuple(root(text[w.start : w.end]) for w in names),
        roots=frozenset(root(text[w.start : w.end]) for w in content),
        figures=frozenset(
            [f for f in map(figure_of, quantities) if f is not None]
            + [w.key for w in words if w.kind == "number" and not _inside(w, counted)]
        ),
        dates=frozenset(days for time in times for days in days_of(time)),
        negated=any(_negates(words, i) for i in range(len(words))),
        labelled=(any(_brands(words, i) for i in range(len(words))) and not leaves_open)
        or any(_tells_on(words, i) for i in mocked),
        agent=_agent(text, words, names),
        leaves_open=leaves_open,
    )


def _leaves_open(text: str, spans: Spans) -> bool:
    """Tell whether a label is asked about, withheld or given in part: "nobody said it was false"."""
    whole = hull(spans)
    return is_withheld(text, whole.start, whole.end) or is_half_true(text, whole.start, whole.end)


def _inside(word: Word, spans: Sequence[Span]) -> bool:
    return any(span.start <= word.start < span.end for span in spans)


def figure_of(quantity: Quantity) -> str | None:
    """Return what a quantity is compared by: its number or its ends; nothing for an ordinal."""
    if quantity.kind == "ordinal":  # the third attack is not three attacks
        return None
    if quantity.best is not None:
        return _digits(quantity.best)
    ends = [_digits(end) for end in (quantity.low, quantity.high) if end is not None]
    return "-".join(ends) or None


def _digits(number: Number) -> str:
    """Return all the digits of a number, with no point where it is whole."""
    return str(int(number) if isinstance(number, float) and number.is_integer() else number)


def _negates(words: Sequence[Word], at: int) -> bool:
    following = words[at + 1] if at + 1 < len(words) else None
    if words[at].kind != "negation" or following is None:
        return words[at].kind == "negation"
    # "Not only", "not just" and "nothing but" affirm; "five soldiers, not four" gives another figure.
    corrects = words[at].key == "not" and following.kind == "number"
    return following.key not in {"only", "just", "but"} and not corrects


def _generic(text: str, word: Word, common: frozenset[str] | set[str]) -> bool:
    """Tell whether a capital word also stands in lower case, or is what many states are called."""
    if word.key in COMPASS or _is_united(text, word):
        return False
    return word.key in common or word.key in STATE_FORMS


def _is_united(text: str, word: Word) -> bool:
    """Tell whether a word that is in many names is all that tells one from another: the United States."""
    behind = text.endswith(_UNITED, 0, word.start)
    return (word.key in STATE_FORMS and word.capital and behind) or text.startswith(_UNITED, word.start)


def _compared_by(word: Word, text: str, common: frozenset[str] | set[str]) -> str:
    """Return the stem of a word, and of a name the root, so that a state and its army agree."""
    if not word.capital or word.key in common:
        return word.key
    return root(text[word.start : word.end])


def _brands(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.kind != "word" or word.key not in LABELS:
        return False
    return word.key not in LIES or (at > 0 and words[at - 1].key in BEFORE_A_LIE)


def _mocked(text: str, words: Sequence[Word], at: int) -> bool:
    """Tell whether a noun is put in quotation marks after a word that points at it: 'these "reports"'."""
    word = words[at]
    alone = text[max(0, word.start - 1) : word.start] in _MARKS and text[word.end : word.end + 1] in _MARKS
    return alone and word.kind == "word" and any(w.key in POINTERS for w in words[max(0, at - _POINTED) : at])


def _tells_on(words: Sequence[Word], at: int) -> bool:
    """Tell whether a mocked noun is told: 'one of these "reports" is that …'."""
    return [w.key for w in words[at + 1 : at + 3]] in _TELLING


def _agent(text: str, words: Sequence[Word], names: Sequence[Word]) -> str | None:
    if len(names) < 2 or _coordinated(words, names[0], names[1]):  # noqa: PLR2004 - it takes two
        return None
    by = next((words[i].start for i in range(len(words)) if _opens_an_agent(text, words, i)), None)
    # "Was shelled by Vesland": in a passive the one who acts stands right after "by".
    if by is not None and (after := next((n for n in names if n.start > by), None)) is not None:
        return root(text[after.start : after.end])
    return root(text[names[0].start : names[0].end])


def _opens_an_agent(text: str, words: Sequence[Word], at: int) -> bool:
    """Tell whether a word is the "by" of a passive and not that of "by shelling Vesland"."""
    following = words[at + 1] if at + 1 < len(words) else None
    if words[at].key != "by":
        return False
    return following is None or not text[following.start : following.end].endswith("ing")


def _coordinated(words: Sequence[Word], first: Word, second: Word) -> bool:
    between = [w.key for w in words if first.end <= w.start < second.start]
    return "and" in between[:3] or "or" in between[:3]


def same_day(left: frozenset[Days], right: frozenset[Days]) -> bool:
    """Tell whether two sets of dates can mean the same day; an empty set can mean any."""
    return not left or not right or any(can_be(a, b) for a in left for b in right)
