"""The rule finder: cues from a word table, source and content from where they stand in the sentence.

It reads English word order with no parser: a cue verb splits its sentence into what stands left of it and
what stands right of it, and a handful of frames say which of the two is the source and which the content.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import ClassVar, NamedTuple

import msgspec

from sayso.core.ports import Example, Found
from sayso.core.spans import Span, Spans, trimmed
from sayso.language.lexicon import Verb, cues, grammar, names
from sayso.language.segments import Segments, Sentence, Token, begins_document, segments_of

_MARKS = frozenset(',;:“”«»„"()[]—–!?…')
_QUOTES = frozenset('“”«»„‟"')
_LONGEST_SOURCE = 28  # tokens
_LONGEST_ADJUNCT = (
    14  # tokens between a cue and its content or the end: "in a statement issued on 5 November"
)
# "is attributable to", "was released by", with the word behind each; what a page so announces; and where
# the name of the issuer ends.
_ISSUED = {
    "attributable": "to",
    "attributed": "to",
    **dict.fromkeys(("released", "issued", "made", "delivered", "given", "published", "adopted"), "by"),
}
_PAPERS = frozenset({"following", "below", "text", "remarks"})
_ENDS_ISSUER = frozenset({":", ".", ";", "on", "following", "after", "regarding", "at"})
_SHORTEST_CONTENT = 2  # words
_DEEPEST = 8  # attributions of one sentence inside each other; no reader follows more


class _Line(msgspec.Struct, frozen=True):
    """One sentence with its tokens, and how far its content may reach."""

    segments: Segments
    sentence: Sentence
    tokens: Sequence[Token]
    announces: bool  # ends with a colon and quotes nobody: what is said follows it

    @property
    def text(self) -> str:
        return self.segments.text

    def capital(self, at: int) -> bool:
        return self.text[self.tokens[at].start].isupper()

    def span(self, first: int, last: int) -> Span | None:
        """Return the span of the tokens from `first` to `last`, half open."""
        if first >= last:
            return None
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def at(self, point: int) -> int:
        """Return the index of the first token that starts at a code point or behind it."""
        return bisect_left(self.tokens, point, key=lambda token: token.start)

    def lower(self, at: int) -> str:
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def quoted(self, at: int) -> bool:
        """Whether a token stands inside quotation marks."""
        quotation = self.segments.quotation_at(self.tokens[at].start)
        return quotation is not None and self.tokens[at].start >= quotation.inner.start


class RuleFinder:
    """Finds attributions by frames around cue words."""

    name: ClassVar[str] = "rules"
    version: ClassVar[str] = "1"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            content=b"The bridge was intact, the governor of Halm said, Northwire reports.",
            yields=("The bridge was intact", "the governor of Halm", "said", "Northwire", "reports"),
        ),
        Example(
            content="“We held fire,” Colonel Ada Brenn said. According to the mayor, it rained.".encode(),
            yields=("“We held fire,”", "Colonel Ada Brenn", "the mayor", "it rained"),
        ),
    )

    @property
    def model(self) -> None:
        """There is none: rules alone."""

    def find(self, text: str) -> list[Found]:
        """Return what is attributed, in the order of the cues."""
        segments = segments_of(text)
        return [one for sentence in segments.sentences for one in _in_sentence(sentence, segments)]


class Header(NamedTuple):
    """A cue without content: what it announces stands in the paragraphs behind it."""

    found: Found
    issued: bool  # "the following was released by X": a page's head, and no verb of speech


def headers(segments: Segments) -> Iterator[Header]:
    """Yield the cues whose content is the list or the paragraphs that follow: "the ministry said:"."""
    for sentence, following in pairwise(segments.sentences):
        apart = following.paragraph > sentence.paragraph and not sentence.bullet
        colon = segments.text[sentence.span.end - 1] == ":"
        begins = segments.paragraphs[following.paragraph]
        if not apart or not (colon or begins_document(begins.of(segments.text))):
            continue
        issued = _issued(sentence, segments)
        if issued is not None:
            yield Header(issued, issued=True)
        elif colon:
            for one in _in_sentence(sentence, segments):
                if not one.content:
                    yield Header(one, issued=False)


def is_issuing(cue: str) -> bool:
    """Say whether a cue is that of an issued header: "was released by", "is attributable to"."""
    match cue.lower().split():
        case [*_, verb, by]:
            return _ISSUED.get(verb) == by
        case _:
            return False


def _issued(sentence: Sentence, segments: Segments) -> Found | None:
    """Read "the following is attributable to X:" and "the text below was released by X"."""
    line = _Line(segments, sentence, segments.tokens_in(sentence.span), announces=True)
    papers = _PAPERS | names().papers
    announced = len(line.tokens)  # the first word that names what is announced
    for at in range(1, len(line.tokens) - 2):
        if line.lower(at - 1) in papers:
            announced = min(announced, at - 1)
        by = _ISSUED.get(line.lower(at))
        first = at - 2 if _is_adverb(line, at - 1) else at - 1
        if by is None or line.lower(at + 1) != by or line.lower(first) not in grammar().be:
            continue
        if announced >= first:
            continue
        # Looked for once: where no issuer stands, its end is right here.
        most = len(line.tokens)
        end = next((n for n in range(at + 2, most) if line.lower(n) in _ENDS_ISSUER), most)
        cue, source = line.span(first, at + 2), line.span(at + 2, end)
        if cue is not None and source is not None:
            return Found(content=(), cue=(cue,), source=(source,))
    return None


def _in_sentence(sentence: Sentence, segments: Segments) -> Iterator[Found]:
    tokens = segments.tokens_in(sentence.span)
    announces = bool(tokens) and tokens[-1].lower == ":" and _quotes_nobody(tokens)
    line = _Line(segments, sentence, tokens, announces)
    yield from (one for one in _in_line(line) if _stays_inside(one, segments))


def _quotes_nobody(tokens: Sequence[Token]) -> bool:
    return _QUOTES.isdisjoint(token.lower for token in tokens)


def _stays_inside(one: Found, segments: Segments) -> bool:
    """Whether a cue inside a quotation takes its source and content from that quotation alone."""
    if not one.cue:
        return True
    quotation = segments.quotation_at(one.cue[0].start)
    return quotation is None or all(span.within(quotation.outer) for span in (*one.content, *one.source))


class _Cue(msgspec.Struct, frozen=True):
    """A verb group: tokens [first, last), its head, and what is known of it."""

    first: int
    head: int
    last: int
    verb: Verb


def _in_line(line: _Line) -> Iterator[Found]:
    groups = [cue for at in range(len(line.tokens)) if (cue := _cue_at(line, at)) is not None]
    nest = _Nest(line.text)
    previous: Spans = ()
    for number, cue in enumerate(groups):
        if nest.full(line.tokens[cue.head].start):
            continue
        one = _by_verb(line, cue, _Later(groups, number + 1), previous)
        if one is None:
            continue
        if one.source:
            previous = one.source
        yield nest.put(one)
    yield from _by_phrase(line)


class _Later(msgspec.Struct, frozen=True):
    """The cues of a sentence from one of them on."""

    groups: Sequence[_Cue]
    first: int

    def __iter__(self) -> Iterator[_Cue]:
        return (self.groups[at] for at in range(self.first, len(self.groups)))


class _Nest:
    """Keeps the contents of one sentence no deeper than `_DEEPEST`, so that it is read in linear time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[int] = []  # ends of contents that may hold what comes
        self._said: list[int] = []  # where cue and source of each attribution so far end

    def full(self, point: int) -> bool:
        """Whether as many contents as a reader can follow hold a code point."""
        self._open = [end for end in self._open if end > point]
        return len(self._open) >= _DEEPEST

    def put(self, one: Found) -> Found:
        """Take an attribution in; a content before its cue loses what lies too many attributions back."""
        self._open.extend(span.end for span in one.content)
        floor = self._said[-_DEEPEST] if len(self._said) >= _DEEPEST else 0
        self._said.append(max(span.end for span in (*one.cue, *one.source)))
        if not one.content or one.content[0].start >= floor or one.content[0].end <= floor:
            return one
        first = trimmed(Span(floor, one.content[0].end), self._text, edges=" \n\t,;")
        return one if first is None else msgspec.structs.replace(one, content=(first, *one.content[1:]))


