"""What a colon announces: the list, the quotation or the statement that stands behind the cue's paragraph."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile

from sayso.core.ports import Found
from sayso.core.spans import Span, Spans, hull
from sayso.language.finder import is_issuing
from sayso.language.segments import Segments, begins_document, ends_document

_FIRST_PERSON = frozenset({"i", "we", "our", "us", "my", "me"})
_HEAD = 3  # paragraphs of a page in which a statement is introduced that fills the rest of it
_HEADING = 8  # words of a line without a full stop: "Notes to editors", "End text"
_SPEECH = 4  # words of a quotation that is no title and no scare quote
_NO_NAME = frozenset({"", "a", "an", "the", "of", "for", "and", "&"})
_OPENING = "“\"«„‟'"


class Blocks:
    """The announcements of a text, and how far what they announce reaches.

    `issuers` are the names of who puts the page out.
    """

    def __init__(self, found: Sequence[Found], segments: Segments, issuers: Sequence[str] = ()) -> None:
        self._segments = segments
        self._issuers = [words for name in issuers if (words := _words(name))]
        self._announcing = {
            segments.paragraph_at(one.cue[0].start) for one in found if _announces(one, segments)
        }
        self._turning = {segments.paragraph_at(turn.label.start) for turn in segments.turns}
        whole = set(segments.paragraphs)
        # Between two paragraphs of a statement: "Advertisement", a picture's credit.
        self._between = {
            segments.paragraph_at(one.start)
            for one in segments.furniture
            if one in whole and any(map(str.isalpha, one.of(segments.text)))
        }
        self._lists: dict[int, Spans] = {}
        self._lasts: dict[tuple[int, bool], int] = {}
        self._told = sorted(
            (segments.paragraph_at(one.cue[0].start), hull(one.source).of(segments.text).lower())
            for one in found
            if one.cue and one.source
        )

    def behind(self, one: Found) -> Spans:
        """Return what the colon of a cue's paragraph announces; nothing where it announces nothing.

        The items of a list or the quotation that opens there, unless the finder has read them, or a
        statement of paragraphs as one span.
        """
        if not _announces(one, self._segments):
            return ()
        first = _behind(one.cue[0], self._segments)
        if first in self._announcing or first in self._turning:
            return ()
        items = self._items(first)
        if items or self._text(first)[0] in _OPENING:
            return () if one.content else items or self._quotation(first)
        last = self._last(first, fills=first <= _HEAD and self._fills(one))
        if one.content:
            last = max(last, self._segments.paragraph_at(one.content[-1].end - 1))
        return (Span(self._segments.paragraphs[first].start, self._segments.paragraphs[last].end),)

    def _text(self, paragraph: int) -> str:
        return self._segments.paragraphs[paragraph].of(self._segments.text)

    def _items(self, first: int) -> Spans:
        """Return the sentences of the list that begins with a paragraph."""
        if first not in self._lists:
            self._lists[first] = tuple(self._listed(first))
        return self._lists[first]

    def _listed(self, first: int) -> Iterator[Span]:
        sentences = self._segments.sentences
        at = bisect_left(sentences, first, key=lambda sentence: sentence.paragraph)
        paragraph = first
        for sentence in (sentences[n] for n in range(at, len(sentences))):
            if not sentence.bullet or sentence.paragraph > paragraph + 1:
                return
            paragraph = sentence.paragraph
            yield sentence.span

    def _quotation(self, first: int) -> Spans:
        quoted = self._segments.quotation_at(self._segments.paragraphs[first].start)
        return () if quoted is None else (quoted.outer,)

    def _fills(self, one: Found) -> bool:
        """Whether the page is a statement's own: it says so, or who issues the page announces it.

        "The mayor told reporters:" stands near the head of many a news article.
        """
        text = self._segments.text
        if any(is_issuing(cue.of(text)) for cue in one.cue):
            return True
        paragraph = self._segments.paragraph_at(one.cue[0].start)
        if _behind(one.cue[0], self._segments) > paragraph + 1:
            return True
        said_by = _words(" ".join(span.of(text) for span in one.source))
        return bool(said_by) and any(said_by <= issuer or issuer <= said_by for issuer in self._issuers)

    def _last(self, first: int, *, fills: bool) -> int:
        """Return the last paragraph of a statement.

        It may fill the rest of the page. Else it goes on as long as somebody says "we" or "I" in it, and the
        paragraphs between are his too.
        """
        key = (first, fills)
        if key not in self._lasts:
            said = [
                paragraph
                for paragraph in takewhile(
                    lambda paragraph: not self._stops(paragraph),
                    range(first + 1, len(self._segments.paragraphs)),
                )
                if fills or self._first_person(paragraph)
            ]
            self._lasts[key] = said[-1] if said else first
        return self._lasts[key]

    def _stops(self, paragraph: int) -> bool:
        if paragraph in self._announcing or paragraph in self._turning:
            return True
        text = self._text(paragraph)
        before = self._text(paragraph - 1)
        if ends_document(text):
            return True
        if paragraph in self._between:
            return False
        heading = len(text.split()) <= _HEADING and text[-1] not in '.!?:;,”"»'
        if heading and before[-1] not in ":;,":
            return True
        return self._narrated(paragraph)

    def _narrated(self, paragraph: int) -> bool:
        """Whether somebody is quoted word for word in a paragraph: who is quoted does not speak there."""
        span = self._segments.paragraphs[paragraph]
        quoted = any(
            len(quotation.inner.of(self._segments.text).split()) >= _SPEECH
            for quotation in self._segments.quotations_in(span)
        )
        low, high = (bisect_left(self._told, (at, "")) for at in (paragraph, paragraph + 1))
        others = any(_FIRST_PERSON.isdisjoint(source.split()) for _, source in self._told[low:high])
        return quoted and others and not self._first_person(paragraph)

    def _first_person(self, paragraph: int) -> bool:
        """Whether "I" or "we" stands in a paragraph, outside quotation marks."""
        return any(
            token.lower in _FIRST_PERSON and self._segments.quotation_at(token.start) is None
            for token in self._segments.tokens_in(self._segments.paragraphs[paragraph])
        )


def _announces(one: Found, segments: Segments) -> bool:
    """Whether a cue stands in the last sentence of a paragraph that ends in a colon, content behind it."""
    if not one.cue or not segments.sentences:
        return False
    at = segments.sentence_at(one.cue[0].start)
    paragraph = segments.sentences[at].paragraph
    span = segments.paragraphs[paragraph]
    first = _behind(one.cue[0], segments)
    colon = segments.text[span.end - 1] == ":" or first > paragraph + 1
    if first >= len(segments.paragraphs) or not colon:
        return False
    last = segments.sentences[at].span.end >= span.end
    return last and (not one.content or one.content[0].start >= span.end)


def _behind(cue: Span, segments: Segments) -> int:
    """Return the paragraph behind that of a cue; a line that only says "Begin text:" is none."""
    following = segments.paragraph_at(cue.start) + 1
    begins = following < len(segments.paragraphs) and begins_document(
        segments.paragraphs[following].of(segments.text)
    )
    return following + 1 if begins else following


def _words(name: str) -> frozenset[str]:
    """Return the words that make up a name, without "the" and "of"."""
    words = (word.strip(",.;:()’'\"").removesuffix("’s").removesuffix("'s") for word in name.lower().split())
    return frozenset(words) - _NO_NAME
