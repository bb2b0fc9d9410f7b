"""The contract of every plugin, ours included: examples run, output is sound, input stays as it was."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

import msgspec

from sayso.core import codec
from sayso.core.errors import NotFound
from sayso.core.ids import AttributionId, ClaimId, DocumentId, sha256_hex
from sayso.core.ports import MOST_FILED, Example, Filing, Finder, Linker, Plugin, Reader, Stage
from sayso.core.reading import Reading, Values
from sayso.core.records import (
    Attribution,
    Capture,
    Claim,
    Document,
    Link,
    Problem,
    Record,
    first_appearance,
)
from sayso.core.spans import Span, words
from sayso.flow import pipeline
from sayso.readers.kinds import media_type

if TYPE_CHECKING:  # slow to load, and only needed where a model runs
    import numpy as np
    import numpy.typing as npt


class ExampleDocument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a linker's example."""

    id: str
    text: str
    published: str | None = None
    publisher: str | None = None


class Memory:
    """A case held in memory: what a linker's example is read into.

    It is also the index that a linker sees, as long as one linker alone looks at it.
    """

    def __init__(self, readings: Iterable[Reading] = ()) -> None:
        self._documents: dict[str, Document] = {}
        self._claims: dict[str, Claim] = {}
        self._attributions: dict[str, Attribution] = {}
        self._held: dict[str, list[Claim]] = {}
        self._seen: dict[str, set[DocumentId]] = {}
        self._shelves: dict[str, dict[str, list[str]]] = {}
        self._counts: dict[str, Counter[str]] = {}
        self._vectors: dict[ClaimId, npt.NDArray[np.float32]] = {}
        self._of = ""  # the linker that looks at it
        self.add(readings)

    def add(self, readings: Iterable[Reading]) -> None:
        """Add documents: news to every linker."""
        for reading in readings:
            self._documents[reading.document.id] = reading.document
            self._claims |= {claim.id: claim for claim in reading.claims}
            self._attributions |= {one.id: one for one in reading.attributions}
            self._held[reading.document.id] = sorted(reading.claims, key=lambda claim: claim.id)

    def link(self, linker: Linker) -> list[Link | Problem]:
        """Return what a linker finds for the documents that are news to it; they are none afterwards."""
        self._of = f"{linker.name}@{linker.version}"
        news = self.news()
        for document in news:
            for filing in linker.keys(self.document(document), self):
                self._file(filing)
        found = list(linker(self))
        self._seen.setdefault(self._of, set()).update(news)
        return found

    def _file(self, filing: Filing) -> None:
        self._counts.setdefault(self._of, Counter())[filing.key] += 1
        shelf = self._shelves.setdefault(self._of, {}).setdefault(filing.key, [])
        if not filing.counted_only and len(shelf) < MOST_FILED:
            shelf.append(filing.record)

    def documents(self) -> Iterator[Document]:
        """Yield every document, by id."""
        yield from (self._documents[key] for key in sorted(self._documents))

    def claims(self) -> Iterator[Claim]:
        """Yield every claim, by id."""
        yield from (self._claims[key] for key in sorted(self._claims))

    def document(self, document: DocumentId) -> Document:
        """Return one document, or raise NotFound."""
        if document not in self._documents:
            raise NotFound("no-document", f"{document!r} is no document")
        return self._documents[document]

    def claim(self, claim: ClaimId) -> Claim:
        """Return one claim, or raise NotFound."""
        if claim not in self._claims:
            raise NotFound("no-claim", f"no claim {claim}")
        return self._claims[claim]

    def attribution(self, attribution: AttributionId) -> Attribution:
        """Return one attribution, or raise NotFound."""
        if attribution not in self._attributions:
            raise NotFound("no-attribution", f"no attribution {attribution}")
        return self._attributions[attribution]

    def claims_of(self, document: DocumentId) -> Sequence[Claim]:
        """Return the claims of a document, by id."""
        return tuple(self._held.get(document, ()))

    def origin(self, document: DocumentId) -> str:
        """Return what stands for a file's name, for there is no file: the line's id, or the document's."""
        return self.document(document).part or document

    def news(self) -> Sequence[DocumentId]:
        """Return the documents that the linker has not linked yet, in the order of first appearance."""
        seen = self._seen.get(self._of, set())
        news = (document for document in self._documents.values() if document.id not in seen)
        return tuple(document.id for document in sorted(news, key=first_appearance))

    def filed(self, keys: Collection[str], most: int) -> Mapping[str, Sequence[str]]:
        """Return the first records that the linker filed under each key."""
        shelves = self._shelves.get(self._of, {})
        return {key: tuple(shelves[key][:most]) for key in keys if shelves.get(key)}

    def counts(self, keys: Collection[str]) -> Mapping[str, int]:
        """Return how often the linker filed each key."""
        counts = self._counts.get(self._of, Counter())
        return {key: counts[key] for key in keys if key in counts}

    def alike(self, claim: ClaimId, most: int) -> Sequence[tuple[ClaimId, float]]:
        """Return the claims nearest in meaning; each is compared with all."""
        wanted = self._vector(self.claim(claim))
        others = [other for document in self._in_order() for other in self._in_text(document)]
        rated = [(other.id, float(wanted @ self._vector(other))) for other in others if other.id != claim]
        return tuple(sorted(rated, key=lambda pair: -pair[1])[:most])

    def _in_order(self) -> list[Document]:
        return sorted(self._documents.values(), key=first_appearance)

    def _in_text(self, document: Document) -> list[Claim]:
        return sorted(self._held[document.id], key=lambda claim: claim.content)

    def _vector(self, claim: Claim) -> "npt.NDArray[np.float32]":
        from sayso.language.pairing import vectors  # noqa: PLC0415 - only this needs the model

        if claim.id not in self._vectors:
            self._vectors[claim.id] = vectors([words(claim.content, self.text(claim.id))])[0]
        return self._vectors[claim.id]

    def text(self, record: str) -> str:
        """Return the text that the spans on one side of a link point into."""
        if record in self._documents:
            return self.document(DocumentId(record)).text
        claim = self.claim(ClaimId(record))
        return self.document(self.attribution(claim.attribution).document).text

    def records(self) -> tuple[Record, ...]:
        """Return everything that is in it, to tell whether it stayed as it was."""
        return (*self.documents(), *self.claims(), *self._attributions.values())