def _cue_at(line: _Line, at: int) -> _Cue | None:
    token = line.tokens[at]
    verb = cues().verbs.get(token.lower)
    if verb is None or (line.capital(at) and at > 0 and not line.quoted(at)):
        return None
    before = line.lower(at - 1)
    if verb.form in {"base", "third"} and (_is_noun(line, at) or before in grammar().be):
        # "the claims", "was open"
        return None
    if verb.form == "ing" and before in grammar().determiners | {
        "'s",
        "for",
        "by",
        "of",
        "without",
        "after",
        "before",
    }:
        return None
    first = at
    while first > 0 and (line.lower(first - 1) in grammar().auxiliaries or _is_adverb(line, first - 1)):
        first -= 1
    if "to" in {line.lower(first - 1), line.lower(at - 1)}:
        return None
    last = at + 1
    if line.lower(last) == "out" and verb.lemma == "point":
        last += 1
    if verb.lemma in {"call", "appeal"} and line.lower(last) in {"on", "for", "upon"}:
        last += 1
    return _Cue(first, at, last, verb)


def _is_noun(line: _Line, at: int) -> bool:
    """Whether "claims" or "report" is a noun here: no subject before it, and nothing it would introduce."""
    before = line.lower(at - 1)
    if before in grammar().determiners or before == "'s":
        return True
    if (
        before in grammar().pronouns
        or before in grammar().auxiliaries
        or before in _MARKS
        or line.capital(max(at - 1, 0))
    ):
        return False
    introduces = line.lower(at + 1) in {"that", ":", *_QUOTES} or line.lower(at + 2) in {":", *_QUOTES}
    if line.tokens[at].lower in grammar().also_nouns:
        return not introduces
    return False


