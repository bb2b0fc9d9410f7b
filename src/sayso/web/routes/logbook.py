"""The log: what people did with the case, its export, and whether every stored byte is as it was written."""

from collections.abc import Iterator
from typing import Annotated, Final

from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Stream

from sayso.case import Case
from sayso.core import codec
from sayso.web import answers
from sayso.web.add import Progress
from sayso.web.given import TheCase, TheJobs
from sayso.web.jobs import Job
from sayso.web.logbook import Line

_ROWS: Final = 100
Before = Annotated[
    int | None, QueryParameter(ge=1, le=2**63 - 1)
]  # a number of an entry, as a database holds it


@get("/log", needs="read", sync_to_thread=True)
def log(case: TheCase, before: Before = None) -> Response[str]:
    """Show the newest entries, or those before a number."""
    found = case.log_rows(before=before, limit=_ROWS + 1)
    lines = [Line(entry) for entry in found[:_ROWS]]
    return answers.page("log.html", here="log", lines=lines, more=len(found) > _ROWS)


@get("/log/export", needs="read", sync_to_thread=True)
def export(case: TheCase) -> Stream:
    """Give the whole log as JSON lines."""
    return answers.downloaded(_lines(case), media_type="application/jsonl", name="log.jsonl")


@post("/log/verify", needs="work", sync_to_thread=False)
def verify(case: TheCase, jobs: TheJobs) -> Redirect:
    """Compare every stored byte with what it was made from."""

    def work(job: Job) -> None:
        job.said.append(case.verify())

    return Redirect(f"/log/verify/{jobs.start('verify', work).id}", status_code=303)


@get("/log/verify/{job:str}", needs="read", sync_to_thread=False)
def verified(jobs: TheJobs, job: FromPath[str]) -> Response[str]:
    """Show what the comparison found; the page asks again while it goes on."""
    return answers.page("verified.html", here="log", progress=Progress(jobs.need(job)))


def _lines(case: Case) -> Iterator[bytes]:
    for entry in case.log():
        yield codec.encode(entry) + b"\n"


ROUTES = (log, export, verify, verified)
