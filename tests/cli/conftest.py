"""A case to look at, and a way to type a command."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from sayso.case import Case
from sayso.cli.demo import bundled
from sayso.cli.main import main


class Ended(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


Type = Callable[..., Ended]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Type:
    """Run `sayso` with these arguments, as on a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: object) -> Ended:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Ended(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def demo_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with the demo documents, not to be changed."""
    folder = tmp_path_factory.mktemp("demo") / "case"
    with Case.init(folder, title="The Ilvet valley") as case, bundled() as paths:
        for _ in case.add(paths):
            pass
        case.link()
    return folder