def _is_adverb(line: _Line, at: int) -> bool:
    word = line.lower(at)
    return word.endswith("ly") and len(word) > 4 and not line.capital(at)  # noqa: PLR2004 - "fly", "only"


def _by_verb(line: _Line, cue: _Cue, following: _Later, previous: Spans) -> Found | None:
    auxiliaries = {line.lower(i) for i in range(cue.first, cue.head)}
    cue_span = line.span(_first_word_of(line, cue), cue.last)
    if cue_span is None:
        return None
    passive = bool(auxiliaries & grammar().be) and cue.verb.form in {"past", "participle"}
    if passive:
        return _passive(line, cue, cue_span)
    inverted = _inverted(line, cue, cue_span)
    if inverted is not None:
        return inverted
    source = _source_before(line, cue)
    before = line.lower(cue.first - 1)
    if cue.verb.form == "ing" and not auxiliaries & grammar().be:
        # "…, adding that": the sentence's source goes on. "Facts showing that" is no speech.
        source = previous if before == "," else None
    elif source is None and before in {"and", "but"}:
        source = previous
    if not source:
        return None
    after = _content_after_quote_or_comma(line, cue, source, cue_span)
    if after is not None:
        return after
    if line.announces:
        return Found(content=(), cue=(cue_span,), source=source)
    content = _content_right(line, cue, following)
    if content is None:
        return None
    return Found(content=content, cue=(cue_span,), source=source)


def _first_word_of(line: _Line, cue: _Cue) -> int:
    """Leave adverbs at the edge out of the cue."""
    first = cue.first
    while first < cue.head and (
        _is_adverb(line, first) or line.lower(first) in grammar().time_words | {"also", "later"}
    ):
        first += 1
    return first


def _passive(line: _Line, cue: _Cue, cue_span: Span) -> Found | None:
    subject = line.lower(cue.first - 1)
    if subject == "it" and line.tokens[cue.head].lower in cues().impersonal:
        said = _content_right(line, cue, _Later((), 0))
        return None if said is None else Found(content=said, cue=(cue_span,))
    # "misappropriation of property … was reiterated in the statement"
    if cue.verb.takes == "clause" and not cue.verb.mind and line.lower(cue.last) in {"in", "by"}:
        source = _noun_phrase_right(line, cue.last + 1)
        start = _clause_start(line, cue.first)
        content = line.span(start, cue.first)
        if source is None or content is None or cue.first - start <= _SHORTEST_CONTENT:
            return None
        return Found(content=(content,), cue=(cue_span,), source=(source,))
    return None


def _clause_start(line: _Line, end: int) -> int:
    """Return the first token of the clause that ends at `end`, without a connective before a comma."""
    for at in range(min(end, 6)):
        if line.lower(at) == "," and at <= 4:  # noqa: PLR2004 - "In addition,", "As a result,"
            return at + 1
    return 0


