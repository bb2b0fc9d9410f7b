"""What a claim does: contents cut into single claims, each with act, polarity, hedges and parts."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import ClassVar

import msgspec

from sayso.claims.accusations import accusation_of, is_of_nobody
from sayso.claims.asides import without_asides
from sayso.claims.brands import Verdict, is_verdict_alone, points_back, verdict_in, withholds
from sayso.claims.choice import likeliest, told_by
from sayso.claims.conduct import blames, clears
from sayso.claims.embedded import Embedded, embedded_in
from sayso.claims.inventory import Inventory, standing_in
from sayso.claims.negation import negated_by
from sayso.claims.roles import is_verb, is_verb_form, of_speech, roles_of
from sayso.claims.signs import LABELLED, Said, named_starts, signs_of
from sayso.claims.silence import spoken
from sayso.claims.worth import worth_of
from sayso.core.ids import ClaimId
from sayso.core.ports import Example
from sayso.core.reading import Reading, Values
from sayso.core.records import (
    Act,
    Attribution,
    Claim,
    Hedge,
    Mention,
    Part,
    Party,
    Polarity,
    Record,
)
from sayso.core.spans import Pieces, Span, Spans, hull, trimmed
from sayso.language.lexicon import acts, cues, grammar, names
from sayso.language.lexicon.deeds import deeds
from sayso.language.lexicon.verdicts import is_half_true, praising_forms
from sayso.language.lexicon.weights import act_weights
from sayso.language.segments import Quotation, Segments, Token, segments_of

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
_JOINT = re.compile(r"(?:and|but)\s+(?=\w)", re.IGNORECASE)
_BACK = frozenset({"it", "its", "they", "their", "he", "his", "she", "her"})
_SHORTEST_CLAIM = 3  # words
_LONGEST_HEADING = 10  # tokens: a dateline or a heading asserts no more than where a text is from
_LONGEST_SCARE_QUOTE = 3  # words
_NEAR_CUE = 120  # characters between a cue and words that follow it: an addressee, an adverb
_OWN_ACTS: frozenset[Act] = frozenset({"assert", "accuse", "predict", "evaluate", "justify"})
_OWN_LEAD = 200  # hundredths by which an act of an outlet's own voice must lead plain telling
_OPENING = 5  # words in which what a claim is about is named
_FOR_WHAT = 14  # words in which it is told for what somebody is praised
_MOST_INNER = 16  # attributions in one claim among which the outermost is sought
_EDGES = " \t\r\n\u00a0,.;:"
_MARKS = '“”«»„"'


class ClaimStage:
    """Yields the claims of every attribution."""

    name: ClassVar[str] = "claims"
    version: ClassVar[str] = "5"
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
        parts = Inventory(reading, segments)
        for attribution in spoken(attributions, segments):
            before: Claim | None = None
            own = sorted(inner.get(attribution.id, ()), key=lambda one: one.content[0].start)
            nested = Pieces(span for one in own for span in one.content)
            holds = any(not _same_voice(one, attribution) for one in own)
            outer = None if attribution.within is None else by_id.get(attribution.within)
            for unit in units(attribution, own, segments):
                whole = _joined_by_that(unit, segments)
                verdict = None if whole is None else verdict_in(whole, attribution, own, segments)
                content = unit if verdict is None else (verdict.content,)
                said = _said(attribution, content, parts, holds=holds, outer=outer)
                embedded = _embedded(content, parts)
                claim = _claim(attribution, content, said, embedded, parts)
                claim = _rejecting(claim, verdict, attribution, segments)
                claim = _referring_back(_telling(claim, attribution, own, segments), before, segments)
                before = before if claim.actor is None else claim
                for told in (claim, *_inside(claim, embedded, attribution, nested, parts)):
                    yield msgspec.structs.replace(told, checkworthy=worth_of(told, segments).score)


def _joined_by_that(unit: Spans, segments: Segments) -> Span | None:
    """Return one clause where a unit is one, though a finder left out its "that": "the report … it sank"."""
    gaps = (segments.text[one.end : other.start].strip() for one, other in pairwise(unit))
    return hull(unit) if all(gap == "that" for gap in gaps) else None


def _rejecting(claim: Claim, verdict: Verdict | None, attribution: Attribution, segments: Segments) -> Claim:
    """Make a denial of a claim whose words are called untrue, and of "that is a lie" itself."""
    if verdict is not None and verdict.rejects:
        return msgspec.structs.replace(claim, id=ClaimId(""), act="deny", polarity="-", negation=verdict.mark)
    if claim.polarity == "+" and verdict is None and _leaves_open(claim, attribution, segments):
        return msgspec.structs.replace(claim, id=ClaimId(""), act="assert")
    if claim.polarity == "+" and points_back(hull(claim.content), attribution, segments):
        return msgspec.structs.replace(claim, id=ClaimId(""), act="deny")
    return claim


def _leaves_open(claim: Claim, attribution: Attribution, segments: Segments) -> bool:
    """Whether a claim neither brings a charge nor rejects one.

    "Nobody called it false", "is half true", "no one was accused of theft".
    """
    if claim.act not in {"accuse", "deny", "demand"}:
        return False
    span = hull(claim.content)
    judged = withholds(span, attribution, segments) or is_half_true(segments.text, span.start, span.end)
    if not judged and not is_of_nobody(span, segments):
        return False
    verbs = (
        cues().verbs.get(token.lower) for piece in attribution.cue for token in segments.tokens_in(piece)
    )
    return not any(verb is not None and verb.act in {"deny", "accuse", "demand"} for verb in verbs)


def _telling(claim: Claim, attribution: Attribution, own: Sequence[Attribution], segments: Segments) -> Claim:
    """Give a claim that only tells what somebody said that speaker as its actor; an outlet reports it."""
    span = hull(claim.content)
    first, last = (
        bisect_left(own, at, key=lambda one: one.content[0].start) for at in (span.start, span.end)
    )
    others = [
        one
        for one in own[first:last][:_MOST_INNER]
        if not _same_voice(one, attribution) and not _is_in_passing(one, segments)
    ]
    told = of_speech(claim.content, others, segments.text)
    if told is None:
        return claim
    act: Act = "report" if attribution.voice == "outlet" and claim.polarity == "+" else claim.act
    # Who says that somebody denies a charge does not bring it.
    if act == "accuse" and told.action is not None and _rejects(told.action.span, segments):
        act = "deny"
    return msgspec.structs.replace(
        claim, id=ClaimId(""), act=act, actor=told.actor, action=told.action, target=None, event=None
    )


def _is_in_passing(inner: Attribution, segments: Segments) -> bool:
    """Whether an attribution is an accusation that its sentence only adds: "the army, accused of …, left"."""
    passive = accusation_of(inner, segments)
    return passive is not None and passive.aside is not None


def _rejects(cue: Span, segments: Segments) -> bool:
    verbs = (cues().verbs.get(token.lower) for token in segments.tokens_in(cue))
    return any(verb is not None and verb.act == "deny" for verb in verbs)


def signs_by_claim(reading: Reading) -> Iterator[tuple[ClaimId, tuple[str, ...]]]:
    """Yield the signs by which the act of each claim was told, for those who weigh them anew or explain."""
    segments = segments_of(reading.document.text)
    attributions = reading.attributions
    by_id = {one.id: one for one in attributions}
    parts = Inventory(reading, segments)
    holders = {
        one.within for one in attributions if one.within in by_id and not _same_voice(one, by_id[one.within])
    }
    for claim in reading.claims:
        attribution = by_id[claim.attribution]
        outer = None if attribution.within is None else by_id.get(attribution.within)
        said = _said(attribution, claim.content, parts, holds=attribution.id in holders, outer=outer)
        said = without_asides(said, _embedded(claim.content, parts), segments)
        yield claim.id, tuple(sorted(set(signs_of(said))))


def _same_voice(inner: Attribution, outer: Attribution) -> bool:
    return (
        inner.speaker is not None and outer.speaker is not None and inner.speaker.name == outer.speaker.name
    )


def units(attribution: Attribution, inner: Sequence[Attribution], segments: Segments) -> Iterator[Spans]:
    """Yield the words of each claim of a content: its sentences, and clauses that could stand alone."""
    whole = _claim_span(hull(attribution.content), segments)
    others = Pieces(_taken(attribution, inner))
    if _is_broken(attribution, segments):
        pieces = (_claim_span(fragment, segments) for fragment in attribution.content)
        broken = tuple(piece for piece in pieces if piece is not None)
        if broken:
            yield broken
        return
    found = [
        span
        for fragment in attribution.content
        for sentence in segments.sentences_in(fragment)
        for clause in _clauses(_common(fragment, sentence.span), segments.text)
        if (span := _claim_span(clause, segments)) is not None
    ]
    before: Span | None = None
    for span in found:
        # What somebody says in one breath is also a claim of its own: "We demand …" alone in a quotation.
        if others.hold(span) and not (len(found) == 1 and _speaks_alone(span, attribution, inner)):
            continue
        short = span != whole and len(span.of(segments.text).split()) < _SHORTEST_CLAIM
        if short and not (before is not None and _answers(span, before, inner, segments)):
            continue
        before = span
        yield (span,)


def _answers(span: Span, before: Span, inner: Sequence[Attribution], segments: Segments) -> bool:
    """Whether a word or two reject what was reported right before: "They say that it sank. [A lie.]"."""
    reported = any(one.cue and one.content and one.content[-1].overlaps(before) for one in inner)
    return reported and is_verdict_alone(span, segments.text)


def _common(fragment: Span, sentence: Span) -> Span:
    return Span(max(fragment.start, sentence.start), min(fragment.end, sentence.end))


def _taken(attribution: Attribution, inner: Sequence[Attribution]) -> Iterator[Span]:
    """Yield the words that an inner attribution claims: another's content, or a whole "we demand that …"."""
    for one in inner:
        yield from one.content
        if _same_voice(one, attribution):
            yield hull((*one.content, *one.cue, *one.source))


