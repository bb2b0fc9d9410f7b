"""A claim of megabytes is shown in part on the terminal and on every page; programs get it whole."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

import httpx
import pytest
from tests.web.desks import Desk

from sayso.cli.main import main
from sayso.core.records import Evidence
from sayso.core.spans import Span
from sayso.core.views import Annotated, Passage

LONG: Final = 300_000  # code points
BOUND: Final = 30_000  # bytes that a page or a table takes
WORDS: Final = ("the bridge was closed and the road was shut " * (LONG // 44 + 1))[:LONG]

Typed = Callable[..., str]


@pytest.fixture
def claim(open_desk: Desk, tmp_path: Path) -> str:
    """A claim that is nearly all of a very long line, with a verdict that rests on it."""
    paper = tmp_path / "line.txt"
    paper.write_text(f"{WORDS}\n", encoding="utf-8")
    case = open_desk.case
    (added,) = case.add([paper])
    document = case.document(added.ids[0]).document
    span = Span(4, LONG - 4)
    passage = Passage(span=span, words=span.of(document.text))
    said = Annotated(content=(passage,), act="assert", voice="indirect", speaker="Oda Merrin")
    made = case.annotate(document.id, said, by="Ada").claim
    assert made is not None
    evidence = Evidence(capture=document.capture, document=document.id, span=span)
    case.conclude(made, case.about().ratings[0], reason="Seen.", by="Ada", evidence=(evidence,))
    return made


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], open_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Typed:
    monkeypatch.setenv("COLUMNS", "80")

    def run(command: str, *words: str) -> str:
        capsys.readouterr()
        assert main([command, str(open_desk.case.path), *words]) == 0
        return capsys.readouterr().out

    return run


def test_tables_and_screens_are_bounded_and_lines_for_programs_are_whole(claim: str, typed: Typed) -> None:
    for command in ("show", "quote", "trace"):
        assert len(typed(command, claim)) < BOUND, command
    for command in ("claims", "verdicts", "repeated", "links"):
        assert len(typed(command)) < BOUND, command
    assert len(typed("search", "bridge")) < BOUND
    assert f"of {LONG:,} characters]" in typed("show", claim).replace("\n  ", " ")
    (line,) = typed("show", claim, "--json").splitlines()
    assert len(json.loads(line)["view"]["words"]) == LONG - 8


def test_pages_are_bounded_and_lead_to_the_whole(claim: str, client: httpx.Client, open_desk: Desk) -> None:
    document = open_desk.case.show(claim).view.document.id
    for path in ("/claims?q=bridge", f"/claims/{claim}", f"/claims/{claim}/links?kind=same"):
        answer = client.get(path).raise_for_status()
        assert len(answer.text) < BOUND, path
        assert "characters" in answer.text
    assert f'href="/documents/{document}?claim={claim}"' in client.get(f"/claims/{claim}").text
    assert len(client.get(f"/api/v1/claims/{claim}").json()["view"]["words"]) == LONG - 8
