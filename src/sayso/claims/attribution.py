"""Who says what: a finder's bare spans become attributions with voice, speaker and source chain.

The finder sees one cue at a time. What holds a text together is added here: quotations that go on, lists
under a colon, sentences that carry the last speaker on, nesting, and the outlet's own voice for the rest.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from typing import ClassVar

import msgspec

from sayso.claims.accusations import accusations_in, with_accusations
from sayso.claims.blocks import Blocks
from sayso.claims.brands import calls_untrue
from sayso.claims.edges import with_edges
from sayso.claims.issuers import issuer_of
from sayso.claims.layers import told_by_nouns, with_layers
from sayso.claims.passives import with_subjects
from sayso.claims.rejections import with_rejections
from sayso.claims.relatives import outside_relatives
from sayso.claims.silence import is_nobody
from sayso.claims.speakers import Speakers
from sayso.claims.surroundings import Surroundings
from sayso.core import plugins
from sayso.core.ports import Example, Found
from sayso.core.reading import Reading, Values
from sayso.core.records import Attribution, Mention, Party, Record, Speaker, Voice
from sayso.core.spans import Span, Spans, covers, hull, trimmed
from sayso.language.lexicon import cues
from sayso.language.segments import (
    Quotation,
    Segments,
    Turn,
    begins_document,
    ends_document,
    segments_of,
)

# At least this share of the letters in quotation marks makes a quotation direct (PolNeAR's scorer uses it).
_DIRECT_SHARE = 0.95
# A quotation of fewer words without a cue is a title, a nickname or a scare quote.
_SHORTEST_QUOTATION = 4
_NEAR_CUE = 24  # characters before a cue in which its "it" stands, with an adverb
_CITING = re.compile(r"\b(?:citing|quoting|referring to)\b", re.IGNORECASE)
_CARRIES_ON = re.compile(
    r"(?:moreover|furthermore|in addition|additionally|likewise|also|besides"
    r"|as a result of (?:such|these|this|those)"
    r"|one of (?:these|those|such)|these|such|those)\b",
    re.IGNORECASE,
)
# Behind these a clause of its own follows.
_JOINT = re.compile(r";\s+|,\s+(?:and|but|while|whereas|although|though)\s+")


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution before it has an id: what was found, and what discourse adds to it."""

    content: Spans
    cue: Spans = ()
    source: Spans = ()
    own: bool = False  # the outlet's own words
    citing: bool = False  # "citing", "quoting": the source is whom somebody else cites
    block: bool = False  # content behind a colon: the source's words without quotation marks

    @property
    def start(self) -> int:
        """Where the attribution begins, cue and source included."""
        return min(span.start for span in (*self.content, *self.cue, *self.source))


class AttributionStage:
    """Yields an Attribution for each cited voice, and one for each sentence in the outlet's own."""

    name: ClassVar[str] = "attribution"
    version: ClassVar[str] = "7"
    needs: ClassVar[tuple[type[Record | Values], ...]] = (Mention, Party)
    gives: ClassVar[tuple[type[Record | Values], ...]] = (Attribution,)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            content=(
                b"The road was closed, Mayor Ada Brenn said, Northwire reports.\n\n"
                b"In her words, nobody was hurt. It was noted that work goes on.\n"
            ),
            yields=("The road was closed", "nobody was hurt", "work goes on"),
        ),
        Example(
            content="“We left.\n\n“We came back,” the governor said.\n\nRain fell.".encode(),
            yields=("“We left.", "“We came back,”", "Rain fell"),
        ),
    )

    def __call__(self, reading: Reading) -> Iterator[Record]:
        """Yield attributions, outer ones before those they hold."""
        segments = segments_of(reading.document.text)
        found = plugins.finder(reading.run.settings["finder"]).find(segments.text)
        issuer = issuer_of(reading, segments)
        names = [speaker.name for speaker in (issuer.body, issuer.person) if speaker is not None]
        drafts = discourse(found, segments, names, signed=issuer.lines)
        yield from _resolved(drafts, nesting(drafts), reading)


