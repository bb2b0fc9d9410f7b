"""What a claim does: contents cut into single claims, each with act, polarity, hedges and parts."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import ClassVar, TypeVar

import msgspec

from sayso.claims.conduct import FRAME_REACH, blames
from sayso.claims.embedded import embedded_in
from sayso.core.ids import ClaimId
from sayso.core.ports import Example
from sayso.core.reading import Reading, Values
from sayso.core.records import (
    Act,
    Attribution,
    Claim,
    Hedge,
    Law,
    Mention,
    Part,
    Party,
    Place,
    Polarity,
    Quantity,
    Record,
    Time,
)
from sayso.core.spans import Span, Spans, hull, trimmed
from sayso.language.lexicon import acts, cues, grammar, names
from sayso.language.segments import Quotation, Segments, Token, segments_of

_V = TypeVar("_V", Quantity, Time, Place, Law)
# ", and we demand": a second claim in one sentence; its subject is a pronoun, a name or a noun phrase.
_SECOND = re.compile(
    r"[,;]\s+(?:and|but|while|whereas)\s+(?:(?=(?:we|they|he|she|it|i|the|its)\b)|(?P<named>(?=(?-i:[A-Z]))))|;\s+",
    re.IGNORECASE,
)
# "and Ordania demands": a name and its verb. In "accused Keldovia, Vesland, and Ordania of" none follows.
_NAME_AND_WORD = re.compile(r"(?:[A-Z][\w’'-]*\s+(?:of\s+)?){1,5}(?P<word>[a-z]+)")
_REACH = 80  # characters in which the verb of a second claim stands
_VERBISH = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|did|does|do|must|can|cannot|demand|urge|reject|deny|call|\w+ed|\w+es)\b"
)
# `One of these "reports" is that …`, `this so-called evidence is fake`: any noun, so that no list of words
# favours one side's vocabulary.
_LABELLED = re.compile(
    r"\b(?:one of |some of |all )?(?:these|such|this|those)\b[^.“\"]{0,30}[“\"]\w+[\"”] (?:is|are|was|were)\b"
    r"|\b(?:so-called|fake|false|fabricated|alleged)\s+\w+ (?:is|are|was|were) "
    r"(?:that|nothing|no more|an? |fake|false|baseless|groundless|fabricat)",
    re.IGNORECASE,
)
_ENDS_MAIN_CLAUSE = frozenset({"which", "who", "because", "although", "if", "unless", ":", "but"})
_NO_NEGATION_BEFORE = frozenset({"but", "only", "to"})  # "nothing but", "not only", "not to"
_ASSERTS_AFTER = frozenset(
    {"stop", "prevent", "keep"}
)  # "did not stop X from shelling": the shelling is asserted
_JOINT = re.compile(r"(?:and|but)\s+(?=\w)", re.IGNORECASE)
_BACK = frozenset({"it", "its", "they", "their", "he", "his", "she", "her"})
_SHORTEST_CLAIM = 3  # words
_LONGEST_HEADING = 10  # tokens: a dateline or a heading asserts no more than where a text is from
_LONGEST_SCARE_QUOTE = 3  # words
_EDGES = " \t\r\n\u00a0,.;:"
_MARKS = '“”«»„"'


class ClaimStage:
    """Yields the claims of every attribution."""

    name: ClassVar[str] = "claims"
    version: ClassVar[str] = "1"
    needs: ClassVar[tuple[type[Record | Values], ...]] = (Attribution, Mention, Party, Values)
    gives: ClassVar[tuple[type[Record | Values], ...]] = (Claim,)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            content=b"Ordania shelled the town, the mayor said. The ministry denied the claim.",
            yields=("Ordania shelled the town", "the claim"),
        ),
    )

    def __call__(self, reading: Reading) -> Iterator[Record]:
        """Yield claims in text order; a nested attribution's words are claimed by its own speaker alone."""
        segments = segments_of(reading.document.text)
        attributions = reading.attributions
        by_id = {one.id: one for one in attributions}
        inner: dict[str, list[Attribution]] = {}
        for one in attributions:
            if one.within is not None:
                inner.setdefault(one.within, []).append(one)
        parts = _Parts(reading, segments)
        for attribution in attributions:
            outer = by_id.get(attribution.within) if attribution.within is not None else None
            if outer is not None and _same_voice(attribution, outer):
                # "We demand …", inside the speaker's own words: the outer claim says it already.
                continue
            before: Claim | None = None
            nested = _Pieces(span for one in inner.get(attribution.id, ()) for span in one.content)
            for content in units(attribution, inner.get(attribution.id, ()), segments):
                claim = _referring_back(_claim(attribution, content, segments, parts), before, segments)
                before = before if claim.actor is None else claim
                yield claim
                yield from _inside(claim, attribution, nested, parts)


