"""An upload is kept under its own name, whatever a browser calls it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.web.uploads import opened, stored_name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("note.txt", "note.txt"),
        ("C:\\papers\\note.txt", "note.txt"),
        ("../../etc/passwd", "passwd"),
        ("..", "unnamed"),
        (".hidden.txt", "hidden.txt"),
        ("", "unnamed"),
        ("a\0b.txt", "ab.txt"),
    ],
)
def test_a_name_keeps_no_folder_and_hides_nothing(sent: str, kept: str) -> None:
    assert stored_name(sent) == kept


@given(st.text(max_size=400))
def test_any_name_fits_a_file_system(sent: str) -> None:
    kept = stored_name(sent)
    assert 0 < len(kept.encode()) <= 200
    assert "/" not in kept
    assert "\0" not in kept
    assert not kept.startswith(".")


def test_a_long_name_in_another_script_is_kept_from_its_end(tmp_path: Path) -> None:
    with opened(tmp_path / "0", "ა" * 300 + ".txt") as kept:
        kept.write(b"x")
    (found,) = (tmp_path / "0").iterdir()
    assert found.suffix == ".txt"
