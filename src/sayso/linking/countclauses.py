"""What the clause of a figure says of the counted: what is done with it, by whom, where to and of which."""

import re
from collections.abc import Iterator

from sayso.core.records import Quantity
from sayso.linking.countwords import circumstances, count_words, is_deed, number_stems, one_word
from sayso.linking.entries import Entry, in_sight
from sayso.linking.identity import Word, root, words_of
from sayso.linking.lexicon import is_past

_FAR_OFF = 300  # code points on either side of a figure that are read
# What ends the clause in which a figure stands.
BREAK = re.compile(
    r"[,;:.!?()](?=\s|$)|\s[–—-]+\s|\s(?:but|while|whereas|although|though|because|when|where|as)\s"
)
_AND = re.compile(r"\s(?:and|or)\s")
_BY = re.compile(r"\bby\s+(?![^\W\d_]+ing\b)")


def around(entry: Entry, quantity: Quantity) -> tuple[str, str]:
    """Return the words of a claim near a figure, before it and behind it."""
    return in_sight(entry, quantity.span, _FAR_OFF)


def clause_of(before: str, after: str) -> tuple[str, str]:
    """Return what stands before and behind a figure in its clause."""
    breaks = [found.end() for found in BREAK.finditer(before)]
    end = BREAK.search(after)
    return before[breaks[-1] if breaks else 0 :], after[: len(after) if end is None else end.start()]


def common_in(text: str) -> Iterator[str]:
    """Yield the stems of the common words of a text that are no deeds."""
    for word in words_of(text):
        if word.kind == "word" and not word.capital and not is_deed(text[word.start : word.end], word.key):
            yield word.key


def by_preposition(*texts: str) -> dict[str, frozenset[str]]:
    """Return the stems of the common words that follow each preposition until the next one."""
    table = count_words()
    found: dict[str, set[str]] = {}
    for text in texts:
        after = ""
        for word in words_of(text):
            written = text[word.start : word.end].casefold()
            if word.kind == "stop" and written not in table.articles:
                after = written if written in table.prepositions else ""
            elif after and word.kind == "word" and not word.capital:
                found.setdefault(after, set()).add(word.key)
    return {preposition: frozenset(stems) for preposition, stems in found.items()}


def narrowing(entry: Entry, right: str) -> Iterator[str]:
    """Yield what is said behind a figure of those it counts, and not where, when or by whom."""
    table, around_it = count_words(), circumstances()
    end = _AND.search(right)
    before, last, apart = "", "", False
    for word in words_of(right[: len(right) if end is None else end.start()]):
        written = right[word.start : word.end].casefold()
        if is_past(written) and last not in table.articles | around_it:
            apart = False  # "25 passengers on board fell ill"
        last = written
        if word.kind == "stop" and written not in table.articles | {"of"}:
            before, apart = written, written in around_it
        elif word.kind == "word" and not apart and not _says_little(written, word):
            name = root(right[word.start : word.end])
            if not word.capital:
                yield one_word(word.key)
            elif before in table.copulas and name in entry.face.names:
                yield name


def _says_little(written: str, word: Word) -> bool:
    table = count_words()
    adverb = written in table.adverbs or written.endswith("ly")
    return adverb or word.key in table.light | table.hours | number_stems()


def near(*texts: str) -> frozenset[str]:
    """Return the stems and roots of all words of some texts."""
    words = [(text[word.start : word.end], word) for text in texts for word in words_of(text)]
    return frozenset(one for written, word in words for one in (one_word(word.key), root(written)))


def agent_in(entry: Entry, left: str, right: str) -> frozenset[str]:
    """Return the roots of the name that acts: behind "by", else the first on the left that is no place."""
    by = _BY.search(right)
    if by is not None:
        return frozenset(_first_name(entry, right[by.end() :], after="by"))
    return frozenset(_first_name(entry, left, after=""))


def _first_name(entry: Entry, text: str, *, after: str) -> list[str]:
    table = count_words()
    run: list[str] = []
    before = after
    for word in words_of(text):
        name = root(text[word.start : word.end])
        if word.capital and word.kind == "word" and name in entry.face.names:
            run.append(name)
            continue
        if run and before not in table.prepositions:
            return run
        run = []
        written = text[word.start : word.end].casefold()
        before = before if written in table.articles else written
    return run if before not in table.prepositions else []


def deeds_of(left: str, right: str) -> frozenset[str]:
    """Return what is done with the counted: in its part of the clause between two "and", else in all."""
    before = [found.end() for found in _AND.finditer(left)]
    behind = _AND.search(right)
    nearest = (left[before[-1] if before else 0 :], right[: len(right) if behind is None else behind.start()])
    return frozenset(deeds_in(*nearest)) or frozenset(deeds_in(left, right))


def deeds_in(*texts: str) -> Iterator[str]:
    """Yield what is done in some texts, one word for one deed."""
    table = count_words()
    nominal = table.articles | table.prepositions | {"of", "after"}
    for text in texts:
        before = ""
        for word in words_of(text):
            written = text[word.start : word.end].casefold()
            # "After the fire", "under fire" tell of no shot.
            noun = before in nominal and not is_past(written)
            before = written
            if word.kind == "word" and not word.capital and not noun and is_deed(written, word.key):
                yield table.deeds.get(word.key, word.key)
