"""Full-text search: the one module that speaks a database's own language for it (here SQLite's FTS5).

Words are cut and folded in Python, by the same function for the texts, the queries and the marks in the
answers, so that what the index finds is exactly what is marked. FTS5 sees folded words with blanks between
them and splits at nothing else.

There are two indexes: `search` over the passages of the documents, and `claim_search` over the claims' own
words and the marks that they are filtered by, so that one question answers words and filters together.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, Select, column, insert, select, table, text

from sayso.core.spans import Span, hull
from sayso.ledger import schema

_INDEX = table("search", column("rowid"), column("words"), column("rank"), column("search"))
_CLAIMS = table(
    "claim_search", column("rowid"), column("words"), column("marks"), column("rank"), column("claim_search")
)
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


def create(connection: Connection) -> None:
    """Make the index over the table of passages."""
    # The `ascii` tokenizer takes every other character for a letter: it only splits at our blanks.
    connection.execute(
        text(
            "CREATE VIRTUAL TABLE search USING fts5"
            "(words, content='passages', content_rowid='number', tokenize='ascii')"
        )
    )


def create_claims(connection: Connection) -> None:
    """Make the index over the claims that are listed."""
    connection.execute(
        text(
            "CREATE VIRTUAL TABLE claim_search USING fts5"
            "(words, marks, content='listed', content_rowid='number', tokenize='ascii')"
        )
    )


def index_claims(connection: Connection, listed: Iterable[Listed]) -> None:
    """Add claims by their number."""
    rows = [{"rowid": number, "words": words, "marks": marks} for number, words, marks in listed]
    if rows:
        connection.execute(insert(_CLAIMS), rows)


def forget_claims(connection: Connection, listed: Iterable[Listed]) -> None:
    """Take claims out of the index; they must be given as they were added."""
    rows = [
        {"claim_search": "delete", "rowid": number, "words": words, "marks": marks}
        for number, words, marks in listed
    ]
    if rows:
        connection.execute(insert(_CLAIMS), rows)


def compare_claims(connection: Connection) -> None:
    """Compare the index with the listed claims, word by word; raises DatabaseError when they differ."""
    connection.execute(insert(_CLAIMS), {"claim_search": "integrity-check", "rank": 1})


def claim_numbers(asked: Asked, *, above: int | None = None, below: int | None = None) -> Select[int]:
    """Return the numbers of the claims that have what is asked, in their order, between two others.

    At least one phrase or group must be asked for.
    """
    parts = [f'words : "{" ".join(phrase)}"' for phrase in asked.phrases]
    parts += [f"marks : ({' OR '.join(map(_quoted, group))})" for group in asked.marks]
    number = _CLAIMS.c.rowid
    wanted = select(number).where(_CLAIMS.c.claim_search.op("MATCH")(" AND ".join(parts)))
    if above is not None:
        wanted = wanted.where(number > above)
    if below is not None:
        wanted = wanted.where(number < below)
    return wanted.order_by(number)


def _quoted(mark: str) -> str:
    return f'"{mark}"'


def index(connection: Connection, passages: Sequence[tuple[int, str]]) -> None:
    """Add passages by their number and folded words."""
    rows = [{"rowid": number, "words": words} for number, words in passages]
    if rows:
        connection.execute(insert(_INDEX), rows)


def compare(connection: Connection) -> None:
    """Compare the index with the passages, word by word; raises DatabaseError when they differ."""
    connection.execute(insert(_INDEX), {"search": "integrity-check", "rank": 1})


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


def passages(connection: Connection, wanted: Sequence[Phrase], limit: int) -> Iterator[tuple[str, Span]]:
    """Yield the documents and spans of at most `limit` passages that hold every phrase, the best first."""
    if not wanted:
        return
    match = " AND ".join(f'"{" ".join(phrase)}"' for phrase in wanted)
    rows = connection.execute(
        select(schema.passages.c.document, schema.passages.c.start, schema.passages.c.end)
        .join(_INDEX, _INDEX.c.rowid == schema.passages.c.number)
        .where(_INDEX.c.search.op("MATCH")(match))
        .order_by(_INDEX.c.rank, schema.passages.c.document, schema.passages.c.start)
        .limit(limit)
    )
    for row in rows:
        yield row.document, Span(row.start, row.end)


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