def _resolved(drafts: Sequence[Draft], holders: Sequence[int | None], reading: Reading) -> list[Attribution]:
    """Give each draft its speaker and its id. In text order an outer one comes before those it holds."""
    speakers = Speakers(reading)
    segments = segments_of(reading.document.text)
    credited = {
        holder
        for draft, holder in zip(drafts, holders, strict=True)
        if holder is not None and draft.cue and _is_credit(drafts[holder], draft)
    }
    made: list[Attribution] = []
    for index, (draft, holder) in enumerate(zip(drafts, holders, strict=True)):
        outer = None if holder is None else made[holder]
        if draft.own:
            speaker = speakers.own()
        elif outer is not None and holder not in credited:
            speaker = speakers.nested(draft.source, draft.start, outer)
        elif not _names_somebody(draft, segments):
            # "reports of shelling", "allegedly": somebody says so, and the text does not say who.
            speaker = None
        elif is_nobody(draft.source, draft.cue, segments):
            # "No official has said": nobody, and nobody who could speak on.
            speaker = None
        else:
            speaker = speakers.cited(draft.source, draft.start, speaks_on=index not in credited)
        made.append(
            Attribution(
                document=reading.document.id,
                content=draft.content,
                cue=draft.cue,
                source=draft.source,
                voice=_voice(draft, segments, speaker, speakers.reporting),
                within=None if outer is None else outer.id,
                speaker=speaker,
                run=reading.run.id,
            )
        )
    return made


def _names_somebody(draft: Draft, segments: Segments) -> bool:
    """Whether a draft has a source, or leaves the word to whoever speaks on: "it was noted", a quotation."""
    if draft.source or not draft.cue:
        return True
    before = segments.tokens_in(Span(max(0, draft.cue[0].start - _NEAR_CUE), draft.cue[0].start + 1))
    words = [token.lower for token in before if token.start < draft.cue[0].start]
    inside = segments.tokens_in(draft.cue[0])
    return "it" in (*words[-2:], *(token.lower for token in inside[:1]))


def _is_credit(outer: Draft, inner: Draft) -> bool:
    """`…, the mayor said, Northwire reports`: the credit at the end is not who speaks on afterwards."""
    whole, content = hull((*inner.content, *inner.cue, *inner.source)), hull(outer.content)
    return (
        bool(outer.cue)
        and outer.cue[0].start >= whole.end
        and whole.start == content.start
        and bool(inner.source)
    )


def discourse(
    found: Sequence[Found], segments: Segments, issuers: Sequence[str] = (), *, signed: Spans = ()
) -> list[Draft]:
    """Return all attributions of a text, cited and own, in text order.

    `issuers` put the text out, and the lines that are `signed` only name them.
    """
    passive = with_accusations(with_subjects(found, segments), segments)
    edged = with_rejections(with_edges(outside_relatives(passive, segments), segments), segments)
    drafts = _without_repeats(_with_announced(with_layers(edged, segments), segments, issuers))
    drafts = _with_turns(drafts, segments)
    drafts = _with_quotations(_with_whole_quotations(drafts, segments), segments)
    drafts = _with_remarks(drafts, segments)
    drafts = _with_carried(drafts, segments)
    drafts = list(_without(_with_nouns(drafts, segments), segments.furniture, segments))
    drafts = _off_questions(drafts, segments)
    own = [
        Draft(content=(span,), own=True) for span in _own_voice(_unjudged(drafts, segments), segments, signed)
    ]
    return sorted(
        (*drafts, *own),
        key=lambda draft: (draft.content[0].start, -hull(draft.content).end, -_size(draft), *_layer(draft)),
    )


def _with_announced(found: Sequence[Found], segments: Segments, issuers: Sequence[str]) -> list[Draft]:
    """Give a cue before a colon its content: the list, the quotation or the statement that follows."""
    blocks = Blocks(found, segments, issuers)
    drafts: list[Draft] = []
    announced: dict[Spans, int] = {}
    for one in found:
        content = blocks.behind(one)
        if not content and not one.content:
            continue
        draft = Draft(
            content=content or one.content,
            cue=one.cue,
            source=one.source,
            citing=any(_CITING.search(cue.of(segments.text)) is not None for cue in one.cue),
            block=bool(content),
        )
        before = drafts[announced[content]] if content in announced and draft.block else None
        if before is None or _relays(before, draft) or _relays(draft, before):
            # "Northwire reports that the minister said:" keeps both: `nesting` puts one into the other.
            announced[content] = len(drafts)
            drafts.append(draft)
        elif draft.source or not before.source:
            # "In a statement the minister said:": one announcement, by the last that says who.
            drafts[announced[content]] = draft
    return drafts


