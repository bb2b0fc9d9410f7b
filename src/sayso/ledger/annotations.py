"""What people add to the claims of documents and put in their place; no claim is ever erased."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, TypeVar

import msgspec
from sqlalchemy import Connection, select

from sayso.core.errors import BadInput, BadSpan, NotFound
from sayso.core.ids import AttributionId, ClaimId, DocumentId
from sayso.core.records import (
    Annotation,
    Attribution,
    Claim,
    Document,
    Law,
    Party,
    Place,
    Polarity,
    Quantity,
    Record,
    Run,
    Speaker,
    Time,
)
from sayso.core.spans import Span, Spans, covers
from sayso.core.version import __version__
from sayso.core.views import Annotated, Passage
from sayso.ledger import index, ordered, rows, schema

_V = TypeVar("_V", Quantity, Time, Place, Law)


class Standing:
    """Which claims stand, by all that people annotated."""

    def __init__(self, made: Iterable[Annotation]) -> None:
        """Take annotations in the order in which they were made."""
        self.replaced: set[ClaimId] = set()  # that no longer stand
        self._naming: dict[ClaimId, list[Annotation]] = {}
        for one in made:
            if one.claim is not None:
                self.replaced.discard(one.claim)
                self._naming.setdefault(one.claim, []).append(one)
            if one.replaces is not None:
                self.replaced.add(one.replaces)
                self._naming.setdefault(one.replaces, []).append(one)

    def naming(self, claim: ClaimId) -> tuple[Annotation, ...]:
        """Return the annotations that name a claim, the last one last."""
        return tuple(self._naming.get(claim, ()))

    def brought(self, claim: ClaimId) -> Annotation | None:
        """Return the annotation by which a claim stands where it does; None: no person had a hand in it."""
        return next((one for one in reversed(self.naming(claim)) if one.claim == claim), None)


def annotations(
    connection: Connection, document: str | None = None, *, after: str | None = None
) -> Iterator[Annotation]:
    """Yield the annotations of a document or all, in the order in which they were made.

    `after` is the one before the first, as `ordered.bodies` takes it.
    """
    of_document = () if document is None else (schema.records.c.document == document,)
    for body in ordered.bodies(connection, Annotation, *of_document, after=after):
        yield index.record(body, Annotation)


class Signed(NamedTuple):
    """Who annotates, and why."""

    by: str
    reason: str | None


class Made(NamedTuple):
    """What an annotation stores, and the attributions that its claim's source chain is looked up in."""

    annotation: Annotation
    records: tuple[Record, ...]
    attributions: dict[AttributionId, Attribution]


def annotated_now(
    connection: Connection,
    document: DocumentId,
    said: Annotated | None,
    *,
    replaces: ClaimId | None,
    signed: Signed,
) -> Made:
    """Return what a person's reading of a document gives; the caller stores it.

    Raises BadInput for words that do not stand where they are said to, for a voice that nobody could have,
    for a claim that stands already, and for one to be replaced that does not stand there.
    """
    return _Desk(connection, document, replaces, signed).annotated(said)


def taken_back_now(connection: Connection, beginning: str, signed: Signed) -> Annotation:
    """Return the annotation that undoes one, given by the beginning of its id; the caller stores it.

    Raises NotFound for no annotation or several, BadInput for one that another came after.
    """
    undone = _annotation(connection, beginning)
    standing = Standing(annotations(connection, undone.document))
    for claim in (undone.claim, undone.replaces):
        if claim is not None and standing.naming(claim)[-1] != undone:
            raise BadInput(
                "not-the-last",
                f"{claim} was annotated again after {undone.id}",
                hint=f"take back {standing.naming(claim)[-1].id} first",
            )
    return Annotation(
        document=undone.document,
        claim=undone.replaces,
        replaces=undone.claim,
        by=signed.by,
        at=datetime.now(UTC),
        reason=signed.reason,
    )


def _annotation(connection: Connection, beginning: str) -> Annotation:
    hint = "`sayso annotations` lists them"
    start = index.id_start(beginning, Annotation)
    if start is None:
        raise NotFound("no-annotation", f"{beginning!r} is no annotation's id", hint=hint)
    columns = schema.records.c
    # "g" comes after every hex digit.
    wanted = select(columns.body).where(columns.id >= start, columns.id < f"{start}g").order_by(columns.id)
    found = connection.execute(wanted.limit(2)).scalars().all()
    if not found:
        raise NotFound("no-annotation", f"no annotation's id begins with {start}", hint=hint)
    if len(found) > 1:
        raise NotFound(
            "ambiguous-annotation", f"more than one annotation's id begins with {start}", hint=hint
        )
    return index.record(found[0], Annotation)


