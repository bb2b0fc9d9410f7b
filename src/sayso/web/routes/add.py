"""Add: files, pasted text and pages go into the case while whoever added them watches."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.datastructures import UploadFile
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from sayso.case import Case
from sayso.core.errors import BadInput
from sayso.core.records import checked_date
from sayso.web import answers, uploads
from sayso.web.add import Progress
from sayso.web.given import TheCase, TheJobs
from sayso.web.jobs import Job, Jobs

_MOST_ADDRESSES: Final = 100  # of one form


class Pasted(msgspec.Struct, frozen=True, kw_only=True):
    """A text as somebody pasted it; what they left empty the text's first lines may tell."""

    text: str
    title: str = ""
    publisher: str = ""
    published: str = ""  # ISO 8601
    url: str = ""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Addresses of pages, one a line."""

    addresses: str


@get("/add", needs="work", sync_to_thread=False)
def form(jobs: TheJobs) -> Response[str]:
    """Show the ways in, and what is on its way."""
    return answers.page("add.html", here="add", under_way=[Progress(job) for job in jobs.under_way()])


@post("/add/files", needs="work", request_max_body_size=uploads.MOST_BYTES)
async def files(request: Request[Any, Any, Any], case: TheCase, jobs: TheJobs) -> Redirect:
    """Take uploaded files into the case."""
    sent = [one for one in (await request.form()).getall("files", []) if isinstance(one, UploadFile)]
    if not any(upload.filename for upload in sent):
        raise BadInput("no-files", "no file was chosen", hint="choose one or more, then add them")
    with _handed_over() as folder:
        await sync_to_thread(uploads.keep, sent, Path(folder.name))
        return _read(jobs, case, folder, total=len(sent))


@post("/add/text", needs="work", request_max_body_size=uploads.MOST_BYTES, sync_to_thread=True)
def text(case: TheCase, jobs: TheJobs, data: URLEncodedBody[Pasted]) -> Redirect:
    """Take a pasted text into the case."""
    if not data.text.strip():
        raise BadInput("no-text", "the text is empty", hint="paste the text of one document")
    if data.published.strip():
        checked_date(data.published.strip())
    # A browser sends line ends as CR LF, whatever was pasted.
    words = data.text.replace("\r\n", "\n")
    given = {name: getattr(data, name).strip() for name in ("title", "publisher", "published", "url")}
    row = {"text": words} | {name: value for name, value in given.items() if value}
    with _handed_over() as folder:
        uploads.pasted(Path(folder.name), row)
        return _read(jobs, case, folder, total=1)


@post("/add/addresses", needs="work", sync_to_thread=True)
def addresses(case: TheCase, jobs: TheJobs, data: URLEncodedBody[Asked]) -> Redirect:
    """Fetch pages into the case."""
    asked = tuple(dict.fromkeys(data.addresses.split()))
    if not asked:
        raise BadInput(
            "no-addresses", "no address was given", hint="paste the addresses of pages, one a line"
        )
    if len(asked) > _MOST_ADDRESSES:
        raise BadInput(
            "many-addresses",
            f"these are {len(asked)} addresses",
            hint=f"add at most {_MOST_ADDRESSES} at a time",
        )

    def work(job: Job) -> None:
        for added in case.add_urls(_told(asked, job)):
            job.step(added)
        _link(case, job)

    return _watched(jobs.start("add", work, total=len(asked)))


@get("/add/{job:str}", needs="work", sync_to_thread=False)
def progress(jobs: TheJobs, job: FromPath[str]) -> Response[str]:
    """Show how far it is; the page asks again while it goes on."""
    return answers.page("added.html", here="add", progress=Progress(jobs.need(job)))


@contextmanager
def _handed_over() -> Iterator[TemporaryDirectory[str]]:
    """Make a folder for the job that will let go of it; without a job it is removed at once."""
    folder = TemporaryDirectory(prefix="sayso-upload-", ignore_cleanup_errors=True)
    try:
        yield folder
    except BaseException:
        folder.cleanup()
        raise


def _read(jobs: Jobs, case: Case, folder: TemporaryDirectory[str], *, total: int) -> Redirect:
    """Have the files of a folder read into the case; it is removed when they are, or when the desk closes."""

    def work(job: Job) -> None:
        job.doing = "Reading"
        for added in case.add([folder.name]):
            # Where the desk put an upload is nobody's business.
            job.step(msgspec.structs.replace(added, origin=Path(added.origin).name))
        _link(case, job)

    return _watched(jobs.start("add", work, total=total, let_go=folder.cleanup))


def _told(asked: Iterable[str], job: Job) -> Iterator[str]:
    """Yield addresses, and let the watchers see which one it is."""
    for address in asked:
        job.doing = f"Fetching {address}"
        yield address


def _link(case: Case, job: Job) -> None:
    job.doing = "Linking with what is in the case"
    job.said.append(case.link())


def _watched(job: Job) -> Redirect:
    return Redirect(f"/add/{job.id}", status_code=303)


ROUTES = (form, files, text, addresses, progress)