def _speaks_alone(span: Span, attribution: Attribution, inner: Sequence[Attribution]) -> bool:
    return not any(
        span.within(piece) for one in inner if not _same_voice(one, attribution) for piece in one.content
    )


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
    return name is not None and (name["word"] in cues().verbs or is_verb_form(name["word"]))


def _said(
    attribution: Attribution, content: Spans, parts: Inventory, *, holds: bool, outer: Attribution | None
) -> Said:
    segments, span = parts.segments, hull(content)
    tokens = tuple(segments.tokens_in(span))
    cue, source = _tokens(attribution.cue, segments), _tokens(attribution.source, segments)
    pieces = (span, *attribution.cue, *attribution.source)
    named = sorted({one.span for piece in pieces for one in parts.mentions_in(_widened(piece))})
    return Said(
        tokens=tokens,
        order=tuple(token.lower for token in tokens),
        text=span.of(segments.text),
        start=span.start,
        named=named_starts(tokens, named) | named_starts(cue, named) | named_starts(source, named),
        cue=cue,
        between=_between(attribution, span, segments),
        voice=attribution.voice,
        nested=attribution.within is not None,
        holds=holds,
        source=source,
        within=frozenset() if outer is None else frozenset(_kinds_of(outer, segments)),
        quantities=tuple(standing_in(parts.values.quantities, span)),
    )