def _source_before(line: _Line, cue: _Cue) -> Spans | None:
    end = cue.first
    if end == 0:
        return None
    if line.lower(end - 1) == "," and end > 1:
        return _before_apposition(line, end - 1)
    start = _phrase_start(line, end)
    return _as_source(line, start, end)


def _phrase_start(line: _Line, end: int) -> int:
    start = end
    while start > 0 and end - start < _LONGEST_SOURCE:
        word = line.lower(start - 1)
        if (
            word in _MARKS
            or word in grammar().breaks
            or (word in cues().verbs and not line.capital(start - 1))
        ):
            # "a senior official said to be close": a verb inside the phrase ends it, a noun does not.
            noun = (
                word in grammar().breaks
                or word in _MARKS
                or line.lower(start - 2) not in grammar().determiners
            )
            if noun:
                break
        if word in {"and", "or"} and not _joins_names(line, start - 1):
            break
        if word in grammar().be or word in {"has", "have", "had", "will", "would", "did", "does", "do"}:
            break
        start -= 1
    return start


def _joins_names(line: _Line, at: int) -> bool:
    return (
        0 < at < len(line.tokens) - 1
        and line.capital(at - 1)
        and (line.capital(at + 1) or line.lower(at + 1) in grammar().determiners)
    )


def _as_source(line: _Line, start: int, end: int) -> Spans | None:
    while start < end and (
        line.lower(start)
        in {"and", "but", "or", "so", "then", "yet", "however", "meanwhile", "also", "earlier"}
        or (_is_adverb(line, start) and end - start > 1)
    ):
        start += 1
    if start >= end:
        return None
    start = _skip_leading_time(line, start, end)
    last = line.lower(end - 1)
    if last in grammar().pronouns:
        if last in {"who", "which"} and end - 1 == start and line.lower(start - 1) == ",":
            return _before_apposition(line, start - 1) or _spans(line.span(start, end))
        return _spans(line.span(end - 1, end))
    if (
        last in grammar().not_a_subject
        or last in grammar().determiners
        or not line.tokens[end - 1].lower[0].isalnum()
    ):
        return None
    first = line.lower(start)
    named = any(line.capital(i) for i in range(start, end))
    determined = first in {
        "the",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
        "our",
        "some",
        "many",
        "several",
        "two",
    }
    plural = last.endswith("s") and end - start <= 4  # noqa: PLR2004 - "local officials"
    if not (named or determined or plural):
        return None
    if first in {"to", "for", "of", "with", "by", "on", "at", "there"}:
        return None
    return _spans(line.span(start, end))


def _skip_leading_time(line: _Line, start: int, end: int) -> int:
    """Step over "On Monday", "In July 2020" or "Earlier" before a subject."""
    if line.lower(start) not in {"on", "in", "at", "last", "this", *names().calendar}:
        return start
    calendar = names().calendar
    for at in range(start, end - 1):
        word = line.lower(at)
        if word in {"the", "a", "an", "his", "her", "its"} or word in grammar().pronouns:
            return at
        if at > start and line.capital(at) and word not in calendar:
            # "On Monday Governor Brenn said": a name after a day is the subject, "In Halm" is a place.
            return at if line.lower(at - 1) in calendar or line.lower(at - 1).isdigit() else start
    return start


def _before_apposition(line: _Line, comma: int) -> Spans | None:
    """Return the name before ", the ministry's spokeswoman," with the apposition."""
    opening = comma - 1
    while opening > 0 and comma - opening < _LONGEST_SOURCE and line.lower(opening) != ",":
        if line.lower(opening) in _QUOTES:
            return None
        opening -= 1
    if opening <= 0:
        return None
    start = _phrase_start(line, opening)
    if not any(line.capital(i) for i in range(start, opening)):
        return None
    if _as_source(line, start, opening) is None:
        return None
    found = _as_source(line, start, opening) or ()
    return (Span(found[0].start, line.tokens[comma - 1].end),)


def _opens_with_apposition(line: _Line, comma: int) -> bool:
    """Whether a sentence begins with a name and its apposition: "Ada Brenn, a surgeon in Halm,"."""
    source = _before_apposition(line, comma)
    return source is not None and source[0].start <= line.tokens[min(2, len(line.tokens) - 1)].start