def _same_voice(inner: Attribution, outer: Attribution) -> bool:
    return (
        inner.speaker is not None and outer.speaker is not None and inner.speaker.name == outer.speaker.name
    )


class _Pieces:
    """Spans that may overlap, asked whether one of them holds another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        # The furthest end of all that start here or before.
        self._ends = list(accumulate((span.end for span in ordered), max))

    def hold(self, span: Span) -> bool:
        """Whether one of the spans has every code point of this one."""
        at = bisect_right(self._starts, span.start) - 1
        return at >= 0 and self._ends[at] >= span.end


def units(attribution: Attribution, inner: Sequence[Attribution], segments: Segments) -> Iterator[Spans]:
    """Yield the words of each claim of a content: its sentences, and clauses that could stand alone."""
    whole = _claim_span(hull(attribution.content), segments)
    others = _Pieces(span for one in inner if not _same_voice(one, attribution) for span in one.content)
    if _is_broken(attribution, segments):
        pieces = (_claim_span(fragment, segments) for fragment in attribution.content)
        broken = tuple(piece for piece in pieces if piece is not None)
        if broken:
            yield broken
        return
    for fragment in attribution.content:
        for sentence in segments.sentences_in(fragment):
            piece = Span(max(fragment.start, sentence.span.start), min(fragment.end, sentence.span.end))
            for clause in _clauses(piece, segments.text):
                span = _claim_span(clause, segments)
                if span is None or others.hold(span):
                    continue
                if span != whole and len(span.of(segments.text).split()) < _SHORTEST_CLAIM:
                    continue
                yield (span,)


def _is_broken(attribution: Attribution, segments: Segments) -> bool:
    """Whether a cue stands inside one clause: "Ordania [allegedly] fired", not "“We left,” [he said]"."""
    text, (first, *more) = segments.text, attribution.content
    at = segments.sentence_at(first.start)
    return bool(more) and all(
        segments.sentence_at(one.start) == at and text[one.start] not in _MARKS for one in more
    )


def _claim_span(clause: Span, segments: Segments) -> Span | None:
    """Leave marks at the ends and an "and" at the beginning out of a claim."""
    text = segments.text
    span = trimmed(clause, text, edges=_EDGES)
    while span is not None and (cut := _without_lone_mark(span, segments)) != span:
        span = None if cut is None else trimmed(cut, text, edges=_EDGES)
    joint = None if span is None else _JOINT.match(text, span.start, span.end)
    return span if span is None or joint is None else Span(joint.end(), span.end)


def _without_lone_mark(span: Span, segments: Segments) -> Span | None:
    """Take a quotation mark off an end, unless its other half stands inside the claim."""
    text = segments.text
    first, last = segments.quotation_at(span.start), segments.quotation_at(span.end - 1)
    if text[span.start] in _MARKS and (first is None or not first.outer.end < span.end):
        return Span(span.start + 1, span.end) if len(span) > 1 else None
    if text[span.end - 1] in _MARKS and (last is None or not last.outer.start > span.start):
        return Span(span.start, span.end - 1) if len(span) > 1 else None
    return span


def _clauses(piece: Span, text: str) -> Iterator[Span]:
    start = piece.start
    verbs = [found.start() for found in _VERBISH.finditer(text, piece.start, piece.end)]
    for found in _SECOND.finditer(text, piece.start, piece.end):
        before = bisect_left(verbs, start) < bisect_left(verbs, found.start())
        if before and _says_more(text, found, piece.end):
            yield Span(start, found.start())
            start = found.end()
    if start < piece.end:
        yield Span(start, piece.end)


def _says_more(text: str, joint: re.Match[str], end: int) -> bool:
    """Whether what follows "; " or ", and " has a verb of its own."""
    reach = min(joint.end() + _REACH, end)
    if joint["named"] is None:
        return _VERBISH.search(text, joint.end(), reach) is not None
    name = _NAME_AND_WORD.match(text, joint.end(), reach)
    return name is not None and (name["word"] in cues().verbs or _is_verb_form(name["word"]))


class _Parts:
    """The values and names of a reading, found by where they stand."""

    def __init__(self, reading: Reading, segments: Segments) -> None:
        self.values = reading.values
        self.mentions = sorted(reading.mentions, key=lambda one: one.span)
        self.parties = {party.id: party for party in reading.parties}
        self.segments = segments
        self._starts = [one.span.start for one in self.mentions]

    def mentions_in(self, span: Span) -> list[Mention]:
        """Return the mentions inside a span."""
        low = bisect_left(self._starts, span.start)
        high = bisect_left(self._starts, span.end)
        return [one for one in self.mentions[low:high] if one.span.within(span)]

    def within(self, span: Span) -> Values:
        """Return the values inside a span."""
        return Values(
            quantities=tuple(_standing_in(self.values.quantities, span)),
            times=tuple(_standing_in(self.values.times, span)),
            places=tuple(_standing_in(self.values.places, span)),
            law=tuple(_standing_in(self.values.law, span)),
        )


def _standing_in(found: Sequence[_V], span: Span) -> Iterator[_V]:
    at = bisect_left(found, span.start, key=lambda one: one.span.start)
    while at < len(found) and found[at].span.start < span.end:
        if found[at].span.within(span):
            yield found[at]
        at += 1


class _Words(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one claim, and what is asked of them more than once."""

    tokens: tuple[Token, ...]
    order: tuple[str, ...]  # in lower case
    lower: frozenset[str]
    text: str
    start: int  # where `text` begins in the document
    full_stop: bool  # a sentence, no heading
    stressed: bool  # right of a cue such as "stressed"


