"""What `Case` answers: records joined for a reader. Views are computed, never stored."""

from datetime import datetime
from typing import Literal

import msgspec

from sayso.core.ids import AttributionId, DocumentId, PartyId
from sayso.core.records import (
    Act,
    Attribution,
    Basis,
    Claim,
    Document,
    Judgement,
    Link,
    PartyKind,
    Problem,
    Voice,
)
from sayso.core.spans import Span


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all answers; encoded by `core.codec` as it stands."""


class DocumentHead(View, frozen=True, kw_only=True):
    """A document without its text."""

    id: DocumentId
    origin: str  # the file's name, and the line's id in JSON lines
    title: str | None
    publisher: str | None
    published_at: str | None
    byline: str | None = None

    @property
    def outlet(self) -> str | None:
        """Who published it, or signed it where no publisher is known."""
        return self.publisher or self.byline


class ChainLink(View, frozen=True, kw_only=True):
    """One voice of a source chain."""

    attribution: AttributionId | None  # None: the outlet itself, at the outer end of every chain
    voice: Voice
    speaker: str | None  # None: nobody is named
    basis: Basis | None
    source_words: str = ""
    cue_words: str = ""
    party: PartyId | None = None  # the one that the machine's party is folded into; the claim keeps its own


class ClaimView(View, frozen=True, kw_only=True):
    """A claim with its words, its document and its source chain, innermost voice first."""

    claim: Claim
    words: str
    voice: Voice
    document: DocumentHead
    chain: tuple[ChainLink, ...]

    @property
    def speaker(self) -> str | None:
        """The innermost voice's name."""
        return self.chain[0].speaker if self.chain else None


class ClaimFilter(View, frozen=True, kw_only=True):
    """Which claims to show. Names match without regard to case, as parts of the whole name.

    A party that people judged to be one with others is found by the names of all of them.
    """

    speaker: str | None = None  # any voice of the source chain but the outlet's
    act: Act | None = None
    target: str | None = None
    since: str | None = None  # ISO 8601 date: published on that day or later
    voice: Voice | None = None


MOST_ALIKE = 100  # of a party's namesakes that a view names; more are too many to judge one by one


class PartyView(View, frozen=True, kw_only=True):
    """A party as people see it: what the machine found, folded by the judgements that stand."""

    id: PartyId  # the smallest id of those that are folded together
    name: str  # the fullest
    names: tuple[str, ...]  # all it goes by, in alphabetical order
    kind: PartyKind
    identities: tuple[str, ...]  # what the machine knew it by; empty: by its name alone
    claims: int  # of which it is the innermost voice, its own documents' among them
    folded: tuple[PartyId, ...] = ()  # the other ids that are this party
    judgements: tuple[Judgement, ...] = ()  # those that stand and name one of its ids
    alike: tuple[PartyId, ...] = ()  # parties that share its name and nobody judged, not all of very many


class LinkEnd(View, frozen=True, kw_only=True):
    """One side of a link: a claim or a whole document, with the words the link rests on."""

    id: str
    kind: Literal["claim", "document"]
    words: str
    speaker: str | None
    document: DocumentHead
    voice: Voice = "outlet"  # with no speaker: the outlet's own, or somebody whom the text does not name
    spans: tuple[Span, ...] = ()


class LinkView(View, frozen=True, kw_only=True):
    """A link with both of its sides."""

    link: Link
    left: LinkEnd
    right: LinkEnd


class ClaimPage(View, frozen=True, kw_only=True):
    """All about one claim: in its sentence, with its source chain and its links."""

    view: ClaimView
    sentence: Span
    sentence_words: str
    links: tuple[LinkView, ...]


class DocumentPage(View, frozen=True, kw_only=True):
    """All about one document: its text, its attributions and its claims in text order."""

    document: Document
    head: DocumentHead
    attributions: tuple[Attribution, ...]
    claims: tuple[ClaimView, ...]
    problems: tuple[Problem, ...]


class CaseReport(View, frozen=True, kw_only=True):
    """A whole case, for a report."""

    title: str
    version: str  # of the sayso that made it
    documents: tuple[DocumentPage, ...]  # by publication date, then origin; undated ones last
    links: tuple[LinkView, ...]
    log_head: str  # the hash of the log's last entry: what the report was made from


class Added(View, frozen=True, kw_only=True):
    """What became of one file."""

    origin: str
    outcome: Literal["added", "unchanged", "refused"]
    documents: int = 0
    claims: int = 0
    problems: tuple[Problem, ...] = ()


class Hit(View, frozen=True, kw_only=True):
    """A place where a search found its words."""

    document: DocumentHead
    span: Span  # of the sentence or line around the words
    words: str
    marks: tuple[Span, ...]  # the words searched for, in the document's text
    claims: tuple[str, ...] = ()  # ids of the claims that overlap the words


class LogEntry(View, frozen=True, kw_only=True):
    """One act of a person, in the order it happened. `hash` covers the entry and the hash before it."""

    number: int
    at: datetime
    who: str
    act: str  # init, add, link, judge, verdict, export …
    details: str  # canonical JSON
    previous: str
    hash: str


class Finding(View, frozen=True, kw_only=True):
    """Something `verify` found to be not as it was written."""

    code: str
    message: str
    where: str


class Verified(View, frozen=True, kw_only=True):
    """What `verify` checked, and what it found."""

    records: int
    captures: int
    log_entries: int
    rederived: int  # documents whose records were computed again and compared
    findings: tuple[Finding, ...]
