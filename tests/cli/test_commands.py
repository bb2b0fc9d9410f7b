import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from sayso.cli.main import COMMANDS

Typed = Callable[..., Any]  # see conftest: gives code, out and err
SAYSO = Path(sys.executable).with_name("sayso")


def rows(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


def test_help_lists_every_command_with_one_whole_line(typed: Typed) -> None:
    ended = typed("--help")
    assert ended.code == 0
    for command in COMMANDS:
        assert f"  {command} " in ended.out
    assert "..." not in ended.out.partition("Commands:")[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(typed: Typed, command: str) -> None:
    ended = typed(command, "--help")
    assert ended.code == 0
    assert ended.out.startswith(f"Usage: sayso {command}")


def test_help_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from sayso.cli.main import main; main(['--help']); "
        "print(sorted({'sqlalchemy', 'trafilatura', 'numpy', 'alembic', 'jinja2'} & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"


def test_a_case_is_made_filled_and_filled_again(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("The mayor denied that the bridge was mined.")
    assert typed("init", tmp_path / "case").code == 0
    first = typed("add", tmp_path / "case", tmp_path / "news")
    assert first.code == 0
    assert first.out == ""
    assert "1 added" in first.err
    again = typed("add", tmp_path / "case", tmp_path / "news")
    assert again.code == 0
    assert "0 added" in again.err
    assert "1 unchanged" in again.err


def test_what_became_of_each_file_is_a_line_for_programs(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor denied it.")
    typed("init", tmp_path / "case")
    ended = typed("add", tmp_path / "case", tmp_path / "a.txt", "--json")
    assert [row["outcome"] for row in rows(ended.out)] == ["added"]


def test_a_file_that_cannot_be_read_is_named_and_the_next_one_is_read(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "good.txt").write_text("The mayor denied it.")
    typed("init", tmp_path / "case")
    ended = typed("add", tmp_path / "case", tmp_path / "empty.txt", tmp_path / "good.txt")
    assert ended.code == 1
    assert "empty-file" in ended.err
    assert "empty.txt" in ended.err
    assert "1 added" in ended.err


def test_a_second_case_in_the_same_folder_is_refused_with_a_hint(typed: Typed, demo_case: Path) -> None:
    ended = typed("init", demo_case)
    assert ended.code == 2
    assert ended.err.startswith("error: ")
    assert "Traceback" not in ended.err


def test_a_folder_without_a_case_is_said_to_be_none(typed: Typed, tmp_path: Path) -> None:
    for command in ("claims", "links", "log", "verify", "report"):
        ended = typed(command, tmp_path)
        assert ended.code == 3
        assert "sayso init" in ended.err


def test_an_unknown_setting_is_an_error_that_names_the_nearest(
    typed: Typed, demo_case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_LIMITS_SECOND", "3")
    ended = typed("claims", demo_case)
    assert ended.code == 2
    assert "limits.seconds" in ended.err


def test_claims_are_a_table_for_people(typed: Typed, demo_case: Path) -> None:
    ended = typed("claims", demo_case)
    assert ended.code == 0
    assert "who says it" in ended.out
    assert max(map(cell_len, ended.out.splitlines())) <= 80


def test_claims_are_whole_records_for_programs(typed: Typed, demo_case: Path) -> None:
    found = rows(typed("claims", demo_case, "--json").out)
    assert len(found) > 50
    for view in found:
        assert view["claim"]["id"].startswith("clm_")
        assert view["words"]


def test_filters_narrow_the_claims_and_add_up(typed: Typed, demo_case: Path) -> None:
    accusing = rows(typed("claims", demo_case, "--act", "accuse", "--json").out)
    assert accusing
    assert {view["claim"]["act"] for view in accusing} == {"accuse"}
    late = rows(typed("claims", demo_case, "--act", "accuse", "--since", "2031-05-06", "--json").out)
    assert len(late) < len(accusing)
    assert all(view["document"]["published_at"] >= "2031-05-06" for view in late)


def test_the_outlets_own_voice_can_be_asked_for(typed: Typed, demo_case: Path) -> None:
    own = rows(typed("claims", demo_case, "--outlet-voice", "--json").out)
    assert own
    assert {view["voice"] for view in own} == {"outlet"}
    assert own == rows(typed("claims", demo_case, "--voice", "outlet", "--json").out)
    assert typed("claims", demo_case, "--outlet-voice", "--voice", "direct").code == 2


def test_one_claim_is_shown_with_its_sentence_and_its_chain(typed: Typed, demo_case: Path) -> None:
    view = rows(typed("claims", demo_case, "--act", "deny", "--json").out)[0]
    claim = view["claim"]["id"]
    ended = typed("show", demo_case, claim[:14])
    assert ended.code == 0
    assert "In its sentence" in ended.out
    assert "Whose word it is" in ended.out
    assert claim in ended.out
    assert rows(typed("show", demo_case, claim, "--json").out)[0]["view"] == view


def test_a_claim_that_is_not_there_is_not_found(typed: Typed, demo_case: Path) -> None:
    ended = typed("show", demo_case, "clm_ffffffffffffffffffffffffffffffff")
    assert ended.code == 3
    assert "sayso claims" in ended.err


def test_links_of_one_kind_say_why(typed: Typed, demo_case: Path) -> None:
    denials = rows(typed("links", demo_case, "--kind", "denies", "--json").out)
    assert denials
    assert {view["link"]["kind"] for view in denials} == {"denies"}
    assert denials[0]["link"]["why"].split()[0] in typed("links", demo_case, "--kind", "denies").out


def test_a_search_marks_the_words(typed: Typed, demo_case: Path) -> None:
    hits = rows(typed("search", demo_case, "munitions", "--json").out)
    assert hits
    hit = hits[0]
    start, end = hit["marks"][0]
    offset = hit["span"][0]
    assert hit["words"][start - offset : end - offset].lower() == "munitions"
    assert "munitions" in typed("search", demo_case, "munitions").out
    assert len(rows(typed("search", demo_case, "the", "--limit", 2, "--json").out)) == 2


def test_nothing_found_is_no_error(typed: Typed, demo_case: Path) -> None:
    ended = typed("search", demo_case, "zeppelin")
    assert ended.code == 0
    assert "0 places" in ended.err


def test_the_log_lists_what_was_done(typed: Typed, demo_case: Path) -> None:
    acts = [entry["act"] for entry in rows(typed("log", demo_case, "--json").out)]
    assert acts[0] == "init"
    assert "init" in typed("log", demo_case).out


def test_an_untouched_case_verifies(typed: Typed, demo_case: Path) -> None:
    ended = typed("verify", demo_case)
    assert ended.code == 0
    assert "All as it was written" in ended.out


def test_a_changed_capture_is_found(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor denied it.")
    typed("init", tmp_path / "case")
    typed("add", tmp_path / "case", tmp_path / "a.txt")
    stored = [path for path in (tmp_path / "case" / "captures").rglob("*") if path.is_file()]
    stored[0].chmod(0o644)
    stored[0].write_bytes(b"The mayor said it.")
    ended = typed("verify", tmp_path / "case")
    assert ended.code == 4
    assert "difference" in ended.out
    assert rows(typed("verify", tmp_path / "case", "--json").out)[0]["findings"]


def test_the_report_is_one_file_where_it_is_wanted(typed: Typed, demo_case: Path, tmp_path: Path) -> None:
    ended = typed("report", demo_case, "--to", tmp_path / "r.html")
    assert ended.code == 0
    assert ended.out.strip() == str(tmp_path / "r.html")
    assert (tmp_path / "r.html").read_text().startswith("<!doctype html>")


def test_the_demo_shows_each_kind_and_fits_80_columns(typed: Typed, tmp_path: Path) -> None:
    ended = typed("demo", tmp_path / "d")
    assert ended.code == 0
    for heading in ("Who says what", "Denials", "Contradictions", "Copies", "own voice"):
        assert heading in ended.out
    shown = [line for line in ended.out.splitlines() if str(tmp_path) not in line]
    assert max(map(cell_len, shown)) <= 80
    assert (tmp_path / "d" / "report.html").exists()


def test_the_doctor_finds_this_installation_well(typed: Typed) -> None:
    ended = typed("doctor")
    assert ended.code == 0, ended.out
    assert rows(typed("doctor", "--json").out)[0]["name"] == "sayso"


def test_a_reader_that_closes_the_pipe_is_no_error_worth_words(demo_case: Path) -> None:
    command = f"'{SAYSO}' claims '{demo_case}' --json | head -1; echo ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert ended.stderr == ""
    assert ended.stdout.splitlines()[-1] in {"0", "141"}


def test_a_full_disk_is_said_in_words(demo_case: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [SAYSO, "claims", demo_case, "--json"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ended.returncode == 6
    assert b"No space left" in ended.stderr
    assert b"Traceback" not in ended.stderr


def test_a_pipe_gets_no_colour(demo_case: Path) -> None:
    environment = os.environ | {"TERM": "xterm-256color"}
    ended = subprocess.run(
        [SAYSO, "claims", demo_case], capture_output=True, text=True, check=True, env=environment
    )
    assert "\x1b" not in ended.stdout


def test_markup_and_controls_of_a_document_reach_no_terminal(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The [bold]mayor[/] denied \x1b[31mthat [/red] \x9b1mit happened.")
    typed("init", tmp_path / "case")
    typed("add", tmp_path / "case", tmp_path / "a.txt")
    shown = typed("claims", tmp_path / "case").out + typed("search", tmp_path / "case", "happened").out
    assert "[/red]" in shown
    assert not {"\x1b", "\x9b"} & set(shown)
    printed = typed("claims", tmp_path / "case", "--json").out
    assert not {"\x1b", "\x9b"} & set(printed)