def _claim(attribution: Attribution, content: Spans, segments: Segments, parts: _Parts) -> Claim:
    span = hull(content)
    tokens = tuple(segments.tokens_in(span))
    order = tuple(token.lower for token in tokens)
    words = _Words(
        tokens=tokens,
        order=order,
        lower=frozenset(order),
        text=span.of(segments.text),
        start=span.start,
        full_stop=segments.text[span.end : span.end + 1] == ".",
        stressed=_is_stressed(attribution, span, segments),
    )
    values = parts.within(span)
    cue_act = _cue_act(attribution, segments)
    actor, action, target = _roles(words, span, parts, attribution)
    return Claim(
        attribution=attribution.id,
        content=content,
        act=_act(cue_act, words, attribution, values, actor),
        polarity=_polarity(cue_act, words),
        hedges=tuple(_hedges(words, span, segments)),
        actor=actor,
        action=action,
        target=target,
        quantities=values.quantities,
        times=values.times,
        places=values.places,
        law=values.law,
        run=attribution.run,
    )


def _inside(claim: Claim, attribution: Attribution, nested: _Pieces, parts: _Parts) -> Iterator[Claim]:
    """Yield what a claim takes for granted, as claims of the same voice; `nested` words are another's."""
    span, segments = hull(claim.content), parts.segments
    for one in embedded_in(span, parts.mentions_in(span), segments):
        if one.span == span or nested.hold(one.span):
            continue
        inner = _claim(attribution, (one.span,), segments, parts)
        # In passing nobody reports or justifies: it is put forward as a fact, conduct as blame.
        blamed = blames([token.lower for token in segments.tokens_in(one.span)])
        told_of = inner.actor is not None or one.kind == "presupposed"
        act: Act = "accuse" if blamed and told_of else "assert"
        yield msgspec.structs.replace(inner, id=ClaimId(""), embedded=one.kind, act=act)


def _cue_act(attribution: Attribution, segments: Segments) -> Act:
    for span in attribution.cue:
        for token in segments.tokens_in(span):
            verb = cues().verbs.get(token.lower)
            if verb is None or verb.act == "assert":
                continue
            # "called on both sides to stop" demands, "called it a crime" evaluates.
            calls_on = verb.lemma == "call" and span.of(segments.text).lower().endswith(
                (" on", " for", " upon")
            )
            return "demand" if calls_on else verb.act
    return "assert"


