"""Documents go into the case through the browser, and whoever added them sees what became of each."""

import tempfile
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.cases import copied_case
from tests.readers.sites import open_site
from tests.web.desks import CaseOnTheSite, Desk, running

from sayso.case import Case
from sayso.core.errors import BadInput, SaysoError
from sayso.core.views import Added, Verified
from sayso.web import pages
from sayso.web.add import Progress
from sayso.web.jobs import Job, Jobs

WORDS = "The mayor of Brenna denied it.\nNobody was hurt, he said."
DONE = 60_000  # milliseconds that reading and linking may take on a busy machine


def test_pasted_text_becomes_a_document_with_what_was_said_of_it(page: Page, open_desk: Desk) -> None:
    page.goto(f"{open_desk.address}/add")
    page.get_by_label("The text of one document").fill(
        "The mayor of Brenna denied it.\nNobody was hurt, he said."
    )
    page.get_by_label("Publisher").fill("Harbour Herald")
    page.get_by_label("Date of publication").fill("2031-05-06")
    page.get_by_role("button", name="Add the text").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible(timeout=DONE)
    added = next(d.document for d in open_desk.case.documents() if d.head.outlet == "Harbour Herald")
    assert added.text == WORDS
    assert added.published_at == "2031-05-06"


def test_files_are_added_and_one_that_cannot_be_read_is_named_with_what_to_do(
    page: Page, open_desk: Desk, tmp_path: Path
) -> None:
    good, bad = tmp_path / "note.txt", tmp_path / "picture.png"
    good.write_text("The ferry sailed, the harbour office said.", encoding="utf-8")
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    page.goto(f"{open_desk.address}/add")
    page.get_by_label("Text, HTML or JSON lines").set_input_files([good, bad])
    page.get_by_role("button", name="Add the files").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible(timeout=DONE)
    expect(page.get_by_text("1 document", exact=False)).to_be_visible()
    expect(page.locator(".o-refused")).to_contain_text("picture.png")
    expect(page.locator(".o-refused")).to_contain_text("What to do: read are")
    assert "sayso-upload" not in page.content()
    page.reload()
    expect(page.locator(".outcome")).to_have_count(2)
    assert len(list(open_desk.case.documents())) == 3


def test_the_log_says_what_was_done_and_verify_tells_that_nothing_was_changed(
    page: Page, open_desk: Desk
) -> None:
    page.goto(f"{open_desk.address}/log")
    expect(page.get_by_role("cell", name="Case made", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="strike.txt")).to_be_visible()
    page.get_by_role("button", name="Verify every stored byte").click()
    expect(page.get_by_role("heading", name="Everything is as it was written")).to_be_visible(timeout=DONE)


@pytest.fixture
def desk_on_the_site(built: Path, tmp_path: Path) -> Iterator[Desk]:
    with CaseOnTheSite(copied_case(built, tmp_path / "fetching")) as case:
        yield from running(case)


def test_pages_come_from_their_addresses_and_the_ones_that_do_not_are_named(desk_on_the_site: Desk) -> None:
    with open_site() as port, httpx.Client(base_url=desk_on_the_site.address, trust_env=False) as program:
        program.get(desk_on_the_site.link.removeprefix(desk_on_the_site.address))
        site = f"http://site.example:{port}"
        asked = f"{site}/moved\n{site}/none\nhttp://inside.example/x\n{site}/moved"
        started = program.post("/add/addresses", data={"addresses": asked})
        shown = program.get(started.headers["location"])
        while "hx-get" in shown.text:
            shown = program.get(started.headers["location"])
    assert shown.text.count('class="outcome ') == 3
    assert "1 added, 2 not added" in shown.text
    assert "not-public" in shown.text
    assert any(d.head.title == "Ferry stopped" for d in desk_on_the_site.case.documents())


@pytest.mark.parametrize("addresses", ["", " \n ", "\n".join(f"http://{n}.example" for n in range(101))])
def test_no_address_and_too_many_are_refused_with_what_to_do(client: httpx.Client, addresses: str) -> None:
    assert client.post("/add/addresses", data={"addresses": addresses}).status_code == 400


def over(job: Job) -> Job:
    while not job.is_over:
        threading.Event().wait(0.005)
    return job


def test_jobs_wait_for_one_another_and_come_in_their_order() -> None:
    jobs, gate, order = Jobs(), threading.Event(), list[str]()

    def wait(job: Job) -> None:
        gate.wait(5)
        order.append(job.id)

    first, second = jobs.start("add", wait), jobs.start("verify", wait)
    assert Progress(second).heading == "Waiting"
    assert jobs.under_way() == (first, second)
    with pytest.raises(BadInput, match="at work"):
        jobs.finish("link", lambda: None)
    gate.set()
    over(second)
    assert order == [first.id, second.id]
    assert jobs.finish("link", lambda: 3) == 3
    assert jobs.under_way() == ()