def _tokens(spans: Spans, segments: Segments) -> tuple[Token, ...]:
    return tuple(token for piece in spans for token in segments.tokens_in(piece))


def _kinds_of(attribution: Attribution, segments: Segments) -> Iterator[str]:
    for token in _tokens(attribution.cue, segments):
        yield from deeds().cues.get(token.lower, ())


_LONGEST_NAME = 80  # characters: a name may begin before a claim that cuts it


def _widened(span: Span) -> Span:
    return Span(max(0, span.start - _LONGEST_NAME), span.end + _LONGEST_NAME)


def _between(attribution: Attribution, span: Span, segments: Segments) -> tuple[Token, ...]:
    """Return the words between a cue and the claim behind it: whom it addresses, or an adverb."""
    if not attribution.cue or not attribution.cue[-1].end < span.start <= attribution.cue[-1].end + _NEAR_CUE:
        return ()
    between = segments.tokens_in(Span(attribution.cue[-1].end, span.start))
    return tuple(token for token in between if token.lower.isalpha() and token.lower != "that")


def _embedded(content: Spans, parts: Inventory) -> tuple[Embedded, ...]:
    span = hull(content)
    found = embedded_in(span, parts.mentions_in(span), parts.segments)
    return tuple(one for one in found if one.span != span)


