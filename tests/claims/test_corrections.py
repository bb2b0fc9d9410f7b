"""A denial reaches the figures of its own clause, and no further."""

import pytest

from sayso.claims.corrections import reading_of
from sayso.core.spans import Span


def reading(text: str, figure: str) -> str:
    start = text.index(figure)
    return reading_of(text.lower(), Span(0, len(text)), Span(start, start + len(figure)), until=len(text))


@pytest.mark.parametrize(
    "text",
    [
        "The army, which denied shelling the town, reported that 5 civilians were killed.",
        "The army, who rejected claims of a raid, counted on 5 prisoners.",
        "The general who denied the raid said 5 soldiers died.",
        "The ministry denied that it shelled the town, and reported 5 dead.",
        "The ministry dismissed the report of a raid and announced 5 deaths.",
        "Denying any role, the ministry confirmed 5 deaths.",
    ],
)
def test_a_denial_ends_with_its_relative_clause_and_at_a_reporting_verb(text: str) -> None:
    assert reading(text, "5") == "held"


@pytest.mark.parametrize(
    "text",
    [
        "The army denied that 5 civilians were killed.",
        "The army, which denied that 5 civilians were killed, withdrew.",
        "The army denied having said that 5 civilians were killed.",
        "The army denied that its spokesman said 5 civilians were killed.",
        "The army denied that, as the mayor claimed, 5 civilians were killed.",
        "The army did not confirm the reported death of 5 civilians.",
    ],
)
def test_what_stands_in_the_denied_clause_is_denied(text: str) -> None:
    assert reading(text, "5") == "denied"
