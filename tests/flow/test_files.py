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


def test_a_link_inside_a_folder_is_named_and_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").touch()
    (folder / "deep" / "back").symlink_to(folder, target_is_directory=True)
    (folder / "deep" / "gone").symlink_to("nowhere")
    (folder / "z.txt").symlink_to(tmp_path / "outside.txt")
    problems = [one for one in expand([folder]) if isinstance(one, Problem)]
    assert {one.code for one in problems} == {"link-not-followed"}
    assert [one.origin for one in problems] == [
        str(folder / name) for name in ("deep/back", "deep/gone", "z.txt")
    ]
    assert [one.name for one in expand([folder]) if isinstance(one, Path)] == [
        *("a.txt", "b.txt", "c.txt", "d.html")
    ]


def test_a_link_that_is_named_is_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "there").symlink_to(folder, target_is_directory=True)
    (tmp_path / "that.txt").symlink_to(folder / "a.txt")
    found = [one.name for one in expand([tmp_path / "there", tmp_path / "that.txt"]) if isinstance(one, Path)]
    assert found == ["a.txt", "b.txt", "c.txt", "d.html", "that.txt"]


def test_a_pattern_leads_through_no_link(folder: Path) -> None:
    for name in ("one", "two"):
        (folder / "deep" / name).symlink_to(folder / "deep", target_is_directory=True)
    found = names(folder, f"{folder}/**/*.html", f"{folder}/dee*/*/d.html")
    assert found == ["deep/er/d.html", "deep/er/d.html"]


def test_a_case_inside_the_folder_is_passed_over(folder: Path) -> None:
    assert names(folder, folder, apart_from=folder / "deep") == ["a.txt", "b.txt"]


def test_a_pipe_is_a_problem(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert names(folder, folder / "pipe") == ["not-a-file"]
    assert "not-a-file" in names(folder, folder)
    assert "pipe" not in names(folder, folder)


def test_a_problem_says_what_was_asked_for() -> None:
    (problem,) = expand(["nowhere/*.txt"])
    assert isinstance(problem, Problem)
    assert problem.origin == "nowhere/*.txt"
    assert problem.hint


@pytest.mark.skipif(os.name != "posix", reason="other systems keep no such names")
def test_a_name_that_is_no_text_is_told_and_the_next_file_goes_on(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"bad\xff.txt")).write_text("Rain fell.")
    (tmp_path / "good.txt").write_text("Rain fell.")
    found = list(expand([tmp_path]))
    assert [one.code for one in found if isinstance(one, Problem)] == ["bad-name"]
    assert [one.name for one in found if isinstance(one, Path)] == ["good.txt"]