def _claim(
    attribution: Attribution, content: Spans, said: Said, embedded: Sequence[Embedded], parts: Inventory
) -> Claim:
    span = hull(content)
    values = parts.within(span)
    polarity = polarity_of(said)
    negation = negated_by(said.order)
    roles = roles_of(said, span, parts, attribution)
    return Claim(
        attribution=attribution.id,
        content=content,
        act=_act(without_asides(said, embedded, parts.segments), polarity),
        polarity=polarity,
        hedges=tuple({one.span: one for one in _hedges(said, span, attribution, parts.segments)}.values()),
        actor=roles.actor,
        action=roles.action,
        target=roles.target,
        quantities=values.quantities,
        times=values.times,
        places=values.places,
        law=values.law,
        negation=None if negation is None else said.tokens[negation].span,
        event=roles.event,
        run=attribution.run,
    )


def polarity_of(said: Said) -> Polarity:
    """Return "-" where the source denies, rejects or doubts the content as it stands, else "+".

    A negation inside the content stays part of what is put forward ("we possess no …" is "+"): so the
    annotation guidelines have it, and `Claim.negation` tells of it.
    """
    words = [token.lower for token in said.cue if token.start not in said.named]
    negated = not acts().negations.isdisjoint(words)
    if any("deny" in deeds().cues.get(word, ()) for word in words):
        return "+" if negated else "-"
    return "-" if negated and not deeds().doubting.isdisjoint(words) else "+"


def _act(said: Said, polarity: Polarity) -> Act:
    """Return the likeliest act by the claim's signs; a rejection is no matter of likelihood."""
    # A label rejects without a word of negation: `One of these "reports" is that …`.
    if polarity == "-" or LABELLED.search(said.text) is not None:
        return "deny"
    if said.voice == "outlet" and not said.cue:
        return _own_act(said)
    if _praises(said):
        return "evaluate"
    act = told_by(signs_of(said), act_weights())
    return "deny" if act in {"accuse", "assert"} and clears(said.order) else act


def _praises(said: Said) -> bool:
    """Whether somebody is praised or thanked for a deed, which is no charge, pledge or denial."""
    cue = [token.lower for token in said.cue if token.start not in said.named]
    praised = not praising_forms().isdisjoint(cue) and acts().negations.isdisjoint(cue)
    return praised and "for" in (*cue, *said.order[:_FOR_WHAT], *(token.lower for token in said.between))


def _own_act(said: Said) -> Act:
    """Return what an outlet does in its own voice: it tells, unless its words plainly do more.

    The weights were fitted to cited voices, so an outlet's sentence needs a clear lead to be more than told,
    and it makes no report, demand, pledge or denial of its own that a label does not show.
    """
    if _is_heading(said):
        return "report"
    named = any(token.start in said.named for token in said.tokens)
    counted = any(one.outcome for one in said.quantities)
    if named and blames(said.order) and negated_by(said.order) is None and not counted:
        return "accuse"
    signs = tuple(signs_of(said))
    if "duty left undone" in signs:
        return "accuse"
    return likeliest(signs, act_weights(), among=_OWN_ACTS, lead=_OWN_LEAD)


def _is_heading(said: Said) -> bool:
    """Whether the outlet only says where a text is from."""
    short = len(said.tokens) <= _LONGEST_HEADING and not any(
        is_verb(said, at) for at in range(len(said.tokens))
    )
    return said.voice == "outlet" and not said.cue and short and not said.text.endswith(".")


def _inside(
    claim: Claim, embedded: Sequence[Embedded], attribution: Attribution, nested: Pieces, parts: Inventory
) -> Iterator[Claim]:
    """Yield what a claim takes for granted, as claims of the same voice; `nested` words are another's."""
    for one in embedded:
        if nested.hold(one.span) or _is_denied_with(one, claim, parts.segments):
            continue
        said = _said(attribution, (one.span,), parts, holds=False, outer=None)
        inner = _claim(attribution, (one.span,), said, (), parts)
        # In passing nobody reports or justifies: it is put forward as a fact, conduct as blame.
        actor = _actor_inside(one, claim, parts) or inner.actor
        inner = msgspec.structs.replace(inner, id=ClaimId(""), actor=actor)
        blamed = blames(said.order) or not deeds().wrong_marks.isdisjoint(said.order)
        told_of = inner.actor is not None or one.kind == "presupposed"
        praised = one.kind == "presupposed" and _praises(said)
        act: Act = "accuse" if blamed and told_of and not praised else "assert"
        yield msgspec.structs.replace(inner, id=ClaimId(""), embedded=one.kind, act=act)


