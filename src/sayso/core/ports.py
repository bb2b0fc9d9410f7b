"""The protocols a part must keep to stand in the house; plugins implement them and are found by entry point.

| entry-point group | protocol | takes | gives |
|---|---|---|---|
| `sayso.readers` | Reader | the bytes of a capture | documents and problems |
| `sayso.finders` | Finder | a text | who says what, as bare spans |
| `sayso.stages` | Stage | a reading | new records for it |
| `sayso.linkers` | Linker | a read-only index of a case | links |

Every implementation is a class without arguments, pure, and carries examples that the contract suite runs.
"""

from collections.abc import Iterable, Iterator, Sequence
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


class Index(Protocol):
    """A read-only view of a case, for linkers.

    Iteration is in the order of ids, so that links do not depend on the order of files.
    """

    def documents(self) -> Iterator[Document]:
        """Yield every document."""
        ...

    def claims(self) -> Iterator[Claim]:
        """Yield every claim."""
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


class Linker(Plugin, Protocol):
    """Finds links between the records of a case. The same case gives the same links."""

    kinds: ClassVar[tuple[LinkKind, ...]]

    def __call__(self, index: Index) -> Iterator[Link | Problem]:
        """Yield the links."""
        ...
