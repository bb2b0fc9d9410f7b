"""Paths, folders and patterns mean the same files on every machine, in the same order."""

import os
from pathlib import Path

import pytest

from sayso.core.records import Problem
from sayso.flow.files import expand


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files at two depths, some of them hidden."""
    for name in ("b.txt", "a.txt", "deep/c.txt", "deep/er/d.html", ".hidden", ".git/config"):
        path = tmp_path / "top" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "top"


def names(folder: Path, *wanted: str | Path, apart_from: Path | None = None) -> list[str]:
    found = expand(wanted, apart_from=apart_from)
    return [str(one.relative_to(folder)) if isinstance(one, Path) else one.code for one in found]


def test_a_folder_means_every_file_in_it_by_name_without_hidden_ones(folder: Path) -> None:
    assert names(folder, folder) == ["a.txt", "b.txt", "deep/c.txt", "deep/er/d.html"]


def test_a_file_is_taken_as_it_is_even_a_hidden_one(folder: Path) -> None:
    assert names(folder, folder / "b.txt", folder / ".hidden") == ["b.txt", ".hidden"]


def test_a_pattern_means_the_files_it_matches_at_any_depth(folder: Path) -> None:
    assert names(folder, f"{folder}/*.txt") == ["a.txt", "b.txt"]
    assert names(folder, f"{folder}/**/*.html") == ["deep/er/d.html"]
    assert names(folder, f"{folder}/dee?") == ["deep/c.txt", "deep/er/d.html"]


def test_a_name_with_a_pattern_s_signs_is_a_file_first(folder: Path) -> None:
    (folder / "note [1].txt").touch()
    assert names(folder, folder / "note [1].txt") == ["note [1].txt"]


def test_what_matches_nothing_is_a_problem_and_the_rest_goes_on(folder: Path) -> None:
    assert names(folder, folder / "gone.txt", f"{folder}/*.pdf", folder / "a.txt") == [
        "no-such-file",
        "no-such-file",
        "a.txt",
    ]


def test_links_in_a_circle_end(folder: Path) -> None:
    (folder / "deep" / "back").symlink_to(folder, target_is_directory=True)
    assert names(folder, folder) == ["a.txt", "b.txt", "deep/c.txt", "deep/er/d.html"]


def test_a_case_inside_the_folder_is_passed_over(folder: Path) -> None:
    assert names(folder, folder, apart_from=folder / "deep") == ["a.txt", "b.txt"]


def test_a_pipe_is_a_problem(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert names(folder, folder / "pipe") == ["not-a-file"]
    assert "pipe" not in names(folder, folder)


def test_a_problem_says_what_was_asked_for() -> None:
    (problem,) = expand(["nowhere/*.txt"])
    assert isinstance(problem, Problem)
    assert problem.origin == "nowhere/*.txt"
    assert problem.hint
