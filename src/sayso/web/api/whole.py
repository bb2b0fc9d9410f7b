"""The case as a whole: what is in it, its log and problems, its linking, its report, its verification."""

from litestar import Response

from sayso.core.views import About, Verified
from sayso.ledger import cursors
from sayso.web.api.answer import changing, listing
from sayso.web.api.asked import After, Limit, page
from sayso.web.api.lists import Linked, LogRows, ProblemRows
from sayso.web.given import TheCase, TheJobs

_LAST_ENTRY = 2**63  # after every entry that a database can number


@listing("/case")
def read_case(case: TheCase) -> About:
    """Read what the case is called, and how much is in it."""
    return case.about()


@listing("/log")
def list_log(case: TheCase, after: After = None, limit: Limit = 100) -> LogRows:
    """List what people did with the case, the newest entry first."""
    found = case.log_rows(before=None if after is None else _number(after), limit=limit + 1)
    shown = found[:limit]
    last = cursors.written(str(shown[-1].number)) if len(found) > limit else None
    return LogRows(rows=shown, after=last)


@listing("/problems")
def list_problems(case: TheCase, after: After = None, limit: Limit = 100) -> ProblemRows:
    """List what went wrong with the files that were added, and with linking them."""
    rows, last = page(case.problems, after=after, limit=limit)
    return ProblemRows(rows=rows, after=last)


@changing("/linking", needs="work", status_code=200)
def link_case(case: TheCase, jobs: TheJobs) -> Linked:
    """Link what is not linked yet. Adding and importing do so by themselves."""
    return jobs.finish("link", lambda: Linked(links=case.link()))


@changing("/verification", needs="work", status_code=200)
def verify_case(case: TheCase, jobs: TheJobs) -> Verified:
    """Compare every stored byte with what it was made from, and read every stored file again."""
    return jobs.finish("verify", case.verify)


@changing("/report", needs="work", status_code=200, media_type="text/html")
def write_report(case: TheCase, jobs: TheJobs) -> Response[bytes]:
    """Write the whole case as one HTML file, into the case's folder and as the answer. The log notes it."""
    written = jobs.finish("report", lambda: case.report().read_bytes())
    return Response(written, headers={"Content-Disposition": 'attachment; filename="report.html"'})


def _number(after: str) -> int:
    """Return the number of the log entry that a cursor stands for; raises BadInput."""
    (stated,) = cursors.read(after, 1)
    if not (stated.isascii() and stated.isdigit() and len(stated) < len(str(_LAST_ENTRY))):
        raise cursors.no_cursor()
    return int(stated)


ROUTES = (read_case, list_log, list_problems, link_case, verify_case, write_report)
