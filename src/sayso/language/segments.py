"""Paragraphs, sentences, tokens and quotations of a text, all as code-point spans; linear in its length."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import accumulate, zip_longest

import msgspec

from sayso.core.spans import Span, trimmed
from sayso.language.furniture import LONGEST_LINE, is_furniture, is_furniture_line
from sayso.language.heads import HeadLine, head_lines
from sayso.language.lexicon import grammar, names

# Unicode words with inner apostrophes and hyphens; numbers keep their separators; all else one by one.
_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?\b"
    r"|\w[\w\u0300-\u036f]*(?:[-’'\u2010\u2011.]\w[\w\u0300-\u036f]*)*|[^\w\s]"
)
_CLITIC = re.compile(r"(?:n[’']t|[’'](?:s|re|ve|ll|d|m))$", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-–—•*·▪◦]\s+|\(?\d{1,2}[.)]\s+|\([a-z]\)\s+)")
# A run of marks is tried once, from its first: the look behind keeps a text of dots linear.
_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"”’»'“)\]]*(?=\s|$)|(?<![.!?])[.!?]++[\"”’»)\]]*(?=[“\"«][A-Z])"
)
# Opening mark to the marks that close it; a straight mark's job is told by the characters around it.
_CLOSERS = {"“": '”“"', "«": "»", "„": '“”"', "‟": "”", "「": "」", "”": "”"}
_LONGEST_ABBREVIATED = 60
# "MR. BRENN: ", "Ada Brenn: ", "THE PRESIDENT — ": what may name the speaker of a turn.
_SPEAKER = re.compile(
    r"(?:(?P<bracket>\[)(?=[^\]\n]{1,80}\]:))?"
    r"(?P<who>[^\W\d_][\w\u0300-\u036f.’'-]*(?:[ ][\w\u0300-\u036f.’'-]+){0,7})"
    r"(?(bracket)\])(?P<mark>:|[ ][—–])(?:\s+|$)"
)
# What divides a word of a name into parts; one of them has the capital: "al-Brenn", "d'Orrin", "ʿAdan".
_NAME_PART = re.compile(r"[-’'.\u02bb-\u02bf]")
_INSIDE_A_NAME = frozenset({"of", "the", "and", "for"})
_LONGEST_LABEL = 7  # words
# Whole labels; each may have "the" before it and a number behind it.
_ASKING = frozenset({"question", "q", "host", "presenter", "interviewer", "moderator", "reporter", "chair"})
_ANSWERING = frozenset({"answer", "a"})
_NUMBERED = re.compile(r"[\s.\d]+$")
# "Begin text:", "End of statement.", "ENDS": lines that say where a document within a page begins and ends.
_DOCUMENT = r"(?:of\s+)?(?:the\s+)?(?:[\w-]+\s+)?(?:text|{papers}|transcript|excerpts?|quote|speech)"


class Token(msgspec.Struct, frozen=True, array_like=True):
    """One word or mark: its offsets and its lower-case form."""

    start: int
    end: int
    lower: str

    @property
    def span(self) -> Span:
        """Where the token stands."""
        return Span(self.start, self.end)


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """Words in quotation marks. `outer` holds the marks; an unclosed one ends with its paragraph."""

    outer: Span
    inner: Span
    closed: bool
    continued: bool  # a further paragraph of a quotation whose mark was opened again


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence, or one line of a list or a heading."""

    span: Span
    paragraph: int  # index into Segments.paragraphs
    bullet: bool  # an item of a list; the span starts after its sign


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """What one speaker of a transcript says before the next one: "MR. BRENN: We stay.", and on from there."""

    label: Span
    body: Span
    asks: bool  # a questioner, or whoever leads the talk