def _with_turns(drafts: Sequence[Draft], segments: Segments) -> list[Draft]:
    """Give each turn of a transcript to its speaker. Who only asks claims nothing."""
    turns = [turn for turn in segments.turns if not _silent(turn, segments)]
    labels = _labels(segments)
    starts = [label.start for label in labels]

    def labelled(draft: Draft) -> bool:
        """Whether a finder has read the label itself as source or cue."""
        said_by = draft.cue or draft.source
        at = bisect_right(starts, said_by[0].start) - 1 if said_by else -1
        return at >= 0 and said_by[0].end <= labels[at].end

    spoken = [
        Draft(content=(_bare(turn.body, segments.text),), source=(turn.label,), block=True) for turn in turns
    ]
    return [*_without((draft for draft in drafts if not labelled(draft)), labels, segments), *spoken]


def _labels(segments: Segments) -> list[Span]:
    """Return the labels of turns, each with its colon and the white space behind it."""
    return [Span(turn.label.start, turn.body.start) for turn in segments.turns]


def _without(drafts: Iterable[Draft], gaps: Sequence[Span], segments: Segments) -> Iterator[Draft]:
    """Yield drafts without what nobody says in their midst: labels of turns, credits; `gaps` in order."""
    starts = [gap.start for gap in gaps]
    for draft in drafts:
        content = tuple(
            piece for span in draft.content for piece in _pieces(span, gaps, starts, segments.text)
        )
        if content == draft.content:
            yield draft
        elif content:
            yield msgspec.structs.replace(draft, content=content)


def _pieces(span: Span, gaps: Sequence[Span], starts: Sequence[int], text: str) -> Iterator[Span]:
    """Yield what is left of a span between gaps."""
    begin = span.start
    first = max(0, bisect_right(starts, span.start) - 1)
    for gap in (*gaps[first : bisect_left(starts, span.end)], Span(span.end, span.end + 1)):
        if gap.end <= begin:
            continue
        left = trimmed(Span(begin, gap.start), text) if begin < gap.start else None
        if left is not None:
            yield left
        begin = gap.end


def _off_questions(drafts: Sequence[Draft], segments: Segments) -> list[Draft]:
    """Leave out of what is quoted the questions around it: 'Who fired? “Nobody did,” the mayor said.'."""
    text = segments.text
    asked = [
        one.span
        for one in segments.sentences
        if text[one.span.end - 1] == "?" and not _quotes(one.span, segments)
    ]
    return (
        [draft if draft.block else _answering(draft, asked, segments) for draft in drafts]
        if asked
        else [*drafts]
    )


def _answering(draft: Draft, asked: Sequence[Span], segments: Segments) -> Draft:
    if not draft.cue or not any(_quotes(span, segments) for span in draft.content):
        return draft
    said_by = (*draft.cue, *draft.source)
    whole = hull(draft.content)
    low, high = bisect_right(asked, whole.start, key=_end), bisect_left(asked, whole.end, key=_start)
    # Who is cited in a question asks it.
    apart = [one for one in asked[low:high] if not any(one.overlaps(span) for span in said_by)]
    return next(_without((draft,), apart, segments), draft) if apart else draft


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end


def _quotes(span: Span, segments: Segments) -> bool:
    """Whether words in quotation marks stand in a span, or all around it."""
    return bool(segments.quotations_in(span)) or segments.quotation_at(span.start) is not None


def _silent(turn: Turn, segments: Segments) -> bool:
    """Whether somebody only asks: whose task that is, or all of whose sentences are questions."""
    return turn.asks or all(
        sentence.span.of(segments.text).endswith("?") for sentence in segments.sentences_in(turn.body)
    )