def _is_stressed(attribution: Attribution, span: Span, segments: Segments) -> bool:
    return any(
        token.lower in cues().verbs and cues().verbs[token.lower].lemma in acts().stresses
        for cue in attribution.cue
        if cue.end <= span.start
        for token in segments.tokens_in(cue)
    )


def _act(cue_act: Act, words: _Words, attribution: Attribution, values: Values, actor: Part | None) -> Act:
    """Return the first act whose words are there: what the cue says, then what the claim's own words do."""
    if cue_act not in {"assert", "predict"}:
        return cue_act
    table, lower = acts(), words.lower
    ours = bool(words.tokens) and words.tokens[0].lower in table.first_person
    told: tuple[tuple[Act, bool], ...] = (
        ("report", attribution.voice == "outlet" and bool(attribution.cue)),
        ("deny", _labels(words) or _rejects(words)),
        ("demand", bool(lower & table.demand_words) or _asks_for(words)),
        ("pledge", bool(lower & table.pledge_words) or _commits(words)),
        ("pledge", ours and bool(lower & table.modal_future)),
        ("justify", bool(lower & table.justify) or _any_phrase(words, table.justify_phrases)),
        ("predict", cue_act == "predict" or bool(lower & table.modal_future)),
        ("accuse", actor is not None and not ours and blames(words.order)),
        ("report", any(quantity.outcome for quantity in values.quantities) or _relays(attribution, words)),
        ("evaluate", bool(lower & table.evaluate_words and lower & table.be)),
    )
    return next((act for act, so in told if so), "assert")


def _any_phrase(words: _Words, phrases: Sequence[str]) -> bool:
    text = words.text.lower()
    return any(phrase in text for phrase in phrases)


def _commits(words: _Words) -> bool:
    """Tell "its commitment, with its partners, to rebuild" from "committed crimes"."""
    return _any_phrase(words, acts().pledge_phrases) or any(
        word in acts().pledge_nouns and "to" in words.order[at + 1 : at + 1 + FRAME_REACH]
        for at, word in enumerate(words.order)
    )


def _asks_for(words: _Words) -> bool:
    """`are needed to …`, `stressed the importance of …`; "the importance of rain grew" asks for nothing."""
    if _any_phrase(words, acts().demand_phrases):
        return True
    return words.stressed and words.order[:3] == ("the", "importance", "of") and not _has_verb(words)


def _relays(attribution: Attribution, words: _Words) -> bool:
    """Whether the outlet only says where a text is from."""
    heading = len(words.tokens) <= _LONGEST_HEADING and not _has_verb(words) and not words.full_stop
    return attribution.voice == "outlet" and heading


def _has_verb(words: _Words) -> bool:
    return any(_is_verb(words, at) for at in range(len(words.tokens)))


def _rejects(words: _Words) -> bool:
    """`rejects these accusations`, `the claims are baseless`; "circulates fake news" rejects nothing."""
    denies = any(
        token.lower in cues().verbs and cues().verbs[token.lower].act == "deny" for token in words.tokens
    )
    after = [token.lower for token in words.tokens[1:]] + ["."]
    is_said_false = bool(words.lower & acts().be) and any(
        token.lower in acts().deny_words and not following[0].isalnum()
        for token, following in zip(words.tokens, after, strict=True)
    )
    return denies or is_said_false


def _labels(words: _Words) -> bool:
    """Tell a denial by labelling: `One of those "letters" is that …` has no word of negation."""
    return _LABELLED.search(words.text) is not None


def _polarity(cue_act: Act, words: _Words) -> Polarity:
    """Return "-" when the speaker rejects the content, or its main clause is negated."""
    if cue_act == "deny":
        return "-"
    for before, word, after in zip(("", *words.order), words.order, (*words.order[1:], ""), strict=False):
        if word in _ENDS_MAIN_CLAUSE:
            return "+"
        if word not in acts().negations or after in _NO_NEGATION_BEFORE:
            continue
        # "asked not to be named", "but not the quarrel" negate less than the clause.
        if word != "not" or before in grammar().auxiliaries | acts().be | {"may", "might", "must"}:
            return "+" if after in _ASSERTS_AFTER else "-"
    return "+"