class Segments:
    """A text cut up once, so that every stage counts the same sentences."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def head(self) -> tuple[HeadLine, ...]:
        """The lines before the first sentence that say something about the text."""
        return tuple(head_lines(self.text))

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Blocks of lines. A line that was only wrapped belongs to the block before it."""
        return tuple(_paragraphs(self.text, self.head))

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """Quotations in double marks, in text order, not nested."""
        found: list[Quotation] = []
        for paragraph in self.paragraphs:
            unclosed = bool(found) and not found[-1].closed
            found.extend(_quotations(self.text, paragraph, unclosed=unclosed))
        return tuple(found)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences in text order; they cover all that is not white space or a list's sign."""
        return tuple(
            sentence
            for number, paragraph in enumerate(self.paragraphs)
            for sentence in _sentences(self.text, paragraph, number)
        )

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """Turns of a transcript in text order; none where a text is no transcript."""
        return tuple(_turns(self.text, self.paragraphs))

    @cached_property
    def furniture(self) -> tuple[Span, ...]:
        """What stands around the text and claims nothing, in text order: its head, credits, rights, links.

        A label of a title is of it, the title is not; what a speaker says in his turn is not either.
        """
        return tuple(_furniture(self))

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Words and marks; a clitic ("'s", "n't") is a token of its own."""
        return tuple(_tokens(self.text))

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [quotation.outer.start for quotation in self.quotations]

    @cached_property
    def _letters(self) -> "array[int]":
        return array("L", accumulate(map(str.isalnum, self.text), initial=0))

    def letters_in(self, span: Span) -> int:
        """Return how many letters and digits a span holds."""
        return self._letters[span.end] - self._letters[span.start]

    def tokens_in(self, span: Span) -> Sequence[Token]:
        """Return the tokens that start inside a span."""
        low = bisect_right(self._token_starts, span.start - 1)
        return self.tokens[low : bisect_right(self._token_starts, span.end - 1)]

    def sentence_at(self, point: int) -> int:
        """Return the index of the sentence that holds a code point, or of the last one before it."""
        return max(0, bisect_right(self._sentence_starts, point) - 1)

    def paragraph_at(self, point: int) -> int:
        """Return the index of the paragraph that holds a code point, or of the last one before it."""
        return self.sentences[self.sentence_at(point)].paragraph if self.sentences else 0

    def sentences_in(self, span: Span) -> Sequence[Sentence]:
        """Return the sentences that share a code point with a span."""
        if not self.sentences:
            return ()
        low = self.sentence_at(span.start)
        high = bisect_right(self._sentence_starts, span.end - 1)
        return [s for s in self.sentences[low:high] if s.span.overlaps(span)]

    def quotation_at(self, point: int) -> Quotation | None:
        """Return the quotation that holds a code point, its marks included."""
        at = bisect_right(self._quotation_starts, point) - 1
        if at < 0 or self.quotations[at].outer.end <= point:
            return None
        return self.quotations[at]

    def quotation_after(self, point: int) -> Quotation | None:
        """Return the first quotation that starts at a code point or behind it."""
        at = bisect_left(self._quotation_starts, point)
        return self.quotations[at] if at < len(self.quotations) else None

    def quotations_in(self, span: Span) -> Sequence[Quotation]:
        """Return the quotations that start inside a span."""
        low = bisect_right(self._quotation_starts, span.start - 1)
        return self.quotations[low : bisect_right(self._quotation_starts, span.end - 1)]


@lru_cache(maxsize=2)
def segments_of(text: str) -> Segments:
    """Cut a text up, or return the cut of a text that was asked for just before.

    The stages of one document ask one after another; two texts cover a document and a nested call.
    """
    return Segments(text)


def begins_document(line: str) -> bool:
    """Say whether a line only tells that a text begins behind it: "Begin text:"."""
    return _document_edges()[0].fullmatch(line.strip()) is not None


def ends_document(line: str) -> bool:
    """Say whether a line only tells that a text has ended: "End text.", "ENDS"."""
    return _document_edges()[1].fullmatch(line.strip()) is not None


@cache
def _document_edges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    document = _DOCUMENT.format(papers="|".join(map(re.escape, sorted(names().papers))))
    return (
        re.compile(rf"\W*begin(?:ning)?\s+{document}\W*", re.IGNORECASE),
        re.compile(rf"\W*ends?(?:\s+{document})?\W*", re.IGNORECASE),
    )


def _furniture(segments: Segments) -> Iterator[Span]:
    text = segments.text
    head = [line.about for line in segments.head if line.about is not None]
    yield from head
    body = segments.head[-1].span.end if segments.head else 0
    # A speaker's label may look like one of a head, and his words are his.
    turning = {segments.paragraph_at(turn.label.start) for turn in segments.turns}
    for number, paragraph in enumerate(segments.paragraphs):
        if paragraph.start < body or number in turning:
            continue
        if is_furniture_line(paragraph.of(text)):
            yield paragraph
            continue
        for sentence in segments.sentences_in(paragraph):
            if is_furniture(sentence.span.of(text)):
                yield sentence.span


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text in order."""
    return tuple(sentence.span for sentence in segments_of(text).sentences)