def _is_denied_with(one: Embedded, claim: Claim, segments: Segments) -> bool:
    """Whether a deed is denied and not presupposed: "was not responsible for [shelling the town]"."""
    deed = one.kind == "presupposed" and segments.tokens_in(one.span)[0].lower.endswith("ing")
    negated = claim.negation is not None and claim.negation.start < one.span.start
    return deed and (negated or claim.polarity == "-")


def _actor_inside(one: Embedded, claim: Claim, parts: Inventory) -> Part | None:
    """Return who acts in an embedded clause without a subject of its own: "Ordania's aim in spreading …"."""
    segments = parts.segments
    words = segments.tokens_in(one.span)
    if one.kind == "relative":
        who = next((word for word in words if word.lower in {"which", "who"}), None)
        mentions = [] if who is None else parts.mentions_in(Span(one.span.start, who.start))
        return next((parts.part(mention) for mention in mentions), None)
    if one.kind != "presupposed" or not words[0].lower.endswith("ing"):
        return None
    before = parts.mentions_in(
        Span(hull(claim.content).start, max(one.span.start, hull(claim.content).start + 1))
    )
    if not before or segments.text[
        max(0, before[-1].span.start - len(" by the ")) : before[-1].span.start
    ].endswith((" by ", " by the ")):
        return claim.actor
    return parts.part(before[-1])


def _hedges(said: Said, span: Span, attribution: Attribution, segments: Segments) -> Iterator[Hedge]:
    yield from _hedges_of_cue(attribution, segments)
    table = acts()
    for token in said.tokens:
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
            and not _is_title(quotation, said, segments)
        ):
            yield Hedge(span=quotation.outer, kind="scare_quotes")


def _hedges_of_cue(attribution: Attribution, segments: Segments) -> Iterator[Hedge]:
    """Yield the doubt in a cue: "reportedly said", "is believed", and "had earlier reported"."""
    for piece in attribution.cue:
        tokens = segments.tokens_in(piece)
        inside = [token.lower for token in tokens]
        for token in tokens:
            if token.lower in acts().distancing:
                yield Hedge(span=token.span, kind="distancing")
            elif token.lower in deeds().hedging_cues:
                yield Hedge(span=token.span, kind="hedge")
            elif token.lower in deeds().superseded and "had" in inside:
                yield Hedge(span=token.span, kind="distancing")


def _is_month(token: Token, segments: Segments) -> bool:
    """`May`, as `may` is a hedge."""
    return segments.text[token.start].isupper() and token.lower in names().calendar


def _is_title(quotation: Quotation, said: Said, segments: Segments) -> bool:
    """Whether quotation marks hold a name: `the ferry “grey gull”`, `“The Long Road”`."""
    inside = [token for token in segments.tokens_in(quotation.inner) if token.lower.isalnum()]
    if all(
        segments.text[token.start].isupper() or token.lower in grammar().determiners | grammar().when_where
        for token in inside
    ):
        return True
    before = bisect_left(said.tokens, quotation.outer.start, key=lambda token: token.start) - 1
    return before >= 0 and said.order[before] in acts().titled


def _referring_back(claim: Claim, before: Claim | None, segments: Segments) -> Claim:
    """Give "Its goal is …" the actor of the claim before, as one who speaks on means it."""
    if claim.actor is not None or before is None or before.actor is None:
        return claim
    tokens = segments.tokens_in(hull(claim.content))
    if not tokens or tokens[0].lower not in _BACK:
        return claim
    actor = Part(span=tokens[0].span, name=before.actor.name, party=before.actor.party)
    # "They shelled the port. Their aim is to starve us": the motive is blamed with the deed.
    words = {token.lower for token in tokens[1:_OPENING]}
    if before.act == "accuse" and claim.act in {"assert", "pledge"} and not words.isdisjoint(acts().aims):
        return msgspec.structs.replace(claim, id=ClaimId(""), actor=actor, act="accuse")
    return msgspec.structs.replace(claim, id=ClaimId(""), actor=actor)