def test_a_page_of_a_job_stays_of_one_moment_while_the_job_ends() -> None:
    jobs, gate = Jobs(), threading.Event()

    def verify(job: Job) -> None:
        gate.wait(5)
        job.said.append(Verified(records=1, captures=1, log_entries=1, rederived=1, findings=()))

    job = jobs.start("verify", verify)
    seen = Progress(job)
    gate.set()
    over(job)
    assert "every 700ms" in pages.rendered("verified.html", here="log", progress=seen)
    assert "Everything is as it was written" in pages.rendered(
        "verified.html", here="log", progress=Progress(job)
    )


def test_a_job_that_fails_says_why_and_lets_the_next_one_run() -> None:
    jobs = Jobs()

    def fail(_: Job) -> None:
        raise BadInput("disk-full", "the disk is full", hint="make room")

    def break_down(_: Job) -> None:
        raise ZeroDivisionError

    failed, broken = jobs.start("add", fail), jobs.start("add", break_down)
    assert isinstance(over(failed).failure, SaysoError)
    assert (Progress(failed).heading, failed.failure and failed.failure.hint) == ("It stopped", "make room")
    assert over(broken).failure is not None
    assert broken.failure is not None
    assert broken.failure.code == "job-failed"
    assert over(jobs.start("add", lambda job: job.step(1))).state == "done"


def test_only_so_many_jobs_may_wait_and_the_oldest_that_are_over_are_forgotten() -> None:
    jobs, gate, runs = Jobs(), threading.Event(), threading.Event()

    def wait(_: Job) -> None:
        runs.set()
        gate.wait(5)

    made = [jobs.start("add", wait)]
    runs.wait(5)
    made += [jobs.start("add", wait) for _ in range(20)]
    with pytest.raises(BadInput, match="at work"):
        jobs.start("add", lambda _: None)
    gate.set()
    over(made[-1])
    for _ in range(60):
        over(jobs.start("add", lambda _: None))
    with pytest.raises(SaysoError, match="no such job"):
        jobs.need(made[0].id)


def test_what_a_job_was_given_is_let_go_of_when_it_is_over_and_when_it_never_runs() -> None:
    jobs, gate, runs, let_go = Jobs(), threading.Event(), threading.Event(), list[str]()

    def wait(_: Job) -> None:
        runs.set()
        gate.wait(5)

    over(jobs.start("add", lambda _: None, let_go=lambda: let_go.append("done")))
    first = jobs.start("add", wait, let_go=lambda: let_go.append("under way"))
    runs.wait(5)
    jobs.start("add", lambda _: None, let_go=lambda: let_go.append("waiting"))
    assert let_go == ["done"]
    jobs.close()
    assert let_go == ["done", "under way", "waiting"]
    gate.set()
    over(first)


def test_whoever_watches_does_not_wait_for_what_is_finished_while_its_caller_waits() -> None:
    jobs, gate, runs = Jobs(), threading.Event(), threading.Event()

    def work() -> int:
        runs.set()
        gate.wait(5)
        return 3

    waiting = threading.Thread(target=lambda: jobs.finish("link", work))
    waiting.start()
    runs.wait(5)
    began = time.perf_counter()
    assert [job.state for job in jobs.under_way()] == ["running"]
    with pytest.raises(BadInput, match="at work"):
        jobs.finish("verify", lambda: None)
    next_one = jobs.start("add", lambda job: job.step(1))
    assert next_one.state == "waiting"
    assert time.perf_counter() - began < 0.5
    gate.set()
    waiting.join()
    assert over(next_one).done == 1


def test_uploads_are_gone_when_the_desk_is_closed_before_they_were_read(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    begun, gate = threading.Event(), threading.Event()

    class SlowCase(Case):
        """A case that reads files only when it may."""

        def add(self, paths: Iterable[Path | str]) -> Generator[Added]:
            begun.set()
            gate.wait(20)
            return super().add(paths)

    with SlowCase(copied_case(built, tmp_path / "case")) as case:
        for desk in running(case):
            with httpx.Client(base_url=desk.address, trust_env=False) as program:
                program.get(desk.link.removeprefix(desk.address))
                for name in ("first.txt", "second.txt"):
                    sent = program.post("/add/files", files={"files": (name, b"The pier is closed.")})
                    assert sent.status_code == 303
            assert begun.wait(5)
            kept = [one.name for one in (tmp_path / "temporary").rglob("*.txt")]
            assert sorted(kept) == ["first.txt", "second.txt"]
        left = list((tmp_path / "temporary").glob("sayso-upload-*"))
        gate.set()
    assert left == []