class _Label(msgspec.Struct, frozen=True):
    """What a paragraph begins with, when it may name a speaker."""

    paragraph: int
    span: Span
    body: int  # where the words behind it begin
    dash: bool  # "CAIRO —", as a dateline has it, not "CAIRO:"
    bracketed: bool  # "[Brenn]:"

    def words(self, text: str) -> list[str]:
        return [word.strip(".") for word in self.span.of(text).split()]

    def role(self, text: str) -> str:
        """Return the label without its article and number: "question" of "QUESTION 2"."""
        return _NUMBERED.sub("", self.span.of(text).lower().removeprefix("the "))

    def asks(self, text: str) -> bool:
        """Whether it names somebody who only asks or leads: "QUESTION", "The Chair"."""
        return self.role(text) in _ASKING


class _Labels:
    """The labels of a text together: whether one names a speaker depends on the others."""

    def __init__(self, text: str, labels: Sequence[_Label]) -> None:
        self._text = text
        self._often = Counter(one.span.of(text) for one in labels)
        asking = [one.paragraph for one in labels if one.asks(text)]
        self._asked = bool(asking)
        # From here on a text that asks again is a talk, and no article that quotes one question.
        self._talk = asking[0] if len(asking) > 1 else None

    def speaks(self, label: _Label) -> bool:
        """Whether a label names a speaker: "NOTE:" and "CAIRO —" begin a paragraph too.

        It does when it asks, has a title, or speaks more than once in a text where somebody asks or all is
        in capitals, as transcripts have it. One in capitals may speak once in the midst of a talk.
        """
        words = label.words(self._text)
        capitals = label.span.of(self._text).isupper()
        role = label.role(self._text)
        if label.asks(self._text) or (self._asked and role in _ANSWERING):
            return True
        if label.bracketed:
            return len(self._often) > 1
        the_office = words[0].lower() == "the" and " ".join(words[1:]).lower() in names().role
        titled = words[0].lower() in names().role and len(words) > 1
        again = self._often[label.span.of(self._text)] > 1 and len(self._often) > 1
        if label.dash and label.paragraph == 0 and not (titled and again):
            return False
        if the_office and len(self._often) > 1 and not label.dash:
            return True
        if titled and (capitals or self._asked or len(self._often) > 1):
            return True
        if again:
            return self._asked or (capitals and not label.dash)
        if not capitals or label.dash or role in names().papers:
            return False
        # As "SENIOR OFFICIAL" and "CITY ENGINEER" do.
        last = words[-1].lower()
        somebody = len(words) > 1 and (last in names().role or last in names().individuals)
        return (self._asked and somebody) or (self._talk is not None and label.paragraph > self._talk)


