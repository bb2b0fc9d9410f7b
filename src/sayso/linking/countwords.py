"""The words by which counts are compared, from the table of counts."""

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from sayso.language.lexicon import read_table
from sayso.language.lexicon.figures import number_words
from sayso.linking.lexicon import is_past, stem


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    nouns: list[str]
    vague: str
    uncounted: str
    anybody: str
    plurals: str
    amounts: str
    distances: str
    deeds: list[str]
    lasting: str
    light: str
    not_now: str
    parting: str
    articles: str
    prepositions: str
    telling_when: str
    copulas: str
    adverbs: str
    hours: str
    tellers: str


class CountWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words by which counts are compared; of one noun or deed the first stands for all.

    Stems are `nouns`, `vague`, `uncounted`, `deeds`, `lasting`, `light`, `parting`, `hours` and `tellers`,
    who speak for any body. Of what is counted, `anybody` are populations and `amounts` and `distances` codes
    of units. The others are words in lower case; `circumstances` are the prepositions and other words that
    say when, where, by whom or as what.
    """

    nouns: Mapping[str, str]
    vague: frozenset[str]
    uncounted: frozenset[str]
    anybody: frozenset[str]
    plurals: frozenset[str]
    amounts: frozenset[str]
    distances: frozenset[str]
    deeds: Mapping[str, str]
    lasting: frozenset[str]
    light: frozenset[str]
    not_now: frozenset[str]
    parting: frozenset[str]
    articles: frozenset[str]
    prepositions: frozenset[str]
    circumstances: frozenset[str]
    copulas: frozenset[str]
    adverbs: frozenset[str]
    hours: frozenset[str]
    tellers: frozenset[str]


@cache
def count_words() -> CountWords:
    """Return the words by which counts are compared."""
    table = msgspec.convert(read_table("counts"), _Table)
    nouns, deeds = _by_first(table.nouns), _by_first(table.deeds)
    prepositions = _words(table.prepositions)
    return CountWords(
        nouns=nouns,
        vague=frozenset(nouns.get(one, one) for one in _stems(table.vague)),
        uncounted=_stems(table.uncounted),
        anybody=_words(table.anybody),
        plurals=_words(table.plurals),
        amounts=_words(table.amounts),
        distances=_words(table.distances),
        deeds=deeds,
        lasting=_stems(table.lasting),
        light=_stems(table.light),
        not_now=_words(table.not_now),
        parting=_stems(table.parting),
        articles=_words(table.articles),
        prepositions=prepositions,
        # "12 trucks from Sotto" are not all trucks: where they come from narrows them.
        circumstances=(prepositions - {"from"}) | _words(table.telling_when),
        copulas=_words(table.copulas),
        adverbs=_words(table.adverbs),
        hours=_stems(table.hours),
        tellers=_stems(table.tellers),
    )


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _stems(listed: str) -> frozenset[str]:
    return frozenset(map(stem, listed.split()))


def _by_first(groups: Sequence[str]) -> dict[str, str]:
    listed = [list(map(stem, group.split())) for group in groups]
    return {other: first for first, *others in listed for other in (first, *others)}


@cache
def number_stems() -> frozenset[str]:
    """Return the stems of number words."""
    words = number_words()
    return frozenset(
        map(stem, [*words.scales, *words.dozens, *words.ones, *words.tens, *words.vague, "dozen"])
    )


def one_word(key: str) -> str:
    """Return the first of the words that are one noun or one deed, all as stems."""
    table = count_words()
    return table.deeds.get(key, table.nouns.get(key, key))


def is_deed(written: str, key: str) -> bool:
    """Tell whether a lower-case word with its stem says what is done with the counted."""
    return key in count_words().deeds or (is_past(written) and key not in count_words().light)
