"""Verdicts on what somebody told: the words that call it untrue, half true, or leave that to others.

"Nobody said it was false", "would call it a lie" and "Is it false that …?" pass no verdict, and "half true"
passes none that is the claim's own or its denial.
"""

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from sayso.language.lexicon import forms_of, read_table

_LOOKED_BACK = 80  # code points before some words in which "would" or "nobody" stands
_SENTENCE_END = re.compile(r"[.!?;\n][”\"’')]*\s")
_ASKED = "?"
# "An official who would not be named said it was a lie": what withholds there is said of the speaker.
_OF_SPEAKER = re.compile(r"\b(?:who|which)\s+(?:\w+\s+){0,2}\Z")


class VerdictWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table of words; it says what each list is for."""

    adjectives: str
    nouns: str
    named: tuple[str, ...]
    truths: tuple[str, ...]
    not_so: tuple[str, ...]
    misjudged: str
    sayings: str
    degrees: str
    lacking: tuple[str, ...]
    affirming: tuple[str, ...]
    naming: str
    told: str
    in_part: tuple[str, ...]
    wholly: tuple[str, ...]
    some_truth: tuple[str, ...]
    withholding: tuple[str, ...]
    praising: str


@cache
def verdict_words() -> VerdictWords:
    """Return the words."""
    return msgspec.convert(read_table("brands"), VerdictWords)


@cache
def naming_forms() -> frozenset[str]:
    """Return the forms of the verbs by which somebody calls something so, in either spelling."""
    verbs = verdict_words().naming.split()
    doubled = (f"{verb}{ending}" for verb in verbs if verb.endswith("el") for ending in ("led", "ling"))
    return frozenset((*(form for verb in verbs for _, form in forms_of(verb)), *doubled))


@cache
def praising_forms() -> frozenset[str]:
    """Return the forms of the verbs by which somebody praises or thanks for a deed."""
    return frozenset(form for verb in verdict_words().praising.split() for _, form in forms_of(verb))


def is_half_true(text: str, start: int = 0, end: int | None = None) -> bool:
    """Tell whether words call something true or untrue in part: "is half true", "not entirely accurate"."""
    return _half_true().search(text, start, len(text) if end is None else end) is not None


def is_withheld(text: str, start: int, end: int) -> bool:
    """Tell whether the words from `start` to `end` only name a verdict that nobody passes there.

    They ask whether something is untrue, or tell that somebody would say so, or does not. The words of their
    sentence before them count.
    """
    called = _called_before().search(text, max(0, start - _LOOKED_BACK), start)
    if called is not None:
        start = called.start()
    if _brand().search(text, start, end) is None:
        return False
    if _ASKED in text[end - 1 : end + 1]:
        return True
    begin = max(0, start - _LOOKED_BACK)
    for found in _SENTENCE_END.finditer(text, begin, start):
        begin = found.end()
    named = (one for words in (_withheld(), _negated()) for one in words.finditer(text, begin, end))
    return any(one.end() > start and not _OF_SPEAKER.search(text, begin, one.start()) for one in named)


@cache
def _half_true() -> re.Pattern[str]:
    table = verdict_words()
    judged = _one_of([*table.truths, *table.adjectives.split(), "right", "wrong"])
    some = _one_of(table.some_truth)
    parts = rf"(?:\b{_one_of(table.in_part)}|n['’]t\s+{_one_of(table.wholly)})"
    return re.compile(
        rf"(?:{parts}[\s-]+{judged}|\b{judged}\s+(?:only\s+)?in\s+part|\bhalf[\s-]truths?|\b{some})\b",
        re.IGNORECASE,
    )


@cache
def _brand() -> re.Pattern[str]:
    table = verdict_words()
    return re.compile(rf"\b{_one_of([*table.adjectives.split(), *table.nouns.split()])}\b", re.IGNORECASE)


@cache
def _negated() -> re.Pattern[str]:
    """Return what finds a verdict that is negated itself: "is not false", "is no lie"."""
    return re.compile(
        rf"(?:\b(?:not|never|no)|(?<=[a-z])n['’]t)\s+(?:an?\s+)?{_brand().pattern}", re.IGNORECASE
    )


@cache
def _called_before() -> re.Pattern[str]:
    """Return what finds the verdict right before a clause: "would call it [false that] X"."""
    return re.compile(rf"{_brand().pattern}\s+that\s+\Z", re.IGNORECASE)


@cache
def _withheld() -> re.Pattern[str]:
    table = verdict_words()
    said = [form for verb in table.sayings.split() for _, form in forms_of(verb)]
    saying = rf"\b{_one_of([*said, 'said', 'says', 'say', *naming_forms()])}\b"
    # Before the verb and behind it stands no other verb of saying, whose verdict it would be.
    told = table.told.split()
    other = rf"(?!{_one_of({*said, 'said', 'says', *naming_forms()}.difference(told))}\b|(?:but|and)\b)"
    between = rf"(?:{other}[^\s.;!?]{{1,40}}\s+){{0,14}}?"
    brand = rf"(?:[“\"'‘]|\ba\s+|\ban\s+)?{_one_of([*table.adjectives.split(), *table.nouns.split()])}\b"
    return re.compile(
        rf"(?:\b(?:{_one_of(table.withholding)})|(?<=[a-z])n['’]t)\s+(?!only\b|just\b|merely\b|but\b)"
        rf"(?:{other}[\w’']{{1,40}}\s+){{0,4}}?{saying}\s+{between}{brand}",
        re.IGNORECASE,
    )


def _one_of(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda one: (-len(one), one))
    joined = "|".join(r"\s+".join(map(re.escape, one.split())) for one in longest_first)
    return f"(?:{joined})"
