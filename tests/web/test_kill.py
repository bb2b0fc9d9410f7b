"""The server is killed in the middle of writing: what it acknowledged is there, and the log holds."""

import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import httpx
import pytest
from tests.cases import copied_case

from sayso.case import Case

SAYSO = Path(sys.executable).parent / "sayso"
WRITES = 200  # that were acknowledged
KILLS = 3  # how often the server dies on the way there
PATIENCE = 60.0  # seconds that an answer may take on a busy machine

_Write = Callable[[httpx.Client], httpx.Response]


class Writer:
    """Writes at random, and keeps what was acknowledged: reasons, and texts."""

    def __init__(self, case: Path, seed: int) -> None:
        with Case(case) as read:
            self._claims = [view.claim.id for view in read.claims()]
            self._links = [view.link.id for view in read.links()]
            self._ratings = read.settings.verdicts.ratings
        self._random = random.Random(seed)  # noqa: S311 - it picks writes for a test
        self._number = count()
        self._lock = threading.Lock()
        self.reasons: set[str] = set()
        self.texts: set[str] = set()
        self.sent = 0

    def write(self, program: httpx.Client) -> None:
        """Write one judgement or verdict; raises httpx.HTTPError when the server died over it."""
        with self._lock:
            reason = f"reason {next(self._number)}"
            write = self._random.choice((self._judgement, self._verdict))(reason)
            self.sent += 1
        answer = write(program)
        if answer.status_code == 400 and "not-judged" in answer.text:
            return  # nothing was there to take back
        assert answer.status_code == 303, answer.text
        with self._lock:
            self.reasons.add(reason)

    def add(self, program: httpx.Client) -> None:
        """Add one text; raises as `write` does."""
        with self._lock:
            text = f"The mayor of Brenna said that {next(self._number)} boats had sunk at the pier.\n"
        answer = program.post("/api/v1/documents", json={"text": text})
        assert answer.status_code == 200, answer.text
        with self._lock:
            self.texts.add(text)

    def _judgement(self, reason: str) -> _Write:
        link, claim = self._random.choice(self._links), self._random.choice(self._claims)
        said = self._random.choice(("confirmed", "rejected", "unjudged"))
        data = {"claim": claim, "judgement": said, "reason": reason}
        return lambda program: program.post(f"/links/{link}/judgements", data=data)

    def _verdict(self, reason: str) -> _Write:
        claim, rating = self._random.choice(self._claims), self._random.choice(self._ratings)
        data = {"rating": rating, "reason": reason}
        return lambda program: program.post(f"/claims/{claim}/verdicts", data=data)


@contextmanager
def doomed(case: Path) -> Iterator[tuple[httpx.Client, Callable[[], None]]]:
    """A server in a process of its own: a program that has come in, and what kills it."""
    command = [str(SAYSO), "serve", str(case), "--by", "Ada Tester"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            lines = iter(process.stdout or ())
            link = next(found[0] for line in lines if (found := re.search(r"http://\S+/enter\S+", line)))
            address = link.partition("/enter")[0]
            with httpx.Client(base_url=address, trust_env=False, timeout=PATIENCE) as program:
                program.get(link.removeprefix(address))
                yield program, lambda: process.send_signal(signal.SIGKILL)
        finally:
            process.kill()


def until_it_dies(write: Callable[[httpx.Client], None], program: httpx.Client) -> None:
    try:
        while True:
            write(program)
    except httpx.HTTPError:
        return


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_nothing_that_was_acknowledged_is_lost_when_the_server_is_killed(built: Path, tmp_path: Path) -> None:
    case = copied_case(built, tmp_path / "case")
    writer = Writer(case, seed=6)
    moments = random.Random(7)  # noqa: S311 - as above
    for lot in range(1, KILLS + 1):
        with doomed(case) as (program, kill), ThreadPoolExecutor(3) as writing:
            dying = [
                writing.submit(until_it_dies, write, program)
                for write in (writer.write, writer.write, writer.add)
            ]
            while len(writer.reasons) < lot * WRITES / KILLS and not any(one.done() for one in dying):
                time.sleep(0.01)
            time.sleep(moments.uniform(0, 0.05))
            kill()
            for one in dying:
                one.result()
    assert len(writer.reasons) >= WRITES
    with Case(case) as left:
        said = {one.reason for one in left.link_judgements()} | {one.reason for one in left.verdicts()}
        assert writer.reasons - said == set()
        # At most what was under way can be there without having been acknowledged.
        assert len(said) <= len(writer.reasons) + 2 * KILLS
        assert writer.texts - {page.document.text for page in left.documents()} == set()
        verified = left.verify()
    assert verified.findings == ()
    assert verified.log_entries >= WRITES
