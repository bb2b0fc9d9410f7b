"""A document that kills the process which reads it costs itself alone."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from sayso.case import Case
from sayso.core.ids import CaptureId, text_sha256
from sayso.core.records import Document
from sayso.core.settings import Limits, Settings
from sayso.core.views import Added
from sayso.exchange.lines import Line
from sayso.flow.extraction import extract_files, extract_stream
from sayso.flow.pipeline import read_claims
from sayso.flow.workers import ClaimWorker

GOOD = "The Orvale ministry said on Tuesday that four shells hit the Lunde bridge."
DEADLY = "This text kills its reader."
ENDLESS = "This text never ends."
SLOW = "The Orvale ministry said that it takes its time."

# A stage as another package may bring it: Python runs this file first in every process that finds it.
DEADLY_STAGE = f"""
import os, signal, time
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
        while reading.document.text == {ENDLESS!r}:
            pass
        if reading.document.text.strip() == {SLOW!r}:
            time.sleep(2)
        return ()
"""
# The distribution that brings it.
METADATA = "Metadata-Version: 2.1\nName: deadly\nVersion: 1\n"
ENTRY_POINTS = "[sayso.stages]\ndeadly = deadly_stage:Deadly\n"


def document(text: str) -> Document:
    return Document(capture=CaptureId("cap_1"), text=text, text_sha256=text_sha256(text), reader="test 1")


@pytest.fixture
def deadly_stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more plugin for every process that is started, which dies of one text and never ends another."""
    (tmp_path / "deadly_stage.py").write_text(DEADLY_STAGE)
    described = tmp_path / "deadly-1.dist-info"
    described.mkdir()
    (described / "METADATA").write_text(METADATA)
    (described / "entry_points.txt").write_text(ENTRY_POINTS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)


def worker(*, seconds: float) -> closing[ClaimWorker]:
    """A worker that has this long for a text."""
    return closing(ClaimWorker(Settings(limits=Limits(seconds=seconds))))


def test_a_worker_gives_what_is_found_without_one() -> None:
    with worker(seconds=30) as one:
        found = one.read(document(GOOD))
    assert found == read_claims(document(GOOD), Settings())
    assert found.claims


@pytest.mark.usefixtures("deadly_stage")
def test_a_text_that_kills_its_worker_is_a_problem_and_the_next_goes_on() -> None:
    with worker(seconds=30) as one:
        dead, good = one.read(document(DEADLY)), one.read(document(GOOD))
    assert [(problem.code, problem.document) for problem in dead.problems] == [
        ("extraction-died", document(DEADLY).id)
    ]
    assert signal.SIGKILL.name in dead.problems[0].message
    assert dead.document.text == DEADLY
    assert good.claims


@pytest.mark.usefixtures("deadly_stage")
def test_a_text_that_takes_too_long_is_a_problem_and_the_next_goes_on() -> None:
    with worker(seconds=1.5000004) as one:
        endless, good = one.read(document(ENDLESS)), one.read(document(GOOD))
    (problem,) = endless.problems
    assert (problem.code, problem.document) == ("extraction-timeout", document(ENDLESS).id)
    assert "1.5 s" in problem.message
    assert endless.run.given_up_after == 1.5000004
    assert good.claims


@pytest.mark.usefixtures("deadly_stage")
def test_extract_gives_up_a_text_that_takes_too_long_and_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SAYSO_LIMITS_SECONDS", "1")
    rows = "".join(
        json.dumps({"id": str(at), "text": text}) + "\n" for at, text in enumerate((ENDLESS, GOOD))
    )
    (tmp_path / "rows.jsonl").write_text(rows)
    for lines in (extract_stream(io.BytesIO(rows.encode())), extract_files([tmp_path / "rows.jsonl"])):
        endless, good = lines
        assert [problem.code for problem in endless.problems] == ["extraction-timeout"]
        assert "SAYSO_LIMITS_SECONDS" in endless.problems[0].hint
        assert isinstance(good, Line)
        assert good.claims


@pytest.mark.usefixtures("deadly_stage")
def test_a_case_looks_again_for_claims_that_took_too_long_once_there_is_more_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "slow.txt").write_text(SLOW)
    Case.init(tmp_path / "case").close()

    def added(seconds: str) -> tuple[Added, list[str]]:
        monkeypatch.setenv("SAYSO_LIMITS_SECONDS", seconds)
        with Case(tmp_path / "case") as case:
            (done,) = case.add([tmp_path / "slow.txt"])
            case.link()
            return done, [problem.code for problem in case.problems()]

    done, problems = added("0.5")
    assert (done.outcome, done.claims, problems) == ("added", 0, ["extraction-timeout"])
    done, problems = added("0.5")
    assert (done.outcome, problems) == ("unchanged", ["extraction-timeout"])
    done, problems = added("0.6")
    assert (done.outcome, problems) == ("added", ["extraction-timeout"])
    assert "0.6 s" in done.problems[0].message
    done, problems = added("30")
    assert (done.outcome, problems) == ("added", [])
    assert done.claims > 0
    done, _ = added("60")
    assert done.outcome == "unchanged"
    with Case(tmp_path / "case") as case:
        assert len(list(case.claims())) > 0
        assert not next(case.documents()).problems
        assert case.verify().findings == ()


@pytest.mark.usefixtures("deadly_stage")
def test_a_worker_that_is_stopped_from_outside_answers_at_once_and_starts_no_other() -> None:
    with worker(seconds=600) as one:
        assert one.read(document(GOOD)).claims
        threading.Timer(0.2, one.stop).start()
        for text in (ENDLESS, GOOD):
            assert [problem.code for problem in one.read(document(text)).problems] == ["extraction-died"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold this limit")
def test_a_child_may_take_only_so_much_memory() -> None:
    script = "from sayso.flow import child; child.limit_memory(64); bytearray(2**27)"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "MemoryError" in ended.stderr
