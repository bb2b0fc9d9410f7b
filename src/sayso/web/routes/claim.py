"""One claim: its words in context, its parts, its life, and what people make of it and of its links."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from sayso.case import Case
from sayso.core.errors import SaysoError
from sayso.core.records import Judged
from sayso.web import answers
from sayso.web.claim import Dossier, Typed, evidence_of
from sayso.web.given import TheCase, ThePerson

_MOST = 200  # pieces of evidence


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

    @property
    def picked(self) -> tuple[str, ...]:
        """Every piece of evidence."""
        return (self.evidence,) if isinstance(self.evidence, str) else self.evidence


@get("/claims/{claim:str}", needs="read", sync_to_thread=True)
def claim(case: TheCase, claim: FromPath[str]) -> Response[str]:
    """Show one claim."""
    return answers.page("claim.html", here="claims", dossier=Dossier(case, claim), refused=None)


@post("/links/{link:str}/judgements", needs="work", sync_to_thread=True)
def judge(
    case: TheCase,
    person: ThePerson,
    link: FromPath[str],
    data: URLEncodedBody[Judging],
) -> Response[str] | Redirect:
    """Record what somebody says about a link, and lead back to the claim that they looked at."""
    # First, so that nothing is stored on behalf of a page that does not exist.
    back = case.show(data.claim).view.claim.id
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
    back = case.show(claim).view.claim.id
    try:
        case.conclude(back, data.rating, reason=reason, by=person.name, evidence=evidence_of(data.picked))
    except SaysoError as error:
        return _again(case, back, error, Typed(rating=data.rating, reason=reason, evidence=data.picked))
    return Redirect(f"/claims/{back}#verdict", status_code=303)


def _again(case: Case, claim: str, error: SaysoError, typed: Typed) -> Response[str]:
    """Show the page again, with what was typed and why it was not taken."""
    dossier = Dossier(case, claim, typed)
    shown = answers.page("claim.html", here="claims", dossier=dossier, refused=error)
    shown.status_code = answers.status_of(error)
    return shown


ROUTES = (claim, judge, conclude)
