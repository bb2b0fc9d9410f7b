"""A document that kills the process which reads it costs itself alone."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sayso.core.ids import CaptureId, text_sha256
from sayso.core.records import Document
from sayso.core.settings import Settings
from sayso.flow.pipeline import read_claims
from sayso.flow.workers import ClaimWorker

GOOD = "The Orvale ministry said on Tuesday that four shells hit the Lunde bridge."
DEADLY = "This text kills its reader."

# A stage as another package may bring it: Python runs this file first in every process that finds it.
DEADLY_STAGE = f"""
import os, signal
from sayso.core import plugins
from sayso.core.ports import Example

class Deadly:
    name = "deadly"
    version = "1"
    examples = (Example(content=b"x", yields=()),)
    needs = ()
    gives = ()

    def __call__(self, reading):
        print("words that must not get between the answers")
        if reading.document.text == {DEADLY!r}:
            os.kill(os.getpid(), signal.SIGKILL)
        return ()
"""
# The distribution that brings it.
METADATA = "Metadata-Version: 2.1\nName: deadly\nVersion: 1\n"
ENTRY_POINTS = "[sayso.stages]\ndeadly = deadly_stage:Deadly\n"


def document(text: str) -> Document:
    return Document(capture=CaptureId("cap_1"), text=text, text_sha256=text_sha256(text), reader="test 1")


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClaimWorker]:
    """A worker whose process finds one more plugin, which dies of one text."""
    (tmp_path / "deadly_stage.py").write_text(DEADLY_STAGE)
    described = tmp_path / "deadly-1.dist-info"
    described.mkdir()
    (described / "METADATA").write_text(METADATA)
    (described / "entry_points.txt").write_text(ENTRY_POINTS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    with closing(ClaimWorker(Settings())) as made:
        yield made


def test_a_worker_gives_what_is_found_without_one() -> None:
    with closing(ClaimWorker(Settings())) as worker:
        found = worker.read(document(GOOD))
    assert found == read_claims(document(GOOD), Settings())
    assert found.claims


def test_a_text_that_kills_its_worker_is_a_problem_and_the_next_goes_on(worker: ClaimWorker) -> None:
    dead, good = worker.read(document(DEADLY)), worker.read(document(GOOD))
    assert [(problem.code, problem.document) for problem in dead.problems] == [
        ("extraction-died", document(DEADLY).id)
    ]
    assert signal.SIGKILL.name in dead.problems[0].message
    assert dead.document.text == DEADLY
    assert good.claims
