"""Captured bytes are kept once, under their digest, and never handed out changed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.core.errors import BadInput, BadRecord, NotFound, Tampered
from sayso.core.ids import sha256_hex
from sayso.ledger.captures import Captures


def test_bytes_come_back_as_they_were_kept(captures: Captures) -> None:
    captures.keep([b"one", b"two"])
    assert captures.read(sha256_hex(b"one")) == b"one"
    assert captures.read(sha256_hex(b"two")) == b"two"


def test_the_same_bytes_are_kept_once_and_nothing_else_is_left_behind(captures: Captures) -> None:
    captures.keep([b"one", b"one"])
    captures.keep([b"one"])
    digest = sha256_hex(b"one")
    kept = [path for path in captures.folder.rglob("*") if path.is_file()]
    assert kept == [captures.folder / digest[:2] / digest[2:]]


def test_changed_bytes_are_not_handed_out(captures: Captures) -> None:
    captures.keep([b"one"])
    captures.path(sha256_hex(b"one")).write_bytes(b"0ne")
    with pytest.raises(Tampered, match="changed-capture"):
        captures.read(sha256_hex(b"one"))


def test_missing_bytes_are_named(captures: Captures) -> None:
    with pytest.raises(NotFound, match="no-capture"):
        captures.read(sha256_hex(b"never kept"))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "captures").touch()
    with pytest.raises(BadInput, match="case-out-of-reach"):
        Captures(tmp_path / "captures").keep([b"one"])


@given(st.text() | st.sampled_from(["../../etc/passwd", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n"]))
def test_only_a_digest_makes_a_path(name: str) -> None:
    with pytest.raises(BadRecord, match="bad-digest"):
        Captures(Path("captures")).path(name)