def _hedges(words: _Words, span: Span, segments: Segments) -> Iterator[Hedge]:
    table = acts()
    for token in words.tokens:
        if token.lower in table.distancing:
            yield Hedge(span=token.span, kind="distancing")
        elif token.lower in table.hedges and not _is_month(token, segments):
            yield Hedge(span=token.span, kind="hedge")
    for quotation in segments.quotations_in(span):
        short = len(quotation.inner.of(segments.text).split()) <= _LONGEST_SCARE_QUOTE
        if (
            short
            and quotation.closed
            and quotation.outer.within(span)
            and not _is_title(quotation, words, segments)
        ):
            yield Hedge(span=quotation.outer, kind="scare_quotes")


def _is_month(token: Token, segments: Segments) -> bool:
    """`May`, as `may` is a hedge."""
    return segments.text[token.start].isupper() and token.lower in names().calendar


def _is_title(quotation: Quotation, words: _Words, segments: Segments) -> bool:
    """Whether quotation marks hold a name: `the ferry “grey gull”`, `“The Long Road”`."""
    inside = [token for token in segments.tokens_in(quotation.inner) if token.lower.isalnum()]
    if all(
        segments.text[token.start].isupper() or token.lower in grammar().determiners | grammar().when_where
        for token in inside
    ):
        return True
    before = bisect_left(words.tokens, quotation.outer.start, key=lambda token: token.start) - 1
    return before >= 0 and words.order[before] in acts().titled


def _roles(
    words: _Words, span: Span, parts: _Parts, attribution: Attribution
) -> tuple[Part | None, Part | None, Part | None]:
    """Return actor, action and target: the first name of the subject, the verb, the first name after it."""
    mentions = parts.mentions_in(span)
    verbs = [token for at, token in enumerate(words.tokens) if _is_verb(words, at)]
    conduct = next((token for token in verbs if _is_conduct(token.lower)), verbs[0] if verbs else None)
    actor = _actor(words, mentions, verbs[0].start if verbs else span.end, parts, attribution)
    if conduct is None:
        return actor, None, None
    after = (one for one in mentions if one.span.start >= conduct.end)
    target = next((_part(one, parts) for one in after if actor is None or one.party != actor.party), None)
    return actor, Part(span=conduct.span, name=conduct.lower), target


def _is_verb(words: _Words, at: int) -> bool:
    token = words.tokens[at]
    if at == 0 or words.text[token.start - words.start].isupper():
        return False
    return _is_verb_form(token.lower) or token.lower in cues().verbs


def _is_verb_form(word: str) -> bool:
    past = word.endswith("ed") and len(word) > len("need")
    return past or word in grammar().finite_auxiliaries or _is_conduct(word)


def _is_conduct(word: str) -> bool:
    return word in acts().blame or word in acts().framed_blame


def _actor(
    words: _Words, mentions: Sequence[Mention], boundary: int, parts: _Parts, attribution: Attribution
) -> Part | None:
    first = words.tokens[0] if words.tokens else None
    if first is not None and first.lower in acts().first_person and attribution.speaker is not None:
        return Part(span=first.span, name=attribution.speaker.name, party=attribution.speaker.party)
    # "Today, Ordania, on its own soil, is …", "Plans by Ordania to …": the first name of the subject.
    return next((_part(one, parts) for one in mentions if one.span.end <= boundary), None)


def _referring_back(claim: Claim, before: Claim | None, segments: Segments) -> Claim:
    """Give "Its goal is …" the actor of the claim before, as one who speaks on means it."""
    if claim.actor is not None or before is None or before.actor is None:
        return claim
    tokens = segments.tokens_in(hull(claim.content))
    if not tokens or tokens[0].lower not in _BACK:
        return claim
    actor = Part(span=tokens[0].span, name=before.actor.name, party=before.actor.party)
    return msgspec.structs.replace(claim, id=ClaimId(""), actor=actor)


def _part(mention: Mention, parts: _Parts) -> Part:
    party: Party | None = parts.parties.get(mention.party) if mention.party is not None else None
    name = mention.span.of(parts.segments.text) if party is None else party.name
    return Part(span=mention.span, name=name, party=mention.party)
