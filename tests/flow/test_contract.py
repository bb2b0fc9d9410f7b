"""The contract suite must catch a plugin that breaks it; a suite that never fails proves nothing."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import msgspec

from sayso.core.ids import text_sha256
from sayso.core.ports import Example, Filing, Found, Index, Plugin
from sayso.core.reading import Reading, Values
from sayso.core.records import Attribution, Capture, Document, Link, LinkKind, Mention, Party, Problem, Record
from sayso.core.spans import Span
from sayso.flow.contract import check_plugin


class GoodFinder:
    name: ClassVar[str] = "good"
    version: ClassVar[str] = "1"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(content=b"It rained, he said.", yields=("It rained",)),
    )

    def find(self, text: str) -> list[Found]:
        return [Found(content=(Span(0, text.index(",")),))]


class SilentFinder(GoodFinder):
    def find(self, text: str) -> list[Found]:
        del text
        return []


class FarFinder(GoodFinder):
    def find(self, text: str) -> list[Found]:
        return [*super().find(text), Found(content=(Span(0, len(text) + 1),))]


class ForgetfulFinder(GoodFinder):
    def __init__(self) -> None:
        self.calls = 0

    def find(self, text: str) -> list[Found]:
        self.calls += 1
        return super().find(text) * self.calls


class FailingFinder(GoodFinder):
    def find(self, text: str) -> list[Found]:
        raise KeyError(text)


class WrongStage:
    name: ClassVar[str] = "wrong"
    version: ClassVar[str] = "1"
    needs: ClassVar[tuple[type[Record | Values], ...]] = ()
    gives: ClassVar[tuple[type[Record | Values], ...]] = (Mention,)
    examples: ClassVar[tuple[Example, ...]] = (Example(content=b"It rained.", yields=()),)

    def __call__(self, reading: Reading) -> Iterable[Record]:
        yield Party(name="Nobody")
        mention = Mention(document=reading.document.id, span=Span(0, 2), kind="group")
        msgspec.structs.force_setattr(mention, "id", "mnt_0")
        yield mention
        yield msgspec.structs.replace(mention, id="", document="doc_other")


class ChangingStage(WrongStage):
    examples: ClassVar[tuple[Example, ...]] = (Example(content=b"It rained.", yields=("rained",)),)

    def __call__(self, reading: Reading) -> Iterable[Record]:
        msgspec.structs.force_setattr(reading.document, "title", "Changed")
        yield Mention(document=reading.document.id, span=Span(3, 9), kind="group")


class GreedyStage(WrongStage):
    gives: ClassVar[tuple[type[Record | Values], ...]] = (Attribution,)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(content=b"It rained, Ada Brenn said.", yields=("Ada",)),
    )

    def __call__(self, reading: Reading) -> Iterable[Record]:
        for mention in reading.mentions:
            yield Attribution(document=reading.document.id, content=(mention.span,), voice="outlet")


class StrayReader:
    name: ClassVar[str] = "stray"
    version: ClassVar[str] = "1"
    suffixes: ClassVar[tuple[str, ...]] = (".txt",)
    media_types: ClassVar[tuple[str, ...]] = ("text/plain",)
    examples: ClassVar[tuple[Example, ...]] = (Example(content=b"It rained.", yields=("It rained.",)),)

    def read(self, capture: Capture, content: bytes) -> Iterator[Document | Problem]:
        del capture
        text = content.decode()
        other = Capture(sha256=text_sha256("x"), size=1, origin="x", media_type="text/plain")
        yield Document(capture=other.id, text=text, text_sha256=text_sha256(text), reader="stray")


class WrongLinker:
    name: ClassVar[str] = "wrong"
    version: ClassVar[str] = "1"
    kinds: ClassVar[tuple[LinkKind, ...]] = ("same",)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(content=b'{"id":"1","text":"It rained."}\n{"id":"2","text":"It snowed."}\n', yields=()),
    )

    def keys(self, document: Document, index: Index) -> Iterator[Filing]:
        del document, index
        yield from ()

    def __call__(self, index: Index) -> Iterator[Link | Problem]:
        left, right = index.documents()
        yield Link(
            kind="copies",
            left=left.id,
            right=right.id,
            left_spans=(Span(0, 99),),
            score=1.0,
            rule="r",
            why="w",
        )


def codes(group: str, plugin: Plugin) -> list[str]:
    return sorted({problem.code for problem in check_plugin(group, plugin)})


def test_a_plugin_that_keeps_the_contract_has_no_problem() -> None:
    assert codes("sayso.finders", GoodFinder()) == []


def test_an_example_without_its_words_is_found() -> None:
    assert codes("sayso.finders", SilentFinder()) == ["example-missing"]


def test_a_span_outside_its_text_is_found() -> None:
    assert codes("sayso.finders", FarFinder()) == ["span-outside"]


def test_a_plugin_with_a_memory_is_found() -> None:
    assert codes("sayso.finders", ForgetfulFinder()) == ["not-repeatable"]


def test_a_plugin_that_raises_is_found() -> None:
    assert codes("sayso.finders", FailingFinder()) == ["example-fails"]


def test_wrong_kinds_ids_and_documents_are_found() -> None:
    assert codes("sayso.stages", WrongStage()) == ["wrong-document", "wrong-id", "wrong-kind"]


def test_a_stage_that_changes_its_reading_is_found() -> None:
    assert codes("sayso.stages", ChangingStage()) == ["changes-input"]


def test_a_stage_that_looks_at_more_than_it_says_it_needs_is_found() -> None:
    assert codes("sayso.stages", GreedyStage()) == ["example-missing"]


def test_a_document_of_another_capture_is_found() -> None:
    assert codes("sayso.readers", StrayReader()) == ["wrong-capture"]


def test_links_of_other_kinds_and_with_wrong_spans_are_found() -> None:
    assert codes("sayso.linkers", WrongLinker()) == ["span-outside", "wrong-kind"]
