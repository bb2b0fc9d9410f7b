"""People look through the parties of a case and say which of them are one."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from tests.cases import copied_case

from sayso.cli.parties import tabulate
from sayso.core.ids import PartyId
from sayso.core.records import Judgement
from sayso.core.views import MOST_ALIKE, PartyView

Typed = Callable[..., Any]  # see conftest: gives code, out and err


@pytest.fixture
def case(demo_case: Path, tmp_path: Path) -> Path:
    """A copy of the demo case, to be judged."""
    return copied_case(demo_case, tmp_path / "case")


def parties(typed: Typed, case: Path) -> dict[str, dict[str, Any]]:
    rows = map(json.loads, typed("parties", case, "--json").out.splitlines())
    return {row["name"]: row for row in rows}


def claims(typed: Typed, case: Path, *filters: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in typed("claims", case, *filters, "--json").out.splitlines()]


def test_parties_are_a_table_for_people(typed: Typed, case: Path) -> None:
    ended = typed("parties", case)
    assert ended.code == 0
    assert "Bruno Tessark" in ended.out
    assert max(map(cell_len, ended.out.splitlines())) <= 80
    assert "parties" in ended.err


def test_the_party_that_speaks_most_comes_first(typed: Typed, case: Path) -> None:
    numbers = [row["claims"] for row in parties(typed, case).values()]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > 1


def test_two_parties_judged_one_are_found_by_either_name(typed: Typed, case: Path) -> None:
    known = parties(typed, case)
    one, other = known["Bruno Tessark"], known["Milan Vardosh"]
    apart = claims(typed, case, "--speaker", "Tessark"), claims(typed, case, "--speaker", "Vardosh")
    judge = ("judge", case, one["id"], other["id"][4:16], "--by", "Ilsa Brandt")
    ended = typed(*judge, "--same", "--reason", "A pen name.")
    assert ended.code == 0
    assert "one party, says Ilsa Brandt" in ended.err
    together = claims(typed, case, "--speaker", "Tessark")
    assert together == claims(typed, case, "--speaker", "Vardosh")
    assert len(together) == len({view["claim"]["id"] for found in apart for view in found})
    table = typed("parties", case).out
    assert "holds" in table
    assert "A pen name." in " ".join(table.split())
    assert typed(*judge, "--unsure").code == 0
    assert claims(typed, case, "--speaker", "Tessark") == apart[0]
    assert typed("log", case).out.count(" judge ") == 2


def test_a_program_gets_the_judgement_as_it_is_stored(typed: Typed, case: Path) -> None:
    known = parties(typed, case)
    ids = known["Bruno Tessark"]["id"], known["Jorun Maddosal"]["id"]
    (row,) = typed("judge", case, *ids, "--different", "--by", "Ilsa", "--json").out.splitlines()
    made = json.loads(row)
    assert [made["left"], made["right"]] == sorted(ids)
    assert (made["judgement"], made["by"], made["reason"], made["supersedes"]) == (
        "negative",
        "Ilsa",
        None,
        None,
    )


def test_a_merge_against_a_negative_is_refused_with_a_hint(typed: Typed, case: Path) -> None:
    known = parties(typed, case)
    judge = ("judge", case, known["Bruno Tessark"]["id"], known["Jorun Maddosal"]["id"], "--by", "Ilsa")
    typed(*judge, "--different")
    ended = typed(*judge, "--same")
    assert ended.code == 2
    assert "judged-different" in ended.err
    assert "--unsure" in ended.err


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ((), 2),
        (("--same", "--unsure"), 2),
        (("--same", "--same"), 0),
    ],
)
def test_one_thing_is_said_about_a_pair(typed: Typed, case: Path, said: tuple[str, ...], code: int) -> None:
    known = parties(typed, case)
    pair = known["Bruno Tessark"]["id"], known["Jorun Maddosal"]["id"]
    assert typed("judge", case, *pair, *said, "--by", "Ilsa").code == code


@pytest.mark.parametrize(
    ("asked", "ended"),
    [
        (("zz", "0", "Ilsa"), (3, "no-party")),
        (("", "0", "Ilsa"), (3, "no-party")),
        (("0" * 10_000, "0", "Ilsa"), (3, "no-party")),
        (("TESSARK", "TESSARK", "Ilsa"), (2, "one-party")),
        (("TESSARK", "MADDOSAL", " "), (2, "no-judge")),
        (("TESSARK", "MADDOSAL", "\udc80"), (2, "half-character")),
    ],
)
def test_what_cannot_be_judged_is_said(
    typed: Typed, case: Path, asked: tuple[str, str, str], ended: tuple[int, str]
) -> None:
    known = parties(typed, case)
    ids = {"TESSARK": known["Bruno Tessark"]["id"], "MADDOSAL": known["Jorun Maddosal"]["id"]}
    left, right, by = asked
    code, _, told = typed("judge", case, ids.get(left, left), ids.get(right, right), "--same", "--by", by)
    assert (code, ended[1] in told) == (ended[0], True)


@pytest.mark.parametrize(
    ("namesakes", "told"), [(8, "aaaa000007"), (20, "and 12 more"), (MOST_ALIKE, "and at least 92 more")]
)
def test_a_party_with_very_many_beside_it_takes_a_few_lines(
    namesakes: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = tuple(PartyId(f"pty_aaaa{n:06}") for n in range(namesakes))
    at = datetime(2031, 5, 4, tzinfo=UTC)
    judged = tuple(
        Judgement(left=ids[0], right=one, judgement="positive", by="Ilsa", at=at) for one in ids[1:]
    )
    view = PartyView(
        id=PartyId("pty_b"),
        name="Tansar",
        names=("Tansar",),
        kind="group",
        identities=(),
        claims=1,
        folded=ids,
        judgements=judged,
        alike=ids,
    )
    tabulate([view])
    printed = capsys.readouterr().out
    assert told in " ".join(printed.split())
    assert " ".join(printed.split()).count("says Ilsa") == min(8, len(judged))
    assert len(printed.splitlines()) < 40