class _Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One example of one plugin: what a Problem is said of."""

    group: str
    name: str
    number: int

    def problem(self, code: str, message: str, *, hint: str = "") -> Problem:
        """Return a Problem of this example."""
        return Problem(
            code=code,
            message=message,
            stage="contract",
            origin=f"{self.group}: {self.name}, example {self.number}",
            hint=hint,
        )


_Check = Callable[[_Subject, Plugin, Example], Iterator[Problem]]


def check_plugin(group: str, plugin: Plugin) -> Iterator[Problem]:
    """Yield a Problem for each way in which a plugin breaks the contract; nothing when it keeps it."""
    check: _Check = _CHECKS[group]
    for number, example in enumerate(plugin.examples, 1):
        subject = _Subject(group=group, name=plugin.name, number=number)
        try:
            yield from check(subject, plugin, example)
        except Exception as error:  # noqa: BLE001 - a plugin may raise anything; the next one is still checked
            yield subject.problem("example-fails", f"{type(error).__name__}: {error}")


def _reader(subject: _Subject, plugin: Plugin, example: Example) -> Iterator[Problem]:
    reader = cast("Reader", plugin)
    capture = _capture(example)
    found = tuple(reader.read(capture, example.content))
    documents = [item for item in found if isinstance(item, Document)]
    yield from _repeatable(subject, found, lambda: tuple(reader.read(capture, example.content)))
    yield from _of_kinds(subject, found, (Document, Problem))
    yield from _right_ids(subject, found)
    for document in documents:
        if document.capture != capture.id:
            yield subject.problem(
                "wrong-capture", f"{document.id} names another capture than it was read from"
            )
    words = [
        word for d in documents for word in (d.text, d.title, d.byline, d.publisher, d.published_at) if word
    ]
    words += [item.code for item in found if isinstance(item, Problem)]
    yield from _yields(subject, example, words)


def _finder(subject: _Subject, plugin: Plugin, example: Example) -> Iterator[Problem]:
    finder = cast("Finder", plugin)
    text = example.content.decode()
    found = tuple(finder.find(text))
    yield from _repeatable(subject, found, lambda: tuple(finder.find(text)))
    yield from _within(subject, found, text)
    yield from _yields(subject, example, _span_words(found, text))


def _stage(subject: _Subject, plugin: Plugin, example: Example) -> Iterator[Problem]:
    stage = cast("Stage", plugin)
    reading = _only(stage.needs, pipeline.extract(example.content.decode()))
    before = codec.encode(reading)
    found = tuple(stage(reading))
    text = reading.document.text
    if codec.encode(reading) != before:
        yield subject.problem(
            "changes-input", "the reading is not as it was", hint="yield new records instead"
        )
    yield from _repeatable(subject, found, lambda: tuple(stage(reading)))
    yield from _of_kinds(subject, found, (*stage.gives, Problem))
    yield from _right_ids(subject, found)
    yield from _within(subject, found, text)
    for record in found:
        if getattr(record, "document", None) not in {reading.document.id, None}:
            yield subject.problem("wrong-document", f"a {type(record).__name__} is of another document")
    yield from _yields(subject, example, _span_words(found, text))


def _linker(subject: _Subject, plugin: Plugin, example: Example) -> Iterator[Problem]:
    linker = cast("Linker", plugin)
    index = _index(example)
    before = codec.encode(index.records())
    found = tuple(index.link(linker))
    links = [item for item in found if isinstance(item, Link)]
    if codec.encode(index.records()) != before:
        yield subject.problem("changes-input", "the index is not as it was", hint="yield links instead")
    yield from _repeatable(subject, found, lambda: tuple(_index(example).link(linker)))
    yield from _of_kinds(subject, found, (Link, Problem))
    yield from _right_ids(subject, found)
    words: list[str] = []
    for link in links:
        if link.kind not in linker.kinds:
            yield subject.problem("wrong-kind", f"{link.kind} is not among its kinds")
        for side, own in ((link.left, link.left_spans), (link.right, link.right_spans)):
            text = index.text(side)
            yield from _within(subject, own, text)
            words += _span_words(own, text)
        words += [link.kind, link.why]
    yield from _yields(subject, example, words)


_CHECKS: dict[str, _Check] = {
    "sayso.readers": _reader,
    "sayso.finders": _finder,
    "sayso.stages": _stage,
    "sayso.linkers": _linker,
}
GROUPS = tuple(_CHECKS)


def _only(kinds: tuple[type[Record | Values], ...], whole: Reading) -> Reading:
    """Return a reading with what a stage says it needs: one that looks at more fails its example."""
    kept = tuple(record for record in whole.records if isinstance(record, kinds))
    values = whole.values if Values in kinds else Values()
    return msgspec.structs.replace(whole, records=kept, values=values)


def _capture(example: Example) -> Capture:
    return Capture(
        sha256=sha256_hex(example.content),
        size=len(example.content),
        origin=example.origin,
        media_type=media_type(example.origin, example.content),
    )


def _index(example: Example) -> Memory:
    rows = [codec.decode(line, ExampleDocument) for line in example.content.splitlines() if line.strip()]
    return Memory(
        pipeline.extract(row.text, published=row.published, publisher=row.publisher) for row in rows
    )


def _repeatable(
    subject: _Subject, found: Sequence[msgspec.Struct], again: Callable[[], Sequence[msgspec.Struct]]
) -> Iterator[Problem]:
    if codec.encode(found) != codec.encode(again()):
        yield subject.problem(
            "not-repeatable", "the same input gave something else", hint="no clock, no chance, no sets' order"
        )


def _of_kinds(
    subject: _Subject, found: Sequence[object], kinds: tuple[type[Record | Values], ...]
) -> Iterator[Problem]:
    for item in found:
        if not isinstance(item, kinds):
            named = ", ".join(kind.__name__ for kind in kinds)
            yield subject.problem("wrong-kind", f"it gave a {type(item).__name__}, and promises {named}")


def _right_ids(subject: _Subject, found: Iterable[Record | Values]) -> Iterator[Problem]:
    for record in (one for one in found if isinstance(one, Record)):
        if record.content_id() != record.id:  # type: ignore[attr-defined]
            yield subject.problem(
                "wrong-id", f"a {type(record).__name__} has an id that its content does not give"
            )


def _within(subject: _Subject, found: object, text: str) -> Iterator[Problem]:
    for span in _spans(found):
        if span.end > len(text):
            yield subject.problem(
                "span-outside", f"[{span.start}, {span.end}] ends after the text of {len(text)}"
            )


def _spans(value: object) -> Iterator[Span]:
    """Yield every span in a record, or in a tuple of records."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _spans(getattr(value, name))
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for item in value:
            yield from _spans(item)


def _span_words(found: object, text: str) -> list[str]:
    return [text[span.start : span.end] for span in _spans(found)]


def _yields(subject: _Subject, example: Example, words: Sequence[str]) -> Iterator[Problem]:
    for wanted in example.yields:
        if not any(wanted in found for found in words):
            yield subject.problem("example-missing", f"it does not yield {wanted!r}")