def _nobodys(segments: Segments) -> Iterator[Span]:
    """Yield what is neither cited nor the outlet's own: labels, who only asks, and "End text."."""
    for turn in segments.turns:
        yield Span(turn.label.start, turn.body.end if _silent(turn, segments) else turn.body.start)
    yield from (one.outer for one in segments.quotations if _is_answered(one, segments))
    for paragraph in segments.paragraphs:
        line = paragraph.of(segments.text)
        if begins_document(line) or ends_document(line):
            yield paragraph


def _without_repeats(drafts: Sequence[Draft]) -> list[Draft]:
    """Keep one of several attributions with the same cue and the same content."""
    seen: set[tuple[Spans, Spans]] = set()
    kept: list[Draft] = []
    for draft in drafts:
        key = (draft.cue, draft.content)
        if key not in seen:
            kept.append(draft)
        seen.add(key)
    return kept


def _with_quotations(drafts: Sequence[Draft], segments: Segments) -> list[Draft]:
    """Give every quotation a voice: that of its own further paragraphs, or of the cue before it here."""
    spoken = _Coverage(drafts)
    owners = _owners(drafts, segments)
    # A noun's content ("the allegation that …") has no speaker who could go on.
    starts = sorted(
        (segments.paragraph_at(draft.start), draft.start, i) for i, draft in enumerate(drafts) if draft.source
    )
    joined: dict[int, list[Span]] = {}
    alone: list[Draft] = []
    for speech in _speeches(segments):
        left = [one for one in speech if not spoken.touches(one.inner)]
        if not left:
            continue
        # Another paragraph of the same speech has a cue.
        owner = min((owners[one.outer.start] for one in speech if one.outer.start in owners), default=None)
        if owner is None:
            owner = _said_before(left[0], starts, segments)
        if owner is None:
            alone.append(Draft(content=tuple(one.outer for one in left)))
        else:
            joined.setdefault(owner, []).extend(one.outer for one in left)
    with_more = [
        msgspec.structs.replace(draft, content=tuple(sorted((*draft.content, *joined.get(i, ())))))
        for i, draft in enumerate(drafts)
    ]
    return [*with_more, *alone]


def _with_whole_quotations(drafts: Sequence[Draft], segments: Segments) -> list[Draft]:
    """Give who is cited for a part of a long quotation its sentences that nobody is cited for."""
    held = _Coverage(drafts)
    cited: dict[Span, list[int]] = {}
    for index, draft in enumerate(drafts):
        for span in draft.content if draft.cue and draft.source else ():
            quotation = segments.quotation_at(span.start) or segments.quotation_at(span.end - 1)
            if quotation is not None and quotation.closed and not draft.cue[0].overlaps(quotation.outer):
                cited.setdefault(quotation.outer, []).append(index)
    whole: dict[int, list[Span]] = {}
    for outer, indices in cited.items():
        lost = (one.span for one in segments.sentences_in(outer) if not held.touches(one.span))
        if len(set(indices)) == 1 and any(span.within(outer) for span in lost):
            whole.setdefault(indices[0], []).append(outer)
    return [
        draft if index not in whole else msgspec.structs.replace(draft, content=_filled(draft, whole[index]))
        for index, draft in enumerate(drafts)
    ]


def _filled(draft: Draft, quotations: Sequence[Span]) -> Spans:
    apart = (span for span in draft.content if not any(span.overlaps(one) for one in quotations))
    return tuple(sorted((*apart, *quotations)))


def _speeches(segments: Segments) -> Iterator[list[Quotation]]:
    """Yield quotations; the paragraphs of one speech, its mark opened again in each, together."""
    speech: list[Quotation] = []
    for quotation in segments.quotations:
        if speech and quotation.continued and not speech[-1].closed:
            speech.append(quotation)
            continue
        if speech:
            yield speech
        speech = [quotation] if _is_speech(quotation, segments) else []
    if speech:
        yield speech


