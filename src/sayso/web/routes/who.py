"""Who says what of whom: the page, and the data of its graph."""

from typing import Final

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery

from sayso.core.errors import BadInput
from sayso.core.views import RelationFilter
from sayso.exchange.papers import ACTS, VOICES
from sayso.web import answers
from sayso.web.given import TheCase
from sayso.web.who import HEIGHT, NAMED, WIDTH, Who


def _wanted(
    *,
    act: FromQuery[str | None] = None,
    voice: FromQuery[str | None] = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    most: FromQuery[str | None] = None,
) -> RelationFilter:
    """Return what the form asks for; a field that nobody filled in asks for nothing. Raises BadInput.

    Whoever asks for more parties than the page names is shown those, and how many others there are.
    """
    asked = {"act": act, "voice": voice, "since": since, "until": until, "most": most}
    filled = {name: one for name, one in asked.items() if one}
    try:
        wanted = msgspec.convert(filled, RelationFilter, strict=False)
    except msgspec.ValidationError as error:
        raise BadInput("bad-filter", str(error), hint="choose from the form above the table") from error
    return msgspec.structs.replace(wanted, most=min(wanted.most, NAMED[-1]))


_ASKED: Final = {"wanted": Provide(_wanted, sync_to_thread=False)}


@get("/who", needs="read", dependencies=_ASKED, sync_to_thread=True)
def who(case: TheCase, wanted: NamedDependency[RelationFilter]) -> Response[str]:
    """Show who says what of whom."""
    shown = Who(wanted, case.relations(wanted))
    return answers.page(
        "who.html",
        here="who",
        who=shown,
        acts=ACTS,
        voices=VOICES,
        named=NAMED,
        width=WIDTH,
        height=HEIGHT,
    )


@get("/who/graph", needs="read", dependencies=_ASKED, sync_to_thread=True)
def graph(case: TheCase, wanted: NamedDependency[RelationFilter]) -> Response[bytes]:
    """Give the same as nodes and edges."""
    found = Who(wanted, case.relations(wanted)).graph
    return Response(msgspec.json.encode(found), media_type="application/json")


ROUTES = (who, graph)
