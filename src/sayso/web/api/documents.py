"""Documents: listed, read, added as texts and as files; and what is searched in them."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
from litestar.datastructures import UploadFile
from litestar.params import JSONBody, MultipartBody, QueryParameter

from sayso.case import Case
from sayso.core.errors import BadInput
from sayso.core.records import checked_date
from sayso.core.views import Added, DocumentPage, DocumentRows, Imported, ReadingPage
from sayso.web import uploads
from sayso.web.api.answer import changing, listing, reading
from sayso.web.api.asked import MOST, After, Id, Limit
from sayso.web.api.lists import Hits, ReviewsTaken, Taken
from sayso.web.given import TheCase, TheJobs
from sayso.web.jobs import Jobs

_MOST_CODE_POINTS = 2**31
_MOST_PAGES = 100  # fetched for one request
_V = TypeVar("_V", Added, Imported)


class Text(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One document as a program has it. What is left out its first lines may tell."""

    text: Annotated[str, msgspec.Meta(min_length=1, description="Stored as it is: offsets point into it.")]
    id: Annotated[str | None, msgspec.Meta(description="The program's own id for it.")] = None
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: Annotated[str | None, msgspec.Meta(description="ISO 8601 date or date-time.")] = None
    url: str | None = None


class Addresses(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where pages are."""

    urls: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=_MOST_PAGES)]


class Files(msgspec.Struct, frozen=True, kw_only=True):
    """Files as they are."""

    files: Annotated[list[UploadFile], msgspec.Meta(min_length=1)]


@listing("/documents")
def list_documents(case: TheCase, after: After = None, limit: Limit = 100) -> DocumentRows:
    """List the documents, without their texts, by publication date; undated ones come last."""
    return case.document_rows(after=after, limit=limit)


@reading("/documents/{document:str}")
def read_document(case: TheCase, document: Id) -> DocumentPage:
    """Read one document: its text, its attributions and its claims, by its id or the beginning of it."""
    return case.document(document)


@reading("/documents/{document:str}/reading")
def read_part(
    case: TheCase,
    document: Id,
    start: Annotated[int, QueryParameter(ge=0, le=_MOST_CODE_POINTS, description="A code point.")] = 0,
    claim: Annotated[str | None, QueryParameter(description="Begin a little before this claim.")] = None,
) -> ReadingPage:
    """Read a part of one document, with the claims in it and how they are linked."""
    return case.reading(document, start=start, claim=claim)


@changing("/documents", needs="work", status_code=200, request_max_body_size=uploads.MOST_BYTES)
def add_text(case: TheCase, jobs: TheJobs, data: JSONBody[Text]) -> Taken:
    """Add a text. The same text with the same particulars is `unchanged` and has the same id.

    When this answers, the text is stored and linked.
    """
    if not data.text.strip():
        raise BadInput("no-text", "the text is empty", hint="send the text of one document")
    if data.published is not None:
        checked_date(data.published)
    row = {name: value for name, value in msgspec.structs.asdict(data).items() if value is not None}
    with _folder() as folder:
        uploads.pasted(folder, row)
        return _taken(case, jobs, folder)


@changing("/pages", needs="work", status_code=200)
def add_pages(case: TheCase, jobs: TheJobs, data: JSONBody[Addresses]) -> Taken:
    """Fetch pages at http or https addresses and add them. Nothing else asks the network.

    When this answers, the pages are stored and linked, or `problems` says why one is not.
    """
    return jobs.finish("add", lambda: Taken(rows=tuple(case.add_urls(data.urls)), links=case.link()))


@changing("/files", needs="work", status_code=200, request_max_body_size=uploads.MOST_BYTES)
def add_files(case: TheCase, jobs: TheJobs, data: MultipartBody[Files]) -> Taken:
    """Add files. One with the bytes and the name of a stored one is `unchanged` and has the same ids.

    When this answers, what was added is stored and linked.
    """
    with _folder() as folder:
        uploads.keep(data.files, folder)
        return _taken(case, jobs, folder)


@changing("/reviews", needs="edit", status_code=200, request_max_body_size=uploads.MOST_BYTES)
def import_reviews(case: TheCase, jobs: TheJobs, data: MultipartBody[Files]) -> ReviewsTaken:
    """Import published fact-checks from files: feeds of ClaimReview, pages with it, plain JSON-LD.

    What is there already is not stored again. When this answers, they are stored and linked.
    """
    with _folder() as folder:
        uploads.keep(data.files, folder)
        return jobs.finish(
            "import",
            lambda: ReviewsTaken(
                rows=tuple(_named(one) for one in case.import_reviews([folder])), links=case.link()
            ),
        )


@listing("/search")
def search_documents(
    case: TheCase,
    words: Annotated[str, QueryParameter(description='Words and "quoted phrases" that all stand there.')],
    limit: Annotated[int, QueryParameter(ge=1, le=MOST, description="At most so many places.")] = 50,
) -> Hits:
    """Find words in the documents, and the claims they stand in, the best places first.

    Case, accents and marks above and below letters make no difference.
    """
    return Hits(rows=tuple(case.search(words, limit=limit)))


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a folder for what was sent, and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="sayso-upload-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _taken(case: Case, jobs: Jobs, folder: Path) -> Taken:
    return jobs.finish(
        "add", lambda: Taken(rows=tuple(_named(one) for one in case.add([folder])), links=case.link())
    )


def _named(one: _V) -> _V:
    """Return what became of a file under its own name: where the desk put it is nobody's business."""
    return msgspec.structs.replace(one, origin=Path(one.origin).name)


ROUTES = (
    list_documents,
    read_document,
    read_part,
    add_text,
    add_pages,
    add_files,
    import_reviews,
    search_documents,
)