def _is_speech(quotation: Quotation, segments: Segments) -> bool:
    """Whether a quotation is what somebody says, and no title, nickname, scare quote or stray mark."""
    text = segments.text
    opens_paragraph = quotation.outer.start == segments.sentences_in(quotation.outer)[0].span.start
    if not quotation.closed and opens_paragraph:
        return True
    if _is_answered(quotation, segments):
        return False
    words = quotation.inner.of(text).split()
    whole = text[quotation.inner.end - 1] in ".,!?…" or not quotation.closed
    return len(words) >= _SHORTEST_QUOTATION and whole


def _is_answered(quotation: Quotation, segments: Segments) -> bool:
    """Whether a question is quoted right before its answer: "“Who fired?” “They did,”" claims nothing."""
    text = segments.text
    if not quotation.closed or text[quotation.inner.end - 1] != "?":
        return False
    answer = segments.quotation_after(quotation.outer.end)
    return answer is not None and text[quotation.outer.end : answer.outer.start] in {" ", "  "}


def _owners(drafts: Sequence[Draft], segments: Segments) -> dict[int, int]:
    """Return, for where a quotation begins, the first attribution that has words of it."""
    waiting = sorted(
        ((span.start, span.end, i) for i, d in enumerate(drafts) for span in d.content), reverse=True
    )
    begun: list[tuple[int, int]] = []  # a heap of attributions, each with where a piece of it ends
    owners: dict[int, int] = {}
    for quotation in segments.quotations:
        while waiting and waiting[-1][0] < quotation.inner.end:
            _, end, index = waiting.pop()
            heappush(begun, (index, end))
        while begun and begun[0][1] <= quotation.inner.start:
            heappop(begun)
        if begun:
            owners[quotation.outer.start] = begun[0][0]
    return owners


def _said_before(
    quotation: Quotation, starts: Sequence[tuple[int, int, int]], segments: Segments
) -> int | None:
    """Find the last attribution before a quotation in its paragraph."""
    paragraph = segments.paragraph_at(quotation.outer.start)
    at = bisect_left(starts, (paragraph, quotation.outer.start, -1)) - 1
    if at < 0 or starts[at][0] != paragraph:
        return None
    return starts[at][2]


def _with_remarks(drafts: Sequence[Draft], segments: Segments) -> list[Draft]:
    """Give the sentence before "The council gave these comments at a hearing" to the ministry."""
    taken = _Coverage(drafts)
    more: list[Draft] = []
    for index, sentence in enumerate(segments.sentences[1:], start=1):
        tokens = segments.tokens_in(sentence.span)
        for at in range(1, len(tokens) - 1):
            if tokens[at].lower not in cues().remark_verbs:
                continue
            noun = tokens[min(at + 2, len(tokens) - 1)].lower
            said = segments.sentences[index - 1].span
            if tokens[at + 1].lower not in {"the", "these", "those"} or noun not in cues().remark_nouns:
                continue
            if not taken.touches(said):
                more.append(
                    Draft(
                        content=(_bare(said, segments.text),),
                        cue=(Span(tokens[at].start, tokens[at + 2].end),),
                        source=(Span(tokens[0].start, tokens[at - 1].end),),
                    )
                )
            break
    return [*drafts, *more]


def _with_carried(drafts: Sequence[Draft], segments: Segments) -> list[Draft]:
    """Let a speaker go on in a sentence that is tied to an attributed one before it in the paragraph."""
    # "allegedly" and "reports of" name nobody: whoever speaks on may say them.
    named = [draft for draft in drafts if _names_somebody(draft, segments)]
    held = _Coverage(named, whole=True)
    cited = {segments.sentence_at(draft.start) for draft in named if draft.cue}
    more: list[Draft] = []
    carrying = -1  # the paragraph in which somebody speaks on
    for index, sentence in enumerate(segments.sentences):
        tied = _CARRIES_ON.match(segments.text, sentence.span.start) is not None
        spoken = held.mostly(sentence.span, segments)
        if carrying == sentence.paragraph and tied and not spoken:
            more.append(Draft(content=(_bare(sentence.span, segments.text),)))
        elif spoken or index in cited:
            carrying = sentence.paragraph
        else:
            carrying = -1
    return [*drafts, *more]