def _spans(span: Span | None) -> Spans | None:
    return None if span is None else (span,)


def _noun_phrase_right(line: _Line, start: int) -> Span | None:
    end = start
    while end < len(line.tokens) and end - start < _LONGEST_SOURCE:
        word = line.lower(end)
        if word in _MARKS or word in {".", "!", "?"} or word in grammar().breaks or word in {"who", "which"}:
            break
        if (
            end > start
            and word in grammar().time_words | {"on", "in", "at", "during", "and"}
            and not _joins_names(line, end)
        ):
            break
        end += 1
    return line.span(start, end)


def _inverted(line: _Line, cue: _Cue, cue_span: Span) -> Found | None:
    """`"…," said the mayor`: content, cue, source."""
    if cue.first != cue.head or cue.first == 0 or cue.verb.takes == "phrase":
        return None
    before = line.lower(cue.first - 1)
    if before not in _QUOTES and not (before == "," and cue.verb.form in {"past", "third"}):
        return None
    if before == "," and _opens_with_apposition(line, cue.first - 1):
        return None
    source = _noun_phrase_right(line, cue.last)
    if source is None or line.lower(cue.last) in grammar().when_where | {"that", ":", ",", "."}:
        return None
    first = line.tokens[cue.last]
    if not (
        line.text[first.start].isupper()
        or first.lower in grammar().determiners
        or first.lower in grammar().pronouns
    ):
        return None
    content = _content_left(line, cue.first)
    if content is None:
        return None
    rest = _rest_of_quote(line, source.end)
    return Found(content=(*content, *rest), cue=(cue_span,), source=(source,))


def _content_left(line: _Line, end: int) -> Spans | None:
    """Return what stands before a source or cue that follows its content."""
    while end > 0 and line.lower(end - 1) == ",":
        end -= 1
    if end <= 0:
        return None
    last = line.tokens[end - 1]
    quotation = line.segments.quotation_at(last.start)
    begins_quoted = line.lower(0) in _QUOTES
    start = line.tokens[0 if begins_quoted else _clause_start(line, end)].start
    if quotation is not None and last.lower in _QUOTES:
        # A quotation of several sentences belongs to the cue at its end as a whole.
        opens_line = quotation.outer.start <= line.tokens[0].start
        start = quotation.outer.start if opens_line else line.tokens[_clause_start(line, end)].start
    content = trimmed(Span(start, last.end), line.text, edges=" \n\t,;")
    return None if content is None or len(content) < _SHORTEST_CONTENT else (content,)


def _rest_of_quote(line: _Line, after: int) -> Spans:
    """Return the second half of a split quotation in the same sentence: `"…," he said, "…"`."""
    quotation = line.segments.quotation_after(after + 1)
    if quotation is None or quotation.outer.start > line.sentence.span.end:
        return ()
    return (
        () if line.text[after : quotation.outer.start].strip(" \n") not in {",", ""} else (quotation.outer,)
    )


def _content_after_quote_or_comma(line: _Line, cue: _Cue, source: Spans, cue_span: Span) -> Found | None:
    """`…, the mayor said.`: content, source, cue."""
    start = line.at(source[0].start)
    if start == 0 or start >= cue.first or line.lower(start - 1) not in _MARKS - {":", "(", "["}:
        return None
    if cue.verb.takes == "phrase" or not _closes(line, _past_addressee(line, cue)):
        return None
    content = _content_left(line, start)
    if content is None or line.text.find(" ", content[0].start, content[0].end) < 0:
        return None
    words = (i for i in range(start) if line.lower(i)[0].isalnum())
    if line.lower(start - 1) not in _QUOTES and next(islice(words, _SHORTEST_CONTENT, None), None) is None:
        return None
    return Found(content=(*content, *_rest_of_quote(line, cue_span.end)), cue=(cue_span,), source=source)


def _past_addressee(line: _Line, cue: _Cue) -> int:
    """Return the token after "reporters in Halm" in "he told reporters in Halm"."""
    at = cue.last
    if cue.verb.lemma not in grammar().addressing:
        return at
    while at < len(line.tokens) and line.lower(at) not in _MARKS | {".", "that"} | grammar().when_where:
        at += 1
    return at


