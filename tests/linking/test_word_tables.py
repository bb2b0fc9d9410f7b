"""A table of words is read as the types of its fields say, and what is no such table is refused."""

import msgspec
import pytest

from sayso.linking.countwords import circumstances, count_words, one_word
from sayso.linking.lexicon import stem
from sayso.linking.tables import Firsts, Stems, Words, word_table


class _Strange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    nowhere: Words


def test_each_list_is_read_as_its_field_says() -> None:
    table = count_words()
    assert (type(table.nouns), type(table.vague), type(table.articles)) == (Firsts, Stems, Words)
    assert len({one_word(stem(word)) for word in ("freed", "freeing", "frees", "released")}) == 1
    assert "from" in table.prepositions - circumstances()


def test_a_table_of_other_words_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        word_table("counts", _Strange)
