"""Pages come from their addresses into a case, with the answers that brought them."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from tests.readers.sites import net, open_site
from warcio.archiveiterator import ArchiveIterator

from sayso.case import Case
from sayso.core.records import Capture
from sayso.core.settings import Limits, Settings, Work
from sayso.core.views import Added
from sayso.flow.addresses import read_addresses
from sayso.flow.local import FileRead
from sayso.ledger.captures import Captures

SETTINGS = Settings(work=Work(processes=1), limits=Limits(megabytes=1, seconds=10))


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with open_site() as port:
        yield f"http://site.example:{port}"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.init(tmp_path / "case") as made:
        yield made


def read(url: str) -> FileRead:
    (read,) = read_addresses([url], SETTINGS, network=net())
    return read


def added(case: Case, *urls: str) -> list[Added]:
    return list(case.add_urls(urls, network=net()))


def captured(file: FileRead) -> Capture:
    assert file.capture is not None, file.problems
    return file.capture


def test_a_page_is_read_as_what_its_server_says_where_its_name_does_not_tell(site: str) -> None:
    page = read(f"{site}/world/ferry.aspx?id=3")
    assert captured(page).media_type == "text/html"
    (reading,) = page.readings
    assert reading.document.text.endswith("turned away at the pier in the night.")
    assert reading.document.title == "Ferry stopped"
    assert captured(read(f"{site}/notes/strike")).media_type == "text/plain"
    assert captured(read(f"{site}/xhtml")).media_type == "text/html"


def test_a_page_keeps_where_and_when_it_came_from(site: str) -> None:
    page = read(f"{site}/moved")
    capture = captured(page)
    assert capture.url == f"{site}/world/ferry.aspx?id=3"
    assert capture.retrieved_at is not None
    assert capture.origin == "ferry.aspx"
    assert page.origin == f"{site}/moved"
    assert page.readings[0].document.url == capture.url


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/film", "unknown-type"),
        ("/empty", "empty-file"),
        ("/none", "fetch-status"),
        ("/long", "fetch-large"),
    ],
)
def test_what_cannot_be_had_or_read_is_a_problem_with_what_to_do(site: str, path: str, code: str) -> None:
    (problem,) = read(site + path).problems
    assert problem.code == code
    assert problem.hint


def test_the_case_keeps_the_page_and_the_answers_that_brought_it(site: str, case: Case) -> None:
    (moved,) = added(case, f"{site}/moved")
    assert (moved.outcome, moved.origin, moved.documents) == ("added", f"{site}/moved", 1)
    details = msgspec.json.decode(case.log_rows(limit=1)[0].details)
    assert details["url"] == f"{site}/world/ferry.aspx?id=3"
    assert details["documents"] == list(moved.ids)
    archive = case.path / "captures"
    warcs = [file for file in archive.rglob("*") if file.is_file() and file.read_bytes()[:2] == b"\x1f\x8b"]
    (warc,) = warcs
    kept = Captures(archive).read(warc.parent.name + warc.name)
    asked = [record.rec_headers["WARC-Target-URI"] for record in ArchiveIterator(BytesIO(kept))]
    assert asked == [f"{site}/moved", f"{site}/world/ferry.aspx?id=3"]


def test_a_page_that_is_as_it_was_is_not_kept_again(site: str, case: Case) -> None:
    (first,) = added(case, f"{site}/notes/strike")
    kept = sorted(case.path.rglob("captures/*/*"))
    (again,) = added(case, f"{site}/notes/strike")
    assert again.outcome == "unchanged"
    assert again.ids == first.ids
    assert sorted(case.path.rglob("captures/*/*")) == kept
    assert len(case.log_rows()) == 2


def test_what_was_never_there_leaves_nothing_in_the_case(site: str, case: Case) -> None:
    assert [one.outcome for one in added(case, f"{site}/none", "", f"{site}/inside")] == ["refused"] * 3
    (inner,) = case.add_urls([site.replace("site.example", "127.0.0.1")])
    assert inner.problems[0].code == "not-public"
    assert len(case.log_rows()) == 1
    assert list(case.problems()) == []


def test_verify_reads_fetched_pages_again_and_sees_a_changed_archive(site: str, case: Case) -> None:
    assert len(added(case, f"{site}/world/ferry.aspx?id=3", f"{site}/none", f"{site}/notes/strike")) == 3
    verified = case.verify()
    assert verified.findings == ()
    assert (verified.captures, verified.rederived) == (4, 2)
    for file in case.path.rglob("captures/*/*"):
        if file.read_bytes()[:2] == b"\x1f\x8b":
            file.write_bytes(file.read_bytes() + b"x")
    assert {finding.code for finding in case.verify().findings} == {"changed-capture"}
