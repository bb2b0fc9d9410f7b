"""The same bytes give the same records; what does not is told."""

from pathlib import Path

import msgspec
import pytest

from sayso.core.ids import text_sha256
from sayso.core.settings import Settings, Work
from sayso.flow.again import Compared, compare
from sayso.flow.local import read_files
from sayso.ledger.captures import Captures
from sayso.ledger.verify import Held, HeldDocument

SETTINGS = Settings(work=Work(processes=1))


@pytest.fixture
def captures(tmp_path: Path) -> Captures:
    """An empty folder of captures."""
    (tmp_path / "captures").mkdir()
    return Captures(tmp_path / "captures")


@pytest.fixture
def held(tmp_path: Path, captures: Captures) -> Held:
    """What a ledger holds of one file."""
    note = tmp_path / "note.txt"
    note.write_text("The Orvale ministry said that four shells hit the Lunde bridge.")
    ((file,),) = read_files([note], SETTINGS, known=lambda _, __: False)
    captures.keep([file.content])
    (reading,) = file.readings
    ids = frozenset(getattr(record, "id") for record in reading.records)  # noqa: B009 - the base does not declare it
    assert file.capture is not None
    document = HeldDocument(document=reading.document, runs={reading.run.id: ids})
    return Held(capture=file.capture, documents=(document,))


def compared(held: Held, captures: Captures, **changed: object) -> Compared:
    (document,) = held.documents
    other = msgspec.structs.replace(document, **changed)
    return compare([msgspec.structs.replace(held, documents=(other,))], captures, SETTINGS)


def test_an_untouched_document_is_the_same_again(held: Held, captures: Captures) -> None:
    assert compared(held, captures) == Compared(documents=1, findings=())


def test_a_record_too_many_or_too_few_is_told(held: Held, captures: Captures) -> None:
    ((run, ids),) = held.documents[0].runs.items()
    for changed in (ids | {"clm_more"}, frozenset(sorted(ids)[1:])):
        found = compared(held, captures, runs={run: changed})
        assert [finding.code for finding in found.findings] == ["records-differ"]


def test_a_text_that_its_capture_does_not_give_is_told(held: Held, captures: Captures) -> None:
    text = "The Orvale ministry said that five shells hit the Lunde bridge."
    document = held.documents[0].document
    other = msgspec.structs.replace(document, id="", text=text, text_sha256=text_sha256(text))
    found = compared(held, captures, document=other)
    assert [finding.code for finding in found.findings] == ["text-differs"]


def test_what_another_version_made_is_left_alone(held: Held, captures: Captures) -> None:
    assert compared(held, captures, runs={"run_other": frozenset({"clm_1"})}) == Compared(
        documents=0, findings=()
    )
    document = held.documents[0].document
    other = msgspec.structs.replace(document, id="", reader="text 0")
    assert compared(held, captures, document=other) == Compared(documents=0, findings=())


def test_a_captured_file_that_is_gone_is_left_to_the_check_of_the_files(
    held: Held, captures: Captures
) -> None:
    captures.path(held.capture.sha256).unlink()
    assert compared(held, captures) == Compared(documents=0, findings=())
