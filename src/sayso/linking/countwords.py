"""The words by which counts are compared, from the table of counts."""

from functools import cache

import msgspec

from sayso.language.lexicon.figures import number_words
from sayso.linking.lexicon import is_past, stem
from sayso.linking.tables import Firsts, Stems, Words, word_table


class CountWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words by which counts are compared; of one noun or deed the first stands for all.

    `tellers` speak for any body. Of what is counted, `anybody` are populations and `amounts` and `distances`
    codes of units.
    """

    nouns: Firsts
    vague: Stems
    uncounted: Stems
    anybody: Words
    plurals: Words
    amounts: Words
    distances: Words
    deeds: Firsts
    lasting: Stems
    light: Stems
    not_now: Words
    parting: Stems
    articles: Words
    prepositions: Words
    telling_when: Words
    copulas: Words
    adverbs: Words
    hours: Stems
    tellers: Stems


@cache
def count_words() -> CountWords:
    """Return the words by which counts are compared."""
    return word_table("counts", CountWords)


@cache
def vague_nouns() -> frozenset[str]:
    """Return the stems that say too little by themselves of what is counted."""
    table = count_words()
    return frozenset(table.nouns.get(one, one) for one in table.vague)


@cache
def circumstances() -> frozenset[str]:
    """Return the prepositions and other words that say when, where, by whom or as what."""
    # "12 trucks from Sotto" are not all trucks: where they come from narrows them.
    return (count_words().prepositions - {"from"}) | count_words().telling_when


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