def _turns(text: str, paragraphs: Sequence[Span]) -> Iterator[Turn]:
    labels = [one for n, span in enumerate(paragraphs) if (one := _label(text, span, n)) is not None]
    known = _Labels(text, labels)
    speaking = [one for one in labels if known.speaks(one)]
    answered = any(not one.asks(text) for one in speaking)
    for one, following in zip_longest(speaking, speaking[1:]):
        # A label alone in its paragraph has its words in the next one, if it has any.
        own = min(one.paragraph + (one.body >= paragraphs[one.paragraph].end), len(paragraphs) - 1)
        last = len(paragraphs) - 1 if following is None else following.paragraph - 1
        if one.asks(text) and (following is None or not answered):
            # Nobody is known to answer: what follows a question may be the article again.
            last = min(own, last)
        body = trimmed(Span(one.body, max(paragraphs[last].end, one.body + 1)), text)
        if body is not None:
            yield Turn(label=one.span, body=body, asks=one.asks(text))


def _label(text: str, paragraph: Span, number: int) -> _Label | None:
    found = _SPEAKER.match(text, paragraph.start, paragraph.end)
    if found is None:
        return None
    words = found["who"].split()
    dash = found["mark"] != ":"
    if len(words) > _LONGEST_LABEL or words[-1].lower() in names().calendar:
        return None
    # "Questions and answers", "From the ministry": every word of a speaker's name has a capital but "of".
    numbered = any(word.isdigit() for word in words)
    particles = names().particles
    named = all(
        _capital(word) or word in _INSIDE_A_NAME or word in particles or word.isdigit() for word in words
    )
    if not named or not (_capital(words[0]) or (words[0] in particles and len(words) > 1)):
        return None
    label = _Label(number, Span(*found.span("who")), found.end(), dash, found["bracket"] is not None)
    # "REPORTER 2:" asks, and "Article 2:" is nobody.
    return label if not numbered or label.asks(text) else None


def _capital(word: str) -> bool:
    """Whether a part of a word begins with a capital of any alphabet."""
    return any(part[:1] != part[:1].lower() for part in _NAME_PART.split(word))


def _paragraphs(text: str, head: Sequence[HeadLine]) -> Iterator[Span]:
    begins = {line.span.start for line in head}
    alone = {line.span.start for line in head if not line.goes_on}
    start: int | None = None
    end = 0
    for line in _lines(text):
        body = trimmed(line, text)
        if body is None:
            if start is not None:
                yield Span(start, end)
            start = None
            continue
        apart = body.start in begins or start in alone
        if start is not None and (apart or not _wrapped(text, Span(start, end), body)):
            yield Span(start, end)
            start = None
        if start is None:
            start = body.start
        end = body.end
    if start is not None:
        yield Span(start, end)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        yield Span(start, end + 1) if end < len(text) else Span(start, end)
        start = end + 1


# Shorter lines than this are not broken for width: headings, bylines, items.
_WRAPPED_LINE = 55


def _wrapped(text: str, before: Span, line: Span) -> bool:
    last_line = Span(max(text.rfind("\n", before.start, before.end) + 1, before.start), before.end)
    return (
        len(last_line) >= _WRAPPED_LINE
        and text[before.end - 1] not in '.!?:;"”»'
        and not _BULLET.match(text, line.start)
        and not _parts(text, last_line, line)
    )


def _parts(text: str, last_line: Span, line: Span) -> bool:
    """Whether one of two lines is furniture and both together are not."""
    apart = any(is_furniture_line(one.of(text)) for one in (last_line, line) if len(one) <= LONGEST_LINE)
    return apart and not is_furniture_line(Span(last_line.start, line.end).of(text))