def _closes(line: _Line, at: int) -> bool:
    """Whether nothing but an adjunct follows up to the end or the next comma."""
    word = line.lower(at)
    if word in {"", ".", ",", "!", "?", ";", "—", "–"}:
        return True
    if word not in grammar().when_where and word not in grammar().time_words:
        return False
    following = [line.lower(i) for i in range(at, min(len(line.tokens), at + _LONGEST_ADJUNCT))]
    return "that" not in following and not _QUOTES & set(following) and ":" not in following


def _content_right(line: _Line, cue: _Cue, following: _Later) -> Spans | None:
    start = cue.last
    limit = min(len(line.tokens), start + _LONGEST_ADJUNCT)
    if start >= len(line.tokens):
        return None
    opened = _content_opening(line, cue, start, limit)
    if opened is None:
        return None
    end = _content_end(line, cue, opened, following)
    content = line.span(opened, end)
    if content is None:
        return None
    content = trimmed(content, line.text, edges=" \n\t,;:")
    if content is None:
        return None
    quotation = line.segments.quotation_at(content.start)
    if quotation is not None and quotation.outer.start == content.start and line.lower(opened) in _QUOTES:
        # The quotation may go on after this sentence.
        content = Span(content.start, max(content.end, quotation.outer.end))
    elif quotation is not None and content.start < quotation.inner.end:
        content = Span(content.start, min(content.end, quotation.inner.end))
    body = trimmed(content, line.text, edges=" \n\t,;")
    if body is None or (cue.verb.takes == "clause" and line.text.find(" ", body.start, body.end) < 0):
        return None
    return (_without_full_stop(body, line.text),)


def _content_opening(line: _Line, cue: _Cue, start: int, limit: int) -> int | None:
    """Return the token where the content right of a cue begins, or None when there is none."""
    if line.lower(start) == ":" and start + 1 < len(line.tokens):
        return start + 1
    introduced = _introduced(line, cue, start, limit)
    if introduced is not None:
        return introduced
    word = line.lower(start)
    if cue.verb.takes == "quotation" or word in {"", ".", "?", "!", ";"}:
        return None
    if cue.verb.takes == "phrase":
        if word == "that" and start + 1 < len(line.tokens):
            return start + 1
        return None if word == "," else start
    return _bare_clause(line, cue, start, limit)


def _introduced(line: _Line, cue: _Cue, start: int, limit: int) -> int | None:
    """Find "that", a colon or a quotation mark near the cue."""
    for at in range(start, limit):
        here = line.lower(at)
        if here == "that" and cue.verb.takes != "phrase":
            return at + 1
        if here in _QUOTES and not line.quoted(start) and _only_adjunct(line, start, at):
            # `called the strike “a crime”`: the object belongs to what is said of it.
            return start if cue.verb.takes == "phrase" else at
        if here == ":" and at + 1 < len(line.tokens):
            return at + 1
        if here in _MARKS or _cue_at(line, at) is not None:
            # Another cue comes first: "said the governor had denied that …".
            return None
    return None


def _bare_clause(line: _Line, cue: _Cue, start: int, limit: int) -> int | None:
    """Find the clause after a cue without "that": `she said the road was closed`."""
    word = line.lower(start)
    if word in {"by", "for", "of", "in", "to", "with", "from", "about", "on", "at"}:
        return None
    if word == ",":
        return start + 1 if not cue.verb.mind and line.lower(start + 1) not in {"and", "but", "who"} else None
    if cue.verb.lemma in grammar().addressing:
        return _after_addressee(line, start, limit)
    if word in grammar().time_words:
        return start + 1 if line.lower(start + 1) not in {".", ",", ""} else None
    return start


_NARROW = 2  # tokens: "said the “…”", "spoke of “…”"


def _only_adjunct(line: _Line, start: int, end: int) -> bool:
    near = end - start <= _NARROW or line.lower(end - 1) == ","
    return near or line.lower(start) in grammar().when_where


def _after_addressee(line: _Line, start: int, limit: int) -> int | None:
    at = start
    while at < limit and (
        line.capital(at)
        or line.lower(at) in grammar().determiners
        or line.lower(at) in {"reporters", "him", "them", "us", "me", "you", "journalists"}
    ):
        at += 1
        if line.lower(at - 1) in {"reporters", "him", "them", "us", "me", "you", "her", "journalists"}:
            break
    return at if at < len(line.tokens) and line.lower(at) not in {".", ","} else None


