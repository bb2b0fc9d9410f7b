"""Small cases built by hand: documents, claims with their words, and what the linkers make of them."""

from collections.abc import Sequence

import pytest

from sayso.core.ids import CaptureId, PartyId, text_sha256
from sayso.core.ports import Linker
from sayso.core.reading import Reading
from sayso.core.records import (
    Act,
    Attribution,
    Claim,
    Document,
    Link,
    Part,
    Place,
    Polarity,
    Quantity,
    Record,
    Run,
    Speaker,
    Time,
)
from sayso.core.spans import Span
from sayso.flow.contract import Memory

RUN = Run(tool="test", version="1")


class DocumentBuilder:
    """One document; claims are added by the words they stand in."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.records: list[Record] = []

    def span(self, words: str) -> Span:
        start = self.document.text.index(words)
        return Span(start, start + len(words))

    def claim(  # noqa: PLR0913 - a claim has many parts
        self,
        words: str,
        *,
        by: str | None = None,
        party: str | None = None,
        cue: str | None = None,
        act: Act = "assert",
        polarity: Polarity = "+",
        within: Attribution | None = None,
        actor: tuple[str, str] | None = None,
        quantities: Sequence[Quantity] = (),
        places: Sequence[str] = (),
        dates: Sequence[tuple[str, str]] = (),
    ) -> Claim:
        known = None if party is None else PartyId(party)
        speaker = None if by is None else Speaker(name=by, party=known, basis="stated")
        named = by is not None and by in self.document.text
        attribution = Attribution(
            document=self.document.id,
            content=(self.span(words),),
            source=(self.span(by),) if by is not None and named else (),
            cue=(self.span(cue),) if cue else (),
            voice="outlet" if by is None else "indirect",
            speaker=speaker,
            within=None if within is None else within.id,
        )
        claim = Claim(
            attribution=attribution.id,
            content=attribution.content,
            act=act,
            polarity=polarity,
            actor=None
            if actor is None
            else Part(span=self.span(actor[0]), name=actor[0], party=PartyId(actor[1])),
            quantities=tuple(quantities),
            places=tuple(Place(span=self.span(place), name=place) for place in places),
            times=tuple(Time(span=self.span(w), value=value, kind="date") for w, value in dates),
        )
        self.records += [attribution, claim]
        return claim

    def attribution(self, claim: Claim) -> Attribution:
        return next(r for r in self.records if isinstance(r, Attribution) and r.id == claim.attribution)

    def killed(
        self,
        words: str,
        low: int | None,
        high: int | None,
        *,
        of: str | None = None,
        part_of: str | None = None,
    ) -> Quantity:
        return Quantity(
            span=self.span(words),
            kind="count",
            low=low,
            best=low if low == high else None,
            high=high,
            bound="exact" if low == high else "at_least" if high is None else "range",
            outcome="killed",
            population=of,
            part_of=None if part_of is None else self.span(part_of),
        )


class CaseBuilder:
    """A case in memory."""

    def __init__(self) -> None:
        self.documents: list[DocumentBuilder] = []

    def document(
        self,
        text: str,
        *,
        publisher: str | None = None,
        published: str | None = None,
        title: str | None = None,
    ) -> DocumentBuilder:
        digest = text_sha256(text)
        document = Document(
            capture=CaptureId(f"cap_{len(self.documents)}"),
            text=text,
            text_sha256=digest,
            publisher=publisher,
            published_at=published,
            title=title,
            reader="test",
        )
        self.documents.append(DocumentBuilder(document))
        return self.documents[-1]

    def said(
        self, words: str, *, by: str | None = None, publisher: str = "Post", published: str = "2031-05-03"
    ) -> Claim:
        """Add a document that is one claim and little else."""
        text = words if by is None else f"{words}, {by} said."
        return self.document(text, publisher=publisher, published=published).claim(words, by=by)

    def reading(self, number: int) -> Reading:
        built = self.documents[number]
        return Reading(document=built.document, run=RUN, records=tuple(built.records))

    def memory(self) -> Memory:
        return Memory(map(self.reading, range(len(self.documents))))

    def links(self, linker: Linker) -> list[Link]:
        return [found for found in self.memory().link(linker) if isinstance(found, Link)]


@pytest.fixture
def case() -> CaseBuilder:
    return CaseBuilder()
