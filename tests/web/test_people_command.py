"""`sayso people` as somebody types it, and `sayso serve` for a team."""

import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from tests.web.teams import PASSWORD

from sayso.cli.main import main
from sayso.core.errors import BadInput, NotFound, SaysoError
from sayso.web.command import serve_command
from sayso.web.people.command import people_command
from sayso.web.people.file import PeopleFile

SAYSO = Path(sys.executable).parent / "sayso"
PATIENCE = 60.0  # seconds for the desk to open or close on a busy machine


def people(file: Path, *arguments: object, typed: str | None = None) -> str:
    """Run one command, and return what it printed; raises what it refuses with."""
    ended = CliRunner().invoke(people_command, [str(file), *map(str, arguments)], input=typed)
    if ended.exception is not None:
        raise ended.exception
    return ended.output


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.sqlite"


def test_the_first_admin_is_added_with_a_link_or_a_typed_password(built: Path, file: Path) -> None:
    shown = people(
        file, "add", "Ada Tester", "--case", built, "--role", "admin", "--origin", "https://d.example"
    )
    assert "Ada Tester is admin of Brenna." in shown
    assert re.search(r"https://d\.example/join\?token=[\w-]{43}\n", shown)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    shown = people(file, "add", "Bo Second", "--case", built, "--role", "reader", "--password", typed=typed)
    assert "token=" not in shown
    assert PASSWORD not in shown
    listed = people(file, "list")
    assert "Ada Tester: admin of Brenna, invited, without a second factor, last signed in: never" in listed
    assert "Bo Second: reader of Brenna, active" in listed


def test_roles_are_changed_taken_and_given_back(built: Path, file: Path) -> None:
    for name in ("Ada Tester", "Bo Second"):
        people(file, "add", name, "--case", built, "--role", "admin")
    assert people(file, "role", "bo second", "editor", "--case", built) == "Bo Second is editor now.\n"
    with pytest.raises(BadInput, match="no admin left"):
        people(file, "role", "Ada Tester", "reader", "--case", built)
    with pytest.raises(BadInput, match="no admin left"):
        people(file, "disable", "Ada Tester")
    people(file, "disable", "Bo Second")
    assert "Bo Second: editor of Brenna, shut out" in people(file, "list")
    people(file, "enable", "Bo Second")
    people(file, "codes-off", "Bo Second")
    assert "token=" in people(file, "invite", "Bo Second")
    token = people(file, "token", "Bo Second", "--case", built, "--label", "nightly")
    assert re.fullmatch(r"sayso_[0-9a-f]{72}\n", token)
    people(file, "remove", "Bo Second", "--case", built)
    assert "Bo Second" not in people(file, "list")
    with pytest.raises(BadInput, match="no role in this case"):
        people(file, "token", "Bo Second", "--case", built, "--label", "again")
    with pytest.raises(NotFound, match="nobody is called"):
        people(file, "enable", "Nobody")
    happened = people(file, "events")
    assert "at the terminal removed Bo Second" in happened
    assert token.strip() not in happened


@pytest.mark.sqlite  # a case's file is one of those that are none
def test_what_is_no_people_file_is_named(built: Path, file: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no people file"):
        people(file, "list")
    for other in (b"words\n" * 500, (built / "ledger.sqlite").read_bytes()):
        file.write_bytes(other)
        file.chmod(0o600)
        with pytest.raises(BadInput, match=r"people file|not a database"):
            people(file, "list")
        assert file.read_bytes() == other
    with pytest.raises(BadInput, match="cannot be written"):
        people(tmp_path / "no" / "folder", "add", "Ada", "--case", built, "--role", "admin")


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such rights there")
def test_a_people_file_that_others_can_read_is_not_used(built: Path, file: Path) -> None:
    people(file, "add", "Ada", "--case", built, "--role", "admin")
    for rights in (0o604, 0o640):
        file.chmod(rights)
        with pytest.raises(BadInput, match="others on this machine") as refused:
            people(file, "list")
        assert refused.value.code == "people-for-all"
    file.chmod(0o600)
    assert "Ada" in people(file, "list")


def test_a_people_file_of_another_version_is_left_alone(built: Path, file: Path) -> None:
    people(file, "add", "Ada", "--case", built, "--role", "admin")
    with PeopleFile(file) as found, found.writing() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 9")
    with pytest.raises(BadInput, match="another version"):
        people(file, "list")


def test_a_command_without_a_case_is_refused_in_words(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["people", str(file), "add", "Ada", "--case", str(tmp_path), "--role", "admin"]
    assert main(arguments) == 3
    assert "error:" in capsys.readouterr().err
    assert not file.exists()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--bind", "0.0.0.0"], "needs-people"),  # noqa: S104 - it is refused
        (["--origin", "https://desk.example"], "needs-people"),
        (["--people", "P", "--by", "Ada"], "one-or-many"),
        (["--people", "P", "--token-file", "T"], "one-or-many"),
        (["--people", "P", "--bind", "0.0.0.0"], "needs-https"),  # noqa: S104 - as above
        (["--people", "P", "--bind", "::"], "needs-https"),
        (["--people", "P", "--bind", "0.0.0.0", "--origin", "http://127.0.0.1"], "needs-https"),  # noqa: S104 - refused
        (["--people", "P", "--origin", "http://desk.example"], "needs-https"),
        (["--people", "P", "--origin", "desk.example"], "bad-origin"),
        (["--people", "P", "--origin", "https://desk.example/path"], "bad-origin"),
        (["--people", "P", "--origin", "https://u:p@desk.example"], "bad-origin"),
        (["--people", "P", "--origin", "https://desk.example:x"], "bad-origin"),
        (["--people", "P", "--origin", "https://[x"], "bad-origin"),
        (["--people", "P", "--origin", "https://dësk.example"], "bad-origin"),
        (["--people", "P"], "no-people"),
    ],
)
def test_a_desk_is_opened_to_others_only_with_people_and_https(
    built: Path, tmp_path: Path, options: list[str], code: str
) -> None:
    files = [str(tmp_path / word) if word in {"P", "T"} else word for word in options]
    ended = CliRunner().invoke(serve_command, [str(built), *files])
    assert isinstance(ended.exception, SaysoError)
    assert ended.exception.code == code


def test_a_teams_desk_opens_behind_a_proxy_and_people_sign_in(
    built: Path, tmp_path: Path, file: Path
) -> None:
    case = shutil.copytree(built, tmp_path / "case")
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    people(file, "add", "Ada", "--case", case, "--role", "admin", "--password", typed=typed)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = ["--people", str(file), "--port", str(port), "--origin", "https://Desk.example:443/"]
    command = [str(SAYSO), "serve", str(case), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "open to 1 person at" in process.stdout.readline()
        assert process.stdout.readline() + process.stdout.readline() == "\n  https://desk.example/\n"
        as_proxied = {"host": "desk.example", "x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https"}
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=PATIENCE) as proxy:
            assert proxy.get("/sign-in").status_code == 421
            sent = {"name": "Ada", "password": PASSWORD}
            headers = as_proxied | {"origin": "https://desk.example"}
            entered = proxy.post("/sign-in", data=sent, headers=headers)
            assert entered.status_code == 303
            assert entered.headers["set-cookie"].startswith("__Host-sayso-session-443=")
            cookie = {"cookie": entered.headers["set-cookie"].partition(";")[0]}
            page = proxy.get("/people", headers=as_proxied | cookie).text
        assert "192.0.2.7" in page
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (0, "")
    assert out.endswith("The desk is closed.\n")
