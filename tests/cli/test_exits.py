import pytest

from sayso.cli.exits import MEANINGS, Exit, of_error
from sayso.core import errors
from sayso.core.errors import SaysoError


def test_every_exit_code_has_its_meaning() -> None:
    assert set(MEANINGS) == set(Exit)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.BadInput, 2),
        (errors.BadSettings, 2),
        (errors.NotFound, 3),
        (errors.NotACase, 3),
        (errors.BadRecord, 4),
        (errors.BadSpan, 4),
        (errors.Tampered, 4),
        (errors.BadPlugin, 5),
        (errors.NotAllowed, 2),
    ],
)
def test_every_error_has_its_exit_code(kind: type[SaysoError], code: int) -> None:
    assert of_error(kind("some-code", "words")) == code


def test_no_error_is_left_without_an_exit_code_of_its_own() -> None:
    raised = {
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, SaysoError)
    }
    assert len(raised) == 10
