"""The protocols a part must keep to stand in the house; plugins implement them and are found by entry point.

| entry-point group | protocol | takes | gives |
|---|---|---|---|
| `sayso.readers` | Reader | the bytes of a capture | documents and problems |
| `sayso.finders` | Finder | a text | who says what, as bare spans |
| `sayso.stages` | Stage | a reading | new records for it |
| `sayso.linkers` | Linker | a read-only index of a case | links |

Every implementation is a class without arguments, pure, and carries examples that the contract suite runs.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, Protocol

import msgspec

from sayso.core.ids import AttributionId, ClaimId, DocumentId
from sayso.core.reading import Reading, Values
from sayso.core.records import Attribution, Capture, Claim, Document, Link, LinkKind, Problem, Record
from sayso.core.spans import Spans


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One attribution as a finder sees it: three sets of spans, nothing resolved."""

    content: Spans  # empty: a colon announces it, and it stands in the paragraphs that follow
    cue: Spans = ()
    source: Spans = ()


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """An input that a plugin must handle: the contract suite runs it.

    `content` is what a reader gets as bytes, and everything else as text in UTF-8.
    """

    content: bytes
    origin: str = "example.txt"
    yields: tuple[str, ...]  # words that must be among the output, one record or span each


class Plugin(Protocol):
    """What every plugin has."""

    name: ClassVar[str]
    version: ClassVar[str]  # raise it when the output changes: it is part of every Run
    examples: ClassVar[tuple[Example, ...]]


class Reader(Plugin, Protocol):
    """Turns bytes into documents. Runs in a child process with limits, so it may crash or hang."""

    suffixes: ClassVar[tuple[str, ...]]  # lower case, with the dot
    media_types: ClassVar[tuple[str, ...]]

    def read(self, capture: Capture, content: bytes) -> Iterator[Document | Problem]:
        """Yield the documents of a capture, and a Problem for each thing that could not be read."""
        ...


class Finder(Plugin, Protocol):
    """Finds cues with their source and content. Spans may overlap, nest and be discontinuous."""

    @property
    def model(self) -> str | None:
        """The SHA-256 of the model it runs, which stands in every Run; None: rules alone."""
        ...

    def find(self, text: str) -> Sequence[Found]:
        """Return what is attributed in a text, in text order."""
        ...


class Stage(Plugin, Protocol):
    """Adds records to a reading. Never changes what is there."""

    needs: ClassVar[tuple[type[Record | Values], ...]]
    gives: ClassVar[tuple[type[Record | Values], ...]]

    def __call__(self, reading: Reading) -> Iterable[Record | Values]:
        """Yield new records, a Problem among them where something could not be done."""
        ...


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a linker files a record, to find it when a later one has the same key."""

    key: str
    record: str  # a document's or a claim's id
    counted_only: bool = False  # the key's count grows, and nothing is found under it


# Records that are kept under one key. What a million documents repeat is found by the first of them, so that
# neither the ledger nor a look-up grows with the others.
MOST_FILED = 64


class Index(Protocol):
    """A read-only view of a case, as one linker sees it.

    What says *own* below belongs to the linker that asks, in its version: nobody else's filings are seen.
    A look-up costs the same however large the case is; `documents` and `claims` alone walk over all of it.
    """

    def documents(self) -> Iterator[Document]:
        """Yield every document, in the order of ids; for small cases."""
        ...

    def claims(self) -> Iterator[Claim]:
        """Yield every claim, in the order of ids; for small cases."""
        ...

    def document(self, document: DocumentId) -> Document:
        """Return one document, or raise NotFound."""
        ...

    def claim(self, claim: ClaimId) -> Claim:
        """Return one claim, or raise NotFound."""
        ...

    def attribution(self, attribution: AttributionId) -> Attribution:
        """Return one attribution, or raise NotFound."""
        ...

    def claims_of(self, document: DocumentId) -> Sequence[Claim]:
        """Return the claims of a document in the order of ids; nothing for one that is not there."""
        ...

    def origin(self, document: DocumentId) -> str:
        """Return the name of the file that a document is from, with its line's id; or raise NotFound."""
        ...

    def news(self) -> Sequence[DocumentId]:
        """Return the own documents that are to be linked now, in the order of first appearance.

        That is by time of publication, undated ones last; what no date tells apart stands in an order that
        depends on no name. A run over many documents goes over them in several lots of news, early ones
        first.
        """
        ...

    def filed(self, keys: Collection[str], most: int) -> Mapping[str, Sequence[str]]:
        """Return the first `most` own records filed under each key, in the order of filing.

        Keys that have none are left out. Never more than MOST_FILED are kept.
        """
        ...

    def counts(self, keys: Collection[str]) -> Mapping[str, int]:
        """Return how often each key was filed, own filings alone; keys that never were are left out."""
        ...

    def alike(self, claim: ClaimId, most: int) -> Sequence[tuple[ClaimId, float]]:
        """Return at most `most` claims near in meaning with their cosine, -1 to 1, the nearest first.

        The search is approximate. Names make no difference to it: of two claims that are the same but for who
        does what to whom, each finds the other. Never yields the claim itself. Raises NotFound.
        """
        ...


class Linker(Plugin, Protocol):
    """Finds links between the records of a case, as documents come in.

    For each lot of new documents, `keys` is asked for every one of them in their order, and then the linker
    is called once. The same documents in the same lots give the same links.
    """

    kinds: ClassVar[tuple[LinkKind, ...]]

    def keys(self, document: Document, index: Index) -> Iterator[Filing]:
        """Yield where a new document and its claims are filed.

        The index shows what earlier documents, those of the same lot included, were filed under, and the
        document's own claims. A key may be any text: the index keeps a hash of it.
        """
        ...

    def __call__(self, index: Index) -> Iterator[Link | Problem]:
        """Yield the links between the documents of `index.news()` and all that is filed, these included."""
        ...
