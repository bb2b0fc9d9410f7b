"""What search is about: words, cut and folded in Python, by the same function for texts, queries and marks.

So what an index finds is exactly what is marked in the answers, whichever database holds it
(`ledger.fulltext`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sayso.core.spans import Span, hull

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„«»", '"'))
# Joiners inside a word of Persian, or of an Indian language.
_JOINERS = "\u200c\u200d"
_TATWEEL = "\u0640"  # stretches an Arabic word and means nothing

Phrase = tuple[str, ...]


class Listed(NamedTuple):
    """What is indexed of a claim."""

    number: int
    words: str
    marks: str


class Asked(NamedTuple):
    """What a claim must have to be found: all of these phrases, and of each group of marks one."""

    phrases: tuple[Phrase, ...] = ()
    marks: tuple[tuple[str, ...], ...] = ()

    def and_one_of(self, *marks: str) -> "Asked":
        """Return what is asked with one more group."""
        return Asked(self.phrases, (*self.marks, marks))


def words(content: str) -> Iterator[tuple[Span, str]]:
    """Yield the words of a text, each with its span and its folded form."""
    for span in _word_spans(content):
        folded = _folded(content[span.start : span.end])
        if folded:
            yield span, folded


def folded_words(content: str) -> str:
    """Return the folded words of a text with blanks between them: what is indexed."""
    return " ".join(folded for _, folded in words(content))


def _word_spans(content: str) -> Iterator[Span]:
    start = end = None
    for match in _WORD.finditer(content):
        if end is not None and start is not None and match.start() != end:
            yield Span(start, end)
            start = None
        start = match.start() if start is None else start
        end = _after_marks(content, match.end())
    if start is not None and end is not None:
        yield Span(start, end)


def _after_marks(content: str, at: int) -> int:
    # Combining marks and joiners are no letters for `re`, but they stand inside words.
    while at < len(content) and not content[at].isascii() and _continues_word(content[at]):
        at += 1
    return at


@lru_cache(maxsize=4096)
def _continues_word(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character).startswith("M")


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return "".join(c for c in unicodedata.normalize("NFKD", bare.casefold()) if _tells_words_apart(c))


def _tells_words_apart(character: str) -> bool:
    # Vowel signs of Indian scripts are marks, but a word without them is another word.
    sign = unicodedata.category(character) in {"Mc", "Mn"} and not "\ufe00" <= character <= "\ufe0f"
    return (character.isalnum() or sign) and character != _TATWEEL


def phrases(query: str) -> tuple[Phrase, ...]:
    """Return what a query asks for: single words and "quoted phrases", folded. No query is an error."""
    found = (
        tuple(folded for _, folded in words(quoted or bare))
        for quoted, bare in _QUOTED.findall(query.translate(_QUOTATION_MARKS))
    )
    return tuple(dict.fromkeys(phrase for phrase in found if phrase))


def marks(content: str, passage: Span, wanted: Iterable[Phrase]) -> tuple[Span, ...]:
    """Return where in a text the phrases stand inside a passage, in text order and not overlapping."""
    found = [
        (Span(span.start + passage.start, span.end + passage.start), folded)
        for span, folded in words(passage.of(content))
    ]
    folded = [word for _, word in found]
    marked = sorted(
        hull((found[at][0], found[at + len(phrase) - 1][0]))
        for phrase in wanted
        for at in range(len(folded) - len(phrase) + 1)
        if tuple(folded[at : at + len(phrase)]) == phrase
    )
    return tuple(_merged(marked))


def _merged(spans: Sequence[Span]) -> Iterator[Span]:
    current: Span | None = None
    for span in spans:
        if current is None or not current.overlaps(span):
            if current is not None:
                yield current
            current = span
        else:
            current = hull((current, span))
    if current is not None:
        yield current