def _with_nouns(drafts: Sequence[Draft], segments: Segments) -> list[Draft]:
    """Look for nouns of speech where a speaker goes on without a cue: 'One of these "reports" is that …'."""
    taken = {token.start for draft in drafts for cue in draft.cue for token in segments.tokens_in(cue)}
    told = [one for draft in drafts for one in told_by_nouns(draft.content, taken, segments)]
    return [*drafts, *(Draft(content=one.content, cue=one.cue, source=one.source) for one in told)]


def _unjudged(drafts: Sequence[Draft], segments: Segments) -> list[Draft]:
    """Leave out what nouns tell in sentences that call it untrue: whose sentence it is says that."""
    nouns = cues().content_nouns | cues().told_nouns
    judged: dict[Span, bool] = {}
    kept: list[Draft] = []
    for draft in drafts:
        noun = len(draft.cue) == 1 and draft.cue[0].of(segments.text).lower().split()[-1] in nouns
        if noun and draft.content and draft.content[0].start >= draft.cue[0].end:
            sentence = _sentence_of(draft, segments)
            if sentence not in judged:
                judged[sentence] = calls_untrue(sentence, segments)
            if judged[sentence]:
                continue
        kept.append(draft)
    return kept


def _own_voice(drafts: Sequence[Draft], segments: Segments, signed: Spans) -> Iterator[Span]:
    """Yield the sentences nobody is cited for; a line that only names who issues the text is none."""
    around = Surroundings(segments)
    held = _Coverage(drafts, whole=True, more=(*_nobodys(segments), *signed))
    # Whose sentence tells in passing that somebody is accused goes on in its own voice behind it, or has
    # spoken before it: "Police arrested two men accused of spying".
    aside = {
        segments.sentence_at(one.aside.start): (one.accused.start, one.aside.end)
        for one in accusations_in(segments.text, segments)
        if one.aside is not None
    }
    # "The ministry restated the following:" only introduces what stands elsewhere.
    introducing = {
        segments.sentence_at(draft.cue[0].start)
        for draft in drafts
        if draft.cue and not any(span.overlaps(_sentence_of(draft, segments)) for span in draft.content)
    }
    for index, sentence in enumerate(segments.sentences):
        rest = sentence.span
        if index in aside:
            begins, ends = aside[index]
            behind = segments.text[ends : rest.end]
            if any(map(str.isalpha, behind)):
                rest = Span(ends, rest.end)
            elif rest.start < begins:
                rest = Span(rest.start, begins)
        if index in introducing or held.mostly(rest, segments):
            continue
        for span in around.off((sentence.span,)):
            for clause in _untold(span, held, segments):
                yield _bare(clause, segments.text)


def _untold(sentence: Span, held: "_Coverage", segments: Segments) -> Iterator[Span]:
    """Yield a sentence without the clauses at its ends that somebody is cited for."""
    joints = [joint.span() for joint in _JOINT.finditer(segments.text, sentence.start, sentence.end)]
    if not joints or not held.touches(sentence):
        yield sentence
        return
    begins = [sentence.start, *(end for _, end in joints)]
    ends = [*(start for start, _ in joints), sentence.end]
    clauses = [Span(begin, end) for begin, end in zip(begins, ends, strict=True) if begin < end]
    own = [clause for clause in clauses if not held.mostly(clause, segments)]
    if own:
        yield hull(own)


def _sentence_of(draft: Draft, segments: Segments) -> Span:
    return segments.sentences[segments.sentence_at(draft.cue[0].start)].span


def _bare(span: Span, text: str) -> Span:
    """Leave a full stop at the end out of a content."""
    return trimmed(span, text, edges=" \t\r\n.;") or span


