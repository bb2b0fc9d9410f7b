"""`sayso add` takes addresses beside files, and asks nobody but public servers for them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.case import Case

Typed = Callable[..., Any]  # see conftest: gives code, out and err


@pytest.fixture
def case(tmp_path: Path) -> Path:
    Case.init(tmp_path / "case").close()
    return tmp_path / "case"


def test_an_address_that_is_not_public_is_named_and_the_files_go_in(
    typed: Typed, case: Path, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("The ferry sailed, the harbour office said.", encoding="utf-8")
    ended = typed("add", case, "HTTP://127.0.0.1:1/page", tmp_path / "note.txt")
    assert ended.code == 1
    assert "not-public" in ended.err
    assert "save this one from a browser" in " ".join(ended.err.split())
    assert "1 added" in ended.err
    assert "1 refused" in ended.err


def test_help_says_what_the_network_is_asked_for(typed: Typed) -> None:
    assert "and for nothing else" in " ".join(typed("add", "--help").out.split())
