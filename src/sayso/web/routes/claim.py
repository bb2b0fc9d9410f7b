"""One claim: its words in context, its parts, its life, and what people make of it and of its links."""

from itertools import starmap
from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from sayso.case import Case
from sayso.core.errors import SaysoError
from sayso.core.records import Judged, LinkKind
from sayso.core.views import LinkFilter
from sayso.web import answers
from sayso.web.claim import Dossier, Noted, Typed, count_of, evidence_of
from sayso.web.given import TheCase, ThePerson

_MOST = 200  # pieces of evidence
_LISTED = 50  # links of one page


class Judging(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says about a link, and on which claim's page."""

    claim: str
    judgement: Judged
    reason: str = ""


class Concluding(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict as the form sends it."""

    rating: str = ""
    reason: str = ""
    evidence: (
        Annotated[tuple[str, ...], msgspec.Meta(max_length=_MOST)] | str
    ) = ()  # a form sends one alone as a text

    # What is said about pieces of evidence, and about which, in one order.
    note: Annotated[tuple[str, ...], msgspec.Meta(max_length=_MOST)] | str = ()
    noted: Annotated[tuple[str, ...], msgspec.Meta(max_length=_MOST)] | str = ()

    @property
    def picked(self) -> tuple[str, ...]:
        """Every piece of evidence."""
        return _every(self.evidence)

    @property
    def notes(self) -> tuple[Noted, ...]:
        """What is said about them."""
        return tuple(starmap(Noted, zip(_every(self.noted), _every(self.note), strict=False)))


def _every(sent: tuple[str, ...] | str) -> tuple[str, ...]:
    return (sent,) if isinstance(sent, str) else sent


@get("/claims/{claim:str}", needs="read", sync_to_thread=True)
def claim(case: TheCase, claim: FromPath[str]) -> Response[str]:
    """Show one claim."""
    return answers.page("claim.html", here="claims", dossier=Dossier(case, claim), refused=None)


@get("/claims/{claim:str}/links", needs="read", sync_to_thread=True)
def links(
    case: TheCase, claim: FromPath[str], kind: FromQuery[LinkKind], after: FromQuery[str | None] = None
) -> Response[str]:
    """Show all links of a kind that one claim has, the surest first; its own page shows the first of them."""
    page = case.show(claim, most=0)
    wanted = LinkFilter(claim=page.view.claim.id, kind=kind)
    found = case.link_rows(wanted, after=after, limit=_LISTED)
    return answers.page(
        "links.html", here="claims", view=page.view, kind=kind, listed=found, count=count_of(page, kind)
    )


@post("/links/{link:str}/judgements", needs="work", sync_to_thread=True)
def judge(
    case: TheCase,
    person: ThePerson,
    link: FromPath[str],
    data: URLEncodedBody[Judging],
) -> Response[str] | Redirect:
    """Record what somebody says about a link, and lead back to the claim that they looked at."""
    # First, so that nothing is stored on behalf of a page that does not exist.
    back = case.show(data.claim, most=0).view.claim.id
    try:
        case.judge_link(link, data.judgement, by=person.name, reason=data.reason or None)
    except SaysoError as error:
        return _again(case, back, error, Typed(link=link, link_reason=data.reason))
    return Redirect(f"/claims/{back}#{link}", status_code=303)


@post("/claims/{claim:str}/verdicts", needs="work", sync_to_thread=True)
def conclude(
    case: TheCase,
    person: ThePerson,
    claim: FromPath[str],
    data: URLEncodedBody[Concluding],
) -> Response[str] | Redirect:
    """Record what somebody concluded about a claim, and lead back to it."""
    # A browser sends line ends as CR LF.
    reason = data.reason.replace("\r\n", "\n")
    back = case.show(claim, most=0).view.claim.id
    try:
        evidence = evidence_of(data.picked, data.notes)
        case.conclude(back, data.rating, reason=reason, by=person.name, evidence=evidence)
    except SaysoError as error:
        typed = Typed(rating=data.rating, reason=reason, evidence=data.picked, notes=data.notes)
        return _again(case, back, error, typed)
    return Redirect(f"/claims/{back}#verdict", status_code=303)


def _again(case: Case, claim: str, error: SaysoError, typed: Typed) -> Response[str]:
    """Show the page again, with what was typed and why it was not taken."""
    dossier = Dossier(case, claim, typed)
    shown = answers.page("claim.html", here="claims", dossier=dossier, refused=error)
    shown.status_code = answers.status_of(error)
    return shown


ROUTES = (claim, links, judge, conclude)