def _quotations(text: str, paragraph: Span, *, unclosed: bool) -> Iterator[Quotation]:
    at = paragraph.start
    while True:
        opening = _opening(text, at, paragraph)
        if opening is None:
            return
        mark, inner_start = opening
        closing = _closing(text, text[mark], inner_start, paragraph)
        continued = unclosed and mark == paragraph.start
        if closing is None:
            # Unclosed: a quotation over several paragraphs, or a mark too many. It ends here at the latest.
            if inner_start < paragraph.end:
                yield Quotation(
                    outer=Span(mark, paragraph.end),
                    inner=Span(inner_start, paragraph.end),
                    closed=False,
                    continued=continued,
                )
            return
        inner_end, outer_end = closing
        if inner_start < inner_end:
            yield Quotation(
                outer=Span(mark, outer_end),
                inner=Span(inner_start, inner_end),
                closed=True,
                continued=continued,
            )
        at = outer_end


_QUOTE_MARK = re.compile("[“«„‟\"”]|''|``")


def _opening(text: str, at: int, paragraph: Span) -> tuple[int, int] | None:
    for found in _QUOTE_MARK.finditer(text, at, paragraph.end):
        start, end = found.span()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        if text[start] in "“«„‟":
            return start, end
        # A straight mark opens before a word and after a space or bracket; a stray closing one opens nothing.
        if not after.isspace() and (before.isspace() or before in "([{—–-:/") and text[start] != "”":
            return start, end
    return None


def _closing(text: str, mark: str, at: int, paragraph: Span) -> tuple[int, int] | None:
    if mark in _CLOSERS:
        for point in range(at, paragraph.end):
            if text[point] in _CLOSERS[mark] and not (text[point] == "“" and mark == "“"):
                return point, point + 1
        return None
    pair = text.startswith(("''", "``"), at - 2)
    closer = "''" if pair and mark in "'`" else '"'
    point = text.find(closer, at, paragraph.end)
    while point >= 0:
        before = text[point - 1]
        end = point + len(closer)
        after = text[end] if end < paragraph.end else " "
        if not before.isspace() or not after.isalnum():
            return point, end
        point = text.find(closer, end, paragraph.end)
    return None


def _sentences(text: str, paragraph: Span, number: int) -> Iterator[Sentence]:
    sign = _BULLET.match(text, paragraph.start, paragraph.end)
    start = sign.end() if sign else paragraph.start
    for found in _SENTENCE_END.finditer(text, start, paragraph.end):
        if not _ends_sentence(text, found.start(), found.end(), paragraph):
            continue
        span = trimmed(Span(start, found.end()), text) if start < found.end() else None
        if span is not None:
            yield Sentence(span=span, paragraph=number, bullet=sign is not None)
        start = found.end()
    rest = trimmed(Span(start, paragraph.end), text) if start < paragraph.end else None
    if rest is not None:
        yield Sentence(span=rest, paragraph=number, bullet=sign is not None)


def _ends_sentence(text: str, mark: int, end: int, paragraph: Span) -> bool:
    if end >= paragraph.end:
        return True
    after = end
    while after < paragraph.end and text[after].isspace():
        after += 1
    follower = text[after] if after < paragraph.end else " "
    if follower.islower():
        # "…?" he asked. / "U.S. forces": the sentence goes on.
        return False
    if text[mark] != ".":
        return True
    word_start = mark
    floor = max(paragraph.start, mark - _LONGEST_ABBREVIATED)
    while word_start > floor and (text[word_start - 1].isalnum() or text[word_start - 1] == "."):
        word_start -= 1
    word = text[word_start:mark]
    if end - mark > 1:
        return True
    if len(word) == 1 and word.isupper():
        return False
    return word.lower() not in grammar().abbreviations


def _tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        word = found.group()
        clitic = _CLITIC.search(word) if len(word) > 1 and not word.isalnum() else None
        if clitic is None or clitic.start() == 0:
            yield Token(start, end, word.lower())
            continue
        cut = start + clitic.start()
        yield Token(start, cut, word[: clitic.start()].lower())
        yield Token(cut, end, word[clitic.start() :].lower().replace("’", "'"))