class _Desk:
    """One document with what stands in it, in front of one person."""

    def __init__(
        self, connection: Connection, document: DocumentId, replaces: ClaimId | None, signed: Signed
    ) -> None:
        self._connection = connection
        self._document = next(index.of_document(connection, document, Document))
        self._attributions = {one.id: one for one in index.of_document(connection, document, Attribution)}
        self._claims = {one.id: one for one in index.of_document(connection, document, Claim)}
        self._replaced = Standing(annotations(connection, document)).replaced
        self._run = Run(tool=index.PERSON, version=__version__, settings={"by": signed.by})
        self._signed = signed
        self._old = None if replaces is None else self._need_standing(replaces)

    def annotated(self, said: Annotated | None) -> Made:
        records = () if said is None else tuple(self._records(said))
        claim = next((one for one in records if isinstance(one, Claim)), None)
        if claim is not None and claim.id in self._claims and claim.id not in self._replaced:
            raise BadInput(
                "claim-stands", f"{claim.id} says just that already", hint="change what it says, or leave it"
            )
        if claim is None and self._old is None:
            raise BadInput("no-claim", "nothing is added or replaced", hint="select the words of a claim")
        annotation = Annotation(
            document=self._document.id,
            claim=None if claim is None else claim.id,
            replaces=None if self._old is None else self._old.id,
            by=self._signed.by,
            at=datetime.now(UTC),
            reason=self._signed.reason,
            run=self._run.id,
        )
        made = {one.id: one for one in records if isinstance(one, Attribution)}
        return Made(annotation, (self._run, *records, annotation), self._attributions | made)

    def _need_standing(self, claim: ClaimId) -> Claim:
        found = self._claims.get(claim)
        if found is None or claim in self._replaced:
            raise BadInput(
                "not-standing",
                f"{claim} does not stand in {self._document.id}",
                hint="load the document again: somebody may have replaced it in the meantime",
            )
        return found

    def _records(self, said: Annotated) -> Iterator[Record]:
        content, cue, source = (self._spans(words) for words in (said.content, said.cue, said.source))
        if not content:
            raise BadInput("no-content", "a claim needs its words", hint="select them in the text")
        name = self._speaker_name(said, source)
        speaker = self._known_speaker(said, source)
        if speaker is None and name is not None:
            party = self._party(name)
            yield party
            stated = bool(source) or said.voice == "outlet"
            speaker = Speaker(party=party.id, name=name, basis="stated" if stated else "inferred")
        attribution = Attribution(
            document=self._document.id,
            content=content,
            cue=cue,
            source=source,
            voice=said.voice,
            within=None if said.voice == "outlet" else self._holder(content, cue, source),
            speaker=speaker,
            run=self._run.id,
        )
        yield attribution
        yield self._claim(said, attribution)

    def _spans(self, passages: Iterable[Passage]) -> Spans:
        """Return where words stand, in text order."""
        for passage in passages:
            try:
                there = passage.span.of(self._document.text)
            except BadSpan as error:
                raise BadInput("words-differ", error.message, hint=_SELECT_AGAIN) from error
            if there != passage.words:
                raise BadInput(
                    "words-differ",
                    f"at [{passage.span.start}, {passage.span.end}] stand other words than were sent",
                    hint=_SELECT_AGAIN,
                )
        found = tuple(sorted(passage.span for passage in passages))
        if any(one.overlaps(other) for one, other in pairwise(found)):
            raise BadInput("words-overlap", "the same words are sent twice", hint=_SELECT_AGAIN)
        return found

    def _known_speaker(self, said: Annotated, source: Spans) -> Speaker | None:
        """Return whose words the replaced claim's are, where the same source is cited and nobody else named.

        "He" was found to be somebody; another act for what he said must not make him a party called "he".
        """
        if self._old is None or said.voice == "outlet" or (said.speaker or "").strip():
            return None
        old = self._attributions[self._old.attribution]
        return old.speaker if source and old.voice != "outlet" and old.source == source else None

    def _speaker_name(self, said: Annotated, source: Spans) -> str | None:
        name = (said.speaker or "").strip()
        if said.voice == "outlet":
            if name or source or said.cue:
                raise BadInput(
                    "own-voice",
                    "in its own voice an outlet cites nobody",
                    hint="choose another voice, or leave out who is cited and the cue",
                )
            return self._document.outlet
        if not (name or source or said.cue):
            raise BadInput(
                "nobody-cited",
                "nothing says that somebody is cited",
                hint="name who speaks, or select the words that do, or the cue",
            )
        return name or " ".join(span.of(self._document.text) for span in source) or None

    def _party(self, name: str) -> Party:
        """Return the party of that name in the document, or a new one."""
        wanted = rows.folded_name(name)
        known = (
            party
            for party in index.of_document(self._connection, self._document.id, Party)
            if wanted in {rows.folded_name(one) for one in (party.name, *party.names)}
        )
        return next(known, None) or Party(name=name, names=(name,), run=self._run.id)

    def _holder(self, content: Spans, cue: Spans, source: Spans) -> AttributionId | None:
        """Return the narrowest cited voice whose content holds all of the words, but for the one replaced."""
        own = None if self._old is None else self._old.attribution
        all_words = (*content, *cue, *source)
        holding = [
            one
            for one in self._attributions.values()
            if one.voice != "outlet"
            and one.id not in (own, *self._unused)
            and one.content != content
            and covers(one.content, all_words)
        ]
        narrowest = min(holding, key=lambda one: (sum(map(len, one.content)), one.id), default=None)
        return None if narrowest is None else narrowest.id

    @cached_property
    def _unused(self) -> frozenset[AttributionId]:
        """The attributions that only replaced claims rest on."""
        return unused(self._claims.values(), self._attributions, self._replaced)

    def _claim(self, said: Annotated, attribution: Attribution) -> Claim:
        """Return the claim with what was found in its words before: figures, times, places and laws.

        Of a claim that it replaces it keeps the parts that stand in its own words or in its cue.
        """
        found = sorted(self._claims.values(), key=self._place)
        claim = Claim(
            attribution=attribution.id,
            content=attribution.content,
            act=said.act,
            polarity=self._polarity(said),
            quantities=_within(attribution.content, (v for one in found for v in one.quantities)),
            times=_within(attribution.content, (v for one in found for v in one.times)),
            places=_within(attribution.content, (v for one in found for v in one.places)),
            law=_within(attribution.content, (v for one in found for v in one.law)),
            run=self._run.id,
        )
        if self._old is None:
            return claim
        old, reach = self._old, (*attribution.content, *attribution.cue)
        return msgspec.structs.replace(
            claim,
            id="",
            hedges=tuple(hedge for hedge in old.hedges if covers(reach, (hedge.span,))),
            actor=old.actor if old.actor and covers(reach, (old.actor.span,)) else None,
            action=old.action if old.action and covers(reach, (old.action.span,)) else None,
            target=old.target if old.target and covers(reach, (old.target.span,)) else None,
            negation=old.negation if old.negation and covers(reach, (old.negation,)) else None,
            event=old.event if old.event and covers(reach, (old.event.span,)) else None,
            checkworthy=old.checkworthy,
            embedded=old.embedded,
        )

    def _place(self, claim: Claim) -> tuple[bool, Spans, Spans]:
        """Return what comes first where two claims read a figure differently: what stands, what is early."""
        return claim.id in self._replaced, claim.content, self._attributions[claim.attribution].cue

    def _polarity(self, said: Annotated) -> Polarity:
        if self._old is not None and self._old.act == said.act:
            return self._old.polarity
        return "-" if said.act == "deny" else "+"


_SELECT_AGAIN = "load the document again and select the words anew; offsets are code points"


def _within(content: Spans, values: Iterable[_V]) -> tuple[_V, ...]:
    """Return the values that stand in these words, each place once as the first has it, in text order."""
    by_span: dict[Span, _V] = {}
    for value in values:
        if covers(content, (value.span,)):
            by_span.setdefault(value.span, value)
    return tuple(by_span[span] for span in sorted(by_span))


def unused(
    claims: Iterable[Claim], attributions: dict[AttributionId, Attribution], replaced: set[ClaimId]
) -> frozenset[AttributionId]:
    """Return the attributions that only claims rest on which no longer stand."""
    every = tuple(claims)
    kept = (one for one in every if one.id not in replaced)
    gone = (one for one in every if one.id in replaced)
    return _rested_on(gone, attributions) - _rested_on(kept, attributions)


def _rested_on(
    claims: Iterable[Claim], attributions: dict[AttributionId, Attribution]
) -> frozenset[AttributionId]:
    return frozenset(
        attribution.id
        for claim in claims
        for attribution in rows.source_chain(claim.attribution, attributions)
    )
