"""The cues of negation: words, several words, affixes."""

from functools import cache

import msgspec

from sayso.language.lexicon import read_table


class NegationWords(msgspec.Struct, frozen=True, kw_only=True):
    """Cues in lower case; the table says what each list is for."""

    words: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    unnegated: frozenset[tuple[str, ...]]
    after_answer: frozenset[str]
    affixed: dict[str, frozenset[str]]  # by prefix, the words behind it that it negates
    un_not: frozenset[str]
    not_affixed: frozenset[str]
    less_not: frozenset[str]
    stopping: frozenset[str]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: str
    phrases: list[str]
    unnegated: list[str]
    after_answer: str
    un_not: str
    in_stems: str
    im_stems: str
    ir_stems: str
    il_stems: str
    dis_stems: str
    less_not: str
    stopping: str
    not_affixed: str


@cache
def negation_words() -> NegationWords:
    """Return the cues."""
    table = msgspec.convert(read_table("negation"), _Table)
    stems = {
        "in": table.in_stems,
        "im": table.im_stems,
        "ir": table.ir_stems,
        "il": table.il_stems,
        "dis": table.dis_stems,
    }
    return NegationWords(
        words=frozenset(table.words.split()),
        phrases=tuple(tuple(phrase.split()) for phrase in table.phrases),
        unnegated=frozenset(tuple(phrase.split()) for phrase in table.unnegated),
        after_answer=frozenset(table.after_answer.split()),
        affixed={prefix: frozenset(words.split()) for prefix, words in stems.items()},
        un_not=frozenset(table.un_not.split()),
        not_affixed=frozenset(table.not_affixed.split()),
        less_not=frozenset(table.less_not.split()),
        stopping=frozenset(table.stopping.split()),
    )
