"""`sayso serve` as somebody types it: it prints a link, serves the desk, and ends on Ctrl-C."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.cases import copied_case

import sayso

SAYSO = Path(sys.executable).parent / "sayso"
PATIENCE = 60.0  # seconds for the desk to open or close on a busy machine
PACKAGE = Path(sayso.__file__).parent


@pytest.fixture
def served(built: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A desk as its own process."""
    case = copied_case(built, tmp_path / "case")
    command = [str(SAYSO), "serve", str(case), "--by", "Ada Tester"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def printed_link(process: subprocess.Popen[str]) -> str:
    """Return the link, as soon as it is printed."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+/enter\?token=\S+", line):
            return found[0]
    pytest.fail("no link was printed")


def test_the_printed_link_opens_the_desk_and_ctrl_c_closes_it(served: subprocess.Popen[str]) -> None:
    link = printed_link(served)
    with httpx.Client(trust_env=False, follow_redirects=True, timeout=PATIENCE) as browser:
        assert browser.get(link).status_code == 200
        assert "strike.txt" in browser.get(httpx.URL(link).join("/")).text
    served.send_signal(signal.SIGINT)
    out, err = served.communicate(timeout=PATIENCE)
    assert served.returncode == 0
    assert out.endswith("The desk is closed.\n")
    assert err == ""


def test_a_port_that_is_taken_is_named(built: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run(SAYSO, "serve", built, "--port", str(port))
    assert ended.returncode == 2
    assert f"port {port} cannot be opened" in ended.stderr


def test_without_the_desk_extra_it_says_how_to_get_it(built: Path) -> None:
    # None in `sys.modules` is what an import finds of a package that is not installed.
    code = "import sys; sys.modules['litestar'] = None; from sayso.cli.main import main; sys.exit(main())"
    ended = run(sys.executable, "-c", code, "serve", built)
    assert ended.returncode == 2
    assert "the desk needs the packages litestar" in ended.stderr
    assert "pip install 'sayso[desk]'" in ended.stderr


def test_without_the_front_end_files_it_names_them_and_what_brings_them(built: Path, tmp_path: Path) -> None:
    linked_without_vendor(tmp_path / "sayso")
    code = "import sys; from sayso.cli.main import main; sys.exit(main())"
    ended = run(sys.executable, "-c", code, "serve", built, env=os.environ | {"PYTHONPATH": str(tmp_path)})
    assert ended.returncode == 2
    assert "htmx.js" in ended.stderr
    assert "Node.js and npm" in ended.stderr


def linked_without_vendor(package: Path) -> None:
    """Make a package of links to ours, as it is installed where there was no npm."""
    (package / "web").mkdir(parents=True)
    for found in (*PACKAGE.iterdir(), *(PACKAGE / "web").iterdir()):
        if found.name not in {"web", "vendor", "__pycache__"}:
            (package / found.relative_to(PACKAGE)).symlink_to(found)


def run(*command: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
