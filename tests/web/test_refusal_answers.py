"""Errors come with the status that says whether the same request can work later."""

from typing import Any

import pytest

from sayso.core.errors import BadInput, NotFound, SaysoError, Tampered
from sayso.web import answers

_PAGE: Any = {"type": "http", "path": "/claims", "headers": [], "state": {}}
_API: Any = {**_PAGE, "path": "/api/v1/claims"}


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (BadInput("no-text", "the text is empty"), 400),
        (BadInput("desk-busy", "the desk is at work"), 409),
        (BadInput("case-busy", "another process has been writing"), 503),
        (BadInput("case-out-of-reach", "the disk is full"), 500),
        (NotFound("no-claim", "no claim"), 404),
        (Tampered("not-as-written", "a record was changed"), 500),
    ],
)
def test_the_status_tells_whose_fault_it_is(error: SaysoError, status: int) -> None:
    assert answers.status_of(error) == status


@pytest.mark.parametrize("scope", [_PAGE, _API])
def test_whoever_comes_at_a_bad_moment_is_told_when_to_come_again(scope: Any) -> None:  # noqa: ANN401 - a scope
    busy = answers.shown_as(scope, 503, "case-busy", "another process writes")
    assert busy.headers["Retry-After"] == "5"
    assert "Retry-After" not in answers.shown_as(scope, 400, "no-text", "the text is empty").headers
