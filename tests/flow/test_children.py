"""A file that crashes, hangs or eats memory costs itself alone, and is named with the reason."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.core.errors import BadPlugin
from sayso.core.records import Document, Problem
from sayso.core.settings import Limits
from sayso.flow import child
from sayso.flow.children import Found, LimitedReaders

HERE = str(Path(__file__).parent)
MISBEHAVING = "misbehaving_readers:Misbehaving"
SMALL = Limits(megabytes=1, memory_megabytes=128)
SHORT = Limits(megabytes=1, seconds=0.5)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold these limits")


@pytest.fixture(scope="module")
def readers() -> Iterator[LimitedReaders]:
    """The installed readers, in one child for all tests."""
    with LimitedReaders(Limits(megabytes=1)) as readers:
        yield readers


@pytest.fixture
def own_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a child find the readers beside this file."""
    monkeypatch.setenv("PYTHONPATH", HERE)


def texts(found: Found) -> list[str]:
    return [one.text for one in found if isinstance(one, Document)]


def only_problem(found: Found) -> Problem:
    (problem,) = found
    assert isinstance(problem, Problem)
    return problem


def test_a_text_a_page_and_a_table_are_read_by_one_child(readers: LimitedReaders, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The office closed it.", encoding="utf-8")
    (tmp_path / "b.html").write_text(
        "<html><body><p>The mayor denied it.</p></body></html>", encoding="utf-8"
    )
    (tmp_path / "c.jsonl").write_text('{"text": "One."}\nno\n{"text": "Three."}\n', encoding="utf-8")
    read = [readers.read(path) for path in sorted(tmp_path.iterdir())]
    assert [texts(found) for _, _, found in read] == [
        ["The office closed it."],
        ["The mayor denied it."],
        ["One.", "Three."],
    ]
    capture, content, found = read[2]
    assert capture is not None
    assert (capture.origin, capture.media_type, capture.size) == (
        "c.jsonl",
        "application/jsonl",
        len(content),
    )
    assert isinstance(found[1], Problem), "problems stand where they occurred"
    assert found[1].origin == "c.jsonl:2"


def test_bytes_are_read_like_a_file(readers: LimitedReaders) -> None:
    capture, found = readers.read_content(b"<!doctype html><p>The office closed it.</p>", origin="-")
    assert (capture.media_type, texts(found)) == ("text/html", ["The office closed it."])


def test_a_large_file_is_refused_unread(readers: LimitedReaders, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    capture, content, found = readers.read(path)
    assert (capture, content) == (None, b"")
    assert only_problem(found).code == "too-large"
    assert only_problem(found).origin == "large.txt"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "empty-file"),
        ("nul.txt", b"\0" * 100, "broken-encoding"),
        ("noise.txt", bytes(range(256)) * 20, "broken-encoding"),
        ("paper.pdf", b"%PDF-1.7 ...", "unknown-type"),
        ("paper.txt", b"%PDF-1.7 ...", "unknown-type"),
        ("letter.docx", b"PK\x03\x04....", "unknown-type"),
        ("thing.xyz", b"Hello", "unknown-type"),
        ("page.html", b"<html><body></body></html>", "no-text"),
    ],
)
def test_a_file_without_text_is_named_with_the_reason(
    readers: LimitedReaders, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    _, _, found = readers.read(tmp_path / name)
    assert (only_problem(found).code, only_problem(found).origin) == (code, name)


def test_an_unknown_type_says_what_it_is_and_what_is_read(readers: LimitedReaders) -> None:
    _, found = readers.read_content(b"%PDF-1.7 ...", origin="paper.pdf")
    assert "a PDF" in only_problem(found).message
    assert ".html" in only_problem(found).hint


@pytest.mark.parametrize(
    "bomb", ["<div>" * 150_000, "<ul><li>" * 40_000, "<b><i>" * 80_000, "<table><tr><td>" * 20_000]
)
def test_a_page_nested_without_end_stops_nothing(readers: LimitedReaders, bomb: str) -> None:
    _, found = readers.read_content(f"<html><body>{bomb}The end.".encode(), origin="bomb.html")
    assert found
    _, found = readers.read_content(b"The office closed it.", origin="next.txt")
    assert texts(found) == ["The office closed it."]


@pytest.mark.parametrize("name", ["folder", "gone.txt"])
def test_what_is_no_file_is_named(readers: LimitedReaders, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    capture, _, found = readers.read(tmp_path / name)
    assert capture is None
    assert (only_problem(found).code, only_problem(found).origin) == ("unreadable", name)


@POSIX
def test_a_pipe_and_a_device_are_not_waited_for(readers: LimitedReaders, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path(os.devnull)):
        _, _, found = readers.read(path)
        assert only_problem(found).code == "unreadable"


@POSIX
def test_a_forbidden_file_is_named(readers: LimitedReaders, tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("Nobody may read this.", encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root may read everything")
    _, _, found = readers.read(path)
    assert only_problem(found).code == "unreadable"


@POSIX
@pytest.mark.usefixtures("own_readers")
@pytest.mark.parametrize(
    ("deed", "code", "why"),
    [
        (b"die", "reader-crashed", "exit status 3"),
        (b"be killed", "reader-crashed", "SIGSEGV"),
        (b"raise", "reader-crashed", "LookupError: no such tag"),
        (b"recurse", "reader-crashed", "nested too deeply"),
        (b"connect", "reader-crashed", "PermissionError: socket"),
        (b"run", "reader-crashed", "PermissionError: subprocess"),
        pytest.param(b"eat memory", "reader-memory", "memory", marks=LINUX),
        pytest.param(b"fill", "reader-crashed", "File too large", marks=LINUX),
    ],
)
def test_a_misbehaving_reader_costs_its_file_alone(deed: bytes, code: str, why: str) -> None:
    with LimitedReaders(SMALL, readers=[MISBEHAVING]) as readers:
        capture, found = readers.read_content(deed, origin="deed.txt")
        assert (only_problem(found).code, only_problem(found).origin) == (code, capture.origin)
        assert why in only_problem(found).message
        _, after = readers.read_content(b"The office closed it.", origin="next.txt")
        assert texts(after) == ["The office closed it."]


@pytest.mark.usefixtures("own_readers")
def test_a_reader_that_hangs_is_stopped_and_the_next_file_goes_on() -> None:
    with LimitedReaders(SHORT, readers=[MISBEHAVING]) as readers:
        _, found = readers.read_content(b"hang", origin="deed.txt")
        assert only_problem(found).code == "reader-timeout"
        assert "0.5 s" in only_problem(found).message
        _, after = readers.read_content(b"The office closed it.", origin="next.txt")
        assert texts(after) == ["The office closed it."]


@pytest.mark.usefixtures("own_readers")
def test_what_a_reader_prints_spoils_no_answer() -> None:
    with LimitedReaders(SMALL, readers=[MISBEHAVING]) as readers:
        _, found = readers.read_content(b"chatter", origin="deed.txt")
    assert texts(found) == ["chatter"]


@pytest.mark.usefixtures("own_readers")
def test_what_a_file_gives_does_not_depend_on_the_files_before_it() -> None:
    with LimitedReaders(SMALL, readers=["misbehaving_readers:WearsOut"]) as readers:
        found = [readers.read_content(text, origin="a.txt")[1] for text in (b"One.", b"Two.", b"Three.")]
    assert [texts(one) for one in found] == [["One."], ["Two."], ["Three."]]


@pytest.mark.usefixtures("own_readers")
def test_an_answer_without_end_is_not_taken() -> None:
    with LimitedReaders(SMALL, readers=["misbehaving_readers:Endless"]) as readers:
        _, found = readers.read_content(b"Two.", origin="a.txt")
    assert only_problem(found).code == "reader-crashed"


@pytest.mark.usefixtures("own_readers")
def test_a_reader_may_be_chosen_by_suffix() -> None:
    with LimitedReaders(SMALL, readers=[MISBEHAVING]) as readers:
        _, found = readers.read_content(b"The office closed it.", origin="A.DEED")
    assert texts(found) == ["The office closed it."]


@pytest.mark.parametrize(
    "path", ["no_such_module:Reader", "sayso.readers.text:NoReader", "sayso.readers.text:1"]
)
def test_a_reader_that_cannot_be_loaded_is_the_callers_error(path: str) -> None:
    with LimitedReaders(SMALL, readers=[path]) as readers, pytest.raises(BadPlugin, match="plugin-broken"):
        readers.read_content(b"The office closed it.", origin="a.txt")


def test_a_folder_of_evidence_cannot_replace_a_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "msgspec.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with LimitedReaders(SMALL) as readers:
        _, found = readers.read_content(b"The office closed it.", origin="a.txt")
    assert texts(found) == ["The office closed it."]


def test_a_child_ends_with_its_parent() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", child.__name__, "64", "1"],
        input=b"",
        capture_output=True,
        timeout=30,
        check=True,
    )
    assert len(ended.stdout) > 4, "it said that it was ready"