class _Coverage:
    """Which characters of a text the contents (or the whole) of some attributions hold."""

    def __init__(self, drafts: Sequence[Draft], *, whole: bool = False, more: Spans = ()) -> None:
        spans = [*more, *(span for draft in drafts for span in draft.content)]
        if whole:
            spans += [span for draft in drafts for span in (*draft.cue, *draft.source)]
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def touches(self, span: Span) -> bool:
        """Whether a held character lies in the span."""
        return next(self._held(span), None) is not None

    def mostly(self, span: Span, segments: Segments) -> bool:
        """Whether more than half of the letters of a span are held."""
        letters = segments.letters_in(span)
        held = sum(map(segments.letters_in, self._held(span)))
        return held * 2 > letters or not letters

    def _held(self, span: Span) -> Iterator[Span]:
        at = bisect_right(self._ends, span.start)
        while at < len(self._starts) and self._starts[at] < span.end:
            yield Span(max(span.start, self._starts[at]), min(span.end, self._ends[at]))
            at += 1


def nesting(drafts: Sequence[Draft]) -> list[int | None]:
    """Return, for each draft, the index of the one it stands in.

    That is the smallest one whose content holds its cue and content, or, where several say the same, the one
    before it in `discourse`'s order: "A, citing B, reported X".
    """
    pieces = sorted(
        (span.start, span.end, i) for i, d in enumerate(drafts) if not d.own for span in d.content
    )
    sizes = [_size(draft) for draft in drafts]
    holders: list[int | None] = [None] * len(drafts)
    begun: list[tuple[int, int, int]] = []  # size, attribution and end of each piece, the smallest first
    at = 0
    for index in sorted(range(len(drafts)), key=lambda i: drafts[i].content[0].start):
        point = drafts[index].content[0].start
        while at < len(pieces) and pieces[at][0] <= point:
            _, end, i = pieces[at]
            # Of those that say the same the innermost, which comes last, holds what stands in it.
            insort(begun, (sizes[i], -i, end))
            at += 1
        begun = [piece for piece in begun if piece[2] > point]
        larger = bisect_left(begun, (sizes[index] + 1,))
        candidates = (-begun[n][1] for n in range(larger, len(begun)))
        holders[index] = next((i for i in candidates if _holds(drafts[i], drafts[index])), None)
    last: dict[Spans, int] = {}
    for index, draft in enumerate(drafts):
        outer = last.get(draft.content)
        if outer is not None and _relays(drafts[outer], draft):
            holders[index] = outer
        last[draft.content] = index
    return holders


def _size(draft: Draft) -> int:
    return sum(len(span) for span in draft.content)


def _layer(draft: Draft) -> tuple[bool, int, int]:
    """Sort those who say the same from the outside in.

    Who is cited stands inside who cites; else the farther a cue stands from the content, the further out.
    """
    content = hull(draft.content)
    distance = max((max(content.start - cue.end, cue.start - content.end, 0) for cue in draft.cue), default=0)
    return draft.citing, -distance, draft.start


def _relays(outer: Draft, inner: Draft) -> bool:
    """Whether one of two who say the same has it from the other: "X, the mayor said, Northwire reports"."""
    apart = not any(one.overlaps(other) for one in outer.source for other in inner.source)
    if not (outer.cue and inner.cue and outer.source and inner.source and apart) or outer.citing:
        return False
    content = hull(inner.content)
    one_side = all(cue.start >= content.end for cue in (*outer.cue, *inner.cue)) or all(
        cue.end <= content.start for cue in (*outer.cue, *inner.cue)
    )
    return inner.citing or one_side


def _holds(outer: Draft, inner: Draft) -> bool:
    return not inner.own and covers(outer.content, (*inner.cue, *inner.content))


def _voice(draft: Draft, segments: Segments, speaker: Speaker | None, outlet: str | None) -> Voice:
    if draft.own or (speaker is not None and speaker.name == outlet):
        return "outlet"
    if draft.block:
        return "direct"
    letters = quoted = 0
    for span in draft.content:
        for quotation in segments.quotations_in(span):
            begin, end = max(span.start, quotation.inner.start), min(span.end, quotation.inner.end)
            quoted += segments.letters_in(Span(begin, end)) if begin < end else 0
        letters += segments.letters_in(span)
    inside = segments.quotation_at(draft.content[0].start)
    if inside is not None and hull(draft.content).within(inside.outer):
        return "direct"
    if not quoted:
        return "indirect"
    return "direct" if quoted >= _DIRECT_SHARE * letters else "mixed"