def _content_end(line: _Line, cue: _Cue, opened: int, following: _Later) -> int:
    end = len(line.tokens)
    for later in following:
        if later.first <= opened:
            continue
        before = line.lower(later.first - 1)
        gerund = later.verb.form == "ing" and before == ","
        shared = before in {"and", "but"} and not line.quoted(later.head) and later.verb.form == cue.verb.form
        if gerund or shared:
            return later.first - 1
        if _closes(line, later.last) and not line.quoted(later.head):
            source = _source_before(line, later)
            if source is None:
                continue
            start = line.at(source[0].start)
            # ", Northwire reports." at the end stands outside what was said.
            if line.lower(start - 1) == "," and start > opened + 1:
                return start - 1
    return end


def _without_full_stop(span: Span, text: str) -> Span:
    end = span.end
    if text[end - 1] in ".;" and end - 1 > span.start:
        end -= 1
    return Span(span.start, end)


def _by_phrase(line: _Line) -> Iterator[Found]:
    nest = _Nest(line.text)
    for at in range(len(line.tokens)):
        if (one := _phrase_at(line, at, nest)) is not None:
            yield nest.put(one)


def _phrase_at(line: _Line, at: int, nest: _Nest) -> Found | None:
    """Read `according to …`, `in her words` or `the claim that …` at a token."""
    word = line.tokens[at].lower
    if word not in {"according", "in"} | cues().content_nouns or nest.full(line.tokens[at].start):
        return None
    if word == "according" and line.lower(at + 1) == "to":
        return _adjunct(line, at, at + 2, _noun_phrase_right(line, at + 2))
    if word == "in" and line.lower(at + 2) in {"words", "view", "opinion"}:
        return _adjunct(line, at, at + 3, line.span(at + 1, at + 2))
    if word in cues().content_nouns and line.lower(at + 1) in {"that", "is"}:
        return _noun_content(line, at)
    return None


def _adjunct(line: _Line, start: int, body: int, source: Span | None) -> Found | None:
    """`According to X, …` or `…, according to X`; the cue ends before the token `body`."""
    cue = _spans(line.span(start, body))
    if source is None or cue is None:
        return None
    after = max(body, line.at(source.end))
    leading = start == 0 or (
        line.lower(start - 1) in {"that", ",", "and", *_QUOTES} and line.lower(after) == ","
    )
    if leading and line.lower(after) == ",":
        content = line.span(after + 1, len(line.tokens))
        if content is None:
            return None
        inside = line.segments.quotation_at(token_start := line.tokens[start].start)
        if inside is not None and inside.inner.start <= token_start:
            content = Span(content.start, max(content.start + 1, min(content.end, inside.inner.end)))
        body_span = trimmed(content, line.text, edges=" \n\t,")
        return (
            None
            if body_span is None
            else Found(content=(_without_full_stop(body_span, line.text),), cue=cue, source=(source,))
        )
    content_left = _content_left(line, start)
    return None if content_left is None else Found(content=content_left, cue=cue, source=(source,))


def _noun_content(line: _Line, at: int) -> Found | None:
    """`its claim that …`, `one of these "reports" is that …`: somebody's content, named by a noun."""
    opened = at + 1
    while opened < min(len(line.tokens), at + 4) and line.lower(opened) != "that":
        if line.lower(opened) not in {"is", "was", *_QUOTES}:
            return None
        opened += 1
    if line.lower(opened) != "that" or opened + 1 >= len(line.tokens):
        return None
    content = line.span(opened + 1, len(line.tokens))
    cue = line.span(at, at + 1)
    if content is None or cue is None:
        return None
    body = trimmed(content, line.text, edges=" \n\t,")
    source: Spans = ()
    if line.lower(at - 1) == "'s" and at > 1:
        start = _phrase_start(line, at - 1)
        source = _as_source(line, start, at - 1) or ()
    elif line.lower(at - 1) in {"his", "her", "its", "their"}:
        source = _spans(line.span(at - 1, at)) or ()
    return (
        None
        if body is None
        else Found(content=(_without_full_stop(body, line.text),), cue=(cue,), source=source)
    )
