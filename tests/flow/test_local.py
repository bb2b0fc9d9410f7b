"""Files are read in their order, whatever each of them does, and known ones are passed over."""

import threading
from collections.abc import Generator, Iterable
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from sayso.core.settings import Limits, Settings, Work
from sayso.flow.local import FileRead, read_again, read_files

SETTINGS = Settings(work=Work(processes=2), limits=Limits(megabytes=1))


def never(_: str, __: str) -> bool:
    return False


def read(*paths: Path | str, settings: Settings = SETTINGS) -> list[FileRead]:
    return [file for done in read_files(paths, settings, known=never) for file in done]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Good files, and between them an empty one and one that is too large."""
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"The Orvale ministry said that {number} shells fell.")
    (tmp_path / "2 empty.txt").touch()
    (tmp_path / "3 large.txt").write_bytes(b"x" * 2_000_000)
    row = '{{"id": "{0}", "text": "Mereth said {0} bridges were closed."}}\n'
    (tmp_path / "rows.jsonl").write_text("".join(row.format(number) for number in range(3)) + "{\n")
    return tmp_path


def told(files: Iterable[FileRead]) -> list[tuple[str, int, list[str]]]:
    return [(Path(f.origin).name, len(f.readings), [p.code for p in f.problems]) for f in files]


def test_files_come_in_their_order_and_a_bad_one_stops_nothing(folder: Path) -> None:
    assert told(read(folder, folder / "gone.txt")) == [
        ("0.txt", 1, []),
        ("1.txt", 1, []),
        ("2 empty.txt", 0, ["empty-file"]),
        ("2.txt", 1, []),
        ("3 large.txt", 0, ["too-large"]),
        ("3.txt", 1, []),
        ("4.txt", 1, []),
        ("rows.jsonl", 3, ["bad-line"]),
        ("gone.txt", 0, ["no-such-file"]),
    ]


def test_one_process_or_more_give_the_same(folder: Path) -> None:
    alone = Settings(work=Work(processes=1), limits=SETTINGS.limits)
    assert read(folder) == read(folder, settings=alone)


def test_every_reading_belongs_to_the_bytes_it_came_with(folder: Path) -> None:
    for file in read(f"{folder}/?.txt"):
        assert file.capture is not None
        assert file.content.decode() == file.readings[0].document.text
        assert file.readings[0].document.capture == file.capture.id
        assert file.readings[0].claims


def test_a_known_file_is_not_read_again(folder: Path) -> None:
    asked: list[str] = []

    def known(sha256: str, name: str) -> bool:
        asked.append(sha256)
        return name == "1.txt"

    found = [f for done in read_files([f"{folder}/?.txt"], SETTINGS, known=known) for f in done]
    assert [file.known for file in found] == [False, True, False, False, False]
    assert not found[1].readings
    first = found[0].capture
    assert first is not None
    assert asked[0] == first.sha256


def test_captured_bytes_read_again_give_the_same(folder: Path) -> None:
    first = [file for file in read(folder) if file.readings]
    captured = [(file.capture, file.content) for file in first if file.capture is not None]
    again = list(read_again(captured, SETTINGS))
    assert [file.readings for file in again] == [file.readings for file in first]


def test_more_files_than_are_under_way_at_once_all_arrive(tmp_path: Path) -> None:
    for number in range(70):
        (tmp_path / f"{number:03}.txt").write_text(f"Orvale said {number}.")
    assert [Path(file.origin).stem for file in read(tmp_path)] == [f"{number:03}" for number in range(70)]


def test_a_caller_who_stops_early_leaves_nothing_running(folder: Path) -> None:
    before = threading.active_count()
    with closing(cast("Generator[object]", read_files([folder], SETTINGS, known=never))) as files:
        assert next(files)
    assert threading.active_count() == before
